//! Turns the path that a person gave for the output folder into the paths that a build works
//! with, and refuses a folder that must never be replaced.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::ApplyError;
use crate::output::MANIFEST_NAME;

/// Folders of what `git` and we keep: files in the former are run, and those in the latter are read.
const KEPT: [&str; 2] = [".git", ".dossier"];

/// Where the output folder and its helpers lie, side by side and so on one file system.
#[derive(Debug)]
pub(super) struct Place {
    /// The output folder, with no symbolic link left in its path.
    pub live: PathBuf,
    /// The new site, while it is built.
    pub new: PathBuf,
    /// The old site, while it is removed.
    pub old: PathBuf,
    /// The file that one build at a time holds.
    pub lock: PathBuf,
    /// The output folder as the person named it.
    given: PathBuf,
}

impl Place {
    /// Returns the place of the output folder `dir`, which need not be there yet.
    ///
    /// Errors when it is no folder, or one that must not be replaced.
    pub fn resolve(dir: &Path) -> Result<Place, ApplyError> {
        let given = dir.to_owned();
        let is_kept =
            |path: &Path| path.iter().any(|part| KEPT.iter().any(|name| part.eq_ignore_ascii_case(name)));
        // Before folders above it are made, and again when no link is left in it.
        if std::path::absolute(dir).is_ok_and(|path| is_kept(&path)) {
            return Err(ApplyError::Kept(given));
        }
        let live = resolve_links(dir)?;
        if is_kept(&live) {
            return Err(ApplyError::Kept(given));
        }
        // `starts_with` goes by whole parts of the path; every home starts with the root.
        let home = env::home_dir().and_then(|home| home.canonicalize().ok());
        let (Some(above), Some(name)) = (live.parent(), live.file_name()) else {
            return Err(ApplyError::Precious(given));
        };
        if home.is_some_and(|home| home.starts_with(&live)) {
            return Err(ApplyError::Precious(given));
        }
        // The folder worked in would be the old one, and be removed.
        let working = env::current_dir().and_then(|here| here.canonicalize());
        if working.is_ok_and(|here| here.starts_with(&live)) {
            return Err(ApplyError::WorkingInside(given));
        }
        let beside = |ending: &str| {
            let mut beside = OsString::from(".");
            beside.push(name);
            beside.push(ending);
            above.join(beside)
        };
        Ok(Place {
            new: beside(".dossier-new"),
            old: beside(".dossier-old"),
            lock: beside(".dossier-lock"),
            live,
            given,
        })
    }

    /// Returns the path of our list of files in `folder`.
    pub fn manifest(folder: &Path) -> PathBuf {
        folder.join(MANIFEST_NAME)
    }

    /// Returns `path`, inside of the output folder, as the person would name it.
    pub fn shown(&self, path: impl AsRef<Path>) -> PathBuf {
        self.given.join(path)
    }

    /// Returns the output folder as the person named it.
    pub fn given(&self) -> PathBuf {
        self.given.clone()
    }

    /// Returns what turns the refusal to do `doing` to `path` into an error.
    pub fn disk(&self, doing: &'static str, path: &Path) -> impl Fn(io::Error) -> ApplyError {
        let inside = path.strip_prefix(&self.live);
        let path = match inside.or_else(|_| path.strip_prefix(&self.new)) {
            Ok(inside) if inside.as_os_str().is_empty() => self.given(),
            Ok(inside) => self.shown(inside),
            Err(_) => path.to_owned(),
        };
        move |cause| ApplyError::Disk { doing, path: path.clone(), cause }
    }
}

/// Returns where `dir` really is, making the folders above it if they are missing.
fn resolve_links(dir: &Path) -> Result<PathBuf, ApplyError> {
    let disk = |doing| move |cause| ApplyError::Disk { doing, path: dir.to_owned(), cause };
    match fs::symlink_metadata(dir) {
        Ok(_) => match dir.canonicalize() {
            Ok(live) if live.is_dir() => Ok(live),
            Ok(_) => Err(ApplyError::NotAFolder(dir.to_owned())),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                Err(ApplyError::LinkToNothing(dir.to_owned()))
            }
            Err(cause) => Err(disk("find")(cause)),
        },
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            let name = dir.file_name().ok_or_else(|| disk("find")(cause))?;
            let above = match dir.parent() {
                Some(above) if !above.as_os_str().is_empty() => above,
                _ => Path::new("."),
            };
            fs::create_dir_all(above).map_err(disk("make the folders above"))?;
            let above = above.canonicalize().map_err(disk("find"))?;
            Ok(above.join(name))
        }
        Err(cause) => Err(disk("find")(cause)),
    }
}
