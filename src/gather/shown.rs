//! The records that are published -> what they show, and so is no secret where a record that is withheld has it too.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::Withhold;
use crate::model::article::Article;
use crate::model::body::with_names;
use crate::model::dossier::Told;
use crate::model::source::By;
use crate::parse::ParsedRecord;

use super::Keep;

/// What is shown, and what records are called.
#[derive(Debug, Default)]
pub struct Shown {
    /// Names of people, groups and makers, in small letters.
    names: HashSet<String>,
    /// Addresses, numbers and publishers.
    shared: Vec<String>,
    /// The name of each record and article by its key, whether it is shown or not.
    called: HashMap<String, String>,
}

impl Shown {
    /// Of all records and articles; nothing where none of them withholds anything.
    pub fn of(records: &[ParsedRecord], articles: &[Arc<Article>], keep: Keep) -> Shown {
        let mut shown = Shown::default();
        let withhold = |record: &ParsedRecord| record.common().withhold != Withhold::Nothing;
        if !records.iter().any(withhold)
            && articles.iter().all(|article| article.common.withhold == Withhold::Nothing)
        {
            return shown;
        }
        for record in records {
            let common = record.common();
            if let Some(name) = super::withheld::names(record).into_iter().next() {
                shown.called.insert(format!("{}/{}", record.kind().plural(), record.key()), name.clone());
                shown.called.entry(record.key().to_owned()).or_insert(name);
            }
            if common.withhold != Withhold::Record && (!common.draft || keep.drafts) {
                shown.record(record);
            }
        }
        for article in articles {
            shown.called.entry(article.path.clone()).or_insert_with(|| article.title.clone());
            if article.common.withhold != Withhold::Record && (!article.common.draft || keep.drafts) {
                shown.names.extend(article.authors.iter().map(|name| plain(name)));
            }
        }
        shown
    }

    fn record(&mut self, record: &ParsedRecord) {
        match record {
            ParsedRecord::Person(_) | ParsedRecord::Group(_) => {
                self.names.extend(super::withheld::names(record).iter().map(|name| plain(name)));
            }
            ParsedRecord::Source(source) => {
                let makers = source.data.makers().filter_map(|by| match by {
                    By::Text(name) => Some(plain(name)),
                    By::Record(_) => None,
                });
                self.names.extend(makers);
                let imprint = &source.data.imprint;
                let shared = [&imprint.doi, &imprint.isbn, &imprint.publisher, &imprint.container_title];
                self.shared.extend(shared.into_iter().flatten().cloned());
            }
            _ => {}
        }
        self.shared.extend(super::withheld::addresses(record));
    }

    /// Whether a person, a group or a maker of this name is shown.
    pub fn names(&self, name: &str) -> bool {
        self.names.contains(&plain(name))
    }

    /// Whether an address, a number or a publisher is shown, alone or as the beginning of an address.
    pub fn shares(&self, text: &str) -> bool {
        let start = text.trim_end_matches('/');
        let leads_to = |shown: &String| {
            shown.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        };
        self.shared.iter().any(leads_to)
    }

    /// A text with the names of records where it has only their keys.
    pub fn with_names(&self, text: &str) -> String {
        with_names(text, |key| self.called.get(key).cloned())
    }
}

/// A name as it is said, in small letters: `Quill, Vera` is that of Vera Quill.
fn plain(name: &str) -> String {
    let turned = name.split_once(Told::COMMAS).map(|(last, first)| format!("{first} {last}"));
    let words = turned.as_deref().unwrap_or(name).to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
