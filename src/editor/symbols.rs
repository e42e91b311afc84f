//! The records of a file, and those that a query names.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::toml::Outline;
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::model::fold::fold;
use crate::parse::toml_text::fenced;
use crate::source::{FileId, Span};
use crate::view::words::Words;

/// A record, or a heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    /// The record; a heading is none.
    pub id: Option<Id>,
    /// Its key or the marks of a heading.
    pub detail: String,
    /// All of it, and the part of that to be shown as chosen.
    pub range: Range<usize>,
    pub head: Range<usize>,
}

/// What a file holds, in its order: `text` is the whole file.
pub fn of_file(words: &Words, path: &str, file: FileId, text: &str) -> Vec<Symbol> {
    let dossier = &words.linked.dossier;
    let here = |id: &Id| dossier.span(*id).is_some_and(|span| span.file == file);
    let symbol = |id: Id, range: Range<usize>, head: Range<usize>| Symbol {
        name: words.title(id),
        id: Some(id),
        detail: format!("{} {}", id.kind.singular(), dossier.key(id)),
        range: range.start.min(head.start)..range.end.max(head.end),
        head,
    };
    let mut found: Vec<Symbol> = Vec::new();
    if path.ends_with(".toml") {
        let outline = Outline::new(text);
        let tables: Vec<_> = outline.records().collect();
        for id in dossier.all().filter(here) {
            let Some(head) = dossier.span(id).map(Span::range) else { continue };
            // To the next record: tables below it are its own.
            let start =
                tables.iter().filter(|part| part.range.start <= head.start).map(|part| part.range.start);
            let next =
                tables.iter().find(|part| part.range.start > head.start && part.path[0] != dossier.key(id));
            let end = next.map_or(text.len(), |part| part.range.start);
            found.push(symbol(id, start.max().unwrap_or(head.start)..end, head));
        }
        found.sort_by_key(|symbol| symbol.head.start);
        return found;
    }
    let home = |id: Id| dossier.common(id).and_then(|common| common.prose.as_deref()).is_some();
    let stem = path.strip_prefix("content/").and_then(|path| path.strip_suffix(".md"));
    let prose_of = stem.and_then(|stem| {
        let (kind, key) = stem.split_once('/')?;
        dossier.find(Kind::from_plural(kind)?, key).filter(|id| home(*id))
    });
    let record = dossier.all().find(here).or(prose_of);
    found.extend(record.map(|id| {
        let head = dossier.span(id).filter(|span| span.file == file).map_or(0..0, Span::range);
        symbol(id, 0..text.len(), head)
    }));
    found.extend(headings(text));
    found
}

/// The headings of a Markdown text, each up to the next of its level or above.
fn headings(text: &str) -> Vec<Symbol> {
    let start = fenced(text).map_or(0, |(_, body)| body.unwrap_or(text.len()));
    let body = text.get(start..).unwrap_or("");
    let mut found: Vec<(usize, Symbol)> = Vec::new();
    let mut open: Option<(usize, Range<usize>, String)> = None;
    for (event, range) in Parser::new_ext(body, Options::all()).into_offset_iter() {
        match (event, &mut open) {
            (Event::Start(Tag::Heading { level, .. }), _) => {
                open = Some((level as usize, start + range.start..start + range.end, String::new()));
            }
            (Event::End(TagEnd::Heading(_)), _) => {
                if let Some((level, range, name)) = open.take() {
                    let end = range.start + text[range.clone()].trim_end().len();
                    let head = range.start..end;
                    let symbol = Symbol {
                        name: if name.trim().is_empty() { "#".repeat(level) } else { name.trim().to_owned() },
                        id: None,
                        detail: "#".repeat(level),
                        range: range.start..text.len(),
                        head,
                    };
                    for (_, before) in found
                        .iter_mut()
                        .filter(|(before, symbol)| *before >= level && symbol.range.end == text.len())
                    {
                        before.range.end = range.start.max(before.head.end);
                    }
                    found.push((level, symbol));
                }
            }
            (Event::Text(word) | Event::Code(word), Some((_, _, name))) => name.push_str(&word),
            _ => {}
        }
    }
    found.into_iter().map(|(_, symbol)| symbol).collect()
}

/// The records whose key or any of whose names holds the words of a query, at most so many.
pub fn named(words: &Words, query: &str, most: usize) -> Vec<(Id, String, Span)> {
    let dossier = &words.linked.dossier;
    let query = fold(query);
    let holds = |text: &str| query.is_empty() || fold(text).contains(&query);
    let is_meant = |id: Id, title: &str| {
        holds(title)
            || dossier.key(id).contains(query.trim())
            || dossier.name(id).is_some_and(|name| name.all().any(holds))
    };
    let found = dossier.all().filter_map(|id| {
        let title = words.title(id);
        let span = dossier.span(id)?;
        is_meant(id, &title).then_some((id, title, span))
    });
    found.take(most).collect()
}
