//! The files that a command changes of a dossier -> each in its place, all of them or none, and never over what an author
//! has written meanwhile.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use dossier::disk::waiting::{ALL_THERE, FOLDER, is_unfinished};
use dossier::disk::within::is_within;
use dossier::disk::write::in_words;
use dossier::disk::{file, within};
use dossier::output::check_path;
use dossier::source::Sources;

use super::files::{self, clear_beside};

/// What went wrong, and what to do about it.
pub type Failure = (String, String);

/// The file that one command at a time holds.
const LOCK: &str = ".dossier/import-lock";
/// In place of a hash: there is to be no file.
const NONE: &str = "-";
/// Before a hash: the file is to be gone.
const GONE: char = '!';

/// What a command does, in the words of its messages.
pub struct Work {
    /// `imported`
    pub done: &'static str,
    /// `import again`
    pub again: &'static str,
}

/// What is to stand at a path: bytes, or no file.
pub type Change = (String, Option<Vec<u8>>);

/// The turn of a command that changes a dossier; nothing for one that only looks, and where there is no dossier.
pub fn begin<'a>(root: &'a Path, only_looks: bool, work: &'static Work) -> Result<Option<Turn<'a>>, Failure> {
    if only_looks {
        only_look(root, work)?;
    }
    let changes = !only_looks && root.join("site.toml").is_file();
    changes.then(|| Turn::take(root, work)).transpose()
}

/// Refuses to look at a dossier in which a command was stopped before all its files were in their places.
pub fn only_look(root: &Path, work: &Work) -> Result<(), Failure> {
    if !is_unfinished(root) {
        return Ok(());
    }
    let message =
        format!("a command that changes files of {} was stopped, and is not finished", root.display());
    Err((message, format!("{} to write: that finishes it first", work.again)))
}

/// The right to write records into a dossier, of which there is one at a time; it ends with the value, or the process.
pub struct Turn<'a> {
    root: &'a Path,
    work: &'static Work,
    _lock: File,
}

impl<'a> Turn<'a> {
    /// Takes that right, and finishes what a command has left undone that was stopped.
    pub fn take(root: &'a Path, work: &'static Work) -> Result<Turn<'a>, Failure> {
        for path in [FOLDER, LOCK].map(|path| root.join(path)) {
            if !is_within(root, &path) {
                let message = format!("{} leads out of the dossier, through a link", path.display());
                return Err((message, within::HELP.to_owned()));
            }
        }
        let turn = Turn { root, work, _lock: lock(root, work)? };
        if is_unfinished(root) {
            place_all(root, work)?;
        } else {
            // Not all of it was there: it takes room, and that is all.
            let _ = clear(&root.join(FOLDER));
        }
        Ok(turn)
    }

    /// Writes all files and removes those that are to be gone, of which those of the dossier are still to be as they were read: first into a folder beside, and
    /// when all are there each into its place.
    pub fn write_all(&self, own: &Sources, files: &[Change]) -> Result<(), Failure> {
        let (root, work) = (self.root, self.work);
        let waiting = root.join(FOLDER);
        let before = |path: &String| match own.get(path) {
            Some(file) => Ok(hash(&file.bytes)),
            None if path.starts_with("imports/") => stands(&root.join(path)),
            None => Ok(NONE.to_owned()),
        };
        for (path, _) in files {
            let to = root.join(path);
            if !is_within(root, &to) {
                let message =
                    format!("nothing was {}: {path} leads out of the dossier, through a link", work.done);
                return Err((message, within::HELP.to_owned()));
            }
            let now = stands(&to).map_err(|error| cannot_write(&to, &error, work))?;
            if before(path).ok() != Some(now) {
                let message = format!("nothing was {}: {path} has changed since it was read", work.done);
                return Err((message, work.again.to_owned()));
            }
        }
        // The file that is being written, and what became of it.
        let put = |name: &str, bytes: &[u8]| {
            let place = waiting.join(name);
            files::put(&place, bytes).map_err(|error| (place, error))
        };
        let make_ready = || {
            // A line for each, with the hash of what is to stand in its place, and its path.
            let mut list = String::new();
            for (at, (path, bytes)) in files.iter().enumerate() {
                let before = before(path).map_err(|error| (root.join(path), error))?;
                match bytes {
                    Some(bytes) => {
                        put(&at.to_string(), bytes)?;
                        list.push_str(&format!("{before} {path}\n"));
                    }
                    None => list.push_str(&format!("{GONE}{before} {path}\n")),
                }
            }
            put(ALL_THERE, list.as_bytes())
        };
        make_ready().map_err(|(path, error)| {
            let _ = clear(&waiting);
            let help = format!("your files are as they were; mend that, and {}", work.again);
            let cause = in_words(&error);
            (format!("nothing was {}: cannot write {}: {cause}", work.done, path.display()), help)
        })?;
        place_all(root, work)
    }
}

