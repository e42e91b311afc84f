//! Many records -> a chart of their dates: a lane for each kind, what overlaps below each other.

use std::fmt::Write;

use super::super::page::{Chart, Lane, Markup};
use super::super::row;
use super::super::words::Words;
use super::shape::{Look, Mark, marks, years};
use super::{Number, Scale, draw, number};
use crate::html::escaped;
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::dossier::Id;
use crate::model::meeting::Mode;
use crate::model::{Kind, Status};

/// Where a mark of a chart leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// To the row of the record, on the same page.
    ToRow,
    /// To the page of the record.
    ToPage,
}

/// The lanes, in this order, each with the key of its name.
pub const LANES: [(&str, &str); 5] = [
    ("meeting", "chart.meetings"),
    ("call", "chart.calls"),
    ("visit", "chart.visits"),
    ("statement", "chart.statements"),
    ("event", "chart.events"),
];

/// A row of a lane in pixels, and a bar in it.
const ROW: f64 = 26.0;
const BAR: f64 = 12.5;
/// The same in a lane of so many rows that they would fill a screen.
const MANY: usize = 14;
const LOW_ROW: f64 = 7.0;
const LOW_BAR: f64 = 5.0;
/// What a lane has above its first row, and below its last.
const MARGIN: f64 = 5.0;

/// How much of the width a day shape takes to each side, and a mark of status behind it, in percent: for a
/// chart of the width of a text column.
const HALF_DOT: f64 = 1.3;
const STATUS: f64 = 4.2;

/// A record on the chart: its marks, and from where to where they reach in percent of the time shown.
pub struct Entry {
    pub id: Id,
    pub marks: Vec<Mark>,
    from: f64,
    to: f64,
}

/// The chart of these records, which are in the order of time; nothing when none has a date. `classes` are
/// those by which a page filters them.
pub fn chart(
    words: &Words,
    ids: &[Id],
    leads: Leads,
    classes: &dyn Fn(Id) -> Option<String>,
) -> Option<Chart> {
    let Plan { first, count, lanes, undated, early } = plan(words, ids)?;
    let scale = Scale::new(first, count, 100.0, words.is_right_to_left());
    let ticks = ticks(words, first, count);
    let mut lines = String::new();
    ticks.iter().for_each(|time| line(&mut lines, time, &scale));
    let lane = |(mark, entries): (&'static str, Vec<Entry>)| {
        let title = lane_title(words, mark, entries.iter().map(|entry| entry.id));
        let mut svg = lines.clone();
        let height = lane(&mut svg, words, mark, entries, &scale, leads, classes);
        Lane { mark, title, height: number(height), svg: Markup(svg) }
    };
    Some(Chart {
        label: words.get("chart.label").to_owned(),
        here: leads == Leads::ToRow,
        head: Markup(head(&ticks, &scale)),
        lanes: lanes.into_iter().map(lane).collect(),
        undated_text: (undated > 0).then(|| words.count("chart.undated", undated)),
        early_text: (early > 0).then(|| {
            let year = words.dates.year(first, words.strings);
            words.strings.plural("chart.early", early, &[("year", &year)])
        }),
    })
}

/// What a chart shows of some records.
pub struct Plan {
    /// The first year, and how many there are.
    pub first: i32,
    pub count: i32,
    /// The lanes that have records, each by its mark.
    pub lanes: Vec<(&'static str, Vec<Entry>)>,
    /// How many records have no date, and how many lie too long before the others.
    undated: usize,
    early: usize,
}

/// Which records a chart shows, and over which years; nothing when none has a date.
pub fn plan(words: &Words, ids: &[Id]) -> Option<Plan> {
    let dossier = &words.linked.dossier;
    let dated: Vec<(Id, Vec<Mark>)> =
        ids.iter().filter_map(|id| Some((*id, marks(date(dossier, *id)?)))).collect();
    // An open end fades out at the edge; it does not ask for a year of its own.
    let is_firm = |mark: &&Mark| !mark.look.is_open();
    let starts: Vec<f64> = dated
        .iter()
        .filter_map(|(_, marks)| marks.iter().filter(is_firm).map(|mark| mark.from).min_by(f64::total_cmp))
        .collect();
    let start = since(starts);
    let (dated, early): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(_, marks)| {
        marks.iter().filter(is_firm).any(|mark| mark.to > start || mark.from >= start)
    });
    let firm: Vec<Mark> = dated
        .iter()
        .flat_map(|(_, marks)| marks)
        .filter(is_firm)
        .map(|mark| Mark { from: mark.from.max(start), ..*mark })
        .collect();
    let (first, count) = years(&firm)?;
    let flow = Scale::new(first, count, 100.0, false);

