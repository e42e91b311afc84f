//! The files a dossier is made of, held in memory, and places within them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// Names a file of one [`Sources`] for as long as that lives. Never order anything by it: it says
/// only in which order the files were first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileId(u32);

/// A byte range of a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span over `range`, which is clamped to what 32 bits can hold (4 GiB).
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of this span that `range`, counted from its start, covers.
    pub fn within(self, range: Range<usize>) -> Self {
        let start = self.start as usize;
        let end = (start + range.end).min(self.end as usize);
        Span::new(self.file, (start + range.start).min(end)..end)
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// A file: its path from the dossier's root, with forward slashes, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    pub id: FileId,
    pub path: String,
    pub bytes: Arc<[u8]>,
}

impl SourceFile {
    /// The text without a byte order mark, or the offset of the first byte that is not UTF-8.
    pub fn text(&self) -> Result<&str, usize> {
        let bytes = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
        std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())
    }

    /// The text with a question mark for each byte that is not UTF-8, so that every other byte keeps
    /// its place.
    pub fn readable(&self) -> Cow<'_, str> {
        match self.text() {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                let bytes = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
                let chunks = bytes.utf8_chunks();
                Cow::Owned(
                    chunks
                        .map(|chunk| chunk.valid().to_owned() + &"?".repeat(chunk.invalid().len()))
                        .collect(),
                )
            }
        }
    }
}

/// All files of a dossier, ordered by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, SourceFile>,
    ids: HashMap<String, FileId>,
    paths: Vec<String>,
}

impl Sources {
    /// Adds a file or replaces its bytes; a path keeps its [`FileId`] for good.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> FileId {
        let path = path.into();
        let id = *self.ids.entry(path.clone()).or_insert_with(|| {
            self.paths.push(path.clone());
            FileId(u32::try_from(self.paths.len() - 1).unwrap_or(u32::MAX))
        });
        self.files.insert(path.clone(), SourceFile { id, path, bytes: bytes.into() });
        id
    }

    /// Takes a file out; its id stays reserved.
    pub fn remove(&mut self, path: &str) -> Option<SourceFile> {
        self.files.remove(path)
    }

    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// All files, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values()
    }

    /// Whether these are the same files, with the same bytes.
    pub fn is_same(&self, other: &Sources) -> bool {
        let pairs = self.iter().zip(other.iter());
        self.files.len() == other.files.len()
            && pairs.into_iter().all(|(one, other)| one.path == other.path && one.bytes == other.bytes)
    }

    /// The files in a folder and below it, ordered by path; `folder` ends with a slash.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = &SourceFile> {
        self.files
            .range(folder.to_owned()..)
            .map(|(_, file)| file)
            .take_while(move |file| file.path.starts_with(folder))
    }

    /// The path of a file, also of one that was removed.
    pub fn path(&self, id: FileId) -> &str {
        self.paths.get(id.0 as usize).map_or("", String::as_str)
    }

    /// The [readable](SourceFile::readable) text of a file, empty when there is none.
    pub fn text(&self, id: FileId) -> Cow<'_, str> {
        self.get(self.path(id)).map_or(Cow::Borrowed(""), SourceFile::readable)
    }

    /// Where a span starts.
    pub fn position(&self, span: Span) -> Position {
        Position::of(&self.text(span.file), span.start as usize)
    }
}

/// Line and column, both counted from 1; columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// The position of a byte offset; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text[..floor_char_boundary(text, offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// A text whose lines are found, so that many places in it are known at once.
pub struct Lines<'t> {
    pub text: Cow<'t, str>,
    /// Where each line but the first begins.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn new(text: Cow<'t, str>) -> Lines<'t> {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Lines { text, starts }
    }

    /// The line of an offset, counted from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Where a line starts, counted from 0; one past the last starts at the end.
    pub fn start(&self, line: usize) -> usize {
        match line.checked_sub(1) {
            None => 0,
            Some(before) => self.starts.get(before).copied().unwrap_or(self.text.len()),
        }
    }

    /// A line without what ends it.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.start(line);
        let rest = &self.text[start..];
        let text = rest.split('\n').next().unwrap_or(rest);
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// The same as [`Position::of`].
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(&self.text, offset);
        let line = self.line_of(offset);
        let start = self.start(line);
        Position { line: line + 1, column: self.text[start..offset].chars().count() + 1 }
    }
}

/// The texts of files, each taken up once however many places in it are asked for.
pub struct Texts<'s> {
    sources: &'s Sources,
    known: RefCell<HashMap<FileId, Rc<Lines<'s>>>>,
}

impl<'s> Texts<'s> {
    pub fn new(sources: &'s Sources) -> Texts<'s> {
        Texts { sources, known: RefCell::default() }
    }

    pub fn path(&self, id: FileId) -> &'s str {
        self.sources.path(id)
    }

    pub fn of(&self, id: FileId) -> Rc<Lines<'s>> {
        let mut known = self.known.borrow_mut();
        Rc::clone(known.entry(id).or_insert_with(|| Rc::new(Lines::new(self.sources.text(id)))))
    }

    /// Where a span starts, and where it ends.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let lines = self.of(span.file);
        (lines.position(span.start as usize), lines.position(span.end as usize))
    }
}

/// The nearest character boundary at or before `offset`.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The controls of the Unicode Bidirectional Algorithm (UAX 9, 2) that turn the direction of what follows until something
/// ends it, as opposed to marks such as U+200F. They can show a text in another order than it is written.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        assert_eq!(Position::of("a\nقاسم b", 11), Position { line: 2, column: 6 });
        assert_eq!(Position::of("", 9), Position { line: 1, column: 1 });
    }

    #[test]
    fn places_are_the_same_when_lines_are_found_before() {
        for text in ["", "\n", "a\nقاسم b", "one\r\ntwo\n\nthree", "\n\nx"] {
            let lines = Lines::new(Cow::Borrowed(text));
            for at in 0..text.len() + 2 {
                assert_eq!(lines.position(at), Position::of(text, at), "{at} in {text:?}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        let mut sources = Sources::default();
        let id = sources.insert("a.md", b"\xEF\xBB\xBFhello".as_slice());
        assert_eq!(sources.text(id), "hello");
    }

    #[test]
    fn bytes_that_are_no_text_keep_the_others_in_place() {
        let mut sources = Sources::default();
        let id = sources.insert("a.md", b"\xEF\xBB\xBFcaf\xE9, \xF0\x9F ok".as_slice());
        assert_eq!(sources.text(id), "caf?, ?? ok");
    }

    #[test]
    fn a_path_keeps_its_id_when_its_bytes_change() {
        let mut sources = Sources::default();
        let first = sources.insert("a", b"1".as_slice());
        sources.remove("a");
        assert_eq!(sources.insert("a", b"2".as_slice()), first);
        assert_eq!(sources.path(first), "a");
    }
}
