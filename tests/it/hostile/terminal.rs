//! Reports on hostile texts in hostile files, as a terminal, a program and a forge take them.

use std::process::Command;

use dossier::diag::{Diagnostic, Severity};
use dossier::report::{Format, report};
use dossier::source::{Sources, turns_direction};

use super::payloads::PAYLOADS;
use super::sites::TEMPLATE;
use crate::support::{build, sources};

/// What moves the cursor, changes colours, rings, or shows a text in another order.
const COMMANDS: &str = "\u{1b}[2J\u{1b}]0;pwn\u{7}\u{8}\u{8}\u{7f}\u{9b}31m\u{9d}pwn\u{85}\u{202e}\u{202a}\u{2067}\u{2069}\r::error::pwn";

fn is_command(c: char) -> bool {
    c.is_control() && c != '\n' || turns_direction(c)
}

/// A report without the colours that it has of its own.
fn without_colours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap();
        assert_eq!(&after[end..=end], "m", "{after:.20}");
        rest = &after[end + 1..];
    }
    out + rest
}

/// Each dossier with its reports, and what is wrong with these.
fn check(files: &Sources, found: &[Diagnostic], base: &str) {
    for colour in [false, true] {
        let text = report(found, files, Format::Text { colour }, base);
        let text = if colour { without_colours(&text) } else { text };
        let at = text.find(is_command);
        assert_eq!(at, None, "{:?}", at.map(|at| &text[back(&text, at)..at]));
    }
    let json = report(found, files, Format::Json, base);
    assert_eq!(json.find(is_command), None, "{json:?}");
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    let all = read["diagnostics"].as_array().unwrap();
    assert_eq!(all.len(), found.len());
    for (said, problem) in all.iter().zip(found) {
        assert_eq!(said["message"].as_str().unwrap(), problem.message);
        if let Some(span) = problem.span {
            assert_eq!(said["file"].as_str().unwrap(), format!("{base}{}", files.path(span.file)));
        }
    }
    let github = report(found, files, Format::Github, base);
    assert_eq!(github.find(is_command), None, "{github:?}");
    assert_eq!(github.lines().count(), found.len(), "{github}");
    for (line, problem) in github.lines().zip(found) {
        let level = match problem.severity {
            Severity::Error => "::error ",
            Severity::Warning => "::warning ",
            Severity::Note => "::notice ",
        };
        let (properties, _) =
            line.strip_prefix(level).unwrap_or_else(|| panic!("{line}")).split_once("::").unwrap();
        for property in properties.split(',') {
            let name = property.split('=').next().unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&name), "{line}");
        }
    }
}

/// Some characters before a place.
fn back(text: &str, at: usize) -> usize {
    text[..at].char_indices().rev().nth(30).map_or(0, |(at, _)| at)
}

#[test]
fn no_report_commands_a_terminal() {
    let mut reports = 0;
    for payload in PAYLOADS {
        let filled = TEMPLATE.fill(|slot| Some(payload.filled(slot.number, &slot.text)));
        let found = build(&filled.files).diagnostics;
        assert!(!found.is_empty());
        check(&filled.files, &found, "");
        reports += found.len();
    }
    // What a text may not hold stands in the lines that are shown, in keys, in messages and in names of files.
    let quoted = super::slots::quoted(COMMANDS);
    let path = format!("content/{COMMANDS}.toml");
    let files = sources(&[
        (
            "content/people.toml",
            &format!("[ada]\nname = \"A{COMMANDS}\"\n{quoted} = 1\nborn = {quoted}\nborm = \"{COMMANDS}\"\n"),
        ),
        (
            "content/index.md",
            &format!("# T\n\n[[{COMMANDS}]] {COMMANDS} [@{COMMANDS}] ::x{COMMANDS}{{a=1}}\n"),
        ),
        (&path, &format!("{COMMANDS} = 1\n")),
        ("templates/person.html", &format!("{{% {COMMANDS} %}}")),
        ("templates/strings/en.toml", &format!("[nav]\noverview = {quoted}\nx{COMMANDS} = {quoted}\n")),
        (&format!("content/groups/{COMMANDS}.md"), "# x\n"),
    ]);
    let found = build(&files).diagnostics;
    assert!(found.len() > 20, "{}", found.len());
    check(&files, &found, "");
    check(&files, &found, &format!("a,line=1:{COMMANDS}/"));
    println!("{} reports", reports + found.len());
}

/// The program in a folder of hostile names.
#[cfg(target_os = "linux")]
#[test]
fn the_program_names_hostile_files_without_obeying_them() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(format!("dossier{}", COMMANDS.replace('/', "")));
    let content = root.join("content");
    std::fs::create_dir_all(content.join(format!("people/{COMMANDS}"))).unwrap();
    std::fs::write(root.join("site.toml"), "title = \"T\"\n").unwrap();
    std::fs::write(content.join(format!("{COMMANDS}.md")), "# T\n").unwrap();
    std::fs::write(content.join("photo\u{202e}gnp.exe"), "x").unwrap();
    std::fs::write(content.join(format!("people/{COMMANDS}/a.toml")), "[a]\nname = \"A\"\n").unwrap();
    std::fs::write(content.join("people.toml"), format!("[ada]\nname = \"A{COMMANDS}\"\n")).unwrap();
    for (arguments, expected) in [
        (&["check"][..], 1),
        (&["check", "--format", "json"], 1),
        (&["check", "--format", "github"], 1),
        (&["build"], 1),
        (&["explain", COMMANDS], 2),
        (&["export", COMMANDS], 2),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(&root);
        if arguments[0] != "explain" {
            command.arg("--root").arg(&root);
        }
        let done = command.output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(said.find(is_command), None, "{arguments:?}: {said:?}");
        assert!(done.status.code().is_some_and(|code| code > 0 && code <= expected), "{arguments:?}: {said}");
        if arguments[0] == "check" {
            assert_eq!(said.matches("cannot be an address").count(), 3, "{said}");
        }
    }
}
