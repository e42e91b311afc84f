//! A file -> its bytes, if it is a plain one and not too large. Pipes and devices never end, and a pipe that nobody writes
//! into would keep the program waiting. Whatever the program reads is opened here.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

/// How large a text of a dossier may be, in bytes.
pub const TEXT: u64 = 64 << 20;

/// How large a picture, a document or a file that is copied as it is may be.
pub const ASSET: u64 = 2 << 30;

/// How large a file to be imported may be.
pub const IMPORT: u64 = 256 << 20;

/// How large a file may be that this program has made, such as a site in one file.
pub const OWN: u64 = 1 << 40;

/// Reads a plain file of at most so many bytes, each of which is held once.
pub fn read(path: &Path, most: u64) -> io::Result<Arc<[u8]>> {
    let mut file = open(path)?;
    let there = file.metadata()?;
    let is_too_large =
        || io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MiB", most >> 20));
    let length =
        usize::try_from(there.len()).ok().filter(|_| there.len() <= most).ok_or_else(is_too_large)?;
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    let mut filled = 0;
    while let Some(rest) = Arc::get_mut(&mut bytes).and_then(|bytes| bytes.get_mut(filled..))
        && !rest.is_empty()
    {
        match file.read(rest) {
            Ok(0) => return Ok(bytes.get(..filled).unwrap_or_default().into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    // It may have grown since; files of the system say that they have no length.
    let mut more = Vec::new();
    let left = most - there.len();
    file.take(left + 1).read_to_end(&mut more)?;
    if more.len() as u64 > left {
        return Err(is_too_large());
    }
    Ok(if more.is_empty() { bytes } else { [&bytes[..], &more].concat().into() })
}

/// Opens a plain file to be read.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    // A pipe is opened at once, and refused.
    #[cfg(unix)]
    with_flags(&mut options, rustix::fs::OFlags::NONBLOCK);
    plain(options.open(path)?)
}

/// Opens a plain file that is there to be locked, and makes it where there is none. Through a link it is not made.
pub fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    with_flags(&mut options, rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW);
    plain(options.open(path)?)
}

#[cfg(unix)]
fn with_flags(options: &mut OpenOptions, flags: rustix::fs::OFlags) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(flags.bits() as i32);
}

fn plain(file: File) -> io::Result<File> {
    refuse_others(&file.metadata()?)?;
    Ok(file)
}

/// Refuses what is no plain file.
pub fn refuse_others(there: &Metadata) -> io::Result<()> {
    match (there.is_file(), there.is_dir()) {
        (true, _) => Ok(()),
        (false, true) => Err(ErrorKind::IsADirectory.into()),
        (false, false) => Err(io::Error::new(ErrorKind::InvalidInput, "it is no plain file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_plain_file_is_read_whole_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, b"12345").unwrap();
        assert_eq!(&*read(&path, 5).unwrap(), b"12345");
        assert_eq!(read(&path, 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path(), 4).unwrap_err().kind(), ErrorKind::IsADirectory);
        #[cfg(unix)]
        {
            assert_eq!(read(Path::new("/dev/zero"), TEXT).unwrap_err().to_string(), "it is no plain file");
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert_eq!(read(&pipe, TEXT).unwrap_err().to_string(), "it is no plain file");
            assert_eq!(open_lock(&pipe).unwrap_err().to_string(), "it is no plain file");
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(folder.path().join("nothing"), &link).unwrap();
            assert!(open_lock(&link).is_err() && !folder.path().join("nothing").exists());
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_that_says_it_is_empty_is_read_too() {
        assert!(read(Path::new("/proc/self/status"), TEXT).unwrap().starts_with(b"Name:"));
        assert_eq!(read(Path::new("/proc/self/status"), 9).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }
}
