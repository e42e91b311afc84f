//! Files that cannot be searched, or not to their end, are named.

use super::matrix::png;
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

#[test]
fn what_cannot_be_searched_is_named() {
    let noise = noise();
    let with_noise = |begin: &[u8]| [begin, &noise].concat();
    let first = zipped("a.txt", b"hidden from the list");
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
        ("two.zip", [first, zipped("b.txt", b"nothing")].concat()),
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
