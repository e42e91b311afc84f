//! Where each source is cited, and from how many independent origins a statement comes.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet as HashSet;

use super::Linked;
use super::refs::{PARTY, Part, SOURCE, Said};
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::{Dossier, Id};
use crate::model::source::By;

/// One citation of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The record or article that cites.
    pub by: Id,
    pub part: Part,
    /// Which hop of the chain the source is; 0 is what the authors read.
    pub hop: usize,
    pub citation: Citation,
}

/// The sources that a record or article cites.
pub fn uses(dossier: &Dossier, id: Id, said: &Said) -> Vec<(Id, Use)> {
    let mut found = Vec::new();
    for (citation, part) in said.citations() {
        for (hop, at) in citation.hops.iter().zip(0..) {
            if let Hop::Source { source, .. } = hop
                && let Some(source) = dossier.get(source, SOURCE)
            {
                found.push((source, Use { by: id, part, hop: at, citation: citation.clone() }));
            }
        }
    }
    found
}

/// The sources that the authors know only through others: nothing cites them directly, and neither a date
/// of access nor a copy says that somebody has read them.
pub fn unseen(dossier: &Dossier, linked: &Linked) -> HashSet<Id> {
    let seen = |id: Id| {
        let record = dossier.sources.get(id.index);
        record.is_some_and(|record| record.data.accessed.is_some() || record.data.copy.is_some())
    };
    let cited = linked.cited().filter_map(|(id, mut uses)| uses.all(|r#use| r#use.hop > 0).then_some(id));
    cited.filter(|id| !seen(*id)).collect()
}

/// The independent origins of a statement, in the order in which its citations name them: the last hops
/// that no other chain carries on. Three outlets that repeat one report are one origin, and so is one
/// outlet that says it twice.
pub fn origins<'c>(dossier: &Dossier, citations: &'c [Citation]) -> Vec<&'c Hop> {
    let carried: BTreeSet<_> =
        citations.iter().flat_map(|citation| citation.hops.iter().rev().skip(1)).map(Hop::origin).collect();
    let mut seen = BTreeSet::new();
    let ends = citations.iter().filter_map(Citation::origin);
    ends.filter(|hop| !carried.contains(&hop.origin()) && seen.insert(maker(dossier, hop))).collect()
}

/// Who made something, for comparison: a record, or else the name.
type Maker = (Option<Id>, String);

/// How many independent origins bear out a record that these parties confirm. Whoever confirms it is an
/// origin of its own, unless it made one of the sources that the record cites.
pub fn origins_with(dossier: &Dossier, citations: &[Citation], confirming: &[Option<Id>]) -> usize {
    let hops = citations.iter().flat_map(|citation| &citation.hops);
    let makers: BTreeSet<Maker> = hops.map(|hop| maker(dossier, hop)).collect();
    let own = |party: &&Option<Id>| party.is_none_or(|id| !makers.contains(&(Some(id), String::new())));
    let own: BTreeSet<&Option<Id>> = confirming.iter().filter(own).collect();
    origins(dossier, citations).len() + own.len()
}

