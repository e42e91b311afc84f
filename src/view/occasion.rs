//! The page of a meeting or event.

use super::page::{Fact, Occasion, Page, Participant, Party, Rich, View};
use super::prose::Writer;
use super::words::{Words, text};
use super::{drawing, record, row, stances};
use crate::link::graph::date;
use crate::link::refs::{GROUP, OCCASION, PERSON, PLACE};
use crate::link::routes::address;
use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::model::meeting::{Count, Participant as Named, Who};
use crate::model::{Common, Kind};
use crate::source::Spanned;

/// What meetings and events have alike.
struct Fields<'d> {
    common: &'d Common,
    summary: Option<&'d Body>,
    reported: Option<&'d Spanned<Date>>,
}

pub fn page(words: &Words, id: Id) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let fields = fields(words, id)?;
    let mut writer = Writer::new(words, &address(dossier, id));
    let row = row::row(words, id)?;

    let marks = writer.notes.marks(words, &fields.common.cite);
    let summary_html = writer.inline(fields.summary);
    let body = record::prose(&mut writer, id);
    let stances = stances::of_record(&mut writer, id);
    let parties = parties(&mut writer, id);
    let common = record::common(writer, id, body, &|_| false, &[]);

    let maybe_same = maybe_same(words, id);
    let at = words.linked.occasion_at(id)?;
    let (earlier, later) = words.linked.occasions().split_at_checked(at)?;
    // What stands beside it in a list may have happened before, after, or at the same time.
    let own = date(dossier, id);
    let certainly = |first: Option<&Date>, second: Option<&Date>| {
        first.zip(second).is_some_and(|(first, second)| first.is_surely_before(second))
    };
    let before = earlier.iter().rev().find(|other| certainly(date(dossier, other.id), own));
    let after = later.iter().find(|other| certainly(own, date(dossier, other.id)));
    let reported = fields.reported.map(|date| words.date(&date.value));
    let title = if id.kind == Kind::Meeting {
        ("meetings.html", "nav.meetings")
    } else {
        ("events.html", "nav.events")
    };
    let view = View::Occasion(Box::new(Occasion {
        facts: facts(words, id, &row, reported.as_deref()),
        people_count: row::people_of(words, id).count(),
        before: before.and_then(|other| row::row(words, other.id)),
        after: after.and_then(|other| row::row(words, other.id)),
        chains: record::chains(words, &fields.common.cite, words.get("step.record")),
        maybe_same: words.sorted(maybe_same).into_iter().map(|id| words.link(id)).collect(),
        band: own.and_then(|date| drawing::band::band(words, date, row.mark)),
        row,
        reported,
        marks,
        summary_html,
        stances,
        parties,
        common,
    }));
    let description = fields.summary.map(|summary| words.plain(&summary.text));
    Some(Page { description, ..record::page(words, id, "occasion.html", title.0, title.1, view) })
}

fn fields<'d>(words: &'d Words, id: Id) -> Option<Fields<'d>> {
    let dossier = &words.linked.dossier;
    Some(match id.kind {
        Kind::Meeting => {
            let record = dossier.meetings.get(id.index)?;
            Fields {
                common: &record.common,
                summary: record.data.summary.as_ref(),
                reported: record.data.reported.as_ref(),
            }
        }
        _ => {
            let record = dossier.events.get(id.index)?;
            Fields {
                common: &record.common,
                summary: record.data.summary.as_ref(),
                reported: record.data.reported.as_ref(),
            }
        }
    })
}

/// Records that may describe the same occasion, whichever of the two says so.
fn maybe_same(words: &Words, id: Id) -> Vec<Id> {
    let dossier = &words.linked.dossier;
    let named = |id: Id| -> Vec<Id> {
        let others = dossier.standing(id).into_iter().flat_map(|standing| &standing.maybe_same);
        others.filter_map(|other| dossier.get(other, OCCASION)).collect()
    };
    let mut same = named(id);
    same.extend(words.linked.incoming(id).filter(|other| named(*other).contains(&id)));
    same.sort_unstable();
    same.dedup();
    same
}

