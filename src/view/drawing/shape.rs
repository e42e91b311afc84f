//! Dates -> stretches of time and how they look: a month is a month wide, a doubt is a texture, an open
//! end fades away.
//!
//! Lengths are months from the year 0, so that every month has the same width, as the cells of the
//! drawings have.

use crate::model::date::{Choice, Date, Day, End, Point, Precision, Shape, Unit};

/// A stretch of time and how it looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    pub from: f64,
    pub to: f64,
    pub look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A known day.
    Tick,
    /// Known days, months or a time that lasted.
    Solid,
    /// A date in doubt.
    Hatched,
    /// Some day within, not known which.
    Thin,
    /// Where a bound lies.
    Stop,
    /// An open end: from nothing at its start, or to nothing at its end.
    FadeIn,
    FadeOut,
}

impl Look {
    pub fn is_open(self) -> bool {
        matches!(self, Look::FadeIn | Look::FadeOut)
    }
}

/// How far an open end is drawn, in months.
const FADE: f64 = 6.0;

/// What is drawn of a date.
pub fn marks(date: &Date) -> Vec<Mark> {
    match date.shape() {
        Shape::One(choice) => choice_marks(choice),
        // One of several: each is as doubtful as the others.
        Shape::OneOf(choices) => choices.iter().flat_map(choice_marks).map(doubted).collect(),
        Shape::Interval(from, to) => interval(from, to),
    }
}

/// The first year that the marks touch, and how many they do.
pub fn years(marks: &[Mark]) -> Option<(i32, i32)> {
    let first = marks.iter().map(|mark| mark.from).fold(f64::INFINITY, f64::min);
    let last = marks.iter().map(|mark| mark.to).fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() || !last.is_finite() {
        return None;
    }
    // Years have at most nine digits, so they fit.
    let year = |at: f64| at.div_euclid(12.0) as i32;
    let (first, last) = (year(first), year(last - 1e-6));
    Some((first, (last - first).saturating_add(1).max(1)))
}

fn doubted(mark: Mark) -> Mark {
    match mark.look {
        Look::Tick | Look::Solid => Mark { look: Look::Hatched, ..mark },
        _ => mark,
    }
}

fn choice_marks(choice: &Choice) -> Vec<Mark> {
    match choice {
        Choice::Point(point) => point_marks(point),
        Choice::Between(from, to) => {
            let (start, end) = (starts(from.span().0), ends(to.span().1));
            vec![stop(start), Mark { from: start, to: end, look: Look::Thin }, stop(end)]
        }
        Choice::Before(point) => {
            let end = ends(point.span().1);
            fade(end - open(point), end, false).into_iter().chain([stop(end)]).collect()
        }
        Choice::After(point) => {
            let start = starts(point.span().0);
            [stop(start)].into_iter().chain(fade(start, start + open(point), true)).collect()
        }
    }
}

fn point_marks(point: &Point) -> Vec<Mark> {
    let (first, last) = point.span();
    let (from, to) = (starts(first), ends(last));
    let known = match point.precision() {
        Precision::Day => Look::Tick,
        Precision::Month => Look::Solid,
        _ => Look::Thin,
    };
    if point.uncertain && !point.approximate {
        return vec![Mark { from, to, look: Look::Hatched }];
    }
    if !point.approximate {
        return vec![Mark { from, to, look: known }];
    }
    let (early, late) = point.widened();
    let look = if point.uncertain { Look::Hatched } else { known };
    let mut marks: Vec<Mark> = fade(starts(early), from, false).into_iter().collect();
    marks.push(Mark { from, to, look });
    marks.extend(fade(to, ends(late), true));
    marks
}

