//! One person in two places on one day.

use std::collections::BTreeMap;

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::{date, place_chain};
use crate::link::refs::{OCCASION, PLACE, RELATION};
use crate::model::date::Day;
use crate::model::dossier::Id;
use crate::model::meeting::{Mode, Participant};
use crate::model::{Kind, Position, Standing, Status};

crate::code! {
    /// One person in two places on one certain day, neither of which lies in the other. It can be: people
    /// travel. It is also how a wrong day, a wrong place or a second person of the same name shows.
    ///
    /// Check the sources. When it was so, say why in `allow` on one of the two records. Only days that are
    /// known for certain count, and records that nobody denies, disputes or takes back; a call counts with
    /// the place that `from_place` names.
    CODE = "two-places-at-once";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for person in dossier.ids(Kind::Person) {
        let mut days: BTreeMap<Day, Vec<(Id, Id, &Participant)>> = BTreeMap::new();
        for occasion in linked.occasions_of(person) {
            let id = occasion.id;
            let Some(day) = date(dossier, id).and_then(|date| date.day()) else { continue };
            if dossier.standing(id).is_some_and(stands) && id.kind == Kind::Meeting {
                let named = occasion.parties.iter().zip(dossier.participants(id));
                let own = named.filter(|(party, _)| party.who == Some(person));
                days.entry(day).or_default().extend(own.filter_map(|(_, participant)| {
                    Some((id, whereabouts(linked, id, participant)?, participant))
                }));
            }
        }
        for met in days.values() {
            for (at, (first, here, _)) in met.iter().enumerate() {
                for (second, there, participant) in &met[at + 1..] {
                    if first == second
                        || within(linked, *here, *there)
                        || may_be_same(linked, *first, *second)
                    {
                        continue;
                    }
                    let message = format!(
                        "`{}` is in `{}` and in `{}` on one day",
                        dossier.key(person),
                        dossier.key(*here),
                        dossier.key(*there)
                    );
                    let mut problem = Diagnostic::warning(CODE, participant.span, message)
                        .help("check the day and the place of both; people do travel");
                    if let Some(span) = dossier.span(*first) {
                        problem = problem.also(span, "the other record");
                    }
                    report(Finding::certain(*first, problem).and_about(*second).and_about(person));
                }
            }
        }
    }
}

/// Whether nobody says that it was not so.
fn stands(standing: &Standing) -> bool {
    let refuted = matches!(standing.status(), Status::Disputed | Status::Denied | Status::Retracted);
    !refuted && standing.by(Position::Denied).next().is_none()
}

/// Where somebody was: the place of a meeting in person, or the one they spoke from. Of a meeting in
/// another way, or in a way that is not reported, `from_place` may be where they set out.
fn whereabouts(linked: &Linked, id: Id, participant: &Participant) -> Option<Id> {
    let meeting = &linked.dossier.meetings.get(id.index)?.data;
    let place = match meeting.mode {
        Some(Mode::InPerson | Mode::Visit) => meeting.place.as_ref(),
        Some(Mode::Phone | Mode::Video) => participant.from_place.as_ref(),
        Some(Mode::Other) | None => None,
    };
    linked.dossier.get(place?, PLACE)
}

/// Whether one of two places lies in the other.
fn within(linked: &Linked, a: Id, b: Id) -> bool {
    place_chain(&linked.dossier, a).contains(&b) || place_chain(&linked.dossier, b).contains(&a)
}

/// Whether one of two records says that they may be the same.
pub(super) fn may_be_same(linked: &Linked, a: Id, b: Id) -> bool {
    let kinds = if a.kind == Kind::Relation { RELATION } else { OCCASION };
    let names = |one: Id, other: Id| {
        let same = linked.dossier.standing(one).into_iter().flat_map(|standing| &standing.maybe_same);
        same.filter_map(|key| linked.dossier.get(key, kinds)).any(|id| id == other)
    };
    names(a, b) || names(b, a)
}
