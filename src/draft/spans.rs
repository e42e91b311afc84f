//! A sentence -> the runs of words in it that may be names.

use std::collections::HashSet;
use std::ops::Range;

use super::joined::{FIRM_ENDS, SUBJECTS};
use super::language::Language;
use super::sentences::{Sentence, Word};
use super::vocabulary::{
    BEFORE_TITLES, DETERMINERS, ENGLISH_PARTICLES, FEASTS, FIRMS, GERMAN_PARTICLES, GROUP_HEADS, GROUPS,
    HONORIFICS, MONTHS, OTHER_STARTERS, PARTICLES, SHORT_MONTHS, SITES, STARTERS, SUFFIXES, SURNAMES, TITLES,
    WEEKDAYS,
};

/// A run of words that may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub words: Range<usize>,
    /// The titles right before it.
    pub titles: Range<usize>,
    /// Whether one of its words makes it a group.
    pub is_group: bool,
    /// Whether the name may go on behind it: `Ministry of Harbours and Lakes`.
    pub may_go_on: bool,
}

impl Span {
    /// Where its titles begin, or it.
    pub fn from(&self) -> usize {
        if self.titles.is_empty() { self.words.start } else { self.titles.start }
    }
}

/// Cuts a sentence. `small` holds the words that the text also has in small letters.
pub fn cut(sentence: &Sentence, language: &Language, small: &HashSet<&str>) -> Vec<Span> {
    if *language == Language::Caseless {
        return Vec::new();
    }
    let cutter = Cutter { words: &sentence.words, language, small };
    let mut spans = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        at = cutter.next(at, &mut spans);
    }
    spans
}

/// Whether a word is one that stands before names.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word) || HONORIFICS.contains(&word)
}

/// Whether a word may stand before a title and belong to it.
pub fn is_before_title(word: &str) -> bool {
    BEFORE_TITLES.contains(&word) || is_title(word)
}

/// Whether a word makes a name that of a group.
pub fn is_group_word(word: &str) -> bool {
    GROUPS.contains(&word)
}

struct Cutter<'c, 't> {
    words: &'c [Word<'t>],
    language: &'c Language,
    small: &'c HashSet<&'c str>,
}

impl Cutter<'_, '_> {
    /// Looks at what begins at a word, and says where to go on.
    fn next(&self, at: usize, spans: &mut Vec<Span>) -> usize {
        if !self.is_capital(at) {
            if self.language.is_english()
                && self.is(at, GROUP_HEADS)
                && let Some(end) = self.of_names(at + 1, false)
            {
                let may_go_on = self.may_go_on(end);
                spans.push(Span { words: at..end, titles: at..at, is_group: true, may_go_on });
                return end;
            }
            return at + 1;
        }
        let mut end = at + 1;
        while let Some(next) = self.goes_on(end) {
            end = next;
        }
        self.take(at..end, spans).max(at + 1)
    }

    /// The end of a run that goes on with the word at `at`.
    fn goes_on(&self, at: usize) -> Option<usize> {
        let mut next = at;
        // A name has at most three particles in a row: `von und zu`.
        let particles = if self.language.is_german() { GERMAN_PARTICLES } else { PARTICLES };
        let is_particle = |at: usize| {
            self.is(at, particles) || self.language.is_english() && self.is(at, ENGLISH_PARTICLES)
        };
        while next < at + 3 && self.is_joined(next) && self.is_small(next) && is_particle(next) {
            next += 1;
        }
        let plain = (self.is_joined(next) && self.is_capital(next)).then_some(next + 1);
        plain.or_else(|| self.behind_and(at)).or_else(|| self.behind_comma(at))
    }

    /// The end of a run that goes on behind a comma before `at`: `Rook, Vane and Partners`, `Otto Falk, Jr.`.
    fn behind_comma(&self, at: usize) -> Option<usize> {
        let is_led = self.words.get(at).is_some_and(|word| word.gap == ", ") && at > 0;
        let is_firm = is_led && self.is_capital(at) && self.is_and(at + 1) && self.is(at + 2, FIRM_ENDS);
        if is_led && self.is_capital(at) && self.is(at, &["jr", "sr"]) {
            return Some(at + 1);
        }
        if self.language.is_english() && is_firm && self.is_capital(at + 2) {
            return Some(at + 3);
        }
        // `Foreign, Commonwealth and Development Office`
        let is_subject = |at: usize| self.is_capital(at) && self.is(at, SUBJECTS);
        let mut last = at;
        while is_subject(last) && self.words.get(last + 1).is_some_and(|word| word.gap == ", ") {
            last += 1;
        }
        let is_list = is_led && is_subject(at - 1) && is_subject(last) && self.behind_and(last + 1).is_some();
        (self.language.is_english() && is_list).then_some(at + 1)
    }

