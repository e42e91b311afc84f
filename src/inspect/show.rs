//! One record: what it says, on whose word, where it is written, and what refers to it.

use serde::Serialize;
use serde_json::Value;

use super::fields::{Field, fields, plain, status_text};
use super::links::links;
use super::query::kinds;
use super::{hidden, hidden_word, layout, line, name};
use crate::diag::did_you_mean;
use crate::export::plain::record as written;
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::dossier::{Absent, Dossier, Id, Resolution};
use crate::model::fold::fold;
use crate::prepared::Prepared;
use crate::source::Texts;
use crate::view::record::attribution;
use crate::view::words::Words;

/// What a key on the command line comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    One(Id),
    /// A former key of a record.
    Former(Id),
    Several(Vec<Id>),
    Absent(Kind, Absent),
    /// None; and those that may be meant.
    Unknown(Vec<Id>),
}

/// Looks a record up by `people/ada-berg`, or by its key alone among all kinds.
pub fn find(words: &Words, text: &str) -> Found {
    let dossier = &words.linked.dossier;
    let all: Vec<Kind> = kinds().collect();
    let text = match text.strip_prefix("articles/") {
        Some(path) if dossier.find(Kind::Article, text).is_none() => path,
        _ => text,
    };
    match dossier.resolve(text, &all) {
        Resolution::Found(id) | Resolution::WrongKind(id) if is_called(dossier, id, text) => Found::One(id),
        Resolution::Moved(id) => Found::Former(id),
        Resolution::Ambiguous(ids) => Found::Several(ids),
        Resolution::Absent(kind, absent) => Found::Absent(kind, absent),
        _ => Found::Unknown(near(words, text)),
    }
}

/// Whether a record is called so: one of another kind with this key is not.
fn is_called(dossier: &Dossier, id: Id, text: &str) -> bool {
    name(dossier, id) == text || dossier.key(id) == text
}

/// Records of that name, else those whose key is near.
fn near(words: &Words, text: &str) -> Vec<Id> {
    let dossier = &words.linked.dossier;
    let key = text.rsplit('/').next().unwrap_or(text);
    let wanted = fold(text);
    let spellings = |id: Id| dossier.name(id).into_iter().flat_map(|name| &name.spellings);
    let is_named = |id: &Id| {
        let mut spellings = spellings(*id);
        fold(&words.title(*id)) == wanted || spellings.any(|spelling| fold(&spelling.text.value) == wanted)
    };
    let named: Vec<Id> = dossier.all().filter(is_named).collect();
    if !named.is_empty() {
        return named;
    }
    let folded = |id: Id| fold(&words.title(id));
    let has_word = |title: String, word: &str| title.split_whitespace().any(|own| own == word);
    let is_part = |id: &Id| {
        dossier.name(*id).is_some()
            && !wanted.is_empty()
            && wanted.split_whitespace().all(|word| has_word(folded(*id), word))
    };
    let parts: Vec<Id> = dossier.all().filter(is_part).collect();
    if !parts.is_empty() {
        return parts;
    }
    let same: Vec<Id> = dossier.all().filter(|id| dossier.key(*id) == key).collect();
    if !same.is_empty() {
        return same;
    }
    let near = did_you_mean(key, dossier.all().map(|id| dossier.key(id)));
    if near.is_some() {
        return dossier.all().filter(|id| Some(dossier.key(*id)) == near).collect();
    }
    let titles: Vec<(Id, String)> = dossier.all().map(|id| (id, fold(&words.title(id)))).collect();
    let near = did_you_mean(&wanted, titles.iter().map(|(_, title)| title.as_str()));
    titles.iter().filter(|(_, title)| Some(title.as_str()) == near).map(|(id, _)| *id).collect()
}

/// A record as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// `people/ada-berg`
    pub record: String,
    pub title: String,
    /// The name in its own script.
    pub native: Option<String>,
    /// `draft` or `withheld`, when it will not be published.
    pub hidden: Option<&'static str>,
    pub fields: Vec<Field>,
    pub status: Option<Status>,
    /// On whose word it is: a sentence for each chain of sources.
    pub attribution: Vec<String>,
    /// The number of independent origins, and the words for it.
    pub origins: usize,
    pub origins_in_words: String,
    pub file: String,
    pub line: usize,
    /// Its address from the root of the site.
    pub address: String,
    pub links: Vec<Link>,
    /// The fields as they are written.
    pub data: Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    pub key: &'static str,
    /// `Confirmed by Norland`
    pub text: String,
}

