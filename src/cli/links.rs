//! `dossier check --links`: asks the servers that a dossier names whether what it points to is there.

mod ask;
mod cache;
mod hosts;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use dossier::diag::{Checked, Severity};
use dossier::web::{Address, Outcome, problem};
use time::OffsetDateTime;
use url::Url;

use ask::Asker;
use cache::Cache;

/// How the addresses are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long a connection may take to be made.
    pub connect: Duration,
    /// How long a request may take as a whole.
    pub timeout: Duration,
    /// How long a host is left alone between two requests.
    pub pause: Duration,
    /// The longest wait that a server may ask for; after a longer one it is left alone.
    pub patience: Duration,
    /// How long an address that was in order is taken to be so.
    pub max_age: Duration,
    /// How many hosts are asked at once.
    pub hosts: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            connect: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            pause: Duration::from_millis(500),
            patience: Duration::from_secs(60),
            max_age: Duration::from_secs(7 * 24 * 60 * 60),
            hosts: 8,
        }
    }
}

/// Where the answers are kept, in the folder of a dossier.
const KEPT: &str = ".dossier/links.json";

/// How often the answers so far are written down.
const KEPT_EVERY: Duration = Duration::from_secs(2);

/// How many addresses there were, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Asked for in this run.
    pub asked: usize,
    /// Known to be in order from an earlier run.
    pub known: usize,
    pub moved: usize,
    pub dead: usize,
    pub unreachable: usize,
    pub unsure: usize,
}

/// Asks for every address, unless [`KEPT`] of the dossier at `root` knows that it was in order not long ago, and keeps
/// there what was found. `progress` is told how many addresses are asked for, and of each that is done.
///
/// Returns the counts, and what there is to say in the order of the addresses, with one problem for each
/// place where an address stands. A cache file that cannot be used is a problem too, and stops nothing.
pub fn check(
    addresses: &[Address],
    root: &Path,
    options: &Options,
    progress: &dyn Fn(usize, usize),
) -> Checked<Summary> {
    let file = &root.join(KEPT);
    let Checked { value: mut cache, mut diagnostics } =
        Cache::read(file, OffsetDateTime::now_utc(), options.max_age);
    let targets: Vec<Result<Url, Outcome>> = addresses.iter().map(|address| target(&address.url)).collect();
    let mut asked: BTreeMap<&Url, Option<Outcome>> = BTreeMap::new();
    let mut summary = Summary::default();
    let mut known: BTreeSet<&Url> = BTreeSet::new();
    for url in targets.iter().flatten() {
        if cache.is_fine(url) {
            known.insert(url);
        } else {
            asked.insert(url, None);
        }
    }
    summary.asked = asked.len();
    summary.known = known.len();
    let mut written = Instant::now();
    let total = asked.len();
    progress(total, 0);
    ask_all(&mut asked, options, &mut |url, outcome| {
        progress(total, 1);
        cache.insert(url, Some(outcome), OffsetDateTime::now_utc());
        // Who stops the check keeps what it found. That the file cannot be written is told at the end.
        if written.elapsed() > KEPT_EVERY {
            let _ = cache.write(root, file);
            written = Instant::now();
        }
    });
    if !asked.is_empty() {
        let silent = asked.iter().filter(|(_, outcome)| outcome.is_none());
        silent.for_each(|(url, _)| cache.insert(url, None, OffsetDateTime::now_utc()));
        diagnostics.extend(cache.write(root, file));
    }
    let never = Outcome::Unsure { severity: Severity::Warning, why: "the check broke off".to_owned() };
    for (address, target) in addresses.iter().zip(&targets) {
        let outcome = match target {
            Ok(url) => asked.get(url).map(|outcome| outcome.as_ref().unwrap_or(&never)),
            Err(outcome) => Some(outcome),
        };
        diagnostics.extend(outcome.and_then(|outcome| problem(address, outcome)));
    }
    let outcomes = asked.values().map(|outcome| outcome.as_ref().unwrap_or(&never));
    for outcome in outcomes.chain(targets.iter().filter_map(|target| target.as_ref().err())) {
        count(outcome, &mut summary);
    }
    Checked { value: summary, diagnostics }
}

/// The address as a server sees it, or what is wrong with it. Fragments are the browser's business.
fn target(url: &str) -> Result<Url, Outcome> {
    let no_address = |why: String| Outcome::Silent { why: format!("it is no web address{why}"), at: None };
    let mut url = Url::parse(url).map_err(|error| no_address(format!(" ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(no_address(String::new()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Asks for all addresses, those of one host one after another, and several hosts at once, and tells of
/// each outcome. An address whose thread dies stays without one.
fn ask_all(
    asked: &mut BTreeMap<&Url, Option<Outcome>>,
    options: &Options,
    tell: &mut dyn FnMut(&Url, &Outcome),
) {
    let mut by_host: BTreeMap<&str, Vec<Url>> = BTreeMap::new();
    for url in asked.keys() {
        by_host.entry(url.host_str().unwrap_or_default()).or_default().push((*url).clone());
    }
    let mut queues: Vec<Vec<Url>> = by_host.into_values().collect();
    // The longest is begun first, since it takes the longest.
    queues.sort_by_key(Vec::len);
    let threads = options.hosts.clamp(1, queues.len().max(1));
    let queues = Mutex::new(queues);
    let next = || queues.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let asker = Asker::new(options);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..threads {
            let (sender, asker, next) = (sender.clone(), &asker, &next);
            let worker = move || {
                while let Some(queue) = next() {
                    for url in queue {
                        let outcome = asker.ask(&url);
                        // Nobody listens any more only when the check is over.
                        let _ = sender.send((url, outcome));
                    }
                }
            };
            workers.extend(thread::Builder::new().spawn_scoped(scope, worker));
        }
        drop(sender);
        for (url, outcome) in receiver {
            tell(&url, &outcome);
            if let Some(place) = asked.get_mut(&url) {
                *place = Some(outcome);
            }
        }
        // A thread that is not joined here would take its panic further.
        workers.into_iter().for_each(|worker| drop(worker.join()));
    });
}

fn count(outcome: &Outcome, summary: &mut Summary) {
    match outcome {
        Outcome::Fine { .. } => {}
        Outcome::Moved { .. } => summary.moved += 1,
        Outcome::Refused { status: 404 | 410, .. } => summary.dead += 1,
        Outcome::Silent { .. } => summary.unreachable += 1,
        Outcome::Refused { .. } | Outcome::Unsure { .. } => summary.unsure += 1,
    }
}
