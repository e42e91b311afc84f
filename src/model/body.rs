//! Prose: HTML with holes for what only the whole dossier knows.

use std::ops::Range;

use super::Ref;
use super::citation::Citation;
use super::query::Query;
use crate::source::{Span, Spanned};

/// Anchors that are, or begin like, these belong to the theme; a heading gets another one.
pub const THEME_ANCHORS: [&str; 21] = [
    "cells-", "corr-", "hatch-", "fade-", "mark-", "status-", "arrow-", "src-", "cite-", "fn-", "fnref-",
    "fig-", "f-", "r-", "p-", "y-", "s-", "side-", "kind-", "content", "site-nav",
];

/// Rendered Markdown. A file is parsed blind to all others, so links, citations and figures stay
/// holes until every record is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    pub pieces: Vec<Piece>,
    /// As the author wrote it, without HTML that is not shown.
    pub markdown: String,
    /// The anchors of its headings, in order.
    pub anchors: Vec<String>,
    /// The text without markup and citations, links as in [`Sentence::text`].
    pub text: String,
    /// Its sentences, in order, without those of headings and code.
    pub sentences: Vec<Sentence>,
    /// Its headings, code and HTML: what is shown and is no running text.
    pub lines: Vec<Spanned<String>>,
    pub images: Vec<Image>,
    /// What stands in brackets that are no link, where it begins as the key of a record does.
    pub brackets: Vec<Spanned<String>>,
}

/// A sentence of running text, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Without markup and citations. A link without words of the author's is `[[key]]`: the name of its
    /// record is known only when all are.
    pub text: String,
    pub span: Span,
    /// Which paragraph, list item or row of a table it stands in, counted from 0.
    pub paragraph: usize,
    /// The citations within it, or right behind it.
    pub citations: Vec<Citation>,
    /// The words of the checked figures in it, as bytes of `text`, and where each figure stands.
    pub figures: Vec<(Range<usize>, Span)>,
}

impl Sentence {
    /// The places of such keys, as bytes of the text.
    pub fn keys(&self) -> Vec<Range<usize>> {
        let mut keys = Vec::new();
        let mut at = 0;
        while let Some(start) = self.text[at..].find("[[").map(|before| at + before)
            && let Some(length) = self.text[start..].find("]]")
        {
            at = start + length + 2;
            keys.push(start..at);
        }
        keys
    }
}

/// A text with the names of records in place of their keys in double brackets.
pub fn with_names(text: &str, name: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        out.push_str(before);
        let Some((key, after)) = after.split_once("]]") else {
            rest = after;
            break;
        };
        out.push_str(name(key).as_deref().unwrap_or(key));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub span: Span,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// What stands below it.
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub licence: Option<String>,
}

impl Body {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Number of words, for the time it takes to read.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Html(String),
    /// `[[target]]`, `[[target#anchor|label]]`; the label is HTML.
    Wikilink {
        target: Ref,
        anchor: Option<String>,
        label: Option<String>,
    },
    /// `[@a ¶1; @b]`
    Cite(Vec<Citation>),
    /// `:count[four times]{meetings ..}`
    Figure(Figure),
    /// `::timeline{..}` on a line of its own, at the top level of the text.
    Embed {
        embed: Embed,
        query: Query,
        span: Span,
    },
    /// In an attribute: the address of a file below `content/`, or of the page made from it.
    File {
        path: String,
        anchor: Option<String>,
        span: Span,
    },
    /// A picture, from a file below `content/`.
    Image {
        path: String,
        alt: String,
        span: Span,
    },
    /// A word of the interface, by its key in the string table.
    Word(&'static str),
}

/// A number in the prose that the records must bear out.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The author's words, plain and as HTML.
    pub words: String,
    pub html: String,
    pub query: Query,
    pub span: Span,
}

/// What a leaf directive shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Embed {
    /// Meetings and events as rows.
    Timeline,
    /// Pairs of people in the same records.
    Network,
    /// The same as a table of people by people.
    Matrix,
    /// A list of one kind.
    List,
}
