//! The whole dossier as JSON, and each record beside its page, with a schema (JSON Schema 2020-12).

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::plain::{self, Fields};
use super::{Export, Hand, Losses, schema};
use crate::link::graph::date;
use crate::link::provenance::origins;
use crate::link::routes::{address, has_page, json_address};
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "json",
    about: "everything, as JSON with a schema; and each record beside its page",
    leaves_out: &[
        "what only concerns the authors: `allow`, `draft`, `undo`, `withhold`",
        "HTML in Markdown that is not shown",
    ],
    paths: |_| vec![PATH, SCHEMA],
    make,
};

const PATH: &str = "data/dossier.json";
const SCHEMA: &str = "data/dossier.schema.json";

fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    let mut whole =
        format!("{{\n\"$schema\": \"dossier.schema.json\",\n\"dossier\": {}", Value::Object(about(words)));
    for kind in Kind::RECORDS.into_iter().chain([Kind::Article]) {
        let ids: Vec<Id> = dossier.ids(kind).collect();
        whole.push_str(&format!(",\n\"{}\": [", kind.plural()));
        for (at, some) in ids.chunks(AT_A_TIME).enumerate() {
            let texts: Vec<String> = some.par_iter().map(|id| one(words, *id, hand)).collect();
            whole.push_str(if at == 0 { "\n" } else { ",\n" });
            whole.push_str(&texts.join(",\n"));
        }
        whole.push(']');
    }
    whole.push_str("\n}\n");
    hand((PATH.to_owned(), whole.into_bytes()));
    hand((SCHEMA.to_owned(), super::pretty(&schema::schema())));
    Losses::default()
}

/// How many records are in memory at a time, as a text each.
const AT_A_TIME: usize = 1000;

/// A record on a line; as the file beside its page it is handed over.
fn one(words: &Words, id: Id, hand: Hand) -> String {
    let dossier = &words.linked.dossier;
    let mut fields = plain::record(dossier, id);
    fields.insert("computed".to_owned(), Value::Object(computed(words, id)));
    // Writing to memory cannot fail.
    let text = serde_json::to_string(&fields).unwrap_or_default();
    if has_page(id.kind) {
        let mut own = Fields::new();
        own.insert("kind".to_owned(), json!(id.kind.singular()));
        own.extend(fields);
        hand((json_address(dossier, id), super::pretty(&Value::Object(own))));
    }
    text
}

fn about(words: &Words) -> Map<String, Value> {
    let config = &words.linked.dossier.config;
    let mut about = Map::new();
    about.insert("title".to_owned(), json!(config.title));
    about.insert("language".to_owned(), json!(config.language));
    let mut some = |name: &str, value: Option<String>| {
        value.into_iter().for_each(|value| {
            about.insert(name.to_owned(), json!(value));
        });
    };
    some("description", config.description.clone());
    some("licence", config.licence.clone());
    some("base_url", config.base_url.as_ref().map(|base| base.value.clone()));
    some("as_of", words.linked.dossier.as_of.map(|day| day.iso()));
    some("updated", super::latest(words).map(|day| day.iso()));
    if !config.authors.is_empty() {
        about.insert("authors".to_owned(), json!(config.authors));
    }
    about
}

/// What follows from the dossier as a whole, and is no field of the record: its page, its title, how sure it is.
fn computed(words: &Words, id: Id) -> Map<String, Value> {
    let dossier = &words.linked.dossier;
    let mut computed = Map::new();
    computed.insert("address".to_owned(), json!(address(dossier, id)));
    computed.insert("title".to_owned(), json!(words.title(id)));
    if let Some(date) = date(dossier, id) {
        let span = date.span();
        let mut days = Map::new();
        span.first.into_iter().for_each(|day| drop(days.insert("first".to_owned(), json!(day.iso()))));
        span.last.into_iter().for_each(|day| drop(days.insert("last".to_owned(), json!(day.iso()))));
        computed.insert("days".to_owned(), Value::Object(days));
    }
    if let Some(standing) = dossier.standing(id) {
        computed.insert("status".to_owned(), json!(standing.status().key()));
    }
    let cite = dossier.common(id).map_or(&[][..], |common| &common.cite);
    if !cite.is_empty() {
        computed.insert("origins".to_owned(), json!(origins(dossier, cite).len()));
    }
    if matches!(id.kind, Kind::Person | Kind::Group | Kind::Place) {
        let named: Vec<String> = words
            .linked
            .occasions_of(id)
            .map(|occasion| format!("{}/{}", occasion.id.kind.plural(), dossier.key(occasion.id)))
            .collect();
        computed.insert("named_in".to_owned(), json!(named));
    }
    computed
}
