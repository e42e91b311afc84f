//! The rows of a table -> records: which record a row belongs to, and what it says of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::columns::{Target, holds_the_same, is_alone_beside, is_called};
use super::namesakes::contradiction;
use super::references::alike;
use super::sheet::Row;
use super::values::date;
use super::{At, Reading, Table};
use crate::export::plain;
use crate::export::plain::Fields;
use crate::import::Order;
use crate::import::keys::slugged;
use crate::import::taken::{add, add_name};
use crate::import::when::order_of;
use crate::model::Kind;
use crate::model::fields::Holds;
use crate::parse::is_key;

const OTHER_COLUMN: &str = "a column before it says something else, which stays";

/// What makes the rows of a record known as such.
struct Identity {
    /// The same for all rows of the record.
    id: String,
    /// Its name or title, and what is told of it beside that.
    name: String,
    date: Option<String>,
    spellings: Vec<String>,
}

impl Table {
    /// Whether a column holds a key.
    fn has_keys(&self) -> bool {
        self.columns.targets.iter().flatten().any(|target| matches!(target, Target::Key))
    }

    /// Why a row does not change what is said of its record already.
    fn why_not(&self) -> &'static str {
        match self.has_keys() {
            true => "an earlier row of the record says something else, which stays",
            false => {
                "an earlier row of that name says something else, which stays: if these are two, add a column `key`"
            }
        }
    }

    /// The cells of a row that hold a field of that name.
    fn cells<'t>(&'t self, row: &'t Row, field: &'t str) -> impl Iterator<Item = &'t str> {
        let targets = self.columns.targets.iter().zip(&row.cells);
        targets
            .filter(move |(target, _)| target.as_ref().is_some_and(|target| self.shape.is(target, field)))
            .map(|(_, cell)| cell.as_str())
            .filter(|cell| !cell.is_empty())
    }

    /// The first cell of a row that holds a field; nothing where it is empty.
    pub fn cell<'t>(&'t self, row: &'t Row, field: &'t str) -> &'t str {
        self.cells(row, field).next().unwrap_or("")
    }

    /// The orders that the dates of each column can only have.
    pub fn orders(&self, chosen: Option<Order>) -> Vec<Option<Order>> {
        let columns = 0..self.sheet.headers.len();
        columns.map(|at| chosen.or_else(|| order_of(self.sheet.column(at)))).collect()
    }
}

impl Reading<'_, '_> {
    /// The key of the record of each row; nothing where a row says of none.
    pub fn keys(&mut self, table: &Table, kind: Kind) -> Vec<Option<String>> {
        let orders = table.orders(self.input.choices.dates);
        let identities: Vec<Option<Identity>> =
            table.sheet.rows.iter().map(|row| self.identity(table, kind, row, &orders)).collect();
        let mut dates: HashMap<String, BTreeSet<Option<String>>> = HashMap::new();
        for identity in identities.iter().flatten() {
            self.known.in_files.insert((kind, alike(&identity.name)));
            dates.entry(alike(&identity.name)).or_default().insert(identity.date.clone());
        }
        let mut given: HashMap<String, String> = HashMap::new();
        let mut told: HashSet<&str> = HashSet::new();
        let mut keys = Vec::new();
        for (row, identity) in table.sheet.rows.iter().zip(&identities) {
            let own = table.cell(row, "key");
            let place = format!("{} line {}", table.sheet.name, row.line);
            // `P001` is meant as `p001`.
            let given_key = slugged(own);
            let marks = self.marks(table, kind, row, &orders);
            let key = match (is_key(&given_key), identity) {
                (true, _) => {
                    if own.to_lowercase() != given_key && told.insert(own) {
                        let why = format!(
                            "no key: letters a-z, digits and single hyphens; it became `{given_key}`"
                        );
                        self.taken.lose(&place, "key", own, why);
                    }
                    self.taken.keys.give_own(kind, &format!("{}/{given_key}", kind.plural()), &given_key);
                    self.known.add_other(kind, own, &given_key);
                    Some(given_key.clone())
                }
                (false, Some(identity)) => match given.get(&identity.id) {
                    Some(key) => Some(key.clone()),
                    None => {
                        if !own.is_empty() {
                            let why =
                                "no key: letters a-z, digits and single hyphens; one was made from the name";
                            self.taken.lose(&place, "key", own, why);
                        }
                        let same = dates.get(&alike(&identity.name)).map_or(0, BTreeSet::len);
                        let key = self.known_or_made(kind, identity, same > 1, &place);
                        key.iter().for_each(|key| {
                            given.insert(identity.id.clone(), key.clone());
                        });
                        key
                    }
                },
                (false, None) => {
                    let why = "the row does not say of which record it is: if it is the one above, write its name here, too";
                    self.taken.lose(&place, "row", row.said(), why);
                    None
                }
            };
            let known = key.as_ref().filter(|_| !is_key(&given_key));
            let known = known.and_then(|key| self.marks.get(&(kind, key.clone())));
            if let (Some(field), Some(identity)) =
                (known.and_then(|known| contradiction(known, &marks)), identity)
            {
                let why = format!(
                    "another row of that name says another `{field}`: if they are two, give each a key in a column `key`"
                );
                self.taken.lose(&place, "row", row.said(), why);
                // Whoever names one of the two does not say which.
                self.known.add(kind, &identity.name, "");
                keys.push(None);
                continue;
            }
            if let (Some(key), Some(identity)) = (&key, identity) {
                self.known.add(kind, &identity.name, key);
                identity.spellings.iter().for_each(|name| self.known.add_other(kind, name, key));
            }
            if let Some(key) = &key {
                self.taken.record(kind, key);
                self.marks.entry((kind, key.clone())).or_default().extend(marks);
            }
            keys.push(key);
        }
        keys
    }

