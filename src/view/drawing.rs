//! Dates -> drawings as wide as what is known: a strip for rows, a band for the head of a page, a chart of
//! many records.

pub mod band;
pub mod chart;
pub mod key;
pub mod lanes;
pub mod shape;
pub mod strip;

use std::fmt::{self, Display, Formatter, Write};

use shape::{Look, Mark};

/// Some whole years laid out over a width, from left to right or from right to left.
pub struct Scale {
    first: f64,
    last: f64,
    width: f64,
    right_to_left: bool,
}

impl Scale {
    fn new(first: i32, years: i32, width: f64, right_to_left: bool) -> Scale {
        let (first, last) = (f64::from(first) * 12.0, f64::from(first.saturating_add(years)) * 12.0);
        Scale { first, last, width, right_to_left }
    }

    /// Where a month stands.
    fn at(&self, month: f64) -> f64 {
        let x = (month - self.first) / (self.last - self.first) * self.width;
        if self.right_to_left { self.width - x } else { x }
    }

    /// Where a stretch of time begins at the left, and how wide it is.
    fn stretch(&self, from: f64, to: f64) -> (f64, f64) {
        let (one, other) = (self.at(from), self.at(to));
        (one.min(other), (one - other).abs())
    }

    /// The same, of what is within the years.
    fn within(&self, mark: &Mark) -> Mark {
        Mark { from: mark.from.max(self.first), to: mark.to.min(self.last), ..*mark }
    }
}

/// Draws a mark at its place; the shortest is `least` wide, around its middle. It stands in a row that begins at a
/// height and is so high. `kind` is the class of the record's mark, which names its textures.
fn draw(
    svg: &mut String,
    mark: &Mark,
    kind: &str,
    scale: &Scale,
    least: f64,
    (top, height): (f64, f64),
    unit: &str,
) {
    let (mut x, mut width) = scale.stretch(mark.from, mark.to);
    if width < least {
        (x, width) = (x + (width - least) / 2.0, least);
    }
    let (from, share) = match mark.look {
        Look::Tick | Look::Stop => (0.0, 1.0),
        Look::Thin => (0.3, 0.4),
        Look::Solid | Look::Hatched | Look::FadeIn | Look::FadeOut => (0.1, 0.8),
    };
    let look = name(mark.look, scale.right_to_left);
    let (y, height) = (Number(top + height * from), Number(height * share));
    let (x, width) = (Number(x), Number(width));
    // Writing to a string cannot fail.
    let _ =
        write!(svg, r#"<rect class="{look}" x="{x}{unit}" y="{y}" width="{width}{unit}" height="{height}""#);
    let _ = match mark.look {
        Look::Hatched | Look::Thin => write!(svg, r##" fill="url(#hatch-{kind})""##),
        Look::FadeIn | Look::FadeOut => write!(svg, r##" fill="url(#{look}-{kind})""##),
        Look::Tick | Look::Solid | Look::Stop => Ok(()),
    };
    svg.push_str("/>");
}

fn name(look: Look, right_to_left: bool) -> &'static str {
    match (look, right_to_left) {
        (Look::Tick, _) => "tick",
        (Look::Solid, _) => "solid",
        (Look::Hatched, _) => "hatched",
        (Look::Thin, _) => "thin",
        (Look::Stop, _) => "stop",
        // Named by the side on which there is nothing left.
        (Look::FadeIn, false) | (Look::FadeOut, true) => "fade-left",
        (Look::FadeOut, false) | (Look::FadeIn, true) => "fade-right",
    }
}

/// A length with two decimals at most: finer than a screen, and the same on every machine.
pub struct Number(pub f64);

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // Lengths are far below where this would lose anything.
        let hundredths = (self.0 * 100.0).round() as i64;
        let (whole, rest) = (hundredths.unsigned_abs() / 100, (hundredths.unsigned_abs() % 100) as u8);
        if hundredths < 0 {
            f.write_char('-')?;
        }
        Display::fmt(&whole, f)?;
        let digits: &[u8] = match (rest / 10, rest % 10) {
            (0, 0) => &[],
            (tenths, 0) => &[tenths],
            (tenths, last) => &[tenths, last],
        };
        if !digits.is_empty() {
            f.write_char('.')?;
        }
        digits.iter().try_for_each(|digit| f.write_char(char::from(b'0' + digit)))
    }
}

/// The same as a text.
pub fn number(value: f64) -> String {
    Number(value).to_string()
}
