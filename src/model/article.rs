//! An article: prose with an address of its own.

use super::Common;
use super::body::Body;
use super::citation::Citation;
use super::date::Date;
use crate::source::{Span, Spanned};

#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its address without `.html`: `explainers/who-is-who`; `index` is the home page.
    pub path: String,
    /// Where the title stands, or the start of the file.
    pub span: Span,
    pub title: String,
    pub summary: Option<Body>,
    pub date: Option<Spanned<Date>>,
    pub authors: Vec<String>,
    /// Articles are listed by this number, then by path; those without come last.
    pub order: Option<i64>,
    /// What the article as a whole rests on, beside the citations in its text.
    pub cite: Vec<Citation>,
    pub common: Common,
    pub body: Body,
}
