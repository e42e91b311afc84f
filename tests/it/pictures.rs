//! Pictures: what is published of them, in which sizes, and what never is.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use dossier::Site;
use dossier::cache::Cache;
use dossier::diag::Checked;
use dossier::disk::shelf::Shelf;
use dossier::pictures::memo::Memo;
use dossier::source::Sources;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF, ImageICC};

use crate::support::{build, build_with_cache, files, sources, string, text};

/// A photograph: a soft pattern with some noise, its top left corner white.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 1u32;
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (seed >> 28) as u8;
            let corner = x < width / 4 && y < height / 4;
            let grey = if corner { 240 } else { (x * 100 / width + y * 60 / height) as u8 };
            pixels.extend([grey + noise, grey / 2 + noise, noise]);
        }
    }
    pixels
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
    encoder.set_progressive(true);
    let colour = jpeg_encoder::ColorType::Rgb;
    encoder.encode(&photograph(width, height), width as u16, height as u16, colour).unwrap();
    out
}

/// EXIF data, big endian: an orientation, a name, and a place on the globe (latitude north).
fn exif(orientation: u8, artist: &str) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            tag.to_be_bytes().to_vec(),
            kind.to_be_bytes().to_vec(),
            count.to_be_bytes().to_vec(),
            value.to_vec(),
        ]
        .concat()
    };
    let artist = format!("{artist}\0");
    let gps_at = 8 + 2 + 3 * 12 + 4;
    let text_at = gps_at + 2 + 12 + 4;
    let mut out = b"MM\0\x2A\0\0\0\x08\0\x03".to_vec();
    out.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    out.extend(entry(0x013B, 2, artist.len() as u32, (text_at as u32).to_be_bytes()));
    out.extend(entry(0x8825, 4, 1, (gps_at as u32).to_be_bytes()));
    out.extend([0; 4]);
    out.extend([0, 1]);
    out.extend(entry(1, 2, 2, *b"N\0\0\0"));
    out.extend([0; 4]);
    out.extend(artist.as_bytes());
    out
}

/// A photograph as a telephone stores it: on its side, with a name, a place, a comment, a thumbnail in the
/// header, XMP, IPTC and a film behind its end.
pub fn from_a_telephone(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut image = Jpeg::from_bytes(Bytes::from(jpeg(width, height))).unwrap();
    image.set_exif(Some(Bytes::from(exif(orientation, "Vera Secret"))));
    let more = [
        (markers::APP1, b"http://ns.adobe.com/xap/1.0/\0<x>Vera Secret</x>".as_slice()),
        (markers::APP13, b"Photoshop 3.0\0Vera Secret"),
        (markers::COM, b"by Vera Secret"),
    ];
    for (marker, contents) in more {
        image.segments_mut().insert(1, JpegSegment::new_with_contents(marker, Bytes::from_static(contents)));
    }
    let mut bytes = image.encoder().bytes().to_vec();
    bytes.extend(b"ftypmp4 a film by Vera Secret");
    bytes
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// Width, height and pixels of a JPEG.
fn decoded(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut decoder = zune_jpeg::JpegDecoder::new(zune_core::bytestream::ZCursor::new(bytes));
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    (width, height, pixels)
}

/// The pictures of a site, by address.
fn pictures(site: &Checked<Site>) -> Vec<(String, Vec<u8>)> {
    files(site).into_iter().filter(|(path, _)| path.starts_with("images/")).collect()
}

const PEOPLE: &str = "[ada]\nname = \"Ada\"\n\
    portrait = { file = \"people/Ada at sea.jpg\", alt = \"Ada at sea\", credit = \"N. Ob\", licence = \"CC0\" }\n";

fn with_portrait(picture: &[u8]) -> Sources {
    let mut sources = sources(&[("content/people.toml", PEOPLE)]);
    sources.insert("content/people/Ada at sea.jpg", picture);
    sources
}

/// A dossier with one picture in a text.
fn with_picture(name: &str, picture: &[u8]) -> Sources {
    let article = format!("# A pier\n\n![The pier]({name}){{credit=\"N. Ob\" licence=\"CC0\"}}\n");
    let mut sources = sources(&[("content/pier.md", article.as_str())]);
    sources.insert(format!("content/{name}"), picture);
    sources
}

fn sound(sources: &Sources) -> Checked<Site> {
    let site = build(sources);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(sources, &site));
    site
}

