//! Sources -> entries of a bibliography, as a style of the Citation Style Language writes them.
//!
//! An entry is formatted once for each source: the place in it, and a date that CSL cannot say, stand in
//! it as marks that are filled on each page.

mod format;
pub mod item;
mod style;

use std::collections::HashMap;
use std::sync::Arc;

use hayagriva::citationberg::json::Item;
use rayon::prelude::*;

use crate::link::Linked;
use crate::model::Kind;
use crate::model::citation::Hop;
use crate::model::dossier::Id;

pub use format::{Entry, Run, Shape, title_in};
pub use item::said;
pub use style::{DEFAULT, Style};

pub mod problems {
    //! What can be wrong with the style that `site.toml` names.
    crate::codes! {
        /// `citation_style` names no style that is built in, and no file. Styles go by their names in the
        /// CSL repository, such as `chicago-notes`, `apa`, `mla` or `iso-690-numeric`; a file is
        /// `templates/NAME.csl`.
        UNKNOWN_CITATION_STYLE = "unknown-citation-style";
        /// A `.csl` file that cannot be read as a style: it is not valid XML, not CSL 1.0, or only points
        /// to another style, which is then the one to name.
        INVALID_CITATION_STYLE = "invalid-citation-style";
    }
}

/// What the entry of a source is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    item: Item,
    marks: item::Marks,
    /// Whether something cites a page of it.
    paged: bool,
}

/// What the entries are made from of all sources that something cites, by key.
pub fn items(linked: &Linked) -> Vec<(String, Cited)> {
    let dossier = &linked.dossier;
    let sources: Vec<Id> = dossier.ids(Kind::Source).collect();
    let cited = sources.into_par_iter().filter(|id| linked.uses(*id).next().is_some());
    let pages = |id: Id| {
        let hops = linked.uses(id).filter_map(|r#use| r#use.citation.hops.get(r#use.hop));
        hops.filter_map(Hop::locator).any(|locator| format::pages(locator).is_some())
    };
    cited
        .filter_map(|id| {
            let (item, marks) = item::item(dossier, id)?;
            Some((dossier.key(id).to_owned(), Cited { item, marks, paged: pages(id) }))
        })
        .collect()
}

/// The entries of all sources, by key. It can be kept between builds: an entry is made anew when its
/// source or the style has changed.
#[derive(Default)]
pub struct Bibliography {
    style: Option<Arc<Style>>,
    entries: HashMap<String, (Cited, Arc<Entry>)>,
}

impl Bibliography {
    /// The sources, given by key, as a style writes them; what is here already from the same is taken over.
    pub fn updated(&self, style: &Arc<Style>, items: Vec<(String, Cited)>) -> Bibliography {
        let is_same = self.style.as_ref().is_some_and(|known| known == style);
        let entries = items
            .into_par_iter()
            .map(|(key, cited)| {
                let entry = match self.entries.get(&key).filter(|_| is_same) {
                    Some((same, entry)) if *same == cited => Arc::clone(entry),
                    _ => Arc::new(format::entry(style, &cited)),
                };
                (key, (cited, entry))
            })
            .collect();
        Bibliography { style: Some(Arc::clone(style)), entries }
    }

    /// The entry of the source with a key; there is none for a source that nothing cites.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).map(|(_, entry)| entry.as_ref())
    }
}
