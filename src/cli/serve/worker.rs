//! Word of changes, requests and open pages -> answers: the one thread that owns the preview.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dossier::diag::Severity;
use dossier::disk::shelf::Shelf;
use dossier::has_errors;
use dossier::preview::{Answer, Preview, Step};
use dossier::report::count;
use dossier::source::Sources;
use tokio::sync::mpsc;

use super::editor::Editor;
use super::mailbox::{Found, Inbox, Letter};
use super::message::{self, Message, PageNow, PlaceNow, Told};
use super::pages;
use crate::cli::args::DossierArgs;
use crate::cli::terminal::{say, show};
use crate::cli::watch::{Change, Files, Watch};

/// An open page, and what it was told last.
struct Reader {
    page: String,
    version: String,
    places: Vec<PlaceNow>,
    messages: mpsc::UnboundedSender<String>,
}

pub struct Worker {
    pub root: PathBuf,
    pub args: DossierArgs,
    pub editor: Editor,
    pub preview: Preview,
    pub shelf: Shelf,
    pub watch: Watch,
    files: Files,
    readers: BTreeMap<usize, Reader>,
    told: Option<Told>,
    hidden: BTreeMap<String, &'static str>,
    /// The files that pages load, as they were last.
    loaded: BTreeMap<String, Arc<[u8]>>,
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
    pub fn new(
        root: PathBuf,
        args: DossierArgs,
        editor: Editor,
        preview: Preview,
        shelf: Shelf,
        watch: Watch,
    ) -> Worker {
        Worker {
            root,
            args,
            editor,
            preview,
            shelf,
            watch,
            files: Files::default(),
            readers: BTreeMap::new(),
            told: None,
            hidden: BTreeMap::new(),
            loaded: BTreeMap::new(),
            run: Run { what: String::new(), started: Instant::now(), shown: Duration::ZERO },
            due: None,
            pause: None,
        }
    }

