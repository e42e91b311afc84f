//! A meeting with somebody who was not yet born, or had died, or with a group that was not there.

use super::life::Life;
use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::written_date;
use crate::link::refs::{GROUP, PARTY};
use crate::model::Kind;
use crate::model::meeting::Who;

crate::code! {
    /// A meeting that lies outside the life of somebody who is said to have taken part: before their birth
    /// or after their death. Or it lies before the founding or after the dissolution of a group that took
    /// part, or for which somebody did. One of the dates, or the person or group, is wrong; two people of
    /// one name are the usual cause, and a body that was renamed is often two groups.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. A report that was denied
    /// or taken back for just that can stay, with the reason in `allow`. An event, such as a burial, may
    /// involve the dead.
    CODE = "meeting-outside-life";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting) {
        let Some(day) = written_date(dossier, id) else { continue };
        for participant in dossier.participants(id) {
            let who = match &participant.who {
                Who::Record(who) => Some((who, PARTY)),
                Who::Unnamed { .. } | Who::Withheld => None,
            };
            let for_group = participant.for_group.as_ref().map(|group| (group, GROUP));
            for (party, kinds) in who.into_iter().chain(for_group) {
                let Some(about) = dossier.get(party, kinds) else { continue };
                let Some(life) = Life::of(dossier, about) else { continue };
                let Some(outside) = life.outside(&day.value) else { continue };
                let may = if outside.clash == time::Clash::Certain { "lies" } else { "may lie" };
                let message = format!("the meeting `{}` {may} {}", dossier.key(id), life.beyond(outside));
                let problem = Diagnostic::error(CODE, party.span, message).also(day.span, "met");
                let problem = life.told(outside, problem);
                report(Finding::clash(outside.clash, id, problem).and_about(about));
            }
        }
    }
}
