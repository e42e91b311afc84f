//! `dossier build` and `dossier check`.

use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use dossier::cache::Cache;
use dossier::copies;
use dossier::diag::{Checked, Diagnostic, Severity, sort};
use dossier::disk::problems::OUTPUT_FOLDER;
use dossier::disk::read::{FOLDERS, read};
use dossier::disk::shelf::Shelf;
use dossier::disk::waiting;
use dossier::disk::write::{self, Applied, ApplyError, Draft, apply};
use dossier::output::{Output, Stamp, Taker};
use dossier::report::count;
use dossier::source::Sources;
use dossier::web::Address;
use dossier::{Options, Site, factcheck, has_errors, theme};
use tracing::info_span;

use super::args::{BuildArgs, CheckArgs, DossierArgs};
use super::terminal::{Progress, fail, line, pages, say, show, show_all, summary};
use super::warm::Warm;
use super::{limits, links, timings};

pub fn build(args: &BuildArgs) -> ExitCode {
    let started = Instant::now();
    let timings = match timings::begin(args.timings, args.trace.as_deref(), args.dossier.format) {
        Ok(timings) => timings,
        Err(cause) => {
            let file = args.trace.as_deref().unwrap_or(Path::new("")).display();
            fail(
                &format!("the trace cannot be written to {file}: {cause}"),
                "name a file in a folder that is there",
            );
            return ExitCode::FAILURE;
        }
    };
    let code = build_once(args, started);
    if let Some(table) = timings.table() {
        say(&format!("\n{table}"));
    }
    code
}

fn build_once(args: &BuildArgs, started: Instant) -> ExitCode {
    let read = info_span!("read").in_scope(|| files(&args.dossier.root));
    let sources = &read.value;
    let theme = theme::theme();
    let options = Options { drafts: args.dossier.drafts, as_of: args.as_of, ..Options::default() };
    let folder = Folder::new(args);
    let begin = || Warm::begin(&args.dossier.root, &read, &theme, options, &folder);
    let warm = info_span!("last").in_scope(begin);
    if let Some((count, report, applied)) = warm.same(sources, &folder) {
        tell(args, sources, &report, count, Some(&applied), started);
        return ExitCode::SUCCESS;
    }
    let mut cache = Cache::default();
    let take = |path: &str, html: &[u8]| folder.begin()?.keep(path, html);
    let same = |path: &str, hash: u64| warm.untouched(path, hash, &folder);
    let taker = || folder.begin().map(|_| Taker { take: &take, same: &same });
    let mut site = run(&args.dossier, sources, &theme, options, &mut cache, &taker);
    site.diagnostics.splice(0..0, read.diagnostics.iter().cloned());
    // Places are those in the files as they stood.
    let former = site.value.former.take();
    let sources = former.as_ref().unwrap_or(sources);
    let draft = folder.draft.into_inner();
    let written = finish(args, sources, &mut site, draft, started);
    if written {
        warm.keep(&site, sources);
    }
    // The program ends here, and the system takes its memory back sooner than it would be taken apart.
    std::mem::forget((cache, site, former, read));
    if written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The files of a dossier, and what is to be said before anything is made of them.
pub fn files(root: &Path) -> Checked<Sources> {
    let mut read = read(root);
    read.diagnostics.extend(waiting::problem(root));
    read
}

/// The folder that a site is written to, and what of it is written already.
pub struct Folder<'a> {
    args: &'a BuildArgs,
    pub output: PathBuf,
    draft: OnceLock<Result<Draft, ApplyError>>,
}

