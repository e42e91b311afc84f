//! The graph -> the index of the search: scripts of bounded size, of which a query loads a few.
//!
//! A page of the site is one or more slots: what a result shows of it, and a part of its text. A term is a
//! folded word or a key of its sound, and leads to slots. Slots and terms are cut into shards by their order
//! (`tree`), so that a query is led to those it needs. `static/search.js` reads all this.

mod entry;
mod passages;
mod shards;
mod slots;
mod start;
mod terms;

use rayon::prelude::*;

use crate::export::File;
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::view::words::Words;
use slots::Slot;
use terms::{Finder, Lexicon};

/// The script that a search begins with.
pub const START: &str = "search/start.js";
/// The tables by which words are folded and sounded.
pub const TABLES: &str = "search/tables.js";

/// How many bytes of terms, and of slots, are in one shard. A query reads from a few shards of terms, and each
/// result that it shows from another one of slots.
const TERMS: usize = 4096;
const PAGES: usize = 2048;

/// The kinds of pages in the order of their slots. Of pages that answer a query equally well the first come
/// first: what has a name before what has a title.
const KINDS: [Kind; 10] = [
    Kind::Person,
    Kind::Group,
    Kind::Place,
    Kind::Term,
    Kind::Article,
    Kind::Event,
    Kind::Meeting,
    Kind::Source,
    Kind::Relation,
    Kind::Correction,
];

/// The files of the index, each with its address.
pub fn files(words: &Words) -> Vec<File> {
    files_unless(words, &|| false).unwrap_or_default()
}

/// The same, or nothing once `stop` says so.
pub fn files_unless(words: &Words, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<File>> {
    let kinds = KINDS.map(|kind| (kind, words.sorted(words.linked.dossier.ids(kind))));
    let ids: Vec<Id> = kinds.iter().flat_map(|(_, ids)| ids).copied().collect();
    let lexicon = Lexicon::default();
    let sound = |key: &str| lexicon.sound(key);
    let finder = Finder::new(&lexicon, &sound);
    let slots = |id: &Id| if stop() { None } else { Some(slots::slots(&entry::entry(words, *id), &finder)) };
    let pages: Vec<Vec<Slot>> = ids.par_iter().map(slots).collect::<Option<_>>()?;

    let mut first = 0;
    let mut counts = pages.iter().map(Vec::len);
    let kinds: Vec<(Kind, usize)> = kinds
        .iter()
        .map(|(kind, ids)| {
            let start = first;
            first += counts.by_ref().take(ids.len()).sum::<usize>();
            (*kind, start)
        })
        .collect();

    let mut slots: Vec<Slot> = pages.into_iter().flatten().collect();
    let found = slots.iter_mut().map(|slot| std::mem::take(&mut slot.found)).collect();
    let (terms, pages) = rayon::join(
        || shards::shards("terms", terms::terms(found, &slots, &lexicon), TERMS),
        || shards::shards("pages", slots::items(&slots), PAGES),
    );
    let right_to_left = slots.iter().flat_map(|slot| &slot.right_to_left).map(String::as_str).collect();
    let start = start::start(words, &kinds, &right_to_left, &terms.root, &pages.root);
    let shards = terms.files.into_iter().chain(pages.files);
    let rest = [(START, start), (TABLES, tables())].map(|(path, text)| (path.to_owned(), text.into_bytes()));
    Some(shards.chain(rest).collect())
}

/// The script with the tables, the same for every dossier.
pub fn tables() -> String {
    shards::script("tables", &serde_json::json!(crate::model::fold::script::tables()).to_string())
}
