//! A page for each lint, and one that lists them.

use std::fs;
use std::path::Path;

use dossier::check::{LINTS, Lint};
use dossier::diag::Severity;

use super::{Pages, article, fenced, head, row, wrapped};

const ORDER: usize = 400;

pub fn pages() -> Pages {
    let pages = LINTS.iter().zip(ORDER + 1..);
    let mut pages: Pages =
        pages.map(|(lint, order)| (format!("lints/{}.md", lint.code.name), page(lint, order))).collect();
    pages.insert("lints.md".to_owned(), index());
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
fn page(lint: &Lint, order: usize) -> String {
    let name = lint.code.name;
    let mut out = String::new();
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
    article(name, order, &first_sentence(lint), &out)
}

/// What it finds, for a text in quotes.
fn first_sentence(lint: &Lint) -> String {
    let text = lint.code.paragraphs().next().unwrap();
    let first = text.split_once(". ").map_or(text.as_str(), |(first, _)| first);
    format!("{}.", first.trim_end_matches('.')).replace('\\', "\\\\").replace('"', "\\\"")
}

fn index() -> String {
    let mut out = "Each lint has a level, which `site.toml` changes or turns `\"off\"`, and a record sets one aside with a
reason:

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

"
    .to_owned();
    out.push_str(&head(&["lint", "level", "what it finds"]));
    for lint in LINTS {
        let name = lint.code.name;
        let text = lint.code.paragraphs().next().unwrap();
        let first = text.split_once(". ").map_or(text.as_str(), |(first, _)| first);
        let link = format!("[`{name}`](lints/{name}.md)");
        out.push_str(&row(&[&link, level(lint), first.trim_end_matches('.')]));
    }
    article("Lints", ORDER, "Advice on a dossier that is valid.", &out)
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
