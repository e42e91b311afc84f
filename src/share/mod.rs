//! What pages say where somebody links to them -> pictures of it, and their addresses on the pages.

#[cfg(feature = "share-images")]
mod draw;
#[cfg(feature = "share-images")]
mod fonts;
#[cfg(feature = "share-images")]
mod lanes;
#[cfg(feature = "share-images")]
mod layout;
#[cfg(feature = "share-images")]
mod made;
#[cfg(feature = "share-images")]
mod marks;
#[cfg(feature = "share-images")]
mod pen;

use std::collections::{BTreeSet, HashSet};

use crate::diag::{Diagnostic, Severity};
use crate::pictures::File;
use crate::pictures::memo::Key;

pub mod problems {
    //! What can be wrong with the pictures of pages.
    crate::codes! {
        /// Pages that have no picture for those who link to them, since no font has the letters of their titles.
        /// The theme has letters of Latin, Arabic, Persian and Hebrew. Put a font with others into
        /// `static/fonts/`, as `.woff2`, or set `share_images = false`.
        SHARE_IMAGE_LETTERS = "share-image-letters";
    }
}

/// Pictures that were not known before, each with the key of what it shows.
pub type Drawn = Vec<(Key, std::sync::Arc<crate::pictures::Made>)>;

/// The pictures of pages.
#[derive(Debug, Clone, Default)]
pub struct Shares {
    pub files: Vec<File>,
    /// The words in each picture, where something is withheld: nobody can search for them in its file.
    pub words: Vec<(String, String)>,
    /// What of the memo is in use.
    pub used: HashSet<Key>,
    /// The pages that have no picture since no font has their letters.
    pub without: BTreeSet<String>,
}

impl Shares {
    /// Adds the pictures of further pages.
    pub fn extend(&mut self, other: Shares) {
        self.files.extend(other.files);
        self.words.extend(other.words);
        self.used.extend(other.used);
        self.without.extend(other.without);
    }

    /// What there is to say about the pages without a picture.
    pub fn problem(&self) -> Option<Diagnostic> {
        let first = self.without.first()?;
        let others = match self.without.len() {
            1 => "has".to_owned(),
            2 => "and 1 other page have".to_owned(),
            n => format!("and {} other pages have", n - 1),
        };
        let message =
            format!("{first} {others} no picture to be shared with: no font has the letters of the title");
        let problem = Diagnostic::new(problems::SHARE_IMAGE_LETTERS, Severity::Note, None, message);
        Some(problem.help(
            "put a font that has them into `static/fonts/`, as `.woff2`, or set `share_images = false`",
        ))
    }
}

#[cfg(feature = "share-images")]
pub use made::Studio;

/// A program that cannot draw makes none.
#[cfg(not(feature = "share-images"))]
pub struct Studio;

#[cfg(not(feature = "share-images"))]
impl Studio {
    pub fn new(
        _: &crate::view::words::Words,
        _: &crate::view::page::Site,
        _: &crate::source::Sources,
        _: &crate::source::Sources,
        _: &crate::pictures::memo::Memo,
    ) -> Studio {
        Studio
    }

    pub fn picture(&self, _: &mut crate::view::page::Page) {}

    pub fn into_shares(self) -> (Shares, Drawn) {
        Default::default()
    }
}