    /// The key of a record of that name in the dossier, or another. Nothing where several have the name.
    fn known_or_made(
        &mut self,
        kind: Kind,
        identity: &Identity,
        is_dated: bool,
        place: &str,
    ) -> Option<String> {
        let there = self.taken.there();
        let mut known = self.known.called(kind, &identity.name);
        if matches!(kind, Kind::Meeting | Kind::Event) {
            // What has the same title on another day is something else.
            known.retain(|key| {
                let fields = there.find(kind, key).map(|id| plain::record(there, id));
                fields.is_some_and(|fields| {
                    fields.get("date").and_then(Value::as_str) == identity.date.as_deref()
                })
            });
        }
        match known.as_slice() {
            [key] => {
                self.known.claimed.insert((kind, key.clone()));
                return Some(key.clone());
            }
            [] => {}
            _ => {
                let why = "several records are called so: add a column `key` that says which one is meant";
                self.taken.lose(place, "row", &identity.name, why);
                return None;
            }
        }
        let dated =
            identity.date.as_ref().filter(|_| is_dated).map(|date| format!("{} {date}", identity.name));
        let first = dated.as_deref().unwrap_or(&identity.name);
        let names: Vec<&str> =
            std::iter::once(first).chain(identity.spellings.iter().map(String::as_str)).collect();
        Some(self.key_for(kind, &format!("{} {}", kind.plural(), identity.id), &names))
    }

