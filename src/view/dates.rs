//! Dates -> words of the page's language, as precise as the source and no more.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{D, M, Y, YM, YMD};
use icu_locale::Locale;

use super::calendars::{Calendars, calendar_name};
use super::page::When;
use super::strings::Strings;
use crate::model::calendar::OriginalDate;
use crate::model::date::{Choice, Date, Day, End, Point, Season, Shape, Unit};
use crate::model::name::direction;
use crate::source::Spanned;

/// Formats dates in one language with CLDR's patterns, in the Gregorian calendar, and those that a source
/// gives in another calendar in that one.
pub struct Dates {
    formats: Option<Formats>,
    others: Calendars,
    /// Whether dates are set apart from the text around them, which runs from right to left.
    isolated: bool,
}

struct Formats {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    day_alone: FixedCalendarDateTimeFormatter<Gregorian, D>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    month_alone: FixedCalendarDateTimeFormatter<Gregorian, M>,
    month_short: FixedCalendarDateTimeFormatter<Gregorian, M>,
    year: FixedCalendarDateTimeFormatter<Gregorian, Y>,
}

impl Dates {
    /// `language` is a BCP 47 tag.
    pub fn new(language: &str) -> Dates {
        let locale = locale(language);
        let formats = || -> Result<Formats, icu_datetime::DateTimeFormatterLoadError> {
            Ok(Formats {
                day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long())?,
                day_alone: FixedCalendarDateTimeFormatter::try_new((&locale).into(), D::long())?,
                month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::long())?,
                month_alone: FixedCalendarDateTimeFormatter::try_new((&locale).into(), M::long())?,
                month_short: FixedCalendarDateTimeFormatter::try_new((&locale).into(), M::medium())?,
                year: FixedCalendarDateTimeFormatter::try_new((&locale).into(), Y::long())?,
            })
        };
        Dates {
            formats: formats().ok(),
            others: Calendars::new(locale.clone()),
            isolated: direction(language) == "rtl",
        }
    }

    /// The date of a record, for lists and heads of pages; "date not reported" when there is none.
    pub fn when(&self, date: Option<&Date>, strings: &Strings) -> When {
        let Some(date) = date else {
            return When {
                text: strings.get("date.none").to_owned(),
                note: None,
                datetime: None,
                edtf: None,
                original: None,
            };
        };
        When {
            text: capitalised(&self.text(date, strings)),
            note: note(date).map(|key| strings.get(key).to_owned()),
            datetime: datetime(date),
            edtf: Some(date.text().to_owned()),
            original: None,
        }
    }

    /// The date within a sentence.
    pub fn text(&self, date: &Date, strings: &Strings) -> String {
        self.set_apart(self.words(date, strings))
    }

    /// The date in its own calendar, with the name of that: "24 Khordad 1402 AP (Persian calendar)".
    pub fn original(&self, date: &OriginalDate, strings: &Strings) -> String {
        let text = self.set_apart(self.others.words(date, strings));
        let calendar = calendar_name(date.calendar(), strings);
        strings.fill("calendar.date", &[("date", &text), ("calendar", &calendar)])
    }

    /// Digits and words of a date run in two directions, so in a text from right to left it is isolated
    /// (Unicode UAX 9, FSI and PDI).
    fn set_apart(&self, text: String) -> String {
        if self.isolated { format!("\u{2068}{text}\u{2069}") } else { text }
    }

    fn words(&self, date: &Date, strings: &Strings) -> String {
        match date.shape() {
            Shape::One(choice) => self.choice(choice, strings),
            Shape::OneOf(choices) => {
                let texts: Vec<String> = choices.iter().map(|choice| self.choice(choice, strings)).collect();
                let mut texts = texts.into_iter();
                let first = texts.next().unwrap_or_default();
                texts
                    .fold(first, |first, last| strings.fill("date.or", &[("first", &first), ("last", &last)]))
            }
            Shape::Interval(from, to) => self.interval(from, to, strings),
        }
    }

    /// From when to when something held, such as an office; nothing when neither is reported.
    pub fn term(
        &self,
        from: Option<&Spanned<Date>>,
        to: Option<&Spanned<Date>>,
        strings: &Strings,
    ) -> Option<String> {
        let text = |date: &Spanned<Date>| self.text(&date.value, strings);
        // "Since" and "until" go before one date only, not before "between 2019 and 2021".
        let plain = |date: &&Spanned<Date>| matches!(date.value.shape(), Shape::One(Choice::Point(_)));
        let all_plain = from.iter().chain(&to).all(plain);
        let mut units = from.iter().chain(&to).map(|date| unit_of_date(&date.value));
        let unit = units.next().flatten().filter(|unit| units.all(|other| other == Some(*unit)));
        let key = |key: &str| of_units(key, unit, strings);
        let one = |name: &str, date| strings.fill(&key(name), &[("date", &text(date))]);
        match (from, to) {
            (None, None) => None,
            (Some(from), None) => Some(one(if all_plain { "date.since" } else { "date.began" }, from)),
            (None, Some(to)) => Some(one(if all_plain { "date.until" } else { "date.ended" }, to)),
            (Some(from), Some(to)) => {
                let name = if all_plain { "date.term" } else { "date.began-ended" };
                Some(strings.fill(&key(name), &[("first", &text(from)), ("last", &text(to))]))
            }
        }
    }

    /// From the first to the last of some dates. Days are said by their months; what is dated more coarsely
    /// than that, or only as earlier or later than something, is said so.
    pub fn extent(&self, dates: &[&Date], strings: &Strings) -> Option<String> {
        let width = |point: &Point| point.span().1.number() - point.span().0.number();
        // Of two that begin or end on one day, the narrower one is certain.
        let first = dates.iter().filter_map(|date| first_of(date));
        let first = first.min_by_key(|(point, _)| (point.span().0, width(point)))?;
        let last = dates.iter().filter_map(|date| last_of(date));
        let last = last.max_by_key(|(point, _)| (point.span().1, -width(point)))?;
        let say = |(mut point, open): (Point, bool), key: &str| {
            if let Unit::Day(day) = point.unit {
                point.unit = Unit::Month(day.year(), day.month());
            }
            let text = self.point(&point, strings);
            if open { strings.fill(key, &[("date", &text)]) } else { text }
        };
        let first = say(first, "date.or-earlier");
        let last = say(last, "date.or-later");
        if first == last {
            return Some(self.set_apart(first));
        }
        Some(self.set_apart(strings.fill("date.range-long", &[("first", &first), ("last", &last)])))
    }

    /// The name of a month.
    pub fn month_name(&self, year: i32, number: u8) -> String {
        self.formats.as_ref().zip(month(year, number)).map_or_else(
            || number.to_string(),
            |(formats, month)| formats.month_alone.format(&month).to_string(),
        )
    }

    /// The same in short, for the head of a chart: "Apr".
    pub fn short_month(&self, year: i32, number: u8) -> String {
        self.formats.as_ref().zip(month(year, number)).map_or_else(
            || number.to_string(),
            |(formats, month)| formats.month_short.format(&month).to_string(),
        )
    }

    fn choice(&self, choice: &Choice, strings: &Strings) -> String {
        match choice {
            Choice::Point(point) => self.point(point, strings),
            Choice::Between(from, to) if from == to => self.point(from, strings),
            Choice::Between(from, to) => self.two("date.between", from, to, strings),
            Choice::Before(point) => self.one("date.before", point, strings),
            Choice::After(point) => self.one("date.after", point, strings),
        }
    }

    fn interval(&self, from: &End, to: &End, strings: &Strings) -> String {
        match (from, to) {
            (End::At(from), End::At(to)) if from == to => self.point(from, strings),
            (End::At(from), End::At(to)) => {
                // "18–21 October" needs no spaces around its dash; "18 May to 2 June" reads better so.
                let long = self.pair(from, to, strings).0.contains(' ');
                self.two(if long { "date.range-long" } else { "date.range" }, from, to, strings)
            }
            (End::At(from), End::Open) => self.one("date.since", from, strings),
            (End::At(from), End::Unknown) => self.one("date.from-unknown", from, strings),
            (End::Open, End::At(to)) => self.one("date.until", to, strings),
            (End::Unknown, End::At(to)) => self.one("date.to-unknown", to, strings),
            _ => strings.get("date.always").to_owned(),
        }
    }

    /// A point in a pattern with `{date}`.
    fn one(&self, key: &str, point: &Point, strings: &Strings) -> String {
        strings.fill(&of_units(key, unit_of(point), strings), &[("date", &self.point(point, strings))])
    }

    /// Two points in a pattern with `{first}` and `{last}`.
    fn two(&self, key: &str, from: &Point, to: &Point, strings: &Strings) -> String {
        let unit = unit_of(from).filter(|unit| unit_of(to) == Some(*unit));
        let key = of_units(key, unit, strings);
        let (first, last) = self.pair(from, to, strings);
        strings.fill(&key, &[("first", &first), ("last", &last)])
    }

    /// Two points as the ends of a span, where the first need not say what the second does.
    fn pair(&self, from: &Point, to: &Point, strings: &Strings) -> (String, String) {
        let last = self.point(to, strings);
        let plain = !from.approximate && !from.uncertain && !to.approximate && !to.uncertain;
        let short = match (&from.unit, &to.unit, &self.formats) {
            (Unit::Day(a), Unit::Day(b), Some(formats))
                if plain && (a.year(), a.month()) == (b.year(), b.month()) =>
            {
                let first_day = a;
                icu(*b).zip(icu(*a)).and_then(|(b, a)| {
                    let rest = last.strip_prefix(&formats.day_alone.format(&b).to_string())?;
                    // In "18.–21. Juni" each day has its stop.
                    let stop = rest.chars().take_while(|c| !c.is_whitespace() && !c.is_alphanumeric());
                    let first = formats.day_alone.format(&a).to_string() + &stop.collect::<String>();
                    Some(first_of_month(first, *first_day, strings))
                })
            }
            (Unit::Month(y, a), Unit::Month(z, b), Some(formats)) if plain && y == z => {
                month(*z, *b).zip(month(*y, *a)).and_then(|(b, a)| {
                    let name = formats.month_alone.format(&b).to_string();
                    last.starts_with(&name).then(|| formats.month_alone.format(&a).to_string())
                })
            }
            _ => None,
        };
        (short.unwrap_or_else(|| self.point(from, strings)), last)
    }

    fn point(&self, point: &Point, strings: &Strings) -> String {
        let mut text = self.unit(&point.unit, strings);
        if point.approximate {
            let unit = unit_of(&Point { approximate: false, uncertain: false, ..*point });
            text = strings.fill(&of_units("date.about", unit, strings), &[("date", &text)]);
        }
        if point.uncertain {
            text = strings.fill("date.uncertain", &[("date", &text)]);
        }
        text
    }

    fn unit(&self, unit: &Unit, strings: &Strings) -> String {
        let season = |key: &str, year: i32| strings.fill(key, &[("year", &self.year(year, strings))]);
        match unit {
            Unit::Day(day) => match (icu(*day), &self.formats) {
                (Some(date), Some(formats)) if day.year() > 0 => {
                    first_of_month(formats.day.format(&date).to_string(), *day, strings)
                }
                _ => day.iso(),
            },
            Unit::Month(year, number) => match (month(*year, *number), &self.formats) {
                (Some(date), Some(formats)) if *year > 0 => formats.month.format(&date).to_string(),
                _ => format!("{year:04}-{number:02}"),
            },
            Unit::Season(year, Season::Spring) => season("date.spring", *year),
            Unit::Season(year, Season::Summer) => season("date.summer", *year),
            Unit::Season(year, Season::Autumn) => season("date.autumn", *year),
            Unit::Season(year, Season::Winter) => season("date.winter", *year),
            Unit::Year(year) => self.year(*year, strings),
            Unit::Decade(year) => season("date.decade", *year),
            Unit::Century(year) => strings.fill(
                "date.century",
                &[
                    ("first", &self.year(*year, strings)),
                    ("last", &self.year(year.saturating_add(99), strings)),
                ],
            ),
        }
    }

    /// A year, decade or century, as a heading.
    pub fn period(&self, period: &Unit, strings: &Strings) -> String {
        self.unit(period, strings)
    }

    pub fn year(&self, year: i32, strings: &Strings) -> String {
        match (month(year, 1), &self.formats) {
            (Some(date), Some(formats)) if year > 0 => formats.year.format(&date).to_string(),
            _ if year <= 0 => strings.fill("date.bc", &[("year", &(1 - i64::from(year)).to_string())]),
            _ => year.to_string(),
        }
    }
}

