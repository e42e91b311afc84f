//! Files of an author, written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// A file that is on the disk under another name, until [`Ready::place`].
pub struct Ready(NamedTempFile);

/// Writes what is to stand at a path beside it, with the permissions of the file that is there, else the usual ones; and
/// makes the folders that the path lies in.
pub fn ready(path: &Path, bytes: &[u8]) -> io::Result<Ready> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    if let Ok(there) = fs::metadata(path) {
        file.as_file().set_permissions(there.permissions())?;
    }
    Ok(Ready(file))
}

impl Ready {
    /// Puts the file into its place, in one step.
    pub fn place(self, path: &Path) -> io::Result<()> {
        self.0.persist(path).map(drop).map_err(|failed| failed.error)
    }
}
