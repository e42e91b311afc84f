//! Text -> a date of another calendar, or which part of it is wrong, in plain words, and what to write
//! instead.

use std::ops::Range;

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::Hebrew;
use icu_calendar::error::DateNewError;
use icu_calendar::types::Month;

use super::{Calendar, DateError, OriginalDate, Parts, months};

pub(super) fn read(calendar: Calendar, text: &str) -> Result<OriginalDate, DateError> {
    strict(calendar, text).map_err(|error| {
        let better = rewritten(text).into_iter().find(|better| strict(calendar, better).is_ok());
        better.map_or(error, |better| DateError {
            range: 0..text.len(),
            message: "dates are written year-month-day, with hyphens between them".into(),
            help: Some(format!("write `{better}`")),
        })
    })
}

pub(super) fn is_hebrew_leap_year(year: i32) -> bool {
    IcuDate::try_new(year.into(), Month::leap(5), 1, Hebrew).is_ok()
}

fn strict(calendar: Calendar, text: &str) -> Result<OriginalDate, DateError> {
    if text.trim().is_empty() {
        return fault(0..text.len(), "there is no date here", Some(examples(calendar)));
    }
    let body = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let mark = &text[body.len()..];
    let (year_at, month_at, day_at) = places(body);
    let year = year(calendar, text, year_at)?;
    let month = month_at.clone().map(|place| month(calendar, text, place, year)).transpose()?;
    let day = day_at.clone().map(|place| day(text, place)).transpose()?;
    let approximate = matches!(mark, "~" | "%");
    let uncertain = matches!(mark, "?" | "%");
    let parts = Parts { year, month, day, approximate, uncertain };
    OriginalDate::new(calendar, parts).map_err(|error| match (error, month.zip(month_at), day_at) {
        (DateNewError::InvalidDay { max }, Some((month, month_at)), Some(day_at)) => {
            let name = months::name(calendar, month, is_hebrew_leap_year(year));
            let help = format!("write `{}` if the day is not known", &text[..month_at.end]);
            error_at(day_at, format!("{name} {year} has {max} days"), Some(help))
        }
        (DateNewError::MonthNotInYear, Some((_, month_at)), _) => one_adar(text, year, month_at),
        _ => unreadable(calendar, text),
    })
}

/// Where the year, the month and the day stand. A month may have hyphens in its name.
fn places(body: &str) -> (Range<usize>, Option<Range<usize>>, Option<Range<usize>>) {
    let Some((year, rest)) = body.split_once('-') else { return (0..body.len(), None, None) };
    let start = year.len() + 1;
    let day = rest.rsplit_once('-').filter(|(_, day)| number(day).is_some() || is_unknown(day));
    match day {
        Some((month, _)) => {
            let end = start + month.len();
            (0..year.len(), Some(start..end), Some(end + 1..body.len()))
        }
        None => (0..year.len(), Some(start..body.len()), None),
    }
}

fn year(calendar: Calendar, text: &str, place: Range<usize>) -> Result<i32, DateError> {
    let written = &text[place.clone()];
    let Some(year) = number(written) else { return Err(unreadable(calendar, text)) };
    let digits = written.chars().count();
    if digits > 4 {
        return fault(place, "a year has four digits at most", Some(examples(calendar)));
    }
    // Elsewhere two digits are mostly a year without its century.
    if digits < 3 && calendar != Calendar::Roc {
        let help = format!("write the century too, or `{year:04}` if it is the year {year} itself");
        return fault(place, "a year is written in full", Some(help));
    }
    let years = calendar.years();
    if !years.contains(&year) {
        let (name, first, last) = (calendar.name(), years.start(), years.end());
        let message = format!("in the calendar `{name}`, the years {first} to {last} can be converted");
        let help = match calendar {
            Calendar::IslamicUmalqura => "for other years, write `islamic` as the calendar",
            _ => "leave `date_original` out, and give the Gregorian date alone",
        };
        return fault(place, &message, Some(help.into()));
    }
    Ok(year)
}

fn month(calendar: Calendar, text: &str, place: Range<usize>, year: i32) -> Result<Month, DateError> {
    let written = &text[place.clone()];
    let months = months::names(calendar);
    if is_unknown(written) {
        return Err(not_known(text, place));
    }
    if let Some(number) = number(written) {
        if calendar == Calendar::Hebrew {
            let message = "Hebrew months are written by name: some count them from Tishri, some from Nisan";
            return fault(place, message, Some(all_names(calendar)));
        }
        let known = u8::try_from(number).ok().filter(|number| usize::from(*number) <= months.len());
        return known.map(Month::new).ok_or_else(|| {
            let message = format!("there is no month {written} in the calendar `{}`", calendar.name());
            error_at(place, message, Some(format!("months are `01` to `{}`", months.len())))
        });
    }
    let Some(word) = months::letters(written) else { return Err(unreadable(calendar, text)) };
    let Some(month) = months::find(calendar, written) else {
        let message = format!("`{written}` is no month of the calendar `{}`", calendar.name());
        let near = months::near(calendar, &word).map(|name| format!("did you mean `{name}`?"));
        return fault(place, &message, Some(near.unwrap_or_else(|| all_names(calendar))));
    };
    if calendar == Calendar::Hebrew && month == Month::new(6) {
        let leap_year = is_hebrew_leap_year(year);
        if leap_year && word == "adar" {
            let (before, after) = (&text[..place.start], &text[place.end..]);
            let help = format!("write `{before}adar-i{after}` or `{before}adar-ii{after}`");
            return fault(place, &format!("the year {year} has two months of Adar"), Some(help));
        }
        if !leap_year && word != "adar" {
            return Err(one_adar(text, year, place));
        }
    }
    Ok(month)
}

