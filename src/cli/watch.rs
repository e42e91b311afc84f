//! The folders of a dossier -> word of every change in them; `dossier build --watch`, which builds after each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use dossier::cache::Cache;
use dossier::diag::Diagnostic;
use dossier::disk::read::{FOLDERS, read_with_links, refresh};
use dossier::disk::shelf::Shelf;
use dossier::disk::waiting;
use dossier::source::Sources;
use dossier::{Options, theme};
use file_id::{FileId, get_file_id};
use notify::event::{AccessKind, AccessMode, CreateKind, RemoveKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

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
    ear: Ear,
    /// Kept for what it does.
    _watcher: RecommendedWatcher,
    watched: Folders,
}

/// Which folder stands at a path. Another may take its place, and even its number: then it is younger.
type Folders = BTreeMap<PathBuf, (FileId, Option<SystemTime>)>;

/// What hears of each event.
#[derive(Clone)]
struct Ear {
    home: PathBuf,
    /// The files outside the folders of the dossier that links in them stand for.
    links: Arc<Mutex<BTreeSet<PathBuf>>>,
    /// Whether folders came or went since they were looked at: the system may not tell of what is in them.
    is_deaf: Arc<AtomicBool>,
    sender: Sender<Change>,
}

impl Ear {
    fn hear(&self, event: notify::Result<Event>) {
        let change = match event {
            Ok(event) if !event.need_rescan() => {
                let is_folder = matches!(
                    event.kind,
                    EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder)
                );
                if is_folder {
                    self.is_deaf.store(true, Ordering::SeqCst);
                }
                let is_linked = |path: &PathBuf| self.links.lock().is_ok_and(|links| links.contains(path));
                let is_ours = |path: &PathBuf| is_of_dossier(path, &self.home) || is_linked(path);
                let paths = event.paths.iter().filter(|path| is_change(event.kind) && is_ours(path));
                Change::At(paths.cloned().collect())
            }
            _ => {
                self.is_deaf.store(true, Ordering::SeqCst);
                Change::Anywhere
            }
        };
        if change != Change::At(Vec::new()) {
            // Nobody listens any more at the end of the program.
            let _ = self.sender.send(change);
        }
    }
}

impl Watch {
    /// Watches the dossier at `root`, a path without links in it, and calls `tell` after each change.
    ///
    /// Errors when the system does not tell of changes, in words for the author.
    pub fn start(root: &Path, tell: impl Fn(Change) + Send + 'static) -> Result<Watch, String> {
        let (sender, changes) = mpsc::channel();
        let ear = Ear { home: root.to_owned(), links: Arc::default(), is_deaf: Arc::default(), sender };
        let watched = folders(root, &BTreeSet::new());
        let watcher = watcher(root, &ear, &watched)?;
        std::thread::spawn(move || {
            while let Ok(change) = changes.recv() {
                tell(whole(change, &changes));
            }
        });
        Ok(Watch { root: root.to_owned(), ear, _watcher: watcher, watched })
    }

    /// Watches all folders anew when one was made since, took the place of another or is gone: what is known of
    /// those that come and go quickly is not certain. The same for the folders of the files that `links` stand for.
    /// Returns whether that was so: what happened meanwhile went unnoticed.
    pub fn look_again(&mut self, links: &BTreeSet<PathBuf>) -> Result<bool, String> {
        if let Ok(mut known) = self.ear.links.lock() {
            known.clone_from(links);
        }
        let was_deaf = self.ear.is_deaf.swap(false, Ordering::SeqCst);
        // Looked at before they are watched: one that changes in between is another the next time.
        let now = folders(&self.root, links);
        if !was_deaf && now == self.watched {
            return Ok(false);
        }
        // The former one hears what happens until then.
        self._watcher = watcher(&self.root, &self.ear, &now)?;
        self.watched = now;
        Ok(true)
    }
}

/// Every folder that has to be watched: all of the dossier, and those of files elsewhere that links stand for.
fn folders(root: &Path, links: &BTreeSet<PathBuf>) -> Folders {
    let own = FOLDERS.iter().flat_map(|folder| WalkDir::new(root.join(folder)).follow_root_links(false));
    let own = own.filter_map(|entry| entry.ok().filter(|entry| entry.file_type().is_dir()));
    let outside = links.iter().filter_map(|file| file.parent()).map(Path::to_owned);
    let all = own.map(walkdir::DirEntry::into_path).chain(outside).chain([root.to_owned()]);
    let known = |path: PathBuf| {
        let id = get_file_id(&path).ok()?;
        let made = path.metadata().and_then(|meta| meta.created()).ok();
        Some((path, (id, made)))
    };
    all.filter_map(known).collect()
}

/// What tells `ear` of every event in these folders.
fn watcher(root: &Path, ear: &Ear, folders: &Folders) -> Result<RecommendedWatcher, String> {
    let own = ear.clone();
    let mut watcher = notify::recommended_watcher(move |event| own.hear(event))
        .map_err(|error| format!("this system does not tell of changes: {error}"))?;
    let tops: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    for path in folders.keys() {
        let mode = if tops.contains(path) {
            RecursiveMode::Recursive
        } else if tops.iter().any(|top| path.starts_with(top)) {
            continue;
        } else {
            RecursiveMode::NonRecursive
        };
        match watcher.watch(path, mode) {
            Ok(()) => {}
            // It went meanwhile, or a folder in it did.
            Err(error) if is_gone(&error.kind) => ear.is_deaf.store(true, Ordering::SeqCst),
            Err(error) => return Err(format!("cannot watch {}: {error}", path.display())),
        }
    }
    Ok(watcher)
}

fn is_gone(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
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
        let mut renewed = Ok(false);
        let change = next(&receiver, || {
            renewed = watch.look_again(&files.links);
            renewed != Ok(false) || files.is_behind(&root)
        });
        let Some(change) = change else { return ExitCode::SUCCESS };
        let renewed = renewed.and_then(|renewed| Ok(watch.look_again(&files.links)? || renewed));
        let renewed = match renewed {
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
fn next(changes: &Receiver<Change>, mut is_behind: impl FnMut() -> bool) -> Option<Change> {
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
