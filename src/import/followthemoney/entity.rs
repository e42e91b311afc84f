//! A file of FollowTheMoney -> its entities, those that stand within others among them.

use indexmap::IndexMap;
use indexmap::map::Entry;
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
    let base = problems::base(file, text);
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

/// Parts of one entity, which stand in several places under its identifier, put together.
pub fn whole(parts: Vec<(usize, Value)>) -> Vec<(usize, Value)> {
    let mut entities: IndexMap<String, (usize, Value)> = IndexMap::new();
    let mut others = Vec::new();
    for (file, value) in parts {
        let Some(id) = value.get("id").and_then(Value::as_str).map(str::to_owned) else {
            others.push((file, value));
            continue;
        };
        match entities.entry(id) {
            Entry::Vacant(place) => drop(place.insert((file, value))),
            Entry::Occupied(mut known) => match schema(&known.get().1, &value) {
                Some(schema) => put_together(&mut known.get_mut().1, value, schema),
                None => others.push((file, value)),
            },
        }
    }
    entities.into_values().chain(others).collect()
}

/// The schema of two parts of an entity, if they can be of one: that which says more.
fn schema(one: &Value, other: &Value) -> Option<String> {
    const GENERAL: [&str; 3] = ["Thing", "LegalEntity", "Organization"];
    let [one, other] = [one, other].map(|part| part.get("schema").and_then(Value::as_str).unwrap_or(""));
    let rank = |schema: &str| GENERAL.iter().position(|known| *known == schema).unwrap_or(GENERAL.len());
    let (low, high) = if rank(one) <= rank(other) { (one, other) } else { (other, one) };
    let is_group = matches!(high, "Company" | "PublicBody");
    let fits = low == high
        || low == "Thing"
        || low == "LegalEntity" && (is_group || high == "Person")
        || low == "LegalEntity" && high == "Organization"
        || low == "Organization" && is_group;
    fits.then(|| high.to_owned())
}

fn put_together(known: &mut Value, part: Value, schema: String) {
    let (Value::Object(known), Value::Object(part)) = (known, part) else { return };
    for (name, value) in part {
        match (known.get_mut(&name), value) {
            (None, value) => drop(known.insert(name, value)),
            (Some(Value::Array(items)), Value::Array(more)) => grow(items, more),
            (Some(Value::Object(properties)), Value::Object(more)) => {
                for (property, values) in more {
                    match (properties.get_mut(&property), values) {
                        (Some(Value::Array(items)), Value::Array(more)) => grow(items, more),
                        (_, values) => drop(properties.insert(property, values)),
                    }
                }
            }
            _ => {}
        }
    }
    known.insert("schema".to_owned(), Value::String(schema));
}

fn grow(items: &mut Vec<Value>, more: Vec<Value>) {
    for item in more {
        if !items.contains(&item) {
            items.push(item);
        }
    }
}

/// An entity and the values of its properties.
pub struct Entity<'v> {
    /// The number of its file.
    pub file: usize,
    pub id: String,
    pub schema: String,
    pub whole: Object<'v>,
    pub properties: Object<'v>,
}

impl<'v> Entity<'v> {
    pub fn of(file: usize, value: &'v Value) -> Option<Entity<'v>> {
        let whole = Object::of(value)?;
        let properties = whole.list("properties").first().and_then(Object::of)?;
        Some(Entity { file, id: whole.text("id")?, schema: whole.text("schema")?, properties, whole })
    }

    pub fn first(&self, property: &str) -> Option<String> {
        self.properties.first(property)
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
