//! People, groups, roles, meetings and places -> Popolo (popoloproject.com), for parliamentary and civic tools.

use serde_json::{Map, Value, json};

use super::{Export, Hand, Losses, absolute, said};
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::citation::{Citation, Hop};
use crate::model::date::Date;
use crate::model::dossier::{Dossier, Id};
use crate::model::exact;
use crate::model::kinds::{GROUP, PLACE, SOURCE};
use crate::model::name::{Name, SpellingKind};
use crate::model::{Kind, WebLink};
use crate::source::Spanned;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "popolo",
    about: "people, groups, roles, meetings and places as Popolo JSON",
    leaves_out: &[
        "doubtful dates, which are said in words where there is a text for them",
        "chains of sources: the addresses of the sources that were read are told",
        "relations, stances, and all parents of a group but the first",
        "for whom and in what capacity somebody took part, and those nobody names",
        "sources, prose, corrections",
    ],
    paths: |_| vec![PATH],
    make,
};

const PATH: &str = "data/popolo.json";

fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    let mut out = Popolo { words, dossier, memberships: Vec::new(), lost: Losses::default() };
    // Each is text as soon as it is made: of all together the values would need many times as much memory.
    let text = |value: Value| value.to_string();
    let people: Vec<String> = dossier.ids(Kind::Person).filter_map(|id| out.person(id)).map(text).collect();
    let groups: Vec<String> = dossier.ids(Kind::Group).filter_map(|id| out.group(id)).map(text).collect();
    let occasions = words.linked.occasions().iter().map(|occasion| occasion.id);
    let events: Vec<String> = occasions.map(|id| text(out.event(id))).collect();
    let areas: Vec<String> = dossier.ids(Kind::Place).filter_map(|id| out.area(id)).map(text).collect();
    let parts = [
        ("persons", people),
        ("organizations", groups),
        ("memberships", out.memberships),
        ("events", events),
        ("areas", areas),
    ];
    let parts = parts.map(|(name, objects)| format!("\"{name}\": [\n{}\n]", objects.join(",\n")));
    let text = format!("{{\n{}\n}}\n", parts.join(",\n"));
    hand((PATH.to_owned(), text.into_bytes()));
    out.lost
}

struct Popolo<'w> {
    words: &'w Words<'w>,
    dossier: &'w Dossier,
    memberships: Vec<String>,
    lost: Losses,
}

type Object = Map<String, Value>;

fn put(object: &mut Object, name: &str, value: Value) {
    let empty =
        matches!(&value, Value::Array(items) if items.is_empty()) || value.is_null() || value == json!("");
    if !empty {
        object.insert(name.to_owned(), value);
    }
}

