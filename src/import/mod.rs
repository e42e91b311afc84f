//! Files of other formats -> records as their authors would write them: one format, one file.
//!
//! A format reads its files into [`Taken`], from plain values in the form of [`crate::export::plain`]. What it cannot
//! carry it says there. `keys` gives each record an address that it keeps, `layout` writes TOML, `merge` puts that into
//! the files of a dossier, and `prune` leaves out what the dossier would refuse.

pub mod keys;
pub mod layout;
pub mod merge;
pub mod problems;
pub mod prune;
pub mod taken;
mod text;
mod vocabulary;
mod when;

mod bibtex;
mod csv;
mod followthemoney;
mod json;
mod object;
mod popolo;
mod timelinejs;
mod wikidata;

use std::sync::Arc;

use crate::diag::{Diagnostic, Severity};
use crate::link::Linked;
use crate::model::Kind;
use crate::model::citation::Hop;
use crate::parse::citation::citation;
use crate::source::{Sources, Span};
pub use taken::{Loss, Taken};
pub use vocabulary::Vocabulary;

/// A format that records come from.
pub struct Import {
    /// As in `dossier import NAME`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// How the names of its files end.
    pub endings: &'static [&'static str],
    /// The name under which records remember their identifiers in the format, in `ids`; empty where these are keys.
    pub scheme: &'static str,
    /// What is taken from no file of the format.
    pub leaves_out: &'static [&'static str],
    /// Whether its records say themselves on whose word they stand, so that none cites the file.
    pub cites_itself: bool,
    read: fn(&Input, &mut Taken) -> Vec<Diagnostic>,
}

/// What is to be imported.
pub struct Input<'i> {
    /// The files, by their paths as they were named.
    pub files: &'i Sources,
    pub choices: &'i Choices,
    /// The words for kinds of groups, meetings and others, in all languages of the theme.
    pub words: &'i Vocabulary,
}

/// What whoever imports decides.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Put what the files say in the place of what records say already.
    pub force: bool,
    /// What records cite that say nothing themselves; else the file.
    pub cite: Option<String>,
    /// Of tables: which column holds which field.
    pub columns: Vec<(String, String)>,
    /// Of tables: the kind of records, where the name of a file does not say it.
    pub kind: Option<Kind>,
    /// Of tables: how dates with slashes are written.
    pub dates: Option<Order>,
}

pub use when::Order;

/// Every format.
pub const IMPORTS: &[Import] = &[
    json::IMPORT,
    csv::IMPORT,
    wikidata::IMPORT,
    followthemoney::IMPORT,
    popolo::IMPORT,
    timelinejs::IMPORT,
    bibtex::IMPORT,
];

/// The format of that name.
pub fn named(name: &str) -> Option<&'static Import> {
    IMPORTS.iter().find(|import| import.name == name)
}

/// The format that files are of which are not what they were said to be, if one reads them.
pub fn looks_like(input: &Input, dossier: &Arc<Linked>) -> Option<&'static Import> {
    IMPORTS.iter().find(|other| {
        let ends = |path: &str| other.endings.iter().any(|ending| path.ends_with(&format!(".{ending}")));
        let mut taken = Taken::new(Arc::clone(dossier), other.scheme);
        input.files.iter().all(|file| ends(&file.path)) && (other.read)(input, &mut taken).is_empty()
    })
}

/// What is wrong with a citation that records are to get: its syntax, or that its first source is not there.
pub fn unknown_citation(text: &str, files: &Sources, taken: &Taken) -> Option<Diagnostic> {
    let mut found = Vec::new();
    // It stands on the command line, and its place is not told.
    let nowhere = Span::new(files.iter().next()?.id, 0..0);
    let citation = citation(text, &|_| nowhere, &mut found);
    let is_known = |key: &str| {
        let in_files = taken.records.contains_key(&(Kind::Source, key.to_owned()));
        in_files || taken.there().find(Kind::Source, key).is_some()
    };
    let unknown = citation.iter().flat_map(|citation| &citation.hops).find_map(|hop| match hop {
        Hop::Source { source, .. } if !is_known(&source.text) => Some(source.text.clone()),
        _ => None,
    });
    let message = match (found.first(), unknown) {
        (Some(problem), _) => problem.message.clone(),
        (None, Some(key)) => format!("`--cite` names a source `{key}`, which is not there"),
        (None, None) => return None,
    };
    let problem = Diagnostic::new(problems::UNREADABLE_IMPORT, Severity::Error, None, message);
    Some(problem.help("add the source first, with `dossier new source KEY`"))
}

/// The names of all formats.
pub fn names() -> Vec<&'static str> {
    IMPORTS.iter().map(|import| import.name).collect()
}

impl Import {
    /// Reads the files, and returns what keeps them from being read.
    pub fn read(&self, input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
        let found = (self.read)(input, taken);
        if found.is_empty() {
            taken.finish(input, self.cites_itself);
        }
        found
    }
}
