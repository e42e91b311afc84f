//! Popolo (popoloproject.com), as parliaments and EveryPolitician publish it -> people, groups, roles, events, places.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::keys::named;
use super::object::Object;
use super::taken::{Taken, add, add_id, add_name, put, put_plain};
use super::text::{host, paragraphs};
use super::{Import, Input, problems, when};
use crate::diag::Diagnostic;
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::model::kinds::{GROUP, PARTY, PERSON, PLACE};
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
        let files: Vec<Object> = values.iter().filter_map(Object::of).collect();
        Popolo { input, taken, posts: HashMap::new(), terms: HashMap::new(), names: HashMap::new() }
            .read(&files);
    }
    found
}

fn whole(file: &SourceFile) -> Result<Value, Vec<Diagnostic>> {
    let text = problems::text(file)?;
    let value = problems::json(file, text, file.bytes.len() - text.len())?;
    // A list alone is one of people.
    let value = if value.is_array() { json!({ "persons": value }) } else { value };
    let known = PARTS.iter().map(|(part, _)| *part).chain(["memberships", "posts"]);
    let has_any = known.into_iter().any(|part| value.get(part).is_some());
    has_any.then_some(value).ok_or_else(|| {
        problems::not_of(
            file,
            "Popolo",
            "it has no `persons`, `organizations`, `memberships`, `events` or `areas`",
        )
    })
}

struct Popolo<'p, 'v> {
    input: &'p Input<'p>,
    taken: &'p mut Taken,
    posts: HashMap<String, Object<'v>>,
    /// The dates of legislative periods, for memberships that only name one.
    terms: HashMap<String, (Option<String>, Option<String>)>,
    /// The names of organizations.
    names: HashMap<String, String>,
}

