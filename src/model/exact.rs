//! A date -> what formats can carry that know days, months and years, and nothing of doubt.

use super::date::{Choice, Date, Day, End, Point, Shape, Unit};

/// A date without any doubt, as precise as its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exact {
    /// A day, a month or a year.
    In(Unit),
    /// From one to another.
    FromTo(Unit, Unit),
}

/// Nothing for a date that is doubtful, or open at one end, or not a day, a month or a year.
pub fn of(date: &Date) -> Option<Exact> {
    match date.shape() {
        Shape::One(Choice::Point(point)) => sure(point).map(Exact::In),
        Shape::Interval(End::At(from), End::At(to)) => Some(Exact::FromTo(sure(from)?, sure(to)?)),
        _ => None,
    }
}

fn sure(point: &Point) -> Option<Unit> {
    let plain = matches!(point.unit, Unit::Day(_) | Unit::Month(..) | Unit::Year(_));
    let four_digits = (1..=9999).contains(&point.span().0.year());
    (plain && four_digits && !point.approximate && !point.uncertain).then_some(point.unit)
}

/// ISO 8601 of reduced precision: `2023`, `2023-06`, `2023-06-14`.
pub fn iso(unit: Unit) -> String {
    match unit {
        Unit::Day(day) => day.iso(),
        Unit::Month(year, month) => format!("{year:04}-{month:02}"),
        Unit::Season(year, _) | Unit::Year(year) | Unit::Decade(year) | Unit::Century(year) => {
            format!("{year:04}")
        }
    }
}

/// A single date as text; nothing for an interval or a doubtful date.
pub fn single(date: &Date) -> Option<String> {
    match of(date)? {
        Exact::In(unit) => Some(iso(unit)),
        Exact::FromTo(..) => None,
    }
}

/// The first and the last day of a date known to the day.
pub fn days(date: &Date) -> Option<(Day, Day)> {
    match of(date)? {
        Exact::In(Unit::Day(day)) => Some((day, day)),
        Exact::FromTo(Unit::Day(from), Unit::Day(to)) => Some((from, to)),
        _ => None,
    }
}
