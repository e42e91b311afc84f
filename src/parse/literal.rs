//! A string as TOML writes it, and where in it each byte of what it says stands.

use std::ops::Range;

/// A string that is written in more bytes is not searched for places: whoever asks for many would wait.
const LONGEST: usize = 1 << 16;

/// The text between the quotes, as a range of the literal; nothing where it has none.
pub fn inside(literal: &str) -> Option<Range<usize>> {
    for quotes in ["\"\"\"", "'''"] {
        if let Some(rest) = literal.strip_prefix(quotes) {
            let rest = rest.strip_suffix(quotes)?;
            // A line break right after three quotes is not part of the text.
            let text = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
            let start = quotes.len() + (rest.len() - text.len());
            return Some(start..start + text.len());
        }
    }
    let quote = ["\"", "'"].into_iter().find(|quote| literal.starts_with(quote))?;
    literal[1..].strip_suffix(quote).map(|text| 1..1 + text.len())
}

/// Where a range of `value` stands in the literal that says it.
pub fn place(literal: &str, value: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = inside(literal)?;
    let body = &literal[text.clone()];
    // What has no escape before it stands as it is said.
    if body.get(..range.end).is_some_and(|written| Some(written) == value.get(..range.end)) {
        return Some(text.start + range.start..text.start + range.end);
    }
    if literal.len() > LONGEST || !literal.starts_with('"') {
        return None;
    }
    let mut steps = Steps { body, value, written: 0, said: 0 };
    steps.to(range.start)?;
    // The line that a backslash joins to the next ends before what is looked for.
    steps.skip_joined();
    let start = steps.written;
    steps.to(range.end)?;
    Some(text.start + start..text.start + steps.written)
}

/// A walk along a text with escapes and along what it says.
struct Steps<'t> {
    body: &'t str,
    value: &'t str,
    written: usize,
    said: usize,
}

impl Steps<'_> {
    fn to(&mut self, said: usize) -> Option<()> {
        while self.said < said {
            self.skip_joined();
            let character = self.value.get(self.said..)?.chars().next()?;
            let rest = self.body.get(self.written..)?;
            self.written += match rest.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
                Some('x') => 4,
                Some('u') => 6,
                Some('U') => 10,
                Some(_) => 2,
                None if rest.starts_with(character) => character.len_utf8(),
                None => return None,
            };
            self.said += character.len_utf8();
        }
        (self.said == said && self.body.is_char_boundary(self.written)).then_some(())
    }

    /// A backslash at the end of a line takes the line break and all white space after it out of the text.
    fn skip_joined(&mut self) {
        while let Some(rest) = self.body.get(self.written..).and_then(|rest| rest.strip_prefix('\\')) {
            let next = rest.trim_start_matches([' ', '\t', '\r', '\n']);
            let white = &rest[..rest.len() - next.len()];
            if !white.contains('\n') {
                return;
            }
            self.written += 1 + white.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(literal: &'t str, value: &str, word: &str) -> Option<&'t str> {
        let at = value.find(word).unwrap();
        place(literal, value, at..at + word.len()).map(|range| &literal[range])
    }

    #[test]
    fn what_stands_behind_an_escape_has_its_place() {
        assert_eq!(found(r#""a [[b]]""#, "a [[b]]", "b"), Some("b"));
        assert_eq!(found(r#""\"a\" é\u0041 [[b]]""#, "\"a\" éA [[b]]", "b"), Some("b"));
        assert_eq!(found(r#""x\u0041""#, "xA", "A"), Some(r"\u0041"));
        assert_eq!(found("\"\"\"\none \\\n   two\"\"\"", "one two", "two"), Some("two"));
        assert_eq!(found("'''\na \"b\"'''", "a \"b\"", "b"), Some("b"));
    }

    #[test]
    fn what_is_no_literal_of_the_text_has_none() {
        assert_eq!(found(r#""\"x""#, "\"y", "y"), None);
        assert_eq!(inside("bare"), None);
        assert_eq!(inside("\""), None);
    }
}
