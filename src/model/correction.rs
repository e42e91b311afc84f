//! The correction of a record.

use super::Ref;
use super::date::Date;
use crate::source::Spanned;

/// What was wrong, where, and why it was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    pub date: Spanned<Date>,
    /// A record, or one field of it: `meetings/tehran-2023-06.date`.
    pub on: Ref,
    pub field: Option<Spanned<String>>,
    /// What it said, as readers are told; empty when it said nothing.
    pub was: String,
    /// The words of a text that stand there now.
    pub now: Option<String>,
    /// The former value of the field in TOML, where `was` is not that value itself.
    pub undo: Option<Spanned<String>>,
    pub why: String,
}
