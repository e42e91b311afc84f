//! The profile of a person.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::page::{CoPerson, Page, Person, Picture, PictureFile, Tally, View};
use super::prose::{Writer, encoded};
use super::words::{Words, text};
use super::{network, record, row, stances, timeline};
use crate::link::refs::GROUP;
use crate::link::routes::{Column, address};
use crate::model::dossier::Id;
use crate::model::meeting::Mode;
use crate::model::name::SpellingKind;
use crate::model::person::Portrait;
use crate::model::{Kind, Status};

/// How many of those named in the same records a profile lists; the network has all.
const CO_PEOPLE: usize = 60;

pub fn page(words: &Words, id: Id) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let person = dossier.people.get(id.index)?;
    let data = &person.data;
    let mut writer = Writer::new(words, &address(dossier, id));
    let occasions: Vec<Id> = words.linked.occasions_of(id).map(|occasion| occasion.id).collect();

    // In the order in which the page shows them, which is the order of its source list.
    // Marks stand behind the summary, and where there is none, nowhere.
    let marks = match &person.data.summary {
        Some(_) => writer.notes.marks(words, &person.common.cite),
        None => {
            writer.notes.enter(words, &person.common.cite);
            Vec::new()
        }
    };
    let summary_html = writer.inline(data.summary.as_ref());
    let roles = data.roles.iter().filter_map(|office| record::role(&mut writer, id, office)).collect();
    let body = record::prose(&mut writer, id);
    let stances = stances::of_party(&mut writer, id);
    let spellings = record::spellings(&mut writer, &data.name);
    let (co_count, co) = co_people(words, id, &occasions);
    let facts = facts(words, id);
    let shown = |other: Id| occasions.contains(&other) || words.linked.relations_of(id).contains(&other);
    let crowds = network::left_out(words, &occasions);
    // Where a record names very many, "people in the same records" would be others than those below.
    let together = crowds.is_none().then_some(("tally.people", co_count));
    let common = record::common(writer, id, body, &shown, &data.links);

    let description = data.summary.as_ref().map(|summary| words.plain(&summary.text));
    let view = View::Person(Box::new(Person {
        name: words.name(id),
        native: words.native(id),
        side: words.side(id).and_then(|side| dossier.config.sides.get(side)).map(|side| side.title.clone()),
        initials: words.initials(id),
        outline: row::outline(words, id),
        attribution: record::attribution(words, id),
        marks,
        summary_html,
        office: words.office(id, None),
        named_text: named(words, occasions.len()),
        portrait: data.portrait.as_ref().and_then(|portrait| picture(words, portrait)),
        tally: tally(words, &occasions, together),
        roles,
        records: timeline::records(words, id, &occasions),
        co_count,
        co,
        crowds,
        network: network::around(words, id, &occasions),
        relations: record::relations(words, id),
        stances,
        spellings,
        facts,
        common,
    }));
    Some(Page { description, ..record::page(words, id, "person.html", "people.html", "nav.people", view) })
}

fn picture(words: &Words, portrait: &Portrait) -> Option<Picture> {
    let picture = words.pictures.shown(&format!("content/{}", portrait.file.path), Column::Side)?;
    let files = picture.files.iter().map(|(path, width)| PictureFile { src: encoded(path), width: *width });
    let files: Vec<PictureFile> = files.collect();
    Some(Picture {
        src: files.first()?.src.clone(),
        width: picture.width,
        height: picture.height,
        files,
        alt: portrait.alt.clone(),
        credit: portrait.credit.clone(),
        licence: portrait.licence.clone(),
    })
}

/// "Named in 5 of the 12 records in this dossier."
pub fn named(words: &Words, n: usize) -> String {
    if n == 0 {
        return words.get("say.named-none").to_owned();
    }
    let total = words.linked.occasions().len().to_string();
    words.strings.plural("say.named", n, &[("total", &total)])
}

