//! Sentences that tell of people who came together.

use std::collections::HashSet;

use super::names::{Is, Names, Use};
use super::sentences::Sentence;
use super::vocabulary::{DENIES, DOUBT, MEETS, PRONOUNS, REPORTS, SEEN};

/// A sentence that may tell of a meeting.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub sentence: usize,
    /// The names in it, in their order.
    pub names: Vec<usize>,
    pub mode: Option<&'static str>,
    /// Who does it, where the text has no name there: "he".
    pub pronoun: Option<String>,
    /// The word by which it may say that the meeting was not held, or not yet.
    pub doubt: Option<String>,
}

pub fn find(sentences: &[Sentence], names: &Names) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let words: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
        let has = |list: &[&str]| words.iter().find(|word| list.contains(&word.as_str()));
        let Some(verb) = has(MEETS).cloned().or_else(|| spoke_with(&words)) else { continue };
        let mut named: Vec<usize> = Vec::new();
        let mut tells: Option<(usize, String)> = None;
        let mut known: HashSet<usize> = HashSet::new();
        for found in names.uses[index].iter().filter(|found| takes_part(sentence, found)) {
            let is_party = matches!(names.all[found.name].is, Is::Person | Is::Group);
            if is_party && only_saw(&words, found.words.start) {
                continue;
            }
            if is_party && let Some(verb) = reports(&words, found.words.end) {
                tells = tells.or(Some((found.name, verb)));
            } else if is_party && known.insert(found.name) {
                named.push(found.name);
            }
        }
        let mut doubt = words.iter().zip(&sentence.words).find_map(|(word, written)| {
            let is_month = written.text == "May" && written.at > 0;
            (DOUBT.contains(&word.as_str()) && !is_month).then(|| word.clone())
        });
        let question = sentence.text.trim_end_matches(['"', '”', '»', ')', ' ']).ends_with('?');
        doubt = doubt.or_else(|| question.then(|| "?".to_owned()));
        // Who tells of a meeting may have been there, or not.
        if let Some((name, verb)) = tells
            && named.len() < 2
            && known.insert(name)
        {
            named.insert(0, name);
            doubt = doubt.or(Some(verb));
        }
        if named.len() < 2 {
            continue;
        }
        // A video conference may be a call or no call: only what one word says is taken.
        let mode = match verb.as_str() {
            "phoned" | "telephoned" => Some("phone"),
            "spoke" | "spoken" if has(&["telephone", "phone"]).is_some() => Some("phone"),
            "visited" => Some("visit"),
            _ => None,
        };
        let pronoun = words.windows(2).find(|pair| pair[1] == verb && PRONOUNS.contains(&pair[0].as_str()));
        let pronoun = pronoun.map(|pair| pair[0].clone());
        found.push(Found { sentence: index, names: named, mode, pronoun, doubt });
    }
    found
}

/// The sentence behind one, in the same paragraph, where that may deny it or say that nobody comments.
pub fn denial(sentences: &[Sentence], index: usize) -> Option<usize> {
    let paragraph = sentences.get(index)?.paragraph;
    let next = sentences.get(index + 1).filter(|next| next.paragraph == paragraph)?;
    let denies = |word: &str| DENIES.contains(&word) || word == "comment";
    next.words.iter().any(|word| denies(&word.lower())).then_some(index + 1)
}

/// Whether a name is no aside, or stands behind `meeting of`.
fn takes_part(sentence: &Sentence, found: &Use) -> bool {
    !found.is_aside || is_of_meeting(sentence, found.words.start)
}

/// The verb behind a name that makes it one that only tells of others.
fn reports(words: &[String], end: usize) -> Option<String> {
    words.get(end).filter(|word| REPORTS.contains(&word.as_str())).cloned()
}

/// Whether a name is that of somebody who only saw or was told: `letters seen by the Herald`, `according to Ada Berg`.
fn only_saw(words: &[String], start: usize) -> bool {
    let start = if start > 0 && words[start - 1] == "the" { start - 1 } else { start };
    let word = |back: usize| start.checked_sub(back).and_then(|at| words.get(at)).map_or("", String::as_str);
    match word(1) {
        "by" => SEEN.contains(&word(2)),
        "to" => word(2) == "according",
        "told" => true,
        _ => false,
    }
}

fn is_of_meeting(sentence: &Sentence, start: usize) -> bool {
    let word = |back: usize| start.checked_sub(back).map(|at| sentence.words[at].lower());
    let is_of = word(1).is_some_and(|word| word == "of");
    is_of && word(2).is_some_and(|word| ["meeting", "meetings", "talks"].contains(&word.as_str()))
}

fn spoke_with(words: &[String]) -> Option<String> {
    let pairs = [
        ["spoke", "with"],
        ["spoke", "to"],
        ["spoke", "by"],
        ["spoken", "with"],
        ["spoken", "to"],
        ["spoken", "by"],
        ["dined", "with"],
        ["sat", "with"],
    ];
    words.windows(2).find(|pair| pairs.iter().any(|known| known == pair)).map(|pair| pair[0].clone())
}
