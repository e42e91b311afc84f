//! The files of a dossier -> the same files, changed at their places.

pub mod address;
pub mod bibliography;
pub mod layout;
pub mod moved;
pub mod rename;
pub mod statements;

use std::collections::BTreeMap;

use crate::source::{FileId, Sources, Span};

/// A text that takes the place of another; where the span is empty, it is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub new: String,
}

/// What is to be changed of the files of a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits {
    /// In the order of the files and of the places in them; none lies in another.
    pub edits: Vec<Edit>,
    /// Files that get another path, each with the old one and the new one.
    pub moved: Vec<(String, String)>,
}

impl Edits {
    /// Puts edits into order. Of two at one place the first is kept.
    pub fn new(mut edits: Vec<Edit>, moved: Vec<(String, String)>, sources: &Sources) -> Edits {
        let place = |edit: &Edit| (sources.path(edit.span.file), edit.span.start, edit.span.end);
        edits.sort_by(|a, b| place(a).cmp(&place(b)));
        edits.dedup_by(|later, kept| later.span.file == kept.span.file && later.span.start < kept.span.end);
        edits.dedup();
        Edits { edits, moved }
    }

    /// The files with all that changed in them.
    pub fn apply(&self, sources: &Sources) -> Sources {
        let mut edited = sources.clone();
        let mut files: BTreeMap<&str, (FileId, Vec<&Edit>)> = BTreeMap::new();
        for edit in &self.edits {
            let file = edit.span.file;
            files.entry(sources.path(file)).or_insert((file, Vec::new())).1.push(edit);
        }
        for (path, (id, edits)) in files {
            let Some(file) = sources.get(path) else { continue };
            let text = sources.text(id);
            let mark = if file.bytes.starts_with(MARK) { MARK } else { &[] };
            let mut bytes = mark.to_vec();
            let mut at = 0;
            for edit in edits {
                let range = edit.span.range();
                bytes.extend_from_slice(text.get(at..range.start).unwrap_or("").as_bytes());
                bytes.extend_from_slice(edit.new.as_bytes());
                at = range.end;
            }
            bytes.extend_from_slice(text.get(at..).unwrap_or("").as_bytes());
            edited.insert(path, bytes);
        }
        for (from, to) in &self.moved {
            if let Some(file) = edited.remove(from) {
                edited.insert(to.as_str(), file.bytes);
            }
        }
        edited
    }
}

/// The byte order mark, which is not part of a text.
pub const MARK: &[u8] = b"\xEF\xBB\xBF";
