//! What an author may write of a day that is known less well, and the days that a date admits.

use dossier::model::date::{Choice, Date, Day, End, Shape, Span};
use proptest::prelude::*;

/// When something happened: on a day, or on every day from the first to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    On(Day),
    Lasting(Day, Day),
}

impl When {
    pub fn ends(self) -> (Day, Day) {
        match self {
            When::On(day) => (day, day),
            When::Lasting(first, last) => (first, last),
        }
    }

    /// The date that says just this.
    pub fn exact(self) -> String {
        match self {
            When::On(day) => day.iso(),
            When::Lasting(first, last) => format!("{}/{}", first.iso(), last.iso()),
        }
    }

    pub fn moved(self, days: i64) -> When {
        match self {
            When::On(day) => When::On(day.add_days(days)),
            When::Lasting(first, last) => When::Lasting(first.add_days(days), last.add_days(days)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Day,
    Month,
    Season,
    Year,
    Decade,
    Century,
}

impl Grain {
    /// The first day of the unit that holds a day.
    fn start(self, day: Day) -> Day {
        let (year, month) = (day.year(), day.month());
        let (year, month) = match self {
            Grain::Day => return day,
            Grain::Month => (year, month),
            // Winter is that of its December.
            Grain::Season if month < 3 => (year - 1, 12),
            Grain::Season => (year, month - month % 3),
            Grain::Year => (year, 1),
            Grain::Decade => (year - year % 10, 1),
            Grain::Century => (year - year % 100, 1),
        };
        Day::new(year, month, 1).unwrap()
    }

    /// A day of the unit that is so many units later.
    fn later(self, day: Day, units: i64) -> Day {
        let months = match self {
            Grain::Day => return day.add_days(units),
            Grain::Month => 1,
            Grain::Season => 3,
            Grain::Year => 12,
            Grain::Decade => 120,
            Grain::Century => 1200,
        };
        self.start(day).add_months(units * months)
    }

    fn text(self, day: Day) -> String {
        let start = self.start(day);
        let (year, month) = (start.year(), start.month());
        match self {
            Grain::Day => start.iso(),
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Season => format!("{year:04}-{}", 20 + month / 3),
            Grain::Year => format!("{year:04}"),
            Grain::Decade => format!("{:03}X", year / 10),
            Grain::Century => format!("{:02}XX", year / 100),
        }
    }
}

/// How a date is known less well than it was.
#[derive(Debug, Clone)]
pub enum Blur {
    Exact,
    Coarse(Grain),
    /// `2023-06-XX`, `2023-XX`
    Unspecified(Grain),
    /// `2023-06~` for a day of the month written, or of one that is so many units off.
    Doubtful(Grain, char, i64),
    /// `2023?-06-14`, `2023-06~-14`: the mark stands on the year or the month alone.
    DoubtfulPart(Grain, Grain, char, i64),
    /// `[a..b]`, by so many units before and after.
    Between(Grain, i64, i64, Option<char>),
    /// `[..a]` and `[a..]`
    Before(Grain, i64, Option<char>),
    After(Grain, i64, Option<char>),
    /// `[a,b,c]`: one of these, the others so many days off.
    OneOf(Box<Blur>, Vec<(Grain, i64)>, usize),
    /// `a/b`, with ends that are open or unknown.
    Interval(Limit, Limit),
    /// Not written at all.
    LeftOut,
}

#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// So many units outside, with a mark or without.
    At(Grain, i64, Option<char>),
    Open,
    Unknown,
}

impl Blur {
    /// What is written; nothing where the date is left out. What EDTF has no words for is written exactly.
    pub fn write(&self, when: When) -> Option<String> {
        if matches!(self, Blur::LeftOut) {
            return None;
        }
        let text = self.choice(when).map(|text| match self {
            Blur::Between(..) | Blur::Before(..) | Blur::After(..) => format!("[{text}]"),
            _ => text,
        });
        let text = text.filter(|text| Date::parse(text).is_ok()).unwrap_or_else(|| when.exact());
        let date = Date::parse(&text).unwrap();
        let Span { first, last } = date.widened();
        let (start, end) = when.ends();
        let admits = first.is_none_or(|first| first <= start) && last.is_none_or(|last| last >= end);
        assert!(date.in_doubt() || admits, "{text} does not admit {when:?}: {self:?}");
        Some(text)
    }

    /// One reading, without the brackets of a set.
    fn choice(&self, when: When) -> Option<String> {
        let (first, last) = when.ends();
        let whole = |grain: Grain, off: i64, mark: &str| {
            let ends = [first, last].map(|day| format!("{}{mark}", grain.text(grain.later(day, off))));
            match when {
                When::Lasting(..) if ends[0] != ends[1] => ends.join("/"),
                _ => ends[0].clone(),
            }
        };
        Some(match self {
            Blur::LeftOut => return None,
            Blur::Exact => when.exact(),
            Blur::Coarse(grain) => whole(*grain, 0, ""),
            Blur::Unspecified(grain) => whole(*grain, 0, "-XX"),
            Blur::Doubtful(grain, mark, off) => whole(*grain, *off, &mark.to_string()),
            Blur::DoubtfulPart(grain, part, mark, off) => {
                // The same day of another month or year, where there is one.
                let (When::On(day), 1..=28) = (when, first.day()) else { return None };
                let months = if *part == Grain::Year { 12 } else { 1 };
                let written = grain.text(day.add_months(off * months));
                let at = if *part == Grain::Year { 4 } else { 7 };
                format!("{}{mark}{}", written.get(..at)?, written.get(at..)?)
            }
            Blur::Between(grain, before, after, mark) => {
                format!("{}..{}", at(*grain, first, -before, *mark), at(*grain, last, *after, *mark))
            }
            Blur::Before(grain, by, mark) => format!("..{}", at(*grain, last, *by, *mark)),
            Blur::After(grain, by, mark) => format!("{}..", at(*grain, first, -by, *mark)),
            Blur::OneOf(own, others, at) => {
                let own = own.choice(when).filter(|own| !own.contains('/'))?;
                let others = others.iter().map(|(grain, days)| grain.text(first.add_days(*days)));
                let mut all: Vec<String> = others.collect();
                all.insert(at % (all.len() + 1), own);
                format!("[{}]", all.join(","))
            }
            Blur::Interval(start, end) => format!("{}/{}", start.text(first, -1), end.text(last, 1)),
        })
    }
}

impl Limit {
    fn text(self, day: Day, outwards: i64) -> String {
        match self {
            Limit::At(grain, units, mark) => at(grain, day, units * outwards, mark),
            Limit::Open => "..".to_owned(),
            Limit::Unknown => String::new(),
        }
    }
}

/// The unit that is so many units later, with a mark or without.
fn at(grain: Grain, day: Day, units: i64, mark: Option<char>) -> String {
    format!("{}{}", grain.text(grain.later(day, units)), mark.map_or(String::new(), String::from))
}

fn grain() -> impl Strategy<Value = Grain> {
    use Grain::{Century, Day, Decade, Month, Season, Year};
    prop_oneof![
        3 => Just(Month), 3 => Just(Year), 2 => Just(Day), 2 => Just(Season), 1 => Just(Decade),
        1 => Just(Century),
    ]
}

fn mark() -> impl Strategy<Value = char> {
    prop::sample::select(vec!['~', '?', '%'])
}

fn any_mark() -> impl Strategy<Value = Option<char>> {
    prop_oneof![4 => Just(None), 1 => mark().prop_map(Some)]
}

fn limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        3 => (grain(), 0..3_i64, any_mark()).prop_map(|(a, b, c)| Limit::At(a, b, c)),
        1 => Just(Limit::Open),
        1 => Just(Limit::Unknown),
    ]
}

