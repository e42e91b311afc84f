//! Which kinds of records may stand where.

use super::Kind;

pub const PERSON: &[Kind] = &[Kind::Person];
pub const GROUP: &[Kind] = &[Kind::Group];
/// Those who can take part, hold a position, or be tied to others.
pub const PARTY: &[Kind] = &[Kind::Person, Kind::Group];
pub const PLACE: &[Kind] = &[Kind::Place];
pub const SOURCE: &[Kind] = &[Kind::Source];
pub const OCCASION: &[Kind] = &[Kind::Meeting, Kind::Event];
pub const RELATION: &[Kind] = &[Kind::Relation];
/// What prose can link to, and what can be corrected.
pub const ANY: &[Kind] = &[
    Kind::Person,
    Kind::Group,
    Kind::Meeting,
    Kind::Event,
    Kind::Place,
    Kind::Relation,
    Kind::Source,
    Kind::Term,
    Kind::Article,
];
