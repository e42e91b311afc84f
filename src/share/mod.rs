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

use std::collections::HashSet;

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

/// The pictures of pages.
#[derive(Debug, Clone, Default)]
pub struct Shares {
    pub files: Vec<File>,
    /// What of the memo is in use.
    pub used: HashSet<Key>,
}

#[cfg(feature = "share-images")]
pub use made::images;

/// A program that cannot draw makes none.
#[cfg(not(feature = "share-images"))]
pub fn images(
    _: &mut crate::view::Pages,
    _: &crate::source::Sources,
    _: &crate::source::Sources,
    _: &mut crate::pictures::memo::Memo,
    _: &(dyn Fn(usize, usize) + Sync),
) -> crate::diag::Checked<Shares> {
    crate::diag::Checked { value: Shares::default(), diagnostics: Vec::new() }
}
