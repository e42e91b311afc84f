//! A meeting, call or visit, and who took part.

use super::calendar::AsGiven;
use super::citation::Citation;
use super::date::Date;
use super::{Body, Ref, Standing};
use crate::source::{Span, Spanned};

#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    pub title: Option<String>,
    pub mode: Option<Mode>,
    pub date: Option<Spanned<Date>>,
    /// The date in another calendar, as the source gives it.
    pub date_original: Option<Box<AsGiven>>,
    /// When it was said to have happened: a different fact from `date`.
    pub reported: Option<Spanned<Date>>,
    pub place: Option<Ref>,
    pub participants: Vec<Participant>,
    pub summary: Option<Body>,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    InPerson,
    Phone,
    Video,
    Visit,
    Other,
}

impl Mode {
    pub const ALL: [(&'static str, Mode); 5] = [
        ("in-person", Mode::InPerson),
        ("phone", Mode::Phone),
        ("video", Mode::Video),
        ("visit", Mode::Visit),
        ("other", Mode::Other),
    ];

    pub fn key(self) -> &'static str {
        Mode::ALL[self as usize].0
    }
}

/// Somebody who took part in a meeting, or whom an event names.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    pub who: Who,
    /// The group they took part for.
    pub for_group: Option<Ref>,
    /// In what capacity: `head of delegation`.
    pub capacity: Option<String>,
    /// How the source spells the name there.
    pub named_as: Option<String>,
    pub stands_in_for: Option<Ref>,
    pub from_place: Option<Ref>,
    pub cite: Vec<Citation>,
    pub span: Span,
}

impl Participant {
    /// Somebody of whom nothing else is said.
    pub fn of(who: Who, span: Span) -> Participant {
        Participant {
            who,
            for_group: None,
            capacity: None,
            named_as: None,
            stands_in_for: None,
            from_place: None,
            cite: Vec::new(),
            span,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// A person, or a group that took part as a whole.
    Record(Ref),
    /// Somebody whose record is withheld: that they took part, and for whom, is all that may be said.
    Withheld,
    /// People nobody names; they never merge with another record's unnamed.
    Unnamed { desc: String, count: Option<Count> },
}

/// How many the unnamed are: `3`, `2..`, `2..4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Count {
    pub at_least: u32,
    /// Absent when the count is open to above.
    pub at_most: Option<u32>,
}
