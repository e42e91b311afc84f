//! An invented dossier that reads like a real one, and carries what the demonstration cannot: several
//! origins, denials, calendars, corrections, former states, and people who must not be named.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use dossier::cache::Cache;
use dossier::diag::{Checked, Diagnostic};
use dossier::disk::read::read;
use dossier::link::Linked;
use dossier::link::refs::bodies;
use dossier::model::Kind;
use dossier::model::body::Piece;
use dossier::model::citation::Hop;
use dossier::model::date::Day;
use dossier::source::{Sources, Span};
use dossier::{Examined, Options, Site};

use crate::demonstration::{attributes, resolve};
use crate::support::{build, build_with, readable, repository, string, text};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sites").join(name)
}

pub fn harbour() -> Sources {
    let read = read(&folder("harbour"));
    assert_eq!(read.diagnostics, Vec::new());
    read.value
}

/// The site of today, made once for all tests that only look at it.
fn today() -> &'static Checked<Site> {
    static SITE: LazyLock<Checked<Site>> = LazyLock::new(|| build(&harbour()));
    &SITE
}

fn as_of(year: i32, month: u8, day: u8) -> Options {
    Options { as_of: Day::new(year, month, day), ..Options::default() }
}

/// The pages of a site, without those that only lead to another.
fn pages(site: &Checked<Site>) -> Vec<(String, String)> {
    let html = site.value.output.iter().filter(|(path, _)| path.ends_with(".html"));
    let all = html.map(|(path, _)| (path.to_owned(), string(site, path)));
    all.filter(|(_, html)| !html.contains("http-equiv=\"refresh\"")).collect()
}

/// Each element that has a class, from its opening tag to its closing one.
fn elements<'h>(html: &'h str, class: &str) -> Vec<&'h str> {
    let mut found = Vec::new();
    for (at, _) in html.match_indices(" class=\"") {
        let classes = html[at + 8..].split('"').next().unwrap_or_default();
        if !classes.split(' ').any(|known| known == class) {
            continue;
        }
        let start = html[..at].rfind('<').unwrap();
        let name = html[start + 1..].split([' ', '>']).next().unwrap();
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut depth = 0;
        let mut end = start;
        loop {
            let rest = &html[end..];
            let next = rest.find(&close).unwrap_or_else(|| panic!("{name} does not end: {}", &html[start..]));
            let opened = rest[..next].match_indices(&open);
            depth += opened.filter(|(at, _)| rest[at + open.len()..].starts_with([' ', '>'])).count();
            depth -= 1;
            end += next + close.len();
            if depth == 0 {
                break;
            }
        }
        found.push(&html[start..end]);
    }
    found
}

/// What a reader sees of a piece of HTML.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = rest[open..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn snapshot(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(""));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// What a program prints that is given a text.
fn run(program: &str, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} fails");
    String::from_utf8(output.stdout).unwrap()
}

/// Nothing but the figures that are a range has anything to note.
#[test]
fn it_builds_with_a_note_on_each_range() {
    let site = today();
    let mut shown = format!("{}\n", text(&harbour(), site));
    for path in [
        "index.html",
        "meetings/spring-visit.html",
        "meetings/tender-call.html",
        "meetings/walk-at-lock-seven.html",
        "people/stelian-vorr.html",
        "people/lasha-okrudze.html",
        "groups/ministry-of-transport.html",
        "sources/authority-minutes.html",
        "sources/almogi-memo.html",
        "relations.html",
        "corrections.html",
        "explainers/the-shape-of-the-talks.html",
    ] {
        shown.push_str(&format!("==== {path}\n{}\n", readable(&string(site, path))));
    }
    snapshot("harbour", &shown);
}

/// The page of a source says what `sha256sum` says of the copy beside it.
#[test]
fn the_checksum_is_that_of_the_copy() {
    let site = today();
    let html = string(site, "sources/centre-report.html");
    let copy = site.value.output.get("copies/working-paper-14.txt").unwrap();
    let sum = run("sha256sum", &[], copy);
    assert!(html.contains(sum.split(' ').next().unwrap()), "{sum}");
}