/// A reference to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    #[serde(rename = "as")]
    pub way: &'static str,
    /// What refers to it; absent for the settings.
    pub record: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub locator: Option<String>,
    pub file: String,
    pub line: usize,
}

pub fn show(prepared: &Prepared, words: &Words, texts: &Texts, id: Id) -> Shown {
    let dossier = &words.linked.dossier;
    let standing = dossier.standing(id).zip(dossier.common(id));
    let said = match (id.kind, standing) {
        (Kind::Source | Kind::Correction, _) => None,
        (_, Some((_, common))) => Some(words.attribution(&common.cite)),
        _ => attribution(words, id),
    };
    let status = standing.map(|(standing, common)| {
        let status = words.status(standing, &common.cite);
        Status { key: status.key, text: status_text(&status) }
    });
    let place = dossier.span(id);
    let mut linked: Vec<Link> = links(dossier, id).iter().map(|link| shown(words, texts, link)).collect();
    // Several citations of one sentence, at one place, are one to those who look for it.
    linked.dedup();
    let hidden = hidden_word(hidden(dossier, id));
    Shown {
        record: name(dossier, id),
        title: line(&words.title(id)),
        native: words.native(id).map(|name| line(&name.text)),
        hidden: (!hidden.is_empty()).then_some(hidden),
        fields: fields(prepared, words, id),
        status,
        attribution: said.iter().flat_map(|said| &said.sentences).map(plain).collect(),
        origins: said.as_ref().map_or(0, |said| said.origins),
        origins_in_words: said.map_or_else(String::new, |said| said.origins_text),
        file: place.map_or_else(String::new, |span| texts.path(span.file).to_owned()),
        line: place.map_or(0, |span| texts.positions(span).0.line),
        address: address(dossier, id),
        links: linked,
        data: Value::Object(written(dossier, id)),
    }
}

fn shown(words: &Words, texts: &Texts, link: &super::links::Backlink) -> Link {
    let dossier = &words.linked.dossier;
    let when = |id: Id| date(dossier, id).map(|date| line(&words.capital(&words.date(date))));
    Link {
        way: link.way,
        record: link.by.map(|id| name(dossier, id)),
        title: link.by.map(|id| line(&words.title(id))),
        date: link.by.and_then(when),
        locator: link.locator.clone(),
        file: texts.path(link.span.file).to_owned(),
        line: texts.positions(link.span).0.line,
    }
}

impl Shown {
    /// The record for people, in lines of so many columns where there is a `width`.
    pub fn text(&self, width: Option<usize>) -> String {
        let mut out = vec![self.record.clone()];
        match &self.native {
            Some(native) => out.push(format!("{} ({native})", self.title)),
            // A correction has no title but its key.
            None if self.record.ends_with(&format!("/{}", self.title)) => {}
            None => out.push(self.title.clone()),
        }
        out.extend(self.hidden.map(|why| format!("{why}: not published")));
        out.push(String::new());
        let own = |label: &str, values: Vec<String>| Field { label: label.to_owned(), values };
        let mut fields = self.fields.clone();
        fields.push(own("Status", self.status.iter().map(|status| status.text.clone()).collect()));
        fields.push(own("Sources", self.attribution.clone()));
        fields.push(own("Origins", vec![self.origins_in_words.clone()]));
        fields.push(own("Written in", vec![format!("{}:{}", self.file, self.line)]));
        fields.push(own("Address", vec![self.address.clone()]));
        fields.retain(|field| field.values.iter().any(|value| !value.is_empty()));
        out.extend(layout::labelled(&fields, width));
        out.push(String::new());
        out.extend(self.linked());
        out.iter().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// What refers to the record, by ways.
    fn linked(&self) -> Vec<String> {
        if self.links.is_empty() {
            return vec!["Nothing refers to it.".to_owned()];
        }
        let mut out = vec![format!(
            "Referred to {}:",
            if self.links.len() == 1 { "once".to_owned() } else { format!("{} times", self.links.len()) }
        )];
        let mut way = "";
        for link in &self.links {
            if link.way != way {
                way = link.way;
                out.push(format!("  {way}"));
            }
            let record = link.record.as_deref().unwrap_or("settings");
            let more = [link.locator.as_deref(), link.date.as_deref()].into_iter().flatten();
            let more: Vec<&str> = more.chain(std::iter::once(record)).collect();
            out.push(format!("    {}:{}  {}", link.file, link.line, more.join("  ")));
        }
        out
    }
}
