//! Dates in another calendar, as a source gives them -> the days of the proleptic Gregorian calendar
//! that they can mean, the same as EDTF, and whether a date written beside them agrees.

mod months;
mod read;

use std::fmt;
use std::ops::RangeInclusive;

use icu_calendar::error::DateNewError;
use icu_calendar::types::{Month, RataDie};
use icu_calendar::{AnyCalendar, AnyCalendarKind, AsCalendar, Date as IcuDate, Iso, cal};

use super::date::{Date, DateError, Day, Precision, Span};
use crate::source::Spanned;

pub use months::is_month_name;

/// A calendar that sources are dated by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    Julian,
    /// The Solar Hijri calendar of Iran and Afghanistan.
    Persian,
    Hebrew,
    /// Each month starts when its crescent is seen, which differs by place: a day is known to about
    /// one day either side.
    Islamic,
    /// By rule, from Friday, 16 July 622 (Julian).
    IslamicCivil,
    /// By rule, from the day before that: the "astronomical" epoch.
    IslamicTbla,
    /// By the tables of Saudi Arabia.
    IslamicUmalqura,
    Coptic,
    Ethiopic,
    /// The Indian national calendar, with Saka years.
    Indian,
    /// The solar calendar of Thailand.
    Buddhist,
    /// Minguo years, of Taiwan and earlier of China.
    Roc,
}

/// A day, month or year of another calendar, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OriginalDate {
    calendar: Calendar,
    year: i32,
    month: Option<Month>,
    day: Option<u8>,
    approximate: bool,
    uncertain: bool,
    span: (Day, Day),
    widened: (Day, Day),
    edtf: Date,
}

/// A date as a source gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsGiven {
    pub date: Spanned<OriginalDate>,
    /// The words of the source, and their language (BCP 47).
    pub text: Option<String>,
    pub lang: Option<String>,
}

/// How a written Gregorian date compares with what the source gives in its own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same days, and as far as doubt may move them.
    Same,
    /// All the days that the source allows, and more.
    Wider,
    /// It leaves out days that the source allows.
    Narrower,
    /// No day is common to both.
    Apart,
}

impl Calendar {
    /// By their names in BCP 47 (Unicode UTS 35, key `ca`), which has none for the Julian calendar.
    pub const ALL: [(&'static str, Calendar); 12] = [
        ("julian", Calendar::Julian),
        ("persian", Calendar::Persian),
        ("hebrew", Calendar::Hebrew),
        ("islamic", Calendar::Islamic),
        ("islamic-civil", Calendar::IslamicCivil),
        ("islamic-tbla", Calendar::IslamicTbla),
        ("islamic-umalqura", Calendar::IslamicUmalqura),
        ("coptic", Calendar::Coptic),
        ("ethiopic", Calendar::Ethiopic),
        ("indian", Calendar::Indian),
        ("buddhist", Calendar::Buddhist),
        ("roc", Calendar::Roc),
    ];

    /// The name as in [`Calendar::ALL`].
    pub fn name(self) -> &'static str {
        Calendar::ALL.iter().find(|(_, calendar)| *calendar == self).map_or("", |(name, _)| name)
    }

    /// The calendar of that name, or `None`.
    pub fn from_name(name: &str) -> Option<Calendar> {
        Calendar::ALL.iter().find(|(known, _)| *known == name).map(|(_, calendar)| *calendar)
    }

    /// The rules it is reckoned by; `None` for the Julian calendar, which is not one of ICU's.
    pub fn rules(self) -> Option<AnyCalendar> {
        let kind = match self {
            Calendar::Julian => return None,
            Calendar::Persian => AnyCalendarKind::Persian,
            Calendar::Hebrew => AnyCalendarKind::Hebrew,
            // What is seen comes closest to the tables that foretell it.
            Calendar::Islamic | Calendar::IslamicUmalqura => AnyCalendarKind::HijriUmmAlQura,
            Calendar::IslamicCivil => AnyCalendarKind::HijriTabularTypeIIFriday,
            Calendar::IslamicTbla => AnyCalendarKind::HijriTabularTypeIIThursday,
            Calendar::Coptic => AnyCalendarKind::Coptic,
            Calendar::Ethiopic => AnyCalendarKind::Ethiopian,
            Calendar::Indian => AnyCalendarKind::Indian,
            Calendar::Buddhist => AnyCalendarKind::Buddhist,
            Calendar::Roc => AnyCalendarKind::Roc,
        };
        Some(AnyCalendar::new(kind))
    }

