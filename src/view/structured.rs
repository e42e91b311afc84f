//! A record -> what search engines and other programs are told on its page (JSON-LD with the terms of schema.org).

use serde_json::{Map, Value, json};

use super::page::Markup;
use super::words::Words;
use super::{prose, root, row};
use crate::html::json_in_script;
use crate::link::graph::date;
use crate::link::provenance::origins;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::citation::{Citation, Hop};
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::model::exact;
use crate::model::kinds::{GROUP, PARTY, PLACE, SOURCE};
use crate::model::name::Name;
use crate::source::Spanned;

/// The data of a page as JSON that may stand in a script of HTML.
pub fn of(words: &Words, id: Id, description: Option<&str>) -> Option<Markup> {
    let dossier = &words.linked.dossier;
    let mut page = Linked { words, root: root(&address(dossier, id)), fields: Map::new() };
    page.put("@context", json!("https://schema.org"));
    // That something happened is what sources claim, and others may deny.
    let is_claim = matches!(id.kind, Kind::Meeting | Kind::Event);
    page.put("@type", json!(if is_claim { "Claim" } else { kind_of(words, id) }));
    page.put("name", json!(words.title(id)));
    page.put("url", json!(page.url(id)));
    page.put("description", json!(description));
    match id.kind {
        Kind::Person => page.person(id),
        Kind::Group => page.group(id),
        Kind::Meeting | Kind::Event => page.claimed(id),
        Kind::Place => page.place(id),
        Kind::Source => page.source(id),
        Kind::Article => page.article(id),
        Kind::Relation | Kind::Term | Kind::Correction => return None,
    }
    if !is_claim {
        page.rests(id);
    }
    Some(Markup(json_in_script(&Value::Object(page.fields).to_string())))
}

/// The type of schema.org for a record.
fn kind_of(words: &Words, id: Id) -> &'static str {
    match id.kind {
        Kind::Person => "Person",
        Kind::Group => "Organization",
        Kind::Meeting | Kind::Event => "Event",
        Kind::Place => "Place",
        Kind::Source => {
            let source = words.linked.dossier.sources.get(id.index);
            match source.map_or("", |source| source.data.kind.as_str()) {
                "article-newspaper" | "article-magazine" => "NewsArticle",
                "article-journal" => "ScholarlyArticle",
                "article" => "Article",
                "report" => "Report",
                "book" => "Book",
                "chapter" => "Chapter",
                "thesis" => "Thesis",
                "dataset" => "Dataset",
                "map" => "Map",
                "legislation" | "bill" | "regulation" | "treaty" => "Legislation",
                "webpage" => "WebPage",
                "post" | "post-weblog" => "SocialMediaPosting",
                _ => "CreativeWork",
            }
        }
        _ => "Article",
    }
}

struct Linked<'w> {
    words: &'w Words<'w>,
    root: String,
    fields: Map<String, Value>,
}

