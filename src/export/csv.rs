//! The records -> tables: one row for each record, and for each role, participant, name and citation.

use serde_json::Value;

use super::plain::{self, Fields};
use super::{Export, Hand, Losses, said};
use crate::link::graph::{date, place_chain};
use crate::link::provenance::origins;
use crate::link::refs::{Part, statements};
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::citation::Hop;
use crate::model::dossier::Id;
use crate::model::kinds::SOURCE;
use crate::table::Table;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "csv",
    about: "people, groups, meetings, sources and what ties them, as tables (.csv)",
    leaves_out: &[
        "the prose beside records, and articles",
        "requests for a response, quotations, portraits, links",
    ],
    paths: |_| FILES.to_vec(),
    make,
};

/// The files, in the order of the tables.
const FILES: [&str; 12] = [
    "data/people.csv",
    "data/groups.csv",
    "data/meetings.csv",
    "data/events.csv",
    "data/places.csv",
    "data/relations.csv",
    "data/sources.csv",
    "data/corrections.csv",
    "data/roles.csv",
    "data/participants.csv",
    "data/names.csv",
    "data/citations.csv",
];

/// A table: its name, its columns, and its rows in order.
pub struct Sheet {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// Each as one text, with [`BETWEEN`] between its cells: that needs a quarter of the memory.
    rows: Vec<Box<str>>,
}

/// What stands in no text.
const BETWEEN: char = '\u{1F}';

impl Sheet {
    fn push<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let mut row = String::new();
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                row.push(BETWEEN);
            }
            row.extend(cell.as_ref().chars().filter(|c| *c != BETWEEN));
        }
        self.rows.push(row.into());
    }

    /// The cells of each row.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.rows.iter().map(|row| row.split(BETWEEN))
    }
}

fn make(words: &Words, hand: Hand) -> Losses {
    let marked = words.linked.dossier.config.exports.csv_bom;
    let file = |sheet: Sheet| {
        let mut table = Table::new(sheet.columns, marked);
        sheet.rows().for_each(|row| table.row(row));
        (format!("{}{}.csv", super::FOLDER, sheet.name), table.bytes())
    };
    sheets(words).into_iter().map(file).for_each(hand);
    Losses::default()
}

/// The columns of the records of a kind: fields by their names, and what follows from them.
const KINDS: [(Kind, &[&str]); 8] = [
    (
        Kind::Person,
        &[
            "key",
            "name",
            "name_lang",
            "native",
            "sort_name",
            "born",
            "died",
            "summary",
            "tags",
            "records",
            "address",
        ],
    ),
    (
        Kind::Group,
        &[
            "key",
            "name",
            "name_lang",
            "native",
            "short",
            "type",
            "country",
            "part_of",
            "founded",
            "dissolved",
            "summary",
            "tags",
            "records",
            "address",
        ],
    ),
    (
        Kind::Meeting,
        &[
            "key",
            "title",
            "mode",
            "date",
            "date_earliest",
            "date_latest",
            "date_in_words",
            "reported",
            "place",
            "status",
            "origins",
            "summary",
            "tags",
            "address",
        ],
    ),
    (
        Kind::Event,
        &[
            "key",
            "title",
            "type",
            "date",
            "date_earliest",
            "date_latest",
            "date_in_words",
            "reported",
            "place",
            "status",
            "origins",
            "summary",
            "tags",
            "address",
        ],
    ),
    (
        Kind::Place,
        &["key", "name", "name_lang", "native", "in", "within", "country", "lat", "lon", "tags", "address"],
    ),
    (
        Kind::Relation,
        &["key", "from", "to", "type", "title", "since", "until", "status", "origins", "tags", "address"],
    ),
    (
        Kind::Source,
        &[
            "key",
            "title",
            "by",
            "type",
            "published",
            "accessed",
            "url",
            "archived",
            "language",
            "grade",
            "author",
            "editor",
            "container_title",
            "publisher",
            "publisher_place",
            "volume",
            "issue",
            "number",
            "page",
            "edition",
            "genre",
            "doi",
            "isbn",
            "seen",
            "tags",
            "address",
        ],
    ),
    (Kind::Correction, &["key", "date", "on", "was", "why", "address"]),
];

const ROLES: &[&str] = &["person", "role", "of", "from", "to", "place", "cite"];
const PARTICIPANTS: &[&str] = &[
    "record",
    "who",
    "for",
    "as",
    "named_as",
    "desc",
    "count",
    "withheld",
    "stands_in_for",
    "from_place",
    "cite",
];
const NAMES: &[&str] = &["record", "kind", "text", "note", "cite"];
const CITATIONS: &[&str] =
    &["record", "statement", "citation", "hop", "source", "locator", "unrecorded", "is_origin"];

