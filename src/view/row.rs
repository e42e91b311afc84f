//! Records in lists: rows of meetings and events, cards of people and groups, pairs of people.

use std::collections::{BTreeMap, HashSet};

use super::corrections;
use super::drawing::strip::strip;
use super::filters;
use super::page::{GroupCard, PersonCard, Rich, Row, Shared, StatusCount, When};
use super::words::{Words, text};
use crate::link::graph::{date, date_original};
use crate::link::routes::address;
use crate::model::date::Date;
use crate::model::dossier::{Hidden, Id};
use crate::model::meeting::{Mode, Who};
use crate::model::{Kind, Status};

/// A meeting or event as a row, the same on all pages, whether or not they have a filter.
pub fn row(words: &Words, id: Id) -> Option<Shared<Row>> {
    words.row(id, || made(words, id))
}

/// The same for a list that can be filtered by people and groups.
pub fn by_party(words: &Words, id: Id) -> Option<Shared<Row>> {
    let row = Row::clone(&*row(words, id)?);
    Some(Shared::new(Row { classes: filters::classes(words, id, true), ..row }))
}

/// How many parties a row names; the page of the record names all.
const NAMED: usize = 20;

fn made(words: &Words, id: Id) -> Option<Row> {
    let dossier = &words.linked.dossier;
    let occasion = words.linked.occasions().get(words.linked.occasion_at(id)?)?;
    let cite = &dossier.common(id)?.cite;
    let (mark, kind) = mark(words, id);
    Some(Row {
        id: anchor(words, id),
        classes: filters::classes(words, id, false),
        mark,
        kind,
        title: vec![text(&words.title(id))],
        href: address(dossier, id),
        when: When {
            original: date_original(dossier, id).map(|given| words.original(given)),
            ..words.dates.when(date(dossier, id), words.strings)
        },
        strip: date(dossier, id).and_then(|date| strip(date, mark, words.is_right_to_left())),
        place: occasion.places.first().map(|place| vec![words.part(*place)]).unwrap_or_default(),
        people: people(words, id),
        attribution: words.attribution(cite),
        status: words.status(dossier.standing(id)?, cite),
        corrected: corrections::marks(words, id, true),
    })
}

/// Whom a meeting or event names, as a row says it.
pub fn people(words: &Words, id: Id) -> Rich {
    let mut people = Rich::new();
    let occasion = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at));
    let Some(occasion) = occasion else { return people };
    let dossier = &words.linked.dossier;
    for (party, participant) in occasion.parties.iter().zip(dossier.participants(id)).take(NAMED) {
        let desc = match &participant.who {
            Who::Unnamed { desc, .. } => Some(desc.as_str()),
            Who::Withheld => Some(words.get("detail.withheld")),
            Who::Record(_) => None,
        };
        let Some(who) = words.party(party, desc) else { continue };
        // An author sees beside the name what readers will see in place of it.
        let is_hidden = party.who.is_some_and(|who| dossier.hidden(who) == Some(Hidden::Withheld));
        if !people.is_empty() {
            people.push(text(words.comma()));
        }
        people.push(who);
        // The unnamed say nothing without those they stand for.
        if (desc.is_some() || is_hidden)
            && let Some(group) = party.for_group
        {
            people.push(text(" ("));
            people.push(words.part(group));
            people.push(text(")"));
        }
    }
    if occasion.parties.len() > NAMED {
        people.push(text(words.comma()));
        people.push(text(&words.count("network.more", occasion.parties.len() - NAMED)));
    }
    people.shrink_to_fit();
    people
}

/// The id of a record's row.
pub fn anchor(words: &Words, id: Id) -> String {
    format!("r-{}", words.linked.dossier.key(id))
}

/// The class of a record's mark, and the word for what it is.
pub fn mark(words: &Words, id: Id) -> (&'static str, String) {
    let dossier = &words.linked.dossier;
    if id.kind == Kind::Event {
        let kind = dossier.events.get(id.index).and_then(|event| event.data.kind.as_deref());
        let mark = if kind == Some("statement") { "statement" } else { "event" };
        return (mark, kind.map_or_else(|| words.get("kind.event").to_owned(), |kind| words.capital(kind)));
    }
    let mode = dossier.meetings.get(id.index).and_then(|meeting| meeting.data.mode);
    let (mark, key) = match mode {
        Some(Mode::InPerson) => ("meeting", "kind.in-person"),
        Some(Mode::Phone) => ("call", "kind.phone"),
        Some(Mode::Video) => ("call", "kind.video"),
        Some(Mode::Visit) => ("visit", "kind.visit"),
        Some(Mode::Other) => ("meeting", "kind.other"),
        None => ("meeting", "kind.unknown"),
    };
    (mark, words.get(key).to_owned())
}

/// A person, by the office that they may have held on a date, where one is given.
pub fn person_card(words: &Words, id: Id, on: Option<&Date>) -> Shared<PersonCard> {
    card_with(words, id, words.office(id, on))
}

/// A person with an office, or without.
pub fn card_with(words: &Words, id: Id, office: Option<String>) -> Shared<PersonCard> {
    words.card(id, office, |role| {
        let records = words.linked.occasions_of(id).count();
        PersonCard {
            name: words.name(id),
            href: address(&words.linked.dossier, id),
            initials: words.initials(id),
            outline: outline(words, id),
            role,
            native: words.native(id),
            records,
            records_text: words.count("say.records", records),
        }
    })
}

/// The shape that says on which side a person is.
pub fn outline(words: &Words, id: Id) -> &'static str {
    match words.side(id) {
        Some(0) => "circle",
        Some(1) => "square",
        _ => "dashed",
    }
}

pub fn group_card(words: &Words, id: Id) -> GroupCard {
    let group = words.linked.dossier.groups.get(id.index);
    let mut members: Vec<Id> = words.members(id).into_iter().map(|(person, _)| person).collect();
    members.sort_unstable();
    members.dedup();
    GroupCard {
        name: words.name(id),
        short: group.and_then(|group| group.data.short.clone()),
        href: address(&words.linked.dossier, id),
        kind: group_kind(words, id),
        native: words.native(id),
        members_text: (!members.is_empty()).then(|| words.count("say.members", members.len())),
    }
}

pub fn group_kind(words: &Words, id: Id) -> String {
    let group = words.linked.dossier.groups.get(id.index);
    group.map_or_else(String::new, |group| {
        words.strings.get(&format!("group-type.{}", group.data.kind.key())).to_owned()
    })
}

/// How many records have each status; statuses that none has are left out.
pub fn statuses<'i>(words: &Words, ids: impl IntoIterator<Item = &'i Id>) -> Vec<StatusCount> {
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for id in ids {
        if let Some(standing) = words.linked.dossier.standing(*id) {
            *counts.entry(standing.status()).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|(status, count)| StatusCount {
            key: status.key(),
            word: words.strings.get(&format!("status.{}", status.key())).to_owned(),
            count,
        })
        .collect()
}

/// The people that a meeting or event names, each once.
pub fn people_of(words: &Words, occasion: Id) -> impl Iterator<Item = Id> {
    let at = words.linked.occasion_at(occasion).and_then(|at| words.linked.occasions().get(at));
    let parties = at.into_iter().flat_map(|occasion| &occasion.parties);
    let mut met = HashSet::new();
    parties.filter_map(|party| party.who).filter(move |id| id.kind == Kind::Person && met.insert(*id))
}
