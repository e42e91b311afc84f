//! Meetings -> who is named in them together.

use std::collections::{BTreeMap, BTreeSet};

use super::super::row;
use super::super::words::Words;
use crate::model::dossier::Id;
use crate::model::meeting::Mode;
use crate::model::{Kind, Status};

/// The most people of whom a record says that they met. Who sat in one hall with hundreds has not met them, and the
/// pairs of such a record would be without number.
pub const MOST: usize = 50;

/// Two people and the records that name both, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    pub a: Id,
    pub b: Id,
    pub records: Vec<Id>,
}

impl Tie {
    /// Whether all that is known of are calls.
    pub fn only_by_phone(&self, words: &Words) -> bool {
        self.records.iter().all(|id| {
            let meeting = words.linked.dossier.meetings.get(id.index).filter(|_| id.kind == Kind::Meeting);
            meeting.is_some_and(|meeting| matches!(meeting.data.mode, Some(Mode::Phone | Mode::Video)))
        })
    }

    /// The status to be drawn on the tie: when every record is disputed, denied or retracted, that of the
    /// last.
    pub fn doubted(&self, words: &Words) -> Option<Status> {
        let status = |id: &Id| words.linked.dossier.standing(*id).map(|standing| standing.status());
        let is_doubted =
            |status: &Status| matches!(status, Status::Disputed | Status::Denied | Status::Retracted);
        let doubted: Vec<Status> = self.records.iter().filter_map(status).filter(is_doubted).collect();
        doubted.last().copied().filter(|_| doubted.len() == self.records.len())
    }
}

/// The meetings and calls of these records: what a statement or another event names together did not meet.
pub fn contacts(ids: impl IntoIterator<Item = Id>) -> Vec<Id> {
    ids.into_iter().filter(|id| id.kind == Kind::Meeting).collect()
}

/// The people whom a record names together; nobody where it names more than [`MOST`].
pub fn together(words: &Words, record: Id) -> Vec<Id> {
    let people: Vec<Id> = row::people_of(words, record).take(MOST + 1).collect();
    if people.len() > MOST { Vec::new() } else { people }
}

/// Those of these records that name more people than [`MOST`].
pub fn crowds(words: &Words, records: &[Id]) -> Vec<Id> {
    records.iter().copied().filter(|record| row::people_of(words, *record).nth(MOST).is_some()).collect()
}

/// Pairs of people named in the same of these records: most shared records first, then by their names in the
/// order of the language.
pub fn ties(words: &Words, records: &[Id]) -> Vec<Tie> {
    ties_among(words, records, |_| true)
}

/// Those of whom a person shares most of these records with, in the same order.
pub fn closest(words: &Words, id: Id, records: &[Id]) -> Vec<Id> {
    let mut shared: BTreeMap<Id, usize> = BTreeMap::new();
    for named in records.iter().map(|record| together(words, *record)) {
        if named.contains(&id) {
            named
                .into_iter()
                .filter(|other| *other != id)
                .for_each(|other| *shared.entry(other).or_default() += 1);
        }
    }
    let mut others = words.sorted(shared.keys().copied());
    others.sort_by_key(|other| std::cmp::Reverse(shared.get(other).copied()));
    others
}

/// Pairs of those people whom `is_meant` is true of.
pub fn ties_among(words: &Words, records: &[Id], is_meant: impl Fn(&Id) -> bool) -> Vec<Tie> {
    let named = |record: &Id| together(words, *record).into_iter().filter(&is_meant).collect();
    let named: Vec<Vec<Id>> = records.iter().map(named).collect();
    let people: BTreeSet<Id> = named.iter().flatten().copied().collect();
    let order: BTreeMap<Id, usize> = words.sorted(people).into_iter().zip(0..).collect();
    let place = |id: &Id| order.get(id).copied().unwrap_or(usize::MAX);
    let mut shared: BTreeMap<(usize, usize), Tie> = BTreeMap::new();
    for (record, mut named) in records.iter().zip(named) {
        named.sort_by_key(place);
        for (at, a) in named.iter().enumerate() {
            for b in named.iter().skip(at + 1) {
                let tie = shared.entry((place(a), place(b)));
                tie.or_insert_with(|| Tie { a: *a, b: *b, records: Vec::new() }).records.push(*record);
            }
        }
    }
    let mut ties: Vec<Tie> = shared.into_values().collect();
    ties.sort_by_key(|tie| std::cmp::Reverse(tie.records.len()));
    ties
}

/// The people of the strongest ties, as many as can be read in a drawing, and the ties among them.
pub fn strongest(ties: &[Tie], people: usize, most: usize) -> (BTreeSet<Id>, Vec<&Tie>) {
    let mut chosen: BTreeSet<Id> = BTreeSet::new();
    for tie in ties {
        let new = [tie.a, tie.b].iter().filter(|id| !chosen.contains(id)).count();
        if chosen.len() + new <= people {
            chosen.extend([tie.a, tie.b]);
        }
    }
    let among = ties.iter().filter(|tie| chosen.contains(&tie.a) && chosen.contains(&tie.b)).take(most);
    let among: Vec<&Tie> = among.collect();
    // Who has no tie left stands for nothing in the drawing.
    let chosen = among.iter().flat_map(|tie| [tie.a, tie.b]).collect();
    (chosen, among)
}
