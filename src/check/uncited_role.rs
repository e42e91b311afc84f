//! An office or membership that says nothing of where it comes from.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// A role, or a group's membership in another one, that cites no source. That somebody held an office,
    /// and when, is a statement of its own: the source that names the person need not be the one that gives
    /// the years.
    ///
    /// Add `cite` as the last field of the role or membership, or to the person or group, when one source
    /// stands for all of it.
    CODE = "uncited-role";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (id, person) in dossier.ids(Kind::Person).zip(dossier.people.iter()) {
        if person.common.cites {
            continue;
        }
        for role in person.data.roles.iter().filter(|role| role.cite.is_empty()) {
            let message = format!("the role \"{}\" of `{}` cites no source", role.role, person.key);
            let problem = Diagnostic::warning(CODE, role.of.span, message)
                .help("add `cite = \"source ¶1\"` as the last field of the role");
            report(Finding::certain(id, problem));
        }
    }
    for (id, group) in dossier.ids(Kind::Group).zip(dossier.groups.iter()) {
        if group.common.cites {
            continue;
        }
        for part in group.data.part_of.iter().filter(|part| part.cite.is_empty()) {
            let message = format!("the membership of `{}` in `{}` cites no source", group.key, part.of.text);
            let problem = Diagnostic::warning(CODE, part.of.span, message)
                .help(format!("write `part_of = {{ of = \"{}\", cite = \"source ¶1\" }}`", part.of.text));
            report(Finding::certain(id, problem));
        }
    }
}
