//! The pages of the guide that are made from the program, so that they cannot drift from it: one for each
//! lint. After a change on purpose, run `INSTA_UPDATE=always cargo test --test it guide`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dossier::check::{LINTS, Lint};
use dossier::diag::Severity;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lints")
}

/// The pages, by file name.
fn pages() -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, String> =
        LINTS.iter().map(|lint| (format!("{}.md", lint.code.name), page(lint))).collect();
    pages.insert("README.md".to_owned(), index());
    pages
}

fn level(lint: &Lint) -> &'static str {
    match lint.default {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// What a lint finds and why, the smallest dossier in which it finds something, and what it says of it.
fn page(lint: &Lint) -> String {
    let name = lint.code.name;
    let mut out = format!("# {name}\n\n");
    for paragraph in lint.code.paragraphs() {
        out.push_str(&format!("{}\n\n", wrapped(&paragraph)));
    }
    out.push_str(&format!(
        "Level: {}. What is possible but not certain is a note.\n\n## An example\n\n",
        level(lint)
    ));
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/problems").join(name);
    for (path, text) in files(&case) {
        let kind = if path.ends_with(".md") { "markdown" } else { "toml" };
        out.push_str(&format!("`{path}`\n\n{}", fenced(kind, &text)));
    }
    let report = fs::read_to_string(case.join("report.snap")).unwrap();
    let report = report.splitn(3, "---\n").nth(2).unwrap();
    out.push_str(&format!("`dossier check` says of it:\n\n{}", fenced("text", report)));
    out.push_str(&format!(
        "## To set it aside\n\nFor the whole dossier, in `site.toml`: `\"off\"`, or another level.\n\n{}",
        fenced("toml", &format!("[lints]\n{name} = \"off\"\n"))
    ));
    out.push_str(&format!(
        "For one record, among its fields, with the reason:\n\n{}",
        fenced("toml", &format!("allow.{name} = \"Why it is right here.\"\n"))
    ));
    out.trim_end().to_owned() + "\n"
}

fn index() -> String {
    let mut out = "# Lints

Advice on a dossier that is valid. Each lint has a level, which `site.toml` changes or turns `\"off\"`, and a
record sets one aside with a reason:

```toml
[lints]
same-occasion = \"off\"
uncited-figure = \"error\"
```

```toml
[harbour-talks]
allow.confirmed-on-one-origin = \"The minutes are the only record there is.\"
```

What is impossible is an error, and what is only possible a note at most, whatever the level: a date that is
known to the month contradicts nothing within it.

| lint | level | what it finds |
|---|---|---|
"
    .to_owned();
    for lint in LINTS {
        let name = lint.code.name;
        let text = lint.code.paragraphs().next().unwrap();
        let first = text.split_once(". ").map_or(text.as_str(), |(first, _)| first);
        out.push_str(&format!(
            "| [`{name}`]({name}.md) | {} | {} |\n",
            level(lint),
            first.trim_end_matches('.')
        ));
    }
    out
}

/// The files of a dossier that an author wrote, `site.toml` only where it says more than a title.
fn files(case: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(case).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(case).unwrap().to_str().unwrap().to_owned();
        if !entry.file_type().is_file() || !(path.ends_with(".toml") || path.ends_with(".md")) {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        if path == "site.toml" && !text.contains("[sides") && !text.contains("language") {
            continue;
        }
        found.push((path, text));
    }
    assert!(!found.is_empty(), "{}", case.display());
    found
}

fn fenced(kind: &str, text: &str) -> String {
    format!("```{kind}\n{}\n```\n\n", text.trim())
}

/// Lines of at most 110 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= 110 {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[test]
fn every_lint_has_a_page_that_says_what_it_does() {
    let pages = pages();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let _ = fs::remove_dir_all(folder());
        fs::create_dir_all(folder()).unwrap();
        for (name, text) in &pages {
            fs::write(folder().join(name), text).unwrap();
        }
    }
    let held: BTreeMap<String, String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    for (name, text) in &pages {
        assert_eq!(held.get(name), Some(text), "docs/lints/{name}");
    }
    assert_eq!(held.len(), pages.len());
}
