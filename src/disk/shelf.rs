//! A folder of pictures that earlier builds made -> `Memo`, and back. What is damaged there counts as not kept.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{file, within};
use crate::diag::Diagnostic;
use crate::disk::write::in_words;
use crate::pictures::cache_problem;
use crate::pictures::memo::{self, Key, Memo};

/// The folder, in that of a dossier.
const FOLDER: &str = ".dossier/images";

/// The folder, and what is in it as it was written.
pub struct Shelf {
    root: PathBuf,
    folder: PathBuf,
    sound: HashSet<Key>,
}

impl Shelf {
    /// Opens the folder of the dossier at `root`, which need not be there.
    pub fn open(root: &Path) -> (Shelf, Memo) {
        let folder = root.join(FOLDER);
        let files: Vec<PathBuf> = files(&folder).unwrap_or_default();
        let read = files.into_par_iter().filter_map(|place| {
            let key = key(&place)?;
            Some((key, Arc::new(memo::read(&key, &file::read(&place, file::ASSET).ok()?)?)))
        });
        let read: Vec<_> = read.collect();
        let sound = read.iter().map(|(key, _)| *key).collect();
        (Shelf { root: root.to_owned(), folder, sound }, read.into_iter().collect())
    }

    /// Puts what is missing into the folder, and takes out what is not in `memo` if that is `all` there is to
    /// keep. Returns the problem when that fails.
    pub fn keep(&mut self, memo: &Memo, all: bool) -> Option<Diagnostic> {
        let error = self.write(memo, all).err()?;
        Some(cache_problem(&format!(
            "pictures cannot be kept in {}: {}",
            self.folder.display(),
            in_words(&error)
        )))
    }

    fn write(&mut self, memo: &Memo, all: bool) -> io::Result<()> {
        // Elsewhere there are pictures of a person's, which would be taken for ones that nobody needs any more.
        within::refuse(&self.root, &self.folder)?;
        for (key, made) in memo.iter().filter(|(key, _)| !self.sound.contains(*key)) {
            fs::create_dir_all(&self.folder)?;
            // Whole or not at all: a build that is killed leaves nothing half written under such a name.
            let mut new = tempfile::NamedTempFile::new_in(&self.folder)?;
            new.write_all(&memo::kept(key, made))?;
            let place = self.folder.join(blake3::Hash::from(*key).to_hex().as_str());
            unless_gone(new.persist(place).map(drop).map_err(|failed| failed.error))?;
        }
        self.sound.extend(memo.iter().map(|(key, _)| *key));
        if all {
            for file in files(&self.folder)? {
                if key(&file).is_none_or(|key| memo.get(&key).is_none()) {
                    unless_gone(fs::remove_file(file))?;
                }
            }
            self.sound.retain(|key| memo.get(key).is_some());
        }
        Ok(())
    }
}

/// Another build of the same dossier may have taken a file away: then there is nothing left to be done.
fn unless_gone(done: io::Result<()>) -> io::Result<()> {
    done.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// The files in the folder; none when there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).filter(is_file).collect(),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(Vec::new()),
            _ => Err(error),
        },
    }
}

fn is_file(path: &io::Result<PathBuf>) -> bool {
    path.as_ref().is_ok_and(|path| path.is_file())
}

fn key(file: &Path) -> Option<Key> {
    Some(blake3::Hash::from_hex(file.file_name()?.to_str()?).ok()?.into())
}
