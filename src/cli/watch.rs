//! `dossier build --watch`: builds again after every change, with all that need not be done again kept.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use dossier::cache::Cache;
use dossier::disk::read::{FOLDERS, read};
use dossier::disk::shelf::Shelf;
use dossier::source::Sources;
use dossier::{Options, theme};
use notify_debouncer_full::notify::{
    EventKind, RecursiveMode,
    event::{AccessKind, AccessMode},
};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, new_debouncer};

use super::args::BuildArgs;
use super::build::{finish, keep, shelf};
use super::terminal::{fail, say};

/// How long the disk must be quiet before a build: editors save in several steps.
const QUIET: Duration = Duration::from_millis(20);

pub fn run(args: &BuildArgs) -> ExitCode {
    let root = &std::fs::canonicalize(&args.dossier.root).unwrap_or_else(|_| args.dossier.root.clone());
    let home = root.clone();
    let (sender, receiver) = mpsc::channel();
    let watcher = new_debouncer(QUIET, None, move |events: DebounceEventResult| {
        let relevant = match &events {
            Ok(events) => events.iter().any(|event| is_change(event, &home)),
            Err(_) => true,
        };
        if relevant {
            let _ = sender.send(());
        }
    });
    let mut watcher = match watcher {
        Ok(watcher) => watcher,
        Err(error) => {
            fail(
                &format!("this system does not tell of changes: {error}"),
                "run `dossier build` again after each change",
            );
            return ExitCode::FAILURE;
        }
    };
    let mut sources = Sources::default();
    let mut cache = Cache::default();
    let mut shelf = shelf(root, &mut cache);
    let mut watched: Vec<PathBuf> = Vec::new();
    loop {
        // A folder of the dossier may be made while it is watched.
        let folders = FOLDERS.iter().map(|folder| (root.join(folder), RecursiveMode::Recursive));
        for (path, mode) in folders.chain([(root.clone(), RecursiveMode::NonRecursive)]) {
            if !path.exists() {
                watched.retain(|known| *known != path);
            } else if !watched.contains(&path) {
                if let Err(error) = watcher.watch(&path, mode) {
                    fail(&format!("cannot watch {}: {error}", path.display()), "");
                    return ExitCode::FAILURE;
                }
                watched.push(path);
            }
        }
        rebuild(args, &mut sources, &mut cache, &mut shelf);
        say("watching; stop with Ctrl-C");
        if receiver.recv().is_err() {
            return ExitCode::SUCCESS;
        }
        // What piled up meanwhile is one change.
        while receiver.try_recv().is_ok() {}
    }
}

/// Whether an event is a change of the dossier. Reading is none, and neither is what a build itself
/// writes, or every build would cause the next.
fn is_change(event: &DebouncedEvent, home: &Path) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        EventKind::Access(_) => return false,
        _ => {}
    }
    event.paths.iter().any(|path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let first = path.strip_prefix(home).ok().and_then(|path| path.components().next());
        first.is_some_and(|part| {
            part.as_os_str() == "site.toml" || FOLDERS.iter().any(|folder| part.as_os_str() == *folder)
        })
    })
}

fn rebuild(args: &BuildArgs, sources: &mut Sources, cache: &mut Cache, shelf: &mut Shelf) {
    let started = Instant::now();
    let found = update(sources, &args.dossier.root);
    let options = Options { drafts: args.dossier.drafts, as_of: None };
    let mut site = dossier::build(sources, &theme::theme(), options, cache, &|_, _, _| {});
    keep(shelf, cache, &mut site, true);
    site.diagnostics.splice(0..0, found);
    // Whatever came of it, the next change is waited for.
    finish(args, sources, site, started);
}

/// Brings `sources` to what is on disk. It stays the same value, since the cache names its files.
fn update(sources: &mut Sources, root: &Path) -> Vec<dossier::diag::Diagnostic> {
    let read = read(root);
    let gone: Vec<String> =
        sources.iter().map(|file| file.path.clone()).filter(|path| read.value.get(path).is_none()).collect();
    for path in gone {
        sources.remove(&path);
    }
    for file in read.value.iter() {
        if sources.get(&file.path).is_none_or(|known| known.bytes != file.bytes) {
            sources.insert(file.path.clone(), file.bytes.clone());
        }
    }
    read.diagnostics
}
