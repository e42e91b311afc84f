//! The files of a ZIP archive, also those that its list does not name, and what lies between and behind its parts.

use std::collections::BTreeMap;
use std::io::Cursor;

use flate2::read::DeflateDecoder;
use memchr::memmem;
use zip::{CompressionMethod, ZipArchive};

use super::read::Reader;
use super::unpack::{Ending, whole};

/// What the list of an archive says of a file.
struct Listed {
    name: String,
    packing: Packing,
    /// How long it is packed.
    size: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Stored,
    Deflated,
    /// In another way, or with a password.
    Closed,
}

/// The files of an archive, or of a document that is one: `.docx`, `.odt`, `.epub`.
pub(super) fn read(bytes: &[u8], depth: usize, reader: &mut Reader) {
    let listed = list(bytes, reader);
    reader.is_closed |= listed.is_none();
    let listed = listed.unwrap_or_default();
    let mut at = 0;
    while at < bytes.len() {
        let end = part(bytes, at, listed.get(&at), depth, reader).filter(|end| *end > at);
        at = end.unwrap_or_else(|| {
            let signature = memmem::find_iter(bytes.get(at + 1..).unwrap_or_default(), b"PK");
            let signature = signature.map(|next| at + 1 + next).find(|at| is_signature(bytes, *at));
            let file = listed.range(at + 1..).next().map(|(start, _)| *start);
            let end = [signature, file].into_iter().flatten().min().unwrap_or(bytes.len()).min(bytes.len());
            reader.piece(bytes.get(at..end).unwrap_or_default(), depth + 1);
            end
        });
    }
}

/// The files that an archive lists, by their places; nothing if it has no list.
fn list(bytes: &[u8], reader: &mut Reader) -> Option<BTreeMap<usize, Listed>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut listed = BTreeMap::new();
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index_raw(index) else {
            reader.is_closed = true;
            continue;
        };
        let packing = match file.compression() {
            _ if file.encrypted() => Packing::Closed,
            CompressionMethod::Stored => Packing::Stored,
            CompressionMethod::Deflated => Packing::Deflated,
            _ => Packing::Closed,
        };
        let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
        let size = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let start = usize::try_from(file.header_start()).unwrap_or(usize::MAX);
        listed.insert(start, Listed { name, packing, size });
    }
    Some(listed)
}

fn is_signature(bytes: &[u8], at: usize) -> bool {
    matches!(
        bytes.get(at..at + 4),
        Some(
            [b'P', b'K', 3, 4]
                | [b'P', b'K', 1, 2]
                | [b'P', b'K', 5, 6]
                | [b'P', b'K', 6, 6 | 7]
                | [b'P', b'K', 7, 8]
        )
    )
}

