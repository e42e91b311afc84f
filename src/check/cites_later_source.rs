//! A chain in which a source cites one that was published after it.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::{SOURCE, citations};
use crate::model::citation::Hop;

crate::code! {
    /// A chain in which a source cites, itself or by others, one that was published after it. Nothing can
    /// cite what is not there yet: the chain is the wrong way round, one of the dates is wrong, or an earlier edition is meant.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. Two sources of one
    /// month may be in order.
    CODE = "cites-later-source";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        for (citation, _) in citations(dossier, id) {
            // Each is held against the last one before it of which it is known when it was published.
            let dated = citation.hops.iter().filter_map(|hop| {
                let Hop::Source { source, .. } = hop else { return None };
                let id = dossier.get(source, SOURCE)?;
                Some((source, id, dossier.sources.get(id.index)?.data.published.as_ref()?))
            });
            let dated: Vec<_> = dated.collect();
            for pair in dated.windows(2) {
                let &[(_, citing, own), (second, cited, other)] = pair else { continue };
                let Some(clash) = time::later(&other.value, &own.value) else { continue };
                let may = if clash == time::Clash::Certain { "was" } else { "may have been" };
                let message = format!(
                    "`{}` cites `{}`, which {may} published later",
                    dossier.key(citing),
                    dossier.key(cited)
                );
                let problem = Diagnostic::error(CODE, second.span, message)
                    .also(own.span, format!("`{}` was published", dossier.key(citing)))
                    .also(other.span, format!("`{}` was published", dossier.key(cited)))
                    .help("turn the chain round, or correct one of the dates");
                report(Finding::clash(clash, id, problem).once_about((citing, cited)));
            }
        }
    }
}
