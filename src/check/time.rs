//! How two dates can clash, for all lints about time: a clash is certain when no day that the dates
//! allow could be right, and possible when a day that one of them states would be wrong.
//!
//! What is open or unknown states no day, so it never makes a clash; and two dates of the same days,
//! such as one month, may always be in order. A date in doubt (`~`, `?`, `%`) may be off by more than one
//! of its units, so a clash with it is possible at most.

use crate::model::date::{self, Date, Day};
use crate::source::Spanned;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    Possible,
    Certain,
}

/// How two dates clash that must not lie one before the other as a whole: days that both may be are in
/// order.
pub fn before(date: &Date, other: &Date) -> Option<Clash> {
    date.is_surely_before(other).then(|| unless(date.in_doubt() || other.in_doubt()))
}

/// Whether `date` clashes with `limit`, which it must not be later than.
pub fn later(date: &Date, limit: &Date) -> Option<Clash> {
    // A doubtful limit may be off, and then sets none.
    let stated = ends(date).1.zip(limit.widened().last).is_some_and(|(last, limit)| last > limit);
    before(limit, date).or(stated.then_some(Clash::Possible))
}

/// Whether `date` clashes with `limit`, which it must not be earlier than.
pub fn earlier(date: &Date, limit: &Date) -> Option<Clash> {
    let stated = ends(date).0.zip(limit.widened().first).is_some_and(|(first, limit)| first < limit);
    before(date, limit).or(stated.then_some(Clash::Possible))
}

/// What no day fits, unless one of the dates is in doubt.
fn unless(doubt: bool) -> Clash {
    if doubt { Clash::Possible } else { Clash::Certain }
}

/// How a date clashes with a term, and to which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    pub clash: Clash,
    pub before: bool,
    pub after: bool,
}

impl Outside {
    /// The ends of the term that it lies beyond, each with its label.
    pub fn limits<'d>(
        self,
        from: (Option<&'d Spanned<Date>>, &'static str),
        to: (Option<&'d Spanned<Date>>, &'static str),
    ) -> impl Iterator<Item = (&'d Spanned<Date>, &'static str)> {
        let ends = [(self.before, from), (self.after, to)];
        ends.into_iter().filter_map(|(beyond, (date, label))| Some((date.filter(|_| beyond)?, label)))
    }
}

/// The same for a date that must lie in a term, both of whose ends belong to it. An end that nobody
/// reports sets no limit.
pub fn outside(date: &Date, from: Option<&Spanned<Date>>, to: Option<&Spanned<Date>>) -> Option<Outside> {
    let earliest = from.and_then(|from| from.value.widened().first);
    let latest = to.and_then(|to| to.value.widened().last);
    // A term that ends before it begins was reported, and says nothing.
    if from.zip(to).is_some_and(|(from, to)| before(&to.value, &from.value) == Some(Clash::Certain)) {
        return None;
    }
    // One of several dates can lie before the term, and the others after it.
    let readings = date.readings();
    let is_before = |span: &date::Span| span.last.zip(earliest).is_some_and(|(last, from)| last < from);
    let is_after = |span: &date::Span| span.first.zip(latest).is_some_and(|(first, to)| first > to);
    if readings.iter().all(|span| is_before(span) || is_after(span)) {
        let (before, after) = (readings.iter().any(is_before), readings.iter().any(is_after));
        let is_sure = |limit: Option<&Spanned<Date>>| limit.is_some_and(|limit| !limit.value.in_doubt());
        let (is_from_sure, is_to_sure) = (is_sure(from), is_sure(to));
        let sure =
            readings.iter().all(|span| is_from_sure && is_before(span) || is_to_sure && is_after(span));
        let clash = unless(date.in_doubt() || !sure);
        return Some(Outside { clash, before, after });
    }
    let before = from.is_some_and(|from| earlier(date, &from.value).is_some());
    let after = !before && to.is_some_and(|to| later(date, &to.value).is_some());
    (before || after).then_some(Outside { clash: Clash::Possible, before, after })
}

/// The first and last stated day.
fn ends(date: &Date) -> (Option<Day>, Option<Day>) {
    let span = date.span();
    (span.first, span.last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

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
            // A doubtful date may be off by one of its units, or by more.
            ("2023-07?", "2023-06-05", Some(Clash::Possible)),
            ("2030%", "2023-06-05", Some(Clash::Possible)),
            ("2023?-08-05", "2020-06-05", Some(Clash::Possible)),
            ("2023-07", "2023-06~", None),
            ("2023-08", "2023-06~", Some(Clash::Possible)),
            ("2023-06-07", "2023-06-05?", Some(Clash::Possible)),
            ("2021?", "2019", Some(Clash::Possible)),
            ("[2021?,2022]", "2019", Some(Clash::Possible)),
            // A conference that somebody left early.
            ("2023-06-01/2023-06-09", "2023-06-05", Some(Clash::Possible)),
        ] {
            assert_eq!(later(&date(day), &date(limit)), clash, "{day} not later than {limit}");
        }
        assert_eq!(earlier(&date("1969"), &date("1970")), Some(Clash::Certain));
        assert_eq!(earlier(&date("[..2023]"), &date("1970")), None);
    }

    #[test]
    fn a_term_has_two_sides() {
        let span = Span::new(Sources::default().insert("a.toml", "".as_bytes()), 0..0);
        let term = |text: &str| Some(Spanned { value: date(text), span });
        let (from, to) = (term("2019-06"), term("2021"));
        for (day, clash) in [
            ("2018", Some((Clash::Certain, true, false))),
            ("2019", Some((Clash::Possible, true, false))),
            ("2020", None),
            ("2022", Some((Clash::Certain, false, true))),
            ("[2018,2022]", Some((Clash::Certain, true, true))),
            ("[2018,2020]", Some((Clash::Possible, true, false))),
            ("[2018..2022]", Some((Clash::Possible, true, false))),
        ] {
            let found = outside(&date(day), from.as_ref(), to.as_ref());
            assert_eq!(found.map(|it| (it.clash, it.before, it.after)), clash, "{day}");
        }
        assert_eq!(outside(&date("2030"), to.as_ref(), from.as_ref()), None, "the term is reversed");
        // Only the end that makes the clash counts.
        let (early, late) = (term("2019~"), term("2021?"));
        for (day, from, to, clash) in [
            ("2011", &early, &to, Clash::Possible),
            ("2031", &early, &to, Clash::Certain),
            ("2011", &from, &late, Clash::Certain),
            ("2031", &from, &late, Clash::Possible),
            ("2031?", &from, &to, Clash::Possible),
            ("[2011,2031]", &from, &late, Clash::Possible),
        ] {
            let found = outside(&date(day), from.as_ref(), to.as_ref());
            assert_eq!(found.map(|it| it.clash), Some(clash), "{day}");
        }
    }
}
