//! What is shown -> what an open page is told of it, as JSON.

use std::collections::BTreeMap;

use dossier::diag::{Diagnostic, Severity};
use dossier::preview::{Guard, Hidden, Place, Problems};
use dossier::report::{Format, count, report};
use dossier::source::{Sources, Span};
use serde::Serialize;

use super::editor::Editor;

/// So many problems are sent to a page; all of them are listed on a page of their own.
const TOLD: usize = 30;

/// What changed for a page. What is left out stays as it was.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<FilesNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems: Option<Told>,
    /// Where the records of the page are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<PlaceNow>>,
    /// The records that will not be published, by address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<BTreeMap<String, &'static str>>,
}

/// The files that pages load, as far as they are others than before.
#[derive(Debug, Clone, Serialize)]
pub struct FilesNow {
    /// Their addresses; without them, any may be another.
    pub paths: Option<Vec<String>>,
    /// How new the files of a page are that has loaded these.
    pub stamp: String,
}

/// The page as it is now.
#[derive(Debug, Clone, Serialize)]
pub struct PageNow {
    /// The hash of its bytes.
    pub version: String,
    pub html: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceNow {
    /// The part of the page, where it is not all of it.
    pub anchor: Option<String>,
    /// `content/people.toml:12`
    pub place: String,
    /// What opens it in the author's editor.
    pub href: Option<String>,
}

/// What there is to say about the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// The errors that there are only when it is published.
    pub when_published: usize,
    /// The first of them, errors before all others.
    pub list: Vec<Problem>,
    /// Whether the site is shown as it was before them.
    pub behind: bool,
    /// Whether the advice of the lints is among it. Until it is, that of before is the best that is known.
    pub complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    pub severity: &'static str,
    /// As the terminal shows it.
    pub text: String,
    /// Whether it is the advice of a lint.
    pub advice: bool,
    /// Whether there is no such problem until it is published.
    pub when_published: bool,
    pub place: Option<PlaceNow>,
}

pub fn told(problems: &Problems, behind: bool, editor: &Editor) -> Told {
    let diagnostics = &problems.diagnostics;
    let tell = problem(problems, editor);
    Told {
        when_published: count(&problems.when_published, Severity::Error),
        errors: count(diagnostics, Severity::Error),
        warnings: count(diagnostics, Severity::Warning),
        notes: count(diagnostics, Severity::Note),
        list: by_weight(problems).take(TOLD).map(|one| tell(&one)).collect(),
        behind,
        complete: problems.is_complete,
    }
}

/// A problem, and what it is one of.
pub struct Listed<'p> {
    pub problem: &'p Diagnostic,
    pub advice: bool,
    pub when_published: bool,
}

/// The heaviest first, and otherwise in their order; last those that there are only when it is published.
pub fn by_weight(problems: &Problems) -> impl Iterator<Item = Listed<'_>> {
    let advice_from = problems.diagnostics.len().saturating_sub(problems.advice);
    let weights = || [Severity::Error, Severity::Warning, Severity::Note].into_iter();
    let own = weights().flat_map(move |severity| {
        let all =
            problems.diagnostics.iter().enumerate().filter(move |(_, problem)| problem.severity == severity);
        all.map(move |(at, problem)| Listed { problem, advice: at >= advice_from, when_published: false })
    });
    let others = weights().flat_map(|severity| {
        let all = problems.when_published.iter().filter(move |problem| problem.severity == severity);
        all.map(|problem| Listed { problem, advice: true, when_published: true })
    });
    own.chain(others)
}

/// What tells of a problem as pages do. In a preview of what will be published that is its place and its message, where
/// nothing withheld stands in them, and never a line of a file.
pub fn problem<'p>(problems: &'p Problems, editor: &'p Editor) -> impl Fn(&Listed) -> Problem + 'p {
    let Problems { sources, guard, .. } = problems;
    let hidden = guard.as_ref().map(|guard| (guard.hides(), guard.hides_message()));
    move |listed: &Listed| {
        let Listed { problem, advice, when_published } = *listed;
        let mut told = problem.span.map(|span| place(None, span, sources, editor));
        let text = match &hidden {
            None => report(std::slice::from_ref(problem), sources, Format::Text { colour: false }, ""),
            Some((hides, hides_message)) => {
                told = told.filter(|told| !hides(&told.place));
                let message = match hides_message(&problem.message) {
                    true => "what is wrong is said in the terminal",
                    false => problem.message.as_str(),
                };
                let place = problem.span.filter(|_| told.is_some()).map(|span| {
                    let position = sources.position(span);
                    format!("\n --> {}:{}:{}", sources.path(span.file), position.line, position.column)
                });
                let place = place.unwrap_or_default();
                format!("{}[{}]: {message}{place}", problem.severity.name(), problem.code.name)
            }
        };
        Problem {
            severity: problem.severity.name(),
            text: text.trim_end().to_owned(),
            advice,
            when_published,
            place: told,
        }
    }
}

/// Where records are written, but for files that are named after what is withheld.
pub fn places(places: &[Place], sources: &Sources, guard: Option<&Guard>, editor: &Editor) -> Vec<PlaceNow> {
    let hides = guard.map(Guard::hides);
    let all = places.iter().map(|one| place(one.anchor.clone(), one.span, sources, editor));
    all.filter(|one| hides.as_ref().is_none_or(|hides| !hides(&one.place))).collect()
}

fn place(anchor: Option<String>, span: Span, sources: &Sources, editor: &Editor) -> PlaceNow {
    let (path, position) = (sources.path(span.file), sources.position(span));
    PlaceNow {
        anchor,
        place: format!("{path}:{}", position.line),
        href: editor.link(path, position.line, position.column),
    }
}

pub fn hidden(records: &[(String, Hidden)]) -> BTreeMap<String, &'static str> {
    let word = |hidden: &Hidden| match hidden {
        Hidden::Draft => "draft",
        Hidden::Withheld => "withheld",
    };
    records.iter().map(|(address, hidden)| (address.clone(), word(hidden))).collect()
}
