//! An office held before somebody was born, or taken up after they had died.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// A role that begins outside the life of the person, or ends before their birth. One of the dates, or
    /// the person, is wrong; two people of one name are the usual cause.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. A role may end after a
    /// death: that is when it was filled again.
    CODE = "role-outside-life";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (id, person) in dossier.ids(Kind::Person).zip(dossier.people.iter()) {
        let (born, died) = (person.data.born.as_ref(), person.data.died.as_ref());
        for role in &person.data.roles {
            let begun = role.from.as_ref().map(|from| (from, "begin", died));
            let ended = role.to.as_ref().map(|to| (to, "end", None));
            for (end, verb, died) in begun.into_iter().chain(ended) {
                let Some(outside) = time::outside(&end.value, born, died) else { continue };
                let when = match (outside.before, outside.after) {
                    (true, true) => "outside their life",
                    (true, false) => "before their birth",
                    (false, _) => "after their death",
                };
                let certain = outside.clash == time::Clash::Certain;
                let may = if certain { format!("{verb}s") } else { format!("may {verb}") };
                let message = format!("the role \"{}\" of `{}` {may} {when}", role.role, person.key);
                let mut problem = Diagnostic::error(CODE, end.span, message)
                    .help("correct one of the dates, or see whether two people have one name");
                for (limit, label) in outside.limits((born, "born"), (died, "died")) {
                    problem = problem.also(limit.span, label);
                }
                report(Finding::clash(outside.clash, id, problem));
            }
        }
    }
}
