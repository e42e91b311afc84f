//! Collects the finished files of a site, path to bytes, and refuses a path that could not
//! lie beside the others in a folder on Linux, macOS and Windows alike.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The name, inside the output folder, of the list of files that are ours.
pub const MANIFEST_NAME: &str = ".dossier-manifest";

/// What the names of all files begin with that we keep beside those of a site.
const OWN_NAMES: &str = ".dossier-";

/// What a file holds, short enough to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub hash: blake3::Hash,
    pub size: u64,
}

impl Stamp {
    /// Returns the stamp of a file that holds `bytes`.
    pub fn of(bytes: &[u8]) -> Stamp {
        Stamp { hash: blake3::hash(bytes), size: bytes.len() as u64 }
    }
}

/// A file of a site.
#[derive(Clone, Debug)]
pub enum Content {
    Bytes(Arc<[u8]>),
    /// Whoever asked for the site has taken it already.
    Kept(Stamp),
}

impl Content {
    /// Returns what the file holds.
    pub fn stamp(&self) -> Stamp {
        match self {
            Content::Bytes(bytes) => Stamp::of(bytes),
            Content::Kept(stamp) => *stamp,
        }
    }

    /// Returns the bytes, of a file that nobody has taken.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match self {
            Content::Bytes(bytes) => Some(bytes),
            Content::Kept(_) => None,
        }
    }
}

/// Who takes finished pages and exports, from any thread.
#[derive(Clone, Copy)]
pub struct Taker<'t> {
    /// Takes a file by its path, and returns what it holds; nothing when it is to stay in memory.
    pub take: &'t (dyn Fn(&str, &[u8]) -> Option<Stamp> + Sync),
    /// What the page at a path holds that is there from before, if it was rendered from what has this hash.
    pub same: &'t (dyn Fn(&str, u64) -> Option<Stamp> + Sync),
}

/// Every file of a finished site, in the order of its path.
#[derive(Clone, Debug, Default)]
pub struct Output {
    files: BTreeMap<String, Content>,
    /// Lower-case path to the path as given: macOS and Windows hold only one of `A` and `a`.
    folded: BTreeMap<String, String>,
}

impl Output {
    /// Returns an output without files.
    pub fn new() -> Output {
        Output::default()
    }

    /// Adds a file at `path`: relative, with forward slashes.
    ///
    /// Errors when the path could leave the folder, is not portable, is taken (also when only
    /// upper and lower case differ), or is a folder for one file and a file for another.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        bytes: impl Into<Arc<[u8]>>,
    ) -> Result<(), OutputError> {
        self.insert_content(path, Content::Bytes(bytes.into()))
    }

    /// Does the same with a file that may have been taken already.
    pub fn insert_content(&mut self, path: impl Into<String>, content: Content) -> Result<(), OutputError> {
        let path = path.into();
        check_path(&path).map_err(|why| OutputError::BadPath { path: path.clone(), why })?;
        let folded = path.to_lowercase();
        if let Some(other) = self.clash(&folded) {
            let other = other.to_owned();
            return Err(if other == path {
                OutputError::Twice { path }
            } else {
                OutputError::Clash { path, other }
            });
        }
        self.folded.insert(folded, path.clone());
        self.files.insert(path, content);
        Ok(())
    }

    /// Returns the bytes at `path`, unless they were taken.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)?.bytes()
    }

    /// Returns whether there is a file at `path`.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Returns every path with its bytes, in the order of the paths, but for what was taken.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().filter_map(|(path, content)| Some((path.as_str(), content.bytes()?)))
    }

    /// Returns every path with what is there, in the order of the paths.
    pub fn contents(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// Returns how many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the path already there that cannot lie beside `folded`.
    fn clash(&self, folded: &str) -> Option<&str> {
        let same_or_above =
            std::iter::once(folded).chain(ancestors(folded)).find_map(|path| self.folded.get(path));
        let below = || {
            let folder = format!("{folded}/");
            let (path, given) = self.folded.range(folder.clone()..).next()?;
            path.starts_with(&folder).then_some(given)
        };
        same_or_above.or_else(below).map(String::as_str)
    }
}

