//! A sentence -> the dates that stand in it. A date is as precise as it is written; what depends on the day of
//! writing, or says more or less than a day, a month or a year, is told and not read.

mod numbers;
pub mod published;
mod words;

use std::ops::Range;

use super::sentences::Sentence;
use super::vocabulary::{BEHIND, BOUNDS, JOINS, LATER, PARTS_OF, UNSURE, WEEKDAYS};
use crate::model::date::{Date, Day};

/// A date as a sentence has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub words: String,
    /// Where it stands in its sentence.
    pub at: Range<usize>,
    /// The date, where the words leave only one reading.
    pub edtf: Option<String>,
    /// Why there is none, or what is to be said of it.
    pub why: &'static str,
}

const NO_YEAR: &str = "the year is not written";
pub const RELATIVE: &str = "it depends on the day of writing";
const EITHER: &str = "which number is the day and which the month is not said";
const SHORT_YEAR: &str = "its numbers can be read in several ways";
const NO_DATE: &str = "there is no such date";
const BOUND: &str = "it is a bound, a part or a span: see the page on dates of the guide";
const WEEKDAY: &str = "it was another day of the week";
const SEVERAL: &str = "it is more than one date: see the page on dates of the guide";
const CALENDAR: &str = "it is of another calendar: see the page on dates of the guide";

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

/// A word of a year or a month in a sentence in which no date is found.
pub fn trace<'t>(sentence: &Sentence<'t>) -> Option<&'t str> {
    let lower: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
    let reader = Reader { sentence, lower: &lower };
    let is_month = |at: usize| at > 0 && reader.month(at).is_some();
    let is_trace = |at: usize| reader.year_number(at).is_some_and(|year| year < "2100") || is_month(at);
    (0..lower.len()).find(|at| is_trace(*at)).map(|at| sentence.words[at].text)
}

struct Reader<'r, 't> {
    sentence: &'r Sentence<'t>,
    lower: &'r [String],
}

impl Reader<'_, '_> {
    fn at(&self, at: usize) -> Option<(usize, Found)> {
        if let Some((end, Err(why))) = self.in_numbers(at) {
            return Some((end, self.left(at..end, why)));
        }
        if let Some(between) = self.between(at) {
            return Some(between);
        }
        if let Some(half) = self.half_written(at) {
            return Some((at + 1, half));
        }
        if let Some(part) = self.part_of_years(at) {
            return Some((part.at.end, part));
        }
        if self.month(at).is_some() && self.is_range(at + 1) {
            let end = self.last_part(at + 2);
            return Some((end, self.left(at..end, self.why_left(end))));
        }
        let (end, edtf) = self.plain(at).or_else(|| self.vague(at).map(|end| (end, None)))?;
        let Some(edtf) = edtf else {
            let is_date = self.month(end - 1).is_some() || self.day(end - 1).is_some();
            if !is_date {
                return Some((end, self.left(at..end, RELATIVE)));
            }
            let end = self.last_part(end);
            return Some((end, self.left(at..end, self.why_left(end))));
        };
        if let Some((start, why)) = self.bound_before(at) {
            return Some((end, self.left(start..end, why)));
        }
        if let Some((end, why)) = self.goes_on(end) {
            return Some((end, self.left(at..end, why)));
        }
        // What is no day of the calendar stays in its words.
        if Date::parse(&edtf).is_err() {
            return Some((end, self.left(at..end, NO_DATE)));
        }
        if self.is_other_weekday(at, &edtf) {
            return Some((end, self.left(at - 1..end, WEEKDAY)));
        }
        if let Some(why) = self.beside(at..end) {
            return Some((end, self.left(at..end, why)));
        }
        Some((end, self.read(at..end, edtf)))
    }

