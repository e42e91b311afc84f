//! A diagnostic that knows better -> the change that follows its advice.

use crate::diag::Diagnostic;
use crate::gather::problems::PROSE_WITHOUT_RECORD;
use crate::link::problems::UNKNOWN_REFERENCE;
use crate::parse::problems::STRAY_FILE;
use crate::source::{Sources, Span};

use super::references::unquoted;

/// A text that takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub span: Span,
    pub text: String,
}

/// The change that a diagnostic suggests: `did you mean "x"?`, or the new key of a record.
pub fn change(problem: &Diagnostic, sources: &Sources) -> Option<Change> {
    // These are about the name of the file.
    if [STRAY_FILE, PROSE_WITHOUT_RECORD].contains(&problem.code) {
        return None;
    }
    let texts = || [Some(problem.message.as_str()), problem.help.as_deref()].into_iter().flatten();
    let moved = problem.code == UNKNOWN_REFERENCE && problem.message.ends_with("is a former key");
    let suggested = texts().find_map(|text| quoted(text, "did you mean "));
    let suggested = suggested.or_else(|| quoted(problem.help.as_deref()?, "write ").filter(|_| moved))?;
    let span = unquoted(sources, problem.span?);
    let text = sources.text(span.file);
    let written = text.get(span.range())?;
    // The place of a directive is its name alone, that of a heading in a link is the whole link.
    let suggested = suggested.trim_start_matches(':');
    if suggested.starts_with('#') || written.contains('\n') || written.is_empty() || written == suggested {
        return None;
    }
    // The kind before a key stays, unless the suggestion has one too.
    let kind = written.split_once('/').map(|(kind, _)| kind).filter(|_| moved && !suggested.contains('/'));
    let text = kind.map_or_else(|| suggested.to_owned(), |kind| format!("{kind}/{suggested}"));
    Some(Change { span, text })
}

/// The word in quotes or backticks right behind `before`.
fn quoted<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    let quote = rest.chars().next().filter(|c| matches!(c, '`' | '"'))?;
    let (word, _) = rest[1..].split_once(quote)?;
    Some(word)
}
