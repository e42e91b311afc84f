//! How two dates can clash, for all lints about time: a clash is certain when no day that the dates
//! allow could be right, and possible when a day that one of them states would be wrong.
//!
//! What is open or unknown states no day, so it never makes a clash; and two dates of the same days,
//! such as one month, may always be in order.

use crate::model::date::{Certainty, Date, Day};
use crate::source::Spanned;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    Possible,
    Certain,
}

/// Whether `date` clashes with `limit`, which it must not be later than.
pub fn later(date: &Date, limit: &Date) -> Option<Clash> {
    if limit.before(date) == Certainty::Certain {
        return Some(Clash::Certain);
    }
    // A doubtful limit may be off, and then sets none.
    let stated = ends(date).1.zip(limit.widened().last).is_some_and(|(last, limit)| last > limit);
    stated.then_some(Clash::Possible)
}

/// Whether `date` clashes with `limit`, which it must not be earlier than.
pub fn earlier(date: &Date, limit: &Date) -> Option<Clash> {
    if date.before(limit) == Certainty::Certain {
        return Some(Clash::Certain);
    }
    let stated = ends(date).0.zip(limit.widened().first).is_some_and(|(first, limit)| first < limit);
    stated.then_some(Clash::Possible)
}

/// The same for a date that must lie in a term, both of whose ends belong to it. An end that nobody
/// reports sets no limit.
pub fn outside(date: &Date, from: Option<&Spanned<Date>>, to: Option<&Spanned<Date>>) -> Option<Clash> {
    // A term that ends before it begins was reported, and says nothing.
    if from.zip(to).is_some_and(|(from, to)| to.value.before(&from.value) == Certainty::Certain) {
        return None;
    }
    let before = from.and_then(|from| earlier(date, &from.value));
    let after = to.and_then(|to| later(date, &to.value));
    before.max(after)
}

/// The first and last stated day.
fn ends(date: &Date) -> (Option<Day>, Option<Day>) {
    let span = date.span();
    (span.first, span.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_what_cannot_be_is_certain() {
        for (day, limit, clash) in [
            ("2023-07", "2023-06-05", Some(Clash::Certain)),
            ("2023", "2023-06-05", Some(Clash::Possible)),
            ("2023-06", "2023-06", None),
            ("2023-06-05", "2023-06", None),
            ("2022", "2023-06", None),
            // An open end states no day.
            ("[2022-01..]", "2023-06", None),
            ("[2024-01..]", "2023-06", Some(Clash::Certain)),
            // A doubtful date may be off by one of its units.
            ("2023-07?", "2023-06-05", Some(Clash::Possible)),
            ("2023-08?", "2023-06-05", Some(Clash::Certain)),
            ("2023-07", "2023-06~", None),
            ("2023-08", "2023-06~", Some(Clash::Certain)),
            // A conference that somebody left early.
            ("2023-06-01/2023-06-09", "2023-06-05", Some(Clash::Possible)),
        ] {
            assert_eq!(later(&date(day), &date(limit)), clash, "{day} not later than {limit}");
        }
        assert_eq!(earlier(&date("1969"), &date("1970")), Some(Clash::Certain));
        assert_eq!(earlier(&date("[..2023]"), &date("1970")), None);
    }
}
