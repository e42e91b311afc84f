//! The figures that a sentence states: numerals and number words, without years, days, times and references.

use std::ops::Range;

use super::months::{self, is_month};
use super::pieces::{Is, Piece, pieces, words};
use super::tokens::{Token, tokens};
use super::words::{GROUPS, REFERENCES, Words};

/// Where figures stand in a text of a language (a BCP 47 tag), outside the ranges in `checked`. Numbers
/// below three in words are ordinary speech; rather a figure is missed than a date taken for one, so a
/// number from 1000 to 2199 without a sign between its thousands is a year.
pub fn stated(text: &str, language: &str, checked: &[Range<usize>]) -> Vec<Range<usize>> {
    // A cell of numbers alone makes no statement.
    if !text.contains(|c: char| c.is_alphabetic()) {
        return Vec::new();
    }
    let known = words(language);
    let months = months::LANGUAGES.iter().any(|known| language.split('-').next() == Some(known));
    let sentence = Sentence { tokens: tokens(text), known, months: months || known.is_some() };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut referring = false;
    for piece in pieces(&sentence.tokens, known) {
        let at = piece.tokens.start;
        let Some(token) = sentence.tokens.get(at) else { continue };
        let is_numeral = !token.numbers.is_empty();
        // "Paragraphs 26, 27 and 31" are places, all of them.
        referring = is_numeral && REFERENCES.contains(&sentence.before(at))
            || referring && (is_numeral || sentence.joins(at));
        let is_figure = match is_numeral {
            true => !referring && sentence.is_count(&piece),
            false => sentence.is_in_words(&piece),
        };
        let end = sentence.tokens.get(piece.tokens.end - 1).map_or(token.range.end, |last| last.range.end);
        let range = token.range.start..end;
        let is_checked = checked.iter().any(|checked| checked.start < range.end && range.start < checked.end);
        if is_figure && !is_checked {
            found.push(range);
        }
    }
    found
}

struct Sentence<'t> {
    tokens: Vec<Token<'t>>,
    known: Option<&'static Words>,
    /// Whether the months of the language are known.
    months: bool,
}

