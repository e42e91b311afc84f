//! The formats of export with each payload in every field, each read by a parser: what comes out is the text, and
//! nothing of it counts as anything else.

use std::collections::BTreeSet;

use dossier::model::Kind;
use dossier::output::Output;
use dossier::publish::hosts;
use serde_json::Value;

use super::sites::{Hostile, SITES, TEMPLATE, told};
use super::slots::{Slot, quoted};
use crate::support::{build, sources};

/// The files of every site with one of these endings.
fn files(endings: &[&str]) -> impl Iterator<Item = (&'static Hostile, &'static str, &'static [u8])> {
    let all =
        SITES.iter().flat_map(|site| site.output.iter().map(move |(path, bytes)| (site, path, &**bytes)));
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    all.filter(move |(_, path, _)| endings.iter().any(|ending| path.ends_with(ending)))
}

/// The texts of a payload that a format has to hold as they are: names and titles of records.
fn names(site: &'static Hostile) -> Vec<&'static str> {
    [
        ("content/people.toml", "ada-berg.name"),
        ("content/groups.toml", "selvara.name"),
        ("content/places.toml", "port-lund.name"),
        ("content/events.toml", "statement.title"),
        ("content/meetings.toml", "harbour-talks.title"),
        ("content/sources/press.toml", "herald.title"),
    ]
    .map(|(file, path)| site.value(&TEMPLATE, file, path))
    .to_vec()
}

/// Every text in a value of JSON.
fn texts<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[test]
fn no_cell_is_a_formula_and_no_line_is_added() {
    let mut cells = 0;
    for (site, path, bytes) in files(&["csv"]) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        for row in reader.records() {
            // A row that is not as long as the others is an error of the reader.
            for cell in &row.unwrap_or_else(|error| panic!("{}, {path}: {error}", site.payload.name)) {
                cells += 1;
                let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(!begins || cell.parse::<f64>().is_ok(), "{}, {path}: {cell:?}", site.payload.name);
            }
        }
    }
    println!("{cells} cells");
    assert!(cells > 10_000);
    // That it is looked at where a payload stands.
    let table = super::sites::site("formula").string("data/people.csv");
    assert!(table.contains("'=HYPERLINK("), "{table}");
}

#[test]
fn a_calendar_has_no_property_that_a_text_brought() {
    const KNOWN: [&str; 17] = [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "X-WR-CALNAME",
        "UID",
        "DTSTAMP",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "DTSTART",
        "DTEND",
        "TRANSP",
        "LOCATION",
        "GEO",
        "DTSTART;VALUE=DATE",
    ];
    let mut lines = 0;
    for (site, path, bytes) in files(&["ics"]) {
        let text = std::str::from_utf8(bytes).unwrap();
        let name = site.payload.name;
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{name}: a bare line break");
        let mut depth = Vec::new();
        for line in text.replace("\r\n ", "").replace("\r\n\t", "").split_terminator("\r\n") {
            lines += 1;
            let (property, value) =
                line.split_once(':').unwrap_or_else(|| panic!("{name}, {path}: {line:?}"));
            let property = property.split(';').next().unwrap();
            assert!(KNOWN.contains(&property), "{name}, {path}: {line:?}");
            match property {
                "BEGIN" => depth.push(value.to_owned()),
                "END" => assert_eq!(depth.pop().as_deref(), Some(value), "{name}"),
                // RFC 5545, 3.3.11: these are escaped in a text.
                "SUMMARY" | "DESCRIPTION" | "LOCATION" | "X-WR-CALNAME" => {
                    let mut chars = value.chars();
                    while let Some(c) = chars.next() {
                        let escaped = c == '\\' && chars.next().is_some_and(|next| "\\;,nN".contains(next));
                        assert!(escaped || !"\\;,".contains(c), "{name}, {path}: {line:?}");
                        assert!(!c.is_control() || c == '\t', "{name}, {path}: {line:?}");
                    }
                }
                _ => {}
            }
        }
        assert!(depth.is_empty(), "{name}");
    }
    println!("{lines} lines");
    assert!(lines > 500);
}

