//! What an author can write: the fields of every kind of record, of the tables in them, and of `site.toml`, with what
//! stands in each and what it means. Reading holds itself to these lists; the reference, the schemas and what an editor
//! is told are made from them.

mod parts;
mod records;
mod settings;

use super::Kind;
use crate::diag::one_of;

pub use parts::{
    ALLOW, COPY, DATE_ORIGINAL, IDS, LINK, NAMES, PART_OF, PARTICIPANT, PORTRAIT, PUBLISHED_ORIGINAL, QUOTE,
    QUOTES, REQUEST, ROLE, SPELLING, STANCE,
};
pub use settings::{EXPORTS, LINTS, PUBLISH, SIDE, SITE, TARGET};

/// What stands in a field.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// A plain text.
    Text,
    /// Running Markdown.
    Markdown,
    /// An EDTF date.
    Date,
    /// A date as another calendar has it.
    Original,
    /// The BCP 47 tag of a language.
    Language,
    /// The two letters of a country (ISO 3166-1).
    Country,
    /// An address of the web, from `https://` on.
    Address,
    /// The path of a file in `content/`.
    File,
    /// One of a few words, each with its key in the table of the interface's words: `mode.phone`.
    Word(&'static str, fn() -> Vec<&'static str>),
    /// One of a few words that are shown as they are, or not at all.
    OneOf(fn() -> Vec<&'static str>),
    /// True or false.
    Flag,
    /// A whole number.
    Integer,
    /// A number of degrees, at most so many north or south, east or west.
    Degrees(f64),
    /// A SHA-256 checksum, in hexadecimal digits.
    Checksum,
    /// The key of a record of one of these kinds.
    Key(&'static [Kind]),
    /// A former key of the record.
    Former,
    /// A record, or a field of one: `meetings/harbour-talks.date`.
    Place,
    /// The name of one of the record's own fields.
    OwnField,
    /// A chain of sources.
    Citation,
    /// A table with fields of its own.
    Table(&'static Shape),
    /// One or several of these; a single one may stand without a list.
    List(&'static Holds),
    /// Either of these.
    Either(&'static [Holds]),
    /// Whatever TOML can say.
    Any,
}

impl Holds {
    /// What stands in each place of a list, or the thing itself.
    pub fn each(self) -> Holds {
        if let Holds::List(each) = self { *each } else { self }
    }

    /// The table with fields of its own that can stand there.
    pub fn shape(self) -> Option<&'static Shape> {
        match self {
            Holds::Table(shape) => Some(shape),
            Holds::List(each) => each.shape(),
            Holds::Either(all) => all.iter().find_map(|one| one.shape()),
            _ => None,
        }
    }

    /// What stands there, in words: `date`, `key of a person or group`.
    pub fn words(self) -> String {
        match self {
            Holds::Text => "text".to_owned(),
            Holds::Markdown => "inline Markdown".to_owned(),
            Holds::Date => "date".to_owned(),
            Holds::Original => "date of that calendar".to_owned(),
            Holds::Language => "language tag".to_owned(),
            Holds::Country => "country code".to_owned(),
            Holds::Address => "web address".to_owned(),
            Holds::File => "path in `content/`".to_owned(),
            Holds::Word(_, words) | Holds::OneOf(words) => {
                let words: Vec<String> = words().iter().map(|word| format!("`{word}`")).collect();
                one_of(words.iter().map(String::as_str))
            }
            Holds::Flag => "true or false".to_owned(),
            Holds::Integer => "whole number".to_owned(),
            Holds::Degrees(_) => "number".to_owned(),
            Holds::Checksum => "checksum".to_owned(),
            Holds::Key(kinds) => format!("key of a {}", one_of(kinds.iter().map(|kind| kind.singular()))),
            Holds::Former => "former key".to_owned(),
            Holds::Place => "record, or field of one".to_owned(),
            Holds::OwnField => "name of a field".to_owned(),
            Holds::Citation => "citation".to_owned(),
            Holds::Table(_) => "table".to_owned(),
            Holds::List(each) => format!("{}; one, or several in a list", each.words()),
            Holds::Either(all) => {
                let all: Vec<String> = all.iter().map(|one| one.words()).collect();
                all.join(" or ")
            }
            Holds::Any => "any value".to_owned(),
        }
    }

    /// The kinds of records whose keys can stand there.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Holds::Key(kinds) => kinds,
            Holds::List(each) => each.kinds(),
            Holds::Either(all) => {
                all.iter().map(|one| one.kinds()).find(|kinds| !kinds.is_empty()).unwrap_or(&[])
            }
            _ => &[],
        }
    }
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    No,
    Yes,
    /// This one, or one of these in its place.
    Or(&'static [&'static str]),
}

