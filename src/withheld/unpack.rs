//! A packed file -> the files in it, as far as there is room for them.

use std::io::Read;

use flate2::bufread::GzDecoder;
use flate2::read::ZlibDecoder;

use super::kinds::Packed;
use super::read::Reader;
use super::{archive, picture};

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
        Packed::Zip => archive::read(bytes, depth, reader),
        Packed::Gzip => gzipped(path, bytes, depth, reader),
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
        Packed::Png => picture::read(bytes, depth, reader),
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
pub(super) fn behind(bytes: &[u8], end: usize, depth: usize, reader: &mut Reader) {
    reader.piece(bytes.get(end..).unwrap_or_default(), depth + 1);
}

/// All that there is room for of a file that is packed in so many bytes. Of a damaged file it is what can be read before
/// the damage.
pub(super) fn whole(packed: impl Read, size: u64, reader: &mut Reader) -> (Vec<u8>, Ending) {
    let most = reader.room.of(size);
    up_to(most, packed, reader)
}

/// The same, where there is room for so many bytes.
fn up_to(most: u64, packed: impl Read, reader: &mut Reader) -> (Vec<u8>, Ending) {
    let mut unpacked = Vec::new();
    let read = packed.take(most + 1).read_to_end(&mut unpacked);
    let is_cut = unpacked.len() as u64 > most;
    reader.unpacked(unpacked.len() as u64);
    let ending = match read {
        _ if is_cut => Ending::Cut,
        Ok(_) => Ending::Whole,
        Err(_) => Ending::Damaged,
    };
    (unpacked, ending)
}

/// The parts of a file that follow each other, as the one file that they are; and what is said of each before it.
fn gzipped(path: &str, bytes: &[u8], depth: usize, reader: &mut Reader) {
    let most = reader.room.of(bytes.len() as u64);
    let mut file = Vec::new();
    let mut rest = bytes;
    while rest.starts_with(&[0x1F, 0x8B]) {
        let mut packed = GzDecoder::new(rest);
        let (inner, ending) = up_to(most.saturating_sub(file.len() as u64), &mut packed, reader);
        file.extend(inner);
        if let Some(header) = packed.header() {
            for text in [header.filename(), header.comment()].into_iter().flatten() {
                reader.within("", text, depth + 1);
            }
            reader.piece(header.extra().unwrap_or_default(), depth + 1);
        }
        reader.ended(ending);
        rest = packed.into_inner();
        if ending != Ending::Whole {
            rest = &[];
        }
    }
    reader.within(path.trim_end_matches(".gz"), &file, depth + 1);
    reader.piece(rest, depth + 1);
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

/// How many digits a number has at least in a database that may tell of somebody.
#[cfg(feature = "sqlite")]
const NUMBER: usize = 5;

/// How long a key of bytes is in a database, in which no words are.
#[cfg(feature = "sqlite")]
const KEY: usize = 16;

/// The texts and files of a database, of which a long one lies in several places of the file. What its author wrote to be
/// computed, views and columns, is not: it says no more than the tables do, and may never end.
#[cfg(feature = "sqlite")]
fn rows(bytes: &[u8], depth: usize, reader: &mut Reader) -> rusqlite::Result<()> {
    use rusqlite::config::DbConfig;
    use rusqlite::limits::Limit;
    use rusqlite::types::ValueRef;
    const TABLES: &str = "SELECT name, type = 'shadow' FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')";
    const COLUMNS: &str = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0";
    let mut database = rusqlite::Connection::open_in_memory()?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // No value is longer than the file, unless its parts lead back to each other.
    database
        .set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(bytes.len().max(1 << 16)).unwrap_or(i32::MAX))?;
    database.deserialize_read_exact(rusqlite::MAIN_DB, bytes, bytes.len(), true)?;
    let mut tables = database.prepare(TABLES)?;
    let tables = tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let tables: Vec<(String, bool)> = tables.collect::<Result<_, _>>()?;
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    // Nor are all of them, unless one page stands in several places of a tree.
    let mut left = bytes.len().saturating_mul(2);
    // Each by itself. A shorter one counts rows.
    let mut numbers = String::new();
    let said = |number: String, numbers: &mut String| {
        if number.len() >= NUMBER {
            numbers.push_str(&number);
            numbers.push_str("\nz\n");
        }
    };
    for (table, is_index) in tables {
        let mut columns = database.prepare(COLUMNS)?;
        let columns = columns.query_map([&table], |row| row.get::<_, String>(0))?;
        let columns: Vec<String> =
            columns.map(|name| name.map(|name| quoted(&name))).collect::<Result<_, _>>()?;
        // What belongs to a search within it can be read by that search alone.
        let select = format!("SELECT {} FROM {}", columns.join(", "), quoted(&table));
        let Ok(mut select) = database.prepare(&select) else { continue };
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let mut len = 1;
            for column in 0..columns.len() {
                match row.get_ref(column)? {
                    ValueRef::Text(text) => {
                        len += text.len();
                        reader.text("", &String::from_utf8_lossy(text), depth);
                    }
                    ValueRef::Blob(bytes) => {
                        len += bytes.len();
                        if is_index || bytes.len() <= KEY {
                            reader.part(bytes, depth + 1);
                        } else {
                            reader.within("", bytes, depth + 1);
                        }
                    }
                    ValueRef::Integer(number) => said(number.to_string(), &mut numbers),
                    ValueRef::Real(number) => said(number.to_string(), &mut numbers),
                    ValueRef::Null => {}
                }
            }
            left = left.saturating_sub(len);
            if left == 0 {
                reader.is_cut = true;
                reader.text("", &numbers, depth);
                return Ok(());
            }
        }
    }
    reader.text("", &numbers, depth);
    Ok(())
}
