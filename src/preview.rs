//! A dossier under work -> its pages as they are asked for, and in the end the whole site, byte for byte as a build
//! makes it.
//!
//! What a reader waits for comes first: after an edit the records are linked and the pages that are open are made.
//! All others follow in small steps ([`Preview::advance`]), between which the next edit or request is heard. After an
//! edit that leaves the dossier with errors, the last state without goes on being shown.
//!
//! A preview of what will be published shows nothing in which something withheld may be: where there is any, a state is
//! shown once all of it was searched, and the one before it until then.

mod guard;
mod state;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::Options;
use crate::cache::Cache;
use crate::check;
use crate::diag::{Checked, Diagnostic};
use crate::link::routes::{GLOSSARY, address, record_at};
use crate::model::Kind;
pub use crate::model::dossier::Hidden;
use crate::model::dossier::{Dossier, Id};
use crate::output::Output;
use crate::render::templates::render_problems;
use crate::source::{Sources, Span};
use crate::view;

pub use guard::Guard;
use state::State;
pub use state::is_dress;

/// So many pages are made between two looks at what else there is to do.
const BATCH: usize = 32;

/// A site that is made anew after each edit.
pub struct Preview {
    theme: Sources,
    options: Options,
    cache: Cache,
    newest: Option<State>,
    /// The last state without errors, while the newest has some.
    good: Option<State>,
    next: Step,
    problems: Arc<Problems>,
    /// Whether somebody waits for the index of the search.
    wants_index: bool,
    /// In a preview of what will be published: what its own pages must not say either.
    guard: Option<Guard>,
    /// The dossier as it will be published, where that differs: only for what there is to say about it.
    published: Option<Box<Preview>>,
}

/// Everything there is to say about the newest state, as far as it is known, and the files it names.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// First what is wrong, then the advice of the lints.
    pub diagnostics: Vec<Diagnostic>,
    /// How many of them are advice.
    pub advice: usize,
    /// Whether the lints have been asked already.
    pub is_complete: bool,
    /// What else there is to say when drafts and withheld records are left out, as they will be when the dossier is
    /// published: that a text names one of them, for example.
    pub when_published: Vec<Diagnostic>,
    /// What must not be told of all this but to the author.
    pub guard: Option<Guard>,
    pub sources: Arc<Sources>,
}

/// What is still to be done on the newest state, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The advice of the lints.
    Advice,
    /// The files that pages load.
    Files,
    /// Which pages there are.
    Addresses,
    Pages,
    /// The index of the search.
    Index,
    /// All that was made, put together and looked through.
    Finish,
    /// What else there is to say when drafts and withheld records are left out.
    Published,
    Done,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Answer {
    File(Arc<[u8]>),
    /// A page that could not be made.
    Failed,
    /// A part of the index of the search, which takes a while: it is made first now, and then [known](Preview::known).
    Later,
    Missing,
}

/// A record that a page shows, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The part of the page, where it is not all of it.
    pub anchor: Option<String>,
    pub span: Span,
}

impl Preview {
    /// A preview without a dossier yet. `theme` holds the templates and static files that a dossier does not bring
    /// itself.
    pub fn new(theme: Sources, options: Options) -> Preview {
        Preview {
            theme,
            options,
            cache: Cache::default(),
            newest: None,
            good: None,
            next: Step::Done,
            problems: Arc::default(),
            wants_index: false,
            guard: (!options.withheld).then(Guard::default),
            published: None,
        }
    }

    /// The cache, for what its owner keeps from one run to the next.
    pub fn cache(&mut self) -> &mut Cache {
        &mut self.cache
    }

    /// Takes the files as they are now, of which `found` was said when they were read, and makes the pages that are
    /// `open`. Returns whether they are shown: not when there are errors already.
    pub fn update(&mut self, sources: Arc<Sources>, found: Vec<Diagnostic>, open: &BTreeSet<String>) -> bool {
        let quiet = &|_, _, _| {};
        let mut examined = match crate::examine(&sources, self.options, &mut self.cache, quiet) {
            Ok(examined) => examined,
            Err(problem) => {
                self.keep_good();
                self.next = Step::Done;
                let diagnostics = found.into_iter().chain([*problem]).collect();
                let guard = self.guard.as_mut().map(|guard| guard.without_dossier());
                let problems =
                    Problems { diagnostics, is_complete: true, guard, sources, ..Problems::default() };
                self.problems = Arc::new(problems);
                return false;
            }
        };
        let advice = std::mem::take(&mut examined.figures);
        let Checked { value: prepared, diagnostics } =
            crate::prepare(examined, &sources, &self.theme, &mut self.cache, quiet);
        let found: Vec<Diagnostic> = found.into_iter().chain(diagnostics).collect();
        let mut state = State::new(sources, prepared, found, advice);
        let mut has_learned = false;
        if let Some(guard) = &mut self.guard {
            has_learned = guard.learn(&state.prepared.linked.dossier);
            state.is_guarded = guard.is_any();
            // With an error nobody knows what was meant to be withheld.
            state.is_proved = !state.is_guarded && !crate::has_errors(&state.found);
        }
        let mut is_good = !crate::has_errors(&state.found);
        if is_good {
            state.make(open, &|| false, &self.theme, &mut self.cache);
            is_good = state.made.failures.is_empty();
        }
        state.is_good = is_good;
        self.keep_good();
        if has_learned {
            // What was shown may hold what is withheld only now.
            drop_later(self.good.take());
        }
        match &mut self.good {
            Some(_) if is_good && state.is_proved => drop_later(self.good.take()),
            Some(good) if state.is_proved => good.dress(&state.sources),
            Some(_) | None => {}
        }
        self.next = Step::Advice;
        self.newest = Some(state);
        // What was wrong before is no longer said; what lints have to say comes in a moment.
        if !is_good || crate::has_errors(&self.problems.diagnostics) {
            self.tell();
        }
        is_good
    }

