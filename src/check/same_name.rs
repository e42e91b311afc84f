//! Two people whose names match, across spellings and scripts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;
use crate::model::fold::{Comparable, Match, closest};

crate::code! {
    /// Two people with one name, in one of its spellings: Qassem and قاسم may be one man who was entered
    /// twice, and his meetings are then counted for two. Or two people share a name, and readers must be
    /// told them apart.
    ///
    /// Merge the two, with `moved_from` for the key that goes; or say in `allow` on one of them that they
    /// are two, and in `note` how to tell. A warning when the letters agree, also with the family name first
    /// and a comma behind it, as in `sort_name`. A note when the names sound alike, or have the same words
    /// in another order: Hamad bin Khalifa is the father of Khalifa bin Hamad.
    ///
    /// Names in Latin, Arabic, Hebrew, Cyrillic and Greek letters are compared with each other by their
    /// sound; those in other letters, such as Chinese or Devanagari, only with names in the same.
    CODE = "same-name";
}

/// With how many others of like name each is compared: a dossier of a thousand "N. N." is told of enough.
const MOST: usize = 20;

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    let ids: Vec<_> = dossier.ids(Kind::Person).collect();
    let spellings: Vec<Vec<Comparable>> = ids
        .par_iter()
        .map(|id| {
            let all = dossier.name(*id).into_iter().flat_map(|name| name.all().enumerate());
            // A family name that two people go by is no name that they share.
            let whole = all.map(|(at, text)| (at, Comparable::new(text)));
            let whole = whole.filter(|(at, name)| *at == 0 || !name.is_lone()).map(|(_, name)| name);
            // Without a comma, it does not say what of it is the family name.
            let person = dossier.people.get(id.index);
            let sorted = person.and_then(|person| person.data.sort_name.as_deref());
            whole.chain(sorted.filter(|name| name.contains([',', '،'])).map(Comparable::new)).collect()
        })
        .collect();
    // Only those with a spelling that begins and ends alike are compared in full.
    let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let mut same: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (at, names) in spellings.iter().enumerate() {
        for name in names {
            enter(same.entry(name.sorted()).or_default(), at);
            for ends in name.ends() {
                enter(alike.entry(ends).or_default(), at);
            }
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for group in alike.values().chain(same.values()) {
        for (i, a) in group.iter().enumerate() {
            let others = group[i + 1..].iter().take(MOST).filter(|b| *b != a);
            pairs.extend(others.map(|b| (*a.min(b), *a.max(b))));
        }
    }
    for (a, b) in pairs {
        let Some(how) = closest(&spellings[a], &spellings[b]) else { continue };
        let (first, second) = (ids[a], ids[b]);
        let what = match how {
            Match::Exact | Match::Folded => "one name",
            Match::Sound => "names that sound alike",
            Match::Turned => "names of the same words, in another order",
        };
        let message = format!("`{}` and `{}` have {what}", dossier.key(first), dossier.key(second));
        let (Some(place), Some(other)) = (dossier.span(second), dossier.span(first)) else { continue };
        let problem = Diagnostic::warning(CODE, place, message)
            .also(other, "the other one")
            .help("merge the two, or say in `allow.same-name` that they are two people");
        let finding = match how {
            Match::Sound | Match::Turned => Finding::possible(second, problem),
            Match::Exact | Match::Folded => Finding::certain(second, problem),
        };
        report(finding.and_about(first));
    }
}

/// Adds a person to a group, once.
fn enter(group: &mut Vec<usize>, at: usize) {
    if group.last() != Some(&at) {
        group.push(at);
    }
}
