//! The files that a command changes of a dossier -> each in its place, all of them or none, and never over what an author has
//! written meanwhile.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use dossier::output::check_path;
use dossier::source::Sources;

use super::files::ready;

/// What went wrong, and what to do about it.
pub type Failure = (String, String);

/// Where files wait until all of them are there, in the folder of a dossier.
const WAITING: &str = ".dossier/import";
/// The file among them that says so: a line for each, with the hash of what stood in its place, and its path.
const ALL_THERE: &str = "all-there";
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

/// Writes all files and removes those that are to be gone, of which those of the dossier are still to be as they were read: first into a folder beside, and
/// when all are there each into its place. What a program that was stopped in between has left undone, [`go_on`] does.
pub fn write_all(root: &Path, own: &Sources, files: &[Change], work: &Work) -> Result<(), Failure> {
    let _lock = lock(root, work)?;
    let waiting = root.join(WAITING);
    if waiting.join(ALL_THERE).exists() {
        place_all(root, work)?;
    }
    let before = |path: &String| match own.get(path) {
        Some(file) => Ok(hash(&file.bytes)),
        None if path.starts_with("imports/") => stands(&root.join(path)),
        None => Ok(NONE.to_owned()),
    };
    let make_ready = || -> io::Result<()> {
        clear(&waiting)?;
        let mut list = String::new();
        for (at, (path, bytes)) in files.iter().enumerate() {
            let place = waiting.join(at.to_string());
            match bytes {
                Some(bytes) => {
                    ready(&place, bytes)?.place(&place)?;
                    list.push_str(&format!("{} {path}\n", before(path)?));
                }
                None => list.push_str(&format!("{GONE}{} {path}\n", before(path)?)),
            }
        }
        let mark = waiting.join(ALL_THERE);
        ready(&mark, list.as_bytes())?.place(&mark)
    };
    let now = |path: &String| {
        stands(&root.join(path)).map_err(|error| cannot_write(&root.join(path), &error, work))
    };
    for (path, _) in files {
        if before(path).ok() != Some(now(path)?) {
            let message = format!("nothing was {}: {path} has changed since it was read", work.done);
            return Err((message, work.again.to_owned()));
        }
    }
    make_ready().map_err(|error| {
        // What stays takes room, and that is all: the next command begins with an empty folder.
        let _ = clear(&waiting);
        let help = format!("your files are as they were; mend that, and {}", work.again);
        (format!("nothing was {}: cannot write into {}: {error}", work.done, waiting.display()), help)
    })?;
    place_all(root, work)
}

/// Puts files that wait into their places, if all are there.
pub fn go_on(root: &Path, work: &Work) -> Result<(), Failure> {
    if !root.join(WAITING).join(ALL_THERE).exists() {
        return Ok(());
    }
    let _lock = lock(root, work)?;
    place_all(root, work)
}

fn place_all(root: &Path, work: &Work) -> Result<(), Failure> {
    let waiting = root.join(WAITING);
    let mark = waiting.join(ALL_THERE);
    let list = fs::read_to_string(&mark).map_err(|error| cannot_read(&mark, &error, work))?;
    let mut left = Vec::new();
    let mut gone = Vec::new();
    for (at, line) in list.lines().enumerate() {
        let from = waiting.join(at.to_string());
        // What is no path within the folder was not written there by us. What is gone was put into its place before.
        let Some((before, path)) = line.split_once(' ').filter(|(_, path)| check_path(path).is_ok()) else {
            continue;
        };
        let to = root.join(path);
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
        if now != before && now != new {
            return Err((
                format!("{} was changed after a command that was stopped", to.display()),
                format!(
                    "what that has for it is in {}: put what you want of it into the file, then remove the folder {} \
                     and {}",
                    from.display(),
                    waiting.display(),
                    work.again
                ),
            ));
        }
        left.push((from, to));
    }
    for (from, to) in left {
        place(&from, &to).map_err(|error| cannot_write(&to, &error, work))?;
    }
    for path in gone {
        fs::remove_file(&path).map_err(|error| cannot_write(&path, &error, work))?;
    }
    clear(&waiting).map_err(|error| (format!("cannot remove {}: {error}", waiting.display()), String::new()))
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
            ready(to, &fs::read(from)?)?.place(to)?;
            fs::remove_file(from)
        }
        done => done,
    }
}

/// The right to write records into this dossier, of which there is one at a time; it ends with the value, or the process.
fn lock(root: &Path, work: &Work) -> Result<File, Failure> {
    let path = root.join(LOCK);
    let open = || {
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        File::options().create(true).truncate(false).write(true).open(&path)
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
    match fs::read(path) {
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
    (format!("cannot write {}: {error}", path.display()), help)
}

fn cannot_read(path: &Path, error: &io::Error, work: &Work) -> Failure {
    (format!("cannot read {}: {error}", path.display()), format!("mend that, and {}", work.again))
}
