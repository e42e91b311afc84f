//! What is said of an entity -> the fields of its record.

use std::collections::BTreeSet;

use serde_json::json;

use super::super::taken::{add, add_id, put, put_plain};
use super::entity::{Entity, Given, Rank, Statement};
use super::kinds::is_known_class;
use super::known::{self, IDS};
use super::names::{self, NAMES};
use super::sources::{self, cites, is_address};
use super::when;
use super::world::{Out, World};
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::model::date::Date;
use crate::model::kinds::PLACE;
use crate::parse::records::parts::is_country;

/// A record under way.
pub struct Record<'w> {
    pub entity: &'w Entity,
    pub kind: Kind,
    pub key: String,
    /// `people/ada-berg`
    pub name: String,
    pub fields: Fields,
    /// The statements that stand in fields without a `cite` of their own.
    pub cited: Vec<&'w Statement>,
    /// The properties that were read.
    used: BTreeSet<String>,
}

impl<'w> Record<'w> {
    pub fn new(entity: &'w Entity, kind: Kind, key: String) -> Record<'w> {
        let name = format!("{}/{key}", kind.plural());
        Record { entity, kind, key, name, fields: Fields::new(), cited: Vec::new(), used: BTreeSet::new() }
    }

    /// All that is said by a property, and not deprecated.
    pub fn all(&mut self, property: &str) -> Vec<&'w Statement> {
        self.used.insert(property.to_owned());
        self.entity.standing(property)
    }

