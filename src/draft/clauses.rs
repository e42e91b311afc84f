//! Whether a date in a sentence is that of its meeting, or may be that of something else.

use std::ops::Range;

use super::sentences::{Sentence, Word};
use super::spans::is_before_title;
use super::vocabulary::{ASIDES, FINITE, HELD, NOT_MET, REPORTS, SPEAKS, STARTERS, TIMES_OF_DAY, WEEKDAYS};

/// Why a date may be another's than that of what the word at `verb` tells; nothing where it is plainly that of this.
pub fn why_another(sentence: &Sentence, verb: usize, date: &Range<usize>) -> Option<String> {
    let words = &sentence.words;
    let in_brackets = |at: usize| {
        let before = &sentence.text[..words[at].at];
        before.matches(['(', '[']).count() > before.matches([')', ']']).count()
    };
    if in_brackets(date.start) != in_brackets(verb) {
        return Some("stands in brackets".to_owned());
    }
    let is = |at: usize, list: &[&str]| list.contains(&words[at].lower().as_str());
    let mut start = date.start;
    while start > 0
        && start - 1 != verb
        && [&WEEKDAYS[..], &LEADS, TIMES_OF_DAY].iter().any(|list| is(start - 1, list))
    {
        start -= 1;
    }
    // `the letter of 3 May 2023`, but `the meeting of 3 May 2023` and `the evening of 3 May 2023`
    let of_what = (start..date.start).find(|at| is(*at, &["of"])).and_then(|at| at.checked_sub(1));
    if let Some(noun) = of_what.filter(|noun| *noun != verb && !is(*noun, TIMES_OF_DAY)) {
        return Some(of(&words[noun]));
    }
    // `the 3 May 2023 edition`
    let behind = words.get(date.end).filter(|next| next.gap == " " && is_small(next));
    if let Some(noun) = behind.filter(|next| !STARTERS.contains(&next.lower().as_str()))
        && date.start > 0
        && date.end != verb
        && is(date.start - 1, &["the"])
    {
        return Some(of(noun));
    }
    let is_noun = ["meeting", "meetings", "talks", "visit", "visits"].contains(&words[verb].lower().as_str());
    let parts = |at: usize| {
        let word = words[at].lower();
        let is_plain = is_noun && HELD.contains(&word.as_str());
        let leads = word == "to"
            && at > verb + 1
            && words.get(at + 1).is_some_and(|next| is_small(next) && !is_before_title(&next.lower()));
        is_small(&words[at]) && !is_plain && (leads || ASIDES.contains(&word.as_str()) || is_finite(&word))
    };
    // Behind these marks another sentence begins, and so it may behind "and on 3 May 2023".
    let (first, last) = if date.start > verb { (verb + 1, start) } else { (date.end, verb) };
    let is_parted = (first..=last).any(|at| words[at].gap.contains([';', ':', '—', '–']));
    let is_joined = start > verb + 1 && is(start - 1, &["and", "but", "or", "while"]);
    if is_parted || is_joined {
        return Some(ELSEWHERE.to_owned());
    }
    if date.start > verb {
        if let Some(other) = (verb + 1..start).find(|at| parts(*at)) {
            return Some(of(&words[other]));
        }
        if let Some(noun) = of_phrase(words, verb, start) {
            return Some(of(&words[noun]));
        }
        let comma = (verb + 1..=start).rev().find(|at| words[*at].gap.contains(','));
        let goes_on = |from: usize| {
            is(from, &["in", "at", "near", "on"])
                || (from..start).all(|at| !is_small(&words[at]) || is(at, &["and", "the"]))
        };
        return comma.filter(|at| !goes_on(*at)).map(|_| ELSEWHERE.to_owned());
    }
    let mut own = verb;
    while own > date.end
        && (is(own - 1, &["had", "has", "have", "was", "were"]) || words[own - 1].lower().ends_with("ly"))
    {
        own -= 1;
    }
    let leads = (0..start).all(|at| is(at, &["and", "but", "then", "later", "also", "so"]));
    // `Ada Berg on 3 May 2023 met`
    let is_beside = date.end == own && words[own].gap == " ";
    let other = (date.end..own).chain(start.checked_sub(1)).find(|at| parts(*at));
    other.map(|at| of(&words[at])).or_else(|| (!leads && !is_beside).then(|| ELSEWHERE.to_owned()))
}

