//! What a dossier is: records, articles and their parts, as plain values.

pub mod article;
pub mod body;
pub mod citation;
pub mod config;
pub mod correction;
pub mod date;
pub mod dossier;
pub mod event;
pub mod fold;
pub mod group;
pub mod meeting;
pub mod name;
pub mod person;
pub mod place;
pub mod query;
pub mod relation;
pub mod source;

use crate::source::{Span, Spanned};
use body::Body;
use citation::Citation;
use date::Date;

/// What a page or record is about. The order is the one in which lists of links are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Article,
    Person,
    Group,
    Meeting,
    Event,
    Relation,
    Place,
    Source,
    Correction,
}

impl Kind {
    /// The kinds that are written as TOML tables.
    pub const RECORDS: [Kind; 8] = [
        Kind::Person,
        Kind::Group,
        Kind::Meeting,
        Kind::Event,
        Kind::Relation,
        Kind::Place,
        Kind::Source,
        Kind::Correction,
    ];

    /// One record of the kind: `person`.
    pub fn singular(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Person => "person",
            Kind::Group => "group",
            Kind::Meeting => "meeting",
            Kind::Event => "event",
            Kind::Relation => "relation",
            Kind::Place => "place",
            Kind::Source => "source",
            Kind::Correction => "correction",
        }
    }

    /// The file or folder below `content/` that holds the kind, and its part of an address: `people`.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Article => "articles",
            Kind::Person => "people",
            Kind::Group => "groups",
            Kind::Meeting => "meetings",
            Kind::Event => "events",
            Kind::Relation => "relations",
            Kind::Place => "places",
            Kind::Source => "sources",
            Kind::Correction => "corrections",
        }
    }

    /// The kind of records whose plural is `word`.
    pub fn from_plural(word: &str) -> Option<Kind> {
        Kind::RECORDS.into_iter().find(|kind| kind.plural() == word)
    }
}

/// A reference to a record as the author wrote it: `ismail-haniyeh` or `people/ismail-haniyeh`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ref {
    pub text: String,
    pub span: Span,
}

/// What every record has beside its own fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<T> {
    pub key: String,
    /// Where the key is written: the place to name when the record as a whole is meant.
    pub span: Span,
    pub common: Common,
    pub data: T,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Common {
    pub cite: Vec<Citation>,
    /// Whether there is a `cite` at all, also one with errors.
    pub cites: bool,
    pub tags: Vec<Spanned<String>>,
    pub draft: bool,
    pub withhold: Withhold,
    /// Texts of withheld fields that must not be found in the output.
    pub withheld_texts: Vec<String>,
    /// Editor's note to readers.
    pub note: Option<Body>,
    pub updated: Option<Spanned<Date>>,
    /// Former keys, each of which leaves a redirect page.
    pub moved_from: Vec<Spanned<String>>,
    /// The prose beside the record.
    pub prose: Option<Body>,
}

/// What of a record may not reach the output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Withhold {
    #[default]
    Nothing,
    Record,
    Fields(Vec<Spanned<String>>),
}

/// The standing of a meeting, event or relation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    #[default]
    Reported,
    Confirmed,
    Disputed,
    Denied,
    Retracted,
    Inferred,
}

impl Status {
    pub const ALL: [(&'static str, Status); 6] = [
        ("reported", Status::Reported),
        ("confirmed", Status::Confirmed),
        ("disputed", Status::Disputed),
        ("denied", Status::Denied),
        ("retracted", Status::Retracted),
        ("inferred", Status::Inferred),
    ];

    pub fn key(self) -> &'static str {
        Status::ALL[self as usize].0
    }
}

/// What a party says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    Confirmed,
    Denied,
    Retracted,
    NoComment,
}

impl Position {
    /// The field that holds such stances, and the key of its word.
    pub const ALL: [(&'static str, &'static str, Position); 4] = [
        ("confirmed_by", "confirmed", Position::Confirmed),
        ("denied_by", "denied", Position::Denied),
        ("retracted_by", "retracted", Position::Retracted),
        ("no_comment_by", "no-comment", Position::NoComment),
    ];

    pub fn key(self) -> &'static str {
        Position::ALL[self as usize].1
    }
}

/// One party's position on a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Stance {
    pub position: Position,
    /// A person or a group.
    pub who: Ref,
    pub words: Option<String>,
    pub date: Option<Spanned<Date>>,
    pub cite: Vec<Citation>,
}

/// How sure a record is, and who says what of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    pub status: Option<Spanned<Status>>,
    pub stances: Vec<Stance>,
    /// Keys of records that may describe the same occasion.
    pub maybe_same: Vec<Ref>,
}

impl Standing {
    /// The status the author gave, or `reported`.
    pub fn status(&self) -> Status {
        self.status.as_ref().map_or(Status::Reported, |status| status.value)
    }
}

/// A picture or document inside `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asset {
    /// Path below `content/`.
    pub path: String,
    pub span: Span,
}

/// A link to another website.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebLink {
    pub url: Spanned<String>,
    pub title: String,
}

/// The fields that every record may have.
pub const COMMON_FIELDS: [&str; 8] =
    ["cite", "tags", "draft", "withhold", "note", "updated", "moved_from", "prose"];

/// The fields of a kind's own, then those of every record; `prose` stands for its Markdown file.
pub fn fields_of(kind: Kind) -> Vec<&'static str> {
    const STANDING: [&str; 6] =
        ["status", "confirmed_by", "denied_by", "retracted_by", "no_comment_by", "maybe_same"];
    let own: &[&str] = match kind {
        Kind::Person => &[
            "name",
            "name_lang",
            "names",
            "sort_name",
            "summary",
            "born",
            "died",
            "roles",
            "portrait",
            "ids",
            "links",
        ],
        Kind::Group => &[
            "name",
            "name_lang",
            "names",
            "short",
            "type",
            "part_of",
            "country",
            "founded",
            "dissolved",
            "summary",
            "ids",
            "links",
        ],
        Kind::Meeting => &["title", "mode", "date", "reported", "place", "participants", "summary"],
        Kind::Event => &["title", "date", "type", "reported", "involved", "place", "summary"],
        Kind::Relation => &["from", "to", "type", "title", "since", "until"],
        Kind::Place => &["name", "name_lang", "names", "in", "country", "lat", "lon"],
        Kind::Source => {
            &["title", "by", "type", "published", "accessed", "url", "archived", "copy", "language", "grade"]
        }
        Kind::Correction => &["date", "on", "was", "why"],
        Kind::Article => &["title", "summary", "date", "authors", "order"],
    };
    let standing = matches!(kind, Kind::Meeting | Kind::Event | Kind::Relation);
    own.iter().chain(STANDING.iter().filter(|_| standing)).chain(&COMMON_FIELDS).copied().collect()
}
