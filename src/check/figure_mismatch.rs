//! A figure in the text that the records do not bear out.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::figures::{disagreement, named};
use crate::link::refs::bodies;
use crate::link::select::denied;
use crate::model::body::Piece;

crate::code! {
    /// A figure in the text that the records do not bear out: one was taken out, moved or added since the
    /// sentence was written, or the sentence repeats a count that a source gives and the dossier does not
    /// reach.
    ///
    /// The records that were counted are listed. What is denied or retracted is not counted, unless the query has a
    /// term for it: `status="reported denied"`. Correct the text, the query or the records. A figure that
    /// is a source's own words belongs in a quotation, with its citation and without `:count`.
    CODE = "figure-mismatch";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    for id in linked.dossier.all() {
        for piece in bodies(&linked.dossier, id).into_iter().flat_map(|body| &body.pieces) {
            let Piece::Figure(figure) = piece else { continue };
            let Some((words, count)) = disagreement(linked, figure) else { continue };
            let message = format!("the text says {words}, and the records say {}", count.range());
            let mut help = count.listed(linked);
            let denied = denied(linked, &figure.query);
            let names = named(linked, &denied.all(linked));
            if !names.is_empty() {
                help.push_str(&format!(
                    "; denied or retracted, and counted only where the figure asks for all that it counts, \
                     `status=\"reported confirmed disputed denied retracted\"`: {names}"
                ));
            }
            let problem = Diagnostic::error(CODE, figure.span, message).help(help);
            report(Finding::certain(id, problem));
        }
    }
}
