//! An entity of Wikidata as its JSON has it, read part by part: what is missing or of another type is as if it were not
//! there, so that nothing in a file can stop the rest of it.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// A thing that Wikidata has a number for, with all that is said of it.
#[derive(Debug, Clone, Default)]
pub struct Entity {
    pub id: String,
    /// By language, in the order of the file.
    pub labels: Vec<(String, String)>,
    pub descriptions: Vec<(String, String)>,
    pub aliases: Vec<(String, Vec<String>)>,
    pub claims: IndexMap<String, Vec<Statement>>,
    pub sitelinks: Vec<Sitelink>,
}

/// A page of a Wikimedia wiki.
#[derive(Debug, Clone)]
pub struct Sitelink {
    pub site: String,
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Deprecated,
    Normal,
    Preferred,
}

/// A property and its value, with what is said about that, and on whose word.
#[derive(Debug, Clone)]
pub struct Statement {
    pub rank: Rank,
    pub main: Snak,
    pub qualifiers: Snaks,
    pub references: Vec<Snaks>,
}

/// Properties and their values, in the order of the file.
pub type Snaks = IndexMap<String, Vec<Snak>>;

#[derive(Debug, Clone)]
pub struct Snak {
    /// Whether it is the key of another database.
    pub is_external: bool,
    pub value: Given,
}

/// What stands as a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Item(String),
    Text(String),
    /// A text and its language.
    Mono(String, String),
    Time(Moment),
    /// Latitude and longitude; whether on Earth.
    Place(f64, f64, bool),
    /// There is a value, which nobody knows.
    Unknown,
    /// There is none.
    Nothing,
    /// Anything else, for a report.
    Other(String),
}

/// A point in time: `+1952-03-11T00:00:00Z`, how much of it is known, and by which calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    pub time: String,
    pub precision: u64,
    pub is_julian: bool,
    /// How many days, months or whatever it is known to it may have been before and after.
    pub margin: (u64, u64),
}

impl Entity {
    /// Nothing where the value is no entity.
    pub fn read(value: &Value) -> Option<Entity> {
        const PARTS: [&str; 6] = ["labels", "descriptions", "aliases", "claims", "sitelinks", "missing"];
        let fields = value.as_object()?;
        let id = text(fields, "id").filter(|id| is_id(id))?;
        if !PARTS.iter().any(|part| fields.contains_key(*part)) {
            return None;
        }
        Some(Entity {
            id,
            labels: terms(fields.get("labels")),
            descriptions: terms(fields.get("descriptions")),
            aliases: aliases(fields.get("aliases")),
            claims: by_property(fields.get("claims"), statement),
            sitelinks: sitelinks(fields.get("sitelinks")),
        })
    }

    /// A thing, rather than a property or a word.
    pub fn is_item(&self) -> bool {
        self.id.starts_with('Q')
    }

    /// Whether nothing is said of it: it was deleted, or never was.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.claims.is_empty() && self.descriptions.is_empty()
    }

    pub fn has(&self, property: &str) -> bool {
        !self.standing(property).is_empty()
    }

    /// What is said by a property and not deprecated.
    pub fn standing(&self, property: &str) -> Vec<&Statement> {
        let all = self.claims.get(property).into_iter().flatten();
        all.filter(|statement| statement.rank != Rank::Deprecated).collect()
    }

    /// What is said by a property and of the best rank there is.
    pub fn best(&self, property: &str) -> Vec<&Statement> {
        let standing = self.standing(property);
        let best = standing.iter().map(|statement| statement.rank).max();
        standing.into_iter().filter(|statement| Some(statement.rank) == best).collect()
    }

    /// The things that a property names, those of the best rank.
    pub fn items(&self, property: &str) -> Vec<&str> {
        self.best(property).into_iter().filter_map(|statement| statement.main.value.item()).collect()
    }

    /// The first text that a property has, of the best rank.
    pub fn text(&self, property: &str) -> Option<&str> {
        self.best(property).into_iter().find_map(|statement| statement.main.value.text())
    }
}

impl Statement {
    pub fn qualifier(&self, property: &str) -> Option<&Given> {
        self.qualifiers.get(property)?.first().map(|snak| &snak.value)
    }
}

impl Given {
    pub fn item(&self) -> Option<&str> {
        match self {
            Given::Item(id) => Some(id),
            _ => None,
        }
    }

    /// A text, of whichever language.
    pub fn text(&self) -> Option<&str> {
        match self {
            Given::Text(text) | Given::Mono(text, _) => Some(text),
            _ => None,
        }
    }
}

/// `Q42`, and also `P31` or `L7`.
fn is_id(id: &str) -> bool {
    let mut chars = id.chars();
    chars.next().is_some_and(|first| first.is_ascii_uppercase()) && {
        let number = chars.as_str();
        (1..=18).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    }
}

