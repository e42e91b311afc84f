//! Two people in one office that one person holds at a time.

use std::collections::BTreeMap;

use super::Finding;
use super::office_not_held::is_same;
use crate::diag::{Diagnostic, did_you_mean};
use crate::link::Linked;
use crate::model::Kind;
use crate::model::date::Day;
use crate::model::dossier::Id;
use crate::model::person::Role;
use crate::source::Spanned;

crate::code! {
    /// Two people in an office that one person holds at a time, on more than the day of a handover. The
    /// usual cause is a term whose end is missing: a role with `from` and without `to` has not ended.
    ///
    /// Only offices that the group lists in `exclusive_roles` are held against each other, and only where
    /// the dates leave no other reading; a note where one of them is in doubt. A note, too, on an office in
    /// the list by whose name nobody holds a role of the group: it is held against nothing.
    CODE = "overlapping-offices";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (group, record) in dossier.ids(Kind::Group).zip(dossier.groups.iter()) {
        if record.data.exclusive_roles.is_empty() {
            continue;
        }
        let held = holders(linked, group);
        for office in record.data.exclusive_roles.iter().filter(|it| !held.contains_key(it.value.as_str())) {
            report(held_by_nobody(linked, group, office));
        }
        for (office, mut holders) in held {
            holders.sort_by_key(|(_, role)| term(role));
            for (at, (first, a)) in holders.iter().enumerate() {
                for (second, b) in &holders[at + 1..] {
                    if first == second || !overlap(a, b) {
                        continue;
                    }
                    let doubt = in_doubt(a) || in_doubt(b);
                    let message = format!(
                        "`{}` and `{}` {} the office \"{office}\" of `{}` at one time",
                        dossier.key(*first),
                        dossier.key(*second),
                        if doubt { "may both hold" } else { "both hold" },
                        record.key
                    );
                    let place = |role: &Role| role.from.as_ref().map_or(role.of.span, |from| from.span);
                    let help = match (&a.to, &b.from) {
                        (None, Some(from)) => format!(
                            "give the term of `{}` its end, such as `to = \"{}\"`, or correct one of the dates",
                            dossier.key(*first),
                            from.value
                        ),
                        _ => {
                            "correct one of the dates: only the day of a handover belongs to both".to_owned()
                        }
                    };
                    let problem = Diagnostic::error(CODE, place(b), message)
                        .also(a.to.as_ref().map_or(place(a), |to| to.span), "the other term")
                        .help(help);
                    let found = if doubt {
                        Finding::possible(*first, problem)
                    } else {
                        Finding::certain(*first, problem)
                    };
                    report(found.and_about(*second).and_about(group));
                }
            }
        }
    }
}

/// An office that is listed, and perhaps misspelt.
fn held_by_nobody(linked: &Linked, group: Id, office: &Spanned<String>) -> Finding {
    let dossier = &linked.dossier;
    let roles = linked.members(group).iter().filter_map(|(person, at)| {
        Some(dossier.people.get(person.index)?.data.roles.get(*at)?.role.as_str())
    });
    let near = did_you_mean(&office.value, roles).map(|near| format!("did you mean \"{near}\"?"));
    let message = format!("nobody holds the office \"{}\" of `{}`", office.value, dossier.key(group));
    let problem = Diagnostic::warning(CODE, office.span, message).help(
        near.unwrap_or_else(|| "write it as the roles do, or take it out of `exclusive_roles`".to_owned()),
    );
    Finding::possible(group, problem)
}

/// Those who hold each exclusive office of a group.
fn holders(linked: &Linked, group: Id) -> BTreeMap<&str, Vec<(Id, &Role)>> {
    let dossier = &linked.dossier;
    let offices = dossier.groups.get(group.index).map_or(&[][..], |group| &group.data.exclusive_roles);
    let mut found: BTreeMap<&str, Vec<(Id, &Role)>> = BTreeMap::new();
    for (person, at) in linked.members(group) {
        let Some(role) = dossier.people.get(person.index).and_then(|person| person.data.roles.get(*at))
        else {
            continue;
        };
        if let Some(office) = offices.iter().find(|office| is_same(&office.value, &role.role)) {
            found.entry(&office.value).or_default().push((*person, role));
        }
    }
    found
}

/// The days on which a role was held for certain, both included: from the latest on which it can have
/// begun to the earliest on which it can have ended. A role with no known beginning has none.
fn term(role: &Role) -> Option<(Day, Option<Day>)> {
    let start = role.from.as_ref()?.value.widened().last?;
    let end = match &role.to {
        Some(to) => Some(to.value.widened().first?),
        None => None,
    };
    Some((start, end))
}

fn in_doubt(role: &Role) -> bool {
    [&role.from, &role.to].into_iter().flatten().any(|end| end.value.in_doubt())
}

fn overlap(a: &Role, b: &Role) -> bool {
    let (Some(a), Some(b)) = (term(a), term(b)) else { return false };
    let start = a.0.max(b.0);
    let end = match (a.1, b.1) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    // One day in common is the day of the handover.
    end.is_none_or(|end| start < end)
}
