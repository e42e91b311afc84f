//! Of each kind the columns of its list, and what stands in them.

use serde_json::{Value, json};

use super::{line, name};
use crate::export::plain::{self, Fields};
use crate::link::graph::{date, place_chain};
use crate::link::provenance::origins;
use crate::link::refs::{ANY, PARTY};
use crate::link::routes::address;
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::model::meeting::Who;
use crate::model::{Kind, Ref};
use crate::source::{Spanned, Texts};
use crate::view::words::Words;
use crate::view::{corrections, record, row, source};

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What it is called in CSV and JSON.
    pub name: &'static str,
    pub shown: Shown,
}

/// How a column stands in a table on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Under this head, whatever the width.
    Always(&'static str),
    /// Not cut, and left out where there is no room; those with the highest number go first.
    Whole(&'static str, u8),
    /// The same, but it is cut before anything is left out.
    Cut(&'static str, u8),
    /// Always, on several lines where there is little room: a date that is cut would say something else.
    Wrapped(&'static str),
    /// Only in CSV and JSON.
    Never,
}

impl Shown {
    pub fn head(self) -> Option<&'static str> {
        match self {
            Shown::Always(head) | Shown::Wrapped(head) | Shown::Whole(head, _) | Shown::Cut(head, _) => {
                Some(head)
            }
            Shown::Never => None,
        }
    }
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Number(usize),
    Several(Vec<String>),
}

impl Cell {
    fn of(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Nothing } else { Cell::Text(text) }
    }

    fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Nothing, Cell::of)
    }

    /// As text, with `between` the parts of several.
    pub fn text(&self, between: &str) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Several(parts) => parts.join(between),
        }
    }

    pub fn json(&self) -> Value {
        match self {
            Cell::Nothing => Value::Null,
            Cell::Text(text) => json!(text),
            Cell::Number(number) => json!(number),
            Cell::Several(parts) => json!(parts),
        }
    }
}

const fn column(name: &'static str, shown: Shown) -> Column {
    Column { name, shown }
}

const fn data(name: &'static str) -> Column {
    column(name, Shown::Never)
}

const KEY: Column = column("key", Shown::Always("key"));
const DATE: Column = column("date_in_words", Shown::Wrapped("date"));
const STATUS: Column = column("status", Shown::Whole("status", 1));
const ORIGINS: Column = column("origins", Shown::Whole("origins", 2));
const RECORDS: Column = column("records", Shown::Whole("records", 2));
const WHO: Column = column("participants", Shown::Cut("who", 3));
const PLACE_NAME: Column = column("place", Shown::Cut("place", 4));
const NATIVE: Column = column("native", Shown::Cut("own script", 4));

const fn title(head: &'static str, name: &'static str) -> Column {
    column(name, Shown::Cut(head, 0))
}