/// The participants by side or, where the dossier has none, by the group they took part for; in the author's
/// order.
fn parties(writer: &mut Writer, id: Id) -> Vec<Party> {
    let words = writer.words;
    let dossier = &words.linked.dossier;
    let Some(occasion) = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at)) else {
        return Vec::new();
    };
    let on = date(dossier, id);
    let mut parties: Vec<((usize, Option<Id>), Party)> = Vec::new();
    for (resolved, named) in occasion.parties.iter().zip(dossier.participants(id)) {
        let mut participant = participant(writer, resolved.who, named, on);
        let group = resolved.for_group;
        let (key, title) = if dossier.config.sides.is_empty() {
            let title = group.map_or_else(|| text(words.get("detail.no-group")), |group| words.part(group));
            ((0, group), title)
        } else {
            participant.details.splice(0..0, took_part_for(words, resolved.who, group, on));
            let groups = group.into_iter().chain(resolved.who.filter(|who| who.kind == Kind::Group));
            let side = words.side_of(groups).or_else(|| words.side(resolved.who?));
            ((side.unwrap_or(usize::MAX), None), text(words.side_title(side)))
        };
        match parties.iter_mut().find(|(other, _)| *other == key) {
            Some((_, party)) => party.participants.push(participant),
            None => parties.push((key, Party { title: vec![title], participants: vec![participant] })),
        }
    }
    parties.sort_by_key(|((side, _), _)| *side);
    // Those who came for nobody are others only beside those who came for somebody.
    if let (true, [((_, None), party)]) = (dossier.config.sides.is_empty(), parties.as_mut_slice()) {
        party.title.clear();
    }
    parties.into_iter().map(|(_, party)| party).collect()
}

/// "For Hamas", unless the office that is named beside it says so.
fn took_part_for(words: &Words, who: Option<Id>, group: Option<Id>, on: Option<&Date>) -> Option<Rich> {
    let office = who.and_then(|who| words.linked.dossier.get(&words.main_role(who, on)?.of, GROUP));
    let group = group.filter(|group| office != Some(*group) && who != Some(*group))?;
    Some(words.sentence("detail.for", "group", vec![words.part(group)]))
}

fn participant(writer: &mut Writer, who: Option<Id>, named: &Named, on: Option<&Date>) -> Participant {
    let words = writer.words;
    let mut details: Vec<Rich> = Vec::new();
    if let Some(name) = &named.named_as {
        details.push(vec![text(&words.strings.fill("detail.named-as", &[("name", name)]))]);
    }
    if let Some(person) = record::linked(words, named.stands_in_for.as_ref(), PERSON) {
        details.push(words.sentence("detail.stands-in", "person", person));
    }
    if let Some(place) = record::linked(words, named.from_place.as_ref(), PLACE) {
        details.push(words.sentence("detail.from", "place", place));
    }
    if let Who::Unnamed { count: Some(count), .. } = &named.who {
        details.push(vec![text(&count_text(words, *count))]);
    }
    let card = who.filter(|id| id.kind == Kind::Person).map(|id| row::person_card(words, id, on));
    let office = card.as_ref().and_then(|_| Some(words.capital(&words.main_role(who?, on)?.role)));
    let capacity = named.capacity.as_ref().map(|capacity| words.capital(capacity));
    Participant {
        text: match (&named.who, who) {
            (Who::Withheld, _) => vec![text(&words.capital(words.get("detail.withheld")))],
            (Who::Unnamed { desc, .. }, _) => vec![text(&words.capital(desc))],
            // A person is shown by the card.
            (Who::Record(_), Some(id)) if card.is_none() => vec![words.part(id)],
            (Who::Record(_), _) => Rich::new(),
        },
        card,
        // The card says the office already; said twice it would look like two.
        capacity: capacity.filter(|capacity| office.as_ref() != Some(capacity)),
        details,
        marks: writer.notes.marks(words, &named.cite),
    }
}

pub fn count_text(words: &Words, count: Count) -> String {
    match count.at_most {
        Some(most) if most == count.at_least => words.count("detail.count", most as usize),
        Some(most) => words
            .strings
            .fill("detail.count-range", &[("low", &count.at_least.to_string()), ("high", &most.to_string())]),
        None => words.count("detail.count-at-least", count.at_least as usize),
    }
}

fn facts(words: &Words, id: Id, row: &super::page::Row, reported: Option<&str>) -> Vec<Fact> {
    let kind = if id.kind == Kind::Meeting { "fact.mode" } else { "fact.event-kind" };
    let place =
        if row.place.is_empty() { vec![text(words.get("fact.place-unknown"))] } else { row.place.clone() };
    let facts = [
        record::fact(words, kind, record::plain(row.kind.clone())),
        record::fact(words, "fact.date", record::plain(row.when.text.clone())),
        reported.and_then(|reported| record::fact(words, "fact.reported", record::plain(reported))),
        record::fact(words, "fact.place", vec![place]),
    ];
    facts.into_iter().flatten().chain(record::ids(words, id)).collect()
}
