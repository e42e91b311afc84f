//! A record as one of many: rows, cards, pairs.

use serde::Serialize;

use super::{Attribution, Chart, Corrected, Link, Name, Period, Rich, Shared, Status, Strip, When};

/// A meeting or event in a list: when, what, on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Row {
    /// Anchor within a list: `r-tehran-2023-06`.
    pub id: String,
    /// Classes by which the list is filtered: `e-meeting s-reported p-ada-berg`.
    pub classes: String,
    /// Class of its mark: `meeting`, `call`, `visit`, `statement`, `event`.
    pub mark: &'static str,
    /// `Meeting`, `Phone call`, or the type that the author gave an event.
    pub kind: String,
    pub title: Rich,
    pub href: String,
    pub when: When,
    pub strip: Option<Strip>,
    pub place: Rich,
    /// Who is named, in the author's order.
    pub people: Rich,
    pub attribution: Attribution,
    pub status: Status,
    pub corrected: Vec<Corrected>,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PersonCard {
    pub name: Name,
    pub href: String,
    pub initials: String,
    /// Outline of the mark: `circle` and `square` for the first two sides, `dashed` for all others.
    pub outline: &'static str,
    pub role: Option<String>,
    /// The name in its own script, when that differs.
    pub native: Option<Name>,
    /// In how many meetings and events the person is named.
    pub records: usize,
    pub records_text: String,
}

/// A group in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct GroupCard {
    pub name: Name,
    pub short: Option<String>,
    pub href: String,
    /// `Armed group`.
    pub kind: String,
    pub native: Option<Name>,
    pub members_text: Option<String>,
}

/// People of one side, under its title.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Side {
    pub title: String,
    pub people: Vec<Shared<PersonCard>>,
}

/// Two people and the records that name both.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Pair {
    /// Anchor in the list of the network.
    pub id: Option<String>,
    pub a: Link,
    pub b: Link,
    pub count: usize,
    pub records: Vec<Shared<SharedRecord>>,
    /// `and 20 more`
    pub more_text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct StatusCount {
    pub key: &'static str,
    pub word: String,
    pub count: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ArticleCard {
    pub title: String,
    pub href: String,
    pub summary_html: Option<String>,
    /// `6 minutes to read`.
    pub minutes_text: String,
}

/// Somebody named in the same records.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CoPerson {
    pub card: Shared<PersonCard>,
    /// Marks of the shared records, oldest first.
    pub shared: Vec<Shared<SharedRecord>>,
    pub shared_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SharedRecord {
    pub mark: &'static str,
    pub title: String,
    pub href: String,
    pub when: String,
    /// `disputed`, when it is more than reported or confirmed.
    pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CardSection {
    pub title: String,
    pub groups: Vec<GroupCard>,
}

/// Records of one year; the last heading may be "Undated".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Year {
    /// Anchor: `y-2023`, `y-undated`.
    pub id: String,
    pub title: String,
    pub rows: Vec<Shared<Row>>,
    pub count_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PlaceLine {
    pub name: Name,
    pub native: Option<Name>,
    pub href: String,
    /// 0 for a place that lies in no other.
    pub depth: usize,
    pub records_text: Option<String>,
}

/// What begins with one letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Letter {
    /// Anchor: `l-a`, and of a letter that is not Latin `l-u0642`.
    pub id: String,
    /// `A`, or `0–9`; where a letter fills several pages, `Haad–Hamd`.
    pub title: String,
    pub entries: Vec<Listed>,
}

/// A record in the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Listed {
    /// As it is sorted: `Haniyeh, Ismail`; for the short name of a group, that.
    pub name: Name,
    pub native: Option<Name>,
    pub href: String,
    /// `Person, Commander, Quds Force`; for a short name, the full one.
    pub detail: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SourceLine {
    /// Its entry in the bibliography; the title is a link.
    pub html: String,
    pub kind: String,
    pub unseen: bool,
    pub resting_text: String,
}

/// The meetings and events that name a person, a group or a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Records {
    pub records_count: usize,
    pub chart: Option<Chart>,
    /// Oldest first; empty when they are many.
    pub rows: Vec<Shared<Row>>,
    /// Of many, the years, each with a page of its own.
    pub index: Vec<Period>,
}
