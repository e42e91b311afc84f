//! The folder of a dossier in which the files of an import wait until all of them are there -> whether some still do.

use std::path::Path;

use super::problems::UNFINISHED_IMPORT;
use crate::diag::{Diagnostic, Severity};

/// Where they wait.
pub const FOLDER: &str = ".dossier/import";
/// The file among them that says that all are there.
pub const ALL_THERE: &str = "all-there";

/// Whether an import was stopped before each file was in its place, or is putting them there now.
pub fn is_unfinished(root: &Path) -> bool {
    root.join(FOLDER).join(ALL_THERE).exists()
}

/// What is to be said of a dossier with such an import.
pub fn problem(root: &Path) -> Option<Diagnostic> {
    let problem = || {
        let message = "an import into this dossier was stopped, and not all of its files are in their places";
        Diagnostic::new(UNFINISHED_IMPORT, Severity::Note, None, message)
            .help("import again: what was stopped is finished first")
    };
    is_unfinished(root).then(problem)
}
