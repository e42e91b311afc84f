//! The citation grammar: `source [locator] [citing source [locator]]...`.

use std::ops::Range;

use super::problems;
use crate::diag::Diagnostic;
use crate::model::Ref;
use crate::model::citation::{Citation, Hop};
use crate::source::Span;

/// Reads one chain. `place` maps a byte range of `text` to the file; problems go to `problems`.
pub fn citation(
    text: &str,
    place: &dyn Fn(Range<usize>) -> Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Citation> {
    // Nobody has it from so many others, and every page with the chain shows all of it.
    const MOST: usize = 50;
    let ranges = hop_ranges(text);
    if let Some(range) = ranges.get(MOST) {
        let message = format!("this chain has more than {MOST} sources");
        let help = "several citations are a list: `[\"a ¶1\", \"b p. 2\"]`";
        problems.push(problems::simple(problems::INVALID_CITATION, place(range.clone()), message, help));
        return None;
    }
    let mut hops = Vec::with_capacity(ranges.len());
    for range in ranges {
        hops.push(hop(text, range, place, problems)?);
    }
    let citation = Citation { hops, span: place(0..text.len()) };
    // A circle is reported, and its sources count as cited.
    problems.extend(circle(&citation));
    Some(citation)
}

/// The hops of a chain, trimmed: the text between the words `citing` that stand outside quotes.
fn hop_ranges(text: &str) -> Vec<Range<usize>> {
    const WORD: &str = "citing";
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at <= text.len() {
        let rest = &text[at..];
        let hop_starts = text[start..at].trim().is_empty();
        if hop_starts && rest.starts_with('\'') {
            at += 1 + quoted_len(&rest[1..]).map_or(rest.len() - 1, |len| len + 1);
            continue;
        }
        let word_start = at == 0 || text[..at].ends_with(char::is_whitespace);
        let ends = rest
            .strip_prefix(WORD)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        if word_start && ends {
            ranges.push(trimmed(text, start..at));
            start = at + WORD.len();
            at = start;
            continue;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    ranges.push(trimmed(text, start..text.len()));
    ranges
}

/// The length of a quoted hop: up to the quote that ends it or that `citing` follows, so that
/// `'the ministry's aide'` is one hop.
fn quoted_len(text: &str) -> Option<usize> {
    text.match_indices('\'').map(|(at, _)| at).find(|at| {
        let rest = text[at + 1..].trim_start();
        rest.is_empty() || rest.starts_with("citing ") || rest.starts_with(';')
    })
}

/// The quoted hops of a chain.
pub fn unrecorded(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((_, behind)) = rest.split_once('\'') {
        let Some(length) = quoted_len(behind) else { break };
        found.push(&behind[..length]);
        rest = &behind[length + 1..];
    }
    found
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

fn hop(
    text: &str,
    range: Range<usize>,
    place: &dyn Fn(Range<usize>) -> Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Hop> {
    let part = &text[range.clone()];
    let mut invalid = |range: Range<usize>, message: &str, help: &str| {
        problems.push(problems::simple(problems::INVALID_CITATION, place(range), message, help));
        None
    };
    if part.is_empty() {
        let message = if text.trim().is_empty() {
            "this citation is empty"
        } else {
            "a source is missing beside `citing`"
        };
        return invalid(0..text.len(), message, "write `source ¶1 citing other-source`");
    }
    if let Some(quoted) = part.strip_prefix('\'') {
        if quoted_len(quoted).is_none() && quoted.contains('\'') {
            let help = "an origin that is no record has no pages: put what you know of it into the quotes";
            return invalid(range, "something stands behind this quoted origin", help);
        }
        let Some(quoted) = quoted.strip_suffix('\'').filter(|q| !q.trim().is_empty()) else {
            return invalid(
                range,
                "this quoted origin does not end",
                "close it with `'`: `'unnamed officials'`",
            );
        };
        return Some(Hop::Unrecorded { text: quoted.trim().to_owned(), span: place(range) });
    }
    let end = part.find(char::is_whitespace).unwrap_or(part.len());
    let (key, locator) = part.split_at(end);
    let bare = key.strip_prefix("sources/").unwrap_or(key);
    if !super::is_key(bare) {
        let help = match key.strip_prefix('@').or_else(|| key.strip_suffix([',', ';', ':'])) {
            Some(key) => {
                format!("did you mean `{key}`? several citations are a list: `[\"a ¶1\", \"b p. 2\"]`")
            }
            None => "an origin that is no record stands in single quotes: `'unnamed officials'`".to_owned(),
        };
        return invalid(range.start..range.start + end, &format!("`{key}` is no key of a source"), &help);
    }
    let locator = locator.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Hop::Source {
        source: Ref { text: key.to_owned(), span: place(range.start..range.start + end) },
        locator: (!locator.is_empty()).then_some(locator),
    })
}

/// A chain that meets itself, with the circle spelt out.
fn circle(citation: &Citation) -> Option<Diagnostic> {
    citation.hops.iter().enumerate().find_map(|(later, hop)| {
        let earlier = citation.hops[..later].iter().position(|other| other.origin() == hop.origin())?;
        let circle: Vec<&str> = citation.hops[earlier..=later].iter().map(|hop| hop.origin().1).collect();
        Some(
            Diagnostic::error(
                problems::CIRCULAR_CITATION,
                hop.span(),
                format!("this chain meets itself: {}", circle.join(" citing ")),
            )
            .label("comes back here")
            .also(citation.hops[earlier].span(), "starts here")
            .help("end the chain at the source that is cited for it last"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn parse(text: &str) -> (Option<Citation>, Vec<String>) {
        let file = Sources::default().insert("a", Vec::new());
        let mut problems = Vec::new();
        let citation = citation(text, &|range| Span::new(file, range), &mut problems);
        (citation, problems.into_iter().map(|problem| problem.message).collect())
    }

    fn hops(text: &str) -> Vec<(String, Option<String>)> {
        let (citation, problems) = parse(text);
        assert_eq!(problems, Vec::<String>::new(), "{text}");
        citation
            .into_iter()
            .flat_map(|citation| citation.hops)
            .map(|hop| match hop {
                Hop::Source { source, locator } => (source.text, locator),
                Hop::Unrecorded { text, .. } => (format!("'{text}'"), None),
            })
            .collect()
    }

    #[test]
    fn a_chain_reads_from_what_was_read_to_where_it_comes_from() {
        let hop = |key: &str, locator: Option<&str>| (key.to_owned(), locator.map(str::to_owned));
        assert_eq!(
            hops("jpost ¶17 citing itic  p. 4"),
            [hop("jpost", Some("¶17")), hop("itic", Some("p. 4"))]
        );
        assert_eq!(hops("'unnamed officials'"), [hop("'unnamed officials'", None)]);
        assert_eq!(
            hops("a citing 'the aide's friend, citing nobody' citing b"),
            [hop("a", None), hop("'the aide's friend, citing nobody'", None), hop("b", None)]
        );
    }

    #[test]
    fn what_is_no_citation_is_said_plainly() {
        assert_eq!(parse("").1, ["this citation is empty"]);
        assert_eq!(parse("a citing").1, ["a source is missing beside `citing`"]);
        assert_eq!(parse("Jerusalem Post").1, ["`Jerusalem` is no key of a source"]);
        assert_eq!(parse("'open").1, ["this quoted origin does not end"]);
        assert_eq!(parse("a citing b citing a").1, ["this chain meets itself: a citing b citing a"]);
    }
}
