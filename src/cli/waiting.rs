//! The files of an import -> each in its place, all of them or none, and never over what an author has written meanwhile.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use dossier::disk::waiting::{ALL_THERE, FOLDER, is_unfinished};
use dossier::disk::write::in_words;
use dossier::output::check_path;
use dossier::source::Sources;

use super::files::{clear_beside, write};

/// What went wrong, and what to do about it.
pub type Failure = (String, String);

/// The file that one import at a time holds.
const LOCK: &str = ".dossier/import-lock";
/// In place of a hash: there is to be no file.
const NONE: &str = "-";

/// The right to write records into a dossier, of which there is one at a time; it ends with the value, or the process.
pub struct Turn<'a> {
    root: &'a Path,
    _lock: File,
}

impl<'a> Turn<'a> {
    /// Takes that right, and finishes what an import has left undone that was stopped.
    pub fn take(root: &'a Path) -> Result<Turn<'a>, Failure> {
        let turn = Turn { root, _lock: lock(root)? };
        if is_unfinished(root) {
            place_all(root)?;
        } else {
            // Not all of it was there: it takes room, and that is all.
            let _ = clear(&root.join(FOLDER));
        }
        Ok(turn)
    }

    /// Writes all files, of which those of the dossier are still to be as they were read: first into a folder beside, and
    /// when all are there each into its place.
    pub fn write_all(&self, own: &Sources, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let root = self.root;
        let waiting = root.join(FOLDER);
        let before = |path: &String| match own.get(path) {
            Some(file) => Ok(hash(&file.bytes)),
            None if path.starts_with("imports/") => stands(&root.join(path)),
            None => Ok(NONE.to_owned()),
        };
        for (path, _) in files {
            let to = root.join(path);
            let now = stands(&to).map_err(|error| cannot_write(&to, &error))?;
            if before(path).ok() != Some(now) {
                let message = format!("nothing was imported: {path} has changed since it was read");
                return Err((message, "import again".to_owned()));
            }
        }
        // The file that is being written, and what became of it.
        let put = |name: &str, bytes: &[u8]| {
            let place = waiting.join(name);
            write(&place, bytes).map_err(|error| (place, error))
        };
        let make_ready = || {
            // A line for each, with the hash of what is to stand in its place, and its path.
            let mut list = String::new();
            for (at, (path, bytes)) in files.iter().enumerate() {
                put(&at.to_string(), bytes)?;
                list.push_str(&format!(
                    "{} {path}\n",
                    before(path).map_err(|error| (root.join(path), error))?
                ));
            }
            put(ALL_THERE, list.as_bytes())
        };
        make_ready().map_err(|(path, error)| {
            let _ = clear(&waiting);
            let help = "your files are as they were; mend that, and import again".to_owned();
            let cause = in_words(&error);
            (format!("nothing was imported: cannot write {}: {cause}", path.display()), help)
        })?;
        place_all(root)
    }
}

fn place_all(root: &Path) -> Result<(), Failure> {
    let waiting = root.join(FOLDER);
    let mark = waiting.join(ALL_THERE);
    let list = fs::read_to_string(&mark).map_err(|error| cannot_read(&mark, &error))?;
    let (mut left, mut changed) = (Vec::new(), Vec::new());
    for (at, line) in list.lines().enumerate() {
        let from = waiting.join(at.to_string());
        // What is no path within the folder was not written there by us. What is gone was put into its place before.
        let Some((before, path)) = line.split_once(' ').filter(|(_, path)| check_path(path).is_ok()) else {
            continue;
        };
        let new = stands(&from).map_err(|error| cannot_read(&from, &error))?;
        if new == NONE {
            continue;
        }
        let to = root.join(path);
        let now = stands(&to).map_err(|error| cannot_write(&to, &error))?;
        match now == before || now == new {
            true => left.push((from, to)),
            false => changed.push((from, to)),
        }
    }
    if !changed.is_empty() {
        return Err(not_over(&changed));
    }
    let folders: BTreeSet<&Path> = left.iter().filter_map(|(_, to)| to.parent()).collect();
    folders.iter().for_each(|folder| clear_beside(&folder.join(ALL_THERE)));
    for (from, to) in &left {
        place(from, to).map_err(|error| cannot_write(to, &error))?;
    }
    clear(&waiting).map_err(|error| {
        (format!("cannot remove {}: {}", waiting.display(), in_words(&error)), String::new())
    })
}

/// What is to be done about files that were changed while they waited, each behind what waits for it.
fn not_over(changed: &[(PathBuf, PathBuf)]) -> Failure {
    let named: Vec<String> = changed.iter().map(|(_, to)| to.display().to_string()).collect();
    let were = if changed.len() == 1 { "was" } else { "were" };
    let waits = changed.iter().map(|(from, to)| format!("{} for {}", from.display(), to.display()));
    let message = format!("{} {were} changed after an import that was stopped", named.join(", "));
    let help = format!(
        "what the import has waits: {}. Put what you want of that into your file, remove what waited, and import again: \
         the rest is finished then",
        waits.collect::<Vec<_>>().join(", ")
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
            write(to, &fs::read(from)?)?;
            fs::remove_file(from)
        }
        done => done,
    }
}

fn lock(root: &Path) -> Result<File, Failure> {
    let path = root.join(LOCK);
    let open = || {
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        File::options().create(true).truncate(false).write(true).open(&path)
    };
    let file = open().map_err(|error| cannot_write(&path, &error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err((
            format!("another import into {} is at work", root.display()),
            "wait for it to end, and import again".to_owned(),
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

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let help = "mend that, and import again: it begins where it stopped".to_owned();
    (format!("cannot write {}: {}", path.display(), in_words(error)), help)
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    (format!("cannot read {}: {}", path.display(), in_words(error)), "mend that, and import again".to_owned())
}
