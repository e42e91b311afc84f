//! The records that a query asks for, each with how certain that is.

use super::Linked;
use super::graph::{Occasion, add_group, counts_for, date, group_chain, in_term, place_chain, widened};
use super::refs::{GROUP, PARTY, PLACE};
use crate::model::date::{Certainty, Date};
use crate::model::dossier::Id;
use crate::model::query::{Query, Term};
use crate::model::source::By;
use crate::model::{Kind, Status};

/// What a query finds: occasions in time order, other records in the order of their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    pub certain: Vec<Id>,
    /// Those that an uncertain date or term may or may not admit.
    pub possible: Vec<Id>,
}

impl Selection {
    /// Certain and possible ones together, in order.
    pub fn all(&self, linked: &Linked) -> Vec<Id> {
        let mut all: Vec<Id> = self.certain.iter().chain(&self.possible).copied().collect();
        all.sort_by_key(|id| (linked.occasion_at(*id), *id));
        all
    }
}

pub fn select(linked: &Linked, query: &Query) -> Selection {
    let mut selection = Selection::default();
    let mut add = |id, certainty| match certainty {
        Certainty::Certain => selection.certain.push(id),
        Certainty::Possible => selection.possible.push(id),
        Certainty::Impossible => {}
    };
    let occasions = matches!(query.kind, None | Some(Kind::Meeting | Kind::Event));
    if occasions {
        for occasion in candidates(linked, query) {
            if query.kind.is_none_or(|kind| occasion.id.kind == kind) {
                add(occasion.id, of_occasion(linked, query, occasion));
            }
        }
    } else if let Some(kind) = query.kind {
        for id in linked.dossier.ids(kind) {
            add(id, of_record(linked, query, id));
        }
    }
    selection
}

/// The occasions that a query can find: when it asks for somebody, those that name them.
fn candidates<'l>(linked: &'l Linked, query: &Query) -> Box<dyn Iterator<Item = &'l Occasion> + 'l> {
    let asked_for = query.terms.iter().find_map(|term| match term {
        Term::With(refs) => refs.first(),
        Term::Between(one, _) => Some(one),
        _ => None,
    });
    match asked_for {
        // One that does not exist took part in none.
        Some(who) => {
            Box::new(linked.dossier.get(who, PARTY).into_iter().flat_map(|id| linked.occasions_of(id)))
        }
        None => Box::new(linked.occasions().iter()),
    }
}

fn of_occasion(linked: &Linked, query: &Query, occasion: &Occasion) -> Certainty {
    let dossier = &linked.dossier;
    let party = |reference| dossier.get(reference, PARTY);
    let mut certainty = status(linked, query, occasion.id);
    for term in &query.terms {
        let holds = match term {
            Term::Mode(mode) => yes(dossier
                .meetings
                .get(occasion.id.index)
                .is_some_and(|meeting| meeting.data.mode == Some(*mode))),
            Term::With(refs) => refs
                .iter()
                .map(|reference| party(reference).map_or(Certainty::Impossible, |id| occasion.has(id)))
                .min()
                .unwrap_or(Certainty::Certain),
            Term::Between(a, b) => match (party(a), party(b)) {
                (Some(a), Some(b)) => occasion.between(a, b),
                _ => Certainty::Impossible,
            },
            Term::During(period) => {
                date(dossier, occasion.id).map_or(Certainty::Possible, |date| date.within(&period.value))
            }
            Term::Place(place) => {
                yes(dossier.get(place, PLACE).is_some_and(|place| occasion.places.contains(&place)))
            }
            Term::Type(kind) => yes(dossier
                .events
                .get(occasion.id.index)
                .is_some_and(|event| event.data.kind.as_ref() == Some(kind))),
            Term::Tag(_) | Term::Status(_) | Term::Of(_) => common(linked, term, occasion.id),
        };
        certainty = certainty.min(holds);
    }
    certainty
}