    /// Why a date is not read for a word near it: `on 9 and again on 16 February`, `at the latest in June`.
    fn beside(&self, at: Range<usize>) -> Option<&'static str> {
        const NEAR: usize = 3;
        let before = at.start.saturating_sub(NEAR)..at.start;
        let behind = at.end..(at.end + NEAR).min(self.lower.len());
        let has = |mut words: Range<usize>, list: &[&str]| words.any(|at| self.is_word(at, list));
        if has(before.clone(), &["again"]) || has(behind.clone(), &["again"]) {
            return Some(SEVERAL);
        }
        let is_style = |at: usize| self.is_word(at, &["style"]) && self.is_word(at - 1, &["old", "new"]);
        if behind.into_iter().any(is_style) {
            return Some(CALENDAR);
        }
        has(before, &["latest", "earliest"]).then_some(BOUND)
    }

    /// Whether the weekday before a date is not that of the calendar.
    fn is_other_weekday(&self, at: usize, edtf: &str) -> bool {
        let before = at.checked_sub(1).filter(|_| matches!(self.gap(at), " " | ", "));
        let written = before.and_then(|at| WEEKDAYS.iter().position(|day| *day == self.lower[at]));
        let mut parts = edtf.split('-');
        let mut day = || {
            let year = parts.next()?.parse().ok()?;
            Day::new(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
        };
        // The first day of the count was a Thursday.
        let real = day().and_then(|day| usize::try_from((day.number() + 3).rem_euclid(7)).ok());
        written.zip(real).is_some_and(|(written, real)| written != real)
    }

    fn read(&self, at: Range<usize>, edtf: String) -> Found {
        Found { words: self.sentence.slice(at.clone()).to_owned(), at, edtf: Some(edtf), why: "" }
    }

    /// Words that are left to a person to read.
    fn left(&self, at: Range<usize>, why: &'static str) -> Found {
        Found { words: self.sentence.slice(at.clone()).to_owned(), at, edtf: None, why }
    }

    /// Why a date that ends without its year, or with that of several, is not read.
    fn why_left(&self, end: usize) -> &'static str {
        if self.year_number(end - 1).is_some() { SEVERAL } else { NO_YEAR }
    }

    /// `between A and B`, which is one of the days, months or years from the first to the second.
    fn between(&self, at: usize) -> Option<(usize, Found)> {
        if self.lower[at] != "between" {
            return None;
        }
        let (and, first) = self.parts(at + 1)?;
        if !self.is_word(and, &["and"]) || self.gap(and) != " " {
            return None;
        }
        let (mut end, mut last) = self.parts(and + 1)?;
        // `between March 5 and 9, 2021`
        if last.month.is_none() && last.day.is_some() && first.month.is_some() && last.year.is_none() {
            last.year = self.year(end).filter(|_| !self.is_count(end + 1));
            end += usize::from(last.year.is_some());
        }
        // "Between 5 and 9 boats" tells no date.
        if first.month.or(last.month).is_none() && (first.year.is_none() || last.year.is_none()) {
            return None;
        }
        if let Some((end, why)) = self.goes_on(end) {
            return Some((end, self.left(at..end, why)));
        }
        if last.year.is_none() {
            return Some((end, self.left(at..end, NO_YEAR)));
        }
        let mut ends = [first, last];
        ends[0].year = first.year.or(last.year);
        // A day alone has the month of the other end.
        for (end, other) in [(0, last), (1, first)] {
            if ends[end].day.is_some() {
                ends[end].month = ends[end].month.or(other.month);
            }
        }
        let is_count = last.month.is_none() && self.is_followed(end);
        let is_even = ends[0].day.is_some() == ends[1].day.is_some()
            && ends[0].month.is_some() == ends[1].month.is_some();
        let edtf = ends[0].edtf().zip(ends[1].edtf()).map(|(first, last)| format!("[{first}..{last}]"));
        let edtf = edtf.filter(|edtf| is_even && !is_count && Date::parse(edtf).is_ok());
        let Some(edtf) = edtf else { return Some((end, self.left(at..end, BOUND))) };
        Some((end, self.read(at..end, edtf)))
    }

    /// Whether a word in small letters stands behind two numbers, which it may count.
    fn is_followed(&self, at: usize) -> bool {
        const PLAIN: [&str; 12] =
            ["the", "a", "he", "she", "they", "it", "when", "but", "was", "were", "had", "as"];
        let word = self.sentence.words.get(at);
        let is_small = word.is_some_and(|word| word.gap == " " && word.text.starts_with(char::is_lowercase));
        is_small && !self.is_word(at, &PLAIN)
    }

    /// Where a word begins that makes of a date a bound, a part or one of several, and why.
    fn bound_before(&self, date: usize) -> Option<(usize, &'static str)> {
        let mut at = date;
        while at > 0
            && (self.is_word(at - 1, &WEEKDAYS) && matches!(self.gap(at), " " | ", ")
                || self.is_word(at - 1, &["the"]) && self.gap(at) == " ")
        {
            at -= 1;
        }
        let before = at.checked_sub(1)?;
        let gap = self.gap(at).trim();
        let is_number = self.lower[before].starts_with(|c: char| c.is_ascii_digit());
        // `14–16 June`, `5-9 March`, `3, 4 March`: the number before is another day.
        let is_dash = gap.starts_with(['–', '-', '/', '—', '&']) || self.gap(at) == ", ";
        if is_dash && self.is_part(before) || gap.is_empty() && is_number {
            return Some((self.first_part(before), SEVERAL));
        }
        let is_joined = self.is_word(before, &JOINS) && self.gap(at) == " ";
        if is_joined && before > 0 && self.is_part(before - 1) {
            return Some((self.first_part(before - 1), SEVERAL));
        }
        let is_of = self.is_word(before, &["of", "in"]);
        let is_on = self.is_word(before, &["on"]);
        let word = if is_of || is_on { before.checked_sub(1)? } else { before };
        // `the 5-9 of March`
        if is_of && self.lower[word].starts_with(|c: char| c.is_ascii_digit()) && !self.is_year(word) {
            return Some((self.first_part(word), BOUND));
        }
        // `the end of the year 2023` and `in the year 2023`.
        if self.is_word(before, &["year", "month"]) {
            return self.bound_before(before);
        }
        let is_bound = !is_on && self.is_word(word, BOUNDS) && !(is_of && self.lower[word] == "to");
        let is_open = self.is_word(word, UNSURE);
        let is_end = is_of && (self.is_word(word, PARTS_OF) || self.is_word(word, &WEEKDAYS));
        (is_bound || is_open || is_end).then_some((word, BOUND))
    }

    fn is_year(&self, at: usize) -> bool {
        self.year_number(at).is_some()
    }

    /// Where a date ends that goes on behind its year, and why it is not read: `June 2023 to July 2023`, `2019/20`.
    fn goes_on(&self, end: usize) -> Option<(usize, &'static str)> {
        let gap = self.sentence.gap_behind(end - 1);
        let next = self.lower.get(end)?;
        let is_dash = matches!(gap.trim(), "–" | "-" | "—" | "/");
        let is_number = next.starts_with(|c: char| c.is_ascii_digit());
        let is_open = ["present", "now", "today", "date"].contains(&next.as_str());
        if is_dash && (is_number || is_open) && !gap.starts_with(' ') {
            return Some((end + 1, BOUND));
        }
        let is_join = gap == " " && JOINS.contains(&next.as_str());
        if is_join && self.is_word(end + 1, LATER) || gap == " " && self.is_word(end, BEHIND) {
            return Some((end + 1 + usize::from(is_join), BOUND));
        }
        if gap == " " && next == "at" && self.is_word(end + 2, &["latest", "earliest"]) {
            return Some((end + 3, BOUND));
        }
        // `in 2018, 2019 and 2020`
        if gap == ", " && self.is_year(end) && !self.is_count(end + 1) {
            return Some((self.last_part(end), SEVERAL));
        }
        if !is_dash && !is_join && gap.trim() != "&" {
            return None;
        }
        let other = self.skip_lead(end + usize::from(is_join));
        let after = self.plain_after(other)?;
        Some((after, if next == "and" || gap.trim() == "&" { SEVERAL } else { BOUND }))
    }

    fn plain_after(&self, at: usize) -> Option<usize> {
        let year = self.year_number(at).map(|_| at + 1);
        // `in October 2022 and March`, but not "in October 2022 and May Lind"
        let is_name = self
            .sentence
            .words
            .get(at + 1)
            .is_some_and(|next| next.gap == " " && next.text.starts_with(char::is_uppercase));
        let month = self.month(at).filter(|_| !is_name).map(|_| at + 1);
        self.plain(at).map(|(end, _)| end).or(year).or(month)
    }

    /// Whether a word may be a part of several dates: a day, a month, or a span of days.
    fn is_part(&self, at: usize) -> bool {
        self.day(at).is_some() || self.month(at).is_some() || self.is_range(at)
    }

    /// Whether a word is a span of days: `5-9`.
    fn is_range(&self, at: usize) -> bool {
        let is_day = |text: &str| {
            let number = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
            words::is_number(number) && number.len() <= 2
        };
        self.lower
            .get(at)
            .and_then(|word| word.split_once(['-', '‐']))
            .is_some_and(|(first, last)| is_day(first) && is_day(last))
    }

    /// Where several dates begin that end with the part at `at`.
    fn first_part(&self, mut at: usize) -> usize {
        while let Some(before) = at.checked_sub(1) {
            let is_between = self.is_word(before, &["and", "or", "to", "the", "of", "through"])
                || self.is_word(before, &WEEKDAYS);
            let is_part = self.is_part(before);
            if !(is_part || is_between && before > 0 && self.is_part(before - 1)) {
                break;
            }
            at = before;
        }
        at
    }

    /// Where several dates end that begin before `end`: `March 5 and 6, 2021`.
    fn last_part(&self, mut end: usize) -> usize {
        loop {
            let gap = self.sentence.gap_behind(end - 1).trim();
            let is_join = self.is_word(end, &JOINS) && gap.is_empty();
            let is_mark = matches!(gap, "," | "–" | "-" | "—" | "/" | "&");
            let is_behind_month = self.month(end - 1).is_some() && self.gap(end) == " ";
            let is_rest = self.year(end).is_some() || self.month(end).is_some() || is_behind_month;
            let next = self.skip_lead(end + usize::from(is_join));
            let next = next + usize::from(self.is_word(next, &["of"]));
            let is_part = self.is_part(next) || self.is_year(next);
            if !(is_part && (is_join || is_mark || is_rest || next > end)) || self.is_counted(next) {
                return end;
            }
            end = next + 1;
        }
    }

    /// Whether a number counts what is behind it: "on 5 March, 12 boats".
    fn is_counted(&self, at: usize) -> bool {
        self.month(at).is_none() && self.is_count(at + 1)
    }
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
            ("They met on the 3rd of March 2021.", "2021-03-03"),
            ("They met on the 27th of January, 2020.", "2020-01-27"),
            ("They met on the first of March 2021.", "2021-03-01"),
            ("They met on March 3rd, 2021.", "2021-03-03"),
            ("They met on March the 3rd, 2021.", "2021-03-03"),
            ("They met on Sept. 9, 2021, in Lund.", "2021-09-09"),
            ("They met on 9 Sep 2021.", "2021-09-09"),
            ("They met in Dec. 2021.", "2021-12"),
            ("They met on Wednesday, 14 June 2023.", "2023-06-14"),
            ("They met on Wednesday 14 June 2023.", "2023-06-14"),
            ("They met in the summer of 2019.", "2019-22"),
            ("They met between 5 and 9 March 2021.", "[2021-03-05..2021-03-09]"),
            ("They met between the 5th and the 9th of March 2021.", "[2021-03-05..2021-03-09]"),
            ("They met between March 5 and 9, 2021.", "[2021-03-05..2021-03-09]"),
            ("They met between 28 March and 2 April 2021.", "[2021-03-28..2021-04-02]"),
            ("They met between March and June 2021.", "[2021-03..2021-06]"),
            ("They met between December 2020 and June 2021.", "[2020-12..2021-06]"),
            ("They met between 2019 and 2021.", "[2019..2021]"),
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
            ("They met in early 2024.", "early 2024"),
            ("They met in late 2023; it was cold.", "late 2023"),
            ("They met in mid 2023.", "mid 2023"),
            ("They met in the 1990s.", "1990s"),
            ("They met in the late 1990s.", "late 1990s"),
            ("They met in Q2 2024.", "Q2 2024"),
            ("They met at Christmas 2022.", "Christmas 2022"),
            ("They met on Christmas Eve.", "Christmas Eve"),
            ("They met on Tuesday, 8 May 2023.", "Tuesday, 8 May 2023"),
            ("They met on 12/03/2021.", "12/03/2021"),
            ("They met on 3.12.2021.", "3.12.2021"),
            ("They met on 1-2-2021.", "1-2-2021"),
            ("They met on 12/03/21.", "12/03/21"),
            ("They met on 13/14/2021.", "13/14/2021"),
            ("They met on 31/06/2021.", "31/06/2021"),
            ("They met before 14/06/2023.", "before 14/06/2023"),
            ("They met from 14/06/2023 to 16/06/2023.", "from 14/06/2023"),
            ("They met on 3 and 4 March 2021.", "3 and 4 March 2021"),
            ("They met on 3, 4 and 5 March 2021.", "3, 4 and 5 March 2021"),
            ("They met on the 3rd and 4th of March 2021.", "3rd and 4th of March 2021"),
            ("They met on 3 & 4 March 2021.", "3 & 4 March 2021"),
            ("They met on 5-9 March 2021.", "5-9 March 2021"),
            ("They met on the 5-9 of March 2021.", "5-9 of March 2021"),
            ("They met on March 5-9, 2021.", "March 5-9, 2021"),
            ("They met on March 5–9, 2021.", "March 5–9, 2021"),
            ("They met on March 5 and 6, 2021.", "March 5 and 6, 2021"),
            ("They met on March 5 and April 6, 2021.", "March 5 and April 6, 2021"),
            ("They met in March and April 2021.", "March and April 2021"),
            ("They met on Monday 5 to Friday 9 March 2021.", "Monday"),
            ("They met in 2019 and 2020.", "2019 and 2020"),
            ("They met in 2018, 2019 and 2020.", "2018, 2019 and 2020"),
            ("They met in 2019/20.", "2019/20"),
            ("They met in 2019–20.", "2019–20"),
            ("They met in 2019-20.", "2019-20"),
            ("They met in 2019–present.", "2019–present"),
            ("They met in mid-June 2023.", "mid-June 2023"),
            ("They met in 2019 or later.", "2019 or later"),
            ("They met no later than 3 March 2021.", "than 3 March 2021"),
            ("They met, perhaps on 3 March 2021.", "perhaps on 3 March 2021"),
            ("They met in the first week of March 2021.", "week of March 2021"),
            ("They met at the end of 2019.", "end of 2019"),
            ("They met on 32 March 2021.", "32 March 2021"),
            ("They met on 5 March, 2000 people say.", "5 March"),
            ("They met between December and January 2021.", "between December and January 2021"),
            ("They met between 5 and 9 March.", "between 5 and 9 March"),
            ("They met between 2019 and March 2021.", "between 2019 and March 2021"),
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

    /// Why a date is left is said as it is.
    #[test]
    fn the_reason_is_the_right_one() {
        let why = |text: &str| {
            let paragraphs = [text];
            find(&sentences::all(&paragraphs)[0])[0].why
        };
        assert_eq!(why("They met on March 5 and 6, 2021."), SEVERAL);
        assert_eq!(why("They met on March 5 and 6."), NO_YEAR);
        assert_eq!(why("They met in June, by Lund."), NO_YEAR);
        assert_eq!(why("They met in early June 2023."), BOUND);
        assert_eq!(why("They met at Christmas."), NO_YEAR);
        assert_eq!(why("They met on Tuesday, 8 May 2023."), WEEKDAY);
    }

    /// Numbers that only count, and months that are names.
    #[test]
    fn what_counts_or_names_is_no_date() {
        for text in [
            "Between 5 and 9 boats came, and between 1500 and 2000 people.",
            "It was written by April Jones and seen by May Lind.",
            "A letter of 2000 words.",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