#[test]
fn xml_is_well_formed_and_has_no_element_that_a_text_brought() {
    let mut count = 0;
    for (site, path, bytes) in files(&["xml", "gexf", "graphml", "svg"]) {
        let text = std::str::from_utf8(bytes).unwrap();
        let document = roxmltree::Document::parse(text)
            .unwrap_or_else(|error| panic!("{}, {path}: {error}", site.payload.name));
        for node in document.descendants() {
            assert!(!node.is_pi() || node.parent() == Some(document.root()), "{}, {path}", site.payload.name);
            assert!(!node.tag_name().name().starts_with("pwn"), "{}, {path}", site.payload.name);
        }
        count += 1;
    }
    println!("{count} files");
    assert!(count > 5 * SITES.len());
    for site in SITES.iter() {
        let feed = roxmltree::Document::parse(site.string("changes.xml")).unwrap();
        let titles: Vec<&str> = feed.descendants().filter_map(|node| node.text()).collect();
        let event = site.value(&TEMPLATE, "content/events.toml", "statement.title");
        // A carriage return is a line break in XML.
        assert!(
            titles.iter().any(|title| plain(title).contains(&plain(event))),
            "{}: {titles:#?}",
            site.payload.name
        );
    }
}

/// A text as XML has it, which knows no difference between kinds of white space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn json_holds_each_text_as_it_is() {
    let mut count = 0;
    for (site, path, bytes) in files(&["json"]) {
        let text = std::str::from_utf8(bytes).unwrap();
        // Some hold a value in each line.
        let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        let values: Vec<Value> = values
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{}, {path}: {error}", site.payload.name));
        count += 1;
        if ["data/dossier.json", "data/popolo.json", "data/followthemoney.json", "data/sources.csl.json"]
            .contains(&path)
        {
            let mut found = BTreeSet::new();
            values.iter().for_each(|value| texts(value, &mut found));
            let own = names(site);
            let held: &[&str] = match path {
                "data/dossier.json" => &own,
                "data/popolo.json" => &own[..2],
                "data/followthemoney.json" => &own[..2],
                _ => &own[5..],
            };
            for name in held {
                assert!(found.contains(name), "{}, {path} does not hold {name:?}", site.payload.name);
            }
        }
    }
    println!("{count} files");
    assert!(count > 20 * SITES.len());
}

#[cfg(feature = "sqlite")]
#[test]
fn the_database_holds_each_text_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for site in SITES.iter() {
        let path = folder.path().join("dossier.sqlite");
        std::fs::write(&path, site.output.get("data/dossier.sqlite").unwrap()).unwrap();
        let database = rusqlite::Connection::open(&path).unwrap();
        let ask = |sql: &str| -> Vec<String> {
            let mut asked = database.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
            asked.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect()
        };
        assert_eq!(ask("pragma integrity_check"), ["ok"], "{}", site.payload.name);
        let own = names(site);
        for (sql, name) in [
            ("select name from people", own[0]),
            ("select name from groups", own[1]),
            ("select name from places", own[2]),
            ("select title from events", own[3]),
            ("select title from meetings", own[4]),
            ("select title from sources", own[5]),
        ] {
            let held = ask(sql);
            assert!(
                held.iter().any(|text| text == name),
                "{}: {name:?} is not in {held:?}",
                site.payload.name
            );
        }
    }
}

#[test]
fn a_bibliography_ends_each_field_where_it_is_to_end() {
    const KNOWN: [&str; 25] = [
        "abstract",
        "author",
        "booktitle",
        "date",
        "doi",
        "edition",
        "editor",
        "eprint",
        "howpublished",
        "institution",
        "isbn",
        "issue",
        "journal",
        "journaltitle",
        "keywords",
        "langid",
        "language",
        "location",
        "note",
        "number",
        "organization",
        "pages",
        "publisher",
        "title",
        "type",
    ];
    for site in SITES.iter() {
        let text = site.string("data/sources.bib");
        let name = site.payload.name;
        let entries = biblatex::RawBibliography::parse(text)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"))
            .entries;
        assert_eq!(entries.len(), 3, "{name}:\n{text}");
        for entry in entries {
            for pair in &entry.v.fields {
                let key = pair.key.v;
                let known = KNOWN.contains(&key) || ["url", "urldate", "volume", "titleaddon"].contains(&key);
                assert!(known, "{name}: {key}\n{text}");
            }
        }
        // BibTeX and Biber count braces whatever stands before them.
        let mut depth = 0;
        for c in text.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            assert!(depth >= 0, "{name}:\n{text}");
        }
        assert_eq!(depth, 0, "{name}:\n{text}");
        for command in ["\\input", "\\write", "\\include"] {
            assert!(!text.contains(command), "{name}:\n{text}");
        }
    }
}

