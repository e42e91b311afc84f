//! What could not be carried, a line for all that is alike.

use indexmap::IndexMap;

use super::super::Taken;
use super::entity::{Given, Moment};
use super::known::property;

/// What was lost of each record, by field and reason, with its values in the order in which they came.
#[derive(Debug, Default)]
pub struct Told {
    lines: IndexMap<(String, String, String), Vec<String>>,
}

impl Told {
    /// `record` is `people/ada-berg`, or as the file calls it.
    pub fn lose(&mut self, record: &str, field: &str, value: impl Into<String>, why: &str) {
        let line = (record.to_owned(), field.to_owned(), why.to_owned());
        self.lines.entry(line).or_default().push(value.into());
    }

    /// The same for a property of Wikidata, with its name where that is known.
    pub fn claim(&mut self, record: &str, id: &str, value: impl Into<String>, why: &str) {
        self.lose(record, &property(id), value, why);
    }

    /// Puts all of it into the report.
    pub fn tell(self, taken: &mut Taken) {
        for ((record, field, why), values) in self.lines {
            let value = match values.as_slice() {
                [value] => value.clone(),
                values => format!("{}: {}", values.len(), values.join(", ")),
            };
            taken.lose(record, field, value, why);
        }
    }
}

/// A value in a report.
pub fn said(value: &Given) -> String {
    match value {
        Given::Item(text) | Given::Text(text) | Given::Other(text) => text.clone(),
        Given::Mono(text, language) => format!("{text} ({language})"),
        Given::Time(moment) => time(moment),
        Given::Place(latitude, longitude, _) => format!("{latitude}, {longitude}"),
        Given::Unknown => "unknown value".to_owned(),
        Given::Nothing => "no value".to_owned(),
    }
}

/// A time as far as it is known.
fn time(moment: &Moment) -> String {
    let day = moment.time.split('T').next().unwrap_or("").trim_start_matches('+');
    let known = match moment.precision {
        11.. => day.to_owned(),
        10 => day.trim_end_matches("-00").to_owned(),
        9 => day.trim_end_matches("-00-00").trim_end_matches("-01-01").to_owned(),
        precision => format!("{day} (precision {precision})"),
    };
    let known = if moment.is_julian { format!("{known} (Julian)") } else { known };
    match moment.margin {
        (0, 0) => known,
        (before, after) => format!("{known} (up to {before} before, {after} after)"),
    }
}
