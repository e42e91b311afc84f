//! A record and a key that it is to have -> all that must change in the files for it.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::statements::{Statement, comment_places, key, key_place, statements};
use super::{Edit, Edits, address, bibliography, moved};
use crate::as_of::front_matter;
use crate::link::refs::{self, ANY, Mention, SOURCE, Said};
use crate::link::routes::{Target, address as page, target};
use crate::model::body::Piece;
use crate::model::citation::Hop;
use crate::model::correction::Correction;
use crate::model::dossier::{Dossier, Id, Table};
use crate::model::fields::{Holds, field};
use crate::model::{Kind, Ref};
use crate::parse::{self, ParsedRecord, literal};
use crate::source::{FileId, SourceFile, Sources, Span};

/// What is to be changed so that `id` has the key `new`, or as an article the path. The dossier is to hold all that is
/// written: drafts, and what is withheld. The old key stays as a former one where `leaves_former` says so.
pub fn rename(dossier: &Dossier, sources: &Sources, id: Id, new: &str, leaves_former: bool) -> Edits {
    let mut renaming = Renaming {
        dossier,
        sources,
        id,
        old: dossier.key(id),
        new,
        leaves_former,
        edits: Vec::new(),
        moved: Vec::new(),
        as_it_is: &|span| Some(span),
    };
    renaming.home();
    for other in dossier.all() {
        renaming.said(&Said::of(dossier, other));
    }
    for group in dossier.config.sides.iter().flat_map(|side| &side.groups) {
        renaming.reference(group, refs::GROUP);
    }
    renaming.corrections();
    renaming.comments();
    Edits::new(renaming.edits, renaming.moved, sources)
}

/// The fields that hold keys and nothing else, or citations.
const REFER: [&str; 19] = [
    "who",
    "for",
    "of",
    "in",
    "place",
    "from",
    "to",
    "by",
    "cite",
    "from_place",
    "stands_in_for",
    "participants",
    "involved",
    "part_of",
    "maybe_same",
    "groups",
    "author",
    "editor",
    "on",
];

struct Renaming<'a> {
    dossier: &'a Dossier,
    sources: &'a Sources,
    id: Id,
    old: &'a str,
    new: &'a str,
    leaves_former: bool,
    edits: Vec<Edit>,
    moved: Vec<(String, String)>,
    /// Where a place of what is read stands in the files.
    as_it_is: &'a dyn Fn(Span) -> Option<Span>,
}

impl<'a> Renaming<'a> {
    fn put(&mut self, span: Span, new: impl Into<String>) {
        self.edits.push(Edit { span, new: new.into() });
    }

    /// The record itself, and the files that are named after it.
    fn home(&mut self) {
        let Some(span) = self.dossier.span(self.id) else { return };
        let path = self.sources.path(span.file).to_owned();
        let text = self.sources.text(span.file);
        let place = |base: usize, range: std::ops::Range<usize>| {
            Span::new(span.file, base + range.start..base + range.end)
        };
        if path.ends_with(".bib") {
            for range in bibliography::places(&text, self.old) {
                self.put(place(0, range), self.new);
            }
        } else if path.ends_with(".toml") {
            let mut at_root = true;
            for statement in statements(&text) {
                let first = match &statement {
                    Statement::Head { keys, .. } => {
                        at_root = false;
                        keys.first()
                    }
                    Statement::Field(field) => field.keys.first().filter(|_| at_root),
                };
                if let Some(range) = first.filter(|range| key(&text, range) == self.old) {
                    self.put(place(0, key_place(&text, range)), self.new);
                }
            }
            let table = Some((self.old, self.new));
            let moved = moved::Moved { toml: &text, table, old: self.old, new: self.new };
            for (range, new) in if self.leaves_former { moved.changes() } else { Vec::new() } {
                self.put(place(0, range), new);
            }
        } else {
            let front = front_matter(&text);
            let (base, toml) = front.map_or((0, ""), |(before, toml, _)| (before.len(), toml));
            let moved = moved::Moved { toml, table: None, old: self.old, new: self.new };
            for (range, new) in if self.leaves_former { moved.changes() } else { Vec::new() } {
                let newline = moved::newline(&text);
                let new = match front {
                    Some(_) => new.replace('\n', newline).replace("\r\r", "\r"),
                    None => format!("+++\n{new}+++\n\n").replace('\n', newline),
                };
                self.put(place(base, range), new);
            }
        }
        let file = |key: &str| match self.id.kind {
            Kind::Article => format!("content/{key}.md"),
            kind => format!("content/{}/{key}.md", kind.plural()),
        };
        if self.sources.get(&file(self.old)).is_some() {
            self.moved.push((file(self.old), file(self.new)));
        }
    }

