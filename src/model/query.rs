//! The query language of figures, embeds and the command line: a kind, then terms that all hold.

use super::date::Date;
use super::meeting::Mode;
use super::{Kind, Ref, Status};
use crate::source::{Span, Spanned};

#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Which records; meetings and events together when no kind is named.
    pub kind: Option<Kind>,
    pub terms: Vec<Term>,
    /// As the author wrote it, without the braces.
    pub text: String,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    Mode(Mode),
    /// Each named person or group takes part.
    With(Vec<Ref>),
    /// At least one takes part on each of two sides.
    Between(Ref, Ref),
    During(Spanned<Date>),
    Status(Vec<Status>),
    /// At the place, or at a place in it.
    Place(Ref),
    Tag(String),
    Type(String),
    /// Members or parts of a group; sources by it.
    Of(Ref),
}

impl Term {
    pub fn name(&self) -> &'static str {
        match self {
            Term::Mode(_) => "mode",
            Term::With(_) => "with",
            Term::Between(..) => "between",
            Term::During(_) => "during",
            Term::Status(_) => "status",
            Term::Place(_) => "place",
            Term::Tag(_) => "tag",
            Term::Type(_) => "type",
            Term::Of(_) => "of",
        }
    }
}

/// The kinds a query can ask for, each with the terms that mean something for it. A query without a
/// kind takes the terms of both meetings and events.
pub const TERMS: [(Kind, &[&str]); 8] = [
    (Kind::Meeting, &["mode", "with", "between", "during", "status", "place", "tag"]),
    (Kind::Event, &["type", "with", "between", "during", "status", "place", "tag"]),
    (Kind::Person, &["of", "with", "during", "tag"]),
    (Kind::Group, &["of", "type", "tag"]),
    (Kind::Place, &["place", "tag"]),
    (Kind::Relation, &["type", "with", "between", "during", "status", "tag"]),
    (Kind::Source, &["of", "type", "during", "tag"]),
    (Kind::Article, &["tag"]),
];

/// The terms of a query for `kind`.
pub fn terms_of(kind: Option<Kind>) -> Vec<&'static str> {
    match kind {
        Some(kind) => TERMS.iter().find(|(k, _)| *k == kind).map_or(Vec::new(), |(_, terms)| terms.to_vec()),
        None => {
            let meetings = terms_of(Some(Kind::Meeting));
            let events = terms_of(Some(Kind::Event));
            meetings.into_iter().filter(|term| events.contains(term)).collect()
        }
    }
}
