//! Two records that look like the same occasion, or the same relation.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::two_places_at_once::may_be_same;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::{Occasion, date};
use crate::link::refs::PARTY;
use crate::model::Kind;
use crate::model::date::{Certainty, Date, Day};
use crate::model::dossier::{Dossier, Id};
use crate::model::fold::fold;
use crate::model::relation::{Relation, RelationKind};
use crate::source::Spanned;

crate::code! {
    /// Two records that look like one: counted twice, they make figures wrong. Two meetings of the same
    /// people, or of those of one among those of the other, in the same way, at a time and place that may be
    /// the same; with one person named or none, only on one day, with the same title or between the same
    /// groups. Two events of one day or month with the same title or type and the same people; an event and
    /// a meeting of the same people on one day. Two relations of one type between the same two whose terms
    /// overlap.
    ///
    /// Write `maybe_same = "other-key"` on one of them when the sources leave it open: figures then count
    /// from one to two. Merge them when they are the same; when they are two, say why in `allow`. A warning
    /// when both give one day and the same people (events: and the same title; relations: the same dates and
    /// title), else a note. Each record is told of with the two nearest before it.
    CODE = "same-occasion";
}

/// With how many earlier records each is told of.
const FEW: usize = 2;
/// Beyond this, it is not told how many more there are.
const MANY: usize = 20;
/// With how many earlier records each is compared, so that a thousand calls dated to one year take ten times
/// as long as a hundred.
const LOOK: usize = 100;
/// How many of the people named are compared: a congress of hundreds is like no other.
const MOST: usize = 12;

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    occasions(linked, report);
    relations(linked, report);
}

/// A meeting or event with what is compared: who is named, and from which day to which.
struct Candidate<'l> {
    occasion: &'l Occasion,
    who: BTreeSet<Id>,
    /// Whether these are the groups for which people that nobody names took part.
    unnamed: bool,
    title: Option<String>,
    date: &'l Date,
    first: Day,
    last: Day,
}

/// What two records share that look like one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Two(Id, Id),
    Groups(BTreeSet<Id>),
    Title(String),
}

fn occasions(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    // In the order of their last days.
    let candidates: Vec<Candidate> =
        linked.occasions().iter().filter_map(|occasion| candidate(linked, occasion)).collect();
    let mut sharing: BTreeMap<Shared, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let mut found: BTreeMap<usize, bool> = BTreeMap::new();
        for shared in shared(candidate) {
            let earlier = sharing.entry(shared).or_default();
            for other in earlier.iter().rev().take(LOOK) {
                let Some(known) = candidates.get(*other).filter(|known| known.last >= candidate.first) else {
                    break;
                };
                found.extend(alike(linked, known, candidate).map(|certain| (*other, certain)));
            }
            earlier.push(at);
        }
        let nearest = found.into_iter().rev();
        let nearest = nearest.map(|(at, certain)| (candidates[at].occasion.id, certain)).collect();
        tell(linked, candidate.occasion.id, nearest, report);
    }
}

fn candidate<'l>(linked: &'l Linked, occasion: &'l Occasion) -> Option<Candidate<'l>> {
    const WIDEST: i64 = 366;
    let id = occasion.id;
    let date = date(&linked.dossier, id)?;
    let span = date.span();
    let (first, last) = (span.first?, span.last?);
    // What is dated to a decade may be the same as anything.
    if last.number() - first.number() >= WIDEST {
        return None;
    }
    let mut who: BTreeSet<Id> = occasion.parties.iter().filter_map(|party| party.who).collect();
    let unnamed = who.is_empty() && id.kind == Kind::Meeting;
    if unnamed {
        who = occasion.parties.iter().filter_map(|party| party.for_group).collect();
    }
    let title = match id.kind {
        Kind::Meeting => linked.dossier.meetings.get(id.index)?.data.title.as_deref(),
        _ => Some(linked.dossier.events.get(id.index)?.data.title.as_str()),
    };
    Some(Candidate { occasion, who, unnamed, title: title.map(fold), date, first, last })
}

/// What another record must share to look the same.
fn shared(candidate: &Candidate) -> Vec<Shared> {
    if candidate.unnamed {
        return vec![Shared::Groups(candidate.who.clone())];
    }
    let who: Vec<Id> = candidate.who.iter().copied().take(MOST).collect();
    match who.as_slice() {
        [] => candidate.title.iter().cloned().map(Shared::Title).collect(),
        [one] => vec![Shared::Two(*one, *one)],
        _ => {
            // A meeting that names more people is found by each pair of them.
            let pairs = who.iter().enumerate().flat_map(|(at, a)| who[at + 1..].iter().map(|b| (*a, *b)));
            pairs.map(|(a, b)| Shared::Two(a, b)).collect()
        }
    }
}