    /// Takes static files that changed in nothing but their bytes, which can be shown before all else is looked at:
    /// [`Preview::update`] is still to come.
    pub fn touch(&mut self, sources: Arc<Sources>) {
        if self.guard.as_ref().is_some_and(Guard::is_any) {
            return;
        }
        match (&mut self.good, &mut self.newest) {
            (Some(good), _) => good.dress(&sources),
            (None, Some(newest)) => {
                newest.sources = sources;
                newest.output = None;
            }
            (None, None) => {}
        }
    }

    /// Puts the newest state aside if there was nothing wrong with it when it came, and nothing withheld is in it.
    fn keep_good(&mut self) {
        let Some(newest) = self.newest.take() else { return };
        match newest.is_good && newest.is_proved {
            true => drop_later(self.good.replace(newest)),
            false => drop_later(Some(newest)),
        }
    }

    /// Takes the next step and returns it; [`Step::Done`] when none is left. A step that `stop` breaks off is taken
    /// again.
    pub fn advance(&mut self, stop: &(dyn Fn() -> bool + Sync)) -> Step {
        if self.next > Step::Advice
            && std::mem::take(&mut self.wants_index)
            && let Some(state) = self.shown_mut()
        {
            let is_made = state.index(stop);
            self.wants_index = !is_made;
            return Step::Index;
        }
        let step = self.next;
        let Some(state) = &mut self.newest else {
            self.next = Step::Done;
            return Step::Done;
        };
        match step {
            Step::Advice => {
                if let Some(advice) = check::check_unless(&state.prepared.linked, stop) {
                    state.advice.extend(advice);
                    self.next = Step::Files;
                    self.tell();
                }
            }
            Step::Files => {
                state.load();
                self.next = Step::Addresses;
            }
            Step::Addresses => {
                state.rest = view::paths(&state.prepared.words(), &state.prepared.site);
                state.rest.dedup();
                state.rest.reverse();
                self.next = Step::Pages;
            }
            Step::Pages => {
                let mut batch = BTreeSet::new();
                while batch.len() < BATCH
                    && let Some(path) = state.rest.pop()
                {
                    if !state.made.has(&path) {
                        batch.insert(path);
                    }
                }
                state.make(&batch, stop, &self.theme, &mut self.cache);
                state.rest.extend(batch.into_iter().filter(|path| !state.made.has(path)).rev());
                if state.rest.is_empty() {
                    self.next = Step::Index;
                }
            }
            Step::Index => {
                if state.index(stop) {
                    self.next = Step::Finish;
                }
            }
            Step::Finish => {
                state.finish(&self.theme, &mut self.cache);
                if !state.is_proved {
                    let knows_all = self.guard.as_ref().is_none_or(Guard::knows_all);
                    state.is_proved = knows_all && !crate::has_errors(&state.found);
                    state.is_good &= state.is_proved;
                    if state.is_good {
                        drop_later(self.good.take());
                    }
                }
                self.next = Step::Published;
                self.tell();
            }
            Step::Published => self.advance_published(stop),
            Step::Done => {}
        }
        step
    }

    /// A step of the same dossier as it will be published, where it differs.
    fn advance_published(&mut self, stop: &(dyn Fn() -> bool + Sync)) {
        let Some(state) = self.newest.as_ref().filter(|state| !state.hidden.is_empty()) else {
            self.published = None;
            self.next = Step::Done;
            return;
        };
        let theme = &self.theme;
        let published =
            self.published.get_or_insert_with(|| Box::new(Preview::new(theme.clone(), Options::default())));
        if !Arc::ptr_eq(&published.problems.sources, &state.sources) {
            published.update(Arc::clone(&state.sources), Vec::new(), &BTreeSet::new());
            published.tell();
        } else if published.advance(stop) == Step::Done {
            self.next = Step::Done;
            self.tell();
        }
    }

