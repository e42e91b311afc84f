//! The figures that a sentence states: numerals and number words, without years, days, times and references.

use std::ops::Range;

use super::tokens::{Token, tokens};
use super::words::{GROUPS, LANGUAGES, REFERENCES, Words};

/// Where figures stand in a text of a language (a BCP 47 tag), outside the ranges in `checked`. Numbers
/// below three in words are ordinary speech; rather a figure is missed than a date taken for one.
pub fn stated(text: &str, language: &str, checked: &[Range<usize>]) -> Vec<Range<usize>> {
    let primary = language.split('-').next().unwrap_or(language);
    let known = LANGUAGES.iter().find(|words| words.language == primary);
    // A cell of numbers alone makes no statement.
    if !text.contains(|c: char| c.is_alphabetic()) {
        return Vec::new();
    }
    let sentence = Sentence { tokens: tokens(text), known };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut referring = false;
    let mut at = 0;
    while let Some(token) = sentence.tokens.get(at) {
        let is_number = !token.numbers.is_empty();
        // "Paragraphs 26, 27 and 31" are places, all of them.
        referring = is_number && REFERENCES.contains(&sentence.before(at))
            || referring && (is_number || sentence.joins(at));
        let end = if is_number { sentence.numeral_end(at) } else { sentence.words_end(at) };
        let is_figure = match is_number {
            true => !referring && sentence.is_count(at),
            false => end > at && !sentence.is_figure_of_speech(at, end),
        };
        at = end.max(at + 1);
        let range =
            token.range.start..sentence.tokens.get(at - 1).map_or(token.range.end, |last| last.range.end);
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

    fn number_word(&self, at: usize) -> Option<u64> {
        let mut words = self.known?.numbers.iter().chain(self.known?.multipliers);
        words.find(|(word, _)| *word == self.word(at)).map(|(_, n)| *n).filter(|n| *n > 0)
    }

    fn is_multiplier(&self, at: usize) -> bool {
        self.known.is_some_and(|known| known.multipliers.iter().any(|(word, _)| *word == self.word(at)))
    }

    /// Behind a numeral, and the `million` that belongs to it.
    fn numeral_end(&self, at: usize) -> usize {
        (at + 1..).find(|end| !self.is_multiplier(*end)).unwrap_or(at + 1)
    }

    /// Behind the words of one number: `two hundred and one`. Where there is none, it is the start.
    fn words_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.number_word(end).is_some() {
            end += 1;
            let filled = self.is_multiplier(end - 1) && self.is_one_of(end, |known| known.fillers);
            if filled && self.number_word(end + 1).is_some() {
                end += 1;
            } else if self.tokens.get(end - 1).is_none_or(|last| last.behind.starts_with([',', ';', '.'])) {
                break;
            }
        }
        end
    }

    /// Whether a number in words says no count: `one`, `seven o'clock`, `the twenty-first`.
    fn is_figure_of_speech(&self, at: usize, end: usize) -> bool {
        let small = end == at + 1 && self.number_word(at).is_some_and(|n| n < LEAST);
        let filled = self.is_one_of(end, |known| known.fillers);
        let joined = filled || self.tokens.get(end).is_some_and(|next| next.joined);
        let next = self.word(if filled { end + 1 } else { end });
        let ordinal = joined && ORDINALS.iter().any(|ending| next.ends_with(ending));
        // "Pour cent", "por ciento".
        let percent = self.number_word(at) == Some(100) && matches!(self.before(at), "pour" | "por");
        // In French, sept is seven and September.
        let short = self.tokens.get(at).is_some_and(|token| token.behind.starts_with('.'));
        let month = self.is_one_of(at, |known| known.months) && short && end < self.tokens.len();
        small || ordinal || percent || month || self.is_time(at, end)
    }

    /// Whether a numeral is a count: no year, day or time, and no part of a name.
    fn is_count(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        if token.behind.trim_start().starts_with('%') || self.is_multiplier(at + 1) {
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
        !(long && self.is_name(at.checked_sub(1)) || days && self.is_day(at))
    }

    /// Whether hours, years, days or members of a group are counted: by what stands before `at` or at `end`.
    fn is_time(&self, at: usize, end: usize) -> bool {
        let before = self.before(at);
        let group = (2..=3).any(|back| at >= back && GROUPS.contains(&self.word(at - back)));
        let of = self.known.is_some_and(|known| known.of == self.word(end));
        self.is_one_of(end, |known| known.clock)
            || self.is_one_of(if of { end + 1 } else { end }, |known| known.months)
            || self.known.is_some_and(|known| known.decades.contains(&before))
            || before == "h"
            || matches!(self.word(end), "bc" | "bce" | "ce" | "ad")
            || group && matches!(before, "of" | "des" | "der" | "los")
    }

    /// Whether a number up to 31 is a day or belongs to a name: "7 October", "October 7 and 8", "Apollo 11".
    fn is_day(&self, at: usize) -> bool {
        // In a language whose months are not known, each may be a day.
        let Some(known) = self.known else { return true };
        let (first, last) = self.days(at);
        let named = match known.language {
            // All nouns have capitals, but a day has a full stop.
            "de" => at + 1 < self.tokens.len() && self.tokens[at].behind.starts_with('.'),
            _ => self.is_name(Some(last + 1)) || self.tokens.get(last + 1).is_some_and(|next| next.has_year),
        };
        named || self.is_name(first.checked_sub(1)) || self.is_time(first, last + 1)
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

/// How the last word of an ordinal ends: `twenty-first`, `vingt-deuxième`.
const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "ième"];

/// The least number in words that is taken for a figure: "one" and "two" are said of anything.
const LEAST: u64 = 3;

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
