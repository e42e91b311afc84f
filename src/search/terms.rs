//! The words of all slots -> terms in order, each with the slots that it leads to.
//!
//! A term stands in its shard as `[term, slots of its texts, written, slots, written, slots, ..]`: the last
//! are those where it is a word of a name, for each way in which that is written, which is empty where it is
//! the term itself.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::json;

use super::shards::Item;
use super::slots::Slot;
use crate::model::fold::{Lookups, bare, fold, written};

/// A term leads to so many slots at most, the first ones: a word that more pages have tells none apart.
const MOST_SLOTS: usize = 4000;
/// A term of more bytes is no word.
const LONGEST: usize = 80;
/// What is found by the start of a word is gathered beforehand where the terms are more bytes than these, so
/// that no query reads through many shards.
const WIDE: usize = 8192;

/// Before the key of a sound, before the start of many words, and before a whole name as it is written, its
/// words in order: no folded word has a capital letter.
const SOUND: char = 'S';
const START: char = 'P';
const WHOLE: char = 'W';

/// A term of a slot, and how it stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub term: String,
    /// For a word of a name: how it is written, where it is not as it is folded.
    pub how: How,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    Text,
    Name { written: String },
}

/// The terms of a slot, each once: of its names as they are written and as they sound, and of its texts.
pub fn found<'t>(
    names: impl Iterator<Item = &'t str>,
    texts: impl Iterator<Item = &'t str>,
    lookups: &Lookups,
) -> Vec<Found> {
    let mut found = BTreeSet::new();
    let name = |term: String, written: String| Found { term, how: How::Name { written } };
    for text in names {
        let words = written(text);
        let mut whole: Vec<&str> = words.iter().map(|(_, written)| written.as_str()).collect();
        whole.sort_unstable();
        found.insert(name(format!("{WHOLE}{}", whole.join(" ")), String::new()));
        for (term, written) in words {
            let stem = bare(&term);
            if stem != term {
                found.insert(name(stem.to_owned(), term.clone()));
            }
            let written = if written == term { String::new() } else { written };
            found.insert(name(term, written));
        }
        found.extend(lookups.of(text).into_iter().map(|key| name(format!("{SOUND}{key}"), String::new())));
    }
    for text in texts {
        let text = fold(text);
        for word in text.split(' ') {
            for term in [word, bare(word)] {
                found.insert(Found { term: term.to_owned(), how: How::Text });
            }
        }
    }
    found.into_iter().filter(|found| (1..=LONGEST).contains(&found.term.len())).collect()
}

/// A term with what it leads to.
struct Term {
    term: String,
    texts: Vec<usize>,
    /// The slots by how the term is written in the names there.
    names: Vec<(String, Vec<usize>)>,
    json: String,
}

/// The terms of all slots as items of shards, and the starts that many words share.
pub fn terms(slots: &[Slot]) -> Vec<Item> {
    let numbered = slots.par_iter().enumerate();
    let mut found: Vec<(&Found, usize)> = numbered
        .flat_map_iter(|(number, slot)| slot.found.iter().map(move |found| (found, number)))
        .collect();
    found.par_sort_unstable();
    let groups: Vec<&[(&Found, usize)]> =
        found.chunk_by(|(one, _), (next, _)| one.term == next.term).collect();
    let mut terms: Vec<Term> = groups.into_par_iter().filter_map(|group| term(group, slots)).collect();
    let words: Vec<&Term> = terms.iter().filter(|term| !term.term.starts_with([SOUND, WHOLE])).collect();
    let starts = shared_starts(&words, 1, slots);
    terms.extend(starts);
    // The order of strings in JavaScript.
    terms.par_sort_by(|one, other| one.term.encode_utf16().cmp(other.term.encode_utf16()));
    terms.into_iter().map(|term| Item { key: json!(term.term).to_string(), json: term.json }).collect()
}

/// The term that these have in common.
fn term(group: &[(&Found, usize)], slots: &[Slot]) -> Option<Term> {
    let mut texts = Vec::new();
    let mut names: Vec<(String, Vec<usize>)> = Vec::new();
    for (found, slot) in group {
        match (&found.how, names.last_mut()) {
            (How::Text, _) => texts.push(*slot),
            (How::Name { written }, Some((last, slots))) if last == written => slots.push(*slot),
            (How::Name { written }, _) => names.push((written.clone(), vec![*slot])),
        }
    }
    let (first, _) = group.first()?;
    Some(Term::new(first.term.clone(), texts, names, slots))
}

impl Term {
    fn new(term: String, texts: Vec<usize>, names: Vec<(String, Vec<usize>)>, slots: &[Slot]) -> Term {
        let mut parts = vec![json!(term), json!(list(&texts, slots))];
        for (written, at) in &names {
            parts.extend([json!(written), json!(list(at, slots))]);
        }
        Term { json: serde_json::Value::Array(parts).to_string(), term, texts, names }
    }
}

/// Where many words begin with the same letters: what all of them lead to. `words` are in order, and the same
/// up to the letter `depth`.
fn shared_starts(words: &[&Term], depth: usize, slots: &[Slot]) -> Vec<Term> {
    let start = |term: &Term| {
        let end = term.term.char_indices().nth(depth - 1).map(|(at, letter)| at + letter.len_utf8());
        end.map(|end| term.term[..end].to_owned())
    };
    let groups: Vec<&[&Term]> = words.chunk_by(|one, next| start(one) == start(next)).collect();
    let wide =
        |group: &[&Term]| group.len() > 1 && group.iter().map(|term| term.json.len()).sum::<usize>() > WIDE;
    groups
        .into_par_iter()
        .filter(|group| wide(group))
        .filter_map(|group| {
            let texts = merged(group.iter().map(|term| &term.texts));
            let names = merged(group.iter().flat_map(|term| term.names.iter().map(|(_, at)| at)));
            let names = if names.is_empty() { Vec::new() } else { vec![(String::new(), names)] };
            let start = start(group.first()?)?;
            let mut terms = shared_starts(group, depth + 1, slots);
            terms.push(Term::new(format!("{START}{start}"), texts, names, slots));
            Some(terms)
        })
        .flatten()
        .collect()
}

