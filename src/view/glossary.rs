//! The glossary: the words that the dossier uses in a meaning of its own.

use super::page::{Glossary, GlossaryTerm, View};
use super::prose::Writer;
use super::words::Words;
use super::{corrections, record, row};
use crate::link::routes::GLOSSARY;
use crate::model::Kind;

pub fn glossary(words: &Words) -> View {
    let dossier = &words.linked.dossier;
    let mut writer = Writer::new(words, GLOSSARY);
    let mut terms = Vec::new();
    for id in words.sorted(dossier.ids(Kind::Term)) {
        let Some(term) = dossier.terms.get(id.index) else { continue };
        terms.push(GlossaryTerm {
            id: row::anchor(words, id),
            name: words.name(id),
            native: words.native(id),
            spellings: record::spellings(&mut writer, &term.data.name),
            definition_html: writer.inline(Some(&term.data.definition)).unwrap_or_default(),
            marks: writer.notes.marks(words, &term.common.cite),
            note_html: writer.inline(term.common.note.as_ref()),
            body: record::prose(&mut writer, id),
            corrected: corrections::marks(words, id, false),
        });
    }
    View::Glossary(Glossary {
        count_text: words.count("say.terms", terms.len()),
        terms,
        figures: writer.figures,
        notes: writer.notes.into_entries(),
    })
}
