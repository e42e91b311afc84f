//! What is worked out once for all pages of a dossier.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock, RwLock};

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::dates::{Dates, locale};
use super::page::{PersonCard, Row, Shared, SharedRecord};
use crate::model::Kind;
use crate::model::dossier::{Dossier, Id};
use crate::model::name::direction;

/// What many pages of a dossier ask for, each worked out once, when it is asked for first.
pub struct Known {
    pub(super) is_right_to_left: bool,
    pub(super) dates: Dates,
    pub(super) collator: Option<CollatorBorrowed<'static>>,
    pub(super) list: Option<ListFormatter>,
    pub(super) titles: EachRecord<String>,
    /// What the titles are ordered by in the language.
    pub(super) sort_keys: EachRecord<Vec<u8>>,
    pub(super) sides: EachRecord<Option<usize>>,
    /// Of sources with much resting on them, the places that stand on other pages than theirs.
    pub(super) elsewhere: EachRecord<FxHashMap<String, String>>,
    /// Meetings and events as rows.
    pub(super) rows: EachRecord<Option<Shared<Row>>>,
    /// What they are called on charts, as HTML.
    pub(super) chart_names: EachRecord<String>,
    /// The same in short, as they stand beside people.
    pub(super) shorts: EachRecord<Shared<SharedRecord>>,
    /// People as cards, by the office that stands on them.
    pub(super) cards: RwLock<Cards>,
    /// What is drawn of years before anything is drawn in them, by the first of them and how many they are.
    pub(super) years: RwLock<FxHashMap<(i32, i32), Arc<str>>>,
}

/// Cards by person and office.
type Cards = FxHashMap<(Id, Option<String>), Shared<PersonCard>>;

/// Something of each record, by kind.
type EachRecord<T> = BTreeMap<Kind, Vec<OnceLock<T>>>;

impl Known {
    pub fn new(dossier: &Dossier) -> Known {
        fn each<T>(dossier: &Dossier) -> EachRecord<T> {
            let kinds = std::iter::once(Kind::Article).chain(Kind::RECORDS);
            kinds.map(|kind| (kind, dossier.ids(kind).map(|_| OnceLock::new()).collect())).collect()
        }
        let language = &dossier.config.language;
        let locale = locale(language);
        Known {
            is_right_to_left: direction(language) == "rtl",
            dates: Dates::new(language),
            collator: Collator::try_new((&locale).into(), CollatorOptions::default()).ok(),
            list: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).ok(),
            titles: each(dossier),
            sort_keys: each(dossier),
            sides: each(dossier),
            elsewhere: each(dossier),
            rows: each(dossier),
            chart_names: each(dossier),
            shorts: each(dossier),
            cards: RwLock::default(),
            years: RwLock::default(),
        }
    }

    /// Forgets what only pages show, once all of them are made: it is what takes up most memory.
    pub fn forget_pages(&mut self) {
        forget(&mut self.rows);
        forget(&mut self.chart_names);
        forget(&mut self.shorts);
        self.cards = RwLock::default();
        self.years = RwLock::default();
    }
}

fn forget<T: Send>(known: &mut EachRecord<T>) {
    known.values_mut().for_each(|cells| cells.par_iter_mut().for_each(|cell| drop(cell.take())));
}

/// What is known of a record, or worked out now; nothing for one of another dossier.
pub fn once<T>(known: &EachRecord<T>, id: Id, make: impl FnOnce() -> T) -> Option<&T> {
    Some(known.get(&id.kind)?.get(id.index as usize)?.get_or_init(make))
}

/// What is known of a key, or made now; of two threads that make it at once, what the first one made.
pub fn kept<K: Eq + Hash, V: Clone>(
    known: &RwLock<FxHashMap<K, V>>,
    key: K,
    make: impl FnOnce(&K) -> V,
) -> V {
    if let Some(value) = known.read().ok().and_then(|known| known.get(&key).cloned()) {
        return value;
    }
    let value = make(&key);
    match known.write() {
        Ok(mut known) => known.entry(key).or_insert(value).clone(),
        Err(_) => value,
    }
}
