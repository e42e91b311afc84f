//! Proof that nothing withheld reached the output: every file, text or binary, is searched for every
//! withheld word.

use std::collections::BTreeMap;
use std::sync::Arc;

mod archive;
mod documents;
mod enclosed;
mod encodings;
mod entities;
mod escapes;
mod folded;
mod kinds;
mod layout;
mod markup;
mod misread;
mod needles;
mod next;
mod picture;
mod read;
mod search;
mod seen;
mod turned;
mod unpack;

use rayon::prelude::*;

use crate::diag::{Diagnostic, Severity};
use crate::link::problems::{WITHHELD_LEAK, WITHHELD_UNSEARCHED};
use crate::model::dossier::{Form, Withheld};
use crate::output::{Content, Output};
use crate::pictures::Pictures;
use crate::source::{Sources, Span};
use read::Room;

pub use search::{Found, Search};

/// The length below which a key is likely to stand in a file by chance.
const SHORT: usize = 4;

/// For how many words all texts are looked through for the place where an author wrote them.
const MOST_PLACES: usize = 8;

/// A report for every withheld word and the first file that holds it. What is in the theme, such as a font, or in
/// the tables of names and letters that the search goes by, is none of the dossier's. A picture has another name
/// there than its file, which is searched as well, and of a picture that was drawn its words are: `drawn` has them by
/// its path. `taken` is what [`Search::found_in`] found in files that are no longer in memory.
pub fn leaks(
    output: &Output,
    taken: &BTreeMap<String, Found>,
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
    // Only the name of a file, which is that of one of the theme's.
    let is_of_theme = |word: &Withheld| {
        let ending = format!("/{}", word.word);
        word.form == Form::Text
            && word.word.contains('.')
            && theme.iter().any(|file| file.path.starts_with("static/") && file.path.ends_with(&ending))
    };
    let tables = crate::search::tables();
    let themed = |path: &str, bytes: &[u8]| {
        theme.get(&format!("static/{path}")).is_some_and(|file| file.bytes.as_ref() == bytes)
            || path == crate::search::TABLES && bytes == tables.as_bytes()
    };
    let of_file = |path: &str, content: &Content, room: &mut Room| match content {
        Content::Bytes(bytes) if themed(path, bytes) => Found::default(),
        Content::Bytes(bytes) => search.found(path, bytes, room),
        Content::Kept(_) => taken.get(path).cloned().unwrap_or_default(),
    };
    // What is unpacked of one leaves less room for the next, in an order that is always the same.
    let may_grow = |content: &Content| content.bytes().is_some_and(|bytes| kinds::may_grow(bytes));
    let (packed, plain): (Vec<_>, Vec<_>) = output.contents().partition(|(_, content)| may_grow(content));
    let mut files: Vec<(&str, Found)> = plain
        .into_par_iter()
        .map(|(path, content)| (path, of_file(path, content, &mut Room::default())))
        .collect();
    let mut room = Room::default();
    files.extend(packed.into_iter().map(|(path, content)| (path, of_file(path, content, &mut room))));
    files.sort_by_key(|(path, _)| *path);
    let words = |(path, found): &(&str, Found)| -> Vec<(usize, String)> {
        found.words.iter().map(|word| (*word, (*path).to_owned())).collect()
    };
    let mut found: Vec<(usize, String)> = files.iter().flat_map(words).collect();
    let origins = pictures.files.iter().filter(|file| !file.origin.ends_with(&file.path));
    for origin in origins.map(|file| format!("{}, made from {}", file.path, file.origin)) {
        found.extend(search.hits(&origin, b"").into_iter().map(|word| (word, origin.clone())));
    }
    for (path, words) in drawn {
        found.extend(search.hits("", words.as_bytes()).into_iter().map(|word| (word, path.clone())));
    }
    found.retain(|(word, _)| !search.word(*word).is_some_and(is_of_theme));
    found.extend(copies(output, pictures, withheld, sources));
    // An author looks at pages first.
    found.sort_by_key(|(_, path)| !path.ends_with(".html"));
    let mut told: Vec<&Withheld> = Vec::new();
    let searched: Vec<(&str, &Found)> = files.iter().map(|(path, found)| (*path, found)).collect();
    let mut diagnostics: Vec<Diagnostic> = unsearched(&searched);
    for (word, path) in found {
        let Some(word) = search.word(word) else { continue };
        if told.contains(&word) {
            continue;
        }
        told.push(word);
        let message = format!("`{}` is withheld, and stands in {path}", word.word);
        let help = match word.form {
            Form::Key if word.word.len() < SHORT => {
                "so short a key is found by chance: give the record a longer one"
            }
            Form::Text if word.word.len() < SHORT => {
                "so short a text is found by chance: leave it out of what is withheld"
            }
            Form::Key => {
                "take it out of the text, note or file that holds it, or give the record another key"
            }
            Form::Person => {
                "take it out of the text, note or file that holds it; where it is the name of somebody else, \
                 write both names so that they differ"
            }
            _ => "take it out of the text, note or file that holds it",
        };
        let mut problem =
            Diagnostic::error(WITHHELD_LEAK, word.span, message).label("withheld here").help(help);
        if told.len() <= MOST_PLACES
            && let Some(place) = place(sources, word)
        {
            problem = problem.also(place, "stands here");
        }
        diagnostics.push(problem);
    }
    diagnostics
}

