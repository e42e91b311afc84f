//! Sentences that tell of people who came together: those of one plain form become meetings, all others are left to a
//! person.

use std::collections::HashSet;

use super::dates;
use super::form;
use super::names::{Is, Names, Use};
use super::sentences::Sentence;
use super::spans::is_before_title;
use super::vocabulary::{
    COMPANY, DENIES, DOUBT, EXCEPTS, MEETS, NEGATES, NOT_MET, REPORTS, SEEN, SEVERAL, STARTERS,
};

/// A sentence that tells plainly who met whom.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub sentence: usize,
    /// The word that tells of it.
    pub verb: usize,
    /// Who took part, in the order of the text.
    pub names: Vec<usize>,
    pub mode: Option<&'static str>,
    /// Who else is named in the sentence.
    pub others: Vec<usize>,
}

/// A sentence that may tell of a meeting, or that there was none.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    pub sentence: usize,
    pub names: Vec<usize>,
    /// The word for which it is left, if there is one; else its form is.
    pub word: Option<String>,
}

#[derive(Debug, Default)]
pub struct Meetings {
    pub held: Vec<Found>,
    pub left: Vec<Left>,
}

impl Meetings {
    /// The sentences of all, which tell of no other event.
    pub fn sentences(&self) -> HashSet<usize> {
        let held = self.held.iter().map(|found| found.sentence);
        held.chain(self.left.iter().map(|left| left.sentence)).collect()
    }
}

pub fn find(sentences: &[Sentence], names: &Names, dates: &[Vec<dates::Found>]) -> Meetings {
    let mut meetings = Meetings::default();
    for (index, sentence) in sentences.iter().enumerate() {
        let words: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
        let told = form::read(sentence, &names.uses[index], names, &dates[index]);
        let Some(verb) = told.as_ref().map(|told| told.verb).or_else(|| verb(sentence, &words)) else {
            continue;
        };
        let mut named: Vec<usize> = Vec::new();
        let mut tells: Option<(usize, String)> = None;
        let mut known: HashSet<usize> = HashSet::new();
        for found in names.uses[index].iter().filter(|found| takes_part(sentence, found)) {
            let is_party = matches!(names.all[found.name].is, Is::Person | Is::Group);
            if is_party && only_saw(&words, found.from) {
                continue;
            }
            let verb = reports(&words, found.words.end).or_else(|| reported(sentence, found));
            if is_party && let Some(verb) = verb {
                tells = tells.or(Some((found.name, verb)));
            } else if is_party && known.insert(found.name) {
                named.push(found.name);
            }
        }
        let mut word = why_left(sentence, &words, verb);
        // Who tells of a meeting may have been there, or not.
        if let Some((name, verb)) = tells
            && told.is_none()
            && named.len() < 2
            && known.insert(name)
        {
            named.insert(0, name);
            word = word.or(Some(verb));
        }
        if let Some(told) = told.filter(|_| word.is_none()) {
            let others = named.into_iter().filter(|name| !told.parties.contains(name)).collect();
            let form::Told { verb, parties, mode } = told;
            meetings.held.push(Found { sentence: index, verb, names: parties, mode, others });
        } else if named.len() > 1 || negation(sentence).is_some() {
            meetings.left.push(Left { sentence: index, names: named, word });
        }
    }
    meetings
}

/// The word for which a sentence may tell of no meeting, of one to come, of several, or not of all who are named.
fn why_left(sentence: &Sentence, words: &[String], verb: usize) -> Option<String> {
    let first = |list: &[&str]| {
        let is_one = |at: &usize| list.contains(&words[*at].as_str()) && !is_name(sentence, *at);
        (0..words.len()).find(is_one).map(|at| words[at].clone())
    };
    let question = sentence.text.trim_end_matches(['"', '”', '»', ')', ' ']).ends_with('?');
    negation(sentence)
        .or_else(|| first(DOUBT))
        .or_else(|| only_meant(words, verb))
        .or_else(|| question.then(|| "?".to_owned()))
        .or_else(|| first(SEVERAL))
        .or_else(|| first(EXCEPTS))
}

/// The word by which a sentence says that something is not so, or not yet.
pub fn negation(sentence: &Sentence) -> Option<String> {
    (0..sentence.words.len()).find_map(|at| {
        let word = sentence.words[at].lower();
        let is_short = word.ends_with("n't") || word.ends_with("n’t");
        (is_short || NEGATES.contains(&word.as_str()) && !is_name(sentence, at)).then_some(word)
    })
}

