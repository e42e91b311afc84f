//! A meeting with somebody who was not yet born, or had died.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::written_date;
use crate::link::refs::PERSON;
use crate::model::Kind;
use crate::model::meeting::Who;

crate::code! {
    /// A meeting that lies outside the life of somebody who is said to have taken part: before their birth
    /// or after their death. One of the dates, or the person, is wrong; two people of one name are the
    /// usual cause.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. A report that was denied
    /// or taken back for just that can stay, with the reason in `allow`.
    CODE = "meeting-outside-life";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting) {
        let Some(day) = written_date(dossier, id) else { continue };
        for participant in dossier.participants(id) {
            let Who::Record(who) = &participant.who else { continue };
            let Some(about) = dossier.get(who, PERSON) else { continue };
            let Some(person) = dossier.people.get(about.index) else { continue };
            let born = person.data.born.as_ref();
            let died = person.data.died.as_ref();
            let Some(outside) = time::outside(&day.value, born, died) else { continue };
            let what = match (outside.before, outside.after) {
                (true, true) => "outside the life",
                (true, false) => "before the birth",
                (false, _) => "after the death",
            };
            let may = if outside.clash == time::Clash::Certain { "lies" } else { "may lie" };
            let message = format!("the meeting `{}` {may} {what} of `{}`", dossier.key(id), person.key);
            let mut problem = Diagnostic::error(CODE, who.span, message)
                .also(day.span, "met")
                .help("correct one of the dates, or see whether two people have one name");
            for (limit, label) in outside.limits((born, "born"), (died, "died")) {
                problem = problem.also(limit.span, label);
            }
            report(Finding::clash(outside.clash, id, problem).and_about(about));
        }
    }
}