    /// The years that can be turned into Gregorian ones. They start where the rules do; the end only
    /// keeps the Gregorian year to four digits.
    fn years(self) -> RangeInclusive<i32> {
        match self {
            // ICU's table has years since 1300, but they were reckoned afterwards: until 1419 the calendar
            // as it was printed is a day off in about half of the months.
            Calendar::IslamicUmalqura => 1420..=1600,
            // The calendar of 22 March 1957. Saka years before it are those of lunar calendars.
            Calendar::Indian => 1879..=8000,
            // Until 1940 the Thai year began in April: January 2480 came after December 2480.
            Calendar::Buddhist => 2484..=8000,
            _ => 1..=8000,
        }
    }

    /// Its days begin at the sunset before.
    fn starts_at_sunset(self) -> bool {
        matches!(
            self,
            Calendar::Hebrew
                | Calendar::Islamic
                | Calendar::IslamicCivil
                | Calendar::IslamicTbla
                | Calendar::IslamicUmalqura
        )
    }
}

impl OriginalDate {
    /// Reads a year, month or day in the calendar's own numbering, `1402`, `1402-03`, `1402-03-24`,
    /// with `~`, `?` or `%` after it as in EDTF. Digits may be Latin, Arabic, Persian, Devanagari,
    /// Bengali or Thai, and a month its English name; Hebrew months must be named, since they are
    /// counted from Tishri by some and from Nisan by others. Refused, each with its own message: what
    /// is no such date, and days, months and years that the calendar does not have.
    pub fn parse(calendar: Calendar, text: &str) -> Result<OriginalDate, DateError> {
        read::read(calendar, text)
    }

    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    pub fn year(&self) -> i32 {
        self.year
    }

    /// By its number in Temporal's month codes: in a Hebrew leap year, Adar I is the leap month after
    /// the fifth.
    pub fn month(&self) -> Option<Month> {
        self.month
    }

    pub fn day(&self) -> Option<u8> {
        self.day
    }

    /// `true` if it is marked `~` or `%`.
    pub fn approximate(&self) -> bool {
        self.approximate
    }

    /// `true` if it is marked `?` or `%`.
    pub fn uncertain(&self) -> bool {
        self.uncertain
    }

    /// The first and the last day it can mean, which `~` and `?` do not change. Where days begin at
    /// sunset, the day is the one that has the daylight, as it is usually converted.
    pub fn span(&self) -> (Day, Day) {
        self.span
    }

    /// The span; where it is in doubt, with the day, month or year before and after it.
    pub fn widened(&self) -> (Day, Day) {
        self.widened
    }

    /// The same in EDTF (ISO 8601-2): a day, or a Gregorian month or year where it is just that, with
    /// `~`, `?` or `%`; anything else is `[first..last]`, whose text takes no such mark: only the date itself
    /// knows of its doubt.
    pub fn to_edtf(&self) -> Date {
        self.edtf.clone()
    }

    /// Whether the Gregorian `date` leaves open all the days that this does, each as far as its doubt may
    /// move it. Where days begin at sunset, `date` may also be the evening before: to a single day it is
    /// the same, and to a month or year never apart.
    pub fn check(&self, date: &Date) -> Agreement {
        let (first, last) = self.widened;
        let earlier = -i64::from(self.calendar.starts_at_sunset());
        let evening = (first.add_days(earlier), last.add_days(earlier));
        let days = date.widened();
        let one_day = self.span.0 == self.span.1;
        if days.last.is_some_and(|day| day < evening.0) || days.first.is_some_and(|day| day > last) {
            Agreement::Apart
        } else if days == closed(self.widened) || one_day && days == closed(evening) {
            Agreement::Same
        } else if days.first.is_none_or(|day| day <= first) && days.last.is_none_or(|day| day >= last) {
            Agreement::Wider
        } else {
            Agreement::Narrower
        }
    }

