//! `dossier build --watch`: builds again after every change, with all that need not be done again kept.

use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use dossier::cache::Cache;
use dossier::disk::read::{FOLDERS, read};
use dossier::disk::write::apply;
use dossier::source::Sources;
use dossier::{Options, has_errors, theme};
use notify_debouncer_full::notify::{
    EventKind, RecursiveMode,
    event::{AccessKind, AccessMode},
};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};

use super::args::BuildArgs;
use super::build::{changes, output_folder};
use super::terminal::{fail, line, pages, say, show, summary};

/// How long the disk must be quiet before a build: editors save in several steps.
const QUIET: Duration = Duration::from_millis(20);

pub fn run(args: &BuildArgs) -> ExitCode {
    let root = &args.dossier.root;
    let (sender, receiver) = mpsc::channel();
    let watcher = new_debouncer(QUIET, None, move |events: DebounceEventResult| {
        // Our own reading is no change, or every build would cause the next.
        let relevant = match &events {
            Ok(events) => events.iter().any(|event| match event.kind {
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
                EventKind::Access(_) => false,
                _ => true,
            }),
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
    for (path, mode) in FOLDERS
        .iter()
        .map(|folder| (root.join(folder), RecursiveMode::Recursive))
        .chain([(root.clone(), RecursiveMode::NonRecursive)])
        .filter(|(path, _)| path.exists())
    {
        if let Err(error) = watcher.watch(&path, mode) {
            fail(&format!("cannot watch {}: {error}", path.display()), "");
            return ExitCode::FAILURE;
        }
    }
    let mut sources = Sources::default();
    let mut cache = Cache::default();
    loop {
        rebuild(args, &mut sources, &mut cache);
        say("watching; stop with Ctrl-C");
        if receiver.recv().is_err() {
            return ExitCode::SUCCESS;
        }
        // What piled up meanwhile is one change.
        while receiver.try_recv().is_ok() {}
    }
}

fn rebuild(args: &BuildArgs, sources: &mut Sources, cache: &mut Cache) {
    let started = Instant::now();
    let found = update(sources, &args.dossier.root);
    let options = Options { drafts: args.dossier.drafts };
    let mut site = dossier::build(sources, &theme::theme(), options, cache, &|_, _, _| {});
    site.diagnostics.splice(0..0, found);
    show(&site.diagnostics, sources, args.dossier.format);
    if has_errors(&site.diagnostics) {
        summary(&line("nothing written", &site.diagnostics, started.elapsed()), args.dossier.format);
        return;
    }
    let output = output_folder(args);
    match apply(&site.value.output, &output) {
        Ok(applied) => {
            let line = line(&pages(site.value.pages), &site.diagnostics, started.elapsed());
            summary(&format!("{line}{}", changes(&applied, &output)), args.dossier.format);
        }
        Err(error) => fail(&error.to_string(), &error.help()),
    }
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