    let mut lanes: Vec<(&str, Vec<Entry>)> = LANES.iter().map(|(mark, _)| (*mark, Vec::new())).collect();
    let undated = ids.len() - dated.len() - early.len();
    for (id, marks) in dated {
        let marks: Vec<Mark> = marks.iter().map(|mark| flow.within(mark)).collect();
        let from = marks.iter().map(|mark| flow.at(mark.from)).fold(f64::INFINITY, f64::min);
        let to = marks.iter().map(|mark| flow.at(mark.to)).fold(f64::NEG_INFINITY, f64::max);
        let entry = match dot(&marks) {
            Some(middle) => {
                let middle = flow.at(middle);
                Entry { id, marks, from: middle - HALF_DOT, to: middle + HALF_DOT }
            }
            None => Entry { id, marks, from, to },
        };
        let kind = row::mark(words, id).0;
        if let Some((_, entries)) = lanes.iter_mut().find(|(mark, _)| *mark == kind) {
            entries.push(entry);
        }
    }
    lanes.retain(|(_, entries)| !entries.is_empty());
    Some(Plan { first, count, lanes, undated, early: early.len() })
}

/// From when on there is something to be seen: a few records from long before would press all others into
/// the edge of the chart. Of months from the year 0.
fn since(mut starts: Vec<f64>) -> f64 {
    const FEW: usize = 6;
    starts.sort_by(f64::total_cmp);
    let last = starts.last().copied().unwrap_or(0.0);
    let mut gaps = starts.windows(2).enumerate().filter_map(|(at, pair)| match pair {
        [before, after] => Some((at + 1, after - before, last - after, *after)),
        _ => None,
    });
    // The last gap that is wider than all that comes after it, before which only few lie.
    let gap = gaps.rfind(|(before, gap, rest, _)| before * FEW <= starts.len() && gap > &rest.max(24.0));
    gap.map_or(f64::NEG_INFINITY, |(_, _, _, after)| after)
}

/// The chart above these records on their own page; nothing for one alone, whose row says as much.
pub fn of_rows(words: &Words, ids: &[Id]) -> Option<Chart> {
    if ids.len() < 2 { None } else { chart(words, ids, Leads::ToRow, &|_| None) }
}

/// The name of the lane in which these records stand, or some of them: one that is not said to be a meeting
/// or a phone call must not be called so.
pub fn lane_title(words: &Words, lane: &str, ids: impl Iterator<Item = Id>) -> String {
    let modes: Vec<Option<Mode>> = ids
        .filter(|id| id.kind == Kind::Meeting && row::mark(words, *id).0 == lane)
        .filter_map(|id| Some(words.linked.dossier.meetings.get(id.index)?.data.mode))
        .collect();
    let only = |mode: Mode| modes.iter().all(|other| *other == Some(mode));
    let key = match lane {
        "meeting" if !modes.contains(&Some(Mode::InPerson)) => "chart.contacts",
        "meeting" if !only(Mode::InPerson) => "chart.meetings-and-contacts",
        "call" if !modes.contains(&Some(Mode::Phone)) => "chart.video-calls",
        "call" if !only(Mode::Phone) => "chart.all-calls",
        _ => LANES.iter().find(|(mark, _)| *mark == lane).map_or("chart.events", |(_, key)| key),
    };
    words.get(key).to_owned()
}

