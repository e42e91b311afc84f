//! EDTF text (ISO 8601-2; loc.gov/standards/datetime) becomes a span of possible days, a shape to
//! phrase and draw, a sort key, and answers of certain, possible or impossible.

mod day;
mod read;
mod slips;

use std::fmt;
use std::ops::Range;

pub use day::Day;

/// An EDTF date as the author wrote it: levels 0 and 1 without times of day, and of level 2 the
/// one-of sets and qualifiers on parts. Equal when the canonical text is equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    text: String,
    shape: Shape,
    /// The first day on which it can have started, and the last on which it can have ended.
    outer: (i64, i64),
}

/// What to say and what to draw.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One date, known as well as this says.
    One(Choice),
    /// `[a,b]`: one of two or more, in the order written.
    OneOf(Vec<Choice>),
    /// `a/b`: a duration, every day of it.
    Interval(End, End),
}

/// One possible reading of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    Point(Point),
    /// `[a..b]`: in one of the units from the first to the second; both are of one precision.
    Between(Point, Point),
    /// `[..a]`: in it or earlier.
    Before(Point),
    /// `[a..]`: in it or later.
    After(Point),
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    At(Point),
    /// `..`: there is none, or none yet.
    Open,
    /// Nothing written: there is one, not known.
    Unknown,
}

/// A day, month, season, year, decade or century, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    pub unit: Unit,
    /// The finer parts are written `XX`: the source does not give them, rather than the author
    /// leaving them out. `2004-06-XX` is June 2004, `2004-XX` and `2004-XX-XX` are 2004.
    pub unspecified: bool,
    /// `~` or `%` on any part.
    pub approximate: bool,
    /// `?` or `%` on any part.
    pub uncertain: bool,
    /// The unit by which `~`, `?` or `%` may be off: that of the whole date, or the coarser one
    /// they were written on (a year for `2004?-06-11`). `None` where there is no such mark.
    pub doubt: Option<Precision>,
}

/// Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Day(Day),
    /// Year, and month 1 to 12.
    Month(i32, u8),
    Season(i32, Season),
    Year(i32),
    /// By its first year: 1560 for `156X`.
    Decade(i32),
    /// By its first year: 1500 for `15XX`. These are the years 1500 to 1599.
    Century(i32),
}

/// EDTF leaves the months to the reader; here they are the northern meteorological seasons, and
/// winter is the December of its year with the January and February after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// From fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Day,
    Month,
    Season,
    Year,
    Decade,
    Century,
}

/// Possible days, both ends included; `None` is open or unknown to that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub first: Option<Day>,
    pub last: Option<Day>,
}

/// A three-valued answer; the order is from no to yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    Impossible,
    Possible,
    Certain,
}

/// Orders dates by latest possible day (by the earliest where the end is open), the narrower span
/// first; a date with neither end comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    undated: bool,
    day: i64,
    width: i64,
}

/// Why a text is not a date here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// Bytes of the text, on character boundaries.
    pub range: Range<usize>,
    /// Lower case, no full stop.
    pub message: String,
    /// What to do instead, as ``write `2023-06` ``.
    pub help: Option<String>,
}

impl Date {
    /// Reads one EDTF expression. Refused, each with its own message: what is not EDTF, times of
    /// day, all-of sets `{}`, and the level 2 features not listed at [`Date`].
    pub fn parse(text: &str) -> Result<Date, DateError> {
        match read::read(text) {
            Ok((text, shape)) => Ok(Date::new(text, shape)),
            Err(refusal) => Err(slips::explain(text, refusal)),
        }
    }

    /// In doubt by a unit of another calendar: some day from the first to the last, each of which may be off
    /// by `doubt`. EDTF has no text for it but the set without its marks.
    pub fn between_in_doubt(
        (first, last): (Day, Day),
        doubt: Precision,
        (approximate, uncertain): (bool, bool),
    ) -> Date {
        let point = |day| Point {
            unit: Unit::Day(day),
            unspecified: false,
            approximate,
            uncertain,
            doubt: Some(doubt),
        };
        let shape = Shape::One(Choice::Between(point(first), point(last)));
        Date::new(format!("[{}..{}]", first.iso(), last.iso()), shape)
    }

