//! The files that are open in the editor, as they stand there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dossier::editor::position::Encoding;
use dossier::source::Lines;
use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};
use url::Url;

use super::convert::place;

pub struct Document {
    /// As the client names it.
    pub uri: Uri,
    pub version: i32,
    pub text: String,
}

#[derive(Default)]
pub struct Documents {
    open: BTreeMap<PathBuf, Document>,
}

impl Documents {
    pub fn open(&mut self, path: PathBuf, document: Document) {
        self.open.insert(path, document);
    }

    pub fn close(&mut self, path: &Path) {
        self.open.remove(path);
    }

    pub fn get(&self, path: &Path) -> Option<&Document> {
        self.open.get(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.open.keys().map(PathBuf::as_path)
    }

    /// Those below a folder, each by its path from there, with forward slashes.
    pub fn below<'d>(&'d self, root: &'d Path) -> impl Iterator<Item = (String, &'d Document)> {
        self.open.iter().filter_map(move |(path, document)| Some((address(root, path)?, document)))
    }

    /// Changes a file as its editor did. A change of a file that is not open is none.
    pub fn change(
        &mut self,
        path: &Path,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let Some(document) = self.open.get_mut(path) else { return };
        document.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    document.text = whole.text;
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let lines = Lines::new(Cow::Borrowed(&document.text));
                    let start = encoding.offset(&lines, place(part.range.start));
                    let end = encoding.offset(&lines, place(part.range.end)).max(start);
                    document.text.replace_range(start..end, &part.text);
                }
            }
        }
    }

    /// The address of a file: as its client names it, when it is open.
    pub fn uri(&self, path: &Path) -> Option<Uri> {
        match self.open.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => uri(path),
        }
    }
}

/// The file that an address names, if it is one of this machine.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    Url::parse(&uri.0).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

pub fn uri(path: &Path) -> Option<Uri> {
    Url::from_file_path(path).ok().map(|url| Uri(url.into()))
}

/// The path of a file from a folder, with forward slashes.
pub fn address(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str());
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}
