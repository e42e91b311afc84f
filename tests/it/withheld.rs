//! Whoever is withheld is looked for in every file that would be published, however the name is written there: with
//! one leak the site is not written, and the report names the file and the word.

mod alarms;
mod bounded;
mod copies;
mod disguises;
mod fields;
mod layouts;
mod left_out;
mod markup;
mod matrix;
mod served;
mod spellings;
mod unsearched;

use std::io::Write;

use dossier::source::Sources;
use flate2::Compression;
use flate2::write::GzEncoder;
use unicode_normalization::UnicodeNormalization;

use crate::support::{build, sources, text};

/// Who is withheld, in four scripts.
const NAMES: [&str; 4] = ["Farid Núraman", "Фарид Нураман", "فرید نورآمان", "פריד נוראמן"];

const PEOPLE: &str = "[farid-nuraman]\nname = \"Farid Núraman\"\nnames.ru = \"Фарид Нураман\"\n\
    names.fa = \"فرید نورآمان\"\nnames.he = \"פריד נוראמן\"\nwithhold = true\n\
    [ada]\nname = \"Ada\"\nroles = [{ role = \"head\", of = \"desk\" }]\n";

fn dossier() -> Sources {
    sources(&[
        ("site.toml", "title = \"A dossier\"\nbase_url = \"https://desk.example\"\n"),
        ("content/people.toml", PEOPLE),
        ("content/groups.toml", "[desk]\nname = \"The Desk\"\ntype = \"other\"\n"),
        ("content/places.toml", "[pier]\nname = \"The pier\"\n"),
        ("content/sources.toml", "[s]\ntitle = \"A source\"\ntype = \"report\"\n"),
        (
            "content/meetings.toml",
            "[walk]\ntitle = \"A walk\"\ndate = \"2023-06\"\nplace = \"pier\"\nparticipants = [\"ada\", \"farid-nuraman\"]\ncite = \"s ¶1\"\n",
        ),
        ("content/about.md", "# About\n\nA text.\n"),
    ])
}

/// The words that leak, each with the file that the report names.
fn leaks(sources: &Sources) -> Vec<(String, String)> {
    let site = build(sources);
    let found = site.diagnostics.iter().filter(|problem| problem.code.name == "withheld-leak");
    let leaks: Vec<(String, String)> = found
        .filter_map(|problem| problem.message.split_once("` is withheld, and stands in "))
        .map(|(word, file)| (word.trim_start_matches('`').to_owned(), file.to_owned()))
        .collect();
    assert_eq!(!leaks.is_empty(), dossier::has_errors(&site.diagnostics), "{}", text(sources, &site));
    leaks
}

fn with(sources: &Sources, path: &str, bytes: impl Into<Vec<u8>>) -> Sources {
    let mut sources = sources.clone();
    let bytes: Vec<u8> = bytes.into();
    sources.insert(path, bytes);
    sources
}

