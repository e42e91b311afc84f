//! What a dossier would refuse of imported records -> left out, and told.

use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::Value;
use toml_edit::{Document, Item, TableLike, Value as TomlValue};

use super::layout;
use super::merge::{Merged, as_text, prose_path};
use super::taken::{Loss, Taken};
use crate::as_of::front_matter;
use crate::diag::{Diagnostic, Severity};
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::model::dossier::Withheld;
use crate::source::Span;
use crate::withheld::Search;

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Field(String),
    Item(usize),
}

/// A part of an imported record.
type Place = ((Kind, String), Vec<Step>);

/// Leaves out what is wrong, each with the reason that the report gives. Returns the errors that nothing which was
/// imported is the cause of.
pub fn prune(taken: &mut Taken, merged: &Merged, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let files = Files::of(merged);
    let mut out: BTreeSet<Place> = BTreeSet::new();
    let mut texts: Vec<((Kind, String), usize, String)> = Vec::new();
    let mut reasons: Vec<(Place, String)> = Vec::new();
    let mut others = Vec::new();
    for problem in diagnostics.iter().filter(|problem| problem.severity == Severity::Error) {
        let spans = problem.span.into_iter().chain(problem.labels.iter().map(|(span, _)| *span));
        let place = spans.into_iter().find_map(|span| {
            let place = files.place(merged, span)?;
            taken.records.contains_key(&place.0).then_some(place)
        });
        match place {
            Some((record, path)) if path == [Step::Field("prose".to_owned())] => {
                let file =
                    merged.sources.get(&prose_path(record.0, &record.1)).map_or(0, |file| file.bytes.len());
                let text = taken.records[&record].get("prose").and_then(Value::as_str).map_or(0, str::len);
                let at =
                    problem.span.map_or(0, |span| span.start as usize).saturating_sub(file - text.min(file));
                texts.push((record, at, problem.message.clone()));
            }
            Some(place) => {
                if out.insert(place.clone()) {
                    reasons.push((place, problem.message.clone()));
                }
            }
            None => others.push(problem.clone()),
        }
    }
    // From the back, so that the places before stay true.
    texts.sort_by(|a, b| b.cmp(a));
    texts.dedup();
    for (record, at, why) in texts {
        if let Some((value, why)) = rewritten(taken, &record, at, why) {
            let name = format!("{}/{}", record.0.plural(), record.1);
            taken.lost.push(Loss { record: name, field: "prose".to_owned(), value, why });
        }
    }
    reasons.sort_by(|(a, _), (b, _)| b.cmp(a));
    for ((record, path), why) in reasons {
        let name = format!("{}/{}", record.0.plural(), record.1);
        let Some(fields) = taken.records.get_mut(&record) else { continue };
        let (field, value) = match path.split_first() {
            None => {
                let whole = taken.records.shift_remove(&record).unwrap_or_default();
                ("record".to_owned(), as_text(&Value::Object(whole)))
            }
            Some((Step::Field(field), rest)) => {
                let Some(value) = removed(fields, field, rest) else { continue };
                let names = rest.iter().filter_map(|step| match step {
                    Step::Field(name) => Some(name.as_str()),
                    Step::Item(_) => None,
                });
                let field = std::iter::once(field.as_str()).chain(names).collect::<Vec<_>>().join(".");
                (field, as_text(&value))
            }
            Some((Step::Item(_), _)) => continue,
        };
        taken.lost.push(Loss { record: name, field, value, why });
    }
    others
}

/// Leaves out a setting of a new dossier that is none. Returns whether the problem was one of these.
pub fn settings(taken: &mut Taken, merged: &Merged, problem: &Diagnostic) -> bool {
    let Some(span) = problem.span.filter(|span| merged.sources.path(span.file) == "site.toml") else {
        return false;
    };
    let text = merged.sources.text(span.file);
    let line = text.get(..span.start as usize).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    let name =
        text.get(line..).and_then(|line| line.split(['=', '\n']).next()).unwrap_or("").trim().to_owned();
    match taken.about.shift_remove(&name) {
        Some(value) => {
            taken.lose("site.toml", name, as_text(&value), problem.message.clone());
            true
        }
        None => false,
    }
}

/// Leaves out records that would tell what the dossier withholds.
pub fn withheld(taken: &mut Taken, merged: &Merged, words: &[Withheld]) {
    let Ok(Some(search)) = Search::new(words) else { return };
    for (kind, key) in merged.added.iter().chain(&merged.updated) {
        let record = (*kind, key.clone());
        let tells = taken.records.get(&record).is_some_and(|fields| {
            let text = format!(
                "{}\n{}",
                layout::record(*kind, key, fields),
                fields.get("prose").map_or(String::new(), as_text)
            );
            !search.hits("", text.as_bytes()).is_empty()
        });
        // A record that is itself withheld may say so.
        let is_hidden = taken.there().find(*kind, key).is_some_and(|id| taken.there().hidden(id).is_some());
        if tells && !is_hidden {
            taken.records.shift_remove(&record);
            taken.lose(
                format!("{}/{key}", kind.plural()),
                "record",
                "",
                "it holds what the dossier withholds",
            );
        }
    }
}

/// Takes out of a text the picture or the link that is wrong, or the whole text where it is something else. Returns what
/// went, and why.
fn rewritten(taken: &mut Taken, record: &(Kind, String), at: usize, why: String) -> Option<(String, String)> {
    let prose = taken.records.get_mut(record)?.get_mut("prose")?;
    let text = prose.as_str()?.to_owned();
    let Some((range, words)) = link_at(&text, at) else {
        taken.records.get_mut(record)?.shift_remove("prose");
        return Some((text, format!("the whole text, since {why}")));
    };
    let value = text[range.clone()].to_owned();
    *prose = Value::String(format!("{}{words}{}", &text[..range.start], &text[range.end..]));
    Some((value, why))
}

