//! Markdown that may be broken -> which of the project's notation an offset stands in: a link, a citation, a query.

use std::ops::Range;

use crate::model::Kind;
use crate::parse::inline::{LONGEST, TEXT_DIRECTIVES};
use crate::parse::notation::LEAVES;
use crate::parse::query::words;
use crate::source::floor_char_boundary;

/// Notation that is open at an offset. Each range is the word there, as far as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// The target of a link: `[[key`.
    Link(Range<usize>),
    /// The heading of its target: `[[key#heading`.
    Anchor { target: String, range: Range<usize> },
    /// The key of a source: `[@key`, `citing key`.
    Source(Range<usize>),
    /// What may follow the key of a source.
    AfterSource(Range<usize>),
    /// The name of a directive, with its colons.
    Directive(Range<usize>),
    /// The kind of records that a query begins with.
    QueryKind(Range<usize>),
    /// A term of a query for records of a kind, which has some already.
    Term { kind: Option<Kind>, range: Range<usize>, written: Vec<String> },
    /// The value of a term.
    TermValue { kind: Option<Kind>, term: String, range: Range<usize> },
}

impl Notation {
    /// The same in a text that has so many bytes before this one.
    pub fn moved(mut self, by: usize) -> Notation {
        let (Notation::Link(range)
        | Notation::Anchor { range, .. }
        | Notation::Source(range)
        | Notation::AfterSource(range)
        | Notation::Directive(range)
        | Notation::QueryKind(range)
        | Notation::Term { range, .. }
        | Notation::TermValue { range, .. }) = &mut self;
        *range = range.start + by..range.end + by;
        self
    }
}

/// The notation that is open at an offset of a text.
pub fn notation(text: &str, offset: usize) -> Option<Notation> {
    let earliest = floor_char_boundary(text, offset.saturating_sub(LONGEST));
    let before = &text[earliest..offset];
    // Nothing spans a blank line.
    let start = before.rfind("\n\n").map_or(earliest, |at| earliest + at + 2);
    let before = &text[start..offset];
    let open = |opening: &str, closing: &str| {
        let at = before.rfind(opening)? + opening.len();
        (!before[at..].contains(closing)).then_some(start + at)
    };
    let link = open("[[", "]]");
    let cite = open("[@", "]");
    let query = open("{", "}");
    match [link, cite, query].into_iter().flatten().max() {
        Some(at) if query == Some(at) => in_query(text, start, at, offset),
        Some(at) if link == Some(at) => in_link(text, at, offset),
        Some(at) => in_citation(text, at - 1, offset),
        None => directive(text, offset),
    }
}

/// The word around an offset: what can stand in a key.
pub fn word(text: &str, offset: usize) -> Range<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    let before = &text[..offset];
    let start = before.trim_end_matches(is_part).len();
    let rest = &text[offset..];
    start..offset + (rest.len() - rest.trim_start_matches(is_part).len())
}

fn in_link(text: &str, start: usize, offset: usize) -> Option<Notation> {
    let written = &text[start..offset];
    if written.contains('|') {
        return None;
    }
    Some(match written.split_once('#') {
        Some((target, _)) => Notation::Anchor { target: target.trim().to_owned(), range: word(text, offset) },
        // A record is found by the words of its name, too.
        None => Notation::Link(start + written.len() - written.trim_start().len()..word(text, offset).end),
    })
}

/// Within brackets that begin before the first `@`.
fn in_citation(text: &str, start: usize, offset: usize) -> Option<Notation> {
    let chain = text[start..offset].rfind(';').map_or(start, |at| start + at + 1);
    let written = &text[chain..offset];
    let at = written.len() - written.trim_start().len();
    // Without its `@` it is no citation yet.
    written.trim_start().strip_prefix('@')?;
    hop(text, chain + at + 1, offset)
}

/// The notation of a chain of sources that begins at `start`: of the hop that is open at an offset.
pub fn hop(text: &str, start: usize, offset: usize) -> Option<Notation> {
    const WORD: &str = "citing";
    let written = text.get(start..offset)?;
    let ends = written.match_indices(WORD).filter(|(at, _)| {
        let after = &written[at + WORD.len()..];
        after.starts_with(char::is_whitespace) && written[..*at].ends_with(char::is_whitespace)
    });
    let hop = ends.last().map_or(0, |(at, _)| at + WORD.len());
    let hop = written[hop..].trim_start();
    if hop.starts_with('\'') {
        return None;
    }
    let range = word(text, offset);
    Some(match hop.contains(char::is_whitespace) {
        true => Notation::AfterSource(range),
        false => Notation::Source(offset - hop.len()..range.end),
    })
}