fn place_all(root: &Path, work: &Work) -> Result<(), Failure> {
    let waiting = root.join(FOLDER);
    let mark = waiting.join(ALL_THERE);
    let read = || String::from_utf8(file::read(&mark, file::TEXT)?.to_vec()).map_err(io::Error::other);
    let list = read().map_err(|error| cannot_read(&mark, &error, work))?;
    let (mut left, mut gone, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for (at, line) in list.lines().enumerate() {
        let from = waiting.join(at.to_string());
        // What is no path within the folder was not written there by us. What is gone was put into its place before.
        let Some((before, path)) = line.split_once(' ').filter(|(_, path)| check_path(path).is_ok()) else {
            continue;
        };
        let to = root.join(path);
        // Nor is one of ours a path that leads elsewhere through a link.
        if !is_within(root, &to) {
            continue;
        }
        let now = stands(&to).map_err(|error| cannot_write(&to, &error, work))?;
        if let Some(before) = before.strip_prefix(GONE) {
            // What somebody has written there meanwhile stays.
            if now == before && now != NONE {
                gone.push(to);
            }
            continue;
        }
        let new = stands(&from).map_err(|error| cannot_read(&from, &error, work))?;
        if new == NONE {
            continue;
        }
        match now == before || now == new {
            true => left.push((from, to)),
            false => changed.push((from, to)),
        }
    }
    if !changed.is_empty() {
        return Err(not_over(&changed, work));
    }
    let folders: BTreeSet<&Path> = left.iter().filter_map(|(_, to)| to.parent()).collect();
    folders.iter().for_each(|folder| clear_beside(&folder.join(ALL_THERE)));
    for (from, to) in &left {
        place(from, to).map_err(|error| cannot_write(to, &error, work))?;
    }
    for path in &gone {
        fs::remove_file(path).map_err(|error| cannot_write(path, &error, work))?;
    }
    clear(&waiting).map_err(|error| {
        (format!("cannot remove {}: {}", waiting.display(), in_words(&error)), String::new())
    })
}

/// What is to be done about files that were changed while they waited, each behind what waits for it.
fn not_over(changed: &[(PathBuf, PathBuf)], work: &Work) -> Failure {
    let named: Vec<String> = changed.iter().map(|(_, to)| to.display().to_string()).collect();
    let were = if changed.len() == 1 { "was" } else { "were" };
    let waits = changed.iter().map(|(from, to)| format!("{} for {}", from.display(), to.display()));
    let message = format!("{} {were} changed after a command that was stopped", named.join(", "));
    let help = format!(
        "what that has for them waits: {}. Put what you want of that into your file, remove what waited, and {}: the rest \
         is finished then",
        waits.collect::<Vec<_>>().join(", "),
        work.again
    );
    (message, help)
}

/// Puts a file into its place in one step, with the permissions of the one that is there; a link stays a link.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    let to = &fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if let Ok(there) = fs::metadata(to) {
        fs::set_permissions(from, there.permissions())?;
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            files::put(to, &file::read(from, file::ASSET)?)?;
            fs::remove_file(from)
        }
        done => done,
    }
}

fn lock(root: &Path, work: &Work) -> Result<File, Failure> {
    let path = root.join(LOCK);
    let open = || {
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        file::open_lock(&path)
    };
    let file = open().map_err(|error| cannot_write(&path, &error, work))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err((
            format!("another command is at work on the files of {}", root.display()),
            format!("wait for it to end, and {}", work.again),
        )),
        // Where files cannot be locked, there is nobody to be told.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// The hash of what stands at a path.
fn stands(path: &Path) -> io::Result<String> {
    match file::read(path, file::ASSET) {
        Ok(bytes) => Ok(hash(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(NONE.to_owned()),
        Err(error) => Err(error),
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn clear(waiting: &Path) -> io::Result<()> {
    match fs::remove_dir_all(waiting) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn cannot_write(path: &Path, error: &io::Error, work: &Work) -> Failure {
    let help = format!("mend that, and {}: it begins where it stopped", work.again);
    (format!("cannot write {}: {}", path.display(), in_words(error)), help)
}

fn cannot_read(path: &Path, error: &io::Error, work: &Work) -> Failure {
    (format!("cannot read {}: {}", path.display(), in_words(error)), format!("mend that, and {}", work.again))
}