#[test]
fn a_portrait_is_upright_in_two_sizes_and_says_nothing_but_what_it_shows() {
    let site = sound(&with_portrait(&from_a_telephone(1000, 800, 6)));
    let made = pictures(&site);
    let names: Vec<&str> = made.iter().map(|(path, _)| path.rsplit_once('-').unwrap().0).collect();
    assert_eq!(names, ["images/ada-at-sea-304", "images/ada-at-sea-608"]);
    for ((path, bytes), (width, height)) in made.iter().zip([(304, 380), (608, 760)]) {
        let (w, h, pixels) = decoded(bytes);
        assert_eq!((w, h), (width, height), "{path}");
        // Turned to the right: what was at the top left is at the top right.
        let at = |x: usize, y: usize| pixels[(y * w + x) * 3];
        assert!(at(w - 5, 5) > 200 && at(5, 5) < 120, "{path} stands {} {}", at(w - 5, 5), at(5, 5));
        let segments = Jpeg::from_bytes(Bytes::from(bytes.clone())).unwrap();
        let markers: Vec<u8> = segments.segments().iter().map(JpegSegment::marker).collect();
        assert!(
            markers.iter().all(|marker| !(0xE1..=0xEF).contains(marker) && *marker != 0xFE),
            "{markers:x?}"
        );
    }
    for (path, bytes) in files(&site) {
        assert!(!holds(&bytes, b"Vera Secret"), "{path}");
        assert!(!path.ends_with("sea.jpg"), "the file of the author is published: {path}");
    }
    let html = string(&site, "people/ada.html");
    let [small, large] = [&made[0].0, &made[1].0];
    let image = format!(
        "<img src=\"../{small}\" srcset=\"../{small} 304w, ../{large} 608w\" sizes=\"19rem\" width=\"304\" \
         height=\"380\" alt=\"Ada at sea\" decoding=\"async\">"
    );
    assert!(html.contains(&image), "{image} is not in {html}");
}

#[test]
fn a_picture_in_a_text_has_the_width_of_the_text_and_is_never_enlarged() {
    let widths = |width: u32| {
        let site = sound(&with_picture("pier.jpg", &jpeg(width, 90)));
        let made = pictures(&site);
        let mut widths: Vec<usize> = made.iter().map(|(_, bytes)| decoded(bytes).0).collect();
        widths.sort_unstable();
        let html = string(&site, "pier.html");
        let size = html.split_once("<img").unwrap().1.split_once("width=\"").unwrap().1;
        (widths, size.split('"').next().unwrap().to_owned(), html.contains("srcset"))
    };
    assert_eq!(widths(300), (vec![300], "300".to_owned(), false));
    assert_eq!(widths(700), (vec![700], "672".to_owned(), false));
    assert_eq!(widths(1000), (vec![672, 1000], "672".to_owned(), true));
    assert_eq!(widths(2000), (vec![672, 1344], "672".to_owned(), true));
}

#[test]
fn a_picture_below_the_text_is_loaded_when_it_comes_into_sight() {
    let mut sources = with_picture("pier.jpg", &jpeg(30, 20));
    let image = "![The pier](pier.jpg){credit=\"N. Ob\" licence=\"CC0\"}\n";
    sources.insert("content/later.md", format!("# Later\n\nSome words.\n\n{image}").into_bytes());
    let site = sound(&sources);
    assert!(!string(&site, "pier.html").contains("loading"), "a picture at the head waits");
    assert!(string(&site, "later.html").contains(" loading=\"lazy\""), "one further below does not");
}

#[test]
fn drawings_and_photographs_get_the_format_that_suits_them() {
    let ending = |name: &str, bytes: &[u8]| {
        let made = pictures(&sound(&with_picture(name, bytes)));
        made[0].0.rsplit_once('.').unwrap().1.to_owned()
    };
    let png = |pixels: &[u8], width, height, colour| {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        out
    };
    let photo = photograph(300, 200);
    assert_eq!(ending("a.png", &png(&photo, 300, 200, png::ColorType::Rgb)), "jpg");
    let flat: Vec<u8> = (0..300 * 200).flat_map(|at| [if at % 300 < 99 { 20 } else { 220 }; 3]).collect();
    let flat = ending("a.png", &png(&flat, 300, 200, png::ColorType::Rgb));
    assert!(["png", "webp"].contains(&flat.as_str()), "{flat}");
    // What shines through must go on doing so.
    let clear: Vec<u8> = photo.chunks(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], rgb[0]]).collect();
    assert_eq!(ending("a.png", &png(&clear, 300, 200, png::ColorType::Rgba)), "webp");
}

