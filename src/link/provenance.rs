//! Where each source is cited, and from how many independent origins a statement comes.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::refs::{Part, SOURCE, citations};
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::{Dossier, Id};

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

/// Where each source is cited.
pub fn uses(dossier: &Dossier, ids: &[Id]) -> HashMap<Id, Vec<Use>> {
    let found: Vec<Vec<(Id, Use)>> = ids
        .par_iter()
        .map(|id| {
            let mut found = Vec::new();
            for (citation, part) in citations(dossier, *id) {
                for (hop, at) in citation.hops.iter().zip(0..) {
                    if let Hop::Source { source, .. } = hop
                        && let Some(source) = dossier.get(source, SOURCE)
                    {
                        found.push((source, Use { by: *id, part, hop: at, citation: citation.clone() }));
                    }
                }
            }
            found
        })
        .collect();
    let mut uses: HashMap<Id, Vec<Use>> = HashMap::new();
    for (source, r#use) in found.into_iter().flatten() {
        uses.entry(source).or_default().push(r#use);
    }
    uses
}

/// The number of independent origins of a statement: its distinct last hops. Three outlets that
/// repeat one report are one origin.
pub fn origins<'c>(citations: impl IntoIterator<Item = &'c Citation>) -> usize {
    citations
        .into_iter()
        .filter_map(|citation| citation.origin())
        .map(Hop::origin)
        .collect::<BTreeSet<_>>()
        .len()
}
