//! Proof that nothing withheld reached the output: every file, text or binary, is searched for every
//! withheld word.

use std::collections::BTreeMap;

mod read;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Diagnostic, Severity};
use crate::html::{escaped, escaped_text};
use crate::link::problems::{WITHHELD_LEAK, WITHHELD_UNSEARCHED};
use crate::model::dossier::Withheld;
use crate::model::fold::fold;
use crate::output::{Content, Output};
use crate::pictures::Pictures;
use crate::source::{Sources, Span};
use read::Part;

/// The length below which a key is likely to stand in a file by chance.
const SHORT: usize = 4;

/// What searches files for withheld words.
pub struct Search<'w> {
    /// Each way in which a word may be written; first those that stand in files as they are.
    patterns: Vec<(Vec<u8>, &'w Withheld)>,
    searcher: AhoCorasick,
    /// The folded names, and the number of the first of them among the patterns.
    folded: AhoCorasick,
    first_folded: usize,
}

impl<'w> Search<'w> {
    /// A search for these words; nothing where there are none. The error says why what cannot be searched for cannot be
    /// proved absent.
    pub fn new(withheld: &'w [Withheld]) -> Result<Option<Search<'w>>, BuildError> {
        if withheld.is_empty() {
            return Ok(None);
        }
        let variants =
            |word: &'w Withheld| variants(&word.word).into_iter().map(move |variant| (variant, word));
        let mut patterns: Vec<(Vec<u8>, &Withheld)> = withheld.iter().flat_map(variants).collect();
        let first_folded = patterns.len();
        let names = withheld.iter().filter(|word| is_prose(word));
        let names = names.map(|word| (fold(&word.word).into_bytes(), word));
        patterns.extend(names.filter(|(name, _)| name.len() >= SHORT));
        let build = |patterns: &[(Vec<u8>, &Withheld)]| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::Standard)
                .build(patterns.iter().map(|(pattern, _)| pattern))
        };
        let searcher = build(&patterns[..first_folded])?;
        let folded = build(&patterns[first_folded..])?;
        Ok(Some(Search { patterns, searcher, folded, first_folded }))
    }

    /// Which of the patterns stand in a file or its path, each once.
    pub fn hits(&self, path: &str, bytes: &[u8]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut look = |searcher: &AhoCorasick, first: usize, haystack: &[u8]| {
            for hit in searcher.find_overlapping_iter(haystack) {
                let pattern = first + hit.pattern().as_usize();
                if stands_alone(haystack, hit.start(), hit.end()) && !found.contains(&pattern) {
                    found.push(pattern);
                }
            }
        };
        look(&self.searcher, 0, path.as_bytes());
        look(&self.searcher, 0, bytes);
        // As a reader sees it, too: a line break, emphasis, an accent or capital letters within a name hide nothing.
        read::parts(path, bytes, &mut |part| match part {
            Part::Bytes(bytes) => look(&self.searcher, 0, bytes),
            Part::Text(text) => {
                look(&self.searcher, 0, text.as_bytes());
                look(&self.folded, self.first_folded, fold(text).as_bytes());
            }
        });
        found
    }
}

