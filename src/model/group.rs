//! A group: a state, a body, a movement, an outlet. Its members are derived from people's roles.

use super::citation::Citation;
use super::date::Date;
use super::name::Name;
use super::{Body, Ref, WebLink};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: Name,
    pub short: Option<String>,
    pub kind: GroupKind,
    pub part_of: Vec<PartOf>,
    /// Offices that one person holds at a time, in the words of the roles.
    pub exclusive_roles: Vec<Spanned<String>>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<Spanned<String>>,
    pub founded: Option<Spanned<Date>>,
    pub dissolved: Option<Spanned<Date>>,
    pub summary: Option<Body>,
    pub links: Vec<WebLink>,
}

/// Membership of a group in another one; `to` is the last day, inclusive.
#[derive(Debug, Clone, PartialEq)]
pub struct PartOf {
    pub of: Ref,
    pub from: Option<Spanned<Date>>,
    pub to: Option<Spanned<Date>>,
    /// A share, as the author wrote it: `51 %`.
    pub share: Option<String>,
    pub cite: Vec<Citation>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    State,
    StateBody,
    ArmedGroup,
    Party,
    Company,
    Outlet,
    ResearchCentre,
    Other,
}

impl GroupKind {
    pub const ALL: [(&'static str, GroupKind); 8] = [
        ("state", GroupKind::State),
        ("state-body", GroupKind::StateBody),
        ("armed-group", GroupKind::ArmedGroup),
        ("party", GroupKind::Party),
        ("company", GroupKind::Company),
        ("outlet", GroupKind::Outlet),
        ("research-centre", GroupKind::ResearchCentre),
        ("other", GroupKind::Other),
    ];

    pub fn key(self) -> &'static str {
        GroupKind::ALL[self as usize].0
    }
}