/// A time that lasted; an end that is open or not known fades, and so does one in doubt.
fn interval(from: &End, to: &End) -> Vec<Mark> {
    let (start, end) = (from.point(), to.point());
    let mut marks = Vec::new();
    let (mut first, mut last) =
        (start.map(|point| starts(point.span().0)), end.map(|point| ends(point.span().1)));
    match (first, last) {
        (Some(start), None) => {
            last = Some(start + 1.0);
            marks.extend(fade(start + 1.0, start + FADE, true));
        }
        (None, Some(end)) => {
            first = Some(end - 1.0);
            marks.extend(fade(end - FADE, end - 1.0, false));
        }
        _ => {}
    }
    if let (Some(first), Some(last)) = (first, last) {
        if let Some(point) = start.filter(|point| point.doubt.is_some()) {
            marks.extend(fade(starts(point.widened().0), first, false));
        }
        marks.push(Mark { from: first, to: last, look: Look::Solid });
        if let Some(point) = end.filter(|point| point.doubt.is_some()) {
            marks.extend(fade(last, ends(point.widened().1), true));
        }
    }
    marks
}

/// An open stretch; `out` fades to its end, else from its start.
fn fade(from: f64, to: f64, out: bool) -> Option<Mark> {
    let look = if out { Look::FadeOut } else { Look::FadeIn };
    (to > from).then_some(Mark { from, to, look })
}

fn stop(at: f64) -> Mark {
    Mark { from: at, to: at, look: Look::Stop }
}

/// How far an open end is drawn: a few months, and at least the unit that is named.
fn open(point: &Point) -> f64 {
    let (first, last) = point.span();
    match point.unit {
        Unit::Day(_) => FADE,
        _ => (ends(last) - starts(first)).max(FADE),
    }
}

/// Where a day begins, and where it ends, in months.
fn starts(day: Day) -> f64 {
    f64::from(day.year()) * 12.0 + f64::from(day.month() - 1) + f64::from(day.day() - 1) / length(day)
}

fn ends(day: Day) -> f64 {
    starts(day) + 1.0 / length(day)
}

fn length(day: Day) -> f64 {
    let first = Day::new(day.year(), day.month(), 1).unwrap_or(day);
    (first.add_months(1).number() - first.number()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is drawn, as "look from-to" in months of the drawing's own years.
    fn drawn(text: &str) -> (i32, i32, Vec<String>) {
        let marks = marks(&Date::parse(text).unwrap());
        let (first, years) = years(&marks).unwrap();
        let at = |at: f64| super::super::number(at - f64::from(first) * 12.0);
        let mut shown: Vec<String> = Vec::new();
        for mark in &marks {
            let look = format!("{:?}", mark.look).to_lowercase();
            shown.push(format!("{look} {}-{}", at(mark.from), at(mark.to)));
        }
        (first, years, shown)
    }

    #[test]
    fn every_kind_of_date_has_its_shape() {
        for (text, years, shapes) in [
            ("2023-06", 1, vec!["solid 5-6"]),
            ("2023", 1, vec!["thin 0-12"]),
            ("2023-04-01/2023-04-15", 1, vec!["solid 3-3.5"]),
            ("2023-06~", 1, vec!["fadein 4-5", "solid 5-6", "fadeout 6-7"]),
            ("2023-06?", 1, vec!["hatched 5-6"]),
            ("[2023-01..2023-04]", 1, vec!["stop 0-0", "thin 0-4", "stop 4-4"]),
            ("[2023-04,2023-08]", 1, vec!["hatched 3-4", "hatched 7-8"]),
            ("[..2023-04]", 2, vec!["fadein 10-16", "stop 16-16"]),
            ("[2023-04..]", 1, vec!["stop 3-3", "fadeout 3-9"]),
            ("2022-11/2023-02", 2, vec!["solid 10-14"]),
            ("2023-21", 1, vec!["thin 2-5"]),
            ("201X", 10, vec!["thin 0-120"]),
            ("2023-03/..", 1, vec!["fadeout 3-8", "solid 2-3"]),
        ] {
            let (_, drawn_years, drawn) = drawn(text);
            assert_eq!(
                (drawn_years, drawn),
                (years, shapes.into_iter().map(str::to_owned).collect()),
                "{text}"
            );
        }
    }
}