    /// All references of a record or article.
    fn said(&mut self, said: &Said) {
        for Mention { reference, kinds, .. } in &said.fields {
            self.reference(reference, kinds);
        }
        for (citation, _) in said.citations() {
            for hop in &citation.hops {
                if let Hop::Source { source, .. } = hop {
                    self.reference(source, SOURCE);
                }
            }
        }
        for piece in said.bodies.iter().flat_map(|body| &body.pieces) {
            match piece {
                Piece::Wikilink { target, .. } => self.reference(target, ANY),
                Piece::Figure(figure) => self.query(&figure.query),
                Piece::Embed { query, .. } => self.query(query),
                Piece::File { path, span, .. } | Piece::Image { path, span, .. } => self.link(path, *span),
                _ => {}
            }
        }
    }

    fn query(&mut self, query: &crate::model::query::Query) {
        for Mention { reference, kinds, .. } in refs::of_query(query) {
            self.reference(reference, kinds);
        }
    }

    /// A reference to what is renamed; or one that could then mean that as well.
    fn reference(&mut self, reference: &Ref, kinds: &[Kind]) {
        let text = reference.text.as_str();
        let Some(to) = self.dossier.get(reference, kinds) else { return };
        let new = if to == self.id {
            self.written(text, kinds)
        } else if text == self.new && kinds.contains(&self.id.kind) && to.kind != Kind::Article {
            format!("{}/{text}", to.kind.plural())
        } else {
            return;
        };
        if let Some(span) = (self.as_it_is)(reference.span) {
            self.replace(span, text, &new);
        }
    }

    /// The new key as a reference, with its kind where the old one has it or where others of that key could be meant.
    fn written(&self, text: &str, kinds: &[Kind]) -> String {
        let kind = self.id.kind;
        let others = kinds.iter().filter(|other| **other != kind);
        let in_doubt = others.into_iter().any(|other| self.dossier.find(*other, self.new).is_some());
        // In a citation this word joins two sources.
        let joins = kind == Kind::Source && self.new == "citing";
        match kind != Kind::Article && (text.contains('/') || in_doubt || joins) {
            true => format!("{}/{}", kind.plural(), self.new),
            false => self.new.to_owned(),
        }
    }

    /// Puts another text into the place of one, which may stand there in the quotes of TOML.
    fn replace(&mut self, span: Span, text: &str, new: &str) {
        let file = self.sources.text(span.file);
        let written = file.get(span.range()).unwrap_or("");
        let inside = if written == text { Some(0..written.len()) } else { literal::inside(written) };
        let Some(inside) = inside else { return };
        let is_text = written.get(inside.clone()) == Some(text);
        let says = || written.parse::<toml_edit::Value>().is_ok_and(|value| value.as_str() == Some(text));
        if !is_text && !says() {
            return;
        }
        // The kind before the key stays where it stands.
        let kind = text.find('/').map_or(0, |at| at + 1);
        let same = if is_text && text.get(..kind) == new.get(..kind) { kind } else { 0 };
        let place = span.within(inside.start + same..inside.end);
        self.put(place, &new[same..]);
    }

    /// A link of Markdown to a file or page; `path` is where it leads.
    fn link(&mut self, path: &str, span: Span) {
        let Some(span) = (self.as_it_is)(span) else { return };
        let text = self.sources.text(span.file);
        let file = self.sources.path(span.file);
        let file = file.strip_prefix("content/").unwrap_or(file);
        // In a field, paths start at `content/`.
        let in_front = front_matter(&text)
            .is_some_and(|(before, toml, _)| span.range().start < before.len() + toml.len());
        let is_prose = file.ends_with(".md") && !in_front;
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let from = if is_prose { folder(file) } else { String::new() };
        let own = self.id.kind == Kind::Article && file.strip_suffix(".md") == Some(self.old);
        let then = if own && is_prose { folder(self.new) } else { from.clone() };

        let leads_here = target(self.dossier, path) == Some(Target::Page(page(self.dossier, self.id)));
        let renamed = match path.rsplit_once('.').filter(|_| leads_here) {
            Some((stem, ending)) => {
                let stem = stem.strip_suffix(self.old).unwrap_or("");
                format!("{stem}{}.{ending}", self.new)
            }
            None => path.to_owned(),
        };
        if renamed == path && from == then {
            return;
        }
        let link = text.get(span.range()).unwrap_or("");
        let start = span.range().start;
        let places = match address::inline(link, &from, path) {
            Some(found) => vec![(start, found)],
            None => address::defined(&text, &from, path).into_iter().map(|found| (0, found)).collect(),
        };
        for (base, found) in places {
            let new = address::written_like(&found.text, &then, &renamed);
            let place = Span::new(span.file, base + found.range.start..base + found.range.end);
            if !address::leads(&found, &then, &renamed) {
                self.put(place, new);
            }
        }
    }

