//! What is withheld -> whether a text may be said on a page of the preview of what will be published.

use std::sync::Arc;

use crate::model::dossier::{Absent, Dossier, Withheld};
use crate::withheld::Search;

/// The words that are withheld, now or in a state before: one that cannot be read hides none of them.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    words: Arc<Vec<Withheld>>,
    /// The keys of records that cannot be read, which may be withheld.
    faulty: Vec<String>,
    /// Whether there may be others: not all records can be read.
    is_partial: bool,
}

impl Guard {
    /// Whether anything is withheld, as far as is known.
    pub fn is_any(&self) -> bool {
        !self.knows_all() || !self.words.is_empty()
    }

    /// Whether there is nothing that cannot be read and may be withheld.
    pub fn knows_all(&self) -> bool {
        !self.is_partial && self.faulty.is_empty()
    }

    /// Adds what this dossier withholds. Returns whether something was not known before.
    pub fn learn(&mut self, dossier: &Dossier) -> bool {
        let is_known = |word: &Withheld| {
            self.words.iter().any(|known| known.word == word.word && known.form == word.form)
        };
        let words = dossier.withheld.iter().chain(&dossier.withheld_surnames);
        let new: Vec<Withheld> = words.filter(|word| !is_known(word)).cloned().collect();
        let has_learned = !new.is_empty();
        if has_learned {
            Arc::make_mut(&mut self.words).extend(new);
        }
        let faulty = dossier.absent.iter().filter(|(_, why)| **why == Absent::Faulty);
        self.faulty = faulty.map(|((_, key), _)| key.clone()).collect();
        self.is_partial = !dossier.unread.is_empty();
        has_learned
    }

    /// The same where no dossier can be read.
    pub fn without_dossier(&mut self) -> Guard {
        self.is_partial = true;
        self.clone()
    }

    /// What tells whether the path of a file must not be said, in whatever form a word stands in it.
    pub fn hides(&self) -> impl Fn(&str) -> bool + '_ {
        let search = Search::new(&self.words);
        let words = self.words.iter().map(|word| &word.word).chain(&self.faulty);
        let small: Vec<String> = words.map(|word| word.to_lowercase()).collect();
        move |text: &str| {
            let found = match &search {
                Ok(search) => {
                    search.as_ref().is_some_and(|search| !search.hits("", text.as_bytes()).is_empty())
                }
                Err(_) => true,
            };
            let text = text.to_lowercase();
            // Also within a word, as of a key that somebody mistyped.
            found || small.iter().any(|word| word.chars().count() > 2 && text.contains(word.as_str()))
        }
    }

    /// The same of a message, which may be about a record that cannot be read.
    pub fn hides_message(&self) -> impl Fn(&str) -> bool + '_ {
        let hides = self.hides();
        move |message| self.is_partial || hides(message)
    }
}
