//! Dates drawn as wide as they are known.

use serde::Serialize;

use super::{Link, Markup};

/// A date drawn as wide as it is known: what stands within an SVG of 84 by 10 pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Strip {
    pub svg: Markup,
}

/// The same over the width of a page, with the names of its years and months, 58 pixels high.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Band {
    pub svg: Markup,
}

/// Many records over time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Chart {
    pub label: String,
    /// Its marks lead to rows on the same page.
    pub here: bool,
    /// The names of years and months: what stands within an SVG of the width of the chart, 24 pixels high.
    pub head: Markup,
    pub lanes: Vec<Lane>,
    /// How many records have no date and are not drawn.
    pub undated_text: Option<String>,
    /// How many lie so long before the others that they would press these into its edge.
    pub early_text: Option<String>,
}

/// The records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Lane {
    /// Class of its mark: `meeting`, `call`, `visit`, `statement`, `event`.
    pub mark: &'static str,
    pub title: String,
    /// In pixels.
    pub height: String,
    /// What stands within an SVG of the width of the chart and of that height.
    pub svg: Markup,
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

/// What stands within an SVG of this size in pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NetworkDrawing {
    pub width: String,
    pub height: String,
    pub svg: Markup,
}

/// Records that a list leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct LeftOut {
    /// That they are left out, and why; the records follow it.
    pub text: String,
    pub records: Vec<Link>,
}

/// Numbers of shared records, people by people: the lower triangle.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Matrix {
    pub heads: Vec<Link>,
    pub rows: Vec<MatrixRow>,
    /// Whether a cell has a status.
    pub has_status: bool,
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
    /// Where every record is disputed, denied or retracted.
    pub status: Option<CellStatus>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CellStatus {
    pub key: &'static str,
    pub word: String,
}
