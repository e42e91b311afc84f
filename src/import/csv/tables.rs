//! The tables of `dossier export csv` that hold no records but what belongs to them.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::citations::quoted;
use super::sheet::{Row, count};
use super::{At, Reading, Table};
use crate::export::plain::Fields;
use crate::import::Order;
use crate::import::taken::{add, add_name};
use crate::model::Kind;
use crate::model::fields::{PARTICIPANT, ROLE, Shape};
use crate::model::kinds::{OCCASION, PERSON, SOURCE};

const NAMED: &[Kind] = &[Kind::Person, Kind::Group, Kind::Place, Kind::Term];
const CITING: &[Kind] = &[
    Kind::Person,
    Kind::Group,
    Kind::Meeting,
    Kind::Event,
    Kind::Relation,
    Kind::Place,
    Kind::Source,
    Kind::Correction,
];

impl Reading<'_, '_> {
    pub fn roles(&mut self, table: &Table) {
        let orders = table.orders(self.input.choices.dates);
        for row in &table.sheet.rows {
            let mut at = place(table, row);
            let Some(key) = self.key_of("person", table.cell(row, "person"), PERSON, &at) else { continue };
            let part = self.cells(table, row, (Kind::Person, &ROLE), &orders, &mut at);
            self.part(Kind::Person, &key, "roles", part, &at);
        }
    }

    pub fn participants(&mut self, table: &Table) {
        let orders = table.orders(self.input.choices.dates);
        for row in &table.sheet.rows {
            let mut at = place(table, row);
            let Some((kind, key)) = self.owner(table, row, OCCASION, &at) else { continue };
            let part = self.cells(table, row, (kind, &PARTICIPANT), &orders, &mut at);
            let list = if kind == Kind::Meeting { "participants" } else { "involved" };
            self.part(kind, &key, list, part, &at);
        }
    }

    pub fn names(&mut self, table: &Table) {
        for row in &table.sheet.rows {
            let at = place(table, row);
            let Some((kind, key)) = self.owner(table, row, NAMED, &at) else { continue };
            let text = table.cell(row, "text");
            let cite = table.cell(row, "cite");
            let note = table.cell(row, "note");
            let mut spelling = Fields::from_iter([("text".to_owned(), json!(text))]);
            if !note.is_empty() {
                spelling.insert("note".to_owned(), json!(note));
            }
            if !cite.is_empty() {
                spelling.insert("cite".to_owned(), Value::Array(self.citations_in(cite, &at)));
            }
            let spelling = if spelling.len() == 1 { json!(text) } else { Value::Object(spelling) };
            add_name(self.taken.record(kind, &key), table.cell(row, "kind"), spelling);
        }
    }

    /// The citations of records as wholes, from their hops; those of roles, names and participants stand in the tables of
    /// these.
    pub fn citations(&mut self, table: &Table) {
        type Hops = BTreeMap<usize, String>;
        let mut chains: IndexMap<(Kind, String, String), Hops> = IndexMap::new();
        let mut elsewhere: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &table.sheet.rows {
            let statement = table.cell(row, "statement").split(' ').next().unwrap_or("");
            let of = table.cell(row, "record").split('/').next().unwrap_or("");
            let is_told = of != Kind::Article.plural() && of != Kind::Term.plural();
            match statement {
                "record" if is_told => {}
                "role" | "name" | "participant" if is_told => continue,
                "part_of" | "stance" | "text" if is_told => {
                    *elsewhere.entry(statement).or_default() += 1;
                    continue;
                }
                _ => {
                    *elsewhere.entry("record").or_default() += 1;
                    continue;
                }
            }
            let at = place(table, row);
            let Some((kind, key)) = self.owner(table, row, CITING, &at) else { continue };
            let Some(hop) = self.hop(table, row, &at) else { continue };
            let number = table.cell(row, "hop").parse().unwrap_or(usize::MAX);
            chains
                .entry((kind, key, table.cell(row, "citation").to_owned()))
                .or_default()
                .insert(number, hop);
        }
        for ((kind, key, _), hops) in chains {
            let chain = hops.into_values().collect::<Vec<_>>().join(" citing ");
            add(self.taken.record(kind, &key), "cite", json!(chain));
        }
        for (statement, rows) in elsewhere {
            let why = match statement {
                "part_of" => "the table of groups has memberships without what they rest on",
                "stance" => "there is no table of who confirms or denies",
                "text" => "there is no table of texts",
                _ => "there is no table of terms and articles",
            };
            self.taken.lose(&table.sheet.name, statement, count(rows, "row"), why);
        }
    }

    /// A hop as authors write it.
    fn hop(&mut self, table: &Table, row: &Row, at: &At) -> Option<String> {
        let source = table.cell(row, "source");
        if source.is_empty() {
            return quoted(table.cell(row, "unrecorded"));
        }
        let key = self.key_of("source", source, SOURCE, at)?;
        let locator = table.cell(row, "locator");
        Some(if locator.is_empty() { key } else { format!("{key} {locator}") })
    }

    /// The record that a row belongs to.
    fn owner(&mut self, table: &Table, row: &Row, kinds: &[Kind], at: &At) -> Option<(Kind, String)> {
        let key = self.key_of("record", table.cell(row, "record"), kinds, at)?;
        let (plural, key) = key.split_once('/')?;
        Some((Kind::from_plural(plural)?, key.to_owned()))
    }

    /// The cells of a row that hold fields of a role or participant.
    fn cells(
        &mut self,
        table: &Table,
        row: &Row,
        (kind, shape): (Kind, &'static Shape),
        orders: &[Option<Order>],
        at: &mut At,
    ) -> Fields {
        let mut part = Fields::new();
        for ((target, cell), order) in table.columns.targets.iter().zip(&row.cells).zip(orders) {
            let Some(target) = target.as_ref().filter(|_| !cell.is_empty()) else { continue };
            let Some(field) = shape.fields().find(|field| table.shape.is(target, field.name)) else {
                continue;
            };
            at.order = *order;
            if let Some(value) = self.value(kind, field.name, field.holds, cell, at) {
                part.insert(field.name.to_owned(), value);
            }
        }
        part
    }
}

fn place(table: &Table, row: &Row) -> At {
    let record = format!("{} line {}", table.sheet.name, row.line);
    At { record, file: table.sheet.name.clone(), order: None, is_own: table.columns.is_own }
}
