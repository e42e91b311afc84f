//! Whether a file can be read, by how it begins.

use memchr::memmem;

use super::encodings;
use super::layout::{self, Layout};

/// What a file is to who searches it.
pub(super) enum Kind<'b> {
    Text(&'b str),
    /// A file of which all words can be read as they stand, but for what a picture shows, and what else lies in it.
    Open(Layout<'b>),
    /// Packed, in a way that can be undone.
    Packed(Packed),
    /// Packed in a way that is not read here.
    Closed,
    /// A text in some encoding; or else sound, film, or packed in a way that is not known.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    Zip,
    Gzip,
    Zlib,
    Tar,
    Png,
    Database,
}

/// Documents, archives, sound, film and fonts, of which the words are packed.
const CLOSED: [&[u8]; 16] = [
    b"7z\xBC\xAF\x27\x1C",
    b"Rar!\x1A\x07",
    b"\xFD7zXZ\0",
    b"\x28\xB5\x2F\xFD",
    b"BZh",
    b"\x5D\0\0",
    b"\x04\x22\x4D\x18",
    b"LZIP",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"RIFF",
    b"\x1A\x45\xDF\xA3",
    b"\xD0\xCF\x11\xE0",
    b"wOFF",
    b"wOF2",
];

/// What can be read in a file that begins like this.
pub(super) fn of(bytes: &[u8]) -> Kind<'_> {
    // They may be made of letters alone, and say nothing in them.
    if bytes.starts_with(b"%PDF-") || bytes.starts_with(b"%!PS") {
        return Kind::Closed;
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !encodings::has_controls(bytes)
    {
        return Kind::Text(text);
    }
    if let Some(packed) = packed(bytes) {
        return Kind::Packed(packed);
    }
    if let Some(layout) = layout::of(bytes) {
        return Kind::Open(layout);
    }
    // A frame of MPEG sound begins with eleven bits that are set, and a film of that family names its brand.
    let is_mpeg = matches!(bytes, [0xFF, 0xE0..=0xFD, ..]) || bytes.get(4..8) == Some(b"ftyp");
    let is_closed = is_mpeg || CLOSED.iter().any(|beginning| bytes.starts_with(beginning));
    if is_closed { Kind::Closed } else { Kind::Unknown }
}

/// How a file is packed, if it is so in a way that can be undone.
fn packed(bytes: &[u8]) -> Option<Packed> {
    // An archive is known by its end: anything may stand before it.
    let tail = bytes.len().saturating_sub(66_000);
    if bytes.starts_with(b"PK\x03\x04") || memmem::find(bytes.get(tail..)?, b"PK\x05\x06").is_some() {
        return Some(Packed::Zip);
    }
    match bytes {
        [0x1F, 0x8B, ..] => Some(Packed::Gzip),
        [0x78, level @ (0x01 | 0x5E | 0x9C | 0xDA), _, ..] if (0x7800 + u16::from(*level)) % 31 == 0 => {
            Some(Packed::Zlib)
        }
        _ if bytes.starts_with(b"\x89PNG\r\n\x1A\n") => Some(Packed::Png),
        _ if bytes.starts_with(b"SQLite format 3\0") => Some(Packed::Database),
        _ if bytes.get(257..262) == Some(b"ustar") => Some(Packed::Tar),
        _ => None,
    }
}

/// Whether a file may become a much larger one.
pub(super) fn may_grow(bytes: &[u8]) -> bool {
    let grows = matches!(packed(bytes), Some(Packed::Zip | Packed::Gzip | Packed::Zlib | Packed::Tar));
    // A text may begin like one that is packed.
    grows && !matches!(of(bytes), Kind::Text(_) | Kind::Closed)
}
