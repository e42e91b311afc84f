//! What a page shows of itself where somebody links to it.

use serde::Serialize;

use super::Name;

/// How a page is known elsewhere, when the settings say where the site is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Social {
    /// The whole address of the page.
    pub url: String,
    /// `website`, `article` or `profile`, as the Open Graph protocol calls them.
    pub kind: &'static str,
    pub image: Option<SocialImage>,
}

/// The picture beside a link to a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SocialImage {
    /// Its whole address.
    pub url: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

/// What the picture of a page says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// Class of the mark: `meeting`, `call`, `visit`, `statement`, `event`.
    pub mark: Option<&'static str>,
    /// `Visit`, `18–21 October 2022`
    pub head: Vec<String>,
    pub title: String,
    pub native: Option<Name>,
    /// Who is named, or sentences.
    pub text: Vec<String>,
    pub status: Option<ShareStatus>,
    pub attribution: String,
    pub lanes: Option<ShareLanes>,
    /// Name of the dossier, and what it is about.
    pub site: String,
    pub tagline: String,
    pub right_to_left: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareStatus {
    pub key: &'static str,
    pub word: String,
    pub by: String,
}

/// Records over the years, one lane for each kind. Places are parts of the whole width, from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareLanes {
    /// Where a year or month begins.
    pub ticks: Vec<ShareTick>,
    pub lanes: Vec<ShareLane>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareTick {
    pub at: f64,
    pub text: String,
    pub is_year: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareLane {
    pub mark: &'static str,
    pub title: String,
    pub records: Vec<ShareRecord>,
}

/// A record in its lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareRecord {
    pub status: &'static str,
    pub stretches: Vec<Stretch>,
}

/// A stretch of time and how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stretch {
    pub from: f64,
    pub to: f64,
    /// `tick`, `solid`, `hatched`, `thin`, `stop`, `fade-left`, `fade-right`.
    pub look: &'static str,
}