/// The last word of a phrase between a verb and a date that the date may go with: `a vigil for the victims of the fire on`,
/// `in room`.
fn of_phrase(words: &[Word], verb: usize, start: usize) -> Option<usize> {
    const TURNS: [&str; 8] = ["for", "on", "about", "against", "over", "since", "until", "concerning"];
    // `for talks on 3 May 2023` says what they met for, and no more.
    const MEALS: [&str; 12] = [
        "talks",
        "meeting",
        "lunch",
        "dinner",
        "breakfast",
        "coffee",
        "tea",
        "drinks",
        "hour",
        "hours",
        "minutes",
        "days",
    ];
    let last = start.checked_sub(1).filter(|last| *last > verb)?;
    let is = |at: usize, list: &[&str]| list.contains(&words[at].lower().as_str());
    let turn = (verb + 1..start).find(|at| is_small(&words[*at]) && is(*at, &TURNS));
    if turn.is_some_and(|at| !(is(at, &["for"]) && last - at <= 2 && is(last, &MEALS))) {
        return Some(last);
    }
    // Nothing leads to it, and a word stands right before it.
    let lower = words[last].lower();
    let is_led = ["in", "on", "at", "during"].contains(&lower.as_str()) || lower.ends_with("ly");
    (words[start].gap == " "
        && is_small(&words[last])
        && !is_led
        && !is(start, &LEADS)
        && !is(start, TIMES_OF_DAY)
        && !is(start, &WEEKDAYS))
    .then_some(last)
}

/// Words that lead to a date.
const LEADS: [&str; 6] = ["on", "in", "at", "during", "of", "the"];

const ELSEWHERE: &str = "stands in another part of the sentence";

fn of(word: &Word) -> String {
    format!("may be that of \"{}\"", word.text)
}

/// Whether a date may be that of somebody's birth.
pub fn is_of_birth(sentence: &Sentence, date: &Range<usize>) -> bool {
    const NEAR: usize = 6;
    let before = &sentence.words[date.start.saturating_sub(NEAR)..date.start];
    before.iter().any(|word| ["born", "birth", "birthday", "née"].contains(&word.lower().as_str()))
}

fn is_small(word: &Word) -> bool {
    word.text.starts_with(char::is_lowercase)
}

/// Whether a word is a verb that tells of something else.
pub fn is_finite(word: &str) -> bool {
    let is_past = word.ends_with("ed") && !["hundred", "indeed", "united"].contains(&word);
    is_past || [FINITE, SPEAKS, REPORTS].iter().any(|list| list.contains(&word))
}

/// How many words at one say in small letters who somebody is, before titles and the name: `arms dealer Viktor Blom`.
pub fn described(sentence: &Sentence, start: usize) -> usize {
    const MOST: usize = 4;
    let words = &sentence.words;
    let is_plain = |at: &usize| {
        let word = &words[*at];
        let lower = word.lower();
        // `widow and heir Jon Vik`, `criticism and Jon Vik`
        let is_joined = lower == "and" && words.get(at + 1).is_some_and(is_small);
        word.gap == " "
            && is_small(word)
            && !word.is_possessive
            && (lower == "former" || is_joined || !STARTERS.contains(&lower.as_str()))
            && !is_not_met(sentence, *at)
            && !is_before_title(&lower)
            && !is_finite(&lower)
    };
    (start..words.len().min(start + MOST)).take_while(is_plain).count()
}

/// Whether a word is what is met and nobody: `the demands`, and not `the resistance leader`.
pub fn is_not_met(sentence: &Sentence, at: usize) -> bool {
    let is_thing = sentence.words.get(at).is_some_and(|word| NOT_MET.contains(&word.lower().as_str()));
    is_thing && !sentence.words.get(at + 1).is_some_and(|next| is_before_title(&next.lower()))
}

#[cfg(test)]
mod tests {
    use super::super::{dates, sentences};
    use super::*;

    fn why(text: &str) -> Option<String> {
        let paragraphs = [text];
        let sentence = &sentences::all(&paragraphs)[0];
        let verb =
            sentence.words.iter().position(|word| ["met", "talks", "meeting"].contains(&word.text)).unwrap();
        why_another(sentence, verb, &dates::find(sentence)[0].at)
    }

