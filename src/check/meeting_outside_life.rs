//! A meeting with somebody who was not yet born, or had died.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::date;
use crate::link::refs::PERSON;
use crate::model::Kind;
use crate::model::meeting::Who;

crate::code! {
    /// A meeting that lies outside the life of somebody who is said to have taken part: before their birth
    /// or after their death. One of the dates, or the person, is wrong; two people of one name are the
    /// usual cause.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not.
    CODE = "meeting-outside-life";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting) {
        let Some(day) = date(dossier, id) else { continue };
        for participant in dossier.participants(id) {
            let Who::Record(who) = &participant.who else { continue };
            let Some(about) = dossier.get(who, PERSON) else { continue };
            let Some(person) = dossier.people.get(about.index) else { continue };
            let born = person.data.born.as_ref();
            let died = person.data.died.as_ref();
            let Some(clash) = time::outside(day, born, died) else { continue };
            let too_early = born.and_then(|born| time::earlier(day, &born.value)) == Some(clash);
            let (limit, label, what) = if too_early {
                (born, "born", "before the birth")
            } else {
                (died, "died", "after the death")
            };
            let may = if clash == time::Clash::Certain { "lies" } else { "may lie" };
            let message = format!("the meeting `{}` {may} {what} of `{}`", dossier.key(id), person.key);
            let mut problem = Diagnostic::error(CODE, who.span, message)
                .help("correct one of the dates, or see whether two people have one name");
            if let Some(limit) = limit {
                problem = problem.also(limit.span, label);
            }
            report(Finding::clash(clash, id, problem).and_about(about));
        }
    }
}
