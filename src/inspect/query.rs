//! The words of a command line -> a query, in the language of the directives.

use crate::diag::{Diagnostic, did_you_mean, one_of};
use crate::link::Linked;
use crate::link::problems::{REFERENCE_TO_DRAFT, REFERENCE_TO_WITHHELD, UNKNOWN_REFERENCE};
use crate::link::refs::{of_query, problem};
use crate::model::Kind;
use crate::model::dossier::{Dossier, Resolution};
use crate::model::query::{Query, Term};
use crate::parse::problems::{INVALID_QUERY, simple};
use crate::parse::query::{query, words};
use crate::source::{FileId, Span};

/// The name under which reports show the query.
pub const PLACE: &str = "command line";

/// Every kind that can be listed.
pub fn kinds() -> impl Iterator<Item = Kind> + Clone {
    Kind::RECORDS.into_iter().chain([Kind::Article])
}

/// The text of a query: one word is a whole query as it is, several are its words, of which the shell has taken the
/// quotes; then the terms that were given as options.
pub fn text(given: &[String], terms: &[(&str, String)]) -> String {
    let quoted = |key: &str, value: &str| {
        let needs = value.is_empty() || value.contains(char::is_whitespace);
        if needs { format!("{key}=\"{value}\"") } else { format!("{key}={value}") }
    };
    let word = |word: &String| match word.split_once('=') {
        Some((key, value)) if given.len() > 1 && !value.starts_with('"') => quoted(key, value),
        _ => word.clone(),
    };
    let options = terms.iter().map(|(term, value)| quoted(term, value));
    given.iter().map(word).chain(options).collect::<Vec<_>>().join(" ")
}

/// Reads a query that stands alone in a file. Unlike in a directive, it may ask for any kind.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str, file: FileId) -> Result<Query, Vec<Diagnostic>> {
    let whole = Span::new(file, 0..text.len());
    let first = words(text).into_iter().next().filter(|word| word.value.is_none());
    let (kind, start) = match first {
        None => (None, 0),
        Some(word) => match kinds().find(|kind| kind.plural() == word.key) {
            Some(kind) => (Some(kind), word.key_range.end),
            None => return Err(vec![unknown_kind(whole.within(word.key_range), word.key)]),
        },
    };
    let mut problems = Vec::new();
    let place = |range: std::ops::Range<usize>| whole.within(start + range.start..start + range.end);
    let found = query(&text[start..], kind, &place, &mut problems);
    let found = found.map(|query| Query { text: text.trim().to_owned(), span: whole, ..query });
    found.ok_or(problems)
}

fn unknown_kind(span: Span, word: &str) -> Diagnostic {
    let plurals = || kinds().map(Kind::plural);
    let singular = kinds().find(|kind| kind.singular() == word).map(Kind::plural);
    let help = match singular.or_else(|| did_you_mean(word, plurals())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name {}", one_of(plurals())),
    };
    simple(INVALID_QUERY, span, format!("`{word}` is no kind of record"), help)
}

/// What is wrong with the records that a query names.
pub fn check(dossier: &Dossier, query: &Query) -> Vec<Diagnostic> {
    let told = |mention: &crate::link::refs::Mention| {
        let found = problem(dossier, mention, true)?;
        let suggests =
            matches!(dossier.resolve(&mention.reference.text, mention.kinds), Resolution::Moved(_))
                || found.message.ends_with("?");
        let lists: Vec<String> =
            mention.kinds.iter().map(|kind| format!("`dossier list {}`", kind.plural())).collect();
        Some(match found.code {
            code if code == REFERENCE_TO_DRAFT => found.help("add `--drafts`"),
            code if code == REFERENCE_TO_WITHHELD => found.help("add `--withheld`"),
            code if code == UNKNOWN_REFERENCE && !suggests => {
                found.help(format!("see {}", one_of(lists.iter().map(String::as_str))))
            }
            _ => found,
        })
    };
    of_query(query).iter().filter_map(told).collect()
}

/// A tag or type that no record of the kind has, and one that may be meant.
pub fn unknown_word(linked: &Linked, query: &Query) -> Option<String> {
    let dossier = &linked.dossier;
    let asked: Vec<Kind> = query.kind.map_or_else(|| vec![Kind::Meeting, Kind::Event], |kind| vec![kind]);
    let ids = || asked.iter().flat_map(|kind| dossier.ids(*kind));
    let what = query.kind.map_or("record", Kind::singular);
    query.terms.iter().find_map(|term| {
        let (name, wanted, known): (_, _, Vec<&str>) = match term {
            Term::Tag(tag) => {
                let tags = ids().filter_map(|id| dossier.common(id)).flat_map(|common| &common.tags);
                ("tag", tag, tags.map(|tag| tag.value.as_str()).collect())
            }
            Term::Type(kind) => {
                let of = |id: crate::model::dossier::Id| match id.kind {
                    Kind::Event => dossier.events.get(id.index)?.data.kind.as_deref(),
                    Kind::Group => Some(dossier.groups.get(id.index)?.data.kind.key()),
                    Kind::Relation => Some(dossier.relations.get(id.index)?.data.kind.key()),
                    Kind::Source => Some(dossier.sources.get(id.index)?.data.kind.as_str()),
                    _ => None,
                };
                ("type", kind, ids().filter_map(of).collect())
            }
            _ => return None,
        };
        if known.contains(&wanted.as_str()) {
            return None;
        }
        let near = did_you_mean(wanted, known).map(|near| format!("; did you mean `{near}`?"));
        Some(format!("no {what} has the {name} `{wanted}`{}", near.unwrap_or_default()))
    })
}
