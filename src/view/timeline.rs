//! Meetings and events in the order of time: the timeline, the list of meetings, the list of events. A long
//! list is divided by year, and its first page is the index.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::drawing::chart::{self, Leads};
use super::drawing::{key, number};
use super::page::{Link, Page, Period, PeriodPart, Row, Timeline, View, Year};
use super::words::Words;
use super::{dates, filters, lists, row};
use crate::link::graph::date;
use crate::model::Kind;
use crate::model::date::Unit;
use crate::model::dossier::Id;

/// How many records one page lists at most.
pub const MOST: usize = 500;

/// A list of records over time.
struct List {
    path: &'static str,
    /// The key of its title.
    title: &'static str,
    /// What the addresses of its years begin with.
    prefix: &'static str,
    ids: Vec<Id>,
}

/// The pages of all three lists that have something in them.
pub fn pages(words: &Words) -> Vec<Page> {
    let all = || words.linked.occasions.iter().map(|occasion| occasion.id);
    let of = |kind: Kind| all().filter(|id| id.kind == kind).collect();
    [
        timeline_list(words),
        List {
            path: "meetings.html",
            title: "nav.meetings",
            prefix: "timeline/meetings-",
            ids: of(Kind::Meeting),
        },
        List { path: "events.html", title: "nav.events", prefix: "timeline/events-", ids: of(Kind::Event) },
    ]
    .iter()
    .filter(|list| !list.ids.is_empty())
    .flat_map(|list| if list.ids.len() > MOST { divided(words, list) } else { vec![whole(words, list)] })
    .collect()
}

/// All on one page.
fn whole(words: &Words, list: &List) -> Page {
    let years = years(words, &list.ids);
    let years = years.iter().map(|(period, ids)| year(words, *period, ids, true)).collect();
    let view = Timeline {
        years,
        filters: filters::filters(words, &list.ids, true),
        ..timeline(words, &list.ids, Some(true))
    };
    lists::page(words, list.path, list.title, "timeline.html", View::Timeline(Box::new(view)))
}

/// A page of a long list: a year, or a part of it.
struct Part {
    path: String,
    title: String,
    period: Option<Unit>,
    ids: Vec<Id>,
}

/// The pages of a list by year: of a long one, whose years have pages of their own, else places on its page.
fn parts(words: &Words, list: &List) -> Vec<Part> {
    let is_long = list.ids.len() > MOST;
    let mut parts = Vec::new();
    for (period, ids) in years(words, &list.ids) {
        let (name, title) = (name(period), title(words, period));
        if !is_long {
            parts.push(Part { path: format!("{}#y-{name}", list.path), title, period, ids });
            continue;
        }
        let count = ids.len().div_ceil(MOST);
        for (at, ids) in (1..).zip(ids.chunks(ids.len().div_ceil(count))) {
            let (path, title) = if count == 1 {
                (format!("{}{name}.html", list.prefix), title.clone())
            } else {
                let (n, total) = (at.to_string(), count.to_string());
                let of = [("title", title.as_str()), ("n", &n), ("total", &total)];
                (format!("{}{name}-{at}.html", list.prefix), words.strings.fill("timeline.part", &of))
            };
            parts.push(Part { path, title, period, ids: ids.to_vec() });
        }
    }
    parts
}

/// An index, and a page for each year or part of one.
fn divided(words: &Words, list: &List) -> Vec<Page> {
    let parts = parts(words, list);
    let link = |part: &Part| Link { text: part.title.clone(), href: part.path.clone() };
    let mut pages: Vec<Page> = parts
        .par_iter()
        .enumerate()
        .map(|(at, part)| {
            let view = Timeline {
                years: vec![year(words, part.period, &part.ids, false)],
                filters: filters::filters(words, &part.ids, false),
                earlier: at.checked_sub(1).and_then(|at| parts.get(at)).map(link),
                later: parts.get(at + 1).map(link),
                ..timeline(words, &part.ids, Some(false))
            };
            let whole =
                lists::page(words, list.path, list.title, "timeline.html", View::Timeline(Box::new(view)));
            let up = Link { text: whole.title.clone(), href: list.path.to_owned() };
            let heading = [("title", part.title.as_str()), ("list", whole.title.as_str())];
            Page {
                path: part.path.clone(),
                root: super::root(&part.path),
                title: words.strings.fill("timeline.of", &heading),
                trail: whole.trail.iter().cloned().chain([up]).collect(),
                ..whole
            }
        })
        .collect();
    let view = Timeline { index: periods(words, &parts), ..timeline(words, &list.ids, None) };
    pages.push(lists::page(words, list.path, list.title, "timeline.html", View::Timeline(Box::new(view))));
    pages
}

