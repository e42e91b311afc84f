//! Files whose parts follow each other, each with its length: the pictures of the web, and programs for it.

use std::borrow::Cow;

use indexmap::IndexMap;
use memchr::memchr_iter;

use super::{Layout, Order, holds_something};

/// A part of a picture of the PNG kind: its name, and what is in it.
type Chunk<'b> = ([u8; 4], &'b [u8]);

/// The parts of a picture of the PNG kind, and where it ends; nothing if it does not.
pub(in crate::withheld) fn chunks(bytes: &[u8]) -> Option<(Vec<Chunk<'_>>, usize)> {
    let mut chunks = Vec::new();
    let mut at = 8;
    loop {
        let len = Order::Big.four(bytes, at)?;
        let kind = *bytes.get(at + 4..)?.first_chunk::<4>()?;
        let body = bytes.get(at + 8..)?.get(..len)?;
        // Behind each stands a checksum.
        at += 12 + len;
        bytes.get(at - 4..at)?;
        if &kind == b"IEND" {
            return Some((chunks, at));
        }
        chunks.push((kind, body));
    }
}

/// The length of what stands before a part of a text that is too long for one segment: its name, the number of the text,
/// the length of that, and where in it the part belongs.
const LONG_TEXT: usize = 75;

/// What is known to stand in the segments of a picture, by how they begin, with the length of what says so.
const SEGMENTS: [(&[u8], usize); 12] = [
    (b"http://ns.adobe.com/xap/1.0/\0", 29),
    (b"http://ns.adobe.com/xmp/extension/\0", LONG_TEXT),
    (b"ICC_PROFILE\0", 14),
    (b"Photoshop 3.0\0", 14),
    (b"Exif\0\0", 6),
    (b"JP", 16),
    (b"MPF\0", 4),
    (b"JFIF\0", 5),
    (b"JFXX\0", 6),
    (b"Adobe", 5),
    (b"Ducky", 5),
    (b"urn:iso:std:iso:ts:21496:-1\0", 28),
];

/// What was put together of segments that begin alike.
#[derive(Default)]
struct Joined<'b> {
    is_known: bool,
    /// Each with its place in the whole, where it says one.
    bodies: Vec<(usize, &'b [u8])>,
}

pub(super) fn jpeg(bytes: &[u8]) -> Option<Layout<'_>> {
    let mut at = 2;
    let mut segments: IndexMap<Vec<u8>, Joined> = IndexMap::new();
    loop {
        let marker = marker(bytes, &mut at)?;
        match marker {
            0xD9 => break,
            0x01 | 0xD0..=0xD7 => continue,
            0x00 | 0xD8 | 0xFF => return None,
            _ => {}
        }
        let len = Order::Big.two(bytes, at)?;
        let body = bytes.get(at + 2..at + len)?;
        at += len;
        match marker {
            0xDA => at = after_scan(bytes, at)?,
            0xE0..=0xEF | 0xFE => segment(marker, body, &mut segments),
            _ => {}
        }
    }
    let mut layout = Layout::to(at);
    for mut joined in segments.into_values() {
        joined.bodies.sort_by_key(|(place, _)| *place);
        let whole = Cow::Owned(joined.bodies.iter().flat_map(|(_, body)| *body).copied().collect());
        if joined.is_known { layout.fields.push(whole) } else { layout.files.push(whole) }
    }
    Some(layout)
}

/// The marker that stands here, which may have others before it that fill up.
fn marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    let rest = bytes.get(*at..)?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    *at += fill + 1;
    rest.get(fill).copied().filter(|_| fill > 0)
}

/// Where the points of a picture end, in which a marker is marked as none.
fn after_scan(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let ends = |at: &usize| !matches!(rest.get(at + 1), Some(0x00 | 0xD0..=0xD7 | 0xFF));
    memchr_iter(0xFF, rest).find(ends).map(|at| start + at)
}

/// Puts a segment to those that it goes on from: a long text stands in several, in any order where they are numbered.
fn segment<'b>(marker: u8, body: &'b [u8], segments: &mut IndexMap<Vec<u8>, Joined<'b>>) {
    let known = SEGMENTS.iter().find(|(begins, _)| marker != 0xFE && body.starts_with(begins));
    let (begins, skipped) = known.copied().unwrap_or_default();
    let is_numbered = skipped == LONG_TEXT;
    // Several long texts are told apart by a number of each.
    let own = body.get(35..67).filter(|_| is_numbered).unwrap_or_default();
    let place = Order::Big.four(body, 71).filter(|_| is_numbered).unwrap_or_default();
    let begins = [&[marker], begins, own].concat();
    let part = (place, body.get(skipped..).unwrap_or_default());
    let joined = segments.entry(begins).or_default();
    joined.is_known = known.is_some();
    joined.bodies.push(part);
}

