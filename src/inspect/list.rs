//! A query -> the records that it finds, with what is known of each.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::columns::{Cell, Column, cells, columns};
use super::{count, hidden, hidden_word, query};
use crate::diag::visible;
use crate::link::Linked;
use crate::link::select::{Selection, denied, select};
use crate::model::Kind;
use crate::model::dossier::{Absent, Hidden, Id};
use crate::model::query::Query;
use crate::source::Texts;
use crate::table::Table;
use crate::view::words::Words;

/// A record that a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: Id,
    /// Whether it is found for certain; uncertain dates and terms of office make it possible.
    pub is_certain: bool,
    pub hidden: Option<Hidden>,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
}

/// What a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// As it was asked.
    pub query: String,
    pub kind: Option<Kind>,
    pub columns: &'static [Column],
    pub rows: Vec<Row>,
    /// What the list does not show, and how it is shown.
    pub notes: Vec<String>,
}

/// The records that a query finds, in the order in which a page lists them.
pub fn list(words: &Words, texts: &Texts, query: &Query) -> List {
    let linked = words.linked;
    let found = select(linked, query);
    let columns = columns(query.kind);
    let certain: BTreeSet<Id> = found.certain.iter().copied().collect();
    let row = |id: Id| Row {
        id,
        is_certain: certain.contains(&id),
        hidden: hidden(&linked.dossier, id),
        cells: cells(words, texts, id, columns),
    };
    List {
        query: query.text.clone(),
        kind: query.kind,
        columns,
        rows: in_order(words, query.kind, &found).into_iter().map(row).collect(),
        notes: notes(linked, query, &found),
    }
}

fn in_order(words: &Words, kind: Option<Kind>, found: &Selection) -> Vec<Id> {
    let mut ids = found.all(words.linked);
    match kind {
        None | Some(Kind::Meeting | Kind::Event | Kind::Article) => ids,
        Some(Kind::Correction) => {
            let corrections = &words.linked.dossier.corrections;
            let date = |id: &Id| corrections.get(id.index).map(|record| record.data.date.value.sort_key());
            ids.sort_by_key(|id| std::cmp::Reverse(date(id)));
            ids
        }
        Some(_) => words.sorted(ids),
    }
}

fn notes(linked: &Linked, query: &Query, found: &Selection) -> Vec<String> {
    let mut notes = Vec::new();
    let denied = denied(linked, query);
    match denied.certain.len() + denied.possible.len() {
        0 => {}
        n => {
            let are = if n == 1 { "is" } else { "are" };
            notes.push(format!(
                "{n} more {are} denied or retracted: `--status \"denied retracted\"` lists {}",
                them(n)
            ));
        }
    }
    let of_kind =
        |kind: Kind| query.kind.map_or(matches!(kind, Kind::Meeting | Kind::Event), |own| own == kind);
    notes.extend(drafts_left_out(linked, of_kind));
    if found.certain.is_empty() && found.possible.is_empty() {
        notes.extend(query::unknown_word(linked, query));
    }
    notes
}

/// How many drafts of some kinds are not shown, and how they are.
pub fn drafts_left_out(linked: &Linked, of_kind: impl Fn(Kind) -> bool) -> Option<String> {
    let absent = &linked.dossier.absent;
    let drafts =
        absent.iter().filter(|((kind, _), absent)| of_kind(*kind) && matches!(absent, Absent::Draft(_)));
    let n = drafts.count();
    let are = count(n, "draft is", "drafts are");
    (n > 0).then(|| format!("{are} left out: `--drafts` takes {} in", them(n)))
}

fn them(n: usize) -> &'static str {
    if n == 1 { "it" } else { "them" }
}

impl List {
    pub fn certain(&self) -> usize {
        self.rows.iter().filter(|row| row.is_certain).count()
    }

    pub fn possible(&self) -> usize {
        self.rows.len() - self.certain()
    }

    /// `12 meetings, and 2 that possibly are`
    pub fn foot(&self) -> String {
        let (one, many) = match self.kind {
            Some(kind) => (kind.singular(), kind.plural()),
            None => ("meeting or event", "meetings and events"),
        };
        let possible = match self.possible() {
            0 => None,
            1 => Some("1 that possibly is".to_owned()),
            n => Some(format!("{n} that possibly are")),
        };
        match (self.certain(), possible) {
            (0, None) => format!("no {many}"),
            (0, Some(possible)) => format!("no {one} for certain, and {possible}"),
            (n, None) => count(n, one, many),
            (n, Some(possible)) => format!("{}, and {possible}", count(n, one, many)),
        }
    }

    /// All columns as CSV (RFC 4180).
    pub fn csv(&self) -> Vec<u8> {
        let mut header: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        header.splice(1..1, ["certainty", "hidden"]);
        let mut table = Table::new(&header, false);
        for row in &self.rows {
            let mut cells: Vec<String> = row.cells.iter().map(|cell| cell.text("; ")).collect();
            cells.splice(1..1, [row.certainty().to_owned(), hidden_word(row.hidden).to_owned()]);
            let cells: Vec<_> = cells.iter().map(|cell| visible(cell)).collect();
            table.row(cells.iter().map(AsRef::as_ref));
        }
        table.bytes()
    }

    /// All columns as JSON.
    pub fn json(&self) -> Value {
        let record = |row: &Row| {
            let mut record = Map::new();
            let mut cells = self.columns.iter().zip(&row.cells);
            let mut put =
                |(column, cell): (&Column, &Cell)| record.insert(column.name.to_owned(), cell.json());
            cells.next().map(&mut put);
            let own = [("certainty", row.certainty()), ("hidden", hidden_word(row.hidden))];
            for (name, word) in own {
                record.insert(name.to_owned(), if word.is_empty() { Value::Null } else { json!(word) });
            }
            for (column, cell) in cells {
                record.insert(column.name.to_owned(), cell.json());
            }
            Value::Object(record)
        };
        json!({
            "query": self.query,
            "certain": self.certain(),
            "possible": self.possible(),
            "records": self.rows.iter().map(record).collect::<Vec<_>>(),
            "notes": self.notes,
        })
    }
}

impl Row {
    fn certainty(&self) -> &'static str {
        if self.is_certain { "certain" } else { "possible" }
    }

    /// What the table says of the row before all else.
    pub fn mark(&self) -> String {
        let possible = if self.is_certain { "" } else { "possible" };
        let words: Vec<&str> =
            [possible, hidden_word(self.hidden)].into_iter().filter(|word| !word.is_empty()).collect();
        words.join(", ")
    }
}
