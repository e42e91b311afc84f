//! What need not be done again: memo maps and the compiled templates.
//!
//! The law: after any sequence of edits, a build with a cache gives the bytes and the report that one
//! without gives. It holds because the maps are keyed by all that their functions see: parsing by the
//! text of one file and the settings, rendering by the hash of the page's value and of the templates, an
//! entry of the bibliography by its item and the style, a picture by its bytes and its width on the page.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::bibliography::{self, Bibliography, Style};
use crate::diag::{Checked, Diagnostic};
use crate::link::Linked;
use crate::model::config::Config;
use crate::parse::Parsed;
use crate::pictures::memo::Memo;
use crate::render::templates::{self, Templates};
use crate::source::{SourceFile, Sources};
use crate::view::strings::Strings;

/// A file that was parsed: its bytes, and what they said.
pub struct ParsedFile {
    pub bytes: Arc<[u8]>,
    pub parsed: Arc<Checked<Parsed>>,
}

/// Words and templates as they were compiled, and from what.
pub struct Look {
    /// Of all templates; the tables of words are among them.
    pub fingerprint: u64,
    pub strings: Arc<Strings>,
    pub templates: Templates,
    /// The style that sources are cited in.
    pub style: Arc<Style>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Empty for a cold build; kept between the builds of a preview. A cache belongs to one `Sources`,
/// since spans name its files.
#[derive(Default)]
pub struct Cache {
    config: Option<Config>,
    pub parsed: HashMap<String, ParsedFile>,
    look: Option<Arc<Look>>,
    /// Pages by address, each with the hash of all that it was rendered from.
    pub rendered: HashMap<String, (u64, Arc<[u8]>)>,
    /// The sources as the style writes them.
    bibliography: Arc<Bibliography>,
    /// What was made for pages to show; the edge keeps it from one run to the next.
    pub pictures: Memo,
}

impl Cache {
    /// Forgets what other settings would have parsed differently.
    pub fn use_config(&mut self, config: &Config) {
        if self.config.as_ref() != Some(config) {
            self.parsed.clear();
            self.look = None;
            self.config = Some(config.clone());
        }
    }

    /// What a file said when it was parsed last, if it has not changed since.
    pub fn parsed(&self, file: &SourceFile) -> Option<Arc<Checked<Parsed>>> {
        let known = self.parsed.get(&file.path)?;
        (known.bytes == file.bytes).then(|| Arc::clone(&known.parsed))
    }

    /// What pages need beside the dossier: words, templates and the bibliography. What is there already from
    /// the same files stays.
    pub fn prepare(
        &mut self,
        linked: &Linked,
        theme: &Sources,
        own: &Sources,
    ) -> (Arc<Look>, Arc<Bibliography>) {
        let config = &linked.dossier.config;
        let fingerprint = fingerprint(theme, own);
        let look = match self.look.take().filter(|look| look.fingerprint == fingerprint) {
            Some(look) => look,
            None => {
                let (strings, mut diagnostics) = Strings::read(config, theme, own);
                let strings = Arc::new(strings);
                let (templates, found) = templates::compile(theme, own, &strings);
                diagnostics.extend(found);
                let (style, problem) = Style::read(config, own);
                diagnostics.extend(problem);
                Arc::new(Look { fingerprint, strings, templates, style: Arc::new(style), diagnostics })
            }
        };
        self.look = Some(Arc::clone(&look));
        self.bibliography = Arc::new(self.bibliography.updated(&look.style, bibliography::items(linked)));
        (look, Arc::clone(&self.bibliography))
    }
}

/// Of all templates; the tables of words are among them.
fn fingerprint(theme: &Sources, own: &Sources) -> u64 {
    let mut hasher = DefaultHasher::new();
    for sources in [theme, own] {
        for file in sources.under(templates::FOLDER) {
            (&file.path, &file.bytes).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The hash of a value, the same in every process.
pub fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
