//! Everybody and everything named, by letter: on one page, or in a large dossier on one for each letter.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use rayon::prelude::*;

use super::dates::locale;
use super::page::{Alphabet, Letter, Link, Listed, Name, Page, View};
use super::words::Words;
use super::{Wanted, article, division, row, source};
use crate::link::graph::date;
use crate::link::refs::PLACE;
use crate::link::routes::{SEARCH, SEARCH_FOLDER, address};
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::model::fold::fold;

/// So many entries stand on one page.
const MOST: usize = 500;

/// The page of the search, with the whole alphabet or the way to the pages of its letters, and these.
pub fn pages(words: &Words, wanted: Wanted) -> Vec<Page> {
    if !wanted.any("search") {
        return Vec::new();
    }
    let entries = entries(words);
    let count_text = words.count("say.entries", entries.len());
    let is_large = entries.len() > MOST;
    let letters = letters(words, entries);
    let mut found = Vec::new();
    let mut links = Vec::new();
    for letter in letters {
        let anchor = format!("l-{}", letter.id);
        if is_large {
            for (path, part) in parts(letter) {
                links.push(Link { text: part.title.clone(), href: path.clone() });
                found.push((path, Letter { id: anchor.clone(), ..part }));
            }
        } else {
            links.push(Link { text: letter.title.clone(), href: format!("{SEARCH}#{anchor}") });
            found.push((SEARCH.to_owned(), Letter { id: anchor, ..letter }));
        }
    }
    let home = Link { text: words.get("nav.overview").to_owned(), href: "index.html".to_owned() };
    let alphabet = |sections: Vec<Letter>, count_text: String, has_search: bool| {
        View::Alphabet(Alphabet { letters: links.clone(), sections, count_text, has_search })
    };
    let (whole, parts): (Vec<_>, Vec<_>) = found.into_iter().partition(|(path, _)| path == SEARCH);
    let whole = whole.into_iter().map(|(_, letter)| letter).collect();
    let search = || Page {
        title: words.get("nav.search").to_owned(),
        section: Some(SEARCH.to_owned()),
        trail: vec![home.clone()],
        ..super::page(SEARCH, "search.html", alphabet(whole, count_text, true))
    };
    let search = wanted.is(SEARCH).then(search);
    let pages = parts.into_iter().filter(|(path, _)| wanted.is(path)).map(|(path, letter)| Page {
        title: words.strings.fill("search.letter", &[("letter", &letter.title)]),
        section: Some(SEARCH.to_owned()),
        trail: vec![home.clone(), Link { text: words.get("nav.search").to_owned(), href: SEARCH.to_owned() }],
        ..super::page(&path, "search.html", {
            let count_text = words.count("say.entries", letter.entries.len());
            alphabet(vec![letter], count_text, false)
        })
    });
    search.into_iter().chain(pages).collect()
}

/// Who or what a record is, in a few words: an office, a kind, a date.
pub fn detail(words: &Words, id: Id) -> Option<String> {
    let dossier = &words.linked.dossier;
    let with = |what: &str, more: Option<String>| match more {
        Some(more) => format!("{what}{}{more}", words.comma()),
        None => what.to_owned(),
    };
    Some(match id.kind {
        Kind::Person => words.office(id, None)?,
        Kind::Group => row::group_kind(words, id),
        Kind::Place => words.title(dossier.get(dossier.places.get(id.index)?.data.within.as_ref()?, PLACE)?),
        Kind::Meeting | Kind::Event => {
            let when = date(dossier, id).map(|date| words.date(date));
            with(&row::mark(words, id).1, when)
        }
        Kind::Source => {
            let published = dossier.sources.get(id.index)?.data.published.as_ref();
            with(&source::kind(words, id), published.map(|date| words.date(&date.value)))
        }
        Kind::Correction => {
            let correction = &dossier.corrections.get(id.index)?.data;
            let field = correction.field.as_ref().map(|field| words.field(&field.value));
            with(&words.date(&correction.date.value), field)
        }
        Kind::Term => words.get("nav.glossary").to_owned(),
        Kind::Article | Kind::Relation => return None,
    })
}

/// An entry with the text that it is sorted by.
struct Entry {
    sorted_by: String,
    key: Vec<u8>,
    listed: Listed,
}

/// All entries in the order of the language.
fn entries(words: &Words) -> Vec<Entry> {
    let dossier = &words.linked.dossier;
    let kinds =
        [Kind::Person, Kind::Group, Kind::Place, Kind::Event, Kind::Meeting, Kind::Source, Kind::Term];
    let ids = kinds.into_iter().flat_map(|kind| dossier.ids(kind)).chain(article::listed(words));
    let ids: Vec<Id> = ids.filter(|id| has_name(words, *id)).collect();
    let mut entries: Vec<Entry> = ids.par_iter().flat_map_iter(|id| entries_of(words, *id)).collect();
    entries.par_sort_by(|one, other| {
        (&one.key, &one.listed.href, &one.listed.detail).cmp(&(
            &other.key,
            &other.listed.href,
            &other.listed.detail,
        ))
    });
    entries
}

