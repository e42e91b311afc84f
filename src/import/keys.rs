//! Names and identifiers of other formats -> keys, which stay the same when a file is imported again.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::model::Kind;
use crate::model::dossier::Dossier;
use crate::parse::is_key;

/// Which keys there are, and whose they are.
#[derive(Debug, Default)]
pub struct Keys {
    /// The name under which records remember their identifiers in the format: `wikidata`.
    scheme: &'static str,
    taken: HashSet<(Kind, String)>,
    /// The records of the dossier by their identifiers in the format.
    remembered: HashMap<String, (Kind, String)>,
    /// Those of the files.
    given: HashMap<String, (Kind, String)>,
    /// What stands under a key in the dossier by the same name, but does not say that it is the same.
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
    pub fn new(dossier: &Dossier, scheme: &'static str) -> Keys {
        let mut keys = Keys { scheme, ..Keys::default() };
        for id in dossier.all() {
            let key = (id.kind, dossier.key(id).to_owned());
            for (_, known) in dossier
                .common(id)
                .into_iter()
                .flat_map(|common| &common.ids)
                .filter(|(name, _)| name == scheme)
            {
                keys.remembered.insert(known.clone(), key.clone());
            }
            keys.taken.insert(key);
        }
        keys
    }

    /// The key of what the files call `id`: the one it had before, else one from its first name in Latin letters, else
    /// from the first of its names.
    pub fn give(&mut self, kind: Kind, id: &str, names: &[&str]) -> String {
        if let Some((_, key)) = self.given.get(id) {
            return key.clone();
        }
        let known = self.remembered.get(id).filter(|(known, _)| *known == kind);
        let key = match known {
            Some((_, key)) => key.clone(),
            None => self.made(kind, id, names),
        };
        self.taken.insert((kind, key.clone()));
        self.given.insert(id.to_owned(), (kind, key.clone()));
        key
    }

    /// The same for what has a key of its own: another record with that key is the same one.
    pub fn give_own(&mut self, kind: Kind, id: &str, key: &str) {
        self.taken.insert((kind, key.to_owned()));
        self.given.insert(id.to_owned(), (kind, key.to_owned()));
    }

    /// Of which kind something is, and its key.
    pub fn get(&self, id: &str) -> Option<&(Kind, String)> {
        self.given.get(id)
    }

    /// The same, also of what only the dossier has.
    pub fn known(&self, id: &str) -> Option<&(Kind, String)> {
        self.given.get(id).or_else(|| self.remembered.get(id))
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
        let [plain, key] = self.candidates(kind, id, names);
        if !self.has(kind, &plain) {
            return plain;
        }
        if !self.given.values().any(|given| *given == (kind, plain.clone())) && !self.scheme.is_empty() {
            let doubtful = Doubtful { kind, key: key.clone(), there: plain, id: id.to_owned() };
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
