//! What formats cannot carry -> a table beside them, so that nothing is lost in silence.

use serde_json::Value;

use super::{File, LOST, plain};
use crate::model::dossier::{Dossier, Id};
use crate::model::fields::fields_of;
use crate::table::Table;

/// What a format does not hold of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// `meetings/harbour-talks`
    pub record: String,
    /// The name of a field, or of what a record has beside its fields.
    pub field: &'static str,
    /// What stands there.
    pub value: String,
    /// Why it is not there, or in which words it is.
    pub why: &'static str,
}

/// The losses of one format, in the order of its records.
#[derive(Debug, Default)]
pub struct Losses(pub Vec<Loss>);

impl Losses {
    pub fn add(&mut self, dossier: &Dossier, id: Id, field: &'static str, value: &str, why: &'static str) {
        let record = format!("{}/{}", id.kind.plural(), dossier.key(id));
        self.0.push(Loss { record, field, value: value.to_owned(), why });
    }

    /// What a format has no place for: all fields of a record but those that it carries.
    pub fn rest(&mut self, dossier: &Dossier, id: Id, carried: &[&str], why: &'static str) {
        for (field, value) in plain::record(dossier, id) {
            let holds = fields_of(id.kind).find(|(name, _)| *name == field);
            let Some((name, _)) = holds.filter(|(name, _)| !carried.contains(name)) else { continue };
            self.add(dossier, id, name, &in_short(&value), why);
        }
    }
}

/// The beginning of a value, in a line.
fn in_short(value: &Value) -> String {
    const LONG: usize = 60;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(LONG) {
        line.truncate(at);
        line.push('…');
    }
    line
}

/// The table of all.
pub fn file(lost: &[(&str, Losses)]) -> File {
    let mut table = Table::new(&["format", "record", "field", "value", "why"], false);
    for (format, lost) in lost {
        for loss in &lost.0 {
            table.row([format, loss.record.as_str(), loss.field, &loss.value, loss.why]);
        }
    }
    (LOST.to_owned(), table.bytes())
}