fn merged<'t>(lists: impl Iterator<Item = &'t Vec<usize>>) -> Vec<usize> {
    let mut all: Vec<usize> = lists.flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Slots as a text: `0`, or `1` where there are more than are told, then for each how many are left out
/// before it, in letters of which the last is a capital (`A` none, `bA` 26), and for a slot that continues
/// a page how many stand before it, in digits. It is one word, so that it holds no name by chance.
fn list(numbers: &[usize], slots: &[Slot]) -> String {
    let mut text = String::with_capacity(1 + numbers.len() * 2);
    if !numbers.is_empty() {
        text.push(if numbers.len() > MOST_SLOTS { '1' } else { '0' });
    }
    let mut next = 0;
    for number in numbers.iter().take(MOST_SLOTS) {
        letters(&mut text, number - next);
        if let Some(back) = slots.get(*number).map(|slot| slot.back).filter(|back| *back > 0) {
            text.push_str(&back.to_string());
        }
        next = number + 1;
    }
    text
}

fn letters(text: &mut String, number: usize) {
    let digit = |number: usize| char::from_u32(u32::from(b'a') + (number % 26) as u32).unwrap_or('a');
    let mut high = Vec::new();
    let mut rest = number / 26;
    while rest > 0 {
        high.push(digit(rest));
        rest /= 26;
    }
    text.extend(high.into_iter().rev());
    text.push(digit(number).to_ascii_uppercase());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms_of(names: &[&str], texts: &[&str]) -> Vec<(String, Option<String>)> {
        let found = found(names.iter().copied(), texts.iter().copied(), &Lookups::default());
        let told = |found: Found| match found.how {
            How::Text => (found.term, None),
            How::Name { written } => (found.term, Some(written)),
        };
        found.into_iter().map(told).collect()
    }

    fn named(names: &[&str]) -> Vec<(String, Option<String>)> {
        let mut terms = terms_of(names, &[]);
        terms.retain(|(term, _)| !term.starts_with([SOUND, WHOLE]));
        terms
    }

    fn slots(names: &[&str], texts: &[&str]) -> Vec<Slot> {
        let lookups = Lookups::default();
        let slot = |found| Slot { found, ..Slot::default() };
        let named = names.iter().map(|name| slot(found([*name].into_iter(), [].into_iter(), &lookups)));
        let told = texts.iter().map(|text| slot(found([].into_iter(), [*text].into_iter(), &lookups)));
        named.chain(told).collect()
    }

    #[test]
    fn a_name_is_found_by_its_words_as_written_and_as_they_sound() {
        let word = |term: &str, written: &str| (term.to_owned(), Some(written.to_owned()));
        assert_eq!(
            named(&["Ismaʿīl al-Haniyeh"]),
            [word("al", ""), word("haniyeh", ""), word("ismail", "ismaʿīl")]
        );
        assert_eq!(named(&["“Abu” D'Estaing"]), [word("abu", ""), word("destaing", "d'estaing")]);
        // By the word without its article, too.
        assert_eq!(named(&["السِنوار"]), [word("السنوار", "السِنوار"), word("سنوار", "السنوار")]);
        let sounds = terms_of(&["Abd al-Aziz"], &[]);
        assert!(sounds.contains(&word("Wabd al aziz", "")));
        for key in skeleton_of(&["Abdulaziz", "Aziz", "Abd"]) {
            assert!(sounds.contains(&word(&format!("S{key}"), "")), "{key} of {sounds:?}");
        }
    }

    fn skeleton_of(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| crate::model::fold::skeletons(word)[0][0].clone()).collect()
    }

    #[test]
    fn a_text_is_found_by_its_words_each_once() {
        let word = |term: &str| (term.to_owned(), None);
        assert_eq!(
            terms_of(&[], &["The Quay, the quay’s end; 1,400 boats"]),
            ["1", "400", "boats", "end", "quay", "quays", "the"].map(word)
        );
        assert_eq!(terms_of(&[], &["…", &"x".repeat(LONGEST + 1)]), []);
    }

    #[test]
    fn a_list_tells_gaps_and_what_continues_a_page() {
        let slots: Vec<Slot> =
            (0..60).map(|n| Slot { back: usize::from(n == 30) * 12, ..Slot::default() }).collect();
        assert_eq!(list(&[0, 1, 28, 30, 59], &slots), "0AAbAB12bC");
        assert_eq!(list(&[], &slots), "");
        let all: Vec<usize> = (0..=MOST_SLOTS).collect();
        assert_eq!(list(&all, &slots).matches('A').count(), MOST_SLOTS);
        assert!(list(&all, &slots).starts_with('1'));
    }

    #[test]
    fn starts_that_very_many_words_share_are_gathered() {
        let names: Vec<String> = (0..900).map(|n| format!("Quist{n:03}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let items = terms(&slots(&names, &["quiet"]));
        let item = |term: &str| items.iter().find(|item| item.key == format!("\"{term}\""));
        let all = format!("[\"Pqui\",\"0biQ\",\"\",\"0{}\"]", "A".repeat(900));
        assert_eq!(item("Pqui").map(|item| &item.json), Some(&all));
        assert!(item("Pquist1").is_none(), "a hundred words are few");
        let keys: Vec<String> = items.iter().map(|item| item.key.clone()).collect();
        assert!(keys.is_sorted() && keys.len() > 900);
    }
}
