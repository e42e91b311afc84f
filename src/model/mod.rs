//! What a dossier is: records, articles and their parts, as plain values.

pub mod article;
pub mod body;
pub mod calendar;
pub mod citation;
pub mod config;
pub mod correction;
pub mod date;
pub mod dossier;
pub mod event;
pub mod exact;
pub mod fields;
pub mod fold;
pub mod group;
pub mod kinds;
pub mod meeting;
pub mod name;
pub mod person;
pub mod place;
pub mod publish;
pub mod query;
pub mod relation;
pub mod source;
pub mod term;

use std::sync::Arc;

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
    Term,
    Correction,
}

impl Kind {
    /// The kinds that are written as TOML tables.
    pub const RECORDS: [Kind; 9] = [
        Kind::Person,
        Kind::Group,
        Kind::Meeting,
        Kind::Event,
        Kind::Relation,
        Kind::Place,
        Kind::Source,
        Kind::Term,
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
            Kind::Term => "term",
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
            Kind::Term => "terms",
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
    /// Identifiers elsewhere, each with the name of where: `wikidata`, `Q1`.
    pub ids: Vec<(String, String)>,
    pub cite: Vec<Citation>,
    /// Whether there is a `cite` at all, also one with errors.
    pub cites: bool,
    pub tags: Vec<Spanned<String>>,
    pub draft: bool,
    pub withhold: Withhold,
    /// Texts of what is withheld that must not be found in the output.
    pub withheld_texts: Vec<dossier::Told>,
    /// The copy of a source that withholds it.
    pub withheld_copy: Option<source::HeldCopy>,
    /// Editor's note to readers.
    pub note: Option<Body>,
    pub updated: Option<Spanned<Date>>,
    /// When the record came into the dossier.
    pub added: Option<Spanned<Date>>,
    /// Advice that the authors have weighed and set aside.
    pub allow: Vec<Allowed>,
    /// Whom the authors asked for a response.
    pub response_sought: Vec<Request>,
    /// Former keys, each of which leaves a redirect page.
    pub moved_from: Vec<Spanned<String>>,
    /// The prose beside the record.
    pub prose: Option<Arc<Body>>,
}

impl Common {
    /// Whether it has the former keys of another.
    pub fn has_names_of(&self, other: &Common) -> bool {
        self.moved_from.iter().map(|old| &old.value).eq(other.moved_from.iter().map(|old| &old.value))
    }
}

/// A lint that does not speak of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    pub lint: Spanned<String>,
    pub reason: String,
}

/// A request for a response to what a record says.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Who was asked: a person or group. On the record of a person or group it is they, unless another
    /// is named.
    pub from: Option<Ref>,
    /// When they were asked, or until when an answer was looked for.
    pub date: Option<Spanned<Date>>,
    /// By what means: `by e-mail to the press office`.
    pub how: Option<String>,
    pub span: Span,
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
    /// A person or a group; absent when it is withheld who.
    pub who: Option<Ref>,
    pub words: Option<String>,
    /// What they said, in the words of whoever reports it.
    pub summary: Option<String>,
    pub date: Option<Spanned<Date>>,
    pub cite: Vec<Citation>,
    pub span: Span,
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
    /// The status that the author gave, else the one that follows from what the parties say.
    pub fn status(&self) -> Status {
        self.status.as_ref().map_or_else(|| self.derived(), |status| status.value)
    }

    /// What follows from the stances alone: a source that takes its report back outweighs all, parties
    /// that contradict each other make a dispute, and without a word from anybody a record is reported.
    pub fn derived(&self) -> Status {
        let says = |position| self.by(position).next().is_some();
        match (says(Position::Retracted), says(Position::Confirmed), says(Position::Denied)) {
            (true, _, _) => Status::Retracted,
            (false, true, true) => Status::Disputed,
            (false, false, true) => Status::Denied,
            (false, true, false) => Status::Confirmed,
            (false, false, false) => Status::Reported,
        }
    }

    /// The stances of those who take a position, without those who have taken another one since.
    pub fn by(&self, position: Position) -> impl Iterator<Item = &Stance> {
        self.stances.iter().filter(move |stance| stance.position == position && !self.is_given_up(stance))
    }

    /// Whether the same party took another position later.
    fn is_given_up(&self, stance: &Stance) -> bool {
        let later = |other: &Stance| match (&stance.date, &other.date) {
            (Some(date), Some(other)) => date.value.is_surely_before(&other.value),
            _ => false,
        };
        fn party(stance: &Stance) -> Option<&str> {
            stance.who.as_ref()?.text.rsplit('/').next()
        }
        // Of a thousand parties most took one position, and few on a day that is known.
        party(stance).filter(|_| stance.date.is_some()).is_some_and(|who| {
            self.stances.iter().any(|other| {
                other.position != stance.position
                    && other.position != Position::NoComment
                    && party(other) == Some(who)
                    && later(other)
            })
        })
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
