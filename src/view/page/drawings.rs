//! Dates drawn as wide as they are known.

use serde::Serialize;

/// A date drawn as wide as it is known, 84 pixels wide and 10 high.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Strip {
    /// Into how many cells it is divided: 12 months, 24 months, or 0 for none.
    pub cells: usize,
    pub marks: Vec<Drawn>,
}

/// The same over the width of a page, with the names of its years and months; lengths are percentages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Band {
    pub years: Vec<BandLabel>,
    pub months: Vec<BandLabel>,
    pub marks: Vec<Drawn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BandLabel {
    pub x: String,
    /// The middle of the cell, and its width.
    pub middle: String,
    pub width: String,
    pub text: String,
}

/// A rectangle of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Drawn {
    /// `tick`, `solid`, `hatched`, `thin`, `stop`, `fading`.
    pub look: &'static str,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    pub opacity: Option<String>,
}
