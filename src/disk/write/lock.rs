//! Turns a file beside the output folder into the right of one build at a time to work on it,
//! and keeps in it what the build after a killed one has to know.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::error::ApplyError;
use super::place::Place;
use crate::disk::file::open_lock;

/// The held lock; it ends with the value, or with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// The folder that a killed build noted last.
    noted: Option<String>,
}

impl Lock {
    /// Returns the lock of `place` once no other build holds it.
    ///
    /// Errors when another still does after `wait`.
    pub fn take(place: &Place, wait: Duration) -> Result<Lock, ApplyError> {
        let disk = |cause| place.disk("lock the folder with", &place.lock)(cause);
        let start = Instant::now();
        loop {
            let mut file = open_lock(&place.lock).map_err(disk)?;
            match file.try_lock() {
                Ok(()) if is_still_at(&file, &place.lock) => {
                    let noted = noted(&mut file);
                    let path = place.lock.clone();
                    let mut lock = Lock { file, path, noted };
                    let text = lock.text();
                    lock.write(&text).map_err(disk)?;
                    return Ok(lock);
                }
                // The build before removed this file since we opened it: it locks nothing.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(cause)) => return Err(disk(cause)),
            }
            if start.elapsed() >= wait {
                return Err(ApplyError::Busy {
                    dir: place.given(),
                    process: holder(&mut file),
                    waited: wait,
                });
            }
            drop(file);
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Notes which folder is the new site, until the next note; errors when that cannot be kept.
    pub fn note(&mut self, new: Option<&Path>) -> io::Result<()> {
        self.noted = new.and_then(identity);
        let text = self.text();
        self.write(&text)
    }

    /// Returns whether the folder at `path` is another than the new site last noted there: the
    /// two had changed places when the build was killed.
    pub fn has_other_than_noted(&self, path: &Path) -> bool {
        self.noted.is_some() && identity(path) != self.noted
    }

    fn text(&self) -> String {
        let mut text = format!("process {}\n", std::process::id());
        if let Some(noted) = &self.noted {
            text += &format!("new {noted}\n");
        }
        text
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        // Over the old text first: a kill or a full disk in between loses nothing of a note.
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)
    }
}

impl Lock {
    /// Takes the file away; it is held until the value or the process ends.
    pub fn clear(&self) {
        // Elsewhere the file stays: a waiting build could not tell that its file is a lost one.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.clear();
    }
}

fn lines(file: &mut File) -> String {
    let mut text = String::new();
    // What cannot be read (Windows: while another holds it) is as if nothing were written.
    let _ = file.rewind().and_then(|()| file.read_to_string(&mut text));
    text
}

fn noted(file: &mut File) -> Option<String> {
    let text = lines(file);
    let noted = text.lines().find_map(|line| line.strip_prefix("new "))?;
    Some(noted.to_owned())
}

fn holder(file: &mut File) -> Option<u32> {
    let text = lines(file);
    text.lines().next()?.strip_prefix("process ")?.parse().ok()
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Returns what tells a file or folder from every other that is there at the same time.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let there = fs::symlink_metadata(path).ok()?;
    Some(format!("{}:{}", there.dev(), there.ino()))
}

/// Without identities there is no exchange of folders either, and nothing to tell apart.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Option<String> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_that_was_removed_is_no_lock_even_if_there_is_another() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("lock");
        let first = open_lock(&path).unwrap();
        assert!(is_still_at(&first, &path));
        fs::remove_file(&path).unwrap();
        assert!(!is_still_at(&first, &path));
        let second = open_lock(&path).unwrap();
        assert!(!is_still_at(&first, &path));
        assert!(is_still_at(&second, &path));
    }
}
