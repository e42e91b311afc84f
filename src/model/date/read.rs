//! Text that is valid EDTF (by `edtf-core`) becomes a shape; valid EDTF that is not for a dossier
//! is refused with what to write instead.

use std::ops::Range;

use edtf_core::{
    Date as Parsed, DateField, Edtf, IntervalEndpoint, Qualifier, SetElement, SetKind, YearKind,
};

use super::day::YEAR_LIMIT;
use super::{Choice, DateError, Day, End, Point, Precision, Season, Shape, Unit};

pub(super) enum Refusal {
    /// Not EDTF; the offset is where the parser gave up, and its message says why.
    Invalid { offset: usize, message: &'static str },
    /// EDTF with a time of day.
    Time,
    /// EDTF, but not one of the features supported here.
    Unsupported(DateError),
}

/// The canonical text and the shape.
pub(super) fn read(text: &str) -> Result<(String, Shape), Refusal> {
    let parsed = Edtf::parse(text)
        .map_err(|error| Refusal::Invalid { offset: error.offset, message: error.message })?;
    // The parser keeps no positions; its dates come in the order of the pieces of the text.
    let mut places = pieces(text).into_iter();
    let mut point = |date: &Parsed| {
        let range = places.next().unwrap_or(0..text.len());
        read_point(date).map_err(|(message, help)| unsupported(range, message, help))
    };
    let shape = match &parsed {
        Edtf::DateTime(_) => return Err(Refusal::Time),
        Edtf::Date(date) => Shape::One(Choice::Point(point(date)?)),
        Edtf::Interval(interval) => {
            let mut end = |end: &IntervalEndpoint| match end {
                IntervalEndpoint::Open => Ok(End::Open),
                IntervalEndpoint::Unknown => Ok(End::Unknown),
                IntervalEndpoint::Date(date) => point(date).map(End::At),
                IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => Err(unsupported(
                    0..text.len(),
                    "`..` joined to a date in an interval is not supported",
                    "write only `..` or only the date before or after the `/`".into(),
                )),
            };
            Shape::Interval(end(&interval.start)?, end(&interval.end)?)
        }
        Edtf::Set(set) if set.kind == SetKind::AllMembers => {
            let help = "write `a/b` for all the time from a to b, or `[a,b]` if it was one of them";
            let message = "`{}` means all of these dates, and a record has one date";
            return Err(unsupported(0..text.len(), message, help.into()));
        }
        Edtf::Set(set) => {
            let choices = set.elements.iter().map(|element| {
                Ok(match element {
                    SetElement::Date(date) => Choice::Point(point(date)?),
                    SetElement::OnOrBefore(date) => Choice::Before(point(date)?),
                    SetElement::OnOrAfter(date) => Choice::After(point(date)?),
                    SetElement::Range(from, to) => Choice::Between(point(from)?, point(to)?),
                })
            });
            let choices = choices.collect::<Result<Vec<_>, Refusal>>()?;
            match choices[..] {
                [only] => Shape::One(only),
                _ => Shape::OneOf(choices),
            }
        }
    };
    Ok((parsed.to_string(), shape))
}

/// Where the dates stand: the stretches of text between brackets, commas, slashes and `..`.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let bytes = text.as_bytes();
    for at in 0..=bytes.len() {
        let gap = match bytes.get(at) {
            Some(b'[' | b']' | b'{' | b'}' | b',' | b'/') | None => 1,
            Some(b'.') if bytes.get(at + 1) == Some(&b'.') => 2,
            _ => continue,
        };
        if at > start {
            pieces.push(start..at);
        }
        start = at + gap;
    }
    pieces
}

fn read_point(date: &Parsed) -> Result<Point, (&'static str, String)> {
    let unit = read_unit(date)?;
    let approximate = date.is_approximate();
    let uncertain = date.is_uncertain();
    let unspecified = [date.month, date.day].iter().flatten().any(|field| field.has_unspecified());
    let mut point = Point { unit, unspecified, approximate, uncertain, doubt: None };
    point.doubt = doubt(date, point.precision());
    Ok(point)
}

