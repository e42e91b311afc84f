//! Tables, of a spreadsheet or of `dossier export csv` -> records.
//!
//! `sheet` reads the bytes of a file, `shape` says what its rows are, `columns` what its columns hold. Then `records`
//! gives every row the key of its record, unless `namesakes` finds that it is of another one of that name, so that
//! `references` find them by their names, and only then `values` and `parts` read the cells.

mod citations;
mod columns;
mod namesakes;
mod parts;
mod records;
mod references;
mod shape;
mod sheet;
mod suggest;
mod tables;
mod values;

use std::collections::HashMap;

use serde_json::json;

use self::columns::{Columns, columns, not_there};
use self::namesakes::Mark;
use self::references::Known;
use self::shape::Shape;
use self::sheet::{Sheet, file_name};
use super::problems::UNREADABLE_IMPORT;
use super::{Import, Input, Order, Taken};
use crate::diag::Diagnostic;
use crate::model::Kind;
use crate::source::Span;

pub const IMPORT: Import = Import {
    name: "csv",
    about: "tables, such as those of spreadsheets, and those of `dossier export csv`",
    endings: &["csv", "tsv", "txt"],
    scheme: "",
    leaves_out: &[
        "columns that no field is called like, unless `--map` says which they hold",
        "names of people and groups that are no record, where such a record must stand",
    ],
    cites_itself: false,
    read,
};

/// What is at hand while tables are read.
struct Reading<'r, 'i> {
    input: &'r Input<'i>,
    taken: &'r mut Taken,
    known: Known,
    /// The groups and places that are only named, each with the file that names it.
    begun: Vec<(Kind, String, String)>,
    /// What the rows of records say by which two of a name are told apart.
    marks: HashMap<(Kind, String), Vec<Mark>>,
}

/// Where a cell stands, and what that says of it.
struct At {
    /// `people/ada-berg, people.csv line 7`
    record: String,
    /// `people.csv`
    file: String,
    /// How dates with slashes are written there.
    order: Option<Order>,
    /// Whether `dossier export csv` wrote the table.
    is_own: bool,
}

/// A table whose columns are known.
struct Table {
    sheet: Sheet,
    shape: Shape,
    columns: Columns,
}

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    let tables = match tables(input, taken) {
        Ok(tables) => tables,
        Err(found) => return found,
    };
    let known = Known::of(taken.there());
    let mut reading = Reading { input, taken, known, begun: Vec::new(), marks: HashMap::new() };
    let mut keys = Vec::new();
    for table in &tables {
        keys.push(match table.shape {
            Shape::Records(kind) => reading.keys(table, kind),
            _ => Vec::new(),
        });
    }
    for (table, keys) in tables.iter().zip(&keys) {
        match table.shape {
            Shape::Records(kind) => reading.records(table, kind, keys),
            Shape::Roles => reading.roles(table),
            Shape::Participants => reading.participants(table),
            Shape::Names => reading.names(table),
            Shape::Citations => reading.citations(table),
        }
    }
    if input.choices.cite.is_none() {
        for (table, keys) in tables.iter().zip(keys) {
            if let Shape::Records(kind) = table.shape {
                keys.iter().flatten().for_each(|key| reading.cite_file(kind, key, &table.sheet.name));
            }
        }
        for (kind, key, file) in std::mem::take(&mut reading.begun) {
            reading.cite_file(kind, &key, &file);
        }
    }
    Vec::new()
}

/// The tables in the files, or everything that keeps them from being read.
fn tables(input: &Input, taken: &mut Taken) -> Result<Vec<Table>, Vec<Diagnostic>> {
    let several = input.files.iter().nth(1).is_some();
    let mut found = Vec::new();
    let mut sheets = Vec::new();
    for file in input.files.iter() {
        let problem = |message: String, help: &str| {
            Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, 0..0), message).help(help)
        };
        let shape = Shape::of(file, input.choices);
        if several && input.choices.kind.is_some() {
            let message = "`--kind` is for one table, and here are several".to_owned();
            return Err(vec![problem(
                message,
                "import them one by one, or name each file after its kind: people.csv",
            )]);
        }
        match (sheet::read(file), shape) {
            (_, None) if several => {
                let why = "the name of the file says no kind of records: import it alone, with `--kind`";
                taken.lose(file_name(file), "file", "", why);
            }
            (Err(wrong), _) => found.extend(wrong),
            (Ok(_), None) => found.push(Shape::unknown(file)),
            (Ok(sheet), Some(_)) if sheet.rows.is_empty() && !several => {
                let message = format!("{} has a header, and no row below it", sheet.name);
                found.push(problem(message, "each row below the first is a record, or says more of one"));
            }
            (Ok(sheet), Some(shape)) => sheets.push((sheet, shape)),
        }
    }
    if let (true, true, Some(file)) = (found.is_empty(), sheets.is_empty(), input.files.iter().next()) {
        found.push(Shape::unknown(file));
    }
    let all: Vec<&Sheet> = sheets.iter().map(|(sheet, _)| sheet).collect();
    found.extend(not_there(&all, input.choices));
    if !found.is_empty() {
        return Err(found);
    }
    let mut tables = Vec::new();
    for (sheet, shape) in sheets {
        match columns(&sheet, shape, input.choices, taken) {
            Ok(columns) => tables.push(Table { sheet, shape, columns }),
            Err(wrong) => found.extend(wrong),
        }
    }
    if found.is_empty() { Ok(tables) } else { Err(found) }
}

impl Reading<'_, '_> {
    /// Has a record cite the file that says something of it, if it cites nothing.
    fn cite_file(&mut self, kind: Kind, key: &str, file: &str) {
        let says = self.taken.records.get(&(kind, key.to_owned())).is_some_and(|fields| !fields.is_empty());
        if says && self.taken.cites_nothing(kind, key) {
            let source = self.taken.source_called(file, "dataset");
            self.taken.record(kind, key).insert("cite".to_owned(), json!([source]));
        }
    }
}
