//! Dates of others -> EDTF, as precise as they are and no more.

use crate::model::date::Date;

/// How a date with slashes is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `14/6/2023`
    DayFirst,
    /// `6/14/2023`
    MonthFirst,
}

/// A date as EDTF: ISO 8601 with or without a time, parts that are zero left out, and EDTF itself. Nothing where it is no
/// date.
pub fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let is_time = time.is_empty() || time[1..].starts_with(|c: char| c.is_ascii_digit());
    if let [year, month, date] = day.split('-').collect::<Vec<_>>().as_slice()
        && is_time
        && [year, month, date].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    {
        // Some write what they do not know as zero.
        let day = match (*month, *date) {
            ("00" | "0", "00" | "0") => (*year).to_owned(),
            (month, "00" | "0") => format!("{year}-{month:0>2}"),
            (month, date) => format!("{year}-{month:0>2}-{date:0>2}"),
        };
        return known(&day);
    }
    known(text)
}

/// The same of two ends, the first of which must be known. Nothing where the end is before the beginning.
pub fn interval(from: Option<&str>, to: Option<&str>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) if from == to => Some(from.to_owned()),
        (Some(from), Some(to)) => {
            let [one, other] = [Date::parse(from).ok()?, Date::parse(to).ok()?];
            if other.is_surely_before(&one) { None } else { known(&format!("{from}/{to}")) }
        }
        (Some(from), None) => Some(from.to_owned()),
        (None, _) => None,
    }
}

/// Some day between two dates: both as precise as the less precise one.
pub fn between(from: &str, to: &str) -> Option<String> {
    let length = from.len().min(to.len());
    let [from, to] = [from.get(..length)?, to.get(..length)?];
    if from == to { known(from) } else { known(&format!("[{from}..{to}]")) }
}

/// A date with dots, or with slashes in an order that is known: `14.6.2023`, `14/6/2023`.
pub fn numbers(text: &str, order: Option<Order>) -> Option<String> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['.', '/']).map(str::trim).collect();
    let order = if text.contains('/') { order? } else { Order::DayFirst };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let written = match (parts.as_slice(), order) {
        ([day, month, year], Order::DayFirst) if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        ([month, day, year], Order::MonthFirst) if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        ([month, year], _) if year.len() == 4 => format!("{year}-{month:0>2}"),
        _ => return None,
    };
    known(&written)
}

/// The order that the dates of a column can only have.
pub fn order_of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Order> {
    let mut found = None;
    for text in texts {
        let parts: Vec<u32> = text.split('/').filter_map(|part| part.trim().parse().ok()).collect();
        // With the year before them nothing is in doubt, and nothing is shown of the others.
        let [first, second, 32..=u32::MAX] = parts.as_slice() else { continue };
        let says = match (*first > 12, *second > 12) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => continue,
        };
        if found.is_some_and(|found| found != says) {
            return None;
        }
        found = Some(says);
    }
    found
}

fn known(text: &str) -> Option<String> {
    Date::parse(text).ok().map(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_it_was() {
        let found = |text: &str| iso(text).unwrap_or_default();
        assert_eq!(found("1963-00-00"), "1963");
        assert_eq!(found("1963-05-00"), "1963-05");
        assert_eq!(found("1963-05-07T00:00:00Z"), "1963-05-07");
        assert_eq!(found("1963-05-07 12:30"), "1963-05-07");
        assert_eq!(found("1963-05"), "1963-05");
        assert_eq!(found("[..2023-04]"), "[..2023-04]");
        assert_eq!(found("1963-13-01"), "");
        assert_eq!(found("May 1963"), "");
    }

    #[test]
    fn slashes_are_read_only_where_their_order_is_known() {
        assert_eq!(numbers("14.6.2023", None).unwrap(), "2023-06-14");
        assert_eq!(numbers("4/6/2023", None), None);
        assert_eq!(numbers("4/6/2023", Some(Order::MonthFirst)).unwrap(), "2023-04-06");
        assert_eq!(order_of(["4/6/2023", "14/6/2023"].into_iter()), Some(Order::DayFirst));
        assert_eq!(order_of(["4/6/2023", "2023/6/14"].into_iter()), None);
        assert_eq!(order_of(["4/16/2023", "14/6/2023"].into_iter()), None);
    }
}
