//! Who took part in what, for whom, where and when; and what links to what.

use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;

use super::refs::{ANY, GROUP, PARTY, PLACE, Said};
use super::routes;
use crate::model::body::Piece;
use crate::model::calendar::AsGiven;
use crate::model::citation::Hop;
use crate::model::date::{Certainty, Date, Span as Extent};
use crate::model::dossier::{Dossier, Id};
use crate::model::group::PartOf;
use crate::model::meeting::{Participant, Who};
use crate::model::person::Role;
use crate::model::{Kind, Ref};
use crate::source::{Span, Spanned};

/// In how many others a group or place may lie, one in the other. What lies deeper is told, and not followed.
pub const DEEPEST: usize = 100;

/// A meeting or event with its parties and places resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion {
    pub id: Id,
    /// In the order of the participants.
    pub parties: Vec<Party>,
    /// The place and those it lies in.
    pub places: Vec<Id>,
}

/// A participant: the record, when it is one, and every group they stand for there.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    pub who: Option<Id>,
    /// The group they took part `for`.
    pub for_group: Option<Id>,
    /// With parts and memberships as of the date, each with how certain it is.
    pub groups: Vec<(Id, Certainty)>,
}

impl Party {
    /// Whether this party is, or stands for, a person or group.
    pub fn stands_for(&self, id: Id) -> Certainty {
        if self.who == Some(id) {
            return Certainty::Certain;
        }
        self.groups
            .iter()
            .find(|(group, _)| *group == id)
            .map_or(Certainty::Impossible, |(_, certainty)| *certainty)
    }
}

impl Occasion {
    /// Whether a person or group takes part.
    pub fn has(&self, id: Id) -> Certainty {
        self.parties.iter().map(|party| party.stands_for(id)).max().unwrap_or(Certainty::Impossible)
    }

    /// Whether there is at least one on each of two sides; nobody stands on both alone.
    pub fn between(&self, a: Id, b: Id) -> Certainty {
        let mut best = Certainty::Impossible;
        for (i, one) in self.parties.iter().enumerate() {
            let on_a = one.stands_for(a);
            if on_a == Certainty::Impossible {
                continue;
            }
            for (j, other) in self.parties.iter().enumerate() {
                if i != j {
                    best = best.max(on_a.min(other.stands_for(b)));
                }
            }
        }
        best
    }
}

/// The date of a meeting or event.
pub fn date(dossier: &Dossier, id: Id) -> Option<&Date> {
    written_date(dossier, id).map(|date| &date.value)
}

/// The same, with where it stands.
pub fn written_date(dossier: &Dossier, id: Id) -> Option<&Spanned<Date>> {
    match id.kind {
        Kind::Meeting => dossier.meetings.get(id.index)?.data.date.as_ref(),
        Kind::Event => dossier.events.get(id.index)?.data.date.as_ref(),
        _ => None,
    }
}

/// The same in another calendar, as the source gives it.
pub fn date_original(dossier: &Dossier, id: Id) -> Option<&AsGiven> {
    match id.kind {
        Kind::Meeting => dossier.meetings.get(id.index)?.data.date_original.as_deref(),
        Kind::Event => dossier.events.get(id.index)?.data.date_original.as_deref(),
        _ => None,
    }
}

/// The occasions of a dossier of the same names and [terms](has_terms_of).
#[derive(Clone, Copy)]
pub struct Known<'k> {
    pub dossier: &'k Dossier,
    pub list: &'k [Occasion],
    /// Where each stands in the list.
    pub at: &'k HashMap<Id, usize>,
}

impl Known<'_> {
    fn get(&self, id: Id) -> Option<&Occasion> {
        self.list.get(*self.at.get(&id)?)
    }
}

