//! Where the key of an entry stands in a bibliography: at its head, and in the fields of those that take from it.

use std::ops::Range;

use biblatex::{RawBibliography, RawChunk};

/// The fields of an entry that name others.
const NAMING: [&str; 5] = ["crossref", "xref", "xdata", "related", "entryset"];

/// The places of a key in a bibliography that can be read.
pub fn places(text: &str, key: &str) -> Vec<Range<usize>> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in &raw.entries {
        if entry.v.key.v == key {
            found.push(entry.v.key.span.clone());
        }
        let fields = entry.v.fields.iter();
        for field in fields.filter(|field| NAMING.iter().any(|name| field.key.v.eq_ignore_ascii_case(name))) {
            for chunk in &field.value.v {
                let RawChunk::Normal(said) = chunk.v else { continue };
                // The chunk may stand in braces or quotes of its own.
                let written = text.get(chunk.span.clone()).unwrap_or("");
                let Some(at) = written.find(said) else { continue };
                found.extend(words(said, key, chunk.span.start + at));
            }
        }
    }
    found
}

/// The places of a key in a list of keys, which starts at `start`.
fn words(list: &str, key: &str, start: usize) -> Vec<Range<usize>> {
    let mut at = start;
    let mut found = Vec::new();
    for part in list.split(',') {
        let name = part.trim_matches(|c: char| c.is_whitespace() || "{}".contains(c));
        if name == key {
            let from = at + part.find(name).unwrap_or(0);
            found.push(from..from + name.len());
        }
        at += part.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_found_where_others_name_it() {
        let text = "@book{herald, title = {The herald}}\n@article{b, title = {B}, crossref = {herald}}\n\
                    @misc{c, title = \"C\", xdata = \"d, herald\"}\n";
        let found: Vec<&str> = places(text, "herald").into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["herald"; 3]);
        assert_eq!(places(text, "herald")[1].start, text.find("{herald}}").unwrap() + 1);
    }
}
