//! The figures that a sentence states: numerals and number words, without years, days and references.

use std::ops::Range;

use super::numeral;
use super::words::{LANGUAGES, Words};

/// Where figures stand in a text of a language (a BCP 47 tag), outside the ranges in `checked`. Numbers
/// below three in words are ordinary speech; rather a figure is missed than a date taken for one.
pub fn stated(text: &str, language: &str, checked: &[Range<usize>]) -> Vec<Range<usize>> {
    let primary = language.split('-').next().unwrap_or(language);
    let known = LANGUAGES.iter().find(|words| words.language == primary);
    let tokens = tokens(text);
    // A cell of numbers alone makes no statement.
    if !text.contains(|c: char| c.is_alphabetic()) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut referring = false;
    for (at, token) in tokens.iter().enumerate() {
        if checked.iter().any(|range| range.start < token.end && token.start < range.end) {
            continue;
        }
        let neighbour =
            |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| &text[token.clone()]);
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        let word = &text[token.clone()];
        // "Paragraphs 26, 27 and 31" are places, all of them.
        let is_number = numeral(word).is_some();
        referring = is_number && before.is_some_and(is_reference)
            || referring && (is_number || matches!(word, "and" | "or" | "to"));
        if !referring && is_numeral(word, before, after) {
            found.push(token.clone());
            continue;
        }
        let Some(n) = number_word(word, known) else { continue };
        // "twenty-one" is one figure.
        match found.last_mut() {
            Some(last) if text[last.end..token.start].trim_matches([' ', '-']).is_empty() => {
                last.end = token.end
            }
            _ if n >= LEAST => found.push(token.clone()),
            _ => {}
        }
    }
    found
}

/// Words between white space and hyphens, without the signs around them.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for part in
        text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}'))
    {
        let trimmed = part.trim_matches(|c: char| {
            !(c.is_alphanumeric() || matches!(c, '¶' | '§' | '#' | '.' | '%')) || c.is_whitespace()
        });
        let trimmed = trimmed.trim_end_matches('.').trim_end_matches('%');
        if !trimmed.is_empty() {
            let at = start + (trimmed.as_ptr() as usize - part.as_ptr() as usize);
            tokens.push(at..at + trimmed.len());
        }
        start += part.len();
    }
    tokens
}

/// What stands before the number of a page, a paragraph or a decision.
const REFERENCES: [&str; 26] = [
    "p",
    "pp",
    "no",
    "nos",
    "nr",
    "vol",
    "art",
    "article",
    "articles",
    "chapter",
    "paragraph",
    "paragraphs",
    "page",
    "pages",
    "resolution",
    "number",
    "section",
    "part",
    "note",
    "figure",
    "table",
    "day",
    "days",
    "¶",
    "§",
    "#",
];

fn is_reference(word: &str) -> bool {
    REFERENCES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

fn is_numeral(word: &str, before: Option<&str>, after: Option<&str>) -> bool {
    if word.starts_with(['¶', '§', '#']) {
        return false;
    }
    // "3–5" is a figure, "2022–2023" a time.
    let ends: Vec<&str> = word.split(['–', '—']).filter(|part| !part.is_empty()).collect();
    let numbers: Vec<u64> = ends.iter().filter_map(|part| numeral(part)).collect();
    if numbers.is_empty() || numbers.len() < ends.len() {
        return false;
    }
    let is_reference = before.is_some_and(is_reference);
    let is_year = |word: &str, n: u64| word.chars().count() == 4 && (1000..2200).contains(&n);
    let years = ends.iter().zip(&numbers).all(|(word, n)| is_year(word, *n));
    if is_reference || years {
        return false;
    }
    // "7 October", "October 7, 2023", "Group of 7": what stands beside a name or a year is no count. In a
    // script without capitals every word may be a month.
    let days = numbers.iter().all(|n| (1..=31).contains(n));
    let names = |word: &str| {
        let first = word.chars().next();
        first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
            || numeral(word).is_some_and(|n| is_year(word, n))
    };
    !(days && (before.is_some_and(names) || after.is_some_and(names)))
}

/// The least number in words that is taken for a figure: "one" and "two" are said of anything.
const LEAST: u64 = 3;

fn number_word(word: &str, known: Option<&Words>) -> Option<u64> {
    let lower = word.to_lowercase();
    let mut words = known.into_iter().flat_map(|known| known.numbers.iter().chain(known.multipliers));
    words.find(|(number, _)| *number == lower).map(|(_, n)| *n).filter(|n| *n > 0)
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
