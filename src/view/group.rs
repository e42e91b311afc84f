//! The profile of a group.

use std::collections::{BTreeMap, BTreeSet};

use super::division::{self, MOST};
use super::page::{Attendance, AttendanceRow, Fact, Group, Link, Member, Members, Page, View};
use super::prose::Writer;
use super::words::{Words, text};
use super::{Wanted, network, person, record, row, stances, timeline};
use crate::link::refs::PARTY;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::model::source::By;

/// The profile of a group, with the first of its members.
pub fn page(words: &Words, id: Id) -> Option<Page> {
    part(words, id, &in_order(words, id), 0)
}

/// The pages of its other members, when these are many.
pub fn further(words: &Words, id: Id, wanted: Wanted) -> Vec<Page> {
    if words.linked.members(id).len() <= MOST {
        return Vec::new();
    }
    let members = in_order(words, id);
    let addresses = division::addresses(words, id, members.len().div_ceil(MOST));
    let wanted = addresses.iter().enumerate().skip(1).filter(|(_, path)| wanted.is(path));
    wanted.filter_map(|(at, _)| part(words, id, &members, at)).collect()
}

/// Its members by name, each with the places of their roles in it.
fn in_order(words: &Words, id: Id) -> Vec<(Id, Vec<usize>)> {
    let mut roles: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (person, role) in words.members(id) {
        roles.entry(person).or_default().push(role);
    }
    roles.values_mut().for_each(|roles| roles.sort_unstable());
    let order = words.sorted(roles.keys().copied());
    order.into_iter().filter_map(|person| Some((person, roles.remove(&person)?))).collect()
}

fn part(words: &Words, id: Id, people: &[(Id, Vec<usize>)], at: usize) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let group = dossier.groups.get(id.index)?;
    let data = &group.data;
    let is_first = at == 0;
    let parts: Vec<&[(Id, Vec<usize>)]> =
        if people.is_empty() { vec![&[]] } else { people.chunks(MOST).collect() };
    let addresses = division::addresses(words, id, parts.len());
    let title = |part: &&[(Id, Vec<usize>)]| {
        let name =
            |end: Option<&(Id, Vec<usize>)>| end.map_or_else(String::new, |(id, _)| words.sorted_by(*id));
        division::letters(&name(part.first()), &name(part.last()))
    };
    let titles: Vec<String> = parts.iter().map(title).collect();
    let shown_people = *parts.get(at)?;
    let divided = division::way(&titles, &addresses, at);
    if !is_first {
        let mut writer = Writer::new(words, addresses.get(at)?);
        let members = members(&mut writer, shown_people);
        let members_count = people.len();
        let notes = writer.notes.into_entries();
        let view = View::Members(Box::new(Members { members, members_count, divided, notes }));
        let page = record::page(words, id, "members.html", "groups.html", "nav.groups", view);
        return Some(division::further(words, page, addresses.get(at)?.clone(), titles.get(at)?));
    }
    let mut writer = Writer::new(words, &address(dossier, id));
    let occasions: Vec<Id> = words.linked.occasions_of(id).map(|occasion| occasion.id).collect();

    // Marks stand behind the summary, and where there is none, nowhere.
    let marks = match &data.summary {
        Some(_) => writer.notes.marks(words, &group.common.cite),
        None => {
            writer.notes.enter(words, &group.common.cite);
            Vec::new()
        }
    };
    let summary_html = writer.inline(data.summary.as_ref());
    let body = record::prose(&mut writer, id);
    let members = members(&mut writer, shown_people);
    let stances = stances::of_party(&mut writer, id);
    let spellings = record::spellings(&mut writer, &data.name);
    let facts = facts(words, &mut writer, id);
    let own: BTreeSet<Id> =
        occasions.iter().copied().chain(people.iter().map(|(person, _)| *person)).collect();
    let shown = |other: Id| {
        own.contains(&other)
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
        members_count: people.len(),
        divided,
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

/// The members of one page, with their roles.
fn members(writer: &mut Writer, people: &[(Id, Vec<usize>)]) -> Vec<Member> {
    let words = writer.words;
    let mut members = Vec::new();
    for (person, roles) in people {
        let offices = words.linked.dossier.people.get(person.index).map(|person| &person.data.roles);
        let mut role = |role: &usize| record::role(writer, *person, offices?.get(*role)?);
        let roles: Vec<_> = roles.iter().filter_map(&mut role).collect();
        if !roles.is_empty() {
            members.push(Member { card: row::card_with(words, *person, None), roles });
        }
    }
    members
}

/// Who of a group is named in which of its latest records; nothing where a list of either says as much.
fn attendance(words: &Words, members: impl Iterator<Item = Id>, occasions: &[Id]) -> Option<Attendance> {
    const MOST: usize = 40;
    let shown = occasions.get(occasions.len().saturating_sub(MOST)..)?;
    let named: Vec<BTreeSet<Id>> =
        shown.iter().map(|record| row::people_of(words, *record).collect()).collect();
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
    facts.into_iter().flatten().chain(record::ids(words, id)).collect()
}