/// The years of the timeline.
pub fn index(words: &Words) -> Vec<Period> {
    periods(words, &parts(words, &timeline_list(words)))
}

fn timeline_list(words: &Words) -> List {
    let ids = words.linked.occasions.iter().map(|occasion| occasion.id).collect();
    List { path: "timeline.html", title: "nav.timeline", prefix: "timeline/", ids }
}

/// What stands above the records, with a chart of those that are on the page; whether they can be filtered by
/// person and group.
fn timeline(words: &Words, ids: &[Id], parties: Option<bool>) -> Timeline {
    let records = words.count("say.records", ids.len());
    let dates = || ids.iter().filter_map(|id| date(&words.linked.dossier, *id));
    let classes = |parties| move |id: Id| Some(filters::classes(words, id, parties));
    Timeline {
        lead: match words.span(ids) {
            Some(span) => words.strings.fill("say.timeline-lead", &[("records", &records), ("span", &span)]),
            None => words.strings.fill("say.timeline-lead-undated", &[("records", &records)]),
        },
        statuses: row::statuses(words, ids),
        chart: parties.and_then(|parties| chart::chart(words, ids, Leads::ToRow, &classes(parties))),
        key: if parties.is_some() { key::key(words, dates()) } else { Vec::new() },
        filters: None,
        years: Vec::new(),
        index: Vec::new(),
        earlier: None,
        later: None,
    }
}

/// Records by the year in which they are listed, or the decade or century when no year is known; undated
/// ones last.
fn years(words: &Words, ids: &[Id]) -> Vec<(Option<Unit>, Vec<Id>)> {
    let mut years: Vec<(Option<Unit>, Vec<Id>)> = Vec::new();
    for id in ids {
        let year = date(&words.linked.dossier, *id).and_then(dates::period_of);
        match years.iter_mut().rfind(|(known, _)| *known == year) {
            Some((_, ids)) => ids.push(*id),
            None => years.push((year, vec![*id])),
        }
    }
    years
}

fn year(words: &Words, period: Option<Unit>, ids: &[Id], parties: bool) -> Year {
    let rows = ids.iter().filter_map(|id| row::row(words, *id).map(|row| (id, row)));
    Year {
        id: format!("y-{}", name(period)),
        title: title(words, period),
        count_text: words.count("say.records", ids.len()),
        rows: rows
            .map(|(id, row)| Row { classes: Some(filters::classes(words, *id, parties)), ..row })
            .collect(),
    }
}

/// A year in an address: `2023`, `1990-1999`, `undated`.
fn name(period: Option<Unit>) -> String {
    match period {
        Some(Unit::Decade(first)) => format!("{first}-{}", first.saturating_add(9)),
        Some(Unit::Century(first)) => format!("{first}-{}", first.saturating_add(99)),
        Some(Unit::Year(year)) => year.to_string(),
        _ => "undated".to_owned(),
    }
}

fn title(words: &Words, period: Option<Unit>) -> String {
    period.map_or_else(
        || words.get("say.undated").to_owned(),
        |year| words.capital(&words.dates.period(&year, words.strings)),
    )
}

/// The index of some years, each with a bar of its kinds of records; that of the fullest fills the width.
fn periods(words: &Words, parts: &[Part]) -> Vec<Period> {
    let most = parts.iter().map(|part| part.ids.len()).max().unwrap_or(1);
    parts.iter().map(|part| period(words, part, most)).collect()
}

fn period(words: &Words, part: &Part, most: usize) -> Period {
    let marks = part.ids.iter().map(|id| row::mark(words, *id).0);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    marks.for_each(|mark| *counts.entry(mark).or_default() += 1);
    let percent = |n: usize| n as f64 * 100.0 / most as f64;
    let mut before = 0;
    let mut bar = Vec::new();
    for (mark, _) in chart::LANES {
        let Some(n) = counts.get(mark).copied() else { continue };
        let kind = chart::lane_title(words, mark, part.ids.iter().copied());
        let x = if words.is_right_to_left() { 100.0 - percent(before + n) } else { percent(before) };
        bar.push(PeriodPart {
            mark,
            text: words.strings.fill("timeline.of-kind", &[("kind", &kind), ("n", &n.to_string())]),
            x: number(x),
            width: number(percent(n)),
        });
        before += n;
    }
    Period {
        title: part.title.clone(),
        href: part.path.clone(),
        count_text: words.count("say.records", part.ids.len()),
        parts: bar,
    }
}
