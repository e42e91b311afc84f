//! A source that nothing cites.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// Nothing in the dossier rests on this source. A list of sources that bear nothing makes the others
    /// look weaker.
    ///
    /// Cite it where it is used, or take it out.
    CODE = "source-never-cited";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Source) {
        if linked.uses(id).next().is_none()
            && let Some(span) = dossier.span(id)
        {
            let key = dossier.key(id);
            let problem = Diagnostic::warning(CODE, span, format!("nothing cites the source `{key}`"))
                .help(format!("cite it where it is used, `cite = \"{key} ¶1\"`, or take it out"));
            report(Finding::certain(id, problem));
        }
    }
}