/// A field of a table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub holds: Holds,
    pub needed: Needed,
    /// Whether a draft may do without it until it is accepted.
    pub waits: bool,
    /// What it means, in a sentence or two of Markdown.
    pub about: &'static str,
}

impl Field {
    const fn new(name: &'static str, holds: Holds, about: &'static str) -> Field {
        Field { name, holds, needed: Needed::No, waits: false, about }
    }

    const fn needed(name: &'static str, holds: Holds, about: &'static str) -> Field {
        Field { name, holds, needed: Needed::Yes, waits: false, about }
    }

    /// Needed, unless one of `others` is there.
    const fn or(
        name: &'static str,
        others: &'static [&'static str],
        holds: Holds,
        about: &'static str,
    ) -> Field {
        Field { name, holds, needed: Needed::Or(others), waits: false, about }
    }

    /// Needed once the record is no draft.
    const fn once_accepted(self) -> Field {
        Field { waits: true, ..self }
    }
}

/// What the keys of a table are that its author chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Tags of languages (BCP 47), and the words for spellings that are of none.
    Spellings,
    /// Places in a source: `¶4`.
    Locators,
    /// Those who give out identifiers: `wikidata`.
    Schemes,
    Lints,
    Formats,
    Targets,
}

/// A table: its fields, and what its other keys are, where it may have any.
#[derive(Debug)]
pub struct Shape {
    /// What it is called in messages: `person`, `role`.
    pub name: &'static str,
    parts: &'static [&'static [Field]],
    pub others: Option<(Keys, Holds)>,
}

impl Shape {
    const fn of(name: &'static str, parts: &'static [&'static [Field]]) -> Shape {
        Shape { name, parts, others: None }
    }

    /// A table whose keys its author chooses.
    const fn map(name: &'static str, keys: Keys, holds: Holds) -> Shape {
        Shape { name, parts: &[], others: Some((keys, holds)) }
    }

    /// Its fields, in the order in which they are written and explained.
    pub fn fields(&'static self) -> impl Iterator<Item = &'static Field> + Clone {
        self.parts.iter().copied().flatten()
    }

    /// The field of that name; nothing when there is none.
    pub fn field(&'static self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }
}

/// What a record of a kind can hold.
pub fn shape(kind: Kind) -> &'static Shape {
    match kind {
        Kind::Person => &records::PERSON,
        Kind::Group => &records::GROUP,
        Kind::Meeting => &records::MEETING,
        Kind::Event => &records::EVENT,
        Kind::Relation => &records::RELATION,
        Kind::Place => &records::PLACE,
        Kind::Source => &records::SOURCE,
        Kind::Term => &records::TERM,
        Kind::Correction => &records::CORRECTION,
        Kind::Article => &records::ARTICLE,
    }
}

/// What only the authors need to know: it is not published, and cannot be withheld.
pub const UNPUBLISHED: [&str; 4] = ["draft", "withhold", "allow", "undo"];

/// The field by which corrections mean the Markdown of a record, which no table holds.
pub const PROSE: Field = Field::new("prose", Holds::Markdown, "The text of the record's Markdown file.");

/// The fields of a kind's own, then those of every record, and [`PROSE`].
pub fn fields_of(kind: Kind) -> impl Iterator<Item = (&'static str, Holds)> + Clone {
    shape(kind).fields().chain([&PROSE]).map(|field| (field.name, field.holds))
}

/// What stands in a field of a kind; nothing when the kind has no such field.
pub fn field(kind: Kind, name: &str) -> Option<Holds> {
    fields_of(kind).find(|(known, _)| *known == name).map(|(_, holds)| holds)
}

/// Whether every record may have a field.
pub fn is_common(name: &str) -> bool {
    records::COMMON.iter().any(|field| field.name == name)
}

fn words<T: Copy, const N: usize>(all: [(&'static str, T); N]) -> Vec<&'static str> {
    all.into_iter().map(|(word, _)| word).collect()
}
