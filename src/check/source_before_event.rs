//! A record that cites a source from before it happened.

use std::collections::BTreeSet;

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::written_date;
use crate::link::refs::{Part, SOURCE, citations};
use crate::model::Kind;
use crate::model::citation::Hop;

crate::code! {
    /// A meeting or event that rests on a source which was published before it happened. Such a source can
    /// announce it, and not report that it took place. What a participant cites counts, too; what a party
    /// or the prose cites may be about something earlier.
    ///
    /// Correct one of the dates, or cite a source that reports it; a note where one of the dates is in
    /// doubt. An announcement can stay, with the reason in `allow`.
    CODE = "source-before-event";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting).chain(dossier.ids(Kind::Event)) {
        let Some(day) = written_date(dossier, id) else { continue };
        // A source that several participants cite is told of once.
        let mut seen = BTreeSet::new();
        let own = citations(dossier, id).into_iter();
        let own = own.filter(|(_, part)| matches!(part, Part::Whole | Part::Participant));
        for hop in own.flat_map(|(citation, _)| &citation.hops) {
            let Hop::Source { source, .. } = hop else { continue };
            let Some(cited) = dossier.get(source, SOURCE).filter(|cited| seen.insert(*cited)) else {
                continue;
            };
            let Some(record) = dossier.sources.get(cited.index) else { continue };
            let Some(published) = &record.data.published else { continue };
            let Some(clash) = time::before(&published.value, &day.value) else { continue };
            let was = if clash == time::Clash::Certain { "was" } else { "may have been" };
            let message = format!(
                "the source `{}` {was} published before the {} `{}` happened",
                record.key,
                id.kind.singular(),
                dossier.key(id)
            );
            let problem = Diagnostic::warning(CODE, source.span, message)
                .also(published.span, "published")
                .also(day.span, "happened")
                .help("correct one of the dates, or cite a source that reports it");
            report(Finding::clash(clash, id, problem));
        }
    }
}