impl<'a> Folder<'a> {
    fn new(args: &'a BuildArgs) -> Folder<'a> {
        Folder { args, output: output_folder(args), draft: OnceLock::new() }
    }

    /// Begins to write, unless that was begun already or cannot be.
    pub fn begin(&self) -> Option<&Draft> {
        let draft = match self.draft.get() {
            Some(draft) => draft,
            None if refusal(self.args, &self.output).is_some() => return None,
            None => self.draft.get_or_init(|| {
                let draft = Draft::begin(&self.output, &write::Options::default())?;
                limits::end_with(draft.end());
                Ok(draft)
            }),
        };
        draft.as_ref().ok()
    }
}

/// What is wrong with writing a site where it is to go.
fn refusal(args: &BuildArgs, output: &Path) -> Option<Diagnostic> {
    output_in_dossier(&args.dossier.root, output)
        .or_else(|| holds_other(output, factcheck::HTML, "the sheet of `dossier factcheck`"))
}

/// Writes a site that has no errors, of which some may be in a `draft`, and says what there is to say. Returns whether
/// it was written.
pub fn finish(
    args: &BuildArgs,
    sources: &Sources,
    site: &mut Checked<Site>,
    draft: Option<Result<Draft, ApplyError>>,
    started: Instant,
) -> bool {
    let output = output_folder(args);
    let mut written = None;
    if !has_errors(&site.diagnostics) {
        let write = || match draft {
            Some(draft) => draft?.finish(&site.value.output),
            None => apply(&site.value.output, &output),
        };
        match refusal(args, &output) {
            Some(problem) => site.diagnostics.push(problem),
            None => match info_span!("write").in_scope(write) {
                Ok(applied) => written = Some(applied),
                Err(error) => site.diagnostics.push(error.diagnostic()),
            },
        }
    }
    tell(args, sources, &site.diagnostics, site.value.pages, written.as_ref(), started);
    written.is_some()
}

/// The report of a build of so many pages, and the line at its end.
fn tell(
    args: &BuildArgs,
    sources: &Sources,
    report: &[Diagnostic],
    count: usize,
    written: Option<&Applied>,
    started: Instant,
) {
    info_span!("report").in_scope(|| show(report, sources, &args.dossier));
    let what = if written.is_some() { pages(count) } else { "nothing written".to_owned() };
    let line = line(&what, report, started.elapsed());
    let changes = written.map_or_else(String::new, |applied| changes(applied, &output_folder(args)));
    summary(&format!("{line}{changes}"), args.dossier.format);
}

pub fn check(args: &CheckArgs) -> ExitCode {
    let started = Instant::now();
    limits::begin(args.dossier.format);
    let read = info_span!("read").in_scope(|| files(&args.dossier.root));
    let sources = &read.value;
    let options = Options { drafts: args.dossier.drafts, ..Options::default() };
    // Nobody looks at the pages.
    let taker = Taker { take: &|_, html| Some(Stamp::of(html)), same: &|_, _| None };
    let mut cache = Cache::default();
    let mut site = run(&args.dossier, sources, &theme::theme(), options, &mut cache, &|| Some(taker));
    site.diagnostics.splice(0..0, read.diagnostics.iter().cloned());
    let mut what = format!("{} checked", pages(site.value.pages));
    match site.value.drafts {
        0 => {}
        1 => what.push_str(", 1 draft left out"),
        n => what.push_str(&format!(", {n} drafts left out")),
    }
    if args.links.links {
        let mut links = check_links(&site.value.addresses, args);
        sort(&mut links.diagnostics, sources);
        site.diagnostics.append(&mut links.diagnostics);
        what.push_str(&format!(", {}", addresses(&links.value)));
    }
    if args.copies {
        let (compared, mut problems) = copies::verify(&site.value.copies, sources);
        sort(&mut problems, sources);
        site.diagnostics.append(&mut problems);
        what.push_str(&match compared {
            1 => ", 1 copy compared".to_owned(),
            n => format!(", {n} copies compared"),
        });
    }
    show_all(&site.diagnostics, sources, &args.dossier);
    summary(&line(&what, &site.diagnostics, started.elapsed()), args.dossier.format);
    let warned = args.strict && count(&site.diagnostics, Severity::Warning) > 0;
    let failed = has_errors(&site.diagnostics) || warned;
    // As after a build.
    std::mem::forget((cache, site, read));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Asks the web for the addresses of a dossier.
fn check_links(addresses: &[Address], args: &CheckArgs) -> Checked<links::Summary> {
    let timeout = Duration::from_secs(args.links.link_timeout);
    let usual = links::Options::default();
    let options = links::Options {
        timeout,
        connect: usual.connect.min(timeout),
        pause: Duration::from_millis(args.links.link_pause),
        max_age: Duration::from_secs(args.links.link_max_age * 24 * 60 * 60),
        ..usual
    };
    let progress = Progress::new();
    let found = links::check(addresses, &args.dossier.root, &options, &|total, done| {
        progress.advance("asking the web", total, done);
    });
    progress.end();
    found
}

/// `12 addresses asked for, 3 known`
fn addresses(summary: &links::Summary) -> String {
    let asked = match summary.asked {
        1 => "1 address asked for".to_owned(),
        n => format!("{n} addresses asked for"),
    };
    match summary.known {
        0 => asked,
        known => format!("{asked}, {known} known"),
    }
}

/// Builds the site that is published: what is no draft and not withheld, with every file in memory.
pub fn site(
    args: &DossierArgs,
    read: &Checked<Sources>,
    theme: &Sources,
    cache: &mut Cache,
) -> Checked<Site> {
    let mut site = run(args, &read.value, theme, Options::default(), cache, &|| None);
    site.diagnostics.splice(0..0, read.diagnostics.iter().cloned());
    site
}

/// Builds the dossier; its pages go to what `taker` returns.
fn run<'t>(
    args: &DossierArgs,
    sources: &Sources,
    theme: &Sources,
    options: Options,
    cache: &mut Cache,
    taker: &(dyn Fn() -> Option<Taker<'t>> + Sync),
) -> Checked<Site> {
    let mut shelf = shelf(&args.root, cache);
    let progress = Progress::new();
    let tell = |step, total, done| progress.tell(step, total, done);
    let mut site = dossier::build_into(sources, theme, options, cache, &tell, taker);
    progress.end();
    info_span!("keep").in_scope(|| keep(&mut shelf, cache, &mut site, options.as_of.is_none()));
    site
}

/// The pictures that earlier builds of this dossier made; `cache` then knows them.
pub fn shelf(root: &Path, cache: &mut Cache) -> Shelf {
    let (shelf, pictures) = Shelf::open(root);
    cache.pictures = pictures;
    shelf
}

/// Keeps the pictures of a build for the next. What it did not need goes, unless it is only `whole` in part:
/// after an error, or as of a former day.
pub fn keep(shelf: &mut Shelf, cache: &Cache, site: &mut Checked<Site>, whole: bool) {
    let all = whole && !has_errors(&site.diagnostics);
    site.diagnostics.extend(shelf.keep(&cache.pictures, all));
}

/// `public/` in the dossier's folder, unless another is named; a former state has one of its own, so that
/// it never takes the place of the present one.
fn output_folder(args: &BuildArgs) -> PathBuf {
    let name = args.as_of.map_or_else(|| "public".to_owned(), |day| format!("public-as-of-{}", day.iso()));
    args.output.clone().unwrap_or_else(|| args.dossier.root.join(name))
}

/// What is wrong with writing files into the folders of the dossier itself, or above it.
pub fn output_in_dossier(root: &Path, output: &Path) -> Option<Diagnostic> {
    let (root, output) = (resolved(root), resolved(output));
    if !FOLDERS.iter().any(|folder| output.starts_with(root.join(folder))) && !root.starts_with(&output) {
        return None;
    }
    let message = format!("the output cannot go to {}, where the dossier itself is", output.display());
    let problem = Diagnostic::new(OUTPUT_FOLDER, Severity::Error, None, message);
    Some(problem.help("name another folder with `--output`"))
}

/// Where a path leads to, by way of links and `..`, also when there is nothing yet.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            part => resolved.push(part),
        }
        resolved = resolved.canonicalize().unwrap_or(resolved);
    }
    resolved
}

/// What is wrong with a folder that holds what another command has made, known by a file of it.
pub fn holds_other(output: &Path, file: &str, what: &str) -> Option<Diagnostic> {
    if !output.join(file).is_file() {
        return None;
    }
    let message = format!("{} holds {what}, which would be removed", output.display());
    let problem = Diagnostic::new(OUTPUT_FOLDER, Severity::Error, None, message);
    Some(problem.help("name another folder with `--output`"))
}

/// Writes what another command than a build has made, unless it has errors or the folder is another's.
pub fn write_other(made: &mut Checked<Output>, root: &Path, folder: &Path) -> Option<Applied> {
    if has_errors(&made.diagnostics) {
        return None;
    }
    let refused = output_in_dossier(root, folder).or_else(|| holds_other(folder, "index.html", "a site"));
    let problem = match refused {
        Some(problem) => problem,
        None => match apply(&made.value, folder) {
            Ok(applied) => return Some(applied),
            Err(error) => error.diagnostic(),
        },
    };
    made.diagnostics.push(problem);
    None
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
