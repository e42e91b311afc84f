//! The folders of a dossier -> word of every change in them; `dossier build --watch`, which builds after each.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dossier::cache::Cache;
use dossier::diag::Diagnostic;
use dossier::disk::read::{FOLDERS, read_with_links, refresh};
use dossier::disk::shelf::Shelf;
use dossier::disk::waiting;
use dossier::source::Sources;
use dossier::{Options, theme};
use file_id::{FileId, get_file_id};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::args::BuildArgs;
use super::build::{finish, keep, shelf};
use super::limits;
use super::terminal::{fail, say};

/// How long nothing may happen before a change counts as one: editors save in several steps.
const QUIET: Duration = Duration::from_millis(8);
/// How long a change is waited for at most that goes on and on.
const LONG: Duration = Duration::from_millis(40);

/// How often it is looked for what no change tells.
const LOOK: Duration = Duration::from_millis(700);

/// What changed in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Files or folders, by their path on disk.
    At(Vec<PathBuf>),
    /// Nobody knows what: the system lost count.
    Anywhere,
}

impl Change {
    fn and(self, other: Change) -> Change {
        match (self, other) {
            (Change::At(mut paths), Change::At(others)) => {
                paths.extend(others);
                paths.sort();
                paths.dedup();
                Change::At(paths)
            }
            _ => Change::Anywhere,
        }
    }
}

/// Word of the changes of a dossier, for as long as it lives.
pub struct Watch {
    root: PathBuf,
    /// The files outside its folders that links in them stand for.
    links: Arc<Mutex<BTreeSet<PathBuf>>>,
    watcher: RecommendedWatcher,
    /// What is watched, and which folder it was when that began: another one may have taken its place since.
    watched: Vec<(PathBuf, FileId)>,
}

impl Watch {
    /// Watches the dossier at `root`, a path without links in it, and calls `tell` after each change.
    ///
    /// Errors when the system does not tell of changes, in words for the author.
    pub fn start(root: &Path, tell: impl Fn(Change) + Send + 'static) -> Result<Watch, String> {
        let home = root.to_owned();
        let links = Arc::new(Mutex::new(BTreeSet::new()));
        let linked = Arc::clone(&links);
        let is_linked = move |path: &PathBuf| linked.lock().is_ok_and(|links| links.contains(path));
        let (sender, changes) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let change = match event {
                Ok(event) if !event.need_rescan() => {
                    let is_ours = |path: &PathBuf| is_of_dossier(path, &home) || is_linked(path);
                    let paths = event.paths.iter().filter(|path| is_change(event.kind) && is_ours(path));
                    Change::At(paths.cloned().collect())
                }
                _ => Change::Anywhere,
            };
            if change != Change::At(Vec::new()) {
                // Nobody listens any more at the end of the program.
                let _ = sender.send(change);
            }
        });
        std::thread::spawn(move || {
            while let Ok(change) = changes.recv() {
                tell(whole(change, &changes));
            }
        });
        let watcher = watcher.map_err(|error| format!("this system does not tell of changes: {error}"))?;
        let mut watch = Watch { root: root.to_owned(), links, watcher, watched: Vec::new() };
        watch.look_again(&BTreeSet::new())?;
        Ok(watch)
    }

    /// Watches folders that were made since, or that took the place of others, and forgets those that are gone.
    /// The same for the folders of the files that `links` stand for. Returns whether there were any: what happened in
    /// them meanwhile went unnoticed.
    pub fn look_again(&mut self, links: &BTreeSet<PathBuf>) -> Result<bool, String> {
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| self.root.join(folder)).collect();
        let is_outside = |path: &&Path| folders.iter().all(|folder| !path.starts_with(folder));
        let mut linked: BTreeSet<PathBuf> =
            links.iter().filter_map(|file| file.parent()).filter(is_outside).map(Path::to_owned).collect();
        linked.insert(self.root.clone());
        if let Ok(mut known) = self.links.lock() {
            known.clone_from(links);
        }
        let mut any = false;
        let linked = linked.into_iter().map(|folder| (folder, RecursiveMode::NonRecursive));
        let all = folders.iter().map(|folder| (folder.clone(), RecursiveMode::Recursive)).chain(linked);
        for (path, mode) in all {
            let now = get_file_id(&path).ok();
            let known = self.watched.iter().position(|(known, _)| *known == path);
            if known.and_then(|at| self.watched.get(at)).map(|(_, id)| *id) == now {
                continue;
            }
            any = true;
            if let Some(at) = known {
                self.watched.remove(at);
                // The system has forgotten a folder that is gone on its own.
                let _ = self.watcher.unwatch(&path);
            }
            if let Some(id) = now {
                let watched = self.watcher.watch(&path, mode);
                watched.map_err(|error| format!("cannot watch {}: {error}", path.display()))?;
                self.watched.push((path, id));
            }
        }
        Ok(any)
    }
}