/// What applications are known to write into a picture of the GIF kind.
const APPLICATIONS: [&[u8]; 6] =
    [b"XMP DataXMP", b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012", b"MGK8BIM0000", b"MGKIPTC0000"];

pub(super) fn gif(bytes: &[u8]) -> Option<Layout<'_>> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 6 << (flags & 7) };
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut layout = Layout::default();
    let mut comments: Vec<Vec<u8>> = Vec::new();
    loop {
        match *bytes.get(at)? {
            0x3B => break,
            0x2C => {
                let start = at + 11 + colours(*bytes.get(at + 9)?);
                at = blocks(bytes, start)?.1;
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let (parts, end) = blocks(bytes, at + 2)?;
                let raw = bytes.get(at + 14..end);
                at = end;
                match (label, parts.split_first()) {
                    (0xFE, _) => comments.push(parts.concat()),
                    (0xFF, Some((name, rest))) if APPLICATIONS.contains(name) => {
                        layout.fields.push(Cow::Owned(rest.concat()));
                        // A text of this kind may stand there as it is, as if it were lengths.
                        layout.fields.extend(raw.map(Cow::Borrowed));
                    }
                    (0xFF | 0x01, Some((_, rest))) => layout.files.push(Cow::Owned(rest.concat())),
                    (0xF9, _) => {}
                    _ => layout.files.push(Cow::Owned(parts.concat())),
                }
            }
            _ => return None,
        }
    }
    // One text may stand in several of them.
    layout.files.extend((comments.len() > 1).then(|| Cow::Owned(comments.concat())));
    layout.files.extend(comments.into_iter().map(Cow::Owned));
    layout.own.insert((0, at + 1));
    Some(layout)
}

/// The blocks that stand here, to an empty one, and where they end.
fn blocks(bytes: &[u8], mut at: usize) -> Option<(Vec<&[u8]>, usize)> {
    let mut blocks = Vec::new();
    loop {
        let len = usize::from(*bytes.get(at)?);
        at += 1;
        if len == 0 {
            return Some((blocks, at));
        }
        blocks.push(bytes.get(at..at + len)?);
        at += len;
    }
}

pub(super) fn webp(bytes: &[u8]) -> Option<Layout<'_>> {
    let end = Order::Little.four(bytes, 4)?.checked_add(8)?;
    let own = bytes.get(..end)?;
    let mut layout = Layout::to(end);
    let mut at = 12;
    while at < end {
        let kind = own.get(at..at + 4)?;
        let len = Order::Little.four(own, at + 4)?;
        let body = own.get(at + 8..)?.get(..len)?;
        // Each begins at an even place.
        at += 8 + len + len % 2;
        match kind {
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" => {}
            b"ICCP" | b"EXIF" | b"XMP " => layout.fields.push(Cow::Borrowed(body)),
            _ => layout.files.push(Cow::Borrowed(body)),
        }
    }
    (at > 12).then_some(layout)
}

pub(super) fn avif(bytes: &[u8]) -> Option<Layout<'_>> {
    let mut layout = Layout::default();
    let mut at = 0;
    while let Some(head) = bytes.get(at..at + 8) {
        let len = match Order::Big.four(head, 0)? {
            0 => bytes.len() - at,
            1 => {
                let len = *bytes.get(at + 8..)?.first_chunk::<8>()?;
                usize::try_from(u64::from_be_bytes(len)).ok()?
            }
            len => len,
        };
        let own = match head.get(4..) {
            Some(b"ftyp" | b"meta" | b"mdat" | b"moov" | b"moof" | b"sidx" | b"styp") => true,
            Some(b"free" | b"skip" | b"uuid") => false,
            // What follows is no part of it.
            _ => break,
        };
        let body = bytes.get(at..)?.get(..len.max(8))?;
        if !own {
            let inside = body.get(8..).filter(|inside| holds_something(inside));
            layout.files.extend(inside.map(Cow::Borrowed));
        }
        at += body.len();
    }
    layout.own.insert((0, at));
    Some(layout)
}

/// What is known to stand in the sections of a program that a text names, but for those of tools that look for faults.
const SECTIONS: [&[u8]; 6] =
    [b"name", b"producers", b"target_features", b"sourceMappingURL", b"linking", b"dylink.0"];

pub(super) fn program(bytes: &[u8]) -> Option<Layout<'_>> {
    let mut layout = Layout::default();
    let mut at = 8;
    // There are fourteen kinds of sections.
    while let Some(kind @ 0..=13) = bytes.get(at) {
        let (len, width) = number(bytes.get(at + 1..)?)?;
        let start = at + 1 + width;
        let body = bytes.get(start..)?.get(..len)?;
        at = start + len;
        if *kind == 0 {
            let (len, width) = number(body)?;
            let name = body.get(width..)?.get(..len)?;
            let content = Cow::Borrowed(body.get(width + len..)?);
            let is_known =
                SECTIONS.contains(&name) || name.starts_with(b".debug_") || name.starts_with(b"reloc.");
            if is_known { layout.fields.push(content) } else { layout.files.push(content) }
        }
    }
    layout.own.insert((0, at));
    Some(layout)
}

/// A number in groups of seven bits (LEB128), and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let width = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)? + 1;
    let groups = bytes.get(..width)?.iter().rev();
    Some((groups.fold(0, |value, byte| value << 7 | usize::from(byte & 0x7F)), width))
}