#[test]
fn colours_stay_true_without_their_profile() {
    // As if red and green had changed places, which only the profile knows.
    let swapped = {
        let mut srgb = profile();
        let red = tag(&srgb, b"rXYZ");
        let green = tag(&srgb, b"gXYZ");
        for at in 0..20 {
            srgb.swap(red + at, green + at);
        }
        srgb
    };
    let mut out = Vec::new();
    let red: Vec<u8> = [200, 10, 10].repeat(64 * 64);
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
    encoder.add_icc_profile(&swapped).unwrap();
    encoder.encode(&red, 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let made = pictures(&sound(&with_picture("pier.jpg", &out)));
    let (_, _, pixels) = decoded(&made[0].1);
    assert!(pixels[0] < 60 && pixels[1] > 170, "shown as {:?}", &pixels[..3]);
    assert_eq!(Jpeg::from_bytes(Bytes::from(made[0].1.clone())).unwrap().icc_profile(), None);
}

/// A profile of sRGB, made by hand: three primaries and a gamma.
fn profile() -> Vec<u8> {
    let fixed = |value: f64| ((value * 65536.0).round() as i32).to_be_bytes();
    let xyz = |x, y, z| [b"XYZ \0\0\0\0".as_slice(), &fixed(x), &fixed(y), &fixed(z)].concat();
    let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0".to_vec();
    let tags = [
        (b"rXYZ", xyz(0.4360, 0.2225, 0.0139)),
        (b"gXYZ", xyz(0.3851, 0.7169, 0.0971)),
        (b"bXYZ", xyz(0.1431, 0.0606, 0.7139)),
        (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut at = 128 + 4 + 12 * tags.len();
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (name, value) in &tags {
        table.extend(*name);
        table.extend((at as u32).to_be_bytes());
        table.extend((value.len() as u32).to_be_bytes());
        at += value.len();
        data.extend(value);
    }
    let mut head = vec![0; 128];
    head[0..4].copy_from_slice(&(at as u32).to_be_bytes());
    head[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    head[12..16].copy_from_slice(b"mntr");
    head[16..20].copy_from_slice(b"RGB ");
    head[20..24].copy_from_slice(b"XYZ ");
    head[36..40].copy_from_slice(b"acsp");
    [head, table, data].concat()
}

/// Where the data of a tag stands.
fn tag(profile: &[u8], name: &[u8; 4]) -> usize {
    let at = profile.windows(4).position(|window| window == name).unwrap();
    u32::from_be_bytes(profile[at + 4..at + 8].try_into().unwrap()) as usize
}

#[test]
fn an_image_that_is_linked_to_is_whole_and_without_metadata() {
    let stored = from_a_telephone(400, 300, 8);
    let mut sources =
        sources(&[("content/pier.md", "# A pier\n\n[The pier](pier.jpg), [a drawing](a.png)\n")]);
    sources.insert("content/pier.jpg", stored.clone());
    let mut drawing = Vec::new();
    {
        let mut encoder = png::Encoder::new(&mut drawing, 2, 1);
        encoder.add_text_chunk("Author".to_owned(), "Vera Secret".to_owned()).unwrap();
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[0, 9]).unwrap();
    }
    let mut drawing = Png::from_bytes(Bytes::from(drawing)).unwrap();
    drawing.chunks_mut().insert(1, PngChunk::new(*b"eXIf", Bytes::from(exif(1, "Vera Secret"))));
    sources.insert("content/a.png", drawing.encoder().bytes().to_vec());
    let site = sound(&sources);
    assert_eq!(pictures(&site), []);
    let published = site.value.output.get("pier.jpg").unwrap();
    assert_eq!(decoded(published), decoded(&stored), "the picture is another");
    assert!(!holds(published, b"Vera Secret"));
    let kept = Jpeg::from_bytes(Bytes::from(published.to_vec())).unwrap().exif().unwrap();
    let exif = exif::Reader::new().read_raw(kept.to_vec()).unwrap();
    assert_eq!(exif.fields().count(), 1, "more than how it is to be turned");
    let turn = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY).unwrap();
    assert_eq!(turn.value.get_uint(0), Some(8));
    let published = site.value.output.get("a.png").unwrap();
    assert!(!holds(published, b"Vera Secret") && !holds(published, b"eXIf"));
    let mut reader = png::Decoder::new(Cursor::new(published.to_vec())).read_info().unwrap();
    let mut pixels = [1; 2];
    reader.next_frame(&mut pixels).unwrap();
    assert_eq!(pixels, [0, 9]);
}

#[test]
fn a_film_that_is_linked_to_still_moves() {
    let mut film = Vec::new();
    {
        let mut encoder = gif::Encoder::new(&mut film, 2, 2, &[0, 0, 0, 255, 255, 255]).unwrap();
        encoder.set_repeat(gif::Repeat::Infinite).unwrap();
        encoder.write_raw_extension(gif::AnyExtension(0xFE), &[b"by Vera Secret"]).unwrap();
        for colour in [0, 1] {
            let mut frame = gif::Frame::from_indexed_pixels(2, 2, vec![colour; 4], None);
            frame.delay = 7;
            encoder.write_frame(&frame).unwrap();
        }
    }
    assert!(holds(&film, b"Vera Secret"));
    let mut sources = sources(&[("content/tide.md", "# A tide\n\n[The tide](tide.gif)\n")]);
    sources.insert("content/tide.gif", film);
    let site = sound(&sources);
    let published = site.value.output.get("tide.gif").unwrap();
    assert!(!holds(published, b"Vera Secret"));
    let mut decoder = gif::DecodeOptions::new().read_info(published.as_ref()).unwrap();
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        frames.push((frame.delay, frame.buffer.to_vec()));
    }
    assert_eq!(frames, [(7, vec![0; 4]), (7, vec![1; 4])]);
    assert_eq!(decoder.repeat(), gif::Repeat::Infinite);
}

#[test]
fn a_held_copy_stays_as_it_is() {
    let stored = from_a_telephone(40, 30, 1);
    let source = "[r]\ntitle = \"R\"\ntype = \"report\"\ncopy = { file = \"r.jpg\", sha256 = \
                  \"0000000000000000000000000000000000000000000000000000000000000000\" }\n";
    let mut sources = sources(&[("content/sources.toml", source)]);
    sources.insert("content/r.jpg", stored.clone());
    assert_eq!(sound(&sources).value.output.get("r.jpg").unwrap().as_ref(), stored);
}

#[test]
fn a_drawing_is_published_without_what_its_editor_wrote() {
    let drawing = "<?xml version=\"1.0\"?><!-- Vera Secret --><svg xmlns=\"http://www.w3.org/2000/svg\" \
                   xmlns:e=\"urn:e\" viewBox=\"0 0 40 50\"><metadata>Vera Secret</metadata><e:by>Vera Secret\
                   </e:by><title>A pier</title><path d=\"M0 0h9\"/></svg>";
    let mut sources = with_picture("pier.svg", drawing.as_bytes());
    sources.insert("content/more.md", b"# More\n\n[The drawing](pier.svg)\n".as_slice());
    let site = sound(&sources);
    let (path, bytes) = &pictures(&site)[0];
    assert_eq!(
        site.value.output.get("pier.svg").unwrap().as_ref(),
        bytes.as_slice(),
        "linked and shown differ"
    );
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains("<path d=\"M0 0h9\"/>") && !text.contains("Vera Secret"), "{text}");
    let image =
        format!("<img src=\"{path}\" width=\"672\" height=\"840\" alt=\"The pier\" decoding=\"async\">");
    let html = string(&site, "pier.html");
    assert!(html.contains(&image), "{image} is not in {html}");
}

