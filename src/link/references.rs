//! One record -> all that its references come to; and which of that holds again in the next run.

use super::provenance::Use;
use super::refs::Said;
use super::{graph, provenance, refs, routes};
use crate::diag::Diagnostic;
use crate::model::body::Piece;
use crate::model::dossier::{Dossier, Id};

/// What follows from what one record or article says of others.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// What is wrong with its references.
    pub found: Vec<Diagnostic>,
    /// The records and articles that it refers to, in order.
    pub outgoing: Vec<Id>,
    /// The sources that it cites, in the order of its statements.
    pub uses: Vec<(Id, Use)>,
    /// Whether it shows, holds or links to files.
    pub has_files: bool,
    /// Whether its texts have checked figures.
    pub has_figures: bool,
    /// Whether all this follows from the record itself and from the names of the others, and not from what the others
    /// say or where they stand.
    is_own: bool,
}

impl References {
    pub fn of(dossier: &Dossier, id: Id) -> References {
        let said = Said::of(dossier, id);
        let found = refs::check(dossier, id, &said);
        let pieces = || said.bodies.iter().flat_map(|body| &body.pieces);
        let to_anchor = |piece: &Piece| {
            matches!(piece, Piece::Wikilink { anchor: Some(_), .. } | Piece::File { anchor: Some(_), .. })
        };
        let to_file = |piece: &Piece| matches!(piece, Piece::Image { .. } | Piece::File { .. });
        References {
            is_own: found.is_empty() && !pieces().any(to_anchor),
            has_files: pieces().any(to_file) || routes::holds_file(dossier, id),
            has_figures: pieces().any(|piece| matches!(piece, Piece::Figure(_))),
            outgoing: graph::outgoing(dossier, id, &said),
            uses: provenance::uses(dossier, id, &said),
            found,
        }
    }

    /// Whether they hold again for the same record among records of the same names.
    pub fn hold_again(&self) -> bool {
        self.is_own
    }

    /// Whether they lead to the same records, in the same order.
    pub fn lead_where(&self, others: &References) -> bool {
        let sources =
            |references: &References| references.uses.iter().map(|(source, _)| *source).collect::<Vec<_>>();
        self.outgoing == others.outgoing && sources(self) == sources(others)
    }
}
