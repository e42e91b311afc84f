//! A linked dossier and the look of its site -> any of its pages and files; all of them are the site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use tracing::info_span;

use crate::bibliography::Bibliography;
use crate::cache::{Cache, Look, hash};
use crate::diag::{Diagnostic, Severity};
use crate::export;
use crate::link::routes::CHANGES_FEED;
use crate::link::{self, Linked};
use crate::output::{self, Content, Output, Taker};
use crate::pictures::Pictures;
use crate::pictures::memo::Key;
use crate::render::limits::is_too_large;
use crate::render::{self, Frame, templates};
use crate::search;
use crate::share::{Shares, Studio};
use crate::source::{SourceFile, Sources};
use crate::view::known::Known;
use crate::view::page::{Format, Site};
use crate::view::words::Words;
use crate::view::{self, Wanted};
use crate::withheld::{self, Found, Search};

/// A page's HTML, or what the template engine says.
type Html = Result<Content, tera::Error>;

/// What pages are made with.
#[derive(Clone, Copy)]
pub struct Means<'m> {
    /// The files of the theme and of the dossier.
    pub theme: &'m Sources,
    pub own: &'m Sources,
    /// Is told how many pages there are, and of each that is done.
    pub progress: &'m (dyn Fn(crate::Step, usize, usize) + Sync),
    /// Takes finished pages, which then are not kept in memory.
    pub taker: Option<Taker<'m>>,
    /// Whether pages get pictures to be shared, which nobody sees of a site that cannot be written.
    pub shares: bool,
}

/// A dossier that is ready for its pages to be made.
pub struct Prepared {
    pub linked: Arc<Linked>,
    pub pictures: Pictures,
    pub look: Look,
    /// What is the same on every page.
    pub site: Site,
    bibliography: Arc<Bibliography>,
    known: Known,
    frame: Frame,
    /// The hash of the site and of the templates.
    hash: u64,
}

/// What was made of a dossier so far.
#[derive(Default)]
pub struct Made {
    /// Pages by address.
    pub pages: BTreeMap<String, Content>,
    /// What the template engine said of those that could not be made.
    pub failures: BTreeMap<String, tera::Error>,
    pub shares: Shares,
    /// What the search for what is withheld found in files that were taken, by path; not those where it found nothing.
    pub searched: BTreeMap<String, Found>,
    /// Of each page the hash of all that it was rendered from, but for those that the search found something in.
    pub hashes: BTreeMap<String, u64>,
    /// How many of the pages were rendered, and not known from before.
    pub rendered: usize,
    /// Files that follow from the records, beside the pages.
    pub files: Vec<(String, Arc<[u8]>)>,
    /// The formats of export, and the index where it was handed over.
    pub exports: Vec<(String, Content)>,
}

impl Made {
    /// Whether a page was made, or could not be.
    pub fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.failures.contains_key(path)
    }
}

impl Prepared {
    pub fn new(linked: Arc<Linked>, pictures: Pictures, look: Look, bibliography: Arc<Bibliography>) -> Self {
        let known = Known::new(&linked.dossier);
        let words = Words::new(&linked, &look.strings, &bibliography, &pictures, &known);
        let formats = export::formats(&words);
        let feed = |format: &Format| format.name == export::CHANGES;
        let changes_feed = formats.iter().any(feed).then_some(CHANGES_FEED);
        let site = Site { formats, changes_feed, ..view::site(&words) };
        let frame = Frame::new(&site);
        look.templates.once.forget();
        // The withheld words too: a page that is known is not searched for them again.
        let withheld: Vec<&str> =
            linked.dossier.withheld.iter().map(|withheld| withheld.word.as_str()).collect();
        let hash = hash(&(look.fingerprint, &site, withheld));
        Prepared { linked, pictures, look, site, bibliography, known, frame, hash }
    }

