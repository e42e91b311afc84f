//! The order in which records stand, and the language of the site, change nothing that is found.

use dossier::diag::Diagnostic;
use dossier::source::Sources;
use proptest::prelude::*;

use super::breaks::BREAKS;
use super::levels::{cases, site_with};
use super::world::{Dice, World, rolls};
use super::{SITE, blurs, is_lint, line, said, shown};
use crate::support::sources;

/// What a problem says, without where in its file it stands.
fn told(sources: &Sources, problem: &Diagnostic) -> String {
    let Diagnostic { code, severity, message, help, labels, .. } = problem;
    let mut places: Vec<String> = labels
        .iter()
        .map(|(span, label)| format!("{label}: {}", &sources.text(span.file)[span.range()]))
        .collect();
    places.sort();
    format!("{severity:?} {} {message} {help:?} {places:?} {}", code.name, line(sources, problem))
}

fn all(sources: &Sources, which: impl Fn(&str) -> bool) -> Vec<String> {
    let problems = said(sources).into_iter();
    let lints = problems.filter(|problem| is_lint(problem) && which(problem.code.name));
    let mut told: Vec<String> = lints.map(|problem| told(sources, &problem)).collect();
    told.sort();
    told
}

/// The same records in another order and in more files.
fn shuffled(world: &World, dice: &mut Dice, site: &str) -> Sources {
    let mut records: Vec<_> = world.records.iter().map(|record| (dice.pick(1 << 16), record)).collect();
    records.sort_by_key(|(at, _)| *at);
    let mut files = std::collections::BTreeMap::new();
    for (at, record) in records {
        let path = match at % 3 {
            0 => format!("content/{}/more.toml", record.kind),
            1 => format!("content/{}/a/b.toml", record.kind),
            _ => format!("content/{}.toml", record.kind),
        };
        let text: &mut String = files.entry(path).or_default();
        *text += &format!("[{}]\n{}\n", record.key, world.body(record));
    }
    let mut all: Vec<(&str, &str)> = vec![("site.toml", site)];
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    sources(&all)
}

const LANGUAGES: [&str; 6] = ["de", "fr", "ar", "he", "ja", "zu"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn of_worlds(
        rolls in rolls(),
        days in prop::collection::vec(prop_oneof![Just(0), -3..3_i64, -3000..3000_i64], 1..40),
        blurs in blurs(),
        more in rolls(),
    ) {
        let mut dice = Dice::new(&more);
        let mut world = World::consistent(&rolls);
        (dice.one_of(&BREAKS).unwrap().1)(&mut world, &mut dice);
        let world = world.scrambled(&days).blurred(&blurs);
        let first = world.sources(SITE);
        let language = dice.one_of(&LANGUAGES).unwrap();
        let other = shuffled(&world, &mut dice, &format!("{SITE}language = \"{language}\"\n"));
        let (found, again) = (all(&first, |_| true), all(&other, |_| true));
        prop_assert!(found == again, "{found:#?}\nand\n{again:#?}\nof\n{}", shown(&first, &[]));
    }
}

/// A file of records with the last of them first.
fn reversed(text: &str) -> String {
    let mut parts: Vec<String> = vec![String::new()];
    for line in text.lines() {
        // Not the parts of a record, which have a dot in their key.
        if line.starts_with('[') && !line.contains('.') {
            parts.push(String::new());
        }
        *parts.last_mut().unwrap() += &format!("{line}\n");
    }
    let head = parts.remove(0);
    parts.reverse();
    head + &parts.concat()
}

#[test]
fn of_what_causes_each_lint() {
    for (lint, case) in cases() {
        let mut other = case.clone();
        let files: Vec<(String, String)> = case
            .under("content/")
            .filter(|file| file.path.ends_with(".toml"))
            .map(|file| (file.path.clone(), reversed(&file.readable())))
            .collect();
        for (path, text) in files {
            other.insert(path, text.into_bytes());
        }
        assert_eq!(all(&case, |_| true), all(&other, |_| true), "{lint}");
        // Numbers in words are read in the language of the site.
        let same = |name: &str| !matches!(name, "figure-mismatch" | "uncited-figure");
        for language in LANGUAGES {
            let other = site_with(&case, |site| site["language"] = toml_edit::value(language));
            assert_eq!(all(&case, same), all(&other, same), "{lint} in {language}");
        }
    }
}
