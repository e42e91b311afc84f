//! What the search knows of a page -> its slots: each what a result shows, and a part of the text.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::entry::Entry;
use super::passages::Passage;
use super::shards::Item;
use super::terms::{Finder, Found};
use crate::model::name::direction;
use crate::view::page::Name;

/// How many bytes of text a slot has at most.
const TEXT: usize = 1600;

/// One page, or a part of a long one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slot {
    /// How many slots of the same page stand before it.
    pub back: usize,
    pub found: Vec<Found>,
    /// Those of its languages that are written from right to left.
    pub right_to_left: BTreeSet<String>,
    /// What a result shows, as a list in JSON without its brackets: address, title and its language, detail, name in
    /// its own script, other spellings, passages.
    pub shown: String,
}

/// The slots of a page. Its names are found by the first.
pub fn slots(entry: &Entry, finder: &Finder) -> Vec<Slot> {
    let mut parts: Vec<&[Passage]> = Vec::new();
    let mut rest = entry.passages.as_slice();
    while parts.is_empty() || !rest.is_empty() {
        let mut bytes = 0;
        let fits = |passage: &&Passage| {
            bytes += passage.text.len();
            bytes <= TEXT
        };
        let count = rest.iter().take_while(fits).count().max(1).min(rest.len());
        let (part, after) = rest.split_at(count);
        parts.push(part);
        rest = after;
    }
    parts.into_iter().enumerate().map(|(back, passages)| slot(entry, back, passages, finder)).collect()
}

fn slot(entry: &Entry, back: usize, passages: &[Passage], finder: &Finder) -> Slot {
    let spellings: &[Name] = if back == 0 { &entry.spellings } else { &[] };
    let texts = passages.iter().map(|passage| passage.text.as_str()).chain([entry.detail.as_str()]);
    let title = Some(&entry.title).filter(|_| entry.is_named);
    let names = title.into_iter().chain(&entry.native).chain(spellings).filter(|_| back == 0);
    let names_shown = [&entry.title].into_iter().chain(&entry.native).chain(spellings);
    let langs = names_shown.map(|name| &name.lang).chain(passages.iter().map(|passage| &passage.lang));
    let shown = json!([
        entry.href,
        told(&entry.title.text, entry.title.lang.as_deref()),
        entry.detail,
        entry.native.as_ref().map_or(json!(""), |name| told(&name.text, name.lang.as_deref())),
        spellings.iter().map(|name| told(&name.text, name.lang.as_deref())).collect::<Value>(),
        passages.iter().map(|passage| told(&passage.text, passage.lang.as_deref())).collect::<Value>(),
    ]);
    Slot {
        back,
        right_to_left: langs.flatten().filter(|lang| direction(lang) == "rtl").cloned().collect(),
        found: finder.found(names.map(|name| name.text.as_str()), texts),
        shown: inside(shown.to_string()),
    }
}

/// A text, with its language where that is not the one of the site.
fn told(text: &str, lang: Option<&str>) -> Value {
    match lang {
        Some(lang) => json!([text, lang]),
        None => json!(text),
    }
}

/// A list in JSON without its brackets.
fn inside(mut list: String) -> String {
    list.pop();
    list.remove(0);
    list.shrink_to_fit();
    list
}

/// The key of a slot, in the order of the numbers.
pub fn key(number: usize) -> String {
    format!("n{number:07}")
}

/// The slots as items of shards, by their number.
pub fn items(slots: &[Slot]) -> Vec<Item> {
    let item = |(number, slot): (usize, &Slot)| {
        let key = json!(key(number)).to_string();
        Item { json: format!("[{key},{}]", slot.shown), key }
    };
    slots.par_iter().enumerate().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::super::terms::Lexicon;
    use super::*;

    #[test]
    fn a_long_page_has_several_slots_and_its_names_in_the_first() {
        let passage = |n: usize| Passage { text: format!("word{n} {}", "x".repeat(300)), lang: None };
        let entry = Entry {
            href: "a.html".to_owned(),
            title: Name { text: "Ada".to_owned(), lang: None, dir: None },
            is_named: true,
            native: None,
            detail: String::new(),
            spellings: vec![Name { text: "آدا".to_owned(), lang: Some("fa".to_owned()), dir: None }],
            passages: (0..12).map(passage).collect(),
        };
        let lexicon = Lexicon::default();
        let slots = slots(&entry, &Finder::new(&lexicon, &|key| lexicon.sound(key)));
        let finds = |slot: &Slot, term: &str| {
            let term = lexicon.number(term);
            slot.found.iter().any(|found| found.term == term)
        };
        assert_eq!(slots.iter().map(|slot| slot.back).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(slots.iter().map(|slot| finds(slot, "ada")).collect::<Vec<_>>(), [true, false, false]);
        assert!(finds(&slots[2], "word11") && !finds(&slots[0], "word11"));
        assert_eq!(slots[0].right_to_left, BTreeSet::from(["fa".to_owned()]));
        let items = items(&slots);
        assert!(items.iter().all(|item| item.json.len() < TEXT + 200), "{:?}", items[0].json);
        assert_eq!(items[2].key, "\"n0000002\"");
    }
}
