//! Rows of one name -> whether they can be of one record.

use super::columns::Target;
use super::references::alike;
use super::sheet::Row;
use super::values::{date, number};
use super::{Reading, Table};
use crate::import::Order;
use crate::model::Kind;
use crate::model::date::Date;
use crate::model::fields::Holds;

/// What a row says by which two of a name are told apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// `born`, `ids.wikidata`
    field: String,
    said: Said,
}

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Date(Date),
    Text(String),
}

const MARKS: [&str; 11] =
    ["born", "died", "name_lang", "sort_name", "founded", "dissolved", "country", "type", "lat", "lon", "in"];

impl Reading<'_, '_> {
    /// The marks of a row.
    pub fn marks(&self, table: &Table, kind: Kind, row: &Row, orders: &[Option<Order>]) -> Vec<Mark> {
        if !matches!(kind, Kind::Person | Kind::Group | Kind::Place | Kind::Term) {
            return Vec::new();
        }
        let cells = table.columns.targets.iter().zip(&row.cells).zip(orders);
        let cells = cells.filter(|((_, cell), _)| !cell.is_empty());
        let mark = |((target, cell), order): ((&Option<Target>, &String), &Option<Order>)| match target {
            Some(Target::Identifier(scheme)) => {
                Some(Mark { field: format!("ids.{scheme}"), said: Said::Text(cell.clone()) })
            }
            Some(Target::Field(field, holds)) if MARKS.contains(field) => {
                let said = self.said(*holds, cell, *order, table.columns.is_own);
                Some(Mark { field: (*field).to_owned(), said })
            }
            _ => None,
        };
        cells.filter_map(mark).collect()
    }

    /// A cell in the form in which it is compared.
    fn said(&self, holds: Holds, cell: &str, order: Option<Order>, is_own: bool) -> Said {
        let words = &self.input.words;
        let text = match holds {
            Holds::Date => {
                let date = date(cell, order, is_own).ok().and_then(|date| Date::parse(&date).ok());
                return date.map_or_else(|| Said::Text(alike(cell)), Said::Date);
            }
            Holds::Word(section, _) => {
                let written = alike(cell).replace([' ', '_'], "-");
                words.key(section, cell).or_else(|| words.key(section, &written)).map(str::to_owned)
            }
            Holds::Degrees(_) => number(cell).map(|number| number.to_string()),
            _ => None,
        };
        Said::Text(text.unwrap_or_else(|| alike(cell)))
    }
}

/// The field of which rows of a name say what cannot be true of one record.
pub fn contradiction<'m>(known: &[Mark], marks: &'m [Mark]) -> Option<&'m str> {
    let is_other =
        |mark: &&Mark| known.iter().any(|own| own.field == mark.field && differ(&own.said, &mark.said));
    marks.iter().find(is_other).map(|mark| mark.field.as_str())
}

/// A year and a day in it do not contradict each other; of a date that cannot be read nobody knows.
fn differ(one: &Said, other: &Said) -> bool {
    let (Said::Date(one), Said::Date(other)) = (one, other) else { return one != other };
    one.is_surely_before(other) || other.is_surely_before(one)
}