    /// The means to speak about the dossier.
    pub fn words(&self) -> Words<'_> {
        Words::new(&self.linked, &self.look.strings, &self.bibliography, &self.pictures, &self.known)
    }

    /// Forgets what the pages shared, which makes room for the formats of export.
    pub fn forget_pages(&mut self) {
        self.look.templates.once.forget();
        self.known.forget_pages();
    }

    /// Makes pages with their pictures and renders them, but for those that `cache` knows; each is done before the
    /// next one is begun, so that few of their values are in memory at a time.
    pub fn make(&self, wanted: Wanted, means: Means, cache: &mut Cache, made: &mut Made) {
        let Means { theme, own, progress, taker, shares } = means;
        let words = self.words();
        let total = match wanted {
            Wanted::All => view::paths(&words, &self.site).len(),
            Wanted::At(paths, _) => paths.len(),
            Wanted::Noted(_) => 0,
        };
        progress(crate::Step::Render, total, 0);
        let known: &Cache = cache;
        let studio = Studio::new(&words, &self.site, theme, own, &known.pictures);
        let hand = Hand::new(taker, &self.linked);
        let rendered: Mutex<Vec<(String, u64, bool, Html)>> = Mutex::default();
        // Each page of such a template would take as long to fail as the first.
        let too_large = AtomicBool::new(false);
        view::pages(&words, &self.site, wanted, &|mut page| {
            if shares {
                studio.picture(&mut page);
            }
            page.description.get_or_insert_with(|| view::described(&words, &page.title));
            let hash = hash(&(self.hash, &page));
            let known = known.rendered.get(&page.path).filter(|(same, _)| *same == hash);
            let known = known.map(|(_, html)| Content::Bytes(Arc::clone(html)));
            let there = || taker.and_then(|taker| (taker.same)(&page.path, hash)).map(Content::Kept);
            let known = known.or_else(there);
            let is_new = known.is_none();
            let html = match known {
                Some(known) => Ok(known),
                None if too_large.load(Relaxed) => return,
                None => render::render(&page, &self.frame, &self.look.templates, |html| {
                    hand.take(&page.path, html)
                }),
            };
            if html.as_ref().is_err_and(is_too_large) {
                too_large.store(true, Relaxed);
            }
            if let Ok(mut rendered) = rendered.lock() {
                rendered.push((page.path, hash, is_new, html));
            }
            progress(crate::Step::Render, total, 1);
        });
        let (shares, drawn) = studio.into_shares();
        made.shares.extend(shares);
        drawn.into_iter().for_each(|(key, picture)| cache.pictures.insert(key, picture));
        let mut searched = hand.searched();
        for (path, hash, is_new, html) in rendered.into_inner().unwrap_or_default() {
            made.rendered += usize::from(is_new);
            match html {
                Ok(html) => {
                    if let Content::Bytes(html) = &html {
                        cache.rendered.insert(path.clone(), (hash, Arc::clone(html)));
                    }
                    // What is said of a page is said again by the next build, which therefore makes it again.
                    if !searched.contains_key(&path) {
                        made.hashes.insert(path.clone(), hash);
                    }
                    made.pages.insert(path, html);
                }
                Err(error) => {
                    made.failures.insert(path, error);
                }
            }
        }
        made.searched.append(&mut searched);
    }

    /// The files that pages load, beside the index of the search.
    pub fn files(&self) -> Vec<(String, Arc<[u8]>)> {
        let files = view::files(&self.words()).into_iter();
        files.map(|(path, text)| (path, text.into_bytes().into())).collect()
    }

    /// Hands over the index of the search, so that it is not in memory beside the pages.
    pub fn hand_over(&self, index: Vec<export::File>, taker: Option<Taker>, made: &mut Made) {
        let hand = Hand::new(taker, &self.linked);
        let take = |(path, bytes): export::File| {
            // The tables are those of the program, and no words of the dossier.
            let content =
                if path == search::TABLES { Content::Bytes(bytes.into()) } else { hand.take(&path, &bytes) };
            (path, content)
        };
        made.exports.par_extend(index.into_par_iter().map(take));
        made.searched.append(&mut hand.searched());
    }

    /// Makes the formats of export, unless `stop` says so; returns whether it did.
    pub fn export(
        &self,
        own: &Sources,
        taker: Option<Taker>,
        stop: &(dyn Fn() -> bool + Sync),
        made: &mut Made,
    ) -> bool {
        let hand = Hand::new(taker, &self.linked);
        // What the authors tell search engines themselves.
        let replaced = |path: &str| path == export::ROBOTS && own.get(&format!("static/{path}")).is_some();
        let take = |(path, bytes): export::File| {
            let content = (!replaced(&path)).then(|| hand.take(&path, &bytes));
            Some((path, content?))
        };
        let Some(exports) = export::each(&self.words(), stop, &take) else { return false };
        made.exports.extend(exports.into_iter().flatten());
        made.exports.sort_by(|(one, _), (other, _)| one.cmp(other));
        made.searched.append(&mut hand.searched());
        true
    }

    /// Puts together all that was made, and forgets what was not needed. Returns the site's files, and adds to
    /// `found` what is wrong with them.
    pub fn finish(
        &self,
        made: &Made,
        theme: &Sources,
        own: &Sources,
        cache: &mut Cache,
        found: &mut Vec<Diagnostic>,
    ) -> Output {
        found.extend(made.shares.problem());
        let further = self.further_failures(made, theme, own);
        let failures = made.failures.iter().chain(further.iter().map(|(path, error)| (path, error)));
        let failures: Vec<(&str, &tera::Error)> =
            failures.map(|(path, error)| (path.as_str(), error)).collect();
        found.extend(templates::render_problems(own, &failures));
        let mut output = Output::default();
        for (path, html) in &made.pages {
            found.extend(add_content(&mut output, path, html.clone()));
        }
        for (path, content) in &made.exports {
            found.extend(add_content(&mut output, path, content.clone()));
        }
        let files = made.files.iter().map(|(path, bytes)| (path.as_str(), bytes));
        let statics = static_files(theme, own).map(|(path, file)| (path, &file.bytes));
        let pictures = self.pictures.files.iter().chain(&made.shares.files);
        let pictures = pictures.map(|file| (file.path.as_str(), &file.bytes));
        for (path, bytes) in files.chain(statics).chain(pictures) {
            found.extend(add(&mut output, path, Arc::clone(bytes)));
        }
        if !found.iter().any(|problem| problem.code == link::problems::REFERENCE_TO_WITHHELD) {
            let words = &self.linked.dossier.withheld;
            let _span = info_span!("withheld").entered();
            found.extend(withheld::leaks(
                &output,
                &made.searched,
                &self.pictures,
                &made.shares.words,
                words,
                own,
                theme,
            ));
        }
        // Of a page that failed its last text is kept, for a preview to show.
        cache.rendered.retain(|path, _| made.has(path));
        // After an error in a text its pictures are only out of sight.
        if !crate::has_errors(found) {
            let used = |key: &Key| self.pictures.used.contains(key) || made.shares.used.contains(key);
            cache.pictures.retain(used);
        }
        output
    }

    /// What else is wrong with the templates that failed: the engine stops a page at its first error.
    fn further_failures(&self, made: &Made, theme: &Sources, own: &Sources) -> Vec<(String, tera::Error)> {
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut more = Vec::new();
        for (path, error) in &made.failures {
            // The text of an error names its place, so the same one on many pages is followed once.
            if !told.insert(error.to_string()) {
                continue;
            }
            let Some(page) = view::page_at(&self.words(), &self.site, path) else { continue };
            let render = |templates: &templates::Templates| {
                render::render(&page, &self.frame, templates, |_| ()).err()
            };
            for next in templates::further_errors(theme, own, &self.look.strings, error, &render) {
                if told.insert(next.to_string()) {
                    more.push((path.clone(), next));
                }
            }
        }
        more
    }
}

