//! Words -> lines that fit, and shapes and lines -> SVG; mirrored where the dossier reads from right to left.

use std::fmt::Write;

use super::fonts::{Face, Fonts};
use crate::html::escaped;

pub const WIDTH: f32 = 1200.0;
pub const HEIGHT: f32 = 630.0;
/// Space at the sides.
pub const EDGE: f32 = 72.0;
/// The width between.
pub const INNER: f32 = WIDTH - 2.0 * EDGE;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    pub face: Face,
    pub weight: f32,
    pub size: f32,
    pub colour: &'static str,
}

/// Which side of a place a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It begins there.
    Start,
    /// It ends there.
    End,
}

/// A drawing as it grows.
pub struct Pen<'f> {
    pub fonts: &'f Fonts,
    pub svg: String,
    pub right_to_left: bool,
}

impl Pen<'_> {
    /// A place counted from the side where lines begin, as one from the left; `width` is that of what stands
    /// there.
    pub fn x(&self, from_start: f32, width: f32) -> f32 {
        if self.right_to_left { WIDTH - from_start - width } else { from_start }
    }

    pub fn rect(&mut self, from_start: f32, y: f32, width: f32, height: f32, attributes: &str) {
        let x = self.x(from_start, width);
        let _ = write!(
            self.svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {attributes}/>",
            number(x),
            number(y),
            number(width),
            number(height)
        );
    }

    /// A mark that is `size` wide, from a drawing that is `of` wide.
    pub fn mark(&mut self, from_start: f32, y: f32, size: f32, of: f32, inner: &str) {
        let x = self.x(from_start, size);
        let scale = number(size / of);
        let _ = write!(
            self.svg,
            "<g transform=\"translate({} {}) scale({scale})\">{inner}</g>",
            number(x),
            number(y)
        );
    }

    pub fn text(&mut self, text: &str, style: Style, from_start: f32, y: f32, side: Side) {
        self.runs(&[(text, style)], from_start, y, side);
    }

    /// A line of several looks, set as one so that scripts of both directions find their order.
    pub fn runs(&mut self, runs: &[(&str, Style)], from_start: f32, y: f32, side: Side) {
        let at_left = (side == Side::Start) != self.right_to_left;
        let anchor = if at_left { "start" } else { "end" };
        let _ = write!(
            self.svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" xml:space=\"preserve\">",
            number(self.x(from_start, 0.0)),
            number(y)
        );
        // The renderer takes every line for one from left to right.
        let (open, close) = if self.right_to_left { ("\u{2067}", "\u{2069}") } else { ("", "") };
        let fonts = self.fonts;
        let parts = |(text, style): &(&str, Style)| {
            let style = *style;
            fonts.runs(text, style.face).into_iter().map(move |(font, run)| (font, run, style))
        };
        let parts: Vec<(usize, String, Style)> = runs.iter().flat_map(parts).collect();
        let last = parts.len().saturating_sub(1);
        for (index, (font, text, style)) in parts.iter().enumerate() {
            let _ = write!(
                self.svg,
                "<tspan font-family=\"f{font}\" font-weight=\"{}\" font-size=\"{}\" fill=\"{}\">{}{}{}</tspan>",
                number(style.weight),
                number(style.size),
                style.colour,
                if index == 0 { open } else { "" },
                escaped(text),
                if index == last { close } else { "" },
            );
        }
        self.svg.push_str("</text>");
    }

    pub fn width(&self, text: &str, style: Style) -> f32 {
        self.fonts.width(text, style.face, style.weight, style.size)
    }

    /// The style in a face that has all letters of the text.
    pub fn fit(&self, style: Style, text: &str) -> Style {
        Style { face: self.fonts.whole(style.face, text), ..style }
    }

    /// Lines no wider than `width`, and whether a word is wider than that.
    pub fn wrap(&self, text: &str, style: Style, width: f32) -> (Vec<String>, bool) {
        let space = self.width(" ", style);
        let mut lines: Vec<String> = Vec::new();
        let mut used = 0.0;
        let mut too_wide = false;
        for word in text.split_whitespace() {
            let wide = self.width(word, style);
            too_wide |= wide > width;
            match lines.last_mut().filter(|_| used + space + wide <= width) {
                Some(line) => {
                    line.push(' ');
                    line.push_str(word);
                    used += space + wide;
                }
                None => {
                    lines.push(word.to_owned());
                    used = wide;
                }
            }
        }
        (lines, too_wide)
    }

    /// The first `most` lines; the last ends with an ellipsis when there are more, and what is wider than a line
    /// is cut.
    pub fn cut(&self, mut lines: Vec<String>, most: usize, style: Style, width: f32) -> Vec<String> {
        let more = lines.len() > most;
        lines.truncate(most);
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter_mut().enumerate() {
            let ends = more && index == last;
            if ends {
                line.push('…');
            }
            while self.width(line, style) > width {
                let shown = line.trim_end_matches('…');
                // As many words as there is room for, and of what is one word as many letters.
                let ends: Vec<usize> = shown.match_indices(' ').map(|(at, _)| at).collect();
                let has_room = |at: &usize| self.width(&ended(&shown[..*at]), style) <= width;
                let kept = match (ends.partition_point(has_room), ends.first()) {
                    (0, Some(first)) => shown[..*first].to_owned(),
                    (count @ 1.., _) => shown[..ends[count - 1]].to_owned(),
                    (0, None) => {
                        let letters: Vec<char> = shown.chars().collect();
                        let fits = |count: &usize| {
                            let kept: String = letters.iter().take(*count).chain([&'…']).collect();
                            self.width(&kept, style) <= width
                        };
                        let counts: Vec<usize> = (1..letters.len()).collect();
                        let most = counts.partition_point(fits).max(1).min(letters.len().saturating_sub(1));
                        letters.iter().take(most).collect()
                    }
                };
                if kept.is_empty() {
                    break;
                }
                *line = ended(&kept);
            }
        }
        lines
    }
}

/// A text that goes on, with an ellipsis.
fn ended(text: &str) -> String {
    format!("{}…", text.trim_end_matches([' ', ',', ';', ':']))
}

/// Two decimals at most, the same on every machine.
pub fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
