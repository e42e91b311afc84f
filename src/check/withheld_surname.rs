//! The last name of somebody who is withheld, in what is published.

use std::cell::OnceCell;

use serde_json::Value;
use unicode_normalization::char::is_combining_mark;

use super::Finding;
use crate::diag::Diagnostic;
use crate::export::plain;
use crate::link::Linked;
use crate::link::refs::bodies;
use crate::model::dossier::{Dossier, Id, Withheld};
use crate::model::fold::fold;
use crate::source::Span;

crate::code! {
    /// The last name alone of a person who is withheld, in a text or field that is published: "the clerk Quandt".
    /// The search for what is withheld looks for names as they are written down, and for half of one only where that
    /// was written down as well, since others may have the same last name.
    ///
    /// If it is that person, write the last name down in `names.aka`: the build then fails wherever it stands. If it is
    /// somebody else, or a word of the language, say so in `allow` on the record that it stands in. Nothing is said of
    /// a name that a person, group, place or term has that is published.
    CODE = "withheld-surname";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    let names = || dossier.all().filter_map(|id| dossier.name(id)).flat_map(|name| name.all());
    // What was written down as a spelling is searched for in every file.
    let is_written = |word: &str| dossier.withheld.iter().any(|withheld| withheld.word == word);
    let is_sought = |surname: &&Withheld| {
        let word = surname.word.as_str();
        !is_written(word) && !names().any(|name| holds(name, word))
    };
    let sought: Vec<(&Withheld, Vec<&str>)> = dossier
        .withheld_surnames
        .iter()
        .filter(is_sought)
        .map(|surname| {
            // The whole name is found by the search.
            let own = dossier.withheld.iter().filter(|withheld| withheld.owner == surname.owner);
            let whole = own.map(|withheld| withheld.word.as_str());
            (surname, whole.filter(|name| holds(name, &surname.word)).collect())
        })
        .collect();
    if sought.is_empty() {
        return;
    }
    for id in dossier.all() {
        let fields = OnceCell::new();
        for (surname, whole) in &sought {
            let word = surname.word.as_str();
            let is_in = |text: &str| {
                holds(text, word)
                    && holds(&whole.iter().fold(text.to_owned(), |text, name| text.replace(name, " ")), word)
            };
            let in_fields = || fields.get_or_init(|| plain::record(dossier, id));
            let is_in_field = || in_fields().values().any(|value| stands_in(value, &is_in));
            let said = said(dossier, id, &is_in);
            let Some(place) = said.or_else(|| dossier.span(id).filter(|_| is_in_field())) else { continue };
            let message =
                format!("`{word}`, the last name of `{}`, who is withheld, stands here", surname.owner);
            let problem = Diagnostic::warning(CODE, place, message).also(surname.span, "withheld here").help(
                "write it down in `names.aka`, and the build fails where it stands; or set the lint off",
            );
            report(Finding::certain(id, problem));
        }
    }
}

/// The first sentence of a record's texts in which it stands, in the order of the file.
fn said(dossier: &Dossier, id: Id, is_in: &dyn Fn(&str) -> bool) -> Option<Span> {
    let texts = bodies(dossier, id).into_iter().flat_map(|body| {
        let sentences = body.sentences.iter().map(|sentence| (sentence.text.as_str(), sentence.span));
        sentences.chain(body.lines.iter().map(|line| (line.value.as_str(), line.span)))
    });
    texts.filter(|(text, _)| is_in(text)).map(|(_, span)| span).min_by_key(|span| span.start)
}

fn stands_in(value: &Value, is_in: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is_in(text),
        Value::Array(items) => items.iter().any(|item| stands_in(item, is_in)),
        Value::Object(fields) => fields.values().any(|value| stands_in(value, is_in)),
        _ => false,
    }
}

/// Whether a word stands in a text, with whatever accents and in capitals or not, and not as a part of another one. What
/// begins with a small letter, and in the name with a capital one, is a word of the language.
fn holds(text: &str, word: &str) -> bool {
    let wanted: Vec<(bool, String)> =
        parts(word).map(|part| (part.starts_with(char::is_uppercase), fold(part))).collect();
    let found: Vec<&str> = parts(text).collect();
    let is_it = |part: &str, (is_capital, wanted): &(bool, String)| {
        // Nearly all words differ in their first letters.
        let may_be = match (part.as_bytes().first(), wanted.as_bytes().first()) {
            (Some(one), Some(other)) if one.is_ascii() && other.is_ascii() => one.eq_ignore_ascii_case(other),
            _ => true,
        };
        may_be && !(*is_capital && part.starts_with(char::is_lowercase)) && fold(part) == *wanted
    };
    let are = |window: &[&str]| window.iter().zip(&wanted).all(|(part, wanted)| is_it(part, wanted));
    !wanted.is_empty() && found.windows(wanted.len()).any(are)
}

/// The words of a text.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).filter(|part| !part.is_empty())
}
