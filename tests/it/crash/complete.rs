//! No command that writes is forgotten: the list of those that the tests here run is held against what the program says
//! that it has.

use std::collections::BTreeSet;
use std::fs::File;
use std::process::{Command, Stdio};

use super::dossier::room;
use super::work::{COMMANDS, Work};
use crate::output_folder::support::tree;

/// Commands that write no file, as they are run to show it.
const PRINT: [&[&str]; 13] = [
    &["list", "people", "--format", "csv"],
    &["show", "ada-berg"],
    &["stats"],
    &["explain"],
    &["completions", "bash"],
    &["schema", "people"],
    &["fmt", "--check"],
    &["rename", "ada-berg", "ada-lindt", "--dry-run"],
    &["import", "json", "../crew.json", "--into", ".", "--dry-run"],
    &["import"],
    &["export"],
    &["export", "csv", "--explain"],
    &["publish"],
];

/// Commands that are in neither list, and why.
const OTHERS: [(&str, &str); 2] = [
    ("serve", "goes on until it is ended, and keeps pictures as a build does"),
    ("lsp", "is spoken to on its standard input, and writes no file"),
];

/// Options of commands that write that have nothing else written, but the same elsewhere, of other records, or nothing.
const SAME: [&str; 23] = [
    "adopt",
    "allow-dirty",
    "cite",
    "copies",
    "dates",
    "drafts",
    "dry-run",
    "force",
    "format",
    "help",
    "kind",
    "link-max-age",
    "link-timeout",
    "list",
    "map",
    "no-redirect",
    "output",
    "redirect",
    "root",
    "strict",
    "timings",
    "verify",
    "watch",
];

/// Kinds of `dossier new` that are added to a file as a person is.
const AS_A_PERSON: [&str; 8] =
    ["group", "meeting", "event", "place", "relation", "source", "term", "correction"];

/// What the program prints of itself.
fn help(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_dossier")).args(arguments).arg("--help").output().unwrap();
    assert!(done.status.success(), "{arguments:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// The names of the commands.
fn commands() -> Vec<String> {
    let help = help(&[]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    // What is said of a command may go on over more lines, which begin further in.
    let name = |line: &str| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned);
    lines.filter_map(name).filter(|name| !name.is_empty() && name != "help").collect()
}

/// The long options of a command.
fn options(command: &str) -> BTreeSet<String> {
    let help = help(&[command]);
    let of_line = |line: &str| {
        let line = line.trim_start();
        let line = if line.starts_with('-') && !line.starts_with("--") { line.get(4..)? } else { line };
        let name = line.strip_prefix("--")?;
        Some(name.split(|c: char| !c.is_ascii_lowercase() && c != '-').next()?.to_owned())
    };
    let lines = help.lines().skip_while(|line| *line != "Options:").take_while(|line| *line != "Examples:");
    lines.filter_map(of_line).collect()
}

/// The lines of a command that write.
fn tried(name: &str) -> impl Iterator<Item = &&'static [&'static str]> {
    COMMANDS.iter().filter(move |arguments| arguments[0] == name)
}

#[test]
fn every_command_that_writes_is_among_those_that_are_tried() {
    let all = commands();
    assert!(all.len() > 15, "the list of commands was not found: {all:?}");
    let is_listed = |name: &str| {
        let prints = PRINT.iter().any(|arguments| arguments[0] == name);
        tried(name).next().is_some() || prints || OTHERS.iter().any(|(other, _)| *other == name)
    };
    let forgotten: Vec<_> = all.iter().filter(|name| !is_listed(name)).collect();
    assert!(forgotten.is_empty(), "in no list of tests/it/crash: {forgotten:?}");
    let (mut count, mut forgotten, mut needless) = (0, Vec::new(), SAME.to_vec());
    for name in all.iter().filter(|name| tried(name).next().is_some()) {
        let known = options(name);
        count += known.len();
        needless.retain(|option| !known.contains(*option));
        let is_tried = |option: &&String| {
            let flag = format!("--{option}");
            let printing = PRINT.iter().filter(|arguments| arguments[0] == name);
            SAME.contains(&option.as_str())
                || tried(name).chain(printing).any(|arguments| arguments.contains(&flag.as_str()))
        };
        forgotten.extend(known.iter().filter(|option| !is_tried(option)).map(|it| format!("{name} --{it}")));
    }
    assert!(count > 40, "the options were not found");
    assert!(forgotten.is_empty(), "neither tried nor said to have nothing else written: {forgotten:?}");
    assert!(needless.is_empty(), "no command has these: {needless:?}");
    let help = help(&["new"]);
    let kinds = help.lines().find_map(|line| line.strip_prefix("Kinds: ")).unwrap().trim_end_matches('.');
    let is_tried =
        |kind: &&str| tried("new").any(|arguments| arguments[1] == *kind) || AS_A_PERSON.contains(kind);
    let forgotten: Vec<_> = kinds.split(", ").filter(|kind| !is_tried(kind)).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
    println!(
        "{} commands, {count} options of those that write: {} lines that write are tried, {} that only print",
        all.len(),
        COMMANDS.len(),
        PRINT.len()
    );
}

/// Not even what is kept for the next time; and where its own output finds no room, each says so.
#[test]
fn a_command_that_only_prints_writes_no_file_and_tells_when_its_output_is_lost() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let before = tree(&temp.path().join("work"));
    for arguments in PRINT {
        let done = work.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let expected = i32::from(arguments.contains(&"--check"));
        assert_eq!(done.status.code(), Some(expected), "{arguments:?}: {said}");
        assert!(!done.stdout.is_empty(), "{arguments:?}");
        assert!(tree(&temp.path().join("work")) == before, "{arguments:?} writes");
        let full = File::options().write(true).open("/dev/full").unwrap();
        let lost = work.command(arguments).stdout(Stdio::from(full)).output().unwrap();
        let said = String::from_utf8_lossy(&lost.stderr).into_owned();
        assert_eq!(lost.status.code(), Some(1), "{arguments:?}: {said}");
        let is_told = said.contains("error: cannot write to standard output: the disk is full");
        assert!(is_told && said.contains("help: "), "{arguments:?}: {said}");
    }
    println!("{} commands that only print: 0 files written, {0} told that their output is lost", PRINT.len());
}
