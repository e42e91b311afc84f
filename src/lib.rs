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
pub mod export;
pub mod factcheck;
pub mod gather;
pub mod html;
pub mod link;
pub mod model;
pub mod output;
pub mod parse;
pub mod pictures;
pub mod render;
pub mod report;
pub mod search;
pub mod share;
pub mod source;
pub mod theme;
pub mod view;
pub mod web;
pub mod withheld;

use std::sync::Arc;

use rayon::prelude::*;

use cache::{Cache, ParsedFile};
use diag::{Checked, Diagnostic, Severity};
use link::Linked;
use model::config::Config;
use model::date::Day;
use model::source::HeldCopy;
use output::Output;
use parse::Parsed;
use pictures::Pictures;
use source::{SourceFile, Sources};

/// What a build is to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Keep what is marked as a draft.
    pub drafts: bool,
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
    /// The files as they stood on the day that was asked for; reports name places in them.
    pub former: Option<Sources>,
    /// What the dossier names on the web. The build never goes there.
    pub addresses: Vec<web::Address>,
    /// The copies of sources that it holds. The build does not read them against their checksums.
    pub copies: Vec<HeldCopy>,
}

/// A dossier whose files were read, put together and checked; its pages are not made yet.
pub struct Examined {
    pub linked: Linked,
    /// What is wrong with it, in no order yet.
    pub diagnostics: Vec<Diagnostic>,
    /// What may only follow from an error elsewhere, to be told after it.
    pub advice: Vec<Diagnostic>,
    /// The files as they stood on the day that was asked for; reports name places in them.
    pub former: Option<Sources>,
}

