//! A dossier's folder -> `Sources`. Files that cannot be read are reported, and the rest is read.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{file, problems};
use crate::diag::{Checked, Code, Diagnostic, Severity};
use crate::source::{Sources, turns_direction};

/// The folders of a dossier; everything else beside them is none of its business.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// The folder that is copied as it is.
const STATIC: &str = "static";

/// What to do about a file that is too large.
const SPLIT: &str = "divide a text into several files; publish large files elsewhere, and link to them";

/// How large a file may be.
fn most(path: &str) -> u64 {
    let is_text = match path.split_once('/') {
        Some(("content", _)) => [".toml", ".md", ".bib"].iter().any(|ending| path.ends_with(ending)),
        Some((STATIC, _)) => false,
        _ => true,
    };
    if is_text { file::TEXT } else { file::ASSET }
}

/// Reads `site.toml` and the folders of the dossier at `root`.
pub fn read(root: &Path) -> Checked<Sources> {
    read_with_links(root).0
}

/// As [`read`], and the files elsewhere in the dossier that links stand for.
pub fn read_with_links(root: &Path) -> (Checked<Sources>, BTreeSet<PathBuf>) {
    let mut found = Vec::new();
    let mut links = BTreeSet::new();
    let mut paths = Vec::new();
    let home = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    for top in std::iter::once("site.toml").chain(FOLDERS) {
        walk(root, &home, top, &mut paths, &mut links, &mut found);
    }
    let read: Vec<(String, std::io::Result<Arc<[u8]>>)> = paths
        .into_par_iter()
        .map(|(path, place)| {
            let bytes = file::read(&place, most(&path));
            (path, bytes)
        })
        .collect();
    let mut sources = Sources::default();
    for (path, bytes) in read {
        match bytes {
            Ok(bytes) => {
                sources.insert(path, bytes);
            }
            Err(error) => {
                let help = if error.kind() == ErrorKind::FileTooLarge { SPLIT } else { "" };
                found.push(problem(problems::UNREADABLE_FILE, format!("cannot read {path}: {error}"), help))
            }
        }
    }
    (Checked { value: sources, diagnostics: found }, links)
}

/// Brings `sources` to what is at `paths` now, which lie below `root`, without a look at anything else. Returns
/// whether that was possible: folders and links are for [`read`], and so is what cannot be read.
pub fn refresh(sources: &mut Sources, root: &Path, paths: &[PathBuf]) -> bool {
    paths.iter().all(|path| refresh_one(sources, root, path).is_some())
}

fn refresh_one(sources: &mut Sources, root: &Path, path: &Path) -> Option<()> {
    let address = address(root, path)?;
    if address != "site.toml" && !is_read(&address) {
        return FOLDERS.iter().all(|folder| *folder != address).then_some(());
    }
    match path.symlink_metadata() {
        Ok(meta) if meta.is_file() => {
            let bytes = file::read(path, most(&address)).ok()?;
            if sources.get(&address).is_none_or(|known| *known.bytes != *bytes) {
                sources.insert(address, bytes);
            }
            Some(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let below = sources.under(&format!("{address}/")).next().is_some();
            sources.remove(&address);
            (!below).then_some(())
        }
        _ => None,
    }
}

fn walk(
    root: &Path,
    home: &Path,
    top: &str,
    paths: &mut Vec<(String, PathBuf)>,
    links: &mut BTreeSet<PathBuf>,
    found: &mut Vec<Diagnostic>,
) {
    let start = root.join(top);
    if start.symlink_metadata().is_err() {
        return;
    }
    // A folder that is itself a link would lead the walk out of the dossier.
    let entries = WalkDir::new(start)
        .follow_root_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| top == STATIC || !is_hidden(entry.file_name()));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let place = error.path().map_or_else(|| top.to_owned(), |path| shown(root, path));
                let cause =
                    error.io_error().map_or_else(|| "it leads in a circle".to_owned(), ToString::to_string);
                found.push(problem(problems::UNREADABLE_FILE, format!("cannot read {place}: {cause}"), ""));
                continue;
            }
        };
        let kind = entry.file_type();
        let is_wrong = if top == "site.toml" { kind.is_dir() } else { kind.is_file() };
        if entry.depth() == 0 && is_wrong {
            let what = if kind.is_dir() {
                "a folder, and should be a file"
            } else {
                "a file, and should be a folder"
            };
            found.push(problem(problems::UNREADABLE_FILE, format!("{top} is {what}"), "put it elsewhere"));
            continue;
        }
        if kind.is_dir() {
            continue;
        }
        let Some(path) = address(root, entry.path()) else {
            let message = format!("the file name {:?} cannot be an address", shown(root, entry.path()));
            found.push(problem(
                problems::INVALID_FILE_NAME,
                message,
                "rename it with plain letters, digits and hyphens",
            ));
            continue;
        };
        if kind.is_symlink() {
            let target = fs::canonicalize(entry.path()).ok();
            let Some(target) = target.filter(|target| target.starts_with(home) && target.is_file()) else {
                let message = format!("the link {path} leads to no file of this dossier");
                found.push(problem(problems::FOREIGN_LINK, message, "put the file itself there"));
                continue;
            };
            links.insert(target);
        } else if !kind.is_file() {
            found.push(problem(problems::UNREADABLE_FILE, format!("{path} is no plain file"), "delete it"));
            continue;
        }
        paths.push((path, entry.into_path()));
    }
}

/// What editors and systems leave behind begins with a dot or ends with a tilde. In `static/`, which is
/// copied as it is, such names are meant: `.nojekyll`, `.well-known/`.
fn is_hidden(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || name.ends_with('~')
}

/// Whether a file with this path from the root is one of those in the folders of a dossier.
pub fn is_read(address: &str) -> bool {
    let top = address.split('/').next().unwrap_or(address);
    let is_left = |part: &str| top != STATIC && is_hidden(part.as_ref());
    address != top && FOLDERS.contains(&top) && !address.split('/').any(is_left)
}

/// The path from the root with forward slashes, when every part of it can stand in an address.
fn address(root: &Path, path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.strip_prefix(root).ok()?.components() {
        let part = part.as_os_str().to_str()?;
        if part.contains(|c: char| c == '\\' || c.is_control() || turns_direction(c)) {
            return None;
        }
        parts.push(part);
    }
    Some(parts.join("/"))
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn problem(code: Code, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, None, message)
        .maybe_help((!help.is_empty()).then(|| help.to_owned()))
}
