//! Dates -> drawings as wide as what is known: a small strip for rows, a band for the head of a page.
//!
//! A month is a month wide, a doubt is a texture, an open end fades away. Lengths are months from the
//! year 0, so that every month has the same width, as the cells of the drawing have.

use super::page::{Band, BandLabel, Drawn, Stretch, Strip};
use super::words::Words;
use crate::model::date::{Choice, Date, Day, End, Point, Precision, Shape, Unit};

/// A stretch of time and how it looks.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mark {
    from: f64,
    to: f64,
    look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Look {
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
    /// A step of a fading end, with its strength in percent.
    Fading(u8),
}

/// How far an open end is drawn, in months.
const FADE: f64 = 6.0;
/// In how many steps it fades.
const STEPS: u8 = 6;

/// The width of a strip in pixels, and its height.
const WIDTH: f64 = 84.0;
const HEIGHT: f64 = 10.0;

/// The strip of a row: the year of the date, or as many as it needs. Nothing for a date without any end.
pub fn strip(date: &Date, right_to_left: bool) -> Option<Strip> {
    let marks = marks(date);
    let (first, years) = years(&marks)?;
    let scale = WIDTH / (f64::from(years) * 12.0);
    let cells = match years {
        1 => 12,
        2 => 24,
        _ => 0,
    };
    let place = |at: f64| (at - f64::from(first) * 12.0) * scale;
    let drawn = marks.iter().map(|mark| {
        let (x, width) = extent(mark, place, 2.0);
        let x = if right_to_left { WIDTH - x - width } else { x };
        let (y, height) = rise(mark.look, HEIGHT);
        drawn(mark.look, [x, y, width, height], "")
    });
    Some(Strip { cells, marks: drawn.collect() })
}

/// The band of a page: as the strip, over its whole width and with the names of years and months. Nothing
/// where a strip says as much.
pub fn band(words: &Words, date: &Date, right_to_left: bool) -> Option<Band> {
    let marks = marks(date);
    let (first, years) = years(&marks)?;
    if years > 2 {
        return None;
    }
    const BAND: f64 = 22.0;
    const TOP: f64 = 20.0;
    let total = f64::from(years) * 12.0;
    let place = |at: f64| (at - f64::from(first) * 12.0) / total * 100.0;
    let turned = |x: f64, width: f64| if right_to_left { 100.0 - x - width } else { x };
    let cell = 100.0 / total;
    let months: Vec<BandLabel> = (0..years * 12)
        .map(|month| {
            let x = place(f64::from(first * 12 + month));
            let number = u8::try_from(month % 12 + 1).unwrap_or(1);
            let name = words.dates.month_name(first + month / 12, number);
            BandLabel {
                x: number_text(turned(x, cell)),
                middle: number_text(turned(x, cell) + cell / 2.0),
                width: number_text(cell - 0.15),
                text: name.chars().next().map(String::from).unwrap_or_default(),
            }
        })
        .collect();
    let names = (0..years)
        .map(|year| {
            let x = place(f64::from((first + year) * 12));
            BandLabel {
                x: number_text(if right_to_left { 100.0 - x } else { x }),
                middle: String::new(),
                width: String::new(),
                text: words.dates.year(first + year, words.strings),
            }
        })
        .collect();
    let drawn = marks.iter().map(|mark| {
        let (x, width) = extent(mark, place, 0.3);
        let (y, height) = rise(mark.look, BAND);
        drawn(mark.look, [turned(x, width), y + TOP, width, height], "%")
    });
    Some(Band { years: names, months, marks: drawn.collect() })
}

/// The stretches of a date, in months from the year 0.
pub fn stretches(date: &Date) -> Vec<Stretch> {
    let stretch = |mark: Mark| Stretch {
        from: mark.from,
        to: mark.to,
        look: name(mark.look),
        opacity: if let Look::Fading(percent) = mark.look { percent } else { 100 },
    };
    marks(date).into_iter().map(stretch).collect()
}

/// The first year that the marks touch, and how many they do.
fn years(marks: &[Mark]) -> Option<(i32, i32)> {
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

/// Where a mark starts and how wide it is; the shortest is `least` wide, around its middle.
fn extent(mark: &Mark, place: impl Fn(f64) -> f64, least: f64) -> (f64, f64) {
    let (from, to) = (place(mark.from), place(mark.to));
    let width = to - from;
    // The steps of a fading end stand close to each other.
    if width >= least || matches!(mark.look, Look::Fading(_)) {
        return (from, width);
    }
    ((from + to - least) / 2.0, least)
}

/// How high a look starts and stands in a drawing of a height.
fn rise(look: Look, height: f64) -> (f64, f64) {
    match look {
        Look::Tick | Look::Stop => (0.0, height),
        Look::Thin => (height * 0.3, height * 0.4),
        Look::Solid | Look::Hatched | Look::Fading(_) => (height * 0.1, height * 0.8),
    }
}

fn drawn(look: Look, [x, y, width, height]: [f64; 4], unit: &str) -> Drawn {
    Drawn {
        look: name(look),
        x: format!("{}{unit}", number_text(x)),
        width: format!("{}{unit}", number_text(width)),
        y: number_text(y),
        height: number_text(height),
        opacity: match look {
            Look::Fading(percent) => Some(format!(".{percent:02}")),
            _ => None,
        },
    }
}

fn name(look: Look) -> &'static str {
    match look {
        Look::Tick => "tick",
        Look::Solid => "solid",
        Look::Hatched => "hatched",
        Look::Thin => "thin",
        Look::Stop => "stop",
        Look::Fading(_) => "fading",
    }
}

