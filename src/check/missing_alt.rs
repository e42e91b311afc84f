//! A picture in a text without words that say what it shows.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::bodies;

crate::code! {
    /// A picture without words that say what it shows: those who do not see it learn nothing, and so does
    /// everybody when the file is missing.
    ///
    /// Write them between the brackets: `![a map of the route](map.png)`.
    CODE = "missing-alt";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    for id in linked.dossier.all() {
        for image in bodies(&linked.dossier, id).into_iter().flat_map(|body| &body.images) {
            if image.alt.is_none() {
                let message = "this image has no words that say what it shows";
                let problem = Diagnostic::warning(CODE, image.span, message)
                    .help("write them between the brackets: `![a map of the route](map.png)`");
                report(Finding::certain(id, problem));
            }
        }
    }
}
