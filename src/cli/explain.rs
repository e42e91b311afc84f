//! `dossier explain`: what a kind of problem means.

use std::process::ExitCode;

use dossier::check::LINTS;
use dossier::codes;
use dossier::diag::{Code, Severity, did_you_mean};

use super::args::ExplainArgs;
use super::terminal::{fail, print, usage};

pub fn run(args: &ExplainArgs) -> ExitCode {
    let codes = codes::all();
    let Some(name) = &args.code else {
        let lines: Vec<String> =
            codes.iter().map(|code| format!("{:32} {}\n", code.name, first_sentence(code))).collect();
        print(&lines.concat());
        return ExitCode::SUCCESS;
    };
    match codes.iter().find(|code| code.name == name) {
        Some(code) => {
            let mut text = format!("{}\n", code.name);
            for paragraph in code.paragraphs().chain(lint(code)) {
                text.push_str(&format!("\n{}\n", wrapped(&paragraph)));
            }
            print(&text);
            ExitCode::SUCCESS
        }
        None => {
            let near = did_you_mean(name, codes.iter().map(|code| code.name));
            let help = near.map_or_else(
                || "`dossier explain` lists them all".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            fail(&format!("there is no problem called `{name}`"), &help);
            usage()
        }
    }
}

fn first_sentence(code: &Code) -> String {
    let text = code.paragraphs().next().unwrap_or_default();
    text.split_once(". ").map_or(text.trim_end_matches('.'), |(first, _)| first).to_owned()
}

/// How loud a lint is, and how it is told to be otherwise.
fn lint(code: &Code) -> Option<String> {
    let lint = LINTS.iter().find(|lint| lint.code == *code)?;
    Some(format!(
        "A lint: {} unless site.toml says otherwise, as in `[lints] {name} = \"off\"`. One record is \
         exempted in its own fields, with the reason: `allow.{name} = \"why\"`.",
        match lint.default {
            Severity::Error => "an error",
            Severity::Warning => "a warning",
            Severity::Note => "a note",
        },
        name = code.name
    ))
}

/// Lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if width > 0 && width + 1 + len > 80 {
            out.push('\n');
            width = 0;
        }
        if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += len;
    }
    out
}