    fn new(text: String, shape: Shape) -> Date {
        let reaches = shape.reaches(false);
        let start = reaches.iter().map(|reach| reach.starts.0).min().unwrap_or(PAST);
        let end = reaches.iter().map(|reach| reach.ends.1).max().unwrap_or(FUTURE);
        Date { text, shape, outer: (start, end) }
    }

    /// The canonical EDTF text: as written, but with qualifiers in the places ISO 8601-2 8.2.4
    /// prefers (`?2004-?06` is `2004-06?`). Parsing it gives an equal date.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The days as written, which `~` and `?` do not change: for drawing and sorting.
    pub fn span(&self) -> Span {
        match &self.shape {
            Shape::One(choice) => choice.span(Point::span),
            Shape::OneOf(choices) => hull(choices.iter().map(|choice| choice.span(Point::span))),
            Shape::Interval(start, end) => Span {
                first: start.point().map(|point| point.span().0),
                last: end.point().map(|point| point.span().1),
            },
        }
    }

    /// The span with each end that carries `~`, `?` or `%` moved outwards by one unit of its
    /// doubt: a day, a month, three months for a season, a year, ten or a hundred.
    pub fn widened(&self) -> Span {
        match &self.shape {
            Shape::One(choice) => choice.span(Point::widened),
            _ => hull(self.readings().into_iter()),
        }
    }

    /// The same for each possible reading: of a set, each of its dates.
    pub fn readings(&self) -> Vec<Span> {
        match &self.shape {
            Shape::One(choice) => vec![choice.span(Point::widened)],
            Shape::OneOf(choices) => choices.iter().map(|choice| choice.span(Point::widened)).collect(),
            Shape::Interval(start, end) => vec![Span {
                first: start.point().map(|point| point.widened().0),
                last: end.point().map(|point| point.widened().1),
            }],
        }
    }

    /// The day, when the date is one plain day without doubt.
    pub fn day(&self) -> Option<Day> {
        match self.shape {
            Shape::One(Choice::Point(Point { unit: Unit::Day(day), doubt: None, .. })) => Some(day),
            _ => None,
        }
    }

    /// `true` if any part is marked `~` or `%`.
    pub fn approximate(&self) -> bool {
        self.points().any(|point| point.approximate)
    }

    /// `true` if any part is marked `?` or `%`.
    pub fn uncertain(&self) -> bool {
        self.points().any(|point| point.uncertain)
    }

    /// Whether `~`, `?` or `%` stands on any part: it may then be off by more than [`Date::widened`] says.
    pub fn in_doubt(&self) -> bool {
        self.approximate() || self.uncertain()
    }

    pub fn sort_key(&self) -> SortKey {
        let Span { first, last } = self.span();
        SortKey {
            undated: first.is_none() && last.is_none(),
            day: last.or(first).map_or(0, Day::number),
            width: match (first, last) {
                (Some(first), Some(last)) => last.number() - first.number(),
                _ => i64::MAX,
            },
        }
    }

    /// Whether the whole of this is earlier than the whole of the other. For this and the two
    /// relations below: an interval covers all its days, less those that a doubtful or unknown end
    /// leaves open; anything else fell on one day of [`Date::widened`].
    pub fn before(&self, other: &Date) -> Certainty {
        compare(&self.shape.reaches(false), &other.shape.reaches(false), |a, b| {
            (a.ends.1 < b.starts.0, a.ends.0 < b.starts.1)
        })
    }

    /// Whether it is [certain](Certainty::Certain) that the whole of this is earlier than the whole of the other.
    pub fn is_surely_before(&self, other: &Date) -> bool {
        self.outer.1 < other.outer.0
    }

