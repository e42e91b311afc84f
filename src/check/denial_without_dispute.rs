//! A record that somebody denies, with a status that does not say so.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::{Position, Status};

crate::code! {
    /// A party denies the record, and its status does not say so. Readers must see a denial wherever they
    /// see the record.
    ///
    /// Leave `status` out, so that it follows from what the parties say, or write `disputed` or `denied`;
    /// `retracted` where the source took its report back.
    CODE = "denial-without-dispute";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let Some(standing) = dossier.standing(id) else { continue };
        let Some(denial) = standing.by(Position::Denied).next() else { continue };
        let Some(status) = &standing.status else { continue };
        if matches!(status.value, Status::Disputed | Status::Denied | Status::Retracted) {
            continue;
        }
        let message =
            format!("this {} is denied, and its status is `{}`", id.kind.singular(), status.value.key());
        let problem = Diagnostic::warning(CODE, status.span, message)
            .also(denial.who.as_ref().map_or(denial.span, |who| who.span), "denied by")
            .help("write `status = \"disputed\"` or `\"denied\"`, or leave it out");
        report(Finding::certain(id, problem));
    }
}
