//! Sentences that tell of people who came together: those of one plain form become meetings, all others are left to a
//! person.

use std::collections::HashSet;

use super::clauses;
use super::dates;
use super::form;
use super::names::{Is, Names, Use};
use super::sentences::{Sentence, Word};
use super::spans::is_before_title;
use super::vocabulary::{
    COMPANY, DENIES, DOUBT, EXCEPTS, GATHERINGS, MEETS, NEGATES, REPORTS, SEEN, SEVERAL, STARTERS,
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
    /// Why it is left to a person.
    pub why: String,
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
        // What is told may not come later than the article.
        let of_sentence = dates.get(index).map_or(&[][..], Vec::as_slice);
        let later = of_sentence.iter().find(|date| date.why == dates::published::LATER);
        if let Some(told) = told.filter(|_| word.is_none() && later.is_none()) {
            let others = named.into_iter().filter(|name| !told.parties.contains(name)).collect();
            let form::Told { verb, parties, mode } = told;
            meetings.held.push(Found { sentence: index, verb, names: parties, mode, others });
        } else if named.len() > 1
            || negation(sentence).is_some()
            || is_of_people(sentence, &words, verb, !of_sentence.is_empty())
        {
            let why = match (word, later) {
                (Some(word), _) => format!("for the word \"{word}\""),
                (None, Some(later)) => format!("\"{}\" is {}", later.words, later.why),
                (None, None) => "its form can be read in more than one way".to_owned(),
            };
            meetings.left.push(Left { sentence: index, names: named, why });
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
    negation(sentence)
        .or_else(|| first(DOUBT))
        .or_else(|| only_meant(words, verb))
        .or_else(|| is_question(sentence).then(|| "?".to_owned()))
        .or_else(|| first(SEVERAL))
        .or_else(|| first(EXCEPTS))
}

pub fn is_question(sentence: &Sentence) -> bool {
    sentence.text.trim_end_matches(['"', '”', '»', ')', ' ']).ends_with('?')
}

/// The word by which a sentence says that something is not so, or not yet.
pub fn negation(sentence: &Sentence) -> Option<String> {
    (0..sentence.words.len()).find_map(|at| {
        let word = sentence.words[at].lower();
        let is_short = word.ends_with("n't") || word.ends_with("n’t");
        // `closed due to the storm`
        let is = |at: usize, list: &[&str]| {
            sentence.words.get(at).is_some_and(|word| list.contains(&word.lower().as_str()))
        };
        let is_reason =
            word == "due" && is(at + 1, &["to"]) && !(at > 0 && is(at - 1, &["is", "are", "was", "were"]));
        let negates = NEGATES.contains(&word.as_str()) && !is_name(sentence, at) && !is_reason;
        (is_short || negates).then_some(word)
    })
}

/// Whether a word is a month, a name or a part of one, and not the common word: `May`, `Will`, `The Harbour Times`.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    const NAMES: [&str; 8] = ["may", "will", "times", "film", "play", "novel", "dream", "lie"];
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
        word => MEETS.contains(&word) || spoke_with(words, *at) || had_with(words, *at),
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
    let is_with = is(verb + 1, &["with"]);
    let object = verb + 1 + usize::from(is_with);
    // `met the new target`
    let is_led = is(
        object,
        &["the", "all", "its", "his", "her", "their", "our", "a", "an", "every", "these", "those"],
    );
    if is_led && [object + 1, object + 2].iter().any(|at| clauses::is_not_met(sentence, *at)) {
        return true;
    }
    // `met arms dealer Viktor Blom`, `met arms dealers`
    let end = object + clauses::described(sentence, object);
    let is_capital = |word: &&Word| word.gap == " " && word.text.starts_with(char::is_uppercase);
    let are_people = |word: &Word| {
        let lower = word.lower();
        ["ers", "ors", "ists", "ians", "men"].iter().any(|ending| lower.ends_with(ending))
    };
    if end > object
        && (sentence.words.get(end).filter(is_capital).is_some() || are_people(&sentence.words[end - 1]))
    {
        return false;
    }
    sentence.words.get(object).is_some_and(|next| {
        let lower = next.lower();
        let is_known = [STARTERS, COMPANY].iter().any(|list| list.contains(&lower.as_str()))
            || is_before_title(lower.strip_suffix('s').unwrap_or(&lower))
            || lower.ends_with("ly");
        next.gap == " " && next.text.starts_with(char::is_lowercase) && !is_known
    })
}

/// Words by which a meeting is only meant or told to be: `to have met`, `called off`, `called for talks`.
fn only_meant(words: &[String], verb: usize) -> Option<String> {
    const PAIRS: [[&str; 2]; 9] = [
        ["by", "letter"],
        ["in", "writing"],
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

/// `had breakfast with`
fn had_with(words: &[String], at: usize) -> bool {
    let is_with = words.get(at + 1).is_some_and(|next| next == "with");
    is_with && GATHERINGS.contains(&words[at].as_str())
}

/// Whether a sentence tells of people who met, though it names fewer than two: `They met again in June 2023`, `There were
/// talks on 9 July 2023`. Without a date it has to say `they` or `him` beside the verb.
fn is_of_people(sentence: &Sentence, words: &[String], verb: usize, is_dated: bool) -> bool {
    const WHO: [&str; 6] = ["he", "she", "they", "we", "i", "both"];
    const WHOM: [&str; 4] = ["him", "them", "us", "me"];
    const NEAR: usize = 4;
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let object = verb + 1 + usize::from(is(verb + 1, &["with", "to"]));
    let is_pronoun = verb > 0 && is(verb - 1, &WHO) || is(object, &WHOM);
    if is(verb, &["met", "meet", "meets", "phoned", "telephoned"]) {
        return is_dated && !has_other_object(sentence, verb) || is_pronoun;
    }
    if is(verb, &["spoke", "spoken", "dined", "sat"]) {
        return is(object, &WHOM) || is_dated && is_pronoun;
    }
    // A visit may be one to a place, and minutes of a meeting are none.
    let is_noun = is(verb, GATHERINGS) || is(verb, &["meetings"]);
    let mut before = verb.saturating_sub(NEAR)..verb;
    let mut behind = verb + 1..verb + 1 + NEAR;
    let is_held = before.any(|at| is(at, &["there", "held", "had"]))
        || behind.any(|at| is(at, &["held"]) || is(at, &["took"]) && is(at + 1, &["place"]));
    is_noun && is_dated && is_held
}
