//! Every disguise of a name, in every place of a dossier and in every kind of file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine as _;
use dossier::model::dossier::{Form, Withheld};
use dossier::source::{Sources, Span};
use dossier::withheld::Search;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use super::disguises::{DISGUISES, SCRIPTS, SHORT, name};
use super::{PEOPLE, dossier, folded, places, wide, with, zipped};
use crate::support::build;

pub fn withheld(words: &[(String, Form)]) -> Vec<Withheld> {
    let span = Span::new(Sources::default().insert("people.toml", b"".as_slice()), 0..0);
    let withheld = |(word, form): &(String, Form)| Withheld {
        word: word.clone(),
        form: *form,
        owner: "someone".to_owned(),
        span,
    };
    words.iter().map(withheld).collect()
}

/// One build for each place and script: all disguises stand there at once, each of somebody else.
#[test]
fn a_disguised_name_is_found_wherever_an_author_can_write_it() {
    let (mut tried, mut missed) = (0, Vec::new());
    let scripts = ["Latin", "Arabic", "Chinese"];
    let chosen = |(number, _): &(usize, &(&str, &str, &str))| scripts.contains(&SCRIPTS[*number].0);
    let mut in_places: BTreeSet<&str> = BTreeSet::new();
    for (script, (label, ..)) in SCRIPTS.iter().enumerate().filter(chosen) {
        let names: Vec<String> = (0..DISGUISES.len()).map(|number| name(script, number)).collect();
        let written: Vec<String> = DISGUISES.iter().zip(&names).map(|((_, way), name)| way(name)).collect();
        let mut people = String::new();
        for (number, name) in names.iter().enumerate() {
            write!(people, "[hidden-{number}]\nname = \"{name}\"\nwithhold = true\n").unwrap();
        }
        for (place, path, content) in places(&written.join(" ; ")) {
            in_places.insert(place);
            let own = if path == "content/people.toml" { content.as_str() } else { PEOPLE };
            let all = with(&dossier(), path, content.as_str());
            let all = with(&all, "content/people.toml", format!("{own}{people}"));
            let site = build(&all);
            let said: BTreeSet<&str> = site
                .diagnostics
                .iter()
                .filter(|problem| problem.code.name == "withheld-leak")
                .filter_map(|problem| problem.message.strip_prefix('`')?.split('`').next())
                .collect();
            for ((way, _), name) in DISGUISES.iter().zip(&names) {
                tried += 1;
                if !said.contains(name.as_str()) {
                    missed.push((place, *label, *way));
                }
            }
        }
    }
    println!(
        "{} disguises in {} places and {} scripts, {tried} in all, {} missed",
        DISGUISES.len(),
        in_places.len(),
        scripts.len(),
        missed.len()
    );
    assert_eq!(missed, []);
}

type Container = (&'static str, fn(&str) -> Option<(String, Vec<u8>)>);

fn at(path: &str, bytes: impl Into<Vec<u8>>) -> Option<(String, Vec<u8>)> {
    Some((path.to_owned(), bytes.into()))
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut tape = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    tape.append_data(&mut header, name, bytes).unwrap();
    tape.into_inner().unwrap()
}

/// A picture with a part of this kind.
pub fn png(kind: &[u8; 4], part: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1A\n".to_vec();
    for (kind, part) in [(b"IHDR", [0; 13].as_slice()), (kind, part), (b"IEND", &[])] {
        out.extend(u32::try_from(part.len()).unwrap().to_be_bytes());
        out.extend(kind);
        out.extend(part);
        out.extend([0; 4]);
    }
    out
}

fn legacy(text: &str, encoding: &'static encoding_rs::Encoding) -> Option<Vec<u8>> {
    let (bytes, _, has_others) = encoding.encode(text);
    (!has_others).then(|| bytes.into_owned())
}

fn quoted_printable(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b == b' ' {
                char::from(b).to_string()
            } else {
                format!("={b:02X}")
            }
        })
        .collect()
}

