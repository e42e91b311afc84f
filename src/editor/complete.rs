//! What can be written at a place: fields that are not there yet, keys of records that fit, words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fields;
use super::place::{FieldForm, Home, Place, at};
use super::prose::Notation;
use crate::check::LINTS;
use crate::export;
use crate::link::refs::{ANY, GROUP, PARTY, PLACE, SOURCE};
use crate::model::dossier::{Id, Resolution};
use crate::model::fields::{Field, Holds, Keys, Needed, UNPUBLISHED, fields_of, shape};
use crate::model::fold::fold;
use crate::model::meeting::Mode;
use crate::model::name::SpellingKind;
use crate::model::query::{TERMS, terms_of};
use crate::model::{Kind, Status};
use crate::parse::inline::TEXT_DIRECTIVES;
use crate::parse::notation::LEAVES;
use crate::view::words::Words;

/// So many records are offered at a time; more letters tell the others apart.
const MOST: usize = 200;

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub sort: Sort,
    /// A few words beside it.
    pub detail: String,
    /// What it means, in Markdown; a record says it when it is asked.
    pub about: String,
    /// What can be typed to find it, beside the label.
    pub also: String,
    /// What is replaced.
    pub range: Range<usize>,
    pub text: String,
    /// Where in the text the author goes on, when that is not its end.
    pub cursor: Option<usize>,
    /// Those with a lower number come first.
    pub rank: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Record(Id),
    Field,
    Word,
    File,
}

/// What can be written at a place, and whether that is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items {
    pub items: Vec<Item>,
    pub is_partial: bool,
}

struct Completion<'a> {
    words: &'a Words<'a>,
    text: &'a str,
    offset: usize,
    /// The record that is being written, which does not name itself.
    own: Option<Id>,
    found: Items,
}

/// What can be written at an offset of the file at `path`.
pub fn complete(words: &Words, path: &str, text: &str, offset: usize) -> Items {
    let mut completion = Completion { words, text, offset, own: None, found: Items::default() };
    match at(path, text, offset) {
        Some(Place::Field { home, path, range, written, form }) => {
            completion.fields(home, &path, &range, &written, form);
        }
        Some(Place::Value { home, record, path, range, is_quoted }) => {
            if let Home::Record(kind) = home {
                completion.own = words.linked.dossier.find(kind, &record);
            }
            completion.value(home, &path, &range, is_quoted);
        }
        Some(Place::Notation(notation)) => completion.notation(notation),
        Some(Place::Head { .. }) | None => {}
    }
    completion.found
}