/// Returns the folders that `path` lies in, nearest first: `a/b` and `a` for `a/b/c`.
pub fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(slash, _)| &path[..slash])
}

/// Why a path is no path of an output, in words that follow "the path".
pub fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("is empty");
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Err("is not relative to the output folder");
    }
    if path.chars().any(|c| c == '\\' || c.is_control()) {
        return Err("has a backslash or a control character in it");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err("has an empty part, `.` or `..` in it");
    }
    if path.get(..OWN_NAMES.len()).is_some_and(|start| start.eq_ignore_ascii_case(OWN_NAMES)) {
        return Err("is where dossier keeps its own list of files");
    }
    Ok(())
}

/// Why a file could not be added to the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputError {
    /// The path leaves the folder or is not portable; `why` follows "the path".
    BadPath { path: String, why: &'static str },
    /// A file of this path is there already.
    Twice { path: String },
    /// A file of another path is there that cannot lie beside this one.
    Clash { path: String, other: String },
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutputError::BadPath { path, why } => {
                write!(f, "cannot write a file at {path:?}: the path {why}")
            }
            OutputError::Twice { path } => write!(f, "two files would be written at {path}"),
            OutputError::Clash { path, other } => {
                write!(f, "{path} and {other} cannot lie in one folder")
            }
        }
    }
}

impl OutputError {
    /// Returns what the person can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            OutputError::BadPath { .. } => "Give the page or file another name.",
            OutputError::Twice { .. } => "Give one of the two another name.",
            OutputError::Clash { .. } => {
                "The paths differ only in upper and lower case, which macOS and Windows take for \
                 one, or one is a folder for the other. Give one of the two another name."
            }
        }
    }
}

impl std::error::Error for OutputError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(output: &mut Output, path: &str) -> Result<(), OutputError> {
        output.insert(path, path.as_bytes())
    }

    #[test]
    fn iterates_in_the_order_of_the_paths_whatever_the_order_of_inserting() {
        let mut output = Output::new();
        for path in ["b/a", "b.html", "a", "c"] {
            insert(&mut output, path).unwrap();
        }
        let paths: Vec<_> = output.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a", "b.html", "b/a", "c"]);
        assert_eq!(output.get("b/a").unwrap().as_ref(), b"b/a");
        assert_eq!((output.len(), output.is_empty()), (4, false));
    }

    #[test]
    fn refuses_paths_that_leave_the_folder_or_are_not_portable() {
        for path in ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "a\nb", "C:/a"] {
            let error = insert(&mut Output::new(), path).unwrap_err();
            assert!(matches!(error, OutputError::BadPath { .. }), "{path:?}");
        }
        for path in [MANIFEST_NAME, ".Dossier-Manifest", ".dossier-manifest/a"] {
            let error = insert(&mut Output::new(), path).unwrap_err();
            assert!(error.to_string().contains("its own list"), "{path:?}");
        }
        for path in ["...", "a..b", "ä/ö", "a b", "sub/.dossier-manifest", ".git"] {
            insert(&mut Output::new(), path).unwrap();
        }
    }

    #[test]
    fn refuses_paths_that_cannot_lie_side_by_side() {
        let mut output = Output::new();
        insert(&mut output, "a/b").unwrap();
        let twice = insert(&mut output, "a/b").unwrap_err();
        assert_eq!(twice.to_string(), "two files would be written at a/b");
        for path in ["A/B", "a", "A", "a/b/c", "a/B/c/d"] {
            let error = insert(&mut output, path).unwrap_err();
            assert!(matches!(error, OutputError::Clash { .. }), "{path}");
        }
        for path in ["a/bc", "a.html", "a/c", "a/b.c/d"] {
            insert(&mut output, path).unwrap();
        }
        assert_eq!(output.len(), 5);
    }
}
