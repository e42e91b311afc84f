//! The records -> entities of FollowTheMoney (followthemoney.tech, model of version 3), one JSON object for each
//! line, for Aleph, yente and others.

use serde_json::{Map, Value, json};

use super::{Export, Hand, Losses, absolute, plain, said};
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::WebLink;
use crate::model::citation::Hop;
use crate::model::date::Date;
use crate::model::dossier::{Dossier, Id};
use crate::model::exact;
use crate::model::group::GroupKind;
use crate::model::kinds::{GROUP, PARTY, SOURCE};
use crate::model::name::{Name, SpellingKind};
use crate::model::relation::RelationKind;
use crate::source::Spanned;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "followthemoney",
    about: "people, groups, roles, meetings, relations and sources as FollowTheMoney entities",
    leaves_out: &[
        "chains of sources: the sources that were read are the `proof` of a person, group or meeting, and the chain is \
         said in words",
        "doubtful dates, which are said in words",
        "for whom and in what capacity somebody took part, and those nobody names",
        "places, beside the name of where a meeting was",
        "prose, corrections, requests for a response",
    ],
    paths: |words| if has_any(words) { vec![PATH] } else { Vec::new() },
    make,
};

const PATH: &str = "data/followthemoney.json";

const KINDS: [Kind; 6] =
    [Kind::Source, Kind::Person, Kind::Group, Kind::Meeting, Kind::Event, Kind::Relation];

fn has_any(words: &Words) -> bool {
    KINDS.iter().any(|kind| words.linked.dossier.ids(*kind).len() > 0)
}

fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    let mut out = Entities { words, dossier, lines: String::new(), lost: Losses::default() };
    for kind in KINDS {
        dossier.ids(kind).for_each(|id| out.record(id));
    }
    for kind in [Kind::Place, Kind::Term, Kind::Correction, Kind::Article] {
        for id in dossier.ids(kind) {
            out.lose(id, "record", "", "there is no entity for it");
        }
    }
    if !out.lines.is_empty() {
        hand((PATH.to_owned(), out.lines.into_bytes()));
    }
    out.lost
}

/// How the identifiers of our entities begin.
pub const OWN: &str = "dossier-";

/// The identifier of a record's entity.
fn identifier(dossier: &Dossier, id: Id) -> String {
    format!("{OWN}{}-{}", id.kind.singular(), dossier.key(id))
}

/// The fields that are carried, or told of by themselves where they are not.
fn carried(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Person => {
            &["name", "names", "summary", "born", "died", "roles", "ids", "links", "tags", "cite"]
        }
        Kind::Group => &[
            "name",
            "names",
            "type",
            "country",
            "founded",
            "dissolved",
            "summary",
            "part_of",
            "ids",
            "links",
            "tags",
            "cite",
        ],
        Kind::Meeting => {
            &["title", "mode", "date", "place", "participants", "summary", "status", "ids", "tags", "cite"]
        }
        Kind::Event => {
            &["title", "type", "date", "place", "involved", "summary", "status", "ids", "tags", "cite"]
        }
        Kind::Relation => &["from", "to", "type", "title", "since", "until", "status", "cite"],
        _ => &[
            "title",
            "by",
            "type",
            "published",
            "accessed",
            "url",
            "archived",
            "language",
            "author",
            "ids",
            "tags",
            "cite",
        ],
    }
}

struct Entities<'w> {
    words: &'w Words<'w>,
    dossier: &'w Dossier,
    lines: String,
    lost: Losses,
}

/// The values of an entity's properties.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            let values = self.0.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = values
                && !values.contains(&json!(value))
            {
                values.push(json!(value));
            }
        }
    }
}

