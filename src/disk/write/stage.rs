//! Turns a plan into the new site, whole, in a folder beside the old one.
//!
//! Nothing is written through a name that was there before: every folder is made here, every
//! file is created or is one more name of an old one. So no link leads out of the folder, and
//! what fails or is killed on the way has changed nothing in the old site.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{MAIN_SEPARATOR, Path};

use rayon::prelude::*;

use super::error::ApplyError;
use super::place::Place;
use super::plan::{Plan, Source};
use super::swap::is_there;
use crate::disk::file;
use crate::disk::manifest::Manifest;
use crate::output::ancestors;

/// What of a new site is there before all of it is known.
#[derive(Debug, Default)]
pub(super) struct Begun {
    /// Whether there is a folder for it.
    is_open: bool,
    folders: HashSet<String>,
}

impl Begun {
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Makes the folder of the new site.
    pub fn open(&mut self, place: &Place) -> Result<(), ApplyError> {
        fs::create_dir(&place.new).map_err(place.disk("make the folder", &place.new))?;
        self.is_open = true;
        Ok(())
    }

    /// Makes the folders in it that `path` lies in.
    pub fn open_for(&mut self, path: &str, place: &Place) -> Result<(), ApplyError> {
        let missing: Vec<&str> = ancestors(path).take_while(|above| !self.folders.contains(*above)).collect();
        for above in missing.into_iter().rev() {
            let folder = place.new.join(above);
            fs::create_dir(&folder).map_err(place.disk("make the folder", &folder))?;
            self.folders.insert(above.to_owned());
        }
        Ok(())
    }
}

/// Writes a file of a new site that is begun.
pub(super) fn write_early(path: &str, bytes: &[u8], place: &Place) -> Result<(), ApplyError> {
    let to = place.new.join(path);
    write_new(&to, bytes).map_err(|cause| refusal(cause, Path::new(path), &to, place))
}

/// Builds the site of `plan`, with the list `wanted`, at `place.new`, where only what was `begun` is.
///
/// Errors leave there what was built so far, for [`discard`].
pub(super) fn stage(
    plan: &Plan,
    wanted: &Manifest,
    begun: &Begun,
    place: &Place,
    hard_links: bool,
) -> Result<(), ApplyError> {
    // The separator of paths is that of the system, and ours have slashes.
    let is_made = |path: &Path| {
        path.to_str().is_some_and(|path| begun.folders.contains(&path.replace(MAIN_SEPARATOR, "/")))
    };
    let make = |path: &Path| {
        let folder = place.new.join(path);
        if is_made(path) {
            Ok(())
        } else {
            fs::create_dir(&folder).map_err(place.disk("make the folder", &folder))
        }
    };
    let levels = levels(plan.folders.iter(), |(path, _)| path);
    for level in &levels {
        let level = level.par_iter();
        level.try_for_each(|(path, _)| make(path))?;
    }
    plan.files.par_iter().try_for_each(|(path, source)| {
        let to = place.new.join(path);
        let done = match source {
            Source::New(bytes) => write_new(&to, bytes),
            Source::There => Ok(()),
            Source::Old => keep(&place.live.join(path), &to, hard_links),
        };
        done.map_err(|cause| refusal(cause, path, &to, place))
    })?;
    let list = Place::manifest(&place.new);
    write_list(&list, wanted).map_err(place.disk("write", &list))?;
    if !is_there(&place.live) {
        return Ok(());
    }
    // Last, and what is in a folder before it: a folder may be closed to writing, and its time
    // changes with what is made in it.
    let finish = |path: &Path, foreign| {
        let (from, to) = (place.live.join(path), place.new.join(path));
        match_folder(&from, &to, foreign).map_err(place.disk("replace", &to))
    };
    for level in levels.iter().rev() {
        let level = level.par_iter();
        level.try_for_each(|(path, foreign)| finish(path, **foreign))?;
    }
    finish(Path::new(""), false)
}

