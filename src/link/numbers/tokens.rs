//! A sentence as words and numbers, each with what stands around it.

use std::ops::Range;

use super::numeral::{digit, numeral};

/// A word, between white space and hyphens and without the signs around it; or a number, which is one
/// token also with spaces between its thousands, and so is a range or a date of numbers.
pub struct Token<'t> {
    pub range: Range<usize>,
    pub word: &'t str,
    /// As the tables of words have it.
    pub lower: String,
    /// The ends of a range, `3–5`, or the parts of a date, `2023-10-07`. A decimal number counts as 0.
    pub numbers: Vec<u64>,
    pub has_year: bool,
    /// The sign before one or two decimal places.
    pub decimal: Option<char>,
    /// Whether a hyphen joins it to the token before.
    pub joined: bool,
    /// What stands right before and right behind it.
    pub before: &'t str,
    pub behind: &'t str,
}

pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(|c: char| c.is_whitespace() || is_hyphen(c)).flat_map(elided) {
        let trimmed = part.trim_matches(|c: char| {
            !(c.is_alphanumeric() || matches!(c, '¶' | '§' | '#' | '.' | '%')) || c.is_whitespace()
        });
        let trimmed = trimmed.trim_end_matches('.').trim_end_matches('%');
        if !trimmed.is_empty() {
            let at = start + (trimmed.as_ptr() as usize - part.as_ptr() as usize);
            let range = at..at + trimmed.len();
            match ranges.last_mut() {
                Some(last) if goes_on(text, last, &range) => last.end = range.end,
                _ => ranges.push(range),
            }
        }
        start += part.len();
    }
    let token = |range: Range<usize>| {
        let (word, before) = (&text[range.clone()], &text[..range.start]);
        let numbers: Option<Vec<u64>> = parts(word).map(number).collect();
        Token {
            word,
            lower: word.to_lowercase().replace('’', "'"),
            numbers: numbers.unwrap_or_default(),
            has_year: parts(word).any(is_year),
            decimal: decimal(word),
            joined: before.ends_with(is_hyphen)
                && before.trim_end_matches(is_hyphen).ends_with(char::is_alphanumeric),
            before,
            behind: &text[range.end..],
            range,
        }
    };
    ranges.into_iter().map(token).collect()
}

/// The words of a part, `d'` and `une`.
fn elided(part: &str) -> impl Iterator<Item = &str> {
    let at = part.find(['\'', '’']).filter(|at| {
        ["d", "l", "qu", "jusqu"]
            .contains(&part[..*at].trim_start_matches(['(', '«', '"']).to_lowercase().as_str())
    });
    let (first, rest) = part.split_at(at.unwrap_or(0));
    [first, rest].into_iter().filter(|part| !part.is_empty())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a number goes on in the next token: `1 400`, `2023-10-07`.
fn goes_on(text: &str, last: &Range<usize>, next: &Range<usize>) -> bool {
    let (last, between, next) = (&text[last.clone()], &text[last.end..next.start], &text[next.clone()]);
    let thousands =
        last.split(' ').next().is_some_and(|first| first.chars().count() <= 3 && is_digits(first));
    let hyphens = between.chars().all(is_hyphen) && parts(last).all(|part| number(part).is_some());
    is_digits(next) && (between == " " && thousands && next.chars().count() == 3 || hyphens)
}

fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| is_hyphen(c) || matches!(c, '–' | '—')).filter(|part| !part.is_empty())
}

fn number(part: &str) -> Option<u64> {
    numeral(&part.replace(' ', "")).or(decimal(part).map(|_| 0))
}

fn decimal(word: &str) -> Option<char> {
    let sign = word.chars().find(|c| matches!(c, '.' | ','))?;
    let (whole, places) = word.split_once(sign)?;
    (is_digits(whole) && is_digits(places) && places.chars().count() <= 2).then_some(sign)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| digit(c).is_some())
}

fn is_year(word: &str) -> bool {
    is_digits(word) && word.chars().count() == 4 && numeral(word).is_some_and(|n| (1000..2200).contains(&n))
}
