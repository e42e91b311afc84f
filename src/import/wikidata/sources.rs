//! References -> chains: what Wikidata says, and whom it has that from.

use serde_json::json;

use super::super::taken::{add, add_id, put};
use super::entity::{Entity, Given, Snaks, Statement};
use super::known;
use super::when;
use super::world::{Out, World};
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::model::kinds::PARTY;

/// The number of Wikidata itself, which it does not rest on.
const WIKIDATA: &str = "Q2013";

/// What statements of an entity rest on, each chain once. One without a reference rests on Wikidata alone.
pub fn cites(
    world: &World,
    out: &mut Out,
    entity: &Entity,
    record: &str,
    statements: &[&Statement],
) -> Vec<String> {
    let own = format!("{} {}", out.wikidata, entity.id);
    let mut cites = Vec::new();
    for statement in statements {
        let origins: Vec<String> = statement
            .references
            .iter()
            .filter_map(|reference| origin(world, out, record, reference))
            .collect();
        let chains = origins.iter().map(|origin| format!("{own} citing {origin}"));
        let alone = origins.is_empty().then(|| own.clone());
        for cite in chains.chain(alone) {
            if !cites.contains(&cite) {
                cites.push(cite);
            }
        }
    }
    cites
}

/// Of a reference, what comes behind `citing`.
fn origin(world: &World, out: &mut Out, record: &str, reference: &Snaks) -> Option<String> {
    const USED: [&str; 20] = [
        "P143", "P248", "P304", "P407", "P50", "P123", "P577", "P792", "P854", "P958", "P1433", "P1476",
        "P2093", "P3452", "P4656", "P356", "P478", "P433", "P953", "P212",
    ];
    let url = ["P854", "P953"].iter().find_map(|property| text(reference, property)).filter(is_address);
    let stated = items(reference, "P248").into_iter().find(|id| *id != WIKIDATA);
    let imported = items(reference, "P143").into_iter().find(|id| *id != WIKIDATA);
    let page = text(reference, "P4656").filter(is_address);
    let keys: Vec<(&String, &str)> = reference
        .iter()
        .filter(|(_, snaks)| snaks.iter().any(|snak| snak.is_external))
        .filter_map(|(property, snaks)| Some((property, snaks.iter().find_map(|snak| snak.value.text())?)))
        .collect();
    let found = if let Some(url) = url {
        let key = at_address(world, out, reference, url, stated);
        key.map(|key| located(key, place(reference), out))
    } else if let Some(id) = stated {
        let place = place(reference).or(keys.first().map(|(_, key)| (*key).to_owned()));
        Some(located(of_item(world, out, id), place, out))
    } else if let Some(id) = imported {
        Some(located(of_item(world, out, id), page.map(str::to_owned), out))
    } else if let Some(page) = page {
        out.taken.source_at(page, None)
    } else if let Some(id) = items(reference, "P3452").first() {
        Some(quoted(&format!("inferred from {}", world.label(id).unwrap_or(id))))
    } else {
        keys.first().map(|(property, key)| quoted(&format!("{} {key}", known::property(property))))
    };
    let is_lost = |property: &str, snak: &super::entity::Snak| {
        found.is_some() && !USED.contains(&property) && !snak.is_external
    };
    for (property, snaks) in reference {
        for snak in snaks.iter().filter(|snak| is_lost(property, snak)) {
            let why = match property.as_str() {
                "P813" => "the day on which Wikidata read a source: `accessed` is the one on which you do",
                _ => "no part of a citation",
            };
            let field = format!("references: {}", known::property(property));
            out.told.lose(record, &field, world.said(&snak.value), why);
        }
    }
    if found.is_none() && !reference.is_empty() {
        let properties: Vec<String> = reference.keys().map(|id| known::property(id)).collect();
        out.told.lose(record, "references", properties.join(" with "), "it names no source");
    }
    found.filter(|found| *found != out.wikidata)
}

/// The source at an address, with what the reference says of it.
fn at_address(
    world: &World,
    out: &mut Out,
    reference: &Snaks,
    url: &str,
    stated: Option<&str>,
) -> Option<String> {
    let key = out.taken.source_at(url, text(reference, "P1476"))?;
    let mut fields = about(world, out, &|property| {
        reference.get(property).into_iter().flatten().map(|snak| &snak.value).collect()
    });
    if let Some(id) = stated {
        match out.key(world, id, PARTY) {
            Some(party) => _ = fields.entry("by").or_insert_with(|| json!(party)),
            None => {
                let known = known::source(id).map(|known| known.name);
                put(&mut fields, "container_title", world.label(id).or(known.as_deref()));
            }
        }
    }
    for (field, value) in fields {
        // What is cited twice is told of as it was the first time.
        out.taken.record(Kind::Source, &key).entry(field).or_insert(value);
    }
    Some(key)
}

