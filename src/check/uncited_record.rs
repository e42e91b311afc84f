//! A meeting, event or relation that says nothing of where it comes from.

use crate::diag::{Code, Diagnostic};
use crate::link::Linked;
use crate::model::Kind;

pub const CODE: Code = Code {
    name: "uncited-record",
    explanation: "Readers of a dossier must see on whose word each statement stands. Cite the source of the record, \
                  with the place in it: `cite = \"source ¶4\"`.\n",
};

pub fn run(linked: &Linked, report: &mut dyn FnMut(Diagnostic)) {
    let dossier = &linked.dossier;
    for id in [Kind::Meeting, Kind::Event, Kind::Relation].into_iter().flat_map(|kind| dossier.ids(kind)) {
        if dossier.common(id).is_some_and(|common| !common.cites)
            && let Some(span) = dossier.span(id)
        {
            report(
                Diagnostic::warning(
                    CODE,
                    span,
                    format!("the {} `{}` cites no source", id.kind.singular(), dossier.key(id)),
                )
                .help("add `cite = \"source ¶1\"`"),
            );
        }
    }
}