    /// Answers letters until the program ends. `ready` is called once there is something to show.
    pub fn run(&mut self, mut inbox: Inbox, ready: impl FnOnce()) {
        self.files.read(&self.root);
        self.rebuild("all files".to_owned(), Instant::now());
        ready();
        let mut in_doubt = true;
        loop {
            let pause = self.pause.map(|until| until.saturating_duration_since(Instant::now()));
            let patience = match (pause, self.preview.is_done(), in_doubt) {
                // The browsers have something to draw now.
                (Some(pause), ..) if !pause.is_zero() => Some(pause),
                (_, false, _) => None,
                _ if self.due.is_some() => None,
                (_, true, true) => Some(DOUBT),
                (_, true, false) => Some(REST),
            };
            match inbox.next(patience) {
                Some(Letter::Changed(change)) => {
                    let started = Instant::now();
                    let changes: Vec<Change> = std::iter::once(change).chain(inbox.changes()).collect();
                    self.take_up(&changes, started);
                    in_doubt = true;
                }
                Some(Letter::Ask(path, reply)) => {
                    // Who asked may have gone.
                    let _ = reply.send(self.find(&path));
                }
                Some(Letter::Open { id, page, version, messages }) => self.open(id, page, version, messages),
                Some(Letter::Closed(id)) => {
                    self.readers.remove(&id);
                }
                None if self.pause.take().is_some_and(|until| until > Instant::now()) => {}
                None if self.due.is_some() => {
                    if let Some(run) = self.due.take() {
                        self.rebuild(run.what, run.started);
                        self.run.shown = run.shown;
                    }
                }
                None if !self.preview.is_done() => self.advance(&inbox.is_any()),
                None if !in_doubt => in_doubt = self.look_again(),
                None => {
                    // A file in a folder that was just made can escape the system's notice.
                    let started = Instant::now();
                    let before = Arc::clone(&self.files.sources);
                    self.files.read(&self.root);
                    if !Arc::ptr_eq(&before, &self.files.sources) {
                        self.rebuild("files".to_owned(), started);
                    } else {
                        in_doubt = false;
                    }
                }
            }
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
        if found == self.files.found && is_dress(&before, now) {
            self.preview.touch(Arc::clone(now));
            self.tell_files();
            self.due = Some(Run { what, started, shown: started.elapsed() });
            self.pause = Some(Instant::now() + PAUSE);
        } else {
            self.due = None;
            self.rebuild(what, started);
        }
    }

    /// Whether folders that nobody watched are watched now.
    fn look_again(&mut self) -> bool {
        self.watch.look_again().unwrap_or_else(|message| {
            say(&format!("warning: {message}"));
            false
        })
    }

    fn rebuild(&mut self, what: String, started: Instant) {
        if !self.preview.is_done() {
            self.end("overtaken by the next change");
        }
        let pages: BTreeSet<String> = self.readers.values().map(|reader| reader.page.clone()).collect();
        let sources = Arc::clone(&self.files.sources);
        self.preview.update(sources, self.files.found.clone(), &pages);
        self.tell_pages();
        self.tell_files();
        let has_errors = has_errors(&self.preview.problems().diagnostics);
        if has_errors || self.told.as_ref().is_some_and(|told| told.errors > 0) {
            self.tell_problems();
        }
        self.run = Run { what, started, shown: started.elapsed() };
        self.pause = (!self.readers.is_empty()).then(|| Instant::now() + PAUSE);
        if self.preview.is_done() {
            // There is no dossier, and that is all there is to say.
            self.tell_problems();
            self.report();
        }
    }

    /// Takes the next step of the work on the newest files.
    fn advance(&mut self, stop: &(dyn Fn() -> bool + Sync)) {
        match self.preview.advance(stop) {
            Step::Advice => self.tell_problems(),
            Step::Files => self.tell_files(),
            Step::Finish => {
                self.tell_problems();
                self.keep();
            }
            Step::Published => {
                self.tell_problems();
                if self.preview.is_done() {
                    self.report();
                }
            }
            Step::Addresses | Step::Pages | Step::Index | Step::Done => {}
        }
    }

    /// Keeps the pictures that were made for the next run.
    fn keep(&mut self) {
        let all = !has_errors(&self.preview.problems().diagnostics);
        if let Some(problem) = self.shelf.keep(&self.preview.cache().pictures, all) {
            say(&format!("warning: {}", problem.message));
        }
    }

    /// The report, and the line of the rebuild.
    fn report(&mut self) {
        let problems = self.preview.problems();
        if has_errors(&problems.diagnostics) {
            let errors = problems.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
            show(&errors.cloned().collect::<Vec<_>>(), &problems.sources, &self.args);
        }
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
        if self.preview.is_behind() {
            said.push("the last good site is shown".to_owned());
        }
        self.end(&said.join(", "));
    }

    /// `content/people.toml: 3 of 83 pages made anew, shown after 24 ms, all done after 0.11 s, 2 warnings`
    fn end(&self, said: &str) {
        let (pages, rendered) = self.preview.pages();
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

    /// What stands at an address.
    fn find(&mut self, path: &str) -> Found {
        if path == pages::PROBLEMS {
            return Found::File { bytes: self.problems_page(), page: Some(path.to_owned()) };
        }
        match self.preview.file(path) {
            Answer::File(bytes) => {
                Found::File { bytes, page: path.ends_with(".html").then(|| path.to_owned()) }
            }
            Answer::Failed => Found::Nothing { failed: true },
            Answer::Missing => Found::Nothing { failed: false },
        }
    }

    fn problems_page(&self) -> Arc<[u8]> {
        pages::problems(&self.preview.problems(), &self.editor).into_bytes().into()
    }

    /// A page is open: it is told all that it cannot know, and its text if that has changed since it was loaded.
    fn open(&mut self, id: usize, page: String, version: String, messages: mpsc::UnboundedSender<String>) {
        let mut reader = Reader { page, version, places: Vec::new(), messages };
        let mut message = self.page_message(&mut reader);
        message.problems = self.told.clone();
        message.hidden = Some(self.hidden.clone());
        send(&reader, &message);
        self.readers.insert(id, reader);
    }

    /// What is to be said to a page about itself.
    fn page_message(&mut self, reader: &mut Reader) -> Message {
        let mut message = Message::default();
        if let Found::File { bytes, .. } = self.find(&reader.page) {
            let version = pages::version(&bytes);
            if version != reader.version {
                reader.version.clone_from(&version);
                let html = String::from_utf8_lossy(&bytes).into_owned();
                message.page = Some(PageNow { version, html });
            }
        } else if reader.version != pages::NOTHING {
            reader.version = pages::NOTHING.to_owned();
            message.page = Some(PageNow { version: reader.version.clone(), html: String::new() });
        }
        let places =
            message::places(&self.preview.places(&reader.page), &self.preview.sources(), &self.editor);
        if places != reader.places {
            reader.places.clone_from(&places);
            message.places = Some(places);
        }
        message
    }

    /// Tells every open page what has become of it.
    fn tell_pages(&mut self) {
        let hidden = message::hidden(self.preview.hidden());
        let is_new = hidden != self.hidden;
        self.hidden = hidden;
        let mut readers = std::mem::take(&mut self.readers);
        for reader in readers.values_mut() {
            let mut message = self.page_message(reader);
            message.hidden = is_new.then(|| self.hidden.clone());
            send(reader, &message);
        }
        readers.append(&mut self.readers);
        self.readers = readers;
    }

    /// Tells every open page what there is to say about the dossier, where that is new.
    fn tell_problems(&mut self) {
        let told = message::told(&self.preview.problems(), self.preview.is_behind(), &self.editor);
        if self.told.as_ref() != Some(&told) {
            let message = Message { problems: Some(told.clone()), ..Message::default() };
            self.readers.values().for_each(|reader| send(reader, &message));
            self.told = Some(told);
        }
        // The page of all problems, which is as new as they are.
        let mut readers = std::mem::take(&mut self.readers);
        for reader in readers.values_mut().filter(|reader| reader.page == pages::PROBLEMS) {
            let message = self.page_message(reader);
            send(reader, &message);
        }
        self.readers = readers;
    }

    /// Tells every open page which files are others than before.
    fn tell_files(&mut self) {
        let loaded: Vec<(String, Arc<[u8]>)> = self.preview.loaded().collect();
        let is_other = |(path, bytes): &&(String, Arc<[u8]>)| {
            self.loaded.get(path).is_some_and(|known| !Arc::ptr_eq(known, bytes) && known != bytes)
        };
        let files: Vec<String> = loaded.iter().filter(is_other).map(|(path, _)| path.clone()).collect();
        self.loaded.extend(loaded);
        if !files.is_empty() {
            let message = Message { files, ..Message::default() };
            self.readers.values().for_each(|reader| send(reader, &message));
        }
    }
}

/// Sends what there is to say; a page that is gone says so itself.
fn send(reader: &Reader, message: &Message) {
    let text = serde_json::to_string(message).unwrap_or_default();
    if text != "{}" {
        let _ = reader.messages.send(text);
    }
}

/// Whether all that changed are the bytes of static files that are no fonts, of which no page knows more than that they
/// are there.
fn is_dress(before: &Sources, now: &Sources) -> bool {
    let is_plain = |path: &str| path.starts_with("static/") && !path.starts_with("static/fonts/");
    before.iter().count() == now.iter().count()
        && before
            .iter()
            .zip(now.iter())
            .all(|(one, other)| one.path == other.path && (one.bytes == other.bytes || is_plain(&one.path)))
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