    fn identity(&self, table: &Table, kind: Kind, row: &Row, orders: &[Option<Order>]) -> Option<Identity> {
        let of = |field: &str| table.cell(row, field).split_whitespace().collect::<Vec<_>>().join(" ");
        let day = || {
            let mut columns = table.columns.targets.iter();
            let at =
                columns.position(|target| target.as_ref().is_some_and(|one| table.shape.is(one, "date")))?;
            date(row.cells.get(at)?, *orders.get(at)?, table.columns.is_own).ok()
        };
        let is_named = matches!(kind, Kind::Person | Kind::Group | Kind::Place | Kind::Term);
        let title = if is_named { self.name(table, row) } else { of("title") };
        let joined = |fields: &[&str]| {
            let parts: Vec<String> =
                fields.iter().map(|field| of(field)).filter(|text| !text.is_empty()).collect();
            parts.join(" ")
        };
        let (name, beside, date) = match kind {
            Kind::Meeting | Kind::Event if !title.is_empty() => {
                let date = day();
                (title, date.clone().unwrap_or_default(), date)
            }
            // What has no title is known by all that is told of it.
            Kind::Meeting => {
                let named = joined(&["mode", "place"]);
                let name = if named.is_empty() { "meeting".to_owned() } else { named };
                let date = day().filter(|date| !date.is_empty());
                let name = date.as_ref().map_or(name.clone(), |date| format!("{name} {date}"));
                (name, row.cells.join(" "), date)
            }
            Kind::Relation => (joined(&["from", "type", "to"]), of("since"), None),
            Kind::Correction => (joined(&["date", "on"]), of("was"), None),
            _ => (title, String::new(), None),
        };
        let is_empty = alike(&name).is_empty() || row.cells.iter().all(String::is_empty);
        if is_empty && !is_key(&slugged(table.cell(row, "key"))) {
            return None;
        }
        let spellings = table.columns.targets.iter().zip(&row.cells);
        let spellings = spellings.filter(|(target, _)| match target {
            Some(Target::Spelling(_)) => true,
            Some(Target::Field(field, _)) => *field == "short" || (*field == "url" && kind == Kind::Source),
            _ => false,
        });
        let spellings = spellings.flat_map(|(_, cell)| cell.split(';').map(|one| one.trim().to_owned()));
        Some(Identity {
            id: format!("{} {}", alike(&name), alike(&beside)).trim().to_owned(),
            name,
            date,
            spellings: spellings.filter(|spelling| !spelling.is_empty()).collect(),
        })
    }

