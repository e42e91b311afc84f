//! A record that states facts and says nothing of where they come from.

use super::Finding;
use super::life::Life;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::citations;
use crate::model::Kind;
use crate::model::dossier::{Dossier, Id};

crate::code! {
    /// A meeting, event or relation that cites no source; or a person with a date of birth or death, or a
    /// group with one of its founding or dissolution, whose record cites none anywhere, not even for a role
    /// or in its prose. Readers of a dossier must see on whose word each statement stands.
    ///
    /// Cite the source of the record, with the place in it: `cite = "source ¶4"`. An origin that is no
    /// record stands in single quotes: `cite = "'unnamed officials'"`.
    CODE = "uncited-record";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        if states_facts(dossier, id)
            && dossier.common(id).is_some_and(|common| !common.cites)
            && let Some(span) = dossier.span(id)
        {
            let message = format!("the {} `{}` cites no source", id.kind.singular(), dossier.key(id));
            let problem = Diagnostic::warning(CODE, span, message).help("add `cite = \"source ¶1\"`");
            report(Finding::certain(id, problem));
        }
    }
}

/// Whether a record states what only a source for it as a whole bears out.
fn states_facts(dossier: &Dossier, id: Id) -> bool {
    match id.kind {
        Kind::Meeting | Kind::Event | Kind::Relation => true,
        Kind::Person | Kind::Group => {
            let dated = Life::of(dossier, id).is_some_and(|life| life.from.is_some() || life.to.is_some());
            dated && citations(dossier, id).is_empty()
        }
        _ => false,
    }
}
