//! On whose word a sentence stands, and sentences that deny what others say.

use super::sentences::{Sentence, Word};
use super::spans::{is_before_title, is_title};
use super::vocabulary::{DENIES, MONTHS, PRONOUNS, REPORTS, SEEN};

/// Before a verb, of which they make something that is done.
const PASSIVE: [&str; 7] = ["was", "were", "is", "are", "be", "been", "being"];

/// How many words those may have on whose word a sentence stands.
const LONGEST: usize = 10;

/// On whose word a sentence stands, as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'t> {
    pub who: &'t str,
    /// Whether they confirm what others say.
    pub confirms: bool,
}

/// On whose word a sentence stands: `a waiter said`, `according to the minutes`.
pub fn said_by<'t>(sentence: &Sentence<'t>) -> Option<Said<'t>> {
    let lower: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
    let is_plain = |at: usize| sentence.words[at].gap.trim().is_empty();
    if let Some(to) = (1..lower.len()).find(|at| lower[*at] == "to" && lower[at - 1] == "according") {
        let ends = |at: usize| {
            let word = lower[at].as_str();
            !is_plain(at) || SEEN.contains(&word) || ["that", "which", "who", "and"].contains(&word)
        };
        let end = (to + 1..lower.len()).find(|at| *at > to + 1 && ends(*at)).unwrap_or(lower.len());
        let who = sentence.slice(to + 1..end);
        return (end > to + 1 && end - to <= LONGEST).then_some(Said { who, confirms: false });
    }
    let is = |at: usize, list: &[&str]| lower.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let is_adverb = |at: usize| lower[at].ends_with("ly") && is_plain(at + 1);
    let who = |verb: usize| {
        if !is_plain(verb) {
            return behind(sentence, &lower, verb + 1);
        }
        let mut end = verb;
        while end > 1 && is_adverb(end - 1) {
            end -= 1;
        }
        // "The call was confirmed by the embassy": who does it stands behind.
        if is(end - 1, &PASSIVE) {
            return if is(verb + 1, &["by"]) { up_to_mark(sentence, verb + 2) } else { None };
        }
        while end > 0 && is(end - 1, &["had", "has", "have", "also", "later", "then"]) && is_plain(end) {
            end -= 1;
        }
        let mut start = end;
        while start > 0
            && end - start <= LONGEST
            && (start == end || is_plain(start) && lower[start - 1] != "that")
        {
            start -= 1;
        }
        while start < end && is(start, &["as", "and", "but", "while", "since", "which", "so", "when"]) {
            start += 1;
        }
        let is_negated = end > 0 && is(end - 1, &["not", "never", "nobody", "to", "would", "did"]);
        // "The board was told that" names nobody.
        let is_verb = (start..end).any(|at| is(at, REPORTS) || is(at, &PASSIVE));
        (!is_negated && !is_verb && end > start && end - start <= LONGEST).then(|| sentence.slice(start..end))
    };
    (1..lower.len())
        .rev()
        .filter(|at| REPORTS.contains(&lower[*at].as_str()))
        .find_map(|verb| who(verb).map(|who| Said { who, confirms: is(verb, &["confirms", "confirmed"]) }))
}

/// Who stands behind a verb and a comma: `said Ada Berg`, `said two people familiar with the matter`. What goes on with a
/// verb is no such thing: `Ada Berg, the minister, said officials were there`.
fn behind<'t>(sentence: &Sentence<'t>, lower: &[String], start: usize) -> Option<&'t str> {
    const WHO: [&str; 16] = [
        "people",
        "person",
        "officials",
        "sources",
        "source",
        "witness",
        "witnesses",
        "guests",
        "aides",
        "diplomats",
        "lawyers",
        "residents",
        "documents",
        "letters",
        "minutes",
        "employees",
    ];
    let who = up_to_mark(sentence, start)?;
    let end = (start..lower.len())
        .find(|at| sentence.words[*at].end() == sentence.words[start].at + who.len())?
        + 1;
    let is_small = |at: usize| sentence.words[at].text.starts_with(char::is_lowercase);
    let links = ["the", "of", "for", "from", "in", "at"];
    let is_link = |at: usize| is_before_title(&lower[at]) || links.contains(&lower[at].as_str());
    let is_named = !is_small(end - 1) && (start..end).all(|at| !is_small(at) || is_link(at));
    let noun =
        (start..end.min(start + 4)).find(|at| WHO.contains(&lower[*at].as_str()) || is_title(&lower[*at]));
    let goes_on =
        ["familiar", "with", "who", "close", "briefed", "of", "for", "from", "in", "at", "involved"];
    let is_told = noun.is_some_and(|at| at + 1 == end || goes_on.contains(&lower[at + 1].as_str()));
    (is_named || is_told).then_some(who)
}

