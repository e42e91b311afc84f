//! The fields of every kind of record: their names, and what stands in each.

use super::Kind;
use super::group::GroupKind;
use super::kinds::{PARTY, PLACE};
use super::meeting::Mode;
use super::relation::RelationKind;
use super::source::CSL_TYPES;
use super::{Position, Status};

/// What stands in a field.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// A plain text.
    Text,
    /// Running Markdown.
    Markdown,
    /// An EDTF date.
    Date,
    /// The BCP 47 tag of a language.
    Language,
    /// One of a few words, each with its key in the table of the interface's words: `mode.phone`.
    Word(&'static str, fn() -> Vec<&'static str>),
    /// The key of a record of one of these kinds.
    Key(&'static [Kind]),
    /// A text, or several in a list.
    Texts,
    /// Anything else: a list, a table, a number.
    Other,
}

fn words<T: Copy, const N: usize>(all: [(&'static str, T); N]) -> Vec<&'static str> {
    all.into_iter().map(|(word, _)| word).collect()
}

const STATUS: Holds = Holds::Word("status", || words(Status::ALL));
const MODE: Holds = Holds::Word("kind", || words(Mode::ALL));
const GROUP_KIND: Holds = Holds::Word("group-type", || words(GroupKind::ALL));
const SOURCE_KIND: Holds = Holds::Word("source-type", || CSL_TYPES.to_vec());
const RELATION_KIND: Holds = Holds::Word("relation-type", || words(RelationKind::ALL));

/// The fields that every record may have; `prose` stands for its Markdown file.
pub const COMMON: [(&str, Holds); 12] = [
    ("ids", Holds::Other),
    ("cite", Holds::Texts),
    ("tags", Holds::Texts),
    ("draft", Holds::Other),
    ("withhold", Holds::Other),
    ("note", Holds::Markdown),
    ("updated", Holds::Date),
    ("added", Holds::Date),
    ("allow", Holds::Other),
    ("response_sought", Holds::Other),
    ("moved_from", Holds::Other),
    ("prose", Holds::Markdown),
];

/// The fields of those kinds that have a standing.
const STANDING: [(&str, Holds); 6] = [
    ("status", STATUS),
    (Position::ALL[0].0, Holds::Other),
    (Position::ALL[1].0, Holds::Other),
    (Position::ALL[2].0, Holds::Other),
    (Position::ALL[3].0, Holds::Other),
    ("maybe_same", Holds::Texts),
];

const PERSON: &[(&str, Holds)] = &[
    ("name", Holds::Text),
    ("name_lang", Holds::Language),
    ("names", Holds::Other),
    ("sort_name", Holds::Text),
    ("summary", Holds::Markdown),
    ("born", Holds::Date),
    ("died", Holds::Date),
    ("roles", Holds::Other),
    ("portrait", Holds::Other),
    ("links", Holds::Other),
];

const GROUP: &[(&str, Holds)] = &[
    ("name", Holds::Text),
    ("name_lang", Holds::Language),
    ("names", Holds::Other),
    ("short", Holds::Text),
    ("type", GROUP_KIND),
    ("part_of", Holds::Other),
    ("exclusive_roles", Holds::Other),
    ("country", Holds::Text),
    ("founded", Holds::Date),
    ("dissolved", Holds::Date),
    ("summary", Holds::Markdown),
    ("links", Holds::Other),
];

const MEETING: &[(&str, Holds)] = &[
    ("title", Holds::Text),
    ("mode", MODE),
    ("date", Holds::Date),
    ("date_original", Holds::Other),
    ("reported", Holds::Date),
    ("place", Holds::Key(PLACE)),
    ("participants", Holds::Other),
    ("summary", Holds::Markdown),
];

const EVENT: &[(&str, Holds)] = &[
    ("title", Holds::Text),
    ("date", Holds::Date),
    ("date_original", Holds::Other),
    ("type", Holds::Text),
    ("reported", Holds::Date),
    ("involved", Holds::Other),
    ("place", Holds::Key(PLACE)),
    ("summary", Holds::Markdown),
];

const RELATION: &[(&str, Holds)] = &[
    ("from", Holds::Key(PARTY)),
    ("to", Holds::Key(PARTY)),
    ("type", RELATION_KIND),
    ("title", Holds::Text),
    ("since", Holds::Date),
    ("until", Holds::Date),
];

const PLACE_FIELDS: &[(&str, Holds)] = &[
    ("name", Holds::Text),
    ("name_lang", Holds::Language),
    ("names", Holds::Other),
    ("in", Holds::Key(PLACE)),
    ("country", Holds::Text),
    ("lat", Holds::Other),
    ("lon", Holds::Other),
];

const SOURCE: &[(&str, Holds)] = &[
    ("title", Holds::Text),
    ("by", Holds::Text),
    ("type", SOURCE_KIND),
    ("published", Holds::Date),
    ("published_original", Holds::Other),
    ("accessed", Holds::Date),
    ("url", Holds::Text),
    ("archived", Holds::Text),
    ("copy", Holds::Other),
    ("language", Holds::Language),
    ("grade", Holds::Text),
    ("author", Holds::Texts),
    ("editor", Holds::Texts),
    ("container_title", Holds::Text),
    ("publisher", Holds::Text),
    ("publisher_place", Holds::Text),
    ("volume", Holds::Text),
    ("issue", Holds::Text),
    ("number", Holds::Text),
    ("page", Holds::Text),
    ("edition", Holds::Text),
    ("genre", Holds::Text),
    ("doi", Holds::Text),
    ("isbn", Holds::Text),
    ("quotes", Holds::Other),
];

const TERM: &[(&str, Holds)] = &[
    ("name", Holds::Text),
    ("name_lang", Holds::Language),
    ("names", Holds::Other),
    ("definition", Holds::Markdown),
];

const CORRECTION: &[(&str, Holds)] = &[
    ("date", Holds::Date),
    ("on", Holds::Text),
    ("was", Holds::Text),
    ("now", Holds::Text),
    ("undo", Holds::Other),
    ("why", Holds::Text),
];

const ARTICLE: &[(&str, Holds)] = &[
    ("title", Holds::Text),
    ("summary", Holds::Markdown),
    ("date", Holds::Date),
    ("authors", Holds::Texts),
    ("order", Holds::Other),
];

/// The fields of a kind's own, then those of every record.
pub fn fields_of(kind: Kind) -> impl Iterator<Item = (&'static str, Holds)> + Clone {
    let own = match kind {
        Kind::Person => PERSON,
        Kind::Group => GROUP,
        Kind::Meeting => MEETING,
        Kind::Event => EVENT,
        Kind::Relation => RELATION,
        Kind::Place => PLACE_FIELDS,
        Kind::Source => SOURCE,
        Kind::Term => TERM,
        Kind::Correction => CORRECTION,
        Kind::Article => ARTICLE,
    };
    let standing = matches!(kind, Kind::Meeting | Kind::Event | Kind::Relation);
    own.iter().chain(STANDING.iter().filter(move |_| standing)).chain(&COMMON).copied()
}

/// What stands in a field of a kind; nothing when the kind has no such field.
pub fn field(kind: Kind, name: &str) -> Option<Holds> {
    fields_of(kind).find(|(known, _)| *known == name).map(|(_, holds)| holds)
}

/// Whether every record may have a field.
pub fn is_common(name: &str) -> bool {
    COMMON.iter().any(|(known, _)| *known == name)
}
