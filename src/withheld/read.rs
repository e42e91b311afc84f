//! A file -> the texts in it, as those read them who open it: without markup, unfolded, unpacked, in whatever encoding.

use encoding_rs::Encoding;
use rustc_hash::FxHashSet;

use super::documents::base64_files;
use super::escapes::Escapes;
use super::folded::Folded;
use super::kinds::{self, Kind};
use super::layout::{self, Layout};
use super::markup::split;
use super::unpack::{self, Ending};
use super::{encodings, entities};

/// How deep files lie in files.
const DEEPEST: usize = 4;

/// How often an escape is read that was escaped itself.
const OFTEN: usize = 4;

/// How many times its own length is read of a text, of all that its escapes may mean.
const TIMES: usize = 24;

/// How much of packed files is unpacked, in bytes: of all together, and of one.
const MOST: u64 = 256 << 20;
const MOST_OF_ONE: u64 = 64 << 20;

/// How much is unpacked whatever the size of the packed file, and how often that size more. Texts shrink to a tenth; what
/// shrinks to a thousandth was made for that.
const FREE: u64 = 4 << 20;
const RATIO: u64 = 100;

/// How many times its own length is read of a file, of all that lies in it, and how much more whatever its length. A part
/// that lies in another is read once for each; what takes more than that was made for it.
const PARTS: u64 = 16;
const FREE_PARTS: u64 = 1 << 20;

/// How much may still be unpacked, in bytes.
pub(super) struct Room(u64);

impl Default for Room {
    fn default() -> Room {
        Room(MOST)
    }
}

impl Room {
    /// For a file that is packed in so many bytes.
    pub fn of(&self, packed: u64) -> u64 {
        self.0.min(MOST_OF_ONE).min(packed.saturating_mul(RATIO).saturating_add(FREE))
    }

    pub fn take(&mut self, unpacked: u64) {
        self.0 = self.0.saturating_sub(unpacked);
    }
}

/// What is in a file, in one of the forms in which it is searched.
pub(super) enum Reading<'r> {
    Folded(&'r Folded),
    /// The same of bytes that may be no text at all.
    Noise(&'r Folded),
    /// Text as it is.
    Text(&'r str),
    /// A file that is no text. Where its parts are read each by itself, what else is in it are the points of a picture, or
    /// what is packed.
    Bytes {
        bytes: &'r [u8],
        has_parts: bool,
    },
}

/// What reads a file, and hands over all that is in it.
pub(super) struct Reader<'r> {
    take: &'r mut dyn FnMut(Reading),
    pub room: &'r mut Room,
    escapes: Escapes<'r>,
    encodings: &'r [&'static Encoding],
    /// The texts that were read, as hashes: what was escaped in two ways is the same in the end.
    known: FxHashSet<u64>,
    /// The same of the files that texts hold, of which each is read once.
    held: FxHashSet<u64>,
    /// How much of the parts of the file may still be read, in bytes.
    left: u64,
    /// Something in it cannot be read.
    pub is_closed: bool,
    /// It has more in it than is read.
    pub is_cut: bool,
}

