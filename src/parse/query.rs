//! The query of a figure or embed: `meetings mode=in-person between="iran hamas" during=2023`.

use std::ops::Range;

use super::problems;
use crate::diag::{Diagnostic, did_you_mean, one_of};
use crate::model::date::Date;
use crate::model::meeting::Mode;
use crate::model::query::{Query, TERMS, Term, terms_of};
use crate::model::{Kind, Ref, Status};
use crate::source::{Span, Spanned};

/// Reads a query. `implied` is the kind that the directive's own name says, as in `::people{..}`.
/// `place` maps a byte range of `text` to the file.
pub fn query(
    text: &str,
    implied: Option<Kind>,
    place: &dyn Fn(Range<usize>) -> Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Query> {
    let before = problems.len();
    let mut kind = implied;
    let mut terms = Vec::new();
    for (index, word) in words(text).into_iter().enumerate() {
        match word.value {
            None if index == 0 && implied.is_none() => match query_kind(word.key) {
                Some(found) => kind = Some(found),
                None => problems.push(unknown_kind(place(word.key_range), word.key)),
            },
            None => {
                let mut help =
                    "every term is `key=value`, with quotes around a value that has spaces".to_owned();
                if implied.is_some_and(|kind| kind.plural() == word.key) {
                    help = format!("leave `{}` out: it is said already", word.key);
                }
                problems.push(problems::simple(
                    problems::INVALID_QUERY,
                    place(word.key_range),
                    format!("`{}` is no term", word.key),
                    help,
                ));
            }
            Some(value) => {
                let known = terms_of(kind);
                if !known.contains(&word.key) {
                    problems.push(unknown_term(place(word.key_range), kind, word.key, &known));
                } else if terms.iter().any(|term: &Term| term.name() == word.key) {
                    problems.push(problems::simple(
                        problems::INVALID_QUERY,
                        place(word.key_range),
                        format!("`{}` stands here twice", word.key),
                        "several values of one term stand in quotes: `with=\"a b\"`",
                    ));
                } else {
                    terms.extend(term(word.key, value, word.value_range, place, problems));
                }
            }
        }
    }
    (problems.len() == before).then(|| Query {
        kind,
        terms,
        text: text.trim().to_owned(),
        span: place(0..text.len()),
    })
}

/// A word of a query, or of the braces behind an image.
pub struct Word<'a> {
    pub key: &'a str,
    pub key_range: Range<usize>,
    pub value: Option<&'a str>,
    pub value_range: Range<usize>,
}

/// Splits at white space outside double quotes, and each word at its first `=`.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start().len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let mut quoted = false;
        let len = rest
            .char_indices()
            .find(|(_, c)| {
                quoted ^= *c == '"';
                !quoted && c.is_whitespace()
            })
            .map_or(rest.len(), |(len, _)| len);
        let word = &rest[..len];
        let (key, value) = match word.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (word, None),
        };
        let value_start = at + key.len() + 1;
        let quotes =
            usize::from(value.is_some_and(|v| v.len() >= 2 && v.starts_with('"') && v.ends_with('"')));
        let value = value.map(|value| &value[quotes..value.len() - quotes]);
        words.push(Word {
            key,
            key_range: at..at + key.len(),
            value_range: value_start + quotes..value_start + quotes + value.map_or(0, str::len),
            value,
        });
        at += len;
    }
    words
}

fn query_kind(word: &str) -> Option<Kind> {
    TERMS.iter().map(|(kind, _)| *kind).find(|kind| kind.plural() == word)
}

fn unknown_kind(span: Span, word: &str) -> Diagnostic {
    let kinds = TERMS.iter().map(|(kind, _)| kind.plural());
    let help = match did_you_mean(word, kinds.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a query starts with {}", one_of(kinds)),
    };
    problems::simple(problems::INVALID_QUERY, span, format!("`{word}` is no kind of record"), help)
}

fn unknown_term(span: Span, kind: Option<Kind>, word: &str, known: &[&str]) -> Diagnostic {
    let what = kind.map_or("records", Kind::plural);
    let help = match did_you_mean(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("leave it out: {what} can only be listed all together"),
        None => format!("{what} can be asked for by {}", one_of(known.iter().copied())),
    };
    problems::simple(problems::INVALID_QUERY, span, format!("{what} cannot be asked for by `{word}`"), help)
}

fn term(
    key: &str,
    value: &str,
    range: Range<usize>,
    place: &dyn Fn(Range<usize>) -> Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Term> {
    let span = place(range.clone());
    let mut invalid = |message: String, help: &str| {
        problems.push(problems::simple(problems::INVALID_QUERY, span, message, help));
        None
    };
    let refs = || -> Vec<Ref> {
        let mut at = range.start;
        value
            .split_whitespace()
            .map(|word| {
                at += value[at - range.start..].find(word).unwrap_or(0);
                let text = word.trim_end_matches(',').to_owned();
                let span = place(at..at + text.len());
                at += word.len();
                Ref { text, span }
            })
            .collect()
    };
    if value.trim().is_empty() {
        return invalid(format!("`{key}` has no value"), "");
    }
    match key {
        "mode" => match Mode::ALL.iter().find(|(name, _)| *name == value) {
            Some((_, mode)) => Some(Term::Mode(*mode)),
            None => {
                let modes = Mode::ALL.iter().map(|(name, _)| *name);
                problems.push(problems::unknown_value(span, "mode", value, modes));
                None
            }
        },
        "with" => Some(Term::With(refs())),
        "between" => {
            let mut refs = refs().into_iter();
            match (refs.next(), refs.next(), refs.next()) {
                (Some(a), Some(b), None) => Some(Term::Between(a, b)),
                _ => invalid(
                    "`between` takes two people or groups".to_owned(),
                    "write `between=\"one-key other-key\"`",
                ),
            }
        }
        "during" => match Date::parse(value) {
            Ok(date) => Some(Term::During(Spanned { value: date, span })),
            Err(error) => {
                let span = if error.range.is_empty() {
                    span
                } else {
                    place(range.start + error.range.start..range.start + error.range.end)
                };
                problems.push(
                    Diagnostic::error(
                        problems::INVALID_DATE,
                        span,
                        format!("`{value}` is no date: {}", error.message),
                    )
                    .maybe_help(error.help),
                );
                None
            }
        },
        "status" => {
            let mut statuses = Vec::new();
            for word in refs() {
                match Status::ALL.iter().find(|(name, _)| *name == word.text) {
                    Some((_, status)) => statuses.push(*status),
                    None => {
                        let names = Status::ALL.iter().map(|(name, _)| *name);
                        problems.push(problems::unknown_value(word.span, "status", &word.text, names));
                        return None;
                    }
                }
            }
            Some(Term::Status(statuses))
        }
        "place" => Some(Term::Place(Ref { text: value.to_owned(), span })),
        "of" => Some(Term::Of(Ref { text: value.to_owned(), span })),
        "tag" => Some(Term::Tag(value.to_owned())),
        _ => Some(Term::Type(value.to_owned())),
    }
}
