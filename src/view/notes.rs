//! The source list of a page: numbers its citations in the order in which the page shows them.

use super::page::{Mark, Note, Part, Rich};
use super::words::{Words, text};
use crate::link::refs::SOURCE;
use crate::model::citation::{Citation, Hop};

/// The citations met so far. The same source at the same place with the same chain is one entry.
#[derive(Default)]
pub struct Notes {
    entries: Vec<(String, Note)>,
}

impl Notes {
    /// The mark for one more use of a citation.
    pub fn mark(&mut self, words: &Words, citation: &Citation) -> Mark {
        let note = self.entry(words, citation);
        let id = format!("cite-{}-{}", note.n, note.back.len() + 1);
        note.back.push(id.clone());
        Mark { n: note.n, id }
    }

    /// Enters citations of what the page shows where there is no room for marks.
    pub fn enter(&mut self, words: &Words, citations: &[Citation]) {
        for citation in citations {
            self.entry(words, citation);
        }
    }

    fn entry(&mut self, words: &Words, citation: &Citation) -> &mut Note {
        let key = identity(citation);
        let at = match self.entries.iter().position(|(known, _)| *known == key) {
            Some(at) => at,
            None => {
                let note = note(words, citation, self.entries.len() + 1);
                self.entries.push((key, note));
                self.entries.len() - 1
            }
        };
        &mut self.entries[at].1
    }

    pub fn marks(&mut self, words: &Words, citations: &[Citation]) -> Vec<Mark> {
        citations.iter().map(|citation| self.mark(words, citation)).collect()
    }

    pub fn into_entries(self) -> Vec<Note> {
        self.entries.into_iter().map(|(_, note)| note).collect()
    }
}

fn identity(citation: &Citation) -> String {
    let hop = |hop: &Hop| match hop {
        Hop::Source { locator, .. } => format!("{} {}", hop.origin().1, locator.as_deref().unwrap_or("")),
        Hop::Unrecorded { text, .. } => format!("'{text}'"),
    };
    citation.hops.iter().map(hop).collect::<Vec<_>>().join(" citing ")
}

fn note(words: &Words, citation: &Citation, n: usize) -> Note {
    let mut note = Note { n, text: Rich::new(), kind: None, url: None, archived: None, back: Vec::new() };
    let (separator, comma) = (words.get("note.separator"), words.get("note.comma"));
    for (hop, at) in citation.hops.iter().zip(0..) {
        if at > 0 {
            let (before, _) = words.strings.around("note.citing", "source");
            note.text.push(text(&before));
        }
        match hop {
            Hop::Unrecorded { text: origin, .. } => note.text.push(text(origin)),
            Hop::Source { source, locator } => {
                let dossier = &words.linked.dossier;
                let Some(id) = dossier.get(source, SOURCE) else { continue };
                let Some(source) = dossier.sources.get(id.index).map(|source| &source.data) else { continue };
                let lang = source.language.clone().filter(|lang| *lang != dossier.config.language);
                note.text.push(Part {
                    text: source.title.clone(),
                    href: Some(words.locator_href(id, locator.as_deref())),
                    dir: lang.as_deref().map(crate::model::name::direction),
                    lang,
                });
                let maker = words.maker(id);
                if maker.text != source.title {
                    note.text.push(text(separator));
                    note.text.push(Part { href: None, ..maker });
                }
                if let Some(published) = &source.published {
                    note.text.push(text(&format!("{comma}{}", words.date(&published.value))));
                }
                if let Some(locator) = locator {
                    note.text.push(text(&format!("{comma}{locator}")));
                }
                if at == 0 {
                    note.kind = Some(words.strings.get(&format!("source-type.{}", source.kind)).to_owned());
                    note.url = source.url.as_ref().map(|url| url.value.clone());
                    note.archived = source.archived.as_ref().map(|url| url.value.clone());
                }
            }
        }
    }
    note.text.push(text(words.get("note.end")));
    note
}
