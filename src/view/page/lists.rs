//! What the pages of many records show, and those of none.

use serde::Serialize;

use super::{
    ArticleCard, Block, CardSection, Chart, Common, Corrected, Correction, DateKey, Figure, LeftOut, Letter,
    Link, Mark, Matrix, Name, Network, Note, Pair, PlaceLine, Relation, Side, SourceLine, Spelling,
    StatusCount, Year,
};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct People {
    pub sides: Vec<Side>,
    pub count_text: String,
    pub divided: Divided,
}

/// The way to the other pages of a long list; nothing where it stands on one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Divided {
    /// All of them, each called after what is on it.
    pub parts: Vec<Link>,
    /// The pages before and after this one.
    pub earlier: Option<Link>,
    pub later: Option<Link>,
}

/// The list of groups, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Cards {
    pub sections: Vec<CardSection>,
    pub count_text: String,
    pub divided: Divided,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Articles {
    pub articles: Vec<ArticleCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Places {
    /// Places by the place they lie in, depth first.
    pub places: Vec<PlaceLine>,
    pub count_text: String,
    pub divided: Divided,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Sources {
    pub sources: Vec<SourceLine>,
    pub count_text: String,
    pub divided: Divided,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Relations {
    pub relations: Vec<Relation>,
    pub count_text: String,
    pub divided: Divided,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
}

/// Meetings and events in the order of time: all of them, or those of one year of a long list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Timeline {
    pub lead: String,
    pub statuses: Vec<StatusCount>,
    pub chart: Option<Chart>,
    /// How the dates of the chart are drawn.
    pub key: Vec<DateKey>,
    /// What the records can be filtered by; nothing when there is only one.
    pub filters: Option<Filters>,
    /// The records, by year; empty on the first page of a long list.
    pub years: Vec<Year>,
    /// The years of a long list, each with a page of its own.
    pub index: Vec<Period>,
    /// The pages before and after this one.
    pub earlier: Option<Link>,
    pub later: Option<Link>,
}

/// A year of a long list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Period {
    pub title: String,
    pub href: String,
    pub count_text: String,
    /// How many records of each kind, as parts of a bar, in percent of the longest.
    pub parts: Vec<PeriodPart>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PeriodPart {
    pub mark: &'static str,
    /// `12 meetings`
    pub text: String,
    pub x: String,
    pub width: String,
}

/// What a list of records can be filtered by. Of a long list only kinds and statuses, since rules for each
/// person would take a browser too long.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Filters {
    pub people: Vec<FilterChoice>,
    pub groups: Vec<FilterChoice>,
    pub kinds: Vec<FilterChoice>,
    pub statuses: Vec<FilterChoice>,
    /// Before and after the number of records that are shown: "Showing ", " of 12 records".
    pub showing: (String, String),
    /// The same after the number in a year: " shown".
    pub year_showing: (String, String),
    pub count: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FilterChoice {
    /// In the address: a key, a kind or a status.
    pub value: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Corrections {
    pub corrections: Vec<Correction>,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
}

/// The method: how to read records, dates and statuses, and the author's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct About {
    pub summary_html: Option<String>,
    pub statuses: Vec<StatusCount>,
    /// How many corrections there are in all.
    pub corrections_count: usize,
    #[serde(flatten)]
    pub common: Common,
}

/// Everybody and everything named, by letter, and the place of the search.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Alphabet {
    /// Every letter with its place on this page; in a large dossier with the page that has it.
    pub letters: Vec<Link>,
    /// The letters of this page.
    pub sections: Vec<Letter>,
    pub count_text: String,
    /// Whether it is the page of the search, not of a letter.
    pub has_search: bool,
}

/// An old address that leads to the new one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Redirect {
    /// From the root.
    pub to: String,
    pub title: String,
}

/// Who is named in the same meetings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct NetworkPage {
    /// The drawing and the matrix, on the first page.
    pub network: Option<Network>,
    pub matrix: Option<Matrix>,
    /// That not all people are drawn.
    pub left_out: Option<String>,
    pub crowds: Option<LeftOut>,
    pub pairs: Vec<Pair>,
    /// How many pairs there are in all.
    pub count_text: String,
    /// The pages with the pairs before and after those of this one.
    pub earlier: Option<Link>,
    pub later: Option<Link>,
}

/// The words that the dossier uses in a meaning of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Glossary {
    pub terms: Vec<GlossaryTerm>,
    pub count_text: String,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct GlossaryTerm {
    /// Anchor: `r-{key}`.
    pub id: String,
    pub name: Name,
    pub native: Option<Name>,
    pub spellings: Vec<Spelling>,
    pub definition_html: String,
    pub marks: Vec<Mark>,
    pub note_html: Option<String>,
    pub body: Vec<Block>,
    pub corrected: Vec<Corrected>,
}

/// The page of all formats, which are in `site`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Data {}

/// What is shown where there is no page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Missing {}

/// A format that the dossier can be had in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Format {
    /// `csv`
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: String,
    pub files: Vec<Link>,
}
