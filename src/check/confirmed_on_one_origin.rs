//! A record that calls itself confirmed, and rests on one origin.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::provenance::origins_with;
use crate::link::refs::PARTY;
use crate::model::dossier::Id;
use crate::model::{Position, Status};

crate::code! {
    /// `confirmed` says that independent origins agree. Several outlets that repeat one report are one
    /// origin, however many they are. So are a party's own statement and the same party in `confirmed_by`.
    ///
    /// Cite another origin, name a party in `confirmed_by`, or leave `status` out: it follows from what the
    /// parties say.
    CODE = "confirmed-on-one-origin";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let (Some(standing), Some(common)) = (dossier.standing(id), dossier.common(id)) else { continue };
        let Some(status) = standing.status.as_ref().filter(|status| status.value == Status::Confirmed) else {
            continue;
        };
        let parties: Vec<Option<Id>> = standing
            .by(Position::Confirmed)
            .map(|stance| stance.who.as_ref().and_then(|who| dossier.get(who, PARTY)))
            .collect();
        let origins = origins_with(dossier, &common.cite, &parties);
        if origins < 2 {
            let message = format!(
                "this {} is called confirmed on {}",
                id.kind.singular(),
                if origins == 0 { "no origin" } else { "one origin" }
            );
            let problem = Diagnostic::warning(CODE, status.span, message)
                .help("cite an independent origin, add `confirmed_by`, or write `status = \"reported\"`");
            report(Finding::certain(id, problem));
        }
    }
}
