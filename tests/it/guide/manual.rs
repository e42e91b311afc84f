//! The tables of `docs/guide/content/manual/` that list what the program has, or what readers see.

use std::collections::BTreeSet;

use dossier::model::Status;
use dossier::model::calendar::Calendar;
use dossier::{export, import};

use crate::support::{build, readable, sources, string, text};

fn page(name: &str) -> String {
    let path = format!("{}/docs/guide/content/manual/{name}.md", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of the table that has this head, each as its cells.
fn table(page: &str, head: &str) -> Vec<Vec<String>> {
    let rows = page.lines().skip_while(|line| *line != head).skip(2);
    let rows: Vec<Vec<String>> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    assert!(!rows.is_empty(), "no table {head}");
    rows
}

/// What stands in code in the first cells.
fn names(page: &str, head: &str) -> BTreeSet<String> {
    let rows = table(page, head);
    rows.iter().flat_map(|row| row[0].split('`').skip(1).step_by(2).map(str::to_owned)).collect()
}

fn set<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_manual_lists_what_there_is() {
    let calendars = names(&page("dates"), "| `calendar` | years | remarks |");
    assert_eq!(calendars, set(Calendar::ALL.map(|(name, _)| name)));
    assert_eq!(names(&page("status"), "| status | meaning |"), set(Status::ALL.map(|(name, _)| name)));
    assert_eq!(names(&page("formats"), "| name | files | for |"), set(export::names()));
    let formats = names(&page("importing"), "| format | what it reads | becomes |");
    assert_eq!(formats, set(import::names()));
}

/// Each row of the table of dates, as an event of that date shows it.
#[test]
fn readers_see_dates_as_the_manual_says() {
    let rows = table(&page("dates"), "| you write | readers see (English) | with the remark |");
    let mut events = String::new();
    for (n, row) in rows.iter().enumerate() {
        let date = row[0].trim_matches('`');
        events.push_str(&format!("[e{n}]\ntitle = \"It\"\ndate = \"{date}\"\ncite = \"herald ¶{n}\"\n"));
    }
    let sources = sources(&[
        ("site.toml", "title = \"Dates\"\n[lints]\nsame-occasion = \"off\"\nsource-before-event = \"off\"\n"),
        ("content/events.toml", &events),
        ("content/sources.toml", "[herald]\ntitle = \"The Herald\"\ntype = \"book\"\naccessed = \"2024\"\n"),
    ]);
    let site = build(&sources);
    assert_eq!(text(&sources, &site), "");
    for (n, row) in rows.iter().enumerate() {
        let seen = readable(&string(&site, &format!("events/e{n}.html")));
        for words in row[1..].iter().filter(|words| !words.is_empty()) {
            assert!(seen.contains(words.as_str()), "{}: {words}\n{seen}", row[0]);
        }
        let remarks = ["not reported", "Approximate", "uncertain", "possible date only"];
        if row[2].is_empty() {
            let seen = seen.replace("lace not reported", "");
            assert!(!remarks.iter().any(|remark| seen.contains(remark)), "{}: {seen}", row[0]);
        }
    }
    println!("{} dates as readers see them", rows.len());
    assert!(rows.len() > 25);
}
