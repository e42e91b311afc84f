//! Corrections: the log, and the marks beside the fields that were corrected.

use super::page::{Corrected, Correction};
use super::prose::Writer;
use super::record;
use super::words::Words;
use crate::link::refs::ANY;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::correction::Correction as Record;
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::model::fields::{Holds, field};
use crate::parse::markdown::{Role, Setting, markdown};

/// Corrections, newest first.
pub fn listed(writer: &mut Writer, ids: &[Id]) -> Vec<Correction> {
    let words = writer.words;
    let dossier = &words.linked.dossier;
    sorted(words, ids)
        .into_iter()
        .filter_map(|id| {
            let record = dossier.corrections.get(id.index)?;
            let on = dossier.get(&record.data.on, ANY)?;
            Some(Correction {
                id: format!("r-{}", record.key),
                anchor: anchor(&record.key),
                date: words.date(&record.data.date.value),
                on: vec![words.part(on)],
                field: record.data.field.as_ref().map(|field| words.field(&field.value)),
                was: was(words, on.kind, &record.data),
                why: record.data.why.clone(),
                marks: writer.notes.marks(words, &record.common.cite),
                note_html: None,
                body: Vec::new(),
            })
        })
        .collect()
}

/// The marks of a record's fields, newest first. `elsewhere` is for a list, from which they lead to the
/// record.
pub fn marks(words: &Words, on: Id, elsewhere: bool) -> Vec<Corrected> {
    let dossier = &words.linked.dossier;
    sorted(words, words.linked.corrections_of(on))
        .into_iter()
        .filter_map(|id| {
            let record = dossier.corrections.get(id.index)?;
            let href = match on.kind {
                // What has no page of its own is explained in the log.
                Kind::Relation | Kind::Term => Some(format!("corrections.html#r-{}", record.key)),
                _ if elsewhere => Some(format!("{}#{}", address(dossier, on), anchor(&record.key))),
                _ => None,
            };
            Some(Corrected {
                field: record.data.field.as_ref()?.value.clone(),
                date: words.date(&record.data.date.value),
                was: was(words, on.kind, &record.data),
                anchor: anchor(&record.key),
                href,
            })
        })
        .collect()
}

/// Newest first, those of one day by their keys.
fn sorted(words: &Words, ids: &[Id]) -> Vec<Id> {
    let corrections = &words.linked.dossier.corrections;
    let date = |id: &Id| corrections.get(id.index).map(|record| record.data.date.value.sort_key());
    let mut ids = ids.to_vec();
    ids.sort_by(|a, b| date(b).cmp(&date(a)).then(a.cmp(b)));
    ids
}

fn anchor(key: &str) -> String {
    format!("corr-{key}")
}

/// What the field said before, as readers see such a field; nothing when it said nothing.
pub fn was(words: &Words, kind: Kind, correction: &Record) -> Option<String> {
    if correction.was.is_empty() {
        return None;
    }
    // It stands in quotation marks, and what it stands in has a stop of its own.
    let was = correction.was.strip_suffix('.').unwrap_or(&correction.was);
    let shown = match correction.field.as_ref().and_then(|name| field(kind, &name.value)) {
        Some(Holds::Date) => Date::parse(was).ok().map(|date| words.date(&date)),
        Some(Holds::Word(section, _)) => {
            let key = format!("{section}.{was}");
            words.strings.contains(&key).then(|| words.strings.get(&key).to_owned())
        }
        Some(Holds::Key(kinds)) => words.linked.dossier.named(was, kinds).map(|id| words.title(id)),
        Some(Holds::Language) => Some(record::language_name(words, was)),
        Some(Holds::Markdown) => {
            let place = |_| correction.date.span;
            let setting = Setting { place: &place, folder: "", unsafe_html: false };
            let (body, _) = markdown(was, Role::Inline, &setting, &mut Vec::new());
            Some(words.plain(&body.text))
        }
        _ => None,
    };
    Some(shown.unwrap_or_else(|| was.to_owned()))
}
