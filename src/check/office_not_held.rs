//! A meeting that somebody is said to have attended in an office that they did not hold then.

use super::{Finding, time};
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::graph::{group_chain, written_date};
use crate::link::refs::{GROUP, PERSON};
use crate::model::Kind;
use crate::model::date::{Date, Day};
use crate::model::dossier::{Dossier, Id};
use crate::model::meeting::Who;
use crate::model::person::Role;
use crate::source::Spanned;

crate::code! {
    /// A meeting or event names somebody `as` holding an office that is among their roles, at a time when
    /// they did not hold it. Sources often name people by an office of before or after.
    ///
    /// An error when no day that the dates allow fits, a note when only some do not. Correct one of the
    /// dates; or put into `as` what they were then, and how the source names them into `named_as`. Where
    /// `for` names a group, only offices in it, in a part of it or in what it is part of count. Terms of one
    /// office that touch, such as one until 30 June and one from 1 July, are one.
    CODE = "office-not-held";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.ids(Kind::Meeting).chain(dossier.ids(Kind::Event)) {
        let Some(day) = written_date(dossier, id) else { continue };
        for participant in dossier.participants(id) {
            let (Who::Record(who), Some(capacity)) = (&participant.who, &participant.capacity) else {
                continue;
            };
            let Some(person) = dossier.get(who, PERSON) else { continue };
            let roles = dossier.people.get(person.index).map_or(&[][..], |person| &person.data.roles);
            // A chair of one group may have been another's, too.
            let for_group = participant.for_group.as_ref().and_then(|group| dossier.get(group, GROUP));
            let is_of = |role: &Role| {
                for_group.zip(dossier.get(&role.of, GROUP)).is_none_or(|(a, b)| {
                    group_chain(dossier, a).contains(&b) || group_chain(dossier, b).contains(&a)
                })
            };
            let named = |role: &&Role| is_same(&role.role, capacity) && is_of(role);
            let offices: Vec<&Role> = roles.iter().filter(named).collect();
            // One office can be held twice: a single term that fits is enough.
            let clashes = terms(dossier, &offices).into_iter().map(|(from, to)| {
                let outside = time::outside(&day.value, from, to);
                outside.map(|outside| outside.clash)
            });
            let Some(Some(clash)) = clashes.min() else { continue };
            let may = if clash == time::Clash::Certain { "did not hold" } else { "may not have held" };
            let message = format!(
                "`{}` {may} the office \"{capacity}\" at the time of the {} `{}`",
                dossier.key(person),
                id.kind.singular(),
                dossier.key(id)
            );
            let mut problem = Diagnostic::error(CODE, participant.span, message)
                .also(day.span, "the time")
                .help("correct one of the dates, or write into `as` what they were then");
            for span in offices.iter().flat_map(|role| [&role.from, &role.to]).flatten() {
                problem = problem.also(span.span, "the term of this office");
            }
            report(about(clash, id, person, problem));
        }
    }
}

type End<'d> = Option<&'d Spanned<Date>>;

/// The terms in which somebody held offices of one name, each as it is written, and those in one group that
/// touch as one, as when a chair is elected once more.
fn terms<'d>(dossier: &Dossier, offices: &[&'d Role]) -> Vec<(End<'d>, End<'d>)> {
    let first = |from: End| from.and_then(|from| from.value.span().first);
    let last = |to: End| to.and_then(|to| to.value.span().last);
    let mut sorted: Vec<(Option<Id>, End, End)> = offices
        .iter()
        .map(|role| (dossier.get(&role.of, GROUP), role.from.as_ref(), role.to.as_ref()))
        .collect();
    sorted.sort_by_key(|(group, from, _)| (*group, first(*from)));
    let mut joined: Vec<(Option<Id>, End, End)> = Vec::new();
    for (group, from, to) in sorted {
        match joined.last_mut() {
            Some((known, _, end)) if *known == group && touch(last(*end), first(from)) => {
                // An end in doubt may be later than it says.
                let in_doubt = to.is_some_and(|to| to.value.in_doubt());
                if last(to).is_none() || in_doubt || last(*end).is_some_and(|end| last(to) > Some(end)) {
                    *end = to;
                }
            }
            _ => joined.push((group, from, to)),
        }
    }
    // Where dates are in doubt, terms may not touch, or in another order: then one of them may still fit.
    let written = offices.iter().map(|role| (role.from.as_ref(), role.to.as_ref()));
    written.chain(joined.into_iter().map(|(_, from, to)| (from, to))).collect()
}

/// Whether a term that begins on one day goes on from one that ends on the other, or before it has ended.
fn touch(end: Option<Day>, start: Option<Day>) -> bool {
    end.zip(start).is_none_or(|(end, start)| start <= end.add_days(1))
}

fn about(clash: time::Clash, id: Id, person: Id, problem: Diagnostic) -> Finding {
    Finding::clash(clash, id, problem).and_about(person)
}

/// Whether two texts name one office: letters alone, without case.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}
