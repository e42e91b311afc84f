//! Dates drawn as wide as they are known.

use serde::Serialize;

use super::Link;

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
    /// `tick`, `solid`, `hatched`, `thin`, `stop`, `fade-left`, `fade-right`.
    pub look: &'static str,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
}

/// Many records over time; lengths across are percentages, without their sign, and those down are pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Chart {
    pub label: String,
    /// Its marks lead to rows on the same page.
    pub here: bool,
    pub ticks: Vec<Tick>,
    pub lanes: Vec<Lane>,
    /// How many records have no date and are not drawn.
    pub undated_text: Option<String>,
    /// How many lie so long before the others that they would press these into its edge.
    pub early_text: Option<String>,
}

/// The name of a year or month, where it begins.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Tick {
    pub x: String,
    pub text: String,
    pub year: bool,
    /// Left out where there is little room.
    pub minor: bool,
}

/// The records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Lane {
    /// Class of its mark: `meeting`, `call`, `visit`, `statement`, `event`.
    pub mark: &'static str,
    pub title: String,
    pub height: String,
    /// So many overlap that there is room for bars alone.
    pub low: bool,
    pub marks: Vec<Plotted>,
}

/// A record on a chart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Plotted {
    /// Where it leads: a page, or on the same page the id of a row.
    pub href: String,
    /// `14 June 2022: Call between the minister and the bureau head`
    pub text: String,
    pub status: &'static str,
    /// Classes by which the page filters it.
    pub classes: Option<String>,
    /// The middle of its row.
    pub y: String,
    /// Where its status stands: behind its end or, where there is no room, before `end`.
    pub end: String,
    pub inside: bool,
    /// The middle of a known day, drawn as the shape of its kind.
    pub dot: Option<String>,
    pub drawn: Vec<Drawn>,
}

/// A way to draw dates, and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DateKey {
    pub strip: Strip,
    pub text: String,
}

/// People and the meetings that name two of them, drawn wide and narrow.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Network {
    pub label: String,
    /// What a line means, and what it does not.
    pub caption: String,
    /// What there is to be explained: numbers on lines, dashed lines, statuses on lines.
    pub has_count: bool,
    pub has_dashed: bool,
    pub has_status: bool,
    pub wide: NetworkDrawing,
    pub narrow: NetworkDrawing,
}

/// Lengths are pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NetworkDrawing {
    pub width: String,
    pub height: String,
    /// The names of the sides.
    pub heads: Vec<NetLabel>,
    pub ties: Vec<NetTie>,
    pub nodes: Vec<NetNode>,
}

/// Text at a place; `anchor` is that of SVG, of text that runs from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NetLabel {
    pub x: String,
    pub y: String,
    pub anchor: &'static str,
    pub text: String,
}

/// A line between two people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NetTie {
    /// For `d` of an SVG path.
    pub path: String,
    pub width: String,
    /// By phone only.
    pub is_dashed: bool,
    /// The keys of both.
    pub keys: [String; 2],
    /// `Ada Berg and Lev Stone: 3 records`
    pub text: String,
    pub count: Option<NetLabel>,
    pub status: Option<NetStatus>,
}

/// That of every record of a tie.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NetStatus {
    pub x: String,
    pub y: String,
    pub key: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NetNode {
    pub href: String,
    pub key: String,
    pub x: String,
    pub y: String,
    /// `circle`, `square`, `diamond`: the side.
    pub shape: &'static str,
    /// Whose network it is.
    pub is_ego: bool,
    /// A line each.
    pub name: Vec<NetLabel>,
    pub lang: Option<String>,
    pub role: Option<NetLabel>,
}

/// Numbers of shared records, people by people: the lower triangle.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Matrix {
    pub heads: Vec<Link>,
    pub rows: Vec<MatrixRow>,
}

/// A row of the matrix of shared records.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixRow {
    pub head: Link,
    /// One for each person above.
    pub cells: Vec<MatrixCell>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixCell {
    /// 0 where there are none.
    pub count: usize,
    /// The id of the pair in the list of the page.
    pub pair: Option<String>,
}
