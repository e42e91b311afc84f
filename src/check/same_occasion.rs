//! Two records that look like the same occasion.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::two_places_at_once::may_be_same;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::{Occasion, date};
use crate::model::Kind;
use crate::model::date::{Certainty, Date, Day};
use crate::model::dossier::Id;

crate::code! {
    /// Two meetings that look like one: the same people, or those of one among those of the other, in the
    /// same way, at a time and place that may be the same. Counted twice, they make figures wrong.
    ///
    /// Write `maybe_same = "other-key"` on one of them when the sources leave it open: figures then count
    /// from one to two. Merge them when they are the same; when they are two, say why in `allow`. A warning
    /// when both give one day and the same people, else a note.
    CODE = "same-occasion";
}

/// A meeting with what is compared: who is named, and from which day to which.
struct Candidate<'l> {
    occasion: &'l Occasion,
    named: BTreeSet<Id>,
    date: &'l Date,
    first: Day,
    last: Day,
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let candidates: Vec<Candidate> =
        linked.occasions.iter().filter_map(|occasion| candidate(linked, occasion)).collect();
    // Only those who share two of the people named can be the same.
    let mut sharing: BTreeMap<(Id, Id), Vec<usize>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let mut named = candidate.named.iter();
        if let (Some(a), Some(b)) = (named.next(), named.next()) {
            sharing.entry((*a, *b)).or_default().push(at);
        }
    }
    // A meeting that names more people is found by each pair of them.
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let named: Vec<Id> = candidate.named.iter().copied().take(MOST).collect();
        for (i, a) in named.iter().enumerate() {
            for b in &named[i + 1..] {
                for other in sharing.get(&(*a, *b)).into_iter().flatten().filter(|other| **other != at) {
                    if candidates[*other].named.is_subset(&candidate.named)
                        && meet(&candidates[*other], candidate)
                    {
                        pairs.insert((at.min(*other), at.max(*other)));
                    }
                }
            }
        }
    }
    for (first, second) in pairs {
        if let Some(finding) = finding(linked, &candidates[first], &candidates[second]) {
            report(finding);
        }
    }
}

/// How many of the people named are compared: a congress of hundreds is like no other.
const MOST: usize = 12;

fn candidate<'l>(linked: &'l Linked, occasion: &'l Occasion) -> Option<Candidate<'l>> {
    const WIDEST: i64 = 366;
    if occasion.id.kind != Kind::Meeting {
        return None;
    }
    let date = date(&linked.dossier, occasion.id)?;
    let span = date.span();
    let (first, last) = (span.first?, span.last?);
    // What is dated to a decade may be the same as anything.
    let named: BTreeSet<Id> = occasion.parties.iter().filter_map(|party| party.who).collect();
    (named.len() >= 2 && last.number() - first.number() < WIDEST).then_some(Candidate {
        occasion,
        named,
        date,
        first,
        last,
    })
}

/// Whether the days of two meetings have one in common.
fn meet(a: &Candidate, b: &Candidate) -> bool {
    a.first <= b.last && b.first <= a.last
}

fn finding(linked: &Linked, a: &Candidate, b: &Candidate) -> Option<Finding> {
    let (first, second) = (a.occasion.id, b.occasion.id);
    let mode = |id: Id| linked.dossier.meetings.get(id.index).and_then(|meeting| meeting.data.mode);
    let modes = mode(first).zip(mode(second)).is_none_or(|(a, b)| a == b);
    let places = match (a.occasion.places.first(), b.occasion.places.first()) {
        (Some(one), Some(other)) => a.occasion.places.contains(other) || b.occasion.places.contains(one),
        _ => true,
    };
    if !modes
        || !places
        || a.date.overlaps(b.date) == Certainty::Impossible
        || may_be_same(linked, first, second)
    {
        return None;
    }
    let dossier = &linked.dossier;
    let message = format!("`{}` and `{}` look like one meeting", dossier.key(first), dossier.key(second));
    let problem = Diagnostic::warning(CODE, dossier.span(second)?, message)
        .also(dossier.span(first)?, "the other one")
        .help(format!("write `maybe_same = \"{}\"` here, or merge the two", dossier.key(first)));
    let day = a.date.day().is_some() && a.date == b.date && a.named == b.named;
    let finding = if day { Finding::certain(second, problem) } else { Finding::possible(second, problem) };
    Some(finding.and_about(first))
}
