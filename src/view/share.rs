//! A page -> what the picture says that is shown where somebody links to it.

use super::page::{
    Lane, LaneRecord, LaneTick, Lanes, Name, Page, Rich, Row, Share, ShareStatus, Stretch, View,
};
use super::strip;
use super::words::Words;
use crate::link::graph::date;
use crate::model::Kind;
use crate::model::dossier::Id;

/// The lanes, from the top, each with the word for its kind.
const LANES: [(&str, &str); 4] =
    [("meeting", "kind.in-person"), ("call", "kind.phone"), ("visit", "kind.visit"), ("event", "kind.event")];

/// More years than these have no room for the names of months.
const YEARS_WITH_MONTHS: i32 = 3;
const MOST_YEAR_NAMES: i32 = 9;

/// What the picture of a page says; pages that show no record, article or whole dossier have none of their own.
pub fn share(words: &Words, page: &Page) -> Option<Share> {
    let description = || page.description.clone().unwrap_or_default();
    let said = |head: Vec<&str>, native: Option<&Name>, text: Vec<&str>, lanes: Option<Lanes>| Share {
        mark: None,
        head: head.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        title: page.title.clone(),
        native: native.cloned(),
        text: text.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        status: None,
        attribution: String::new(),
        lanes,
        site: words.linked.dossier.config.title.clone(),
        tagline: words.linked.dossier.config.description.clone().unwrap_or_default(),
        right_to_left: words.is_right_to_left(),
    };
    Some(match &page.view {
        View::Occasion(view) => occasion(&view.row, said(Vec::new(), None, Vec::new(), None)),
        View::Person(view) => {
            let head = vec![words.get("page.person.eyebrow"), view.side.as_deref().unwrap_or_default()];
            let text = description();
            said(head, view.native.as_ref(), vec![&text, &view.named_text], lanes(words, &view.rows))
        }
        View::Group(view) => {
            let head = vec![words.get("page.group.eyebrow"), &view.kind];
            let text = description();
            said(head, view.native.as_ref(), vec![&text, &view.named_text], lanes(words, &view.rows))
        }
        View::Place(view) => {
            let records = words.count("say.records", view.rows.len());
            let head = vec![words.get("page.place.eyebrow")];
            said(head, view.native.as_ref(), vec![&records], lanes(words, &view.rows))
        }
        View::Source(view) => {
            let head = vec![words.get("page.source.eyebrow"), &view.kind];
            said(head, None, vec![&plain(&view.lead)], None)
        }
        View::Article(_) => said(vec![words.get("page.article.eyebrow")], None, vec![&description()], None),
        View::Home(_) => Share {
            tagline: String::new(),
            ..said(vec![words.get("page.home.eyebrow")], None, vec![&description()], None)
        },
        _ => return None,
    })
}

fn occasion(row: &Row, share: Share) -> Share {
    let attribution = row.attribution.sentences.first().map_or_else(String::new, plain);
    let origins = Some(&row.attribution.origins_text).filter(|_| row.attribution.sentences.len() > 1);
    Share {
        mark: Some(row.mark),
        head: vec![row.kind.clone(), row.when.text.clone()],
        text: vec![plain(&row.people)],
        status: Some(ShareStatus {
            key: row.status.key,
            word: row.status.word.clone(),
            // Those who report a record are named beside it anyway.
            by: if row.status.key == "reported" { String::new() } else { plain(&row.status.by) },
        }),
        attribution: [Some(attribution).as_ref(), origins]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
        ..share
    }
}

fn plain(rich: &Rich) -> String {
    rich.iter().map(|part| part.text.as_str()).collect()
}

/// The records of a page over the years; nothing when none has a date.
fn lanes(words: &Words, rows: &[Row]) -> Option<Lanes> {
    let dossier = &words.linked.dossier;
    let id_of = |row: &Row| -> Option<Id> {
        let (kind, page) = row.href.split_once('/')?;
        dossier.find(Kind::from_plural(kind)?, page.strip_suffix(".html")?)
    };
    let dated: Vec<(&Row, Vec<Stretch>)> = rows
        .iter()
        .filter_map(|row| Some((row, strip::stretches(date(dossier, id_of(row)?)?))))
        .filter(|(_, stretches)| !stretches.is_empty())
        .collect();
    let all = || dated.iter().flat_map(|(_, stretches)| stretches);
    let first = all().map(|stretch| stretch.from).fold(f64::INFINITY, f64::min);
    let last = all().map(|stretch| stretch.to).fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() || !last.is_finite() {
        return None;
    }
    // Years have at most nine digits, so they fit.
    let (first, last) = ((first / 12.0).floor() as i32, (last / 12.0).ceil() as i32);
    let years = last.saturating_sub(first).max(1);
    let place = |at: f64| (at / 12.0 - f64::from(first)) / f64::from(years);
    let lane = |mark: &'static str, title: &str| {
        let records: Vec<LaneRecord> = dated
            .iter()
            .filter(|(row, _)| row.mark == mark)
            .map(|(row, stretches)| LaneRecord {
                status: row.status.key,
                stretches: stretches
                    .iter()
                    .map(|stretch| Stretch { from: place(stretch.from), to: place(stretch.to), ..*stretch })
                    .collect(),
            })
            .collect();
        Some(Lane { mark, title: title.to_owned(), records }).filter(|lane| !lane.records.is_empty())
    };
    // The author names the kind of a statement.
    let statement = dated.iter().find(|(row, _)| row.mark == "statement").map_or("", |(row, _)| &row.kind);
    let mut shown: Vec<Lane> =
        LANES.iter().filter_map(|(mark, key)| lane(mark, words.strings.get(key))).collect();
    let events = shown.iter().position(|lane| lane.mark == "event").unwrap_or(shown.len());
    if let Some(lane) = lane("statement", statement) {
        shown.insert(events, lane);
    }
    Some(Lanes { ticks: ticks(words, first, years), lanes: shown })
}

/// Years, and their quarters where there is room.
fn ticks(words: &Words, first: i32, years: i32) -> Vec<LaneTick> {
    let each = (years - 1) / MOST_YEAR_NAMES + 1;
    let at = |months: i32| f64::from(months) / (f64::from(years) * 12.0);
    let mut ticks = Vec::new();
    for year in (0..years).step_by(each.unsigned_abs() as usize) {
        let text = words.dates.year(first + year, words.strings);
        ticks.push(LaneTick { at: at(year * 12), text, is_year: true });
        if years <= YEARS_WITH_MONTHS {
            ticks.extend([4, 7, 10].map(|month: u8| LaneTick {
                at: at(year * 12 + i32::from(month) - 1),
                text: words.dates.month_name(first + year, month),
                is_year: false,
            }));
        }
    }
    ticks
}