    /// The date of these parts, or what ICU finds wrong with them.
    fn new(calendar: Calendar, parts: Parts) -> Result<OriginalDate, DateNewError> {
        let Parts { year, month, day, approximate, uncertain } = parts;
        let stretch = match calendar.rules() {
            None => Stretch::of(cal::Julian, year, month, day),
            Some(rules) if calendar == Calendar::Islamic => Stretch::observed(rules, year, month, day),
            Some(rules) => Stretch::of(rules, year, month, day),
        }?;
        let days = |first, last| gregorian(first).zip(gregorian(last)).ok_or(DateNewError::InvalidYear);
        let span = days(stretch.first, stretch.last)?;
        let in_doubt = approximate || uncertain;
        let widened = if in_doubt { days(stretch.before, stretch.after)? } else { span };
        let doubt = match (month, day) {
            _ if !in_doubt => None,
            (_, Some(_)) => Some(Precision::Day),
            (Some(_), None) => Some(Precision::Month),
            (None, None) => Some(Precision::Year),
        };
        let edtf = edtf(span, widened, doubt, (approximate, uncertain)).ok_or(DateNewError::InvalidYear)?;
        Ok(OriginalDate { calendar, year, month, day, approximate, uncertain, span, widened, edtf })
    }
}

/// As [`OriginalDate::parse`] takes it: `1402-03-24~`, `5784-adar-i-10`.
impl fmt::Display for OriginalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match self.month {
            Some(month) if self.calendar == Calendar::Hebrew => {
                let name = months::name(self.calendar, month, read::is_hebrew_leap_year(self.year));
                write!(f, "-{}", name.to_lowercase().replace(' ', "-"))?;
            }
            Some(month) => write!(f, "-{:02}", month.number())?,
            None => {}
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        f.write_str(mark(self.approximate, self.uncertain))
    }
}

/// What is written.
struct Parts {
    year: i32,
    month: Option<Month>,
    day: Option<u8>,
    approximate: bool,
    uncertain: bool,
}

/// The first and last day of a day, month or year, the first of the one before, the last of the one
/// after.
struct Stretch {
    before: RataDie,
    first: RataDie,
    last: RataDie,
    after: RataDie,
}

impl Stretch {
    fn of<A>(rules: A, year: i32, month: Option<Month>, day: Option<u8>) -> Result<Stretch, DateNewError>
    where
        A: AsCalendar + Clone,
    {
        let start =
            IcuDate::try_new(year.into(), month.unwrap_or(Month::new(1)), day.unwrap_or(1), rules.clone())?;
        let length = |date: &IcuDate<A>| match (month, day) {
            (_, Some(_)) => 1,
            (Some(_), None) => i64::from(date.days_in_month()),
            (None, None) => i64::from(date.days_in_year()),
        };
        let around = |day| length(&IcuDate::from_rata_die(day, rules.clone()));
        let first = start.to_rata_die();
        let next = first + length(&start);
        Ok(Stretch {
            before: first - around(first - 1),
            first,
            last: next - 1,
            after: next + around(next) - 1,
        })
    }

    /// A month that is seen rather than reckoned may start a day sooner or later than by the rules. So it
    /// can have thirty days where they give it twenty-nine; but since the next month is late by a day at
    /// most, the thirtieth is no later than the first of that month by the rules.
    fn observed(
        rules: AnyCalendar,
        year: i32,
        month: Option<Month>,
        day: Option<u8>,
    ) -> Result<Stretch, DateNewError> {
        let mut whole = Stretch::of(rules, year, month, None)?;
        whole.before -= 1;
        whole.first -= 1;
        whole.last += 1;
        whole.after += 1;
        let Some(day) = day else { return Ok(whole) };
        if !(1..=30).contains(&day) {
            return Err(DateNewError::InvalidDay { max: 30 });
        }
        let middle = whole.first + i64::from(day);
        Ok(Stretch {
            before: middle - 2,
            first: middle - 1,
            last: (middle + 1).min(whole.last),
            after: middle + 2,
        })
    }
}

