//! Names and identifiers of other formats -> keys, which stay the same when a file is imported again.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::model::Kind;
use crate::model::dossier::Dossier;
use crate::model::name::Name;
use crate::parse::is_key;

/// Which keys there are, and whose they are. Identifiers are those of one kind: a person and a group may have the same.
#[derive(Debug, Default)]
pub struct Keys {
    taken: HashSet<(Kind, String)>,
    /// The keys of records of the dossier by their identifiers in the format.
    remembered: HashMap<(Kind, String), String>,
    /// Those of the files.
    given: HashMap<(Kind, String), String>,
    /// Records of the dossier that have no identifier in the format, by each of their names in small letters.
    unknown: HashMap<(Kind, String), String>,
    /// Records of the dossier by the name of one that was added, which do not say that they are the same.
    pub doubtful: Vec<Doubtful>,
}

/// A record that may be one that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    pub kind: Kind,
    pub key: String,
    pub there: String,
    pub id: String,
}

impl Keys {
    /// `scheme` is the name under which records remember their identifiers in the format: `wikidata`.
    pub fn new(dossier: &Dossier, scheme: &str) -> Keys {
        let mut keys = Keys::default();
        for id in dossier.all() {
            let key = dossier.key(id);
            let ids = dossier.common(id).map_or(&[][..], |common| &common.ids);
            let own = ids.iter().find(|(name, _)| name == scheme);
            match own {
                Some((_, own)) => drop(keys.remembered.insert((id.kind, own.clone()), key.to_owned())),
                None if !scheme.is_empty() => {
                    for name in dossier.name(id).into_iter().flat_map(Name::all) {
                        keys.unknown.insert((id.kind, name.to_lowercase()), key.to_owned());
                    }
                }
                None => {}
            }
            keys.taken.insert((id.kind, key.to_owned()));
        }
        keys
    }

    /// The key of what the files call `id`: the one it had before, else one from its first name in Latin letters, else
    /// from the first of its names.
    pub fn give(&mut self, kind: Kind, id: &str, names: &[&str]) -> String {
        let own = (kind, id.to_owned());
        if let Some(key) = self.given.get(&own) {
            return key.clone();
        }
        let key = match self.remembered.get(&own) {
            Some(key) => key.clone(),
            None => self.made(kind, id, names),
        };
        self.taken.insert((kind, key.clone()));
        self.given.insert(own, key.clone());
        key
    }

    /// The same for what has a key of its own: another record with that key is the same one.
    pub fn give_own(&mut self, kind: Kind, id: &str, key: &str) {
        self.taken.insert((kind, key.to_owned()));
        self.given.insert((kind, id.to_owned()), key.to_owned());
    }

    /// Of which of these kinds something of the files is, and its key.
    pub fn get(&self, id: &str, kinds: &[Kind]) -> Option<(Kind, String)> {
        kinds.iter().find_map(|kind| Some((*kind, self.given.get(&(*kind, id.to_owned()))?.clone())))
    }

    /// The same, also of what only the dossier has.
    pub fn known(&self, id: &str) -> Option<(Kind, String)> {
        let of_dossier = |kind: Kind| Some((kind, self.remembered.get(&(kind, id.to_owned()))?.clone()));
        self.get(id, &Kind::RECORDS).or_else(|| Kind::RECORDS.into_iter().find_map(of_dossier))
    }

    /// Whether the dossier or the files have a record of that key.
    pub fn has(&self, kind: Kind, key: &str) -> bool {
        self.taken.contains(&(kind, key.to_owned()))
    }

    /// The keys that something can have by its names: the plain one, and one that tells it from others of that name.
    pub fn candidates(&self, kind: Kind, id: &str, names: &[&str]) -> [String; 2] {
        let latin = names.iter().find(|name| is_latin(name));
        let plain = latin.or(names.first()).map(|name| slugged(name)).filter(|key| is_key(key));
        let own = slugged(id);
        let plain = plain.unwrap_or_else(|| {
            let own = if is_key(&own) { own.clone() } else { hashed(id) };
            format!("{}-{own}", kind.singular())
        });
        let suffix = if is_key(&own) && own.len() <= 12 && own != plain { own } else { hashed(id) };
        let longer = format!("{plain}-{suffix}");
        [plain, longer]
    }

    fn made(&mut self, kind: Kind, id: &str, names: &[&str]) -> String {
        let [plain, longer] = self.candidates(kind, id, names);
        let key = if self.has(kind, &plain) { longer } else { plain };
        let there = names.iter().find_map(|name| self.unknown.get(&(kind, name.to_lowercase())));
        if let Some(there) = there {
            let doubtful = Doubtful { kind, key: key.clone(), there: there.clone(), id: id.to_owned() };
            self.doubtful.push(doubtful);
        }
        key
    }
}

/// The record that an identifier of our own formats names: `people/ada-berg`.
pub fn named(id: &str) -> Option<(Kind, String)> {
    let (plural, key) = id.split_once('/')?;
    let kind = Kind::from_plural(plural)?;
    is_key(key).then(|| (kind, key.to_owned()))
}

/// A text as a key, where it can be one: of at most sixty letters, and whole words.
pub fn slugged(text: &str) -> String {
    const LONG: usize = 60;
    let slug = slug::slugify(text);
    if slug.len() <= LONG {
        return slug;
    }
    match slug[..LONG].rsplit_once('-') {
        Some((words, _)) => words.to_owned(),
        None => slug[..LONG].to_owned(),
    }
}

fn hashed(id: &str) -> String {
    blake3::hash(id.as_bytes()).to_hex()[..6].to_owned()
}

fn is_latin(name: &str) -> bool {
    let mut letters = name.nfd().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| c.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_a_name_stay_two() {
        let mut keys = Keys::new(&Dossier::default(), "popolo");
        assert_eq!(keys.give(Kind::Person, "p1", &["Ana Gómez"]), "ana-gomez");
        assert_eq!(keys.give(Kind::Person, "p2", &["Ana Gomez"]), "ana-gomez-p2");
        assert_eq!(keys.give(Kind::Person, "p1", &["Ana Gómez"]), "ana-gomez");
        assert_eq!(keys.give(Kind::Group, "g1", &["Ana Gomez"]), "ana-gomez");
        assert_eq!(keys.give(Kind::Person, "p3", &["محمد", "Mohammed"]), "mohammed");
        assert_eq!(keys.give(Kind::Person, "Q42", &["—"]), "person-q42");
        assert!(keys.doubtful.is_empty());
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        let key = slugged(&"word ".repeat(40));
        assert!(key.len() <= 60 && is_key(&key) && key.ends_with("word"), "{key}");
    }
}