impl Popolo<'_> {
    fn id(&self, id: Id) -> Value {
        json!(format!("{}/{}", id.kind.plural(), self.dossier.key(id)))
    }

    fn lose(&mut self, id: Id, field: &'static str, value: &str, why: &'static str) {
        self.lost.add(self.dossier, id, field, value, why);
    }

    fn date(
        &mut self,
        object: &mut Object,
        id: Id,
        field: &'static str,
        name: &str,
        date: Option<&Spanned<Date>>,
    ) {
        let Some(date) = date else { return };
        match exact::single(&date.value) {
            Some(text) => put(object, name, json!(text)),
            None => self.lose(id, field, date.value.text(), "a date there knows no doubt"),
        }
    }

    /// What a person and an organization have in common.
    fn named(&mut self, id: Id, name: &Name, links: &[WebLink]) -> Object {
        let mut object = Object::new();
        put(&mut object, "id", self.id(id));
        put(&mut object, "name", json!(name.text.value));
        let other = |spelling: &crate::model::name::Spelling| {
            let mut other = Object::new();
            put(&mut other, "name", json!(spelling.text.value));
            let note = match &spelling.kind {
                SpellingKind::Language(tag) => tag.as_str(),
                kind => {
                    SpellingKind::OTHER.iter().find(|(_, known)| known == kind).map_or("", |(key, _)| key)
                }
            };
            put(&mut other, "note", json!(note));
            Value::Object(other)
        };
        put(&mut object, "other_names", name.spellings.iter().map(other).collect());
        let identifier =
            |(scheme, identifier): &(String, String)| json!({ "scheme": scheme, "identifier": identifier });
        let ids = self.dossier.common(id).map_or(&[][..], |common| &common.ids);
        put(&mut object, "identifiers", ids.iter().map(identifier).collect());
        let mut links: Vec<Value> =
            links.iter().map(|link| json!({ "url": link.url.value, "note": link.title })).collect();
        if self.dossier.config.base_url.is_some() {
            links.push(json!({ "url": absolute(self.words, &address(self.dossier, id)), "note": self.dossier.config.title }));
        }
        put(&mut object, "links", Value::Array(links));
        self.sources(&mut object, id, "cite");
        object
    }

    fn sources(&mut self, object: &mut Object, id: Id, field: &'static str) {
        let cite = self.dossier.common(id).map_or(&[][..], |common| &common.cite);
        let sources = self.sources_of(id, field, cite);
        put(object, "sources", Value::Array(sources));
    }

    /// The sources that were read and stand on the web.
    fn sources_of(&mut self, id: Id, field: &'static str, cite: &[Citation]) -> Vec<Value> {
        let mut sources = Vec::new();
        for citation in cite {
            let read = match citation.hops.first() {
                Some(Hop::Source { source, .. }) => self.dossier.get(source, SOURCE),
                _ => None,
            };
            let source = read.and_then(|id| self.dossier.sources.get(id.index)).map(|source| &source.data);
            match source.and_then(|source| Some((source, source.url.as_ref()?))) {
                Some((source, url)) => sources.push(json!({ "url": url.value, "note": source.title })),
                None => {
                    self.lose(id, field, &citation.to_string(), "a source there has an address on the web")
                }
            }
            if citation.hops.len() > 1 {
                self.lose(id, field, &citation.to_string(), "what a source cites itself");
            }
        }
        sources
    }

    fn person(&mut self, id: Id) -> Option<Value> {
        let person = &self.dossier.people.get(id.index)?.data;
        let mut object = self.named(id, &person.name, &person.links);
        put(&mut object, "sort_name", json!(person.sort_name));
        put(&mut object, "summary", json!(said::summary(self.words, id)));
        self.date(&mut object, id, "born", "birth_date", person.born.as_ref());
        self.date(&mut object, id, "died", "death_date", person.died.as_ref());
        for (at, role) in (1..).zip(&person.roles) {
            let Some(group) = self.dossier.get(&role.of, GROUP) else { continue };
            let mut membership = Object::new();
            put(&mut membership, "id", json!(format!("people/{}/roles/{at}", self.dossier.key(id))));
            put(&mut membership, "person_id", self.id(id));
            put(&mut membership, "organization_id", self.id(group));
            put(&mut membership, "role", json!(role.role));
            let area = role.place.as_ref().and_then(|place| self.dossier.get(place, PLACE));
            put(&mut membership, "area_id", area.map_or(Value::Null, |area| self.id(area)));
            self.date(&mut membership, id, "roles", "start_date", role.from.as_ref());
            self.date(&mut membership, id, "roles", "end_date", role.to.as_ref());
            let sources = self.sources_of(id, "roles", &role.cite);
            put(&mut membership, "sources", Value::Array(sources));
            self.memberships.push(Value::Object(membership).to_string());
        }
        Some(Value::Object(object))
    }

    fn group(&mut self, id: Id) -> Option<Value> {
        let group = &self.dossier.groups.get(id.index)?.data;
        let mut object = self.named(id, &group.name, &group.links);
        if let Some(short) = &group.short
            && let Value::Array(names) = object.entry("other_names").or_insert_with(|| json!([]))
        {
            names.push(json!({ "name": short, "note": "short" }));
        }
        put(&mut object, "classification", json!(group.kind.key()));
        put(&mut object, "abstract", json!(said::summary(self.words, id)));
        self.date(&mut object, id, "founded", "founding_date", group.founded.as_ref());
        self.date(&mut object, id, "dissolved", "dissolution_date", group.dissolved.as_ref());
        let mut parents = group.part_of.iter().filter_map(|part| self.dossier.get(&part.of, GROUP));
        put(&mut object, "parent_id", parents.next().map_or(Value::Null, |parent| self.id(parent)));
        let others: Vec<String> = parents.map(|parent| self.dossier.key(parent).to_owned()).collect();
        for other in others {
            self.lose(id, "part_of", &other, "an organization has one parent there");
        }
        for part in &group.part_of {
            for date in part.from.iter().chain(&part.to) {
                self.lose(id, "part_of", date.value.text(), "a parent has no dates there");
            }
        }
        if let Some(country) = &group.country {
            self.lose(id, "country", &country.value, "no field for it");
        }
        Some(Value::Object(object))
    }

    fn event(&mut self, id: Id) -> Value {
        let words = self.words;
        let mut object = Object::new();
        put(&mut object, "id", self.id(id));
        put(&mut object, "name", json!(words.title(id)));
        put(&mut object, "classification", json!(crate::view::row::mark(words, id).1));
        let when = date(self.dossier, id);
        let mut described: Vec<String> = said::summary(words, id).into_iter().collect();
        match when.and_then(exact::of) {
            Some(exact::Exact::In(unit)) => put(&mut object, "start_date", json!(exact::iso(unit))),
            Some(exact::Exact::FromTo(from, to)) => {
                put(&mut object, "start_date", json!(exact::iso(from)));
                put(&mut object, "end_date", json!(exact::iso(to)));
            }
            None => {
                described.push(words.dates.when(when, words.strings).text);
                let edtf = when.map_or("", |date| date.text());
                self.lose(id, "date", edtf, "said in words, in `description`");
            }
        }
        described.push(said::on_whose_word(words, id));
        put(&mut object, "description", json!(described.join(" ")));
        if let Some(standing) = self.dossier.standing(id) {
            put(&mut object, "status", json!(standing.status().key()));
            for stance in &standing.stances {
                let who = stance.who.as_ref().map_or("", |who| who.text.as_str());
                self.lose(
                    id,
                    "stances",
                    &format!("{}: {who}", stance.position.key()),
                    "no field for who says what",
                );
            }
        }
        let occasion = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at));
        if let Some(place) = occasion.and_then(|occasion| occasion.places.first()) {
            put(&mut object, "location", json!(words.title(*place)));
        }
        let mut attendees = Vec::new();
        for party in occasion.into_iter().flat_map(|occasion| &occasion.parties) {
            match party.who.filter(|who| who.kind == Kind::Person) {
                Some(who) => attendees.push(json!({ "id": self.id(who), "name": words.title(who) })),
                None => {
                    self.lose(id, "participants", "", "a group as a whole, or somebody whom nobody names")
                }
            }
        }
        put(&mut object, "attendees", Value::Array(attendees));
        self.sources(&mut object, id, "cite");
        Value::Object(object)
    }

    fn area(&mut self, id: Id) -> Option<Value> {
        let place = &self.dossier.places.get(id.index)?.data;
        let mut object = Object::new();
        put(&mut object, "id", self.id(id));
        put(&mut object, "name", json!(place.name.text.value));
        let parent = place.within.as_ref().and_then(|within| self.dossier.get(within, PLACE));
        put(&mut object, "parent_id", parent.map_or(Value::Null, |parent| self.id(parent)));
        if let Some((lat, lon)) = place.position {
            put(&mut object, "geometry", json!({ "type": "Point", "coordinates": [lon, lat] }));
        }
        for spelling in &place.name.spellings {
            self.lose(id, "names", &spelling.text.value, "an area has one name there");
        }
        Some(Value::Object(object))
    }
}