fn rtf(text: &str) -> String {
    let mut units = [0; 2];
    text.chars()
        .map(|c| match c {
            '\\' | '{' | '}' => format!("\\{c}"),
            c if c.is_ascii() => c.to_string(),
            c => {
                c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{}?", unit.cast_signed())).collect()
            }
        })
        .collect()
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn percent(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// A text in UTF-16 that no zero and no control shows to be one; nothing if it has other letters.
fn wide_alone(text: &str, unit: fn(u16) -> [u8; 2]) -> Option<Vec<u8>> {
    let is_wide =
        |c: char| matches!(c, '\u{900}'..='\u{97F}' | '\u{3041}'..='\u{D7FF}' | '\u{20000}'..='\u{2FFFF}');
    let bytes = wide(text, unit, false);
    let has_controls = bytes.iter().any(|byte| *byte < 32 && !b"\t\n\r\x0C".contains(byte));
    (text.chars().all(is_wide) && !has_controls).then_some(bytes)
}

/// UTF-8 that was read as another encoding and written as UTF-8 again, so often.
fn misread(text: &str, encoding: Option<&'static encoding_rs::Encoding>, often: usize) -> String {
    (0..often).fold(text.to_owned(), |text, _| match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        None => text.bytes().map(char::from).collect(),
    })
}

/// A text that is shown as it was where it is set backwards.
fn backwards(text: &str) -> String {
    let mut letters: Vec<String> = Vec::new();
    for letter in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
        // What is not seen stays with the letter before it.
        let is_unseen = letter.starts_with(|c| "\u{AD}\u{200B}\u{200C}\u{2060}\u{FEFF}\u{3164}".contains(c));
        let is_mark = letter.starts_with(unicode_normalization::char::is_combining_mark);
        match letters.last_mut().filter(|_| is_unseen || is_mark) {
            Some(before) => before.push_str(letter),
            None => letters.push(letter.to_owned()),
        }
    }
    letters.into_iter().rev().collect()
}