    /// The name in a row; where several columns were chosen for it, all of them in that order.
    fn name(&self, table: &Table, row: &Row) -> String {
        let cells = table.columns.targets.iter().zip(&row.cells).zip(&table.sheet.headers);
        let cells = cells
            .filter(|((target, _), _)| target.as_ref().is_some_and(|target| table.shape.is(target, "name")));
        let chosen = |header: &str| {
            self.input.choices.columns.iter().position(|(column, _)| is_called(header, column))
        };
        let mut parts: Vec<(Option<usize>, &str)> =
            cells.map(|((_, cell), header)| (chosen(header), cell.as_str())).collect();
        parts.sort_by_key(|(chosen, _)| *chosen);
        let words = parts.iter().flat_map(|(_, cell)| cell.split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    }

    /// What the rows of a table say of records.
    pub fn records(&mut self, table: &Table, kind: Kind, keys: &[Option<String>]) {
        let orders = table.orders(self.input.choices.dates);
        for (row, key) in table.sheet.rows.iter().zip(keys) {
            let Some(key) = key else { continue };
            let mut at = At {
                record: format!("{}/{key}, {} line {}", kind.plural(), table.sheet.name, row.line),
                order: None,
                file: table.sheet.name.clone(),
                is_own: table.columns.is_own,
            };
            let name = self.name(table, row);
            if !name.is_empty() {
                self.set((kind, key), "name", json!(name), &at, table.why_not());
            }
            let mut said: Vec<&Target> = Vec::new();
            let mut parts: IndexMap<&'static str, Fields> = IndexMap::new();
            for ((target, cell), order) in table.columns.targets.iter().zip(&row.cells).zip(&orders) {
                at.order = *order;
                let Some(target) = target.as_ref().filter(|_| !cell.is_empty()) else { continue };
                let is_again = said.iter().any(|other| holds_the_same(other, target));
                let why = if is_again { OTHER_COLUMN } else { table.why_not() };
                said.push(target);
                match target {
                    Target::Key | Target::Cell(_) | Target::Field("name", _) => {}
                    Target::Field("status", _) if at.is_own && cell == "reported" => {}
                    Target::Field(field, holds) => {
                        if let Some(value) = self.value(kind, field, *holds, cell, &at) {
                            self.set((kind, key), field, value, &at, why);
                        }
                    }
                    Target::Spelling(of) => {
                        let fields = self.taken.record(kind, key);
                        let each =
                            cell.split(';').map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
                        each.for_each(|one| add_name(fields, of, json!(one)));
                    }
                    Target::Identifier(scheme) => self.within((kind, key), ("ids", scheme), cell, &at, why),
                    Target::Inner(field, part) => self.within((kind, key), (field, part), cell, &at, why),
                    Target::Part(list, part, holds) => {
                        let path = format!("{list}.{part}");
                        // Where a row says nothing else of them, a cell may name several.
                        let mut others = table.columns.targets.iter().flatten();
                        let is_alone = others.all(|other| is_alone_beside(target, other));
                        if is_alone && matches!(holds, Holds::Key(_)) {
                            self.each_part(kind, key, (list, part, *holds), cell, &at);
                        } else if let Some(value) = self.value(kind, &path, *holds, cell, &at) {
                            let known = parts.entry(list).or_default().entry(*part);
                            if *known.or_insert_with(|| value.clone()) != value {
                                self.taken.lose(&at.record, path, cell, OTHER_COLUMN);
                            }
                        }
                    }
                }
            }
            for (list, part) in parts {
                self.part(kind, key, list, part, &at);
            }
        }
        self.unsaid(table, kind, keys);
    }

    /// Sets a field. A list grows; what an earlier row says otherwise stays.
    fn set(&mut self, (kind, key): (Kind, &str), field: &str, value: Value, at: &At, why: &str) {
        let value = self.as_there(kind, key, field, value);
        let fields = self.taken.record(kind, key);
        match (fields.get(field), value) {
            (None, value) => {
                fields.insert(field.to_owned(), value);
            }
            (Some(Value::Array(_)), Value::Array(items)) => {
                items.into_iter().for_each(|item| add(fields, field, item));
            }
            (Some(known), value) if is_same(known, &value) => {}
            (Some(known), value) => {
                let known = crate::import::merge::as_text(known);
                let said = format!("{}, not {known}", crate::import::merge::as_text(&value));
                self.taken.lose(&at.record, field, said, why);
            }
        }
    }

    /// A name or title as the dossier has it, where only capitals and spaces are others.
    fn as_there(&self, kind: Kind, key: &str, field: &str, value: Value) -> Value {
        let there = self.taken.there();
        let known = there.find(kind, key).filter(|_| matches!(field, "name" | "title"));
        let known = known.and_then(|id| plain::record(there, id).shift_remove(field));
        known.filter(|known| is_same(known, &value)).unwrap_or(value)
    }

    /// Sets a field of a table of a record.
    fn within(
        &mut self,
        (kind, key): (Kind, &str),
        (field, part): (&str, &str),
        cell: &str,
        at: &At,
        why: &str,
    ) {
        let table = self.taken.record(kind, key).entry(field).or_insert_with(|| json!({}));
        let Value::Object(table) = table else { return };
        if table.entry(part).or_insert_with(|| json!(cell)).as_str() != Some(cell) {
            self.taken.lose(&at.record, format!("{field}.{part}"), cell, why);
        }
    }

    /// What new records must say, and no column does.
    fn unsaid(&mut self, table: &Table, kind: Kind, keys: &[Option<String>]) {
        if !matches!(kind, Kind::Group | Kind::Relation | Kind::Source) {
            return;
        }
        let mut other = 0;
        for key in keys.iter().flatten() {
            if self.taken.there().find(kind, key).is_some() {
                continue;
            }
            let fields = self.taken.record(kind, key);
            if fields.is_empty() || fields.contains_key("type") {
                continue;
            }
            let word = match kind {
                Kind::Source if fields.contains_key("url") => "webpage",
                Kind::Source => "document",
                _ => "other",
            };
            fields.insert("type".to_owned(), json!(word));
            other += 1;
        }
        if other > 0 {
            let word = if kind == Kind::Source { "`webpage` or `document`" } else { "`other`" };
            let count = super::sheet::count(other, kind.singular());
            let why = format!("the table does not say it, or in no known word: it became {word}");
            self.taken.lose(&table.sheet.name, "type", count, why);
        }
    }
}

/// Whether two values are the same, whatever their capitals.
fn is_same(known: &Value, value: &Value) -> bool {
    match (known.as_str(), value.as_str()) {
        (Some(known), Some(value)) => alike(known) == alike(value),
        _ => known == value,
    }
}
