//! What the time of an article says of the dates in it: those that come later, and those that may be of another calendar.

use super::Found;
use crate::model::date::Date;

const OTHER: &str = "it may be of another calendar: see `date_original` in the reference of the guide";
/// Of a date that is read, and is no date of what happened.
pub const LATER: &str = "after the text was published";

/// The first whole year of the calendar that dates are read in.
const FIRST: u16 = 1583;
/// How many years after an article something may be that it speaks of.
const AHEAD: u16 = 50;
/// The last year where the article does not say when it was published.
const LAST: u16 = 2200;

/// Leaves what may be of another calendar, and marks what is later than the article.
pub fn mark(found: &mut [Found], published: Option<&str>) {
    let day = published.and_then(|published| Date::parse(published).ok());
    for date in found {
        let Some(edtf) = &date.edtf else { continue };
        if is_of_another(edtf, published) {
            (date.edtf, date.why) = (None, OTHER);
        } else if let Some(day) = &day
            && Date::parse(edtf).is_ok_and(|date| day.is_surely_before(&date))
        {
            date.why = LATER;
        }
    }
}

/// Why the day of an article is not read, where that may be of another calendar.
pub fn why_no_day(edtf: &str) -> Option<&'static str> {
    is_of_another(edtf, None).then_some(OTHER)
}

/// Whether a date is too early for a month of our calendar, or too late for an article of its time.
fn is_of_another(edtf: &str, published: Option<&str>) -> bool {
    let year = |text: &str| text.get(..4).and_then(|year| year.parse::<u16>().ok());
    let last = published.and_then(year).map_or(LAST, |year| year.saturating_add(AHEAD));
    edtf.split(['[', ']', '.'])
        .any(|part| year(part).is_some_and(|year| year > last || year < FIRST && part.len() > 4))
}
