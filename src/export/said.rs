//! What formats without fields for it say in words: summaries, who is named, on whose word, how sure.

use crate::model::Kind;
use crate::model::body::Body;
use crate::model::dossier::{Dossier, Id};
use crate::view::page::Rich;
use crate::view::row;
use crate::view::words::Words;

/// The summary of a record without markup.
pub fn summary(words: &Words, id: Id) -> Option<String> {
    summary_of(&words.linked.dossier, id).map(|body| words.plain(&body.text))
}

fn summary_of(dossier: &Dossier, id: Id) -> Option<&Body> {
    match id.kind {
        Kind::Person => dossier.people.get(id.index)?.data.summary.as_ref(),
        Kind::Group => dossier.groups.get(id.index)?.data.summary.as_ref(),
        Kind::Meeting => dossier.meetings.get(id.index)?.data.summary.as_ref(),
        Kind::Event => dossier.events.get(id.index)?.data.summary.as_ref(),
        Kind::Article => dossier.article(id)?.summary.as_ref(),
        _ => None,
    }
}

/// Of a meeting or event: its summary, whom it names, on whose word, and its status.
pub fn of_occasion(words: &Words, id: Id) -> Vec<String> {
    let cite = words.linked.dossier.common(id).map_or(&[][..], |common| &common.cite);
    let mut said: Vec<String> = summary(words, id).into_iter().collect();
    said.extend(Some(text(&row::people(words, id))).filter(|people| !people.is_empty()));
    said.push(on_whose_word(words, id));
    said.extend(words.linked.dossier.standing(id).map(|standing| {
        let status = words.status(standing, cite);
        [status.word.as_str(), &text(&status.by)].join(" ").trim().to_owned()
    }));
    said
}

/// Where a meeting or event was.
pub fn place(words: &Words, id: Id) -> Option<String> {
    let occasion = words.linked.occasions().get(words.linked.occasion_at(id)?)?;
    Some(words.title(*occasion.places.first()?))
}

/// "According to A, citing B." for each chain behind a record as a whole.
pub fn on_whose_word(words: &Words, id: Id) -> String {
    let cite = words.linked.dossier.common(id).map_or(&[][..], |common| &common.cite);
    let sentences: Vec<String> = words.attribution(cite).sentences.iter().map(text).collect();
    sentences.join(" ")
}

/// A sentence without its links.
fn text(rich: &Rich) -> String {
    rich.iter().map(|part| part.text.as_str()).collect()
}