impl Entities<'_> {
    fn entity(&mut self, id: &str, schema: &str, properties: Properties) {
        let entity = json!({ "id": id, "schema": schema, "properties": properties.0 });
        self.lines.push_str(&entity.to_string());
        self.lines.push('\n');
    }

    fn lose(&mut self, id: Id, field: &'static str, value: &str, why: &'static str) {
        self.lost.add(self.dossier, id, field, value, why);
    }

    /// A date where it is sure; else it is said in `notes`, if the schema has such.
    fn date(
        &mut self,
        properties: &mut Properties,
        id: Id,
        field: &'static str,
        property: &str,
        date: Option<&Spanned<Date>>,
    ) {
        let Some(date) = date else { return };
        match exact::single(&date.value) {
            Some(text) => properties.add(property, text),
            None => self.lose(id, field, date.value.text(), "a date there knows no doubt"),
        }
    }

    fn record(&mut self, id: Id) {
        self.lost.rest(self.dossier, id, carried(id.kind), "no property for it");
        match id.kind {
            Kind::Source => self.source(id),
            Kind::Person => self.person(id),
            Kind::Group => self.group(id),
            Kind::Meeting | Kind::Event => self.occasion(id),
            Kind::Relation => self.relation(id),
            _ => {}
        }
    }

    /// What things of all kinds have.
    fn thing(&mut self, id: Id) -> Properties {
        let mut properties = Properties::default();
        let words = self.words;
        properties.add("name", words.title(id));
        properties.add("summary", said::summary(words, id).unwrap_or_default());
        let common = self.dossier.common(id);
        for tag in common.into_iter().flat_map(|common| &common.tags) {
            properties.add("keywords", tag.value.as_str());
        }
        for (name, value) in common.into_iter().flat_map(|common| &common.ids) {
            match name.as_str() {
                "wikidata" => properties.add("wikidataId", value.as_str()),
                _ => self.lose(id, "ids", &format!("{name}: {value}"), "no property for it"),
            }
        }
        let cite = common.map_or(&[][..], |common| &common.cite);
        for citation in cite {
            let read = citation.hops.first().map(|hop| hop.origin());
            let source =
                read.filter(|(is_record, _)| *is_record).and_then(|(_, key)| self.dossier.named(key, SOURCE));
            if let Some(source) = source {
                properties.add("proof", identifier(self.dossier, source));
            }
            let is_whole = matches!(citation.hops.as_slice(), [Hop::Source { locator: None, .. }]);
            if !is_whole || source.is_none() {
                self.lose(id, "cite", &citation.to_string(), "said in words, in `notes`");
            }
        }
        if !cite.is_empty() {
            properties.add("notes", said::on_whose_word(words, id));
        }
        if self.dossier.config.base_url.is_some() {
            properties.add("sourceUrl", absolute(words, &address(self.dossier, id)));
        }
        properties
    }

    fn names(&mut self, properties: &mut Properties, id: Id, name: &Name) {
        for spelling in &name.spellings {
            let property = match spelling.kind {
                SpellingKind::Former => "previousName",
                SpellingKind::NomDeGuerre => "weakAlias",
                _ => "alias",
            };
            properties.add(property, spelling.text.value.as_str());
            if let SpellingKind::Language(tag) = &spelling.kind {
                let spelt = format!("{tag}: {}", spelling.text.value);
                self.lose(id, "names", &spelt, "an `alias` without its language");
            }
            if matches!(spelling.kind, SpellingKind::Transliteration | SpellingKind::NomDeGuerre) {
                self.lose(id, "names", &spelling.text.value, "an alias without its kind");
            }
            if !spelling.cite.is_empty() || spelling.note.is_some() {
                self.lose(id, "names", &spelling.text.value, "an alias has no note and no source");
            }
        }
    }

    fn websites(&mut self, properties: &mut Properties, id: Id, links: &[WebLink]) {
        for link in links {
            properties.add("website", link.url.value.as_str());
            self.lose(id, "links", &link.title, "an address without its title");
        }
    }

    fn person(&mut self, id: Id) {
        let Some(person) = self.dossier.people.get(id.index).map(|record| &record.data) else { return };
        let mut properties = self.thing(id);
        self.names(&mut properties, id, &person.name);
        self.date(&mut properties, id, "born", "birthDate", person.born.as_ref());
        self.date(&mut properties, id, "died", "deathDate", person.died.as_ref());
        self.websites(&mut properties, id, &person.links);
        let own = identifier(self.dossier, id);
        self.entity(&own, "Person", properties);
        for (at, role) in (1..).zip(&person.roles) {
            let Some(group) = self.dossier.get(&role.of, GROUP) else { continue };
            let mut membership = Properties::default();
            membership.add("member", own.as_str());
            membership.add("organization", identifier(self.dossier, group));
            membership.add("role", role.role.as_str());
            self.date(&mut membership, id, "roles", "startDate", role.from.as_ref());
            self.date(&mut membership, id, "roles", "endDate", role.to.as_ref());
            if let Some(place) = &role.place {
                self.lose(id, "roles", &place.text, "a membership has no place");
            }
            for citation in &role.cite {
                self.lose(id, "roles", &citation.to_string(), "a membership has no sources");
            }
            self.entity(&format!("{own}-role-{at}"), "Membership", membership);
        }
    }

    fn group(&mut self, id: Id) {
        let Some(group) = self.dossier.groups.get(id.index).map(|record| &record.data) else { return };
        let mut properties = self.thing(id);
        self.names(&mut properties, id, &group.name);
        group.short.iter().for_each(|short| properties.add("alias", short.as_str()));
        if let Some(country) = &group.country {
            // The codes that ISO leaves to its users mean an invented country there.
            let user = country.value.starts_with(['X', 'Q']) && country.value != "QA";
            match user || country.value == "AA" || country.value == "ZZ" {
                true => self.lose(id, "country", &country.value, "no country that the format knows"),
                false => properties.add("country", country.value.to_lowercase()),
            }
        }
        self.date(&mut properties, id, "founded", "incorporationDate", group.founded.as_ref());
        self.date(&mut properties, id, "dissolved", "dissolutionDate", group.dissolved.as_ref());
        self.websites(&mut properties, id, &group.links);
        properties.add("classification", self.words.strings.get(&format!("group-type.{}", group.kind.key())));
        let own = identifier(self.dossier, id);
        self.entity(&own, schema(group.kind), properties);
        for (at, part) in (1..).zip(&group.part_of) {
            let Some(whole) = self.dossier.get(&part.of, GROUP) else { continue };
            let mut membership = Properties::default();
            membership.add("member", own.as_str());
            membership.add("organization", identifier(self.dossier, whole));
            membership.add("role", "part of");
            self.date(&mut membership, id, "part_of", "startDate", part.from.as_ref());
            self.date(&mut membership, id, "part_of", "endDate", part.to.as_ref());
            part.share.iter().for_each(|share| self.lose(id, "part_of", share, "a membership has no share"));
            for citation in &part.cite {
                self.lose(id, "part_of", &citation.to_string(), "a membership has no sources");
            }
            self.entity(&format!("{own}-part-{at}"), "Membership", membership);
        }
    }

    fn occasion(&mut self, id: Id) {
        let mut properties = self.thing(id);
        let words = self.words;
        let when = date(self.dossier, id);
        match when.and_then(exact::of) {
            Some(exact::Exact::In(unit)) => properties.add("date", exact::iso(unit)),
            Some(exact::Exact::FromTo(from, to)) => {
                properties.add("startDate", exact::iso(from));
                properties.add("endDate", exact::iso(to));
            }
            None => {
                properties.add("notes", words.dates.when(when, words.strings).text);
                let edtf = when.map_or("", |date| date.text());
                self.lose(id, "date", edtf, "said in words, in `notes`");
            }
        }
        let occasion = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at));
        for party in occasion.into_iter().flat_map(|occasion| &occasion.parties) {
            if let Some(who) = party.who {
                properties.add("involved", identifier(self.dossier, who));
            }
        }
        let list = if id.kind == Kind::Meeting { "participants" } else { "involved" };
        let plain = plain::record(self.dossier, id);
        for participant in plain.get(list).and_then(Value::as_array).into_iter().flatten() {
            let Some(fields) = participant.as_object() else { continue };
            if fields.keys().any(|field| field != "who") {
                let value = participant.to_string();
                self.lose(id, list, &value, "only who is named there, and no more is said of them");
            }
        }
        if let Some(place) = occasion.and_then(|occasion| occasion.places.first()) {
            properties.add("location", words.title(*place));
            self.lose(id, "place", self.dossier.key(*place), "a name, and no record");
        }
        if id.kind == Kind::Event {
            let kind = self.dossier.events.get(id.index).and_then(|event| event.data.kind.as_deref());
            if let Some(kind) = kind {
                properties.add("keywords", kind);
                self.lose(id, "type", kind, "a keyword among others");
            }
        } else if let Some(mode) = self.dossier.meetings.get(id.index).and_then(|meeting| meeting.data.mode) {
            properties.add("keywords", words.strings.get(&format!("kind.{}", mode.key())));
        }
        if let Some(standing) = self.dossier.standing(id) {
            let status = words.strings.get(&format!("status.{}", standing.status().key())).to_owned();
            properties.add("notes", status);
        }
        let own = identifier(self.dossier, id);
        self.entity(&own, "Event", properties);
    }

    fn relation(&mut self, id: Id) {
        let Some(relation) = self.dossier.relations.get(id.index).map(|record| &record.data) else { return };
        let ends = [&relation.from, &relation.to].map(|end| self.dossier.get(end, PARTY));
        let [Some(from), Some(to)] = ends else { return };
        let mut properties = Properties::default();
        let (schema, subject, object) = self.tie(relation.kind, from, to);
        properties.add(subject, identifier(self.dossier, from));
        properties.add(object, identifier(self.dossier, to));
        let kind = self.words.strings.get(&format!("relation-type.{}", relation.kind.key())).to_owned();
        if relation.title.is_some() && schema == "UnknownLink" {
            self.lose(id, "type", relation.kind.key(), "its title stands there");
        }
        let role = relation.title.clone().unwrap_or(kind);
        properties.add(if schema == "Family" { "relationship" } else { "role" }, role);
        self.date(&mut properties, id, "since", "startDate", relation.since.as_ref());
        self.date(&mut properties, id, "until", "endDate", relation.until.as_ref());
        properties.add("summary", said::on_whose_word(self.words, id));
        let status = relation.standing.status().key();
        if schema != "Family" {
            properties.add("status", self.words.strings.get(&format!("status.{status}")));
        } else if status != "reported" {
            self.lose(id, "status", status, "a family tie has no status");
        }
        for citation in self.dossier.common(id).into_iter().flat_map(|common| &common.cite) {
            self.lose(id, "cite", &citation.to_string(), "said in words, in `summary`");
        }
        let own = identifier(self.dossier, id);
        self.entity(&own, schema, properties);
    }

    /// The schema for a relation between two such parties, and its two ends.
    fn tie(&self, kind: RelationKind, from: Id, to: Id) -> (&'static str, &'static str, &'static str) {
        let group_kind = |id: Id| match id.kind {
            Kind::Group => self.dossier.groups.get(id.index).map(|group| group.data.kind),
            _ => None,
        };
        let are_people = from.kind == Kind::Person && to.kind == Kind::Person;
        match kind {
            // Only a company can be owned there.
            RelationKind::Owns if group_kind(to) == Some(GroupKind::Company) => {
                ("Ownership", "owner", "asset")
            }
            RelationKind::Employs if from.kind == Kind::Group && to.kind == Kind::Person => {
                ("Employment", "employer", "employee")
            }
            RelationKind::Family if are_people => ("Family", "person", "relative"),
            _ => ("UnknownLink", "subject", "object"),
        }
    }

    fn source(&mut self, id: Id) {
        let Some(source) = self.dossier.sources.get(id.index).map(|record| &record.data) else { return };
        let mut properties = self.thing(id);
        properties.add("title", source.title.as_str());
        let fields = plain::record(self.dossier, id);
        let words = self.words;
        let name = |maker: &str| {
            words.linked.dossier.named(maker, PARTY).map_or(maker.to_owned(), |id| words.title(id))
        };
        let by = fields.get("by").and_then(Value::as_str);
        let authors = fields.get("author").and_then(Value::as_array).into_iter().flatten();
        let makers = by.map(|by| ("by", "publisher", by)).into_iter();
        for (field, property, maker) in
            makers.chain(authors.filter_map(Value::as_str).map(|by| ("author", "author", by)))
        {
            let called = name(maker);
            if called != maker {
                self.lose(id, field, maker, "a name, and no record");
            }
            properties.add(property, called);
        }
        self.date(&mut properties, id, "published", "publishedAt", source.published.as_ref());
        self.date(&mut properties, id, "accessed", "retrievedAt", source.accessed.as_ref());
        let addresses = source.url.iter().chain(&source.archived);
        addresses.for_each(|url| properties.add("sourceUrl", url.value.as_str()));
        if let Some(language) = &source.language {
            let primary = language.split('-').next().unwrap_or(language);
            match LANGUAGES.iter().find(|(short, long)| *short == primary || *long == primary) {
                Some((_, long)) => properties.add("language", *long),
                None => self.lose(id, "language", language, "no language that the format knows"),
            }
        }
        properties.add("keywords", words.strings.get(&format!("source-type.{}", source.kind)));
        // A `Document` is a file there, which a source need not be.
        let own = identifier(self.dossier, id);
        self.entity(&own, "Article", properties);
    }
}

