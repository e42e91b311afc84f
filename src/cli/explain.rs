//! `dossier explain`: what a kind of problem means.

use std::process::ExitCode;

use clap::error::ErrorKind;
use dossier::codes;
use dossier::diag::{Code, did_you_mean};

use super::args::ExplainArgs;
use super::terminal::{fail, print};

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
            print(&format!("{}\n\n{}\n", code.name, wrapped(&plain(code))));
            ExitCode::SUCCESS
        }
        None => {
            let near = did_you_mean(name, codes.iter().map(|code| code.name));
            let help = near.map_or_else(
                || "`dossier explain` lists them all".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            fail(&format!("there is no problem called `{name}`"), &help);
            // As clap does when an argument makes no sense.
            ExitCode::from(u8::try_from(clap::Error::new(ErrorKind::InvalidValue).exit_code()).unwrap_or(2))
        }
    }
}

fn first_sentence(code: &Code) -> String {
    let text = plain(code);
    text.split_once(". ").map_or(text.trim_end_matches('.'), |(first, _)| first).to_owned()
}

/// The explanation as running text.
fn plain(code: &Code) -> String {
    code.explanation.split_whitespace().collect::<Vec<_>>().join(" ")
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
