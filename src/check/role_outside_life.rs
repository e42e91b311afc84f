//! An office held before somebody was born, or after they had died.

use super::life::Life;
use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// A role that begins or ends outside the life of the person. One of the dates, or the person, is wrong;
    /// two people of one name are the usual cause. Of an office that was empty for some time, `to` is the day
    /// of the death, and not the day before it was filled again.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not; a role that ends in the
    /// year of the death is in order. A note, too, when a role of somebody who has died has a beginning and
    /// no end: it then has not ended.
    CODE = "role-outside-life";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (id, person) in dossier.ids(Kind::Person).zip(dossier.people.iter()) {
        let Some(life) = Life::of(dossier, id) else { continue };
        for role in &person.data.roles {
            let begun = role.from.as_ref().map(|from| (from, "begin", life.outside(&from.value)));
            let ended = role.to.as_ref().map(|to| (to, "end", life.outside_at_end(&to.value)));
            for (end, verb, outside) in begun.into_iter().chain(ended) {
                let Some(outside) = outside else { continue };
                let certain = outside.clash == time::Clash::Certain;
                let may = if certain { format!("{verb}s") } else { format!("may {verb}") };
                let message = format!("the role \"{}\" {may} {}", role.role, life.beyond(outside));
                let problem = life.told(outside, Diagnostic::error(CODE, end.span, message));
                report(Finding::clash(outside.clash, id, problem));
            }
            if let (Some(from), None, Some(died)) = (&role.from, &role.to, life.to)
                && life.outside(&from.value).is_none()
            {
                let message = format!("the role \"{}\" has no end, and `{}` has died", role.role, person.key);
                let problem = Diagnostic::error(CODE, from.span, message)
                    .also(died.span, "died")
                    .help(format!("give the role its end, such as `to = \"{}\"`", died.value));
                report(Finding::possible(id, problem));
            }
        }
    }
}