/// Ways to write a name that a reader takes for the same.
fn disguises(name: &str) -> Vec<(&'static str, String)> {
    let (first, last) = name.split_once(' ').unwrap();
    let mid = first.char_indices().nth(2).unwrap().0;
    let (one, two) = first.split_at(mid);
    let spread = |mark: &str| format!("{one}{mark}{two} {last}");
    let mut ways = vec![
        ("as it is", name.to_owned()),
        ("decomposed", name.nfd().collect()),
        ("composed", name.nfc().collect()),
        ("in capital letters", name.to_uppercase()),
        ("in small letters", name.to_lowercase()),
        ("with two spaces", format!("{first}  {last}")),
        ("with a space that does not break", format!("{first}\u{A0}{last}")),
        ("over two lines", format!("{first}\n{last}")),
        ("emphasised in part", format!("{first} *{last}*")),
        ("strong within a word", format!("**{one}**{two} {last}")),
        ("with a soft hyphen", spread("\u{AD}")),
        ("with a joiner of no width", spread("\u{2060}")),
        ("with a non-joiner", spread("\u{200C}")),
        ("with a mark of direction", format!("{first} \u{200F}{last}")),
        ("by numbers", name.chars().map(|c| format!("&#{};", u32::from(c))).collect()),
        ("by numbers in hexadecimal", name.chars().map(|c| format!("&#x{:X};", u32::from(c))).collect()),
        ("in brackets", format!("({name})")),
        ("as the words of a link", format!("[{name}](#there)")),
        ("with a hyphen", format!("{first}-{last}")),
    ];
    if name.starts_with('F') {
        ways.push(("without accents", "Farid Nuraman".to_owned()));
        ways.push(("with others", "Fārīd Nuramān".to_owned()));
        ways.push(("in wide letters", "Ｆａｒｉｄ Ｎúｒａｍａｎ".to_owned()));
    }
    if name.starts_with('ف') {
        ways.push(("with vowel points", "فَرید نورآمان".to_owned()));
        ways.push(("with tatweel", "فریـــد نورآمان".to_owned()));
        ways.push(("with an Arabic yeh", "فريد نورآمان".to_owned()));
        ways.push(("without the madda", "فرید نورامان".to_owned()));
        ways.push(("joined to `and`", "وفرید نورآمان".to_owned()));
    }
    if name.starts_with('פ') {
        ways.push(("with points", "פָרִיד נוּראמן".to_owned()));
    }
    ways
}

#[test]
fn without_a_leak_it_builds() {
    assert_eq!(leaks(&dossier()), []);
    // Parts of words, and others who share half of the name, are none.
    let others =
        "# About\n\nFarida Nuramani, Farid, and a Nuraman; Faridnuramani, Alfaridnuraman.\n\n\u{E9}\n";
    assert_eq!(leaks(&with(&dossier(), "content/about.md", others)), []);
}

#[test]
fn a_name_is_found_in_a_text_however_it_is_written() {
    let (mut tried, mut missed) = (0, Vec::new());
    for name in NAMES {
        for (way, written) in disguises(name) {
            let text = format!("# About\n\nIt was {written} who came.\n\n## There\n");
            let found = leaks(&with(&dossier(), "content/about.md", text));
            tried += 1;
            if !found.contains(&(name.to_owned(), "about.html".to_owned())) {
                missed.push((name, way, written, found));
            }
        }
    }
    println!("{tried} ways to write a withheld name, {} missed", missed.len());
    assert_eq!(missed, []);
}

