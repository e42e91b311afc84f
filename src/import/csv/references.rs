//! What a cell calls a record -> its key.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::json;

use super::{At, Reading};
use crate::import::keys::Keys;
use crate::import::taken::reference;
use crate::model::Kind;
use crate::model::dossier::{Dossier, Id};
use crate::model::kinds::SOURCE;
use crate::parse::is_key;

/// Which records are called what.
#[derive(Debug, Default)]
pub struct Known {
    /// By their names and titles, small letters and single spaces.
    names: HashMap<(Kind, String), BTreeSet<String>>,
    /// By their other spellings, abbreviations and addresses.
    others: HashMap<(Kind, String), BTreeSet<String>>,
    /// The names that the files have.
    pub in_files: HashSet<(Kind, String)>,
    /// The keys that were given to a name of the files.
    pub claimed: HashSet<(Kind, String)>,
}

/// What came of looking for a record.
pub enum Found {
    One(Kind, String),
    Several,
    None,
}

/// A name as names are compared: in small letters, with single spaces.
pub fn alike(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Known {
    pub fn of(dossier: &Dossier) -> Known {
        let mut known = Known::default();
        for id in dossier.all() {
            let key = dossier.key(id);
            if let Some(name) = dossier.name(id) {
                known.add(id.kind, &name.text.value, key);
                name.all().skip(1).for_each(|spelling| known.add_other(id.kind, spelling, key));
            }
            if let Some(title) = title(dossier, id) {
                known.add(id.kind, title, key);
            }
            let other = match id.kind {
                Kind::Group => dossier.groups.get(id.index).and_then(|group| group.data.short.clone()),
                Kind::Source => {
                    let source = dossier.sources.get(id.index);
                    source.and_then(|source| Some(source.data.url.as_ref()?.value.clone()))
                }
                _ => None,
            };
            other.iter().for_each(|other| known.add_other(id.kind, other, key));
        }
        known
    }

    pub fn add(&mut self, kind: Kind, name: &str, key: &str) {
        self.names.entry((kind, alike(name))).or_default().insert(key.to_owned());
    }

    pub fn add_other(&mut self, kind: Kind, name: &str, key: &str) {
        self.others.entry((kind, alike(name))).or_default().insert(key.to_owned());
    }

    /// The records that have a name.
    pub fn called(&self, kind: Kind, name: &str) -> Vec<String> {
        self.names.get(&(kind, alike(name))).into_iter().flatten().cloned().collect()
    }

    /// The record that is meant: by its key, else by its name, else by another spelling.
    pub fn find(&self, keys: &Keys, text: &str, kinds: &[Kind]) -> Found {
        if let Some((plural, key)) = text.split_once('/')
            && let Some(kind) = Kind::from_plural(plural)
            && kinds.contains(&kind)
            && keys.has(kind, key)
        {
            return Found::One(kind, key.to_owned());
        }
        let by_key = || {
            kinds
                .iter()
                .filter(|kind| is_key(text) && keys.has(**kind, text))
                .map(|kind| (*kind, text.to_owned()))
        };
        let by = |names: &HashMap<(Kind, String), BTreeSet<String>>| {
            let of_kind = |kind: &Kind| {
                let known = names.get(&(*kind, alike(text))).into_iter().flatten();
                known.map(|key| (*kind, key.clone())).collect::<Vec<_>>()
            };
            kinds.iter().flat_map(of_kind).collect::<Vec<_>>()
        };
        for found in [by_key().collect(), by(&self.names), by(&self.others)] {
            match found.as_slice() {
                [] => {}
                [(kind, key)] => return Found::One(*kind, key.clone()),
                _ => return Found::Several,
            }
        }
        Found::None
    }
}

/// The title of a record that has one in the place of a name.
fn title(dossier: &Dossier, id: Id) -> Option<&str> {
    match id.kind {
        Kind::Meeting => dossier.meetings.get(id.index)?.data.title.as_deref(),
        Kind::Event => dossier.events.get(id.index).map(|event| event.data.title.as_str()),
        Kind::Source => dossier.sources.get(id.index).map(|source| source.data.title.as_str()),
        _ => None,
    }
}

impl Reading<'_, '_> {
    /// The key of the record that a cell means. A group or place that nothing else can stand for is begun; what else is
    /// missing is told.
    pub fn key_of(&mut self, field: &str, cell: &str, kinds: &[Kind], at: &At) -> Option<String> {
        let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let why = match (self.known.find(&self.taken.keys, &name, kinds), kinds) {
            (Found::One(kind, key), _) => return Some(reference(kind, &key, kinds)),
            (Found::None, _) if name.contains(';') => "several in one cell: write a row for each".to_owned(),
            (Found::None, _) if !name.contains(char::is_alphanumeric) => "no name".to_owned(),
            (Found::None, [kind @ (Kind::Group | Kind::Place)]) if !at.is_own => {
                return Some(self.begin(*kind, &name, &at.file));
            }
            (Found::Several, _) => {
                "several records are called so: write the key of the one that is meant".to_owned()
            }
            (Found::None, kinds) if kinds.len() > 2 => "no record is called so".to_owned(),
            (Found::None, kinds) => {
                let singular: Vec<&str> = kinds.iter().map(|kind| kind.singular()).collect();
                let (named, column) = (singular.join(" or "), if kinds == SOURCE { "title" } else { "name" });
                format!(
                    "no {named} is called so: import them first; a table with a column `{column}` is enough"
                )
            }
        };
        self.taken.lose(&at.record, field, cell, why);
        None
    }

    /// The key of a group or place that is only named, which is begun.
    fn begin(&mut self, kind: Kind, name: &str, file: &str) -> String {
        let key = self.key_for(kind, &format!("{} {}", kind.plural(), alike(name)), &[name]);
        if self.taken.there().find(kind, &key).is_none() {
            let fields = self.taken.record(kind, &key);
            fields.entry("name").or_insert_with(|| json!(name));
            self.begun.push((kind, key.clone(), file.to_owned()));
            if kind == Kind::Group {
                fields.entry("type").or_insert_with(|| json!("other"));
            }
        }
        self.known.add(kind, name, &key);
        key
    }

    /// The key for a name that no record has: the one it got when it was imported before, else a new one.
    pub fn key_for(&mut self, kind: Kind, id: &str, names: &[&str]) -> String {
        let there = self.taken.there();
        let [plain, longer] = self.taken.keys.candidates(kind, id, names);
        let is_free = |key: &str| {
            let own = there.find(kind, key).and_then(|id| there.name(id));
            // A record whose own name is in the files, too, is that one.
            let is_named =
                own.is_some_and(|name| self.known.in_files.contains(&(kind, alike(&name.text.value))));
            there.find(kind, key).is_some()
                && !is_named
                && !self.known.claimed.contains(&(kind, key.to_owned()))
        };
        let before = [longer, plain].into_iter().find(|key| is_free(key));
        let key = match before {
            Some(key) => {
                self.taken.keys.give_own(kind, id, &key);
                key
            }
            None => self.taken.keys.give(kind, id, names),
        };
        self.known.claimed.insert((kind, key.clone()));
        key
    }
}
