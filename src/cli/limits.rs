//! A page that does not come to an end -> the end of the program, which says which template it was. Nothing can stop a
//! template from within: its loops have no place to look at a clock. Until a build is finished nobody sees any of it, so
//! to end in its middle loses nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use dossier::diag::{Diagnostic, Severity};
use dossier::disk::write::End;
use dossier::render::templates::FOLDER;
use dossier::render::templates::problems::TEMPLATE_LIMIT;
use dossier::source::Sources;
use tracing::span::{Attributes, Id};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};
use tracing_subscriber::util::SubscriberInitExt;

use super::args::{DossierArgs, ReportFormat};
use super::terminal::show;
use super::timings::Named;

/// How long a page may take, unless [`ALLOWED`] says otherwise.
const USUAL: Duration = Duration::from_secs(30);

/// The variable of the environment with the seconds that a page may take.
const ALLOWED: &str = "DOSSIER_PAGE_SECONDS";

/// How much more memory the program may take up while one page is made, in bytes.
const MEMORY: usize = 2 << 30;

/// A page has to take so long before it is to blame for the memory.
const LONG: Duration = Duration::from_secs(1);

const HELP: &str = "look for a loop in it that goes over more than was meant";

/// How often pages are looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A page that is being made.
struct Page {
    since: Instant,
    named: Named,
}

/// The pages that are being made now.
#[derive(Default)]
struct Board {
    /// By the number of the span: none is given twice at a time.
    pages: Mutex<BTreeMap<u64, Page>>,
    begun: Condvar,
}

/// The end of the site that is being written.
static DRAFT: OnceLock<End> = OnceLock::new();

/// Has a draft taken away if the program is ended over a page.
pub fn end_with(draft: End) {
    // A program writes one site.
    let _ = DRAFT.set(draft);
}

/// Watches over pages from now on.
pub fn begin(format: ReportFormat) {
    // Nothing else of the program sets one but the measurement of a build, which takes the layer along.
    let _ = Registry::default().with(layer(format)).try_init();
}

/// What hears of each page that is begun and done, and ends the program over one that is neither.
pub fn layer<S: Subscriber + for<'s> LookupSpan<'s>>(format: ReportFormat) -> impl Layer<S> {
    let board = Arc::<Board>::default();
    let watched = Arc::clone(&board);
    let watcher = move || watch(&watched, format);
    // Without the thread pages have as long as they like, as in a program without it.
    let _ = std::thread::Builder::new().name("limits".to_owned()).spawn(watcher);
    let is_page = |span: &Metadata<'_>| span.is_span() && span.name() == "render";
    Begun(board).with_filter(filter_fn(is_page))
}

fn watch(board: &Board, format: ReportFormat) {
    let allowed = std::env::var(ALLOWED).ok().and_then(|seconds| seconds.parse().ok());
    let allowed = allowed.map_or(USUAL, Duration::from_secs);
    // The page that has taken longest, and the memory when it was first seen to be that.
    let mut oldest: Option<(Instant, usize)> = None;
    loop {
        // Before anything is held that pages wait for.
        let memory = memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem);
        let mut pages = board.pages.lock().unwrap_or_else(PoisonError::into_inner);
        while pages.is_empty() {
            pages = board.begun.wait(pages).unwrap_or_else(PoisonError::into_inner);
        }
        let Some(page) = pages.values().min_by_key(|page| page.since) else { continue };
        let before = match oldest {
            Some((since, memory)) if since == page.since => memory,
            _ => memory,
        };
        oldest = Some((page.since, before));
        let took = page.since.elapsed();
        if took > allowed {
            let help = format!("{HELP}, or allow more with {ALLOWED}=300");
            stop(page, &format!("takes longer than {} seconds", allowed.as_secs()), &help, format);
        }
        if took > LONG && memory.saturating_sub(before) > MEMORY {
            stop(page, &format!("takes up more than {} GiB of memory", MEMORY >> 30), HELP, format);
        }
        drop(pages);
        std::thread::sleep(LOOK);
    }
}

fn stop(page: &Page, what: &str, help: &str, format: ReportFormat) -> ! {
    let Named { path, template } = &page.named;
    let message = format!("the template {FOLDER}{} {what} to make {}", template, path);
    let problem = Diagnostic::new(TEMPLATE_LIMIT, Severity::Error, None, message).help(help);
    let args = DossierArgs { root: PathBuf::from("."), drafts: false, format };
    if let Some(draft) = DRAFT.get() {
        draft.clear();
    }
    show(&[problem], &Sources::default(), &args);
    std::process::exit(1)
}

/// Notes the pages that are being made.
struct Begun(Arc<Board>);

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Begun {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut page = Page { since: Instant::now(), named: Named::default() };
        attributes.record(&mut page.named);
        let mut pages = self.0.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.is_empty() {
            self.0.begun.notify_one();
        }
        pages.insert(id.into_u64(), page);
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.0.pages.lock().unwrap_or_else(PoisonError::into_inner).remove(&id.into_u64());
    }
}
