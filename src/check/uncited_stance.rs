//! A position of a party that says nothing of where it comes from.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;

crate::code! {
    /// A confirmation, denial, retraction or refusal to comment that cites no source. Who says a party denied something is as
    /// much a question as who says that it happened.
    ///
    /// Add `cite` as the last field of the position: `denied_by = [{ who = "ministry", cite = "letter" }]`.
    CODE = "uncited-stance";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let stances = dossier.standing(id).into_iter().flat_map(|standing| &standing.stances);
        for stance in stances.filter(|stance| stance.cite.is_empty()) {
            let message =
                format!("this position on the {} `{}` cites no source", id.kind.singular(), dossier.key(id));
            let problem = Diagnostic::warning(CODE, stance.span, message)
                .help("add `cite = \"source ¶1\"` as its last field");
            report(Finding::certain(id, problem));
        }
    }
}
