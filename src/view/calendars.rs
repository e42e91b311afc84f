//! Dates in other calendars than the Gregorian -> words of the page's language.

use std::borrow::Cow;
use std::sync::OnceLock;

use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Calendar as _, Date as IcuDate, cal};
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_datetime::preferences::CalendarAlgorithm;
use icu_datetime::unchecked::DateTimeInputUnchecked;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterLoadError, DateTimeFormatterPreferences};
use icu_locale::Locale;
use writeable::TryWriteable;

use super::strings::Strings;
use crate::model::calendar::{Calendar, OriginalDate};

/// Formats dates in one language with CLDR's patterns for their calendar.
pub struct Calendars {
    locale: Locale,
    /// By the order of [`Calendar::ALL`]; each is made when a date asks for it.
    formats: [OnceLock<Option<Formats>>; Calendar::ALL.len()],
}

struct Formats {
    day: DateTimeFormatter<YMD>,
    month: DateTimeFormatter<YM>,
    year: DateTimeFormatter<Y>,
}

impl Calendars {
    pub fn new(locale: Locale) -> Calendars {
        Calendars { locale, formats: Default::default() }
    }

    /// The day, month or year as CLDR writes it: "24 Khordad 1402 AP".
    pub fn words(&self, date: &OriginalDate, strings: &Strings) -> String {
        let place = Calendar::ALL.iter().position(|(_, calendar)| *calendar == date.calendar());
        let cell = place.and_then(|place| self.formats.get(place));
        let formats = cell.and_then(|cell| cell.get_or_init(|| self.load(date.calendar()).ok()).as_ref());
        let Some(mut text) =
            formats.zip(fields(date)).and_then(|(formats, fields)| formats.text(date, fields))
        else {
            return date.to_string();
        };
        if date.approximate() {
            text = strings.fill("date.about", &[("date", &text)]);
        }
        if date.uncertain() {
            text = strings.fill("date.uncertain", &[("date", &text)]);
        }
        text
    }

    fn load(&self, calendar: Calendar) -> Result<Formats, DateTimeFormatterLoadError> {
        let mut preferences = DateTimeFormatterPreferences::from(&self.locale);
        // Said even where the locale would choose it, and over what its tag may choose.
        preferences.calendar_algorithm = match calendar.rules() {
            Some(rules) => rules.calendar_algorithm(),
            // The Julian calendar has the words and patterns of the Gregorian.
            None => Some(CalendarAlgorithm::Gregory),
        };
        Ok(Formats {
            day: DateTimeFormatter::try_new(preferences, YMD::long())?,
            month: DateTimeFormatter::try_new(preferences, YM::long())?,
            year: DateTimeFormatter::try_new(preferences, Y::long())?,
        })
    }
}

impl Formats {
    fn text(&self, date: &OriginalDate, fields: DateTimeInputUnchecked) -> Option<String> {
        let formatted = match (date.month(), date.day()) {
            (_, Some(_)) => self.day.format_unchecked(fields),
            (Some(_), None) => self.month.format_unchecked(fields),
            (None, None) => self.year.format_unchecked(fields),
        };
        formatted.try_write_to_string().ok().map(Cow::into_owned)
    }
}

/// The name of a calendar in the language of the page.
pub fn calendar_name(calendar: Calendar, strings: &Strings) -> String {
    strings.get(&format!("calendar.{}", calendar.name())).to_owned()
}

/// Year, month and day in the calendar of its formats.
fn fields(date: &OriginalDate) -> Option<DateTimeInputUnchecked> {
    match date.calendar().rules() {
        None => fields_in(cal::Julian, date),
        // A month that was seen may have a thirtieth day that the reckoned one has not. The Coptic months
        // have thirty, and the same numbers.
        Some(rules) if date.calendar() == Calendar::Islamic => {
            fields_in(rules, date).or_else(|| fields_in(cal::Coptic, date))
        }
        Some(rules) => fields_in(rules, date),
    }
}

