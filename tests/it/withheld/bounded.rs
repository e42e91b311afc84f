//! No file keeps the search for what is withheld for ever, or fills the memory.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use dossier::model::dossier::Form;
use dossier::withheld::Search;

use super::matrix::{png, withheld};

/// A file that takes longer hangs, however slow the machine is: one of them takes some seconds.
const HANG: Duration = Duration::from_secs(120);

/// How long a file is, in bytes. What takes its square takes far longer than that.
const LEN: usize = 400_000;

/// Texts that say something again and again.
const REPEATED: [(&str, &str); 22] = [
    ("marks.txt", "base64"),
    ("mails.txt", "base64\n\nQUJD "),
    ("words.txt", "=? "),
    ("open.txt", "=?a?B? "),
    ("comments.txt", "<!--a>"),
    ("hosts.txt", "xn--"),
    ("labels.txt", "xn--a."),
    ("tags.txt", "<title>"),
    ("quotes.txt", "<a b='"),
    ("turned.txt", "\u{202E}a<b "),
    ("nested.txt", "\u{202E}\u{2066}"),
    ("backwards.txt", "<bdo dir=rtl>"),
    ("references.txt", "&amp;"),
    ("percent.txt", "%25"),
    ("escapes.txt", "\\\\u0041"),
    ("addresses.txt", "data:;base64,QUJD "),
    ("rows.json", "\"a\", \"b\": "),
    ("ruby.txt", "<ruby>a<rt>b"),
    ("folded.ics", "BEGIN:VCALENDAR\n a\n"),
    ("accents.bib", "{\\'e}"),
    ("mail.eml", "=\n=41"),
    ("misread.txt", "Ã©"),
];

/// Numbers of two and four bytes.
fn numbers(order: fn(u32) -> [u8; 4], twos: &[u32], fours: &[usize]) -> Vec<u8> {
    let twos = twos.iter().flat_map(|number| {
        let [a, b, c, d] = order(*number);
        if a == 0 && b == 0 { [c, d] } else { [a, b] }
    });
    let fours = fours.iter().flat_map(|number| order(u32::try_from(*number).unwrap()));
    twos.chain(fours).collect()
}

fn noise(len: usize) -> Vec<u8> {
    let blocks = (0_u32..).flat_map(|n| *blake3::hash(&n.to_le_bytes()).as_bytes());
    blocks.take(len).collect()
}

/// A font whose tables lie over each other: each begins `step` bytes behind the one before.
fn font(count: u32, step: usize) -> Vec<u8> {
    const TABLE: usize = 20_000;
    let mut out = b"\0\x01\0\0".to_vec();
    out.extend(numbers(u32::to_be_bytes, &[count, 1, 1, 1], &[]));
    let start = 12 + 16 * count as usize;
    for number in 0..count as usize {
        out.extend(b"zzz");
        out.push(b'A' + u8::try_from(number % 26).unwrap());
        out.extend(numbers(u32::to_be_bytes, &[], &[0, start + step * number, TABLE - step * number]));
    }
    out.extend(noise(TABLE));
    out
}

/// Icons that are all one picture.
fn icons(count: u32) -> Vec<u8> {
    let picture = png(b"tEXt", &[b"a\0".as_slice(), &noise(20_000)].concat());
    let mut out = b"\0\0\x01\0".to_vec();
    out.extend(&count.to_le_bytes()[..2]);
    for _ in 0..count {
        out.extend(b"\x01\x01\0\0\x01\0\x08\0");
        out.extend(numbers(u32::to_le_bytes, &[], &[picture.len(), 6 + 16 * count as usize]));
    }
    out.extend(picture);
    out
}

/// A picture for printing, each field of which is as long as the file.
fn fields(count: u32) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend(&count.to_le_bytes()[..2]);
    let start = 14 + 12 * count as usize;
    for _ in 0..count {
        out.extend(b"\x11\x01\x04\0");
        out.extend(numbers(u32::to_le_bytes, &[], &[LEN / 4, start]));
    }
    out.extend([0; 4]);
    out.extend(vec![1; LEN]);
    out
}

/// Fonts that are one font, in one file.
fn fonts(count: usize) -> Vec<u8> {
    let mut out = b"ttcf\0\x01\0\0".to_vec();
    out.extend(numbers(u32::to_be_bytes, &[], &[count]));
    out.extend(numbers(u32::to_be_bytes, &[], &vec![12 + 4 * count; count]));
    out.extend(font(60, 0));
    out
}

/// A database with something in it that is computed when it is read.
#[cfg(feature = "sqlite")]
fn database(made: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.sqlite");
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute_batch("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('Vera Quill');").unwrap();
    database.execute_batch(made).unwrap();
    drop(database);
    std::fs::read(path).unwrap()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let mut files: Vec<(&str, Vec<u8>)> =
        REPEATED.map(|(name, text)| (name, text.repeat(LEN / text.len()).into_bytes())).to_vec();
    let mail = [&"base64 ".repeat(LEN / 14), "\n\n", &"QUJD".repeat(LEN / 8)].concat();
    let declared: String = (0..1000).map(|number| format!("<!ENTITY e{number} 'x'>")).collect();
    let entities = format!("<!DOCTYPE a [{declared}]>{}", "&e999;".repeat(LEN / 6));
    files.extend([
        ("mail.txt", mail.into_bytes()),
        ("entities.xml", entities.into_bytes()),
        ("one.ttf", font(4000, 0)),
        ("many.ttf", font(4000, 1)),
        ("same.ttc", fonts(4000)),
        ("same.ico", icons(3000)),
        ("fields.tif", fields(3000)),
    ]);
    #[cfg(feature = "sqlite")]
    files.extend([
        (
            "rows.sqlite",
            database("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"),
        ),
        ("long.sqlite", database("CREATE VIEW v AS SELECT zeroblob(900000000) AS a")),
        (
            "column.sqlite",
            database("CREATE TABLE g (a INTEGER, b AS (zeroblob(900000000))); INSERT INTO g (a) VALUES (1)"),
        ),
    ]);
    files
}

#[test]
fn no_file_keeps_the_search_for_ever() {
    let files = files();
    let count = files.len();
    let (sender, done) = channel();
    thread::spawn(move || {
        let words =
            withheld(&[("Vera Quill".to_owned(), Form::Person), ("José Núñez".to_owned(), Form::Person)]);
        let search = Search::new(&words).unwrap().unwrap();
        for (name, bytes) in files {
            sender.send(name).unwrap();
            let found = search.hits(name, &bytes);
            assert_eq!(found.is_empty(), !name.ends_with(".sqlite"), "{name}");
        }
    });
    let mut names = Vec::new();
    loop {
        match done.recv_timeout(HANG) {
            Ok(name) => names.push(name),
            Err(RecvTimeoutError::Timeout) => panic!("{:?} takes more than {HANG:?}", names.last()),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    assert_eq!(names.len(), count, "it ended at {:?}", names.last());
    println!("{count} files made to be read for ever, all read");
}
