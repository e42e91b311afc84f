//! The programs and packages that a test looks with. In continuous integration they must be there;
//! elsewhere a test without its tool says that it is skipped.

use std::path::{Path, PathBuf};

/// The browser to test in: the one that CHROMIUM names, else the one that is installed.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.exists());
    found("chromium", named.or_else(|| on_path("chromium")).or_else(|| on_path("chromium-browser")))
}

pub fn program(name: &str) -> Option<PathBuf> {
    found(name, on_path(name))
}

/// A file of a package that `tests/browser/package.json` names.
pub fn package(file: &str) -> Option<PathBuf> {
    // The folder for the files of tests is in the target folder, beside that of the packages.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let path = target.join("browser/node_modules").join(file);
    found(file, path.exists().then_some(path))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn found(name: &str, path: Option<PathBuf>) -> Option<PathBuf> {
    if path.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "there is no {name}, and no test is skipped here: tests/run installs it"
        );
        println!("skipped: there is no {name}; tests/run installs it");
    }
    path
}
