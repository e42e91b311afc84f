//! `dossier publish`, to real servers on this machine.

mod files;
mod git;
mod killed;
mod others;
mod refused;
#[cfg(feature = "object-stores")]
mod s3;
mod servers;
mod ssh;
#[cfg(feature = "object-stores")]
mod store;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::cli::Folder;

/// A dossier on the disk, and a place beside it for what it is published to.
pub struct Desk {
    around: TempDir,
    environment: Vec<(String, String)>,
}

impl Desk {
    /// The fictional dossier that every new one begins with.
    pub fn new(environment: Vec<(String, String)>) -> Desk {
        let desk = Desk { around: TempDir::new().unwrap(), environment };
        let made = desk.dossier_in(&desk.path(""), &["new", "dossier"]);
        assert!(made.status.success(), "{made:?}");
        desk
    }

    /// A path beside the dossier.
    pub fn path(&self, path: &str) -> PathBuf {
        self.around.path().join(path)
    }

    /// Writes a file of the dossier.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path("dossier").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path("dossier").join(path)).unwrap()
    }

    /// Adds to a file of the dossier.
    pub fn append(&self, path: &str, text: &str) {
        let before = self.read(path);
        self.write(path, &format!("{before}{text}"));
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path("dossier").join(path)).unwrap();
    }

    /// The program, with what it is to do in the folder of the dossier.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(self.path("dossier"));
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        // What the machine of the tests may have set says nothing about the program.
        for name in ["AWS_PROFILE", "SOURCE_DATE_EPOCH", "GIT_DIR"] {
            command.env_remove(name);
        }
        command
    }

    fn dossier_in(&self, folder: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_dossier")).args(arguments).current_dir(folder).output().unwrap()
    }

    /// Publishes, and returns what was printed; it must succeed.
    pub fn publish(&self, arguments: &[&str]) -> String {
        let (code, text) = self.try_publish(arguments);
        assert_eq!(code, 0, "{text}");
        text
    }

    /// Publishes, and returns the code of the end and what was printed.
    pub fn try_publish(&self, arguments: &[&str]) -> (i32, String) {
        let arguments: Vec<&str> = ["publish"].into_iter().chain(arguments.iter().copied()).collect();
        let done = self.command(&arguments).output().unwrap();
        let text = [done.stdout, done.stderr].concat();
        (done.status.code().unwrap(), String::from_utf8(text).unwrap())
    }

    /// Runs git in the folder of the dossier.
    pub fn git(&self, arguments: &[&str]) -> String {
        let done = Command::new("git")
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"])
            .args(arguments)
            .current_dir(self.path("dossier"))
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    /// Puts the dossier into a repository of its own.
    pub fn commit_all(&self) {
        if !self.path("dossier/.git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "A state"]);
    }
}

/// The counts in the line that says what was done, as `119 added (1.21 MB), 0 unchanged`.
fn done(text: &str) -> &str {
    let line = text.lines().find(|line| line.contains(" unchanged")).unwrap_or_else(|| panic!("{text}"));
    line.split_once(": ").unwrap().1
}

#[test]
fn without_a_target_they_are_listed() {
    let folder = Folder::with(&[]);
    let text = folder.run(&["publish"]);
    assert_eq!(text.code(), 0);
    insta::assert_snapshot!(text.out());
}