/// The places of a dossier in which an author can write a text that is published.
fn places(name: &str) -> Vec<(&'static str, &'static str, String)> {
    let quoted = toml::Value::String(name.to_owned()).to_string();
    let cited = toml::Value::String(format!("'{name}'")).to_string();
    vec![
        ("the title of the site", "site.toml", format!("title = {quoted}\n")),
        ("its description", "site.toml", format!("title = \"T\"\ndescription = {quoted}\n")),
        ("its notice", "site.toml", format!("title = \"T\"\nnotice = {quoted}\n")),
        ("its authors", "site.toml", format!("title = \"T\"\nauthors = [{quoted}]\n")),
        ("its licence", "site.toml", format!("title = \"T\"\nlicence = {quoted}\n")),
        ("a name", "content/people.toml", format!("{PEOPLE}[bo]\nname = {quoted}\n")),
        ("a note", "content/people.toml", format!("{PEOPLE}note = {quoted}\n")),
        ("a tag", "content/people.toml", format!("{PEOPLE}tags = [{quoted}]\n")),
        ("an id", "content/people.toml", format!("{PEOPLE}ids = {{ desk = {quoted} }}\n")),
        (
            "a title of a link",
            "content/people.toml",
            format!("{PEOPLE}links = [{{ url = \"https://ada.example/\", title = {quoted} }}]\n"),
        ),
        ("a role", "content/people.toml", PEOPLE.replace("\"head\"", &quoted)),
        ("prose of a record", "content/people/ada.md", format!("She knew {name}.\n")),
        ("a place", "content/places.toml", format!("[pier]\nname = {quoted}\n")),
        ("a source", "content/sources.toml", format!("[s]\ntitle = {quoted}\ntype = \"report\"\n")),
        (
            "who made a source",
            "content/sources.toml",
            format!("[s]\ntitle = \"S\"\ntype = \"report\"\nauthor = {quoted}\n"),
        ),
        (
            "a citation",
            "content/events.toml",
            format!("[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = {cited}\n"),
        ),
        (
            "an event",
            "content/events.toml",
            format!("[e]\ntitle = {quoted}\ndate = \"2023\"\ncite = \"s ¶1\"\n"),
        ),
        (
            "who else was there",
            "content/events.toml",
            format!(
                "[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = \"s ¶1\"\ninvolved = [{{ desc = {quoted} }}]\n"
            ),
        ),
        (
            "a stance",
            "content/events.toml",
            format!(
                "[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = \"s ¶1\"\ndenied_by = [{{ who = \"ada\", words = {quoted}, cite = \"s ¶2\" }}]\n"
            ),
        ),
        ("a term", "content/terms.toml", format!("[t]\nname = \"T\"\ndefinition = {quoted}\n")),
        (
            "a reason of a correction",
            "content/corrections.toml",
            format!("[c]\ndate = \"2024-01-01\"\non = \"people/ada.name\"\nwas = \"Ado\"\nwhy = {quoted}\n"),
        ),
        ("front matter", "content/x.md", format!("+++\ntitle = {quoted}\n+++\n\nText.\n")),
        ("a heading", "content/x.md", format!("# X\n\n## {name}\n\nText.\n")),
        ("a code block", "content/x.md", format!("# X\n\n```\n{name}\n```\n")),
        (
            "a title of a link in prose",
            "content/x.md",
            format!("# X\n\n[there](https://ada.example/ \"{name}\")\n"),
        ),
        ("a table", "content/x.md", format!("# X\n\n| a | b |\n|---|---|\n| {name} | c |\n")),
        ("a footnote", "content/x.md", format!("# X\n\nText.[^1]\n\n[^1]: {name}\n")),
        (
            "a template",
            "templates/person.html",
            format!("{{% extends \"theme/person.html\" %}}{{% block main %}}{name}{{% endblock %}}"),
        ),
        ("a script", "static/own.js", format!("show('{name}')")),
        ("a style sheet", "static/own.css", format!("p::after {{ content: '{name}' }}")),
        (
            "a calendar",
            "static/own.ics",
            format!("BEGIN:VCALENDAR\r\nSUMMARY:{}\r\nEND:VCALENDAR\r\n", folded(name)),
        ),
        ("a table to load", "static/own.csv", format!("a;b\r\n{name};c\r\n")),
        (
            "a drawing",
            "static/own.svg",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{name}</title></svg>"),
        ),
        ("a comment in a page", "static/own.html", format!("<p>x</p><!-- {name} -->")),
    ]
}

/// A line of a calendar that is folded within the name, between the bytes of a letter where there are several.
fn folded(name: &str) -> String {
    let at = name.char_indices().map(|(at, _)| at).take(4).last().unwrap();
    format!("{}\r\n {}", &name[..at], &name[at..])
}

#[test]
fn a_name_is_found_wherever_an_author_can_write_it() {
    let (mut tried, mut missed) = (0, Vec::new());
    for name in NAMES {
        for (place, path, content) in places(name) {
            tried += 1;
            let found = leaks(&with(&dossier(), path, content));
            if !found.iter().any(|(word, _)| word == name) {
                missed.push((place, name, found));
            }
        }
    }
    println!("{tried} places with a withheld name, {} missed", missed.len());
    assert_eq!(missed, []);
}

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file(name, deflated).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark: &[u16] = if mark { &[0xFEFF] } else { &[] };
    mark.iter().copied().chain(text.encode_utf16()).flat_map(unit).collect()
}

