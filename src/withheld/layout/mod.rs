//! A picture, a font or a program -> what in it is as it has to be in a file of its kind, and the texts and files that
//! lie in it, behind it or between its parts. One whose parts do not fit together is no such file.

use std::borrow::Cow;
use std::collections::BTreeSet;

mod chains;
mod tables;

pub(super) use chains::chunks;

/// How long a piece is at least that can hold something: a shorter one fills up to an even place.
pub(super) const LEAST: usize = 16;

/// How many times its own length the parts of a file may have together: tables may share one, but not as many as a file
/// has that was made to be read again and again.
const TIMES: usize = 8;

/// What a file is made of.
#[derive(Default)]
pub(super) struct Layout<'b> {
    /// The places that belong to it, each from its start to its end.
    own: BTreeSet<(usize, usize)>,
    /// How many bytes they have together.
    taken: usize,
    /// Files in it, of whatever kind.
    files: Vec<Cow<'b, [u8]>>,
    /// Fields in it that hold texts, or numbers that are none of a reader's.
    pub fields: Vec<Cow<'b, [u8]>>,
}

/// The layout of a file; nothing if it does not hold together, or is of another kind.
pub(super) fn of(bytes: &[u8]) -> Option<Layout<'_>> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => chains::jpeg(bytes),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => chains::gif(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => chains::webp(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => chains::avif(bytes),
        [0, b'a', b's', b'm', 1, 0, 0, 0, ..] => chains::program(bytes),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => tables::tiff(bytes),
        [b'B', b'M', ..] => tables::bitmap(bytes),
        [0, 0, 1 | 2, 0, ..] => tables::icon(bytes),
        [0, 1, 0, 0, ..] | [b'O', b'T', b'T', b'O', ..] | [b't', b'r', b'u', b'e', ..] => tables::font(bytes),
        [b't', b't', b'c', b'f', ..] => tables::fonts(bytes),
        _ => None,
    }
}

impl<'b> Layout<'b> {
    /// A file whose parts follow each other to this place.
    fn to(end: usize) -> Layout<'b> {
        Layout { own: BTreeSet::from([(0, end)]), ..Layout::default() }
    }

    /// So many bytes from here belong to it. Returns them; nothing if there are fewer, or too many belong to it in all.
    fn take(&mut self, bytes: &'b [u8], start: usize, len: usize) -> Option<&'b [u8]> {
        let end = start.checked_add(len)?;
        let taken = bytes.get(start..end)?;
        if self.own.insert((start, end)) {
            self.taken = self.taken.saturating_add(len);
        }
        (self.taken <= bytes.len().saturating_mul(TIMES)).then_some(taken)
    }

    /// The files in it, each once: several tables may lead to one.
    pub fn files(&self) -> impl Iterator<Item = &Cow<'b, [u8]>> {
        let mut known = BTreeSet::new();
        let is_new = move |file: &&Cow<[u8]>| match file {
            Cow::Borrowed(file) => known.insert((file.as_ptr().addr(), file.len())),
            Cow::Owned(_) => true,
        };
        self.files.iter().filter(is_new)
    }

    /// The pieces of a file that belong to none of its parts.
    pub fn rest(&self, bytes: &'b [u8]) -> Vec<&'b [u8]> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for (start, end) in &self.own {
            pieces.extend(bytes.get(at..*start));
            at = at.max(*end);
        }
        pieces.extend(bytes.get(at..));
        pieces.retain(|piece| holds_something(piece));
        pieces
    }
}

/// Whether a piece is more than what fills up.
pub(super) fn holds_something(piece: &[u8]) -> bool {
    piece.len() >= LEAST && piece.iter().any(|byte| Some(byte) != piece.first())
}

/// The number in two bytes, or in four, of this order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn two(self, bytes: &[u8], at: usize) -> Option<usize> {
        let two = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(usize::from(match self {
            Order::Little => u16::from_le_bytes(two),
            Order::Big => u16::from_be_bytes(two),
        }))
    }

    fn four(self, bytes: &[u8], at: usize) -> Option<usize> {
        let four = *bytes.get(at..)?.first_chunk::<4>()?;
        usize::try_from(match self {
            Order::Little => u32::from_le_bytes(four),
            Order::Big => u32::from_be_bytes(four),
        })
        .ok()
    }
}
