//! An office or membership held before its group was there, or after it was gone.

use super::life::Life;
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
    /// An error when no day that the dates allow fits, a note when only some do not; what ends in the year in
    /// which the group was dissolved is in order. A note, too, when a
    /// role in a group that was dissolved has a beginning and no end: it then has not ended.
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
    let Some(life) = Life::of(&linked.dossier, group) else { return };
    let mut fits = true;
    for (end, verb) in ends.into_iter().zip(["begin", "end"]) {
        let Some(end) = end else { continue };
        let outside = if verb == "end" { life.outside_at_end(&end.value) } else { life.outside(&end.value) };
        let Some(outside) = outside else { continue };
        fits = false;
        let certain = outside.clash == time::Clash::Certain;
        let may = if certain { format!("{verb}s") } else { format!("may {verb}") };
        let message = format!("{what} {may} {}", life.beyond(outside));
        let problem = life.told(outside, Diagnostic::error(CODE, end.span, message));
        report(Finding::clash(outside.clash, about, problem).and_about(group));
    }
    if let ([Some(from), None], Some(dissolved)) = (ends, life.to)
        && fits
    {
        let message = format!("{what} has no end, and `{}` was dissolved", linked.dossier.key(group));
        let problem = Diagnostic::error(CODE, from.span, message)
            .also(dissolved.span, "dissolved")
            .help(format!("give it its end, such as `to = \"{}\"`", dissolved.value));
        report(Finding::possible(about, problem).and_about(group));
    }
}