/// The first day of a month as the language says it, where it has a form of its own: "1er juin".
fn first_of_month(text: String, day: Day, strings: &Strings) -> String {
    const KEY: &str = "date.first-day";
    match text.strip_prefix('1') {
        Some(rest) if day.day() == 1 && strings.contains(KEY) && !rest.starts_with(char::is_numeric) => {
            format!("{}{rest}", strings.get(KEY))
        }
        _ => text,
    }
}

/// The key of a pattern for dates of one kind, where the language has one of its own: "depuis le 7 juin",
/// "depuis juin", and for anything else "depuis : printemps".
fn of_units(key: &str, unit: Option<&str>, strings: &Strings) -> String {
    let own = unit.map(|unit| format!("{key}-{unit}"));
    own.filter(|own| strings.contains(own)).unwrap_or_else(|| key.to_owned())
}

/// The ends of the keys of such patterns.
pub const UNITS: [&str; 2] = ["day", "month"];

/// Which pattern a point takes that reads as its unit and nothing else: a year reads as a month does.
fn unit_of(point: &Point) -> Option<&'static str> {
    match point.unit {
        _ if point.approximate || point.uncertain => None,
        Unit::Day(_) => Some("day"),
        Unit::Month(..) | Unit::Year(_) => Some("month"),
        _ => None,
    }
}

