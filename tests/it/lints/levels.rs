//! What each lint does at each level, and where a record sets it aside: of the dossiers that cause it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dossier::check::LINTS;
use dossier::diag::{Diagnostic, Severity};
use dossier::source::Sources;
use toml_edit::DocumentMut;

use super::{place, said};

/// Every lint with the smallest dossier that causes it.
pub fn cases() -> Vec<(&'static str, Sources)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/problems");
    let case = |name: &'static str| (name, dossier::disk::read::read(&folder.join(name)).value);
    LINTS.iter().map(|lint| case(lint.code.name)).collect()
}

/// The dossier with other settings.
pub fn site_with(case: &Sources, change: impl FnOnce(&mut DocumentMut)) -> Sources {
    let mut site: DocumentMut = case.get("site.toml").unwrap().readable().parse().unwrap();
    change(&mut site);
    let mut changed = case.clone();
    changed.insert("site.toml", site.to_string().into_bytes());
    changed
}

fn at_level(case: &Sources, lint: &str, level: &str) -> Sources {
    site_with(case, |site| site["lints"][lint] = toml_edit::value(level))
}

fn found(sources: &Sources, code: &str) -> Vec<Diagnostic> {
    said(sources).into_iter().filter(|problem| problem.code.name == code).collect()
}

#[test]
fn a_level_is_that_of_what_is_certain() {
    for lint in LINTS {
        let name = lint.code.name;
        let case = cases().into_iter().find(|(case, _)| *case == name).unwrap().1;
        assert!(found(&at_level(&case, name, "off"), name).is_empty(), "{name} is off");
        type Found = BTreeMap<((String, usize, usize), String), Severity>;
        let at = |sources: &Sources| -> Found {
            let found = found(sources, name).into_iter();
            found.map(|it| ((place(sources, &it), it.message), it.severity)).collect()
        };
        let strict = at(&at_level(&case, name, "error"));
        assert!(strict.values().any(|severity| *severity == Severity::Error), "{name} is never certain");
        for ((_, message), severity) in &strict {
            let sure = *severity == Severity::Error && !message.contains(" may ");
            assert!(sure || *severity == Severity::Note, "{name}: {message} is {severity:?}");
        }
        let levels = [("warn", Severity::Warning), ("note", Severity::Note)];
        let set = levels.map(|(level, severity)| (at(&at_level(&case, name, level)), severity));
        for (told, severity) in set.into_iter().chain([(at(&case), lint.default)]) {
            let expected: Found = strict
                .iter()
                .map(|(key, strict)| {
                    (key.clone(), if *strict == Severity::Error { severity } else { Severity::Note })
                })
                .collect();
            assert_eq!(told, expected, "{name} at {severity:?}");
        }
    }
}

/// Where to write an exception for what stands at a place: behind the key of the record, or at the head
/// of an article. A bibliography has no room for one.
fn room_for_exception(text: &str, path: &str, at: usize) -> Option<(usize, bool)> {
    if path.ends_with(".md") {
        return Some(if text.starts_with("+++\n") { (4, false) } else { (0, true) });
    }
    let is_key = |line: &str| line.starts_with('[') && line.trim_end().ends_with(']') && !line.contains('.');
    let mut ends = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), *end, line))
    });
    if !path.ends_with(".toml") {
        return None;
    }
    let mut room = None;
    for (start, end, line) in ends.by_ref() {
        if start > at {
            break;
        }
        if is_key(line) {
            room = Some((end, false));
        }
    }
    room
}

#[test]
fn a_record_sets_a_lint_aside_with_a_reason() {
    for (name, case) in cases() {
        let mut rooms: BTreeMap<String, BTreeSet<(usize, bool)>> = BTreeMap::new();
        let mut without = 0;
        for problem in found(&case, name) {
            let span = problem.span.unwrap();
            let path = case.path(span.file).to_owned();
            match room_for_exception(&case.text(span.file), &path, span.range().start) {
                Some(room) => {
                    rooms.entry(path).or_default().insert(room);
                }
                None => without += 1,
            }
        }
        let mut allowing = case.clone();
        let exception = format!("allow.{name} = \"It is so.\"\n");
        let mut exceptions = 0;
        for (path, rooms) in rooms {
            let mut text = case.get(&path).unwrap().readable().into_owned();
            for (at, fenced) in rooms.into_iter().rev() {
                let fence = if fenced { "+++\n" } else { "" };
                text.insert_str(at, &format!("{fence}{exception}{fence}"));
                exceptions += 1;
            }
            allowing.insert(path, text.into_bytes());
        }
        assert!(exceptions > 0, "{name} has no room for an exception");
        let left = found(&allowing, name);
        assert_eq!(left.len(), without, "{name} is not set aside: {left:#?}");
        let unneeded = found(&allowing, "unneeded-allow");
        assert!(unneeded.is_empty(), "{name}: {unneeded:#?}");
        // Where nothing is said, the exception is told to go.
        let unneeded = found(&at_level(&allowing, name, "off"), "unneeded-allow");
        assert_eq!(unneeded.len(), exceptions, "{name} is off");
    }
}

/// One record's exception for a chain leaves the next one that has it to be told of.
#[test]
fn an_exception_is_for_the_record_that_has_it() {
    let event = |key: &str, more: &str| {
        format!("[{key}]\ntitle = \"{key}\"\ndate = \"2020\"\ncite = \"report citing letter\"\n{more}\n")
    };
    let allow = "allow.cites-later-source = \"The letter was shown to its authors.\"";
    let sources = "[report]\ntitle = \"R\"\ntype = \"report\"\npublished = \"2021\"\n\
                   [letter]\ntitle = \"L\"\ntype = \"document\"\npublished = \"2022\"\n";
    for (one, two, three, told) in [
        ("", "", "", vec![("content/events.toml", 4)]),
        (allow, "", "", vec![("content/events.toml", 9)]),
        (allow, allow, allow, vec![]),
    ] {
        let events = format!("{}{}{}", event("a", one), event("b", two), event("c", three));
        let sources =
            crate::support::sources(&[("content/sources.toml", sources), ("content/events.toml", &events)]);
        let found = found(&sources, "cites-later-source");
        let places: Vec<(String, usize, usize)> =
            found.iter().map(|problem| place(&sources, problem)).collect();
        let lines: Vec<(&str, usize)> = places.iter().map(|(path, line, _)| (path.as_str(), *line)).collect();
        assert_eq!(lines, told, "{events}");
    }
}