/// Hands finished files over, each searched for what is withheld before it is gone.
struct Hand<'t> {
    taker: Option<Taker<'t>>,
    withheld: Option<Search<'t>>,
    searched: Mutex<BTreeMap<String, Found>>,
}

impl<'t> Hand<'t> {
    fn new(taker: Option<Taker<'t>>, linked: &'t Linked) -> Self {
        let withheld = taker.and_then(|_| Search::new(&linked.dossier.withheld).ok().flatten());
        Hand { taker, withheld, searched: Mutex::default() }
    }

    /// The file as it was taken, or in memory where nobody takes it.
    fn take(&self, path: &str, bytes: &[u8]) -> Content {
        let Some(stamp) = self.taker.and_then(|taker| (taker.take)(path, bytes)) else {
            return Content::Bytes(Arc::from(bytes));
        };
        let found = self.withheld.as_ref().map(|search| search.found_in(path, bytes)).unwrap_or_default();
        if !found.is_empty()
            && let Ok(mut searched) = self.searched.lock()
        {
            searched.insert(path.to_owned(), found);
        }
        Content::Kept(stamp)
    }

    /// What was found in what was taken, by path.
    fn searched(self) -> BTreeMap<String, Found> {
        self.searched.into_inner().unwrap_or_default()
    }
}

/// The files that are published as they are: the dossier's own, and those of the theme that it does not
/// replace.
pub fn static_files<'f>(
    theme: &'f Sources,
    own: &'f Sources,
) -> impl Iterator<Item = (&'f str, &'f SourceFile)> {
    let below = |file: &'f SourceFile| Some((file.path.strip_prefix("static/")?, file));
    let replaced = |path: &str| own.get(&format!("static/{path}")).is_some();
    let themed = theme.under("static/").filter_map(below).filter(move |(path, _)| !replaced(path));
    own.under("static/").filter_map(below).chain(themed)
}

/// Adds a file to the output. Conflicts between pages are reported by `link`, which knows their
/// authors; what is left are paths that cannot be written everywhere.
pub fn add(output: &mut Output, path: &str, bytes: Arc<[u8]>) -> Option<Diagnostic> {
    add_content(output, path, Content::Bytes(bytes))
}

fn add_content(output: &mut Output, path: &str, content: Content) -> Option<Diagnostic> {
    let error = output.insert_content(path, content).err()?;
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