impl<'v> Popolo<'_, 'v> {
    fn read(&mut self, files: &[Object<'v>]) {
        for (part, kind) in PARTS {
            files.iter().flat_map(|file| file.objects(part)).for_each(|object| self.key(kind, &object));
        }
        for post in files.iter().flat_map(|file| file.objects("posts")) {
            self.posts.extend(post.text("id").map(|id| (id, post)));
        }
        let mut memberships: Vec<(Option<String>, Object)> = Vec::new();
        for (part, kind) in PARTS {
            for object in files.iter().flat_map(|file| file.objects(part)) {
                // A membership may stand within the person or the organization whose it is.
                let owner = object.text("id");
                memberships.extend(object.objects("memberships").into_iter().map(|own| (owner.clone(), own)));
                for post in object.objects("posts") {
                    self.posts.extend(post.text("id").map(|id| (id, post)));
                }
                self.one(kind, &object);
            }
        }
        memberships.extend(files.iter().flat_map(|file| file.objects("memberships")).map(|own| (None, own)));
        for (at, (owner, membership)) in (1..).zip(&memberships) {
            self.membership(at, owner.as_deref(), membership);
        }
        for (name, value) in files.iter().flat_map(Object::rest).filter(|(name, _)| *name != "meta") {
            let count = value.as_array().map_or(1, Vec::len);
            self.taken.lose("the file", name, format!("{count} of them"), "no kind of record for it");
        }
    }

    /// Gives an object its key.
    fn key(&mut self, kind: Kind, object: &Object) {
        let name = object.text("name");
        let Some(id) = object.text("id").or_else(|| name.clone()) else { return };
        if let Some((kind, key)) = named(&id) {
            self.taken.keys.give_own(kind, &id, &key);
        } else {
            let others = object.objects("other_names");
            let others: Vec<String> = others.iter().filter_map(|other| other.text("name")).collect();
            let names: Vec<&str> = name.iter().chain(&others).map(String::as_str).collect();
            self.taken.keys.give(kind, &id, &names);
        }
        if kind == Kind::Group {
            self.names.extend(name.clone().map(|name| (id.clone(), name)));
        }
        if kind == Kind::Event {
            let date = |field: &str| object.text(field).and_then(|text| when::iso(&text));
            self.terms.insert(id, (date("start_date"), date("end_date")));
        }
    }

    fn one(&mut self, kind: Kind, object: &Object) {
        let name = object.text("name");
        let Some(id) = object.text("id").or_else(|| name.clone()) else {
            self.taken.lose("the file", kind.singular(), "", "it has neither an `id` nor a `name`");
            return;
        };
        let Some((kind, key)) = self.taken.keys.get(&id).cloned() else { return };
        let Some(name) = name else {
            self.taken.lose(id, "name", "", "a record without a name");
            return;
        };
        let mut fields = Fields::new();
        let title = if matches!(kind, Kind::Meeting | Kind::Event) { "title" } else { "name" };
        put(&mut fields, title, Some(&name));
        let record = format!("{}/{key}", kind.plural());
        match kind {
            Kind::Person => self.person(&record, &mut fields, object),
            Kind::Group => self.group(&record, &mut fields, object),
            Kind::Place => self.area(&record, &mut fields, object),
            _ => self.event(kind, &record, &mut fields, object),
        }
        if named(&id).is_none() && object.text("id").is_some() {
            add_id(&mut fields, SCHEME, &id);
        }
        self.common(&record, &mut fields, object);
        for (field, value) in object.rest() {
            self.taken.lose(&record, field, super::merge::as_text(value), "no field for it");
        }
        *self.taken.record(kind, &key) = fields;
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
        for other in object.objects("other_names") {
            let Some(name) = other.text("name") else { continue };
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
                let value = super::merge::as_text(value);
                self.taken.lose(record, format!("other_names.{part}"), value, "a name is one text");
            }
        }
    }

    /// What objects of all kinds have.
    fn common(&mut self, record: &str, fields: &mut Fields, object: &Object) {
        for identifier in object.objects("identifiers") {
            let Some(id) = identifier.text("identifier") else { continue };
            add_id(fields, &identifier.text("scheme").unwrap_or_else(|| "identifier".to_owned()), &id);
        }
        let has_links = record.starts_with("people/") || record.starts_with("groups/");
        for link in object.objects("links") {
            let Some(url) = link.text("url") else { continue };
            if has_links {
                let title = link.text("note").unwrap_or_else(|| host(&url));
                add(fields, "links", json!({ "url": url, "title": title }));
            } else {
                self.taken.lose(record, "links", url, "no field for it");
            }
        }
        for source in self.sources(object) {
            add(fields, "cite", json!(source));
        }
    }

    fn sources(&mut self, object: &Object) -> Vec<String> {
        let sources = object.objects("sources");
        let sources = sources.iter().filter_map(|source| Some((source.text("url")?, source.text("note"))));
        sources.map(|(url, note)| self.taken.source_at(&url, note.as_deref())).collect()
    }

    fn membership(&mut self, at: usize, owner: Option<&str>, object: &Object) {
        let name = object.text("id").unwrap_or_else(|| format!("membership {at}"));
        let owner = |kinds| owner.filter(|owner| self.taken.key(owner, kinds).is_some()).map(str::to_owned);
        let (as_person, as_group) = (owner(PERSON), owner(GROUP));
        let post = object.text("post_id");
        let post = post.as_ref().and_then(|id| self.posts.get(id));
        let of_post = |field: &str| post.and_then(|post| post.text(field));
        let organization = object.text("organization_id").or_else(|| of_post("organization_id")).or(as_group);
        let person = object.text("person_id").or(as_person);
        let member = object.text("member_id");
        let role = object.text("role").or_else(|| object.text("label"));
        let role = role
            .or_else(|| of_post("label"))
            .or_else(|| of_post("role"))
            .unwrap_or_else(|| "member".to_owned());
        let area = object.text("area_id").or_else(|| of_post("area_id"));
        object.skip(&["person", "organization", "post", "area", "member", "label"]);

        let of = organization.as_ref().and_then(|id| self.taken.key(id, GROUP));
        let whose = person.as_ref().or(member.as_ref()).and_then(|id| self.taken.keys.get(id)).cloned();
        let (Some(of), Some((kind, key))) = (of, whose) else {
            let missing = if organization.is_none() || person.is_none() && member.is_none() {
                "a membership of nobody, or in nothing"
            } else {
                "its person or its organization is not in the file"
            };
            self.taken.lose(name, "membership", role, missing);
            return;
        };
        let record = format!("{}/{key}", kind.plural());
        let mut fields = Fields::new();
        if kind == Kind::Person {
            let behalf = object.text("on_behalf_of_id");
            let role = match behalf.as_ref().map(|id| self.names.get(id).unwrap_or(id)) {
                Some(behalf) => format!("{role} (for {behalf})"),
                None => role,
            };
            put(&mut fields, "role", Some(&role));
        }
        put(&mut fields, "of", Some(&of));
        let term = object.text("legislative_period_id");
        let (mut from, mut to) = (object.text("start_date"), object.text("end_date"));
        if let (None, None, Some((Some(start), Some(end)))) =
            (&from, &to, term.and_then(|term| self.terms.get(&term)))
        {
            // Somebody was a member in that term, for all of it or less.
            from = Some(format!("[{start}..{end}]"));
            to = from.clone();
        }
        for (field, text) in [("from", from), ("to", to)] {
            let date = text.as_deref().and_then(when::iso);
            put(&mut fields, field, date.as_deref());
            if let (None, Some(text)) = (date, text) {
                self.taken.lose(&record, format!("membership.{field}"), text, "no date");
            }
        }
        match area.map(|area| self.taken.key(&area, PLACE).ok_or(area)) {
            Some(Ok(place)) if kind == Kind::Person => put(&mut fields, "place", Some(&place)),
            Some(Ok(area) | Err(area)) => {
                self.taken.lose(&record, "membership.area_id", area, "not in the file, or no field for it");
            }
            None => {}
        }
        for source in self.sources(object) {
            add(&mut fields, "cite", json!(source));
        }
        object.skip(&["id"]);
        for (field, value) in object.rest() {
            let value = super::merge::as_text(value);
            self.taken.lose(&record, format!("membership.{field}"), value, "no field for it");
        }
        let list = if kind == Kind::Person { "roles" } else { "part_of" };
        add(self.taken.record(kind, &key), list, Value::Object(fields));
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
