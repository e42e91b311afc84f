//! The pictures that are shown where somebody links to a page.

use std::io::Cursor;

use dossier::Options;
use dossier::cache::Cache;
use dossier::diag::Checked;
use dossier::source::Sources;

use crate::support::{build, build_with, build_with_cache, files, sources, string, text};

const SITE: &str = "title = \"The harbour talks\"\nbase_url = \"https://example.org/talks/\"\n\
    description = \"Who is named, when, and on whose word\"\n";

const PEOPLE: &str = "[ada]\nname = \"Farhad Golestani\"\nnames = { fa = \"فرهاد گلستانی\" }\n\
    summary = \"Foreign minister of Selvara.\"\n[bo]\nname = \"Šárka Ḥakīm\"\n";

const MEETINGS: &str = "[visit]\ntitle = \"Delegation visits the capital\"\nmode = \"visit\"\n\
    date = \"2022-10-18/2022-10-21\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"herald ¶3\"\n\
    confirmed_by = [{ who = \"ada\", cite = \"herald ¶4\" }]\n\
    [call]\nmode = \"phone\"\ndate = \"2023-03\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"herald ¶3\"\n";

const HERALD: &str = "[herald]\ntitle = \"The Herald\"\ntype = \"article-newspaper\"\npublished = \"2024\"\n";

fn dossier(more: &[(&str, &str)]) -> Sources {
    let mut all = vec![
        ("site.toml", SITE),
        ("content/people.toml", PEOPLE),
        ("content/meetings.toml", MEETINGS),
        ("content/sources.toml", HERALD),
        ("content/groups.toml", "[port]\nname = \"The port\"\ntype = \"other\"\n"),
        ("content/places.toml", "[quay]\nname = \"The quay\"\n"),
        ("content/text.md", "+++\nsummary = \"What is known.\"\n+++\n# The talks\n\nWords.\n"),
    ];
    all.extend(more);
    sources(&all)
}

/// The pictures of a site, by the page whose address theirs begins with.
fn shares(site: &Checked<dossier::Site>) -> Vec<(String, Vec<u8>)> {
    let all = files(site).into_iter();
    all.filter_map(|(path, bytes)| {
        let name = path.strip_prefix("images/share/")?;
        Some((name.rsplit_once('-')?.0.to_owned(), bytes))
    })
    .collect()
}

struct Picture {
    width: usize,
    pixels: Vec<u8>,
}

fn decoded(bytes: &[u8]) -> Picture {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (1200, 630));
    Picture { width: 1200, pixels }
}

impl Picture {
    /// How many pixels in a part are dark.
    fn ink(&self, x: std::ops::Range<usize>, y: std::ops::Range<usize>) -> usize {
        let dark = |x: usize, y: usize| self.pixels[(y * self.width + x) * 3] < 90;
        y.flat_map(|y| x.clone().map(move |x| (x, y))).filter(|(x, y)| dark(*x, *y)).count()
    }
}

#[test]
fn every_kind_of_page_has_a_picture_of_its_own_and_says_where() {
    let site = build(&dossier(&[]));
    let made = shares(&site);
    let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "groups-port",
        "index",
        "meetings-call",
        "meetings-visit",
        "people-ada",
        "people-bo",
        "places-quay",
        "sources-herald",
        "text",
    ];
    assert_eq!(names, expected);
    for (name, bytes) in &made {
        let picture = decoded(bytes);
        assert!(picture.ink(0..1200, 0..14) > 1200 * 13, "{name} has no bar");
        assert!(picture.ink(72..1128, 120..220) > 400, "{name} has no title");
        assert!(picture.ink(72..400, 550..590) > 200, "{name} does not name the dossier");
        // Nothing but pixels.
        let chunks = img_parts::png::Png::from_bytes(img_parts::Bytes::from(bytes.clone())).unwrap();
        let kinds: Vec<[u8; 4]> = chunks.chunks().iter().map(|chunk| chunk.kind()).collect();
        let needed = |kind: &[u8; 4]| [b"IHDR", b"PLTE", b"IDAT", b"IEND"].contains(&kind);
        assert!(kinds.iter().all(needed), "{name}: {kinds:?}");
    }
    let path = |name: &str| {
        let all = files(&site);
        let found = all.iter().find(|(path, _)| path.starts_with(&format!("images/share/{name}-")));
        found.unwrap().0.clone()
    };
    let html = string(&site, "meetings/visit.html");
    for line in [
        "<link rel=\"canonical\" href=\"https://example.org/talks/meetings/visit.html\">".to_owned(),
        "<meta property=\"og:url\" content=\"https://example.org/talks/meetings/visit.html\">".to_owned(),
        "<meta property=\"og:type\" content=\"article\">".to_owned(),
        format!(
            "<meta property=\"og:image\" content=\"https://example.org/talks/{}\">",
            path("meetings-visit")
        ),
        "<meta property=\"og:image:width\" content=\"1200\">".to_owned(),
        "<meta property=\"og:image:height\" content=\"630\">".to_owned(),
        "<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned(),
    ] {
        assert!(html.contains(&line), "{line} is not in {html}");
    }
    let alt = html.split_once("og:image:alt\" content=\"").unwrap().1.split('"').next().unwrap();
    assert_eq!(
        alt,
        "Delegation visits the capital · Visit, 18–21 October 2022 · Farhad Golestani, Šárka Ḥakīm · \
         Confirmed by Farhad Golestani · According to The Herald."
    );
    // A list has none of its own and shows that of the dossier; the home page is known by its folder.
    let list = string(&site, "people.html");
    assert!(list.contains(&format!("content=\"https://example.org/talks/{}\"", path("index"))), "{list}");
    let home = string(&site, "index.html");
    assert!(home.contains("<link rel=\"canonical\" href=\"https://example.org/talks/\">"), "{home}");
}