/// Whether two records look like one, and whether they do for certain.
fn alike(linked: &Linked, a: &Candidate, b: &Candidate) -> Option<bool> {
    let (first, second) = (a.occasion.id, b.occasion.id);
    let day = a.date.day().is_some() && a.date == b.date;
    let people = a.who == b.who && a.unnamed == b.unnamed;
    let title = a.title.is_some() && a.title == b.title;
    let several = a.who.len().min(b.who.len()) > 1;
    let certain = match (first.kind, second.kind) {
        (Kind::Meeting, Kind::Meeting) if a.unnamed => (people && several && day).then_some(false),
        (Kind::Meeting, Kind::Meeting) if several => {
            let among = a.who.is_subset(&b.who) || b.who.is_subset(&a.who);
            among.then_some(people && day)
        }
        (Kind::Meeting, Kind::Meeting) => (people && title && day).then_some(true),
        (Kind::Event, Kind::Event) => {
            const MONTH: i64 = 31;
            let short = |it: &Candidate| it.last.number() - it.first.number() < MONTH;
            let word = |id: Id| linked.dossier.events.get(id.index)?.data.kind.as_deref().map(fold);
            let like = title || word(first).is_some_and(|it| word(second) == Some(it));
            (people && like && short(a) && short(b)).then_some(title && day)
        }
        _ => (people && several && day).then_some(false),
    }?;
    let mode = |id: Id| linked.dossier.meetings.get(id.index).filter(|_| id.kind == Kind::Meeting)?.data.mode;
    let modes = mode(first).zip(mode(second)).is_none_or(|(a, b)| a == b);
    let places = match (a.occasion.places.first(), b.occasion.places.first()) {
        (Some(one), Some(other)) => a.occasion.places.contains(other) || b.occasion.places.contains(one),
        _ => true,
    };
    let fits = modes && places && a.date.overlaps(b.date) != Certainty::Impossible;
    (fits && !may_be_same(linked, first, second)).then_some(certain)
}

/// The type of a relation, and between whom it is.
type Tie = (RelationKind, Id, Id);

fn relations(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    let mut between: BTreeMap<Tie, Vec<(Id, &Relation)>> = BTreeMap::new();
    for (id, record) in dossier.ids(Kind::Relation).zip(dossier.relations.iter()) {
        let relation = &record.data;
        let ends = dossier.get(&relation.from, PARTY).zip(dossier.get(&relation.to, PARTY));
        let Some((from, to)) = ends else { continue };
        let either = matches!(relation.kind, RelationKind::Family | RelationKind::Ally);
        let (from, to) = if either { (from.min(to), from.max(to)) } else { (from, to) };
        between.entry((relation.kind, from, to)).or_default().push((id, relation));
    }
    for mut same in between.into_values() {
        same.sort_by_cached_key(|(id, relation)| {
            (relation.since.as_ref().map(|since| since.value.sort_key()), dossier.key(*id).to_owned())
        });
        for (at, (id, relation)) in same.iter().enumerate() {
            let earlier = same[..at].iter().rev().take(LOOK);
            let earlier = earlier.filter(|(other, _)| !may_be_same(linked, *other, *id));
            let found = earlier.filter_map(|(other, known)| Some((*other, is_one(known, relation)?)));
            tell(linked, *id, found.collect(), report);
        }
    }
}

/// Whether two relations of one type between the same two look like one, and whether they do for certain.
fn is_one(a: &Relation, b: &Relation) -> Option<bool> {
    // Where one may have followed the other, they are two.
    let follows = |until: &Option<Spanned<Date>>, since: &Option<Spanned<Date>>| {
        let days = until.as_ref().and_then(|until| until.value.span().first);
        let days = days.zip(since.as_ref().and_then(|since| since.value.span().last));
        days.is_some_and(|(until, since)| until <= since)
    };
    let title = |relation: &Relation| relation.title.as_deref().map(fold);
    let (one, other) = (title(a), title(b));
    // Any tie can be of the type `other`.
    let ties = a.kind == RelationKind::Other && one != other;
    if ties || follows(&a.until, &b.since) || follows(&b.until, &a.since) {
        return None;
    }
    let value = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value.clone());
    Some(one == other && value(&a.since) == value(&b.since) && value(&a.until) == value(&b.until))
}

/// Tells of a record and the nearest of those before it that it looks like, of what is certain first. What
/// is set aside takes nothing's place.
fn tell(linked: &Linked, id: Id, mut nearest: Vec<(Id, bool)>, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    nearest.sort_by_key(|(_, certain)| !certain);
    let aside = |id: Id| sets_aside(dossier, id);
    let (silent, told): (Vec<_>, Vec<_>) =
        nearest.into_iter().partition(|(other, _)| aside(id) || aside(*other));
    let more = match told.len().saturating_sub(FEW) {
        0 => String::new(),
        more if more > MANY => format!("; more than {MANY} others look like `{}`, too", dossier.key(id)),
        1 => format!("; another one looks like `{}`, too", dossier.key(id)),
        more => format!("; {more} others look like `{}`, too", dossier.key(id)),
    };
    for (at, (other, certain)) in told.into_iter().take(FEW).chain(silent).enumerate() {
        let more = if at + 1 == FEW { more.as_str() } else { "" };
        if let Some(finding) = finding(dossier, other, id, certain, more) {
            report(finding);
        }
    }
}

fn sets_aside(dossier: &Dossier, id: Id) -> bool {
    dossier.common(id).is_some_and(|common| common.allow.iter().any(|allow| allow.lint.value == CODE.name))
}

fn finding(dossier: &Dossier, first: Id, second: Id, certain: bool, more: &str) -> Option<Finding> {
    let what = if first.kind == second.kind { second.kind.singular() } else { "occasion" };
    let (one, other) = (dossier.key(first), dossier.key(second));
    let message = format!("`{one}` and `{other}` look like one {what}{more}");
    let problem = Diagnostic::warning(CODE, dossier.span(second)?, message)
        .also(dossier.span(first)?, "the other one")
        .help(format!("write `maybe_same = \"{one}\"` here, or merge the two"));
    let finding =
        if certain { Finding::certain(second, problem) } else { Finding::possible(second, problem) };
    Some(finding.and_about(first))
}
