//! Who says what: on a record each party and source, on the page of a party what it says of each record.

use super::page::{Part, Quoted, Rich, Stance};
use super::prose::Writer;
use super::words::{Words, text};
use crate::link::refs::{PARTY, SOURCE};
use crate::model::Kind;
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::Id;
use crate::model::name::direction;

/// Those who report the record, origins first, then the parties that take a position,
/// then those who were asked and from whom no response was found.
pub fn of_record(writer: &mut Writer, id: Id) -> Vec<Stance> {
    let words = writer.words;
    let dossier = &words.linked.dossier;
    let (Some(common), Some(standing)) = (dossier.common(id), dossier.standing(id)) else {
        return Vec::new();
    };
    let mut found = reporters(writer, &common.cite);
    found.extend(standing.stances.iter().filter_map(|stance| position(writer, stance, Rich::new())));
    found.extend(silent(words, id, Rich::new()));
    found
}

/// The positions of a person or group on any record, and whether they were asked for a response.
pub fn of_party(writer: &mut Writer, party: Id) -> Vec<Stance> {
    let words = writer.words;
    let dossier = &words.linked.dossier;
    let mut found = Vec::new();
    let mut unanswered = Vec::new();
    for id in words.linked.incoming(party) {
        for stance in dossier.standing(id).into_iter().flat_map(|standing| &standing.stances) {
            if stance.who.as_ref().and_then(|who| dossier.get(who, PARTY)) == Some(party) {
                found.extend(position(writer, stance, vec![words.part(id)]));
            }
        }
        let asked = silent(words, id, vec![words.part(id)]);
        unanswered.extend(asked.into_iter().filter(|stance| stance.id == Some(party)));
    }
    // Who has answered somewhere is not called silent.
    if found.is_empty() {
        unanswered.extend(silent(words, party, vec![words.part(party)]));
    }
    found.extend(unanswered);
    found
}

/// One line for each source of the chains, origins first, with its words where the dossier holds them.
fn reporters(writer: &mut Writer, citations: &[Citation]) -> Vec<Stance> {
    let words = writer.words;
    let mut found: Vec<((bool, String), usize, Stance)> = Vec::new();
    for citation in citations {
        for (at, hop) in citation.hops.iter().enumerate() {
            let origin = (hop.origin().0, hop.origin().1.to_owned());
            let quoted = quoted(words, hop);
            let mark = (at == 0).then(|| writer.notes.mark(words, citation));
            match found.iter_mut().find(|(known, ..)| *known == origin) {
                Some((_, depth, stance)) => {
                    *depth = at.max(*depth);
                    stance.quotes.extend(quoted.filter(|quoted| !stance.quotes.contains(quoted)));
                    stance.marks.extend(mark);
                }
                None => {
                    let before = at.checked_sub(1).and_then(|before| citation.hops.get(before));
                    let through = before.map_or_else(Rich::new, |before| {
                        let key = if words.unseen(hop) { "stance.through-unseen" } else { "stance.through" };
                        words.sentence(key, "source", vec![words.hop(before)])
                    });
                    let party = match hop {
                        Hop::Unrecorded { text: origin, .. } => text(&words.capital(origin)),
                        Hop::Source { .. } => Part { href: maker_href(words, hop), ..words.hop(hop) },
                    };
                    let stance = Stance {
                        through,
                        quotes: quoted.into_iter().collect(),
                        marks: mark.into_iter().collect(),
                        ..Stance::of(vec![party], "reported", words.get("status.reported"))
                    };
                    found.push((origin, at, stance));
                }
            }
        }
    }
    found.sort_by_key(|(_, depth, _)| std::cmp::Reverse(*depth));
    found.into_iter().map(|(.., stance)| stance).collect()
}

/// The page of who made a source, or of the source.
fn maker_href(words: &Words, hop: &Hop) -> Option<String> {
    let Hop::Source { source, .. } = hop else { return None };
    let id = words.linked.dossier.get(source, SOURCE)?;
    words.maker(id).href.or_else(|| Some(words.locator_href(id, None)))
}

/// What stands at the place that a hop names, where the dossier holds it.
fn quoted(words: &Words, hop: &Hop) -> Option<Quoted> {
    let Hop::Source { source, locator: Some(locator) } = hop else { return None };
    let dossier = &words.linked.dossier;
    let id = dossier.get(source, SOURCE)?;
    let source = &dossier.sources.get(id.index)?.data;
    Some(quote(words, source, source.quote(locator)?, Some(words.locator_href(id, Some(locator)))))
}

/// A passage of a source, in its language.
pub fn quote(
    words: &Words,
    source: &crate::model::source::Source,
    quote: &crate::model::source::Quote,
    href: Option<String>,
) -> Quoted {
    let language = quote.language.as_ref().or(source.language.as_ref());
    let lang = language.filter(|lang| **lang != words.linked.dossier.config.language).cloned();
    Quoted {
        text: quote.text.clone(),
        dir: lang.as_deref().map(direction),
        lang,
        translation: quote.translation.clone(),
        locator: quote.locator.value.clone(),
        href,
    }
}

fn position(writer: &mut Writer, stance: &crate::model::Stance, on: Rich) -> Option<Stance> {
    let words = writer.words;
    let party = match &stance.who {
        Some(who) => words.part(words.linked.dossier.get(who, PARTY)?),
        None => text(&words.capital(words.get("detail.withheld"))),
    };
    let key = stance.position.key();
    Some(Stance {
        words: stance.words.clone(),
        summary: stance.summary.clone(),
        date: stance.date.as_ref().map(|date| words.date(&date.value)),
        marks: writer.notes.marks(words, &stance.cite),
        on,
        ..Stance::of(vec![party], key, words.strings.get(&format!("status.{key}")))
    })
}

/// Those who were asked about a record and take no position on it.
fn silent(words: &Words, id: Id, on: Rich) -> Vec<Stance> {
    let dossier = &words.linked.dossier;
    let answered = |party: Id| {
        let stances = dossier.standing(id).into_iter().flat_map(|standing| &standing.stances);
        stances.filter_map(|stance| dossier.get(stance.who.as_ref()?, PARTY)).any(|who| who == party)
    };
    let own = matches!(id.kind, Kind::Person | Kind::Group).then_some(id);
    let requests = dossier.common(id).into_iter().flat_map(|common| &common.response_sought);
    let mut found: Vec<Stance> = Vec::new();
    for request in requests {
        let Some(party) = request.from.as_ref().map_or(own, |from| dossier.get(from, PARTY)) else {
            continue;
        };
        if answered(party) {
            continue;
        }
        let asked = words.asked(request);
        match found.iter_mut().find(|stance| stance.id == Some(party)) {
            Some(stance) => {
                let before = stance.asked.take().unwrap_or_default();
                stance.asked = Some(format!("{before} {asked}"));
            }
            None => found.push(Stance {
                id: Some(party),
                asked: Some(asked),
                on: on.clone(),
                ..Stance::of(vec![words.part(party)], "no-response", words.get("status.no-response"))
            }),
        }
    }
    found
}