/// Whether a word is a month, a name or a part of one, and not the common word: `May`, `Will`, `The Harbour Times`.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    const NAMES: [&str; 3] = ["may", "will", "times"];
    let word = &sentence.words[at];
    at > 0 && word.text.starts_with(char::is_uppercase) && NAMES.contains(&word.lower().as_str())
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
    !found.is_aside || is_of_meeting(sentence, found.from)
}

/// The verb behind a name that makes it one that only tells of others.
fn reports(words: &[String], end: usize) -> Option<String> {
    words.get(end).filter(|word| REPORTS.contains(&word.as_str())).cloned()
}

/// The verb before a name that makes it one that only tells: `…, said Ada Berg, the minister`.
fn reported(sentence: &Sentence, found: &Use) -> Option<String> {
    let verb = sentence.words.get(found.from.checked_sub(1)?)?;
    let is_behind_mark = !verb.gap.trim().is_empty() && sentence.gap_behind(found.words.end - 1) != " ";
    Some(verb.lower()).filter(|verb| is_behind_mark && REPORTS.contains(&verb.as_str()))
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

const PHONES: &[&str] = &["telephone", "phone"];

/// The word by which a sentence tells of a meeting: rather one of its own than one behind `who`.
fn verb(sentence: &Sentence, words: &[String]) -> Option<usize> {
    let is_phoned = words.iter().any(|word| PHONES.contains(&word.as_str()));
    let tells = |at: &usize| match words[*at].as_str() {
        "meet" | "met" | "meets" => !has_other_object(sentence, *at),
        "rang" => has_named_object(sentence, *at),
        "received" => has_named_object(sentence, *at) || words.get(at + 1).is_some_and(|next| next == "by"),
        "called" => is_phoned && has_named_object(sentence, *at),
        word => MEETS.contains(&word) || spoke_with(words, *at),
    };
    let all: Vec<usize> = (0..words.len()).filter(tells).collect();
    let is_own = |at: &&usize| **at == 0 || !["who", "which"].contains(&words[**at - 1].as_str());
    all.iter().find(is_own).or(all.first()).copied()
}

/// Whether a verb has somebody behind it, with a title or a capital letter.
fn has_named_object(sentence: &Sentence, verb: usize) -> bool {
    let words = &sentence.words;
    let is_led = words
        .get(verb + 1)
        .is_some_and(|next| ["the", "his", "her", "their"].contains(&next.lower().as_str()));
    words.get(verb + 1 + usize::from(is_led)).is_some_and(|next| {
        next.gap == " " && (next.text.starts_with(char::is_uppercase) || is_before_title(&next.lower()))
    })
}

/// Whether what is met is nobody: `met criticism`, `met with resistance`, `met the demands`.
fn has_other_object(sentence: &Sentence, verb: usize) -> bool {
    let is = |at: usize, list: &[&str]| {
        sentence.words.get(at).is_some_and(|word| list.contains(&word.lower().as_str()))
    };
    if is(verb + 1, &["the", "all", "his", "her", "their"]) && is(verb + 2, NOT_MET) {
        return true;
    }
    let is_with = is(verb + 1, &["with"]);
    sentence.words.get(verb + 1 + usize::from(is_with)).is_some_and(|next| {
        let lower = next.lower();
        let is_known = [STARTERS, COMPANY].iter().any(|list| list.contains(&lower.as_str()))
            || is_before_title(lower.strip_suffix('s').unwrap_or(&lower))
            || lower.ends_with("ly");
        next.gap == " " && next.text.starts_with(char::is_lowercase) && !is_known
    })
}

/// Words by which a meeting is only meant or told to be: `to have met`, `called off`, `called for talks`.
fn only_meant(words: &[String], verb: usize) -> Option<String> {
    const PAIRS: [[&str; 2]; 7] = [
        ["to", "have"],
        ["to", "be"],
        ["to", "visit"],
        ["called", "off"],
        ["put", "off"],
        ["pulled", "out"],
        ["ruled", "out"],
    ];
    let pair = words.windows(2).find(|pair| PAIRS.iter().any(|known| known == pair));
    let is_noun = ["talks", "meeting", "meetings"].contains(&words[verb].as_str());
    let mut before = words[..verb].iter().rev();
    let is_for = before
        .find(|word| !["a", "the", "new", "more"].contains(&word.as_str()))
        .is_some_and(|word| word == "for");
    pair.map(|pair| pair.join(" ")).or_else(|| (is_noun && is_for).then(|| format!("for {}", words[verb])))
}

fn spoke_with(words: &[String], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", String::as_str);
    match words[at].as_str() {
        "spoke" | "spoken" => ["with", "to", "by"].contains(&next),
        "dined" | "sat" => next == "with",
        _ => false,
    }
}
