//! A source: something that can be cited.

use super::date::Date;
use super::{Asset, Ref};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub title: String,
    pub by: Option<By>,
    /// A type of the Citation Style Language: `article-newspaper`, `report`.
    pub kind: String,
    pub published: Option<Spanned<Date>>,
    pub accessed: Option<Spanned<Date>>,
    pub url: Option<Spanned<String>>,
    pub archived: Option<Spanned<String>>,
    pub copy: Option<HeldCopy>,
    /// BCP 47 tag.
    pub language: Option<String>,
    pub grade: Option<Grade>,
}

/// Who made a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// `groups/itic-2023`, `people/ada-berg`.
    Record(Ref),
    Text(String),
}

/// A copy held with the dossier.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldCopy {
    pub file: Asset,
    /// Lower-case hexadecimal, 64 digits.
    pub sha256: Spanned<String>,
    pub got: Option<Spanned<Date>>,
}

/// Reliability of a source on the Admiralty scale (NATO AJP-2.1): A is reliable, E is not, F cannot
/// be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    A,
    B,
    C,
    D,
    E,
    F,
}

impl Grade {
    pub const ALL: [(&'static str, Grade); 6] = [
        ("A", Grade::A),
        ("B", Grade::B),
        ("C", Grade::C),
        ("D", Grade::D),
        ("E", Grade::E),
        ("F", Grade::F),
    ];
}

/// The item types of the Citation Style Language 1.0.2 (appendix III).
pub const CSL_TYPES: [&str; 45] = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];