#[test]
fn where_nobody_knows_where_the_site_is_there_is_no_picture() {
    let without = |site: &str| {
        let site = build(&dossier(&[("site.toml", site)]));
        let html = string(&site, "people/ada.html");
        (shares(&site).len(), html.contains("og:image"), html.contains("canonical"))
    };
    assert_eq!(without("title = \"T\"\n"), (0, false, false));
    assert_eq!(without(&format!("{SITE}share_images = false\n")), (0, false, true));
    // A former state is not what is at that address.
    let options =
        Options { as_of: Some(dossier::model::date::Day::new(2024, 1, 1).unwrap()), ..Options::default() };
    let site = build_with(&dossier(&[]), options);
    assert_eq!(shares(&site), []);
    assert!(!string(&site, "people/ada.html").contains("canonical"));
}

#[test]
fn the_name_in_its_own_script_stands_opposite() {
    let site = build(&dossier(&[]));
    let made = shares(&site);
    let picture = |name: &str| decoded(&made.iter().find(|(of, _)| of == name).unwrap().1);
    let (ada, bo) = (picture("people-ada"), picture("people-bo"));
    assert!(ada.ink(860..1128, 140..220) > 300, "the name in Persian is missing");
    assert_eq!(bo.ink(860..1128, 140..220), 0, "a name that is not there is drawn");
    // The chart of what they are named in.
    assert!(ada.ink(72..200, 330..480) > 100, "the lanes have no names");
}

#[test]
fn a_dossier_from_right_to_left_is_mirrored() {
    let english = build(&dossier(&[]));
    let files = [
        ("site.toml", "title = \"گفت‌وگوها\"\nlanguage = \"fa\"\nbase_url = \"https://example.org\"\n"),
        ("content/people.toml", "[ada]\nname = \"فرهاد گلستانی\"\n[bo]\nname = \"نرگس\"\n"),
    ];
    let persian = build(&dossier(&files));
    let of = |site: &Checked<dossier::Site>| {
        let made = shares(site);
        decoded(&made.iter().find(|(of, _)| of == "people-ada").unwrap().1)
    };
    let (left, right) = (of(&english), of(&persian));
    assert!(
        left.ink(72..160, 80..110) > 100 && left.ink(1040..1128, 80..110) == 0,
        "the head is not at the left"
    );
    assert!(right.ink(72..160, 80..110) == 0 && right.ink(1040..1128, 80..110) > 40, "nor at the right");
    assert!(right.ink(900..1128, 130..220) > 300, "the title is not at the right");
}

#[test]
fn a_title_of_any_length_stays_within_the_picture() {
    let long = "A very long title about the talks that were held in the harbour and what was said of them \
                by those who were there, by those who were not, and by the port authority afterwards";
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    for title in [long, word, "X"] {
        let meetings = MEETINGS.replace("Delegation visits the capital", title);
        let site = build(&dossier(&[("content/meetings.toml", &meetings)]));
        let made = shares(&site);
        let picture = decoded(&made.iter().find(|(of, _)| of == "meetings-visit").unwrap().1);
        assert_eq!(picture.ink(1136..1200, 20..630), 0, "{title} runs out of the picture");
        assert_eq!(picture.ink(72..1128, 512..528), 0, "{title} runs into the foot");
        assert!(picture.ink(72..1128, 120..220) > 50, "{title} is not there");
    }
}

#[test]
fn a_known_picture_is_not_drawn_again() {
    let sources = dossier(&[]);
    let mut cache = Cache::default();
    let cold = build_with_cache(&sources, &mut cache);
    assert_eq!(files(&cold), files(&build(&sources)), "two builds differ");
    let address = |site: &Checked<dossier::Site>| {
        let found = site.value.output.iter().find(|(path, _)| path.starts_with("images/share/people-ada"));
        found.map(|(path, bytes)| (path.to_owned(), std::sync::Arc::clone(bytes))).unwrap()
    };
    let (path, bytes) = address(&cold);
    let mut other = sources.clone();
    other.insert("content/places.toml", b"[quay]\nname = \"The new quay\"\n".as_slice());
    let warm = build_with_cache(&other, &mut cache);
    let (same, kept) = address(&warm);
    assert_eq!(path, same);
    assert!(std::sync::Arc::ptr_eq(&bytes, &kept), "it was drawn again");
    assert_eq!(text(&other, &warm), text(&other, &build(&other)));
}

/// The words of a picture cannot be searched for in its file. But it does not change with a name that it does not
/// show.
#[test]
fn a_withheld_name_changes_no_picture() {
    let named = |name: &str, withheld: &str| {
        let people = format!("{PEOPLE}[third-party]\nname = \"{name}\"\n{withheld}");
        let meetings = MEETINGS.replace("[\"ada\", \"bo\"]", "[\"ada\", \"third-party\"]");
        let files = [("content/people.toml", people.as_str()), ("content/meetings.toml", &meetings)];
        let site = build(&dossier(&files));
        assert!(!dossier::has_errors(&site.diagnostics), "{:?}", site.diagnostics);
        shares(&site)
    };
    let withheld = "withhold = true\n";
    let (one, other) = (named("Cyrus Lind", withheld), named("Ingeborg Wassermann-Hall", withheld));
    assert!(one == other, "a picture tells one name from another");
    assert!(named("Cyrus Lind", "") != named("Ingeborg Wassermann-Hall", ""), "no picture shows the name");
}
