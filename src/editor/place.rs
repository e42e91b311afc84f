//! A file and an offset in it -> what stands there, or could.

use std::ops::Range;

use super::prose::{Notation, hop, notation};
use super::toml::{Outline, Slot};
use crate::model::Kind;
use crate::parse::toml_text::fenced;
use crate::parse::{Holds, holds};
use crate::source::floor_char_boundary;

/// What a table belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// The settings.
    Site,
    Record(Kind),
}

/// What stands at a place, or could. Ranges are those of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The key of a record, in its header.
    Head { kind: Kind, range: Range<usize> },
    /// The name of a field, below other fields, beside those that are written.
    Field { home: Home, path: Vec<String>, range: Range<usize>, written: Vec<String>, form: FieldForm },
    /// The value of a field, which is the last of the path, in a record with this key.
    Value { home: Home, record: String, path: Vec<String>, range: Range<usize>, is_quoted: bool },
    /// The project's notation in a text.
    Notation(Notation),
}

/// How the name of a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldForm {
    /// Before a `=` that is there already.
    WithValue,
    /// With nothing behind it.
    Alone,
    /// In the header of a table.
    InHeader,
}

/// What stands at an offset of the file at `path`.
pub fn at(path: &str, text: &str, offset: usize) -> Option<Place> {
    let offset = floor_char_boundary(text, offset);
    if path == "site.toml" {
        return in_toml(Home::Site, false, text, 0..text.len(), offset);
    }
    let (kind, key) = match holds(path.strip_prefix("content/")?) {
        Holds::Records(kind) => return in_toml(Home::Record(kind), true, text, 0..text.len(), offset),
        Holds::Prose(kind, key) => (kind, key),
        Holds::Article => (Kind::Article, ""),
        _ => return None,
    };
    match fenced(text) {
        Some((toml, _)) if toml.contains(&offset) || toml.end == offset => {
            let mut found = in_toml(Home::Record(kind), false, text, toml, offset);
            if let Some(Place::Value { record, .. }) = &mut found {
                key.clone_into(record);
            }
            found
        }
        Some((toml, _)) if offset < toml.start => None,
        _ => notation(text, offset).map(Place::Notation),
    }
}

/// In the TOML at a range of the text. Where tables `are_records`, the first key of each path is that of a record.
fn in_toml(home: Home, are_records: bool, text: &str, toml: Range<usize>, offset: usize) -> Option<Place> {
    let (start, source) = (toml.start, &text[toml]);
    let outline = Outline::new(source);
    let at = |range: &Range<usize>| start + range.start..start + range.end;
    let record = usize::from(are_records);
    match outline.at(source, offset - start)? {
        Slot::Header { path, range } => {
            if let (Home::Record(kind), true, true) = (home, are_records, path.is_empty()) {
                return Some(Place::Head { kind, range: at(&range) });
            }
            let path = path.get(record..)?.to_vec();
            let form = FieldForm::InHeader;
            Some(Place::Field { home, path, range: at(&range), written: Vec::new(), form })
        }
        Slot::Key { part, path, range, has_value } => {
            let here = &source[range.clone()];
            let mut written: Vec<String> = outline.written(part, &path).map(str::to_owned).collect();
            // Itself; the same name may stand elsewhere in the table.
            if let Some(own) = written.iter().position(|name| name == here) {
                written.remove(own);
            }
            let form = if has_value { FieldForm::WithValue } else { FieldForm::Alone };
            // Before the first header of a file of records there are no fields.
            let path = path.get(record..)?.to_vec();
            Some(Place::Field { home, path, range: at(&range), written, form })
        }
        Slot::Value { path, range, is_quoted } => {
            let key = path.first().filter(|_| are_records).cloned().unwrap_or_default();
            let path = path.get(record..).filter(|path| !path.is_empty())?.to_vec();
            let found = is_quoted.then(|| in_string(source, &path, &range, offset - start)).flatten();
            if let Some(found) = found {
                return Some(Place::Notation(found.moved(start)));
            }
            Some(Place::Value { home, record: key, path, range: at(&range), is_quoted })
        }
    }
}

/// The notation that is open in a string: a citation, or that of prose.
fn in_string(source: &str, path: &[String], range: &Range<usize>, offset: usize) -> Option<Notation> {
    if path.last().is_some_and(|field| field == "cite") {
        return hop(source, range.start, offset);
    }
    // Of the string alone, with as many bytes before it as there are.
    let before = " ".repeat(range.start);
    notation(&format!("{before}{}", &source[range.clone()]), offset)
        .filter(|found| !matches!(found, Notation::Directive(_)))
}
