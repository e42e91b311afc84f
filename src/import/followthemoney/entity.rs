//! A file of FollowTheMoney -> its entities, those that stand within others among them.

use serde_json::{Map, Value};

use crate::diag::Diagnostic;
use crate::export::followthemoney::OWN;
use crate::import::object::Object;
use crate::import::problems;
use crate::model::Kind;
use crate::parse::is_key;
use crate::source::SourceFile;

/// The entities of a file: one on each line, or a list, or one alone.
pub fn values(file: &SourceFile) -> Result<Vec<Value>, Vec<Diagnostic>> {
    let text = problems::text(file)?;
    let base = file.bytes.len() - text.len();
    let whole: Result<Value, _> = serde_json::from_str(text);
    let values = match whole {
        Ok(Value::Array(items)) => items,
        Ok(value) => vec![value],
        Err(_) if text.trim_start().starts_with('[') => {
            return Err(problems::json(file, text, base).err().unwrap_or_default());
        }
        Err(_) => {
            let mut at = base;
            let (mut values, mut found) = (Vec::new(), Vec::new());
            for line in text.split_inclusive('\n') {
                match problems::json(file, line, at) {
                    _ if line.trim().is_empty() => {}
                    Ok(value) => values.push(value),
                    Err(problems) => found.extend(problems),
                }
                at += line.len();
            }
            // Of a file that is something else every line is wrong.
            found.truncate(10);
            if !found.is_empty() {
                return Err(found);
            }
            values
        }
    };
    let is_entity = |value: &Value| value.get("schema").is_some() && value.get("id").is_some();
    match values.iter().any(is_entity) {
        true => Ok(values),
        false => Err(problems::not_of(file, "FollowTheMoney", "nothing in it has an `id` and a `schema`")),
    }
}

/// An entity and those that stand within its properties, which become references. One that refers to it itself, as a
/// tie does to its ends, need not be referred to.
pub fn flat(mut value: Value, out: &mut Vec<Value>) {
    let at = out.len();
    out.push(Value::Null);
    let own = value.get("id").cloned();
    let refers = |item: &Value| {
        let properties = item.get("properties").and_then(Value::as_object);
        let mut values = properties.into_iter().flat_map(Map::values).filter_map(Value::as_array).flatten();
        own.as_ref().is_some_and(|own| values.any(|value| value == own))
    };
    if let Some(properties) = value.get_mut("properties").and_then(Value::as_object_mut) {
        for list in properties.values_mut().filter_map(Value::as_array_mut) {
            for item in std::mem::take(list) {
                match item.get("id").filter(|_| item.get("schema").is_some()).cloned() {
                    Some(id) => {
                        if !refers(&item) {
                            list.push(id);
                        }
                        flat(item, out);
                    }
                    None => list.push(item),
                }
            }
        }
    }
    out[at] = value;
}

/// An entity and the values of its properties.
pub struct Entity<'v> {
    pub id: String,
    pub schema: String,
    pub whole: Object<'v>,
    pub properties: Object<'v>,
}

impl<'v> Entity<'v> {
    pub fn of(value: &'v Value) -> Option<Entity<'v>> {
        let whole = Object::of(value)?;
        let properties = whole.list("properties").first().and_then(Object::of)?;
        Some(Entity { id: whole.text("id")?, schema: whole.text("schema")?, properties, whole })
    }

    pub fn first(&self, property: &str) -> Option<String> {
        self.properties.texts(property).into_iter().next()
    }

    /// The kind of records that it becomes, if it becomes one by itself.
    pub fn kind(&self) -> Option<Kind> {
        const DOCUMENTS: [&str; 18] = [
            "Article",
            "Document",
            "HyperText",
            "PlainText",
            "Pages",
            "Page",
            "Email",
            "Image",
            "Video",
            "Audio",
            "Table",
            "Workbook",
            "Package",
            "Folder",
            "Message",
            "Note",
            "Assessment",
            "Mention",
        ];
        match self.schema.as_str() {
            "Person" => Some(Kind::Person),
            "Organization" | "Company" | "PublicBody" | "LegalEntity" => Some(Kind::Group),
            "Event" | "Trip" => Some(match self.own() {
                Some((Kind::Meeting, _)) => Kind::Meeting,
                _ => Kind::Event,
            }),
            "Ownership" | "Family" | "Associate" | "UnknownLink" | "Representation" => Some(Kind::Relation),
            // Of our own export it is a relation, of others a role.
            "Employment" => self.own().filter(|(kind, _)| *kind == Kind::Relation).map(|(kind, _)| kind),
            schema if DOCUMENTS.contains(&schema) => Some(Kind::Source),
            _ => None,
        }
    }

    /// The record that an identifier of our own export names.
    pub fn own(&self) -> Option<(Kind, String)> {
        let (singular, key) = self.id.strip_prefix(OWN)?.split_once('-')?;
        let kind = Kind::RECORDS.into_iter().find(|kind| kind.singular() == singular)?;
        is_key(key).then(|| (kind, key.to_owned()))
    }
}
