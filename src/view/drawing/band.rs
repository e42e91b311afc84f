//! A date -> the band at the head of a page: as the strip, over its whole width and with the names of
//! years and months.

use std::fmt::Write;

use super::super::page::{Band, Markup};
use super::super::words::Words;
use super::shape::{marks, years};
use super::{Number, Scale, draw};
use crate::html::escaped_text;
use crate::model::date::Date;

/// The height of the cells in pixels, and of the names of years above them.
const HEIGHT: f64 = 22.0;
const TOP: f64 = 20.0;

/// Nothing where a strip says as much: for a date without any end, or of more than two years. `kind` is the class of
/// the record's mark.
pub fn band(words: &Words, date: &Date, kind: &str) -> Option<Band> {
    let marks = marks(date);
    let (first, years) = years(&marks)?;
    if years > 2 {
        return None;
    }
    let scale = Scale::new(first, years, 100.0, words.is_right_to_left());
    let mut svg = words.years(first, years, || cells(words, first, years, &scale)).to_string();
    for mark in &marks {
        draw(&mut svg, mark, kind, &scale, 0.3, (TOP, HEIGHT), "%");
    }
    Some(Band { svg: Markup(svg) })
}

/// The months of some years as cells, with their names.
fn cells(words: &Words, first: i32, years: i32, scale: &Scale) -> String {
    let mut svg = String::new();
    // Writing to a string cannot fail.
    for year in first..first + years {
        let x = Number(scale.at(f64::from(year) * 12.0));
        let name = escaped_text(&words.dates.year(year, words.strings));
        let _ = write!(svg, r#"<text class="year-name" x="{x}%" y="12">{name}</text>"#);
    }
    for month in 0..years * 12 {
        let at = f64::from(first) * 12.0 + f64::from(month);
        let (x, width) = scale.stretch(at, at + 1.0);
        let name = words.dates.month_name(first + month / 12, u8::try_from(month % 12 + 1).unwrap_or(1));
        let letter = name.chars().next().map(|letter| escaped_text(letter.encode_utf8(&mut [0; 4])));
        let (x, middle, width) = (Number(x), Number(x + width / 2.0), Number(width - 0.15));
        let _ = write!(
            svg,
            r#"<rect class="cell" x="{x}%" y="22" width="{width}%" height="18"/><text class="month-name" x="{middle}%" y="55">{}</text>"#,
            letter.unwrap_or_default(),
        );
    }
    svg
}