fn of_record(linked: &Linked, query: &Query, id: Id) -> Certainty {
    let dossier = &linked.dossier;
    let mut certainty = status(linked, query, id);
    let during = query
        .terms
        .iter()
        .find_map(|term| if let Term::During(period) = term { Some(&period.value) } else { None });
    for term in &query.terms {
        let holds = match (id.kind, term) {
            (Kind::Person, Term::Of(group)) => dossier
                .get(group, GROUP)
                .map_or(Certainty::Impossible, |group| of_group(linked, id, group, during)),
            // Without `of`, the period is that of the records that name the person.
            (Kind::Person, Term::During(period))
                if !query.terms.iter().any(|term| matches!(term, Term::Of(_))) =>
            {
                linked
                    .occasions_of(id)
                    .map(|occasion| {
                        date(dossier, occasion.id)
                            .map_or(Certainty::Possible, |date| date.within(&period.value))
                    })
                    .max()
                    .unwrap_or(Certainty::Impossible)
            }
            (Kind::Person, Term::During(_)) => Certainty::Certain,
            (Kind::Person, Term::With(refs)) => {
                let others: Vec<Id> =
                    refs.iter().filter_map(|reference| dossier.get(reference, PARTY)).collect();
                linked
                    .occasions_of(id)
                    .map(|occasion| {
                        others
                            .iter()
                            .map(
                                |other| {
                                    if *other == id { Certainty::Impossible } else { occasion.has(*other) }
                                },
                            )
                            .min()
                    })
                    .max()
                    .flatten()
                    .unwrap_or(Certainty::Impossible)
            }
            (Kind::Group, Term::Of(group)) => yes(dossier
                .get(group, GROUP)
                .is_some_and(|group| group != id && group_chain(dossier, id).contains(&group))),
            (Kind::Group, Term::Type(kind)) => {
                yes(dossier.groups.get(id.index).is_some_and(|group| group.data.kind.key() == kind))
            }
            (Kind::Place, Term::Place(place)) => yes(dossier
                .get(place, PLACE)
                .is_some_and(|place| place != id && place_chain(dossier, id).contains(&place))),
            (Kind::Source, Term::Type(kind)) => {
                yes(dossier.sources.get(id.index).is_some_and(|source| &source.data.kind == kind))
            }
            (Kind::Source, Term::Of(by)) => {
                let by = dossier.get(by, PARTY);
                let mut makers =
                    dossier.sources.get(id.index).into_iter().flat_map(|source| source.data.makers());
                yes(by.is_some()
                    && makers
                        .any(|maker| matches!(maker, By::Record(maker) if dossier.get(maker, PARTY) == by)))
            }
            (Kind::Source, Term::During(period)) => {
                let published =
                    dossier.sources.get(id.index).and_then(|source| source.data.published.as_ref());
                published.map_or(Certainty::Possible, |date| date.value.within(&period.value))
            }
            (Kind::Relation, _) => of_relation(linked, term, id),
            _ => common(linked, term, id),
        };
        certainty = certainty.min(holds);
    }
    certainty
}

/// Whether a person has a role in a group or a part of it, at any time or during a period.
fn of_group(linked: &Linked, person: Id, group: Id, during: Option<&Date>) -> Certainty {
    let dossier = &linked.dossier;
    let roles = dossier.people.get(person.index).into_iter().flat_map(|person| &person.data.roles);
    let certainty = roles.filter_map(|role| {
        let of = dossier.get(&role.of, GROUP)?;
        let Some(period) = during else {
            return Some(yes(counts_for(dossier, role, group)));
        };
        let term = in_term(widened(&role.from), widened(&role.to), Some(period.widened()));
        let mut groups = Vec::new();
        add_group(dossier, of, term, Some(period.widened()), &mut groups);
        groups.iter().find(|(whole, _)| *whole == group).map(|(_, certainty)| *certainty)
    });
    certainty.max().unwrap_or(Certainty::Impossible)
}

fn of_relation(linked: &Linked, term: &Term, id: Id) -> Certainty {
    let dossier = &linked.dossier;
    let Some(relation) = dossier.relations.get(id.index).map(|record| &record.data) else {
        return Certainty::Impossible;
    };
    let ends = [dossier.get(&relation.from, PARTY), dossier.get(&relation.to, PARTY)];
    let is_end = |reference| dossier.get(reference, PARTY).is_some_and(|id| ends.contains(&Some(id)));
    match term {
        Term::With(refs) => yes(refs.iter().all(is_end)),
        Term::Between(a, b) => yes(is_end(a) && is_end(b) && a.text != b.text),
        Term::Type(kind) => yes(relation.kind.key() == kind),
        Term::During(period) => {
            in_term(widened(&relation.since), widened(&relation.until), Some(period.value.widened()))
        }
        term => common(linked, term, id),
    }
}

/// The terms that mean the same for every kind.
fn common(linked: &Linked, term: &Term, id: Id) -> Certainty {
    match term {
        Term::Tag(tag) => yes(linked
            .dossier
            .common(id)
            .is_some_and(|common| common.tags.iter().any(|own| &own.value == tag))),
        // Asked for by `status`, which is checked for every record.
        Term::Status(_) => Certainty::Certain,
        _ => Certainty::Impossible,
    }
}

/// What a query would find, were it not denied or retracted: nothing where the query itself says which statuses it means,
/// or asks for what has none.
pub fn denied(linked: &Linked, query: &Query) -> Selection {
    let asks_status = query.terms.iter().any(|term| matches!(term, Term::Status(_)));
    let has_status = matches!(query.kind, None | Some(Kind::Meeting | Kind::Event | Kind::Relation));
    if asks_status || !has_status {
        return Selection::default();
    }
    let mut others = query.clone();
    others.terms.push(Term::Status(vec![Status::Denied, Status::Retracted]));
    select(linked, &others)
}

/// Without a term about it, all but what is denied or retracted.
fn status(linked: &Linked, query: &Query, id: Id) -> Certainty {
    let Some(standing) = linked.dossier.standing(id) else { return Certainty::Certain };
    let wanted =
        query.terms.iter().find_map(|term| if let Term::Status(wanted) = term { Some(wanted) } else { None });
    yes(match wanted {
        Some(wanted) => wanted.contains(&standing.status()),
        None => !matches!(standing.status(), Status::Denied | Status::Retracted),
    })
}

fn yes(holds: bool) -> Certainty {
    if holds { Certainty::Certain } else { Certainty::Impossible }
}
