//! On whose word a sentence stands, and sentences that deny what others say.

use super::sentences::Sentence;
use super::vocabulary::{DENIES, PRONOUNS, REPORTS, SEEN};

/// How many words those may have on whose word a sentence stands.
const LONGEST: usize = 10;

/// On whose word a sentence stands, as it says: `a waiter said`, `according to the minutes`.
pub fn said_by<'t>(sentence: &Sentence<'t>) -> Option<&'t str> {
    let lower: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
    let is_plain = |at: usize| sentence.words[at].gap.trim().is_empty();
    if let Some(to) = (1..lower.len()).find(|at| lower[*at] == "to" && lower[at - 1] == "according") {
        let ends = |at: usize| {
            let word = lower[at].as_str();
            !is_plain(at) || SEEN.contains(&word) || ["that", "which", "who", "and"].contains(&word)
        };
        let end = (to + 1..lower.len()).find(|at| *at > to + 1 && ends(*at)).unwrap_or(lower.len());
        return (end > to + 1 && end - to <= LONGEST).then(|| sentence.slice(to + 1..end));
    }
    let verb = (1..lower.len()).rev().find(|at| REPORTS.contains(&lower[*at].as_str()) && is_plain(*at))?;
    let mut start = verb;
    while start > 0 && (start == verb || is_plain(start)) {
        start -= 1;
    }
    (verb - start <= LONGEST).then(|| sentence.slice(start..verb))
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
            ("The fee was paid on Monday.", None),
        ] {
            let paragraphs = [text];
            let all = sentences::all(&paragraphs);
            assert_eq!(said_by(&all[all.len() - 1]), who, "{text}");
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
