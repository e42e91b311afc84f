//! Tables, of a spreadsheet or of `dossier export csv` -> records.
//!
//! `sheet` reads the bytes of a file, `shape` says what its rows are, `columns` what its columns hold. Then `records`
//! gives every row the key of its record, so that `references` find them by their names, and only then `values` and
//! `parts` read the cells.

mod citations;
mod columns;
mod parts;
mod records;
mod references;
mod shape;
mod sheet;
mod suggest;
mod tables;
mod values;

use self::columns::{Columns, columns, not_there};
use self::references::Known;
use self::shape::Shape;
use self::sheet::{Sheet, file_name};
use super::{Import, Input, Order, Taken, problems};
use crate::diag::Diagnostic;
use crate::model::Kind;

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
}

/// Where a cell stands, and what that says of it.
struct At {
    /// `people/ada-berg, people.csv line 7`
    record: String,
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
    let mut reading = Reading { input, taken, known };
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
    if tables.len() > 1 && input.choices.cite.is_none() {
        for (table, keys) in tables.iter().zip(&keys) {
            if let Shape::Records(kind) = table.shape {
                reading.cite_file(table, kind, keys);
            }
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
        let shape = Shape::of(file, input.choices);
        if several && input.choices.kind.is_some() {
            return Err(vec![problems::not_of(
                file,
                "the format csv",
                "`--kind` is for one file, not for a folder",
            )]);
        }
        match (sheet::read(file), shape) {
            (Err(wrong), Some(_)) => found.extend(wrong),
            (Err(wrong), None) if !several => found.extend(wrong),
            (Ok(sheet), Some(shape)) => sheets.push((sheet, shape)),
            (Ok(_), None) if !several => found.push(Shape::unknown(file)),
            (_, None) => {
                let why = "the name of the file says no kind of records: import it alone, with `--kind`";
                taken.lose(file_name(file), "file", "", why);
            }
        }
    }
    let all: Vec<&Sheet> = sheets.iter().map(|(sheet, _)| sheet).collect();
    found.extend(not_there(&all, input.choices));
    if let (true, true, Some(file)) = (found.is_empty(), sheets.is_empty(), input.files.iter().next()) {
        found.push(Shape::unknown(file));
    }
    let mut tables = Vec::new();
    for (sheet, shape) in sheets {
        if sheet.rows.is_empty()
            && !several
            && let Some(file) = input.files.iter().next()
        {
            found.push(problems::not_of(file, "the format csv", "there is no row below its header"));
        }
        match columns(&sheet, shape, input.choices, taken) {
            Ok(columns) => tables.push(Table { sheet, shape, columns }),
            Err(wrong) => found.extend(wrong),
        }
    }
    if found.is_empty() { Ok(tables) } else { Err(found) }
}

impl Reading<'_, '_> {
    /// Has the records of a table cite it that cite nothing.
    fn cite_file(&mut self, table: &Table, kind: Kind, keys: &[Option<String>]) {
        for key in keys.iter().flatten() {
            if self.taken.cites_nothing(kind, key) {
                let source = self.taken.source_called(&table.sheet.name, "dataset");
                self.taken.record(kind, key).insert("cite".to_owned(), serde_json::json!([source]));
            }
        }
    }
}
