//! The page of a source: what it is, and everything that rests on it.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::division;
use super::page::{self, Fact, HeldCopy, Page, Quotation, Resting, Rich, Source, View};
use super::prose::Writer;
use super::words::{Words, locator_anchor, text};
use super::{Wanted, notes, record, row};
use crate::link::graph::date;
use crate::link::provenance::Use;
use crate::link::refs::{Part, SOURCE};
use crate::model::Kind;
use crate::model::citation::Hop;
use crate::model::dossier::Id;
use crate::model::name::direction;
use crate::model::source::{Grade, Quote};

/// The page of a source with the first of what rests on it.
pub fn page(words: &Words, id: Id) -> Option<Page> {
    part(words, id, &divided(words, id), 0)
}

/// The pages of the rest of what rests on a source, when that is much.
pub fn further(words: &Words, id: Id, wanted: Wanted) -> Vec<Page> {
    if words.linked.uses(id).count() <= MOST {
        return Vec::new();
    }
    let parts = divided(words, id);
    let addresses = division::addresses(words, id, parts.len());
    let wanted = addresses.iter().enumerate().skip(1).filter(|(_, path)| wanted.is(path));
    wanted.filter_map(|(at, _)| part(words, id, &parts, at)).collect()
}

/// So many statements that rest on a source stand on one page.
const MOST: usize = 500;

/// What rests on a source, by place: the statements that cite it, and those that cite it through others.
type Uses<'w> = (Vec<&'w Use>, Vec<&'w Use>);

