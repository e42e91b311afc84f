//! What the pages of all records share: spellings, terms, chains of sources, what links here.

use std::collections::BTreeMap;

use super::page::{
    Attribution, Chain, Common, Fact, LinkGroup, Relation, Rich, Role, Spelling, Step, WebLink,
};
use super::prose::Writer;
use super::words::{Words, text};
use super::{corrections, stances};
use crate::link::refs::{GROUP, PARTY, PLACE, Part, SOURCE, statements};
use crate::link::routes::{WITH_TEXT, address};
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::{Hidden, Id};
use crate::model::name::{Name, SpellingKind, direction};
use crate::model::person::Role as Office;
use crate::model::{Kind, Ref, WebLink as ModelLink};

/// The common part of a record's page. Called last, when all marks have been given out; `shown` says
/// which records the page lists anyway.
pub fn common(
    mut writer: Writer,
    id: Id,
    body: Vec<super::page::Block>,
    shown: &dyn Fn(Id) -> bool,
    links: &[ModelLink],
) -> Common {
    let words = writer.words;
    let common = words.linked.dossier.common(id);
    let note_html = writer.inline(common.and_then(|common| common.note.as_ref()));
    let corrections = corrections::listed(&mut writer, words.linked.corrections_of(id));
    Common {
        body,
        note_html,
        tags: common
            .map_or_else(Vec::new, |common| common.tags.iter().map(|tag| tag.value.clone()).collect()),
        draft: common.is_some_and(|common| common.draft),
        withheld: words.linked.dossier.hidden(id) == Some(Hidden::Withheld),
        updated: common.and_then(|common| common.updated.as_ref()).map(|date| words.date(&date.value)),
        figures: writer.figures,
        notes: writer.notes.into_entries(),
        linked_from: linked_from(words, id, shown),
        corrections,
        corrected: corrections::marks(words, id, false),
        links: links
            .iter()
            .map(|link| WebLink { text: link.title.clone(), url: link.url.value.clone() })
            .collect(),
    }
}

/// The prose beside a record.
pub fn prose(writer: &mut Writer, id: Id) -> Vec<super::page::Block> {
    let words = writer.words;
    words
        .linked
        .dossier
        .common(id)
        .and_then(|common| common.prose.as_deref())
        .map_or_else(Vec::new, |prose| writer.blocks(prose))
}

/// What refers to a record, by kind, but for what the page shows anyway. Corrections have a section of
/// their own on every page.
fn linked_from(words: &Words, id: Id, shown: &dyn Fn(Id) -> bool) -> Vec<LinkGroup> {
    let dossier = &words.linked.dossier;
    // The home page and the method are written as articles, and are none to readers.
    let is_page = |id: Id| id.kind == Kind::Article && WITH_TEXT.contains(&address(dossier, id).as_str());
    let mut groups: BTreeMap<(bool, Kind), Vec<Id>> = BTreeMap::new();
    for other in words.linked.incoming(id).filter(|other| other.kind != Kind::Correction && !shown(*other)) {
        groups.entry((!is_page(other), other.kind)).or_default().push(other);
    }
    groups
        .into_iter()
        .map(|((is_listed, kind), ids)| LinkGroup {
            title: match is_listed {
                true => words.strings.get(&format!("linked.{}", kind.singular())).to_owned(),
                false => words.get("linked.page").to_owned(),
            },
            links: words.sorted(ids).into_iter().map(|id| words.link(id)).collect(),
        })
        .collect()
}

pub fn spellings(writer: &mut Writer, name: &Name) -> Vec<Spelling> {
    let words = writer.words;
    name.spellings
        .iter()
        .map(|spelling| {
            let lang = match &spelling.kind {
                SpellingKind::Language(tag) => Some(tag.clone()),
                _ => None,
            };
            let label = match &spelling.kind {
                SpellingKind::Language(tag) => language_name(words, tag),
                SpellingKind::Transliteration => words.get("spelling.translit").to_owned(),
                SpellingKind::AlsoWritten => words.get("spelling.aka").to_owned(),
                SpellingKind::Former => words.get("spelling.former").to_owned(),
                SpellingKind::NomDeGuerre => words.get("spelling.nom-de-guerre").to_owned(),
            };
            Spelling {
                name: super::page::Name {
                    text: spelling.text.value.clone(),
                    dir: lang.as_deref().map(direction),
                    lang,
                },
                label,
                note: spelling.note.clone(),
                marks: writer.notes.marks(words, &spelling.cite),
            }
        })
        .collect()
}

