//! The colours of the theme: readable on every ground, and apart for those who see fewer of them.

use std::collections::{BTreeMap, BTreeSet};

use dossier::theme;
use palette::color_difference::{EuclideanDistance, Wcag21RelativeContrast};
use palette::{FromColor, Lab, LinSrgb, Srgb};

/// Each colour token in its light and its dark form.
fn tokens() -> BTreeMap<String, [LinSrgb; 2]> {
    let theme = theme::theme();
    let css = theme.get("static/dossier.css").unwrap().text().unwrap();
    let declared = css.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("));
    declared
        .map(|(name, rest)| {
            let (light, dark) = rest.split(')').next().unwrap().split_once(", ").unwrap();
            (name.to_owned(), [light, dark].map(|hex| hex.parse::<Srgb<u8>>().unwrap().into_linear()))
        })
        .collect()
}

const TEXT: f32 = 4.5;
const SHAPE: f32 = 3.0;

const KINDS: [&str; 4] = ["meeting", "call", "visit", "statement"];

/// What is written or drawn in which colours, on which grounds, and with which contrast at least.
const USES: [(&[&str], &[&str], f32); 6] = [
    (&["ink", "muted", "link", "visited"], &["paper", "surface", "mark"], TEXT),
    // The name of a kind is written in its colour.
    (&KINDS, &["paper", "surface", "mark"], TEXT),
    // A date drawn over the empty months.
    (&KINDS, &["rule"], SHAPE),
    (&["focus", "line"], &["paper", "surface"], SHAPE),
    (&["ink"], &["n1", "n2", "n3"], TEXT),
    (&["on-n4"], &["n4"], TEXT),
];

#[test]
fn everything_stands_out_from_every_ground_it_is_on() {
    let tokens = tokens();
    let mut used = BTreeSet::new();
    let mut faults = Vec::new();
    for (colours, grounds, least) in USES {
        for (colour, ground) in
            colours.iter().flat_map(|colour| grounds.iter().map(move |ground| (colour, ground)))
        {
            used.extend([*colour, *ground]);
            for (scheme, which) in ["light", "dark"].into_iter().zip(0..) {
                let contrast = tokens[*colour][which].relative_contrast(tokens[*ground][which]);
                if contrast < least {
                    faults.push(format!("{colour} on {ground}, {scheme}: {contrast:.2}, not {least}"));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    let known: BTreeSet<&str> = tokens.keys().map(String::as_str).collect();
    assert_eq!(used, known, "each colour has a use that is held to a contrast");
}

/// How colours look to those who lack one kind of cone: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, at full severity.
const DEFICIENCIES: [(&str, [[f32; 3]; 3]); 3] = [
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

fn seen(colour: LinSrgb, deficiency: [[f32; 3]; 3]) -> Lab {
    let [red, green, blue] = deficiency
        .map(|row| (row[0] * colour.red + row[1] * colour.green + row[2] * colour.blue).clamp(0.0, 1.0));
    Lab::from_color(LinSrgb::new(red, green, blue))
}

/// The distance in CIELAB (CIE76) between any two kinds of record.
#[test]
fn the_kinds_of_record_stay_apart_for_every_eye() {
    let tokens = tokens();
    let mut faults = Vec::new();
    for (eye, deficiency) in DEFICIENCIES {
        for (scheme, which, least) in [("light", 0, 21.0), ("dark", 1, 26.0)] {
            for (at, one) in KINDS.iter().enumerate() {
                for other in &KINDS[at + 1..] {
                    let [a, b] = [one, other].map(|kind| seen(tokens[*kind][which], deficiency));
                    let distance = a.distance(b);
                    if distance < least {
                        faults
                            .push(format!("{one} and {other}, {eye}, {scheme}: {distance:.1}, not {least}"));
                    }
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