#[test]
fn who_is_withheld_is_not_in_the_metadata_of_any_picture() {
    let mut sources = with_picture("pier.jpg", &from_a_telephone(60, 40, 1));
    sources.insert("content/people.toml", b"[vera]\nname = \"Vera Secret\"\nwithhold = true\n".as_slice());
    sources.insert("content/more.md", b"# More\n\n[The pier](pier.jpg)\n".as_slice());
    let site = sound(&sources);
    for (path, bytes) in files(&site) {
        assert!(!holds(&bytes, b"Vera Secret"), "{path}");
    }
}

#[test]
fn nothing_of_a_withheld_portrait_is_published() {
    let mut sources = with_portrait(&jpeg(60, 40));
    sources.insert("content/people.toml", format!("{PEOPLE}withhold = [\"portrait\"]\n").into_bytes());
    let site = sound(&sources);
    assert_eq!(pictures(&site), []);
    assert!(!string(&site, "people/ada.html").contains("<img"));
    // Not on another page either, whatever the picture is named there.
    let portrait = Arc::clone(&sources.get("content/people/Ada at sea.jpg").unwrap().bytes);
    let leaks = |sources: &Sources| {
        let found =
            build(sources).diagnostics.into_iter().filter(|problem| problem.code.name == "withheld-leak");
        found.map(|problem| problem.message).collect::<Vec<_>>()
    };
    for (name, text) in [
        ("people/Ada at sea.jpg", "![A pier](people/Ada%20at%20sea.jpg)"),
        ("pier-1.jpg", "![A pier](pier-1.jpg)"),
        ("pier-1.jpg", "[A pier](pier-1.jpg)"),
    ] {
        let mut sources = sources.clone();
        sources.insert(format!("content/{name}"), Arc::clone(&portrait));
        let text = format!("# A pier\n\n{text}{{credit=\"N. Ob\" licence=\"CC0\"}}\n");
        sources.insert("content/pier.md", text.clone().into_bytes());
        let found = leaks(&sources);
        assert!(found.iter().any(|message| message.contains(name)), "{text}: {found:?}");
    }
    sources.insert("static/q.jpg", portrait);
    let found = leaks(&sources);
    assert!(found.iter().any(|message| message.ends_with("stands in q.jpg")), "{found:?}");
}

