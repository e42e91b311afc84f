//! Meetings and events in the order of time: the timeline, the list of meetings, the list of events. A long
//! list is divided by year, and its first page is the index.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::drawing::chart::{self, Leads};
use super::drawing::{key, number};
use super::page::{Link, Page, Period, PeriodPart, Records, Timeline, View, Year};
use super::words::Words;
use super::{Wanted, dates, filters, lists, row};
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::date::Unit;
use crate::model::dossier::Id;

/// The folder of the pages of years.
const YEARS: &str = "timeline/";

/// How many records one page lists at most.
pub const MOST: usize = 500;

/// How many records a profile lists at most: with them it weighs 20 KB on its way to a reader.
const MOST_OF_PROFILE: usize = 80;

/// A list of records over time.
struct List {
    path: String,
    title: String,
    /// The entry of the navigation to which its pages belong, and the way to them.
    section: &'static str,
    trail: Vec<Link>,
    /// What the addresses of its years begin with.
    prefix: String,
    ids: Vec<Id>,
    /// How many records one page holds.
    most: usize,
    /// Whether a page holds as many years as there is room for. A page of one year keeps its address whatever is
    /// added to the others.
    gathers: bool,
}

/// Makes the pages of all three lists that have something in them, and of the years of long profiles, and hands
/// each over.
pub fn pages(words: &Words, wanted: Wanted, take: &(dyn Fn(Page) + Sync)) {
    for list in LISTS.iter().filter(|(path, _, prefix, _)| wanted.any(path) || wanted.any(prefix)) {
        let list = main_list(words, list);
        if list.is_long() {
            divided(words, &list, wanted, take);
        } else if !list.ids.is_empty() && wanted.is(&list.path) {
            take(whole(words, &list));
        }
    }
    if !wanted.any(YEARS) {
        return;
    }
    let dossier = &words.linked.dossier;
    let ids: Vec<Id> =
        [Kind::Person, Kind::Group, Kind::Place].into_iter().flat_map(|kind| dossier.ids(kind)).collect();
    ids.par_iter().for_each(|id| {
        let count = words.linked.occasions_of(*id).count();
        if count > MOST_OF_PROFILE && wanted.any(&years_of(words, *id)) {
            let records: Vec<Id> = words.linked.occasions_of(*id).map(|occasion| occasion.id).collect();
            let list = profile_list(words, *id, &records);
            year_pages(words, &list, &parts(words, &list), wanted, take);
        }
    });
}

/// The records of a person, a group or a place on their page: as rows, or of many as an index of their years.
pub fn records(words: &Words, id: Id, ids: &[Id]) -> Records {
    let list = profile_list(words, id, ids);
    let is_long = list.is_long();
    Records {
        records_count: ids.len(),
        chart: if is_long { None } else { chart::of_rows(words, ids) },
        rows: if is_long { Vec::new() } else { ids.iter().filter_map(|id| row::row(words, *id)).collect() },
        index: if is_long { periods(words, &parts(words, &list)) } else { Vec::new() },
    }
}

/// The lists with pages of their own: the address, the key of the title, what the addresses of years begin
/// with, and the kind of their records.
const LISTS: [(&str, &str, &str, Option<Kind>); 3] = [
    ("timeline.html", "nav.timeline", "timeline/", None),
    ("meetings.html", "nav.meetings", "timeline/meetings-", Some(Kind::Meeting)),
    ("events.html", "nav.events", "timeline/events-", Some(Kind::Event)),
];

fn main_list(words: &Words, list: &(&'static str, &'static str, &str, Option<Kind>)) -> List {
    let (path, title, prefix, kind) = *list;
    let all = words.linked.occasions().iter().map(|occasion| occasion.id);
    List {
        path: path.to_owned(),
        title: words.get(title).to_owned(),
        section: path,
        trail: lists::from_home(words),
        prefix: prefix.to_owned(),
        ids: all.filter(|id| kind.is_none_or(|kind| id.kind == kind)).collect(),
        most: MOST,
        gathers: false,
    }
}

fn profile_list(words: &Words, id: Id, ids: &[Id]) -> List {
    let dossier = &words.linked.dossier;
    let (section, title) = match id.kind {
        Kind::Person => ("people.html", "nav.people"),
        Kind::Group => ("groups.html", "nav.groups"),
        _ => ("places.html", "nav.places"),
    };
    let up = Link { text: words.get(title).to_owned(), href: section.to_owned() };
    List {
        path: address(dossier, id),
        title: words.title(id),
        section,
        trail: lists::from_home(words).into_iter().chain([up]).collect(),
        prefix: years_of(words, id),
        ids: ids.to_vec(),
        most: MOST_OF_PROFILE,
        gathers: true,
    }
}

/// What the addresses of the years of a long profile begin with.
fn years_of(words: &Words, id: Id) -> String {
    format!("{YEARS}{}-{}-", id.kind.plural(), words.linked.dossier.key(id))
}

impl List {
    fn is_long(&self) -> bool {
        self.ids.len() > self.most
    }

    /// A page at an address, with its view.
    fn page(&self, path: &str, view: Timeline) -> Page {
        Page {
            title: self.title.clone(),
            section: Some(self.section.to_owned()),
            trail: self.trail.clone(),
            ..super::page(path, "timeline.html", View::Timeline(Box::new(view)))
        }
    }
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
    list.page(&list.path, view)
}

/// The records of one period in a list.
type YearOf = (Option<Unit>, Vec<Id>);

/// A page of a long list: a year, a part of it, or some years after each other.
struct Part {
    path: String,
    title: String,
    years: Vec<YearOf>,
}