/// The name of a language, from the table of words; its tag where the table has none.
pub fn language_name(words: &Words, tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag);
    [tag, primary]
        .into_iter()
        .map(|tag| format!("language.{tag}"))
        .find(|key| words.strings.contains(key))
        .map_or_else(|| tag.to_owned(), |key| words.strings.get(&key).to_owned())
}

/// An office, with its holder and its group.
pub fn role(writer: &mut Writer, person: Id, office: &Office) -> Option<Role> {
    let words = writer.words;
    let dossier = &words.linked.dossier;
    let group = dossier.get(&office.of, GROUP)?;
    let place = office.place.as_ref().and_then(|place| dossier.get(place, PLACE));
    Some(Role {
        role: words.capital(&office.role),
        group: vec![words.part(group)],
        person: vec![words.part(person)],
        place: place.map(|place| vec![words.part(place)]).unwrap_or_default(),
        term: words
            .dates
            .term(office.from.as_ref(), office.to.as_ref(), words.strings)
            .map(|term| words.capital(&term)),
        marks: writer.notes.marks(words, &office.cite),
    })
}

/// A lasting tie; nothing when one of its ends is withheld.
pub fn relation(words: &Words, id: Id) -> Option<Relation> {
    let dossier = &words.linked.dossier;
    let record = dossier.relations.get(id.index)?;
    let (from, to) = (dossier.get(&record.data.from, PARTY)?, dossier.get(&record.data.to, PARTY)?);
    Some(Relation {
        id: format!("r-{}", record.key),
        from: vec![words.part(from)],
        to: vec![words.part(to)],
        kind: words.strings.get(&format!("relation-type.{}", record.data.kind.key())).to_owned(),
        title: record.data.title.clone(),
        term: words
            .dates
            .term(record.data.since.as_ref(), record.data.until.as_ref(), words.strings)
            .map(|term| words.capital(&term)),
        attribution: words.attribution(&record.common.cite),
        status: words.status(&record.data.standing, &record.common.cite),
        marks: Vec::new(),
        note_html: None,
        body: Vec::new(),
        stances: Vec::new(),
        corrected: corrections::marks(words, id, true),
    })
}

/// A tie in full: with what parties say of it, the note and the prose.
pub fn whole_relation(writer: &mut Writer, id: Id) -> Option<Relation> {
    let words = writer.words;
    let record = words.linked.dossier.relations.get(id.index)?;
    let relation = relation(words, id)?;
    Some(Relation {
        marks: writer.notes.marks(words, &record.common.cite),
        stances: stances::of_record(writer, id),
        note_html: writer.inline(record.common.note.as_ref()),
        body: prose(writer, id),
        ..relation
    })
}

pub fn relations(words: &Words, party: Id) -> Vec<Relation> {
    words.linked.relations_of(party).iter().filter_map(|id| relation(words, *id)).collect()
}

/// Each chain of the citations from its origin on, with the places of all citations of the same chain, then
/// `last`, which is the record or the dossier.
pub fn chains(words: &Words, citations: &[Citation], last: &str) -> Vec<Chain> {
    let mut chains: Vec<Vec<&Citation>> = Vec::new();
    for citation in citations {
        let same =
            |other: &Citation| other.hops.iter().map(Hop::origin).eq(citation.hops.iter().map(Hop::origin));
        match chains.iter_mut().find(|chain| chain.first().is_some_and(|first| same(first))) {
            Some(chain) => chain.push(citation),
            None => chains.push(vec![citation]),
        }
    }
    chains.iter().map(|alike| Chain { steps: steps(words, alike, last) }).collect()
}

/// The steps of citations that have one chain.
fn steps(words: &Words, alike: &[&Citation], last: &str) -> Vec<Step> {
    let dossier = &words.linked.dossier;
    let hops = alike.first().map_or(&[][..], |citation| &citation.hops);
    let mut steps: Vec<Step> = hops
        .iter()
        .zip(0..)
        .map(|(hop, at)| match hop {
            Hop::Unrecorded { text: origin, .. } => Step {
                kind: words.get("step.origin").to_owned(),
                text: vec![text(&words.capital(origin))],
                unseen: false,
                own: false,
            },
            Hop::Source { source, .. } => {
                let places = places_in(alike, at, words.comma());
                let id = dossier.get(source, SOURCE);
                let record = id.and_then(|id| dossier.sources.get(id.index));
                let mut parts = vec![words.hop(hop)];
                let more = places.or_else(|| Some(words.date(&record?.data.published.as_ref()?.value)));
                parts.extend(more.map(|more| text(&format!("{}{more}", words.comma()))));
                Step {
                    kind: record.map_or_else(String::new, |record| {
                        words.strings.get(&format!("source-type.{}", record.data.kind)).to_owned()
                    }),
                    text: parts,
                    unseen: at > 0 && words.unseen(hop),
                    own: false,
                }
            }
        })
        .collect();
    steps.reverse();
    steps.push(Step { kind: last.to_owned(), text: Rich::new(), unseen: false, own: true });
    steps
}