/// Who made what a hop names: the record or the name in `by`, else the authors, else the source itself.
fn maker(dossier: &Dossier, hop: &Hop) -> Maker {
    let named = |name: &str| (None, name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
    let source = match hop {
        Hop::Unrecorded { text, .. } => return named(text),
        Hop::Source { source, .. } => source,
    };
    let Some(id) = dossier.get(source, SOURCE) else { return (None, source.text.clone()) };
    let data = dossier.sources.get(id.index).map(|record| &record.data);
    let makers = data.map_or(&[][..], |data| match &data.by {
        Some(by) => std::slice::from_ref(by),
        None => &data.imprint.author,
    });
    let one = |by: &By| match by {
        By::Record(party) => dossier.get(party, PARTY).map(|id| (Some(id), String::new())),
        By::Text(name) => Some(named(name)),
    };
    match makers.iter().filter_map(one).collect::<Vec<_>>().as_slice() {
        [] => (Some(id), String::new()),
        [maker] => maker.clone(),
        several => {
            let mut names: Vec<String> = several.iter().map(|maker| format!("{maker:?}")).collect();
            names.sort();
            (None, names.join(" "))
        }
    }
}

/// A circle in which the chains of one statement rest on each other, from the first of its hops back to
/// it; nothing when there is none. A chain that meets itself was reported where it is written.
pub fn circle(citations: &[Citation]) -> Option<Vec<&Hop>> {
    let meets_itself = |citation: &Citation| {
        let hops: BTreeSet<_> = citation.hops.iter().map(Hop::origin).collect();
        hops.len() < citation.hops.len()
    };
    if citations.len() < 2 || citations.iter().any(meets_itself) {
        return None;
    }
    let mut next: BTreeMap<_, Vec<&Hop>> = BTreeMap::new();
    let mut before: BTreeMap<_, usize> = BTreeMap::new();
    for hops in citations.iter().map(|citation| &citation.hops) {
        for (first, second) in hops.iter().zip(hops.iter().skip(1)) {
            next.entry(first.origin()).or_default().push(second);
            *before.entry(second.origin()).or_default() += 1;
        }
    }
    // What no circle leads to is in none, which is all there is but in rare cases.
    let mut ready: Vec<_> = next.keys().filter(|origin| !before.contains_key(*origin)).copied().collect();
    while let Some(origin) = ready.pop() {
        for hop in next.remove(&origin).into_iter().flatten() {
            if let Some(count) = before.get_mut(&hop.origin()) {
                *count -= 1;
                if *count == 0 {
                    ready.push(hop.origin());
                }
            }
        }
    }
    // Breadth first from each hop in turn, so that the circle told is a shortest one.
    let hops = citations.iter().flat_map(|citation| &citation.hops);
    hops.filter(|hop| next.contains_key(&hop.origin())).find_map(|start| {
        // Each with the place of the one before it.
        let mut reached = vec![(start, 0)];
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while let Some((last, _)) = reached.get(at).copied() {
            for hop in next.get(&last.origin()).into_iter().flatten().copied() {
                if hop.origin() == start.origin() {
                    let back = std::iter::successors(Some(at), |at| {
                        reached.get(*at).map(|(_, before)| *before).filter(|_| *at > 0)
                    });
                    let mut circle = vec![hop];
                    circle.extend(back.filter_map(|at| reached.get(at)).map(|(hop, _)| *hop));
                    circle.reverse();
                    return Some(circle);
                }
                if seen.insert(hop.origin()) {
                    reached.push((hop, at));
                }
            }
            at += 1;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ref;
    use crate::source::{Sources, Span};

    fn chains(texts: &[&str]) -> Vec<Citation> {
        let file = Sources::default().insert("a", Vec::new());
        let span = Span::new(file, 0..0);
        let hop = |key: &str| Hop::Source { source: Ref { text: key.to_owned(), span }, locator: None };
        texts.iter().map(|text| Citation { hops: text.split(" citing ").map(hop).collect(), span }).collect()
    }

    fn names(hops: &[&Hop]) -> Vec<String> {
        hops.iter().map(|hop| hop.origin().1.to_owned()).collect()
    }

    #[test]
    fn origins_are_where_no_chain_leads_on() {
        let count = |texts: &[&str]| names(&origins(&Dossier::default(), &chains(texts)));
        assert_eq!(count(&["a citing c", "b citing c"]), ["c"]);
        assert_eq!(count(&["a", "b"]), ["a", "b"]);
        // What a rests on is known from the other chain.
        assert_eq!(count(&["b citing a", "a citing c", "c"]), ["c"]);
        assert_eq!(count(&[]), Vec::<String>::new());
    }

    #[test]
    fn chains_that_rest_on_each_other_make_a_circle() {
        let found = |texts: &[&str]| circle(&chains(texts)).map(|hops| names(&hops));
        assert_eq!(found(&["a citing b", "b citing c"]), None);
        assert_eq!(found(&["a citing b", "b citing a"]).unwrap(), ["a", "b", "a"]);
        assert_eq!(
            found(&["d citing a citing b", "b citing c", "c citing a"]).unwrap(),
            ["a", "b", "c", "a"]
        );
    }
}
