//! The words of all slots -> terms in order, each with the slots that it leads to.
//!
//! A term stands in its shard as `[term, slots of its texts, written, slots, written, slots, ..]`: the last
//! are those where it is a word of a name, for each way in which that is written, which is empty where it is
//! the term itself.

use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
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

fn is_term(term: &str) -> bool {
    (1..=LONGEST).contains(&term.len())
}

/// The terms of an index and the ways in which they are written, each once and by a number.
#[derive(Default)]
pub struct Lexicon {
    numbers: RwLock<FxHashMap<Arc<str>, u32>>,
}

impl Lexicon {
    /// The number of a word.
    pub fn number(&self, word: &str) -> u32 {
        if let Ok(numbers) = self.numbers.read()
            && let Some(number) = numbers.get(word)
        {
            return *number;
        }
        let mut numbers = self.numbers.write().unwrap_or_else(PoisonError::into_inner);
        // There are fewer words than bytes in memory.
        let next = numbers.len() as u32;
        *numbers.entry(word.into()).or_insert(next)
    }

    /// The number of the term for a key of a sound, unless that is too long for a term.
    pub fn sound(&self, key: &str) -> Option<u32> {
        let term = format!("{SOUND}{key}");
        is_term(&term).then(|| self.number(&term))
    }

    /// The words in order, and for each number its place among them.
    fn ordered(&self) -> (Vec<Arc<str>>, Vec<u32>) {
        let numbers = self.numbers.read().unwrap_or_else(PoisonError::into_inner);
        let mut words: Vec<(Arc<str>, u32)> =
            numbers.iter().map(|(word, number)| (Arc::clone(word), *number)).collect();
        words.par_sort_unstable();
        let mut places = vec![0; words.len()];
        for ((_, number), place) in words.iter().zip(0..) {
            if let Some(at) = places.get_mut(*number as usize) {
                *at = place;
            }
        }
        (words.into_iter().map(|(word, _)| word).collect(), places)
    }
}

/// A term of a slot, and how it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its number.
    pub term: u32,
    /// For a word of a name one more than the number of the way in which it is written, which is empty where it is
    /// written as it is folded; nothing for a word of a text.
    written: u32,
}

/// What the terms of slots are found with.
pub struct Finder<'l> {
    lexicon: &'l Lexicon,
    lookups: Lookups<'l>,
}

impl<'l> Finder<'l> {
    /// `sound` is [`Lexicon::sound`] of the same lexicon.
    pub fn new(lexicon: &'l Lexicon, sound: &'l (dyn Fn(&str) -> Option<u32> + Sync)) -> Self {
        Finder { lexicon, lookups: Lookups::new(sound) }
    }

