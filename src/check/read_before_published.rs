//! A source that was read before it was published.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;

crate::code! {
    /// `accessed` lies before `published`. One of the dates is wrong, or what was read is an earlier version
    /// than the one that the record names.
    ///
    /// Correct one of the dates; a note where one of them is in doubt. An advance copy, or a paper that bears the date of the next day, can stay,
    /// with the reason in `allow`.
    CODE = "read-before-published";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let sources = &linked.dossier.sources;
    for (id, source) in linked.dossier.ids(Kind::Source).zip(sources.iter()) {
        let (Some(read), Some(published)) = (&source.data.accessed, &source.data.published) else { continue };
        let Some(clash) = time::before(&read.value, &published.value) else { continue };
        let was = if clash == time::Clash::Certain { "was" } else { "may have been" };
        let message = format!("the source `{}` {was} read before it was published", source.key);
        let problem = Diagnostic::warning(CODE, read.span, message)
            .label("read")
            .also(published.span, "published")
            .help("correct one of the dates");
        report(Finding::clash(clash, id, problem));
    }
}
