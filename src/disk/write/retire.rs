//! Turns the old site, once the new one is in its place, into nothing, except what a person put
//! into it while the new one was built: that moves over.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::ApplyError;
use super::lock::identity;
use super::place::Place;
use super::stage::{levels, open_up};
use super::survey::{Entry, Kind, entries, read_manifest};
use super::swap::is_there;
use crate::disk::file;
use crate::disk::manifest::Manifest;
use crate::output::{MANIFEST_NAME, ancestors};

/// Removes `place.old`, file by file. It does nothing if that is not there.
///
/// Errors when it cannot: the new site is whole then, and the next build tries again.
pub(super) fn retire(place: &Place) -> Result<(), ApplyError> {
    let left = |path: &Path| {
        let path = path.to_owned();
        move |cause| ApplyError::LeftOver { path, cause }
    };
    // What appears between reading a folder and removing it calls for another round.
    for _ in 0..3 {
        if !is_there(&place.old) {
            return Ok(());
        }
        let manifest = read_manifest(&place.old, place)?.unwrap_or_default();
        let entries = entries(&place.old, place)?;
        let (folders, files): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.kind == Kind::Folder);
        let levels = levels(folders.into_iter(), |folder| &folder.path);
        for level in &levels {
            level.par_iter().try_for_each(|folder| {
                let path = place.old.join(&folder.path);
                open_up(&path).map_err(left(&path))
            })?;
        }
        files.par_iter().try_for_each(|file| {
            let path = place.old.join(&file.path);
            clear(file, &manifest, place).map_err(left(&path))
        })?;
        let ours: HashSet<&str> = manifest.iter().flat_map(|(p, _)| ancestors(p)).collect();
        for level in levels.iter().rev() {
            level.par_iter().try_for_each(|folder| {
                let path = place.old.join(&folder.path);
                if !folder.key.as_deref().is_some_and(|key| ours.contains(key)) {
                    make_folders(&folder.path, place).map_err(left(&path))?;
                }
                remove_folder(&path).map_err(left(&path))
            })?;
        }
        // The list goes last: a build after a kill could not tell ours from theirs without.
        let list = Place::manifest(&place.old);
        match fs::remove_file(&list) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(left(&list)(cause));
            }
            _ => remove_folder(&place.old).map_err(left(&place.old))?,
        }
    }
    match is_there(&place.old) {
        true => Err(left(&place.old)(io::ErrorKind::DirectoryNotEmpty.into())),
        false => Ok(()),
    }
}

/// Removes one file of the old site, or moves it to the new one if only the old one has it.
fn clear(file: &Entry, manifest: &Manifest, place: &Place) -> io::Result<()> {
    let key = file.key.as_deref();
    let from = place.old.join(&file.path);
    if key == Some(MANIFEST_NAME) {
        return Ok(());
    }
    let ours = file.kind == Kind::File && key.is_some_and(|key| manifest.contains(key));
    let to = place.live.join(&file.path);
    if ours || is_same(&from, &to)? {
        return remove_file(&from);
    }
    if let Some(above) = file.path.parent() {
        make_folders(above, place)?;
    }
    fs::rename(from, free_name(to))
}

/// Returns whether a person's file at `old` is at `new` too.
fn is_same(old: &Path, new: &Path) -> io::Result<bool> {
    let Ok(there) = fs::symlink_metadata(new) else {
        return Ok(false);
    };
    if identity(old).is_some_and(|old| Some(old) == identity(new)) {
        return Ok(true);
    }
    // It was copied where files cannot have two names.
    let was = fs::symlink_metadata(old)?;
    Ok(if was.is_symlink() && there.is_symlink() {
        fs::read_link(old)? == fs::read_link(new)?
    } else {
        was.is_file()
            && there.is_file()
            && was.len() == there.len()
            && file::read(old, file::OWN)? == file::read(new, file::OWN)?
    })
}

/// Makes the folder `path` of the new site, and those above it, unless they are there.
fn make_folders(path: &Path, place: &Place) -> io::Result<()> {
    let mut folder = place.live.clone();
    for part in path {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(there) if there.is_dir() => {}
            // Not through a link: that could lead out of the folder.
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(_) => fs::create_dir(&folder)?,
        }
    }
    Ok(())
}

/// Returns `path`, or if something is there, the same with an ending that nothing has.
fn free_name(path: PathBuf) -> PathBuf {
    let mut free = path.clone();
    for number in 1.. {
        if !is_there(&free) {
            break;
        }
        let mut name = OsString::from(path.as_os_str());
        name.push(format!(".kept-{number}"));
        free = PathBuf::from(name);
    }
    free
}

#[cfg(not(windows))]
fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// On Windows a symbolic link to a folder is removed as a folder.
#[cfg(windows)]
fn remove_file(path: &Path) -> io::Result<()> {
    use std::os::windows::fs::FileTypeExt;
    match fs::symlink_metadata(path)?.file_type().is_symlink_dir() {
        true => fs::remove_dir(path),
        false => fs::remove_file(path),
    }
}

/// Removes a folder; not being empty is no error.
fn remove_folder(path: &Path) -> io::Result<()> {
    match fs::remove_dir(path) {
        Err(cause) if cause.kind() != io::ErrorKind::DirectoryNotEmpty => Err(cause),
        _ => Ok(()),
    }
}
