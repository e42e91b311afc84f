//! The JSON Schema (2020-12) of the JSON of a dossier, from the fields of each kind.

use serde_json::{Map, Value, json};

use crate::model::Kind;
use crate::model::fields::{Holds, fields_of};

/// What only the authors need to know.
const OWN: [&str; 4] = ["draft", "withhold", "allow", "undo"];

/// The schema of `dossier.json`, which has that of each record among its `$defs`.
pub fn schema() -> Value {
    let mut kinds = Map::new();
    let mut definitions = shared();
    let all = Kind::RECORDS.into_iter().chain([Kind::Article]);
    for kind in all {
        kinds.insert(
            kind.plural().to_owned(),
            json!({ "type": "array", "items": { "$ref": format!("#/$defs/{}", kind.singular()) } }),
        );
        definitions.insert(kind.singular().to_owned(), record(kind));
    }
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
fn record(kind: Kind) -> Value {
    let mut properties = Map::new();
    properties.insert("kind".to_owned(), json!({ "const": kind.singular() }));
    properties.insert("key".to_owned(), json!({ "type": "string", "description": "Unique in its kind." }));
    for (name, holds) in fields_of(kind).filter(|(name, _)| !OWN.contains(name)) {
        properties.insert(name.to_owned(), field(name, holds));
    }
    properties.insert("computed".to_owned(), json!({ "$ref": "#/$defs/computed" }));
    json!({ "type": "object", "required": ["key"], "properties": properties, "additionalProperties": false })
}

fn field(name: &str, holds: Holds) -> Value {
    match (name, holds) {
        ("cite", _) => json!({ "$ref": "#/$defs/cite" }),
        (_, Holds::Date) => json!({ "$ref": "#/$defs/date" }),
        (_, Holds::Language) => json!({ "type": "string", "description": "A language tag (BCP 47)." }),
        (_, Holds::Word(_, words)) => json!({ "enum": words() }),
        (_, Holds::Text | Holds::Key(_)) => json!({ "type": "string" }),
        (_, Holds::Markdown) => json!({ "type": "string", "description": "Markdown." }),
        (_, Holds::Texts) => texts(),
        ("participants" | "involved", _) => list("participant"),
        ("roles", _) => list("role"),
        ("part_of", _) => list("part_of"),
        ("confirmed_by" | "denied_by" | "retracted_by" | "no_comment_by", _) => list("stance"),
        ("response_sought", _) => list("request"),
        ("links", _) => list("link"),
        ("names", _) => json!({ "$ref": "#/$defs/names" }),
        ("date_original" | "published_original", _) => json!({ "$ref": "#/$defs/as_given" }),
        ("ids", _) => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        ("moved_from" | "exclusive_roles", _) => texts(),
        ("lat" | "lon", _) => json!({ "type": "number" }),
        ("order", _) => json!({ "type": "integer" }),
        ("portrait", _) => table(&["file", "alt", "credit", "licence"], &[]),
        ("copy", _) => table(&["file", "sha256"], &["got"]),
        ("quotes", _) => json!({ "type": "object", "additionalProperties": { "anyOf": [
            { "type": "string" }, table(&["text"], &["language", "translation"]),
        ] } }),
        _ => json!({}),
    }
}

fn texts() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn list(of: &str) -> Value {
    json!({ "type": "array", "items": { "$ref": format!("#/$defs/{of}") } })
}

/// A table of texts, of which the first must be there; dates and citations by their names.
fn table(must: &[&str], may: &[&str]) -> Value {
    let property = |name: &&str| {
        let value = match *name {
            "cite" => json!({ "$ref": "#/$defs/cite" }),
            "from" | "to" | "date" | "got" => json!({ "$ref": "#/$defs/date" }),
            "withheld" => json!({ "const": true, "description": "Somebody whose name is withheld." }),
            _ => json!({ "type": "string" }),
        };
        ((*name).to_owned(), value)
    };
    let properties: Map<String, Value> = must.iter().chain(may).map(property).collect();
    json!({ "type": "object", "required": must, "properties": properties, "additionalProperties": false })
}

/// The parts of records.
fn shared() -> Map<String, Value> {
    let participant =
        ["who", "desc", "count", "withheld", "for", "as", "named_as", "stands_in_for", "from_place", "cite"];
    let spelling = json!({ "anyOf": [{ "type": "string" }, table(&["text"], &["note", "cite"])] });
    let mut request = table(&[], &["date", "how"]);
    request["properties"]["from"] = json!({ "type": "string" });
    // In another calendar a date is written as that has it.
    let as_given = json!({
        "type": "object", "required": ["calendar", "date"], "additionalProperties": false,
        "properties": {
            "calendar": { "type": "string" }, "date": { "type": "string" }, "text": { "type": "string" },
            "lang": { "type": "string" },
        },
    });
    let definitions = json!({
        "dossier": {
            "type": "object", "required": ["title", "language"],
            "properties": {
                "title": { "type": "string" }, "language": { "type": "string" }, "description": { "type": "string" },
                "licence": { "type": "string" }, "base_url": { "type": "string" }, "as_of": { "type": "string" },
                "updated": { "type": "string" }, "authors": texts(),
            },
            "additionalProperties": false,
        },
        "date": { "type": "string", "description": "EDTF (ISO 8601-2): `2023-06~` is about June 2023." },
        "cite": {
            "type": "array",
            "items": { "type": "string" },
            "description": "Chains, from what was read to where it comes from: `a ¶1 citing b citing 'an aide'`.",
        },
        "participant": table(&[], &participant),
        "role": table(&["role", "of"], &["from", "to", "place", "cite"]),
        "part_of": table(&["of"], &["from", "to", "share", "cite"]),
        "stance": table(&[], &["who", "withheld", "words", "summary", "date", "cite"]),
        "request": request,
        "link": table(&["url", "title"], &[]),
        "names": {
            "type": "object",
            "additionalProperties": { "anyOf": [spelling.clone(), { "type": "array", "items": spelling }] },
            "description": "Other spellings, by language (BCP 47), or `translit`, `aka`, `former`, `nom-de-guerre`.",
        },
        "as_given": as_given,
        "computed": { "type": "object", "description": "What follows from the dossier as a whole." },
    });
    match definitions {
        Value::Object(definitions) => definitions,
        _ => Map::new(),
    }
}