    /// What corrections keep of former values: the dossier as it stood has its records under today's keys.
    fn corrections(&mut self) {
        let dossier = self.dossier;
        let mut files: Vec<(FileId, Vec<(&str, &Correction)>)> = Vec::new();
        for record in dossier.corrections.iter() {
            let correction = (record.key.as_str(), &record.data);
            match files.iter_mut().find(|(file, _)| *file == record.span.file) {
                Some((_, corrections)) => corrections.push(correction),
                None => files.push((record.span.file, vec![correction])),
            }
        }
        for (file, corrections) in files {
            let text = self.sources.text(file);
            let in_table = self.sources.path(file).ends_with(".toml");
            let (base, toml) = match front_matter(&text).filter(|_| !in_table) {
                Some((before, toml, _)) => (before.len(), toml),
                None => (0, text.as_ref()),
            };
            let document = DeTable::parse_recoverable(toml).0.into_inner();
            for (key, correction) in corrections {
                let table = match in_table {
                    true => document.get(key).and_then(|record| record.get_ref().as_table()),
                    false => Some(&document),
                };
                for (field, value) in
                    table.map(|table| former_values(dossier, correction, table)).into_iter().flatten()
                {
                    let span = Span::new(file, base + value.start..base + value.end);
                    self.former(field, span);
                }
            }
        }
    }

    /// Fields that wait in comments, such as those that a draft suggests, when no other record has the key.
    fn comments(&mut self) {
        let others = Kind::RECORDS.into_iter().filter(|kind| *kind != self.id.kind);
        let is_shared = others.into_iter().any(|kind| self.dossier.find(kind, self.old).is_some());
        if is_shared || self.id.kind == Kind::Article {
            return;
        }
        let quoted = format!("\"{}", self.old);
        for file in self.sources.under("content/").filter(|file| file.path.ends_with(".toml")) {
            let text = self.sources.text(file.id);
            if !text.contains(&quoted) {
                continue;
            }
            for place in comment_places(&text) {
                let comment = &text[place.clone()];
                for (at, _) in comment.match_indices(&quoted) {
                    let Some((field, _)) = comment[..at].rsplit_once('=') else { continue };
                    let field = field.trim_end().rsplit([' ', '#', '{', ',']).next().unwrap_or("");
                    if !REFER.contains(&field) {
                        continue;
                    }
                    let start = place.start + at + 1;
                    let rest = &text[start + self.old.len()..place.end];
                    let is_cited = self.id.kind == Kind::Source && rest.starts_with(' ');
                    if rest.starts_with('"') || is_cited {
                        self.put(Span::new(file.id, start..start + self.old.len()), self.new);
                    }
                }
            }
        }
    }

    /// A former value of a field, read as the field is.
    fn former(&mut self, (kind, name): (Kind, &str), span: Span) {
        let text = self.sources.text(span.file);
        let Some(value) = text.get(span.range()) else { return };
        let (before, start) = scratch(kind, name);
        let file = SourceFile {
            id: span.file,
            path: format!("content/{}.toml", kind.plural()),
            bytes: format!("{before}{start}{value}\n").into_bytes().into(),
        };
        let parsed = parse::parse(&file, &self.dossier.config).value;
        let Some(scratch) = parsed.records.into_iter().next().map(alone) else { return };
        let offset = before.len() + start.len();
        let place = move |found: Span| {
            let range = found.range();
            let at = span.range().start;
            (range.start >= offset)
                .then(|| Span::new(found.file, at + range.start - offset..at + range.end - offset))
        };
        let mut inner = Renaming { edits: Vec::new(), moved: Vec::new(), as_it_is: &place, ..*self };
        inner.said(&Said::of(&scratch, Id { kind, index: 0 }));
        self.edits.append(&mut inner.edits);
    }
}

