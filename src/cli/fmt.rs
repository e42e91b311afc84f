//! `dossier fmt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dossier::disk::read::read;
use dossier::edited::format;
use dossier::source::Sources;

use super::args::{DossierArgs, FmtArgs, ReportFormat};
use super::new::is_dossier;
use super::rename::changes;
use super::terminal::{base, fail, print, say, show};
use super::waiting::{Failure, Work, begin};

const WORK: Work = Work { done: "laid out", again: "run `dossier fmt` again" };

pub fn run(args: &FmtArgs) -> ExitCode {
    match laid_out(args) {
        Ok(code) => code,
        Err((message, help)) => {
            fail(&message, &help);
            ExitCode::FAILURE
        }
    }
}

fn laid_out(args: &FmtArgs) -> Result<ExitCode, Failure> {
    is_dossier(&args.root)?;
    let turn = begin(&args.root, args.check, &WORK)?;
    let sources = read(&args.root).value;
    let files = files(&args.root, &args.files, &sources)?;
    let done = format(&sources, &|path| files.is_empty() || files.iter().any(|file| file == path));
    let at = DossierArgs { root: args.root.clone(), drafts: true, format: ReportFormat::Text };
    show(&done.broken, &sources, &at);
    let base = base(&args.root);
    done.left.iter().for_each(|path| say(&format!("{base}{path} was left as it is")));
    if let Some(turn) = turn.filter(|_| !done.changed.is_empty()) {
        turn.write_all(&sources, &changes(&sources, &done.sources))?;
    }
    for path in &done.changed {
        print(&format!("{base}{path}\n"));
    }
    let would = if args.check { "would change" } else { "changed" };
    match done.changed.len() {
        0 => print("nothing to change\n"),
        1 => print(&format!("1 file {would}\n")),
        n => print(&format!("{n} files {would}\n")),
    }
    let is_well = done.left.is_empty() && (!args.check || done.changed.is_empty());
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The paths in the dossier of files that are named from here.
fn files(root: &Path, named: &[PathBuf], sources: &Sources) -> Result<Vec<String>, Failure> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let path = |file: &PathBuf| {
        let whole = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        let path = whole.strip_prefix(&root).ok().and_then(Path::to_str).map(|path| path.replace('\\', "/"));
        path.filter(|path| sources.get(path).is_some()).ok_or_else(|| {
            let message = format!("{} is no file of this dossier", file.display());
            (
                message,
                "name files below content/, or site.toml; `--root` says where the dossier is".to_owned(),
            )
        })
    };
    named.iter().map(path).collect()
}