/// Reads, gathers, links and checks a dossier; the error says that there is none. The stages go on after
/// an error, so that all errors are found at once.
pub fn examine(
    sources: &Sources,
    options: Options,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Result<Examined, Box<Diagnostic>> {
    let site_file = sources.get("site.toml").ok_or_else(missing_site_file)?;
    let Checked { value: config, mut diagnostics } = parse::config::config(site_file, &check::names());
    cache.use_config(&config);

    let mut parsed = parse_all(sources, &config, cache, progress);
    let former = options.as_of.map(|day| {
        let files: Vec<&SourceFile> = sources.under("content/").collect();
        let said: Vec<_> = files.into_iter().zip(parsed.iter().map(|parsed| &parsed.value)).collect();
        as_of::undo(sources, &said, day)
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
    let dossier = gather::gather(said, sources, config, options.drafts, options.as_of);
    diagnostics.extend(dossier.diagnostics);
    let Checked { value: mut linked, diagnostics: found } = link::link(dossier.value);
    diagnostics.extend(found);
    let mut advice = link::count_figures(&mut linked);
    advice.extend(check::check(&linked));
    Ok(Examined { linked, diagnostics, advice, former })
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
    let examined = match examine(sources, options, cache, progress) {
        Ok(examined) => examined,
        Err(problem) => return Checked { value: Site::default(), diagnostics: vec![*problem] },
    };
    let Examined { linked, mut diagnostics, mut advice, former } = examined;
    let sources = former.as_ref().unwrap_or(sources);

    let tell = |total, done| progress(Step::Pictures, total, done);
    let made = pictures::pictures(&linked, sources, &mut cache.pictures, &tell);
    let Checked { value: pictures, diagnostics: found } = made;
    diagnostics.extend(found);
    diagnostics.extend(cache.prepare(&linked, theme, sources));
    let (mut pages, loaded, exports) = match cache.words(&linked, &pictures) {
        Some(words) => {
            let (pages, index) = rayon::join(|| view::pages(&words), || search::files(&words));
            (pages, view::files(&words), export::files(&words).into_iter().chain(index))
        }
        None => return Checked { value: Site::default(), diagnostics },
    };
    let tell = |total, done| progress(Step::Pictures, total, done);
    let made = share::images(&mut pages, theme, sources, &mut cache.pictures, &tell);
    let Checked { value: shares, diagnostics: found } = made;
    diagnostics.extend(found);
    let frame = render::Frame::new(&pages.site);
    let rendered = render_all(&pages, &frame, cache, progress);
    let count = rendered.len();

    let mut output = Output::default();
    let mut failures = Vec::new();
    for (page, html) in rendered {
        match html {
            Ok(html) => diagnostics.extend(add(&mut output, &page, html)),
            Err(error) => failures.push((page, error)),
        }
    }
    further_failures(&pages, &frame, theme, sources, cache, &mut failures);
    diagnostics.extend(render::templates::render_problems(sources, &failures));
    for (path, text) in loaded {
        diagnostics.extend(add(&mut output, &path, text.into_bytes().into()));
    }
    for (path, bytes) in exports {
        diagnostics.extend(add(&mut output, &path, bytes.into()));
    }
    for (path, file) in static_files(theme, sources) {
        diagnostics.extend(add(&mut output, path, Arc::clone(&file.bytes)));
    }
    for file in pictures.files.iter().chain(&shares.files) {
        diagnostics.extend(add(&mut output, &file.path, Arc::clone(&file.bytes)));
    }
    if !diagnostics.iter().any(|problem| problem.code == link::problems::REFERENCE_TO_WITHHELD) {
        diagnostics.extend(withheld::leaks(&output, &pictures, &linked.dossier.withheld, sources, theme));
    }
    // After an error in a text its pictures are only out of sight.
    if !has_errors(&diagnostics) {
        cache.pictures.retain(|key| pictures.used.contains(key) || shares.used.contains(key));
    }
    diag::sort(&mut diagnostics, sources);
    diag::sort(&mut advice, sources);
    diagnostics.append(&mut advice);
    let addresses = web::addresses(&linked.dossier);
    let copies = copies::held(&linked.dossier);
    Checked { value: Site { output, pages: count, addresses, copies, former }, diagnostics }
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
    let Examined { linked, mut diagnostics, mut advice, former } =
        match examine(sources, options, cache, progress) {
            Ok(examined) => examined,
            Err(problem) => return Checked { value: Output::default(), diagnostics: vec![*problem] },
        };
    let sources = former.as_ref().unwrap_or(sources);
    diagnostics.extend(cache.prepare(&linked, theme, sources));
    let mut output = Output::default();
    let pictures = Pictures::default();
    if let (Some(words), Some(look)) = (cache.words(&linked, &pictures), &cache.look) {
        match factcheck::files(&words, sources, &look.templates) {
            Ok(files) => {
                for (path, bytes) in files {
                    diagnostics.extend(add(&mut output, path, bytes));
                }
            }
            Err(error) => {
                let failure = [(factcheck::HTML.to_owned(), error)];
                diagnostics.extend(render::templates::render_problems(sources, &failure));
            }
        }
    }
    diagnostics.extend(withheld::leaks(&output, &pictures, &linked.dossier.withheld, sources, theme));
    diag::sort(&mut diagnostics, sources);
    diag::sort(&mut advice, sources);
    diagnostics.append(&mut advice);
    Checked { value: output, diagnostics }
}

/// The files that are published as they are: the dossier's own, and those of the theme that it does not
/// replace.
fn static_files<'f>(
    theme: &'f Sources,
    sources: &'f Sources,
) -> impl Iterator<Item = (&'f str, &'f SourceFile)> {
    let below = |file: &'f SourceFile| Some((file.path.strip_prefix("static/")?, file));
    let own = sources.under("static/").filter_map(below);
    let themed = theme.under("static/").filter_map(below);
    let themed = themed.filter(|(path, _)| sources.get(&format!("static/{path}")).is_none());
    own.chain(themed)
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
    let known: &Cache = cache;
    let parsed: Vec<Arc<Checked<Parsed>>> = files
        .par_iter()
        .map(|file| {
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

/// A page's HTML, or what the template engine says.
type Html = Result<Arc<[u8]>, tera::Error>;

fn render_all(
    pages: &view::Pages,
    frame: &render::Frame,
    cache: &mut Cache,
    progress: &(dyn Fn(Step, usize, usize) + Sync),
) -> Vec<(String, Html)> {
    let total = pages.pages.len();
    progress(Step::Render, total, 0);
    let known: &Cache = cache;
    let Some(look) = &known.look else { return Vec::new() };
    let rendered: Vec<(u64, Html)> = pages
        .pages
        .par_iter()
        .map(|page| {
            let hash = cache::hash(&(&pages.site, page));
            let html = match known.rendered.get(&page.path) {
                Some((same, html)) if *same == hash => Ok(Arc::clone(html)),
                _ => render::render(page, frame, &look.templates),
            };
            progress(Step::Render, total, 1);
            (hash, html)
        })
        .collect();
    cache.rendered = pages
        .pages
        .iter()
        .zip(&rendered)
        .filter_map(|(page, (hash, html))| {
            Some((page.path.clone(), (*hash, Arc::clone(html.as_ref().ok()?))))
        })
        .collect();
    pages.pages.iter().zip(rendered).map(|(page, (_, html))| (page.path.clone(), html)).collect()
}

/// Adds what else is wrong with the templates that failed: the engine stops a page at its first error.
fn further_failures(
    pages: &view::Pages,
    frame: &render::Frame,
    theme: &Sources,
    sources: &Sources,
    cache: &Cache,
    failures: &mut Vec<(String, tera::Error)>,
) {
    let Some(look) = &cache.look else { return };
    let mut told: Vec<String> = Vec::new();
    let mut more = Vec::new();
    for (path, error) in failures.iter() {
        let Some(page) = pages.pages.iter().find(|page| page.path == *path) else { continue };
        let render = |templates: &render::templates::Templates| render::render(page, frame, templates).err();
        // The text of an error names its place, so the same one on many pages is followed once.
        if told.contains(&error.to_string()) {
            continue;
        }
        told.push(error.to_string());
        for next in render::templates::further_errors(theme, sources, &look.strings, error, &render) {
            if !told.contains(&next.to_string()) {
                told.push(next.to_string());
                more.push((path.clone(), next));
            }
        }
    }
    failures.extend(more);
}

/// Adds a file to the output. Conflicts between pages are reported by `link`, which knows their
/// authors; what is left are paths that cannot be written everywhere.
fn add(output: &mut Output, path: &str, bytes: Arc<[u8]>) -> Option<Diagnostic> {
    let error = output.insert(path, bytes).err()?;
    let told = match &error {
        output::OutputError::Twice { .. } => true,
        output::OutputError::Clash { path, other } => path.to_lowercase() == other.to_lowercase(),
        output::OutputError::BadPath { .. } => false,
    };
    if told {
        return None;
    }
    let problem = Diagnostic::new(link::problems::ADDRESS_CONFLICT, Severity::Error, None, error.to_string());
    Some(problem.help(error.help()))
}