/// Within braces that begin at `start`, behind the name of a directive.
fn in_query(text: &str, from: usize, start: usize, offset: usize) -> Option<Notation> {
    let before = &text[from..start - 1];
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let implied = match before.strip_suffix(']') {
        Some(label) => {
            let name = label.rfind('[').map(|at| &label[..at])?;
            TEXT_DIRECTIVES.iter().find(|known| name.ends_with(&format!(":{known}")))?;
            None
        }
        None => {
            let name = &before[before.trim_end_matches(is_name).len()..];
            before.strip_suffix(name)?.strip_suffix("::")?;
            LEAVES.iter().find(|(known, ..)| *known == name)?.2
        }
    };
    let query = &text[start..offset];
    let all = words(query);
    let first = all.first().filter(|first| first.value.is_none()).map(|first| first.key);
    let kind = implied.or_else(|| Kind::from_plural(first?));
    let last = all.last().filter(|last| {
        let end = last.value.map_or(last.key_range.end, |_| last.value_range.end);
        end == query.len()
    });
    let range = word(text, offset);
    Some(match last {
        Some(last) if last.value.is_some() => Notation::TermValue { kind, term: last.key.to_owned(), range },
        last if implied.is_none() && all.len() == usize::from(last.is_some()) => Notation::QueryKind(range),
        _ => {
            let written = all.iter().filter(|word| word.value.is_some()).map(|word| word.key.to_owned());
            Notation::Term { kind, range, written: written.collect() }
        }
    })
}

fn directive(text: &str, offset: usize) -> Option<Notation> {
    let range = word(text, offset);
    let before = &text[..range.start];
    let colons = before.len() - before.trim_end_matches(':').len();
    let line = &before[..before.len() - colons];
    let starts_line = line.is_empty() || line.ends_with('\n');
    let is_meant = match colons {
        1 => range.start < offset && !line.ends_with(char::is_alphanumeric),
        2 => starts_line,
        _ => false,
    };
    is_meant.then_some(Notation::Directive(range.start - colons..range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> String {
        let offset = text.find('|').unwrap_or_default();
        let text = text.replacen('|', "", 1);
        match notation(&text, offset) {
            None => "nothing".to_owned(),
            Some(Notation::Link(range)) => format!("link <{}>", &text[range]),
            Some(Notation::Anchor { target, range }) => format!("anchor of {target} <{}>", &text[range]),
            Some(Notation::Source(range)) => format!("source <{}>", &text[range]),
            Some(Notation::AfterSource(range)) => format!("after <{}>", &text[range]),
            Some(Notation::Directive(range)) => format!("directive <{}>", &text[range]),
            Some(Notation::QueryKind(range)) => format!("kind <{}>", &text[range]),
            Some(Notation::Term { kind, range, written }) => {
                format!("term of {kind:?} <{}> beside {}", &text[range], written.join(","))
            }
            Some(Notation::TermValue { kind, term, range }) => {
                format!("value of {term} of {kind:?} <{}>", &text[range])
            }
        }
    }

    #[test]
    fn what_is_open_is_known() {
        assert_eq!(at("a [[ad|a"), "link <ada>");
        assert_eq!(at("a [[|]] b"), "link <>");
        assert_eq!(at("a [[Ada قا| b"), "link <Ada قا>");
        assert_eq!(at("[[ada]] [@he|"), "source <he>");
        assert_eq!(at("[@herald ¶4; @|]"), "source <>");
        assert_eq!(at("[@herald ¶4 citing po|"), "source <po>");
        assert_eq!(at("[@herald ¶4 ci|"), "after <ci>");
        assert_eq!(at("[@herald citing 'an ai|"), "nothing");
        assert_eq!(at("[[ada#ear|"), "anchor of ada <ear>");
        assert_eq!(at(":count[four]{me|"), "kind <me>");
        assert_eq!(at(":count[four]{meetings mo|"), "term of Some(Meeting) <mo> beside ");
        assert_eq!(
            at(":count[four]{meetings mode=phone with=\"ada be|\"}"),
            "value of with of Some(Meeting) <be>"
        );
        assert_eq!(at("::people{of=|}"), "value of of of Some(Person) <>");
        assert_eq!(at("::people{of=a |}"), "term of Some(Person) <> beside of");
        assert_eq!(at("::ti|"), "directive <::ti>");
        assert_eq!(at("so :co|"), "directive <:co>");
        for nothing in ["at 10:3|", "plain w|", "[[a]] b|", "[[a\n\nb|", "[a](b)|", "{a|", "x{a|", "qé|"] {
            assert_eq!(at(nothing), "nothing", "{nothing}");
        }
    }
}