fn fields_in(rules: impl AsCalendar, date: &OriginalDate) -> Option<DateTimeInputUnchecked> {
    let month = date.month().unwrap_or(Month::new(1));
    let date = IcuDate::try_new(date.year().into(), month, date.day().unwrap_or(1), rules).ok()?;
    let mut fields = DateTimeInputUnchecked::default();
    fields.set_date_fields_unchecked(date);
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;
    use crate::source::Sources;
    use crate::view::dates::{Dates, locale};

    fn strings() -> Strings {
        let mut theme = Sources::default();
        let english = include_bytes!("../../templates/strings/en.toml");
        theme.insert("templates/strings/en.toml", english.as_slice());
        Strings::read(&Config::default(), &theme, &Sources::default()).0
    }

    fn date(calendar: &str, text: &str) -> OriginalDate {
        OriginalDate::parse(Calendar::from_name(calendar).unwrap(), text).unwrap()
    }

    #[test]
    fn dates_are_written_in_their_own_calendar() {
        let strings = strings();
        for (language, calendar, text, words) in [
            ("en", "persian", "1402-03-24", "24 Khordad 1402 AP"),
            ("en", "persian", "1402-03", "Khordad 1402 AP"),
            ("en", "persian", "1402", "1402 AP"),
            ("en", "persian", "1402-03~", "about Khordad 1402 AP"),
            ("en", "persian", "1402-03%", "about Khordad 1402 AP?"),
            ("en", "hebrew", "5784-adar-i-10", "10 Adar I 5784"),
            ("en", "hebrew", "5784-adar-ii-14", "14 Adar II 5784"),
            ("en", "hebrew", "5785-adar-14", "14 Adar 5785"),
            ("en", "islamic", "1445-09-01", "1 Ramadan 1445 AH"),
            ("en", "islamic-tbla", "1445-09", "Ramadan 1445 AH"),
            ("en", "coptic", "1740-13-05", "5 Nasie 1740 AM"),
            ("en", "ethiopic", "2016-01-01", "1 Meskerem 2016 AM"),
            ("en", "indian", "1945-05-24", "24 Sravana 1945 Śaka"),
            ("en", "buddhist", "2566-06-14", "14 June 2566 BE"),
            ("en", "roc", "112-06", "June 112 Minguo"),
            ("en", "julian", "1917-10-25", "25 October 1917"),
            // There is no such day in the Gregorian calendar, nor by the tables in this month.
            ("en", "julian", "1900-02-29", "29 February 1900"),
            ("en", "islamic", "1444-09-30", "30 Ramadan 1444 AH"),
            ("en-US", "persian", "1402-03-24", "Khordad 24, 1402 AP"),
            ("de", "persian", "1402-03-24", "24. Chordād 1402 AP"),
            ("fa", "persian", "1402-03-24", "۲۴ خرداد ۱۴۰۲"),
            ("fa", "julian", "1917-10-25", "۲۵ اکتبر ۱۹۱۷"),
            ("th", "persian", "1402", "ปีเปอร์เซีย 1402"),
            // What the tag asks for is the calendar of other dates.
            ("en-u-ca-hebrew", "julian", "1917-10-25", "October 25, 1917"),
        ] {
            let calendars = Calendars::new(locale(language));
            assert_eq!(
                calendars.words(&date(calendar, text), &strings),
                words,
                "{language} {calendar} {text}"
            );
        }
    }

    /// CLDR's English names are among those that authors can write.
    #[test]
    fn months_can_be_written_as_they_are_shown() {
        let (strings, calendars) = (strings(), Calendars::new(locale("en")));
        let hebrew = [
            "tishri", "heshvan", "kislev", "tevet", "shevat", "adar-i", "adar-ii", "adar", "nisan", "iyar",
            "sivan", "tamuz", "av", "elul",
        ];
        let months: Vec<String> =
            (1..=13).map(|n| format!("{n:02}")).chain(hebrew.map(str::to_owned)).collect();
        for (name, calendar) in Calendar::ALL {
            let mut count = 0;
            // Some calendar has each of them, and of the Hebrew ones the first two have all months.
            for year in [5784, 5785, 1445, 2566] {
                let dates =
                    months.iter().filter_map(|m| OriginalDate::parse(calendar, &format!("{year}-{m}")).ok());
                for date in dates {
                    let words = calendars.words(&date, &strings);
                    let shown = words.split(&year.to_string()).next().unwrap_or_default();
                    let written = format!("{year}-{}", shown.trim());
                    assert_eq!(OriginalDate::parse(calendar, &written), Ok(date), "{name} {words}");
                    count += 1;
                }
            }
            assert!(count >= 12, "{name} has {count} months");
        }
    }

    #[test]
    fn formats_are_made_when_they_are_asked_for() {
        let (strings, calendars) = (strings(), Calendars::new(locale("en")));
        let made = || calendars.formats.iter().filter(|cell| cell.get().is_some()).count();
        assert_eq!(made(), 0);
        calendars.words(&date("hebrew", "5784"), &strings);
        calendars.words(&date("hebrew", "5785"), &strings);
        assert_eq!(made(), 1);
    }

    #[test]
    fn a_date_in_another_calendar_says_in_which() {
        let strings = strings();
        let text = |language, date| Dates::new(language).original(&date, &strings);
        assert_eq!(text("en", date("julian", "1917-10-25")), "25 October 1917 (Julian calendar)");
        assert_eq!(
            text("ar", date("persian", "1402-03-24")),
            "\u{2068}24 خرداد 1402 ه‍.ش\u{2069} (Persian calendar)"
        );
        for (name, calendar) in Calendar::ALL {
            assert_ne!(calendar_name(calendar, &strings), format!("calendar.{name}"));
        }
    }
}
