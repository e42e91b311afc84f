//! The graph -> files in other formats, beside the pages: one format, one file.

mod corrections_feed;

use crate::view::words::Words;

/// A format that a site is published in, beside its pages.
pub struct Export {
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    files: fn(&Words) -> Vec<File>,
}

/// An address and what stands there.
pub type File = (String, Vec<u8>);

/// Every format.
pub const EXPORTS: &[Export] = &[Export {
    name: "corrections-feed",
    about: "the log of corrections as an Atom feed",
    files: corrections_feed::files,
}];

/// The files of all formats, each with its address.
pub fn files(words: &Words) -> Vec<File> {
    EXPORTS.iter().flat_map(|export| (export.files)(words)).collect()
}
