//! A dossier -> the sheet on which an editor or lawyer checks it: every sentence and every record, beside
//! what each rests on.

mod facts;
mod table;

use std::sync::Arc;

use serde::Serialize;

use crate::model::name::direction;
use crate::render::{self, templates::Templates};
use crate::source::Sources;
use crate::view::words::Words;

/// The names of the two files, for people and for spreadsheets.
pub const HTML: &str = "factcheck.html";
pub const CSV: &str = "factcheck.csv";

/// The whole sheet. All texts are plain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The name of the site.
    pub site: String,
    pub sections: Vec<Section>,
    /// How many statements there are, and how many of them rest on nothing.
    pub statements: usize,
    pub unsupported: usize,
    /// How many held copies are missing, or are not what their checksums were made from.
    pub copies_wrong: usize,
    /// SHA-256 of all files: two sheets with the same one are of the same dossier.
    pub state: String,
}

/// A record or an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Whether it is the record of a source, where all is shown that is known of its copies.
    pub is_source: bool,
    pub kind: String,
    pub title: String,
    /// `meetings/harbour-talks`
    pub name: String,
    /// Its address in the site, when it has a page.
    pub href: String,
    /// Whom the authors asked for a response, and what came of it.
    pub responses: Vec<String>,
    /// Advice that the authors set aside, with the reason.
    pub exceptions: Vec<Exception>,
    pub statements: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    pub lint: String,
    pub reason: String,
}

/// One thing that the dossier says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Counted through the whole sheet, from 1.
    pub n: usize,
    /// What part of the record it is; empty for a sentence.
    pub part: String,
    pub text: String,
    /// Where it is written: `content/meetings.toml:12`.
    pub place: String,
    pub supports: Vec<Support>,
    /// What the build counted for a figure in it: `3: meetings/a, meetings/b`.
    pub counted: Vec<String>,
    /// Whether it says something that could be wrong, unlike a heading, a tag or the words of a picture.
    pub needs_source: bool,
}

/// One citation behind a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Support {
    /// The source that was read, as the dossier cites it.
    pub source: String,
    pub locator: String,
    /// The chain behind it: `citing the study (not seen by us)`.
    pub chain: String,
    /// What stands there, as far as the dossier holds it.
    pub quotation: String,
    pub translation: String,
    pub url: String,
    pub archived: String,
    /// The file of a held copy; empty when none is held.
    pub copy: String,
    pub sha256: String,
    /// `same`, `differs` or `missing`: the copy against its checksum.
    pub copy_state: &'static str,
    /// Whether the source has a record, which could hold a copy.
    pub recorded: bool,
}

/// A file, by its name.
pub type File = (&'static str, Arc<[u8]>);

/// The sheet as a page and as a table, or what the template engine says.
pub fn files(words: &Words, sources: &Sources, templates: &Templates) -> Result<[File; 2], tera::Error> {
    let sheet = facts::sheet(words, sources);
    let language = &words.linked.dossier.config.language;
    let html = render::alone("factcheck", &sheet, language, direction(language), templates)?;
    Ok([(HTML, html), (CSV, table::csv(&sheet).into())])
}
