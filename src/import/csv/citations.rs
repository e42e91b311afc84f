//! Cells that say on what something rests -> citations.

use serde_json::{Value, json};

use super::references::Found;
use super::{At, Reading};
use crate::model::Kind;
use crate::model::citation::{Citation, Hop};
use crate::model::kinds::SOURCE;
use crate::parse::citation::citation;
use crate::source::{Sources, Span};

impl Reading<'_, '_> {
    /// The citations in a cell. What is none of a known source becomes an origin that is no record.
    pub fn citations_in(&mut self, cell: &str, at: &At) -> Vec<Value> {
        let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = self.known_citation(&line);
        let all = match whole {
            Some(whole) => vec![whole],
            None => pieces(&line).into_iter().filter_map(|piece| self.citation_of(&piece, at)).collect(),
        };
        let mut cites: Vec<Value> = Vec::new();
        for cite in all {
            if !cites.contains(&json!(cite)) {
                cites.push(json!(cite));
            }
        }
        cites
    }

    fn citation_of(&mut self, piece: &str, at: &At) -> Option<String> {
        if let Some(known) = self.known_citation(piece) {
            return Some(known);
        }
        let is_address = url::Url::parse(piece).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
            && !piece.contains(char::is_whitespace);
        if is_address {
            return self.taken.source_at(piece, None);
        }
        match self.known.find(&self.taken.keys, piece, SOURCE) {
            Found::One(_, key) => return Some(key),
            Found::Several => {
                let why = "several sources are called so: write the key of the one that is meant";
                self.taken.lose(&at.record, "cite", piece, why);
                return None;
            }
            Found::None => {}
        }
        quoted(piece)
    }

    /// A citation as authors write it, if all of its sources are known.
    fn known_citation(&self, text: &str) -> Option<String> {
        let citation = parsed(text)?;
        let is_known = |hop: &Hop| match hop {
            Hop::Source { source, .. } => {
                let key = source.text.strip_prefix("sources/").unwrap_or(&source.text);
                self.taken.keys.has(Kind::Source, key)
            }
            Hop::Unrecorded { .. } => true,
        };
        citation.hops.iter().all(is_known).then(|| citation.to_string())
    }
}

fn parsed(text: &str) -> Option<Citation> {
    let file = Sources::default().insert("cell", Vec::new());
    let mut problems = Vec::new();
    let citation = citation(text, &|range| Span::new(file, range), &mut problems)?;
    problems.is_empty().then_some(citation)
}

/// An origin that is no record, in its quotes.
pub fn quoted(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one = |written: &String| {
        parsed(written).is_some_and(|citation| {
            matches!(citation.hops.as_slice(), [Hop::Unrecorded { text: known, .. }] if known == text)
        })
    };
    let plain = Some(format!("'{text}'")).filter(is_one);
    // A quotation mark within that would end it becomes one that does not.
    let other = || format!("'{}'", text.replace('\'', "’"));
    plain.or_else(|| Some(other()).filter(|written| parsed(written).is_some()))
}

/// The parts of a cell between semicolons that stand outside quotes.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(';').chain([(line.len(), "")]) {
        let piece = line.get(start..at).unwrap_or("").trim();
        // A quoted origin ends with a quotation mark of its own.
        let opens = piece.starts_with('\'') || piece.contains(" citing '");
        let rest = line.get(at..).unwrap_or("");
        if opens && !piece.ends_with('\'') && rest.contains('\'') {
            continue;
        }
        if !piece.is_empty() {
            pieces.push(piece.to_owned());
        }
        start = at + 1;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_in_a_cell_are_divided_outside_quotes() {
        assert_eq!(pieces("herald ¶4; gazette p. 2;"), ["herald ¶4", "gazette p. 2"]);
        assert_eq!(pieces("'a letter; undated'; herald"), ["'a letter; undated'", "herald"]);
        assert_eq!(pieces("herald citing 'one; two'; b"), ["herald citing 'one; two'", "b"]);
    }

    #[test]
    fn what_is_no_source_is_quoted() {
        assert_eq!(quoted("the ministry's aide").unwrap(), "'the ministry's aide'");
        assert_eq!(quoted("the officials'").unwrap(), "'the officials''");
        assert_eq!(quoted("a' citing b").unwrap(), "'a’ citing b'");
        assert_eq!(quoted("  "), None);
    }
}
