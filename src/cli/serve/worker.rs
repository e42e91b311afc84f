//! Word of changes, requests and open pages -> answers: the one thread that owns the preview.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use dossier::diag::{Diagnostic, Severity};
use dossier::disk::shelf::Shelf;
use dossier::disk::waiting::is_told;
use dossier::has_errors;
use dossier::preview::{Step, is_dress};
use dossier::report::count;
use dossier::source::Sources;
use tokio::sync::oneshot;

use super::mailbox::{Inbox, Letter, Reply};
use super::readers::Readers;
use super::site::Site;
use crate::cli::args::DossierArgs;
use crate::cli::terminal::{say, show};
use crate::cli::watch::{Change, Files, Watch};

pub struct Worker {
    root: PathBuf,
    args: DossierArgs,
    site: Site,
    shelf: Shelf,
    watch: Watch,
    files: Files,
    readers: Readers,
    /// Who asked for something that is not made yet.
    waiting: Vec<(String, oneshot::Sender<Reply>)>,
    run: Run,
    /// What is shown already and still to be taken up.
    due: Option<Run>,
    /// Until when the machine is left to the browsers.
    pause: Option<Instant>,
}

/// A rebuild, for its line in the terminal.
struct Run {
    what: String,
    started: Instant,
    shown: Duration,
}

/// How long the worker rests before it looks on its own whether its folders are still there.
const REST: Duration = Duration::from_secs(2);
/// How long the worker leaves the machine to the browsers after it has told them of a change.
const PAUSE: Duration = Duration::from_millis(120);
/// How long after the last change it looks whether it has missed one.
const DOUBT: Duration = Duration::from_millis(700);

impl Worker {
    pub fn new(root: PathBuf, args: DossierArgs, site: Site, shelf: Shelf, watch: Watch) -> Worker {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Worker {
            root,
            args,
            site,
            shelf,
            watch,
            files: Files::default(),
            readers: Readers::new(format!("{:x}", started.as_nanos())),
            waiting: Vec::new(),
            run: Run { what: String::new(), started: Instant::now(), shown: Duration::ZERO },
            due: None,
            pause: None,
        }
    }

    /// Answers letters until the program ends. `ready` is called once there is something to show.
    pub fn run(&mut self, mut inbox: Inbox, ready: impl FnOnce()) {
        self.files.read(&self.root);
        self.rebuild("all files".to_owned(), Instant::now());
        while self.site.preview.is_unproved() {
            self.advance(&|| false);
        }
        ready();
        let mut in_doubt = true;
        // Not put off by those who ask for pages.
        let mut look = Instant::now() + DOUBT;
        loop {
            let left = |until: Instant| until.saturating_duration_since(Instant::now());
            let patience = match self.pause.map(left) {
                // The browsers have something to draw now.
                Some(pause) if !pause.is_zero() => Some(pause),
                _ if self.due.is_some() || !self.site.preview.is_done() => None,
                _ => Some(left(look)),
            };
            let letter = match patience {
                Some(patience) if patience.is_zero() => None,
                patience => inbox.next(patience),
            };
            match letter {
                Some(Letter::Changed(change)) => {
                    let started = Instant::now();
                    let changes: Vec<Change> = std::iter::once(change).chain(inbox.changes()).collect();
                    self.take_up(&changes, started);
                    (in_doubt, look) = (true, Instant::now() + DOUBT);
                }
                Some(Letter::Ask(path, reply)) => self.answer(path, reply),
                Some(Letter::Open { id, greeting, messages }) => {
                    self.readers.open(&mut self.site, id, greeting, messages);
                }
                Some(Letter::Closed(id)) => self.readers.close(id),
                None if self.pause.take().is_some_and(|until| until > Instant::now()) => {}
                None if self.due.is_some() => {
                    if let Some(run) = self.due.take() {
                        self.rebuild(run.what, run.started);
                        self.run.shown = run.shown;
                    }
                }
                None if !self.site.preview.is_done() => self.advance(&inbox.is_any()),
                None if !in_doubt => {
                    in_doubt = self.look_again() || self.files.is_behind(&self.root);
                    look = Instant::now() + if in_doubt { DOUBT } else { REST };
                }
                None => {
                    // A file in a folder that was just made can escape the system's notice.
                    let started = Instant::now();
                    let renewed = self.look_again();
                    let (before, found) = (Arc::clone(&self.files.sources), self.files.found.clone());
                    self.files.read(&self.root);
                    let is_other = !Arc::ptr_eq(&before, &self.files.sources) || found != self.files.found;
                    if is_other {
                        let what = changed(&before, &self.files.sources);
                        self.rebuild(what, started);
                    }
                    in_doubt = renewed || is_other;
                    look = Instant::now() + if in_doubt { DOUBT } else { REST };
                }
            }
        }
    }

