//! The JSON Schema (2020-12) of the JSON of a dossier, from the fields of each kind.

use serde_json::{Map, Value, json};

use crate::model::Kind;
use crate::model::fields::{PROSE, UNPUBLISHED, shape};
use crate::schema::{Form, Names, Schemas};

/// The schema of `dossier.json`, which has that of each record among its `$defs`.
pub fn schema() -> Value {
    // What is set aside and which formats there are is not published.
    let mut schemas = Schemas::new(Form::Published, Names { lints: &[], formats: &[] });
    let mut kinds = Map::new();
    let mut records = Map::new();
    for kind in Kind::RECORDS.into_iter().chain([Kind::Article]) {
        let items = json!({ "$ref": format!("#/$defs/{}", kind.singular()) });
        kinds.insert(kind.plural().to_owned(), json!({ "type": "array", "items": items }));
        records.insert(kind.singular().to_owned(), record(&mut schemas, kind));
    }
    let mut definitions = shared();
    definitions.extend(schemas.definitions);
    definitions.extend(records);
    let mut properties = Map::new();
    properties.insert("$schema".to_owned(), json!({ "type": "string" }));
    properties.insert("dossier".to_owned(), json!({ "$ref": "#/$defs/dossier" }));
    properties.extend(kinds);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A dossier",
        "type": "object",
        "required": ["dossier"],
        "properties": properties,
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// The fields of a record, which are those of its authors and `computed`.
fn record(schemas: &mut Schemas, kind: Kind) -> Value {
    let mut properties = Map::new();
    properties.insert("kind".to_owned(), json!({ "const": kind.singular() }));
    properties.insert("key".to_owned(), json!({ "type": "string", "description": "Unique in its kind." }));
    let fields = shape(kind).fields().chain([&PROSE]);
    for field in fields.filter(|field| !UNPUBLISHED.contains(&field.name)) {
        properties.insert(field.name.to_owned(), schemas.field(field, shape(kind)));
    }
    properties.insert("computed".to_owned(), json!({ "$ref": "#/$defs/computed" }));
    json!({ "type": "object", "required": ["key"], "properties": properties, "additionalProperties": false })
}

fn shared() -> Map<String, Value> {
    let definitions = json!({
        "dossier": {
            "type": "object", "required": ["title", "language"],
            "properties": {
                "title": { "type": "string" }, "language": { "type": "string" }, "description": { "type": "string" },
                "licence": { "type": "string" }, "base_url": { "type": "string" }, "as_of": { "type": "string" },
                "updated": { "type": "string" },
                "authors": { "type": "array", "items": { "type": "string" } },
            },
            "additionalProperties": false,
        },
        "computed": { "type": "object", "description": "What follows from the dossier as a whole." },
    });
    match definitions {
        Value::Object(definitions) => definitions,
        _ => Map::new(),
    }
}
