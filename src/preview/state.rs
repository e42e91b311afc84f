//! A dossier as its files were at one time -> what was made of it so far.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Answer, Hidden};
use crate::cache::Cache;
use crate::diag::Diagnostic;
use crate::link::routes::{SEARCH_FOLDER, address};
use crate::output::{Content, Output};
use crate::prepared::{Made, Means, Prepared, static_files};
use crate::search;
use crate::source::{SourceFile, Sources};
use crate::view::Wanted;

/// What is known of one state of the files.
pub struct State {
    pub sources: Arc<Sources>,
    pub prepared: Prepared,
    pub made: Made,
    /// The addresses of the pages to be made, last first; not listed yet before its turn.
    pub rest: Vec<String>,
    pub found: Vec<Diagnostic>,
    pub advice: Vec<Diagnostic>,
    pub hidden: Vec<(String, Hidden)>,
    pub output: Option<Output>,
    is_exported: bool,
    /// Whether it came without errors. What is found wrong with it later, such as a page that cannot be made, does not
    /// take it from view.
    pub is_good: bool,
    /// Whether nothing withheld is in it, or may be, so that it can be shown.
    pub is_proved: bool,
    /// Whether that has to be proved: what a page was before is not known to be clean.
    pub is_guarded: bool,
}

impl State {
    /// A state of which nothing is made yet.
    pub fn new(
        sources: Arc<Sources>,
        prepared: Prepared,
        found: Vec<Diagnostic>,
        advice: Vec<Diagnostic>,
    ) -> State {
        let dossier = &prepared.linked.dossier;
        let hidden = dossier.all().filter_map(|id| Some((address(dossier, id), dossier.hidden(id)?)));
        State {
            hidden: hidden.collect(),
            sources,
            prepared,
            made: Made::default(),
            rest: Vec::new(),
            found,
            advice,
            output: None,
            is_exported: false,
            is_good: false,
            is_proved: true,
            is_guarded: false,
        }
    }

    /// Makes pages, until it is told to stop.
    pub fn make(
        &mut self,
        paths: &BTreeSet<String>,
        stop: &(dyn Fn() -> bool + Sync),
        theme: &Sources,
        cache: &mut Cache,
    ) {
        if paths.is_empty() {
            return;
        }
        let wanted = Wanted::At(paths, stop);
        let means = Means { theme, own: &self.sources, progress: &|_, _, _| {}, taker: None, shares: true };
        self.prepared.make(wanted, means, cache, &mut self.made);
    }

    /// Takes over the bytes of static files as they are now. All else stays, since places in its files are told.
    pub fn dress(&mut self, now: &Sources) {
        let is_other = |file: &&SourceFile| {
            let own = self.sources.get(&file.path);
            is_dress(&file.path) && own.is_some_and(|own| own.bytes != file.bytes)
        };
        let others: Vec<SourceFile> = now.iter().filter(is_other).cloned().collect();
        if others.is_empty() {
            return;
        }
        let own = Arc::make_mut(&mut self.sources);
        for file in others {
            own.insert(file.path, file.bytes);
        }
        self.output = None;
    }

    /// Makes the files that pages load.
    pub fn load(&mut self) {
        if self.made.files.is_empty() {
            self.made.files = self.prepared.files();
        }
    }

    /// Makes the index of the search and the formats of export, unless it is told to stop.
    pub fn index(&mut self, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        self.load();
        if !self.has_index() {
            let Some(index) = search::files_unless(&self.prepared.words(), stop) else { return false };
            self.made.files.extend(index.into_iter().map(|(path, bytes)| (path, bytes.into())));
        }
        self.export(stop)
    }

    fn export(&mut self, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        if !self.is_exported {
            self.is_exported = self.prepared.export(&self.sources, None, stop, &mut self.made);
        }
        self.is_exported
    }

    pub fn has_index(&self) -> bool {
        self.output.is_some() || self.made.files.iter().any(|(path, _)| path == search::START)
    }

    pub fn finish(&mut self, theme: &Sources, cache: &mut Cache) {
        let output = self.prepared.finish(&self.made, theme, &self.sources, cache, &mut self.found);
        self.output = Some(output);
    }

    /// In place of a page that could not be made: what it was before, if it was ever made.
    pub fn failed(&self, path: &str, cache: &Cache) -> Option<Answer> {
        self.made.failures.get(path)?;
        let before = cache.rendered.get(path).filter(|_| !self.is_guarded);
        Some(before.map_or(Answer::Failed, |(_, html)| Answer::File(Arc::clone(html))))
    }

    pub fn file(&mut self, path: &str, theme: &Sources, cache: &mut Cache) -> Answer {
        if let Some(output) = &self.output {
            let made = output.get(path).map(|bytes| Answer::File(Arc::clone(bytes)));
            return made.unwrap_or_else(|| self.failed(path, cache).unwrap_or(Answer::Missing));
        }
        if path.ends_with(".html") && !self.made.has(path) {
            self.make(&BTreeSet::from([path.to_owned()]), &|| false, theme, cache);
        }
        if let Some(html) = self.made.pages.get(path).and_then(Content::bytes) {
            return Answer::File(Arc::clone(html));
        }
        if let Some(answer) = self.failed(path, cache) {
            return answer;
        }
        if let Some(bytes) = self.known(path, theme) {
            return Answer::File(bytes);
        }
        self.load();
        if path.starts_with(SEARCH_FOLDER) && !self.has_index() {
            return Answer::Later;
        }
        // Exports have other endings than what pages load, but for JSON.
        if self.known(path, theme).is_none() && !path.ends_with(".js") && !path.ends_with(".css") {
            self.export(&|| false);
        }
        self.known(path, theme).map_or(Answer::Missing, Answer::File)
    }

    /// A file that is no page, if it is made already.
    pub fn known(&self, path: &str, theme: &Sources) -> Option<Arc<[u8]>> {
        if let Some(output) = &self.output {
            return output.get(path).cloned();
        }
        let statics = static_files(theme, &self.sources).map(|(path, file)| (path, &file.bytes));
        let pictures = self.prepared.pictures.files.iter().chain(&self.made.shares.files);
        let pictures = pictures.map(|file| (file.path.as_str(), &file.bytes));
        let files = self.made.files.iter().map(|(path, bytes)| (path.as_str(), bytes));
        let exports = self.made.exports.iter();
        let exports = exports.filter_map(|(path, content)| Some((path.as_str(), content.bytes()?)));
        let mut all = statics.chain(pictures).chain(files).chain(exports);
        all.find(|(own, _)| *own == path).map(|(_, bytes)| Arc::clone(bytes))
    }
}

/// Whether pages know no more of a file than that it is there: a static file that is no font.
pub fn is_dress(path: &str) -> bool {
    path.starts_with("static/") && !path.starts_with("static/fonts/")
}
