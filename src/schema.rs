//! The fields of `model::fields` -> JSON Schema: of the files that authors write, and of the JSON that is published.

use serde_json::{Map, Value, json};

use crate::model::Kind;
use crate::model::fields::{Field, Holds, Keys, Needed, SITE, Shape, UNPUBLISHED, shape};
use crate::model::name::SpellingKind;
use crate::parse::problems::LONGEST_KEY;

/// The draft of JSON Schema that editors of TOML know.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A key, as the pattern of a regular expression without its ends.
const KEY: &str = "[a-z0-9]+(-[a-z0-9]+)*";

/// In what form values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As in TOML: one of a list may stand alone, and a key in place of a table.
    Written,
    /// As in the JSON of a dossier: lists are lists.
    Published,
}

/// What a schema needs to know of other stages.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    pub lints: &'a [&'a str],
    pub formats: &'a [&'a str],
}

/// A file that a schema is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// `site.toml`
    Site,
    /// `content/people.toml` and the files in `content/people/`.
    Records(Kind),
}

impl File {
    /// All that have a schema.
    pub fn all() -> impl Iterator<Item = File> {
        std::iter::once(File::Site).chain(Kind::RECORDS.into_iter().map(File::Records))
    }

    /// By which it is asked for: `site`, `people`.
    pub fn name(self) -> &'static str {
        match self {
            File::Site => "site",
            File::Records(kind) => kind.plural(),
        }
    }

    /// Where such files are in a dossier, as patterns that editors know.
    pub fn patterns(self) -> Vec<String> {
        match self {
            File::Site => vec!["site.toml".to_owned()],
            File::Records(kind) => {
                let name = kind.plural();
                vec![format!("content/{name}.toml"), format!("content/{name}/**/*.toml")]
            }
        }
    }
}

/// The schema of a file, as JSON Schema of draft 7.
pub fn of_file(file: File, names: Names) -> Value {
    let mut schemas = Schemas::new(Form::Written, names);
    let mut schema = match file {
        File::Site => schemas.table(&SITE),
        File::Records(kind) => {
            let record = schemas.reference(shape(kind));
            json!({
                "type": "object",
                "propertyNames": { "pattern": format!("^{KEY}$"), "maxLength": LONGEST_KEY },
                "additionalProperties": record,
            })
        }
    };
    if let Some(schema) = schema.as_object_mut() {
        let title = match file {
            File::Site => "The settings of a dossier".to_owned(),
            File::Records(kind) => format!("The {} of a dossier, by their keys", kind.plural()),
        };
        schema.insert("$schema".to_owned(), json!(DRAFT));
        schema.insert("title".to_owned(), json!(title));
        schema.insert("$defs".to_owned(), Value::Object(schemas.definitions));
    }
    schema
}

/// Schemas that share the definitions of their tables.
pub struct Schemas<'a> {
    form: Form,
    names: Names<'a>,
    /// The tables by name.
    pub definitions: Map<String, Value>,
}

impl<'a> Schemas<'a> {
    pub fn new(form: Form, names: Names<'a>) -> Self {
        Schemas { form, names, definitions: Map::new() }
    }

    /// A field, and in the files of authors what it means: the examples in that could name somebody who is withheld.
    pub fn field(&mut self, field: &Field, of: &'static Shape) -> Value {
        let value = self.value(field.holds, of);
        if self.form == Form::Published {
            return value;
        }
        // What stands beside a reference is not read by every reader of draft 7.
        let mut value = if value.get("$ref").is_some() { json!({ "allOf": [value] }) } else { value };
        if let Some(value) = value.as_object_mut() {
            value.insert("description".to_owned(), json!(field.about));
        }
        value
    }