/// What is said of a written work, as the fields of a source.
pub fn about<'v>(world: &World, out: &Out, values: &dyn Fn(&str) -> Vec<&'v Given>) -> Fields {
    let mut fields = Fields::new();
    let item = |property: &str| values(property).into_iter().find_map(Given::item);
    let first = |property: &str| values(property).into_iter().find_map(Given::text);
    let named = |id: &str| out.key(world, id, PARTY).or(world.label(id).map(str::to_owned));
    if let Some(Given::Time(moment)) = values("P577").first()
        && let Ok(dated) = when::date(moment)
    {
        put(&mut fields, "published", Some(dated.date.text()));
    }
    put(&mut fields, "language", item("P407").and_then(known::language));
    for id in values("P50").into_iter().filter_map(Given::item) {
        named(id).into_iter().for_each(|name| add(&mut fields, "author", json!(name)));
    }
    for name in values("P2093").into_iter().filter_map(Given::text) {
        add(&mut fields, "author", json!(name));
    }
    put(&mut fields, "container_title", item("P1433").and_then(|id| world.label(id)));
    put(&mut fields, "publisher", item("P123").and_then(|id| world.label(id)));
    put(&mut fields, "volume", first("P478"));
    put(&mut fields, "issue", first("P433"));
    put(&mut fields, "doi", first("P356"));
    put(&mut fields, "isbn", first("P212").or(first("P957")));
    fields
}

/// How the source is cited that a thing is: by its key, or, where the files have no name for it, by its number.
fn of_item(world: &World, out: &mut Out, id: &str) -> String {
    let id = world.number(id);
    if let Some(known) = out.sources.get(id) {
        return known.clone();
    }
    let named = |name: &str| known::Known { name: name.to_owned(), kind: "document", url: None };
    let name = match (world.label(id), known::source(id)) {
        (Some(label), Some(known)) => Some(known::Known { name: label.to_owned(), ..known }),
        (label, known) => known.or_else(|| label.map(named)),
    };
    let cited = match (out.get(world, id), name) {
        (Some((Kind::Source, _)), _) => out.taken.keys.give(Kind::Source, id, &[]),
        // A newspaper is a group, and what is cited is what it printed.
        (Some((kind, key)), Some(known)) => {
            let source = out.taken.source_called(&known.name, known.kind);
            if PARTY.contains(&kind) {
                let by = json!(format!("{}/{key}", kind.plural()));
                out.taken.record(Kind::Source, &source).insert("by".to_owned(), by);
            }
            source
        }
        (None, Some(known)) => {
            let key = out.taken.keys.give(Kind::Source, id, &[&known.name]);
            let fields = out.taken.record(Kind::Source, &key);
            put(fields, "title", Some(&known.name));
            put(fields, "type", Some(known.kind));
            put(fields, "url", known.url.as_deref());
            add_id(fields, "wikidata", id);
            key
        }
        (_, None) => {
            let why = "the files do not say what it is called: it is cited by its number";
            out.told.lose(id, "origin", id, why);
            quoted(id)
        }
    };
    out.sources.insert(id.to_owned(), cited.clone());
    cited
}

/// An origin that is no record, in quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "’"))
}

/// A source with the place in it, unless the place would be read as something else.
fn located(source: String, place: Option<String>, out: &Out) -> String {
    let Some(place) = place else { return source };
    let is_read_otherwise =
        |word: &str| word == "citing" || out.taken.keys.has(Kind::Source, word.trim_matches([',', ';', '@']));
    match source.strip_suffix('\'') {
        Some(open) => format!("{open}, {}'", place.replace('\'', "’")),
        None if place.split_whitespace().any(is_read_otherwise) => source,
        None => format!("{source} {place}"),
    }
}

/// Where in a source it stands.
fn place(reference: &Snaks) -> Option<String> {
    let page = text(reference, "P304").map(|page| {
        let several = page.contains(['-', '–', ',']);
        format!("{} {page}", if several { "pp." } else { "p." })
    });
    let part = |property: &str, word: &str| Some(format!("{word} {}", text(reference, property)?));
    page.or_else(|| part("P958", "section")).or_else(|| part("P792", "chapter"))
}

fn text<'s>(snaks: &'s Snaks, property: &str) -> Option<&'s str> {
    snaks.get(property)?.iter().find_map(|snak| snak.value.text()).filter(|text| !text.is_empty())
}

fn items<'s>(snaks: &'s Snaks, property: &str) -> Vec<&'s str> {
    snaks.get(property).into_iter().flatten().filter_map(|snak| snak.value.item()).collect()
}

/// Whether a text is an address that dossiers take.
pub fn is_address(url: &&str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}
