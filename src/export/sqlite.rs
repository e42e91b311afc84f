//! The tables of [`csv`](super::csv) as one SQLite database, with a full-text search over all records; Datasette
//! opens it as it is.

use rusqlite::{Connection, MAIN_DB, params_from_iter};

use super::csv::{Sheet, sheets};
use super::{Export, Hand, Loss, Losses, said};
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "sqlite",
    about: "the same tables as a SQLite database with a full-text search, for Datasette",
    leaves_out: &["requests for a response, quotations, portraits, links"],
    paths: |_| vec![PATH],
    make,
};

const PATH: &str = "data/dossier.sqlite";

/// The columns that lead to a row of another table: the table, the column, and the other table.
const REFERENCES: [(&str, &str, &str); 15] = [
    ("meetings", "place", "places"),
    ("events", "place", "places"),
    ("places", "in", "places"),
    ("roles", "person", "people"),
    ("roles", "of", "groups"),
    ("roles", "place", "places"),
    ("participants", "for", "groups"),
    ("participants", "from_place", "places"),
    ("citations", "source", "sources"),
    ("participants", "record", "records"),
    ("participants", "who", "records"),
    ("names", "record", "records"),
    ("citations", "record", "records"),
    ("relations", "from", "records"),
    ("relations", "to", "records"),
];

fn make(words: &Words, hand: Hand) -> Losses {
    match database(words) {
        Ok(bytes) => {
            hand((PATH.to_owned(), bytes));
            Losses::default()
        }
        // A database in memory fails only where memory does.
        Err(error) => {
            let (record, value) = (String::new(), error.to_string());
            Losses(vec![Loss { record, field: "", value, why: "the database could not be made" }])
        }
    }
}

fn database(words: &Words) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    // Rows may lead to such as come later.
    connection.execute_batch("PRAGMA foreign_keys = OFF")?;
    let all = connection.transaction()?;
    records(&all, words)?;
    for sheet in sheets(words) {
        table(&all, &sheet)?;
    }
    all.commit()?;
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}

/// Every record by its address within the dossier, and the words in which it is found.
fn records(connection: &Connection, words: &Words) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE \"records\" (\"record\" TEXT PRIMARY KEY, \"kind\" TEXT NOT NULL, \"key\" TEXT NOT NULL, \
         \"title\" TEXT NOT NULL, \"text\" TEXT NOT NULL) WITHOUT ROWID; \
         CREATE VIRTUAL TABLE \"search\" USING fts5(kind UNINDEXED, key UNINDEXED, title, text, \
         tokenize = 'unicode61 remove_diacritics 2');",
    )?;
    let dossier = &words.linked.dossier;
    let mut record = connection.prepare("INSERT INTO \"records\" VALUES (?, ?, ?, ?, ?)")?;
    let mut found = connection.prepare("INSERT INTO \"search\" VALUES (?, ?, ?, ?)")?;
    for id in dossier.all() {
        let (kind, key) = (id.kind.plural(), dossier.key(id));
        let (title, text) = (words.title(id), texts(words, id));
        record.execute([&format!("{kind}/{key}"), kind, key, &title, &text])?;
        found.execute([kind, key, &title, &text])?;
    }
    Ok(())
}

/// The other spellings of a record, its summary and its prose.
fn texts(words: &Words, id: Id) -> String {
    let dossier = &words.linked.dossier;
    let mut texts: Vec<String> = Vec::new();
    let name = dossier.name(id).into_iter().flat_map(|name| &name.spellings);
    texts.extend(name.map(|spelling| spelling.text.value.clone()));
    texts.extend(said::summary(words, id));
    let prose = match id.kind {
        Kind::Article => dossier.article(id).map(|article| &article.body),
        _ => dossier.common(id).and_then(|common| common.prose.as_deref()),
    };
    texts.extend(prose.map(|body| words.plain(&body.text)));
    texts.join("\n")
}

/// A table with a row for each of a sheet.
fn table(connection: &Connection, sheet: &Sheet) -> rusqlite::Result<()> {
    let column = |column: &&str| {
        let kind = match *column {
            "lat" | "lon" => "REAL",
            "records" | "origins" | "citation" | "hop" => "INTEGER",
            _ => "TEXT",
        };
        let key = if *column == "key" { " PRIMARY KEY" } else { "" };
        let to = REFERENCES.iter().find(|(of, from, _)| *of == sheet.name && from == column);
        let to = to.map_or_else(String::new, |(_, _, to)| {
            let own = if *to == "records" { "record" } else { "key" };
            format!(" REFERENCES \"{to}\" (\"{own}\")")
        });
        format!("\"{column}\" {kind}{key}{to}")
    };
    let columns: Vec<String> = sheet.columns.iter().map(column).collect();
    connection.execute_batch(&format!("CREATE TABLE \"{}\" ({})", sheet.name, columns.join(", ")))?;
    let places = vec!["?"; sheet.columns.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", sheet.name))?;
    for row in sheet.rows() {
        // What is not said is not an empty text.
        insert.execute(params_from_iter(row.map(|cell| Some(cell).filter(|cell| !cell.is_empty()))))?;
    }
    Ok(())
}
