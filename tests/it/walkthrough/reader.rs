//! Somebody who does what a page says, with the real program, in a folder of their own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use regex::{Captures, Regex};
use tempfile::TempDir;

use super::page::{Block, Step, blocks, changed, commands};

pub struct Reader {
    dir: TempDir,
    /// Where the next command is run.
    at: PathBuf,
    pub ran: usize,
    /// Where a page shows something else than is printed.
    pub differences: Vec<String>,
}

impl Reader {
    pub fn new() -> Reader {
        let dir = TempDir::new().unwrap();
        fs::create_dir_all(dir.path().join("bin")).unwrap();
        fs::create_dir_all(dir.path().join("home")).unwrap();
        let bin = dir.path().join("bin");
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_dossier"), bin.join("dossier")).unwrap();
        // In place of the browser.
        fs::write(bin.join("xdg-open"), "#!/bin/sh\n").unwrap();
        fs::set_permissions(bin.join("xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(
            dir.path().join("home/.gitconfig"),
            "[user]\nname = Reader\nemail = reader@example.org\n[init]\ndefaultBranch = main\n",
        )
        .unwrap();
        let at = dir.path().join("work");
        fs::create_dir_all(&at).unwrap();
        Reader { dir, at, ran: 0, differences: Vec::new() }
    }

    /// In a folder that holds a copy of another dossier.
    pub fn with(dossier: &Path) -> Reader {
        let mut reader = Reader::new();
        let to = reader.at.join("dam");
        for entry in walkdir::WalkDir::new(dossier).sort_by_file_name() {
            let entry = entry.unwrap();
            let path = to.join(entry.path().strip_prefix(dossier).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(path).unwrap();
            } else {
                fs::copy(entry.path(), path).unwrap();
            }
        }
        reader.at = to;
        reader
    }

    pub fn folder(&self) -> &Path {
        &self.at
    }

    pub fn run(&self, command: &str) -> (bool, String) {
        // Both streams in the order in which a terminal shows them.
        let output = self.shell(&format!("exec 2>&1\n{command}")).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n"))
    }

    fn shell(&self, command: &str) -> Command {
        let mut shell = Command::new("bash");
        let bin = self.dir.path().join("bin");
        shell
            .args(["-euc", &format!("{command}\npwd > '{}'", self.dir.path().join("at").display())])
            .current_dir(&self.at)
            .env_clear()
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()))
            .env("HOME", self.dir.path().join("home"))
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        shell
    }

    /// The first line that a preview prints, which is its address; then it is ended.
    fn preview(&self, command: &str) -> String {
        // `exec`, so that what is ended is the program and not the shell around it.
        let mut child = self
            .shell(&format!("exec {command}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(line.starts_with("http://127.0.0.1:"), "{command}: {line}");
        line
    }

    /// Does all that a page says, and holds what is printed to what it shows. Gives the page as it should be.
    pub fn follow(&mut self, name: &str, text: &str, not_run: &[(&str, &str, &str)]) -> String {
        let mut printed = None;
        let mut other = Vec::new();
        let blocks = blocks(name, text);
        for (n, block) in blocks.iter().enumerate() {
            let place = format!("{name}:{}", block.line);
            match &block.step {
                Step::Run => {
                    let fails = expects_failure(&blocks[n + 1..]);
                    printed = Some(self.run_block(&place, block, fails, &|command| {
                        not_run.iter().any(|(page, left_out, _)| *page == name && *left_out == command)
                    }));
                }
                Step::Printed => {
                    let real = printed.take().unwrap_or_else(|| panic!("{place}: what prints this?"));
                    if !is_printed(&block.text, &real) {
                        self.differences
                            .push(format!("{place} shows:\n{}and what is printed is:\n{real}", block.text));
                        other.push((block, format!("{}\n", real.trim_end())));
                    }
                }
                Step::Write(path) => self.write(path, &block.text),
                Step::Add(path) => {
                    let file = self.at.join(path);
                    let held = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{place}: {error}"));
                    self.write(path, &format!("{held}\n{}", block.text));
                }
                Step::Change(path) => {
                    let held = fs::read_to_string(self.at.join(path)).unwrap();
                    let file = changed(&held, &block.text);
                    self.write(path, &file.unwrap_or_else(|| panic!("{place}: {path} has no such table")));
                }
            }
        }
        let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
        for (block, real) in other.into_iter().rev() {
            let start = block.line - 1;
            lines.splice(start..start + block.text.lines().count(), [real]);
        }
        lines.concat()
    }

    /// Runs each of these, which have to end well.
    pub fn run_commands(&mut self, place: &str, text: &str) {
        let block = Block { line: 0, text: text.to_owned(), step: Step::Run };
        self.run_block(place, &block, false, &|_| false);
    }

    fn run_block(
        &mut self,
        place: &str,
        block: &Block,
        fails: bool,
        is_left_out: &dyn Fn(&str) -> bool,
    ) -> String {
        let mut printed = String::new();
        for command in commands(&block.text) {
            if is_left_out(&command) {
                continue;
            }
            self.ran += 1;
            if command.starts_with("dossier serve") {
                printed.push_str(&self.preview(&command));
                continue;
            }
            let (is_well, out) = self.run(&command);
            assert!(is_well != fails || is_to_update(), "{place}: {command}\n{out}");
            printed.push_str(&out);
            if is_well {
                self.at = fs::read_to_string(self.dir.path().join("at")).unwrap().trim_end().into();
            }
        }
        printed
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.at.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

/// Whether what is printed is to be put into the pages.
pub fn is_to_update() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// Whether the page shows an error as the outcome of the commands before these blocks.
fn expects_failure(next: &[Block]) -> bool {
    next.first().is_some_and(|next| {
        let is_error = |line: &str| line.starts_with("error");
        next.step == Step::Printed && next.text.lines().any(is_error)
    })
}

/// Whether a page shows what was printed: a line `…` stands for any number of lines, and counts of files, pages and
/// bytes and times may be others.
pub fn is_printed(shown: &str, printed: &str) -> bool {
    let (shown, printed) = (settled(shown), settled(printed));
    let mut rest = printed.as_str();
    let mut pieces = shown.split("…\n").peekable();
    let first = pieces.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    let mut elided = false;
    while let Some(piece) = pieces.next() {
        elided = true;
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    elided || rest.is_empty()
}

/// A text without what differs from run to run, or with every page that the program learns to make.
fn settled(text: &str) -> String {
    static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r" *[0-9][0-9.,]* (s|ms|B|kB|MB|pages|files|to add|added|unchanged|more)\b").unwrap()
    });
    static PORT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"127\.0\.0\.1:[0-9]+").unwrap());
    static AT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\(by [0-9a-f]{7,}\)").unwrap());
    let text = format!("{}\n", text.trim_end());
    let text = COUNTS.replace_all(&text, |found: &Captures| format!(" N {}", &found[1]));
    let text = PORT.replace_all(&text, "127.0.0.1:N");
    AT.replace_all(&text, "(by N)").into_owned()
}
