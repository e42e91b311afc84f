//! A source: something that can be cited.

use super::calendar::AsGiven;
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
    /// The date of publication in another calendar, as it stands on the source.
    pub published_original: Option<Box<AsGiven>>,
    pub accessed: Option<Spanned<Date>>,
    pub url: Option<Spanned<String>>,
    pub archived: Option<Spanned<String>>,
    pub copy: Option<HeldCopy>,
    /// BCP 47 tag.
    pub language: Option<String>,
    pub grade: Option<Grade>,
    pub imprint: Box<Imprint>,
    /// Passages that the authors hold, by the place in the source.
    pub quotes: Vec<Quote>,
}

/// What a bibliography says of a source beside its title, maker and date: the variables of the Citation
/// Style Language (CSL 1.0.2, appendix IV), under their names there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imprint {
    pub author: Vec<By>,
    pub editor: Vec<By>,
    /// The newspaper, journal, website or book that it is in.
    pub container_title: Option<String>,
    pub publisher: Option<String>,
    pub publisher_place: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub number: Option<String>,
    pub page: Option<String>,
    pub edition: Option<String>,
    pub genre: Option<String>,
    pub doi: Option<String>,
    pub isbn: Option<String>,
}

impl Imprint {
    /// The fields that hold a plain text, by their names.
    pub fn texts(&self) -> [(&'static str, &Option<String>); 11] {
        [
            ("container_title", &self.container_title),
            ("publisher", &self.publisher),
            ("publisher_place", &self.publisher_place),
            ("volume", &self.volume),
            ("issue", &self.issue),
            ("number", &self.number),
            ("page", &self.page),
            ("edition", &self.edition),
            ("genre", &self.genre),
            ("doi", &self.doi),
            ("isbn", &self.isbn),
        ]
    }
}

/// A passage of a source, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Where it stands, as citations name the place: `¶4`.
    pub locator: Spanned<String>,
    pub text: String,
    /// BCP 47 tag, when it is not the language of the source.
    pub language: Option<String>,
    /// In the language of the dossier.
    pub translation: Option<String>,
}

impl Source {
    /// Who made it: those in `by`, `author` and `editor`.
    pub fn makers(&self) -> impl Iterator<Item = &By> {
        self.by.iter().chain(&self.imprint.author).chain(&self.imprint.editor)
    }

    /// Leaves out those who made it and of whom something holds.
    pub fn leave_makers(&mut self, leave: impl Fn(&Ref) -> bool) {
        let stays = |by: &By| !matches!(by, By::Record(by) if leave(by));
        self.by = self.by.take().filter(|by| stays(by));
        self.imprint.author.retain(stays);
        self.imprint.editor.retain(stays);
    }

    /// The passage at a place, which citations and quotes may space differently: `¶ 4` is `¶4`.
    pub fn quote(&self, locator: &str) -> Option<&Quote> {
        let same = |other: &str| {
            let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            signs(other) == signs(locator)
        };
        self.quotes.iter().find(|quote| same(&quote.locator.value))
    }
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

/// Words that authors write for some of them.
const ALSO_CALLED: [(&str, &str); 27] = [
    ("blog", "post-weblog"),
    ("blog-post", "post-weblog"),
    ("court-ruling", "legal_case"),
    ("dissertation", "thesis"),
    ("journal-article", "article-journal"),
    ("newspaper-article", "article-newspaper"),
    ("photo", "graphic"),
    ("ruling", "legal_case"),
    ("study", "report"),
    ("tv", "broadcast"),
    ("email", "personal_communication"),
    ("e-mail", "personal_communication"),
    ("film", "motion_picture"),
    ("judgment", "legal_case"),
    ("law", "legislation"),
    ("letter", "personal_communication"),
    ("magazine", "article-magazine"),
    ("message", "personal_communication"),
    ("news", "article-newspaper"),
    ("newspaper", "article-newspaper"),
    ("press-release", "document"),
    ("radio", "broadcast"),
    ("statement", "document"),
    ("television", "broadcast"),
    ("tweet", "post"),
    ("video", "motion_picture"),
    ("website", "webpage"),
];

/// The type of a source that is called by another word.
pub fn type_of(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace([' ', '_'], "-");
    ALSO_CALLED.iter().find(|(other, _)| *other == word).map(|(_, kind)| *kind)
}