/// The middle of a known day, which is drawn as the shape of its kind.
fn dot(marks: &[Mark]) -> Option<f64> {
    match marks {
        [Mark { from, to, look: Look::Tick }] => Some((from + to) / 2.0),
        _ => None,
    }
}

/// The names of years and months, each with a line down to the lanes.
fn head(ticks: &[Time], scale: &Scale) -> String {
    let mut svg = String::new();
    for time in ticks {
        let (x, name) = (Number(scale.at(time.month)), escaped(&time.text));
        let minor = if time.minor { r#" class="minor""# } else { "" };
        let (line, from, text) = match time.year {
            true => ("year-line", "", r#" class="year-name""#),
            false => ("month-line", r#" y1="18""#, ""),
        };
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            r#"<g{minor}><line class="{line}" x1="{x}%" x2="{x}%" y2="24"{from}/><svg x="{x}%"><text{text} x="5" y="15">{name}</text></svg></g>"#
        );
    }
    svg
}

/// The line of a year or month through a lane.
fn line(svg: &mut String, time: &Time, scale: &Scale) {
    let x = Number(scale.at(time.month));
    let (class, minor) =
        (if time.year { "year-line" } else { "month-line" }, if time.minor { " minor" } else { "" });
    let _ = write!(svg, r#"<line class="{class}{minor}" x1="{x}%" x2="{x}%" y2="100%"/>"#);
}

/// Draws a lane, and returns its height: each record in the first row in which there is room for it.
fn lane(
    svg: &mut String,
    words: &Words,
    kind: &str,
    mut entries: Vec<Entry>,
    scale: &Scale,
    leads: Leads,
    classes: &dyn Fn(Id) -> Option<String>,
) -> f64 {
    entries.sort_by(|a, b| a.from.total_cmp(&b.from));
    // For each row: where its last record ends.
    let mut rows: Vec<f64> = Vec::new();
    let mut placed: Vec<(usize, Entry)> = Vec::new();
    for entry in entries {
        let end = entry.to + STATUS;
        match rows.iter_mut().enumerate().find(|(_, taken)| **taken <= entry.from) {
            Some((row, taken)) => {
                *taken = end;
                placed.push((row, entry));
            }
            None => {
                placed.push((rows.len(), entry));
                rows.push(end);
            }
        }
    }
    let low = rows.len() > MANY;
    let (pitch, bar) = if low { (LOW_ROW, LOW_BAR) } else { (ROW, BAR) };
    for (row, entry) in placed {
        // No lane has more rows than records.
        let top = MARGIN + pitch * row as f64 + (pitch - bar) / 2.0;
        svg.push('\n');
        open(svg, words, entry.id, leads, classes(entry.id));
        plot(svg, words, kind, &entry, scale, (top, bar), low);
        svg.push_str("</a>");
    }
    2.0 * MARGIN + pitch * rows.len() as f64
}

/// Opens the link around a record on the chart, with its title. Where the rows stand on the same page the chart
/// only repeats them, for those who point; elsewhere its marks are links like others.
fn open(svg: &mut String, words: &Words, id: Id, leads: Leads, classes: Option<String>) {
    let dossier = &words.linked.dossier;
    let text = words.chart_name(id, || {
        let when = words.dates.when(date(dossier, id), words.strings).text;
        escaped(&words.strings.fill("chart.mark", &[("date", &when), ("title", &words.title(id))]))
    });
    svg.push_str("<a");
    if let Some(classes) = classes {
        let _ = write!(svg, r#" class="ev {}""#, escaped(&classes));
    }
    let _ = match leads {
        Leads::ToRow => write!(svg, r##" href="#{}" tabindex="-1">"##, escaped(&row::anchor(words, id))),
        Leads::ToPage => write!(svg, r#" href="{}" aria-label="{text}">"#, escaped(&address(dossier, id))),
    };
    let _ = write!(svg, "<title>{text}</title>");
}

/// Draws a record as wide as its date is known, and its status behind it, where a lane is not too low for that.
fn plot(
    svg: &mut String,
    words: &Words,
    kind: &str,
    entry: &Entry,
    scale: &Scale,
    (top, height): (f64, f64),
    low: bool,
) {
    let y = Number(top + height / 2.0);
    if let Some(middle) = dot(&entry.marks) {
        let (x, low) = (Number(scale.at(middle)), if low { " low" } else { "" });
        let _ = write!(svg, r##"<svg x="{x}%" y="{y}"><use class="dot{low}" href="#mark-{kind}"/></svg>"##);
    } else {
        for mark in &entry.marks {
            draw(svg, mark, kind, scale, 0.3, (top, height), "%");
        }
    }
    if low {
        return;
    }
    let status =
        words.linked.dossier.standing(entry.id).map_or(Status::Reported, |standing| standing.status());
    // At the edge the status stands before the record and, when it fills the width, on it.
    let inside = entry.to > 100.0 - STATUS / 2.0;
    let end = if inside && entry.from > STATUS { entry.from } else { entry.to };
    let x = Number(if words.is_right_to_left() { 100.0 - end } else { end });
    let inside = if inside { " inside" } else { "" };
    let _ = write!(
        svg,
        r##"<svg x="{x}%" y="{y}"><use class="glyph end{inside}" href="#status-{}"/></svg>"##,
        status.key()
    );
}

/// The beginning of a year or month, in months from the year 0, and its name.
pub struct Time {
    pub month: f64,
    pub text: String,
    pub year: bool,
    /// Left out where there is little room.
    minor: bool,
}

/// The years and, where there is room, the months that a chart names.
pub fn ticks(words: &Words, first: i32, count: i32) -> Vec<Time> {
    const LABELS: i32 = 10;
    const STEPS: [i32; 12] = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];
    let step = STEPS.into_iter().find(|step| count / step <= LABELS).unwrap_or(count);
    // Which months of a year are named: all, one of three, or none.
    let months: &[u8] = match count {
        1 => &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        2 | 3 => &[4, 7, 10],
        _ => &[],
    };
    let mut ticks = Vec::new();
    // From the first year that has a mark on, in steps: there may be a thousand million of years.
    let marked = i64::from(first) + i64::from(first).wrapping_neg().rem_euclid(i64::from(step));
    let years = (marked..i64::from(first) + i64::from(count)).step_by(step.max(1) as usize);
    for year in years.filter_map(|year| i32::try_from(year).ok()) {
        ticks.push(Time {
            month: f64::from(year) * 12.0,
            text: words.dates.year(year, words.strings),
            year: true,
            minor: count / step > 5 && (year / step).rem_euclid(2) != 0,
        });
        ticks.extend(months.iter().map(|month| Time {
            month: f64::from(year) * 12.0 + f64::from(*month) - 1.0,
            text: words.dates.short_month(year, *month),
            year: false,
            minor: count == 3 || count == 1 && month % 3 != 1,
        }));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_records_of_long_ago_are_left_out() {
        let year = |year: i32| f64::from(year) * 12.0;
        let many: Vec<f64> = (2019..2024).flat_map(|at| [year(at), year(at) + 6.0]).collect();
        assert_eq!(since(many.clone()), f64::NEG_INFINITY);
        let with = |early: &[i32]| since(early.iter().map(|at| year(*at)).chain(many.clone()).collect());
        assert_eq!(with(&[1911]), year(2019));
        // No gap is wider than what comes after it.
        assert_eq!(with(&[2016]), f64::NEG_INFINITY);
        // They are not few.
        assert_eq!(with(&[1911, 1912, 1913]), f64::NEG_INFINITY);
        assert_eq!(since(Vec::new()), f64::NEG_INFINITY);
    }
}