    #[test]
    fn a_date_beside_the_verb_is_that_of_the_meeting() {
        for text in [
            "Ada Berg met Jon Vik on 3 May 2023, two officials said.",
            "The minister, Ada Berg, met the envoy, Jon Vik, in Port Lund, on Wednesday, 3 May 2023.",
            "On 3 May 2023, Ada Berg met Jon Vik.",
            "In June 2023 Ada Berg had met Jon Vik.",
            "Later, in June 2023, the minister Ada Berg secretly met Jon Vik.",
            "Ada Berg on 3 May 2023 met Jon Vik.",
            "A meeting of Ada Berg and Jon Vik was held on 3 May 2023.",
            "The meeting of 3 May 2023 was between Ada Berg and Jon Vik.",
            "Ada Berg met Jon Vik, Otto Falk and Mira Holt on 3 May 2023.",
            "Ada Berg met Jon Vik at the Hotel Bristol in Lund on the evening of 3 May 2023.",
            "Ada Berg met Jon Vik on the 3rd June 2023 in Lund.",
            "Ada Berg said that she met Jon Vik in the summer of 2019.",
            "In July 2023, Ada Berg held talks with Jon Vik.",
            "Ada Berg met Jon Vik for talks on 3 May 2023.",
            "Ada Berg met Jon Vik for an hour on Monday, 3 May 2023.",
        ] {
            assert_eq!(why(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_of_something_else_is_not_that_of_the_meeting() {
        for (text, word) in [
            ("Ada Berg (born 12 May 1961) met Jon Vik.", "in brackets"),
            ("Ada Berg met Jon Vik, who was born on 3 May 1970.", "\"who\""),
            ("Ada Berg, born on 3 May 1970, met Jon Vik.", "\"born\""),
            ("Ada Berg met Jon Vik, The Herald reported on 8 July 2023.", "\"reported\""),
            ("In a report published on 4 June 2023, the Office says that Ada Berg met Jon Vik.", "\"says\""),
            ("On 4 June 2023 the Herald wrote that Ada Berg met Jon Vik.", "\"wrote\""),
            ("Ada Berg met Jon Vik, according to minutes dated 6 July 2023.", "\"according\""),
            ("Ada Berg met Jon Vik: on 3 May 2023 the land was sold.", "another part"),
            ("Ada Berg met Jon Vik and in June 2023 Otto Falk became chair.", "another part"),
            ("On 3 May 2023 it was cold; Ada Berg met Jon Vik.", "another part"),
            ("Ada Berg met Jon Vik, mayor of Lund in 2019.", "another part"),
            ("Ada Berg met Jon Vik to discuss the strike on 3 May 2023.", "\"to\""),
            ("Ada Berg met Jon Vik and signed the contract on 3 May 2023.", "\"signed\""),
            ("Ada Berg met Jon Vik at the feast of 3 May 2023.", "\"feast\""),
            (
                "Ada Berg met Jon Vik again at a vigil for the victims of the fire on 14 June 2017.",
                "\"fire\"",
            ),
            ("Ada Berg met Jon Vik at the memorial for 16 May 1944.", "\"for\""),
            ("Ada Berg met Jon Vik at the trial for the attack on 7 October 2023.", "\"attack\""),
            ("Ada Berg met Jon Vik at the launch of a book on the war in 1948.", "\"war\""),
            ("Ada Berg met Jon Vik at the exhibition on Berlin in 1945.", "\"Berlin\""),
            ("Ada Berg held talks with Jon Vik on the election in May 2022.", "\"election\""),
            ("Ada Berg met Jon Vik in room 5 May 2021.", "\"room\""),
            ("Ada Berg met Jon Vik for the 3 May 2023 edition.", "\"edition\""),
            ("The day before the vote, on 3 May 2023, Ada Berg met Jon Vik.", "another part"),
            ("In 2019, two years before Ada Berg met Jon Vik, the pier closed.", "\"before\""),
            ("The talks of Ada Berg and Jon Vik were reported on 3 May 2023.", "\"reported\""),
        ] {
            assert!(why(text).is_some_and(|why| why.contains(word)), "{text}: {:?}", why(text));
        }
    }
}
