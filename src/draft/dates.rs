//! A sentence -> the dates that stand in it. A date is as precise as it is written; what depends on the day of
//! writing, or says more or less than a day, a month or a year, is told and not read.

use super::sentences::Sentence;
use super::vocabulary::{MONTHS, WEEKDAYS};
use crate::model::date::Date;

/// A date as a sentence has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub words: String,
    /// The date, where the words leave only one reading.
    pub edtf: Option<String>,
    /// Why there is none.
    pub why: &'static str,
}

const NO_YEAR: &str = "the year is not written";
const RELATIVE: &str = "it depends on the day of writing";
const EITHER: &str = "which number is the day and which the month is not said";
const SHORT_YEAR: &str = "its numbers can be read in several ways";
const NO_DATE: &str = "there is no such date";
const BOUND: &str = "it is a bound, a part or a span: see the section on dates in the reference";

pub fn find(sentence: &Sentence) -> Vec<Found> {
    let lower: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
    let reader = Reader { sentence, lower: &lower };
    let mut found = Vec::new();
    let mut at = 0;
    while at < lower.len() {
        match reader.at(at) {
            Some((end, date)) => {
                found.push(date);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'r, 't> {
    sentence: &'r Sentence<'t>,
    lower: &'r [String],
}

impl Reader<'_, '_> {
    fn at(&self, at: usize) -> Option<(usize, Found)> {
        if let Some((end, Err(why))) = self.in_numbers(at) {
            return Some((end, Found { words: self.sentence.slice(at..end).to_owned(), edtf: None, why }));
        }
        let (end, edtf) = self.plain(at).or_else(|| self.vague(at).map(|end| (end, None)))?;
        let words = self.sentence.slice(at..end).to_owned();
        let Some(edtf) = edtf else {
            let is_month = MONTHS.contains(&self.lower[end - 1].as_str()) || self.day(end - 1).is_some();
            return Some((end, Found { words, edtf: None, why: if is_month { NO_YEAR } else { RELATIVE } }));
        };
        if let Some(start) = self.bound_before(at) {
            let words = self.sentence.slice(start..end).to_owned();
            return Some((end, Found { words, edtf: None, why: BOUND }));
        }
        if let Some(end) = self.span_behind(end) {
            let words = self.sentence.slice(at..end).to_owned();
            return Some((end, Found { words, edtf: None, why: BOUND }));
        }
        // What is no day of the calendar stays in its words.
        let edtf = Date::parse(&edtf).is_ok().then_some(edtf);
        Some((end, Found { words, edtf, why: NO_DATE }))
    }

    /// A date in a plain form that begins at a word: where it ends, and the date when its year is written.
    fn plain(&self, at: usize) -> Option<(usize, Option<String>)> {
        if let Some((end, Ok(date))) = self.in_numbers(at) {
            return Some((end, Some(date)));
        }
        let word = self.lower[at].as_str();
        if is_iso(word) {
            return Some((at + 1, Some(word.to_owned())));
        }
        if let (Some(day), Some(month)) = (self.day(at), self.month(at + 1)) {
            let year = self.year(at + 2);
            let end = at + 2 + usize::from(year.is_some());
            return Some((end, year.map(|year| format!("{year}-{month:02}-{day:02}"))));
        }
        if let Some(month) = self.month(at) {
            if let Some(year) = self.year(at + 1) {
                return Some((at + 2, Some(format!("{year}-{month:02}"))));
            }
            if let Some(day) = self.day(at + 1).filter(|_| self.is_near(at + 1)) {
                let year = self.year(at + 2);
                let end = at + 2 + usize::from(year.is_some());
                return Some((end, year.map(|year| format!("{year}-{month:02}-{day:02}"))));
            }
            // `May` is a word of another meaning, too.
            let is_led = at > 0
                && ["in", "since", "until", "by", "of", "last", "next"]
                    .contains(&self.lower[at - 1].as_str());
            return is_led.then_some((at + 1, None));
        }
        let season = ["spring", "summer", "autumn", "winter"].iter().position(|season| *season == word);
        if let (Some(season), Some(year)) = (season, self.year(at + 1)) {
            return Some((at + 2, Some(format!("{year}-{}", season + 21))));
        }
        let leads = ["in", "since", "during", "until", "before", "after", "by", "from", "about", "around"];
        let is_led = at > 0 && leads.contains(&self.lower[at - 1].as_str());
        let year = self.year(at).filter(|_| is_led && self.is_near(at))?;
        // "In 2000 villages" counts, and tells no year.
        let is_count = self.lower.get(at + 1).is_some_and(|next| {
            self.is_near(at + 1)
                && next.ends_with('s')
                && !["was", "is", "has", "as", "its", "his"].contains(&next.as_str())
        });
        (!is_count).then_some((at + 1, Some(year.to_owned())))
    }

    /// A date of three numbers that begins at a word: where it ends, and the date, or why it is left open.
    fn in_numbers(&self, at: usize) -> Option<(usize, Result<String, &'static str>)> {
        let word = self.sentence.words.get(at)?;
        let (before, text) = self.sentence.text.split_at(word.at);
        // It may be a part of more numbers.
        if before.ends_with(|c: char| c.is_alphanumeric() || "/.-".contains(c)) {
            return None;
        }
        let (len, read) = in_numbers(text)?;
        let end = self.sentence.words.iter().position(|other| other.end() == word.at + len)?;
        Some((end + 1, read))
    }

    /// A date that depends on the day of writing: where it ends.
    fn vague(&self, at: usize) -> Option<usize> {
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
        WEEKDAYS.contains(&word).then_some(at + 1)
    }

    /// Where a word begins that makes of a date a bound or a part of it.
    fn bound_before(&self, at: usize) -> Option<usize> {
        const BOUNDS: [&str; 18] = [
            "by",
            "before",
            "after",
            "until",
            "till",
            "since",
            "about",
            "around",
            "circa",
            "early",
            "mid",
            "late",
            "from",
            "between",
            "to",
            "through",
            "or",
            "beginning",
        ];
        let of = at.checked_sub(1)?;
        let is_of = ["of", "in", "the"].contains(&self.lower[of].as_str());
        let before = if is_of { of.checked_sub(1)? } else { of };
        let word = self.lower[before].as_str();
        let ends = ["end", "middle", "start", "half", "quarter"].contains(&word);
        let is_bound = BOUNDS.contains(&word) && !(is_of && word == "to") || ends && is_of;
        // `14–16 June`: the number before is the other end.
        let is_dash =
            self.sentence.words[at].gap.trim().starts_with(['–', '-', '/', '—']) && self.day(of).is_some();
        (is_bound || is_dash).then_some(if is_dash { of } else { before })
    }

    /// Where a span ends that a date begins: `June 2023 to July 2023`.
    fn span_behind(&self, end: usize) -> Option<usize> {
        let gap = self.sentence.gap_behind(end - 1).trim();
        let is_dash = matches!(gap, "–" | "-" | "—" | "/");
        let is_word = ["to", "or", "until", "through"]
            .iter()
            .any(|word| self.lower.get(end).is_some_and(|next| next == word));
        let other = end + usize::from(is_word && !is_dash);
        if !is_dash && !is_word {
            return None;
        }
        self.plain_after(other)
    }

    fn plain_after(&self, at: usize) -> Option<usize> {
        self.lower.get(at)?;
        let year = self.year(at).map(|_| at + 1);
        self.plain(at).map(|(end, _)| end).or(year)
    }

    fn is_near(&self, at: usize) -> bool {
        self.sentence.words.get(at).is_some_and(|word| matches!(word.gap, " " | ". "))
    }

    fn day(&self, at: usize) -> Option<u8> {
        let word = self.lower.get(at)?;
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if number.len() > 2 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        number.parse().ok().filter(|day| (1..=31).contains(day))
    }

    fn month(&self, at: usize) -> Option<usize> {
        let word = self.sentence.words.get(at)?;
        let is_near = at == 0 || matches!(word.gap, " " | " of ") || word.gap.ends_with([' ', '(', '“', '"']);
        let lower = self.lower.get(at)?;
        let month = MONTHS.iter().position(|month| month == lower)?;
        (is_near && word.text.starts_with(char::is_uppercase)).then_some(month + 1)
    }

    /// A year of four digits, near the word before.
    fn year(&self, at: usize) -> Option<&str> {
        let gap = self.sentence.words.get(at)?.gap;
        let word = self.lower.get(at)?.as_str();
        let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && word >= "1000";
        (is_year && matches!(gap, "" | " " | ", ")).then_some(word)
    }
}

/// The date in three numbers that a text begins with: how long it is, and the date, or why it is left open. Whether the day
/// or the month comes first is only known where one of them can be no month.
fn in_numbers(text: &str) -> Option<(usize, Result<String, &'static str>)> {
    let len = text.find(|c: char| !c.is_ascii_digit())?;
    let mark = text[len..].chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = text.splitn(3, mark);
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let third = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let mut behind = rest[third.len()..].chars();
    let next = behind.next();
    let goes_on = next.is_some_and(char::is_alphanumeric)
        || next == Some(mark) && behind.next().is_some_and(char::is_alphanumeric);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if goes_on || ![first, second, third].into_iter().all(is_number) {
        return None;
    }
    let len = first.len() + second.len() + third.len() + 2;
    let number = |part: &str| part.parse::<u8>().ok();
    let written = |year: &str, month: u8, day: u8| {
        let edtf = format!("{year}-{month:02}-{day:02}");
        if Date::parse(&edtf).is_ok() { Ok(edtf) } else { Err(NO_DATE) }
    };
    let read = match [first.len(), second.len(), third.len()] {
        // With hyphens it is EDTF.
        [4, 1 | 2, 1 | 2] if mark != '-' && first >= "1000" => {
            written(first, number(second)?, number(third)?)
        }
        [1 | 2, 1 | 2, 4] if third >= "1000" => match (number(first)?, number(second)?) {
            (day, month) if day == month => written(third, month, day),
            (day, month) if day > 12 => written(third, month, day),
            (month, day) if day > 12 => written(third, month, day),
            _ => Err(EITHER),
        },
        [1 | 2, 1 | 2, 2] if mark == '/' => Err(SHORT_YEAR),
        _ => return None,
    };
    Some((len, read))
}

fn is_iso(word: &str) -> bool {
    let lengths: Vec<usize> = word.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [4, 2] | [4, 2, 2])
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && Date::parse(word).is_ok_and(|date| date.text().len() == word.len())
        // `2023-21` is a season to us, and a span of years to most.
        && word.get(5..7).is_some_and(|month| month <= "12")
}

#[cfg(test)]
mod tests {
    use super::super::sentences;
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        let paragraphs = [text];
        let all = sentences::all(&paragraphs);
        all.iter().flat_map(find).map(|found| (found.words, found.edtf)).collect()
    }

    fn one(text: &str) -> (String, Option<String>) {
        let mut all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all.remove(0)
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_written() {
        for (text, date) in [
            ("They met on 14 June 2023.", "2023-06-14"),
            ("They met on June 14, 2023, in Lund.", "2023-06-14"),
            ("They met on the 3rd June 2023.", "2023-06-03"),
            ("They met in June 2023.", "2023-06"),
            ("They met in 2023.", "2023"),
            ("They met in spring 2023.", "2023-21"),
            ("It is dated 2023-06-14.", "2023-06-14"),
            ("They met on 14/06/2023.", "2023-06-14"),
            ("They met on 06/14/2023, at noon.", "2023-06-14"),
            ("They met on 14.6.2023.", "2023-06-14"),
            ("They met on 30.11.2023 (at noon).", "2023-11-30"),
            ("They met on 14-06-2023.", "2023-06-14"),
            ("They met on 2023/6/14.", "2023-06-14"),
            ("They met on 6/6/2023.", "2023-06-06"),
        ] {
            assert_eq!(one(text).1.as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_leaves_more_than_one_reading_is_not_read() {
        for (text, words) in [
            ("They met last Tuesday.", "last Tuesday"),
            ("They met on 14 June.", "14 June"),
            ("They met in June.", "June"),
            ("They met before June 2023.", "before June 2023"),
            ("They met in early June 2023.", "early June 2023"),
            ("They met at the end of June 2023.", "end of June 2023"),
            ("They met from June 2022 to July 2023.", "from June 2022"),
            ("They met 14–16 June 2023.", "14–16 June 2023"),
            ("They met on 31 June 2023.", "31 June 2023"),
            ("They have met since 2019.", "since 2019"),
            ("They met on 12/03/2021.", "12/03/2021"),
            ("They met on 3.12.2021.", "3.12.2021"),
            ("They met on 1-2-2021.", "1-2-2021"),
            ("They met on 12/03/21.", "12/03/21"),
            ("They met on 13/14/2021.", "13/14/2021"),
            ("They met on 31/06/2021.", "31/06/2021"),
            ("They met before 14/06/2023.", "before 14/06/2023"),
            ("They met from 14/06/2023 to 16/06/2023.", "from 14/06/2023"),
        ] {
            let found = read(text);
            assert!(found.iter().all(|(_, date)| date.is_none()), "{text}: {found:?}");
            assert_eq!(found[0].0, words, "{text}");
        }
        assert_eq!(read("She may 2023 times say so; in 2000 villages they do, on page 1999."), []);
    }

    /// Numbers of other things, of which three stand together.
    #[test]
    fn not_every_three_numbers_are_a_date() {
        for text in [
            "Version 2.1.3 and rooms 12/13 and 1/2/3/2021.",
            "It has 1.250.000 members, by 10.1.2.2021.",
            "See A/12/03/2021 and 12/03/2021b, 12.03/2021.",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    /// What the rules miss.
    #[test]
    fn short_months_are_not_seen() {
        assert_eq!(read("They met on 3 Sept 2023."), []);
    }
}
