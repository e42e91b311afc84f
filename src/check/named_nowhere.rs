//! A person or group that no record names.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// A person or group that nothing in the dossier names: no meeting, event, relation, role, source or
    /// text. Readers find a profile that says only a name, and a listing may harm who is listed.
    ///
    /// Name them where they belong, or take the record out.
    CODE = "named-nowhere";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Person).chain(dossier.ids(Kind::Group)) {
        // That a record was corrected names nobody.
        let named = linked.incoming(id).any(|other| other.kind != Kind::Correction);
        let in_sides = dossier.config.sides.iter().flat_map(|side| &side.groups);
        let on_a_side =
            in_sides.filter_map(|group| dossier.get(group, &[Kind::Group])).any(|group| group == id);
        if !named
            && !on_a_side
            && let Some(span) = dossier.span(id)
        {
            let message = format!("nothing names the {} `{}`", id.kind.singular(), dossier.key(id));
            let problem = Diagnostic::warning(CODE, span, message)
                .help("name them in a meeting, event, relation, role or text, or take the record out");
            report(Finding::certain(id, problem));
        }
    }
}