/// All that could tell who is withheld, or what.
const WITHHELD: [&str; 29] = [
    "farid-nuraman",
    "nuraman",
    "Noor-Aman",
    "Noor Aman",
    "Nooraman",
    "فرید",
    "نورآمان",
    "PAV-0417-N",
    "pilots.example",
    "pilot-of-lock-seven",
    "pilot of the southern locks",
    "pilot on duty",
    "at sea that morning",
    "told the editors what he saw",
    "by word of mouth",
    "on the pilot boat",
    "nuraman-logbook",
    "Logbook of a pilot",
    "pilot-and-movement",
    "Reads the log before",
    "Writes the log",
    "northern locks",
    "asked not to be named.\"",
    "parvanesh.svg",
    "images/parvanesh",
    "in the rain",
    "A private collection",
    "1974",
    "1973",
];

/// Neither today nor in a former state, when he was still named.
#[test]
fn nothing_withheld_is_in_any_file() {
    let sources = harbour();
    let drafts = Options { drafts: true, ..Options::default() };
    for options in [
        Options::default(),
        drafts,
        as_of(2023, 6, 10),
        as_of(2023, 8, 1),
        as_of(2024, 2, 1),
        as_of(2024, 4, 10),
    ] {
        let site = build_with(&sources, options);
        assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
        for (path, bytes) in site.value.output.iter() {
            // A year may be any two bytes of a font.
            let is_text = [".html", ".xml", ".txt", ".svg"].iter().any(|end| path.ends_with(end));
            let bytes = String::from_utf8_lossy(bytes).to_lowercase();
            for word in WITHHELD.iter().filter(|word| is_text || !word.starts_with("19")) {
                let word = word.to_lowercase();
                assert!(!path.to_lowercase().contains(&word), "{path} says {word}, {options:?}");
                assert!(!bytes.contains(&word), "{path} holds {word}, {options:?}");
            }
        }
        // What is left of him.
        let html = string(&site, "meetings/walk-at-lock-seven.html");
        assert_eq!(words(elements(&html, "by")[0]), "by somebody whose name is withheld");
        assert!(
            readable(&html).contains("Somebody whose name is withheld | | Denied"),
            "{}",
            readable(&html)
        );
    }
}

/// The search that proves it finds each of his names wherever an author might leave one.
#[test]
fn a_withheld_name_in_a_text_keeps_the_site_from_being_written() {
    let names = ["Farid Nuraman", "فرید نورآمان", "Fareed Noor-Aman", "Capt. Nooraman", "PAV-0417-N"];
    let mut sources = harbour();
    let about = sources.get("content/about.md").unwrap().text().unwrap().to_owned();
    sources.insert("content/about.md", format!("{about}\nAsk {}.\n", names.join(", or ")).into_bytes());
    let site = build(&sources);
    for name in names {
        let message = format!("`{name}` is withheld, and stands in about.html");
        let told = site.diagnostics.iter().any(|problem| problem.message == message);
        assert!(told, "{name} leaks:\n{}", text(&sources, &site));
    }
}

/// What came into the dossier after 1 February 2024.
const NOT_YET: [&str; 5] = [
    "content/sources/later.toml",
    "content/people/hadia-mersani.md",
    "content/meetings/hearing.toml",
    "content/events/hearing.toml",
    "content/explainers/what-the-hearing-added.md",
];

/// The files as they were on 1 February 2024: those that differ are kept as they were then.
fn earlier() -> Sources {
    let mut sources = harbour();
    for file in read(&folder("harbour-2024-02-01")).value.iter() {
        assert!(sources.get(&file.path).is_some(), "{} is no file of the dossier", file.path);
        sources.insert(file.path.clone(), file.bytes.clone());
    }
    for path in NOT_YET {
        sources.remove(path).unwrap_or_else(|| panic!("there is no {path}"));
    }
    sources
}

/// A page without what says that it is of a former day.
fn without_watermark(html: &str) -> String {
    let mut html = html.to_owned();
    let title = "As of 1 February 2024. ";
    for (from, to) in [
        ("<p class=\"as-of\"", "</p>\n"),
        ("\n  <meta name=\"robots\" content=\"noindex\">", ""),
        (title, ""),
    ] {
        let start = html.find(from).unwrap_or_else(|| panic!("{from} is not in the page"));
        let end = start + from.len() + html[start + from.len()..].find(to).unwrap() + to.len();
        html.replace_range(start..end, "");
    }
    html
}

