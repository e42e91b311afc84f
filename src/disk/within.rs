//! A folder and a path in it -> whether what is written there stays in the folder. A dossier may come from somebody else,
//! and a link in it lead anywhere.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// What to do about a link that leads elsewhere.
pub const HELP: &str = "put the file or the folder itself into the place of the link";

/// Whether what is at a path, or the folder in which it would be made, is that of the folder, and none a link to elsewhere.
pub fn is_within(home: &Path, path: &Path) -> bool {
    // A name alone has no folder before it, and an empty one is the folder that the program runs in.
    let (Ok(home), Ok(path)) = (std::path::absolute(Path::new(".").join(home)), std::path::absolute(path))
    else {
        return false;
    };
    // In a folder that is not there nothing leads anywhere.
    let Ok(home) = fs::canonicalize(home) else { return true };
    let there = path.ancestors().find(|part| part.symlink_metadata().is_ok());
    // A link to nothing leads to where something could be made.
    there.and_then(|there| fs::canonicalize(there).ok()).is_some_and(|there| there.starts_with(home))
}

/// Refuses a path that leads elsewhere.
pub fn refuse(home: &Path, path: &Path) -> io::Result<()> {
    match is_within(home, path) {
        true => Ok(()),
        false => Err(io::Error::new(ErrorKind::InvalidInput, "it leads elsewhere, through a link")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_may_lead_to_another_place_in_the_folder_and_nowhere_else() {
        let temp = tempfile::tempdir().unwrap();
        let (home, outside) = (temp.path().join("home"), temp.path().join("outside"));
        fs::create_dir_all(home.join("folder")).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(home.join("file"), "").unwrap();
        fs::write(outside.join("file"), "").unwrap();
        let links = [
            ("inner", home.join("folder")),
            ("inner-file", home.join("file")),
            ("outer", outside.clone()),
            ("outer-file", outside.join("file")),
            ("nothing", outside.join("nothing")),
        ];
        for (name, target) in links {
            symlink(target, home.join(name)).unwrap();
        }
        for path in
            ["file", "new", "folder/new", "no/such/folder/new", "inner/new", "inner/a/b", "inner-file"]
        {
            assert!(is_within(&home, &home.join(path)), "{path}");
        }
        for path in ["outer", "outer/new", "outer/a/b", "outer-file", "nothing", "nothing/new"] {
            assert!(!is_within(&home, &home.join(path)), "{path}");
        }
        assert!(is_within(&temp.path().join("not-there"), &temp.path().join("not-there/new")));
        for (home, path) in [("", "new"), (".", "new"), ("", "src/new"), (".", "./no/such/folder/new")] {
            assert!(is_within(Path::new(home), Path::new(path)), "{home} {path}");
        }
        assert!(!is_within(Path::new(""), Path::new("../new")));
    }
}
