//! Proof that nothing withheld reached the output: every file, text or binary, is searched for every
//! withheld word.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::diag::Diagnostic;
use crate::html::{escaped, escaped_text};
use crate::link::problems::WITHHELD_LEAK;
use crate::model::dossier::Withheld;
use crate::output::{Content, Output};
use crate::pictures::Pictures;
use crate::source::{Sources, Span};

/// The length below which a key is likely to stand in a file by chance.
const SHORT: usize = 4;

/// What searches files for withheld words.
pub struct Search<'w> {
    /// Each way in which a word may be written.
    patterns: Vec<(Vec<u8>, &'w Withheld)>,
    searcher: AhoCorasick,
}

impl<'w> Search<'w> {
    /// A search for these words; nothing where there are none. The error says why what cannot be searched for cannot be
    /// proved absent.
    pub fn new(withheld: &'w [Withheld]) -> Result<Option<Search<'w>>, BuildError> {
        if withheld.is_empty() {
            return Ok(None);
        }
        let variants = |word: &'w Withheld| {
            variants(&word.word).into_iter().map(move |variant| (variant.into_bytes(), word))
        };
        let patterns: Vec<(Vec<u8>, &Withheld)> = withheld.iter().flat_map(variants).collect();
        let searcher = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|(pattern, _)| pattern))?;
        Ok(Some(Search { patterns, searcher }))
    }

    /// Which of the patterns stand in a file or its path, each once.
    pub fn hits(&self, path: &str, bytes: &[u8]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        // As a reader sees it, too: a line break or emphasis within a name hides nothing.
        let read = std::str::from_utf8(bytes).map(visible).unwrap_or_default();
        // A calendar folds its lines, in the middle of words (RFC 5545, 3.1).
        let text = std::str::from_utf8(bytes).ok().filter(|_| path.ends_with(".ics"));
        let unfolded = text.map(|text| text.replace("\r\n ", "")).unwrap_or_default();
        for haystack in [path.as_bytes(), bytes, read.as_bytes(), unfolded.as_bytes()] {
            for hit in self.searcher.find_overlapping_iter(haystack) {
                let pattern = hit.pattern().as_usize();
                if stands_alone(haystack, hit.start(), hit.end()) && !found.contains(&pattern) {
                    found.push(pattern);
                }
            }
        }
        found
    }
}

/// A report for every withheld word and the first file that holds it. What is in the theme, such as a font, or in
/// the tables of names and letters that the search goes by, is none of the dossier's. A picture has another name
/// there than its file, which is searched as well. `taken` is what [`Search::hits`] found in pages that are no longer in
/// memory.
pub fn leaks(
    output: &Output,
    taken: &BTreeMap<String, Vec<usize>>,
    pictures: &Pictures,
    withheld: &[Withheld],
    sources: &Sources,
    theme: &Sources,
) -> Vec<Diagnostic> {
    let search = match Search::new(withheld) {
        Ok(None) => return Vec::new(),
        Ok(Some(search)) => search,
        Err(error) => {
            let message = format!("the output cannot be searched for what is withheld: {error}");
            return vec![Diagnostic::new(WITHHELD_LEAK, crate::diag::Severity::Error, None, message)];
        }
    };
    let tables = crate::search::tables();
    let themed = |path: &str, bytes: &[u8]| {
        theme.get(&format!("static/{path}")).is_some_and(|file| file.bytes.as_ref() == bytes)
            || path == crate::search::TABLES && bytes == tables.as_bytes()
    };
    let files: Vec<(&str, &Content)> = output.contents().collect();
    let of_file = |(path, content): &(&str, &Content)| {
        let hits = match content {
            Content::Bytes(bytes) if themed(path, bytes) => Vec::new(),
            Content::Bytes(bytes) => search.hits(path, bytes),
            Content::Kept(_) => taken.get(*path).cloned().unwrap_or_default(),
        };
        hits.into_iter().map(|pattern| (pattern, (*path).to_owned())).collect::<Vec<_>>()
    };
    let mut found: Vec<(usize, String)> = files.par_iter().flat_map_iter(of_file).collect();
    let origins = pictures.files.iter().filter(|file| !file.origin.ends_with(&file.path));
    for origin in origins.map(|file| format!("{}, made from {}", file.path, file.origin)) {
        found.extend(search.hits(&origin, b"").into_iter().map(|pattern| (pattern, origin.clone())));
    }
    let mut told: Vec<&Withheld> = Vec::new();
    let mut diagnostics = Vec::new();
    for (pattern, path) in found {
        let Some((_, word)) = search.patterns.get(pattern) else { continue };
        if told.contains(word) {
            continue;
        }
        told.push(word);
        let message = format!("`{}` is withheld, and stands in {path}", word.word);
        let help = if word.word == word.owner && word.word.len() < SHORT {
            "so short a key is found by chance: give the record a longer one"
        } else {
            "take it out of the text, note or file that holds it"
        };
        let mut problem =
            Diagnostic::error(WITHHELD_LEAK, word.span, message).label("withheld here").help(help);
        if let Some(place) = place(sources, word) {
            problem = problem.also(place, "stands here");
        }
        diagnostics.push(problem);
    }
    diagnostics
}