fn text(fields: &Map<String, Value>, field: &str) -> Option<String> {
    let text = fields.get(field)?.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// `{ "en": { "language": "en", "value": "…" } }`. What is empty may be a list instead.
fn terms(value: Option<&Value>) -> Vec<(String, String)> {
    let terms = value.and_then(Value::as_object).into_iter().flatten();
    terms.filter_map(|(language, term)| Some((language.clone(), text(term.as_object()?, "value")?))).collect()
}

fn aliases(value: Option<&Value>) -> Vec<(String, Vec<String>)> {
    let languages = value.and_then(Value::as_object).into_iter().flatten();
    let texts = |value: &Value| -> Vec<String> {
        let terms = value.as_array().into_iter().flatten();
        terms.filter_map(|term| text(term.as_object()?, "value")).collect()
    };
    languages.map(|(language, terms)| (language.clone(), texts(terms))).collect()
}

fn sitelinks(value: Option<&Value>) -> Vec<Sitelink> {
    let links = value.and_then(Value::as_object).into_iter().flatten();
    let link = |(site, link): (&String, &Value)| {
        Some(Sitelink { site: site.clone(), title: text(link.as_object()?, "title")? })
    };
    links.filter_map(link).collect()
}

/// `{ "P31": [ … ] }`
fn by_property<T>(value: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> IndexMap<String, Vec<T>> {
    let properties = value.and_then(Value::as_object).into_iter().flatten();
    let all = properties.map(|(property, values)| {
        let values = values.as_array().into_iter().flatten();
        (property.clone(), values.filter_map(&read).collect::<Vec<T>>())
    });
    all.filter(|(_, values)| !values.is_empty()).collect()
}

fn statement(value: &Value) -> Option<Statement> {
    let fields = value.as_object()?;
    let rank = match fields.get("rank").and_then(Value::as_str) {
        Some("preferred") => Rank::Preferred,
        Some("deprecated") => Rank::Deprecated,
        _ => Rank::Normal,
    };
    let references = fields.get("references").and_then(Value::as_array).into_iter().flatten();
    Some(Statement {
        rank,
        main: snak(fields.get("mainsnak")?)?,
        qualifiers: by_property(fields.get("qualifiers"), snak),
        references: references.map(|reference| by_property(reference.get("snaks"), snak)).collect(),
    })
}

fn snak(value: &Value) -> Option<Snak> {
    let fields = value.as_object()?;
    let is_external = fields.get("datatype").and_then(Value::as_str) == Some("external-id");
    let value = match fields.get("snaktype").and_then(Value::as_str) {
        Some("somevalue") => Given::Unknown,
        Some("novalue") => Given::Nothing,
        _ => given(fields.get("datavalue")?.get("value")?),
    };
    Some(Snak { is_external, value })
}

/// A value, told by its shape: old files do not name its type in the same words as new ones.
fn given(value: &Value) -> Given {
    let fields = match value {
        Value::String(text) => {
            return Given::Text(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Value::Object(fields) => fields,
        other => return Given::Other(other.to_string()),
    };
    let read = || {
        if fields.contains_key("time") {
            let calendar = fields.get("calendarmodel").and_then(Value::as_str).unwrap_or("");
            let margin = |field: &str| fields.get(field).and_then(Value::as_u64).unwrap_or(0);
            return Some(Given::Time(Moment {
                time: text(fields, "time")?,
                precision: fields.get("precision")?.as_u64()?,
                is_julian: calendar.ends_with("/Q1985786"),
                margin: (margin("before"), margin("after")),
            }));
        }
        if fields.contains_key("latitude") {
            let number = |field: &str| fields.get(field).and_then(Value::as_f64);
            let globe = fields.get("globe").and_then(Value::as_str);
            let is_on_earth = globe.is_none_or(|globe| globe.ends_with("/Q2"));
            return Some(Given::Place(number("latitude")?, number("longitude")?, is_on_earth));
        }
        if fields.contains_key("language") {
            return Some(Given::Mono(text(fields, "text")?, text(fields, "language")?));
        }
        if let Some(id) = text(fields, "id") {
            return Some(Given::Item(id));
        }
        if let Some(number) = fields.get("numeric-id").and_then(Value::as_u64) {
            let letter = if text(fields, "entity-type").as_deref() == Some("property") { "P" } else { "Q" };
            return Some(Given::Item(format!("{letter}{number}")));
        }
        text(fields, "amount").map(|amount| Given::Other(amount.trim_start_matches('+').to_owned()))
    };
    read().unwrap_or_else(|| Given::Other(value.to_string()))
}
