//! A record or article -> what the search knows of its page: its names, and its own text.

use std::collections::BTreeSet;

use super::passages::{self, Passage};
use crate::link::refs::{ANY, GROUP, bodies, statements};
use crate::link::routes::{ABOUT, address};
use crate::model::Kind;
use crate::model::citation::Hop;
use crate::model::dossier::Id;
use crate::model::meeting::Who;
use crate::model::name::{SpellingKind, direction};
use crate::model::person::Role;
use crate::view::page::Name;
use crate::view::words::Words;
use crate::view::{alphabet, stances};

/// What is to be found of one page, and what a result shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub href: String,
    pub title: Name,
    /// Whether the title is a name or title of the page's own.
    pub is_named: bool,
    /// The name in its own script.
    pub native: Option<Name>,
    /// Who or what it is, in a few words: an office, a kind, a date.
    pub detail: String,
    /// The other spellings, the short name among them.
    pub spellings: Vec<Name>,
    pub passages: Vec<Passage>,
}

pub fn entry(words: &Words, id: Id) -> Entry {
    let (native, spellings) = names(words, id);
    Entry {
        href: address(&words.linked.dossier, id),
        title: title(words, id),
        is_named: id.kind != Kind::Correction,
        native,
        detail: alphabet::detail(words, id).unwrap_or_default(),
        spellings,
        passages: texts(words, id),
    }
}

/// A correction is called after the record that it corrects.
fn title(words: &Words, id: Id) -> Name {
    let dossier = &words.linked.dossier;
    let correction = dossier.corrections.get(id.index).filter(|_| id.kind == Kind::Correction);
    words.name(correction.and_then(|record| dossier.get(&record.data.on, ANY)).unwrap_or(id))
}

/// The name in its own script, and all other spellings.
fn names(words: &Words, id: Id) -> (Option<Name>, Vec<Name>) {
    let dossier = &words.linked.dossier;
    let name = |text: &str, lang: Option<&str>| Name {
        text: text.to_owned(),
        lang: lang.map(str::to_owned),
        dir: lang.map(direction),
    };
    let all = dossier.name(id).into_iter().flat_map(|name| &name.spellings).map(|spelling| {
        let lang = match &spelling.kind {
            SpellingKind::Language(tag) => Some(tag.as_str()),
            _ => None,
        };
        name(&spelling.text.value, lang)
    });
    let group = dossier.groups.get(id.index).filter(|_| id.kind == Kind::Group);
    let short = group.and_then(|group| group.data.short.as_deref()).map(|short| name(short, None));
    let (title, native) = (words.title(id), words.native(id));
    let mut spellings: Vec<Name> = Vec::new();
    for name in all.chain(short) {
        let known = |other: &Name| other.text == name.text;
        if name.text != title && !native.as_ref().is_some_and(known) && !spellings.iter().any(known) {
            spellings.push(name);
        }
    }
    (native, spellings)
}

/// The page's own text: not what it shows of other records.
fn texts(words: &Words, id: Id) -> Vec<Passage> {
    let dossier = &words.linked.dossier;
    let mut found = Vec::new();
    found.extend(bodies(dossier, id).into_iter().flat_map(|body| passages::of_body(words, body)));
    found.extend(own(words, id));
    for stance in dossier.standing(id).into_iter().flat_map(|standing| &standing.stances) {
        let said = stance.words.iter().chain(&stance.summary);
        found.extend(said.flat_map(|text| passages::of_text(text, None)));
    }
    found.extend(passages::of_text(&unrecorded(words, id), None));
    let tags = dossier.common(id).map_or(&[][..], |common| &common.tags);
    let tags: Vec<&str> = tags.iter().map(|tag| tag.value.as_str()).collect();
    found.extend(passages::of_text(&tags.join(words.comma()), None));
    found
}

/// The origins that are no records: others have a page of their own.
fn unrecorded(words: &Words, id: Id) -> String {
    let cited = statements(&words.linked.dossier, id).into_iter().flat_map(|(cite, _)| cite);
    let origins = cited.flat_map(|citation| &citation.hops).filter_map(|hop| match hop {
        Hop::Unrecorded { text, .. } => Some(text.as_str()),
        Hop::Source { .. } => None,
    });
    let origins: BTreeSet<&str> = origins.collect();
    origins.into_iter().collect::<Vec<_>>().join(words.comma())
}

/// What only a page of its kind has: offices, who is named, passages of a source, what was corrected.
fn own(words: &Words, id: Id) -> Vec<Passage> {
    let dossier = &words.linked.dossier;
    match id.kind {
        Kind::Person => {
            let roles = dossier.people.get(id.index).map_or(&[][..], |person| &person.data.roles);
            let role = |role: &Role| {
                let group = words.title(dossier.get(&role.of, GROUP)?);
                let text = words
                    .strings
                    .fill("detail.of-text", &[("role", &words.capital(&role.role)), ("group", &group)]);
                Some(passages::of_text(&text, None))
            };
            let portrait = dossier.people.get(id.index).and_then(|person| person.data.portrait.as_ref());
            let said =
                portrait.map(|portrait| [&*portrait.alt, &*portrait.credit, &*portrait.licence].join(" · "));
            let said = said.into_iter().flat_map(|said| passages::of_text(&said, None));
            roles.iter().filter_map(role).flatten().chain(said).collect()
        }
        Kind::Meeting | Kind::Event => passages::of_text(&named(words, id), None),
        Kind::Source => {
            let Some(source) = dossier.sources.get(id.index) else { return Vec::new() };
            let makers =
                words.authors(id).into_iter().chain(source.data.by.as_ref().map(|_| words.maker(id)));
            let mut makers: Vec<String> = makers.map(|maker| maker.text).collect();
            makers.dedup();
            let mut found = passages::of_text(&makers.join(words.comma()), None);
            for quote in &source.data.quotes {
                let quoted = stances::quote(words, &source.data, quote, None);
                found.extend(passages::of_text(&quoted.text, quoted.lang.as_deref()));
                found.extend(quoted.translation.iter().flat_map(|text| passages::of_text(text, None)));
            }
            found
        }
        Kind::Correction => {
            let Some(correction) = dossier.corrections.get(id.index) else { return Vec::new() };
            [&correction.data.was, &correction.data.why]
                .iter()
                .flat_map(|text| passages::of_text(text, None))
                .collect()
        }
        // The page about the dossier says how to read it, in words of the interface.
        Kind::Article if address(dossier, id) == ABOUT => {
            let keys = words.strings.keys().filter(|key| key.starts_with("page.about."));
            let said = keys.map(|key| words.strings.get(key)).filter(|said| !said.contains('{'));
            said.flat_map(|said| passages::of_text(said, None)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whom and what place a meeting or event names, as far as that may be said.
fn named(words: &Words, id: Id) -> String {
    let dossier = &words.linked.dossier;
    let Some(occasion) = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at)) else {
        return String::new();
    };
    let mut names: Vec<String> = Vec::new();
    for (party, participant) in occasion.parties.iter().zip(dossier.participants(id)) {
        let unnamed = match &participant.who {
            Who::Unnamed { desc, .. } => Some(desc.clone()),
            Who::Record(_) | Who::Withheld => None,
        };
        names.extend(party.who.map(|who| words.title(who)).or(unnamed));
        names.extend(participant.named_as.clone());
        names.extend(participant.capacity.clone());
    }
    names.extend(occasion.places.first().map(|place| words.title(*place)));
    let mut said = BTreeSet::new();
    names.retain(|name| said.insert(name.clone()));
    names.join(words.comma())
}