/// A database whose text is so long that it lies on several pages of the file, with the name where one ends.
#[cfg(feature = "sqlite")]
fn databases(name: &str) -> Vec<Vec<u8>> {
    let pages = |fill: usize| {
        let mut database = rusqlite::Connection::open_in_memory().unwrap();
        let text = format!("{} {name} {}", "x".repeat(fill), "y".repeat(9000));
        database.execute_batch("CREATE TABLE t (a TEXT)").unwrap();
        database.execute("INSERT INTO t VALUES (?)", [text]).unwrap();
        database.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
    };
    (4000..4120).step_by(8).map(pages).collect()
}

/// A number is one, whether a database holds it as a text or as a number.
#[cfg(feature = "sqlite")]
#[test]
fn a_number_is_found_in_a_database() {
    let people = format!(
        "{PEOPLE}[vera]\nname = \"Vera Ost\"\nids = {{ register = \"77123488\", isbn = \"9783161484100\" }}\nwithhold = true\n"
    );
    let base = with(&dossier(), "content/people.toml", people);
    for (made, number) in [
        ("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (77123488), (5)", "77123488"),
        ("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (9783161484100)", "9783161484100"),
        ("CREATE TABLE t (a REAL); INSERT INTO t VALUES (77123488.0)", "77123488"),
    ] {
        let mut database = rusqlite::Connection::open_in_memory().unwrap();
        database.execute_batch(made).unwrap();
        let bytes = database.serialize(rusqlite::MAIN_DB).unwrap().to_vec();
        let found = leaks(&with(&base, "static/calls.sqlite", bytes));
        assert_eq!(found, [(number.to_owned(), "calls.sqlite".to_owned())], "{made}");
    }
}

#[test]
fn a_name_is_found_in_files_that_are_no_text() {
    let (mut tried, mut missed) = (0, Vec::new());
    for name in NAMES {
        let document =
            format!("<w:document><w:r><w:t>{}</w:t></w:r>", name.replacen(' ', "</w:t></w:r> <w:r><w:t>", 1));
        let mut files = vec![
            ("own.docx", zipped("word/document.xml", document.as_bytes())),
            ("own.zip", zipped(&format!("{name}.txt"), b"nothing")),
            ("own.epub", zipped("within.zip", &zipped("a.txt", name.as_bytes()))),
            ("own.txt.gz", gzipped(name.as_bytes())),
            ("own.tar.gz", gzipped(&[b"\0\xFF\0", name.as_bytes(), b"\0"].concat())),
            ("own.txt", wide(name, u16::to_le_bytes, true)),
            ("own.asc", wide(name, u16::to_be_bytes, true)),
            (
                "metadata.pdf",
                [b"%PDF-1.7\n/Title (\xFE\xFF".as_slice(), &wide(name, u16::to_be_bytes, false), b")"]
                    .concat(),
            ),
            (
                "metadata.bin",
                [b"\x89\0\xFF".as_slice(), &wide(name, u16::to_le_bytes, false), b"\0\0"].concat(),
            ),
            ("metadata.raw", [b"\x89\xFF\0".as_slice(), name.as_bytes(), b"\0\0"].concat()),
        ];
        #[cfg(feature = "sqlite")]
        files.extend(databases(name).into_iter().map(|bytes| ("own.sqlite", bytes)));
        for (path, bytes) in files {
            tried += 1;
            let found = leaks(&with(&dossier(), &format!("static/{path}"), bytes));
            if !found.contains(&(name.to_owned(), path.to_owned())) {
                missed.push((path, name, found));
            }
        }
        let named = leaks(&with(&dossier(), &format!("static/{name}.txt"), "nothing"));
        tried += 1;
        if named.is_empty() {
            missed.push(("a file name", name, named));
        }
    }
    println!("{tried} files with a withheld name in them, {} missed", missed.len());
    assert_eq!(missed, []);
}