    /// Answers who asks what stands at an address; they wait for what is not made yet.
    fn answer(&mut self, path: String, reply: oneshot::Sender<Reply>) {
        let stamp = self.readers.stamp();
        match self.site.find(&path) {
            Some(found) => {
                self.readers.hand_out(&path, &found);
                // Who asked may have gone.
                let _ = reply.send(Reply { found, stamp });
            }
            None => self.waiting.push((path, reply)),
        }
    }

    /// Takes up changes on disk.
    fn take_up(&mut self, changes: &[Change], started: Instant) {
        let renewed = self.look_again();
        let before = Arc::clone(&self.files.sources);
        let found = self.files.found.clone();
        for change in changes {
            self.files.update(&self.root, change);
        }
        if renewed {
            self.files.read(&self.root);
        }
        let is_same = Arc::ptr_eq(&before, &self.files.sources) || before.is_same(&self.files.sources);
        if is_same && found == self.files.found {
            return;
        }
        let (now, what) = (&self.files.sources, changed(&before, &self.files.sources));
        if found == self.files.found && is_only_dress(&before, now) {
            self.site.preview.touch(Arc::clone(now));
            self.readers.tell_files(&self.site);
            self.due = Some(Run { what, started, shown: started.elapsed() });
            self.pause = Some(Instant::now() + PAUSE);
        } else {
            self.due = None;
            self.rebuild(what, started);
        }
    }

    /// Whether folders that nobody watched are watched now.
    fn look_again(&mut self) -> bool {
        self.watch.look_again(&self.files.links).unwrap_or_else(|message| {
            say(&format!("warning: {message}"));
            false
        })
    }

    fn rebuild(&mut self, what: String, started: Instant) {
        if !self.site.preview.is_done() {
            let (Run { what, shown, .. }, (_, rendered)) = (&self.run, self.site.preview.pages());
            let shown = shown.as_millis();
            say(&format!(
                "{what}: {rendered} pages made anew, shown after {shown} ms, overtaken by the next change"
            ));
        }
        let sources = Arc::clone(&self.files.sources);
        self.site.preview.update(sources, self.files.found.clone(), &self.readers.pages());
        self.readers.tell_pages(&mut self.site);
        self.readers.tell_files(&self.site);
        if has_errors(&self.site.preview.problems().diagnostics) || self.readers.errors() > 0 {
            self.tell_problems();
        }
        self.run = Run { what, started, shown: started.elapsed() };
        self.pause = (!self.readers.is_empty()).then(|| Instant::now() + PAUSE);
        if self.site.preview.is_done() {
            // There is no dossier, and that is all there is to say.
            self.tell_problems();
            self.report();
        }
    }