impl<'r> Reader<'r> {
    pub fn new(
        take: &'r mut dyn FnMut(Reading),
        room: &'r mut Room,
        encodings: &'r [&'static Encoding],
        window: usize,
    ) -> Reader<'r> {
        let escapes = Escapes { window, encodings };
        let known = FxHashSet::default();
        let held = FxHashSet::default();
        Reader { take, room, escapes, encodings, known, held, left: 0, is_closed: false, is_cut: false }
    }

    /// Reads a file and its name.
    pub fn file(&mut self, path: &str, bytes: &[u8]) {
        self.left = FREE_PARTS;
        self.may_read(bytes.len() as u64);
        self.within(path, bytes, 0);
    }

    /// So many bytes are there to be read, with what lies in them.
    fn may_read(&mut self, bytes: u64) {
        self.left = self.left.saturating_add(bytes.saturating_mul(PARTS));
    }

    /// So many were unpacked.
    pub fn unpacked(&mut self, bytes: u64) {
        self.room.take(bytes);
        self.may_read(bytes);
    }

    /// The same of a file that lies so deep in others.
    pub fn within(&mut self, path: &str, bytes: &[u8], depth: usize) {
        let Some(left) = self.left.checked_sub(bytes.len() as u64).filter(|_| depth <= DEEPEST) else {
            self.is_cut = true;
            return;
        };
        self.left = left;
        if !path.is_empty() {
            self.text("", path, depth);
        }
        match kinds::of(bytes) {
            Kind::Text(text) => {
                self.text(path, text, depth);
                self.wide_alone(path, bytes, depth);
            }
            Kind::Open(layout) => {
                self.bytes(path, bytes, true, depth);
                self.laid_out(&layout, bytes, depth);
            }
            Kind::Unknown => {
                if !self.bytes(path, bytes, false, depth) {
                    self.behind_text(path, bytes, depth);
                }
            }
            Kind::Closed => {
                self.bytes(path, bytes, false, depth);
                self.is_closed = true;
            }
            Kind::Packed(packed) => {
                // In a database rows are left behind that were deleted.
                self.bytes(path, bytes, packed != kinds::Packed::Database, depth);
                if depth == DEEPEST {
                    self.is_cut = true;
                } else {
                    unpack::unpack(packed, path, bytes, depth, self);
                }
            }
        }
    }

    /// The same of what begins as a text and goes on as something else, such as a script that unpacks what it brings.
    fn behind_text(&mut self, path: &str, bytes: &[u8], depth: usize) {
        let split = encodings::tail(bytes).map(|at| bytes.split_at(at));
        let Some((Ok(text), rest)) = split.map(|(text, rest)| (std::str::from_utf8(text), rest)) else {
            self.is_closed = true;
            return;
        };
        let is_known = !matches!(kinds::of(rest), Kind::Unknown);
        if is_known || rest.len() >= layout::LEAST && !layout::holds_something(rest) {
            self.text(path, text, depth);
            self.piece(rest, depth + 1);
        } else {
            self.is_closed = true;
        }
    }

    /// The same of what lies in a picture, a font or a program, and of what is hidden behind it or between its parts.
    fn laid_out(&mut self, layout: &Layout, bytes: &[u8], depth: usize) {
        for field in &layout.fields {
            self.field(field, depth + 1);
        }
        for file in layout.files().filter(|file| !file.is_empty()) {
            self.within("", file, depth + 1);
        }
        for piece in layout.rest(bytes) {
            self.piece(piece, depth + 1);
        }
    }

    /// The same of a piece of a file that is no part of it, which may have before it what fills up to an even place.
    pub fn piece(&mut self, piece: &[u8], depth: usize) {
        if !layout::holds_something(piece) {
            return;
        }
        let fill =
            piece.iter().take_while(|byte| matches!(byte, 0 | 0xFF) || byte.is_ascii_whitespace()).count();
        match kinds::of(piece) {
            Kind::Unknown => self.within("", &piece[fill..], depth),
            _ => self.within("", piece, depth),
        }
    }

    /// The same of a field that holds a text, or a number that is none of a reader's.
    pub fn field(&mut self, bytes: &[u8], depth: usize) {
        let was_closed = self.is_closed;
        self.within("", bytes, depth);
        if matches!(kinds::of(bytes), Kind::Unknown | Kind::Open(_)) {
            self.is_closed = was_closed;
        }
    }

    /// The same of what may be a file, or else bytes of no meaning to a reader.
    pub fn part(&mut self, bytes: &[u8], depth: usize) {
        let was_closed = self.is_closed;
        self.within("", bytes, depth);
        if matches!(kinds::of(bytes), Kind::Unknown) {
            self.is_closed = was_closed;
        }
    }

    /// What ended in this way was not read to its end.
    pub fn ended(&mut self, ending: Ending) {
        match ending {
            Ending::Whole => {}
            Ending::Cut => self.is_cut = true,
            Ending::Damaged => self.is_closed = true,
        }
    }

    /// Reads bytes that are no plain text. Returns whether they are a text in some encoding.
    fn bytes(&mut self, path: &str, bytes: &[u8], has_parts: bool, depth: usize) -> bool {
        if let Some(text) = encodings::marked(bytes) {
            self.text(path, &text, depth);
            return true;
        }
        (self.take)(Reading::Bytes { bytes, has_parts });
        let text = String::from_utf8_lossy(bytes);
        let mut is_text = encodings::is_mostly_text(&text);
        let has_controls = encodings::has_controls(bytes);
        self.either(path, &text, is_text, depth);
        // A text in another encoding has no controls, but for the one that shifts between alphabets.
        let is_shifted = bytes.contains(&0x1B);
        for encoding in self.encodings {
            if !has_controls || is_shifted && *encoding == encoding_rs::ISO_2022_JP {
                let text = encoding.decode_without_bom_handling(bytes).0;
                self.text(path, &text, depth);
                is_text |= !has_controls || encodings::is_mostly_text(&text);
            }
        }
        if !has_controls {
            is_text |= self.encodings.is_empty();
            self.wide_alone(path, bytes, depth);
        }
        if has_controls {
            let latin = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
            self.either(path, &latin, false, depth);
            // Letters of ASCII in pairs are ideographs.
            let is_plain = encodings::tail(bytes).is_some_and(|at| at >= encodings::TOGETHER);
            for text in encodings::unmarked(bytes) {
                let is_wide_text = !is_plain && encodings::is_mostly_text(&text) && is_of_few_blocks(&text);
                self.either(path, &text, is_wide_text, depth);
                is_text |= is_wide_text;
            }
        }
        is_text
    }

    /// Reads as a text of UTF-16 what shows by nothing else that it is one.
    fn wide_alone(&mut self, path: &str, bytes: &[u8], depth: usize) {
        for text in encodings::wide_alone(bytes) {
            self.text(path, &text, depth);
        }
    }

    /// A text in all that its escapes may mean, or what may be one, as it is.
    fn either(&mut self, path: &str, text: &str, is_text: bool, depth: usize) {
        if is_text {
            self.text(path, text, depth);
        } else {
            let split = split(text);
            (self.take)(Reading::Noise(&split.shown));
            (self.take)(Reading::Noise(&split.aside));
        }
    }

    /// A text as it is read, and in all that its escapes may mean.
    pub fn text(&mut self, path: &str, text: &str, depth: usize) {
        let mut left = text.len().saturating_mul(TIMES).saturating_add(1 << 16);
        self.known.clear();
        self.escaped(path, text, OFTEN, depth, &mut left);
    }

    fn escaped(&mut self, path: &str, text: &str, often: usize, depth: usize, left: &mut usize) {
        (self.take)(Reading::Text(text));
        self.marked_up(text);
        let mut texts = self.escapes.read(path, text);
        if let Some(expanded) = entities::expanded(text) {
            texts.extend(expanded.text);
            self.is_cut |= expanded.is_cut;
        }
        for text in texts {
            if !self.known.insert(hash(text.as_str())) {
                continue;
            }
            if often == 0 || *left < text.len() {
                self.is_cut = true;
                continue;
            }
            *left -= text.len();
            self.escaped(path, &text, often - 1, depth, left);
        }
        if depth < DEEPEST {
            for file in base64_files(text) {
                if !self.held.insert(hash(&file)) {
                    continue;
                }
                let known = std::mem::take(&mut self.known);
                self.part(&file, depth + 1);
                self.known = known;
            }
        }
    }

    fn marked_up(&mut self, text: &str) {
        let split = split(text);
        (self.take)(Reading::Folded(&split.shown));
        (self.take)(Reading::Folded(&split.aside));
    }
}

/// Whether a text is of few alphabets, as no bytes are that only happen to be characters.
fn is_of_few_blocks(text: &str) -> bool {
    let mut blocks = FxHashSet::default();
    // The ideographs are one.
    let block = |c: char| match c {
        '\u{3400}'..='\u{9FFF}' => 0x4E,
        '\u{AC00}'..='\u{D7FF}' => 0xAC,
        c => u32::from(c) >> 8,
    };
    blocks.extend(text.chars().take(4096).map(block));
    blocks.len() <= 8.min(3 + text.len() / 32)
}

fn hash(text: impl std::hash::Hash) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault};
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(text)
}