    /// The end of a run that goes on behind an `and` at `at`, or an `&` before it: `Berg and Sons`, `Health and Safety Board`.
    fn behind_and(&self, at: usize) -> Option<usize> {
        if !self.language.is_english() || at == 0 {
            return None;
        }
        let next = at + usize::from(self.is_and(at));
        if !(self.is_capital(next) && self.is_behind_and(next)) {
            return None;
        }
        let is_of_subjects = self.is(at - 1, SUBJECTS) && self.is(next, SUBJECTS);
        let is_firm = self.is(next, FIRM_ENDS);
        let mut end = next + 1;
        while self.is_joined(end) && self.is_capital(end) {
            end += 1;
        }
        let is_signed = next == at;
        let names_group = (is_of_subjects || is_signed) && self.has_group_word(next..end)
            || is_signed && self.is(end - 1, FIRMS);
        (is_firm || names_group).then_some(next + 1)
    }

    fn is_and(&self, at: usize) -> bool {
        self.is_joined(at) && self.words[at].text == "and"
    }

    /// Whether `and` or `&` stands between a word and the one before, and nothing else.
    fn is_behind_and(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let is_owner = |at: usize| self.words.get(at).is_some_and(|word| word.is_possessive);
        if word.gap == " & " {
            return at > 0 && !is_owner(at - 1);
        }
        at > 1 && self.is_joined(at) && self.is_and(at - 1)
    }

    /// Makes spans of a run of words with capital letters, and says where the last of them ends.
    fn take(&self, run: Range<usize>, spans: &mut Vec<Span>) -> usize {
        let mut words = run.clone();
        while !words.is_empty() && self.is_no_name(words.start) && !self.is_first_name(&words) {
            words.start += 1;
        }
        while !words.is_empty() && self.is_of_calendar(words.end - 1) && !self.is_last_name(&words) {
            words.end -= 1;
        }
        if self.language.is_german() && words.len() > 1 && self.is_behind_determiner(words.start) {
            words.start += 1;
        }
        while !words.is_empty() && self.is_small(words.start) && !self.is_capital(words.start) {
            words.start += 1;
        }
        let is_of_year =
            |at: usize| self.is_of_calendar(at) || self.is(at, FEASTS) || self.is(at, &["day", "eve"]);
        if words.is_empty() || self.language.is_english() && words.clone().all(is_of_year) {
            return run.end;
        }
        // `Secretary of State Robert Lane`
        let is_of_title = words.start > 1
            && self.is(words.start, &["state"])
            && self.is(words.start - 1, &["of"])
            && self.is_title(words.start - 2);
        if self.language.is_english() && is_of_title && words.len() > 1 {
            let titles = self.title_start(words.start - 2, 0)..words.start + 1;
            spans.push(Span { words: words.start + 1..words.end, titles, is_group: false, may_go_on: false });
            return run.end;
        }
        // "General Motors" and "King Street" are no people.
        let is_thing = words.len() > 1 && (self.is(words.end - 1, SITES) || self.is(words.end - 1, FIRMS));
        if self.language.is_english() && is_thing {
            return self.name(words, spans).max(run.end);
        }
        let mut last = words.end;
        while last > words.start && self.is(last - 1, SUFFIXES) {
            last -= 1;
        }
        let last_title = words.clone().rev().find(|index| self.is_title(*index));
        // "Martin Luther King" and "Martin Luther King Jr."
        let is_surname = |title: usize| title > words.start && title + 1 == last && self.is(title, SURNAMES);
        let last_title = last_title.filter(|title| !is_surname(*title));
        match last_title {
            Some(title) if title + 1 < words.end && !self.has_group_word(title + 1..words.end) => {
                let first = self.title_start(title, words.start);
                if first > words.start {
                    self.name(words.start..first, spans);
                }
                let titles = self.title_start(title, 0)..title + 1;
                spans.push(Span { words: title + 1..words.end, titles, is_group: false, may_go_on: false });
                run.end
            }
            Some(title) if title + 1 == words.end && !self.has_group_word(words.clone()) => {
                let first = self.title_start(title, words.start);
                if first > words.start {
                    self.name(words.start..first, spans);
                }
                run.end
            }
            _ => self.name(words, spans).max(run.end),
        }
    }