/// The same in parts, each for one page.
fn divided<'w>(words: &Words<'w>, id: Id) -> Vec<Uses<'w>> {
    let mut uses: Vec<&Use> = words.linked.uses(id).collect();
    uses.sort_by_cached_key(|r#use| {
        (natural(locator(r#use).unwrap_or("")), words.linked.occasion_at(r#use.by), r#use.by, r#use.part)
    });
    let (direct, behind): (Vec<&Use>, Vec<&Use>) = uses.into_iter().partition(|r#use| r#use.hop == 0);
    let count = direct.len().max(behind.len()).div_ceil(MOST).max(1);
    let of = |uses: &[&'w Use], at: usize| uses.chunks(MOST).nth(at).unwrap_or_default().to_vec();
    (0..count).map(|at| (of(&direct, at), of(&behind, at))).collect()
}

/// The places in a source that do not stand on its own page: the address of the one that each stands on.
pub fn places_elsewhere(words: &Words, id: Id) -> FxHashMap<String, String> {
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    if words.linked.uses(id).count() <= MOST {
        return FxHashMap::default();
    }
    let source = words.linked.dossier.sources.get(id.index);
    for quote in source.into_iter().flat_map(|source| &source.data.quotes) {
        places.insert(locator_anchor(&quote.locator.value), 0);
    }
    let parts = divided(words, id);
    for (at, (direct, behind)) in parts.iter().enumerate() {
        for locator in direct.iter().chain(behind).filter_map(|r#use| locator(r#use)) {
            places.entry(locator_anchor(locator)).or_insert(at);
        }
    }
    let addresses = division::addresses(words, id, parts.len());
    let elsewhere = places.into_iter().filter(|(_, at)| *at > 0);
    elsewhere.filter_map(|(anchor, at)| Some((anchor, addresses.get(at)?.clone()))).collect()
}

fn part(words: &Words, id: Id, parts: &[Uses], at: usize) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let source = dossier.sources.get(id.index)?;
    let data = &source.data;
    let is_first = at == 0;
    let addresses = division::addresses(words, id, parts.len());
    let titles: Vec<String> =
        (0..parts.len()).map(|at| format!("{}–{}", at * MOST + 1, last(parts, at))).collect();
    let mut writer = Writer::new(words, addresses.get(at)?);
    let body = if is_first { record::prose(&mut writer, id) } else { Vec::new() };
    writer.notes.enter(words, &source.common.cite);
    let cited: BTreeSet<Id> = words.linked.uses(id).map(|r#use| r#use.by).collect();
    let common = record::common(writer, id, body, &|other| cited.contains(&other), &[]);

    let (direct, behind) = parts.get(at)?;
    // Each locator is an anchor once, wherever it first appears on the page.
    let mut anchors = BTreeSet::new();
    let quotes = quotations(words, id, &mut anchors);
    if !is_first {
        let before = parts.iter().take(at).flat_map(|(direct, behind)| direct.iter().chain(behind));
        anchors.extend(before.filter_map(|r#use| locator(r#use)).map(locator_anchor));
    }
    let first = resting(words, direct, &mut anchors);
    let behind = resting(words, behind, &mut anchors);
    let view = View::Source(Box::new(Source {
        kind: kind(words, id),
        lead: lead(words, id),
        unseen: words.linked.unseen(id),
        facts: facts(words, id),
        entry_html: notes::entry(words, id, None).0,
        quotes: if is_first { quotes } else { Vec::new() },
        divided: division::way(&titles, &addresses, at),
        resting_text: resting_text(words, id),
        cited_by: cited_by(words, id).into_iter().map(|id| words.link(id)).collect(),
        copy: data.copy.as_ref().map(|copy| HeldCopy {
            href: super::prose::encoded(&copy.file.path),
            sha256: copy.sha256.value.to_ascii_lowercase(),
            got: copy.got.as_ref().map(|date| words.date(&date.value)),
        }),
        resting: first,
        behind,
        common,
    }));
    let page = record::page(words, id, "source.html", "sources.html", "nav.sources", view);
    Some(match (addresses.get(at), titles.get(at)) {
        (Some(path), Some(title)) if !is_first => division::further(words, page, path.clone(), title),
        _ => page,
    })
}

/// The number of the last statement of a part.
fn last(parts: &[Uses], at: usize) -> usize {
    at * MOST + parts.get(at).map_or(0, |(direct, behind)| direct.len().max(behind.len()))
}

/// What is quoted from it, by place.
fn quotations(words: &Words, id: Id, anchors: &mut BTreeSet<String>) -> Vec<Quotation> {
    let Some(source) = words.linked.dossier.sources.get(id.index) else { return Vec::new() };
    let mut quotes: Vec<_> = source.data.quotes.iter().collect();
    quotes.sort_by_key(|quote| natural(&quote.locator.value));
    let quotation = |quote: &Quote| {
        let lang = quote.language.clone().or_else(|| source.data.language.clone());
        let lang = lang.filter(|lang| *lang != words.linked.dossier.config.language);
        Quotation {
            locator: quote.locator.value.clone(),
            anchor: Some(locator_anchor(&quote.locator.value))
                .filter(|anchor| anchors.insert(anchor.clone())),
            text: quote.text.clone(),
            dir: lang.as_deref().map(direction),
            lang,
            translation: quote.translation.clone(),
        }
    };
    quotes.into_iter().map(quotation).collect()
}

pub fn kind(words: &Words, id: Id) -> String {
    let kind =
        words.linked.dossier.sources.get(id.index).map_or("document", |source| source.data.kind.as_str());
    words.strings.get(&format!("source-type.{kind}")).to_owned()
}

/// Who made it, and when.
pub fn lead(words: &Words, id: Id) -> Rich {
    let Some(source) = words.linked.dossier.sources.get(id.index) else { return Rich::new() };
    let mut lead = Rich::new();
    if source.data.by.is_some() || !words.authors(id).is_empty() {
        lead.push(words.maker(id));
    }
    if let Some(published) = &source.data.published {
        let date = words.date(&published.value);
        lead.push(text(&if lead.is_empty() {
            words.capital(&date)
        } else {
            format!("{}{date}", words.comma())
        }));
    }
    lead
}

pub fn resting_text(words: &Words, id: Id) -> String {
    let records = |direct: bool| {
        let uses = words.linked.uses(id).filter(|r#use| (r#use.hop == 0) == direct);
        uses.map(|r#use| r#use.by).collect::<BTreeSet<Id>>().len()
    };
    match (records(true), records(false)) {
        (0, 0) => words.get("say.rests-none").to_owned(),
        (0, n) => words.count("say.rests-behind", n),
        (n, _) => words.count("say.rests", n),
    }
}

/// The place in the source.
fn locator(r#use: &Use) -> Option<&str> {
    r#use.citation.hops.get(r#use.hop)?.locator()
}

/// What rests on it, one line for each record at each place, by way of each other source. The parts of a
/// record are named when the record as a whole does not rest there.
fn resting(words: &Words, uses: &[&Use], anchors: &mut BTreeSet<String>) -> Vec<Resting> {
    let mut lines: IndexMap<(Id, Rich, String), (Resting, BTreeSet<Part>)> = IndexMap::new();
    for r#use in uses {
        let via = via(words, r#use);
        let same = (r#use.by, via.clone(), locator(r#use).unwrap_or("").to_owned());
        let first = || (line(words, r#use, via, anchors), BTreeSet::new());
        lines.entry(same).or_insert_with(first).1.insert(r#use.part);
    }
    lines
        .into_values()
        .map(|(line, parts)| {
            let part = (!parts.contains(&Part::Whole)).then(|| {
                parts
                    .into_iter()
                    .map(|part| words.get(part_key(part)))
                    .collect::<Vec<_>>()
                    .join(words.comma())
            });
            Resting { part, ..line }
        })
        .collect()
}

fn part_key(part: Part) -> &'static str {
    match part {
        Part::Whole => "part.whole",
        Part::Role => "part.role",
        Part::Spelling => "part.spelling",
        Part::Participant => "part.participant",
        Part::Stance => "part.stance",
        Part::PartOf => "part.part-of",
        Part::Prose => "part.prose",
    }
}

fn line(words: &Words, r#use: &Use, via: Rich, anchors: &mut BTreeSet<String>) -> Resting {
    let dossier = &words.linked.dossier;
    let locator = locator(r#use);
    let anchor = locator.map(locator_anchor).filter(|anchor| anchors.insert(anchor.clone()));
    let occasion = matches!(r#use.by.kind, Kind::Meeting | Kind::Event);
    let status = dossier.standing(r#use.by).zip(dossier.common(r#use.by));
    Resting {
        locator: locator.unwrap_or("").to_owned(),
        anchor,
        mark: occasion.then(|| row::mark(words, r#use.by).0),
        record: words.link(r#use.by),
        part: None,
        when: date(dossier, r#use.by)
            .map(|date| words.date(date))
            .filter(|date| !words.title(r#use.by).contains(date)),
        status: status.map(|(standing, common)| words.status(standing, &common.cite)),
        via,
    }
}

/// For the source that was read: what it cites. For one behind it: by way of what, and where in that.
fn via(words: &Words, r#use: &Use) -> Rich {
    let hops = &r#use.citation.hops;
    let others: Vec<&Hop> =
        if r#use.hop == 0 { hops.iter().skip(1).collect() } else { hops.iter().take(r#use.hop).collect() };
    let key = if r#use.hop == 0 { "note.citing-word" } else { "note.through-word" };
    let mut parts = Rich::new();
    for hop in others {
        if parts.is_empty() {
            parts.push(text(&format!("{} ", words.get(key))));
        } else {
            parts.push(text(words.comma()));
        }
        parts.push(words.hop(hop));
        if let Some(locator) = hop.locator().filter(|_| r#use.hop > 0) {
            parts.push(text(&format!(" {locator}")));
        }
        if r#use.hop == 0 && words.unseen(hop) {
            parts.push(text(words.get("attribution.unseen")));
        }
    }
    parts
}

/// Sources that cite this one.
fn cited_by(words: &Words, id: Id) -> Vec<Id> {
    let dossier = &words.linked.dossier;
    let before = |r#use: &Use| match r#use.citation.hops.get(r#use.hop.checked_sub(1)?)? {
        Hop::Source { source, .. } => dossier.get(source, SOURCE),
        Hop::Unrecorded { .. } => None,
    };
    let ids: BTreeSet<Id> = words.linked.uses(id).filter_map(before).collect();
    words.sorted(ids)
}

/// Compares texts so that `¶ 9` comes before `¶ 17`: runs of digits by their value.
fn natural(text: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(digits);
        parts.push((word.trim().to_lowercase(), number.parse().unwrap_or(0)));
        rest = after;
    }
    parts
}

fn facts(words: &Words, id: Id) -> Vec<Fact> {
    let Some(source) = words.linked.dossier.sources.get(id.index).map(|source| &source.data) else {
        return Vec::new();
    };
    let date = |date: &Option<crate::source::Spanned<crate::model::date::Date>>| -> Vec<Rich> {
        date.iter().map(|date| vec![text(&words.capital(&words.date(&date.value)))]).collect()
    };
    let web = |address: &Option<crate::source::Spanned<String>>| -> Vec<Rich> {
        address
            .iter()
            .map(|address| {
                vec![page::Part {
                    text: address.value.clone(),
                    href: Some(address.value.clone()),
                    ..text("")
                }]
            })
            .collect()
    };
    let grade = source
        .grade
        .and_then(|grade| Grade::ALL.iter().find(|(_, known)| *known == grade))
        .map(|(letter, _)| *letter);
    // Who is named as the maker is not named again as the author.
    let maker = words.maker(id);
    let named = |author: &page::Part| source.by.is_some() && author.text == maker.text;
    let authors: Vec<page::Part> = words.authors(id).into_iter().filter(|author| !named(author)).collect();
    let facts = [
        record::fact(words, "fact.by", source.by.iter().map(|_| vec![words.maker(id)]).collect()),
        record::fact(words, "fact.author", each(authors)),
        record::fact(words, "fact.editor", each(words.people(&source.imprint.editor))),
        record::fact(words, "fact.kind", record::plain(kind(words, id))),
        record::fact(
            words,
            "fact.published",
            date(&source.published)
                .into_iter()
                .chain(source.published_original.iter().map(|given| {
                    let original = words.original(given);
                    let mut parts = vec![text(&original.text)];
                    if let Some(given) = original.given {
                        parts.push(text(words.get("note.comma")));
                        parts.push(page::Part {
                            text: given.text,
                            href: None,
                            lang: given.lang,
                            dir: given.dir,
                        });
                    }
                    parts
                }))
                .collect(),
        ),
        record::fact(words, "fact.container", said(&source.imprint.container_title)),
        record::fact(words, "fact.publisher", said(&source.imprint.publisher)),
        record::fact(words, "fact.publisher-place", said(&source.imprint.publisher_place)),
        record::fact(words, "fact.genre", said(&source.imprint.genre)),
        record::fact(words, "fact.edition", said(&source.imprint.edition)),
        record::fact(words, "fact.volume", said(&source.imprint.volume)),
        record::fact(words, "fact.issue", said(&source.imprint.issue)),
        record::fact(words, "fact.number", said(&source.imprint.number)),
        record::fact(words, "fact.page", said(&source.imprint.page)),
        record::fact(words, "fact.doi", doi(&source.imprint.doi)),
        record::fact(words, "fact.isbn", said(&source.imprint.isbn)),
        record::fact(words, "fact.read", date(&source.accessed)),
        record::fact(
            words,
            "fact.language",
            source.language.iter().map(|tag| vec![text(&record::language_name(words, tag))]).collect(),
        ),
        record::fact(words, "fact.grade", grade.into_iter().flat_map(record::plain).collect()),
        record::fact(words, "fact.original", web(&source.url)),
        record::fact(words, "fact.archived", web(&source.archived)),
    ];
    facts.into_iter().flatten().chain(record::ids(words, id)).collect()
}

fn said(text: &Option<String>) -> Vec<Rich> {
    text.iter().flat_map(|text| record::plain(text.clone())).collect()
}

fn each(people: Vec<page::Part>) -> Vec<Rich> {
    people.into_iter().map(|person| vec![person]).collect()
}

/// A DOI with the address that resolves it (DOI Handbook, 3.8).
fn doi(doi: &Option<String>) -> Vec<Rich> {
    let link = |doi: &String| {
        vec![page::Part {
            href: Some(format!("https://doi.org/{}", super::prose::encoded(doi))),
            ..text(doi)
        }]
    };
    doi.iter().map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn locators_sort_by_their_numbers() {
        let mut locators = vec!["¶17", "headline", "¶9", "p. 4", "¶ 10"];
        locators.sort_by_key(|locator| natural(locator));
        assert_eq!(locators, ["headline", "p. 4", "¶9", "¶ 10", "¶17"]);
    }
}
