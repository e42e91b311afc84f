//! A status that what the parties say does not bear out.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::provenance::origins;
use crate::model::{Position, Standing, Status};

crate::code! {
    /// A status that nobody's position bears out: `denied` where nobody denies, `reported` where a party
    /// confirms, `denied` where another one confirms. A status is shown with its actor, and here there is
    /// none, or a different one.
    ///
    /// Name the party in `confirmed_by`, `denied_by` or `retracted_by`, or leave `status` out: it follows
    /// from these. `confirmed` is held against the origins by `confirmed-on-one-origin`, a denial that the
    /// status hides by `denial-without-dispute`.
    CODE = "status-against-stance";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let (Some(standing), Some(common)) = (dossier.standing(id), dossier.common(id)) else { continue };
        let Some(status) = &standing.status else { continue };
        let Some((why, position)) =
            contradiction(standing, status.value, origins(dossier, &common.cite).len())
        else {
            continue;
        };
        let message = format!("the status is `{}`, and {why}", status.value.key());
        let mut problem = Diagnostic::warning(CODE, status.span, message)
            .help(format!("write `status = \"{}\"`, or name who says otherwise", standing.derived().key()));
        if let Some(stance) = position.and_then(|position| standing.by(position).next()) {
            problem = problem.also(stance.who.as_ref().map_or(stance.span, |who| who.span), "says otherwise");
        }
        report(Finding::certain(id, problem));
    }
}

/// What speaks against a status, and which position does, when one does.
fn contradiction(
    standing: &Standing,
    status: Status,
    origins: usize,
) -> Option<(&'static str, Option<Position>)> {
    let says = |position| standing.by(position).next().is_some();
    let (confirmed, denied, retracted) =
        (says(Position::Confirmed), says(Position::Denied), says(Position::Retracted));
    match status {
        Status::Reported | Status::Inferred if retracted => {
            Some(("the source took it back", Some(Position::Retracted)))
        }
        Status::Reported | Status::Inferred if confirmed && !denied => {
            Some(("a party confirms it", Some(Position::Confirmed)))
        }
        Status::Denied if !denied => Some(("nobody named denies it", None)),
        Status::Denied if retracted => Some(("the source took it back", Some(Position::Retracted))),
        Status::Disputed if retracted && !confirmed && !denied => {
            Some(("the source took it back", Some(Position::Retracted)))
        }
        Status::Denied if confirmed => Some(("a party confirms it", Some(Position::Confirmed))),
        Status::Retracted if !retracted => Some(("nobody named took it back", None)),
        // Sources that differ make a dispute, too; with one origin there is nobody to differ from.
        Status::Disputed if !denied && !retracted && origins < 2 => Some(("nobody named disputes it", None)),
        Status::Confirmed if retracted => Some(("the source took it back", Some(Position::Retracted))),
        _ => None,
    }
}