    /// Whether this happened inside the period that the other names: 2023 is all of 2023. A period
    /// in doubt (`2023~`, or any set) holds no day for certain.
    pub fn within(&self, other: &Date) -> Certainty {
        compare(&self.shape.reaches(false), &other.shape.reaches(true), |a, b| {
            (
                b.starts.1 <= a.starts.0 && a.ends.1 <= b.ends.0,
                b.starts.0 <= a.starts.1 && a.ends.0 <= b.ends.1,
            )
        })
    }

    /// Whether some day is common to both.
    pub fn overlaps(&self, other: &Date) -> Certainty {
        compare(&self.shape.reaches(false), &other.shape.reaches(false), |a, b| {
            (
                a.starts.1 <= b.ends.0 && b.starts.1 <= a.ends.0,
                a.starts.0 <= b.ends.1 && b.starts.0 <= a.ends.1,
            )
        })
    }

    /// Every date written in it, in that order.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let choices = match &self.shape {
            Shape::One(choice) => std::slice::from_ref(choice),
            Shape::OneOf(choices) => choices,
            Shape::Interval(..) => &[],
        };
        let ends = match &self.shape {
            Shape::Interval(start, end) => [start.point(), end.point()],
            _ => [None, None],
        };
        let chosen = choices.iter().flat_map(|choice| match *choice {
            Choice::Point(a) | Choice::Before(a) | Choice::After(a) => [Some(a), None],
            Choice::Between(a, b) => [Some(a), Some(b)],
        });
        chosen.chain(ends).flatten()
    }
}

impl Shape {
    /// One for each possible reading. `period`: a point stands for all its days, not one of them.
    fn reaches(&self, period: bool) -> Vec<Reach> {
        match self {
            Shape::One(choice) => vec![Reach::of_choice(choice, period)],
            Shape::OneOf(choices) => choices.iter().map(|choice| Reach::of_choice(choice, period)).collect(),
            Shape::Interval(start, end) => vec![Reach::of_interval(start, end)],
        }
    }
}

impl Choice {
    fn span(&self, of: impl Fn(&Point) -> (Day, Day)) -> Span {
        let (first, last) = match self {
            Choice::Point(point) => {
                let (first, last) = of(point);
                (Some(first), Some(last))
            }
            Choice::Between(from, to) => (Some(of(from).0), Some(of(to).1)),
            Choice::Before(point) => (None, Some(of(point).1)),
            Choice::After(point) => (Some(of(point).0), None),
        };
        Span { first, last }
    }
}

impl End {
    /// The date at this end, if one is written.
    pub fn point(&self) -> Option<Point> {
        match self {
            End::At(point) => Some(*point),
            End::Open | End::Unknown => None,
        }
    }
}

impl Point {
    pub fn precision(&self) -> Precision {
        match self.unit {
            Unit::Day(_) => Precision::Day,
            Unit::Month(..) => Precision::Month,
            Unit::Season(..) => Precision::Season,
            Unit::Year(_) => Precision::Year,
            Unit::Decade(_) => Precision::Decade,
            Unit::Century(_) => Precision::Century,
        }
    }

    /// Its first and last day.
    pub fn span(&self) -> (Day, Day) {
        let months = |year, month, count| {
            let first = Day::of(year, month, 1);
            (first, first.add_months(count).add_days(-1))
        };
        match self.unit {
            Unit::Day(day) => (day, day),
            Unit::Month(year, month) => months(year, month, 1),
            Unit::Season(year, season) => months(year, 3 * (season as u8) + 3, 3),
            Unit::Year(year) => months(year, 1, 12),
            Unit::Decade(year) => months(year, 1, 120),
            Unit::Century(year) => months(year, 1, 1200),
        }
    }