    /// Takes the next step of the work on the newest files.
    fn advance(&mut self, stop: &(dyn Fn() -> bool + Sync)) {
        match self.site.preview.advance(stop) {
            Step::Advice => self.tell_problems(),
            Step::Files => self.readers.tell_files(&self.site),
            Step::Index => {
                self.readers.tell_files(&self.site);
                for (path, reply) in std::mem::take(&mut self.waiting) {
                    self.answer(path, reply);
                }
            }
            Step::Finish => {
                // In a preview of what will be published they are shown only now.
                self.readers.tell_pages(&mut self.site);
                self.readers.tell_files(&self.site);
                self.tell_problems();
                self.keep();
            }
            Step::Published => {
                self.tell_problems();
                if self.site.preview.is_done() {
                    self.report();
                }
            }
            Step::Addresses | Step::Pages | Step::Done => {}
        }
    }

    /// Keeps the pictures that were made for the next run.
    fn keep(&mut self) {
        let all = !has_errors(&self.site.preview.problems().diagnostics);
        if let Some(problem) = self.shelf.keep(&self.site.preview.cache().pictures, all) {
            say(&format!("warning: {}", problem.message));
        }
    }

    /// The report, and the line of the rebuild.
    fn report(&mut self) {
        let problems = self.site.preview.problems();
        // Of all notes only the one that all else may follow from.
        let is_shown = |problem: &&Diagnostic| {
            problem.severity == Severity::Error || is_told(std::slice::from_ref(*problem))
        };
        let shown: Vec<_> = problems.diagnostics.iter().filter(is_shown).cloned().collect();
        show(&shown, &problems.sources, &self.args);
        let mut said = Vec::new();
        for (severity, one, many) in
            [(Severity::Error, "1 error", "errors"), (Severity::Warning, "1 warning", "warnings")]
        {
            match count(&problems.diagnostics, severity) {
                0 => {}
                1 => said.push(one.to_owned()),
                n => said.push(format!("{n} {many}")),
            }
        }
        match count(&problems.when_published, Severity::Error) {
            0 => {}
            1 => said.push("1 error stands in the way of publishing".to_owned()),
            n => said.push(format!("{n} errors stand in the way of publishing")),
        }
        if self.site.preview.is_behind() {
            said.push("the last good site is shown".to_owned());
        }
        self.end(&said.join(", "));
    }

    /// `content/people.toml: 3 of 83 pages made anew, shown after 24 ms, all done after 0.11 s, 2 warnings`
    fn end(&self, said: &str) {
        let (pages, rendered) = self.site.preview.pages();
        let Run { what, started, shown } = &self.run;
        let mut line = format!(
            "{what}: {rendered} of {pages} pages made anew, shown after {} ms, all done after {:.2} s",
            shown.as_millis(),
            started.elapsed().as_secs_f64()
        );
        if !said.is_empty() {
            line.push_str(", ");
            line.push_str(said);
        }
        say(&line);
    }

    fn tell_problems(&mut self) {
        self.readers.tell_problems(&mut self.site);
    }
}

/// Whether all that changed are the bytes of files of which no page knows more than that they are there.
fn is_only_dress(before: &Sources, now: &Sources) -> bool {
    let mut pairs = before.iter().zip(now.iter());
    before.iter().count() == now.iter().count()
        && pairs
            .all(|(one, other)| one.path == other.path && (one.bytes == other.bytes || is_dress(&one.path)))
}

/// What changed, in few words: `content/people.toml`, `content/people.toml and 2 other files`.
fn changed(before: &Sources, now: &Sources) -> String {
    let is_other =
        |path: &str| before.get(path).map(|file| &file.bytes) != now.get(path).map(|file| &file.bytes);
    let mut paths: Vec<&str> = now.iter().chain(before.iter()).map(|file| file.path.as_str()).collect();
    paths.retain(|path| is_other(path));
    paths.sort_unstable();
    paths.dedup();
    match paths.as_slice() {
        [] => "files".to_owned(),
        [one] => (*one).to_owned(),
        [one, _] => format!("{one} and 1 other file"),
        [one, rest @ ..] => format!("{one} and {} other files", rest.len()),
    }
}
