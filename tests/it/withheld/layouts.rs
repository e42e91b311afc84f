//! Pictures, fonts and programs: what lies in them, between their parts and behind their end is read or named.

use dossier::model::dossier::Form;
use dossier::withheld::Search;

use super::matrix::{gzip, png, withheld, zlib};
use super::unsearched::{extended, gzip_with_field, hidden, noise, notes};

const NAME: &str = "Farid Núraman";

type Kind = (&'static str, Vec<u8>);

/// A part that begins with its length in two bytes.
pub fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let len = u16::try_from(body.len() + 2).unwrap();
    [&[0xFF, marker], &len.to_be_bytes()[..], body].concat()
}

pub fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let scan = [&segment(0xDA, b"\x01\x01\0\0\x3F\0")[..], b"points\xFF\0more\xFF\xD0points"].concat();
    [
        &b"\xFF\xD8"[..],
        &segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        &segments.concat(),
        &scan,
        b"\xFF\xD9",
    ]
    .concat()
}

fn blocks(parts: &[&[u8]]) -> Vec<u8> {
    let block = |part: &&[u8]| [&[u8::try_from(part.len()).unwrap()][..], part].concat();
    [parts.iter().flat_map(block).collect(), vec![0]].concat()
}

fn gif(extensions: &[Vec<u8>]) -> Vec<u8> {
    let head = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    let picture = [&b"\x2C\0\0\0\0\x02\0\x02\0\0\x02"[..], &blocks(&[b"\x84\x51"])].concat();
    [&head[..], &extensions.concat(), &picture, b"\x3B"].concat()
}

fn extension(label: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[0x21, label][..], &blocks(parts)].concat()
}

fn little(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn bitmap() -> Vec<u8> {
    let head = [little(&[40, 2, 2]), b"\x01\0\x18\0".to_vec(), little(&[0, 16, 0, 0, 0, 0])].concat();
    [&b"BM"[..], &little(&[70, 0, 54]), &head, b"\x01\x02\x03\x04\x05\x06\0\0\x07\x08\x09\x0A\x0B\x0C\0\0"]
        .concat()
}

/// An icon of one picture, with bytes between its table and the picture.
fn icon(between: &[u8], picture: &[u8]) -> Vec<u8> {
    let (len, at) = (u32::try_from(picture.len()).unwrap(), u32::try_from(22 + between.len()).unwrap());
    [&b"\0\0\x01\0\x01\0\x02\x02\0\0\x01\0\x18\0"[..], &little(&[len, at]), between, picture].concat()
}

fn old_icon() -> Vec<u8> {
    // Of two lines, and two of a mask.
    let head = [little(&[40, 2, 4]), b"\x01\0\x18\0".to_vec(), little(&[0, 0, 0, 0, 0, 0])].concat();
    icon(b"", &[&head[..], &[7; 16], &[0; 8]].concat())
}

/// A picture of the TIFF kind with one strip, and bytes between its parts.
fn tiff(between: &[u8]) -> Vec<u8> {
    let at = u32::try_from(12 + between.len()).unwrap();
    let field = |name: u16, kind: u16, value: u32| {
        [&name.to_le_bytes()[..], &kind.to_le_bytes(), &little(&[1, value])].concat()
    };
    let table = [field(273, 4, 8), field(279, 4, 4)].concat();
    [b"II*\0", &little(&[at])[..], b"\x01\x02\x03\x04", between, b"\x02\0", &table, &little(&[0])].concat()
}

fn webp(chunk: &[u8]) -> Vec<u8> {
    let part = |kind: &[u8], body: &[u8]| {
        let len = u32::try_from(body.len()).unwrap();
        [kind, &little(&[len]), body, &b"\0"[..body.len() % 2]].concat()
    };
    let body = [part(b"VP8L", b"\x2F\x01\0\0\0\x88"), part(b"XYZ ", chunk)].concat();
    let len = u32::try_from(body.len() + 4).unwrap();
    [b"RIFF", &little(&[len])[..], b"WEBP", &body].concat()
}

fn avif(free: &[u8]) -> Vec<u8> {
    let part = |kind: &[u8], body: &[u8]| {
        let len = u32::try_from(body.len() + 8).unwrap();
        [&len.to_be_bytes()[..], kind, body].concat()
    };
    [part(b"ftyp", b"avif\0\0\0\0"), part(b"free", free), part(b"mdat", b"\x12\x34points")].concat()
}

fn font(name: &[u8; 4], table: &[u8]) -> Vec<u8> {
    let entry = |name: &[u8], at: usize, len: usize| {
        [name, &[0; 4], &u32::try_from(at).unwrap().to_be_bytes(), &u32::try_from(len).unwrap().to_be_bytes()]
            .concat()
    };
    let tables = [entry(b"glyf", 44, 4), entry(name, 48, table.len())].concat();
    [&b"\0\x01\0\0\0\x02\0\x20\0\x01\0\0"[..], &tables, b"\x01\x02\x03\x04", table].concat()
}

/// A table of one drawing.
fn drawing(bytes: &[u8]) -> Vec<u8> {
    let len = u32::try_from(bytes.len()).unwrap();
    [&b"\0\0\0\0\0\x0A\0\0\0\0\0\x01\0\x01\0\x01\0\0\0\x0E"[..], &len.to_be_bytes(), bytes].concat()
}

fn program(name: &[u8], content: &[u8]) -> Vec<u8> {
    let body = [&[u8::try_from(name.len()).unwrap()][..], name, content].concat();
    let len = [u8::try_from(body.len() % 128).unwrap() | 0x80, u8::try_from(body.len() / 128).unwrap()];
    [&b"\0asm\x01\0\0\0\0"[..], &len, &body, b"\x01\x04\x01\x60\0\0"].concat()
}

/// One file of each kind in which all is in order.
fn in_order() -> Vec<Kind> {
    vec![
        (
            "a.jpg",
            jpeg(&[
                segment(0xE1, b"Exif\0\0MM\0*"),
                segment(0xE2, &[b"ICC_PROFILE\0\x01\x01".as_slice(), &noise()].concat()),
            ]),
        ),
        ("a.gif", gif(&[extension(0xF9, &[b"\0\0\0\0"]), extension(0xFF, &[b"NETSCAPE2.0", b"\x01\0\0"])])),
        ("a.bmp", bitmap()),
        ("a.ico", old_icon()),
        ("b.ico", icon(b"", &png(b"IDAT", &noise()))),
        ("a.tif", tiff(b"")),
        ("a.webp", webp(b"")),
        ("a.avif", avif(&[0; 40])),
        ("a.ttf", font(b"cmap", &noise())),
        ("a.wasm", program(b"name", b"\x01\x02")),
        ("a.png", png(b"IDAT", &noise())),
    ]
}

fn with(files: Vec<Kind>, more: &[u8]) -> Vec<Kind> {
    files.into_iter().map(|(path, bytes)| (path, [&bytes, more].concat())).collect()
}

/// Files in which a part holds this.
fn holding(part: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a segment of a JPEG", jpeg(&[segment(0xE7, part)])),
        ("the comment of a GIF", gif(&[extension(0xFE, &part.chunks(255).collect::<Vec<_>>())])),
        (
            "an extension of a GIF",
            gif(&[extension(
                0xFF,
                &[&[&b"DOSSIER 1.0"[..]][..], &part.chunks(200).collect::<Vec<_>>()].concat(),
            )]),
        ),
        ("between the parts of an icon", icon(part, &png(b"IDAT", b"points"))),
        ("between the parts of a TIFF", tiff(part)),
        ("a chunk of a WebP", webp(part)),
        ("a free box of an AVIF", avif(part)),
        ("a table of a font", font(b"Xyzw", part)),
        ("a drawing of a font", font(b"SVG ", &drawing(part))),
        ("a section of a program", program(b"story", part)),
        ("a chunk of a PNG", png(b"stOr", part)),
        ("the picture in an icon", icon(b"", &png(b"stOr", part))),
    ]
}

