//! `dossier` turns Markdown and TOML about people, groups and meetings into a static website that
//! shows who met whom, when, and on whose word.
//!
//! A site is a pure function of the files a dossier is made of. Data flows one way, through stages
//! that take values and return values, each with all it has to say to the author:
//!
//! ```text
//! Sources --parse--> Parsed --gather--> Dossier --link--> Linked --view--> Page --render--> Output
//! (files)  per file          all facts          one graph   |    per page        per page   (path -> bytes)
//!                                                           `--pictures--> files and sizes, for view and output
//!                                                                      Page --share--> pictures to be shared
//! ```
//!
//! [`build`] is that line. Only [`disk`] and the program around this library touch the world.

pub mod as_of;
pub mod bibliography;
pub mod cache;
pub mod check;
pub mod codes;
pub mod copies;
pub mod diag;
#[expect(clippy::disallowed_methods, reason = "the only file access of the library")]
pub mod disk;
pub mod draft;
pub mod edit;
pub mod edited;
pub mod editor;
pub mod export;
pub mod factcheck;
pub mod gather;
pub mod html;
pub mod import;
pub mod inspect;
pub mod link;
pub mod model;
pub mod output;
pub mod parse;
pub mod pictures;
pub mod prepared;
pub mod preview;
pub mod publish;
pub mod render;
pub mod report;
pub mod schema;
pub mod search;
pub mod share;
pub mod source;
pub mod table;
pub mod theme;
pub mod view;
pub mod web;
pub mod withheld;
pub mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tracing::{debug_span, info_span};

use cache::{Cache, ParsedFile};
use diag::{Checked, Diagnostic, Severity};
use export::{Export, Losses};
use gather::Keep;
use import::merge::Merged;
use import::{Choices, Import, Input, Taken, Vocabulary};
use link::Linked;
use model::config::Config;
use model::date::Day;
use model::dossier::Absent;
use model::source::HeldCopy;
use output::{Output, Taker};
use parse::Parsed;
use pictures::Pictures;
use prepared::{Made, Means, Prepared};
use source::{SourceFile, Sources};
use view::Wanted;

/// The file of settings, which makes a folder a dossier.
pub const SITE: &str = "site.toml";

/// What a build is to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Keep what is marked as a draft.
    pub drafts: bool,
    /// Keep the records that are withheld: to show them to their authors, never to publish.
    pub withheld: bool,
    /// Build the dossier as it stood on this day.
    pub as_of: Option<Day>,
}

/// How far a build is, for those who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Parse,
    Link,
    Pictures,
    Render,
}

/// A finished site. When there are errors it is not to be written.
#[derive(Debug, Clone, Default)]
pub struct Site {
    pub output: Output,
    /// Number of HTML pages.
    pub pages: usize,
    /// How many drafts are left out.
    pub drafts: usize,
    /// Of each page the hash of all that it was rendered from.
    pub hashes: BTreeMap<String, u64>,
    /// The files as they stood on the day that was asked for; reports name places in them.
    pub former: Option<Sources>,
    /// What the dossier names on the web. The build never goes there.
    pub addresses: Vec<web::Address>,
    /// The copies of sources that it holds. The build does not read them against their checksums.
    pub copies: Vec<HeldCopy>,
}

/// A dossier whose files were read, put together and linked; its pages are not made yet.
pub struct Examined {
    pub linked: Arc<Linked>,
    /// What is wrong with it, in no order yet.
    pub diagnostics: Vec<Diagnostic>,
    /// What is to be said of the figures in its prose.
    figures: Vec<Diagnostic>,
    /// The files as they stood on the day that was asked for; reports name places in them.
    pub former: Option<Sources>,
}

impl Examined {
    /// What may only follow from an error elsewhere, to be told after it.
    pub fn advice(&self) -> Vec<Diagnostic> {
        let check = || check::check(&self.linked);
        self.figures.iter().cloned().chain(info_span!("check").in_scope(check)).collect()
    }
}

/// Returns the settings of a dossier, and what is wrong with them; the error says that there are none.
pub fn settings(sources: &Sources) -> Result<Checked<Config>, Box<Diagnostic>> {
    let file = sources.get(SITE).ok_or_else(missing_site_file)?;
    Ok(parse::config::config(file, &check::names(), &export::names()))
}

