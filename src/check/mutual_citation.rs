//! Two sources each of which is said to cite the other.

use std::collections::BTreeMap;

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::{SOURCE, statements};
use crate::model::citation::Hop;
use crate::model::dossier::Id;
use crate::source::Span;

crate::code! {
    /// One statement has it that a source cites another, and a second statement that the other cites the
    /// first. Both can be so when each was added to over time, such as two logs; more often one of the
    /// chains is the wrong way round, and a statement seems to come from where it was only repeated.
    ///
    /// Find out which of them has it from the other. Within one statement it is an error:
    /// `circular-sourcing`.
    CODE = "mutual-citation";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    let source = |hop: &Hop| match hop {
        Hop::Source { source, .. } => dossier.get(source, SOURCE),
        Hop::Unrecorded { .. } => None,
    };
    // Who cites whom, and where that is first said: in which statement of which record.
    let mut said: BTreeMap<(Id, Id), (Id, usize, Span)> = BTreeMap::new();
    for id in dossier.all() {
        for (at, (citations, _)) in statements(dossier, id).into_iter().enumerate() {
            for pair in citations.iter().flat_map(|citation| citation.hops.windows(2)) {
                let [citing, cited] = pair else { continue };
                if let (Some(one), Some(other)) = (source(citing), source(cited)) {
                    said.entry((one, other)).or_insert((id, at, cited.span()));
                }
            }
        }
    }
    for (&(one, other), &(id, at, span)) in said.iter().filter(|((one, other), _)| one < other) {
        let Some(&(second, second_at, second_span)) = said.get(&(other, one)) else { continue };
        // Within one statement it was an error.
        if (id, at) == (second, second_at) {
            continue;
        }
        let (one_key, other_key) = (dossier.key(one), dossier.key(other));
        let message = format!("`{one_key}` and `{other_key}` are each said to cite the other");
        let problem = Diagnostic::warning(CODE, second_span, message)
            .label(format!("`{other_key}` citing `{one_key}`"))
            .also(span, format!("`{one_key}` citing `{other_key}`"))
            .help("find out which of the two has it from the other");
        report(Finding::certain(second, problem).and_about(id).and_about(one).and_about(other));
    }
}
