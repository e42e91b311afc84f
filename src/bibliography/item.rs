//! A source record -> an item of CSL-JSON, the form in which bibliographies exchange their entries
//! (CSL 1.0.2, appendix IV; citeproc-js's schema of input data).

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{
    DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange,
};

use crate::link::refs::PARTY;
use crate::model::Kind;
use crate::model::date::{Choice, Date, Point, Shape, Unit};
use crate::model::dossier::{Dossier, Id};
use crate::model::name::direction;
use crate::model::source::{By, Source};

/// The years that stand in an item for the dates of publication and of access that CSL cannot say, where
/// it has such; the words of the page take their place.
pub type Marks = [Option<i16>; 2];

/// The item of a source. Its dates say no more than the record; one that CSL has no form for, such as
/// "in or before April 2023", is a year that stands nowhere else in it.
pub fn item(dossier: &Dossier, id: Id) -> Option<(Item, Marks)> {
    let record = dossier.sources.get(id.index)?;
    let source = &record.data;
    let mut item = BTreeMap::new();
    let mut text = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), Value::String(value.to_owned()));
        }
    };
    text("id", Some(&record.key));
    text("type", Some(&source.kind));
    text("title", Some(&source.title));
    text("language", Some(source.language.as_deref().unwrap_or(&dossier.config.language)));
    text("URL", source.url.as_ref().map(|url| url.value.as_str()));
    for (field, value) in source.imprint.texts() {
        text(&variable(field), value.as_deref());
    }
    let maker = source.by.as_ref().map(|by| name_of(dossier, by));
    match role_of_maker(source) {
        Maker::Container => {
            text("container-title", maker.as_deref());
            // A website that publishes itself is named once.
            if source.imprint.publisher == maker {
                item.remove("publisher");
            }
        }
        Maker::Publisher => text("publisher", maker.as_deref()),
        Maker::Author | Maker::None => {}
    }
    let mut names = |name: &str, people: &[By]| {
        if !people.is_empty() {
            let names = people.iter().map(|by| name_value(dossier, by)).collect();
            item.insert(name.to_owned(), Value::Names(names));
        }
    };
    names("author", &source.imprint.author);
    names("editor", &source.imprint.editor);
    if role_of_maker(source) == Maker::Author {
        names("author", source.by.as_slice());
    }
    let mut marks = [None; 2];
    let dates = [("issued", &source.published), ("accessed", &source.accessed)];
    for ((name, date), (mark, year)) in dates.into_iter().zip(marks.iter_mut().zip(free_years(&item))) {
        if let Some(date) = date {
            // From right to left a date is set apart from its sentence, which only the page can do.
            let parts = if direction(&dossier.config.language) == "rtl" { None } else { parts(&date.value) };
            let parts = parts.unwrap_or_else(|| {
                *mark = Some(year);
                vec![year]
            });
            item.insert(name.to_owned(), Value::Date(date_value(parts)));
        }
    }
    Some((Item(item), marks))
}

/// Years of five digits that are in no text of an item.
fn free_years(item: &BTreeMap<String, Value>) -> [i16; 2] {
    let texts: String = item.values().map(|value| format!("{value:?}")).collect();
    let mut free = (31_207..i16::MAX).filter(|year| !texts.contains(&year.to_string()));
    [free.next().unwrap_or(i16::MAX), free.next().unwrap_or(i16::MAX)]
}

/// `container_title` as CSL writes it.
fn variable(field: &str) -> String {
    match field {
        "doi" | "isbn" => field.to_uppercase(),
        field => field.replace('_', "-"),
    }
}

/// What the maker of a source is to its bibliography.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Maker {
    Author,
    /// The newspaper or website that the source stands in.
    Container,
    Publisher,
    /// It is said by another field.
    None,
}

