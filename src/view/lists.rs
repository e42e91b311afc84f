//! The list of each kind, the timeline and the corrections.

use std::collections::BTreeMap;

use super::page::{
    Articles, CardSection, Cards, Corrections, Data, Link, Missing, Page, People, PlaceLine, Places,
    Relations, Side, SourceLine, Sources, View,
};
use super::prose::Writer;
use super::words::Words;
use super::{Wanted, article, division, glossary, network, notes, record, row, source};
use crate::link::graph::DEEPEST;
use crate::link::refs::PLACE;
use crate::link::routes::{ABOUT, DATA, GLOSSARY, LISTS_FOLDER, MISSING, RELATIONS, address, relations_page};
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::model::group::GroupKind;

/// A page of the navigation.
pub struct Section {
    pub path: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// Whether it is in the main navigation, or only at the foot of the page.
    pub main: bool,
}

/// The pages of the navigation, in order. A collection with nothing in it has none.
pub fn sections(words: &Words) -> Vec<Section> {
    let dossier = &words.linked.dossier;
    let some = |kind: Kind| dossier.ids(kind).len() > 0;
    let all = [
        ("index.html", "nav.overview", true, true),
        ("explainers.html", "nav.explainers", true, !article::listed(words).is_empty()),
        ("timeline.html", "nav.timeline", true, !words.linked.occasions().is_empty()),
        ("people.html", "nav.people", true, some(Kind::Person)),
        ("groups.html", "nav.groups", true, some(Kind::Group)),
        (network::PATH, "nav.network", true, network::is_any(words)),
        ("sources.html", "nav.sources", true, some(Kind::Source)),
        ("search.html", "nav.search", true, true),
        ("meetings.html", "nav.meetings", false, some(Kind::Meeting)),
        ("events.html", "nav.events", false, some(Kind::Event)),
        ("places.html", "nav.places", false, some(Kind::Place)),
        ("relations.html", "nav.relations", false, some(Kind::Relation)),
        (GLOSSARY, "nav.glossary", false, some(Kind::Term)),
        ("corrections.html", "nav.corrections", false, true),
        (DATA, "nav.data", false, true),
        (ABOUT, "nav.about", false, true),
    ];
    all.into_iter()
        .filter(|section| section.3)
        .map(|(path, title, main, _)| Section { path, title, main })
        .collect()
}

/// The list pages that have something in them, but for those of meetings and events; the log of corrections
/// also when it is empty, since that there were none is worth knowing.
pub fn pages(words: &Words, wanted: Wanted) -> Vec<Page> {
    let mut pages = Vec::new();
    for section in sections(words) {
        let one = |template: &'static str, view: &dyn Fn(&Words) -> View| {
            let page = || page(words, section.path, section.title, template, view(words));
            wanted.is(section.path).then(page)
        };
        // The pages that continue a long list stand elsewhere.
        let any = || wanted.any(section.path) || wanted.any(LISTS_FOLDER);
        match section.path {
            "explainers.html" => pages.extend(one("articles.html", &articles)),
            "people.html" if any() => pages.extend(people(words, wanted, &section)),
            "groups.html" if any() => pages.extend(groups(words, wanted, &section)),
            "places.html" if any() => pages.extend(places(words, wanted, &section)),
            "sources.html" if any() => pages.extend(sources(words, wanted, &section)),
            "relations.html" if any() => pages.extend(relations(words, wanted, &section)),
            GLOSSARY => pages.extend(one("glossary.html", &glossary::glossary)),
            "corrections.html" => pages.extend(one("corrections.html", &corrections)),
            DATA => pages.extend(one("data.html", &|_| View::Data(Data {}))),
            _ => {}
        }
    }
    if wanted.is(MISSING) {
        pages.push(missing(words));
    }
    pages
}

/// What hosts show in place of a page that is not there, at any address: so its links begin where the site does.
fn missing(words: &Words) -> Page {
    let dossier = &words.linked.dossier;
    let base = dossier.config.base_url.as_ref().filter(|_| dossier.as_of.is_none());
    let root = base.map(|base| format!("{}/", base.value.trim_end_matches('/'))).unwrap_or_default();
    let title = words.get("nav.missing").to_owned();
    Page { title, root, ..super::page(MISSING, "404.html", View::Missing(Missing {})) }
}

/// The page of a list, by the key of its title.
pub fn page(
    words: &Words,
    path: &'static str,
    title: &'static str,
    template: &'static str,
    view: View,
) -> Page {
    Page {
        title: words.get(title).to_owned(),
        section: Some(path.to_owned()),
        trail: from_home(words),
        ..super::page(path, template, view)
    }
}

/// The way to a page that stands at the top of the site.
pub fn from_home(words: &Words) -> Vec<Link> {
    vec![Link { text: words.get("nav.overview").to_owned(), href: "index.html".to_owned() }]
}

