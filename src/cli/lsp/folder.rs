//! One dossier: its files on disk with those that are open over them, and what the library makes of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dossier::bibliography::Bibliography;
use dossier::cache::Cache;
use dossier::diag::Diagnostic;
use dossier::disk::read::{read, refresh};
use dossier::link::Linked;
use dossier::model::Withhold;
use dossier::pictures::Pictures;
use dossier::source::Sources;
use dossier::view::known::Known;
use dossier::view::strings::Strings;
use dossier::view::words::Words;
use dossier::{Examined, Options, SITE};

use super::documents::{Documents, address};

/// As its author sees it: with all that is not published yet.
const OWN: Options = Options { drafts: true, withheld: true, as_of: None };

pub struct Folder {
    pub root: PathBuf,
    /// The files as they stand in the editor, else on disk.
    sources: Sources,
    /// What could not be read.
    found: Vec<Diagnostic>,
    theme: Arc<Sources>,
    cache: Cache,
    /// For the dossier as it will be published, where that differs.
    published: Cache,
    state: Option<State>,
}

/// What was made of the files as they are now.
struct State {
    /// The error says that there is no dossier.
    examined: Result<Examined, Box<Diagnostic>>,
    linked: Arc<Linked>,
    strings: Strings,
    known: Known,
    problems: Option<Vec<Diagnostic>>,
}

impl Folder {
    pub fn new(root: PathBuf, theme: Arc<Sources>, documents: &Documents) -> Folder {
        let mut folder = Folder {
            root,
            sources: Sources::default(),
            found: Vec::new(),
            theme,
            cache: Cache::default(),
            published: Cache::default(),
            state: None,
        };
        folder.read(documents);
        folder
    }

    /// Reads all files again.
    pub fn read(&mut self, documents: &Documents) {
        let mut read = read(&self.root);
        for (path, document) in documents.below(&self.root) {
            if is_of_dossier(&path) {
                read.value.insert(path, document.text.as_bytes());
            }
        }
        self.found = read.diagnostics;
        // It stays the same `Sources`, since a cache names its files.
        let gone = self.sources.iter().map(|file| file.path.clone());
        let gone: Vec<String> = gone.filter(|path| read.value.get(path).is_none()).collect();
        gone.iter().for_each(|path| drop(self.sources.remove(path)));
        for file in read.value.iter() {
            if self.sources.get(&file.path).is_none_or(|known| known.bytes != file.bytes) {
                self.sources.insert(file.path.clone(), Arc::clone(&file.bytes));
            }
        }
        self.state = None;
    }

    /// Takes up that files below it may be others on disk now.
    pub fn refresh(&mut self, paths: &[PathBuf], documents: &Documents) {
        let closed: Vec<PathBuf> =
            paths.iter().filter(|path| documents.get(path).is_none()).cloned().collect();
        if closed.is_empty() {
            return;
        }
        if !self.found.is_empty() || !refresh(&mut self.sources, &self.root, &closed) {
            return self.read(documents);
        }
        self.state = None;
    }

    /// Takes an open file as it stands in the editor.
    pub fn take(&mut self, path: &Path, documents: &Documents) {
        let Some(address) = address(&self.root, path).filter(|address| is_of_dossier(address)) else {
            return;
        };
        let Some(document) = documents.get(path) else { return };
        if self.sources.get(&address).is_none_or(|known| *known.bytes != *document.text.as_bytes()) {
            self.sources.insert(address, document.text.as_bytes());
            self.state = None;
        }
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    fn state(&mut self) -> &mut State {
        let state = self.state.take().unwrap_or_else(|| self.examine());
        self.state.insert(state)
    }

    fn examine(&mut self) -> State {
        let examined =
            dossier::examine(&self.sources, OWN, &mut self.cache, &|_, _, _| {}).map(|mut examined| {
                examined.diagnostics.splice(0..0, self.found.iter().cloned());
                examined
            });
        let linked =
            examined.as_ref().map_or_else(|_| Arc::default(), |examined| Arc::clone(&examined.linked));
        let (strings, _) = Strings::read(&linked.dossier.config, &self.theme, &self.sources);
        let known = Known::new(&linked.dossier);
        State { examined, linked, strings, known, problems: None }
    }

    /// The files, and the dossier with the means to speak about it.
    pub fn with<T>(&mut self, ask: impl FnOnce(&Sources, &Words) -> T) -> T {
        let state = self.state.take().unwrap_or_else(|| self.examine());
        let state = self.state.insert(state);
        let (bibliography, pictures) = (Bibliography::default(), Pictures::default());
        let sources = &self.sources;
        let words = Words::new(&state.linked, &state.strings, &bibliography, &pictures, &state.known);
        ask(sources, &words)
    }

    /// All there is to say about it, also what will be wrong once drafts and withheld records are left out.
    pub fn problems(&mut self) -> Vec<Diagnostic> {
        let state = self.state();
        if let Some(problems) = &state.problems {
            return problems.clone();
        }
        let (found, advice, linked) = match &state.examined {
            Ok(examined) => (examined.diagnostics.clone(), examined.advice(), Arc::clone(&state.linked)),
            Err(problem) => (vec![(**problem).clone()], Vec::new(), Arc::default()),
        };
        let mut problems = dossier::in_order(found, advice, &self.sources);
        if hides_something(&linked) {
            let options = Options::default();
            let published = dossier::examine(&self.sources, options, &mut self.published, &|_, _, _| {});
            if let Ok(published) = published {
                let advice = published.advice();
                let others = dossier::in_order(published.diagnostics, advice, &self.sources);
                let others: Vec<_> = others.into_iter().filter(|other| !problems.contains(other)).collect();
                problems.extend(others);
            }
        }
        if let Some(state) = &mut self.state {
            state.problems = Some(problems.clone());
        }
        problems
    }
}

/// Whether something of the dossier will not be published.
fn hides_something(linked: &Linked) -> bool {
    let dossier = &linked.dossier;
    dossier.all().any(|id| {
        dossier.hidden(id).is_some()
            || dossier.common(id).is_some_and(|common| common.withhold != Withhold::Nothing)
    })
}

/// Whether a file is one of those that a dossier is made of.
fn is_of_dossier(address: &str) -> bool {
    address == SITE || dossier::disk::read::is_read(address)
}

/// The nearest folder around a file that is a dossier.
pub fn root(path: &Path, documents: &Documents) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        let site = folder.join(SITE);
        site.is_file() || documents.get(&site).is_some()
    };
    path.ancestors().skip(1).find(is_root).map(Path::to_owned)
}