fn role_of_maker(source: &Source) -> Maker {
    let Some(by) = &source.by else { return Maker::None };
    let imprint = &source.imprint;
    // A work by its authors alone is by nobody else.
    let is_author = |author: &By| {
        *author == *by || matches!((author, by), (By::Text(author), By::Text(by)) if is_same_name(author, by))
    };
    if imprint.author.iter().any(is_author) {
        return Maker::None;
    }
    let is_person = matches!(by, By::Record(by) if by.text.starts_with(Kind::Person.plural()));
    if is_person {
        return if imprint.author.is_empty() { Maker::Author } else { Maker::None };
    }
    match source.kind.as_str() {
        "article" | "article-journal" | "article-magazine" | "article-newspaper" | "entry"
        | "entry-dictionary" | "entry-encyclopedia" | "post" | "post-weblog" | "review" | "review-book"
        | "webpage" => {
            if imprint.container_title.is_none() {
                Maker::Container
            } else {
                Maker::None
            }
        }
        "book" | "broadcast" | "chapter" | "classic" | "collection" | "map" | "motion_picture"
        | "musical_score" | "performance" | "periodical" | "song" => {
            if imprint.publisher.is_none() {
                Maker::Publisher
            } else {
                Maker::None
            }
        }
        // A report, a statement, a letter is by whoever issues it.
        _ if imprint.author.is_empty() => Maker::Author,
        _ if imprint.publisher.is_none() => Maker::Publisher,
        _ => Maker::None,
    }
}

/// A name written `Fox, Eve` or `Fox, Jr., Eve` as one says it: `Eve Fox`, `Eve Fox, Jr.`.
pub fn said(sorted: &str) -> String {
    let parts: Vec<&str> = sorted.split(", ").collect();
    match parts.as_slice() {
        [family, given] => format!("{given} {family}"),
        [family, suffix, given] => format!("{given} {family}, {suffix}"),
        _ => sorted.to_owned(),
    }
}

/// Whether `Fox, Eve` is `Eve Fox`.
fn is_same_name(sorted: &str, name: &str) -> bool {
    name == said(sorted)
}

fn name_of(dossier: &Dossier, by: &By) -> String {
    match by {
        By::Text(name) => name.clone(),
        By::Record(by) => match dossier.get(by, PARTY).and_then(|id| dossier.name(id)) {
            Some(name) => name.text.value.clone(),
            None => String::new(),
        },
    }
}

/// A person by family and given name, from `sort_name` or from a text with a comma, `Berg, Ada`; anything
/// else is a name as a whole.
fn name_value(dossier: &Dossier, by: &By) -> NameValue {
    let name = name_of(dossier, by);
    let sorted = match by {
        By::Text(text) => Some(text.clone()),
        By::Record(by) => dossier
            .get(by, PARTY)
            .filter(|id| id.kind == Kind::Person)
            .and_then(|id| dossier.people.get(id.index)?.data.sort_name.clone()),
    };
    // As in BibTeX, what stands between the two is "Jr." or the like.
    let parts: Vec<&str> = sorted.iter().flat_map(|sorted| sorted.split(',')).map(str::trim).collect();
    let (family, suffix, given) = match parts.as_slice() {
        [family, given] => (*family, None, *given),
        [family, suffix, given] => (*family, Some((*suffix).to_owned()), *given),
        _ => ("", None, ""),
    };
    if family.is_empty() || given.is_empty() {
        return NameValue::Literal(LiteralName { literal: name });
    }
    NameValue::Item(NameItem {
        family: family.to_owned(),
        given: Some(given.to_owned()),
        non_dropping_particle: None,
        dropping_particle: None,
        suffix,
        comma_suffix: None,
    })
}

fn date_value(parts: Vec<i16>) -> DateValue {
    DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts)]),
        literal: None,
        season: None,
        circa: false,
    }
}

/// Year, month and day of a plain date; nothing for one that CSL has no form for.
fn parts(date: &Date) -> Option<Vec<i16>> {
    let Shape::One(Choice::Point(Point { unit, doubt: None, .. })) = date.shape() else { return None };
    let year = |year: i32| i16::try_from(year).ok().filter(|year| (1..=9999).contains(year));
    Some(match unit {
        Unit::Day(day) => vec![year(day.year())?, i16::from(day.month()), i16::from(day.day())],
        Unit::Month(y, month) => vec![year(*y)?, i16::from(*month)],
        Unit::Year(y) => vec![year(*y)?],
        _ => return None,
    })
}
