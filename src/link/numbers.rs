//! Reads the number in a few words: `four times`, `at least 1,200`, `two dozen`, `٤`.

mod stated;
mod tokens;
mod words;

pub use stated::stated;
use words::{LANGUAGES, Words};

/// What the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub comparison: Comparison,
    pub number: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Exactly,
    AtLeast,
    MoreThan,
    AtMost,
    FewerThan,
}

/// The one number in `words`, in digits or in the words of a language (a BCP 47 tag). The error says
/// why there is none.
pub fn read(words: &str, language: &str) -> Result<Reading, String> {
    let primary = language.split('-').next().unwrap_or(language);
    let known = LANGUAGES.iter().find(|words| words.language == primary);
    let lower = words.to_lowercase();
    let comparison = known.and_then(|known| comparison(known, &lower));
    // "no more than four" holds a word that is a number elsewhere.
    let rest = comparison.map_or(lower.clone(), |(phrase, _)| lower.replacen(phrase, " ", 1));
    if let Some(vague) = known.and_then(|known| tokens(&rest).find(|token| known.vague.contains(token))) {
        return Err(format!("`{vague}` is no number that could be checked"));
    }
    let mut numbers = numbers(&rest, known);
    if numbers.is_empty()
        && known.is_some_and(|known| tokens(&rest).any(|token| known.articles.contains(&token)))
    {
        numbers.push(1);
    }
    match numbers.as_slice() {
        [number] => Ok(Reading {
            comparison: comparison.map_or(Comparison::Exactly, |(_, comparison)| comparison),
            number: *number,
        }),
        [] if known.is_some() => {
            Err(format!("there is no number in these words, read as the language `{primary}`"))
        }
        [] => Err(format!("in the language `{primary}` numbers are read in digits only, and there are none")),
        _ => Err("there is more than one number in these words".to_owned()),
    }
}

fn comparison(known: &Words, text: &str) -> Option<(&'static str, Comparison)> {
    known.comparisons.iter().copied().find(|(phrase, _)| {
        text.match_indices(phrase).any(|(at, _)| {
            let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = text[at + phrase.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after
        })
    })
}

/// Words and numerals; hyphens join `twenty-one`, so they separate here.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '(' | ')' | ';' | ':' | '"' | '“' | '”')
    })
    .map(|token| token.trim_matches([',', '.', '!', '?', '\'', '’']))
    .filter(|token| !token.is_empty())
}

/// Every number: a numeral, or a run of number words.
fn numbers(text: &str, known: Option<&Words>) -> Vec<u64> {
    let mut found = Vec::new();
    let mut run: Option<Run> = None;
    for token in tokens(text) {
        if let Some(number) = numeral(token) {
            found.extend(run.take().map(Run::total));
            run = Some(Run { total: 0, current: number, last: number, digits: true });
            continue;
        }
        let Some(known) = known else {
            found.extend(run.take().map(Run::total));
            continue;
        };
        let number = known.numbers.iter().find(|(word, _)| *word == token).map(|(_, n)| *n);
        let multiplier = known.multipliers.iter().find(|(word, _)| *word == token).map(|(_, n)| *n);
        match (run.as_mut(), number, multiplier) {
            // Only a smaller number continues a larger one: `twenty one`, but not `two three`.
            (Some(open), Some(n), _)
                if !open.digits && n > 0 && (n < 10 && open.last >= 20 || n < 100 && open.last >= 100) =>
            {
                open.add(n)
            }
            (_, Some(n), _) => {
                found.extend(run.take().map(Run::total));
                run = Some(Run { total: 0, current: n, last: n, digits: false });
            }
            (Some(open), None, Some(n)) => open.multiply(n),
            (None, None, Some(n)) => run = Some(Run { total: 0, current: n, last: n, digits: false }),
            (Some(_), None, None) if known.fillers.contains(&token) => {}
            _ => found.extend(run.take().map(Run::total)),
        }
    }
    found.extend(run.map(Run::total));
    found
}

struct Run {
    total: u64,
    current: u64,
    last: u64,
    digits: bool,
}

impl Run {
    fn add(&mut self, n: u64) {
        self.current = self.current.saturating_add(n);
        self.last = n;
    }

    fn multiply(&mut self, n: u64) {
        if n >= 1000 {
            self.total = self.total.saturating_add(self.current.max(1).saturating_mul(n));
            self.current = 0;
        } else {
            self.current = self.current.max(1).saturating_mul(n);
        }
        self.last = n;
        self.digits = false;
    }

    fn total(self) -> u64 {
        self.total.saturating_add(self.current)
    }
}

/// A numeral in any of the common scripts, with separators between groups of three digits.
fn numeral(token: &str) -> Option<u64> {
    let mut digits = String::new();
    let mut since_separator = None;
    for c in token.chars() {
        if let Some(digit) = digit(c) {
            digits.push(digit);
            since_separator = since_separator.map(|n: usize| n + 1);
        } else if matches!(c, ',' | '.' | '\'' | '’' | '\u{66C}' | '\u{A0}' | '\u{202F}')
            && !digits.is_empty()
            && since_separator.is_none_or(|n| n == 3)
        {
            since_separator = Some(0);
        } else {
            return None;
        }
    }
    if digits.is_empty() || since_separator.is_some_and(|n| n != 3) {
        return None;
    }
    digits.parse().ok()
}

/// A decimal digit of the Latin, Arabic, Persian, Devanagari or Bengali script.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}'];
    ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(words: &str, language: &str) -> Result<u64, String> {
        read(words, language).map(|reading| reading.number)
    }

    #[test]
    fn numbers_are_read_in_words_and_digits() {
        for (words, value) in [
            ("four times", 4),
            ("Seven", 7),
            ("a dozen meetings", 12),
            ("two dozen", 24),
            ("twenty-one", 21),
            ("1,200 people", 1200),
            ("two hundred and one", 201),
            ("three thousand four hundred", 3400),
            ("a meeting", 1),
            ("no meeting", 0),
            ("never", 0),
            ("12 calls", 12),
            ("once", 1),
            ("one hundred and twenty-three thousand", 123_000),
            ("(4)", 4),
        ] {
            assert_eq!(number(words, "en"), Ok(value), "{words}");
        }
        assert_eq!(number("٤ اجتماعات", "ar"), Ok(4));
        assert_eq!(number("۱۲", "fa"), Ok(12));
        assert_eq!(number("viermal", "de"), Ok(4));
        assert_eq!(number("quatre fois", "fr"), Ok(4));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert!(number("several times", "en").is_err());
        assert!(number("a few calls", "en").is_err());
        assert_eq!(number("a pair of calls", "en"), Ok(2));
        assert!(number("two or three", "en").is_err());
        assert!(number("between 3 and 5", "en").is_err());
        assert!(number("أربع مرات", "ar").unwrap_err().contains("digits only"));
    }

    #[test]
    fn words_that_compare_are_understood() {
        let reading = |words| read(words, "en").unwrap();
        assert_eq!(reading("at least four times"), Reading { comparison: Comparison::AtLeast, number: 4 });
        assert_eq!(reading("no more than two"), Reading { comparison: Comparison::AtMost, number: 2 });
        assert_eq!(reading("overnight four").comparison, Comparison::Exactly);
    }
}
