//! A dated happening that is no meeting: a statement, an attack, a publication.

use super::calendar::AsGiven;
use super::date::Date;
use super::meeting::Participant;
use super::{Body, Ref, Standing};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub title: String,
    pub date: Option<Spanned<Date>>,
    /// The date in another calendar, as the source gives it.
    pub date_original: Option<Box<AsGiven>>,
    /// The author's own word for what it is: `statement`, `attack`.
    pub kind: Option<String>,
    pub reported: Option<Spanned<Date>>,
    pub involved: Vec<Participant>,
    pub place: Option<Ref>,
    pub summary: Option<Body>,
    pub standing: Standing,
}
