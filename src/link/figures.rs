//! Figures in the prose, held against the records.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;

use super::numbers::{Comparison, Reading, read};
use super::refs::{OCCASION, bodies};
use super::select::select;
use super::{Linked, problems};
use crate::diag::{Diagnostic, Severity};
use crate::model::Kind;
use crate::model::body::{Figure, Piece};
use crate::model::dossier::{Dossier, Hidden, Id};
use crate::source::Span;

/// How many records a query finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub low: usize,
    pub high: usize,
    /// The records counted, those that only may count included.
    pub records: Vec<Id>,
    /// Whether records that may describe the same occasion make it a range, and whether uncertain
    /// dates do.
    pub maybe_same: bool,
    pub uncertain: bool,
}

/// What was counted for a figure, and what is to be said of it.
#[derive(Debug, Clone)]
pub struct Counted {
    pub count: Count,
    pub problem: Option<Diagnostic>,
}

/// The figures in the texts of a record or article.
pub fn of(dossier: &Dossier, id: Id) -> impl Iterator<Item = &Figure> {
    let pieces = bodies(dossier, id).into_iter().flat_map(|body| &body.pieces);
    pieces.filter_map(|piece| if let Piece::Figure(figure) = piece { Some(figure) } else { None })
}

/// Counts for every figure of these records, by its place. `before` is a run with the same names.
pub fn count_all(linked: &Linked, ids: &[Id], before: Option<&Linked>) -> HashMap<Span, Arc<Counted>> {
    let dossier = &linked.dossier;
    let before = before.filter(|before| {
        linked.has_occasions_of(before) && dossier.config.language == before.dossier.config.language
    });
    let known = |id: Id, figure: &Figure| {
        let of_occasions = matches!(figure.query.kind, None | Some(Kind::Meeting | Kind::Event));
        let before = before.filter(|before| of_occasions && dossier.shares(&before.dossier, id))?;
        before.figures.get(&figure.span).map(Arc::clone)
    };
    let counted = |id: Id, figure: &Figure| {
        let counted = known(id, figure).unwrap_or_else(|| {
            let count = count(linked, id, figure);
            Arc::new(Counted { problem: problem(linked, figure, &count), count })
        });
        (figure.span, counted)
    };
    let all = ids.par_iter().flat_map_iter(|id| of(dossier, *id).map(|figure| counted(*id, figure)));
    all.collect::<Vec<_>>().into_iter().collect()
}

/// `by` is whose text the figure stands in.
fn count(linked: &Linked, by: Id, figure: &Figure) -> Count {
    let mut selection = select(linked, &figure.query);
    // What is published is held against what will be, and a draft against the drafts, too.
    let own = linked.dossier.hidden(by);
    let counts = |id: &Id| match linked.dossier.hidden(*id) {
        None => true,
        Some(Hidden::Draft) => own.is_some(),
        Some(Hidden::Withheld) => own == Some(Hidden::Withheld),
    };
    selection.certain.retain(counts);
    selection.possible.retain(counts);
    let distinct = occasions(linked, &selection.certain, &selection.possible);
    Count {
        low: distinct,
        high: selection.certain.len() + selection.possible.len(),
        maybe_same: distinct < selection.certain.len(),
        uncertain: !selection.possible.is_empty(),
        records: selection.all(linked),
    }
}

/// The least number of occasions that the certain records can be: those that may be the same,
/// directly or through others that are asked for, count as one.
fn occasions(linked: &Linked, certain: &[Id], possible: &[Id]) -> usize {
    let all: Vec<Id> = certain.iter().chain(possible).copied().collect();
    let place: HashMap<Id, usize> = all.iter().copied().zip(0..).collect();
    let mut group: Vec<usize> = (0..all.len()).collect();
    let root = |group: &[usize], mut at: usize| {
        while group[at] != at {
            at = group[at];
        }
        at
    };
    for (at, id) in all.iter().enumerate() {
        for other in linked.dossier.standing(*id).into_iter().flat_map(|standing| &standing.maybe_same) {
            if let Some(other) = linked.dossier.get(other, OCCASION).and_then(|id| place.get(&id)) {
                let (a, b) = (root(&group, at), root(&group, *other));
                group[a.max(b)] = a.min(b);
            }
        }
    }
    let mut roots: Vec<usize> = (0..certain.len()).map(|at| root(&group, at)).collect();
    roots.sort_unstable();
    roots.dedup();
    roots.len()
}

