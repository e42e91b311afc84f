//! An office or membership held before its group was there, or after it was gone.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::GROUP;
use crate::model::Kind;
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::source::Spanned;

crate::code! {
    /// A role, or a group's membership in another one, that lies outside the time in which the group was
    /// there: before it was founded or after it was dissolved. A membership must fit both groups. One of the
    /// dates, or the group, is wrong; a body that was renamed is often two groups.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not.
    CODE = "role-outside-group";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (id, person) in dossier.ids(Kind::Person).zip(dossier.people.iter()) {
        for role in &person.data.roles {
            let Some(group) = dossier.get(&role.of, GROUP) else { continue };
            let what = format!("the role \"{}\"", role.role);
            term(linked, id, group, &what, [&role.from, &role.to], report);
        }
    }
    for (id, group) in dossier.ids(Kind::Group).zip(dossier.groups.iter()) {
        for part in &group.data.part_of {
            let Some(whole) = dossier.get(&part.of, GROUP) else { continue };
            let key = linked.dossier.key(whole);
            let what = format!("the membership of `{}` in `{key}`", group.key);
            // It can neither be older than the whole nor than the part.
            for group in [whole, id] {
                term(linked, id, group, &what, [&part.from, &part.to], report);
            }
        }
    }
}

/// Holds both ends of a term against the group's own.
fn term(
    linked: &Linked,
    about: Id,
    group: Id,
    what: &str,
    ends: [&Option<Spanned<Date>>; 2],
    report: &mut dyn FnMut(Finding),
) {
    let Some(record) = linked.dossier.groups.get(group.index) else { return };
    let (founded, dissolved) = (record.data.founded.as_ref(), record.data.dissolved.as_ref());
    for (end, verb) in ends.into_iter().zip(["begin", "end"]) {
        let Some(end) = end else { continue };
        let Some(outside) = time::outside(&end.value, founded, dissolved) else { continue };
        let (when, was) = match (outside.before, outside.after) {
            (true, true) => ("outside the time in which", "was there"),
            (true, false) => ("before", "was founded"),
            (false, _) => ("after", "was dissolved"),
        };
        let certain = outside.clash == time::Clash::Certain;
        let may = if certain { format!("{verb}s") } else { format!("may {verb}") };
        let message = format!("{what} {may} {when} `{}` {was}", record.key);
        let mut problem = Diagnostic::error(CODE, end.span, message)
            .help("correct one of the dates, or name another group");
        for (limit, label) in outside.limits((founded, "founded"), (dissolved, "dissolved")) {
            problem = problem.also(limit.span, label);
        }
        report(Finding::clash(outside.clash, about, problem).and_about(group));
    }
}
