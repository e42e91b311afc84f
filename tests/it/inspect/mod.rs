//! `dossier list`, `show` and `stats`: what a query finds, one record with what refers to it, and figures.

mod list;
mod same;
mod show;
mod stats;

use std::path::Path;
use std::process::{Command, Output};

use dossier::Options;
use dossier::inspect::open;
use dossier::prepared::Prepared;
use dossier::source::Sources;
use dossier::theme;

/// The invented dossier of `harbour.rs`, as the program meets it.
const HARBOUR: &str = "tests/it/sites/harbour";

/// Runs the program in the repository.
fn run(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::new(env!("CARGO_BIN_EXE_dossier")).args(arguments).current_dir(folder).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What a command says of the invented dossier: its exit code, and what it writes where.
fn said(arguments: &[&str]) -> String {
    let output = run(&[arguments, &["--root", HARBOUR]].concat());
    let code = output.status.code().unwrap();
    let mut said = format!("$ dossier {}\n{}", arguments.join(" "), out(&output));
    if !output.stderr.is_empty() {
        said.push_str(&format!("-- standard error\n{}", err(&output)));
    }
    if code != 0 {
        said.push_str(&format!("-- exit code {code}\n"));
    }
    said
}

fn opened(sources: &Sources, options: Options) -> Prepared {
    let opened = open(sources, &theme::theme(), options, &|_, _, _| {}).unwrap();
    assert!(!dossier::has_errors(&opened.diagnostics), "{:?}", opened.diagnostics);
    opened.value
}

fn snapshot(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/inspect"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}