/// Reads, gathers and links a dossier; the error says that there is none. The stages go on after
/// an error, so that all errors are found at once.
pub fn examine(
    sources: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Result<Examined, Box<Diagnostic>> {
    let Checked { value: config, mut diagnostics } = settings(sources)?;
    cache.use_config(&config);

    let mut parsed = parse_all(sources, &config, cache, progress);
    let former = options.as_of.map(|day| {
        let files: Vec<&SourceFile> = sources.under("content/").collect();
        let said: Vec<_> = files.into_iter().zip(parsed.iter().map(|parsed| &parsed.value)).collect();
        as_of::undo(sources, &said, day)
    });
    let today = former.is_some().then(|| {
        let said = parsed.iter().map(|parsed| &parsed.value);
        gather::withheld_today(said, sources, config.clone(), options.drafts)
    });
    if let Some(former) = &former {
        diagnostics.extend(former.diagnostics.iter().cloned());
        parsed = parse_all(&former.value, &config, cache, progress);
    }
    let former = former.map(|former| former.value);
    diagnostics.extend(parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));

    progress(Step::Link, 1, 0);
    let said = parsed.iter().map(|parsed| &parsed.value);
    let sources = former.as_ref().unwrap_or(sources);
    let Options { drafts, withheld, as_of } = options;
    let before = cache.linked.take();
    let before = before.as_deref();
    let keep = Keep { drafts, withheld, as_of };
    let gathered = before.map(|before| &before.dossier);
    let gather = || gather::gather(said, sources, config, keep, &mut cache.joined, gathered);
    let mut dossier = info_span!("gather").in_scope(gather);
    diagnostics.extend(dossier.diagnostics);
    if let Some(today) = today {
        dossier.value.withhold(today);
    }
    let link = || link::link(dossier.value, before);
    let Checked { value: mut linked, diagnostics: found } = info_span!("link").in_scope(link);
    diagnostics.extend(found);
    diagnostics.extend(link::unread::unread(&linked, sources));
    let figures = info_span!("figures").in_scope(|| link::count_figures(&mut linked, before));
    let linked = Arc::new(linked);
    cache.linked = Some(Arc::clone(&linked));
    Ok(Examined { linked, diagnostics, figures, former })
}