/// Two decimals at most: finer than a screen, and the same on every machine.
fn number_text(value: f64) -> String {
    let text = format!("{:.2}", value + 0.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn marks(date: &Date) -> Vec<Mark> {
    match date.shape() {
        Shape::One(choice) => choice_marks(choice),
        // One of several: each is as doubtful as the others.
        Shape::OneOf(choices) => choices.iter().flat_map(choice_marks).map(doubted).collect(),
        Shape::Interval(from, to) => interval(from, to),
    }
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
            let mut marks = fade(end - open(point), end, false);
            marks.push(stop(end));
            marks
        }
        Choice::After(point) => {
            let start = starts(point.span().0);
            let mut marks = vec![stop(start)];
            marks.extend(fade(start, start + open(point), true));
            marks
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
    let mut marks = fade(starts(early), from, false);
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

/// Steps of a fading stretch; `out` fades to its end, else to its start.
fn fade(from: f64, to: f64, out: bool) -> Vec<Mark> {
    if to <= from {
        return Vec::new();
    }
    let width = (to - from) / f64::from(STEPS);
    let step = |n: u8| {
        let strength = if out { STEPS - n } else { n + 1 };
        Mark {
            from: from + width * f64::from(n),
            to: from + width * f64::from(n + 1),
            // Below 90: the full strength is for what is known.
            look: Look::Fading(strength * (90 / (STEPS + 1))),
        }
    };
    (0..STEPS).map(step).collect()
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
        let at = |at: f64| number_text(at - f64::from(first) * 12.0);
        let mut shown: Vec<String> = Vec::new();
        for mark in &marks {
            let look = match mark.look {
                Look::Fading(_) => "fading".to_owned(),
                look => format!("{look:?}").to_lowercase(),
            };
            match shown.last_mut() {
                // The steps of one fading end are one.
                Some(last)
                    if last.starts_with("fading")
                        && look == "fading"
                        && last.ends_with(&format!("-{}", at(mark.from))) =>
                {
                    let start = last.split(['-', ' ']).nth(1).unwrap().to_owned();
                    *last = format!("fading {start}-{}", at(mark.to));
                }
                _ => shown.push(format!("{look} {}-{}", at(mark.from), at(mark.to))),
            }
        }
        (first, years, shown)
    }

    #[test]
    fn every_kind_of_date_has_its_shape() {
        for (text, years, shapes) in [
            ("2023-06", 1, vec!["solid 5-6"]),
            ("2023", 1, vec!["thin 0-12"]),
            ("2023-04-01/2023-04-15", 1, vec!["solid 3-3.5"]),
            ("2023-06~", 1, vec!["fading 4-5", "solid 5-6", "fading 6-7"]),
            ("2023-06?", 1, vec!["hatched 5-6"]),
            ("[2023-01..2023-04]", 1, vec!["stop 0-0", "thin 0-4", "stop 4-4"]),
            ("[2023-04,2023-08]", 1, vec!["hatched 3-4", "hatched 7-8"]),
            ("[..2023-04]", 2, vec!["fading 10-16", "stop 16-16"]),
            ("[2023-04..]", 1, vec!["stop 3-3", "fading 3-9"]),
            ("2022-11/2023-02", 2, vec!["solid 10-14"]),
            ("2023-21", 1, vec!["thin 2-5"]),
            ("201X", 10, vec!["thin 0-120"]),
            ("2023-03/..", 1, vec!["fading 3-8", "solid 2-3"]),
        ] {
            let (_, drawn_years, drawn) = drawn(text);
            assert_eq!(
                (drawn_years, drawn),
                (years, shapes.into_iter().map(str::to_owned).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_strip_stays_within_its_width() {
        for text in [
            "2023-06-14",
            "2023-12-31",
            "[..2023-01]",
            "2023-01~",
            "-0043",
            "[2023-12..]",
            "19XX",
            "2020?/2023~",
        ] {
            let strip = strip(&Date::parse(text).unwrap(), false).unwrap();
            for mark in &strip.marks {
                let (x, width): (f64, f64) = (mark.x.parse().unwrap(), mark.width.parse().unwrap());
                assert!(x >= -1.01 && x + width <= WIDTH + 1.01, "{text}: {mark:?}");
            }
        }
    }

    #[test]
    fn a_strip_from_right_to_left_is_mirrored() {
        let date = Date::parse("2023-01").unwrap();
        assert_eq!(strip(&date, false).unwrap().marks[0].x, "0");
        assert_eq!(strip(&date, true).unwrap().marks[0].x, "77");
    }
}
