//! `dossier export`.

use std::process::ExitCode;
use std::time::Instant;

use dossier::cache::Cache;
use dossier::diag::did_you_mean;
use dossier::export::{EXPORTS, Export, Losses, named, names};
use dossier::{Options, export, has_errors, theme};

use super::args::ExportArgs;
use super::build::{changes, files, write_other};
use super::terminal::{Progress, fail, line, print, show, summary, usage};

pub fn run(args: &ExportArgs) -> ExitCode {
    let Some(name) = &args.name else {
        let lines: Vec<String> =
            EXPORTS.iter().map(|format| format!("{:18} {}\n", format.name, format.about)).collect();
        print(&lines.concat());
        return ExitCode::SUCCESS;
    };
    match named(name) {
        Some(format) => write(args, format),
        None => {
            let help = did_you_mean(name, names()).map_or_else(
                || "`dossier export` lists them all".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            fail(&format!("there is no format called `{name}`"), &help);
            usage()
        }
    }
}

/// Writes the files of a format of a dossier that has no errors, or explains what they do not hold.
fn write(args: &ExportArgs, format: &Export) -> ExitCode {
    let started = Instant::now();
    let read = files(&args.dossier.root);
    let progress = Progress::new();
    let options = Options { drafts: args.dossier.drafts, ..Options::default() };
    let tell = |step, total, done| progress.tell(step, total, done);
    let (mut made, lost) =
        export(format, &read.value, &theme::theme(), options, &mut Cache::default(), &tell);
    progress.end();
    made.diagnostics.splice(0..0, read.diagnostics);

    let folder = args.output.clone().unwrap_or_else(|| args.dossier.root.join("export").join(format.name));
    let written = if args.explain { None } else { write_other(&mut made, &args.dossier.root, &folder) };
    let failed = has_errors(&made.diagnostics);
    show(&made.diagnostics, &read.value, &args.dossier);
    if args.explain && !failed {
        print(&explained(format, &lost));
        return ExitCode::SUCCESS;
    }
    let what = if written.is_some() { format.name } else { "nothing written" };
    let line = line(what, &made.diagnostics, started.elapsed());
    let changes = written.as_ref().map_or_else(String::new, |applied| changes(applied, &folder));
    summary(&format!("{line}{changes}"), args.dossier.format);
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What a format does not hold of any dossier, and of this one.
fn explained(format: &Export, lost: &Losses) -> String {
    let mut text = format!("{}: {}\n\nIt does not hold:\n", format.name, format.about);
    for left_out in format.leaves_out {
        text.push_str(&format!("- {left_out}\n"));
    }
    match lost.0.len() {
        0 => text.push_str("\nNothing else of this dossier is missing there.\n"),
        1 => text.push_str("\nOf this dossier in particular:\n"),
        n => text.push_str(&format!("\nOf this dossier in particular, {n} things:\n")),
    }
    for loss in &lost.0 {
        let value = if loss.value.is_empty() { String::new() } else { format!(" `{}`", loss.value) };
        text.push_str(&format!("- {}, {}{value}: {}\n", loss.record, loss.field, loss.why));
    }
    text
}
