//! Whom records and texts name, before references are looked up.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ANY, GROUP, PARTY, PLACE, named};
use crate::model::article::Article;
use crate::model::body::{Body, Piece};
use crate::model::citation::Citation;
use crate::model::meeting::{Participant, Who};
use crate::model::name::Name;
use crate::model::source::By;
use crate::model::{Kind, Ref};
use crate::parse::ParsedRecord;
use crate::source::Span;

/// The people, groups and places that records and texts name.
pub(super) fn mentioned(records: &[ParsedRecord], articles: &[Arc<Article>]) -> BTreeSet<(Kind, String)> {
    let mut found = BTreeSet::new();
    let mut add = |reference: &Ref, kinds: &[Kind]| found.extend(named(reference, kinds));
    for record in records {
        match record {
            ParsedRecord::Person(person) => {
                for role in &person.data.roles {
                    add(&role.of, GROUP);
                    role.place.iter().for_each(|place| add(place, PLACE));
                }
            }
            ParsedRecord::Group(group) => group.data.part_of.iter().for_each(|part| add(&part.of, GROUP)),
            ParsedRecord::Meeting(meeting) => {
                meeting.data.place.iter().for_each(|place| add(place, PLACE));
                meeting
                    .data
                    .participants
                    .iter()
                    .for_each(|participant| participant_names(participant, &mut add));
            }
            ParsedRecord::Event(event) => {
                event.data.place.iter().for_each(|place| add(place, PLACE));
                event.data.involved.iter().for_each(|participant| participant_names(participant, &mut add));
            }
            ParsedRecord::Relation(relation) => {
                add(&relation.data.from, PARTY);
                add(&relation.data.to, PARTY);
            }
            ParsedRecord::Source(source) => {
                for maker in source.data.makers() {
                    if let By::Record(maker) = maker {
                        add(maker, PARTY);
                    }
                }
            }
            ParsedRecord::Place(place) => place.data.within.iter().for_each(|within| add(within, PLACE)),
            ParsedRecord::Term(_) | ParsedRecord::Correction(_) => {}
        }
        let stances = record.standing().into_iter().flat_map(|standing| &standing.stances);
        stances.filter_map(|stance| stance.who.as_ref()).for_each(|who| add(who, PARTY));
        let asked = record.common().response_sought.iter().filter_map(|request| request.from.as_ref());
        asked.for_each(|from| add(from, PARTY));
    }
    for body in
        records.iter().flat_map(texts_of).chain(articles.iter().flat_map(|article| texts_of_article(article)))
    {
        for piece in &body.pieces {
            match piece {
                Piece::Wikilink { target, .. } => add(target, ANY),
                Piece::File { path, span, .. } => add(&page(path, *span), &[Kind::Article]),
                _ => {}
            }
        }
    }
    found
}

fn participant_names(participant: &Participant, add: &mut impl FnMut(&Ref, &[Kind])) {
    if let Who::Record(who) = &participant.who {
        add(who, PARTY);
    }
    participant.for_group.iter().for_each(|group| add(group, GROUP));
    participant.stands_in_for.iter().for_each(|person| add(person, &[Kind::Person]));
    participant.from_place.iter().for_each(|place| add(place, PLACE));
}

/// The record or article whose page a link to a file means.
pub(super) fn page(path: &str, span: Span) -> Ref {
    let key = path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    Ref { text: key.to_owned(), span }
}

pub(super) fn texts_of(record: &ParsedRecord) -> impl Iterator<Item = &Body> {
    let summary = match record {
        ParsedRecord::Person(record) => record.data.summary.as_ref(),
        ParsedRecord::Group(record) => record.data.summary.as_ref(),
        ParsedRecord::Meeting(record) => record.data.summary.as_ref(),
        ParsedRecord::Event(record) => record.data.summary.as_ref(),
        ParsedRecord::Term(record) => Some(&record.data.definition),
        _ => None,
    };
    let common = record.common();
    summary.into_iter().chain(&common.note).chain(common.prose.as_deref())
}

pub(super) fn texts_of_article(article: &Article) -> impl Iterator<Item = &Body> {
    article.summary.iter().chain(&article.common.note).chain([&article.body])
}

/// The citations of a record's fields.
pub(super) fn citations_of(record: &ParsedRecord) -> Vec<&Citation> {
    let mut found: Vec<&Citation> = record.common().cite.iter().collect();
    match record {
        ParsedRecord::Person(person) => {
            found.extend(person.data.roles.iter().flat_map(|role| &role.cite));
            found.extend(of_spellings(&person.data.name));
        }
        ParsedRecord::Group(group) => {
            found.extend(group.data.part_of.iter().flat_map(|part| &part.cite));
            found.extend(of_spellings(&group.data.name));
        }
        ParsedRecord::Place(place) => found.extend(of_spellings(&place.data.name)),
        ParsedRecord::Term(term) => found.extend(of_spellings(&term.data.name)),
        ParsedRecord::Meeting(meeting) => {
            found.extend(meeting.data.participants.iter().flat_map(|participant| &participant.cite));
        }
        ParsedRecord::Event(event) => {
            found.extend(event.data.involved.iter().flat_map(|participant| &participant.cite));
        }
        _ => {}
    }
    let stances = record.standing().into_iter().flat_map(|standing| &standing.stances);
    found.extend(stances.flat_map(|stance| &stance.cite));
    found
}

fn of_spellings(name: &Name) -> impl Iterator<Item = &Citation> {
    name.spellings.iter().flat_map(|spelling| &spelling.cite)
}
