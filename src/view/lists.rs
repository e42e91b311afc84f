//! The list of each kind, the timeline and the corrections.

use std::collections::BTreeMap;

use super::page::{
    Articles, CardSection, Cards, Corrections, Link, Page, People, PlaceLine, Places, Relations, Side,
    SourceLine, Sources, View,
};
use super::prose::Writer;
use super::words::Words;
use super::{Wanted, article, glossary, network, notes, record, row, source};
use crate::link::refs::PLACE;
use crate::link::routes::{ABOUT, GLOSSARY, address};
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
        (ABOUT, "nav.about", false, true),
    ];
    all.into_iter()
        .filter(|section| section.3)
        .map(|(path, title, main, _)| Section { path, title, main })
        .collect()
}

const LISTS: [&str; 8] = [
    "explainers.html",
    "people.html",
    "groups.html",
    "places.html",
    "relations.html",
    GLOSSARY,
    "sources.html",
    "corrections.html",
];

/// The list pages that have something in them, but for those of meetings and events; the log of corrections
/// also when it is empty, since that there were none is worth knowing.
pub fn pages(words: &Words, wanted: Wanted) -> Vec<Page> {
    sections(words)
        .into_iter()
        .filter(|section| LISTS.contains(&section.path) && wanted.is(section.path))
        .filter_map(|section| {
            let (template, view) = match section.path {
                "explainers.html" => ("articles.html", articles(words)),
                "people.html" => ("people.html", people(words)),
                "groups.html" => ("groups.html", groups(words)),
                "places.html" => ("places.html", places(words)),
                "relations.html" => ("relations.html", relations(words)),
                GLOSSARY => ("glossary.html", glossary::glossary(words)),
                "sources.html" => ("sources.html", sources(words)),
                "corrections.html" => ("corrections.html", corrections(words)),
                _ => return None,
            };
            Some(page(words, section.path, section.title, template, view))
        })
        .collect()
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

/// People by side, and how many there are.
pub fn sides(words: &Words) -> (Vec<Side>, usize) {
    let dossier = &words.linked.dossier;
    let people = words.sorted(dossier.ids(Kind::Person));
    let count = people.len();
    let mut sides: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for id in people {
        sides.entry(words.side(id).unwrap_or(usize::MAX)).or_default().push(id);
    }
    let sides = sides
        .into_iter()
        .map(|(side, people)| {
            let title = words.side_title(Some(side)).to_owned();
            Side { title, people: people.into_iter().map(|id| row::person_card(words, id, None)).collect() }
        })
        .collect();
    (sides, count)
}

fn people(words: &Words) -> View {
    let (sides, count) = sides(words);
    View::People(People { sides, count_text: words.count("say.people", count) })
}

fn groups(words: &Words) -> View {
    let dossier = &words.linked.dossier;
    let mut sections: BTreeMap<GroupKind, Vec<Id>> = BTreeMap::new();
    for id in words.sorted(dossier.ids(Kind::Group)) {
        if let Some(group) = dossier.groups.get(id.index) {
            sections.entry(group.data.kind).or_default().push(id);
        }
    }
    View::Cards(Cards {
        sections: sections
            .into_iter()
            .map(|(kind, ids)| CardSection {
                title: words.strings.get(&format!("group-type.{}", kind.key())).to_owned(),
                groups: ids.into_iter().map(|id| row::group_card(words, id)).collect(),
            })
            .collect(),
        count_text: words.count("say.groups", dossier.groups.len()),
    })
}

fn articles(words: &Words) -> View {
    let articles =
        article::listed(words).into_iter().map(|id| article::card(words, id, "explainers.html")).collect();
    View::Articles(Articles { articles })
}

fn places(words: &Words) -> View {
    let dossier = &words.linked.dossier;
    let lies_in = |id: Id| {
        dossier.places.get(id.index).and_then(|place| dossier.get(place.data.within.as_ref()?, PLACE))
    };
    let mut lines = Vec::new();
    for id in words.sorted(dossier.ids(Kind::Place).filter(|id| lies_in(*id).is_none())) {
        place_lines(words, id, 0, &mut lines);
    }
    View::Places(Places { count_text: words.count("say.places", dossier.places.len()), places: lines })
}

/// A place and those that lie in it. Places in a circle are reached from none and were reported.
fn place_lines(words: &Words, id: Id, depth: usize, lines: &mut Vec<PlaceLine>) {
    let records = words.linked.occasions_of(id).count();
    lines.push(PlaceLine {
        name: words.name(id),
        native: words.native(id),
        href: address(&words.linked.dossier, id),
        depth,
        records_text: (records > 0).then(|| words.count("say.records", records)),
    });
    for part in words.sorted(words.linked.parts(id).iter().copied()) {
        place_lines(words, part, depth + 1, lines);
    }
}

fn sources(words: &Words) -> View {
    let dossier = &words.linked.dossier;
    let mut sources: Vec<(Vec<u8>, SourceLine)> = dossier
        .ids(Kind::Source)
        .map(|id| {
            let (html, key) = notes::entry(words, id, Some(&words.link(id).href));
            let line = SourceLine {
                html,
                kind: source::kind(words, id),
                unseen: words.linked.unseen(id),
                resting_text: source::resting_text(words, id),
            };
            (key, line)
        })
        .collect();
    sources.sort_by(|(one, _), (other, _)| one.cmp(other));
    let sources = sources.into_iter().map(|(_, line)| line).collect();
    View::Sources(Sources { sources, count_text: words.count("say.sources", dossier.sources.len()) })
}

fn relations(words: &Words) -> View {
    let mut writer = Writer::new(words, "relations.html");
    let ids = words.sorted(words.linked.dossier.ids(Kind::Relation));
    let relations: Vec<_> =
        ids.into_iter().filter_map(|id| record::whole_relation(&mut writer, id)).collect();
    View::Relations(Relations {
        count_text: words.count("say.relations", relations.len()),
        relations,
        figures: writer.figures,
        notes: writer.notes.into_entries(),
    })
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
