//! Whether a file can be read, by how it begins.

use memchr::memmem;

use super::encodings;

/// What a file is to who searches it.
pub(super) enum Kind<'b> {
    Text(&'b str),
    /// A file of which all words can be read as they stand, but for what a picture shows.
    Open,
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

/// Pictures and fonts, whose words are not packed.
const OPEN: [&[u8]; 12] = [
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"\0\0\x01\0",
    b"\0\x01\0\0\0",
    b"OTTO\0",
    b"ttcf\0",
    b"\0asm",
    b"true\0",
    b"%!PS",
];

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
    // It may be made of letters alone, and say nothing in them.
    if bytes.starts_with(b"%PDF-") {
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
    let is_picture = bytes.get(8..12) == Some(b"WEBP") || matches!(bytes.get(8..12), Some(b"avif" | b"avis"));
    let is_open = OPEN.iter().any(|beginning| bytes.starts_with(beginning));
    // A frame of MPEG sound begins with eleven bits that are set, and a film of that family names its brand.
    let is_mpeg = matches!(bytes, [0xFF, 0xE0..=0xFD, ..]) || bytes.get(4..8) == Some(b"ftyp");
    let is_closed = is_mpeg || CLOSED.iter().any(|beginning| bytes.starts_with(beginning));
    match (is_picture || is_open, is_closed) {
        (true, _) => Kind::Open,
        (false, true) => Kind::Closed,
        (false, false) => Kind::Unknown,
    }
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
    matches!(of(bytes), Kind::Packed(Packed::Zip | Packed::Gzip | Packed::Zlib | Packed::Tar))
}