/// All tables.
pub fn sheets(words: &Words) -> Vec<Sheet> {
    let dossier = &words.linked.dossier;
    let mut sheets = Vec::new();
    let sheet = |name, columns| Sheet { name, columns, rows: Vec::new() };
    let [mut roles, mut participants, mut names, mut citations] = [
        sheet("roles", ROLES),
        sheet("participants", PARTICIPANTS),
        sheet("names", NAMES),
        sheet("citations", CITATIONS),
    ];
    for (kind, columns) in KINDS {
        let mut records = Sheet { name: kind.plural(), columns, rows: Vec::new() };
        for id in dossier.ids(kind) {
            let fields = plain::record(dossier, id);
            let key = dossier.key(id).to_owned();
            let cell = |column: &&str| cell(words, id, &fields, column);
            records.push(columns.iter().map(cell));
            let record = format!("{}/{key}", kind.plural());
            parts(&mut roles, &fields, "roles", &key);
            parts(&mut participants, &fields, "participants", &record);
            parts(&mut participants, &fields, "involved", &record);
            spellings(&mut names, &fields, &record);
            chains(&mut citations, words, id, &record);
        }
        sheets.push(records);
    }
    for id in dossier.ids(Kind::Term).chain(dossier.ids(Kind::Article)) {
        chains(&mut citations, words, id, &format!("{}/{}", id.kind.plural(), dossier.key(id)));
    }
    sheets.extend([roles, participants, names, citations]);
    sheets
}

/// What stands in a column.
fn cell(words: &Words, id: Id, fields: &Fields, column: &str) -> String {
    let dossier = &words.linked.dossier;
    match column {
        "title" => words.title(id),
        "native" => words.native(id).map(|name| name.text).unwrap_or_default(),
        "summary" => said::summary(words, id).unwrap_or_default(),
        "records" => words.linked.occasions_of(id).count().to_string(),
        "address" => address(dossier, id),
        "date_in_words" => words.dates.when(date(dossier, id), words.strings).text,
        "date_earliest" => {
            date(dossier, id).and_then(|date| date.span().first).map(|day| day.iso()).unwrap_or_default()
        }
        "date_latest" => {
            date(dossier, id).and_then(|date| date.span().last).map(|day| day.iso()).unwrap_or_default()
        }
        "status" => {
            dossier.standing(id).map(|standing| standing.status().key().to_owned()).unwrap_or_default()
        }
        "origins" => {
            let cite = dossier.common(id).map_or(&[][..], |common| &common.cite);
            origins(dossier, cite).len().to_string()
        }
        "within" => {
            let around: Vec<String> =
                place_chain(dossier, id).into_iter().skip(1).map(|place| words.title(place)).collect();
            around.join("; ")
        }
        "seen" => (!words.linked.unseen(id)).to_string(),
        "part_of" => {
            let parts = fields.get(column).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            parts.iter().filter_map(|part| part.get("of")?.as_str()).collect::<Vec<_>>().join("; ")
        }
        column => fields.get(column).map(text).unwrap_or_default(),
    }
}

/// A value as the text of a cell: of a list its items, of a table nothing.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("; "),
        Value::Null | Value::Object(_) => String::new(),
        other => other.to_string(),
    }
}

/// The tables in a list of a record as rows, each after what it belongs to.
fn parts(sheet: &mut Sheet, fields: &Fields, field: &str, owner: &str) {
    for part in fields.get(field).and_then(Value::as_array).into_iter().flatten() {
        let cells =
            sheet.columns.iter().skip(1).map(|column| part.get(*column).map(text).unwrap_or_default());
        let row: Vec<String> = std::iter::once(owner.to_owned()).chain(cells).collect();
        sheet.push(row);
    }
}

fn spellings(sheet: &mut Sheet, fields: &Fields, record: &str) {
    for (kind, written) in fields.get("names").and_then(Value::as_object).into_iter().flatten() {
        let several = written.as_array().map_or(std::slice::from_ref(written), Vec::as_slice);
        for one in several {
            let of = |field: &str| one.get(field).map(text).unwrap_or_default();
            let name = if one.is_string() { text(one) } else { of("text") };
            sheet.push([record, kind, &name, &of("note"), &of("cite")]);
        }
    }
}

/// Every hop of every citation, in order. The last of a citation is where the statement comes from.
fn chains(sheet: &mut Sheet, words: &Words, id: Id, record: &str) {
    let dossier = &words.linked.dossier;
    for (at, (cites, part)) in (1..).zip(statements(dossier, id)) {
        let statement = match part {
            Part::Whole => "record",
            Part::Role => "role",
            Part::PartOf => "part_of",
            Part::Spelling => "name",
            Part::Participant => "participant",
            Part::Stance => "stance",
            Part::Prose => "text",
        };
        // Statements of one kind are told apart by their number.
        let statement = if part == Part::Whole { statement.to_owned() } else { format!("{statement} {at}") };
        for (n, citation) in (1..).zip(cites) {
            for (hop, step) in (1..).zip(&citation.hops) {
                let (source, locator, unrecorded) = match step {
                    Hop::Source { source, locator } => {
                        let key =
                            dossier.get(source, SOURCE).map_or(source.text.as_str(), |id| dossier.key(id));
                        (key, locator.as_deref().unwrap_or(""), "")
                    }
                    Hop::Unrecorded { text, .. } => ("", "", text.as_str()),
                };
                let is_origin = (hop == citation.hops.len()).to_string();
                let row = [
                    record,
                    &statement,
                    &n.to_string(),
                    &hop.to_string(),
                    source,
                    locator,
                    unrecorded,
                    &is_origin,
                ];
                sheet.push(row);
            }
        }
    }
}