/// A source with its date, other records by their title.
pub fn link_with_date(words: &Words, id: Id) -> Link {
    let link = words.link(id);
    let published = words.linked.dossier.sources.get(id.index).filter(|_| id.kind == Kind::Source);
    match published.and_then(|source| source.data.published.as_ref()) {
        Some(date) => {
            Link { text: format!("{}{}{}", link.text, words.comma(), words.date(&date.value)), ..link }
        }
        None => link,
    }
}

/// People by side.
fn by_side(words: &Words) -> Vec<division::Section<Id>> {
    let mut sides: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for id in words.sorted(words.linked.dossier.ids(Kind::Person)) {
        sides.entry(words.side(id).unwrap_or(usize::MAX)).or_default().push(id);
    }
    let title = |side| words.side_title(Some(side)).to_owned();
    sides.into_iter().map(|(side, entries)| division::Section { title: title(side), entries }).collect()
}

/// The first people of each side, at most so many.
pub fn sides(words: &Words, most: usize) -> Vec<Side> {
    let first =
        |section: division::Section<Id>| side(words, &section.title, section.entries.iter().take(most));
    by_side(words).into_iter().map(first).collect()
}

fn side<'i>(words: &Words, title: &str, people: impl Iterator<Item = &'i Id>) -> Side {
    // Where there is one side alone, the heading above it says as much.
    let title = if words.linked.dossier.config.sides.is_empty() { "" } else { title };
    Side { title: title.to_owned(), people: people.map(|id| row::person_card(words, *id, None)).collect() }
}

/// What is between two records of an alphabetical list.
fn letters(words: &Words) -> impl Fn(&Id, &Id) -> String {
    |first, last| division::letters(&words.sorted_by(*first), &words.sorted_by(*last))
}

fn people(words: &Words, wanted: Wanted, section: &Section) -> Vec<Page> {
    let count_text = words.count("say.people", words.linked.dossier.people.len());
    let parts = division::parts(section.path, by_side(words), &letters(words), words);
    division::pages(words, wanted, parts, &|sides, divided, _| {
        let sides = sides.iter().map(|part| side(words, &part.title, part.entries.iter())).collect();
        let view = View::People(People { sides, count_text: count_text.clone(), divided });
        page(words, section.path, section.title, "people.html", view)
    })
}

fn groups(words: &Words, wanted: Wanted, section: &Section) -> Vec<Page> {
    let dossier = &words.linked.dossier;
    let mut kinds: BTreeMap<GroupKind, Vec<Id>> = BTreeMap::new();
    for id in words.sorted(dossier.ids(Kind::Group)) {
        if let Some(group) = dossier.groups.get(id.index) {
            kinds.entry(group.data.kind).or_default().push(id);
        }
    }
    let title = |kind: GroupKind| words.strings.get(&format!("group-type.{}", kind.key())).to_owned();
    let kinds = kinds.into_iter().map(|(kind, entries)| division::Section { title: title(kind), entries });
    let count_text = words.count("say.groups", dossier.groups.len());
    let parts = division::parts(section.path, kinds.collect(), &letters(words), words);
    division::pages(words, wanted, parts, &|kinds, divided, _| {
        let card_section = |kind: division::Section<Id>| CardSection {
            title: kind.title,
            groups: kind.entries.into_iter().map(|id| row::group_card(words, id)).collect(),
        };
        let sections = kinds.into_iter().map(card_section).collect();
        let view = View::Cards(Cards { sections, count_text: count_text.clone(), divided });
        page(words, section.path, section.title, "groups.html", view)
    })
}

fn articles(words: &Words) -> View {
    let articles =
        article::listed(words).into_iter().map(|id| article::card(words, id, "explainers.html")).collect();
    View::Articles(Articles { articles })
}

fn places(words: &Words, wanted: Wanted, section: &Section) -> Vec<Page> {
    let dossier = &words.linked.dossier;
    let mut lines = Vec::new();
    for id in words.sorted(dossier.ids(Kind::Place).filter(|id| lies_in(words, *id).is_none())) {
        place_lines(words, id, &mut lines);
    }
    let count_text = words.count("say.places", dossier.places.len());
    let between = letters(words);
    let around = |id: Id, depth: usize| {
        let places = std::iter::successors(lies_in(words, id), |place| lies_in(words, *place));
        // What lies deeper is told to the author.
        places.zip((0..depth).rev()).take(DEEPEST).collect::<Vec<_>>()
    };
    let range = |first: &(Id, usize), last: &(Id, usize)| {
        let [outer, other] =
            [first, last].map(|(id, depth)| around(*id, *depth).last().map_or(*id, |last| last.0));
        if outer == other { between(&first.0, &last.0) } else { between(&outer, &other) }
    };
    let all = division::Section { title: String::new(), entries: lines };
    let parts = division::parts(section.path, vec![all], &range, words);
    division::pages(words, wanted, parts, &|parts, divided, _| {
        let listed: Vec<(Id, usize)> = parts.into_iter().flat_map(|part| part.entries).collect();
        // A page that begins within a place begins with that.
        let before = listed.first().map_or_else(Vec::new, |(first, depth)| around(*first, *depth));
        let lines = before.iter().rev().chain(&listed);
        let places = lines.map(|(id, depth)| place_line(words, *id, *depth)).collect();
        let view = View::Places(Places { places, count_text: count_text.clone(), divided });
        page(words, section.path, section.title, "places.html", view)
    })
}