/// Figures at the head of a profile. What is disputed, denied or retracted is counted apart, never
/// silently.
pub fn tally(words: &Words, occasions: &[Id], people: Option<(&str, usize)>) -> Vec<Tally> {
    let dossier = &words.linked.dossier;
    let mut counts: BTreeMap<(usize, &'static str), usize> = BTreeMap::new();
    for id in occasions {
        let status = dossier.standing(*id).map_or(Status::Reported, |standing| standing.status());
        let key = if matches!(status, Status::Denied | Status::Retracted) {
            (9, "tally.denied")
        } else if status == Status::Disputed {
            (8, "tally.disputed")
        } else if id.kind == Kind::Event {
            (6, "tally.event")
        } else {
            match dossier.meetings.get(id.index).and_then(|meeting| meeting.data.mode) {
                Some(Mode::InPerson) => (1, "tally.in-person"),
                Some(Mode::Phone) => (2, "tally.phone"),
                Some(Mode::Video) => (3, "tally.video"),
                Some(Mode::Visit) => (4, "tally.visit"),
                Some(Mode::Other) | None => (5, "tally.other"),
            }
        };
        *counts.entry(key).or_default() += 1;
    }
    let mut tally: Vec<Tally> = counts
        .into_iter()
        .map(|((_, key), n)| Tally { figure: n.to_string(), label: words.count(key, n) })
        .collect();
    if let Some((key, n)) = people.filter(|(_, n)| *n > 0) {
        tally.push(Tally { figure: n.to_string(), label: words.count(key, n) });
    }
    tally.extend(span(words, occasions));
    tally
}

/// From the first record to the latest, by their months.
fn span(words: &Words, occasions: &[Id]) -> Option<Tally> {
    Some(Tally { figure: words.span(occasions)?, label: words.get("tally.span").to_owned() })
}

/// How many are named together with somebody, and the first of them, most shared records first.
fn co_people(words: &Words, id: Id, occasions: &[Id]) -> (usize, Vec<CoPerson>) {
    let mut shared: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for occasion in occasions {
        for person in network::ties::together(words, *occasion) {
            if person != id {
                shared.entry(person).or_default().push(*occasion);
            }
        }
    }
    let mut people: Vec<(Id, Vec<Id>)> = words
        .sorted(shared.keys().copied())
        .into_iter()
        .filter_map(|id| Some((id, shared.remove(&id)?)))
        .collect();
    people.sort_by_key(|(_, records)| std::cmp::Reverse(records.len()));
    let count = people.len();
    let shown = people
        .into_iter()
        .take(CO_PEOPLE)
        .map(|(id, records)| CoPerson {
            card: row::person_card(words, id, None),
            shared_text: words.count("say.shared", records.len()),
            shared: records.into_iter().filter_map(|id| network::shared(words, id)).collect(),
        })
        .collect();
    (count, shown)
}

fn facts(words: &Words, id: Id) -> Vec<super::page::Fact> {
    let dossier = &words.linked.dossier;
    let Some(person) = dossier.people.get(id.index).map(|person| &person.data) else { return Vec::new() };
    let offices = person.roles.iter().filter(|role| dossier.get(&role.of, GROUP).is_some());
    let groups: IndexSet<Id> = offices.clone().filter_map(|role| dossier.get(&role.of, GROUP)).collect();
    let also = person.name.spellings.iter().filter(|spelling| spelling.kind == SpellingKind::AlsoWritten);
    let facts = [
        record::fact(
            words,
            "fact.role",
            offices.map(|role| vec![text(&words.capital(&role.role))]).collect(),
        ),
        record::fact(words, "fact.group", groups.into_iter().map(|group| vec![words.part(group)]).collect()),
        record::fact(
            words,
            "fact.born",
            person.born.iter().map(|date| vec![text(&words.date(&date.value))]).collect(),
        ),
        record::fact(
            words,
            "fact.died",
            person.died.iter().map(|date| vec![text(&words.date(&date.value))]).collect(),
        ),
        record::fact(words, "fact.also", also.map(|spelling| vec![text(&spelling.text.value)]).collect()),
    ];
    facts.into_iter().flatten().chain(record::ids(words, id)).collect()
}
