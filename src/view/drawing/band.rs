//! A date -> the band at the head of a page: as the strip, over its whole width and with the names of
//! years and months.

use super::super::page::{Band, BandLabel};
use super::super::words::Words;
use super::shape::{marks, years};
use super::{Scale, drawn, number};
use crate::model::date::Date;

/// The height of the cells in pixels, and of the names of years above them.
const HEIGHT: f64 = 22.0;
const TOP: f64 = 20.0;

/// Nothing where a strip says as much: for a date without any end, or of more than two years.
pub fn band(words: &Words, date: &Date, right_to_left: bool) -> Option<Band> {
    let marks = marks(date);
    let (first, years) = years(&marks)?;
    if years > 2 {
        return None;
    }
    let scale = Scale::new(first, years, 100.0, right_to_left);
    let months = (0..years * 12).map(|month| {
        let at = f64::from(first * 12 + month);
        let (x, width) = scale.stretch(at, at + 1.0);
        let name = words.dates.month_name(first + month / 12, u8::try_from(month % 12 + 1).unwrap_or(1));
        BandLabel {
            x: number(x),
            middle: number(x + width / 2.0),
            width: number(width - 0.15),
            text: name.chars().next().map(String::from).unwrap_or_default(),
        }
    });
    let names = (0..years).map(|year| BandLabel {
        x: number(scale.at(f64::from((first + year) * 12))),
        middle: String::new(),
        width: String::new(),
        text: words.dates.year(first + year, words.strings),
    });
    let drawn = marks.iter().map(|mark| drawn(mark, &scale, 0.3, (TOP, HEIGHT), "%"));
    Some(Band { years: names.collect(), months: months.collect(), marks: drawn.collect() })
}
