//! Entities of FollowTheMoney (followthemoney.tech), as OpenSanctions, Aleph and others have them -> people, groups,
//! roles, relations, meetings, events and sources.

mod entity;

use std::collections::HashMap;

use serde_json::{Value, json};

use entity::{Entity, flat, values, whole};

use crate::diag::Diagnostic;
use crate::export::followthemoney::LANGUAGES;
use crate::export::plain::Fields;
use crate::import::merge::as_text;
use crate::import::taken::{Taken, add, add_id, add_name, put, put_plain};
use crate::import::text::{host, plain};
use crate::import::{Import, Input, when};
use crate::model::Kind;
use crate::model::kinds::{GROUP, PARTY, PERSON, SOURCE};
use crate::source::SourceFile;

pub const IMPORT: Import = Import {
    name: "followthemoney",
    about: "entities of FollowTheMoney, as OpenSanctions and Aleph have them",
    endings: &["json", "jsonl", "ndjson", "ijson"],
    scheme: SCHEME,
    leaves_out: &[
        "addresses, documents of identity, bank accounts, vehicles, payments and what else is no person, group, tie, \
         event or document",
        "nationalities, genders and other properties of people that a dossier has no field for",
    ],
    cites_itself: false,
    read,
};

const SCHEME: &str = "followthemoney";

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    let files: Vec<&SourceFile> = input.files.iter().collect();
    let mut parts: Vec<(usize, Value)> = Vec::new();
    let mut found = Vec::new();
    for (at, file) in files.iter().enumerate() {
        match values(file) {
            Ok(values) => {
                let mut flattened = Vec::new();
                values.into_iter().for_each(|value| flat(value, &mut flattened));
                parts.extend(flattened.into_iter().map(|value| (at, value)));
            }
            Err(mut problems) => found.append(&mut problems),
        }
    }
    if found.is_empty() {
        let parts = whole(parts);
        for (_, other) in parts.iter().filter(|(file, value)| Entity::of(*file, value).is_none()) {
            taken.lose(
                "the file",
                "entity",
                other.to_string(),
                "it has no `id`, no `schema` or no `properties`",
            );
        }
        let entities: Vec<Entity> =
            parts.iter().filter_map(|(file, value)| Entity::of(*file, value)).collect();
        Reader { input, taken, files, positions: HashMap::new() }.read(&entities);
    }
    found
}

/// The properties of a tie that hold its two ends and its word, and the type of relations that it is.
fn ends(schema: &str) -> (&'static str, &'static str, &'static str, &'static str) {
    match schema {
        "Ownership" => ("owner", "asset", "role", "owns"),
        "Family" => ("person", "relative", "relationship", "family"),
        "Associate" => ("person", "associate", "relationship", "other"),
        "Representation" => ("agent", "client", "role", "other"),
        "Employment" => ("employer", "employee", "role", "employs"),
        _ => ("subject", "object", "role", "other"),
    }
}

struct Reader<'r, 'v> {
    input: &'r Input<'r>,
    taken: &'r mut Taken,
    files: Vec<&'r SourceFile>,
    positions: HashMap<String, &'r Entity<'v>>,
}