const CONTAINERS: [Container; 59] = [
    ("UTF-16 of such letters alone, little end first", |text| {
        at("a.txt", wide_alone(text, u16::to_le_bytes)?)
    }),
    ("UTF-16 of such letters alone, big end first", |text| at("a.txt", wide_alone(text, u16::to_be_bytes)?)),
    ("UTF-16 of such letters alone at an odd place", |text| {
        at("a.txt", [b"x".as_slice(), &wide_alone(text, u16::to_le_bytes)?].concat())
    }),
    ("UTF-8 read as Windows-1252", |text| {
        at("a.txt", format!("It was {} who came.", misread(text, Some(encoding_rs::WINDOWS_1252), 1)))
    }),
    ("UTF-8 read as Windows-1252, twice", |text| {
        at("a.json", misread(text, Some(encoding_rs::WINDOWS_1252), 2))
    }),
    ("UTF-8 read as Latin-1", |text| at("a.html", format!("<p>{}</p>", misread(text, None, 1)))),
    ("UTF-8 read as Latin-1, twice", |text| at("a.txt", misread(text, None, 2))),
    ("a text set backwards", |text| {
        at("a.txt", format!("x\nIt was \u{202E}{}\u{202C} who came.\ny", backwards(text)))
    }),
    ("a text set backwards by a number", |text| {
        at("a.html", format!("<p>x &#x202e;{}</p>", backwards(text)))
    }),
    // It is unescaped first, and there are no escapes that are read backwards.
    ("a text set backwards by a script", |text| {
        (!text.contains('\\')).then(|| at("a.js", format!("show('\\u202e{}')", backwards(text))))?
    }),
    ("a text set backwards by a tag", |text| {
        at("a.html", format!("<p>It was <BDO\n dir=RTL>{}</BDO> who came.</p>", backwards(text)))
    }),
    ("the name of a file set backwards", |text| {
        at(&format!("x/\u{202E}fdp.{}", backwards(&text.replace('/', "_"))), *b"")
    }),
    ("the comment of a picture, cut in two", |text| {
        let parts: Vec<&[u8]> = text.as_bytes().chunks(text.len() / 2 + 1).collect();
        at(
            "a.jpg",
            super::layouts::jpeg(
                &parts.iter().map(|part| super::layouts::segment(0xFE, part)).collect::<Vec<_>>(),
            ),
        )
    }),
    ("a text", |text| at("a.txt", format!("It was {text} who came."))),
    ("a page", |text| at("a.html", format!("<p>It was <b>{text}</b>.</p>"))),
    ("the title of an element", |text| at("a.html", format!("<a title=\"{text}\" href=\"#\">x</a>"))),
    ("a comment in a page", |text| at("a.html", format!("<p>x</p><!-- {text} -->"))),
    ("a comment with tags", |text| at("a.html", format!("<!-- <i>{text}</i> -->"))),
    ("between signs of a comparison", |text| at("a.js", format!("if (a < b) show(\"{text}\"); c > d"))),
    ("a script", |text| at("a.js", format!("show('{text}')"))),
    ("a style sheet", |text| at("a.css", format!("p::after{{content:'{text}'}}"))),
    ("JSON", |text| at("a.json", serde_json::json!({ "n": text }).to_string())),
    ("JSON within JSON", |text| {
        at("a.json", serde_json::json!(serde_json::json!({ "n": text }).to_string()).to_string())
    }),
    ("HTML within JSON", |text| {
        at("a.json", serde_json::json!({ "n": format!("<p class=\"x\">a</p>\n<p>{text}</p>") }).to_string())
    }),
    ("HTML within XML", |text| {
        at("a.xml", format!("<content>&lt;p&gt;{}&lt;/p&gt;</content>", text.replace('&', "&amp;")))
    }),
    ("a section of XML", |text| at("a.xml", format!("<a><![CDATA[{text}]]></a>"))),
    ("a table", |text| at("a.csv", format!("a;b\r\n{text};c\r\n"))),
    ("a drawing", |text| at("a.svg", format!("<svg><title>{text}</title></svg>"))),
    ("a calendar", |text| {
        at("a.ics", format!("BEGIN:VCALENDAR\r\nSUMMARY:{}\r\nEND:VCALENDAR\r\n", folded(text)))
    }),
    ("a card", |text| {
        at("a.vcf", format!("BEGIN:VCARD\r\nFN:{}\r\n", folded(text).replace("\r\n ", "\r\n\t")))
    }),
    ("a file name", |text| at(&format!("{}.pdf", text.replace('/', "_")), *b"")),
    ("the name of a folder", |text| at(&format!("{}/a.txt", text.replace('/', "_")), *b"")),
    ("UTF-8 with a stray byte", |text| {
        at("a.txt", [b"\xFF ".as_slice(), text.as_bytes(), b" \xE9"].concat())
    }),
    ("UTF-16, little end first", |text| at("a.txt", wide(text, u16::to_le_bytes, true))),
    ("UTF-16, big end first", |text| at("a.txt", wide(text, u16::to_be_bytes, true))),
    ("UTF-16 without a mark", |text| {
        at("a.txt", wide(&format!("It was {text} who came."), u16::to_le_bytes, false))
    }),
    ("UTF-16 at an odd place", |text| {
        at(
            "a.txt",
            [b"x".as_slice(), &wide(&format!("It was {text} who came."), u16::to_be_bytes, false)].concat(),
        )
    }),
    ("UTF-32", |text| {
        at(
            "a.txt",
            "\u{FEFF}"
                .chars()
                .chain(text.chars())
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect::<Vec<_>>(),
        )
    }),
    ("UTF-32 without a mark", |text| {
        at("a.txt", text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<_>>())
    }),
    ("Windows-1252", |text| at("a.txt", legacy(text, encoding_rs::WINDOWS_1252)?)),
    ("Windows-1251", |text| at("a.csv", legacy(text, encoding_rs::WINDOWS_1251)?)),
    ("KOI8-R", |text| at("a.html", legacy(text, encoding_rs::KOI8_R)?)),
    ("Windows-1255", |text| at("a.html", legacy(text, encoding_rs::WINDOWS_1255)?)),
    ("Windows-1253", |text| at("a.html", legacy(text, encoding_rs::WINDOWS_1253)?)),
    ("Shift-JIS", |text| at("a.html", legacy(text, encoding_rs::SHIFT_JIS)?)),
    ("GB 18030", |text| at("a.html", legacy(text, encoding_rs::GB18030)?)),
    ("EUC-KR", |text| at("a.html", legacy(text, encoding_rs::EUC_KR)?)),
    ("quoted-printable", |text| {
        at("a.eml", format!("Content-Transfer-Encoding: quoted-printable\n\n{}", quoted_printable(text)))
    }),
    ("the subject of a letter", |text| at("a.eml", format!("Subject: =?utf-8?B?{}?=\n\nx", base64(text)))),
    ("a letter in base64", |text| {
        at("a.eml", format!("Content-Transfer-Encoding: base64\n\n{}\n", base64(text)))
    }),
    ("rich text", |text| at("a.rtf", format!("{{\\rtf1 {}}}", rtf(text)))),
    ("an address that holds a file", |text| {
        at(
            "a.svg",
            format!(
                "<image href=\"data:image/svg+xml;base64,{}\"/>",
                base64(format!("<svg><text>{text}</text></svg>"))
            ),
        )
    }),
    ("an address that holds a text", |text| {
        at(
            "a.css",
            format!(
                "a{{background:url(\"data:image/svg+xml,{}\")}}",
                percent(&format!("<svg><text>{text}</text></svg>"))
            ),
        )
    }),
    ("a document", |text| {
        at("a.docx", zipped("word/document.xml", format!("<w:p><w:t>{text}</w:t></w:p>").as_bytes()))
    }),
    ("the name of a file in an archive", |text| {
        at("a.zip", zipped(&format!("{}.txt", text.replace('/', "_")), b"x"))
    }),
    ("an archive behind a script", |text| {
        at("a.run", [b"#!/bin/sh\n".as_slice(), &zipped("a.txt", text.as_bytes())].concat())
    }),
    ("an archive in an archive", |text| {
        at("a.tar.gz", gzip(&tar("b.zip", &zipped("a.txt", &zlib(text.as_bytes())))))
    }),
    ("the packed text of a picture", |text| {
        at("a.png", png(b"zTXt", &[b"Author\0\0".as_slice(), &zlib(text.as_bytes())].concat()))
    }),
    ("the international text of a picture", |text| {
        at("a.png", png(b"iTXt", &[b"Author\0\x01\0\0\0".as_slice(), &zlib(text.as_bytes())].concat()))
    }),
];