/// Makes a dossier ready for its pages, and adds to its diagnostics what is wrong with its pictures and templates.
pub fn prepare(
    examined: Examined,
    sources: &Sources,
    theme: &Sources,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Checked<Prepared> {
    let Examined { linked, mut diagnostics, .. } = examined;
    let tell = |total, done| progress(Step::Pictures, total, done);
    let pictures = || pictures::pictures(&linked, sources, &mut cache.pictures, &tell);
    let Checked { value: pictures, diagnostics: found } = info_span!("pictures").in_scope(pictures);
    diagnostics.extend(found);
    let look = || cache.prepare(&linked, theme, sources);
    let (look, bibliography) = info_span!("look").in_scope(look);
    diagnostics.extend(look.diagnostics.iter().cloned());
    Checked { value: Prepared::new(linked, pictures, look, bibliography), diagnostics }
}

/// Builds the site of a dossier. `theme` holds the templates and static files that the dossier does
/// not bring itself; `progress` is told how many pieces of a step there are, and of each that is done.
///
/// Returns the site and everything there is to say about the dossier, in the order of its files.
pub fn build(
    sources: &Sources,
    theme: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Checked<Site> {
    build_into(sources, theme, options, cache, progress, &|| None)
}

/// Does the same, and hands finished pages to what `taker` returns once it is asked, which it is when the dossier has
/// no errors that are known before its pages are made. What was found by then may still be followed by errors of
/// templates, and by words that are withheld.
pub fn build_into<'t>(
    sources: &Sources,
    theme: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
    taker: &(dyn Fn() -> Option<Taker<'t>> + Sync),
) -> Checked<Site> {
    let mut examined = match examine(sources, options, cache, progress) {
        Ok(examined) => examined,
        Err(problem) => return Checked { value: Site::default(), diagnostics: vec![*problem] },
    };
    let advice = examined.advice();
    let former = examined.former.take();
    let sources = former.as_ref().unwrap_or(sources);
    let Checked { value: mut prepared, mut diagnostics } = prepare(examined, sources, theme, cache, progress);

    let files = || info_span!("files").in_scope(|| prepared.files());
    let index = || info_span!("search").in_scope(|| search::files(&prepared.words()));
    let (files, index) = rayon::join(files, index);
    let mut made = Made { files, ..Made::default() };
    let shares = !has_errors(&diagnostics);
    let taker = if shares { taker() } else { None };
    prepared.hand_over(index, taker, &mut made);
    // After the index and before the exports: what they need is not in memory at a time.
    let means = Means { theme, own: sources, progress, taker, shares };
    info_span!("pages").in_scope(|| prepared.make(Wanted::All, means, cache, &mut made));
    prepared.forget_pages();
    info_span!("exports").in_scope(|| prepared.export(sources, taker, &|| false, &mut made));
    let finish = || prepared.finish(&made, theme, sources, cache, &mut diagnostics);
    let output = info_span!("finish").in_scope(finish);

    let dossier = &prepared.linked.dossier;
    let site = Site {
        output,
        pages: made.pages.len() + made.failures.len(),
        drafts: dossier.absent.values().filter(|absent| matches!(absent, Absent::Draft(_))).count(),
        hashes: std::mem::take(&mut made.hashes),
        addresses: web::addresses(dossier),
        copies: copies::held(dossier),
        former: None,
    };
    // Taking it apart takes time, for which nobody needs to wait.
    rayon::spawn(move || drop((prepared, made)));
    diagnostics = in_order(diagnostics, advice, sources);
    Checked { value: Site { former, ..site }, diagnostics }
}

/// Everything there is to say, in the order of the files; first what is wrong, then advice.
pub fn in_order(
    mut diagnostics: Vec<Diagnostic>,
    mut advice: Vec<Diagnostic>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    diag::sort(&mut diagnostics, sources);
    // All else may follow from these.
    diagnostics.sort_by_key(|problem| !parse::problems::is_of_syntax(problem));
    diag::sort(&mut advice, sources);
    diagnostics.append(&mut advice);
    diag::shorten(&mut diagnostics);
    diagnostics
}

/// Makes the sheet on which an editor or lawyer checks a dossier: a page and a table. `theme` and
/// `progress` are those of [`build`].
///
/// Returns the two files and everything there is to say about the dossier, as [`build`] does.
pub fn factcheck(
    sources: &Sources,
    theme: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Checked<Output> {
    without_pages(sources, theme, options, cache, progress, &mut |prepared, sources, found| {
        match factcheck::files(&prepared.words(), sources, &prepared.look.templates) {
            Ok(files) => files.map(|(path, bytes)| (path.to_owned(), bytes)).to_vec(),
            Err(error) => {
                found.extend(render::templates::render_problems(sources, &[(factcheck::HTML, &error)]));
                Vec::new()
            }
        }
    })
}

/// Makes the files of one format. `theme` and `progress` are those of [`build`].
///
/// Returns the files, each with its address below the folder of all formats, what of the dossier the format
/// does not hold, and everything there is to say about the dossier, as [`build`] does.
pub fn export(
    format: &Export,
    sources: &Sources,
    theme: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> (Checked<Output>, Losses) {
    let mut lost = Losses::default();
    let made = without_pages(sources, theme, options, cache, progress, &mut |prepared, _, _| {
        let (files, not_held) = format.make(&prepared.words());
        lost = not_held;
        let own = |path: String| path.strip_prefix(export::FOLDER).map_or(path.clone(), str::to_owned);
        files.into_iter().map(|(path, bytes)| (own(path), bytes.into())).collect()
    });
    (made, lost)
}

/// What came of an import.
pub struct Imported {
    /// The files of the dossier with it, and which of them are others than before.
    pub merged: Merged,
    pub taken: Taken,
}

/// Why nothing was imported.
pub enum NotImported {
    /// The files are not what they were said to be: places are in them.
    Unreadable(Vec<Diagnostic>),
    /// The dossier that it was to go to has errors of its own, or got some that no imported record is to blame for:
    /// places are in these files.
    Dossier(Sources, Vec<Diagnostic>),
}

/// Reads `files` of a format into the dossier `own`, which may have no file yet. What the dossier would refuse is left
/// out and told, so that it builds afterwards. `theme` is that of [`build`].
///
/// # Errors
/// When the files cannot be read as the format, or the dossier has errors.
pub fn import(
    format: &Import,
    files: &Sources,
    own: &Sources,
    theme: &Sources,
    choices: &Choices,
) -> Result<Imported, NotImported> {
    const ALL: Options = Options { drafts: true, withheld: true, as_of: None };
    // The errors, and, where there are none, what lints say that is one.
    let errors = |sources: &Sources, options: Options| match examine(
        sources,
        options,
        &mut Cache::default(),
        &|_, _, _| {},
    ) {
        Ok(mut examined) => {
            let mut found = std::mem::take(&mut examined.diagnostics);
            found.extend(examined.figures.iter().cloned());
            found.retain(|problem| problem.severity == Severity::Error);
            let advice = if found.is_empty() { check::errors(&examined.linked) } else { Vec::new() };
            (examined.linked, found, advice)
        }
        Err(problem) => (Arc::default(), vec![*problem], Vec::new()),
    };
    let mut base = own.clone();
    if base.get(SITE).is_none() {
        base.insert(SITE, b"title = \"Imported\"\n".as_slice());
    }
    let (linked, mut found, _) = errors(&base, ALL);
    if !found.is_empty() {
        diag::sort(&mut found, &base);
        return Err(NotImported::Dossier(base, found));
    }
    let words = Vocabulary::new(&linked.dossier.config, theme, own);
    let mut taken = Taken::new(linked, format.scheme);
    let input = Input { files, choices, words: &words };
    let mut unreadable = format.read(&input, &mut taken);
    if !unreadable.is_empty() {
        if let Some(other) = import::looks_like(&input, &taken.dossier) {
            let help = format!("try `dossier import {}`, which reads {}", other.name, other.about);
            unreadable = unreadable.into_iter().map(|problem| problem.help(help.as_str())).collect();
        }
        return Err(NotImported::Unreadable(unreadable));
    }
    if let Some(problem) =
        choices.cite.as_deref().and_then(|cite| import::unknown_citation(cite, files, &taken))
    {
        return Err(NotImported::Unreadable(vec![problem]));
    }
    // What is left alone is held against the dossier all the same: it would not be better with `force`.
    let mut force = true;
    loop {
        let merged = import::merge::merge(&taken, own, force);
        let before = taken.lost.len();
        // Settings of another dossier that are none here.
        let mut withheld = Vec::new();
        let (mut found, mut advice) = (Vec::new(), Vec::new());
        for options in [ALL, Options::default()] {
            let (linked, errors, lints) = errors(&merged.sources, options);
            found.extend(errors);
            advice.extend(lints);
            withheld.clone_from(&linked.dossier.withheld);
        }
        diag::sort(&mut found, &merged.sources);
        if own.get(SITE).is_none() {
            found.retain(|problem| !import::prune::settings(&mut taken, &merged, problem));
        }
        import::prune::withheld(&mut taken, &merged, &withheld);
        // What a lint says of records that were there before is no reason against others.
        if found.is_empty() {
            diag::sort(&mut advice, &merged.sources);
            advice.dedup();
            import::prune::prune(&mut taken, &merged, &advice);
        }
        let others = import::prune::prune(&mut taken, &merged, &found);
        if taken.lost.len() > before {
            continue;
        }
        if !others.is_empty() {
            return Err(NotImported::Dossier(merged.sources, others));
        }
        if force == choices.force {
            return Ok(Imported { merged, taken });
        }
        force = choices.force;
    }
}

/// What makes files of a dossier that is ready, and adds to what is wrong.
type Make<'m> = dyn FnMut(&Prepared, &Sources, &mut Vec<Diagnostic>) -> Vec<(String, Arc<[u8]>)> + 'm;

/// Makes something else of a dossier than its site.
fn without_pages(
    sources: &Sources,
    theme: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
    make: &mut Make,
) -> Checked<Output> {
    let mut examined = match examine(sources, options, cache, progress) {
        Ok(examined) => examined,
        Err(problem) => return Checked { value: Output::default(), diagnostics: vec![*problem] },
    };
    let advice = examined.advice();
    let former = examined.former.take();
    let sources = former.as_ref().unwrap_or(sources);
    let Examined { linked, mut diagnostics, .. } = examined;
    let (look, bibliography) = cache.prepare(&linked, theme, sources);
    diagnostics.extend(look.diagnostics.iter().cloned());
    let prepared = Prepared::new(linked, Pictures::default(), look, bibliography);
    let mut output = Output::default();
    for (path, bytes) in make(&prepared, sources, &mut diagnostics) {
        diagnostics.extend(prepared::add(&mut output, &path, bytes));
    }
    let words = &prepared.linked.dossier.withheld;
    let taken = BTreeMap::new();
    diagnostics.extend(withheld::leaks(&output, &taken, &prepared.pictures, &[], words, sources, theme));
    Checked { value: output, diagnostics: in_order(diagnostics, advice, sources) }
}

/// Whether anything keeps the site from being written.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|problem| problem.severity == Severity::Error)
}

fn missing_site_file() -> Box<Diagnostic> {
    let message = "there is no site.toml in this folder";
    let problem = Diagnostic::new(gather::problems::MISSING_SITE_FILE, Severity::Error, None, message);
    Box::new(problem.help("start a dossier with `dossier new DIR`, or name its folder with `--root`"))
}

fn parse_all(
    sources: &Sources,
    config: &Config,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Vec<Arc<Checked<Parsed>>> {
    let files: Vec<&SourceFile> = sources.under("content/").collect();
    progress(Step::Parse, files.len(), 0);
    let _span = info_span!("parse").entered();
    let known: &Cache = cache;
    let parsed: Vec<Arc<Checked<Parsed>>> = files
        .par_iter()
        .map(|file| {
            let _span = debug_span!("file", path = file.path).entered();
            let parsed = known.parsed(file).unwrap_or_else(|| Arc::new(parse::parse(file, config)));
            progress(Step::Parse, files.len(), 1);
            parsed
        })
        .collect();
    cache.parsed = files
        .iter()
        .zip(&parsed)
        .map(|(file, parsed)| {
            (file.path.clone(), ParsedFile { bytes: Arc::clone(&file.bytes), parsed: Arc::clone(parsed) })
        })
        .collect();
    parsed
}
