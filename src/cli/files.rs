//! Files of an author, written whole or not at all.

use std::fs::{self, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use dossier::disk::write::in_words;
use dossier::disk::{file, within};
use tempfile::{Builder, NamedTempFile};

/// What the name of a file begins with that is being written.
const PART: &str = ".dossier-part-";

/// Makes `bytes` what stands at a path, in one step, after clearing away what was left beside. In the folder `home`, if
/// there is one, no link leads out of it; a file that a person named is where it leads.
pub fn write(home: Option<&Path>, path: &Path, bytes: &[u8]) -> io::Result<()> {
    home.map_or(Ok(()), |home| within::refuse(home, path))?;
    clear_beside(path);
    put(path, bytes)
}

/// Makes `bytes` what stands at a path, in one step, with the permissions of the file that is there, else the usual ones;
/// and makes the folders that the path lies in. A link stays a link.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let there = fs::metadata(path).ok();
    there.as_ref().map_or(Ok(()), file::refuse_others)?;
    let folder = folder(path);
    fs::create_dir_all(folder)?;
    let mut file = begin(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.persist(path).map(drop).map_err(|failed| failed.error)
}

/// Clears away what runs left beside `path` that were ended while they wrote. A run that lives holds what it writes, and
/// keeps it.
pub fn clear_beside(path: &Path) {
    let entries = fs::read_dir(folder(path)).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_part(&entry.path())) {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let is_left = || file::open_lock(&entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        // What cannot be removed takes room, and that is all.
        if is_file && is_left() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a path is that of a file that is being written, or was.
pub fn is_part(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PART))
}

/// Does what [`write`] does. Errors are what went wrong, and what to do about it.
pub fn write_or_tell(home: Option<&Path>, path: &Path, bytes: &[u8]) -> Result<(), (String, String)> {
    write(home, path, bytes).map_err(|error| {
        let leads_out = home.is_some_and(|home| !within::is_within(home, path));
        let help = if leads_out { within::HELP } else { advice(&error) };
        (format!("cannot write {}: {}", path.display(), in_words(&error)), help.to_owned())
    })
}

/// What can be done about a file that could not be written.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space, and do it again",
        io::ErrorKind::FileTooLarge => "raise the limit on the size of a file (`ulimit -f`), and do it again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "see that you may write there, and do it again"
        }
        _ => "see what is in the way there, and do it again",
    }
}

/// A file that nobody else takes for one that was left.
fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PART);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    loop {
        let file = builder.tempfile_in(folder)?;
        // Where files cannot be locked, none is taken for a left one either.
        let is_held = !matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Somebody may have cleared it away before it was held.
        if is_held && file.path().exists() {
            return Ok(file);
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
