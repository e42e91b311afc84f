//! Citations: who says that who says. `jpost-2023 ¶17 citing itic-2023` reads from what the authors
//! read to where it comes from.

use std::fmt;

use super::Ref;
use crate::source::Span;

/// A chain of at least one hop; the first is what the authors read, the last is the origin.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citation {
    pub hops: Vec<Hop>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hop {
    /// A source record, and where in it, as the author wrote it (`¶17`, `p. 4`).
    Source { source: Ref, locator: Option<String> },
    /// An origin that is no record, in single quotes in the author's text.
    Unrecorded { text: String, span: Span },
}

impl Hop {
    pub fn span(&self) -> Span {
        match self {
            Hop::Source { source, .. } => source.span,
            Hop::Unrecorded { span, .. } => *span,
        }
    }

    /// The place in the source.
    pub fn locator(&self) -> Option<&str> {
        match self {
            Hop::Source { locator, .. } => locator.as_deref(),
            Hop::Unrecorded { .. } => None,
        }
    }

    /// What two hops share when they are the same origin: whether it is a record, and its name. A source
    /// and somebody of the same name are two.
    pub fn origin(&self) -> (bool, &str) {
        match self {
            Hop::Source { source, .. } => {
                (true, source.text.strip_prefix("sources/").unwrap_or(&source.text))
            }
            Hop::Unrecorded { text, .. } => (false, text),
        }
    }
}

/// As authors write it: `jpost-2023 ¶17 citing itic-2023`.
impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, hop) in self.hops.iter().enumerate() {
            if at > 0 {
                f.write_str(" citing ")?;
            }
            match hop {
                Hop::Source { locator, .. } => {
                    let key = hop.origin().1;
                    // The key of a source may be the word that joins the hops.
                    let kind = if key == "citing" { "sources/" } else { "" };
                    write!(f, "{kind}{key}")?;
                    locator.iter().try_for_each(|locator| write!(f, " {locator}"))?;
                }
                Hop::Unrecorded { text, .. } => write!(f, "'{text}'")?,
            }
        }
        Ok(())
    }
}

impl Citation {
    /// The last hop: where the statement comes from. A chain always has one.
    pub fn origin(&self) -> Option<&Hop> {
        self.hops.last()
    }
}