impl Part {
    fn ids(&self) -> impl Iterator<Item = Id> {
        self.years.iter().flat_map(|(_, ids)| ids.iter().copied())
    }
}

/// The pages of a list by year: of a long one, whose years have pages of their own, else places on its page.
fn parts(words: &Words, list: &List) -> Vec<Part> {
    let of_year = |(period, ids): YearOf| Part {
        path: format!("{}#y-{}", list.path, name(period)),
        title: title(words, period),
        years: vec![(period, ids)],
    };
    let years = years(words, &list.ids);
    if !list.is_long() {
        return years.into_iter().map(of_year).collect();
    }
    let mut parts = Vec::new();
    let mut gathered: Vec<YearOf> = Vec::new();
    for (period, ids) in years {
        let room = gathered.iter().map(|(_, ids)| ids.len()).sum::<usize>() + ids.len() <= list.most;
        if !(list.gathers && room && period.is_some()) {
            parts.extend(gathered_part(words, list, std::mem::take(&mut gathered)));
        }
        if ids.len() > list.most {
            parts.extend(parts_of_year(words, list, period, &ids));
        } else {
            gathered.push((period, ids));
        }
    }
    parts.extend(gathered_part(words, list, gathered));
    parts
}

/// A page of some years.
fn gathered_part(words: &Words, list: &List, years: Vec<YearOf>) -> Option<Part> {
    let (first, last) = (years.first()?.0, years.last()?.0);
    let (path, title) = match years.len() {
        1 => (name(first), title(words, first)),
        _ => {
            let titles = [("first", &*title(words, first)), ("last", &*title(words, last))];
            (format!("{}-to-{}", name(first), name(last)), words.strings.fill("date.range-long", &titles))
        }
    };
    Some(Part { path: format!("{}{path}.html", list.prefix), title, years })
}

/// The pages of a year that does not fit on one.
fn parts_of_year(words: &Words, list: &List, period: Option<Unit>, ids: &[Id]) -> Vec<Part> {
    let (name, title) = (name(period), title(words, period));
    let count = ids.len().div_ceil(list.most);
    let part = |(at, ids): (usize, &[Id])| {
        let (n, total) = (at.to_string(), count.to_string());
        let of = [("title", title.as_str()), ("n", &n), ("total", &total)];
        Part {
            path: format!("{}{name}-{at}.html", list.prefix),
            title: words.strings.fill("timeline.part", &of),
            years: vec![(period, ids.to_vec())],
        }
    };
    (1..).zip(ids.chunks(ids.len().div_ceil(count))).map(part).collect()
}

/// An index, and a page for each year or part of one.
fn divided(words: &Words, list: &List, wanted: Wanted, take: &(dyn Fn(Page) + Sync)) {
    let parts = parts(words, list);
    year_pages(words, list, &parts, wanted, take);
    if wanted.is(&list.path) {
        let view = Timeline { index: periods(words, &parts), ..timeline(words, &list.ids, None) };
        take(list.page(&list.path, view));
    }
}

fn year_pages(words: &Words, list: &List, parts: &[Part], wanted: Wanted, take: &(dyn Fn(Page) + Sync)) {
    let link = |part: &Part| Link { text: part.title.clone(), href: part.path.clone() };
    let up = Link { text: list.title.clone(), href: list.path.clone() };
    let page = |(at, part): (usize, &Part)| {
        let ids: Vec<Id> = part.ids().collect();
        let view = Timeline {
            years: part.years.iter().map(|(period, ids)| year(words, *period, ids, false)).collect(),
            filters: filters::filters(words, &ids, false),
            earlier: at.checked_sub(1).and_then(|at| parts.get(at)).map(link),
            later: parts.get(at + 1).map(link),
            ..timeline(words, &ids, Some(false))
        };
        let page = list.page(&part.path, view);
        let heading = [("title", part.title.as_str()), ("list", list.title.as_str())];
        Page {
            title: words.strings.fill("timeline.of", &heading),
            trail: page.trail.iter().cloned().chain([up.clone()]).collect(),
            ..page
        }
    };
    let made = parts.par_iter().enumerate().filter(|(_, part)| wanted.is(&part.path)).map(page);
    made.for_each(take);
}

/// The years of the timeline.
pub fn index(words: &Words) -> Vec<Period> {
    periods(words, &parts(words, &main_list(words, &LISTS[0])))
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
fn years(words: &Words, ids: &[Id]) -> Vec<YearOf> {
    let mut years: Vec<YearOf> = Vec::new();
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
    let row = |id: &Id| match parties {
        true => row::by_party(words, *id),
        false => row::row(words, *id),
    };
    Year {
        id: format!("y-{}", name(period)),
        title: title(words, period),
        count_text: words.count("say.records", ids.len()),
        rows: ids.iter().filter_map(row).collect(),
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
    let most = parts.iter().map(|part| part.ids().count()).max().unwrap_or(1);
    parts.iter().map(|part| period(words, part, most)).collect()
}

fn period(words: &Words, part: &Part, most: usize) -> Period {
    let ids: Vec<Id> = part.ids().collect();
    let marks = ids.iter().map(|id| row::mark(words, *id).0);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    marks.for_each(|mark| *counts.entry(mark).or_default() += 1);
    let percent = |n: usize| n as f64 * 100.0 / most as f64;
    let mut before = 0;
    let mut bar = Vec::new();
    for (mark, _) in chart::LANES {
        let Some(n) = counts.get(mark).copied() else { continue };
        let kind = chart::lane_title(words, mark, ids.iter().copied());
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
        count_text: words.count("say.records", ids.len()),
        parts: bar,
    }
}