impl Sentence<'_> {
    /// The word there in small letters; empty where there is none.
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.lower)
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before).trim_end_matches('.'))
    }

    /// Whether the word there is one of those that the language has for something.
    fn is_one_of(&self, at: usize, words: fn(&Words) -> &'static [&'static str]) -> bool {
        self.known.is_some_and(|known| words(known).contains(&self.word(at)))
    }

    fn joins(&self, at: usize) -> bool {
        self.is_one_of(at, |known| known.joins)
    }

    fn is_month(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| is_month(token, self.known))
    }

    /// Whether what is no numeral is a figure: a number in words, `hundreds`, `€4bn`; but not `one`,
    /// `seven o'clock` or `the twenty-first`.
    fn is_in_words(&self, piece: &Piece) -> bool {
        let (at, end) = (piece.tokens.start, piece.tokens.end);
        match piece.is {
            Is::Number(number) => {
                // In French, sept is seven and September.
                let short = self.tokens.get(at).is_some_and(|token| token.behind.starts_with('.'));
                let month = self.is_month(at) && short && end < self.tokens.len();
                number >= LEAST && !month && !self.is_time(at, end)
            }
            Is::Crowd => true,
            Is::Word => self.tokens.get(at).is_some_and(is_amount),
            Is::Uncountable | Is::Order | Is::Phrase(_) => false,
        }
    }

    /// Whether a numeral is a count: no year, day or time, and no part of a name.
    fn is_count(&self, piece: &Piece) -> bool {
        let at = piece.tokens.start;
        let Some(token) = self.tokens.get(at) else { return false };
        if token.behind.trim_start().starts_with('%') || piece.tokens.len() > 1 || is_money(token) {
            return true;
        }
        // "F-35", "(1)", "2023-10-07".
        let listed = token.before.ends_with('(') && token.behind.starts_with(')');
        if token.joined || listed || token.has_year || token.numbers.len() > 2 || self.is_time(at, at + 1) {
            return false;
        }
        // Decimal points are those of times and dates, too: 10.30, 7.10.
        if let Some(sign) = token.decimal {
            return sign == ',' && self.known.is_some_and(|known| known.language != "en");
        }
        // "Elul 5784", "Unit 8200".
        let long = token.word.chars().count() == 4 && token.word.chars().all(char::is_numeric);
        let days = token.numbers.iter().all(|n| DAYS.contains(n));
        piece.is != Is::Order && !(long && self.is_name(at.checked_sub(1)) || days && self.is_day(at))
    }

    /// Whether hours, years, days or members of a group are counted: by what stands before `at` or at `end`.
    fn is_time(&self, at: usize, end: usize) -> bool {
        let before = self.before(at);
        let group = (2..=3).any(|back| at >= back && GROUPS.contains(&self.word(at - back)));
        let of = self.known.is_some_and(|known| known.of == self.word(end));
        self.is_one_of(end, |known| known.clock)
            || self.is_month(if of { end + 1 } else { end })
            || self.known.is_some_and(|known| known.decades.contains(&before))
            || before == "h"
            || matches!(self.word(end), "bc" | "bce" | "ce" | "ad")
            || group && matches!(before, "of" | "des" | "der" | "los")
    }

    /// Whether a number up to 31 is a day: beside a month, "7 October", "October 7 and 8", or between a name
    /// and a year, "7 Pashons 1740".
    fn is_day(&self, at: usize) -> bool {
        let (first, last) = self.days(at);
        // In a language whose months are not known, each may be a day.
        let named = self.is_name(Some(last + 1))
            && self.tokens.get(last + 2).is_some_and(|year| year.numbers.iter().any(|n| YEARS.contains(n)));
        let after_month = first.checked_sub(1).is_some_and(|before| self.is_month(before));
        !self.months || named || after_month || self.is_time(first, last + 1)
    }

    /// The days in one list with a number: "7, 8 and 9", "from 7 to the 9". Commas alone make no list.
    fn days(&self, at: usize) -> (usize, usize) {
        let linked = |a: usize, b: usize| match b - a {
            1 => self.tokens[a].behind.starts_with(','),
            2 => self.joins(a + 1),
            _ => self.joins(a + 1) && self.is_one_of(a + 2, |known| known.the),
        };
        let is_day = |at: &usize| {
            let numbers = self.tokens.get(*at).map_or(&[][..], |token| &token.numbers);
            !numbers.is_empty() && numbers.iter().all(|n| DAYS.contains(n))
        };
        let (mut first, mut last, mut list) = (at, at, false);
        let before = |first: usize| {
            (1..=3).filter_map(|n| first.checked_sub(n)).find(|it| is_day(it) && linked(*it, first))
        };
        while let Some(day) = before(first) {
            list |= first - day > 1;
            first = day;
        }
        while let Some(day) = (last + 1..=last + 3).find(|it| is_day(it) && linked(last, *it)) {
            list |= day - last > 1;
            last = day;
        }
        if list { (first, last) } else { (at, at) }
    }

    /// Whether a word is written as a name. In a script without capitals every word may be one.
    fn is_name(&self, at: Option<usize>) -> bool {
        let first = at.and_then(|at| self.tokens.get(at)).and_then(|token| token.word.chars().next());
        first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
    }
}

const DAYS: std::ops::RangeInclusive<u64> = 1..=31;

/// The years of the calendars that dates are read in.
const YEARS: std::ops::RangeInclusive<u64> = 1000..=5999;

/// The least number in words that is taken for a figure: "one" and "two" are said of anything.
const LEAST: u64 = 3;

/// Whether a numeral stands beside the sign of a currency.
fn is_money(token: &Token) -> bool {
    const SIGNS: &[char] = &['$', '€', '£', '¥', '₪', '﷼'];
    token.before.trim_end().ends_with(SIGNS) || token.behind.trim_start().starts_with(SIGNS)
}

/// Whether a word is a numeral with a short word for millions behind it, `4bn`; `4m` may be metres where it
/// is no money.
fn is_amount(token: &Token) -> bool {
    let unit = token.lower.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let digits = unit.len() < token.lower.len() && token.lower.starts_with(|c: char| c.is_ascii_digit());
    digits
        && (matches!(unit, "bn" | "tn" | "mrd" | "mio")
            || is_money(token) && matches!(unit, "m" | "mn" | "k"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        stated(text, "en", &[]).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn figures_are_found_and_dates_are_not() {
        assert_eq!(found("It killed 1,400 people and four others, 12% of them."), ["1,400", "four", "12"]);
        assert_eq!(found("Twenty-one officials met 3–5 times."), ["Twenty-one", "3–5"]);
        assert_eq!(
            found("On 7 October 2023, in 2022–2023 and on October 9 they met twice [p. 14]."),
            [""; 0]
        );
        assert_eq!(found("See ¶17, paragraphs 18, 20 and 31 and Resolution 242 on both."), [""; 0]);
        assert_eq!(found("one of the two"), [""; 0]);
    }

    #[test]
    fn what_is_checked_is_left_out() {
        assert!(stated("met four times", "en", std::slice::from_ref(&(4..14))).is_empty());
    }
}