fn gregorian(day: RataDie) -> Option<Day> {
    let date = IcuDate::from_rata_die(day, Iso);
    Day::new(date.era_year().extended_year, date.month().ordinal, date.day_of_month().0)
}

fn closed((first, last): (Day, Day)) -> Span {
    Span { first: Some(first), last: Some(last) }
}

fn mark(approximate: bool, uncertain: bool) -> &'static str {
    match (approximate, uncertain) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    }
}

fn edtf(
    span: (Day, Day),
    widened: (Day, Day),
    doubt: Option<Precision>,
    marks: (bool, bool),
) -> Option<Date> {
    let start = span.0.iso();
    let mark = mark(marks.0, marks.1);
    let unit = ["", "-01", "-01-01"].into_iter().find_map(|left_out| {
        let date = Date::parse(&format!("{}{mark}", start.strip_suffix(left_out)?)).ok()?;
        (date.span() == closed(span) && date.widened() == closed(widened)).then_some(date)
    });
    unit.or_else(|| match doubt {
        Some(doubt) => Some(Date::between_in_doubt(span, doubt, marks)),
        None => Date::parse(&format!("[{}..{}]", span.0.iso(), span.1.iso())).ok(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn original(calendar: &str, text: &str) -> OriginalDate {
        let calendar = Calendar::from_name(calendar).unwrap();
        OriginalDate::parse(calendar, text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn error(calendar: &str, text: &str) -> DateError {
        OriginalDate::parse(Calendar::from_name(calendar).unwrap(), text).unwrap_err()
    }

    fn days((first, last): (Day, Day)) -> String {
        if first == last { first.iso() } else { format!("{} {}", first.iso(), last.iso()) }
    }

    #[test]
    fn days_are_those_that_are_published() {
        for (calendar, text, day) in [
            ("persian", "1402-01-01", "2023-03-21"),
            ("persian", "1402-03-24", "2023-06-14"),
            // The Islamic Revolution, the seizure of the embassy, the killing of Soleimani.
            ("persian", "1357-11-22", "1979-02-11"),
            ("persian", "1358-08-13", "1979-11-04"),
            ("persian", "1398-10-13", "2020-01-03"),
            // Around the leap years 1399 and 1403.
            ("persian", "1399-12-30", "2021-03-20"),
            ("persian", "1400-01-01", "2021-03-21"),
            ("persian", "1402-12-29", "2024-03-19"),
            ("persian", "1403-01-01", "2024-03-20"),
            ("persian", "1403-12-30", "2025-03-20"),
            ("persian", "1404-01-01", "2025-03-21"),
            ("hebrew", "5708-iyar-5", "1948-05-14"),
            ("hebrew", "5784-tishri-1", "2023-09-16"),
            ("hebrew", "5784-tishri-22", "2023-10-07"),
            ("hebrew", "5784-adar-i-10", "2024-02-19"),
            ("hebrew", "5784-adar-ii-14", "2024-03-24"),
            ("hebrew", "5784-nisan-15", "2024-04-23"),
            ("hebrew", "5785-adar-14", "2025-03-14"),
            ("islamic-umalqura", "1445-01-01", "2023-07-19"),
            ("islamic-umalqura", "1445-09-01", "2024-03-11"),
            ("islamic-umalqura", "1445-10-01", "2024-04-10"),
            ("islamic-civil", "0001-01-01", "0622-07-19"),
            ("islamic-tbla", "0001-01-01", "0622-07-18"),
            ("julian", "1582-10-05", "1582-10-15"),
            ("julian", "1900-02-29", "1900-03-13"),
            ("julian", "1917-10-25", "1917-11-07"),
            ("coptic", "1740-01-01", "2023-09-12"),
            ("ethiopic", "2000-01-01", "2007-09-12"),
            ("ethiopic", "2015-13-06", "2023-09-11"),
            ("ethiopic", "2016-01-01", "2023-09-12"),
            ("indian", "1879-01-01", "1957-03-22"),
            ("indian", "1945-05-24", "2023-08-15"),
            ("buddhist", "2566-06-14", "2023-06-14"),
            ("roc", "38-10-01", "1949-10-01"),
            ("roc", "112-06-14", "2023-06-14"),
        ] {
            let date = original(calendar, text);
            assert_eq!(days(date.span()), day, "{calendar} {text}");
            assert_eq!(date.to_edtf().text(), day, "{calendar} {text}");
        }
    }

    #[test]
    fn months_and_years_are_the_days_they_have() {
        for (calendar, text, span, edtf) in [
            ("persian", "1402", "2023-03-21 2024-03-19", "[2023-03-21..2024-03-19]"),
            ("persian", "1403", "2024-03-20 2025-03-20", "[2024-03-20..2025-03-20]"),
            ("persian", "1402-03", "2023-05-22 2023-06-21", "[2023-05-22..2023-06-21]"),
            ("hebrew", "5784", "2023-09-16 2024-10-02", "[2023-09-16..2024-10-02]"),
            ("hebrew", "5784-adar-i", "2024-02-10 2024-03-10", "[2024-02-10..2024-03-10]"),
            ("islamic-umalqura", "1445-09", "2024-03-11 2024-04-09", "[2024-03-11..2024-04-09]"),
            // Its months are the Gregorian ones.
            ("buddhist", "2566-06", "2023-06-01 2023-06-30", "2023-06"),
            ("roc", "112", "2023-01-01 2023-12-31", "2023"),
        ] {
            let date = original(calendar, text);
            assert_eq!(
                (days(date.span()).as_str(), date.to_edtf().text()),
                (span, edtf),
                "{calendar} {text}"
            );
        }
    }

    #[test]
    fn a_month_that_is_seen_is_known_to_a_day() {
        for (text, span) in [
            ("1445-09-01", "2024-03-10 2024-03-12"),
            ("1445-09", "2024-03-10 2024-04-10"),
            // Ramadan 1444 had 29 days by the tables. With thirty it ended on the first of Shawwal at the
            // latest.
            ("1444-09-29", "2023-04-19 2023-04-21"),
            ("1444-09-30", "2023-04-20 2023-04-21"),
            ("1444-09", "2023-03-22 2023-04-21"),
        ] {
            assert_eq!(days(original("islamic", text).span()), span, "{text}");
        }
        assert_eq!(error("islamic-umalqura", "1444-09-30").message, "Ramadan 1444 has 29 days");
        assert_eq!(error("islamic", "1444-09-31").message, "Ramadan 1444 has 30 days");
    }

    #[test]
    fn doubt_is_kept_where_edtf_has_a_place_for_it() {
        for (calendar, text, edtf) in [
            ("persian", "1402-03-24~", "2023-06-14~"),
            ("persian", "1402-03-24?", "2023-06-14?"),
            ("persian", "1402-03-24%", "2023-06-14%"),
            ("roc", "112-06~", "2023-06~"),
            ("roc", "112?", "2023?"),
            // The ends of a set take no mark in the text; the date knows of its doubt all the same.
            ("persian", "1402~", "[2023-03-21..2024-03-19]"),
            ("persian", "1402-03?", "[2023-05-22..2023-06-21]"),
            ("islamic", "1445-09-01~", "[2024-03-10..2024-03-12]"),
            ("hebrew", "5784-adar-i~", "[2024-02-10..2024-03-10]"),
        ] {
            let date = original(calendar, text);
            assert_eq!(date.to_edtf().text(), edtf, "{calendar} {text}");
            assert_eq!(date.to_edtf().approximate(), date.approximate(), "{calendar} {text}");
            assert_eq!(date.to_edtf().uncertain(), date.uncertain(), "{calendar} {text}");
            assert_eq!(date.approximate(), text.ends_with(['~', '%']), "{text}");
            assert_eq!(date.uncertain(), text.ends_with(['?', '%']), "{text}");
        }
    }

    #[test]
    fn digits_and_names_of_months_are_read() {
        for (calendar, text, same) in [
            ("persian", "۱۴۰۲-۰۳-۲۴", "1402-03-24"),
            ("persian", "1402-3-۲۴~", "1402-03-24~"),
            ("persian", "1402-khordad-24", "1402-03-24"),
            ("islamic", "١٤٤٥-٠٩", "1445-09"),
            ("islamic", "1445-Rabiʻ II-1", "1445-04-01"),
            ("islamic", "1445-rabi-al-awwal-1", "1445-03-01"),
            ("islamic", "1445-Dhū al-Ḥijjah", "1445-12"),
            ("buddhist", "๒๕๖๖-๐๖", "2566-06"),
            ("julian", "1917-october-25", "1917-10-25"),
            ("hebrew", "5784-Adar Sheni-2", "5784-adar-ii-02"),
            ("hebrew", "5784-Ḥeshvan", "5784-heshvan"),
            ("roc", "38", "0038"),
        ] {
            assert_eq!(original(calendar, text).to_string(), same, "{calendar} {text}");
        }
    }

    #[test]
    fn what_cannot_be_is_said_with_what_to_write() {
        for (calendar, text, at, message, help) in [
            ("persian", "1402-03-32", "32", "Khordad 1402 has 31 days", "write `1402-03` if the day is not"),
            ("persian", "1402-12-30", "30", "Esfand 1402 has 29 days", "write `1402-12` if the day is not"),
            ("persian", "1402-07-3000", "3000", "Mehr 1402 has 30 days", "write `1402-07` if the day is not"),
            ("persian", "1402-13-01", "13", "there is no month 13 in the calendar `persian`", "`01` to `12`"),
            ("persian", "1402-khordat-01", "khordat", "`khordat` is no month of", "mean `Khordad`?"),
            ("persian", "1402-abcdef", "abcdef", "`abcdef` is no month", "the months are Farvardin, Ord"),
            ("persian", "1402-XX", "XX", "a month or day that is not known is left out", "write `1402`"),
            ("persian", "1402-03-00", "00", "a month or day that is not known", "write `1402-03`"),
            ("persian", "57", "57", "a year is written in full", "or `0057` if it is the year 57 itself"),
            ("persian", "14020", "14020", "a year has four digits at most", "a year as `1402`"),
            ("persian", "9000", "9000", "the years 1 to 8000 can be converted", "leave `date_original` out"),
            ("buddhist", "2480", "2480", "the years 2484 to 8000 can", "leave `date_original` out"),
            ("indian", "1878-01", "1878", "the years 1879 to 8000 can", "leave `date_original` out"),
            ("islamic-umalqura", "1419", "1419", "the years 1420 to 1600 can", "write `islamic` as the"),
            ("hebrew", "5784-07-10", "07", "Hebrew months are written by name", "Tishri, Heshvan, Kislev"),
            ("hebrew", "5784-adar-10", "adar", "5784 has two months of Adar", "or `5784-adar-ii-10`"),
            ("hebrew", "5785-adar-i-10", "adar-i", "5785 has one month of Adar", "write `5785-adar-10`"),
            ("hebrew", "5785-adar-ii", "adar-ii", "5785 has one month of Adar", "write `5785-adar`"),
            ("hebrew", "5784-adar-ii-30", "30", "Adar II 5784 has 29 days", "write `5784-adar-ii` if"),
            ("persian", "", "", "there is no date here", "write a day as `1402-03-24`"),
            ("persian", "soon", "soon", "this is not a date that can be read", "a month as `1402-03`"),
            ("persian", "1402-24-khordad", "1402-24-khordad", "this is not a date", "a year as `1402`"),
            ("persian", "1402~-03", "1402~-03", "this is not a date that can be read", "a year as `1402`"),
            // The same in another order, or with other signs between.
            ("persian", "۱۴۰۲/۳/۲۴", "۱۴۰۲/۳/۲۴", "dates are written year-month-day", "write `۱۴۰۲-۳-۲۴`"),
            ("persian", "24.03.1402?", "24.03.1402?", "dates are written year-", "write `1402-03-24?`"),
            ("persian", "24 Khordad 1402", "24 Khordad 1402", "dates are", "write `1402-Khordad-24`"),
            ("hebrew", "10 Adar I 5784", "10 Adar I 5784", "dates are", "write `5784-Adar-I-10`"),
            ("hebrew", "Tishri 22, 5784", "Tishri 22, 5784", "dates are", "write `5784-Tishri-22`"),
            ("persian", " 1402 ", " 1402 ", "dates are written year-month-day", "write `1402`"),
        ] {
            let error = error(calendar, text);
            assert_eq!(&text[error.range.clone()], at, "{calendar} {text}");
            assert!(error.message.contains(message), "{calendar} {text}: {error}");
            assert!(
                error.help.as_ref().is_some_and(|text| text.contains(help)),
                "{calendar} {text}: {error}"
            );
        }
    }

    #[test]
    fn a_written_date_is_held_against_the_original() {
        use Agreement::{Apart, Narrower, Same, Wider};
        for (calendar, text, date, agreement) in [
            ("persian", "1402-03-24", "2023-06-14", Same),
            ("persian", "1402-03-24", "2023-06", Wider),
            ("persian", "1402-03-24", "[2023-06-13..2023-06-14]", Wider),
            ("persian", "1402-03-24", "2023-06-14/..", Wider),
            ("persian", "1402-03-24", "[..2023-06-14]", Wider),
            ("persian", "1402-03-24", "[..2023-06-13]", Apart),
            ("persian", "1402-03-24", "[2023-06-15..]", Apart),
            ("persian", "1402-03-24", "2023-06-13", Apart),
            ("persian", "1402-03-24", "2023-06-15", Apart),
            ("persian", "1402-03", "[2023-05-22..2023-06-21]", Same),
            ("persian", "1402-03", "2023-05-22/2023-06-21", Same),
            ("persian", "1402-03", "[2023-05-22,2023-06-21]", Same),
            ("persian", "1402-03", "[2023-05..2023-06]", Wider),
            ("persian", "1402-03", "2023-06", Narrower),
            ("persian", "1402-03", "2023-06-21", Narrower),
            ("persian", "1402-03", "2023-06-22", Apart),
            ("persian", "1402", "2023", Narrower),
            ("persian", "1402", "[2023..2024]", Wider),
            // To leave out a mark of the source is to know more.
            ("persian", "1402-03-24~", "2023-06-14~", Same),
            ("persian", "1402-03-24~", "2023-06-14%", Same),
            ("persian", "1402-03-24%", "2023-06-14~", Same),
            ("persian", "1402-03-24~", "2023-06-14", Narrower),
            ("persian", "1402-03-24~", "2023-06-15", Narrower),
            ("persian", "1402-03-24~", "2023-06-16", Apart),
            ("persian", "1402-03-24~", "[2023-06-13..2023-06-15]", Same),
            ("persian", "1402-03-24", "2023-06-14~", Wider),
            ("persian", "1402-03-24", "2023-06-15~", Wider),
            ("persian", "1402-03-24", "2023-06-16~", Apart),
            ("persian", "1402~", "2023", Narrower),
            ("persian", "1402~", "2023~", Narrower),
            ("persian", "1402~", "[2022..2025]", Wider),
            // The evening before belongs to the day.
            ("hebrew", "5784-tishri-22", "2023-10-07", Same),
            ("hebrew", "5784-tishri-22", "2023-10-06", Same),
            ("hebrew", "5784-tishri-22", "[2023-10-06..2023-10-07]", Wider),
            ("hebrew", "5784-tishri-22", "2023-10-05", Apart),
            ("hebrew", "5784-tishri-22~", "2023-10-06~", Same),
            ("hebrew", "5784-tishri-22", "2023-10-08", Apart),
            ("hebrew", "5784-tishri", "2023-09-15", Narrower),
            ("hebrew", "5784-tishri", "2023-09-14", Apart),
            ("islamic-civil", "1445-01-01", "2023-07-18", Same),
            ("islamic", "1445-01-01", "[2023-07-18..2023-07-20]", Same),
            ("islamic", "1445-01-01", "2023-07-19", Narrower),
            ("islamic", "1445-01-01", "[2023-07-17..2023-07-19]", Narrower),
            ("islamic", "1445-01-01", "2023-07-17", Narrower),
            ("islamic", "1445-01-01", "2023-07-16", Apart),
            ("islamic", "1445-01-01", "2023-07-21", Apart),
        ] {
            let original = original(calendar, text);
            assert_eq!(original.check(&Date::parse(date).unwrap()), agreement, "{calendar} {text}, {date}");
        }
    }

    /// Texts of dates, most of which are there, with a mark or without.
    fn dates() -> impl Strategy<Value = (Calendar, String)> {
        let calendar = prop::sample::select(Calendar::ALL.map(|(_, calendar)| calendar).to_vec());
        let year = prop_oneof![1..8100, 1300..1610, 5700..5800];
        (calendar, year, 0..15_usize, 0..32_u8, "[~?%]?").prop_map(|(calendar, year, month, day, mark)| {
            let names = months::names(calendar);
            let month = match names.get(month.wrapping_sub(1)) {
                None if month == 0 => String::new(),
                None => ["-adar-i", "-adar-ii"][month % 2].to_owned(),
                Some(names) if calendar == Calendar::Hebrew => format!("-{}", names[0]),
                Some(_) => format!("-{month:02}"),
            };
            let day = if day == 0 || month.is_empty() { String::new() } else { format!("-{day:02}") };
            (calendar, format!("{year:04}{month}{day}{mark}"))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn no_text_panics_and_faults_stand_on_characters(
            text in prop_oneof!["[0-9۰-۹a-iA-I~?%X/. -]{0,16}", "\\PC{0,24}", "[0-9]{1,4}(-\\PC{1,3}){0,4}"],
            calendar in prop::sample::select(Calendar::ALL.map(|(_, calendar)| calendar).to_vec()),
        ) {
            if let Err(error) = OriginalDate::parse(calendar, &text) {
                prop_assert!(text.get(error.range).is_some());
            }
        }

        #[test]
        fn a_date_is_some_days_and_its_edtf_the_same((calendar, text) in dates()) {
            let Ok(date) = OriginalDate::parse(calendar, &text) else { return Ok(()) };
            let ((first, last), widened) = (date.span(), date.widened());
            prop_assert!(widened.0 <= first && first <= last && last <= widened.1);
            let in_doubt = date.approximate() || date.uncertain();
            prop_assert_eq!(in_doubt, widened != (first, last));
            let edtf = date.to_edtf();
            prop_assert_eq!(edtf.span(), closed((first, last)));
            prop_assert_eq!(edtf.in_doubt(), in_doubt);
            // What is in doubt by a month of its calendar is in doubt by one of ours.
            if !in_doubt || !edtf.text().starts_with('[') {
                prop_assert_eq!(&Date::parse(edtf.text()).unwrap(), &edtf);
                prop_assert_eq!(edtf.widened(), closed(widened));
                prop_assert_eq!(date.check(&edtf), Agreement::Same);
            }
            prop_assert_eq!(OriginalDate::parse(calendar, &date.to_string()), Ok(date));
        }

        #[test]
        fn a_finer_date_lies_within_the_coarser((calendar, text) in dates()) {
            let Ok(date) = OriginalDate::parse(calendar, &text) else { return Ok(()) };
            let mark = mark(date.approximate, date.uncertain);
            for (at, _) in text.match_indices('-') {
                let Ok(coarser) = OriginalDate::parse(calendar, &format!("{}{mark}", &text[..at])) else {
                    continue;
                };
                prop_assert!(coarser.span().0 <= date.span().0 && date.span().1 <= coarser.span().1);
                prop_assert!(coarser.widened().0 <= date.widened().0);
                prop_assert!(date.widened().1 <= coarser.widened().1);
            }
        }

        #[test]
        fn the_days_of_a_month_follow_one_another((calendar, text) in dates()) {
            let Ok(date) = OriginalDate::parse(calendar, text.trim_end_matches(['~', '?', '%'])) else {
                return Ok(());
            };
            let (Some(day), true) = (date.day, calendar != Calendar::Islamic) else { return Ok(()) };
            let text = date.to_string();
            let month = OriginalDate::parse(calendar, &text[..text.len() - 3]).unwrap();
            prop_assert_eq!(date.span().0, month.span().0.add_days(i64::from(day) - 1));
            let next = OriginalDate::parse(calendar, &format!("{month}-{:02}", day + 1));
            prop_assert_eq!(next.is_err(), date.span().1 == month.span().1);
        }
    }
}
