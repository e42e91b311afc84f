//! Popolo (popoloproject.com), as parliaments and EveryPolitician publish it -> people, groups, roles, events, places.

mod membership;

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::diag::Diagnostic;
use crate::export::plain::Fields;
use crate::import::keys::named;
use crate::import::merge::as_text;
use crate::import::object::Object;
use crate::import::taken::{Taken, add, add_id, add_name, put, put_plain};
use crate::import::text::{host, paragraphs};
use crate::import::{Import, Input, problems, when};
use crate::model::Kind;
use crate::model::kinds::{GROUP, OCCASION, PARTY, PLACE};
use crate::model::name::SpellingKind;
use crate::parse::records::parts::is_language;
use crate::source::SourceFile;

pub const IMPORT: Import = Import {
    name: "popolo",
    about: "people, groups, memberships, posts, events and areas as Popolo JSON",
    endings: &["json"],
    scheme: SCHEME,
    leaves_out: &[
        "votes, motions, speeches and contact details",
        "images, genders, honorifics and national identities",
    ],
    cites_itself: false,
    read,
};

const SCHEME: &str = "popolo";

/// The parts of a file, and the kinds that they become.
const PARTS: [(&str, Kind); 4] = [
    ("areas", Kind::Place),
    ("organizations", Kind::Group),
    ("persons", Kind::Person),
    ("events", Kind::Event),
];

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    let mut values = Vec::new();
    let mut found = Vec::new();
    for file in input.files.iter() {
        match whole(file) {
            Ok(value) => values.push(value),
            Err(problems) => found.extend(problems),
        }
    }
    if found.is_empty() {
        let files: Vec<(&SourceFile, Object)> = input
            .files
            .iter()
            .zip(&values)
            .filter_map(|(file, value)| Some((file, Object::of(value)?)))
            .collect();
        let (terms, names) = (HashMap::new(), HashMap::new());
        Popolo { input, taken, posts: IndexMap::new(), terms, names }.read(&files);
    }
    found
}

fn whole(file: &SourceFile) -> Result<Value, Vec<Diagnostic>> {
    let value = problems::whole(file)?;
    // A list alone is one of people.
    let value = if value.is_array() { json!({ "persons": value }) } else { value };
    let known = PARTS.iter().map(|(part, _)| *part).chain(["memberships"]);
    let is_list = |part| {
        value.get(part).and_then(Value::as_array).is_some_and(|items| items.iter().any(Value::is_object))
    };
    let has_any = known.into_iter().any(is_list);
    has_any.then_some(value).ok_or_else(|| {
        problems::not_of(
            file,
            "Popolo",
            "it has no list of `persons`, `organizations`, `memberships`, `events` or `areas`",
        )
    })
}

/// The object that a membership stands in, by its kind and identifier.
type Owner = Option<(Kind, String)>;

struct Popolo<'p, 'v> {
    input: &'p Input<'p>,
    taken: &'p mut Taken,
    /// In the order of the files, since what is left of them is told.
    posts: IndexMap<String, Object<'v>>,
    /// The dates of legislative periods, for memberships that only name one.
    terms: HashMap<String, (Option<String>, Option<String>)>,
    /// The names of organizations.
    names: HashMap<String, String>,
}

