//! A folder in which every command has written once, and has something new to write.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::dossier::{State, Tree, put};
use crate::output_folder::support::tree;

/// A command that writes, by its arguments, in the folder of the dossier.
pub const COMMANDS: [&[&str]; 13] = [
    &["new", "../fresh"],
    &["new", "person", "eva-holm"],
    &["new", "--ci", "github"],
    &["build"],
    &["build", "--output", "../elsewhere"],
    &["check", "--links", "--link-pause", "0"],
    &["import", "json", "../crew.json", "--into", "."],
    &["export", "csv"],
    &["export", "sqlite"],
    &["factcheck"],
    &["publish", "../there"],
    &["publish", "../bundle/site.zip"],
    &["publish", "git:../pages.git#pages"],
];

/// Enough of it that the files of an import are larger than the smallest limits.
fn crew() -> String {
    let person = |number| format!("{{ \"key\": \"crew-{number}\", \"name\": \"Crew {number}\" }}");
    let people: Vec<String> = (0..60).map(person).collect();
    format!("{{ \"dossier\": {{ \"title\": \"Crew\" }}, \"people\": [{}] }}", people.join(", "))
}

/// Adds a source with an address at which nobody answers.
pub fn put_link(root: &Path) {
    let log = "\n[log]\ntitle = \"The log\"\ntype = \"webpage\"\nurl = \"http://127.0.0.1:9/\"\n";
    let mut sources = fs::OpenOptions::new().append(true).open(root.join("content/sources.toml")).unwrap();
    sources.write_all(log.as_bytes()).unwrap();
}

pub struct Work {
    /// Where all of it is, and where it is kept as it was at first.
    place: PathBuf,
    kept: PathBuf,
}

impl Work {
    /// Makes it in `place`, and keeps it in `kept`.
    pub fn new(place: &Path, kept: &Path) -> Work {
        let work = Work { place: place.to_owned(), kept: kept.to_owned() };
        put(&work.root(), State::A);
        put_link(&work.root());
        fs::write(place.join("crew.json"), crew()).unwrap();
        run(Command::new("git")
            .args(["init", "--bare", "--quiet", "-b", "pages"])
            .arg(place.join("pages.git")));
        let again = |arguments: &&&[&str]| !["new", "check", "import"].contains(&arguments[0]);
        for arguments in COMMANDS.iter().filter(again) {
            run(&mut work.command(arguments));
        }
        fs::write(work.root().join("public/people/mine.txt"), "mine").unwrap();
        put(&work.root(), State::B);
        put_link(&work.root());
        run(Command::new("cp").arg("-a").arg(place).arg(kept));
        work
    }

    pub fn root(&self) -> PathBuf {
        self.place.join("dossier")
    }

    /// Makes all as it was at first.
    pub fn begin_anew(&self) {
        let _ = fs::remove_dir_all(&self.place);
        run(Command::new("cp").arg("-a").arg(&self.kept).arg(&self.place));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_by(&[env!("CARGO_BIN_EXE_dossier")], arguments)
    }

    /// The same, started by way of another program.
    pub fn command_by(&self, by: &[&str], arguments: &[&str]) -> Command {
        let mut command = Command::new(by[0]);
        command.args(&by[1..]).args(arguments).current_dir(self.root());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// All that is there but what the program keeps for itself, and but the objects of git, which only count once the branch
    /// names them.
    pub fn there(&self) -> Tree {
        let is_there =
            |path: &Path| !path.starts_with("dossier/.dossier") && !path.starts_with("pages.git/objects");
        tree(&self.place).into_iter().filter(|(path, _)| is_there(path)).collect()
    }

    /// The files anywhere that were begun and never finished.
    pub fn begun(&self) -> Vec<PathBuf> {
        let is_begun = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            let is_of_git = path.starts_with("pages.git") || path.starts_with("dossier/.dossier/publish/git");
            let marks =
                [".tmp", ".dossier-part", ".dossier-new", ".dossier-old", ".dossier-lock", "last-build-"];
            !is_of_git && marks.iter().any(|mark| name.contains(mark)) || path.ends_with("import/all-there")
        };
        tree(&self.place).into_keys().filter(is_begun).collect()
    }
}

#[track_caller]
fn run(command: &mut Command) -> Output {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    done
}
