//! A meeting, event or relation that says nothing of where it comes from.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// A meeting, event or relation that cites no source. Readers of a dossier must see on whose word each
    /// statement stands.
    ///
    /// Cite the source of the record, with the place in it: `cite = "source ¶4"`. An origin that is no
    /// record stands in single quotes: `cite = "'unnamed officials'"`.
    CODE = "uncited-record";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in [Kind::Meeting, Kind::Event, Kind::Relation].into_iter().flat_map(|kind| dossier.ids(kind)) {
        if dossier.common(id).is_some_and(|common| !common.cites)
            && let Some(span) = dossier.span(id)
        {
            let message = format!("the {} `{}` cites no source", id.kind.singular(), dossier.key(id));
            let problem = Diagnostic::warning(CODE, span, message).help("add `cite = \"source ¶1\"`");
            report(Finding::certain(id, problem));
        }
    }
}
