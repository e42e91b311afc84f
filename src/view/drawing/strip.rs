//! A date -> the small strip beside it in a row.

use std::fmt::Write;

use super::super::page::{Markup, Strip};
use super::shape::{marks, years};
use super::{Scale, draw};
use crate::model::date::Date;

/// The width of a strip in pixels, and its height.
const WIDTH: f64 = 84.0;
const HEIGHT: f64 = 10.0;

/// The year of the date, or as many as it needs. Nothing for a date without any end. `kind` is the class of the
/// record's mark.
pub fn strip(date: &Date, kind: &str, right_to_left: bool) -> Option<Strip> {
    let marks = marks(date);
    let (first, years) = years(&marks)?;
    let scale = Scale::new(first, years, WIDTH, right_to_left);
    // A texture of cells for the months, or none.
    let look = match years {
        1 => r##"fill="url(#cells-12)""##,
        2 => r##"fill="url(#cells-24)""##,
        _ => r#"class="cell""#,
    };
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let _ = write!(svg, r#"<rect {look} width="{WIDTH}" height="{HEIGHT}"/>"#);
    for mark in &marks {
        draw(&mut svg, mark, kind, &scale, 2.0, (0.0, HEIGHT), "");
    }
    Some(Strip { svg: Markup(svg) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attributes of what is drawn on the cells.
    fn lengths(text: &str, right_to_left: bool) -> Vec<(f64, f64)> {
        let strip = strip(&Date::parse(text).unwrap(), "meeting", right_to_left).unwrap();
        let length = |rect: &str, name: &str| {
            let value = rect.split(&format!(r#" {name}=""#)).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        let rects = strip.svg.0.split("<rect").skip(2);
        rects.map(|rect| (length(rect, "x"), length(rect, "width"))).collect()
    }

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
            let lengths = lengths(text, false);
            assert!(!lengths.is_empty(), "{text}");
            for (x, width) in lengths {
                assert!(x >= -1.01 && x + width <= WIDTH + 1.01, "{text}: {x} {width}");
            }
        }
    }

    #[test]
    fn a_strip_from_right_to_left_is_mirrored() {
        assert_eq!(lengths("2023-01", false)[0].0, 0.0);
        assert_eq!(lengths("2023-01", true)[0].0, 77.0);
    }
}