/// The columns of meetings and events together.
const OCCASIONS: &[Column] = &[
    KEY,
    column("kind", Shown::Whole("kind", 5)),
    DATE,
    data("date"),
    data("date_earliest"),
    data("date_latest"),
    title("title", "title"),
    PLACE_NAME,
    data("place_key"),
    WHO,
    data("participant_keys"),
    STATUS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const MEETINGS: &[Column] = &[
    KEY,
    DATE,
    data("date"),
    data("date_earliest"),
    data("date_latest"),
    title("title", "title"),
    data("mode"),
    PLACE_NAME,
    data("place_key"),
    WHO,
    data("participant_keys"),
    STATUS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const EVENTS: &[Column] = &[
    KEY,
    DATE,
    data("date"),
    data("date_earliest"),
    data("date_latest"),
    title("title", "title"),
    column("type", Shown::Whole("type", 5)),
    PLACE_NAME,
    data("place_key"),
    WHO,
    data("participant_keys"),
    STATUS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const PEOPLE: &[Column] = &[
    KEY,
    title("name", "name"),
    NATIVE,
    column("office", Shown::Cut("office", 1)),
    data("born"),
    data("died"),
    RECORDS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const GROUPS: &[Column] = &[
    KEY,
    title("name", "name"),
    NATIVE,
    data("short"),
    data("type"),
    column("type_in_words", Shown::Cut("kind", 1)),
    column("part_of", Shown::Cut("part of", 3)),
    data("country"),
    data("founded"),
    data("dissolved"),
    column("members", Shown::Whole("members", 3)),
    RECORDS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const PLACES: &[Column] = &[
    KEY,
    title("name", "name"),
    NATIVE,
    column("within", Shown::Cut("in", 1)),
    column("country", Shown::Whole("country", 3)),
    data("lat"),
    data("lon"),
    RECORDS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const RELATIONS: &[Column] = &[
    KEY,
    column("from", Shown::Cut("from", 0)),
    column("type", Shown::Whole("type", 0)),
    column("to", Shown::Cut("to", 0)),
    data("from_key"),
    data("to_key"),
    data("title"),
    column("term", Shown::Whole("when", 3)),
    data("since"),
    data("until"),
    STATUS,
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const SOURCES: &[Column] = &[
    KEY,
    column("published_in_words", Shown::Wrapped("published")),
    data("published"),
    title("title", "title"),
    column("by", Shown::Cut("by", 2)),
    data("type"),
    column("type_in_words", Shown::Cut("kind", 4)),
    column("grade", Shown::Whole("grade", 4)),
    column("read", Shown::Whole("read", 3)),
    data("accessed"),
    column("cited", Shown::Whole("cited", 2)),
    data("url"),
    data("archived"),
    data("language"),
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const TERMS: &[Column] = &[
    KEY,
    title("term", "name"),
    NATIVE,
    column("definition", Shown::Cut("definition", 0)),
    ORIGINS,
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const CORRECTIONS: &[Column] = &[
    KEY,
    DATE,
    data("date"),
    column("on", Shown::Cut("record", 0)),
    column("field", Shown::Whole("field", 2)),
    column("was", Shown::Cut("it said", 3)),
    column("why", Shown::Cut("why", 1)),
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

const ARTICLES: &[Column] = &[
    KEY,
    DATE,
    data("date"),
    title("title", "title"),
    column("authors", Shown::Cut("authors", 2)),
    column("words", Shown::Whole("words", 1)),
    data("tags"),
    data("address"),
    data("file"),
    data("line"),
];

/// The columns of a kind; without one, of meetings and events together.
pub fn columns(kind: Option<Kind>) -> &'static [Column] {
    match kind {
        None => OCCASIONS,
        Some(Kind::Meeting) => MEETINGS,
        Some(Kind::Event) => EVENTS,
        Some(Kind::Person) => PEOPLE,
        Some(Kind::Group) => GROUPS,
        Some(Kind::Place) => PLACES,
        Some(Kind::Relation) => RELATIONS,
        Some(Kind::Source) => SOURCES,
        Some(Kind::Term) => TERMS,
        Some(Kind::Correction) => CORRECTIONS,
        Some(Kind::Article) => ARTICLES,
    }
}

/// What stands in the columns of a record.
pub fn cells(words: &Words, texts: &Texts, id: Id, columns: &[Column]) -> Vec<Cell> {
    let fields = plain::record(&words.linked.dossier, id);
    let place = words.linked.dossier.span(id).map(|span| (span, texts.positions(span).0.line));
    let cell = |column: &Column| match (column.name, place) {
        ("file", Some((span, _))) => Cell::of(texts.path(span.file)),
        ("line", Some((_, line))) => Cell::Number(line),
        (name, _) => cell(words, id, &fields, name),
    };
    columns.iter().map(cell).collect()
}

fn cell(words: &Words, id: Id, fields: &Fields, column: &str) -> Cell {
    let dossier = &words.linked.dossier;
    let shown = |date: Option<&Date>| Cell::maybe(date.map(|date| line(&words.capital(&words.date(date)))));
    let key_of = |reference: &Ref, kinds| dossier.get(reference, kinds).map(|id| name(dossier, id));
    match (column, id.kind) {
        ("kind", _) => Cell::of(id.kind.singular()),
        ("title" | "name", _) => Cell::of(line(&words.title(id))),
        ("native", _) => Cell::maybe(words.native(id).map(|name| line(&name.text))),
        ("address", _) => Cell::of(address(dossier, id)),
        ("origins", _) => {
            let cite = dossier.common(id).map_or(&[][..], |common| &common.cite);
            Cell::Number(origins(dossier, cite).len())
        }
        ("records", _) => Cell::Number(words.linked.occasions_of(id).count()),
        ("status", _) => Cell::maybe(dossier.standing(id).map(|standing| standing.status().key())),

        ("date_in_words", Kind::Meeting | Kind::Event) => {
            Cell::of(line(&words.dates.when(date(dossier, id), words.strings).text))
        }
        ("date_in_words", _) => shown(own_date(words, id).map(|date| &date.value)),
        ("date_earliest", _) => {
            Cell::maybe(date(dossier, id).and_then(|date| date.span().first).map(|day| day.iso()))
        }
        ("date_latest", _) => {
            Cell::maybe(date(dossier, id).and_then(|date| date.span().last).map(|day| day.iso()))
        }
        ("place", _) => {
            let occasion = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at));
            let place = occasion.and_then(|occasion| occasion.places.first());
            Cell::maybe(place.map(|place| line(&words.title(*place))))
        }
        ("place_key", _) => fields.get("place").map_or(Cell::Nothing, value),
        ("participants", _) => Cell::Several(participants(words, id)),
        ("participant_keys", _) => {
            let keys = dossier.participants(id).iter().filter_map(|participant| match &participant.who {
                Who::Record(who) => key_of(who, PARTY),
                Who::Unnamed { .. } | Who::Withheld => None,
            });
            Cell::Several(keys.collect())
        }

        ("office", _) => Cell::maybe(words.office(id, None).map(|office| line(&office))),
        ("type_in_words", Kind::Source) => Cell::of(line(&source::kind(words, id))),
        ("type_in_words", _) => Cell::of(line(&row::group_kind(words, id))),
        ("part_of", _) => {
            let parts = dossier.groups.get(id.index).into_iter().flat_map(|group| &group.data.part_of);
            let wholes = parts.filter_map(|part| dossier.get(&part.of, crate::link::refs::GROUP));
            Cell::Several(wholes.map(|whole| line(&words.title(whole))).collect())
        }
        ("members", _) => {
            let mut members: Vec<Id> = words.members(id).into_iter().map(|(person, _)| person).collect();
            members.sort_unstable();
            members.dedup();
            Cell::Number(members.len())
        }
        ("within", _) => {
            let around = place_chain(dossier, id).into_iter().skip(1);
            Cell::Several(around.map(|place| line(&words.title(place))).collect())
        }

        ("from" | "to" | "from_key" | "to_key" | "term" | "type", Kind::Relation) => {
            relation(words, id, column)
        }

        ("published_in_words", _) => {
            let source = dossier.sources.get(id.index).map(|source| &source.data);
            shown(source.and_then(|source| source.published.as_ref()).map(|date| &date.value))
        }
        ("by", _) => {
            let maker = words.maker(id).text;
            // A source that nobody is named for is called by its title.
            if maker == words.title(id) { Cell::Nothing } else { Cell::of(line(&maker)) }
        }
        ("read", _) => Cell::of(if words.linked.unseen(id) { "no" } else { "yes" }),
        ("cited", _) => {
            let by: std::collections::BTreeSet<Id> = words.linked.uses(id).map(|r#use| r#use.by).collect();
            Cell::Number(by.len())
        }

        ("definition", _) => {
            let term = dossier.terms.get(id.index);
            Cell::maybe(term.map(|term| line(&words.plain(&term.data.definition.text))))
        }
        ("on", _) => {
            let correction = dossier.corrections.get(id.index);
            Cell::maybe(correction.and_then(|correction| key_of(&correction.data.on, ANY)))
        }
        ("field", _) => {
            let field = dossier.corrections.get(id.index).and_then(|record| record.data.field.as_ref());
            Cell::maybe(field.map(|field| field.value.clone()))
        }
        ("was", _) => {
            let correction = dossier.corrections.get(id.index).map(|record| &record.data);
            let on = correction.and_then(|data| dossier.get(&data.on, ANY));
            let was = correction.zip(on).and_then(|(data, on)| corrections::was(words, on.kind, data));
            Cell::maybe(was.map(|was| line(&was)))
        }
        ("words", _) => Cell::Number(dossier.article(id).map_or(0, |article| article.body.words())),
        (field, _) => fields.get(field).map_or(Cell::Nothing, value),
    }
}

/// The date of an article or correction.
fn own_date<'w>(words: &'w Words, id: Id) -> Option<&'w Spanned<Date>> {
    let dossier = &words.linked.dossier;
    match id.kind {
        Kind::Correction => dossier.corrections.get(id.index).map(|record| &record.data.date),
        _ => dossier.article(id)?.date.as_ref(),
    }
}

/// Who took part, as a list on a page names them, each once.
pub fn participants(words: &Words, id: Id) -> Vec<String> {
    let dossier = &words.linked.dossier;
    let Some(occasion) = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at)) else {
        return Vec::new();
    };
    let both = occasion.parties.iter().zip(dossier.participants(id));
    both.filter_map(|(party, participant)| {
        let group = || party.for_group.map(|group| words.title(group));
        let unnamed =
            |desc: &str| group().map_or_else(|| desc.to_owned(), |group| format!("{desc} ({group})"));
        Some(line(&match &participant.who {
            Who::Record(_) => words.title(party.who?),
            Who::Unnamed { desc, .. } => unnamed(desc),
            Who::Withheld => unnamed(words.get("detail.withheld")),
        }))
    })
    .collect()
}

fn relation(words: &Words, id: Id, column: &str) -> Cell {
    let dossier = &words.linked.dossier;
    let Some(data) = dossier.relations.get(id.index).map(|relation| &relation.data) else {
        return Cell::Nothing;
    };
    let end = |end: &Ref| dossier.get(end, PARTY);
    match column {
        "from" => Cell::maybe(end(&data.from).map(|id| line(&words.title(id)))),
        "to" => Cell::maybe(end(&data.to).map(|id| line(&words.title(id)))),
        "from_key" => Cell::maybe(end(&data.from).map(|id| name(dossier, id))),
        "to_key" => Cell::maybe(end(&data.to).map(|id| name(dossier, id))),
        "term" => Cell::maybe(
            record::relation(words, id).and_then(|relation| relation.term).map(|term| line(&term)),
        ),
        _ => Cell::of(data.kind.key()),
    }
}

/// A field as it is written.
fn value(value: &Value) -> Cell {
    match value {
        Value::String(text) => Cell::of(line(text)),
        Value::Array(items) => Cell::Several(items.iter().filter_map(Value::as_str).map(line).collect()),
        Value::Number(number) => Cell::of(number.to_string()),
        Value::Bool(_) | Value::Object(_) | Value::Null => Cell::Nothing,
    }
}