impl Linked<'_> {
    fn put(&mut self, field: &str, value: Value) {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            self.fields.insert(field.to_owned(), value);
        }
    }

    /// Where a page is: as an address of its own where the settings say where the site is, else from this page.
    fn url(&self, id: Id) -> String {
        let dossier = &self.words.linked.dossier;
        let path = prose::encoded(&address(dossier, id));
        // A former state is not what is at that address.
        match dossier.config.base_url.as_ref().filter(|_| dossier.as_of.is_none()) {
            Some(base) => format!("{}/{path}", base.value.trim_end_matches('/')),
            None => format!("{}{path}", self.root),
        }
    }

    /// Another record in short.
    fn short(&self, id: Id) -> Value {
        json!({ "@type": kind_of(self.words, id), "name": self.words.title(id), "url": self.url(id) })
    }

    /// A date where there is no doubt about it: the vocabulary has no words for doubt.
    fn date(&mut self, field: &str, date: Option<&Spanned<Date>>) {
        self.put(field, json!(date.and_then(|date| exact::single(&date.value))));
    }

    fn named(&mut self, id: Id, name: &Name, links: &[crate::model::WebLink]) {
        let spellings = name.spellings.iter().map(|spelling| json!(spelling.text.value)).collect();
        self.put("alternateName", spellings);
        let ids = self.words.linked.dossier.common(id).map_or(&[][..], |common| &common.ids);
        let wikidata = ids.iter().filter(|(scheme, _)| scheme == "wikidata");
        let wikidata = wikidata.map(|(_, id)| format!("https://www.wikidata.org/entity/{id}"));
        let links = links.iter().map(|link| link.url.value.clone());
        self.put("sameAs", wikidata.chain(links).map(Value::String).collect());
    }

    fn person(&mut self, id: Id) {
        let dossier = &self.words.linked.dossier;
        let Some(person) = dossier.people.get(id.index).map(|person| &person.data) else { return };
        self.named(id, &person.name, &person.links);
        self.date("birthDate", person.born.as_ref());
        self.date("deathDate", person.died.as_ref());
        let role = |role: &crate::model::person::Role| {
            let group = dossier.get(&role.of, GROUP)?;
            let mut held = Map::new();
            held.insert("@type".to_owned(), json!("OrganizationRole"));
            held.insert("roleName".to_owned(), json!(role.role));
            held.insert("memberOf".to_owned(), self.short(group));
            for (field, date) in [("startDate", &role.from), ("endDate", &role.to)] {
                if let Some(date) = date.as_ref().and_then(|date| exact::single(&date.value)) {
                    held.insert(field.to_owned(), json!(date));
                }
            }
            Some(Value::Object(held))
        };
        let roles = person.roles.iter().filter_map(role).collect();
        self.put("memberOf", roles);
    }

    fn group(&mut self, id: Id) {
        let dossier = &self.words.linked.dossier;
        let Some(group) = dossier.groups.get(id.index).map(|group| &group.data) else { return };
        self.named(id, &group.name, &group.links);
        self.date("foundingDate", group.founded.as_ref());
        self.date("dissolutionDate", group.dissolved.as_ref());
        let parents = group.part_of.iter().filter_map(|part| dossier.get(&part.of, GROUP));
        let parents = parents.map(|parent| self.short(parent)).collect();
        self.put("parentOrganization", parents);
    }

    /// The claim that something happened: what, on whose word, and how sure it is.
    fn claimed(&mut self, id: Id) {
        let mut event = Linked { words: self.words, root: self.root.clone(), fields: Map::new() };
        event.put("@type", json!("Event"));
        event.put("name", json!(self.words.title(id)));
        event.occasion(id);
        self.put("about", Value::Object(event.fields));
        if let Some(row) = row::row(self.words, id) {
            let by: String = row.status.by.iter().map(|part| part.text.as_str()).collect();
            self.put("abstract", json!(format!("{} {by}", row.status.word).trim()));
        }
        if let Some(Value::Object(claim)) = self.claim(id) {
            claim
                .into_iter()
                .filter(|(field, _)| field != "@type")
                .for_each(|(field, value)| self.put(&field, value));
        }
    }

    fn occasion(&mut self, id: Id) {
        let dossier = &self.words.linked.dossier;
        match date(dossier, id).and_then(exact::of) {
            Some(exact::Exact::In(unit)) => self.put("startDate", json!(exact::iso(unit))),
            Some(exact::Exact::FromTo(from, to)) => {
                self.put("startDate", json!(exact::iso(from)));
                self.put("endDate", json!(exact::iso(to)));
            }
            None => {}
        }
        let occasion = self.words.linked.occasion_at(id).and_then(|at| self.words.linked.occasions().get(at));
        let place = occasion.and_then(|occasion| occasion.places.first());
        self.put("location", place.map_or(Value::Null, |place| self.short(*place)));
        let parties = occasion.into_iter().flat_map(|occasion| &occasion.parties);
        // Whom a record of another happening names was not there for that.
        let field = if id.kind == Kind::Meeting { "attendee" } else { "about" };
        let parties = parties.filter_map(|party| party.who).map(|who| self.short(who)).collect();
        self.put(field, parties);
    }

    fn place(&mut self, id: Id) {
        let dossier = &self.words.linked.dossier;
        let Some(place) = dossier.places.get(id.index).map(|place| &place.data) else { return };
        self.named(id, &place.name, &[]);
        let within = place.within.as_ref().and_then(|within| dossier.get(within, PLACE));
        self.put("containedInPlace", within.map_or(Value::Null, |within| self.short(within)));
        if let Some((latitude, longitude)) = place.position {
            let geo = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
            self.put("geo", geo);
        }
    }

    fn source(&mut self, id: Id) {
        let dossier = &self.words.linked.dossier;
        let Some(source) = dossier.sources.get(id.index).map(|source| &source.data) else { return };
        let maker = |by: &crate::model::source::By| match by {
            crate::model::source::By::Record(by) => {
                dossier.get(by, PARTY).map_or(Value::Null, |id| self.short(id))
            }
            crate::model::source::By::Text(name) => json!(name),
        };
        let publisher = source.by.as_ref().map_or(Value::Null, maker);
        let authors = source.imprint.author.iter().map(maker).collect();
        self.put("publisher", publisher);
        self.put("author", authors);
        self.date("datePublished", source.published.as_ref());
        self.put("inLanguage", json!(source.language));
        let addresses = source.url.iter().chain(&source.archived).map(|url| json!(url.value)).collect();
        self.put("sameAs", addresses);
    }

    fn article(&mut self, id: Id) {
        let dossier = &self.words.linked.dossier;
        let Some(article) = dossier.article(id) else { return };
        self.put("headline", json!(article.title));
        let person = |name: &String| json!({ "@type": "Person", "name": name });
        self.put("author", article.authors.iter().map(person).collect());
        self.date("datePublished", article.date.as_ref());
        self.date("dateModified", article.common.updated.as_ref());
        self.put("inLanguage", json!(dossier.config.language));
    }

    /// What a record rests on.
    fn rests(&mut self, id: Id) {
        if id.kind == Kind::Article || id.kind == Kind::Source {
            let read =
                distinct(self.cited(id).iter().filter_map(|citation| self.work(citation.hops.first()?)));
            self.put("citation", Value::Array(read));
        } else if let Some(claim) = self.claim(id) {
            self.put("subjectOf", claim);
        }
    }

    fn cited(&self, id: Id) -> Vec<Citation> {
        let dossier = &self.words.linked.dossier;
        match dossier.article(id) {
            Some(article) => article.cite.clone(),
            None => dossier.common(id).map_or_else(Vec::new, |common| common.cite.clone()),
        }
    }

    fn work(&self, hop: &Hop) -> Option<Value> {
        match hop {
            Hop::Source { source, .. } => Some(self.short(self.words.linked.dossier.get(source, SOURCE)?)),
            Hop::Unrecorded { text, .. } => Some(json!({ "@type": "CreativeWork", "name": text })),
        }
    }

    /// That a record is what sources say, and which; where it was read, and where it comes from.
    fn claim(&self, id: Id) -> Option<Value> {
        let cite = self.cited(id);
        if cite.is_empty() {
            return None;
        }
        let read = distinct(cite.iter().filter_map(|citation| self.work(citation.hops.first()?)));
        let from = origins(&self.words.linked.dossier, &cite).into_iter().filter_map(|hop| self.work(hop));
        let sentences = self.words.attribution(&cite).sentences;
        let text: Vec<String> =
            sentences.iter().map(|rich| rich.iter().map(|part| part.text.as_str()).collect()).collect();
        Some(json!({
            "@type": "Claim", "text": text.join(" "), "appearance": read, "firstAppearance": distinct(from),
        }))
    }
}

fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in values {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}
