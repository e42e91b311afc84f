//! Files that cannot be searched, or not to their end, are named.

use dossier::cache::Cache;
use dossier::diag::Checked;
use dossier::output::{Stamp, Taker};
use dossier::{Options, Site, theme};

use super::matrix::{png, zlib};
use super::{dossier, gzipped, with, zipped};
use crate::support::build;

/// What is said of a file in which nothing is found.
pub fn notes(path: &str, bytes: &[u8]) -> Vec<String> {
    let site = build(&with(&dossier(), &format!("static/{path}"), bytes));
    assert!(!dossier::has_errors(&site.diagnostics), "{path}");
    let notes = site.diagnostics.iter().filter(|problem| problem.code.name == "withheld-unsearched");
    notes.map(|problem| problem.message.clone()).collect()
}

/// What is packed well has no order that is left.
pub fn noise() -> Vec<u8> {
    (0_u32..125).flat_map(|n| *blake3::hash(&n.to_le_bytes()).as_bytes()).collect()
}

/// An archive whose only file claims to be packed in this way, or is marked as locked.
fn odd_zip(method: u16, flags: u16) -> Vec<u8> {
    let mut bytes = zipped("a.txt", b"nothing at all");
    let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for (flag_at, method_at) in [(6, 8), (central + 8, central + 10)] {
        bytes[flag_at] |= u8::try_from(flags).unwrap();
        bytes[method_at..method_at + 2].copy_from_slice(&method.to_le_bytes());
    }
    bytes
}

/// What is packed without a mark of how.
pub fn deflated(text: &str) -> Vec<u8> {
    let packed = zlib(text.as_bytes());
    packed[2..packed.len() - 4].to_vec()
}

/// An archive before the list of another, of which nothing says that it is there.
pub fn hidden(archive: &[u8]) -> Vec<u8> {
    let first = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    [&archive[..first], &zipped("b.txt", b"nothing")].concat()
}

