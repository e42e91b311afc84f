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
    /// there: before it was founded or after it was dissolved. One of the dates, or the group, is wrong; a
    /// body that was renamed is often two groups.
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
            let what = format!("the membership of `{}`", group.key);
            term(linked, id, whole, &what, [&part.from, &part.to], report);
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
        let Some(clash) = time::outside(&end.value, founded, dissolved) else { continue };
        let early = founded.and_then(|founded| time::earlier(&end.value, &founded.value)) == Some(clash);
        let (limit, label) = if early { (founded, "founded") } else { (dissolved, "dissolved") };
        let when = if early { "before" } else { "after" };
        let may = if clash == time::Clash::Certain { format!("{verb}s") } else { format!("may {verb}") };
        let message = format!("{what} in `{}` {may} {when} it was {label}", record.key);
        let mut problem = Diagnostic::error(CODE, end.span, message)
            .help("correct one of the dates, or name another group");
        if let Some(limit) = limit {
            problem = problem.also(limit.span, label);
        }
        report(Finding::clash(clash, about, problem).and_about(group));
    }
}