fn lies_in(words: &Words, id: Id) -> Option<Id> {
    let dossier = &words.linked.dossier;
    dossier.get(dossier.places.get(id.index)?.data.within.as_ref()?, PLACE)
}

/// A place and those that lie in it, each with how deep it lies. Places in a circle are reached from none and were
/// reported.
fn place_lines(words: &Words, id: Id, lines: &mut Vec<(Id, usize)>) {
    let mut next = vec![(id, 0)];
    while let Some((id, depth)) = next.pop() {
        lines.push((id, depth));
        let parts = words.sorted(words.linked.parts(id).iter().copied());
        next.extend(parts.into_iter().rev().map(|part| (part, depth + 1)));
    }
}

fn place_line(words: &Words, id: Id, depth: usize) -> PlaceLine {
    let records = words.linked.occasions_of(id).count();
    PlaceLine {
        name: words.name(id),
        native: words.native(id),
        href: address(&words.linked.dossier, id),
        depth,
        records_text: (records > 0).then(|| words.count("say.records", records)),
    }
}

fn sources(words: &Words, wanted: Wanted, section: &Section) -> Vec<Page> {
    let dossier = &words.linked.dossier;
    let mut entries: Vec<(Vec<u8>, Id)> =
        dossier.ids(Kind::Source).map(|id| (notes::entry(words, id, None).1, id)).collect();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let entries = (1..).zip(entries.into_iter().map(|(_, id)| id)).collect();
    let count_text = words.count("say.sources", dossier.sources.len());
    let all = division::Section { title: String::new(), entries };
    let range = |(first, _): &(usize, Id), (last, _): &(usize, Id)| format!("{first}–{last}");
    let parts = division::parts(section.path, vec![all], &range, words);
    division::pages(words, wanted, parts, &|parts, divided, root| {
        let line = |(_, id): (usize, Id)| SourceLine {
            html: notes::entry(words, id, Some(&format!("{root}{}", words.link(id).href))).0,
            kind: source::kind(words, id),
            unseen: words.linked.unseen(id),
            resting_text: source::resting_text(words, id),
        };
        let sources = parts.into_iter().flat_map(|part| part.entries).map(line).collect();
        let view = View::Sources(Sources { sources, count_text: count_text.clone(), divided });
        page(words, section.path, section.title, "sources.html", view)
    })
}

/// Each page has those whose addresses lead there, by name.
fn relations(words: &Words, wanted: Wanted, section: &Section) -> Vec<Page> {
    let ids: Vec<Id> = words.linked.dossier.ids(Kind::Relation).collect();
    let count_text = words.count("say.relations", ids.len());
    let pages: Vec<&[Id]> = ids.chunks(RELATIONS).collect();
    let addresses: Vec<String> = (0..pages.len()).map(relations_page).collect();
    let titles: Vec<String> = (0..pages.len())
        .map(|at| format!("{}–{}", at * RELATIONS + 1, ids.len().min((at + 1) * RELATIONS)))
        .collect();
    let mut made = Vec::new();
    for (at, (ids, path)) in
        pages.into_iter().zip(&addresses).enumerate().filter(|(_, (_, path))| wanted.is(path))
    {
        let mut writer = Writer::new(words, path);
        let ids = words.sorted(ids.iter().copied());
        let relations = ids.into_iter().filter_map(|id| record::whole_relation(&mut writer, id)).collect();
        let view = View::Relations(Relations {
            count_text: count_text.clone(),
            relations,
            divided: division::way(&titles, &addresses, at),
            figures: writer.figures,
            notes: writer.notes.into_entries(),
        });
        let page = page(words, section.path, section.title, "relations.html", view);
        made.push(match titles.get(at) {
            Some(title) if at > 0 => division::further(words, page, path.clone(), title),
            _ => page,
        });
    }
    made
}

fn corrections(words: &Words) -> View {
    let dossier = &words.linked.dossier;
    let mut writer = Writer::new(words, "corrections.html");
    let ids: Vec<Id> = dossier.ids(Kind::Correction).collect();
    let mut corrections = super::corrections::listed(&mut writer, &ids);
    for correction in &mut corrections {
        let key = correction.id.trim_start_matches("r-");
        let Some(id) = dossier.find(Kind::Correction, key) else { continue };
        correction.note_html = writer.inline(dossier.common(id).and_then(|common| common.note.as_ref()));
        correction.body = record::prose(&mut writer, id);
    }
    View::Corrections(Corrections {
        corrections,
        figures: writer.figures,
        notes: writer.notes.into_entries(),
    })
}