/// The published files, and those that a published picture was made from, that have the bytes of a withheld one, whatever
/// they are named: with each the place of the name of that file among what is withheld.
fn copies(
    output: &Output,
    pictures: &Pictures,
    withheld: &[Withheld],
    sources: &Sources,
) -> Vec<(usize, String)> {
    let file = |path: &str| sources.get(&format!("content/{path}")).filter(|file| !file.bytes.is_empty());
    let mut hidden: BTreeMap<&[u8], usize> = BTreeMap::new();
    for (number, word) in withheld.iter().enumerate() {
        if let Some(file) = file(&word.word) {
            hidden.entry(&file.bytes).or_insert(number);
        }
    }
    if hidden.is_empty() {
        return Vec::new();
    }
    let files = output.contents().filter_map(|(path, content)| Some((path.to_owned(), content.bytes()?)));
    let origins = pictures.files.iter().filter_map(|made| {
        let origin = sources.get(&made.origin)?;
        Some((format!("{}, made from {}", made.path, made.origin), &origin.bytes))
    });
    let same = |(path, bytes): (String, &Arc<[u8]>)| Some((*hidden.get(bytes.as_ref())?, path));
    files.chain(origins).filter_map(same).collect()
}

/// Notes on the files in which nothing can be looked for, or not in all of them.
pub fn unsearched(files: &[(&str, &Found)]) -> Vec<Diagnostic> {
    let of = |is: fn(&Found) -> bool| {
        let paths: Vec<&str> = files.iter().filter(|(_, found)| is(found)).map(|(path, _)| *path).collect();
        let (first, others) = paths.split_first()?;
        Some(match others.len() {
            0 => (*first).to_owned(),
            1 => format!("{first} and 1 other file"),
            n => format!("{first} and {n} other files"),
        })
    };
    let note = |message: String| Diagnostic::new(WITHHELD_UNSEARCHED, Severity::Note, None, message);
    let closed = of(|found| found.is_closed).map(|paths| {
        note(format!("what is withheld cannot be looked for in {paths}"))
            .help("read, hear or see for yourself that nobody is named there who is withheld")
    });
    let cut = of(|found| found.is_cut && !found.is_closed).map(|paths| {
        note(format!("what is withheld was not looked for in all of {paths}: it holds more than is unpacked"))
            .help("publish what is in it unpacked, or read for yourself that nobody is named there who is withheld")
    });
    closed.into_iter().chain(cut).collect()
}

/// Where an author wrote a withheld word, but for the record that withholds it and for comments: the word, or else the line
/// in which it stands in another form.
fn place(sources: &Sources, word: &Withheld) -> Option<Span> {
    let words = std::slice::from_ref(word);
    let search = Search::new(words).ok().flatten()?;
    let stands = |text: &str| !search.hits("", text.as_bytes()).is_empty();
    let mut alike = None;
    for file in sources.iter().filter(|file| !file.path.starts_with("static/")) {
        let Ok(text) = file.text() else { continue };
        let is_toml = file.path.ends_with(".toml");
        let own = match file.id == word.span.file {
            true if is_toml => own(text, word.span),
            true => 0..text.len(),
            false => 0..0,
        };
        let at = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
        let is_read =
            |line: &&str| !(own.contains(&at(line)) || is_toml && line.trim_start().starts_with('#'));
        for line in text.lines().filter(is_read) {
            if let Some(start) = line.find(word.word.as_str()).filter(|_| stands(line)) {
                return Some(Span::new(file.id, at(line) + start..at(line) + start + word.word.len()));
            }
            // Where the record is named by its key, nothing of it is shown.
            if alike.is_none() && !line.contains(&word.owner) && stands(line) {
                alike = Some(Span::new(file.id, at(line)..at(line) + line.len()));
            }
        }
    }
    alike
}

/// What belongs to the record whose key stands here: to the next table that is none of its own.
fn own(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.get(..span.range().start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let Some(key) = text.get(span.range()) else { return start..text.len() };
    let mut from = span.range().end;
    while let Some(next) = text.get(from..).and_then(|rest| rest.find("\n[")) {
        from += next + 2;
        let name = text[from..].trim_start_matches(['[', '"']);
        if !name.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ']', '"'])) {
            return start..from;
        }
    }
    start..text.len()
}
