//! A record that calls itself confirmed, and rests on one origin.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic};
use crate::link::Linked;
use crate::link::provenance::origins;
use crate::model::{Position, Status};

pub const CODE: Code = Code {
    name: "confirmed-on-one-origin",
    explanation: "`confirmed` says that independent origins agree. Several outlets that repeat one report are one \
                  origin: cite another one, name a party in `confirmed_by`, or call the record `reported`.\n",
};

pub fn run(linked: &Linked, report: &mut dyn FnMut(Diagnostic)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let (Some(standing), Some(common)) = (dossier.standing(id), dossier.common(id)) else { continue };
        let Some(status) = standing.status.as_ref().filter(|status| status.value == Status::Confirmed) else {
            continue;
        };
        // Whoever confirms a record is an origin of its own.
        let stances = standing.stances.iter().filter(|stance| stance.position == Position::Confirmed);
        let parties: BTreeSet<&str> = stances.map(|stance| stance.who.text.as_str()).collect();
        let origins = origins(&common.cite) + parties.len();
        if origins < 2 {
            let message = format!(
                "this {} is called confirmed on {}",
                id.kind.singular(),
                if origins == 0 { "no origin" } else { "one origin" }
            );
            report(
                Diagnostic::warning(CODE, status.span, message)
                    .help("cite an independent origin, add `confirmed_by`, or write `status = \"reported\"`"),
            );
        }
    }
}
