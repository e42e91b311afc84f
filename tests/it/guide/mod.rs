//! The reference of the guide, `docs/guide/content/reference/`, which is made from the program so that the two cannot
//! drift, and the tables of its manual. After a change on purpose, run `INSTA_UPDATE=always cargo test --test it guide`.

mod commands;
mod lints;
mod manual;
mod notation;
mod problems;
mod records;
mod templates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/content/reference")
}

/// The pages by their path in the folder.
type Pages = BTreeMap<String, String>;

/// An article of the guide. `order` is its place among all.
fn article(title: &str, order: usize, summary: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nsummary = \"{summary}\"\norder = {order}\n+++\n\n{}\n", text.trim())
}

/// A row of a table.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a table.
fn head(cells: &[&str]) -> String {
    format!("{}|{}\n", row(cells), "---|".repeat(cells.len()))
}

fn fenced(kind: &str, text: &str) -> String {
    format!("```{kind}\n{}\n```\n\n", text.trim_end())
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

fn pages() -> Pages {
    let mut pages = Pages::new();
    pages.extend(records::pages());
    pages.extend(notation::pages());
    pages.extend(commands::pages());
    pages.extend(problems::pages());
    pages.extend(lints::pages());
    pages.extend(templates::pages());
    pages
}

#[test]
fn the_reference_says_what_the_program_has() {
    let pages = pages();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let _ = fs::remove_dir_all(folder());
        for (name, text) in &pages {
            let path = folder().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut held = Pages::new();
    for entry in walkdir::WalkDir::new(folder()) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
            held.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    for (name, text) in &pages {
        assert_eq!(held.get(name), Some(text), "docs/guide/content/reference/{name}");
    }
    assert_eq!(held.len(), pages.len());
    println!("{} pages of the reference", pages.len());
}