impl<'r, 'v> Reader<'r, 'v> {
    fn read(&mut self, entities: &'r [Entity<'v>]) {
        // Ties are called after their ends.
        let (ties, things): (Vec<_>, Vec<_>) =
            entities.iter().partition(|entity| entity.kind() == Some(Kind::Relation));
        things.iter().chain(&ties).for_each(|entity| self.key(entity));
        let positions = entities.iter().filter(|entity| entity.schema == "Position");
        self.positions = positions.map(|entity| (entity.id.clone(), entity)).collect();
        entities.iter().filter(|entity| entity.kind().is_some()).for_each(|entity| self.record(entity));
        for entity in entities.iter().filter(|entity| entity.kind().is_none()) {
            match entity.schema.as_str() {
                "Position" => {
                    entity.properties.skip(&["organization"]);
                    let _ = entity.first("name");
                    self.left(&entity.id, entity);
                }
                "Membership" | "Directorship" | "Employment" | "Occupancy" => self.role(entity),
                schema => {
                    let name =
                        entity.first("name").or_else(|| entity.whole.text("caption")).unwrap_or_default();
                    self.taken.lose(&entity.id, schema, name, "no kind of record for it");
                }
            }
        }
    }

    /// Gives an entity its key, if it becomes a record.
    fn key(&mut self, entity: &Entity) {
        let Some(kind) = entity.kind() else { return };
        if let Some((kind, key)) = entity.own() {
            self.taken.keys.give_own(kind, &entity.id, &key);
            return;
        }
        let mut names = entity.whole.text("caption").into_iter().collect::<Vec<_>>();
        for property in ["name", "title", "alias"] {
            names.extend(entity.properties.seen(property));
        }
        if kind == Kind::Relation {
            let (from, to, ..) = ends(&entity.schema);
            let key = |end| Some(self.taken.keys.get(&entity.first(end)?, PARTY)?.1);
            names = vec![format!(
                "{} {} {}",
                key(from).unwrap_or_default(),
                entity.schema,
                key(to).unwrap_or_default()
            )];
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.taken.keys.give(kind, &entity.id, &names);
    }

    fn record(&mut self, entity: &Entity) {
        let Some(kind) = entity.kind() else { return };
        let Some((_, key)) = self.taken.keys.get(&entity.id, &[kind]) else { return };
        self.taken.reads(self.files[entity.file]);
        let record = format!("{}/{key}", kind.plural());
        let mut fields = Fields::new();
        let done = match kind {
            Kind::Person => self.person(&record, &mut fields, entity),
            Kind::Group => self.group(&record, &mut fields, entity),
            Kind::Relation => self.relation(&record, &mut fields, entity),
            Kind::Source => self.source(&record, &mut fields, entity),
            kind => self.event(kind, &record, &mut fields, entity),
        };
        if done.is_none() {
            return;
        }
        if entity.own().is_none() {
            add_id(&mut fields, SCHEME, &entity.id);
        }
        self.thing(&record, kind, &mut fields, entity);
        self.left(&record, entity);
        self.taken.say(kind, &key, fields);
    }

    /// Tells which properties have no field.
    fn left(&mut self, record: &str, entity: &Entity) {
        for (property, value) in entity.properties.rest() {
            let values = match value {
                Value::Array(values) => values,
                value => vec![value],
            };
            let values: Vec<String> = values.iter().map(as_text).collect();
            self.taken.lose(record, property, values.join("; "), entity.properties.why(property));
        }
        entity.whole.skip(&["id", "schema", "properties", "caption"]);
        let about =
            entity.whole.rest().into_iter().map(|(name, value)| format!("{name}: {}", as_text(&value)));
        let about: Vec<String> = about.collect();
        if !about.is_empty() {
            self.taken.lose(record, "entity", about.join("; "), "what the data set says of itself");
        }
    }

    /// What things of all kinds have.
    fn thing(&mut self, record: &str, kind: Kind, fields: &mut Fields, entity: &Entity) {
        let properties = &entity.properties;
        let summaries = properties.texts("summary").into_iter().chain(properties.texts("description"));
        let mut texts: Vec<String> = summaries.collect();
        // In our own files they say the status and on whose word, which is known otherwise.
        let notes = properties.texts("notes");
        if entity.own().is_some() {
            for note in notes {
                match self.input.words.key("status", &note) {
                    Some(status) if matches!(kind, Kind::Meeting | Kind::Event) => {
                        put(fields, "status", Some(status))
                    }
                    _ => self.taken.lose(
                        record,
                        "notes",
                        note,
                        "the sources in words; those that were read are cited",
                    ),
                }
            }
        } else {
            texts.extend(notes);
        }
        if matches!(kind, Kind::Person | Kind::Group | Kind::Meeting | Kind::Event) && !texts.is_empty() {
            put_plain(fields, "summary", Some(&texts.remove(0)));
        }
        let texts: Vec<String> =
            texts.iter().map(|text| plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))).collect();
        if !texts.is_empty() && kind == Kind::Relation && entity.own().is_some() {
            self.taken.lose(record, "summary", texts.join(" "), "the sources in words");
        } else if !texts.is_empty() && kind == Kind::Relation {
            fields.insert("note".to_owned(), json!(texts.join(" ")));
        } else if !texts.is_empty() {
            fields.insert("prose".to_owned(), json!(format!("{}\n", texts.join("\n\n"))));
        }
        if let Some(id) = properties.first("wikidataId") {
            add_id(fields, "wikidata", &id);
        }
        let are_read = matches!(kind, Kind::Meeting | Kind::Source);
        let keywords = if are_read { Vec::new() } else { properties.texts("keywords") };
        for topic in keywords.into_iter().chain(properties.texts("topics")) {
            add(fields, "tags", json!(topic));
        }
        for proof in properties.texts("proof") {
            match self.taken.key(&proof, SOURCE) {
                Some(source) => add(fields, "cite", json!(source)),
                None => self.taken.lose(record, "proof", proof, "not in the file"),
            }
        }
        if kind == Kind::Source {
            return;
        }
        self.cite(record, fields, entity);
    }

    /// Where an entity was found. The address of our own ones is the page of a record, which is no source.
    fn cite(&mut self, record: &str, fields: &mut Fields, entity: &Entity) {
        for url in entity.properties.texts("sourceUrl").iter().filter(|_| entity.own().is_none()) {
            match self.taken.source_at(url, None) {
                Some(source) => add(fields, "cite", json!(source)),
                None => self.taken.lose(record, "sourceUrl", url.as_str(), "no address on the web"),
            }
        }
        for dataset in entity.whole.texts("datasets") {
            let source = self.taken.source_called(&dataset, "dataset");
            add(fields, "cite", json!(source));
        }
    }

    /// The name that an entity is best known by, and its others.
    fn names(&mut self, record: &str, fields: &mut Fields, entity: &Entity) -> Option<()> {
        let mut names = entity.properties.texts("name");
        let caption = entity.whole.text("caption");
        let at = caption.and_then(|caption| names.iter().position(|name| *name == caption)).unwrap_or(0);
        if names.is_empty() {
            self.taken.lose(record, "name", entity.id.as_str(), "a record without a name");
            return None;
        }
        let name = names.remove(at);
        put(fields, "name", Some(&name));
        names.extend(entity.properties.texts("alias"));
        names.extend(entity.properties.texts("weakAlias"));
        names.iter().for_each(|name| add_name(fields, "aka", json!(name)));
        for former in entity.properties.texts("previousName") {
            add_name(fields, "former", json!(former));
        }
        for url in entity.properties.texts("website") {
            add(fields, "links", json!({ "url": url, "title": host(&url) }));
        }
        for url in entity.properties.texts("wikipediaUrl") {
            add(fields, "links", json!({ "url": url, "title": "Wikipedia" }));
        }
        Some(())
    }

    fn person(&mut self, record: &str, fields: &mut Fields, entity: &Entity) -> Option<()> {
        self.names(record, fields, entity)?;
        self.date(record, fields, "born", entity, "birthDate");
        self.date(record, fields, "died", entity, "deathDate");
        Some(())
    }

    fn group(&mut self, record: &str, fields: &mut Fields, entity: &Entity) -> Option<()> {
        self.names(record, fields, entity)?;
        let classification = entity.properties.texts("classification");
        let known = classification.iter().find_map(|word| self.input.words.key("group-type", word));
        let kind = known.unwrap_or(match entity.schema.as_str() {
            "PublicBody" => "state-body",
            "Company" => "company",
            _ => "other",
        });
        put(fields, "type", Some(kind));
        if known.is_none() {
            let words = classification.join("; ");
            if !words.is_empty() {
                self.taken.lose(record, "classification", words, "no such type of groups");
            }
        }
        let countries =
            ["mainCountry", "jurisdiction", "country"].map(|name| entity.properties.texts(name)).concat();
        let mut countries: Vec<String> = countries.iter().map(|code| code.to_uppercase()).collect();
        countries.dedup();
        put(fields, "country", countries.first().map(String::as_str));
        if countries.len() > 1 {
            self.taken.lose(record, "country", countries[1..].join("; "), "a group has one country");
        }
        self.date(record, fields, "founded", entity, "incorporationDate");
        self.date(record, fields, "dissolved", entity, "dissolutionDate");
        for (property, scheme) in
            [("leiCode", "lei"), ("registrationNumber", "registration"), ("imoNumber", "imo")]
        {
            entity.first(property).iter().for_each(|id| add_id(fields, scheme, id));
        }
        if let Some(parent) = entity.first("parent") {
            match self.taken.key(&parent, GROUP) {
                Some(parent) => add(fields, "part_of", json!({ "of": parent })),
                None => self.taken.lose(record, "parent", parent, "not in the file"),
            }
        }
        Some(())
    }

    fn event(&mut self, kind: Kind, record: &str, fields: &mut Fields, entity: &Entity) -> Option<()> {
        put(fields, "title", entity.first("name").or_else(|| entity.whole.text("caption")).as_deref());
        let dates = ["date", "startDate", "endDate"].map(|property| self.one_of(record, entity, property));
        let date = match dates {
            [Some(date), _, _] => Some(date),
            [None, from, to] => {
                let date = when::interval(from.as_deref(), to.as_deref());
                if let (None, Some(to)) = (&date, to) {
                    let text = format!("{}/{to}", from.unwrap_or_default());
                    self.taken.lose(record, "endDate", text, "an end before its beginning, or without one");
                }
                date
            }
        };
        put(fields, "date", date.as_deref());
        let place = entity.first("location").map(|location| self.taken.place_called(&location));
        put(fields, "place", place.as_deref());
        let list = if kind == Kind::Meeting { "participants" } else { "involved" };
        let parties =
            entity.properties.texts("organizer").into_iter().chain(entity.properties.texts("involved"));
        for id in parties {
            match self.taken.key(&id, PARTY) {
                Some(who) => add(fields, list, json!({ "who": who })),
                None => self.taken.lose(record, list, id, "not in the file"),
            }
        }
        if kind == Kind::Meeting {
            let mode = self.marked(fields, entity, "kind");
            put(fields, "mode", mode);
        }
        Some(())
    }

    fn relation(&mut self, record: &str, fields: &mut Fields, entity: &Entity) -> Option<()> {
        let (from, to, word, kind) = ends(&entity.schema);
        let ends = [from, to].map(|end| entity.first(end));
        let keys = ends.clone().map(|end| end.and_then(|end| self.taken.key(&end, PARTY)));
        let word = entity.first(word);
        let [Some(from), Some(to)] = keys else {
            let ends = ends.map(Option::unwrap_or_default).join(" – ");
            self.taken.lose(&entity.id, &entity.schema, ends, "one of its ends is not in the file");
            return None;
        };
        put(fields, "from", Some(&from));
        put(fields, "to", Some(&to));
        let known = word.as_deref().and_then(|word| self.input.words.key("relation-type", word));
        let title = word.filter(|_| known.is_none());
        put(fields, "type", Some(known.unwrap_or(kind)));
        let usual = match entity.schema.as_str() {
            "Associate" => Some("associate"),
            "Representation" => Some("represents"),
            _ => None,
        };
        put(fields, "title", title.as_deref().or(usual));
        self.date(record, fields, "since", entity, "startDate");
        self.date(record, fields, "until", entity, "endDate");
        for status in entity.properties.texts("status") {
            match self.input.words.key("status", &status) {
                Some("reported") => {}
                Some(status) => put(fields, "status", Some(status)),
                None => self.taken.lose(record, "status", status, "a status of other words"),
            }
        }
        Some(())
    }

    fn source(&mut self, record: &str, fields: &mut Fields, entity: &Entity) -> Option<()> {
        let title = ["title", "name", "fileName"].iter().find_map(|name| entity.first(name));
        let Some(title) = title.or_else(|| entity.whole.text("caption")) else {
            self.taken.lose(record, "title", entity.id.as_str(), "a record without a title");
            return None;
        };
        // A name that is the title again says nothing new.
        if entity.properties.texts("name").iter().all(|name| *name == title) {
            entity.properties.skip(&["name"]);
        }
        put(fields, "title", Some(&title));
        put(fields, "by", entity.first("publisher").as_deref());
        let kind = self.marked(fields, entity, "source-type");
        put(fields, "type", kind.or(Some(if entity.schema == "Article" { "article" } else { "document" })));
        self.date(record, fields, "published", entity, "publishedAt");
        if !fields.contains_key("published") {
            self.date(record, fields, "published", entity, "date");
        }
        self.date(record, fields, "accessed", entity, "retrievedAt");
        let mut urls = entity.properties.texts("sourceUrl");
        // The page that a dossier has of a source is not the source.
        let page = entity.own().map(|(_, key)| format!("/sources/{key}.html"));
        urls.retain(|url| page.as_ref().is_none_or(|page| !url.ends_with(page.as_str())));
        put(fields, "url", urls.first().map(String::as_str));
        match urls.get(1) {
            Some(archived) if entity.own().is_some() => put(fields, "archived", Some(archived)),
            Some(_) => self.taken.lose(record, "sourceUrl", urls[1..].join("; "), "a source has one address"),
            None => {}
        }
        let language = entity.first("language");
        let short = language.as_ref().map(|long| {
            LANGUAGES.iter().find(|(_, known)| known == long).map_or(long.as_str(), |(short, _)| *short)
        });
        put(fields, "language", short);
        for author in entity.properties.texts("author") {
            add(fields, "author", json!(author));
        }
        Some(())
    }

    /// What our own files say among the keywords that a meeting or a source is; all others are its tags.
    fn marked(&self, fields: &mut Fields, entity: &Entity, section: &'static str) -> Option<&'static str> {
        let mut mark = None;
        for word in entity.properties.texts("keywords") {
            match self.input.words.key(section, &word) {
                Some(key) if mark.is_none() && entity.own().is_some() => mark = Some(key),
                _ => add(fields, "tags", json!(word)),
            }
        }
        mark
    }

    /// A role or a membership, on the record of whose it is.
    fn role(&mut self, entity: &Entity) {
        let post = entity.first("post").and_then(|post| self.positions.get(&post).copied());
        let (whose, of, word) = match entity.schema.as_str() {
            "Directorship" => (entity.first("director"), entity.first("organization"), "director"),
            "Employment" => (entity.first("employee"), entity.first("employer"), "employee"),
            "Occupancy" => {
                (entity.first("holder"), post.and_then(|post| post.first("organization")), "holder")
            }
            _ => (entity.first("member"), entity.first("organization"), "member"),
        };
        let role = entity.first("role").or_else(|| post?.first("name")).unwrap_or_else(|| word.to_owned());
        self.taken.reads(self.files[entity.file]);
        let record = whose.as_ref().and_then(|whose| self.taken.keys.get(whose, PARTY));
        let of = of.as_ref().and_then(|of| self.taken.key(of, GROUP));
        let (Some((kind, key)), Some(of)) = (record, of) else {
            let name = whose.as_ref().and_then(|whose| self.taken.keys.get(whose, PARTY));
            let name = name.map_or(entity.id.clone(), |(kind, key)| format!("{}/{key}", kind.plural()));
            let why = "who holds it, or the group that it is of, is not in the file";
            self.taken.lose(name, &entity.schema, role, why);
            return;
        };
        let record = format!("{}/{key}", kind.plural());
        let mut fields = Fields::new();
        let is_person = PERSON.contains(&kind);
        if is_person {
            put(&mut fields, "role", Some(&role));
        } else if !matches!(role.as_str(), "member" | "part of") {
            self.taken.lose(&record, "role", role, "a group is part of another, without a word for how");
        }
        put(&mut fields, "of", Some(&of));
        self.date(&record, &mut fields, "from", entity, "startDate");
        self.date(&record, &mut fields, "to", entity, "endDate");
        self.cite(&record, &mut fields, entity);
        self.left(&record, entity);
        add(
            self.taken.record(kind, &key),
            if is_person { "roles" } else { "part_of" },
            Value::Object(fields),
        );
    }

    fn date(&mut self, record: &str, fields: &mut Fields, field: &str, entity: &Entity, property: &str) {
        let date = self.one_of(record, entity, property);
        put(fields, field, date.as_deref());
    }

    /// The date in a property; of several, that it was one of them.
    fn one_of(&mut self, record: &str, entity: &Entity, property: &str) -> Option<String> {
        let texts = entity.properties.texts(property);
        let (dates, wrong): (Vec<_>, Vec<_>) =
            texts.into_iter().map(|text| (when::iso(&text), text)).partition(|(date, _)| date.is_some());
        for (_, text) in wrong {
            self.taken.lose(record, property, text, "no date");
        }
        let mut dates: Vec<String> = dates.into_iter().filter_map(|(date, _)| date).collect();
        dates.sort();
        // A year says no more than a day in it.
        let all = dates.clone();
        dates.retain(|date| !all.iter().any(|other| other != date && other.starts_with(date.as_str())));
        dates.dedup();
        match dates.as_slice() {
            [] => None,
            [date] => Some(date.clone()),
            several => Some(format!("[{}]", several.join(","))),
        }
    }
}