    /// Its first and last day if it is one unit of its doubt off, to either side.
    pub fn widened(&self) -> (Day, Day) {
        let (first, last) = self.span();
        let months = match self.doubt {
            None => return (first, last),
            Some(Precision::Day) => return (first.add_days(-1), last.add_days(1)),
            Some(Precision::Month) => 1,
            Some(Precision::Season) => 3,
            Some(Precision::Year) => 12,
            Some(Precision::Decade) => 120,
            Some(Precision::Century) => 1200,
        };
        // The last day of a month goes to the last day of the other month, however long that is.
        let later = match self.unit {
            Unit::Day(_) => last.add_months(months),
            _ => last.add_days(1).add_months(months).add_days(-1),
        };
        (first.add_months(-months), later)
    }
}

impl Certainty {
    /// Both hold.
    pub fn and(self, other: Certainty) -> Certainty {
        self.min(other)
    }

    /// At least one holds.
    pub fn or(self, other: Certainty) -> Certainty {
        self.max(other)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for DateError {}

/// When something can have started and ended: the earliest and the latest day number of each.
#[derive(Clone, Copy)]
struct Reach {
    starts: (i64, i64),
    ends: (i64, i64),
}

const PAST: i64 = i64::MIN;
const FUTURE: i64 = i64::MAX;

impl Reach {
    fn of_choice(choice: &Choice, period: bool) -> Reach {
        if let (true, Choice::Point(Point { doubt: None, .. })) = (period, choice) {
            let end = |end: Option<Day>, open| end.map_or(open, Day::number);
            let Span { first, last } = choice.span(Point::span);
            let (first, last) = (end(first, PAST), end(last, FUTURE));
            return Reach { starts: (first, first), ends: (last, last) };
        }
        // Some day, or as a period some part, of the widened span: no one day of it is sure.
        let Span { first, last } = choice.span(Point::widened);
        let both = (first.map_or(PAST, Day::number), last.map_or(FUTURE, Day::number));
        Reach { starts: both, ends: both }
    }

    /// An end without doubt covers all its days; one in doubt may be any day it widens to.
    fn of_interval(start: &End, end: &End) -> Reach {
        let limits = |point: Point| {
            let (first, last) = point.widened();
            (first.number(), last.number())
        };
        let mut starts = match start {
            End::Open => (PAST, PAST),
            End::Unknown => (PAST, FUTURE),
            End::At(point) if point.doubt.is_some() => limits(*point),
            End::At(point) => (limits(*point).0, limits(*point).0),
        };
        let mut ends = match end {
            End::Open => (FUTURE, FUTURE),
            End::Unknown => (PAST, FUTURE),
            End::At(point) if point.doubt.is_some() => limits(*point),
            End::At(point) => (limits(*point).1, limits(*point).1),
        };
        // It cannot end before it starts.
        starts.1 = starts.1.min(ends.1);
        ends.0 = ends.0.max(starts.0);
        Reach { starts, ends }
    }
}

/// `relate` says of two readings whether the relation must hold and whether it can; over all pairs
/// it is certain if every pair says so, and impossible if every pair does.
fn compare(a: &[Reach], b: &[Reach], relate: impl Fn(Reach, Reach) -> (bool, bool)) -> Certainty {
    let (mut all, mut any) = (true, false);
    for &a in a {
        for &b in b {
            let (must, can) = relate(a, b);
            all &= must;
            any |= must || can;
        }
    }
    match (all, any) {
        (true, true) => Certainty::Certain,
        (_, true) => Certainty::Possible,
        (_, false) => Certainty::Impossible,
    }
}

/// The span over all of these; open to a side where any of them is.
fn hull(spans: impl Iterator<Item = Span>) -> Span {
    spans
        .reduce(|a, b| Span {
            first: a.first.zip(b.first).map(|(a, b)| a.min(b)),
            last: a.last.zip(b.last).map(|(a, b)| a.max(b)),
        })
        .unwrap_or(Span { first: None, last: None })
}