/// What becomes an address, the name of a host or a part of one takes none of the payloads, whatever they are.
#[test]
fn what_becomes_an_address_is_refused() {
    let own = ["moved_from", "domain", "name_lang", "country", "file"];
    let is_own = |slot: &&Slot| slot.path.last().is_some_and(|name| own.contains(&name.as_str()));
    let slots: Vec<&Slot> = TEMPLATE.slots.iter().filter(is_own).collect();
    assert!(slots.len() > 15, "{}", slots.len());
    for site in SITES.iter() {
        for slot in &slots {
            assert!(site.refused.contains(&slot.number), "{}: {}", site.payload.name, slot.name());
        }
        let key = quoted(&site.payload.filled(0, "x"));
        let mut files = sources(&[]);
        for kind in Kind::RECORDS {
            files.insert(format!("content/{}.toml", kind.plural()), format!("[{key}]\n").into_bytes());
        }
        let report = told(&build(&files).diagnostics, &files);
        for kind in Kind::RECORDS {
            let place = format!("--> content/{}.toml:1:", kind.plural());
            assert!(report.contains(&place), "{}: {report}", site.payload.name);
        }
        let refused = report.matches("error[invalid-key]").count()
            + report.matches("error[direction-character]").count();
        assert!(refused >= Kind::RECORDS.len(), "{}: {report}", site.payload.name);
    }
}

/// The picture of a page is drawn from a text of SVG, which none of its words ends.
#[cfg(feature = "share-images")]
#[test]
fn a_picture_to_be_shared_is_made_of_any_text() {
    for name in ["markup", "xml"] {
        let mut files = super::sites::site(name).files.clone();
        let settings = files
            .get("site.toml")
            .unwrap()
            .text()
            .unwrap()
            .replace("share_images = false", "share_images = true");
        files.insert("site.toml", settings.into_bytes());
        let site = build(&files);
        assert!(!dossier::has_errors(&site.diagnostics), "{}", told(&site.diagnostics, &files));
        let count = site.value.output.iter().filter(|(path, _)| path.starts_with("images/share/")).count();
        assert!(count > 10, "{count}");
    }
}

#[test]
fn hosts_and_search_engines_are_told_nothing_else() {
    for site in SITES.iter() {
        let robots = site.string("robots.txt");
        for line in robots.lines().filter(|line| !line.is_empty()) {
            let known = ["User-agent: ", "Allow: ", "Disallow:", "Sitemap: "];
            assert!(known.iter().any(|start| line.starts_with(start)), "{}: {line:?}", site.payload.name);
        }
        assert_eq!(robots.lines().count(), SITES[0].string("robots.txt").lines().count());
        let headers = hosts::headers(site.output.iter().map(|(path, bytes)| (path, &bytes[..])));
        for line in headers.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '/'])) {
            let name = line.strip_prefix("  ").and_then(|line| line.split_once(": ")).map(|(name, _)| name);
            assert!(
                name.is_some_and(|name| KNOWN_HEADERS.contains(&name)),
                "{}: {line:?}",
                site.payload.name
            );
        }
    }
    // Whatever a former address may be, it is one line of two addresses.
    for hostile in [
        "a\r\nX-Header: 1",
        "a\n/* https://evil.example 301",
        "//evil.example",
        "a b",
        "https://evil.example",
    ] {
        let pair = (format!("people/{hostile}.html"), hostile.to_owned());
        let text = hosts::redirects(&[pair]);
        assert_eq!(text.lines().count(), 1, "{text}");
        let parts: Vec<&str> = text.trim_end().split(' ').collect();
        assert!(
            matches!(parts[..], [from, to, "301"] if from.starts_with('/') && to.starts_with('/')),
            "{text}"
        );
        let mut output = Output::new();
        let inserted = output.insert(format!("{hostile}.png"), Vec::new());
        if inserted.is_ok() {
            let headers = hosts::headers(output.iter().map(|(path, bytes)| (path, &bytes[..])));
            assert!(!headers.contains("X-Header"), "{headers}");
        }
    }
}

const KNOWN_HEADERS: [&str; 6] = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cache-Control",
];
