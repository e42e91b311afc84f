//! Advice on a dossier that is valid: one lint, one file. `site.toml` says what each does, and a record
//! can set one aside with a reason.

mod cites_later_source;
mod confirmed_and_denied;
mod confirmed_on_one_origin;
mod date_against_original;
mod denial_without_dispute;
mod figure_mismatch;
mod life;
mod meeting_outside_life;
mod meeting_without_participants;
mod missing_alt;
mod missing_licence;
mod mutual_citation;
mod named_nowhere;
mod office_not_held;
mod overlapping_offices;
mod read_before_published;
mod relation_outside_life;
mod reported_before;
mod role_outside_group;
mod role_outside_life;
mod same_name;
mod same_occasion;
mod source_before_event;
mod source_never_cited;
mod status_against_stance;
pub mod time;
mod two_places_at_once;
mod uncited_figure;
mod uncited_record;
mod uncited_role;
mod uncited_stance;
mod withheld_surname;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Severity, did_you_mean};
use crate::link::Linked;
use crate::model::dossier::Id;

pub mod problems {
    //! What can be wrong with the advice that a record sets aside.
    crate::codes! {
        /// `allow` on a record names a lint that does not exist.
        UNKNOWN_LINT = "unknown-lint";
        /// `allow` on a record sets advice aside that nobody gives: what it was about has been mended, or
        /// the lint is off. Take it out, so that it hides nothing later.
        UNNEEDED_ALLOW = "unneeded-allow";
    }
}

/// A rule that a dossier may break with good reason.
pub struct Lint {
    pub code: Code,
    /// What a certain finding does unless `site.toml` says otherwise. One that is only possible is never
    /// more than a note.
    pub default: Severity,
    run: fn(&Linked, &mut dyn FnMut(Finding)),
}

/// What a lint has found.
pub struct Finding {
    /// The records it is about: each of them can set it aside.
    about: Vec<Id>,
    certain: bool,
    /// The pair of records of which it is to be told once, however often it is found.
    pair: Option<(Id, Id)>,
    problem: Diagnostic,
}

impl Finding {
    /// What is so, whatever else turns out.
    fn certain(about: Id, problem: Diagnostic) -> Finding {
        Finding { about: vec![about], certain: true, pair: None, problem }
    }

    /// What a fuller knowledge may clear up.
    fn possible(about: Id, problem: Diagnostic) -> Finding {
        Finding { about: vec![about], certain: false, pair: None, problem }
    }

    /// A clash of dates, as certain as it is.
    fn clash(clash: time::Clash, about: Id, problem: Diagnostic) -> Finding {
        Finding { certain: clash == time::Clash::Certain, ..Finding::possible(about, problem) }
    }

    /// The same about another record, too.
    fn and_about(mut self, other: Id) -> Finding {
        self.about.push(other);
        self
    }

    /// The same about two more, of which it is told once: by the first record that does not set it aside.
    fn once_about(mut self, pair: (Id, Id)) -> Finding {
        self.about.extend([pair.0, pair.1]);
        self.pair = Some(pair);
        self
    }
}

macro_rules! lints {
    ($($module:ident: $level:ident,)+) => {
        /// Every lint, by name.
        pub const LINTS: &[Lint] =
            &[$(Lint { code: $module::CODE, default: Severity::$level, run: $module::run },)+];
    };
}

lints! {
    cites_later_source: Error,
    confirmed_and_denied: Warning,
    confirmed_on_one_origin: Warning,
    date_against_original: Error,
    denial_without_dispute: Warning,
    figure_mismatch: Error,
    meeting_outside_life: Error,
    meeting_without_participants: Note,
    missing_alt: Warning,
    missing_licence: Warning,
    mutual_citation: Note,
    named_nowhere: Warning,
    office_not_held: Error,
    overlapping_offices: Error,
    read_before_published: Warning,
    relation_outside_life: Error,
    reported_before: Error,
    role_outside_group: Error,
    role_outside_life: Error,
    same_name: Warning,
    same_occasion: Warning,
    source_before_event: Warning,
    source_never_cited: Warning,
    status_against_stance: Warning,
    two_places_at_once: Warning,
    uncited_figure: Warning,
    uncited_record: Warning,
    uncited_role: Warning,
    uncited_stance: Warning,
    withheld_surname: Warning,
}

/// The names of all lints.
pub fn names() -> Vec<&'static str> {
    LINTS.iter().map(|lint| lint.code.name).collect()
}

