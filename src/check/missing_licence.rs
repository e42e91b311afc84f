//! A picture in a text without its credit or licence.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::bodies;

crate::code! {
    /// A picture without its credit or licence: who made it, and on what terms it may be shown. Readers
    /// who want to use it, and the lawyer who reads the dossier first, ask for both.
    ///
    /// Write them in braces right behind it:
    /// `![a map](map.png){credit="A. Photographer" licence="CC BY 4.0"}`.
    CODE = "missing-licence";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    for id in linked.dossier.all() {
        for image in bodies(&linked.dossier, id).into_iter().flat_map(|body| &body.images) {
            let missing = match (&image.credit, &image.licence) {
                (Some(_), Some(_)) => continue,
                (Some(_), None) => "no licence",
                (None, Some(_)) => "no credit",
                (None, None) => "neither credit nor licence",
            };
            let problem = Diagnostic::warning(CODE, image.span, format!("this image has {missing}")).help(
                "write them right behind it: `![..](file.png){credit=\"A. Photographer\" licence=\"CC BY 4.0\"}`",
            );
            report(Finding::certain(id, problem));
        }
    }
}
