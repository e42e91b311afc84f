//! The profile of a group.

use super::page::{Attendance, AttendanceRow, Fact, Group, Link, Member, Page, View};
use super::prose::Writer;
use super::words::{Words, text};
use super::{network, person, record, row, stances, timeline};
use crate::link::refs::PARTY;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::model::source::By;

pub fn page(words: &Words, id: Id) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let group = dossier.groups.get(id.index)?;
    let data = &group.data;
    let mut writer = Writer::new(words, &address(dossier, id));
    let occasions: Vec<Id> = words.linked.occasions_of(id).map(|occasion| occasion.id).collect();

    let marks = writer.notes.marks(words, &group.common.cite);
    let summary_html = writer.inline(data.summary.as_ref());
    let body = record::prose(&mut writer, id);
    let mut people: Vec<(Id, usize)> = words.members(id);
    let order = words.sorted(people.iter().map(|(person, _)| *person));
    people.sort_by_key(|(person, role)| (order.iter().position(|id| id == person), *role));
    let mut members: Vec<Member> = Vec::new();
    for (person, role) in &people {
        let office = dossier.people.get(person.index).and_then(|person| person.data.roles.get(*role));
        let Some(role) = office.and_then(|office| record::role(&mut writer, *person, office)) else {
            continue;
        };
        let card = row::card_with(words, *person, None);
        match members.last_mut().filter(|last| last.card.href == card.href) {
            Some(last) => last.roles.push(role),
            None => members.push(Member { card, roles: vec![role] }),
        }
    }
    people.dedup_by_key(|(person, _)| *person);
    let stances = stances::of_party(&mut writer, id);
    let spellings = record::spellings(&mut writer, &data.name);
    let facts = facts(words, &mut writer, id);
    let shown = |other: Id| {
        occasions.contains(&other)
            || people.iter().any(|(person, _)| *person == other)
            || words.linked.relations_of(id).contains(&other)
            || words.linked.parts(id).contains(&other)
            || other.kind == Kind::Source
    };
    let common = record::common(writer, id, body, &shown, &data.links);

    let description = data.summary.as_ref().map(|summary| words.plain(&summary.text));
    let view = View::Group(Box::new(Group {
        name: words.name(id),
        native: words.native(id),
        short: data.short.clone(),
        kind: words.strings.get(&format!("group-type.{}", data.kind.key())).to_owned(),
        attribution: record::attribution(words, id),
        marks,
        summary_html,
        named_text: person::named(words, occasions.len()),
        tally: person::tally(words, &occasions, Some(("tally.members", people.len()))),
        members,
        attendance: attendance(words, people.iter().map(|(person, _)| *person), &occasions),
        parts: words
            .sorted(words.linked.parts(id).iter().copied())
            .into_iter()
            .map(|id| row::group_card(words, id))
            .collect(),
        records: timeline::records(words, id, &occasions),
        published: published(words, id),
        relations: record::relations(words, id),
        stances,
        spellings,
        facts,
        common,
    }));
    Some(Page { description, ..record::page(words, id, "group.html", "groups.html", "nav.groups", view) })
}

/// Who of a group is named in which of its latest records; nothing where a list of either says as much.
fn attendance(words: &Words, members: impl Iterator<Item = Id>, occasions: &[Id]) -> Option<Attendance> {
    const MOST: usize = 40;
    let shown = occasions.get(occasions.len().saturating_sub(MOST)..)?;
    let named: Vec<Vec<Id>> = shown.iter().map(|record| row::people_of(words, *record)).collect();
    let rows: Vec<AttendanceRow> = members
        .map(|person| AttendanceRow {
            head: words.link(person),
            cells: named.iter().map(|named| named.contains(&person)).collect(),
        })
        .filter(|row| row.cells.contains(&true))
        .collect();
    (rows.len() > 1 && shown.len() > 1).then(|| Attendance {
        records: shown.iter().filter_map(|record| network::shared(words, *record)).collect(),
        rows,
        left_out: (shown.len() < occasions.len()).then(|| {
            let counts = [("shown", shown.len().to_string()), ("total", occasions.len().to_string())];
            let counts: Vec<(&str, &str)> =
                counts.iter().map(|(name, text)| (*name, text.as_str())).collect();
            words.strings.fill("say.latest", &counts)
        }),
    })
}

/// The sources that a group made.
fn published(words: &Words, id: Id) -> Vec<Link> {
    let dossier = &words.linked.dossier;
    let made = dossier.ids(Kind::Source).filter(|source| {
        let by = dossier.sources.get(source.index).and_then(|source| source.data.by.as_ref());
        matches!(by, Some(By::Record(by)) if dossier.get(by, PARTY) == Some(id))
    });
    words.sorted(made).into_iter().map(|id| super::lists::link_with_date(words, id)).collect()
}

fn facts(words: &Words, writer: &mut Writer, id: Id) -> Vec<Fact> {
    let dossier = &words.linked.dossier;
    let Some(group) = dossier.groups.get(id.index).map(|group| &group.data) else { return Vec::new() };
    let mut wholes = Vec::new();
    for part in &group.part_of {
        let Some(mut value) = record::linked(words, Some(&part.of), crate::link::refs::GROUP) else {
            continue;
        };
        let term = words.dates.term(part.from.as_ref(), part.to.as_ref(), words.strings);
        for more in part.share.iter().chain(&term) {
            value.push(text(&format!("{}{more}", words.comma())));
        }
        writer.notes.enter(words, &part.cite);
        wholes.push(value);
    }
    let also = group
        .name
        .spellings
        .iter()
        .filter(|spelling| spelling.kind == crate::model::name::SpellingKind::AlsoWritten);
    let facts = [
        record::fact(
            words,
            "fact.kind",
            record::plain(words.strings.get(&format!("group-type.{}", group.kind.key()))),
        ),
        record::fact(words, "fact.part-of", wholes),
        record::fact(
            words,
            "fact.country",
            group.country.iter().map(|code| vec![text(&code.value)]).collect(),
        ),
        record::fact(
            words,
            "fact.founded",
            group.founded.iter().map(|date| vec![text(&words.date(&date.value))]).collect(),
        ),
        record::fact(
            words,
            "fact.dissolved",
            group.dissolved.iter().map(|date| vec![text(&words.date(&date.value))]).collect(),
        ),
        record::fact(words, "fact.also", also.map(|spelling| vec![text(&spelling.text.value)]).collect()),
    ];
    facts.into_iter().flatten().chain(record::ids(&group.ids)).collect()
}