/// All meetings and events: by latest possible day (by the earliest where the end is open), the
/// narrower span first, then by key; those without a date last. Nothing if they are those that are known.
pub fn occasions(dossier: &Dossier, known: Option<Known>) -> Option<Vec<Occasion>> {
    let ids: Vec<Id> = dossier.ids(Kind::Meeting).chain(dossier.ids(Kind::Event)).collect();
    let offices: Vec<Vec<Office>> =
        dossier.people.iter().map(|person| offices(dossier, &person.data.roles)).collect();
    let Some(known) = known else {
        let ids = in_order(dossier, ids).into_par_iter();
        return Some(ids.map(|id| occasion(dossier, id, &offices)).collect());
    };
    let others: Vec<Id> = ids.iter().filter(|id| !dossier.shares(known.dossier, **id)).copied().collect();
    let others: HashMap<Id, Occasion> =
        others.par_iter().map(|id| (*id, occasion(dossier, *id, &offices))).collect();
    let have_their_dates = others.keys().all(|id| date(dossier, *id) == date(known.dossier, *id));
    if have_their_dates && others.iter().all(|(id, occasion)| known.get(*id) == Some(occasion)) {
        return None;
    }
    let order = match have_their_dates {
        true => known.list.iter().map(|occasion| occasion.id).collect(),
        false => in_order(dossier, ids),
    };
    order.into_par_iter().map(|id| others.get(&id).or_else(|| known.get(id)).cloned()).collect()
}

fn in_order(dossier: &Dossier, mut ids: Vec<Id>) -> Vec<Id> {
    ids.par_sort_by_cached_key(|id| {
        let date = date(dossier, *id).map(Date::sort_key);
        (date.is_none(), date, dossier.key(*id), *id)
    });
    ids
}

/// Whether everybody has the roles, every group the wholes and every place the place it lies in that they have in
/// another dossier of the same names, in the same terms.
pub fn has_terms_of(dossier: &Dossier, other: &Dossier) -> bool {
    let roles = |of: &Dossier, id: Id| Some(offices(of, &of.people.get(id.index)?.data.roles));
    let wholes = |of: &Dossier, id: Id| Some(memberships(of, &of.groups.get(id.index)?.data.part_of));
    let within = |of: &Dossier, id: Id| of.get(of.places.get(id.index)?.data.within.as_ref()?, PLACE);
    let is_other = |id: &Id| !dossier.shares(other, *id);
    dossier.ids(Kind::Person).filter(is_other).all(|id| roles(dossier, id) == roles(other, id))
        && dossier.ids(Kind::Group).filter(is_other).all(|id| wholes(dossier, id) == wholes(other, id))
        && dossier.ids(Kind::Place).filter(is_other).all(|id| within(dossier, id) == within(other, id))
}

/// A role in a group, or what makes a group part of another, from when to when as far as it may reach.
#[derive(Debug, Clone, PartialEq)]
struct Office {
    group: Id,
    from: Option<Extent>,
    to: Option<Extent>,
}

fn offices(dossier: &Dossier, roles: &[Role]) -> Vec<Office> {
    roles.iter().filter_map(|role| office(dossier, &role.of, &role.from, &role.to)).collect()
}

fn memberships(dossier: &Dossier, parts: &[PartOf]) -> Vec<Office> {
    parts.iter().filter_map(|part| office(dossier, &part.of, &part.from, &part.to)).collect()
}

fn office(
    dossier: &Dossier,
    group: &Ref,
    from: &Option<Spanned<Date>>,
    to: &Option<Spanned<Date>>,
) -> Option<Office> {
    Some(Office { group: dossier.get(group, GROUP)?, from: widened(from), to: widened(to) })
}

/// `offices` are those of each person.
fn occasion(dossier: &Dossier, id: Id, offices: &[Vec<Office>]) -> Occasion {
    let date = date(dossier, id).map(Date::widened);
    let place = match id.kind {
        Kind::Meeting => dossier.meetings.get(id.index).and_then(|meeting| meeting.data.place.as_ref()),
        _ => dossier.events.get(id.index).and_then(|event| event.data.place.as_ref()),
    };
    let parties = dossier
        .participants(id)
        .iter()
        .map(|participant| party(dossier, participant, date, offices))
        .collect();
    let places = place
        .and_then(|place| dossier.get(place, PLACE))
        .map_or_else(Vec::new, |place| place_chain(dossier, place));
    Occasion { id, parties, places }
}

fn party(
    dossier: &Dossier,
    participant: &Participant,
    date: Option<Extent>,
    offices: &[Vec<Office>],
) -> Party {
    let who = match &participant.who {
        Who::Record(who) => dossier.get(who, PARTY),
        Who::Unnamed { .. } | Who::Withheld => None,
    };
    let for_group = participant.for_group.as_ref().and_then(|group| dossier.get(group, GROUP));
    let mut groups = Vec::new();
    for id in for_group.into_iter().chain(who.filter(|id| id.kind == Kind::Group)) {
        add_group(dossier, id, Certainty::Certain, date, &mut groups);
    }
    let person = who.filter(|id| id.kind == Kind::Person);
    for office in person.and_then(|id| offices.get(id.index as usize)).into_iter().flatten() {
        add_group(dossier, office.group, in_term(office.from, office.to, date), date, &mut groups);
    }
    Party { who, for_group, groups }
}

