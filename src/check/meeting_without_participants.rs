//! A meeting in which nobody takes part.

use crate::diag::{Code, Diagnostic};
use crate::link::Linked;
use crate::model::Kind;

pub const CODE: Code = Code {
    name: "meeting-without-participants",
    explanation: "A meeting that names neither people nor groups is found on no profile. Name the participants, or \
                  describe those whom nobody names: `{ desc = \"senior officials\", for = \"group\" }`.\n",
};

pub fn run(linked: &Linked, report: &mut dyn FnMut(Diagnostic)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting) {
        if dossier.participants(id).is_empty()
            && let Some(span) = dossier.span(id)
        {
            report(
                Diagnostic::warning(
                    CODE,
                    span,
                    format!("the meeting `{}` names no participants", dossier.key(id)),
                )
                .help("add `participants = [{ who = \"person\", for = \"group\" }]`"),
            );
        }
    }
}