/// What keeps the file at `path` from being written to `to`.
fn refusal(cause: io::Error, path: &Path, to: &Path, place: &Place) -> ApplyError {
    match cause.kind() {
        // The names differ and the file system takes them for one: case, accents.
        io::ErrorKind::AlreadyExists => ApplyError::InTheWay { path: place.shown(path) },
        io::ErrorKind::CrossesDevices => ApplyError::Mount { path: place.shown(path) },
        _ => place.disk("write", to)(cause),
    }
}

/// Returns folders by how deep they lie, those at the top first: what lies equally deep can be
/// worked on at once.
pub(super) fn levels<T>(folders: impl Iterator<Item = T>, path: impl Fn(&T) -> &Path) -> Vec<Vec<T>> {
    let mut levels: BTreeMap<usize, Vec<T>> = BTreeMap::new();
    for folder in folders {
        let depth = path(&folder).components().count();
        levels.entry(depth).or_default().push(folder);
    }
    levels.into_values().collect()
}

/// Removes the folder at `path` that [`stage`] began; errors when it cannot.
pub(super) fn discard(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        there => there?,
    };
    if fs::remove_dir_all(path).is_ok() {
        return Ok(());
    }
    // A folder in it may already be as closed to writing as the one it stands for.
    open_up_all(path)?;
    fs::remove_dir_all(path)
}

fn open_up_all(folder: &Path) -> io::Result<()> {
    open_up(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_up_all(&entry.path())?;
        }
    }
    Ok(())
}

/// Writes our list, down to the disk: of all that a power cut could spoil, only a list cut short
/// could not be put right by the next build, which would take our files for a person's.
fn write_list(path: &Path, wanted: &Manifest) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(wanted.to_string().as_bytes())?;
    file.sync_all()
}

/// Writes a file that is not there yet.
///
/// It is not flushed to the disk: what a process has written outlives the process. That it
/// outlives a power cut too would cost more than all the rest; after one, the next build compares
/// what is really there and writes what is not right.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

/// Gives the file or link `from` the second name `to`, or copies it where that cannot be.
fn keep(from: &Path, to: &Path, hard_links: bool) -> io::Result<()> {
    use io::ErrorKind::*;
    let linked = match hard_links {
        true => fs::hard_link(from, to),
        false => Err(Unsupported.into()),
    };
    match linked {
        Err(cause)
            if !matches!(
                cause.kind(),
                NotFound | AlreadyExists | CrossesDevices | StorageFull | QuotaExceeded
            ) =>
        {
            copy(from, to)
        }
        done => done,
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let there = fs::symlink_metadata(from)?;
    if there.is_symlink() {
        return copy_link(from, to);
    }
    if !there.is_file() {
        return Err(io::Error::other("it is no file, and cannot be linked"));
    }
    let mut new = File::create_new(to)?;
    io::copy(&mut file::open(from)?, &mut new)?;
    new.set_modified(there.modified()?)?;
    new.set_permissions(there.permissions())
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(windows)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::windows::fs::{FileTypeExt, symlink_dir, symlink_file};
    let target = fs::read_link(from)?;
    match fs::symlink_metadata(from)?.file_type().is_symlink_dir() {
        true => symlink_dir(target, to),
        false => symlink_file(target, to),
    }
}

/// Gives the folder `to` the permissions and owner of `from`, if that is there; if a person made
/// it, its time too.
fn match_folder(from: &Path, to: &Path, foreign: bool) -> io::Result<()> {
    let there = match fs::symlink_metadata(from) {
        Ok(there) if there.is_dir() => there,
        _ => return Ok(()),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let new = fs::symlink_metadata(to)?;
        if (new.uid(), new.gid()) != (there.uid(), there.gid()) {
            // Only root may; for others the folder is theirs from now on, as a new one is.
            let _ = chown(to, Some(there.uid()), Some(there.gid()));
        }
        if foreign {
            File::open(to)?.set_modified(there.modified()?)?;
        }
    }
    let _ = foreign;
    fs::set_permissions(to, there.permissions())
}

/// Lets the owner of a folder change what is in it.
pub(super) fn open_up(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = fs::symlink_metadata(folder)?.permissions();
        if permissions.mode() & 0o700 != 0o700 {
            permissions.set_mode(permissions.mode() | 0o700);
            fs::set_permissions(folder, permissions)?;
        }
    }
    let _ = folder;
    Ok(())
}
