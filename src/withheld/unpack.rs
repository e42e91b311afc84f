//! A packed file -> the files in it, as far as there is room for them.

use std::io::{Cursor, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use zip::ZipArchive;

use super::kinds::Packed;
use super::layout;
use super::read::Reader;

/// How a file ended that was unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    /// There is more of it than there is room for.
    Cut,
    Damaged,
}

/// Hands the files in a packed one to who reads them.
pub(super) fn unpack(packed: Packed, path: &str, bytes: &[u8], depth: usize, reader: &mut Reader) {
    let size = bytes.len() as u64;
    match packed {
        Packed::Zip => zipped(bytes, depth, reader),
        Packed::Gzip => {
            let (inner, ending) = whole(MultiGzDecoder::new(bytes), size, reader);
            reader.ended(ending);
            reader.within(path.trim_end_matches(".gz"), &inner, depth + 1);
        }
        Packed::Zlib => {
            let mut packed = ZlibDecoder::new(bytes);
            let (inner, ending) = whole(&mut packed, size, reader);
            let end = usize::try_from(packed.total_in()).unwrap_or(bytes.len());
            reader.ended(ending);
            reader.within("", &inner, depth + 1);
            if ending == Ending::Whole {
                behind(bytes, end, depth, reader);
            }
        }
        Packed::Tar => tape(bytes, depth, reader),
        Packed::Png => picture(bytes, depth, reader),
        Packed::Database => {
            #[cfg(feature = "sqlite")]
            let is_read = rows(bytes, depth, reader).is_ok();
            #[cfg(not(feature = "sqlite"))]
            let is_read = false;
            reader.is_closed |= !is_read;
        }
    }
}

/// Reads what stands behind the end of a file as one of its own.
fn behind(bytes: &[u8], end: usize, depth: usize, reader: &mut Reader) {
    reader.piece(bytes.get(end..).unwrap_or_default(), depth + 1);
}

/// All that there is room for of a file that is packed in so many bytes. Of a damaged file it is what can be read before
/// the damage.
fn whole(packed: impl Read, size: u64, reader: &mut Reader) -> (Vec<u8>, Ending) {
    let most = reader.room.of(size);
    let mut unpacked = Vec::new();
    let read = packed.take(most + 1).read_to_end(&mut unpacked);
    let is_cut = unpacked.len() as u64 > most;
    reader.room.take(unpacked.len() as u64);
    let ending = match read {
        _ if is_cut => Ending::Cut,
        Ok(_) => Ending::Whole,
        Err(_) => Ending::Damaged,
    };
    (unpacked, ending)
}

/// The files of an archive, or of a document that is one: `.docx`, `.odt`, `.epub`.
fn zipped(bytes: &[u8], depth: usize, reader: &mut Reader) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        reader.is_closed = true;
        return;
    };
    // What stands before it may be another, whose files are not in its list, or a picture that holds more.
    let before = usize::try_from(archive.offset()).ok().and_then(|end| bytes.get(..end)).unwrap_or_default();
    if memchr::memmem::find(before, b"PK\x03\x04").is_some() {
        reader.is_closed = true;
    } else {
        reader.piece(before, depth + 1);
    }
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).and_then(Result::ok).map(|name| name.into_owned());
        let name = name.unwrap_or_default();
        let Ok(file) = archive.by_index(index) else {
            // Packed in another way, or with a password.
            reader.is_closed = true;
            reader.text("", &name, depth);
            continue;
        };
        let size = file.compressed_size();
        let (inner, ending) = whole(file, size, reader);
        reader.ended(ending);
        reader.within(&name, &inner, depth + 1);
    }
}

/// The files of a `.tar`.
fn tape(bytes: &[u8], depth: usize, reader: &mut Reader) {
    let mut archive = tar::Archive::new(bytes);
    let Ok(entries) = archive.entries() else {
        reader.is_closed = true;
        return;
    };
    let mut end = 0;
    for entry in entries {
        let Ok(entry) = entry else {
            reader.is_closed = true;
            return;
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        end = entry.raw_file_position().saturating_add(size);
        let (inner, ending) = whole(entry, size, reader);
        reader.ended(ending);
        reader.within(&name, &inner, depth + 1);
    }
    behind(bytes, usize::try_from(end).unwrap_or(bytes.len()), depth, reader);
}

/// What holds the points of a picture, their colours and their measures, in which no words are.
const POINTS: [&[u8; 4]; 25] = [
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI",
    b"bKGD", b"hIST", b"pHYs", b"sPLT", b"tIME", b"acTL", b"fcTL", b"fdAT", b"oFFs", b"sCAL", b"pCAL",
    b"sTER", b"iDOT", b"vpAg",
];

/// The texts in a picture, packed or not, what it has that is no part of a picture, and what stands behind its end.
fn picture(bytes: &[u8], depth: usize, reader: &mut Reader) {
    let Some((chunks, end)) = layout::chunks(bytes) else {
        reader.is_closed = true;
        return;
    };
    for (kind, chunk) in chunks.iter().filter(|(kind, _)| !POINTS.contains(&kind)) {
        let text = chunk.iter().position(|byte| *byte == 0).and_then(|end| chunk.get(end + 1..));
        let (packed, plain) = match (kind, text) {
            (b"zTXt" | b"iCCP", Some([0, packed @ ..])) => (Some(packed), None),
            (b"iTXt", Some([is_packed @ (0 | 1), 0, rest @ ..])) => {
                // The language, and the keyword in it.
                let text = rest.splitn(3, |byte| *byte == 0).nth(2);
                if *is_packed == 1 { (text, None) } else { (None, text) }
            }
            (b"tEXt", text) => (None, text),
            (b"eXIf", _) => (None, Some(*chunk)),
            _ => {
                reader.within("", chunk, depth + 1);
                continue;
            }
        };
        if let Some(packed) = packed {
            let mut stream = ZlibDecoder::new(packed);
            let (inner, ending) = whole(&mut stream, packed.len() as u64, reader);
            let end = usize::try_from(stream.total_in()).unwrap_or(packed.len());
            reader.ended(ending);
            reader.field(&inner, depth + 1);
            if ending == Ending::Whole {
                behind(packed, end, depth, reader);
            }
        }
        if let Some(plain) = plain {
            reader.field(plain, depth + 1);
        }
    }
    behind(bytes, end, depth, reader);
}

/// The texts and files of a database, of which a long one lies in several places of the file.
#[cfg(feature = "sqlite")]
fn rows(bytes: &[u8], depth: usize, reader: &mut Reader) -> rusqlite::Result<()> {
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
                match row.get_ref(column)? {
                    ValueRef::Text(text) => reader.text("", &String::from_utf8_lossy(text), depth),
                    ValueRef::Blob(bytes) => reader.part(bytes, depth + 1),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}