/// A blur without a set around it; it shrinks towards what is exact.
fn reading() -> BoxedStrategy<Blur> {
    let part = (prop::sample::select(vec![Grain::Day, Grain::Month]), any::<bool>(), mark(), -4..=4_i64);
    prop_oneof![
        2 => Just(Blur::Exact),
        4 => grain().prop_map(Blur::Coarse),
        4 => (grain(), mark(), -4..=4_i64).prop_map(|(a, b, c)| Blur::Doubtful(a, b, c)),
        2 => (grain(), 0..3_i64, 0..3_i64, any_mark()).prop_map(|(a, b, c, d)| Blur::Between(a, b, c, d)),
        2 => (grain(), 0..3_i64, any_mark()).prop_map(|(a, b, c)| Blur::Before(a, b, c)),
        2 => (grain(), 0..3_i64, any_mark()).prop_map(|(a, b, c)| Blur::After(a, b, c)),
        1 => part.prop_map(|(grain, year, mark, off)| {
            let part = if year || grain == Grain::Month { Grain::Year } else { Grain::Month };
            Blur::DoubtfulPart(grain, part, mark, off)
        }),
    ]
    .boxed()
}

pub fn blur() -> BoxedStrategy<Blur> {
    let other = (grain(), prop_oneof![-40..40_i64, -2000..2000_i64]);
    let set = (reading(), prop::collection::vec(other, 1..3), 0..3_usize);
    prop_oneof![
        1 => Just(Blur::Exact),
        8 => reading(),
        1 => prop::sample::select(vec![Grain::Month, Grain::Year]).prop_map(Blur::Unspecified),
        2 => (limit(), limit()).prop_map(|(a, b)| Blur::Interval(a, b)),
        2 => set.prop_map(|(own, others, at)| Blur::OneOf(Box::new(own), others, at)),
        2 => Just(Blur::LeftOut),
    ]
    .boxed()
}

