//! A record that cites a source from before it happened.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::written_date;
use crate::link::refs::SOURCE;
use crate::model::Kind;
use crate::model::citation::Hop;
use crate::model::date::Certainty;

crate::code! {
    /// A meeting or event that rests on a source which was published before it happened. Such a source can
    /// announce it, and not report that it took place.
    ///
    /// Correct one of the dates, or cite a source that reports it. An announcement can stay, with the
    /// reason in `allow`.
    CODE = "source-before-event";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting).chain(dossier.ids(Kind::Event)) {
        let Some(day) = written_date(dossier, id) else { continue };
        let citations = dossier.common(id).into_iter().flat_map(|common| &common.cite);
        for hop in citations.flat_map(|citation| &citation.hops) {
            let Hop::Source { source, .. } = hop else { continue };
            let Some(record) = dossier.get(source, SOURCE).and_then(|id| dossier.sources.get(id.index))
            else {
                continue;
            };
            let Some(published) = &record.data.published else { continue };
            if published.value.before(&day.value) != Certainty::Certain {
                continue;
            }
            let message = format!(
                "the source `{}` was published before the {} `{}` happened",
                record.key,
                id.kind.singular(),
                dossier.key(id)
            );
            let problem = Diagnostic::warning(CODE, source.span, message)
                .also(published.span, "published")
                .also(day.span, "happened")
                .help("correct one of the dates, or cite a source that reports it");
            report(Finding::certain(id, problem));
        }
    }
}
