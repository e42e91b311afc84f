//! All that the files say, and the records that are under way.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::super::Taken;
use super::super::taken::reference;
use super::entity::{Entity, Given};
use super::kinds::{Becomes, kinds};
use super::known;
use super::told::{Told, said};
use crate::model::Kind;

/// The entities of all files.
pub struct World {
    /// By their numbers, in the order of the files.
    pub entities: IndexMap<String, Entity>,
    pub kinds: HashMap<String, Becomes>,
    /// The language of the dossier.
    pub language: String,
    /// Former numbers, and those that things have now.
    moved: HashMap<String, String>,
}

impl World {
    pub fn new(entities: IndexMap<String, Entity>, moved: HashMap<String, String>, language: &str) -> World {
        let language = known::tag(&language.to_lowercase()).unwrap_or_else(|| "en".to_owned());
        World { kinds: kinds(&entities), entities, language, moved }
    }

    /// The number that a thing has now.
    pub fn number<'w>(&'w self, id: &'w str) -> &'w str {
        self.moved.get(id).map_or(id, String::as_str)
    }

    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.get(self.number(id))
    }

    pub fn becomes(&self, id: &str) -> Becomes {
        self.kinds.get(self.number(id)).copied().unwrap_or(Becomes::Unknown)
    }

    /// What an entity of the files is called, in the language of the dossier where it has a name there.
    pub fn label(&self, id: &str) -> Option<&str> {
        self.best(&self.entity(id)?.labels).map(|(_, text)| text)
    }

    /// Of texts by language the one in the language of the dossier, else the one for all languages, else the English one,
    /// else the first; with the code of its language.
    pub fn best<'t>(&self, texts: &'t [(String, String)]) -> Option<(&'t str, &'t str)> {
        let base = self.language.split('-').next().unwrap_or("");
        let lower = self.language.to_lowercase();
        let of = |code: &str| texts.iter().find(|(own, _)| own == code);
        let found = [lower.as_str(), base, "mul", "en"].into_iter().find_map(of).or(texts.first());
        found.map(|(code, text)| (code.as_str(), text.as_str()))
    }

    /// Whether a tag is that of the dossier's own language.
    pub fn is_own(&self, tag: &str) -> bool {
        tag == self.language || tag == "mul" || self.language.split('-').next() == Some(tag)
    }

    /// Entities by their numbers, so that what is read does not hang on the order of the files.
    pub fn in_order(&self) -> Vec<&Entity> {
        let mut all: Vec<&Entity> = self.entities.values().collect();
        all.sort_by_key(|entity| number(&entity.id));
        all
    }

    /// A value in a report, with the name of what it names.
    pub fn said(&self, value: &Given) -> String {
        match value {
            Given::Item(id) => match self.label(id) {
                Some(label) => format!("{label} ({id})"),
                None => id.clone(),
            },
            value => said(value),
        }
    }
}

/// The number in `Q42`.
pub fn number(id: &str) -> u64 {
    id.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX)
}

/// The records under way, and what is to be told of them.
pub struct Out<'t> {
    pub taken: &'t mut Taken,
    pub told: Told,
    /// The key of the source that all of it stands in.
    pub wikidata: String,
    /// How sources are cited that statements rest on, by their numbers.
    pub sources: HashMap<String, String>,
}

impl Out<'_> {
    /// The record that a thing is, of the files or of the dossier.
    pub fn get(&self, world: &World, id: &str) -> Option<(Kind, String)> {
        self.taken.keys.known(world.number(id))
    }

    /// How a field names the record that a thing is, if it is of one of these kinds.
    pub fn key(&self, world: &World, id: &str, kinds: &[Kind]) -> Option<String> {
        let (kind, key) = self.get(world, id)?;
        kinds.contains(&kind).then(|| reference(kind, &key, kinds))
    }

    /// The same of a thing that is among the files.
    pub fn given(&self, world: &World, id: &str, kinds: &[Kind]) -> Option<String> {
        self.taken.key(world.number(id), kinds)
    }
}