/// The values in a correction that its field had or has, each with the field that it can be read as.
fn former_values<'t>(
    dossier: &Dossier,
    correction: &'t Correction,
    table: &DeTable,
) -> Vec<((Kind, &'t str), std::ops::Range<usize>)> {
    let (Some(id), Some(name)) = (dossier.get(&correction.on, ANY), &correction.field) else {
        return Vec::new();
    };
    let name = name.value.as_str();
    let span = |name: &str| table.get(name).map(|value| value.span());
    let is_text =
        |name: &str| table.get(name).is_some_and(|value| matches!(value.get_ref(), DeValue::String(_)));
    let mut found = Vec::new();
    match field(id.kind, name) {
        Some(Holds::Markdown) => {
            let texts = ["was", "now", "undo"].into_iter().filter(|name| is_text(name));
            found.extend(texts.filter_map(span).map(|span| ((Kind::Term, "note"), span)));
        }
        Some(holds) if id.kind != Kind::Article => {
            let was = if is_from_text(holds) && table.get("undo").is_none() { span("was") } else { None };
            found.extend(span("undo").or(was).map(|span| ((id.kind, name), span)));
        }
        _ => {}
    }
    found
}

/// Whether a text alone, as `was` is one, can name a record in a field.
fn is_from_text(holds: Holds) -> bool {
    match holds {
        Holds::Key(_) | Holds::Text | Holds::Citation | Holds::Place => true,
        Holds::List(each) => is_from_text(*each),
        Holds::Either(all) => all.iter().any(|one| is_from_text(*one)),
        _ => false,
    }
}

/// A record of a kind that has all that it must have, up to the value of a field.
fn scratch(kind: Kind, name: &str) -> (String, String) {
    let must: &[(&str, &str)] = match kind {
        Kind::Person | Kind::Place => &[("name", "\"x\"")],
        Kind::Term => &[("name", "\"x\""), ("definition", "\"x\"")],
        Kind::Group => &[("name", "\"x\""), ("type", "\"other\"")],
        Kind::Meeting => &[("date", "\"\""), ("participants", "[]")],
        Kind::Event => &[("title", "\"x\""), ("date", "\"\"")],
        Kind::Relation => &[("from", "\"x\""), ("to", "\"x\""), ("type", "\"other\"")],
        Kind::Source => &[("title", "\"x\""), ("type", "\"document\"")],
        Kind::Correction | Kind::Article => &[],
    };
    let others = must.iter().filter(|(field, _)| *field != name);
    let fields: String = others.map(|(field, value)| format!("{field} = {value}\n")).collect();
    (format!("[x]\n{fields}"), format!("{name} = "))
}

/// A dossier of one record.
fn alone(record: ParsedRecord) -> Dossier {
    let mut dossier = Dossier::default();
    match record {
        ParsedRecord::Person(record) => dossier.people = Table::new(vec![record], None),
        ParsedRecord::Group(record) => dossier.groups = Table::new(vec![record], None),
        ParsedRecord::Meeting(record) => dossier.meetings = Table::new(vec![record], None),
        ParsedRecord::Event(record) => dossier.events = Table::new(vec![record], None),
        ParsedRecord::Place(record) => dossier.places = Table::new(vec![record], None),
        ParsedRecord::Relation(record) => dossier.relations = Table::new(vec![record], None),
        ParsedRecord::Source(record) => dossier.sources = Table::new(vec![record], None),
        ParsedRecord::Term(record) => dossier.terms = Table::new(vec![record], None),
        ParsedRecord::Correction(record) => dossier.corrections = Table::new(vec![record], None),
    }
    dossier
}

/// The files with nothing withheld but whole records, each byte in its place: what a record withholds of itself names
/// others as well.
pub fn opened(sources: &Sources) -> Sources {
    let mut opened = sources.clone();
    for file in sources.under("content/") {
        let Ok(text) = file.text() else { continue };
        if !text.contains("withhold") {
            continue;
        }
        let (base, toml) = match file.path.rsplit_once('.') {
            Some((_, "toml")) => (0, text),
            Some((_, "md")) => match front_matter(text) {
                Some((before, toml, _)) => (before.len(), toml),
                None => continue,
            },
            _ => continue,
        };
        let lists = withheld_lists(toml);
        let mut text = Cow::Borrowed(text);
        for list in lists {
            let range = base + list.start..base + list.end;
            const NOTHING: &str = "false";
            if let Some(rest) = range.len().checked_sub(NOTHING.len()) {
                text.to_mut().replace_range(range, &format!("{NOTHING}{}", " ".repeat(rest)));
            }
        }
        if let Cow::Owned(text) = text {
            opened.insert(file.path.as_str(), text.into_bytes());
        }
    }
    opened
}

/// The lists of fields that the tables of a text withhold, and those of the text itself.
fn withheld_lists(toml: &str) -> Vec<std::ops::Range<usize>> {
    let document = DeTable::parse_recoverable(toml).0.into_inner();
    let own = document.get("withhold").into_iter();
    let records = document.values().filter_map(|record| record.get_ref().as_table()?.get("withhold"));
    own.chain(records).filter(|value| value.get_ref().is_array()).map(|value| value.span()).collect()
}