    /// Says what there is to say so far.
    fn tell(&mut self) {
        let Some(state) = &self.newest else { return };
        let mut diagnostics = state.found.clone();
        if state.output.is_none() {
            let failures = state.made.failures.iter().map(|(path, error)| (path.as_str(), error));
            diagnostics.extend(render_problems(&state.sources, &failures.collect::<Vec<_>>()));
        }
        let advice = state.advice.len();
        let diagnostics = crate::in_order(diagnostics, state.advice.clone(), &state.sources);
        let published = self.published.iter().map(|published| &published.problems);
        let published = published.filter(|problems| Arc::ptr_eq(&problems.sources, &state.sources));
        let others = published.flat_map(|problems| &problems.diagnostics);
        let when_published = others.filter(|problem| !diagnostics.contains(problem)).cloned().collect();
        let sources = Arc::clone(&state.sources);
        let is_complete = self.next > Step::Advice;
        let guard = self.guard.clone();
        self.problems =
            Arc::new(Problems { diagnostics, advice, is_complete, when_published, guard, sources });
    }

    /// Everything that is known to be wrong with the newest state.
    pub fn problems(&self) -> Arc<Problems> {
        Arc::clone(&self.problems)
    }

    /// Whether what is shown is an older state, because of what is wrong with the newest.
    pub fn is_behind(&self) -> bool {
        self.good.is_some() && self.newest.as_ref().is_none_or(|newest| !newest.is_good)
    }

    /// Whether there is nothing to show until the newest state was searched for what is withheld.
    pub fn is_unproved(&self) -> bool {
        self.shown().is_none() && self.newest.is_some() && self.next <= Step::Finish
    }

    pub fn is_done(&self) -> bool {
        self.next == Step::Done && !self.wants_index
    }

    /// All files of the newest state, once it is done.
    pub fn output(&self) -> Option<&Output> {
        self.newest.as_ref().filter(|_| self.is_done())?.output.as_ref()
    }

    /// How many pages the newest state has, as far as they are made, and how many of them were rendered for it.
    pub fn pages(&self) -> (usize, usize) {
        let Some(state) = &self.newest else { return (0, 0) };
        (state.made.pages.len() + state.made.failures.len(), state.made.rendered)
    }

    /// What stands at an address, made now if it is not there yet.
    pub fn file(&mut self, path: &str) -> Answer {
        let shown = self.newest.as_mut().filter(|newest| newest.is_proved);
        let Some(state) = self.good.as_mut().or(shown) else { return Answer::Missing };
        let answer = state.file(path, &self.theme, &mut self.cache);
        self.wants_index |= matches!(answer, Answer::Later);
        answer
    }

    /// What stands at the address of a file that is no page; `None` when that is not known without making it.
    pub fn known(&self, path: &str) -> Option<Answer> {
        let Some(state) = self.shown() else { return Some(Answer::Missing) };
        let missing = || state.output.is_some().then_some(Answer::Missing);
        state.known(path, &self.theme).map(Answer::File).or_else(missing)
    }

    /// Where the records of a page are written, in the files shown: their fields and then their prose.
    pub fn places(&self, path: &str) -> Vec<Place> {
        let Some(state) = self.shown() else { return Vec::new() };
        places(&state.prepared.linked.dossier, &state.sources, path)
    }

    /// The files that what is shown was made from.
    pub fn sources(&self) -> Arc<Sources> {
        self.shown().map_or_else(|| Arc::clone(&self.problems.sources), |state| Arc::clone(&state.sources))
    }

    /// The addresses of the records that are shown here and will not be published.
    pub fn hidden(&self) -> &[(String, Hidden)] {
        self.shown().map_or(&[], |state| &state.hidden)
    }

    fn shown(&self) -> Option<&State> {
        self.good.as_ref().or(self.newest.as_ref().filter(|newest| newest.is_proved))
    }

    fn shown_mut(&mut self) -> Option<&mut State> {
        self.good.as_mut().or(self.newest.as_mut().filter(|newest| newest.is_proved))
    }
}

/// A state of many pages takes a while to be taken apart.
fn drop_later(state: Option<State>) {
    if let Some(state) = state {
        rayon::spawn(move || drop(state));
    }
}

/// The records that a page is about: one, or those that share it.
fn places(dossier: &Dossier, sources: &Sources, path: &str) -> Vec<Place> {
    let shared = match path {
        "relations.html" => Some(Kind::Relation),
        "corrections.html" => Some(Kind::Correction),
        GLOSSARY => Some(Kind::Term),
        _ => None,
    };
    let places = |id: Id| {
        let address = address(dossier, id);
        let anchor = address.split_once('#').map(|(_, anchor)| anchor.to_owned());
        let fields = dossier.span(id);
        let prose = sources.get(&format!("content/{}/{}.md", id.kind.plural(), dossier.key(id)));
        let prose = prose.filter(|file| fields.is_some_and(|fields| fields.file != file.id));
        let prose = prose.map(|file| Span::new(file.id, 0..0));
        fields.into_iter().chain(prose).map(move |span| Place { anchor: anchor.clone(), span })
    };
    match shared {
        Some(kind) => dossier.ids(kind).flat_map(places).collect(),
        None => record_at(dossier, path).into_iter().flat_map(places).collect(),
    }
}