/// Adds a group and those it is part of. A group met before is entered again only with more
/// certainty, so that a circle of groups ends.
pub fn add_group(
    dossier: &Dossier,
    id: Id,
    certainty: Certainty,
    date: Option<Extent>,
    groups: &mut Vec<(Id, Certainty)>,
) {
    add_group_within(dossier, id, certainty, date, groups, DEEPEST);
}

/// Does the same, as far up as so many others.
fn add_group_within(
    dossier: &Dossier,
    id: Id,
    certainty: Certainty,
    date: Option<Extent>,
    groups: &mut Vec<(Id, Certainty)>,
    levels: usize,
) {
    if certainty == Certainty::Impossible || levels == 0 {
        return;
    }
    match groups.iter_mut().find(|(group, _)| *group == id) {
        Some((_, known)) if *known >= certainty => return,
        Some((_, known)) => *known = certainty,
        None => groups.push((id, certainty)),
    }
    for part in dossier.groups.get(id.index).into_iter().flat_map(|group| &group.data.part_of) {
        if let Some(whole) = dossier.get(&part.of, GROUP) {
            let term = in_term(widened(&part.from), widened(&part.to), date);
            add_group_within(dossier, whole, certainty.min(term), date, groups, levels - 1);
        }
    }
}

/// An end of a term as far as it may reach.
pub fn widened(end: &Option<Spanned<Date>>) -> Option<Extent> {
    end.as_ref().map(|date| date.value.widened())
}

/// Whether a date lies within a term of office or membership, both of whose ends are included; all of them
/// [widened](Date::widened). An end that nobody reports sets no limit.
pub fn in_term(from: Option<Extent>, to: Option<Extent>, date: Option<Extent>) -> Certainty {
    if from.is_none() && to.is_none() {
        return Certainty::Certain;
    }
    let Some(date) = date else { return Certainty::Possible };
    let begun =
        from.map_or(Certainty::Certain, |from| match (from.first, from.last, date.first, date.last) {
            (Some(first), _, _, Some(end)) if end < first => Certainty::Impossible,
            (_, Some(last), Some(start), _) if last <= start => Certainty::Certain,
            _ => Certainty::Possible,
        });
    let not_over = to.map_or(Certainty::Certain, |to| match (to.first, to.last, date.first, date.last) {
        (_, Some(last), Some(start), _) if last < start => Certainty::Impossible,
        (Some(first), _, _, Some(end)) if end <= first => Certainty::Certain,
        _ => Certainty::Possible,
    });
    begun.min(not_over)
}

/// Whether a role counts for a group: its own, or one that this was part of, directly or by way of others,
/// in a term that may have met the role's.
pub fn counts_for(dossier: &Dossier, role: &Role, group: Id) -> bool {
    let meet = |part: &PartOf| {
        let over = |end: &Option<Spanned<Date>>, start: &Option<Spanned<Date>>| {
            let both = end.as_ref().zip(start.as_ref());
            both.is_some_and(|(end, start)| end.value.is_surely_before(&start.value))
        };
        !over(&role.to, &part.from) && !over(&part.to, &role.from)
    };
    let Some(own) = dossier.get(&role.of, GROUP) else { return false };
    let reached = chain(own, |id| {
        let parts = dossier.groups.get(id.index).into_iter().flat_map(|group| &group.data.part_of);
        parts.filter(|part| meet(part)).filter_map(|part| dossier.get(&part.of, GROUP)).collect()
    });
    reached.contains(&group)
}

/// A place and those it lies in, from the inside out.
pub fn place_chain(dossier: &Dossier, id: Id) -> Vec<Id> {
    chain(id, |id| wholes(dossier, id))
}

/// A group and those it is part of at any time, nearest first.
pub fn group_chain(dossier: &Dossier, id: Id) -> Vec<Id> {
    chain(id, |id| wholes(dossier, id))
}

