//! What need not be done again: memo maps and the compiled templates.
//!
//! The law: after any sequence of edits, a build with a cache gives the bytes and the report that one
//! without gives. It holds because the maps are keyed by all that their functions see: parsing by the
//! text of one file and whether it may hold HTML, linking by the records that are the very same and the names of all
//! others ([`link`](crate::link::link)), rendering by the hash of the page's value and of the templates,
//! words, templates and style by theirs, an entry of the bibliography by its item and the style, a picture by its
//! bytes and its width on the page.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::bibliography::{self, Bibliography, Style};
use crate::diag::{Checked, Diagnostic};
use crate::gather::Joined;
use crate::link::Linked;
use crate::model::config::Config;
use crate::parse::Parsed;
use crate::pictures::memo::Memo;
use crate::render::inline;
use crate::render::templates::{self, Templates};
use crate::source::{SourceFile, Sources};
use crate::view::strings::{self, Strings};

/// A file that was parsed: its bytes, and what they said.
pub struct ParsedFile {
    pub bytes: Arc<[u8]>,
    pub parsed: Arc<Checked<Parsed>>,
}

/// Words and templates as they were compiled.
#[derive(Clone)]
pub struct Look {
    /// The hash of all that they were compiled from.
    pub fingerprint: u64,
    pub strings: Arc<Strings>,
    pub templates: Arc<Templates>,
    /// The style that sources are cited in.
    pub style: Arc<Style>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A value, the hash of what it was made from, and what there was to say about that.
type Part<T> = Option<(u64, Arc<T>, Vec<Diagnostic>)>;

/// Empty for a cold build; kept between the builds of a preview. A cache belongs to one `Sources`,
/// since spans name its files.
#[derive(Default)]
pub struct Cache {
    /// Whether HTML in Markdown was kept when the files were parsed, which is all that parsing asks of the settings.
    unsafe_html: bool,
    pub parsed: HashMap<String, ParsedFile>,
    strings: Part<Strings>,
    templates: Part<Templates>,
    style: Part<Style>,
    /// Pages by address, each with the hash of all that it was rendered from.
    pub rendered: HashMap<String, (u64, Arc<[u8]>)>,
    /// Records and the prose beside them, put together.
    pub joined: Joined,
    /// The dossier as it was linked last.
    pub linked: Option<Arc<Linked>>,
    /// The sources as the style writes them.
    bibliography: Arc<Bibliography>,
    /// What was made for pages to show; the edge keeps it from one run to the next.
    pub pictures: Memo,
}

impl Cache {
    /// Forgets what other settings would have parsed differently.
    pub fn use_config(&mut self, config: &Config) {
        if self.unsafe_html != config.unsafe_html {
            self.parsed.clear();
            self.unsafe_html = config.unsafe_html;
        }
    }

    /// What a file said when it was parsed last, if it has not changed since.
    pub fn parsed(&self, file: &SourceFile) -> Option<Arc<Checked<Parsed>>> {
        let known = self.parsed.get(&file.path)?;
        (known.bytes == file.bytes).then(|| Arc::clone(&known.parsed))
    }

    /// What pages need beside the dossier: words, templates and the bibliography. What is there already from
    /// the same files stays.
    pub fn prepare(&mut self, linked: &Linked, theme: &Sources, own: &Sources) -> (Look, Arc<Bibliography>) {
        let config = &linked.dossier.config;
        let words = (&config.language, files(theme, strings::FOLDER), files(own, strings::FOLDER));
        let words = hash(&words);
        let (strings, mut diagnostics) = kept(&mut self.strings, words, || Strings::read(config, theme, own));
        let many = inline::is_worth(linked.dossier.all().count());
        let texts = hash(&(words, files(theme, templates::FOLDER), files(own, templates::FOLDER), many));
        let (templates, found) =
            kept(&mut self.templates, texts, || templates::compile(theme, own, &strings, many));
        diagnostics.extend(found);
        // A style of the dossier's own stands among the templates.
        let name = config.citation_style.as_ref();
        let file = name.and_then(|name| {
            own.get(&format!("{}{}", templates::FOLDER, name.value.trim_start_matches(templates::FOLDER)))
        });
        let style = hash(&(&config.language, name, file.map(|file| &file.bytes)));
        let (style, found) = kept(&mut self.style, style, || {
            let (style, problem) = Style::read(config, own);
            (style, problem.into_iter().collect())
        });
        diagnostics.extend(found);
        let bibliography = Arc::new(self.bibliography.updated(&style, bibliography::items(linked)));
        self.bibliography = Arc::clone(&bibliography);
        (Look { fingerprint: texts, strings, templates, style, diagnostics }, bibliography)
    }
}

/// What was made from the same as before, or else made now; and what there is to say about it.
fn kept<T>(
    part: &mut Part<T>,
    key: u64,
    make: impl FnOnce() -> (T, Vec<Diagnostic>),
) -> (Arc<T>, Vec<Diagnostic>) {
    let known = part.take().filter(|(same, ..)| *same == key);
    let (_, value, found) = part.insert(known.unwrap_or_else(|| {
        let (value, found) = make();
        (key, Arc::new(value), found)
    }));
    (Arc::clone(value), found.clone())
}

/// The files of a folder, for a hash of them.
fn files<'s>(sources: &'s Sources, folder: &str) -> Vec<(&'s str, [u8; 32])> {
    sources.under(folder).map(|file| (file.path.as_str(), *blake3::hash(&file.bytes).as_bytes())).collect()
}

/// The hash of a value, the same in every process.
pub fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