    /// A name with its titles in small letters, and what belongs to that of a group behind it.
    fn name(&self, words: Range<usize>, spans: &mut Vec<Span>) -> usize {
        let is_group = self.has_group_word(words.clone());
        let mut end = words.end;
        if is_group && let Some(more) = self.of_names(end, true) {
            end = more;
        }
        // A group word alone, such as "the Council", names nothing.
        if is_group && end - words.start == 1 {
            return end;
        }
        let titles = match words.start.checked_sub(1) {
            Some(before) if self.is_joined(words.start) && self.is_title(before) => {
                self.title_start(before, 0)..words.start
            }
            _ => words.start..words.start,
        };
        let may_go_on = is_group && end > words.end && self.may_go_on(end);
        spans.push(Span { words: words.start..end, titles, is_group, may_go_on });
        end
    }

    /// The end of `of the Harbours`, which begins at `at`. What `for` leads to is a name only behind capital letters.
    fn of_names(&self, at: usize, with_for: bool) -> Option<usize> {
        let leads: &[&str] = if with_for { &["of", "for", "on"] } else { &["of"] };
        if !(self.is_joined(at) && self.is_small(at) && self.is(at, leads)) {
            return None;
        }
        let is_the = self.is_joined(at + 1) && self.is_small(at + 1) && self.is(at + 1, &["the"]);
        let mut end = at + 1 + usize::from(is_the);
        let start = end;
        while self.is_joined(end) && self.is_capital(end) && !self.is_of_calendar(end) {
            end += 1;
        }
        if let Some(more) = self.more_subjects(start, end) {
            end = more;
        }
        // "The Board of Ada Berg's company" is none, and neither is "the office of President Vik".
        let is_owner = end > start && self.words[end - 1].is_possessive;
        let is_named = (start..end).all(|index| !self.is_title(index));
        (end > start && is_named && !is_owner).then_some(end)
    }

    /// The end of `Trade and Industry`, of which the first subject stands from `start` to `end`: several with commas are known
    /// by the `and` before the last.
    fn more_subjects(&self, start: usize, end: usize) -> Option<usize> {
        if end == start || !(start..end).all(|at| self.is(at, SUBJECTS)) {
            return None;
        }
        let mut at = end;
        while self.words.get(at).is_some_and(|word| word.gap == ", ")
            && self.is_capital(at)
            && self.is(at, SUBJECTS)
        {
            at += 1;
        }
        let is_and =
            self.words.get(at).is_some_and(|word| word.text == "and" && matches!(word.gap, " " | ", "));
        let mut end = at + 1;
        while self.is_joined(end) && self.is_capital(end) && self.is(end, SUBJECTS) {
            end += 1;
        }
        // "The Ministry of Trade and Culture Minister Ada Berg" are two.
        let goes_on = self.is_joined(end) && self.is_capital(end);
        (is_and && end > at + 1 && !goes_on).then_some(end)
    }

    /// Whether an `and` and one word with a capital letter stand behind a name.
    fn may_go_on(&self, end: usize) -> bool {
        let is_owner = self.words.get(end + 1).is_some_and(|word| word.is_possessive);
        let goes_on = self.is_joined(end + 2) && (self.is_capital(end + 2) || self.is(end + 2, PARTICLES));
        self.is_and(end) && self.is_capital(end + 1) && !self.is_title(end + 1) && !is_owner && !goes_on
    }

    /// Where the titles begin of which the last is at `last`.
    fn title_start(&self, last: usize, least: usize) -> usize {
        let mut first = last;
        while first > least && self.is_joined(first) && is_before_title(&self.words[first - 1].lower()) {
            first -= 1;
        }
        first
    }

    fn has_group_word(&self, mut words: Range<usize>) -> bool {
        let is_firm = |index: usize| self.is(index, FIRM_ENDS) && self.is_behind_and(index);
        self.language.is_english()
            && words.any(|index| is_group_word(&self.words[index].lower()) || is_firm(index))
    }

    fn is_title(&self, at: usize) -> bool {
        let word = self.words[at].lower();
        // `Senators Ada Berg and Jon Vik`
        let is_plural = || word.strip_suffix('s').is_some_and(|one| TITLES.contains(&one));
        if self.language.is_english() {
            is_title(&word) || is_plural()
        } else {
            HONORIFICS.contains(&word.as_str())
        }
    }

