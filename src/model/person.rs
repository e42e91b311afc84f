//! A person and the offices they hold.

use super::citation::Citation;
use super::date::Date;
use super::name::Name;
use super::{Asset, Body, Ref, WebLink};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub name: Name,
    pub sort_name: Option<String>,
    pub summary: Option<Body>,
    pub born: Option<Spanned<Date>>,
    pub died: Option<Spanned<Date>>,
    pub roles: Vec<Role>,
    pub portrait: Option<Portrait>,
    pub links: Vec<WebLink>,
}

/// An office held in a group; `to` is the last day, inclusive.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    pub role: String,
    pub of: Ref,
    pub from: Option<Spanned<Date>>,
    pub to: Option<Spanned<Date>>,
    pub place: Option<Ref>,
    pub cite: Vec<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portrait {
    pub file: Asset,
    pub alt: String,
    pub credit: String,
    pub licence: String,
}