    /// The terms of a slot, each once: of its names as they are written and as they sound, and of its texts.
    pub fn found<'t>(
        &self,
        names: impl Iterator<Item = &'t str>,
        texts: impl Iterator<Item = &'t str>,
    ) -> Vec<Found> {
        let mut found = Vec::new();
        let number = |word: &str| self.lexicon.number(word);
        let as_folded = number("") + 1;
        for text in names {
            let words = written(text);
            let mut whole: Vec<&str> = words.iter().map(|(_, written)| written.as_str()).collect();
            whole.sort_unstable();
            let whole = format!("{WHOLE}{}", whole.join(" "));
            found.extend(is_term(&whole).then(|| Found { term: number(&whole), written: as_folded }));
            for (term, written) in words {
                let stem = bare(&term);
                if stem != term && is_term(stem) {
                    found.push(Found { term: number(stem), written: number(&term) + 1 });
                }
                if is_term(&term) {
                    let written = if written == term { as_folded } else { number(&written) + 1 };
                    found.push(Found { term: number(&term), written });
                }
            }
            found.extend(self.lookups.of(text).into_iter().map(|term| Found { term, written: as_folded }));
        }
        for text in texts {
            let text = fold(text);
            for word in text.split(' ') {
                for term in [word, bare(word)] {
                    found.extend(is_term(term).then(|| Found { term: number(term), written: 0 }));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.shrink_to_fit();
        found
    }
}

/// A term with what it leads to, which is told only of words.
struct Term {
    term: Arc<str>,
    texts: Vec<u32>,
    /// The slots by how the term is written in the names there.
    names: Vec<(Arc<str>, Vec<u32>)>,
    json: String,
}

/// The terms of all slots, of which each has `found` some, as items of shards, and the starts that many words share.
pub fn terms(found: Vec<Vec<Found>>, slots: &[Slot], lexicon: &Lexicon) -> Vec<Item> {
    let (words, places) = lexicon.ordered();
    let place = |number: u32| places.get(number as usize).copied().unwrap_or_default();
    // The place of the term, one more than that of the way in which it is written, and the slot.
    let count = found.iter().map(Vec::len).sum();
    let mut all: Vec<[u32; 3]> = Vec::with_capacity(count);
    for (found, number) in found.into_iter().zip(0..) {
        let told = |found: &Found| {
            let written = found.written.checked_sub(1).map_or(0, |written| place(written) + 1);
            [place(found.term), written, number]
        };
        all.extend(found.iter().map(told));
    }
    all.par_sort_unstable();
    let groups: Vec<&[[u32; 3]]> = all.chunk_by(|[one, ..], [next, ..]| one == next).collect();
    let mut terms: Vec<Term> =
        groups.into_par_iter().filter_map(|group| term(group, &words, slots)).collect();
    let alone: Vec<&Term> = terms.iter().filter(|term| term.is_word()).collect();
    let starts = shared_starts(&alone, 1, slots);
    terms.extend(starts);
    // The order of strings in JavaScript.
    terms.par_sort_by(|one, other| one.term.encode_utf16().cmp(other.term.encode_utf16()));
    terms.into_par_iter().map(|term| Item { key: json!(&*term.term).to_string(), json: term.json }).collect()
}

/// The term that these have in common.
fn term(group: &[[u32; 3]], words: &[Arc<str>], slots: &[Slot]) -> Option<Term> {
    let mut texts = Vec::new();
    let mut names: Vec<(Arc<str>, Vec<u32>)> = Vec::new();
    let mut last = 0;
    for [_, written, slot] in group {
        match (written.checked_sub(1), names.last_mut()) {
            (None, _) => texts.push(*slot),
            (Some(_), Some((_, slots))) if last == *written => slots.push(*slot),
            (Some(at), _) => names.push((Arc::clone(words.get(at as usize)?), vec![*slot])),
        }
        last = *written;
    }
    let [first, ..] = group.first()?;
    let whole = Term::new(Arc::clone(words.get(*first as usize)?), texts, names, slots);
    // Only of words are the starts gathered.
    let rest = if whole.is_word() { whole } else { Term { texts: Vec::new(), names: Vec::new(), ..whole } };
    Some(rest)
}

impl Term {
    fn new(term: Arc<str>, texts: Vec<u32>, names: Vec<(Arc<str>, Vec<u32>)>, slots: &[Slot]) -> Term {
        let mut json = format!("[{},{}", json!(&*term), json!(list(&texts, slots)));
        for (written, at) in &names {
            // Writing to a string cannot fail.
            let _ = write!(json, ",{},{}", json!(&**written), json!(list(at, slots)));
        }
        json.push(']');
        json.shrink_to_fit();
        Term { json, term, texts, names }
    }

    fn is_word(&self) -> bool {
        !self.term.starts_with([SOUND, WHOLE])
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
            let names = if names.is_empty() { Vec::new() } else { vec![("".into(), names)] };
            let start = start(group.first()?)?;
            let mut terms = shared_starts(group, depth + 1, slots);
            terms.push(Term::new(format!("{START}{start}").into(), texts, names, slots));
            Some(terms)
        })
        .flatten()
        .collect()
}

fn merged<'t>(lists: impl Iterator<Item = &'t Vec<u32>>) -> Vec<u32> {
    let mut all: Vec<u32> = lists.flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Slots as a text: `0`, or `1` where there are more than are told, then for each how many are left out
/// before it, in letters of which the last is a capital (`A` none, `bA` 26), and for a slot that continues
/// a page how many stand before it, in digits. It is one word, so that it holds no name by chance.
fn list(numbers: &[u32], slots: &[Slot]) -> String {
    let mut text = String::with_capacity(1 + numbers.len() * 2);
    if !numbers.is_empty() {
        text.push(if numbers.len() > MOST_SLOTS { '1' } else { '0' });
    }
    let mut next = 0;
    for number in numbers.iter().take(MOST_SLOTS) {
        letters(&mut text, (number - next) as usize);
        if let Some(back) = slots.get(*number as usize).map(|slot| slot.back).filter(|back| *back > 0) {
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

    /// The terms of names and texts in their order, each with the way in which it is written in a name.
    fn terms_of(names: &[&str], texts: &[&str]) -> Vec<(String, Option<String>)> {
        let lexicon = Lexicon::default();
        let sound = |key: &str| lexicon.sound(key);
        let found = Finder::new(&lexicon, &sound).found(names.iter().copied(), texts.iter().copied());
        let (words, places) = lexicon.ordered();
        let word = |number: u32| words[places[number as usize] as usize].to_string();
        let told = |found: Found| (word(found.term), found.written.checked_sub(1).map(word));
        let mut terms: Vec<_> = found.into_iter().map(told).collect();
        terms.sort();
        terms
    }

    fn named(names: &[&str]) -> Vec<(String, Option<String>)> {
        let mut terms = terms_of(names, &[]);
        terms.retain(|(term, _)| !term.starts_with([SOUND, WHOLE]));
        terms
    }

    fn slots(lexicon: &Lexicon, names: &[&str], texts: &[&str]) -> Vec<Slot> {
        let sound = |key: &str| lexicon.sound(key);
        let finder = Finder::new(lexicon, &sound);
        let slot = |found| Slot { found, ..Slot::default() };
        let named = names.iter().map(|name| slot(finder.found([*name].into_iter(), [].into_iter())));
        let told = texts.iter().map(|text| slot(finder.found([].into_iter(), [*text].into_iter())));
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
        let all: Vec<u32> = (0..).take(MOST_SLOTS + 1).collect();
        assert_eq!(list(&all, &slots).matches('A').count(), MOST_SLOTS);
        assert!(list(&all, &slots).starts_with('1'));
    }

    #[test]
    fn starts_that_very_many_words_share_are_gathered() {
        let names: Vec<String> = (0..900).map(|n| format!("Quist{n:03}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let lexicon = Lexicon::default();
        let slots = slots(&lexicon, &names, &["quiet"]);
        let found = slots.iter().map(|slot| slot.found.clone()).collect();
        let items = terms(found, &slots, &lexicon);
        let item = |term: &str| items.iter().find(|item| item.key == format!("\"{term}\""));
        let all = format!("[\"Pqui\",\"0biQ\",\"\",\"0{}\"]", "A".repeat(900));
        assert_eq!(item("Pqui").map(|item| &item.json), Some(&all));
        assert!(item("Pquist1").is_none(), "a hundred words are few");
        let keys: Vec<String> = items.iter().map(|item| item.key.clone()).collect();
        assert!(keys.is_sorted() && keys.len() > 900);
    }
}
