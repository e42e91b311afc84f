//! Turns the output folder as it is on disk into the list of what lies in it.

use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::prelude::*;

use super::error::ApplyError;
use super::place::Place;
use crate::disk::file;
use crate::disk::manifest::Manifest;
use crate::output::{MANIFEST_NAME, Stamp};

/// What is in the output folder.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Which files are ours; nothing if there is no list of them.
    pub manifest: Option<Manifest>,
    /// Everything in the folder but that list, folders before what is in them.
    pub entries: Vec<Entry>,
}

/// A file or folder, by its path in the output folder.
#[derive(Debug)]
pub(super) struct Entry {
    pub path: PathBuf,
    /// The path as an output has it; nothing if it is not Unicode, and so none of ours.
    pub key: Option<String>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A symbolic link, a pipe, a socket: never ours.
    Other,
}

impl Survey {
    /// Returns what is in the output folder of `place`, which may not be there.
    ///
    /// Errors when it holds files without being ours, cannot be read whole, or has something
    /// mounted in it.
    pub fn of(place: &Place) -> Result<Survey, ApplyError> {
        let live = match fs::symlink_metadata(&place.live) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Survey::default()),
            live => live.map_err(place.disk("read", &place.live))?,
        };
        if !live.is_dir() {
            return Err(ApplyError::NotAFolder(place.given()));
        }
        let disk = device(&live);
        let above = place.live.parent().map(fs::metadata);
        if above.is_some_and(|above| above.is_ok_and(|above| device(&above) != disk)) {
            return Err(ApplyError::Mount { path: place.given() });
        }
        let manifest = read_manifest(&place.live, place)?;
        let mut entries = entries(&place.live, place)?;
        if manifest.is_none() && !entries.is_empty() {
            return Err(ApplyError::NotOurs(place.given()));
        }
        let folders = entries.par_iter().filter(|e| e.kind == Kind::Folder);
        folders.try_for_each(|folder| {
            let path = place.live.join(&folder.path);
            let there = fs::symlink_metadata(&path).map_err(place.disk("read", &path))?;
            // To replace the folder would be to copy the other disk, and to clear it.
            match device(&there) == disk {
                true => Ok(()),
                false => Err(ApplyError::Mount { path: place.shown(&folder.path) }),
            }
        })?;
        entries.retain(|entry| entry.key.as_deref() != Some(MANIFEST_NAME));
        Ok(Survey { manifest, entries })
    }

    /// Errors when a folder there is closed to us. That would show only when the old site is to be
    /// removed, with the new one in its place.
    pub fn refuse_closed(&self, place: &Place) -> Result<(), ApplyError> {
        // Of the folder itself we could ask for more, but somebody has closed it on purpose. (On
        // Windows the flag says something else of folders.)
        if let Ok(live) = fs::symlink_metadata(&place.live) {
            let closed = cfg!(unix) && live.permissions().readonly();
            let refused = closed.then(|| Err(io::ErrorKind::PermissionDenied.into()));
            let may = refused.unwrap_or_else(|| may_clear(&place.live));
            may.map_err(place.disk("write", &place.live))?;
        }
        let folders = self.entries.par_iter().filter(|e| e.kind == Kind::Folder);
        folders.try_for_each(|folder| {
            let path = place.live.join(&folder.path);
            may_clear(&path).map_err(place.disk("replace", &path))
        })
    }

    /// Returns which of our files are there and what they hold now, whatever we wrote in them.
    pub fn found(&self, place: &Place) -> Manifest {
        let entries = self.entries.par_iter();
        let ours = entries.filter_map(|entry| Some((entry, self.ours(entry)?)));
        ours.filter_map(|(entry, key)| {
            // A file of ours that cannot be read counts as missing, and so is written anew.
            let bytes = file::read(&place.live.join(&entry.path), file::OWN).ok()?;
            Some((key.to_owned(), Stamp::of(&bytes)))
        })
        .collect()
    }

    /// Returns the path of `entry` in the manifest if it is a file of ours.
    pub fn ours<'a>(&self, entry: &'a Entry) -> Option<&'a str> {
        let key = entry.key.as_deref()?;
        let listed = self.manifest.as_ref()?.contains(key);
        (listed && entry.kind == Kind::File).then_some(key)
    }
}

/// Returns the list of our files in `folder`, nothing if it has none, an error if it is not to
/// be read.
pub(super) fn read_manifest(folder: &Path, place: &Place) -> Result<Option<Manifest>, ApplyError> {
    let path = Place::manifest(folder);
    match fs::symlink_metadata(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(there) if !there.is_file() => {
            return Err(ApplyError::InTheWay { path: place.shown(MANIFEST_NAME) });
        }
        _ => {}
    }
    let text = file::read(&path, file::OWN).map_err(place.disk("read", &path))?;
    let manifest = Manifest::parse(&text)
        .map_err(|why| ApplyError::Manifest { path: place.shown(MANIFEST_NAME), why })?;
    Ok(Some(manifest))
}

/// Returns everything in `folder`, folders before what is in them; links are not followed.
pub(super) fn entries(folder: &Path, place: &Place) -> Result<Vec<Entry>, ApplyError> {
    below(folder, Path::new("")).map_err(|(path, cause)| place.disk("read", &path)(cause))
}

/// Returns everything in the folder `inside` of `root`, with paths from `root`, or what cannot
/// be read and why.
fn below(root: &Path, inside: &Path) -> Result<Vec<Entry>, (PathBuf, io::Error)> {
    let folder = root.join(inside);
    let refuse = |cause| (folder.clone(), cause);
    let mut entries = Vec::new();
    for entry in fs::read_dir(&folder).map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        let path = inside.join(entry.file_name());
        let kind = match entry.file_type().map_err(refuse)? {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        let key = path.to_str().map(|key| key.replace(MAIN_SEPARATOR, "/"));
        entries.push(Entry { path, key, kind });
    }
    let folders = entries.par_iter().filter(|e| e.kind == Kind::Folder);
    let inner = folders.map(|folder| below(root, &folder.path));
    let inner: Vec<_> = inner.collect::<Result<_, _>>()?;
    entries.extend(inner.into_iter().flatten());
    Ok(entries)
}

#[cfg(unix)]
fn may_clear(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    if access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok() {
        return Ok(());
    }
    // Its owner may open it up, and only the owner may set what is set already.
    fs::set_permissions(folder, fs::symlink_metadata(folder)?.permissions())
}

#[cfg(not(unix))]
fn may_clear(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn device(there: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(there)
}

/// Elsewhere a mount in a folder shows as a link, which is never followed.
#[cfg(not(unix))]
fn device(_: &fs::Metadata) -> u64 {
    0
}