/// A change with all that follows at once. No part of it is left out, as when a file comes and goes: what is on disk
/// may have been read in between.
fn whole(mut change: Change, next: &Receiver<Change>) -> Change {
    let latest = Instant::now() + LONG;
    while Instant::now() < latest
        && let Ok(more) = next.recv_timeout(QUIET)
    {
        change = change.and(more);
    }
    change
}

/// Whether something is another than before. Reading changes nothing.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Not so what a build itself writes, or every build would cause the next.
fn is_of_dossier(path: &Path, home: &Path) -> bool {
    let first = path.strip_prefix(home).ok().and_then(|path| path.components().next());
    path == home
        || first.is_some_and(|part| {
            part.as_os_str() == "site.toml" || FOLDERS.iter().any(|folder| part.as_os_str() == *folder)
        })
}

/// The files of a dossier, kept as they are on disk.
#[derive(Default)]
pub struct Files {
    pub sources: Arc<Sources>,
    /// What could not be read, and whether a command that changes files was stopped.
    pub found: Vec<Diagnostic>,
    /// The files that links stand for.
    pub links: BTreeSet<PathBuf>,
}

impl Files {
    /// Takes up a change. It stays the same `Sources`, since a cache names its files.
    pub fn update(&mut self, root: &Path, change: &Change) {
        // What is linked to changes in more places than one.
        let is_plain = self.found.is_empty() && self.links.is_empty();
        let known = match change {
            Change::At(paths) if is_plain && !paths.iter().any(|path| path == root) => {
                refresh(Arc::make_mut(&mut self.sources), root, paths)
            }
            _ => false,
        };
        if known {
            self.found.extend(waiting::problem(root));
        } else {
            self.read(root);
        }
    }

    /// Whether a command that changes files was stopped, or is done, since that was looked at. The system tells nothing of
    /// it, since no file of the dossier is another.
    pub fn is_behind(&self, root: &Path) -> bool {
        waiting::is_unfinished(root) != waiting::is_told(&self.found)
    }

    /// Reads everything again.
    pub fn read(&mut self, root: &Path) {
        let (read, links) = read_with_links(root);
        self.found = read.diagnostics;
        self.found.extend(waiting::problem(root));
        self.links = links;
        let read = &read.value;
        if self.sources.is_same(read) {
            return;
        }
        let sources = Arc::make_mut(&mut self.sources);
        let gone = sources.iter().map(|file| file.path.clone()).filter(|path| read.get(path).is_none());
        for path in gone.collect::<Vec<_>>() {
            sources.remove(&path);
        }
        for file in read.iter() {
            if sources.get(&file.path).is_none_or(|known| known.bytes != file.bytes) {
                sources.insert(file.path.clone(), file.bytes.clone());
            }
        }
    }
}

pub fn run(args: &BuildArgs) -> ExitCode {
    limits::begin(args.dossier.format);
    let root = std::fs::canonicalize(&args.dossier.root).unwrap_or_else(|_| args.dossier.root.clone());
    let (sender, receiver) = mpsc::channel();
    // Who stopped waiting needs no word.
    let watch = Watch::start(&root, move |change| drop(sender.send(change)));
    let mut watch = match watch {
        Ok(watch) => watch,
        Err(message) => {
            fail(&message, "run `dossier build` again after each change");
            return ExitCode::FAILURE;
        }
    };
    let mut files = Files::default();
    files.read(&root);
    let mut cache = Cache::default();
    let mut shelf = shelf(&root, &mut cache);
    loop {
        rebuild(args, &files, &mut cache, &mut shelf);
        say("watching; stop with Ctrl-C");
        let Some(change) = next(&receiver, || files.is_behind(&root)) else { return ExitCode::SUCCESS };
        let renewed = match watch.look_again(&files.links) {
            Ok(renewed) => renewed,
            Err(message) => {
                fail(&message, "");
                return ExitCode::FAILURE;
            }
        };
        // What piled up meanwhile is one change.
        for change in std::iter::once(change).chain(receiver.try_iter()) {
            files.update(&root, &change);
        }
        if renewed {
            files.read(&root);
        }
    }
}

/// The next change, also one of which only a look can tell; nothing when there will be none.
fn next(changes: &Receiver<Change>, is_behind: impl Fn() -> bool) -> Option<Change> {
    loop {
        match changes.recv_timeout(LOOK) {
            Ok(change) => return Some(change),
            Err(RecvTimeoutError::Timeout) if is_behind() => return Some(Change::Anywhere),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

fn rebuild(args: &BuildArgs, files: &Files, cache: &mut Cache, shelf: &mut Shelf) {
    let started = Instant::now();
    let options = Options { drafts: args.dossier.drafts, ..Options::default() };
    let mut site = dossier::build(&files.sources, &theme::theme(), options, cache, &|_, _, _| {});
    keep(shelf, cache, &mut site, true);
    site.diagnostics.splice(0..0, files.found.iter().cloned());
    // Whatever came of it, the next change is waited for.
    finish(args, &files.sources, &mut site, None, started);
}
