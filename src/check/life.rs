//! When a person was alive or a group was there, for all lints that hold a date against it.

use super::time::{self, Clash, Outside};
use crate::diag::Diagnostic;
use crate::model::Kind;
use crate::model::date::Date;
use crate::model::dossier::{Dossier, Id};
use crate::source::Spanned;

pub struct Life<'d> {
    id: Id,
    key: &'d str,
    /// Birth or founding.
    pub from: Option<&'d Spanned<Date>>,
    /// Death or dissolution.
    pub to: Option<&'d Spanned<Date>>,
}

impl<'d> Life<'d> {
    pub fn of(dossier: &'d Dossier, id: Id) -> Option<Life<'d>> {
        let (from, to) = match id.kind {
            Kind::Person => {
                let person = &dossier.people.get(id.index)?.data;
                (&person.born, &person.died)
            }
            Kind::Group => {
                let group = &dossier.groups.get(id.index)?.data;
                (&group.founded, &group.dissolved)
            }
            _ => return None,
        };
        Some(Life { id, key: dossier.key(id), from: from.as_ref(), to: to.as_ref() })
    }

    /// How a date clashes with it that must lie within.
    pub fn outside(&self, date: &Date) -> Option<Outside> {
        time::outside(date, self.from, self.to)
    }

    /// The same for the end of what often ends with it: one that is known no better, such as the year of a
    /// death, is in order.
    pub fn outside_at_end(&self, date: &Date) -> Option<Outside> {
        let over = |to: &Spanned<Date>| time::before(&to.value, date).is_some();
        let clash = |it: &Outside| it.clash == Clash::Certain || it.before || self.to.is_some_and(over);
        self.outside(date).filter(clash)
    }

    /// `after the death of`, with whose.
    pub fn beyond(&self, outside: Outside) -> String {
        let which = match (self.id.kind, outside.before, outside.after) {
            (Kind::Person, true, true) => "outside the life",
            (Kind::Person, true, false) => "before the birth",
            (Kind::Person, false, _) => "after the death",
            (_, true, true) => "outside the time",
            (_, true, false) => "before the founding",
            (_, false, _) => "after the dissolution",
        };
        format!("{which} of `{}`", self.key)
    }

    /// The problem with the dates that it clashes with, and what may be wrong.
    pub fn told(&self, outside: Outside, problem: Diagnostic) -> Diagnostic {
        let (labels, help) = match self.id.kind {
            Kind::Person => {
                (["born", "died"], "correct one of the dates, or see whether two people have one name")
            }
            _ => (["founded", "dissolved"], "correct one of the dates, or name another group"),
        };
        let limits = outside.limits((self.from, labels[0]), (self.to, labels[1]));
        limits.fold(problem.help(help), |problem, (limit, label)| problem.also(limit.span, label))
    }
}