fn read_unit(date: &Parsed) -> Result<Unit, (&'static str, String)> {
    let supported = || {
        "supported are days, months, seasons, years, decades (`201X`), centuries (`20XX`), \
         intervals `a/b`, and one of several dates, `[a,b]` or `[a..b]`"
            .to_string()
    };
    if date.year.significant_digits.is_some() {
        return Err(("significant digits (`S`) are not supported", supported()));
    }
    let year = match date.year.kind {
        YearKind::Exponential { .. } => {
            return Err(("years with an exponent (`E`) are not supported", supported()));
        }
        YearKind::Big { value } => value,
        YearKind::Standard { negative, digits } => {
            let filled = digits.iter().fold(0, |year, d| year * 10 + i64::from(d.unwrap_or(0)));
            if negative { -filled } else { filled }
        }
    };
    let Some(year) = i32::try_from(year).ok().filter(|year| (-YEAR_LIMIT..=YEAR_LIMIT).contains(year)) else {
        return Err(("years of more than nine digits are not supported", supported()));
    };
    let unknown_year = match date.year.kind {
        YearKind::Standard { digits, .. } => digits.map(|digit| digit.is_none()),
        _ => [false; 4],
    };
    // The fields as numbers, or `None` for `XX`; one with a single `X` matches no arm.
    let field = |field: DateField| match field.digits {
        [None, None] => Some(None),
        _ => field.value().map(Some),
    };
    match (unknown_year, date.month.map(field), date.day.map(field)) {
        ([false, false, true, true], None, None) => Ok(Unit::Century(year)),
        ([false, false, false, true], None, None) => Ok(Unit::Decade(year)),
        ([false, false, false, false], month, day) => match (month, day) {
            (None, _) | (Some(Some(None)), None | Some(Some(None))) => Ok(Unit::Year(year)),
            (Some(Some(Some(month @ 1..=12))), None | Some(Some(None))) => Ok(Unit::Month(year, month)),
            (Some(Some(Some(21))), None) => Ok(Unit::Season(year, Season::Spring)),
            (Some(Some(Some(22))), None) => Ok(Unit::Season(year, Season::Summer)),
            (Some(Some(Some(23))), None) => Ok(Unit::Season(year, Season::Autumn)),
            (Some(Some(Some(24))), None) => Ok(Unit::Season(year, Season::Winter)),
            (Some(Some(Some(code @ 25..))), None) => {
                Err(("the codes 25 to 41 in place of a month are not supported", grouping(year, code)))
            }
            (Some(Some(Some(month))), Some(Some(Some(day)))) => {
                Day::new(year, month, day).map(Unit::Day).ok_or(("there is no such day", supported()))
            }
            _ => Err((UNKNOWN_DIGITS, supported())),
        },
        _ => Err((UNKNOWN_DIGITS, supported())),
    }
}

const UNKNOWN_DIGITS: &str =
    "unknown digits (`X`) can stand only for the end of a year, the day, or month and day";

/// What to write for a hemisphere's season, a quarter, a third or a half of a year.
fn grouping(year: i32, code: u8) -> String {
    let (from, to) = match code {
        25..=32 => return "write `21` for spring, `22` summer, `23` autumn, `24` winter".into(),
        33..=36 => (3 * (code - 33) + 1, 3 * (code - 33) + 3),
        37..=39 => (4 * (code - 37) + 1, 4 * (code - 37) + 4),
        _ => (6 * (code.saturating_sub(40)) + 1, 6 * (code.saturating_sub(40)) + 6),
    };
    let sign = if year < 0 { "-" } else { "" };
    let year = year.unsigned_abs();
    let (from, to) = (format!("{sign}{year:04}-{from:02}"), format!("{sign}{year:04}-{to:02}"));
    format!("write `[{from}..{to}]` for one of these months, or `{from}/{to}` for all of them")
}

/// A mark holds for a run of neighbouring parts and is off by the finest of the run: a day for
/// `2004-06-11~`, a month for `2004-06~-11`, a year for `2004?-06-11`. With several runs, the
/// coarsest counts.
fn doubt(date: &Parsed, precision: Precision) -> Option<Precision> {
    let month = match precision {
        Precision::Season => Precision::Season,
        _ => Precision::Month,
    };
    let parts = [
        Some((Precision::Year, date.year.qualifier)),
        date.month.map(|field| (month, field.qualifier)),
        date.day.map(|field| (Precision::Day, field.qualifier)),
    ];
    let run_end = |marked: fn(Qualifier) -> bool| {
        let next = parts.iter().skip(1).chain([&None]);
        parts.iter().zip(next).filter_map(move |(part, next)| {
            let (unit, qualifier) = (*part)?;
            let ends = marked(qualifier) && !next.is_some_and(|(_, next)| marked(next));
            ends.then_some(unit)
        })
    };
    let ends = run_end(|q| q.uncertain).chain(run_end(|q| q.approximate));
    // A part written `XX`, or a year ending in `X`, is no finer than the date itself.
    ends.map(|unit| unit.max(precision)).max()
}

fn unsupported(range: Range<usize>, message: &str, help: String) -> Refusal {
    Refusal::Unsupported(DateError { range, message: message.into(), help: Some(help) })
}