fn unit_of_date(date: &Date) -> Option<&'static str> {
    match date.shape() {
        Shape::One(Choice::Point(point)) => unit_of(point),
        _ => None,
    }
}

/// The locale of a BCP 47 tag. English without a region is written as in Britain.
pub fn locale(language: &str) -> Locale {
    let tag = if language == "en" { "en-GB" } else { language };
    Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN)
}

fn icu(day: Day) -> Option<IcuDate<Gregorian>> {
    IcuDate::try_new_gregorian(day.year(), day.month(), day.day()).ok()
}

fn month(year: i32, month: u8) -> Option<IcuDate<Gregorian>> {
    IcuDate::try_new_gregorian(year, month, 1).ok()
}

/// What the date lacks.
fn note(date: &Date) -> Option<&'static str> {
    if date.approximate() {
        return Some("date.note-about");
    }
    if date.uncertain() {
        return Some("date.note-uncertain");
    }
    match date.shape() {
        Shape::One(Choice::Point(point)) => match point.unit {
            Unit::Day(_) => None,
            Unit::Month(..) => Some("date.note-month"),
            Unit::Season(..) => Some("date.note-season"),
            Unit::Year(_) => Some("date.note-year"),
            Unit::Decade(_) | Unit::Century(_) => Some("date.note-decade"),
        },
        Shape::One(Choice::Before(_)) => Some("date.note-before"),
        Shape::One(Choice::After(_)) => Some("date.note-after"),
        Shape::One(Choice::Between(..)) | Shape::OneOf(_) => Some("date.note-between"),
        Shape::Interval(..) => None,
    }
}