/// The picture or link of Markdown around a place, and the words that are to stay of it.
fn link_at(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let found = Parser::new(text).into_offset_iter().filter(|(_, range)| range.contains(&at));
    let (tag, range) = found
        .filter_map(|(event, range)| match event {
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => Some((tag, range)),
            _ => None,
        })
        .last()?;
    if matches!(tag, Tag::Link { .. }) {
        let words = text[range.clone()].strip_prefix('[')?.split_once("](")?.0.to_owned();
        return Some((range, words));
    }
    // Whose picture it is, and its licence.
    let rest = &text[range.end..];
    let attributes = rest.strip_prefix('{').and_then(|rest| rest.find('}')).map_or(0, |end| end + 2);
    Some((range.start..range.end + attributes, String::new()))
}

/// Takes a part out of a field, and the field when nothing is left of it.
fn removed(fields: &mut Fields, field: &str, path: &[Step]) -> Option<Value> {
    let value = fields.get_mut(field)?;
    let taken = match path {
        [] => None,
        path => within(value, path),
    };
    match taken {
        Some(taken) => {
            let is_empty = match value {
                Value::Array(items) => items.is_empty(),
                Value::Object(parts) => parts.is_empty(),
                _ => false,
            };
            if is_empty {
                fields.shift_remove(field);
            }
            Some(taken)
        }
        None => fields.shift_remove(field),
    }
}

/// Takes a part out of a value; nothing where there is no such part.
fn within(value: &mut Value, path: &[Step]) -> Option<Value> {
    match (path, value) {
        ([Step::Item(at)], Value::Array(items)) => (*at < items.len()).then(|| items.remove(*at)),
        ([Step::Field(name)], Value::Object(parts)) => parts.shift_remove(name),
        ([Step::Item(at), rest @ ..], Value::Array(items)) => within(items.get_mut(*at)?, rest),
        ([Step::Field(name), rest @ ..], Value::Object(parts)) => match within(parts.get_mut(name)?, rest) {
            // A list of one text stands there as that text.
            None => parts.shift_remove(name),
            found => found,
        },
        _ => None,
    }
}

/// The changed files, each with its tables and where they stand.
struct Files {
    tables: IndexMap<String, (usize, Document<String>)>,
}

impl Files {
    fn of(merged: &Merged) -> Files {
        let mut tables = IndexMap::new();
        for path in &merged.changed {
            let Some(text) = merged.sources.get(path).and_then(|file| file.text().ok()) else { continue };
            let (base, toml) = match path.ends_with(".toml") {
                true => (0, text),
                false => match front_matter(text) {
                    Some((before, toml, _)) => (before.len(), toml),
                    None => continue,
                },
            };
            if let Ok(document) = Document::parse(toml.to_owned()) {
                tables.insert(path.clone(), (base, document));
            }
        }
        Files { tables }
    }

    /// The innermost part of a record that a place is in.
    fn place(&self, merged: &Merged, span: Span) -> Option<Place> {
        let path = merged.sources.path(span.file);
        let records = merged.added.iter().chain(&merged.updated);
        if path.ends_with(".md") {
            let record = records.into_iter().find(|(kind, key)| prose_path(*kind, key) == path)?;
            let at = self.tables.get(path).and_then(|(base, document)| {
                let at = (span.start as usize).checked_sub(*base)?;
                (at < document.raw().len()).then(|| part(document.as_table(), at)).flatten()
            });
            return Some((record.clone(), at.unwrap_or_else(|| vec![Step::Field("prose".to_owned())])));
        }
        let (_, document) = self.tables.get(path)?;
        let kind = Kind::RECORDS.into_iter().find(|kind| {
            path == format!("content/{}.toml", kind.plural())
                || path.starts_with(&format!("content/{}/", kind.plural()))
        })?;
        let at = span.start as usize;
        // The table that began last before the place.
        let tables = document.as_table().iter().filter_map(|(key, item)| {
            let start = document.key(key)?.span()?.start;
            (start <= at).then_some((start, key, item))
        });
        let (start, key, item) = tables.max_by_key(|(start, ..)| *start)?;
        let in_head = at < start + key.len() + 2;
        let steps = if in_head { None } else { item.as_table_like().and_then(|table| part(table, at)) };
        Some(((kind, key.to_owned()), steps.unwrap_or_default()))
    }
}

/// The steps to the innermost part of a table that a place is in.
fn part(table: &dyn TableLike, at: usize) -> Option<Vec<Step>> {
    for (name, item) in table.iter() {
        let in_key = table.key(name).and_then(|key| key.span()).is_some_and(|span| span.contains(&at));
        let inner = match item {
            Item::Value(value) => in_value(value, at),
            Item::Table(table) => part(table, at),
            _ => None,
        };
        if in_key || inner.is_some() {
            let own = Step::Field(name.to_owned());
            return Some(std::iter::once(own).chain(inner.unwrap_or_default()).collect());
        }
    }
    None
}

fn in_value(value: &TomlValue, at: usize) -> Option<Vec<Step>> {
    let is_in = |value: &TomlValue| value.span().is_some_and(|span| span.contains(&at));
    match value {
        TomlValue::Array(items) => {
            let found = items.iter().enumerate().find_map(|(index, item)| {
                let inner = in_value(item, at)?;
                Some(std::iter::once(Step::Item(index)).chain(inner).collect())
            });
            found.or_else(|| is_in(value).then(Vec::new))
        }
        TomlValue::InlineTable(table) => part(table, at).or_else(|| is_in(value).then(Vec::new)),
        other => is_in(other).then(Vec::new),
    }
}