/// The days that a date admits, from the first to the last: of a set for each of its dates. A doubtful one
/// admits any day, since nobody knows how far it is off.
pub fn admitted(date: &Date) -> Vec<(Option<Day>, Option<Day>)> {
    if date.in_doubt() { vec![(None, None)] } else { stated(date) }
}

/// The days that a date states.
fn stated(date: &Date) -> Vec<(Option<Day>, Option<Day>)> {
    let reading = |choice: &Choice| match choice {
        Choice::Point(point) => (Some(point.span().0), Some(point.span().1)),
        Choice::Between(from, to) => (Some(from.span().0), Some(to.span().1)),
        Choice::Before(point) => (None, Some(point.span().1)),
        Choice::After(point) => (Some(point.span().0), None),
    };
    match date.shape() {
        Shape::One(choice) => vec![reading(choice)],
        Shape::OneOf(choices) => choices.iter().map(reading).collect(),
        Shape::Interval(start, end) => {
            vec![(start.point().map(|point| point.span().0), end.point().map(|point| point.span().1))]
        }
    }
}

/// A day, or an interval of days, that a date admits, as `pick` chooses: less than its argument.
pub fn sharpen(text: &str, pick: &mut dyn FnMut(i64) -> i64) -> String {
    let date = Date::parse(text).unwrap();
    // A doubtful one is moved by some days, often by none.
    let off = if date.in_doubt() && pick(2) == 0 { pick(6001) - 3000 } else { 0 };
    if let Shape::Interval(start, end) = date.shape() {
        let moved = |(first, last): (Day, Day)| (first.add_days(off), last.add_days(off));
        let limits = [start, end].map(|end| end.point().map(|point| moved(point.span())));
        let open = [start, end].map(|end| if *end == End::Open { ".." } else { "" });
        let mut days =
            limits.map(|limits| limits.map(|(first, last)| some_day(Some(first), Some(last), pick)));
        if days[0].zip(days[1]).is_some_and(|(first, last)| first > last) {
            days = [limits[0].map(|(first, _)| first), limits[1].map(|(_, last)| last)];
        }
        let text = |at: usize| days[at].map_or(open[at].to_owned(), Day::iso);
        return format!("{}/{}", text(0), text(1));
    }
    let stated = stated(&date);
    let at = pick(i64::try_from(stated.len()).unwrap());
    let (first, last) = stated[usize::try_from(at).unwrap()];
    some_day(first, last, pick).add_days(off).iso()
}

fn some_day(first: Option<Day>, last: Option<Day>, pick: &mut dyn FnMut(i64) -> i64) -> Day {
    const FAR: i64 = 3000;
    let first = first.or(last.map(|last| last.add_days(-FAR))).unwrap();
    let last = last.unwrap_or(first.add_days(FAR));
    match pick(3) {
        0 => first,
        1 => last,
        _ => first.add_days(pick(last.number() - first.number() + 1)),
    }
}