/// The value of `<time datetime>`, only for what HTML can say: a plain day, month or year.
fn datetime(date: &Date) -> Option<String> {
    let Shape::One(Choice::Point(point)) = date.shape() else { return None };
    if point.approximate || point.uncertain {
        return None;
    }
    match point.unit {
        Unit::Day(day) if day.year() > 0 && day.year() < 10_000 => Some(day.iso()),
        Unit::Month(year, month) if (1..10_000).contains(&year) => Some(format!("{year:04}-{month:02}")),
        Unit::Year(year) if (1..10_000).contains(&year) => Some(format!("{year:04}")),
        _ => None,
    }
}

/// The year, decade or century under which lists show a date: that of its latest possible day, or of its
/// earliest where the end is open.
pub fn period_of(date: &Date) -> Option<Unit> {
    let day = date.span().last.or(date.span().first)?;
    let coarse = date.points().map(|point| point.unit).filter(|unit| match unit {
        Unit::Decade(first) => (*first..first.saturating_add(10)).contains(&day.year()),
        Unit::Century(first) => (*first..first.saturating_add(100)).contains(&day.year()),
        _ => false,
    });
    Some(coarse.last().unwrap_or(Unit::Year(day.year())))
}

/// The earliest date that is written in a date, and whether it may have been earlier still.
fn first_of(date: &Date) -> Option<(Point, bool)> {
    let choice = |choice: &Choice| match choice {
        Choice::Point(point) | Choice::Between(point, _) | Choice::After(point) => (*point, false),
        Choice::Before(point) => (*point, true),
    };
    match date.shape() {
        Shape::One(one) => Some(choice(one)),
        Shape::OneOf(several) => several.iter().map(choice).min_by_key(|(point, _)| point.span()),
        Shape::Interval(from, to) => {
            from.point().map(|from| (from, false)).or_else(|| Some((to.point()?, true)))
        }
    }
}

/// The latest date that is written in a date, and whether it may have been later still.
fn last_of(date: &Date) -> Option<(Point, bool)> {
    let choice = |choice: &Choice| match choice {
        Choice::Point(point) | Choice::Between(_, point) | Choice::Before(point) => (*point, false),
        Choice::After(point) => (*point, true),
    };
    match date.shape() {
        Shape::One(one) => Some(choice(one)),
        Shape::OneOf(several) => {
            several.iter().map(choice).max_by_key(|(point, _)| (point.span().1, point.span().0))
        }
        Shape::Interval(from, to) => to.point().map(|to| (to, false)).or_else(|| Some((from.point()?, true))),
    }
}

/// The text with its first letter as a capital, where its script has such and it begins with a word.
pub fn capitalised(text: &str) -> String {
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let (marks, words) = text.split_at(start);
    let mut chars = words.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    marks.chars().chain(first).chain(chars).collect()
}