/// The words from one to the next mark.
fn up_to_mark<'t>(sentence: &Sentence<'t>, start: usize) -> Option<&'t str> {
    let words = &sentence.words;
    let is_plain = |at: usize| words[at].gap.trim().is_empty() || words[at].is_joined(&words[at - 1]);
    // `by the embassy on 8 January`
    let is_date = |at: usize| {
        let is_number = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
        let next = words.get(at + 1);
        let is_led = next.is_some_and(|next| is_number(next) || MONTHS.contains(&next.lower().as_str()));
        words[at].lower() == "on" || words[at].lower() == "in" && is_led
    };
    let most = words.len().min(start + LONGEST + 1);
    let end = (start + 1..most).find(|at| !is_plain(*at) || is_date(*at)).unwrap_or(most);
    (start < words.len() && words[start].gap == " " && end - start <= LONGEST)
        .then(|| sentence.slice(start..end))
}

/// Whether words name nobody: `he`.
pub fn is_pronoun(words: &str) -> bool {
    PRONOUNS.contains(&words.to_lowercase().as_str())
}

/// The field for what a sentence says against another: that it was not so, or nothing.
pub fn of(sentence: &Sentence) -> Option<&'static str> {
    const REFUSES: [&str; 8] =
        ["declined", "declines", "refused", "refuses", "no", "not", "didn't", "didn’t"];
    const ANSWERS: [&str; 6] = ["comment", "answer", "respond", "reply", "answers", "discuss"];
    let lower: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
    let has = |at: usize, list: &[&str]| lower.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let is_negated =
        |at: usize| at > 0 && has(at - 1, &["not", "never", "neither", "nor", "cannot", "didn't", "didn’t"]);
    if (0..lower.len()).any(|at| has(at, DENIES) && !is_negated(at)) {
        return Some("denied_by");
    }
    let says_nothing =
        (0..lower.len()).any(|at| has(at, &REFUSES) && (at + 1..=at + 3).any(|next| has(next, &ANSWERS)));
    says_nothing.then_some("no_comment_by")
}

#[cfg(test)]
mod tests {
    use super::super::sentences;
    use super::*;

    #[test]
    fn who_says_it_is_told_in_the_words_of_the_sentence() {
        for (text, who) in [
            ("The minister took the bag, a waiter said.", Some("a waiter")),
            ("Officials said the talks failed.", Some("Officials")),
            (
                "The fee was paid, according to minutes of the Town Council.",
                Some("minutes of the Town Council"),
            ),
            ("According to the minutes, the fee was paid.", Some("the minutes")),
            ("The fee was paid, according to letters seen by the Herald.", Some("letters")),
            ("\"It was late,\" he said.", Some("he")),
            (
                "She phoned him, two people with knowledge of the call say.",
                Some("two people with knowledge of the call"),
            ),
            (
                "She phoned him, said two people familiar with the matter.",
                Some("two people familiar with the matter"),
            ),
            ("\"It was late,\" said Mira Holt, a lawyer.", Some("Mira Holt")),
            ("Ada Berg, the minister, said officials were there.", None),
            ("Ada Berg, the minister, said that it rained.", None),
            ("She phoned him in late 2023; the call was confirmed by the embassy.", Some("the embassy")),
            ("The call was confirmed by the embassy on 8 January 2024.", Some("the embassy")),
            ("She phoned him; the call was confirmed.", None),
            ("Officials have said so.", Some("Officials")),
            ("They spoke by telephone, as the Chamber confirms.", Some("the Chamber")),
            ("Jon Vik was falsely reported dead.", None),
            ("The board was told that Jon Vik had said nothing.", Some("Jon Vik")),
            ("It was late, said Jon Vik of the Harbour Board.", Some("Jon Vik of the Harbour Board")),
            ("The fee was paid on Monday.", None),
        ] {
            let paragraphs = [text];
            let all = sentences::all(&paragraphs);
            assert_eq!(said_by(&all[all.len() - 1]).map(|said| said.who), who, "{text}");
        }
    }

    #[test]
    fn a_denial_and_a_refusal_to_comment_are_told_apart() {
        for (text, field) in [
            ("Ada Berg denied the talk.", Some("denied_by")),
            ("The ministry rejected the claim.", Some("denied_by")),
            ("Ada Berg declined to comment.", Some("no_comment_by")),
            ("Ada Berg did not answer.", Some("no_comment_by")),
            ("Ada Berg did not deny it.", None),
            ("Ada Berg left.", None),
        ] {
            let paragraphs = [text];
            assert_eq!(of(&sentences::all(&paragraphs)[0]), field, "{text}");
        }
    }
}
