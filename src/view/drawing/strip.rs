//! A date -> the small strip beside it in a row.

use super::super::page::Strip;
use super::shape::{marks, years};
use super::{Scale, drawn};
use crate::model::date::Date;

/// The width of a strip in pixels, and its height.
const WIDTH: f64 = 84.0;
const HEIGHT: f64 = 10.0;

/// The year of the date, or as many as it needs. Nothing for a date without any end.
pub fn strip(date: &Date, right_to_left: bool) -> Option<Strip> {
    let marks = marks(date);
    let (first, years) = years(&marks)?;
    let scale = Scale::new(first, years, WIDTH, right_to_left);
    let cells = match years {
        1 => 12,
        2 => 24,
        _ => 0,
    };
    let marks = marks.iter().map(|mark| drawn(mark, &scale, 2.0, (0.0, HEIGHT), "")).collect();
    Some(Strip { cells, marks })
}

#[cfg(test)]
mod tests {
    use super::*;

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
