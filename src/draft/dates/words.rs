//! The words of a sentence as parts of dates: days, months and years, and whole dates of them.

use super::numbers;
use super::{Found, Reader};
use crate::draft::vocabulary::{COUNTED, FEASTS, MONTHS, ORDINALS, SHORT_MONTHS, WEEKDAYS};

/// The parts of a date that are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts<'t> {
    pub year: Option<&'t str>,
    pub month: Option<usize>,
    pub day: Option<u8>,
}

impl Parts<'_> {
    pub fn edtf(&self) -> Option<String> {
        Some(match (self.year?, self.month, self.day) {
            (year, None, None) => year.to_owned(),
            (year, Some(month), None) => format!("{year}-{month:02}"),
            (year, Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (_, None, Some(_)) => return None,
        })
    }
}

impl<'r> Reader<'r, '_> {
    /// A date in a plain form that begins at a word: where it ends, and the date when its year is written.
    pub fn plain(&self, at: usize) -> Option<(usize, Option<String>)> {
        if let Some((end, Ok(date))) = self.in_numbers(at) {
            return Some((end, Some(date)));
        }
        let word = self.lower.get(at)?.as_str();
        if numbers::is_iso(word) {
            return Some((at + 1, Some(word.to_owned())));
        }
        if let Some((end, parts)) = self.with_month(at) {
            return Some((end, parts.edtf()));
        }
        if self.month(at).is_some() {
            // `May` is a word of another meaning, and `April Jones` is a name.
            let is_led = at > 0
                && ["in", "since", "until", "by", "of", "last", "next", "between", "from"]
                    .contains(&self.lower[at - 1].as_str());
            let is_whole = MONTHS.contains(&word) && !self.is_capital_behind(at + 1);
            return (is_led && is_whole).then_some((at + 1, None));
        }
        let season = ["spring", "summer", "autumn", "winter"].iter().position(|season| *season == word);
        if let Some(season) = season {
            let of = at + 1 + usize::from(self.is_word(at + 1, &["of"]));
            let year = self.year(of)?;
            return Some((of + 1, Some(format!("{year}-{}", season + 21))));
        }
        let leads = [
            "in", "since", "during", "until", "before", "after", "by", "from", "about", "around", "early",
            "mid", "late",
        ];
        let is_led = at > 0 && leads.contains(&self.lower[at - 1].as_str());
        let is_part = at > 0 && self.lower[at - 1] == "of" && self.bound_before(at).is_some();
        let year = self.year(at).filter(|_| (is_led || is_part) && self.is_near(at))?;
        // "In 2000 villages" counts, and tells no year.
        (!self.is_count(at + 1)).then_some((at + 1, Some(year.to_owned())))
    }

    /// A day and its month, or a month and its year, that begin at a word.
    fn with_month(&self, at: usize) -> Option<(usize, Parts<'r>)> {
        if let Some(day) = self.day(at) {
            let of = at + 1 + usize::from(self.is_word(at + 1, &["of"]));
            if let Some(month) = self.month(of).filter(|_| self.gap(of) == " ") {
                return Some(self.with_year(of + 1, month, Some(day)));
            }
        }
        let month = self.month(at)?;
        if let Some(year) = self.year(at + 1) {
            return Some((at + 2, Parts { year: Some(year), month: Some(month), day: None }));
        }
        let the = at + 1 + usize::from(self.is_word(at + 1, &["the"]));
        let day = self.day(the).filter(|_| self.is_near(the))?;
        Some(self.with_year(the + 1, month, Some(day)))
    }

    fn with_year(&self, at: usize, month: usize, day: Option<u8>) -> (usize, Parts<'r>) {
        // "On 5 March, 2000 villages" counts as well.
        let year = self.year(at).filter(|year| is_likely(year) || !self.is_count(at + 1));
        (at + usize::from(year.is_some()), Parts { year, month: Some(month), day })
    }

    /// What stands at one end of `between A and B`: parts of a date, of which the other end may have the rest.
    pub fn parts(&self, at: usize) -> Option<(usize, Parts<'r>)> {
        let at = self.skip_lead(at);
        let word = self.lower.get(at)?.as_str();
        if numbers::is_iso(word) {
            let (day, month) = (word.get(8..), word.get(5..7));
            let number = |text: Option<&str>| text.and_then(|text| text.parse::<u8>().ok());
            let parts =
                Parts { year: word.get(..4), month: number(month).map(usize::from), day: number(day) };
            return Some((at + 1, parts));
        }
        if let Some(read) = self.with_month(at) {
            return Some(read);
        }
        if let Some(month) = self.month(at) {
            return Some((at + 1, Parts { month: Some(month), ..Parts::default() }));
        }
        if let Some(year) = self.year(at).filter(|year| is_likely(year)) {
            return Some((at + 1, Parts { year: Some(year), ..Parts::default() }));
        }
        self.day(at).map(|day| (at + 1, Parts { day: Some(day), ..Parts::default() }))
    }

    /// Behind a weekday and an article.
    pub fn skip_lead(&self, at: usize) -> usize {
        let at = at + usize::from(self.is_word(at, &WEEKDAYS));
        at + usize::from(self.is_word(at, &["the"]))
    }

    /// A date of three numbers that begins at a word: where it ends, and the date, or why it is left open.
    pub fn in_numbers(&self, at: usize) -> Option<(usize, Result<String, &'static str>)> {
        let word = self.sentence.words.get(at)?;
        let (before, text) = self.sentence.text.split_at(word.at);
        // It may be a part of more numbers.
        if before.ends_with(|c: char| c.is_alphanumeric() || "/.-".contains(c)) {
            return None;
        }
        let (len, read) = numbers::in_numbers(text)?;
        let end = self.sentence.words.iter().position(|other| other.end() == word.at + len)?;
        Some((end + 1, read))
    }

    /// A date that depends on the day of writing: where it ends.
    pub fn vague(&self, at: usize) -> Option<usize> {
        let word = self.lower[at].as_str();
        if ["yesterday", "today", "tomorrow", "tonight"].contains(&word) {
            return Some(at + 1);
        }
        let next = self.lower.get(at + 1).map(String::as_str).unwrap_or("");
        let units = ["week", "month", "year", "spring", "summer", "autumn", "winter", "night", "weekend"];
        let is_unit = units.contains(&next) || WEEKDAYS.contains(&next);
        if ["last", "next", "this"].contains(&word) && is_unit {
            return Some(at + 2);
        }
        // `Tuesday, 14 June 2023` depends on nothing.
        let is_dated = self.plain(self.skip_lead(at)).is_some() && matches!(self.gap(at + 1), " " | ", ");
        (WEEKDAYS.contains(&word) && !is_dated).then_some(at + 1)
    }

    /// A word that is only half a date: `mid-June`, `2019-20`.
    pub fn half_written(&self, at: usize) -> Option<Found> {
        const HALVES: [&str; 6] = ["mid", "early", "late", "pre", "post", "end"];
        let word = self.sentence.words.get(at)?;
        let (first, last) = word.text.split_once(['-', '‐'])?;
        let is_month = |text: &str| MONTHS.contains(&text.to_lowercase().as_str());
        let is_year = |text: &str| is_number(text) && text.len() == 4 && is_likely(text);
        let is_half = HALVES.contains(&first.to_lowercase().as_str()) && (is_month(last) || is_year(last));
        let is_end = is_month(last) || is_number(last) && last.len() == 2 || is_year(last);
        let is_span = is_year(first) && is_end || is_month(first) && (is_month(last) || is_year(last));
        if numbers::is_iso(word.text) || !(is_half || is_span) {
            return None;
        }
        let end = at + 1 + usize::from(self.year(at + 1).is_some());
        Some(self.left(at..end, super::BOUND))
    }

    /// A part of a year, or several years: `Q2 2024`, `Christmas 2022`, `the late 1990s`.
    pub fn part_of_years(&self, at: usize) -> Option<Found> {
        let word = self.sentence.words.get(at)?;
        let lower = self.lower[at].as_str();
        let is_year = |year: &str| year.len() == 4 && is_number(year);
        if lower.strip_suffix('s').is_some_and(is_year) || is_year(lower) && word.is_possessive {
            let is_led = at > 0 && self.is_word(at - 1, &["early", "mid", "late"]);
            return Some(self.left(at - usize::from(is_led)..at + 1, super::BOUND));
        }
        if self.is_word(at, &["q1", "q2", "q3", "q4", "h1", "h2"]) {
            let of = at + 1 + usize::from(self.is_word(at + 1, &["of"]));
            return self.year(of).map(|_| self.left(at..of + 1, super::BOUND));
        }
        if !self.is_word(at, FEASTS) || !word.text.starts_with(char::is_uppercase) {
            return None;
        }
        let end = at + 1 + usize::from(self.is_word(at + 1, &["day", "eve", "sunday", "monday"]));
        let of = end + usize::from(self.is_word(end, &["of", "in"]));
        match self.year(of) {
            Some(_) => Some(self.left(at..of + 1, super::BOUND)),
            // `Easter Island`
            None => (!self.is_capital_behind(end)).then(|| self.left(at..end, super::NO_YEAR)),
        }
    }

    pub fn gap(&self, at: usize) -> &str {
        self.sentence.words.get(at).map_or("", |word| word.gap)
    }

    pub fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.lower.get(at).is_some_and(|word| words.contains(&word.as_str()))
    }

    /// Whether what stands behind a number may be what it counts.
    pub fn is_count(&self, at: usize) -> bool {
        self.gap(at) == " "
            && self.lower.get(at).is_some_and(|next| {
                let is_plural = next.ends_with('s')
                    && !["was", "is", "has", "as", "its", "his", "this"].contains(&next.as_str());
                is_plural || COUNTED.contains(&next.as_str())
            })
    }

    fn is_capital_behind(&self, at: usize) -> bool {
        let word = self.sentence.words.get(at);
        word.is_some_and(|word| word.gap == " " && word.text.starts_with(char::is_uppercase))
    }

    pub fn is_near(&self, at: usize) -> bool {
        matches!(self.gap(at), " ") || self.gap(at) == ". " && at > 0 && self.is_short_month(at - 1)
    }

    fn is_short_month(&self, at: usize) -> bool {
        self.lower.get(at).is_some_and(|word| SHORT_MONTHS.iter().any(|(short, _)| short == word))
    }

    pub fn day(&self, at: usize) -> Option<u8> {
        let word = self.lower.get(at)?;
        if let Some(index) = ORDINALS.iter().position(|ordinal| ordinal == word) {
            return u8::try_from(index + 1).ok();
        }
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if number.len() > 2 || !is_number(number) {
            return None;
        }
        number.parse().ok().filter(|day| (1..=31).contains(day))
    }

    pub fn month(&self, at: usize) -> Option<usize> {
        let word = self.sentence.words.get(at)?;
        let is_near = at == 0 || word.gap.ends_with([' ', '(', '“', '"', '–', '-', '—', '/']);
        let lower = self.lower.get(at)?;
        let short = || SHORT_MONTHS.iter().find(|(short, _)| short == lower).map(|(_, month)| month - 1);
        let month = MONTHS.iter().position(|month| month == lower).or_else(short)?;
        (is_near && word.text.starts_with(char::is_uppercase)).then_some(month + 1)
    }

    /// A year of four digits, near the word before.
    pub fn year(&self, at: usize) -> Option<&'r str> {
        let is_near = matches!(self.gap(at), "" | " " | ", ") || self.is_near(at);
        self.year_number(at).filter(|_| is_near)
    }

    pub fn year_number(&self, at: usize) -> Option<&'r str> {
        let word = self.lower.get(at)?.as_str();
        (word.len() == 4 && is_number(word) && word >= "1000").then_some(word)
    }
}

pub fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a number of four digits is a year rather than a count, which is more often a round one.
fn is_likely(year: &str) -> bool {
    ("1500".."2100").contains(&year) && !year.ends_with("00")
}
