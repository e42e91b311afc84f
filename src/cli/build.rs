//! `dossier build` and `dossier check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use dossier::cache::Cache;
use dossier::diag::{Checked, Severity};
use dossier::disk::read::{FOLDERS, read};
use dossier::disk::write::{Applied, apply};
use dossier::report::count;
use dossier::source::Sources;
use dossier::{Options, Site, has_errors, theme};

use super::args::{BuildArgs, CheckArgs, DossierArgs};
use super::terminal::{Progress, fail, line, pages, show, summary};

pub fn build(args: &BuildArgs) -> ExitCode {
    let started = Instant::now();
    if !output_is_apart(args) {
        return ExitCode::FAILURE;
    }
    let Some((sources, site)) = run(&args.dossier, &mut Cache::default()) else { return ExitCode::FAILURE };
    show(&site.diagnostics, &sources, &args.dossier);
    if has_errors(&site.diagnostics) {
        summary(&line("nothing written", &site.diagnostics, started.elapsed()), args.dossier.format);
        return ExitCode::FAILURE;
    }
    let output = output_folder(args);
    match apply(&site.value.output, &output) {
        Ok(applied) => {
            let line = line(&pages(site.value.pages), &site.diagnostics, started.elapsed());
            summary(&format!("{line}{}", changes(&applied, &output)), args.dossier.format);
            ExitCode::SUCCESS
        }
        Err(error) => {
            fail(&error.to_string(), &error.help());
            ExitCode::FAILURE
        }
    }
}

pub fn check(args: &CheckArgs) -> ExitCode {
    let started = Instant::now();
    let Some((sources, site)) = run(&args.dossier, &mut Cache::default()) else { return ExitCode::FAILURE };
    show(&site.diagnostics, &sources, &args.dossier);
    let what = format!("{} checked", pages(site.value.pages));
    summary(&line(&what, &site.diagnostics, started.elapsed()), args.dossier.format);
    let warned = args.strict && count(&site.diagnostics, Severity::Warning) > 0;
    if has_errors(&site.diagnostics) || warned { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Reads and builds the dossier. Says so, and gives nothing, when its folder is not there at all.
fn run(args: &DossierArgs, cache: &mut Cache) -> Option<(Sources, Checked<Site>)> {
    if !args.root.is_dir() {
        fail(
            &format!("there is no folder {}", args.root.display()),
            "name the dossier's folder with `--root`",
        );
        return None;
    }
    let read = read(&args.root);
    let progress = Progress::new();
    let options = Options { drafts: args.drafts };
    let tell = |step, total, done| progress.tell(step, total, done);
    let mut site = dossier::build(&read.value, &theme::theme(), options, cache, &tell);
    progress.end();
    site.diagnostics.splice(0..0, read.diagnostics);
    Some((read.value, site))
}

/// `public/` in the dossier's folder, unless another is named.
pub fn output_folder(args: &BuildArgs) -> PathBuf {
    args.output.clone().unwrap_or_else(|| args.dossier.root.join("public"))
}

/// Whether the site goes elsewhere than where the dossier itself is. Says so when it does not.
pub fn output_is_apart(args: &BuildArgs) -> bool {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (root, output) = (absolute(&args.dossier.root), absolute(&output_folder(args)));
    let inside = FOLDERS.iter().any(|folder| output.starts_with(root.join(folder)));
    if inside || root.starts_with(&output) {
        let message = format!("the website cannot go to {}, where the dossier itself is", output.display());
        fail(&message, "name another folder with `--output`");
        return false;
    }
    true
}

/// What was done on disk, in few words: `, 3 files changed in public`.
pub fn changes(applied: &Applied, output: &Path) -> String {
    let changed = applied.added + applied.changed + applied.removed;
    let folder = output.strip_prefix("./").unwrap_or(output).display();
    match changed {
        0 => format!(", nothing changed in {folder}"),
        1 => format!(", 1 file changed in {folder}"),
        n => format!(", {n} files changed in {folder}"),
    }
}