fn problem(linked: &Linked, figure: &Figure, count: &Count) -> Option<Diagnostic> {
    let reading = match read(&figure.words, &linked.dossier.config.language) {
        Ok(reading) => reading,
        Err(message) => {
            return Some(
                problems::error(
                    problems::UNREADABLE_FIGURE,
                    figure.span,
                    format!("\"{}\": {message}", figure.words),
                )
                .help("write one number, with no more than a bound: `:count[at least 4 times]{..}`"),
            );
        }
    };
    // What does not agree at all is for a lint to say, which an author can set aside with a reason.
    let certain = [count.low, count.high].iter().all(|n| agrees(reading, *n, *n));
    (agrees(reading, count.low, count.high) && !certain).then(|| {
        let why = match (count.maybe_same, count.uncertain) {
            (true, true) => "some records may be the same occasion, and some dates are uncertain",
            (true, false) => "some records may describe the same occasion",
            _ => "the dates of some records are uncertain",
        };
        Diagnostic::new(
            problems::FIGURE_RANGE,
            Severity::Note,
            Some(figure.span),
            format!("{} agrees with the records, which say {}", quoted(figure, reading), count.range()),
        )
        .label(why)
    })
}

/// For a figure that the records do not bear out: its words, as `quoted` has them, and what was counted.
pub fn disagreement<'l>(linked: &'l Linked, figure: &Figure) -> Option<(String, &'l Count)> {
    let count = linked.figure(figure.span)?;
    let reading = read(&figure.words, &linked.dossier.config.language).ok()?;
    (!agrees(reading, count.low, count.high)).then(|| (quoted(figure, reading), count))
}

/// The words of a figure, and how they were read where that is not plain: `"four or more" (at least 4)`.
fn quoted(figure: &Figure, reading: Reading) -> String {
    let words = &figure.words;
    if reading.plain { format!("\"{words}\"") } else { format!("\"{words}\" ({reading})") }
}

impl Count {
    /// `4`, or `3 to 5`.
    pub fn range(&self) -> String {
        if self.low == self.high { self.low.to_string() } else { format!("{} to {}", self.low, self.high) }
    }

    /// The records counted, by kind and key: `counted: meetings/a, meetings/b`.
    pub fn listed(&self, linked: &Linked) -> String {
        if self.records.is_empty() {
            return "no record was counted".to_owned();
        }
        format!("counted: {}", named(linked, &self.records))
    }
}

/// Records by kind and key, the first of many.
pub fn named(linked: &Linked, records: &[Id]) -> String {
    const SHOWN: usize = 12;
    let name = |id: &Id| format!("{}/{}", id.kind.plural(), linked.dossier.key(*id));
    let mut names: Vec<String> = records.iter().take(SHOWN).map(name).collect();
    if records.len() > SHOWN {
        names.push(format!("and {} more", records.len() - SHOWN));
    }
    names.join(", ")
}

/// Whether it may be true of a number from `low` to `high`.
fn agrees(reading: Reading, low: usize, high: usize) -> bool {
    let n = reading.number;
    let (low, high) = (low as u64, high as u64);
    match reading.comparison {
        Comparison::Exactly => (low..=high).contains(&n),
        Comparison::AtLeast => high >= n,
        Comparison::MoreThan => high > n,
        Comparison::AtMost => low <= n,
        Comparison::FewerThan => low < n,
    }
}
