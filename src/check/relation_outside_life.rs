//! A relation with somebody who was not yet born, or had died.

use super::life::Life;
use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::PARTY;
use crate::model::Kind;
use crate::model::relation::RelationKind;

crate::code! {
    /// A relation that begins or ends outside the life of one of the two: before the birth of a person or
    /// the founding of a group, or after their death or its dissolution. One of the dates, or the record,
    /// is wrong.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. A relation that ends in
    /// the year of a death is in order; that of a family can begin after one, and goes on.
    CODE = "relation-outside-life";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (id, relation) in dossier.ids(Kind::Relation).zip(dossier.relations.iter()) {
        for party in [&relation.data.from, &relation.data.to] {
            let Some(about) = dossier.get(party, PARTY) else { continue };
            let Some(mut life) = Life::of(dossier, about) else { continue };
            if relation.data.kind == RelationKind::Family {
                life.to = None;
            }
            let begun = relation.data.since.as_ref().map(|date| (date, "begin", life.outside(&date.value)));
            let ended = relation.data.until.as_ref();
            let ended = ended.map(|date| (date, "end", life.outside_at_end(&date.value)));
            for (date, verb, outside) in begun.into_iter().chain(ended) {
                let Some(outside) = outside else { continue };
                let certain = outside.clash == time::Clash::Certain;
                let may = if certain { format!("{verb}s") } else { format!("may {verb}") };
                let message = format!("the relation `{}` {may} {}", relation.key, life.beyond(outside));
                let problem = life.told(outside, Diagnostic::error(CODE, date.span, message));
                report(Finding::clash(outside.clash, id, problem).and_about(about));
            }
        }
    }
}
