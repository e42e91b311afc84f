//! Labels, aliases and names of entities -> the name of a record and its other spellings.

use serde_json::{Value, json};

use super::super::taken::{add_name, put};
use super::entity::{Entity, Given};
use super::known::{language, tag};
use super::world::{Out, World};
use crate::export::plain::Fields;

/// Names that are statements: the property, and what they are where that is more than a name.
pub const NAMES: [(&str, Option<&str>); 6] = [
    ("P1559", None),
    ("P1705", None),
    ("P1448", Some("official name")),
    ("P1477", Some("birth name")),
    ("P742", Some("pseudonym")),
    ("P1449", Some("nickname")),
];

/// The name of an entity, with its language where that is another than the dossier's.
pub fn name(world: &World, out: &mut Out, entity: &Entity, record: &str, fields: &mut Fields) {
    match world.best(&entity.labels) {
        Some((code, label)) => {
            put(fields, "name", Some(label));
            let other = tag(code).filter(|tag| !world.is_own(tag));
            put(fields, "name_lang", other.as_deref());
        }
        None => {
            put(fields, "name", Some(&entity.id));
            out.told.lose(record, "labels", &entity.id, "it has none: its number is its name");
        }
    }
    spellings(world, out, entity, record, fields);
}

fn spellings(world: &World, out: &mut Out, entity: &Entity, record: &str, fields: &mut Fields) {
    let name = fields.get("name").and_then(Value::as_str).unwrap_or("").to_owned();
    let mut spellings = Spellings { name, also: Vec::new() };
    let mut odd: Vec<&str> = Vec::new();
    let mut labels: Vec<(String, &str)> = Vec::new();
    for (code, text) in &entity.labels {
        match tag(code) {
            Some(tag) => labels.push((tag, text)),
            None => odd.push(code),
        }
    }
    // Those who are named in their own script are so first.
    let native = native(world, entity);
    labels.sort_by_key(|(tag, _)| native.iter().position(|own| own == tag).unwrap_or(native.len()));
    let base = |code: &str| code.split('-').next().map(str::to_owned);
    for (tag, text) in &labels {
        let is_as_in_base = tag.contains('-')
            && labels.iter().any(|(other, same)| base(tag).as_ref() == Some(other) && same == text);
        if !is_as_in_base {
            spellings.add(world, fields, tag, text, None);
        }
    }
    let is_own = |code: &str| tag(code).is_some_and(|tag| world.is_own(&tag));
    let (own, others): (Vec<_>, Vec<_>) = entity.aliases.iter().partition(|(code, _)| is_own(code));
    for (code, texts) in own.into_iter().chain(others) {
        match tag(code) {
            Some(tag) => texts.iter().for_each(|text| spellings.alias(world, fields, &tag, text)),
            None if texts.is_empty() => {}
            None => odd.push(code),
        }
    }
    for (property, note) in NAMES {
        for statement in entity.standing(property) {
            match &statement.main.value {
                Given::Mono(text, code) => {
                    let tag = tag(code).unwrap_or_else(|| "mul".to_owned());
                    spellings.add(world, fields, &tag, text, note);
                }
                Given::Text(text) => spellings.add(world, fields, "mul", text, note),
                _ => {}
            }
        }
    }
    spellings.finish(fields);
    odd.sort_unstable();
    odd.dedup();
    if !odd.is_empty() {
        out.told.lose(record, "labels", odd.join(", "), "these are no tags of languages");
    }
}

/// Spellings of a name, those of no other language held back until all others are there.
struct Spellings {
    name: String,
    also: Vec<Value>,
}

impl Spellings {
    fn add(&mut self, world: &World, fields: &mut Fields, tag: &str, text: &str, note: Option<&str>) {
        if text == self.name || self.has_also(text) {
            return;
        }
        let own = json!(text);
        let noted = note.map_or_else(|| own.clone(), |note| json!({ "text": text, "note": note }));
        if world.is_own(tag) {
            self.also.push(noted);
        } else if !is_there(fields, tag, text) {
            add_name(fields, tag, noted);
        }
    }

    /// An alias in another language that is one in the dossier's says nothing more.
    fn alias(&mut self, world: &World, fields: &mut Fields, tag: &str, text: &str) {
        let base = tag.split('-').next().unwrap_or(tag);
        if !is_there(fields, base, text) {
            self.add(world, fields, tag, text, None);
        }
    }

    fn has_also(&self, text: &str) -> bool {
        self.also.iter().any(|known| text_of(known) == Some(text))
    }

    fn finish(self, fields: &mut Fields) {
        self.also.into_iter().for_each(|spelling| add_name(fields, "aka", spelling));
    }
}

fn text_of(spelling: &Value) -> Option<&str> {
    spelling.as_str().or_else(|| spelling.get("text")?.as_str())
}

/// Whether a language has a spelling already.
fn is_there(fields: &Fields, tag: &str, text: &str) -> bool {
    match fields.get("names").and_then(|names| names.get(tag)) {
        Some(Value::Array(several)) => several.iter().any(|known| text_of(known) == Some(text)),
        Some(known) => text_of(known) == Some(text),
        None => false,
    }
}

/// The languages in which somebody has a name of their own, or which they speak, or which their country has.
fn native(world: &World, entity: &Entity) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (property, _) in NAMES {
        for statement in entity.best(property) {
            if let Given::Mono(_, code) = &statement.main.value {
                found.extend(tag(code));
            }
        }
    }
    let spoken = ["P103", "P1412", "P37"].iter().flat_map(|property| entity.items(property));
    let countries = ["P27", "P17"].iter().flat_map(|property| entity.items(property));
    let of_countries = countries.filter_map(|id| world.entity(id)).flat_map(|country| country.items("P37"));
    found.extend(spoken.chain(of_countries).filter_map(language).map(str::to_owned));
    found
}
