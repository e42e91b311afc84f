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

/// A term as it is explained to those who write it.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub name: &'static str,
    /// What stands behind it.
    pub value: &'static str,
    pub meaning: &'static str,
    /// Whether several values may stand there, with spaces between them.
    pub takes_several: bool,
}

/// Every term, in the order in which they are explained.
pub const VOCABULARY: [About; 9] = [
    About {
        name: "with",
        value: "KEYS",
        meaning: "Where each of these people or groups takes part",
        takes_several: true,
    },
    About {
        name: "between",
        value: "KEYS",
        meaning: "Where somebody takes part on each of two sides",
        takes_several: true,
    },
    About {
        name: "during",
        value: "DATE",
        meaning: "Within a day, month, year or interval: 2023, 2023-06, 2023-01/2023-06",
        takes_several: false,
    },
    About {
        name: "status",
        value: "STATUSES",
        meaning: "Whose status is one of these; without it all but denied and retracted",
        takes_several: true,
    },
    About { name: "place", value: "KEY", meaning: "At a place, or in it", takes_several: false },
    About { name: "mode", value: "MODE", meaning: "By the kind of contact", takes_several: false },
    About {
        name: "type",
        value: "TYPE",
        meaning: "Of a type, such as outlet or report",
        takes_several: false,
    },
    About {
        name: "of",
        value: "KEY",
        meaning: "Members or parts of a group; sources by somebody",
        takes_several: false,
    },
    About { name: "tag", value: "TAG", meaning: "With this tag", takes_several: false },
];

impl About {
    /// The kinds that know the term.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        let name = self.name;
        TERMS.into_iter().filter(move |(_, terms)| terms.contains(&name)).map(|(kind, _)| kind)
    }

    /// The words that it takes, where these are all.
    pub fn words(&self) -> Vec<&'static str> {
        match self.name {
            "mode" => Mode::ALL.iter().map(|(name, _)| *name).collect(),
            "status" => Status::ALL.iter().map(|(name, _)| *name).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_term_is_explained_and_no_other() {
        let known: BTreeSet<&str> = TERMS.iter().flat_map(|(_, terms)| *terms).copied().collect();
        let explained: Vec<&str> = VOCABULARY.iter().map(|about| about.name).collect();
        assert_eq!(explained.len(), known.len());
        assert_eq!(explained.into_iter().collect::<BTreeSet<_>>(), known);
    }
}