/// Reads the part of an archive that begins here, and returns its end; nothing where none begins.
fn part(
    bytes: &[u8],
    at: usize,
    listed: Option<&Listed>,
    depth: usize,
    reader: &mut Reader,
) -> Option<usize> {
    let two =
        |from: usize| Some(usize::from(u16::from_le_bytes(*bytes.get(at + from..)?.first_chunk::<2>()?)));
    let four =
        |from: usize| usize::try_from(u32::from_le_bytes(*bytes.get(at + from..)?.first_chunk::<4>()?)).ok();
    match bytes.get(at..at + 4)? {
        b"PK\x03\x04" => {
            let (named, more) = (two(26)?, two(28)?);
            let name = bytes.get(at + 30..at + 30 + named)?;
            let start = at + 30 + named + more;
            extra(bytes.get(start - more..start)?, depth, reader);
            let name = String::from_utf8_lossy(name);
            reader.text("", &name, depth);
            // Where a file was written at once, its length stands behind it, and in the list.
            let is_open = two(6)? & 8 != 0 || four(18)? == 0xFFFF_FFFF;
            let packing = match (two(6)? & 1, two(8)?) {
                (0, 0) if !is_open => Packing::Stored,
                (0, 8) => Packing::Deflated,
                _ => Packing::Closed,
            };
            let size = if is_open && packing == Packing::Deflated { None } else { Some(four(18)?) };
            let (name, packing, size) = match listed {
                Some(file) => (file.name.as_str(), file.packing, Some(file.size)),
                None => (&*name, packing, size),
            };
            let data = bytes.get(start..)?;
            let data = size.map_or(Some(data), |size| data.get(..size));
            let Some(data) = data else {
                reader.is_closed = true;
                return Some(start);
            };
            Some(start + content(data, size.is_some(), packing, name, depth, reader))
        }
        b"PK\x01\x02" => {
            let (named, more, said) = (two(28)?, two(30)?, two(32)?);
            let name = at + 46;
            let (more_at, said_at) = (name + named, name + named + more);
            let comment = bytes.get(said_at..said_at + said)?;
            reader.text("", &String::from_utf8_lossy(bytes.get(name..more_at)?), depth);
            extra(bytes.get(more_at..said_at)?, depth, reader);
            reader.within("", comment, depth + 1);
            Some(said_at + said)
        }
        b"PK\x05\x06" => {
            let said = two(20)?;
            reader.within("", bytes.get(at + 22..at + 22 + said)?, depth + 1);
            Some(at + 22 + said)
        }
        b"PK\x06\x06" => {
            let end = at.checked_add(12)?.checked_add(four(4)?)?;
            reader.piece(bytes.get(at + 56..end)?, depth + 1);
            Some(end)
        }
        b"PK\x06\x07" => Some(at + 20),
        // Of the two forms it may have, the one that the next part follows.
        b"PK\x07\x08" => Some(if is_signature(bytes, at + 24) { at + 24 } else { at + 16 }),
        _ => None,
    }
}

/// Reads a file of an archive, and returns its length there.
fn content(
    data: &[u8],
    is_bounded: bool,
    packing: Packing,
    name: &str,
    depth: usize,
    reader: &mut Reader,
) -> usize {
    match packing {
        Packing::Stored => reader.within(name, data, depth + 1),
        Packing::Closed => reader.is_closed = true,
        Packing::Deflated => {
            let mut stream = DeflateDecoder::new(data);
            let (inner, ending) = whole(&mut stream, data.len() as u64, reader);
            let end = usize::try_from(stream.total_in()).unwrap_or(data.len()).min(data.len());
            reader.ended(ending);
            reader.within(name, &inner, depth + 1);
            if !is_bounded {
                return end;
            }
            if ending == Ending::Whole {
                reader.piece(data.get(end..).unwrap_or_default(), depth + 1);
            }
        }
    }
    data.len()
}

/// Fields that hold times, owners, lengths or what fills up, with how long they are at most.
const KNOWN: [(u16, usize); 9] = [
    (0x0001, 28),
    (0x000A, 32),
    (0x000D, 12),
    (0x5455, 13),
    (0x5855, 12),
    (0x7855, 4),
    (0x7875, 15),
    (0x9901, 7),
    (0xCAFE, 0),
];

/// Reads what else is said of a file, in fields of their own kinds.
fn extra(bytes: &[u8], depth: usize, reader: &mut Reader) {
    let mut rest = bytes;
    while let [kind1, kind2, len1, len2, after @ ..] = rest {
        let kind = u16::from_le_bytes([*kind1, *kind2]);
        let len = usize::from(u16::from_le_bytes([*len1, *len2]));
        let Some((field, next)) = after.split_at_checked(len) else { break };
        match kind {
            _ if KNOWN.iter().any(|(known, most)| *known == kind && len <= *most) => {}
            // A name or a comment in UTF-8, behind a number.
            0x6375 | 0x7075 => reader.within("", field.get(5..).unwrap_or_default(), depth + 1),
            _ => reader.piece(field, depth + 1),
        }
        rest = next;
    }
    reader.piece(rest, depth + 1);
}