/// An archive with a field of an own kind in what its list says of the last file.
pub fn extended(archive: &[u8], field: &[u8]) -> Vec<u8> {
    let list = archive.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    let end = archive.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let field = [b"\x99\x99", &u16::try_from(field.len()).unwrap().to_le_bytes()[..], field].concat();
    let mut bytes = [&archive[..end], &field, &archive[end..]].concat();
    bytes[list + 30..list + 32].copy_from_slice(&u16::try_from(field.len()).unwrap().to_le_bytes());
    let size = u32::try_from(end - list + field.len()).unwrap();
    let end = end + field.len();
    bytes[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    bytes
}

/// An archive whose file was written at once: its length stands behind it.
fn streamed() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new_stream(Vec::new());
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for name in ["a.txt", "b.txt"] {
        zip.start_file(name, deflated).unwrap();
        std::io::Write::write_all(&mut zip, b"nothing").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn gzip_with_field(field: &[u8]) -> Vec<u8> {
    let builder = flate2::GzBuilder::new().extra(field);
    let mut gzip = builder.write(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, b"nothing").unwrap();
    gzip.finish().unwrap()
}

/// A database with a value of bytes.
#[cfg(feature = "sqlite")]
fn database(value: &[u8]) -> Vec<u8> {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    database.execute_batch("CREATE TABLE t (a BLOB); CREATE VIRTUAL TABLE s USING fts5(b)").unwrap();
    database.execute("INSERT INTO t VALUES (?)", [value]).unwrap();
    database.execute("INSERT INTO s VALUES ('a text to be searched')", []).unwrap();
    database.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
}

/// A build writes what it makes at once, and publishing keeps it in memory: both name the same.
#[test]
fn what_a_page_or_the_index_holds_is_named_whether_or_not_it_is_in_memory() {
    let written = (0..6).fold("a%20walk".to_owned(), |text, _| text.replace('%', "%25"));
    let sources = with(&dossier(), "content/about.md", format!("# About\n\nA text with {written} in it.\n"));
    let said = |site: &Checked<Site>| {
        assert!(!dossier::has_errors(&site.diagnostics));
        let notes = site.diagnostics.iter().filter(|problem| problem.code.name == "withheld-unsearched");
        notes.map(|problem| problem.message.clone()).collect::<Vec<String>>()
    };
    let taker = Taker { take: &|_, bytes| Some(Stamp::of(bytes)), same: &|_, _| None };
    let taken = dossier::build_into(
        &sources,
        &theme::theme(),
        Options::default(),
        &mut Cache::default(),
        &|_, _, _| {},
        &|| Some(taker),
    );
    let notes = said(&taken);
    assert!(notes.iter().any(|note| note.contains("about.html")), "{notes:?}");
    assert_eq!(notes, said(&build(&sources)));
    // The next build makes the page again, and says the same.
    assert!(taken.value.hashes.contains_key("index.html") && !taken.value.hashes.contains_key("about.html"));
}

#[cfg(feature = "sqlite")]
#[test]
fn bytes_in_a_database_that_cannot_be_searched_are_named() {
    let named = "what is withheld cannot be looked for in a.sqlite";
    assert_eq!(notes("a.sqlite", &database(&deflated("Nobody is named in this text."))), [named]);
    for value in [&noise()[..16], &zlib(b"nothing"), b"A text."] {
        assert_eq!(notes("a.sqlite", &database(value)), Vec::<String>::new());
    }
}

/// What is said of a chunk that is of no length that its kind has, or of none at all.
#[test]
fn a_part_of_a_picture_that_is_no_such_part_is_read_or_named() {
    let kinds = [b"hIST", b"tIME", b"acTL", b"fcTL", b"fdAT", b"sPLT", b"pHYs", b"tRNS", b"PLTE", b"iDOT"];
    let packed = [zlib(b"nothing at all"), noise()];
    for kind in kinds {
        assert_eq!(notes("a.png", &png(kind, &packed[0])), Vec::<String>::new());
        assert_eq!(
            notes("a.png", &png(kind, &packed[1])),
            ["what is withheld cannot be looked for in a.png"]
        );
    }
}

#[test]
fn what_cannot_be_searched_is_named() {
    let noise = noise();
    let with_noise = |begin: &[u8]| [begin, &noise].concat();
    let packed = deflated(&"Nobody is named in this text. ".repeat(9));
    let in_zip = |extra: &[u8]| extended(&zipped("a.txt", b"nothing"), extra);
    let closed = [
        ("a.pdf", with_noise(b"%PDF-1.7\n")),
        ("a.7z", with_noise(b"7z\xBC\xAF\x27\x1C")),
        ("a.rar", with_noise(b"Rar!\x1A\x07")),
        ("a.xz", with_noise(b"\xFD7zXZ\0")),
        ("a.zst", with_noise(b"\x28\xB5\x2F\xFD")),
        ("a.bz2", with_noise(b"BZh9")),
        ("a.lzma", with_noise(b"\x5D\0\0\x80\0")),
        ("a.mp3", with_noise(b"ID3\x03\0")),
        ("b.mp3", with_noise(b"\xFF\xFB\x90\0")),
        ("a.mp4", with_noise(b"\0\0\0\x18ftypmp42")),
        ("a.doc", with_noise(b"\xD0\xCF\x11\xE0")),
        ("a.bin", noise.clone()),
        ("bzip2.zip", odd_zip(12, 0)),
        ("lzma.zip", odd_zip(14, 0)),
        ("locked.zip", odd_zip(8, 1)),
        ("tail.zip", [zipped("a.txt", b"nothing"), noise.clone()].concat()),
        ("field.zip", in_zip(&noise)),
        ("between.zip", hidden(&odd_zip(12, 0))),
        ("short.bin", packed.clone()),
        ("text.png", png(b"tEXt", &[b"Comment\0", &packed[..]].concat())),
        ("international.png", png(b"iTXt", &[b"Comment\0\0\0\0\0", &packed[..]].concat())),
        ("packed.png", png(b"zTXt", &[b"Comment\0\0", &zlib(&packed)[..]].concat())),
        ("profile.png", png(b"iCCP", &[b"Profile\0\0", &zlib(&noise)[..]].concat())),
        ("exif.png", png(b"eXIf", &packed)),
        ("scale.png", png(b"pCAL", &packed)),
        ("field.gz", gzip_with_field(&noise)),
        (
            "tail.sh",
            [&b"#!/bin/sh\n"[..], &b"echo a line of a script\n".repeat(99), b"exit\n", &packed].concat(),
        ),
        ("short.sh", [&b"#!/bin/sh\n"[..], &b"echo a line of a script\n".repeat(99), &noise[..40]].concat()),
        ("words.sh", [&b"a few words of it "[..], &b"and others ".repeat(9000), &noise[..40]].concat()),
        ("tail.a", [&b"!<arch>\n"[..], &b"a line\n".repeat(999), b"\xFD7zXZ\0", &noise].concat()),
        ("damaged.gz", gzipped(&noise)[..500].to_vec()),
        ("within.zip", zipped("a.pdf", b"%PDF-1.7")),
    ];
    for (path, bytes) in &closed {
        let said = notes(path, bytes);
        assert_eq!(said, [format!("what is withheld cannot be looked for in {path}")], "{path}");
    }
    let open = [
        ("a.txt", b"A text.".to_vec()),
        ("b.txt", b"x^2 is no archive, and BZh no beginning".to_vec()),
        ("latin.txt", b"Caf\xE9 du port, \xE0 c\xF4t\xE9 de la mer".to_vec()),
        ("wide.txt", "A text of some length.".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a.zip", zipped("a.txt", b"nothing")),
        ("a.gz", gzipped(b"nothing")),
        ("a.png", png(b"IDAT", &noise)),
        ("two.zip", [zipped("a.txt", b"nothing"), zipped("b.txt", b"nothing")].concat()),
        ("hidden.zip", hidden(&zipped("a.txt", b"nothing"))),
        ("streamed.zip", streamed()),
        ("time.zip", in_zip(b"\0\0\0\0\0")),
        ("exif.png", png(b"eXIf", b"II*\0\x08\0\0\0\0\0\0\0\0\0")),
        ("text.png", png(b"tEXt", b"Author\0Caf\xE9")),
        ("colours.png", png(b"sPLT", b"warm\0\x08\x01\x02\x03\x04\x05\x06")),
        ("time.png", png(b"tIME", b"\x07\xE7\x01\x02\x03\x04\x05")),
        ("two.gz", [gzipped(b"nothing"), gzipped(b"at all"), vec![0; 512]].concat()),
        ("field.gz", gzip_with_field(b"BC\x02\0\x1B\0")),
        ("script.sh", [&b"#!/bin/sh\nexit\n"[..], &gzipped(b"nothing")].concat()),
        ("stray.txt", "A text of a line.\x1b[0m\n".repeat(99).into_bytes()),
        ("end.txt", b"A text of a line.\r\n\x1A".to_vec()),
        ("empty", Vec::new()),
    ];
    for (path, bytes) in &open {
        assert_eq!(notes(path, bytes), Vec::<String>::new(), "{path}");
    }
    println!("{} files that cannot be searched, each named; {} that can, none", closed.len(), open.len());
}

/// What is unpacked is bounded, of each file and of all, and where it is too much is told.
#[test]
fn a_small_file_that_unpacks_to_a_very_large_one_is_named_and_ends() {
    let large = vec![b'a'; 32 << 20];
    let once = zipped("a.txt", &large);
    let within = zipped("a.zip", &once);
    let more = "it holds more than is unpacked";
    for (path, bytes) in [("bomb.gz", gzipped(&large)), ("bomb.zip", once), ("bombs.zip", within)] {
        let said = notes(path, &bytes);
        assert_eq!(said, [format!("what is withheld was not looked for in all of {path}: {more}")]);
    }
}