/// Takes out what begins so, up to an end that stays.
fn remove(html: &mut String, from: &str, to: &str) {
    if let Some(start) = html.find(from) {
        let end = start + html[start..].find(to).unwrap();
        html.replace_range(start..end, "");
    }
}

/// The former state that the program makes of today's files is the one that its authors had written.
#[test]
fn the_first_of_february_is_as_it_was_written_then() {
    let was = build(&earlier());
    let made = build_with(&harbour(), as_of(2024, 2, 1));
    let paths = |site: &Checked<Site>| -> BTreeSet<String> {
        site.value.output.iter().map(|(path, _)| path.to_owned()).collect()
    };
    // Who reads a feed, and who searches, wants to know of today: the former state has none.
    let mut expected = paths(&was);
    for today in ["changes.xml", "corrections.xml", "sitemap.xml"] {
        assert!(expected.remove(today), "{today}");
    }
    assert_eq!(paths(&made), expected);
    let mut compared = 0;
    // What is said on links of other programs, and of the formats of today, differs.
    let of_today = ["404.html", "data.html"];
    for (path, html) in pages(&made).into_iter().filter(|(path, _)| !of_today.contains(&path.as_str())) {
        let (mut html, mut was) = (without_watermark(&html), string(&was, &path));
        assert!(!html.contains("application/atom+xml"), "{path}");
        for text in [&mut html, &mut was] {
            remove(text, "<script type=\"application/ld+json\">", "</script>");
        }
        for line in [
            // One for what is new, one for corrections.
            "<link rel=\"alternate\" type=\"application/atom+xml\"",
            "<link rel=\"alternate\" type=\"application/atom+xml\"",
            "<link rel=\"canonical\"",
            "<meta property=\"og:type\"",
            "<meta property=\"og:url\"",
            "<p class=\"note\"><a href=\"corrections.xml\"",
        ] {
            remove(&mut was, line, "\n");
        }
        // Each is cited with its own day.
        remove(&mut was, "<p class=\"note cite-as\">", "</p>");
        remove(&mut html, "<p class=\"note cite-as\">", "</p>");
        // On paper the present state has the address of the site.
        remove(&mut was, "<p class=\"print-only\">", "</p>");
        remove(&mut html, "<p class=\"print-only\">", "</p>");
        was = was.replace("Feed of corrections\n", "");
        assert_eq!(readable(&html), readable(&was), "{path}");
        // The head, the foot and the drawings as well.
        let lines = |html: &str| -> Vec<String> {
            html.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        assert_eq!(lines(&html), lines(&was), "{path}");
        compared += 1;
    }
    assert!(compared > 90, "{compared} pages");
    assert_eq!(string(&made, "dossier.css"), string(&was, "dossier.css"));
}

/// Four days, each between two corrections: what a page says then, and what it does not say yet.
#[test]
fn each_day_has_its_state() {
    let log = "corrections.html";
    let walk = "meetings/walk-at-lock-seven.html";
    let strike = "meetings/talks-on-the-strike.html";
    let quay = "meetings/morning-on-the-quay.html";
    let talks = "meetings/three-days-of-talks.html";
    let lines = "groups/orvald-lines.html";
    let south = "meetings/three-go-south.html";
    let shape = "explainers/the-shape-of-the-talks.html";
    let lajvari = "people/behzad-lajvari.html";
    let days = [
        (
            as_of(2023, 6, 10),
            vec![
                (walk, "September 2022, Lock Seven", "23 September 2022, Lock Seven"),
                (walk, "1 person or more", "3 people"),
                (strike, "Phone call", "Corrected"),
                (log, "No corrections so far.", "Was:"),
                (lajvari, "Behzad Lajvari", "Died"),
                ("index.html", "September 2022: A walk along Lock Seven", "Latest changes"),
            ],
            vec![],
        ),
        (
            as_of(2023, 8, 1),
            vec![
                (walk, "23 September 2022, Lock Seven", "14 August 2023"),
                (walk, "Corrected 10 July 2023: was “September 2022”.", "3 people"),
                (quay, "4 October 2022, Ilvane", "Customs Quay,"),
                (quay, "Reported by", "Confirmed"),
            ],
            vec!["day-of-the-walk"],
        ),
        (
            as_of(2024, 3, 10),
            vec![
                (walk, "3 people", "1 person or more"),
                (strike, "Corrected 2 October 2023: was “Phone call”.", ""),
                (quay, "4 October 2022, Customs Quay", "4 October 2022, Ilvane"),
                (talks, "left on three evenings", ""),
                (lines, "Company", "Founded"),
                (south, "named", "Yusra al-Tamzini"),
                (shape, "kept by one hand", "in three hands"),
                (lajvari, "27 February 2024", ""),
            ],
            vec![
                "quay-and-not-town",
                "three-mornings",
                "strike-talks-in-person",
                "names-at-the-walk",
                "day-of-the-walk",
            ],
        ),
        (
            as_of(2024, 4, 10),
            vec![
                (quay, "Confirmed by Lasha Okrudze", "Reported by Open Quay"),
                (lines, "Founded April 2011", ""),
                (south, "Hadia Mersani", ""),
                (shape, "kept by one hand", "in three hands"),
                ("explainers/what-the-hearing-added.html", "a call", ""),
            ],
            vec![
                "three-and-not-one",
                "year-of-the-lines",
                "quay-and-not-town",
                "three-mornings",
                "strike-talks-in-person",
                "names-at-the-walk",
                "day-of-the-walk",
            ],
        ),
    ];
    let sources = harbour();
    for (options, expected, corrections) in days {
        let day = options.as_of.unwrap().iso();
        let site = build_with(&sources, options);
        assert!(!dossier::has_errors(&site.diagnostics), "{day}: {}", text(&sources, &site));
        for (path, says, does_not) in expected {
            let said = words(&string(&site, path));
            assert!(said.contains(says), "{day}, {path} does not say {says}:\n{said}");
            assert!(
                does_not.is_empty() || !said.contains(does_not),
                "{day}, {path} says {does_not}:\n{said}"
            );
        }
        let ids = string(&site, log);
        let shown: Vec<&str> =
            attributes(&ids, "id").into_iter().filter_map(|id| id.strip_prefix("r-")).collect();
        assert_eq!(shown, corrections, "{day}");
        assert!(site.value.output.get("corrections.xml").is_none(), "{day}");
        for (path, html) in pages(&site) {
            assert_eq!(elements(&html, "as-of").len(), 1, "{day}, {path} has no watermark");
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{day}, {path}");
        }
    }
}

/// A record, source or article that came in later is on no page, and no file is its.
#[test]
fn what_came_later_is_nowhere_before() {
    let sources = harbour();
    let mut former: BTreeMap<Option<Day>, Checked<Site>> = BTreeMap::new();
    for (word, options) in [
        ("Hearing on the Tamzin concession", as_of(2024, 3, 10)),
        ("hearing-2024", as_of(2024, 3, 10)),
        ("Hearing in the Assembly", as_of(2024, 3, 10)),
        ("minister-calls-chair", as_of(2024, 3, 10)),
        ("the former minister and the chair", as_of(2024, 3, 10)),
        ("What the hearing added", as_of(2024, 3, 11)),
        ("what-the-hearing-added", as_of(2024, 3, 11)),
        ("Mersani", as_of(2024, 4, 4)),
        ("Adviser", as_of(2024, 3, 10)),
        ("Orlesch", as_of(2024, 3, 10)),
        ("notary", as_of(2024, 3, 10)),
        ("Contract of advice", as_of(2024, 3, 10)),
        ("as on any morning", as_of(2024, 3, 10)),
    ] {
        let holds = |site: &Checked<Site>| {
            let pages = pages(site);
            let found = pages.iter().find(|(path, html)| path.contains(word) || html.contains(word));
            found.map(|(path, _)| path.clone())
        };
        assert!(holds(today()).is_some(), "{word} is not there today");
        let site = former.entry(options.as_of).or_insert_with(|| build_with(&sources, options));
        assert_eq!(holds(site), None, "{word} is there too early");
    }
}

/// A status without an actor says that something is so, and not who says it.
#[test]
fn every_status_has_an_actor() {
    for site in [today(), &build(&repository())] {
        let mut seen = 0;
        for (path, html) in pages(site) {
            // In a table of positions the actor heads the row; on the page of a party it is the party.
            let mut in_tables = 0;
            for row in html.split("<tr>").skip(1).map(|row| row.split("</tr>").next().unwrap()) {
                let positions = elements(row, "status").len();
                in_tables += positions;
                if positions > 0 && elements(row, "by").is_empty() {
                    let head = row.split("</th>").next().unwrap();
                    assert!(!words(head).is_empty(), "{path}: {row}");
                }
            }
            for status in elements(&html, "status") {
                seen += 1;
                match elements(status, "by").as_slice() {
                    [by] => {
                        let by = words(by);
                        assert!(
                            by.split(' ').count() > 1 && by.ends_with(char::is_alphanumeric)
                                || by.ends_with(')'),
                            "{path}: {by}"
                        );
                    }
                    [] if in_tables > 0 && status.contains("status nb") => {}
                    _ => panic!("{path}: {}", words(status)),
                }
            }
        }
        assert!(seen > 100, "{seen} statuses");
    }
}

/// A row says on how many origins it stands, and what nobody has read is marked in each place where a chain
/// is told.
#[test]
fn a_chain_says_how_many_origins_and_what_was_not_read() {
    let demonstration = build(&repository());
    for (site, unread) in
        [(today(), vec!["authority-minutes", "concession-1911"]), (&demonstration, vec!["itic-2023"])]
    {
        let (mut rows, mut marked) = (0, 0);
        for (path, html) in pages(site) {
            for row in elements(&html, "row") {
                rows += 1;
                let origins = elements(row, "origins");
                assert_eq!(origins.len(), 1, "{path}: {}", words(row));
                let said = words(origins[0]);
                let number: usize = said.split(' ').next().unwrap().parse().unwrap();
                assert!(number > 0 && said.contains("independent origin"), "{path}: {said}");
            }
            for key in &unread {
                let address = format!("sources/{key}.html");
                let is_own = path == address;
                let leads_there = |href: &str| resolve(&path, href.split('#').next().unwrap()) == address;
                // Behind the name, in sentences and in the list of sources.
                let told = ["attribution", "notes", "by"].iter().flat_map(|class| elements(&html, class));
                for told in told {
                    for (at, _) in told.match_indices("<a href=\"") {
                        let link = &told[at + 9..];
                        if leads_there(link.split('"').next().unwrap()) && !is_own {
                            let hop =
                                words(link.split(", citing").next().unwrap().split("<span").next().unwrap());
                            assert!(hop.contains("(not seen by us)"), "{path}: {}", words(told));
                            marked += 1;
                        }
                    }
                }
                // In the steps of a chain.
                for step in
                    html.split("<li").filter(|step| step.contains("<b>") && !step.contains("class=\"n\""))
                {
                    let step = step.split("</li>").next().unwrap();
                    let of_chain = !step.starts_with(" class=\"row") && !step.contains("class=\"status");
                    if of_chain && attributes(step, "href").into_iter().any(leads_there) && !is_own {
                        assert!(step.starts_with(" class=\"unseen\""), "{path}: {}", words(step));
                        assert!(words(step).contains("Not read by the editors"), "{path}: {}", words(step));
                        marked += 1;
                    }
                }
            }
            if html.contains("<li class=\"unseen\">") && path != "index.html" {
                let said = words(&html);
                assert!(
                    said.contains("Not seen by us: as cited by"),
                    "{path} does not say who has it from whom"
                );
                marked += 1;
            }
        }
        assert!(rows > 100 && marked > 20, "{rows} rows, {marked} marks");
    }
}

/// The same list of sources in each style: nothing cited is without its title.
#[test]
fn every_style_names_every_source() {
    let mut shown = String::new();
    for style in ["chicago-notes", "apa", "mla", "iso-690-numeric"] {
        let mut sources = harbour();
        let site_file = sources.get("site.toml").unwrap().text().unwrap().replace("chicago-notes", style);
        sources.insert("site.toml", site_file.into_bytes());
        let site = build(&sources);
        assert!(!dossier::has_errors(&site.diagnostics), "{style}: {}", text(&sources, &site));
        let linked = examined(&sources, Options::default()).linked;
        let titles: BTreeMap<String, String> = linked
            .dossier
            .sources
            .iter()
            .map(|source| (format!("sources/{}.html", source.key), source.data.title.clone()))
            .collect();
        let mut named = BTreeSet::new();
        for (path, html) in pages(&site) {
            for note in elements(&html, "notes").iter().flat_map(|list| list.split("<li").skip(1)) {
                let said = plain(&words(note));
                for href in attributes(note, "href").into_iter().filter(|href| !href.starts_with("http")) {
                    let address = resolve(&path, href.split('#').next().unwrap());
                    let Some(title) = titles.get(&address) else { continue };
                    assert!(
                        said.contains(&plain(title)),
                        "{style}, {path}: {title} is not in {}",
                        words(note)
                    );
                    named.insert(address);
                }
                for fault in [" ,", " .", "..", ",,", "( ", "()", ". ,", ",.", "‘’", "“”", "\u{E000}"]
                {
                    let note = words(note);
                    assert!(!note.contains(fault), "{style}, {path}: \"{fault}\" in {note}");
                }
            }
        }
        assert_eq!(named.len(), titles.len() - 1, "all but the one that nothing cites");
        let html = readable(&string(&site, "explainers/how-one-report-travelled.html"));
        let list = html.split("\nSources\n").nth(1).unwrap().split("\nThis page").next().unwrap();
        shown.push_str(&format!("==== {style}\n{list}\n"));
    }
    snapshot("harbour-styles", &shown);
}

/// A text without what a style may change: capitals and quotation marks.
fn plain(text: &str) -> String {
    let quotes = ['“', '”', '"', '‘', '’', '\''];
    text.to_lowercase()
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace(quotes, "")
        .trim_end_matches('.')
        .to_owned()
}

/// A reader of feeds that is not ours gets one entry for each correction that is shown, newest first.
#[test]
fn the_feed_is_read_by_another_program() {
    const READER: &str = "
import sys, xml.etree.ElementTree as tree
atom = '{http://www.w3.org/2005/Atom}'
feed = tree.parse(sys.stdin.buffer).getroot()
assert feed.tag == atom + 'feed', feed.tag
entries = feed.findall(atom + 'entry')
days = [entry.find(atom + 'updated').text for entry in entries]
assert days == sorted(days, reverse=True), days
assert feed.find(atom + 'updated').text == days[0], days
ids = [entry.find(atom + 'id').text for entry in entries]
assert len(set(ids)) == len(ids) and all(ids), ids
for entry in entries:
    assert entry.find(atom + 'title').text and entry.find(atom + 'content').text
    href = entry.find(atom + 'link').get('href')
    assert href.startswith('https://harbour.example/concession/corrections.html#r-'), href
    print(href.split('#r-')[1])
";
    let site = today();
    let feed = site.value.output.get("corrections.xml").unwrap();
    let read = run("python3", &["-c", READER], feed);
    let log = string(site, "corrections.html");
    let shown: Vec<&str> =
        attributes(&log, "id").into_iter().filter_map(|id| id.strip_prefix("r-")).collect();
    assert_eq!(read.lines().collect::<Vec<_>>(), shown);
    assert_eq!(shown.len(), 8);
}

fn examined(sources: &Sources, options: Options) -> Examined {
    match dossier::examine(sources, options, &mut Cache::default(), &|_, _, _| {}) {
        Ok(examined) => examined,
        Err(problem) => panic!("{problem:?}"),
    }
}

/// Where something stands, in words that stay the same while other files change.
fn place(sources: &Sources, span: Span) -> (String, usize) {
    (sources.path(span.file).to_owned(), sources.position(span).line)
}

/// A figure: its file and line, its words, and the records that it counts.
type Counted = ((String, usize), String, Vec<String>);

fn figures(sources: &Sources, linked: &Linked) -> Vec<Counted> {
    let dossier = &linked.dossier;
    let mut found = Vec::new();
    for id in dossier.all() {
        for piece in bodies(dossier, id).into_iter().flat_map(|body| &body.pieces) {
            let Piece::Figure(figure) = piece else { continue };
            let count = linked.figure(figure.span).unwrap();
            let name =
                |id: &dossier::model::dossier::Id| format!("{}/{}", id.kind.plural(), dossier.key(*id));
            found.push((
                place(sources, figure.span),
                figure.words.clone(),
                count.records.iter().map(name).collect(),
            ));
        }
    }
    found
}

/// The dossier without a meeting and its prose.
fn without_meeting(sources: &Sources, file: &str, key: &str) -> Sources {
    let mut sources = sources.clone();
    let text = sources.get(file).unwrap().text().unwrap().to_owned();
    let start = text.find(&format!("[{key}]\n")).unwrap();
    let end = text[start + 1..].find("\n[").map_or(text.len(), |at| start + 1 + at);
    sources.insert(file, format!("{}{}", &text[..start], &text[end..]).into_bytes());
    sources.remove(&format!("content/meetings/{key}.md"));
    sources
}

/// The figures that no longer agree once a meeting is taken out, where `counted` is what they counted with
/// it. Each names the records that are left.
fn missed(sources: &Sources, counted: &[Counted], file: &str, key: &str) -> Vec<Diagnostic> {
    let without = without_meeting(sources, file, key);
    let after = examined(&without, Options::default());
    let gone = format!("meetings/{key}");
    let mismatches: Vec<Diagnostic> =
        after.advice().into_iter().filter(|problem| problem.code.name == "figure-mismatch").collect();
    assert!(dossier::has_errors(&mismatches) || mismatches.is_empty());
    for problem in &mismatches {
        let at = place(&without, problem.span.unwrap());
        let own = counted
            .iter()
            .filter(|(place, words, _)| *place == at && problem.message.contains(&format!("\"{words}\"")));
        let left: Vec<String> = own
            .filter(|(_, _, records)| records.contains(&gone))
            .map(|(_, _, records)| {
                let left: Vec<&str> =
                    records.iter().filter(|record| **record != gone).map(String::as_str).collect();
                match left.is_empty() {
                    true => "no record was counted".to_owned(),
                    false => format!("counted: {}", left.join(", ")),
                }
            })
            .collect();
        let help = problem.help.clone().unwrap();
        let says = |own: &String| help == *own || help.starts_with(&format!("{own}; denied or retracted"));
        assert!(left.iter().any(says), "{key}, {at:?}: {help}, and not one of {left:?}");
    }
    mismatches
}

/// Taking out any of the meetings that a sentence counts fails at that sentence.
#[test]
fn a_figure_misses_each_meeting_that_it_counts() {
    let sources = harbour();
    let counted = figures(&sources, &examined(&sources, Options::default()).linked);
    for (file, key) in [
        ("content/meetings/report.toml", "minister-in-lajvarsar"),
        ("content/meetings/quay.toml", "morning-on-the-quay"),
        ("content/meetings/quay.toml", "three-days-of-talks"),
    ] {
        let missed = missed(&sources, &counted, file, key);
        let at_the_sentence = missed.iter().any(|problem| {
            let (path, _) = place(&sources, problem.span.unwrap());
            path == "content/explainers/the-shape-of-the-talks.md" && problem.message.contains("\"three\"")
        });
        assert!(at_the_sentence, "{key}: {missed:?}");
    }
}

/// No meeting of the demonstration can be lost unseen.
#[test]
fn every_meeting_of_the_demonstration_is_missed() {
    let sources = repository();
    let file = "content/meetings.toml";
    let text = sources.get(file).unwrap().text().unwrap().to_owned();
    let heads = text.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
    let keys: Vec<&str> = heads.collect();
    let linked = examined(&sources, Options::default()).linked;
    assert_eq!(keys.len(), linked.dossier.ids(Kind::Meeting).count());
    let counted = figures(&sources, &linked);
    for key in keys {
        assert!(!missed(&sources, &counted, file, key).is_empty(), "no sentence misses {key}");
    }
}

/// The words of the craft: who says what, and no more.
#[test]
fn its_words_are_neutral_and_its_chains_are_long() {
    let sources = harbour();
    for (path, html) in pages(today()) {
        let html = html.to_lowercase();
        for word in ["alleged", "admitted", "secret", "claims", "regime"] {
            assert!(!words(&html).contains(word), "{path} says {word}");
        }
    }
    let linked = examined(&sources, Options::default()).linked;
    let longest = linked
        .dossier
        .all()
        .flat_map(|id| linked.dossier.common(id).into_iter().flat_map(|common| &common.cite))
        .map(|citation| citation.hops.iter().filter(|hop| matches!(hop, Hop::Source { .. })).count())
        .max();
    assert_eq!(longest, Some(3));
}
