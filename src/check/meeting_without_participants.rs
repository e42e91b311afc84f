//! A meeting in which nobody takes part.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// A meeting that names neither people nor groups is found on no profile.
    ///
    /// Name the participants, or describe those whom nobody names:
    /// `{ desc = "senior officials", for = "group" }`.
    CODE = "meeting-without-participants";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting) {
        if dossier.participants(id).is_empty()
            && let Some(span) = dossier.span(id)
        {
            let message = format!("the meeting `{}` names no participants", dossier.key(id));
            let problem = Diagnostic::warning(CODE, span, message)
                .help("add `participants = [{ who = \"person\", for = \"group\" }]`");
            report(Finding::certain(id, problem));
        }
    }
}