/// What the lints have to say, at the levels that the settings give them, without what records set aside.
pub fn check(linked: &Linked) -> Vec<Diagnostic> {
    check_unless(linked, &|| false).unwrap_or_default()
}

/// The same, or nothing once `stop` says so.
pub fn check_unless(linked: &Linked, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
    run(linked, Severity::Note, stop)
}

/// What lints call an error; those that only warn are not run.
pub fn errors(linked: &Linked) -> Vec<Diagnostic> {
    let mut found = run(linked, Severity::Error, &|| false).unwrap_or_default();
    found.retain(|problem| problem.severity == Severity::Error);
    found
}

/// Runs the lints whose level is as grave as `least` or graver.
fn run(linked: &Linked, least: Severity, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
    if !linked.dossier.unread.is_empty() {
        // It might follow only from what could not be read.
        return Some(Vec::new());
    }
    let allowed = allowed(linked);
    let set =
        |lint: &Lint| linked.dossier.config.lints.get(lint.code.name).copied().unwrap_or(Some(lint.default));
    let level = |lint: &Lint| {
        let level = match linked.dossier.as_of {
            None => set(lint),
            // The past cannot be mended; but texts of today may not fit the records of a former day.
            Some(_) if lint.code == figure_mismatch::CODE => {
                set(lint).map(|level| level.max(Severity::Warning))
            }
            Some(_) => None,
        };
        level.filter(|level| *level <= least)
    };
    let told: Vec<(Vec<Diagnostic>, BTreeSet<Id>)> = LINTS
        .par_iter()
        .filter_map(|lint| Some((lint, level(lint)?)))
        .map(|(lint, level)| {
            if stop() {
                return None;
            }
            let mut found = Vec::new();
            let mut set_aside = BTreeSet::new();
            let mut told = BTreeSet::new();
            let none = BTreeSet::new();
            let allowing = allowed.get(lint.code.name).unwrap_or(&none);
            (lint.run)(linked, &mut |finding: Finding| {
                let by: Vec<Id> = finding.about.iter().filter(|id| allowing.contains(id)).copied().collect();
                if !by.is_empty() {
                    set_aside.extend(by);
                    return;
                }
                if finding.pair.is_some_and(|pair| !told.insert(pair)) {
                    return;
                }
                let severity = if finding.certain { level } else { level.max(Severity::Note) };
                found.push(Diagnostic { severity, ..finding.problem });
            });
            Some((found, set_aside))
        })
        .collect::<Option<_>>()?;
    let mut used: BTreeSet<(&str, Id)> = BTreeSet::new();
    let running = LINTS.iter().filter(|lint| level(lint).is_some());
    for (lint, (_, set_aside)) in running.zip(&told) {
        used.extend(set_aside.iter().map(|id| (lint.code.name, *id)));
    }
    let mut found: Vec<Diagnostic> = told.into_iter().flat_map(|(found, _)| found).collect();
    if linked.dossier.as_of.is_none() {
        found.extend(unneeded(linked, &used));
    }
    Some(found)
}

/// The records that set each lint aside.
fn allowed(linked: &Linked) -> BTreeMap<&str, BTreeSet<Id>> {
    let mut allowed: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    for id in linked.dossier.all() {
        for allow in linked.dossier.common(id).into_iter().flat_map(|common| &common.allow) {
            allowed.entry(allow.lint.value.as_str()).or_default().insert(id);
        }
    }
    allowed
}

/// Exceptions for lints that do not exist, and those that no lint needed.
fn unneeded(linked: &Linked, used: &BTreeSet<(&str, Id)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in linked.dossier.all() {
        for allow in linked.dossier.common(id).into_iter().flat_map(|common| &common.allow) {
            let (name, span) = (allow.lint.value.as_str(), allow.lint.span);
            if !names().contains(&name) {
                let near = did_you_mean(name, names()).map(|near| format!("did you mean `{near}`?"));
                let problem =
                    Diagnostic::error(problems::UNKNOWN_LINT, span, format!("there is no lint `{name}`"));
                found.push(problem.help(near.unwrap_or_else(|| "`dossier explain` lists them".to_owned())));
            } else if !used.contains(&(name, id)) {
                let message = format!("`{name}` has nothing to say of this {}", id.kind.singular());
                found.push(
                    Diagnostic::new(problems::UNNEEDED_ALLOW, Severity::Note, Some(span), message)
                        .help("take this exception out"),
                );
            }
        }
    }
    found
}