impl Completion<'_> {
    fn add(&mut self, label: impl Into<String>, sort: Sort, range: &Range<usize>) -> &mut Item {
        let label = label.into();
        self.found.items.push(Item {
            text: label.clone(),
            label,
            sort,
            detail: String::new(),
            about: String::new(),
            also: String::new(),
            range: range.clone(),
            cursor: None,
            rank: 1,
        });
        let at = self.found.items.len() - 1;
        &mut self.found.items[at]
    }

    fn fields(
        &mut self,
        home: Home,
        path: &[String],
        range: &Range<usize>,
        written: &[String],
        form: FieldForm,
    ) {
        let Some(shape) = fields::table(home, path) else { return };
        for field in shape.fields().filter(|field| !written.iter().any(|name| name == field.name)) {
            let is_needed = field.needed != Needed::No;
            let item = self.add(field.name, Sort::Field, range);
            item.about = field.about.to_owned();
            item.detail = if field.needed == Needed::Yes { "needed" } else { "" }.to_owned();
            item.rank = u8::from(!is_needed);
            if form == FieldForm::Alone {
                begin(item, field);
            }
        }
        let own: Vec<(String, String)> = match shape.others.map(|(keys, _)| keys) {
            Some(Keys::Lints) => LINTS
                .iter()
                .map(|lint| (lint.code.name.to_owned(), lint.code.paragraphs().next().unwrap_or_default()))
                .collect(),
            Some(Keys::Formats) => {
                export::names().into_iter().map(|name| (name.to_owned(), String::new())).collect()
            }
            Some(Keys::Spellings) => {
                SpellingKind::OTHER.iter().map(|(name, _)| ((*name).to_owned(), String::new())).collect()
            }
            Some(Keys::Schemes) => {
                let dossier = &self.words.linked.dossier;
                let ids = dossier.all().filter_map(|id| dossier.common(id)).flat_map(|common| &common.ids);
                let schemes: BTreeSet<&String> = ids.map(|(scheme, _)| scheme).collect();
                schemes.into_iter().map(|scheme| (scheme.clone(), String::new())).collect()
            }
            Some(Keys::Locators | Keys::Targets) | None => Vec::new(),
        };
        for (name, about) in own.into_iter().filter(|(name, _)| !written.contains(name)) {
            let item = self.add(name, Sort::Field, range);
            item.about = about;
            if form == FieldForm::Alone {
                item.text.push_str(" = ");
            }
        }
    }

    fn value(&mut self, home: Home, path: &[String], range: &Range<usize>, is_quoted: bool) {
        let Some(found) = fields::at(home, path) else { return };
        let start = self.found.items.len();
        let name = path.last().map_or("", String::as_str);
        self.holding(home, name, found.holds, range, is_quoted);
        if !is_quoted {
            for item in &mut self.found.items[start..] {
                if !matches!(item.text.as_str(), "true" | "false") {
                    item.text = format!("\"{}\"", item.text);
                }
            }
        }
    }

    fn holding(&mut self, home: Home, name: &str, holds: Holds, range: &Range<usize>, is_quoted: bool) {
        match holds {
            Holds::List(each) => self.holding(home, name, *each, range, is_quoted),
            Holds::Either(all) => {
                all.iter().for_each(|one| self.holding(home, name, *one, range, is_quoted));
            }
            Holds::Key(kinds) => self.records(kinds, range, false),
            Holds::Citation => self.records(SOURCE, range, false),
            Holds::Word(_, words) | Holds::OneOf(words) => self.words(&words(), range),
            Holds::Flag if !is_quoted => self.words(&["true", "false"], range),
            Holds::Place => self.record_or_field(range),
            Holds::OwnField => {
                if let Home::Record(kind) = home {
                    let fields = shape(kind).fields().map(|field| field.name);
                    let fields = fields.filter(|name| !UNPUBLISHED.contains(name));
                    for name in fields {
                        self.add(name, Sort::Field, range);
                    }
                }
            }
            Holds::File => {
                let files: Vec<String> = self.words.linked.dossier.files.iter().cloned().collect();
                let typed = self.text.get(range.start..self.offset).unwrap_or("").to_owned();
                for file in files.into_iter().filter(|file| file.contains(&typed)).take(MOST) {
                    self.add(file, Sort::File, range);
                }
            }
            Holds::Text if name == "tags" => self.tags(range),
            Holds::Text
                if home == Home::Record(Kind::Source) && matches!(name, "by" | "author" | "editor") =>
            {
                self.records(PARTY, range, true);
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &[&str], range: &Range<usize>) {
        for word in words {
            self.add(*word, Sort::Word, range);
        }
    }

    fn tags(&mut self, range: &Range<usize>) {
        let dossier = &self.words.linked.dossier;
        let tags = dossier.all().filter_map(|id| dossier.common(id)).flat_map(|common| &common.tags);
        let tags: BTreeSet<&str> = tags.map(|tag| tag.value.as_str()).collect();
        let tags: Vec<&str> = tags.into_iter().collect();
        self.words(&tags, range);
    }

    fn own_fields(&mut self, kind: Kind, range: &Range<usize>) {
        for (name, _) in fields_of(kind) {
            self.add(name, Sort::Field, range);
        }
    }

    /// `meetings/harbour-talks`, or `meetings/harbour-talks.date`.
    fn record_or_field(&mut self, range: &Range<usize>) {
        let written = self.text.get(range.start..self.offset).unwrap_or("");
        let Some((record, _)) = written.split_once('.') else { return self.records(ANY, range, true) };
        if let Some(id) = self.words.linked.dossier.named(record, ANY) {
            self.own_fields(id.kind, &(range.start + record.len() + 1..range.end));
        }
    }

    /// The records of some kinds, whose keys stand behind their kind where they must or where one is typed.
    fn records(&mut self, kinds: &[Kind], range: &Range<usize>, with_kind: bool) {
        let dossier = &self.words.linked.dossier;
        let typed = self.text.get(range.start..self.offset).unwrap_or("").to_owned();
        let (kind, typed) = match typed.split_once('/') {
            Some((kind, key)) => (Kind::from_plural(kind), key.to_owned()),
            None => (None, typed),
        };
        let folded = fold(&typed);
        let mut found: Vec<(u8, Item)> = Vec::new();
        for id in kinds.iter().flat_map(|kind| dossier.ids(*kind)) {
            if kind.is_some_and(|kind| kind != id.kind) || self.own == Some(id) {
                continue;
            }
            let (key, title) = (dossier.key(id), self.words.title(id));
            let names: Vec<&str> = dossier.name(id).into_iter().flat_map(|name| name.all()).collect();
            let is_meant =
                || fold(&title).contains(&folded) || names.iter().any(|name| fold(name).contains(&folded));
            let rank = if key.starts_with(&typed) {
                0
            } else if key.contains(&typed) {
                1
            } else if is_meant() {
                2
            } else {
                continue;
            };
            let is_clear = dossier.resolve(key, kinds) == Resolution::Found(id);
            let whole = (with_kind || kind.is_some() || !is_clear) && id.kind != Kind::Article;
            let label = if whole { format!("{}/{key}", id.kind.plural()) } else { key.to_owned() };
            let also = if names.is_empty() { title.clone() } else { names.join(" ") };
            let detail = format!("{title} ({})", id.kind.singular());
            let (text, range) = (label.clone(), range.clone());
            let sort = Sort::Record(id);
            found.push((
                rank,
                Item { label, sort, detail, about: String::new(), also, range, text, cursor: None, rank },
            ));
        }
        found.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.label.cmp(&b.label)));
        self.found.is_partial |= found.len() > MOST;
        self.found.items.extend(found.into_iter().take(MOST).map(|(_, item)| item));
    }

    fn notation(&mut self, notation: Notation) {
        match notation {
            Notation::Link(range) => {
                let start = self.found.items.len();
                self.records(ANY, &range, false);
                let rest = &self.text[range.end..];
                if !rest.trim_start().starts_with(['|', '#', ']']) {
                    for item in &mut self.found.items[start..] {
                        item.text.push_str("]]");
                    }
                }
            }
            Notation::Anchor { target, range } => {
                let dossier = &self.words.linked.dossier;
                let Some(id) = dossier.named(&target, ANY) else { return };
                let article = dossier.article(id).map(|article| &article.body);
                let prose = dossier.common(id).and_then(|common| common.prose.as_deref());
                let anchors: Vec<&str> = article
                    .or(prose)
                    .into_iter()
                    .flat_map(|body| &body.anchors)
                    .map(String::as_str)
                    .collect();
                self.words(&anchors, &range);
            }
            Notation::Source(range) => self.records(SOURCE, &range, false),
            Notation::AfterSource(range) => self.words(&["citing"], &range),
            Notation::Directive(range) => {
                let before = &self.text[..range.start];
                let begins_line = before.is_empty() || before.ends_with('\n');
                let is_leaf = self.text[range.clone()].starts_with("::");
                for name in TEXT_DIRECTIVES {
                    let item = self.add(format!(":{name}"), Sort::Word, &range);
                    item.text = format!(":{name}[]{{}}");
                    item.cursor = Some(name.len() + 2);
                    item.rank = if is_leaf { 2 } else { 1 };
                }
                for (name, ..) in LEAVES.iter().filter(|_| begins_line) {
                    let item = self.add(format!("::{name}"), Sort::Word, &range);
                    item.text = format!("::{name}{{}}");
                    item.cursor = Some(name.len() + 3);
                }
            }
            Notation::QueryKind(range) => {
                let kinds: Vec<&str> = TERMS.iter().map(|(kind, _)| kind.plural()).collect();
                self.words(&kinds, &range);
                self.terms(None, &range, &[]);
            }
            Notation::Term { kind, range, written } => self.terms(kind, &range, &written),
            Notation::TermValue { kind, term, range } => self.term_value(kind, &term, &range),
        }
    }

    fn terms(&mut self, kind: Option<Kind>, range: &Range<usize>, written: &[String]) {
        for term in terms_of(kind).into_iter().filter(|term| !written.iter().any(|known| known == term)) {
            let item = self.add(term, Sort::Field, range);
            item.text.push('=');
        }
    }

    fn term_value(&mut self, kind: Option<Kind>, term: &str, range: &Range<usize>) {
        match term {
            "mode" => self.words(&Mode::ALL.map(|(name, _)| name), range),
            "status" => self.words(&Status::ALL.map(|(name, _)| name), range),
            "with" | "between" => self.records(PARTY, range, false),
            "place" => self.records(PLACE, range, false),
            "of" => self.records(if kind == Some(Kind::Source) { PARTY } else { GROUP }, range, false),
            "tag" => self.tags(range),
            "type" => {
                let types = kind.and_then(|kind| fields::at(Home::Record(kind), &["type".to_owned()]));
                match types.map(|found| found.holds) {
                    Some(Holds::Word(_, words)) => self.words(&words(), range),
                    _ => {
                        let events = self.words.linked.dossier.events.iter();
                        let types: BTreeSet<String> =
                            events.filter_map(|event| event.data.kind.clone()).collect();
                        let types: Vec<&str> = types.iter().map(String::as_str).collect();
                        self.words(&types, range);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The beginning of a value behind the name of a field, with the cursor where the author goes on.
fn begin(item: &mut Item, field: &Field) {
    let (before, after) = match field.holds {
        Holds::Flag | Holds::Integer | Holds::Degrees(_) | Holds::Any => ("", ""),
        Holds::Table(_) => ("{ ", " }"),
        Holds::List(Holds::Table(_)) => ("[{ ", " }]"),
        Holds::List(Holds::Either(_)) => ("[", "]"),
        _ => ("\"", "\""),
    };
    item.text = format!("{} = {before}", field.name);
    item.cursor = (!after.is_empty()).then_some(item.text.len());
    item.text.push_str(after);
}
