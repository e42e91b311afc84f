//! A file -> the texts in it, as those read them who open it: without markup, unfolded, unpacked.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

/// How much of a packed file is unpacked at most, in bytes.
const MOST: u64 = 256 << 20;

/// How deep files lie in files.
const DEEPEST: usize = 3;

/// What is in a file.
pub(super) enum Part<'p> {
    /// Text as it is read.
    Text(&'p str),
    /// A file that was packed in it.
    Bytes(&'p [u8]),
}

/// Hands over each text in a file: its own, and those of files that are packed in it.
pub(super) fn parts(path: &str, bytes: &[u8], take: &mut dyn FnMut(Part)) {
    within(path, bytes, 0, take);
}

/// The same of a file that lies so deep in others.
fn within(path: &str, bytes: &[u8], depth: usize, take: &mut dyn FnMut(Part)) {
    if depth > 0 {
        take(Part::Text(path));
        take(Part::Bytes(bytes));
    }
    if let Some(text) = decoded(bytes) {
        take(Part::Text(&visible(&text)));
        // A calendar folds its lines, in the middle of words (RFC 5545, 3.1).
        if path.ends_with(".ics") {
            take(Part::Text(&text.replace("\r\n ", "")));
        }
        return;
    }
    if depth >= DEEPEST {
        return;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        unzipped(bytes, depth, take);
    } else if bytes.starts_with(b"\x1f\x8b") {
        let mut unpacked = Vec::new();
        // Of a damaged file what is readable before the damage.
        let _ = MultiGzDecoder::new(bytes).take(MOST).read_to_end(&mut unpacked);
        within(path.trim_end_matches(".gz"), &unpacked, depth + 1, take);
    } else if bytes.starts_with(b"SQLite format 3\0") {
        #[cfg(feature = "sqlite")]
        // Of a damaged database what is readable before the damage.
        let _ = rows(bytes, take);
    }
}

/// Whether nothing can be looked for in a file: it is packed in a way that is not read here, or is sound or film.
pub(super) fn is_closed(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 11] = [
        b"%PDF-",
        b"7z\xBC\xAF\x27\x1C",
        b"Rar!\x1A\x07",
        b"\xFD7zXZ\0",
        b"\x28\xB5\x2F\xFD",
        b"BZh",
        b"ID3",
        b"OggS",
        b"fLaC",
        b"\x1A\x45\xDF\xA3",
        b"RIFF",
    ];
    let is_film = bytes.get(4..8) == Some(b"ftyp");
    let is_picture = bytes.get(8..12) == Some(b"WEBP") || matches!(bytes.get(8..12), Some(b"avif" | b"avis"));
    !is_picture && (is_film || BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)))
}

/// A file of text: in UTF-8, or in UTF-16 with its mark.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        Some(String::from_utf16_lossy(&units).into())
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Into::into),
    }
}

/// The files of an archive, or of a document that is one: `.docx`, `.odt`, `.epub`.
fn unzipped(bytes: &[u8], depth: usize, take: &mut dyn FnMut(Part)) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return };
    let mut left = MOST;
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index(index) else { continue };
        let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
        let mut unpacked = Vec::new();
        let _ = file.take(left).read_to_end(&mut unpacked);
        left = left.saturating_sub(unpacked.len() as u64);
        within(&name, &unpacked, depth + 1, take);
    }
}

/// The texts of a database, of which a long one lies in several places of the file.
#[cfg(feature = "sqlite")]
fn rows(bytes: &[u8], take: &mut dyn FnMut(Part)) -> rusqlite::Result<()> {
    use rusqlite::types::ValueRef;
    let mut database = rusqlite::Connection::open_in_memory()?;
    database.deserialize_read_exact(rusqlite::MAIN_DB, bytes, bytes.len(), true)?;
    let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for name in names {
        // What belongs to a search within it can be read by that search alone.
        let Ok(mut select) = database.prepare(&format!("SELECT * FROM \"{}\"", name.replace('"', "\"\"")))
        else {
            continue;
        };
        let columns = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                if let ValueRef::Text(text) = row.get_ref(column)? {
                    take(Part::Text(&visible(&String::from_utf8_lossy(text))));
                }
            }
        }
    }
    Ok(())
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
    const KNOWN: [(&str, char); 6] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    let known = || {
        let (name, _) = text.get(1..)?.split_once(';').filter(|(name, _)| name.len() <= 8)?;
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let named = || KNOWN.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        Some((number.and_then(char::from_u32).or_else(named)?, name.len() + 2))
    };
    known().map_or((Some('&'), 1), |(c, len)| (Some(c), len))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_found_as_a_reader_sees_it() {
        assert_eq!(super::visible("was <em>Ada</em>\n Berg&nbsp;it &amp; so"), "was Ada Berg it & so");
        assert_eq!(super::visible("&#65;d&#x61; &Berg; & &#1114112; &"), "Ada &Berg; & &#1114112; &");
    }
}
