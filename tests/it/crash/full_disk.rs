//! Every command that writes, on a disk that is full or may hold no file of the size: a clear error, nothing half-written,
//! and what was there as it was.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::dossier::room;
use super::work::{COMMANDS, Work};
use crate::output_folder::support::Mount;

/// What came of commands on full disks.
#[derive(Default)]
struct Counts {
    commands: usize,
    errors: usize,
    notes: usize,
    enough: usize,
}

/// Runs a command, and looks at what came of it. Returns whether it did what it was asked for.
fn try_one(
    work: &Work,
    mut command: Command,
    arguments: &[&str],
    causes: &[&str],
    on: &str,
    counts: &mut Counts,
) -> bool {
    let before = work.there();
    let done = command.output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    let is_told = causes.iter().any(|cause| said.contains(cause));
    let context = format!("{arguments:?} on {on}: {said}");
    assert!(!said.contains("panicked"), "{context}");
    counts.commands += 1;
    match done.status.code() {
        Some(0) if is_told => {
            // What a command keeps for the next is not what it was asked for, and of two things the site is the one.
            let is_note = said.contains("note[") && said.contains(".dossier/");
            assert!(is_note || said.contains("warning: the trace is not whole: "), "{context}");
            counts.notes += 1;
        }
        Some(0) => counts.enough += 1,
        Some(1) => {
            let is_error =
                |line: &&str| line.starts_with("error") && causes.iter().any(|cause| line.contains(cause));
            let line = said.lines().find(is_error).unwrap_or_else(|| panic!("no clear error: {context}"));
            let names_file = line.contains("git failed")
                || line.split([' ', ':']).any(|word| word.contains('/') || word.contains('.'));
            assert!(names_file && said.contains("help:"), "{context}");
            counts.errors += 1;
            let after = work.there();
            let is_new = |path: &&std::path::PathBuf| before.get(*path) != after.get(*path);
            // A dossier that was begun anew has whole files, and the next run goes on with it; so have schemas and manual pages.
            let changed: Vec<_> = before.keys().chain(after.keys()).filter(is_new).collect();
            let is_begun = |path: &&&std::path::PathBuf| {
                let folders = ["fresh", "dossier/.github", "dossier/content/explainers", "dossier/templates"];
                let begun = match arguments[0] {
                    "new" => &folders[..],
                    "man" => &["man"],
                    "schema" => &["dossier/.schemas", "dossier/.taplo.toml"],
                    "publish" => &["dossier/archive"],
                    _ => &[],
                };
                begun.iter().any(|begun| path.starts_with(begun))
            };
            assert!(changed.iter().all(|path| is_begun(&path)), "{changed:?}: {context}");
        }
        code => panic!("ended with {code:?}: {context}"),
    }
    let begun = work.begun();
    assert!(begun.is_empty(), "{begun:?} left behind: {context}");
    done.status.success()
}

impl Counts {
    fn tell(&self, on: &str) {
        let Counts { commands, errors, notes, enough } = self;
        println!(
            "{commands} commands {on}: {errors} clear errors, {notes} sites without what is kept for the next build, {enough} had \
             room enough, 0 half-written files"
        );
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_a_clear_error_for_every_command() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let mut counts = Counts::default();
    let wanted = COMMANDS.map(|arguments| {
        work.begin_anew();
        let done = work.command(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        work.there()
    });
    for limit in [0, 16] {
        for (arguments, wanted) in COMMANDS.iter().zip(&wanted) {
            work.begin_anew();
            let script = format!("ulimit -f {limit}; exec \"$@\"");
            let by = ["sh", "-c", &script, "sh", env!("CARGO_BIN_EXE_dossier")];
            let causes =
                ["the file is larger than is allowed", "File too large", "limit on the size of a file"];
            let on = format!("a limit of {limit}");
            let command = work.command_by(&by, arguments);
            let did = try_one(&work, command, arguments, &causes, &on, &mut counts);
            // When a bundle and a commit were made is in them.
            let timed = [".zip", ".git", "archive"];
            let is_timed = arguments.iter().any(|argument| timed.iter().any(|part| argument.contains(part)));
            assert!(!did || is_timed || work.there() == *wanted, "{arguments:?} {on}: not all was written");
        }
    }
    counts.tell("with a limit on the size of files");
    assert!(counts.errors >= COMMANDS.len() && counts.enough > 0);
}

/// Leaves so many bytes of a disk.
fn fill(disk: &Path, left: u64) {
    let mut filler = File::create(disk.join("filler")).unwrap();
    let part = vec![1; 1 << 16];
    let mut length = 0;
    while let Ok(written) = filler.write(&part) {
        length += written as u64;
    }
    filler.set_len(length.saturating_sub(left)).unwrap();
}

#[test]
fn a_full_disk_is_a_clear_error_for_every_command() {
    let temp = room();
    let disk = temp.path().join("disk");
    let Some(_mount) = Mount::tmpfs("size=64m", &disk) else {
        println!("here only the limits on the size of files are tried");
        return;
    };
    let work = Work::new(&disk.join("work"), &temp.path().join("kept"));
    let mut counts = Counts::default();
    for left in [0, 48 << 10] {
        for arguments in COMMANDS {
            let _ = fs::remove_file(disk.join("filler"));
            work.begin_anew();
            fill(&disk, left);
            let causes = ["the disk is full", "No space left on device", "Out of diskspace"];
            let on = format!("a disk with {left} bytes");
            try_one(&work, work.command(arguments), arguments, &causes, &on, &mut counts);
        }
    }
    counts.tell("on a full disk");
    assert!(counts.errors > COMMANDS.len());
}