/// What is read of packed files is bounded: a small file that unpacks to a very large one is none to be feared.
#[test]
fn a_file_that_unpacks_to_a_very_large_one_is_read_in_part() {
    let zeros = vec![b' '; 64 << 20];
    let mut bomb = gzipped(&zeros);
    for _ in 0..5 {
        bomb = [bomb.as_slice(), bomb.as_slice()].concat();
    }
    assert_eq!(leaks(&with(&dossier(), "static/bomb.gz", bomb)), []);
    let damaged = zipped("a.txt", b"nothing");
    assert_eq!(leaks(&with(&dossier(), "static/damaged.zip", &damaged[..damaged.len() / 2])), []);
}

/// The key, the former address, the ids and the file of the portrait give somebody away as well.
#[test]
fn what_leads_to_a_withheld_record_is_found_too() {
    let more = format!(
        "{PEOPLE}[vera]\nname = \"Vera Ost\"\nmoved_from = [\"v-ost\"]\nids = {{ desk = \"DK-4471\" }}\nlinks = [{{ url = \"https://vera.example/\", title = \"Her page\" }}]\nportrait = {{ file = \"vera-ost-1970.jpg\", alt = \"V.\", credit = \"N.\", licence = \"CC0\" }}\nwithhold = true\n"
    );
    let base =
        with(&with(&dossier(), "content/people.toml", more), "content/vera-ost-1970.jpg", b"".as_slice());
    for word in ["vera", "v-ost", "DK-4471", "https://vera.example/", "vera-ost-1970.jpg"] {
        let found = leaks(&with(&base, "content/about.md", format!("# About\n\nSee `{word}` there.\n")));
        assert!(found.contains(&(word.to_owned(), "about.html".to_owned())), "{word}: {found:?}");
    }
    assert_eq!(leaks(&base), []);
}

/// The words that are drawn in the picture of a page cannot be searched for in its file, so they are kept for it.
#[cfg(feature = "share-images")]
#[test]
fn the_words_of_a_picture_that_is_drawn_are_searched() {
    use std::collections::BTreeMap;

    use dossier::cache::Cache;
    use dossier::{Options, examine, prepare, theme, view::Wanted, withheld};

    let people = PEOPLE.replace("name = \"Ada\"", "name = \"Ada\"\nsummary = \"Knows Farid Núraman.\"");
    let sources = with(&dossier(), "content/people.toml", people);
    let (theme, mut cache) = (theme::theme(), Cache::default());
    let examined = examine(&sources, Options::default(), &mut cache, &|_, _, _| {}).ok().unwrap();
    let words = examined.linked.dossier.withheld.clone();
    let prepared = prepare(examined, &sources, &theme, &mut cache, &|_, _, _| {}).value;
    let mut made = dossier::prepared::Made::default();
    let means = dossier::prepared::Means {
        theme: &theme,
        own: &sources,
        progress: &|_, _, _| {},
        taker: None,
        shares: true,
    };
    prepared.make(Wanted::All, means, &mut cache, &mut made);
    // Of all that was made, the pictures alone.
    let (output, taken) = (dossier::output::Output::default(), BTreeMap::new());
    let drawn = &made.shares.words;
    let found = withheld::leaks(&output, &taken, &prepared.pictures, drawn, &words, &sources, &theme);
    let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
    let leak =
        |message: &&str| message.starts_with("`Farid Núraman` is withheld, and stands in images/share/");
    assert!(messages.iter().any(leak), "{messages:?}");
}

/// A preview of what will be published is such a thing as well, its own pages and its answer to a wrong address too.
#[test]
fn nothing_withheld_is_in_the_preview_of_what_will_be_published() {
    let serving = crate::serving::Serving::start(&dossier(), &["--published"]);
    let site = build(&dossier());
    let others = ["people/farid-nuraman.html", "people/farid-nuraman.json", "no-such-page.html"];
    let paths: Vec<&str> = site.value.output.iter().map(|(path, _)| path).chain(others).collect();
    for path in &paths {
        let body = String::from_utf8_lossy(&serving.get(path).1).into_owned();
        for name in NAMES {
            assert!(!body.contains(name), "{path} says {name}");
        }
    }
    println!("{} files of a preview, none with a withheld name", paths.len());
}