/// An archive with a comment behind its list.
fn commented(archive: &[u8], comment: &[u8]) -> Vec<u8> {
    let (archive, _) = archive.split_at(archive.len() - 2);
    [archive, &u16::try_from(comment.len()).unwrap().to_le_bytes(), comment].concat()
}

/// Of two files of one name in the list of an archive, programs show the last.
#[test]
fn all_files_of_one_name_in_an_archive_are_read() {
    let words = withheld(&[(NAME.to_owned(), Form::Person)]);
    let search = Search::new(&words).unwrap().unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [("a.txt", NAME), ("b.txt", "nothing")] {
        zip.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let alike: Vec<u8> = bytes.iter().map(|byte| if *byte == b'b' { b'a' } else { *byte }).collect();
    assert_eq!(search.hits("a.zip", &alike), [0]);
}

#[test]
fn what_is_packed_within_or_behind_a_picture_font_or_program_is_found() {
    let words = withheld(&[(NAME.to_owned(), Form::Person)]);
    let search = Search::new(&words).unwrap().unwrap();
    let (mut tried, mut missed) = (0, Vec::new());
    let text = format!("It was {NAME} who came, and nobody else was there.");
    let document = super::zipped("a.txt", text.as_bytes());
    for (way, packed) in [("gzip", gzip(text.as_bytes())), ("zlib", zlib(text.as_bytes())), ("zip", document)]
    {
        let fill = [&[0; 3][..], &packed].concat();
        let behind = with(in_order(), &packed).into_iter().chain(with(in_order(), &fill));
        let archive = [&zlib(b"nothing")[..], &packed].concat();
        let tape = [&super::matrix::tar("a.txt", b"nothing")[..], &packed].concat();
        let others = [
            ("behind a stream", archive),
            ("behind a tape", tape),
            ("behind another", [zlib(b"x"), jpeg(&[]), packed.clone()].concat()),
            ("behind a script", [&b"#!/bin/sh\nexit\n".repeat(99)[..], &packed].concat()),
            ("behind an archive", [super::zipped("b.txt", b"nothing"), packed.clone()].concat()),
            ("before an archive", [packed.clone(), super::zipped("b.txt", b"nothing")].concat()),
            ("in no list of an archive", hidden(&super::zipped("a.bin", &packed))),
            ("in a field of an archive", extended(&super::zipped("b.txt", b"nothing"), &packed)),
            ("in the comment of an archive", commented(&super::zipped("b.txt", b"nothing"), &packed)),
            ("in a field of a packed file", gzip_with_field(&packed)),
            ("behind a packed file", [gzip(b"nothing"), packed.clone()].concat()),
        ];
        for (place, bytes) in behind.chain(holding(&packed)).chain(others) {
            tried += 1;
            if search.hits("a.bin", &bytes) != [0] {
                missed.push((way, place));
            }
        }
    }
    println!("{tried} packed texts within or behind pictures, fonts and programs, {} missed", missed.len());
    assert_eq!(missed, []);
}

#[test]
fn a_text_that_is_cut_into_parts_is_put_together() {
    let words = withheld(&[(NAME.to_owned(), Form::Person)]);
    let search = Search::new(&words).unwrap().unwrap();
    let text = format!("<x:xmpmeta><dc:creator>{NAME}</dc:creator></x:xmpmeta>");
    let (mut tried, mut missed) = (0, Vec::new());
    let start = text.find(NAME).unwrap();
    for cut in start + 1..start + NAME.len() {
        let (one, two) = text.as_bytes().split_at(cut);
        let long = |at: usize, part: &[u8]| {
            let numbers =
                [u32::try_from(text.len()).unwrap().to_be_bytes(), u32::try_from(at).unwrap().to_be_bytes()];
            let head =
                [&b"http://ns.adobe.com/xmp/extension/\0"[..], &[b'7'; 32], &numbers.concat()].concat();
            segment(0xE1, &[&head, part].concat())
        };
        let alike = |marker: u8, head: &[u8]| {
            jpeg(&[segment(marker, &[head, one].concat()), segment(marker, &[head, two].concat())])
        };
        let files = [
            ("XMP of a JPEG", alike(0xE1, b"http://ns.adobe.com/xap/1.0/\0")),
            ("long XMP of a JPEG", jpeg(&[long(0, one), long(cut, two)])),
            ("long XMP of a JPEG in another order", jpeg(&[long(cut, two), long(0, one)])),
            ("comments of a JPEG", alike(0xFE, b"")),
            ("segments of a JPEG", alike(0xE9, b"")),
            ("a comment of a GIF", gif(&[extension(0xFE, &[one, two])])),
            ("comments of a GIF", gif(&[extension(0xFE, &[one]), extension(0xFE, &[two])])),
            ("XMP of a GIF", gif(&[extension(0xFF, &[b"XMP DataXMP", one, two])])),
            ("words of a GIF", gif(&[extension(0x01, &[&[0; 12], one, two])])),
        ];
        for (place, bytes) in files {
            tried += 1;
            if search.hits("a.bin", &bytes) != [0] {
                missed.push((place, cut));
            }
        }
    }
    println!("{tried} texts cut into parts, {} missed", missed.len());
    assert_eq!(missed, []);
}

#[test]
fn what_only_begins_like_a_picture_font_or_program_is_named_and_so_is_noise_in_one() {
    for (path, bytes) in in_order() {
        assert_eq!(notes(path, &bytes), Vec::<String>::new(), "{path}");
    }
    let begun = in_order()
        .into_iter()
        .map(|(path, bytes)| (path, [&bytes[..12.min(bytes.len())], &noise()].concat()));
    let cut = in_order().into_iter().map(|(path, bytes)| (path, bytes[..bytes.len() - 8].to_vec()));
    let heads = [
        &b"BM"[..],
        b"GIF89a",
        b"II*\0",
        b"MM\0*",
        b"\0\0\x01\0",
        b"\0\x01\0\0\0",
        b"OTTO\0",
        b"ttcf\0",
        b"true\0",
        b"\0asm",
    ];
    let heads = heads.into_iter().map(|head| ("a.bin", [head, &noise()].concat()));
    let hex: String = NAME.bytes().map(|byte| format!("{byte:02x}")).collect();
    let print = format!("%!PS-Adobe-3.0\n/Times 12 selectfont 72 72 moveto <{hex}> show showpage\n");
    let behind = with(in_order(), &noise());
    let within = holding(&noise()).into_iter().map(|(_, bytes)| ("a.bin", bytes));
    let all: Vec<Kind> = begun
        .chain(cut)
        .chain(heads)
        .chain(behind)
        .chain(within)
        .chain([("a.eps", print.into_bytes())])
        .collect();
    for (path, bytes) in &all {
        let said = notes(path, bytes);
        assert_eq!(
            said,
            [format!("what is withheld cannot be looked for in {path}")],
            "{:?}",
            bytes.get(..60)
        );
    }
    println!(
        "{} pictures, fonts and programs in order, not named; {} others, each named",
        in_order().len(),
        all.len()
    );
}
