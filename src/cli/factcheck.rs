//! `dossier factcheck`.

use std::process::ExitCode;
use std::time::Instant;

use dossier::cache::Cache;
use dossier::{Options, factcheck, theme};

use super::args::FactcheckArgs;
use super::build::{changes, files, write_other};
use super::limits;
use super::terminal::{Progress, line, show, summary};

/// Writes the sheet of a dossier that has no errors.
pub fn run(args: &FactcheckArgs) -> ExitCode {
    let started = Instant::now();
    limits::begin(args.dossier.format);
    let read = files(&args.dossier.root);
    let progress = Progress::new();
    let options = Options { drafts: args.dossier.drafts, ..Options::default() };
    let tell = |step, total, done| progress.tell(step, total, done);
    let mut made = factcheck(&read.value, &theme::theme(), options, &mut Cache::default(), &tell);
    progress.end();
    made.diagnostics.splice(0..0, read.diagnostics);

    let folder = args.output.clone().unwrap_or_else(|| args.dossier.root.join("factcheck"));
    let written = write_other(&mut made, &args.dossier.root, &folder);
    show(&made.diagnostics, &read.value, &args.dossier);
    let what = if written.is_some() { factcheck::HTML } else { "nothing written" };
    let line = line(what, &made.diagnostics, started.elapsed());
    let changes = written.as_ref().map_or_else(String::new, |applied| changes(applied, &folder));
    summary(&format!("{line}{changes}"), args.dossier.format);
    if written.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