    /// What stands in a field of a table.
    fn value(&mut self, holds: Holds, of: &'static Shape) -> Value {
        let key = |kinds: &[Kind]| {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.plural()).collect();
            json!({ "type": "string", "pattern": format!("^(({})/)?{KEY}$", kinds.join("|")) })
        };
        match (holds, self.form) {
            (Holds::Word(_, words) | Holds::OneOf(words), _) => json!({ "type": "string", "enum": words() }),
            (Holds::Flag, _) => json!({ "type": "boolean" }),
            (Holds::Integer, _) => json!({ "type": "integer" }),
            (Holds::Degrees(most), _) => json!({ "type": "number", "minimum": -most, "maximum": most }),
            (Holds::Checksum, _) => json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" }),
            (Holds::Any, _) => json!({}),
            (Holds::Date, Form::Published) => described("EDTF (ISO 8601-2): `2023-06~` is about June 2023."),
            (Holds::Citation, Form::Published) => described(
                "A chain, from what was read to where that has it from: `a ¶1 citing b citing 'an aide'`.",
            ),
            (Holds::Language, Form::Published) => described("A language tag (BCP 47)."),
            (Holds::Markdown, Form::Published) => described("Markdown."),
            (Holds::Country, _) => json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
            (Holds::Address, _) => json!({ "type": "string", "pattern": "^https?://" }),
            (Holds::Key(kinds), Form::Written) => key(kinds),
            (Holds::Former, Form::Written) => {
                json!({ "type": "string", "pattern": format!("^{KEY}(/{KEY})*$") })
            }
            (Holds::OwnField, _) => {
                let names = of.fields().map(|field| field.name);
                let fields: Vec<&str> = names.filter(|name| !UNPUBLISHED.contains(name)).collect();
                json!({ "type": "string", "enum": fields })
            }
            (Holds::Table(shape), _) => self.reference(shape),
            (Holds::Either([Holds::Key(_), Holds::Table(shape)]), Form::Published) => self.reference(shape),
            (Holds::Either([Holds::Text, Holds::Integer]), Form::Published) => json!({ "type": "string" }),
            (Holds::Either(all), _) => {
                let all: Vec<Value> = all.iter().map(|one| self.value(*one, of)).collect();
                json!({ "anyOf": all })
            }
            (Holds::List(each), Form::Published) => {
                json!({ "type": "array", "items": self.value(*each, of) })
            }
            (Holds::List(each), Form::Written) => one_or_several(&self.value(*each, of)),
            _ => json!({ "type": "string" }),
        }
    }

    /// A reference to the definition of a table.
    fn reference(&mut self, shape: &'static Shape) -> Value {
        if !self.definitions.contains_key(shape.name) {
            let table = self.table(shape);
            self.definitions.insert(shape.name.to_owned(), table);
        }
        json!({ "$ref": format!("#/$defs/{}", shape.name) })
    }

    /// A table with its fields.
    pub fn table(&mut self, shape: &'static Shape) -> Value {
        let mut properties = Map::new();
        for field in shape.fields() {
            properties.insert(field.name.to_owned(), self.field(field, shape));
        }
        let others = match shape.others {
            None => json!(false),
            // In a table by keys one of a list stands alone in either form.
            Some((_, Holds::List(each))) => one_or_several(&self.value(*each, shape)),
            Some((_, holds)) => self.value(holds, shape),
        };
        let mut table = json!({ "type": "object", "properties": properties, "additionalProperties": others });
        if let Some(names) = shape.others.and_then(|(keys, _)| self.keys(keys)) {
            let known = shape.fields().map(|field| field.name.to_owned());
            let names: Vec<String> = known.chain(names).collect();
            // Named one by one, since editors complete what is named.
            let value = table["additionalProperties"].take();
            for name in &names {
                if table["properties"].get(name).is_none() {
                    table["properties"][name] = value.clone();
                }
            }
            let is_closed = matches!(shape.others, Some((Keys::Lints | Keys::Formats, _)));
            table["additionalProperties"] = if is_closed { json!(false) } else { value };
        }
        self.require(&mut table, shape, false);
        // What a draft may lack is needed of all others.
        let mut accepted = json!({});
        self.require(&mut accepted, shape, true);
        if accepted != json!({}) {
            table["if"] = json!({ "properties": { "draft": { "const": true } }, "required": ["draft"] });
            table["else"] = accepted;
        }
        table
    }

    /// Adds to a schema the fields that must be there: those that a draft may lack, or the others.
    fn require(&self, schema: &mut Value, shape: &'static Shape, waits: bool) {
        let fields = || shape.fields().filter(|field| field.waits == waits);
        let needed: Vec<&str> =
            fields().filter(|field| field.needed == Needed::Yes).map(|field| field.name).collect();
        if !needed.is_empty() {
            schema["required"] = json!(needed);
        }
        // What nobody says is not there when it is published.
        let written = self.form == Form::Written;
        if let Some(names) = fields().find_map(alternatives).filter(|_| written) {
            schema["anyOf"] = names.map(|name| json!({ "required": [name] })).collect();
        }
    }

    /// The keys that a table may have, as far as they are known.
    fn keys(&self, keys: Keys) -> Option<Vec<String>> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        match keys {
            Keys::Lints => Some(owned(self.names.lints)),
            Keys::Formats => Some(owned(self.names.formats)),
            Keys::Spellings => {
                Some(SpellingKind::OTHER.into_iter().map(|(name, _)| name.to_owned()).collect())
            }
            Keys::Locators | Keys::Schemes | Keys::Targets => None,
        }
    }
}

/// A text of which something is to be said.
fn described(text: &str) -> Value {
    json!({ "type": "string", "description": text })
}

/// A field that is needed, and those that can stand in its place.
fn alternatives(field: &'static Field) -> Option<impl Iterator<Item = &'static str>> {
    match field.needed {
        Needed::Or(others) => Some(std::iter::once(field.name).chain(others.iter().copied())),
        Needed::Yes | Needed::No => None,
    }
}

fn one_or_several(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}