/// Everything reached from `start` in so many steps, itself first, each once.
fn chain(start: Id, next: impl Fn(Id) -> Vec<Id>) -> Vec<Id> {
    let mut reached = vec![start];
    let mut level = 0;
    for _ in 0..DEEPEST {
        let end = reached.len();
        for at in level..end {
            let Some(id) = reached.get(at).copied() else { break };
            for id in next(id) {
                if !reached.contains(&id) {
                    reached.push(id);
                }
            }
        }
        level = end;
    }
    reached
}

/// The groups that a group is part of, or the place that a place lies in.
fn wholes(dossier: &Dossier, id: Id) -> Vec<Id> {
    match id.kind {
        Kind::Place => {
            let within = dossier.places.get(id.index).and_then(|place| place.data.within.as_ref());
            within.and_then(|within| dossier.get(within, PLACE)).into_iter().collect()
        }
        _ => {
            let parts = dossier.groups.get(id.index).into_iter().flat_map(|group| &group.data.part_of);
            parts.filter_map(|part| dossier.get(&part.of, GROUP)).collect()
        }
    }
}

/// Where it is said in what a group or place lies.
pub fn within_span(dossier: &Dossier, id: Id) -> Option<Span> {
    match id.kind {
        Kind::Place => Some(dossier.places.get(id.index)?.data.within.as_ref()?.span),
        _ => Some(dossier.groups.get(id.index)?.data.part_of.first()?.of.span),
    }
}

/// How many others each of these groups or places lies in, one in the other; those that lie in a circle, or in what
/// does, have no number.
pub fn depths(dossier: &Dossier, ids: &[Id]) -> HashMap<Id, usize> {
    let mut parts: HashMap<Id, Vec<Id>> = HashMap::default();
    let mut missing: HashMap<Id, usize> = HashMap::default();
    let mut ready = Vec::new();
    for id in ids.iter().copied() {
        let wholes = wholes(dossier, id);
        if wholes.is_empty() {
            ready.push((id, 0));
        }
        missing.insert(id, wholes.len());
        wholes.into_iter().for_each(|whole| parts.entry(whole).or_default().push(id));
    }
    let mut depths: HashMap<Id, usize> = HashMap::default();
    // Breadth first, so that whoever is met last lies deepest.
    let mut at = 0;
    while let Some((id, depth)) = ready.get(at).copied() {
        at += 1;
        depths.insert(id, depth);
        for part in parts.get(&id).into_iter().flatten() {
            if let Some(missing) = missing.get_mut(part) {
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    ready.push((*part, depth + 1));
                }
            }
        }
    }
    depths
}

/// A circle of groups or places that lie in each other, from the first of them back to it.
pub fn circle(dossier: &Dossier, start: Id) -> Option<Vec<Id>> {
    // Breadth first, so that the circle found is a shortest one; each with the one it was reached from.
    let mut from: HashMap<Id, Id> = HashMap::default();
    let mut reached = vec![start];
    let mut at = 0;
    while let Some(id) = reached.get(at).copied() {
        at += 1;
        for whole in wholes(dossier, id) {
            if whole == start {
                let mut circle = vec![start, id];
                while let Some(before) = circle.last().and_then(|last| from.get(last)) {
                    circle.push(*before);
                }
                circle.reverse();
                return Some(circle);
            }
            if let std::collections::hash_map::Entry::Vacant(entry) = from.entry(whole) {
                entry.insert(id);
                reached.push(whole);
            }
        }
    }
    None
}

/// Every record and article that a record or article refers to.
pub fn outgoing(dossier: &Dossier, id: Id, said: &Said) -> Vec<Id> {
    let mut out: Vec<Id> =
        said.fields.iter().filter_map(|mention| dossier.get(mention.reference, mention.kinds)).collect();
    for (citation, _) in said.citations() {
        for hop in &citation.hops {
            if let Hop::Source { source, .. } = hop {
                out.extend(dossier.get(source, super::refs::SOURCE));
            }
        }
    }
    for body in &said.bodies {
        for piece in &body.pieces {
            match piece {
                Piece::Wikilink { target, .. } => out.extend(dossier.get(target, ANY)),
                Piece::File { path, .. } => out.extend(routes::record(dossier, path)),
                _ => {}
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out.retain(|other| *other != id);
    out
}