    /// The statements of the best rank; of the rest it is told that there are better ones.
    pub fn best(&mut self, world: &World, out: &mut Out, property: &str) -> Vec<&'w Statement> {
        let best = self.entity.best(property);
        let rank = best.first().map_or(Rank::Normal, |statement| statement.rank);
        for worse in self.all(property).into_iter().filter(|statement| statement.rank != rank) {
            let value = world.said(&worse.main.value);
            out.told.claim(&self.name, property, value, "Wikidata prefers another value");
        }
        best
    }

    /// What every record has, once its own fields are there.
    pub fn finish(mut self, world: &World, out: &mut Out) {
        self.used.insert("P31".to_owned());
        for class in self.entity.standing("P31") {
            let is_said = self.kind == Kind::Person || class.main.value.item().is_some_and(is_known_class);
            if !is_said {
                out.told.claim(&self.name, "P31", world.said(&class.main.value), NO_FIELD);
            }
        }
        self.ids(out);
        self.rest(world, out);
        let own = format!("{} {}", out.wikidata, self.entity.id);
        let mut all = vec![own];
        for cite in cites(world, out, self.entity, &self.name, &self.cited) {
            if !all.contains(&cite) {
                all.push(cite);
            }
        }
        self.fields.insert("cite".to_owned(), json!(all));
        let fields = out.taken.record(self.kind, &self.key);
        fields.extend(self.fields);
    }

    /// Its number, and the keys of other databases that are known by name; the others are counted.
    fn ids(&mut self, out: &mut Out) {
        add_id(&mut self.fields, "wikidata", &self.entity.id);
        for (property, scheme) in IDS {
            self.used.insert((*property).to_owned());
            let mut keys = self.entity.best(property).into_iter().filter_map(|it| it.main.value.text());
            if let Some(key) = keys.next() {
                add_id(&mut self.fields, scheme, key);
            }
            for key in keys {
                out.told.claim(&self.name, property, key, "a record has one of a kind");
            }
        }
        let is_external = |statements: &[Statement]| statements.iter().any(|it| it.main.is_external);
        let others = self.entity.claims.iter().filter(|(property, statements)| {
            !self.used.contains(*property) && is_external(statements.as_slice())
        });
        let others: Vec<String> = others.map(|(property, _)| property.clone()).collect();
        for property in others {
            out.told.lose(
                &self.name,
                "external identifiers",
                known::property(&property),
                "only some are taken into `ids`",
            );
            self.used.insert(property);
        }
    }

    /// What no field was found for, and what is deprecated.
    fn rest(&self, world: &World, out: &mut Out) {
        for (property, statements) in &self.entity.claims {
            let is_external = statements.iter().any(|it| it.main.is_external);
            for statement in statements {
                let why = match statement.rank {
                    Rank::Deprecated => "deprecated by Wikidata",
                    _ if self.used.contains(property) => continue,
                    _ => NO_FIELD,
                };
                if !is_external && statement.main.value != Given::Nothing {
                    out.told.claim(&self.name, property, world.said(&statement.main.value), why);
                }
            }
        }
    }

    /// A date of the record, from all that is said of it and of the best rank.
    pub fn date(&mut self, world: &World, out: &mut Out, field: &str, property: &str) {
        let date = self.dated(world, out, property);
        put(&mut self.fields, field, date.as_ref().map(Date::text));
    }

    /// The date that a property has.
    pub fn dated(&mut self, world: &World, out: &mut Out, property: &str) -> Option<Date> {
        let mut dates = Vec::new();
        for statement in self.best(world, out, property) {
            let value = || world.said(&statement.main.value);
            let dated = when::of_statement(statement);
            let read = dated.as_ref().map_or(&[][..], |dated| dated.read.as_slice());
            self.unread(world, out, property, statement, read);
            match dated {
                Ok(dated) => {
                    self.cited.push(statement);
                    for remark in dated.remarks {
                        out.told.claim(&self.name, property, value(), remark);
                    }
                    dates.push(dated.date);
                }
                Err(_) if statement.main.value == Given::Nothing => {}
                Err(why) => out.told.claim(&self.name, property, value(), why),
            }
        }
        let (date, rest) = when::one_of(dates);
        for coarser in rest {
            out.told.claim(&self.name, property, coarser.text(), "another value says it more exactly");
        }
        date
    }

    /// A date that cannot be before another one.
    pub fn ends_after(&mut self, out: &mut Out, from: &str, to: &str, property: &str) {
        let date = |field: &str| when::known(self.fields.get(field)?.as_str()?);
        let (Some(first), Some(last)) = (date(from), date(to)) else { return };
        if last.is_surely_before(&first) {
            self.fields.shift_remove(to);
            out.told.claim(&self.name, property, last.text(), "it is before the beginning");
        }
    }

    /// The qualifiers that were not read.
    pub fn unread(&self, world: &World, out: &mut Out, property: &str, statement: &Statement, read: &[&str]) {
        for (qualifier, snaks) in &statement.qualifiers {
            for snak in snaks {
                let circumstance = matches!(qualifier.as_str(), "P1480" | "P5102");
                let is_read = match snak.value.item() {
                    Some(id) if circumstance => read.contains(&qualifier.as_str()) && when::is_mark(id),
                    _ => read.contains(&qualifier.as_str()),
                };
                if !is_read && snak.value != Given::Nothing {
                    let field = format!("{}: {}", known::property(property), known::property(qualifier));
                    out.told.lose(&self.name, &field, world.said(&snak.value), NO_FIELD);
                }
            }
        }
    }

    /// Name and other spellings; of what has a title, that.
    pub fn name(&mut self, world: &World, out: &mut Out) {
        if !matches!(self.kind, Kind::Meeting | Kind::Event | Kind::Source) {
            for (property, _) in NAMES {
                let named = self.all(property);
                self.cited.extend(named);
            }
            names::name(world, out, self.entity, &self.name, &mut self.fields);
            return;
        }
        let title = world.best(&self.entity.labels);
        put(&mut self.fields, "title", Some(title.map_or(self.entity.id.as_str(), |(_, text)| text)));
        let code = title.map_or("", |(code, _)| code);
        let others = self.entity.labels.iter().filter(|(own, _)| own != code).map(|(own, _)| own.as_str());
        let aliases = self.entity.aliases.iter().filter(|(_, texts)| !texts.is_empty());
        for own in others {
            out.told.lose(&self.name, "labels", own, "it has one title");
        }
        for (own, _) in aliases {
            out.told.lose(&self.name, "aliases", own, "it has one title");
        }
    }

    /// What it is, in a sentence.
    pub fn summary(&mut self, world: &World, out: &mut Out) {
        let taken = world.best(&self.entity.descriptions);
        let is_understood =
            |code: &str| known::tag(code).is_some_and(|tag| world.is_own(&tag)) || code == "en";
        let taken = taken.filter(|(code, _)| is_understood(code));
        put_plain(&mut self.fields, "summary", taken.map(|(_, text)| text));
        self.other_descriptions(out, taken.map_or("", |(code, _)| code));
    }

    /// Descriptions of what has no field for them.
    pub fn other_descriptions(&self, out: &mut Out, taken: &str) {
        let why = if taken.is_empty() { NO_FIELD } else { "the summary is in one language" };
        for (code, text) in self.entity.descriptions.iter().filter(|(code, _)| code != taken) {
            let value = if taken.is_empty() { format!("{text} ({code})") } else { code.clone() };
            out.told.lose(&self.name, "descriptions", value, why);
        }
    }

    /// Its own pages, and the article of Wikipedia; of what has no field for them it is told.
    pub fn links(&mut self, world: &World, out: &mut Out) {
        let has_links = matches!(self.kind, Kind::Person | Kind::Group);
        for statement in self.best(world, out, "P856") {
            let value = world.said(&statement.main.value);
            match statement.main.value.text().filter(is_address) {
                Some(url) if has_links => {
                    let link = json!({ "url": url, "title": "Official website" });
                    add(&mut self.fields, "links", link);
                    self.cited.push(statement);
                }
                Some(_) => out.told.claim(&self.name, "P856", value, NO_FIELD),
                None => out.told.claim(&self.name, "P856", value, "no address"),
            }
        }
        let base = world.language.split('-').next().unwrap_or("en");
        let sites = [format!("{base}wiki"), "enwiki".to_owned()];
        let links = &self.entity.sitelinks;
        let found = sites.iter().find_map(|site| links.iter().find(|link| link.site == *site));
        let found = found.filter(|_| has_links);
        if let Some(link) = found {
            let language = link.site.trim_end_matches("wiki");
            let url = format!("https://{language}.wikipedia.org/wiki/{}", in_address(&link.title));
            add(&mut self.fields, "links", json!({ "url": url, "title": "Wikipedia" }));
        }
        let site = found.map_or("", |link| link.site.as_str());
        for other in links.iter().filter(|link| link.site != site) {
            out.told.lose(&self.name, "sitelinks", &other.site, "one article of Wikipedia is linked at most");
        }
    }

    /// The short name of a group, in the language of the dossier.
    pub fn short(&mut self, world: &World, out: &mut Out) {
        for statement in self.best(world, out, "P1813") {
            let value = world.said(&statement.main.value);
            match &statement.main.value {
                Given::Mono(text, code)
                    if known::tag(code).is_some_and(|tag| world.is_own(&tag) || tag == "en")
                        && !self.fields.contains_key("short") =>
                {
                    put(&mut self.fields, "short", Some(text));
                    self.cited.push(statement);
                }
                _ => out.told.claim(&self.name, "P1813", value, "there is room for one short name"),
            }
        }
    }

    /// The country, by its letters.
    pub fn country(&mut self, world: &World, out: &mut Out) {
        let own = self.best(world, out, "P297");
        let mut found = own.first().and_then(|it| it.main.value.text()).map(str::to_owned);
        for statement in self.best(world, out, "P17") {
            let country = statement.main.value.item().and_then(|id| world.entity(id));
            let letters = country.and_then(|country| country.text("P297"));
            match letters.filter(|letters| is_country(letters)) {
                Some(letters) if found.as_deref().is_none_or(|found| found == letters) => {
                    found = Some(letters.to_owned());
                    self.cited.push(statement);
                }
                Some(_) => {
                    let value = world.said(&statement.main.value);
                    out.told.claim(&self.name, "P17", value, "a record has one country");
                }
                None => {
                    let value = world.said(&statement.main.value);
                    out.told.claim(&self.name, "P17", value, "its letters (P297) are not in the files");
                }
            }
        }
        put(&mut self.fields, "country", found.as_deref().filter(|letters| is_country(letters)));
    }

    /// The first place that a property names.
    pub fn place(&mut self, world: &World, out: &mut Out, field: &str, properties: &[&str]) {
        for property in properties {
            for statement in self.best(world, out, property) {
                let value = || world.said(&statement.main.value);
                let key = statement.main.value.item().and_then(|id| out.key(world, id, PLACE));
                match key {
                    Some(key) if !self.fields.contains_key(field) && key != self.key => {
                        self.unread(world, out, property, statement, &[]);
                        put(&mut self.fields, field, Some(&key));
                        self.cited.push(statement);
                    }
                    Some(_) => out.told.claim(&self.name, property, value(), "there is room for one place"),
                    None => out.told.claim(&self.name, property, value(), "no place of the files"),
                }
            }
        }
    }

    /// Degrees north and east.
    pub fn position(&mut self, world: &World, out: &mut Out) {
        for statement in self.best(world, out, "P625") {
            let value = world.said(&statement.main.value);
            match statement.main.value {
                Given::Place(latitude, longitude, true)
                    if latitude.abs() <= 90.0
                        && longitude.abs() <= 180.0
                        && !self.fields.contains_key("lat") =>
                {
                    self.fields.insert("lat".to_owned(), json!(rounded(latitude)));
                    self.fields.insert("lon".to_owned(), json!(rounded(longitude)));
                    self.cited.push(statement);
                }
                Given::Place(..) if self.fields.contains_key("lat") => {
                    out.told.claim(&self.name, "P625", value, "a place has one position");
                }
                _ => out.told.claim(&self.name, "P625", value, "no position on Earth"),
            }
        }
    }

    /// When it happened.
    pub fn occasion(&mut self, world: &World, out: &mut Out) {
        let point = self.dated(world, out, "P585");
        let (from, to) = (self.dated(world, out, "P580"), self.dated(world, out, "P582"));
        let text = |date: &Option<Date>| date.as_ref().map_or(String::new(), |date| date.text().to_owned());
        let span = match (&from, &to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(from.clone()),
            _ => when::known(&format!("{}/{}", text(&from), text(&to))),
        };
        // A day that is given beside the whole time says less than that.
        let taken = span.or_else(|| point.clone()).or_else(|| from.clone());
        let dates = [("P585", point), ("P580", from), ("P582", to)];
        for (property, date) in dates.iter().filter_map(|(property, date)| Some((property, date.as_ref()?))) {
            let is_in = taken.as_ref().is_some_and(|taken| taken.text().contains(date.text()));
            if !is_in {
                out.told.claim(&self.name, property, date.text(), "the date of the record says it otherwise");
            }
        }
        put(&mut self.fields, "date", taken.as_ref().map(Date::text));
    }

    /// What is said of a written work.
    pub fn work(&mut self, world: &World, out: &mut Out) {
        const READ: [&str; 11] =
            ["P577", "P407", "P50", "P2093", "P1433", "P123", "P478", "P433", "P356", "P212", "P957"];
        for property in READ {
            let read = self.all(property);
            self.cited.extend(read);
        }
        let entity = self.entity;
        let about = sources::about(world, out, &|property| {
            entity.best(property).into_iter().map(|statement| &statement.main.value).collect()
        });
        self.fields.extend(about);
        let urls: Vec<&Statement> = ["P953", "P856"].iter().flat_map(|property| self.all(property)).collect();
        let url = urls.iter().find_map(|statement| statement.main.value.text().filter(is_address));
        put(&mut self.fields, "url", url);
    }
}

pub const NO_FIELD: &str = "there is no field for it";

/// Degrees as far as they say anything: to some ten centimetres.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// A title of a wiki in an address.
fn in_address(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars() {
        match c {
            ' ' => out.push('_'),
            '%' | '?' | '#' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}
