//! A lasting tie between two people or groups that is no role.

use super::date::Date;
use super::{Ref, Standing};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// A person or a group, as is `to`.
    pub from: Ref,
    pub to: Ref,
    pub kind: RelationKind,
    pub title: Option<String>,
    pub since: Option<Spanned<Date>>,
    pub until: Option<Spanned<Date>>,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    Owns,
    Funds,
    Employs,
    Advises,
    Family,
    Ally,
    Other,
}

impl RelationKind {
    pub const ALL: [(&'static str, RelationKind); 7] = [
        ("owns", RelationKind::Owns),
        ("funds", RelationKind::Funds),
        ("employs", RelationKind::Employs),
        ("advises", RelationKind::Advises),
        ("family", RelationKind::Family),
        ("ally", RelationKind::Ally),
        ("other", RelationKind::Other),
    ];

    pub fn key(self) -> &'static str {
        RelationKind::ALL[self as usize].0
    }
}