/// The schema for a kind of groups.
fn schema(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::State | GroupKind::StateBody => "PublicBody",
        GroupKind::Company => "Company",
        _ => "Organization",
    }
}

/// The languages that the format knows: ISO 639-1, and ISO 639-3, in which it writes them.
pub const LANGUAGES: [(&str, &str); 65] = [
    ("af", "afr"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bs", "bos"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("es", "spa"),
    ("et", "est"),
    ("fa", "fas"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("in", "ind"),
    ("is", "isl"),
    ("it", "ita"),
    ("iw", "heb"),
    ("ja", "jpn"),
    ("ka", "kat"),
    ("kk", "kaz"),
    ("km", "khm"),
    ("kn", "kan"),
    ("ko", "kor"),
    ("ky", "kir"),
    ("lb", "ltz"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd"),
    ("mn", "mon"),
    ("mo", "ron"),
    ("ms", "msa"),
    ("mt", "mlt"),
    ("my", "mya"),
    ("ne", "nep"),
    ("nl", "nld"),
    ("nn", "nor"),
    ("no", "nor"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sq", "sqi"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("sw", "swa"),
    ("tg", "tgk"),
    ("tk", "tuk"),
    ("tl", "tgl"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
    ("uz", "uzb"),
    ("zh", "zho"),
];
