//! Entities of Wikidata, as their JSON has them -> people, groups, places, meetings, events, relations and sources.

mod claims;
mod entity;
mod files;
mod kinds;
mod known;
mod names;
mod sources;
mod ties;
mod told;
mod when;
mod world;

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{Import, Input, Taken};
use crate::diag::Diagnostic;
use crate::export::plain::Fields;
use crate::model::Kind;
use claims::Record;
use entity::Entity;
use kinds::Becomes;
use ties::Ties;
use told::Told;
use world::{Out, World};

pub const IMPORT: Import = Import {
    name: "wikidata",
    about: "entities of Wikidata, as JSON",
    endings: &["json", "jsonl", "ndjson"],
    scheme: "wikidata",
    leaves_out: &[
        "what is deprecated, and dates for which there are better ones",
        "properties that no field is for, such as occupations and awards",
        "most identifiers of other databases, and links to other wikis than one Wikipedia",
        "pictures, which are not in the files",
        "when Wikidata read a source: `accessed` is the day on which you do",
    ],
    cites_itself: true,
    read,
};

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    let mut entities: IndexMap<String, Entity> = IndexMap::new();
    let mut moved: HashMap<String, String> = HashMap::new();
    let mut problems = Vec::new();
    let mut told = Told::default();
    for file in input.files.iter() {
        let found = match files::entities(file, taken) {
            Ok(found) => found,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        for (number, entity) in found {
            if number != entity.id {
                moved.insert(number, entity.id.clone());
            }
            if !entity.is_item() {
                told.lose(&entity.id, "entity", &entity.id, "a property or a word is no record");
            } else if entity.is_empty() {
                told.lose(&entity.id, "entity", &entity.id, "nothing is said of it");
            } else if entities.contains_key(&entity.id) {
                told.lose(&entity.id, "entity", &entity.id, "it is there twice: the first is taken");
            } else {
                entities.insert(entity.id.clone(), entity);
            }
        }
    }
    if problems.is_empty() {
        let world = World::new(entities, moved, &taken.there().config.language);
        records(&world, taken, told);
    }
    problems
}

/// The records that the entities are.
fn records(world: &World, taken: &mut Taken, told: Told) {
    let wikidata = taken.source_called("Wikidata", "dataset");
    taken.record(Kind::Source, &wikidata).insert("url".to_owned(), "https://www.wikidata.org/".into());
    let mut out = Out { taken, told, wikidata, sources: HashMap::new() };
    let all: Vec<(&Entity, Kind, &str)> = world
        .in_order()
        .into_iter()
        .filter_map(|entity| match world.becomes(&entity.id) {
            Becomes::Record(kind, word) => Some((entity, kind, word)),
            other => {
                not_carried(world, &mut out, entity, other);
                None
            }
        })
        .collect();
    // Every key is there before anything refers to it.
    let mut keys: HashMap<&str, String> = HashMap::new();
    for (entity, kind, _) in &all {
        let known = world.best(&entity.labels).map(|(_, text)| text);
        let others = entity.labels.iter().filter(|(code, _)| code == "en").chain(&entity.labels);
        let names: Vec<&str> = known.into_iter().chain(others.map(|(_, text)| text.as_str())).collect();
        keys.insert(&entity.id, out.taken.keys.give(*kind, &entity.id, &names));
    }
    for id in world.entities.keys() {
        if let (Becomes::Record(kind, _), Some(key)) = (world.becomes(id), keys.get(id.as_str())) {
            out.taken.record(kind, key);
        }
    }
    let mut ties = Ties::default();
    for (entity, kind, word) in all {
        let Some(key) = keys.get(entity.id.as_str()) else { continue };
        let mut record = Record::new(entity, kind, key.clone());
        record.name(world, &mut out);
        own_fields(world, &mut out, &mut record, word);
        record.links(world, &mut out);
        ties.read(world, &mut out, &mut record);
        record.finish(world, &mut out);
    }
    ties.write(out.taken);
    within(&mut out);
    let Out { taken, told, .. } = out;
    told.tell(taken);
}

/// The fields that only records of its kind have.
fn own_fields(world: &World, out: &mut Out, record: &mut Record, word: &str) {
    match record.kind {
        Kind::Person => {
            record.summary(world, out);
            record.date(world, out, "born", "P569");
            record.date(world, out, "died", "P570");
            record.ends_after(out, "born", "died", "P570");
        }
        Kind::Group => {
            record.fields.insert("type".to_owned(), word.into());
            record.short(world, out);
            record.summary(world, out);
            record.country(world, out);
            record.date(world, out, "founded", "P571");
            record.date(world, out, "dissolved", "P576");
            record.ends_after(out, "founded", "dissolved", "P576");
        }
        Kind::Place => {
            record.other_descriptions(out, "");
            record.country(world, out);
            record.place(world, out, "in", &["P131", "P361"]);
            record.position(world, out);
        }
        Kind::Meeting | Kind::Event => {
            if !word.is_empty() {
                record.fields.insert("type".to_owned(), word.into());
            }
            record.summary(world, out);
            record.occasion(world, out);
            record.place(world, out, "place", &["P276"]);
        }
        Kind::Source => {
            record.fields.insert("type".to_owned(), word.into());
            record.other_descriptions(out, "");
            record.work(world, out);
        }
        _ => {}
    }
}

/// Tells of an entity that no record was made of.
fn not_carried(world: &World, out: &mut Out, entity: &Entity, becomes: Becomes) {
    let name = match world.label(&entity.id) {
        Some(label) => format!("{} {label}", entity.id),
        None => entity.id.clone(),
    };
    let why = match becomes {
        Becomes::Position => "a position is no record: roles are called after it",
        Becomes::Class => "a kind of things is no record",
        _ => "no kind of record fits what it is",
    };
    let classes: Vec<&entity::Given> =
        entity.standing("P31").iter().map(|statement| &statement.main.value).collect();
    let classes: Vec<String> = classes.into_iter().map(|class| world.said(class)).collect();
    let value = if classes.is_empty() { name.clone() } else { classes.join(", ") };
    out.told.lose(&name, "entity", value, why);
}

/// Takes out what would make a place lie in itself by way of others.
fn within(out: &mut Out) {
    let whole = |records: &IndexMap<(Kind, String), Fields>, key: &str| {
        let fields = records.get(&(Kind::Place, key.to_owned()))?;
        fields.get("in")?.as_str().map(str::to_owned)
    };
    let places = out.taken.records.keys().filter(|(kind, _)| *kind == Kind::Place);
    let mut places: Vec<String> = places.map(|(_, key)| key.clone()).collect();
    places.sort();
    for place in places {
        let mut reached = vec![place.clone()];
        while let Some(next) = reached.last().and_then(|last| whole(&out.taken.records, last)) {
            if next == place {
                let fields = out.taken.record(Kind::Place, &place);
                if let Some(value) = fields.shift_remove("in") {
                    let value = value.as_str().unwrap_or("").to_owned();
                    let why = "a place would lie in itself by way of others";
                    out.told.lose(&format!("places/{place}"), "in", value, why);
                }
                break;
            }
            if reached.contains(&next) {
                break;
            }
            reached.push(next);
        }
    }
}
