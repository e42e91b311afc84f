//! Words of the interface -> the keys that records have: `Armed group` is `armed-group`.

use std::collections::HashMap;

use crate::model::Status;
use crate::model::config::Config;
use crate::model::group::GroupKind;
use crate::model::meeting::Mode;
use crate::model::relation::RelationKind;
use crate::model::source::CSL_TYPES;
use crate::source::Sources;
use crate::view::strings::{FOLDER, Strings};

/// The words for kinds, in the language of a dossier, in English and in the others of the theme.
#[derive(Debug, Default)]
pub struct Vocabulary {
    keys: HashMap<(&'static str, String), &'static str>,
}

impl Vocabulary {
    pub fn new(config: &Config, theme: &Sources, own: &Sources) -> Vocabulary {
        let mut keys = HashMap::new();
        let others =
            theme.under(FOLDER).filter_map(|file| file.path.strip_prefix(FOLDER)?.strip_suffix(".toml"));
        for language in [config.language.as_str(), "en"].into_iter().chain(others) {
            let config = Config { language: language.to_owned(), ..Config::default() };
            let (strings, _) = Strings::read(&config, theme, own);
            for (section, key) in all() {
                let word = strings.get(&format!("{section}.{key}")).to_lowercase();
                keys.entry((section, word)).or_insert(key);
                keys.entry((section, key.to_owned())).or_insert(key);
            }
        }
        Vocabulary { keys }
    }

    /// The key for a word of a section, such as `group-type`.
    pub fn key(&self, section: &'static str, word: &str) -> Option<&'static str> {
        self.keys.get(&(section, word.trim().to_lowercase())).copied()
    }
}

fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let groups = GroupKind::ALL.into_iter().map(|(key, _)| ("group-type", key));
    let modes = Mode::ALL.into_iter().map(|(key, _)| ("kind", key));
    let relations = RelationKind::ALL.into_iter().map(|(key, _)| ("relation-type", key));
    let statuses = Status::ALL.into_iter().map(|(key, _)| ("status", key));
    let sources = CSL_TYPES.into_iter().map(|key| ("source-type", key));
    groups.chain(modes).chain(relations).chain(statuses).chain(sources)
}