    /// Whether a word has its capital letter from the beginning of the sentence, or is never a part of a name.
    fn is_no_name(&self, at: usize) -> bool {
        let lower = self.words[at].lower();
        let starters = if self.language.is_english() { STARTERS } else { OTHER_STARTERS };
        let is_known = starters.contains(&lower.as_str())
            && self.words[at].text.chars().skip(1).all(|c| !c.is_uppercase());
        let is_small_elsewhere =
            at == 0 && self.small.contains(lower.as_str()) && !self.is_title(at) && !is_group_word(&lower);
        is_known || is_small_elsewhere || self.is_of_calendar(at)
    }

    /// Whether a month begins a name: `April Jones`, and not "in April Norland" or "5 May Norland".
    fn is_first_name(&self, words: &Range<usize>) -> bool {
        let before = words.start.checked_sub(1).and_then(|at| self.words.get(at));
        let is_led = before.is_some_and(|word| {
            let lower = word.lower();
            let leads =
                ["in", "since", "until", "last", "next", "this", "of", "from", "early", "mid", "late"];
            leads.contains(&lower.as_str())
                || lower.starts_with(|c: char| c.is_ascii_digit())
                || lower == "by" && words.start == 1
        });
        self.is(words.start, &["april", "may", "june", "august"])
            && words.len() == 2
            && !is_led
            && !self.has_group_word(words.clone())
            && !self.words.get(words.end - 1).is_some_and(|word| word.is_possessive)
            && !self.is_of_calendar(words.end - 1)
    }

    /// Whether a month ends a name: `Theresa May`, and not "Norland May 2023".
    fn is_last_name(&self, words: &Range<usize>) -> bool {
        self.is(words.end - 1, &["april", "may", "june", "august"])
            && words.len() == 2
            && !self.is_number(words.end)
            && !self.is_of_calendar(words.start)
            && !self.is_title(words.start)
            && !self.has_group_word(words.clone())
    }

    fn is_of_calendar(&self, at: usize) -> bool {
        self.language.is_english()
            && (self.is(at, &MONTHS) || self.is(at, &WEEKDAYS) || self.is_short_month(at))
    }

    /// Whether a word is a month in short, beside a number or alone: `Jan` alone is a name.
    fn is_short_month(&self, at: usize) -> bool {
        let word = self.words.get(at).map(Word::lower).unwrap_or_default();
        let is_month = SHORT_MONTHS.iter().any(|(short, _)| *short == word);
        let is_dated = self.is_number(at + 1) || at > 0 && self.is_number(at - 1);
        let is_alone = !self.is_joined(at + 1) || !self.is_capital(at + 1);
        is_month && (is_dated || is_alone && word != "jan")
    }

    fn is_number(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn is_behind_determiner(&self, at: usize) -> bool {
        at > 0 && self.is(at - 1, DETERMINERS)
    }

    fn is(&self, at: usize, list: &[&str]) -> bool {
        self.words.get(at).is_some_and(|word| list.contains(&word.lower().as_str()))
    }

    fn is_small(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.text.starts_with(char::is_lowercase))
    }

    /// Whether a word may be a part of a name: it has a capital letter, and nothing but letters.
    fn is_capital(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let arabic = ["al-", "el-", "ul-", "ad-", "as-", "at-"].iter();
        // In French and Italian, these are before common nouns as well.
        let latin =
            ["d'", "d’", "dell'", "dell’", "dall'", "dall’"].iter().filter(|_| self.language.is_english());
        let rest = arabic.chain(latin).find_map(|start| word.text.strip_prefix(start));
        let is_letters = word.text.chars().all(|c| !c.is_numeric());
        rest.unwrap_or(word.text).starts_with(char::is_uppercase) && is_letters
    }

    fn is_joined(&self, at: usize) -> bool {
        at > 0
            && self.words.get(at).is_some_and(|word| {
                // `Workers' Party`
                let is_of_members = matches!(word.gap, "' " | "’ ")
                    && self.words[at - 1].text.ends_with('s')
                    && is_group_word(&word.lower());
                // `Gerard 't Hooft`
                let is_short = matches!(word.gap, " '" | " ’" | " ‘") && word.text == "t";
                is_of_members || is_short || word.is_joined(&self.words[at - 1])
            })
    }
}