fn knowing(pictures: &Memo) -> Cache {
    let mut cache = Cache::default();
    cache.pictures.clone_from(pictures);
    cache
}

#[test]
fn a_warm_build_makes_no_picture_again_and_a_damaged_memory_changes_nothing() {
    let sources = with_portrait(&jpeg(700, 400));
    let cold = sound(&sources);
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join(".dossier/images");

    let mut cache = Cache::default();
    let (mut shelf, _) = Shelf::open(temp.path());
    build_with_cache(&sources, &mut cache);
    assert_eq!(shelf.keep(&cache.pictures, true), None);
    let kept: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 1);

    // Another process finds them, and what it finds is used: its very bytes are in the site.
    let (mut shelf, pictures) = Shelf::open(temp.path());
    let known: Vec<_> = pictures.iter().flat_map(|(_, made)| made.files.clone()).collect();
    let mut cache = knowing(&pictures);
    let warm = build_with_cache(&sources, &mut cache);
    assert_eq!(files(&warm), files(&cold));
    let used = |path: &str| warm.value.output.get(path).unwrap().clone();
    let reused = crate::pictures::pictures(&warm)
        .iter()
        .all(|(path, _)| known.iter().any(|known| Arc::ptr_eq(&known.bytes, &used(path))));
    assert!(reused, "a picture was made again");

    let mut bytes = fs::read(&kept[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&kept[0], bytes).unwrap();
    let (mut damaged, pictures) = Shelf::open(temp.path());
    let mut cache = knowing(&pictures);
    assert_eq!(files(&build_with_cache(&sources, &mut cache)), files(&cold));
    damaged.keep(&cache.pictures, true);
    assert_eq!(Shelf::open(temp.path()).1, cache.pictures, "what was damaged is not replaced");

    // What no page shows any more is dropped.
    let mut cache = knowing(&Shelf::open(temp.path()).1);
    build_with_cache(&with_portrait(&jpeg(500, 400)), &mut cache);
    shelf.keep(&cache.pictures, true);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert_eq!(Shelf::open(temp.path()).1, cache.pictures);
}

#[test]
fn the_program_keeps_pictures_beside_the_dossier() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    for file in with_portrait(&jpeg(40, 30)).iter() {
        let path = root.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
    run(root);
    let kept = || fs::read_dir(root.join(".dossier/images")).unwrap().count();
    assert_eq!(kept(), 1);
    fs::write(root.join("content/people.toml"), "[ada]\nname = \"Ada\"\n").unwrap();
    run(root);
    assert_eq!(kept(), 0);
}

fn run(root: &Path) {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
    let done = program.arg("build").arg("--root").arg(root).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn pictures_are_the_same_bytes_every_time() {
    let sources = with_picture("pier.jpg", &jpeg(800, 300));
    assert_eq!(files(&build(&sources)), files(&build(&sources)));
}
