//! The folder of a dossier in which the files that a command changes wait until all of them are there -> whether some still do.

use std::path::Path;

use super::problems::UNFINISHED_CHANGE;
use crate::diag::{Diagnostic, Severity};

/// Where they wait.
pub const FOLDER: &str = ".dossier/import";
/// The file among them that says that all are there.
pub const ALL_THERE: &str = "all-there";

/// Whether a command was stopped before each file was in its place, or is putting them there now.
pub fn is_unfinished(root: &Path) -> bool {
    root.join(FOLDER).join(ALL_THERE).exists()
}

/// Whether what is said of a dossier tells of that.
pub fn is_told(found: &[Diagnostic]) -> bool {
    found.iter().any(|problem| problem.code == UNFINISHED_CHANGE)
}

/// What is to be said of such a dossier.
pub fn problem(root: &Path) -> Option<Diagnostic> {
    let problem = || {
        let message =
            "a command that changes this dossier was stopped, and not all of its files are in their places";
        Diagnostic::new(UNFINISHED_CHANGE, Severity::Note, None, message)
            .help("run it again, or another `dossier import`, `rename` or `fmt`: what was stopped is finished first")
    };
    is_unfinished(root).then(problem)
}