#[test]
fn a_disguised_name_is_found_in_every_kind_of_file() {
    let (mut tried, mut missed) = (0, Vec::new());
    for (script, (label, ..)) in SCRIPTS.iter().enumerate() {
        let names: Vec<String> = (0..DISGUISES.len()).map(|number| name(script, number)).collect();
        let words: Vec<(String, Form)> = names.iter().map(|name| (name.clone(), Form::Person)).collect();
        let words = withheld(&words);
        let search = Search::new(&words).unwrap().unwrap();
        for (kind, contain) in &CONTAINERS {
            for (number, (way, disguise)) in DISGUISES.iter().enumerate() {
                // What an encoding cannot write does not stand in it.
                let Some((path, bytes)) = contain(&disguise(&names[number])) else { continue };
                tried += 1;
                if search.hits(&path, &bytes) != [number] {
                    missed.push(format!("{kind}, {label}, {way}"));
                }
            }
        }
    }
    println!(
        "{} disguises in {} kinds of files and {} scripts, {tried} in all, {} missed",
        DISGUISES.len(),
        CONTAINERS.len(),
        SCRIPTS.len(),
        missed.len()
    );
    assert_eq!(missed, Vec::<String>::new());
}

/// Encodings that a name of ASCII alone does not ask for, and a file that is no text: marks within it are read there for
/// names of five letters and more.
const UNREAD: [&str; 9] = [
    "UTF-8 with a stray byte",
    "Windows-1252",
    "Windows-1251",
    "KOI8-R",
    "Windows-1255",
    "Windows-1253",
    "Shift-JIS",
    "GB 18030",
    "EUC-KR",
];
const UNMARKED: [&str; 5] = ["as it is", "composed", "with a genitive", "in brackets", "as in old scripts"];

/// Whether a short name is promised to be found: not spaced out, nor two words in one, but where words have no spaces.
fn is_promised(label: &str, name: &str, kind: &str, way: &str) -> bool {
    let is_unspaced = ["Chinese", "Korean"].contains(&label);
    let is_apart = way == "spaced out" || way == "in one word" && name.contains(' ');
    (is_unspaced || !is_apart) && (!UNREAD.contains(&kind) || UNMARKED.contains(&way))
}

/// Each alone, since they are parts of each other.
#[test]
fn a_short_name_is_found_in_every_kind_of_file() {
    let (mut tried, mut others, mut missed) = (0, 0, Vec::new());
    for (label, name) in SHORT {
        let words = withheld(&[(name.to_owned(), Form::Person)]);
        let search = Search::new(&words).unwrap().unwrap();
        for (kind, contain) in &CONTAINERS {
            for (way, disguise) in &DISGUISES {
                let Some((path, bytes)) = contain(&disguise(name)) else { continue };
                let is_found = search.hits(&path, &bytes) == [0];
                if is_promised(label, name, kind, way) {
                    tried += 1;
                    missed.extend((!is_found).then(|| format!("{kind}, {label}, {name}, {way}")));
                } else {
                    others += usize::from(!is_found);
                }
            }
        }
    }
    println!(
        "{} names of two to four letters in {} kinds of files, {tried} promised, {} missed; {others} that are not promised, missed",
        SHORT.len(),
        CONTAINERS.len(),
        missed.len()
    );
    assert_eq!(missed, Vec::<String>::new());
}
