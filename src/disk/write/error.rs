//! Turns what went wrong with the output folder into plain words and a suggestion.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diag::{Diagnostic, Severity};
use crate::disk::manifest::ManifestError;
use crate::disk::problems::OUTPUT_FOLDER;
use crate::output::MANIFEST_NAME;

/// Why the output folder was not brought up to date. Paths begin as the person gave the folder.
#[derive(Debug)]
pub enum ApplyError {
    /// The output folder is the root of the file system, the home folder, or holds the latter.
    Precious(PathBuf),
    /// The output folder lies among what `git` or this program keeps for itself.
    Kept(PathBuf),
    /// This process works in the output folder, which is about to be replaced.
    WorkingInside(PathBuf),
    /// There is something at the path of the output folder that is no folder.
    NotAFolder(PathBuf),
    /// The path of the output folder is a symbolic link to nothing.
    LinkToNothing(PathBuf),
    /// The folder holds files but no list of ours, so they are somebody's.
    NotOurs(PathBuf),
    /// The list of our files is not to be read.
    Manifest { path: PathBuf, why: ManifestError },
    /// Something that is not ours lies where a file or folder of the site has to be.
    InTheWay { path: PathBuf },
    /// The folder is a mount point, or another disk is mounted in it, at `path`.
    Mount { path: PathBuf },
    /// Another build holds the folder and did not let go of it.
    Busy { dir: PathBuf, process: Option<u32>, waited: Duration },
    /// The output folder is whole, but the site before it, beside it, could not be removed.
    LeftOver { path: PathBuf, cause: io::Error },
    /// The file system refused; `doing` is what it refused, as in "cannot write".
    Disk { doing: &'static str, path: PathBuf, cause: io::Error },
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ApplyError::*;
        match self {
            Precious(dir) => write!(
                f,
                "{} is no output folder: it is the top of a disk, or your home folder is in it",
                shown(dir)
            ),
            Kept(dir) => {
                write!(f, "{} is no place for a site: it lies in a folder of `git` or of dossier", shown(dir))
            }
            WorkingInside(dir) => write!(f, "cannot build into {} from inside of it", shown(dir)),
            NotAFolder(path) => write!(f, "{} is not a folder", shown(path)),
            LinkToNothing(path) => {
                write!(f, "{} is a symbolic link to nothing", shown(path))
            }
            NotOurs(dir) => write!(f, "{} holds files, and dossier did not write them", shown(dir)),
            Manifest { path, why } => {
                write!(f, "cannot tell which files are dossier's: in {}, {why}", shown(path))
            }
            InTheWay { path } => {
                write!(f, "{} is in the way of the site, and dossier did not write it", shown(path))
            }
            Mount { path } => write!(f, "another file system is mounted at {}", shown(path)),
            Busy { dir, process, waited } => {
                write!(f, "another build is at work on {}", shown(dir))?;
                if let Some(process) = process {
                    write!(f, " (process {process})")?;
                }
                write!(f, " and did not end in {} s", waited.as_secs())
            }
            LeftOver { path, cause } => {
                write!(f, "cannot clear away the old site: {}: {}", shown(path), in_words(cause))
            }
            Disk { doing, path, cause } => {
                write!(f, "cannot {doing} {}: {}", shown(path), in_words(cause))
            }
        }
    }
}

impl ApplyError {
    /// Returns the error as a report has it.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(OUTPUT_FOLDER, Severity::Error, None, self.to_string()).help(self.help())
    }

    /// Returns what the person can do about it.
    pub fn help(&self) -> String {
        use ApplyError::*;
        match self {
            Precious(_) | Kept(_) | NotAFolder(_) => "Name a folder of its own for the site.".into(),
            WorkingInside(_) => {
                "The folder is replaced whole. Change to the folder above it and build again.".into()
            }
            LinkToNothing(_) => "Make the folder it names, or remove the link.".into(),
            NotOurs(_) => format!(
                "Name an empty folder or a new one. To build into this one and leave what is \
                 there alone, first make an empty file {MANIFEST_NAME} in it."
            ),
            Manifest { .. } => "Remove the whole output folder and build again, after saving what \
                 you put there yourself."
                .into(),
            InTheWay { .. } => "Move it elsewhere, or give the page that belongs there another name.".into(),
            Mount { .. } => "The folder is replaced whole, which a mount prevents. Build into a \
                 folder inside the mounted one, or unmount it."
                .into(),
            Busy { .. } => "Wait for the other build to end, or end it.".into(),
            LeftOver { .. } => "The output folder is whole. Remove the folder beside it by hand, after \
                 saving what you put there yourself, and build again."
                .into(),
            Disk { cause, .. } => disk_help(cause).into(),
        }
    }
}

fn disk_help(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "The site is as it was. Free some space and build again: for a moment the old site \
             and what is new need room side by side."
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "The site is as it was. The folder is replaced whole, so dossier must be allowed to \
             write in it, in every folder in it and in the one above it. Change that, or name \
             another folder."
        }
        io::ErrorKind::FileTooLarge => {
            "The site is as it was. A limit on the size of a file is in force (`ulimit -f`), or the disk \
             cannot hold one of that size. Raise the limit, or name a folder on another disk, and build again."
        }
        _ => "The site is as it was. Build again; if it stays so, name another folder.",
    }
}

/// Returns a path without the prefix that Windows puts before a resolved one.
fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    match path.strip_prefix(r"\\?\") {
        Some(rest) => rest.to_owned(),
        None => path,
    }
}

/// What the file system says, in plain words.
pub fn in_words(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::QuotaExceeded => "you have used up your share of the disk".into(),
        io::ErrorKind::PermissionDenied => "that is not allowed".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        io::ErrorKind::FileTooLarge => "the file is larger than is allowed".into(),
        _ => cause.to_string(),
    }
}

impl std::error::Error for ApplyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ApplyError::Manifest { why, .. } => Some(why),
            ApplyError::Disk { cause, .. } | ApplyError::LeftOver { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