fn day(text: &str, place: Range<usize>) -> Result<u8, DateError> {
    if is_unknown(&text[place.clone()]) {
        return Err(not_known(text, place));
    }
    // A number too large is no day of any month, which is said with the length of this one.
    Ok(number(&text[place]).and_then(|day| u8::try_from(day).ok()).unwrap_or(u8::MAX))
}

/// A whole number in digits of one script or several; one too large is the largest.
fn number(text: &str) -> Option<i32> {
    // The zeros of the Latin, Arabic, Persian, Devanagari, Bengali and Thai digits.
    const ZEROS: [u32; 6] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50];
    let digit =
        |c: char| ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10));
    let digits = text.chars().map(digit).collect::<Option<Vec<u32>>>()?;
    let add = |number: i32, digit: &u32| {
        number.saturating_mul(10).saturating_add(i32::try_from(*digit).unwrap_or_default())
    };
    (!digits.is_empty()).then(|| digits.iter().fold(0, add))
}

/// `XX`, `??` or `00` in the place of a month or day.
fn is_unknown(text: &str) -> bool {
    !text.is_empty() && (text.chars().all(|c| matches!(c, 'X' | 'x' | '?')) || number(text) == Some(0))
}

/// What somebody used to another order or other signs between the parts may have meant.
fn rewritten(text: &str) -> Vec<String> {
    // Nobody means a date by a long text.
    if text.len() > 100 {
        return Vec::new();
    }
    let text = text.trim();
    let body = text.trim_end_matches(['~', '?', '%']).trim_end();
    let mark = text[body.len()..].trim_start();
    let gap = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '/' | '.' | ',' | '،' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{66B}')
    };
    let words: Vec<&str> = body.split(gap).filter(|word| !word.is_empty()).collect();
    let joined = |words: &[&str]| format!("{}{mark}", words.join("-"));
    let mut found = vec![joined(&words)];
    if let [first, middle @ .., last] = words.as_slice() {
        // `24 Khordad 1402`, then `Khordad 24, 1402`.
        found.push(joined(&[&[*last], middle, &[*first]].concat()));
        found.push(joined(&[&[*last, *first], middle].concat()));
    }
    found
}

fn not_known(text: &str, place: Range<usize>) -> DateError {
    let before = text[..place.start].trim_end_matches('-');
    let help = format!("write `{before}`");
    error_at(place, "a month or day that is not known is left out", Some(help))
}

fn one_adar(text: &str, year: i32, place: Range<usize>) -> DateError {
    let help = format!("write `{}adar{}`", &text[..place.start], &text[place.end..]);
    error_at(place, format!("the year {year} has one month of Adar"), Some(help))
}

fn unreadable(calendar: Calendar, text: &str) -> DateError {
    error_at(0..text.len(), "this is not a date that can be read", Some(examples(calendar)))
}

fn examples(calendar: Calendar) -> String {
    let year = match calendar {
        Calendar::Julian => "1917",
        Calendar::Persian => "1402",
        Calendar::Hebrew => "5784",
        Calendar::Islamic | Calendar::IslamicCivil | Calendar::IslamicTbla | Calendar::IslamicUmalqura => {
            "1445"
        }
        Calendar::Coptic => "1740",
        Calendar::Ethiopic => "2016",
        Calendar::Indian => "1945",
        Calendar::Buddhist => "2566",
        Calendar::Roc => "112",
    };
    let month = if calendar == Calendar::Hebrew { "tishri" } else { "03" };
    format!("write a day as `{year}-{month}-24`, a month as `{year}-{month}`, a year as `{year}`")
}

fn all_names(calendar: Calendar) -> String {
    let first = |names: &&[&'static str]| names.first().copied().unwrap_or_default();
    let names: Vec<&str> = months::names(calendar).iter().map(first).collect();
    let leap = if calendar == Calendar::Hebrew { "; in leap years, Adar I and Adar II" } else { "" };
    format!("the months are {}{leap}", names.join(", "))
}

fn error_at(range: Range<usize>, message: impl Into<String>, help: Option<String>) -> DateError {
    DateError { range, message: message.into(), help }
}

fn fault<T>(range: Range<usize>, message: &str, help: Option<String>) -> Result<T, DateError> {
    Err(error_at(range, message, help))
}
