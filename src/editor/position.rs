//! Places as editors count them: a line, and so many units of an encoding into it, both from 0.

use std::ops::Range;

use crate::source::{Lines, floor_char_boundary};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which all editors know.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Encoding {
    fn width(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// Where a byte offset is; an offset past the end is the end.
    pub fn place(self, lines: &Lines, offset: usize) -> Place {
        let offset = floor_char_boundary(&lines.text, offset);
        let line = lines.line_of(offset);
        let before = &lines.text[lines.start(line)..offset];
        let column = before.chars().map(|c| self.width(c)).sum::<usize>();
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { line: fit(line), column: fit(column) }
    }

    /// The byte offset of a place. A column past the end of its line is that end, one within a character its start, and a
    /// line past the last the end of the text.
    pub fn offset(self, lines: &Lines, place: Place) -> usize {
        let range = lines.line(place.line as usize);
        let mut left = place.column as usize;
        let mut at = range.start;
        for c in lines.text[range].chars() {
            let width = self.width(c);
            if width > left {
                break;
            }
            left -= width;
            at += c.len_utf8();
        }
        at
    }

    /// Where a byte range begins and ends.
    pub fn places(self, lines: &Lines, range: &Range<usize>) -> (Place, Place) {
        (self.place(lines, range.start), self.place(lines, range.end))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn columns_count_the_units_of_the_encoding() {
        // Characters of one, two, three and four bytes.
        let text = "aé€𝄞z\r\n\nقاسم";
        let lines = Lines::new(Cow::Borrowed(text));
        let at = |encoding: Encoding, word: &str| {
            let place = encoding.place(&lines, text.find(word).unwrap_or_default());
            (place.line, place.column)
        };
        assert_eq!(at(Encoding::Utf8, "z"), (0, 10));
        assert_eq!(at(Encoding::Utf16, "z"), (0, 5));
        assert_eq!(at(Encoding::Utf32, "z"), (0, 4));
        assert_eq!(at(Encoding::Utf16, "م"), (2, 3));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let place = encoding.place(&lines, offset);
                // The end of a line is before its carriage return.
                let expected =
                    if text[offset..].starts_with('\n') && offset > 0 && text[..offset].ends_with('\r') {
                        offset - 1
                    } else {
                        offset
                    };
                assert_eq!(encoding.offset(&lines, place), expected, "{encoding:?} {offset}");
            }
        }
    }

    #[test]
    fn a_place_that_is_none_is_the_nearest_before() {
        let lines = Lines::new(Cow::Borrowed("𝄞\nb"));
        let offset = |line, column| Encoding::Utf16.offset(&lines, Place { line, column });
        assert_eq!(offset(0, 1), 0, "within a pair of surrogates");
        assert_eq!(offset(0, 99), 4);
        assert_eq!(offset(1, 99), 6);
        assert_eq!(offset(99, 99), 6);
        assert_eq!(Encoding::Utf16.place(&lines, 99), Place { line: 1, column: 1 });
    }
}
