//! A source that nothing cites.

use crate::diag::{Code, Diagnostic};
use crate::link::Linked;
use crate::model::Kind;

pub const CODE: Code = Code {
    name: "source-never-cited",
    explanation: "Nothing in the dossier rests on this source. Cite it where it is used, or take it out: a list of \
                  sources that bear nothing makes the others look weaker.\n",
};

pub fn run(linked: &Linked, report: &mut dyn FnMut(Diagnostic)) {
    for id in linked.dossier.ids(Kind::Source) {
        if linked.uses(id).is_empty()
            && let Some(span) = linked.dossier.span(id)
        {
            report(
                Diagnostic::warning(
                    CODE,
                    span,
                    format!("nothing cites the source `{}`", linked.dossier.key(id)),
                )
                .help(format!(
                    "cite it where it is used, `cite = \"{} ¶1\"`, or take it out",
                    linked.dossier.key(id)
                )),
            );
        }
    }
}