/// Whether the authors gave it a name or title. Of a meeting it is else made from those who took part.
fn has_name(words: &Words, id: Id) -> bool {
    let meeting = words.linked.dossier.meetings.get(id.index).filter(|_| id.kind == Kind::Meeting);
    meeting.is_none_or(|meeting| meeting.data.title.is_some())
}

/// The entry of a record, and one of the short name of a group.
fn entries_of(words: &Words, id: Id) -> Vec<Entry> {
    let dossier = &words.linked.dossier;
    let name = words.name(id);
    let group = dossier.groups.get(id.index).filter(|_| id.kind == Kind::Group);
    let short = group.and_then(|group| group.data.short.clone()).filter(|short| *short != name.text);
    let kind = match id.kind {
        Kind::Person => Some(words.get("part.kind-person")),
        Kind::Place => Some(words.get("part.kind-place")),
        Kind::Article => Some(words.get("page.article.eyebrow")),
        _ => None,
    };
    let detail =
        kind.map(str::to_owned).into_iter().chain(detail(words, id)).collect::<Vec<_>>().join(words.comma());
    let href = address(dossier, id);
    let entry = |name: Name, native: Option<Name>, detail: String| Entry {
        key: words.sort_key(&name.text),
        sorted_by: name.text.clone(),
        listed: Listed { name, native, href: href.clone(), detail },
    };
    let short =
        short.map(|short| entry(Name { text: short, lang: None, dir: None }, None, name.text.clone()));
    let name = Name { text: words.sorted_by(id), ..name };
    std::iter::once(entry(name, words.native(id), detail)).chain(short).collect()
}

/// Entries by the letter that they begin with.
fn letters(words: &Words, entries: Vec<Entry>) -> Vec<Letter> {
    let language = Letters::new(&words.linked.dossier.config.language);
    let mut letters: Vec<(char, Vec<Listed>)> = Vec::new();
    for entry in entries {
        let letter = language.first(&entry.sorted_by);
        match letters.last_mut() {
            Some((last, listed)) if *last == letter => listed.push(entry.listed),
            _ => letters.push((letter, vec![entry.listed])),
        }
    }
    let named = |(letter, entries): (char, Vec<Listed>)| {
        let (id, title) = match letter {
            '0' => ("0-9".to_owned(), "0–9".to_owned()),
            '#' => ("other".to_owned(), "#".to_owned()),
            'A'..='Z' => (letter.to_ascii_lowercase().to_string(), letter.to_string()),
            letter => (format!("u{:04x}", u32::from(letter)), letter.to_string()),
        };
        Letter { id, title, entries }
    };
    letters.into_iter().map(named).collect()
}

/// Which letters a language sorts as one.
struct Letters(Option<CollatorBorrowed<'static>>);

impl Letters {
    fn new(language: &str) -> Letters {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        Letters(Collator::try_new((&locale(language)).into(), options).ok())
    }

    /// The first letter of a text, as a capital and without what the language does not sort it by: E for É.
    /// `0` for any digit, and `#` where there is no letter.
    fn first(&self, text: &str) -> char {
        let letter = match text.chars().find(|c| c.is_alphanumeric()) {
            Some(digit) if digit.is_numeric() => return '0',
            Some(letter) => letter,
            None => return '#',
        };
        let plain = fold(&letter.to_string()).chars().next().filter(|plain| self.are_one(*plain, letter));
        let letter = plain.unwrap_or(letter);
        letter.to_uppercase().next().unwrap_or(letter)
    }

    fn are_one(&self, one: char, other: char) -> bool {
        let compare = |collator: &CollatorBorrowed| collator.compare(&one.to_string(), &other.to_string());
        self.0.as_ref().map(compare) == Some(Ordering::Equal)
    }
}

/// The pages of a letter, each with its address: several where it has very many entries, called after the
/// first of these and the last.
fn parts(letter: Letter) -> Vec<(String, Letter)> {
    let count = letter.entries.len().div_ceil(MOST);
    if count == 1 {
        return vec![(format!("{SEARCH_FOLDER}{}.html", letter.id), letter)];
    }
    let size = letter.entries.len().div_ceil(count);
    let parts = letter.entries.chunks(size).enumerate().map(|(at, entries)| {
        let [first, last] =
            [entries.first(), entries.last()].map(|entry| entry.map_or("", |entry| &entry.name.text));
        let title = division::letters(first, last);
        let part = Letter { id: letter.id.clone(), title, entries: entries.to_vec() };
        (format!("{SEARCH_FOLDER}{}-{}.html", letter.id, at + 1), part)
    });
    parts.collect()
}
