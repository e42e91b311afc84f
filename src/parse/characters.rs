//! The characters that no text may hold: they are invisible, and do something where the text is shown.

use crate::source::turns_direction;

/// A character that may not stand where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A control character that is no white space of text.
    Control(char),
    /// An override: what stands behind it is shown in one direction, letter by letter, whatever its script.
    Override(char),
    /// An embedding or isolate that is not ended on its line, so that it turns what follows, too.
    Open(char),
    /// The end of one that nothing on its line began.
    Close(char),
}

impl Unfit {
    pub fn character(self) -> char {
        match self {
            Unfit::Control(c) | Unfit::Override(c) | Unfit::Open(c) | Unfit::Close(c) => c,
        }
    }
}

/// Whether it is a control character that is no white space of text.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

const POP_EMBEDDING: char = '\u{202C}';
const POP_ISOLATE: char = '\u{2069}';

/// What a text holds that it may not, in the order of the places. A line is looked at alone, since editors and browsers
/// set the lines of a source apart from each other.
pub fn unfit(text: &str) -> impl Iterator<Item = (usize, Unfit)> {
    let mut start = 0;
    text.split_inclusive(['\n', '\r', '\u{2029}']).flat_map(move |line| {
        let at = start;
        start += line.len();
        unfit_in_line(line).into_iter().map(move |(place, unfit)| (at + place, unfit))
    })
}

fn unfit_in_line(line: &str) -> Vec<(usize, Unfit)> {
    // Nearly no line has any of them.
    if !line.chars().any(|c| is_control(c) || turns_direction(c)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // What is open: where it began, and what ends it.
    let mut open: Vec<(usize, char, char)> = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '\u{202D}' | '\u{202E}' => found.push((at, Unfit::Override(c))),
            '\u{202A}' | '\u{202B}' => open.push((at, c, POP_EMBEDDING)),
            '\u{2066}'..='\u{2068}' => open.push((at, c, POP_ISOLATE)),
            POP_EMBEDDING | POP_ISOLATE => match open.last() {
                Some((_, _, end)) if *end == c => drop(open.pop()),
                _ => found.push((at, Unfit::Close(c))),
            },
            c if is_control(c) => found.push((at, Unfit::Control(c))),
            _ => {}
        }
    }
    found.extend(open.into_iter().map(|(at, c, _)| (at, Unfit::Open(c))));
    found.sort_by_key(|(at, _)| *at);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, Unfit)> {
        unfit(text).collect()
    }

    #[test]
    fn marks_and_what_is_ended_on_its_line_may_stand() {
        for text in [
            "",
            "a\tb\r\nc\n",
            "\u{200E}a\u{200F}b\u{61C}c\u{200C}d\u{200D}e\u{FEFF}",
            "\u{2067}قاسم\u{2069}, \u{2068}x \u{202B}y\u{202C}\u{2069}",
        ] {
            assert_eq!(found(text), []);
        }
    }

    #[test]
    fn overrides_and_what_is_not_ended_may_not() {
        assert_eq!(found("a\u{202E}b"), [(1, Unfit::Override('\u{202E}'))]);
        assert_eq!(
            found("x\n\u{2067}b\n\u{2069}"),
            [(2, Unfit::Open('\u{2067}')), (7, Unfit::Close('\u{2069}'))]
        );
        assert_eq!(
            found("\u{2067}\u{202B}a\u{2069}\u{202C}"),
            [(0, Unfit::Open('\u{2067}')), (7, Unfit::Close('\u{2069}'))]
        );
        assert_eq!(found("\u{7}é\u{9b}"), [(0, Unfit::Control('\u{7}')), (3, Unfit::Control('\u{9b}'))]);
    }
}
