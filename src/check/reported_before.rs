//! A meeting or event that was reported before it happened.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// `reported` says when something was said to have happened, so it cannot lie before `date`. Often the
    /// two stand in each other's place.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. What was announced
    /// and had not happened yet is no record of a meeting; a visit that is planned is an event of its own.
    CODE = "reported-before-it-happened";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    let meetings = dossier
        .ids(Kind::Meeting)
        .zip(dossier.meetings.iter())
        .map(|(id, record)| (id, record.data.date.as_ref(), record.data.reported.as_ref()));
    let events = dossier
        .ids(Kind::Event)
        .zip(dossier.events.iter())
        .map(|(id, record)| (id, record.data.date.as_ref(), record.data.reported.as_ref()));
    for (id, date, reported) in meetings.chain(events) {
        let (Some(date), Some(reported)) = (date, reported) else { continue };
        let Some(clash) = time::earlier(&reported.value, &date.value) else { continue };
        let may = if clash == time::Clash::Certain { "was" } else { "may have been" };
        let message =
            format!("the {} `{}` {may} reported before it happened", id.kind.singular(), dossier.key(id));
        let problem = Diagnostic::error(CODE, reported.span, message)
            .label("reported")
            .also(date.span, "happened")
            .help("did you swap the two?");
        report(Finding::clash(clash, id, problem));
    }
}