/// A report for every withheld word and the first file that holds it. What is in the theme, such as a font, or in
/// the tables of names and letters that the search goes by, is none of the dossier's. A picture has another name
/// there than its file, which is searched as well, and of a picture that was drawn its words are: `drawn` has them by
/// its path. `taken` is what [`Search::hits`] found in pages that are no longer in
/// memory.
pub fn leaks(
    output: &Output,
    taken: &BTreeMap<String, Vec<usize>>,
    pictures: &Pictures,
    drawn: &[(String, String)],
    withheld: &[Withheld],
    sources: &Sources,
    theme: &Sources,
) -> Vec<Diagnostic> {
    let search = match Search::new(withheld) {
        Ok(None) => return Vec::new(),
        Ok(Some(search)) => search,
        Err(error) => {
            let message = format!("the output cannot be searched for what is withheld: {error}");
            return vec![Diagnostic::new(WITHHELD_LEAK, Severity::Error, None, message)];
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
    for (path, words) in drawn {
        found.extend(search.hits("", words.as_bytes()).into_iter().map(|pattern| (pattern, path.clone())));
    }
    // An author looks at pages first.
    found.sort_by_key(|(_, path)| !path.ends_with(".html"));
    let mut told: Vec<&Withheld> = Vec::new();
    let mut diagnostics: Vec<Diagnostic> = unsearched(&files).into_iter().collect();
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

/// A note on the files in which nothing can be looked for.
fn unsearched(files: &[(&str, &Content)]) -> Option<Diagnostic> {
    let is_closed = |content: &Content| content.bytes().is_some_and(|bytes| read::is_closed(bytes));
    let closed: Vec<&str> =
        files.iter().filter(|(_, content)| is_closed(content)).map(|(path, _)| *path).collect();
    let (first, others) = closed.split_first()?;
    let others = match others.len() {
        0 => String::new(),
        1 => " and 1 other file".to_owned(),
        n => format!(" and {n} other files"),
    };
    let message = format!("what is withheld cannot be looked for in {first}{others}");
    let problem = Diagnostic::new(WITHHELD_UNSEARCHED, Severity::Note, None, message);
    Some(problem.help("read, hear or see for yourself that nobody is named there who is withheld"))
}

/// Whether a word is one of running text, as names are: keys, addresses and file names are written in one way only.
fn is_prose(word: &Withheld) -> bool {
    word.word != word.owner
        && !word.word.contains(['/', '@', '_'])
        && word.word.chars().any(char::is_alphabetic)
}

/// Where an author wrote a withheld word, but for the file that withholds it: the word, or else the line in which it
/// stands in another form.
fn place(sources: &Sources, word: &Withheld) -> Option<Span> {
    let texts = || {
        let others = sources.iter().filter(|file| file.id != word.span.file);
        others.filter_map(|file| Some((file.id, file.text().ok()?)))
    };
    let exact = texts().find_map(|(file, text)| {
        let mut hits = text.match_indices(word.word.as_str());
        let (at, hit) = hits.find(|(at, hit)| stands_alone(text.as_bytes(), *at, at + hit.len()))?;
        Some(Span::new(file, at..at + hit.len()))
    });
    let name = fold(&word.word);
    let folded = |line: &str| {
        let line = fold(line);
        let mut hits = line.match_indices(&name);
        hits.any(|(at, hit)| stands_alone(line.as_bytes(), at, at + hit.len()))
    };
    let alike = || {
        texts().find_map(|(file, text)| {
            // Where the record is named by its key, nothing of it is shown.
            let line = text.lines().find(|line| !line.contains(&word.owner) && folded(line))?;
            let at = line.as_ptr().addr() - text.as_ptr().addr();
            Some(Span::new(file, at..at + line.len()))
        })
    };
    exact.or_else(|| alike().filter(|_| is_prose(word)))
}

/// The ways in which a word can stand in a file: as written, composed or decomposed, escaped for HTML or JSON, and in
/// the encodings of documents and of the metadata in pictures (UTF-16).
fn variants(word: &str) -> Vec<Vec<u8>> {
    let folded = word.split_whitespace().collect::<Vec<_>>().join(" ");
    let forms = [word.to_owned(), word.nfc().collect(), word.nfd().collect(), folded];
    let variants: Vec<String> = forms
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
    let wide: Vec<Vec<u8>> = variants
        .iter()
        .flat_map(|form| {
            let units: Vec<u16> = form.encode_utf16().collect();
            let little = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            [little, units.iter().flat_map(|unit| unit.to_be_bytes()).collect()]
        })
        .collect();
    let mut variants: Vec<Vec<u8>> = variants.into_iter().map(String::into_bytes).chain(wide).collect();
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
    fn a_part_of_a_longer_word_is_no_leak() {
        assert!(!stands_alone(b"khalili", 2, 5));
        assert!(stands_alone(b"(ali)", 1, 4));
        assert!(stands_alone("وعلي".as_bytes(), 2, 8));
    }
}