impl<'v> Popolo<'_, 'v> {
    fn read(&mut self, files: &[(&SourceFile, Object<'v>)]) {
        // The objects of each part, by the identifiers that they have or get.
        let mut all: Vec<(Kind, &SourceFile, String, Object)> = Vec::new();
        for (part, kind) in PARTS {
            let mut met: HashMap<String, usize> = HashMap::new();
            for (file, whole) in files {
                for value in whole.list(part) {
                    let object = Object::of(value);
                    let Some(object) = object.filter(|object| object.text("name").is_some()) else {
                        let said = as_text(value);
                        self.taken.lose(part, kind.singular(), said, "no object with a `name`");
                        continue;
                    };
                    let id = self.key(kind, &object, &mut met);
                    all.push((kind, file, id, object));
                }
            }
        }
        let mut memberships: Vec<(Owner, &SourceFile, &'v Value)> = Vec::new();
        for (file, whole) in files {
            for post in whole.objects("posts") {
                self.posts.extend(post.text("id").map(|id| (id, post)));
            }
            memberships.extend(whole.list("memberships").iter().map(|value| (None, *file, value)));
        }
        for (kind, file, id, object) in &all {
            // A membership may stand within the person or the organization whose it is.
            let owner = Some((*kind, id.clone()));
            memberships.extend(object.list("memberships").iter().map(|value| (owner.clone(), *file, value)));
            for post in object.objects("posts") {
                self.posts.extend(post.text("id").map(|id| (id, post)));
            }
            self.taken.reads(file);
            self.one(*kind, id, object);
        }
        for (at, (owner, file, value)) in (1..).zip(memberships) {
            self.taken.reads(file);
            match Object::of(value) {
                Some(membership) => self.membership(at, owner, &membership),
                None => {
                    self.taken.lose(format!("membership {at}"), "membership", as_text(value), "no object")
                }
            }
        }
        let posts: Vec<(String, Vec<(&str, Value)>)> =
            self.posts.iter().map(|(id, post)| (id.clone(), post.rest())).collect();
        for (id, rest) in posts {
            for (field, value) in rest.into_iter().filter(|(field, _)| *field != "id") {
                self.taken.lose(format!("post {id}"), field, as_text(&value), "no field for it");
            }
        }
        for (name, value) in files.iter().flat_map(|(_, whole)| whole.rest()) {
            let count = value.as_array().map(|items| format!("{} of them", items.len()));
            let said = count.unwrap_or_else(|| as_text(&value));
            self.taken.lose("the file", name, said, "no kind of record for it");
        }
    }

    /// Gives an object its key, and returns what it is known by: its identifier, else its name, and its number among
    /// those of that name.
    fn key(&mut self, kind: Kind, object: &Object, met: &mut HashMap<String, usize>) -> String {
        let name = object.text("name").unwrap_or_default();
        let others = object.objects("other_names");
        let others: Vec<String> = others.iter().filter_map(|other| other.text("name")).collect();
        let names: Vec<&str> = std::iter::once(&name).chain(&others).map(String::as_str).collect();
        let id = match object.text("id") {
            Some(id) => {
                match named(&id)
                    .filter(|(named, _)| *named == kind || kind == Kind::Event && *named == Kind::Meeting)
                {
                    Some((kind, key)) => self.taken.keys.give_own(kind, &id, &key),
                    None => drop(self.taken.keys.give(kind, &id, &names)),
                }
                id
            }
            None => {
                let count = met.entry(name.clone()).or_default();
                *count += 1;
                let [plain, _] = self.taken.keys.candidates(kind, &name, &names);
                let (id, key) = match *count {
                    1 => (format!("name {name}"), plain),
                    n => (format!("name {name} {n}"), format!("{plain}-{n}")),
                };
                if *count > 1 {
                    let record = format!("{}/{key}", kind.plural());
                    self.taken.lose(
                        record,
                        "id",
                        name.as_str(),
                        "another has that name, and neither has an `id`",
                    );
                }
                self.taken.keys.give_own(kind, &id, &key);
                id
            }
        };
        if kind == Kind::Group {
            self.names.insert(id.clone(), name);
        }
        if kind == Kind::Event {
            let date = |field: &str| object.text(field).and_then(|text| when::iso(&text));
            self.terms.insert(id.clone(), (date("start_date"), date("end_date")));
        }
        id
    }

    fn one(&mut self, kind: Kind, id: &str, object: &Object) {
        let kinds = if kind == Kind::Event { OCCASION } else { std::slice::from_ref(&kind) };
        let Some((kind, key)) = self.taken.keys.get(id, kinds) else { return };
        let mut fields = Fields::new();
        let title = if matches!(kind, Kind::Meeting | Kind::Event) { "title" } else { "name" };
        put(&mut fields, title, object.text("name").as_deref());
        let record = format!("{}/{key}", kind.plural());
        match kind {
            Kind::Person => self.person(&record, &mut fields, object),
            Kind::Group => self.group(&record, &mut fields, object),
            Kind::Place => self.area(&record, &mut fields, object),
            _ => self.event(kind, &record, &mut fields, object),
        }
        let own = object.text("id").filter(|id| named(id).is_none_or(|(named, _)| named != kind));
        own.iter().for_each(|id| add_id(&mut fields, SCHEME, id));
        self.common(&record, &mut fields, object);
        for (field, value) in object.rest() {
            self.taken.lose(&record, field, as_text(&value), "no field for it");
        }
        self.taken.say(kind, &key, fields);
    }

    fn person(&mut self, record: &str, fields: &mut Fields, object: &Object) {
        self.other_names(record, fields, object);
        let family = object.text("family_name").zip(object.text("given_name"));
        let sorted =
            object.text("sort_name").or_else(|| family.map(|(family, given)| format!("{family}, {given}")));
        put(fields, "sort_name", sorted.as_deref());
        put_plain(fields, "summary", object.text("summary").as_deref());
        self.date(record, fields, "born", object, "birth_date");
        self.date(record, fields, "died", object, "death_date");
        self.prose(fields, object.text("biography"));
    }

    fn group(&mut self, record: &str, fields: &mut Fields, object: &Object) {
        let classification = object.text("classification").unwrap_or_default();
        let kind = self.input.words.key("group-type", &classification).or_else(|| kind_of(&classification));
        put(fields, "type", Some(kind.unwrap_or("other")));
        if kind.is_none() && !classification.is_empty() {
            self.taken.lose(
                record,
                "classification",
                classification,
                "no such type of groups: it is `other`",
            );
        }
        self.other_names(record, fields, object);
        if let Some(parent) = object.text("parent_id") {
            match self.taken.key(&parent, GROUP) {
                Some(parent) => add(fields, "part_of", json!({ "of": parent })),
                None => self.taken.lose(record, "parent_id", parent, "not in the file"),
            }
        }
        self.date(record, fields, "founded", object, "founding_date");
        self.date(record, fields, "dissolved", object, "dissolution_date");
        put_plain(fields, "summary", object.text("abstract").or_else(|| object.text("summary")).as_deref());
        self.prose(fields, object.text("description"));
    }

    fn area(&mut self, record: &str, fields: &mut Fields, object: &Object) {
        self.other_names(record, fields, object);
        if let Some(parent) = object.text("parent_id") {
            match self.taken.key(&parent, PLACE) {
                Some(parent) => put(fields, "in", Some(&parent)),
                None => self.taken.lose(record, "parent_id", parent, "not in the file"),
            }
        }
        let point = object.list("geometry").first();
        let coordinates = point.filter(|point| point.get("type").and_then(Value::as_str) == Some("Point"));
        let coordinates = coordinates.and_then(|point| point.get("coordinates")?.as_array());
        match coordinates.map(Vec::as_slice) {
            Some([lon, lat, ..]) if lon.is_number() && lat.is_number() => {
                fields.insert("lat".to_owned(), json!(lat.as_f64()));
                fields.insert("lon".to_owned(), json!(lon.as_f64()));
            }
            _ if point.is_some() => {
                self.taken.lose(record, "geometry", "", "a place has a point on the map, and no outline");
            }
            _ => {}
        }
    }

    fn event(&mut self, kind: Kind, record: &str, fields: &mut Fields, object: &Object) {
        let classification = object.text("classification").unwrap_or_default();
        let ends = ["start_date", "end_date"].map(|field| {
            let text = object.text(field)?;
            let date = when::iso(&text);
            if date.is_none() {
                self.taken.lose(record, field, text, "no date");
            }
            date
        });
        let date = when::interval(ends[0].as_deref(), ends[1].as_deref());
        if date.is_none()
            && let [_, Some(end)] = &ends
        {
            self.taken.lose(record, "end_date", end.as_str(), "an end without a beginning");
        }
        put(fields, "date", date.as_deref());
        if kind == Kind::Meeting {
            put(fields, "mode", self.input.words.key("kind", &classification));
        } else {
            put(fields, "type", Some(&classification));
        }
        let place = object.text("location").map(|location| self.taken.place_called(&location));
        put(fields, "place", place.as_deref());
        let parties = if kind == Kind::Meeting { "participants" } else { "involved" };
        let attendees = object.objects("attendees");
        let ids = attendees.iter().filter_map(|attendee| attendee.text("id"));
        for id in ids.chain(object.text("organization_id")) {
            match self.taken.key(&id, PARTY) {
                Some(who) => add(fields, parties, json!({ "who": who })),
                None => self.taken.lose(record, parties, id, "not in the file"),
            }
        }
        put_plain(fields, "summary", object.text("description").as_deref());
        let status = object.text("status");
        let known = status.as_deref().and_then(|status| self.input.words.key("status", status));
        // What is reported needs no word for it.
        put(fields, "status", known.filter(|status| *status != "reported"));
        if let (None, Some(status)) = (known, status) {
            self.taken.lose(record, "status", status, "a status of other words");
        }
    }

    fn other_names(&mut self, record: &str, fields: &mut Fields, object: &Object) {
        for value in object.list("other_names") {
            if let Some(name) = value.as_str() {
                add_name(fields, "aka", json!(name));
                continue;
            }
            let other = Object::of(value);
            let name = other.as_ref().and_then(|other| other.text("name"));
            let (Some(other), Some(name)) = (other, name) else {
                self.taken.lose(record, "other_names", as_text(value), "no object with a `name`");
                continue;
            };
            let (lang, note) = (other.text("lang"), other.text("note"));
            let ended = other.text("end_date");
            for (part, value) in [("start_date", other.text("start_date")), ("end_date", ended.clone())] {
                if let Some(value) = value {
                    self.taken.lose(record, format!("other_names.{part}"), value, "a name has no dates");
                }
            }
            let is_kind =
                |note: &str| SpellingKind::OTHER.iter().any(|(kind, _)| *kind == note) || is_language(note);
            let kind = match (&lang, &note) {
                (Some(lang), _) => lang.clone(),
                (None, Some(note)) if is_kind(note) => note.clone(),
                _ if ended.is_some() => "former".to_owned(),
                _ => "aka".to_owned(),
            };
            // `multilingual` says what the language says already.
            let note = note.filter(|note| *note != kind && note != "multilingual");
            let spelling = match note {
                Some(note) => json!({ "text": name, "note": note }),
                None => json!(name),
            };
            if lang.is_none() || fields.get("name").and_then(Value::as_str) != Some(name.as_str()) {
                add_name(fields, &kind, spelling);
            }
            for (part, value) in other.rest() {
                let value = as_text(&value);
                self.taken.lose(record, format!("other_names.{part}"), value, "a name is one text");
            }
        }
    }

    /// What objects of all kinds have.
    fn common(&mut self, record: &str, fields: &mut Fields, object: &Object) {
        for value in object.list("identifiers") {
            let identifier = Object::of(value);
            let id = identifier.as_ref().and_then(|identifier| identifier.text("identifier"));
            let scheme = identifier.and_then(|identifier| identifier.text("scheme"));
            let scheme = scheme.unwrap_or_else(|| "identifier".to_owned());
            let known = fields.get("ids").and_then(|ids| ids.get(&scheme)).is_some();
            match id.filter(|_| !known) {
                Some(id) => add_id(fields, &scheme, &id),
                None => {
                    let said = as_text(value);
                    self.taken.lose(
                        record,
                        "identifiers",
                        said,
                        "no identifier, or a second one of its scheme",
                    );
                }
            }
        }
        let has_links = record.starts_with("people/") || record.starts_with("groups/");
        for value in object.list("links") {
            let link = Object::of(value);
            let url =
                link.as_ref().and_then(|link| link.text("url")).or_else(|| value.as_str().map(str::to_owned));
            match url.filter(|_| has_links) {
                Some(url) => {
                    let title = link.and_then(|link| link.text("note")).unwrap_or_else(|| host(&url));
                    add(fields, "links", json!({ "url": url, "title": title }));
                }
                None => self.taken.lose(record, "links", as_text(value), "no field for it, or no `url`"),
            }
        }
        for source in self.sources(record, object) {
            add(fields, "cite", json!(source));
        }
    }

    fn sources(&mut self, record: &str, object: &Object) -> Vec<String> {
        let mut sources = Vec::new();
        for value in object.list("sources") {
            let source = Object::of(value);
            let url = source.as_ref().and_then(|source| source.text("url"));
            let url = url.or_else(|| value.as_str().map(str::to_owned));
            let note = source.and_then(|source| source.text("note"));
            match url.and_then(|url| self.taken.source_at(&url, note.as_deref())) {
                Some(key) => sources.push(key),
                None => {
                    let said = as_text(value);
                    self.taken.lose(record, "sources", said, "a source has an address on the web here");
                }
            }
        }
        sources
    }

    fn date(&mut self, record: &str, fields: &mut Fields, field: &str, object: &Object, name: &str) {
        let Some(text) = object.text(name) else { return };
        match when::iso(&text) {
            Some(date) => put(fields, field, Some(&date)),
            None => self.taken.lose(record, name, text, "no date"),
        }
    }

    fn prose(&mut self, fields: &mut Fields, text: Option<String>) {
        if let Some(text) = text.map(|text| paragraphs(&text)).filter(|text| !text.is_empty()) {
            fields.insert("prose".to_owned(), json!(text));
        }
    }
}

/// The type of groups that a classification of Popolo means.
fn kind_of(classification: &str) -> Option<&'static str> {
    const BODIES: [&str; 12] = [
        "legislature",
        "parliament",
        "chamber",
        "upper house",
        "lower house",
        "executive",
        "government",
        "ministry",
        "department",
        "committee",
        "court",
        "agency",
    ];
    match classification.trim().to_lowercase().as_str() {
        "political party" | "parties" => Some("party"),
        "corporation" | "business" => Some("company"),
        word if BODIES.contains(&word) => Some("state-body"),
        _ => None,
    }
}
