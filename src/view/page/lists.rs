//! What the pages of many records show, and those of none.

use serde::Serialize;

use super::{
    ArticleCard, CardSection, Common, Correction, Figure, Letter, Link, Note, PlaceLine, Relation, Side,
    SourceLine, StatusCount, Year,
};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct People {
    pub sides: Vec<Side>,
    pub count_text: String,
}

/// The list of groups, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Cards {
    pub sections: Vec<CardSection>,
    pub count_text: String,
}

/// The list of meetings, or of events.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Rows {
    pub years: Vec<Year>,
    pub count_text: String,
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
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Sources {
    pub sources: Vec<SourceLine>,
    pub count_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Relations {
    pub relations: Vec<Relation>,
    pub count_text: String,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Timeline {
    pub lead: String,
    pub statuses: Vec<StatusCount>,
    pub years: Vec<Year>,
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
