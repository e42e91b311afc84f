//! Meetings and events -> a timeline for TimelineJS3 (timeline.knightlab.com/docs/json-format.html).

use serde_json::{Map, Value, json};

use super::{Export, Hand, Losses, absolute};
use crate::html::{escaped, escaped_text};
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::date::Unit;
use crate::model::exact;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "timelinejs",
    about: "meetings and events as JSON for TimelineJS3",
    leaves_out: &[
        "records whose date is unknown, doubtful, or open at one end",
        "people and groups beside meetings and events",
        "who says so: the chain of sources is said in words",
    ],
    paths: |_| vec![PATH],
    make,
};

const PATH: &str = "data/timelinejs.json";

fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    let mut lost = Losses::default();
    let mut events = Vec::new();
    for occasion in words.linked.occasions() {
        let id = occasion.id;
        let when = date(dossier, id);
        let Some(exact) = when.and_then(exact::of) else {
            let edtf = when.map_or("", |date| date.text());
            lost.add(
                dossier,
                id,
                "record",
                edtf,
                "left out: a timeline of TimelineJS knows no doubtful dates",
            );
            continue;
        };
        let (start, end) = match exact {
            exact::Exact::In(unit) => (unit, None),
            exact::Exact::FromTo(from, to) => (from, Some(to)),
        };
        let text = when.map(|date| words.date(date)).unwrap_or_default();
        let mut event = Map::new();
        event.insert("unique_id".to_owned(), json!(format!("{}/{}", id.kind.plural(), dossier.key(id))));
        event.insert("start_date".to_owned(), parts(start));
        if let Some(end) = end {
            event.insert("end_date".to_owned(), parts(end));
        }
        event.insert("display_date".to_owned(), json!(text));
        // The texts of a slide are HTML.
        let mut said: Vec<String> = super::said::of_occasion(words, id)
            .iter()
            .map(|said| format!("<p>{}</p>", escaped_text(said)))
            .collect();
        if dossier.config.base_url.is_some() {
            let href = escaped(&absolute(words, &address(dossier, id))).to_string();
            said.push(format!("<p><a href=\"{href}\">{}</a></p>", escaped_text(&dossier.config.title)));
        }
        event.insert(
            "text".to_owned(),
            json!({ "headline": escaped_text(&words.title(id)).to_string(), "text": said.concat() }),
        );
        events.push(Value::Object(event).to_string());
    }
    let title = json!({ "text": {
        "headline": escaped_text(&dossier.config.title).to_string(),
        "text": dossier.config.description.as_deref().map(|text| escaped_text(text).to_string()).unwrap_or_default(),
    } });
    let text = format!("{{\n\"title\": {title},\n\"events\": [\n{}\n]\n}}\n", events.join(",\n"));
    hand((PATH.to_owned(), text.into_bytes()));
    lost
}

/// A date no more precise than it is known.
fn parts(unit: Unit) -> Value {
    match unit {
        Unit::Day(day) => json!({ "year": day.year(), "month": day.month(), "day": day.day() }),
        Unit::Month(year, month) => json!({ "year": year, "month": month }),
        Unit::Season(year, _) | Unit::Year(year) | Unit::Decade(year) | Unit::Century(year) => {
            json!({ "year": year })
        }
    }
}
