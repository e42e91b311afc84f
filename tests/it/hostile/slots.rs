//! The places of a dossier that an author writes a text into, found in its files: every text and every free key of
//! TOML, and what stands between `⟪` and `⟫` in other files.

use std::ops::Range;
use std::path::Path;

use dossier::source::Sources;
use toml_edit::{Document, Item, Value};

/// A place for a text.
#[derive(Debug)]
pub struct Slot {
    pub number: usize,
    pub file: String,
    /// The fields that lead there: `roles.role` in `ada-berg` of `content/people.toml`.
    pub path: Vec<String>,
    /// What stands there in the benign dossier.
    pub text: String,
    range: Range<usize>,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A string of TOML.
    Text,
    /// A key of TOML that an author may choose.
    Key,
    /// A part of another file, as it stands.
    Part,
}

impl Slot {
    pub fn form(&self) -> Form {
        self.form
    }

    /// Where it is, for a report of the test.
    pub fn name(&self) -> String {
        format!("{} {}", self.file, self.path.join("."))
    }
}

/// A dossier with its slots.
pub struct Template {
    files: Sources,
    pub slots: Vec<Slot>,
}

/// A dossier with texts in its slots, and where each stands.
pub struct Filled {
    pub files: Sources,
    pub places: Vec<Range<usize>>,
}

/// Tables whose keys are an author's own words.
const FREE_KEYS: [&str; 4] = ["ids", "quotes", "names", "allow"];

impl Template {
    /// The benign dossier beside this file, which has every field of every kind.
    pub fn complete() -> Template {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/hostile/dossier");
        let read = dossier::disk::read::read(&folder);
        assert_eq!(read.diagnostics, Vec::new());
        Template::of(read.value)
    }

    pub fn of(files: Sources) -> Template {
        let mut slots = Vec::new();
        for file in files.iter() {
            let found = match file.path.rsplit_once('.').map(|(_, ending)| ending) {
                Some("toml") => tables(file.text().unwrap(), 0),
                Some("md" | "bib") => marked(file.text().unwrap()),
                _ => Vec::new(),
            };
            for (path, text, range, form) in found {
                slots.push(Slot { number: slots.len(), file: file.path.clone(), path, text, range, form });
            }
        }
        Template { files, slots }
    }

    /// The dossier with what `text` says in each slot; where it says nothing the benign text stands.
    pub fn fill(&self, text: impl Fn(&Slot) -> Option<String>) -> Filled {
        let mut files = self.files.clone();
        let mut places = vec![0..0; self.slots.len()];
        for file in self.files.iter() {
            let own: Vec<&Slot> = self.slots.iter().filter(|slot| slot.file == file.path).collect();
            let Some(original) = (!own.is_empty()).then(|| file.text().unwrap()) else { continue };
            let (mut out, mut at) = (String::new(), 0);
            for slot in own {
                out.push_str(&original[at..slot.range.start]);
                let start = out.len();
                match (text(slot), slot.form) {
                    (Some(text), Form::Text | Form::Key) => out.push_str(&quoted(&text)),
                    (Some(text), Form::Part) => out.push_str(&text),
                    (None, Form::Part) => out.push_str(&slot.text),
                    (None, _) => out.push_str(&original[slot.range.clone()]),
                }
                places[slot.number] = start..out.len();
                at = slot.range.end;
            }
            out.push_str(&original[at..]);
            files.insert(file.path.clone(), out.into_bytes());
        }
        Filled { files, places }
    }
}

/// A basic string of TOML.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

type Found = Vec<(Vec<String>, String, Range<usize>, Form)>;

/// The texts and free keys of TOML that begins at `base` of its file, in the order of their places.
fn tables(text: &str, base: usize) -> Found {
    let document = Document::parse(text).unwrap();
    let mut found = Vec::new();
    visit_item(document.as_item(), &mut Vec::new(), &mut found);
    found.sort_by_key(|(_, _, range, _)| range.start);
    // Dotted keys share a table, so what leads to several texts is met once for each.
    found.dedup_by_key(|(_, _, range, _)| range.clone());
    for (_, _, range, _) in &mut found {
        *range = range.start + base..range.end + base;
    }
    found
}

fn visit_item(item: &Item, path: &mut Vec<String>, found: &mut Found) {
    match item {
        Item::None => {}
        Item::Value(value) => visit(value, path, found),
        Item::Table(table) => {
            for (name, item) in table.iter() {
                own_key(table.key(name), path, found);
                path.push(name.to_owned());
                visit_item(item, path, found);
                path.pop();
            }
        }
        Item::ArrayOfTables(tables) => {
            for table in tables.iter() {
                visit_item(&Item::Table(table.clone()), path, found);
            }
        }
    }
}

fn visit(value: &Value, path: &mut Vec<String>, found: &mut Found) {
    match value {
        Value::String(text) => {
            found.push((path.clone(), text.value().clone(), text.span().unwrap(), Form::Text));
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, path, found)),
        Value::InlineTable(table) => {
            for (name, value) in table.iter() {
                own_key(table.key(name), path, found);
                path.push(name.to_owned());
                visit(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn own_key(key: Option<&toml_edit::Key>, path: &[String], found: &mut Found) {
    let is_free = path.last().is_some_and(|table| FREE_KEYS.contains(&table.as_str()));
    if let Some(key) = key.filter(|_| is_free) {
        let mut path = path.to_vec();
        path.push("(key)".to_owned());
        found.push((path, key.get().to_owned(), key.span().unwrap(), Form::Key));
    }
}

/// Front matter, and what stands between the marks behind it.
fn marked(text: &str) -> Found {
    const FENCE: &str = "+++\n";
    let mut found = Vec::new();
    let mut at = 0;
    if let Some(rest) = text.strip_prefix(FENCE) {
        let end = rest.find("\n+++").unwrap() + 1;
        found.extend(tables(&rest[..end], FENCE.len()));
        at = FENCE.len() + end;
    }
    while let Some(open) = text[at..].find('⟪').map(|open| open + at) {
        let close = open + text[open..].find('⟫').unwrap();
        let inside = &text[open + '⟪'.len_utf8()..close];
        at = close + '⟫'.len_utf8();
        found.push((vec![inside.to_owned()], inside.to_owned(), open..at, Form::Part));
    }
    found
}