/// Where an author wrote a withheld word, but for the file that withholds it.
fn place(sources: &Sources, word: &Withheld) -> Option<Span> {
    sources.iter().filter(|file| file.id != word.span.file).find_map(|file| {
        let text = file.text().ok()?;
        let mut hits = text.match_indices(word.word.as_str());
        let (at, hit) = hits.find(|(at, hit)| stands_alone(text.as_bytes(), *at, at + hit.len()))?;
        Some(Span::new(file.id, at..at + hit.len()))
    })
}

/// The text of a file without tags, with common entities decoded and white space folded.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        let (shown, len) = match c {
            '<' => (None, rest.find('>').map_or(1, |at| at + 1)),
            '&' => entity(rest),
            c => (Some(c), c.len_utf8()),
        };
        match shown {
            // Invisible joiners and marks stand within words.
            Some('\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}') | None => {}
            Some(c) if c.is_whitespace() => space = true,
            Some(c) => {
                if space {
                    out.push(' ');
                    space = false;
                }
                out.push(c);
            }
        }
        rest = &rest[len..];
    }
    out
}

/// The character of an entity that names can hold, and its length; anything else is an ampersand.
fn entity(text: &str) -> (Option<char>, usize) {
    const KNOWN: [(&str, char); 7] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&#x27;", '\''),
        ("&nbsp;", ' '),
    ];
    KNOWN
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map_or((Some('&'), 1), |(name, c)| (Some(*c), name.len()))
}

/// The ways in which a word can stand in a file: as written, composed or decomposed, and escaped for
/// HTML or JSON.
fn variants(word: &str) -> Vec<String> {
    let folded = word.split_whitespace().collect::<Vec<_>>().join(" ");
    let forms = [word.to_owned(), word.nfc().collect(), word.nfd().collect(), folded];
    let mut variants: Vec<String> = forms
        .iter()
        .flat_map(|form| {
            let json = serde_json::to_string(form).unwrap_or_default();
            [
                form.clone(),
                escaped(form),
                escaped_text(form),
                json.trim_matches('"').to_owned(),
                crate::view::prose::encoded(form),
            ]
        })
        .collect();
    variants.retain(|variant| !variant.is_empty());
    variants.sort();
    variants.dedup();
    variants
}

/// Whether a hit is a word of its own: "ali" in "Khalili" is none. A letter of a script that joins
/// words, such as the Arabic article, does not hide a name.
fn stands_alone(haystack: &[u8], start: usize, end: usize) -> bool {
    let joins = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = start.checked_sub(1).and_then(|at| haystack.get(at));
    !joins(before) && !joins(haystack.get(end))
}

#[cfg(test)]
mod tests {
    use super::stands_alone;

    #[test]
    fn a_name_is_found_as_a_reader_sees_it() {
        assert_eq!(super::visible("was <em>Ada</em>\n Berg&nbsp;it &amp; so"), "was Ada Berg it & so");
    }

    #[test]
    fn a_part_of_a_longer_word_is_no_leak() {
        assert!(!stands_alone(b"khalili", 2, 5));
        assert!(stands_alone(b"(ali)", 1, 4));
        assert!(stands_alone("وعلي".as_bytes(), 2, 8));
    }
}