/// The places that citations of one chain name in its hop `at`, each once.
fn places_in(citations: &[&Citation], at: usize, comma: &str) -> Option<String> {
    let mut places: Vec<&str> = Vec::new();
    for hop in citations.iter().filter_map(|citation| citation.hops.get(at)) {
        if let Hop::Source { locator: Some(place), .. } = hop
            && !places.contains(&place.as_str())
        {
            places.push(place);
        }
    }
    (!places.is_empty()).then(|| places.join(comma))
}

/// A fact of the side column, when there is something to say.
pub fn fact(words: &Words, label: &str, values: Vec<Rich>) -> Option<Fact> {
    let field = FIELDS.iter().find(|(fact, _)| *fact == label).map(|(_, field)| *field);
    (!values.is_empty()).then(|| Fact { label: words.strings.get(label).to_owned(), field, values })
}

/// The field that each fact shows.
const FIELDS: [(&str, &str); 32] = [
    ("fact.role", "roles"),
    ("fact.born", "born"),
    ("fact.died", "died"),
    ("fact.also", "names"),
    ("fact.kind", "type"),
    ("fact.event-kind", "type"),
    ("fact.mode", "mode"),
    ("fact.part-of", "part_of"),
    ("fact.country", "country"),
    ("fact.founded", "founded"),
    ("fact.dissolved", "dissolved"),
    ("fact.in", "in"),
    ("fact.by", "by"),
    ("fact.published", "published"),
    ("fact.read", "accessed"),
    ("fact.author", "author"),
    ("fact.editor", "editor"),
    ("fact.container", "container_title"),
    ("fact.publisher", "publisher"),
    ("fact.publisher-place", "publisher_place"),
    ("fact.genre", "genre"),
    ("fact.edition", "edition"),
    ("fact.volume", "volume"),
    ("fact.issue", "issue"),
    ("fact.number", "number"),
    ("fact.page", "page"),
    ("fact.doi", "doi"),
    ("fact.isbn", "isbn"),
    ("fact.language", "language"),
    ("fact.grade", "grade"),
    ("fact.original", "url"),
    ("fact.archived", "archived"),
];

/// On whose word the record is, with its offices, spellings and memberships; nothing when it cites nothing.
pub fn attribution(words: &Words, id: Id) -> Option<Attribution> {
    let statements = statements(&words.linked.dossier, id).into_iter();
    let own = statements.filter(|(_, part)| *part != Part::Prose).flat_map(|(cite, _)| cite);
    let cite: Vec<Citation> = own.cloned().collect();
    (!cite.is_empty()).then(|| words.attribution(&cite))
}

pub fn plain(value: impl Into<String>) -> Vec<Rich> {
    vec![vec![text(&value.into())]]
}

/// Identifiers elsewhere, each under its own name.
pub fn ids(words: &Words, id: Id) -> Vec<Fact> {
    let common = words.linked.dossier.common(id);
    common
        .into_iter()
        .flat_map(|common| &common.ids)
        .map(|(name, value)| Fact {
            label: super::dates::capitalised(name),
            field: Some("ids"),
            values: plain(value),
        })
        .collect()
}

/// A record, linked, when it may be shown.
pub fn linked(words: &Words, reference: Option<&Ref>, kinds: &[Kind]) -> Option<Rich> {
    let id = words.linked.dossier.get(reference?, kinds)?;
    Some(vec![words.part(id)])
}

/// The trail to a page: home, then the list it belongs to.
pub fn trail(words: &Words, section: &'static str, title: &'static str) -> Vec<super::page::Link> {
    let link = |text: &str, href: &str| super::page::Link { text: text.to_owned(), href: href.to_owned() };
    vec![link(words.get("nav.overview"), "index.html"), link(words.strings.get(title), section)]
}

/// A page about a record, with all that follows from what it is.
pub fn page(
    words: &Words,
    id: Id,
    template: &'static str,
    section: &'static str,
    title: &'static str,
    view: super::page::View,
) -> super::page::Page {
    let path = address(&words.linked.dossier, id);
    super::page::Page {
        title: words.title(id),
        section: Some(section.to_owned()),
        trail: trail(words, section, title),
        ..super::page(&path, template, view)
    }
}
