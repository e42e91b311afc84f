//! A folder in which every command has written once, and has something new to write.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::dossier::{State, Tree, put};
use crate::output_folder::support::tree;

/// A command that writes, by its arguments, in the folder of the dossier.
pub const COMMANDS: [&[&str]; 25] = [
    &["new", "../fresh"],
    &["new", "../fresh", "--empty"],
    &["new", "../fresh", "--from", "../article.txt"],
    &["new", "person", "eva-holm"],
    &["new", "article", "explainers/who"],
    &["new", "template", "person.html"],
    &["new", "--ci", "github"],
    &["build"],
    &["build", "--output", "../elsewhere"],
    &["build", "--as-of", "2024-02-01"],
    &["build", "--trace", "../trace.json"],
    &["check", "--links", "--link-pause", "0"],
    &["import", "json", "../crew.json", "--into", "."],
    &["rename", "ada-berg", "ada-lindt"],
    &["rename", "same", "explainers/other"],
    &["fmt"],
    &["schema", "--write"],
    &["man", "../man"],
    &["export", "csv"],
    &["export", "sqlite"],
    &["factcheck"],
    &["publish", "../there"],
    &["publish", "../bundle/site.zip"],
    &["publish", "archive"],
    &["publish", "git:../pages.git#pages"],
];

/// What an article says that a dossier is begun from.
const ARTICLE: &str =
    "The talks at the pier\n\nOn 7 June 2023 Ada Berg met Jon Vik at the Harbour Office in Aldersund.\n";

/// Enough of it that the files of an import are larger than the smallest limits.
fn crew() -> String {
    let person = |number| format!("{{ \"key\": \"crew-{number}\", \"name\": \"Crew {number}\" }}");
    let people: Vec<String> = (0..60).map(person).collect();
    format!("{{ \"dossier\": {{ \"title\": \"Crew\" }}, \"people\": [{}] }}", people.join(", "))
}

/// Adds a record that is not laid out as `dossier fmt` does.
fn put_loose(root: &Path) {
    fs::write(root.join("content/groups.toml"), "[pilots]\nname    =   \"Pilots\"\ntype = \"other\"\n")
        .unwrap();
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
        put_loose(&work.root());
        fs::write(place.join("crew.json"), crew()).unwrap();
        fs::write(place.join("article.txt"), ARTICLE).unwrap();
        run(Command::new("git")
            .args(["init", "--bare", "--quiet", "-b", "pages"])
            .arg(place.join("pages.git")));
        let once = ["new", "check", "import", "rename", "fmt", "schema", "man"];
        let again = |arguments: &&&[&str]| !once.contains(&arguments[0]);
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

    /// All that is there but what the program keeps for itself, the objects of git, which only count once the branch names
    /// them, and a trace, which grows while it is made.
    pub fn there(&self) -> Tree {
        let others = ["dossier/.dossier", "pages.git/objects", "trace.json"];
        let is_there = |path: &Path| others.iter().all(|other| !path.starts_with(other));
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
