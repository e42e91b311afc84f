//! The guide in `docs/guide` and README.md do what they say: every command is run by the real program, every file is
//! written, and what is printed is what the page shows. How a page says so is in `page.rs`. After a change on purpose,
//! `INSTA_UPDATE=always cargo test --test it walkthrough` puts what is really printed into the pages.

mod page;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dossier::source::Sources;

use crate::demonstration::all_links_lead_somewhere;
use crate::support::{build, readable, string, text};
use page::mentioned;
use reader::{Reader, is_printed, is_to_update};

/// Commands that no test runs: the page, the command, and why.
const NOT_RUN: &[(&str, &str, &str)] = &[
    ("docs/guide/content/how-to/copies.md", "dossier check --links", "needs the network; `links` tests it"),
    (
        "docs/guide/content/how-to/publish.md",
        "dossier publish \"git:origin#gh-pages\"",
        "needs a repository elsewhere; `publish::git` tests it",
    ),
    ("README.md", "cargo run -- build", "compiles the program and writes into the repository"),
    ("README.md", "tests/run", "runs this test"),
    (
        "README.md",
        "cargo install --path .",
        "installs into the home of the user; the program is here already",
    ),
    ("README.md", "cargo run -- check", "`demonstration` does it"),
    ("README.md", "tests/screenshots", "takes minutes, and makes no judgement"),
    ("README.md", "benches/compare", "measures, and fetches other programs"),
    ("README.md", "benches/instructions", "needs valgrind"),
    ("README.md", "cargo deny check", "needs the network; `tests/run` does it"),
    ("README.md", ".ci/release", "compiles for minutes"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> PathBuf {
    root().join("docs/guide")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of a part of the guide, by their paths.
fn pages_in(folder: &str) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(guide().join("content").join(folder))
        .unwrap()
        .map(|entry| format!("docs/guide/content/{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    found.sort();
    assert!(found.len() > 15, "{found:?}");
    found
}

/// Those that tell how something is done.
fn how_tos() -> Vec<String> {
    pages_in("how-to")
}

/// Those that explain the rules.
fn manual() -> Vec<String> {
    pages_in("manual")
}

const TUTORIAL: &str = "docs/guide/content/tutorial.md";

/// Follows a page, and says what it should show where it does not.
fn follow(reader: &mut Reader, path: &str) -> Option<String> {
    let text = read(path);
    let told = reader.follow(path, &text, NOT_RUN);
    if told == text {
        return None;
    }
    if is_to_update() {
        fs::write(root().join(path), told).unwrap();
        return None;
    }
    Some(reader.differences.join("\n"))
}

/// Who has done the tutorial; its folder stays for as long as the tests run.
fn tutorial() -> &'static Reader {
    static DONE: OnceLock<Reader> = OnceLock::new();
    DONE.get_or_init(|| {
        let mut reader = Reader::new();
        let wrong = follow(&mut reader, TUTORIAL);
        assert_eq!(wrong, None, "{}", wrong.as_deref().unwrap_or_default());
        reader
    })
}

#[test]
fn the_tutorial_ends_with_the_dossier_that_it_promises() {
    let reader = tutorial();
    let (is_well, report) = reader.run("dossier check --strict");
    assert!(is_well && !report.contains("note["), "{report}");
    for (kind, count) in [("people", 3), ("groups", 2), ("meetings", 2), ("sources", 2)] {
        let text = fs::read_to_string(reader.folder().join(format!("content/{kind}.toml"))).unwrap();
        assert_eq!(text.lines().filter(|line| line.starts_with('[')).count(), count, "{kind}");
    }
    println!("{TUTORIAL}: {} commands", reader.ran);
    assert!(reader.ran > 15, "only {} commands were run", reader.ran);
}

/// Each page begins where the tutorial ends, and leaves a dossier that nothing is wrong with.
#[test]
fn every_how_to_does_what_it_says() {
    let done = tutorial();
    let pages = how_tos();
    let (one, other) = pages.split_at(pages.len() / 2);
    let follow_all = |pages: &[String]| -> Vec<String> {
        let mut wrong = Vec::new();
        for page in pages {
            let mut reader = Reader::with(done.folder());
            wrong.extend(follow(&mut reader, page));
            assert!(reader.ran > 0, "{page} has no command");
            let (is_well, report) = reader.run("dossier check --strict");
            if !is_well {
                wrong.push(format!("{page} leaves a dossier that is not in order:\n{report}"));
            }
            println!("{page}: {} commands", reader.ran);
        }
        wrong
    };
    let wrong = std::thread::scope(|scope| {
        let beside = scope.spawn(|| follow_all(one));
        let mut wrong = follow_all(other);
        wrong.extend(beside.join().unwrap());
        wrong
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each begins where the tutorial ends. Its examples are read by what reads such text.
#[test]
fn the_manual_can_be_run_and_read() {
    let done = tutorial();
    let mut count = (0, 0);
    for page in manual() {
        let mut reader = Reader::with(done.folder());
        for (language, line, text) in page::fenced(&read(&page)) {
            let place = format!("{page}:{line}");
            match language.as_str() {
                "sh" => reader.run_commands(&place, &text),
                "toml" => {
                    toml::from_str::<toml::Table>(&text).unwrap_or_else(|error| panic!("{place}: {error}"));
                    count.1 += 1;
                }
                "json" => {
                    serde_json::from_str::<serde_json::Value>(&text)
                        .unwrap_or_else(|error| panic!("{place}: {error}"));
                    count.1 += 1;
                }
                // `look` builds with these.
                "html" | "css" => assert!(page.ends_with("/theme.md"), "{place}"),
                "markdown" | "text" | "lua" => {}
                other => panic!("{place}: what reads `{other}`?"),
            }
        }
        count.0 += reader.ran;
    }
    println!("{} commands run, {} examples read", count.0, count.1);
    assert!(count.0 > 5 && count.1 > 10, "{count:?}");
}

#[test]
fn readme_does_what_it_says() {
    let mut reader = Reader::new();
    let wrong = follow(&mut reader, "README.md");
    assert_eq!(wrong, None, "{}", wrong.as_deref().unwrap_or_default());
    let (is_well, report) = reader.run("dossier build");
    assert!(is_well, "{report}");
    // What it says that readers see, of the record and of each change of the look.
    let page = |path: &str| fs::read_to_string(reader.folder().join("public").join(path)).unwrap();
    let record = readable(&page("meetings/quay-talks.html"));
    // Without the addresses of links.
    let record: String =
        record.split('‹').map(|part| part.split_once('›').map_or(part, |(_, rest)| rest)).collect();
    for words in
        ["April 2022", "Day not reported", "According to The Aldersund Lantern, citing unnamed officials"]
    {
        assert!(record.contains(words) && read("README.md").contains(words), "{words}\n{record}");
    }
    let person = page("people/nadim-tirzawan.html");
    for text in ["<span>Who</span>", "Named here means named in a source, and no more.", "../own.css"] {
        assert!(person.contains(text), "{text}");
    }
}

#[test]
fn links_of_readme_lead_to_files() {
    let text = read("README.md");
    let links = text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap());
    let links: Vec<&str> = links.filter(|link| !link.is_empty() && !link.starts_with("http")).collect();
    assert!(links.len() > 10, "{links:?}");
    for link in links {
        assert!(root().join(link).exists(), "README.md: {link}");
    }
}

#[test]
fn what_is_not_run_is_there_and_has_a_reason() {
    for (page, command, reason) in NOT_RUN {
        let blocks = page::blocks(page, &read(page));
        let runs = blocks.iter().filter(|block| block.step == page::Step::Run);
        let commands: Vec<String> = runs.flat_map(|block| page::commands(&block.text)).collect();
        assert!(commands.iter().any(|found| found == command), "{page} has no `{command}`");
        assert!(!reason.is_empty());
    }
}

/// Every command and option that is named within the text of a page.
#[test]
fn commands_in_the_text_are_there() {
    let reader = Reader::new();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut count = 0;
    let pages = how_tos().into_iter().chain(manual());
    for path in pages.chain([TUTORIAL.to_owned(), "README.md".to_owned()]) {
        for words in mentioned(&read(&path)) {
            let command = words[0].trim_end_matches(',').to_owned();
            let help = helps.entry(command.clone()).or_insert_with(|| {
                let (is_well, help) = reader.run(&format!("dossier {command} --help"));
                assert!(is_well, "{path}: there is no `dossier {command}`");
                help
            });
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split(['=', ',']).next().unwrap();
                assert!(help.contains(option), "{path}: `dossier {command}` has no {option}");
            }
            count += 1;
        }
    }
    assert!(count > 30, "only {count} commands were found");
}

/// The commands in the text of the README that are not run as they stand, and why.
const NAMED_ONLY: &[(&str, &str)] = &[
    ("serve", "runs until it is stopped; `serve` tests it, and the tutorial"),
    ("lsp", "waits for an editor; `lsp` tests it"),
    ("check --links", "needs the network; `links` tests it"),
];

/// Every command in the text of the README, in the dossier that `dossier new` makes, which its names are from.
#[test]
fn commands_in_the_text_of_the_readme_are_run() {
    let reader = Reader::new();
    let run = |command: &str| {
        let (is_well, told) = reader.run(command);
        assert!(is_well, "{command}: {told}");
    };
    run("dossier new mine");
    let article = "By Ada Berg\n\nJon Vik met Mira Holt in Lund on 3 May 2022.\n\nIt was late.\n";
    fs::write(reader.folder().join("mine/article.txt"), article).unwrap();
    fs::write(reader.folder().join("mine/people.csv"), "name\nOtto Falk\n").unwrap();
    let stand_for = [
        ("OLD NEW", "danae-pelagoru danae-p"),
        ("FILE --into DIR", "people.csv --into ../imported --kind people"),
        ("DIR --from article.txt", "../drafted --from article.txt"),
        ("DIR", "../pages"),
    ];
    let mut count = 0;
    // What renames comes last: others name what it renames.
    let mut commands: Vec<String> =
        mentioned(&read("README.md")).iter().map(|words| words.join(" ")).collect();
    commands.sort_by_key(|command| command.starts_with("rename"));
    for command in commands {
        if NAMED_ONLY.iter().any(|(named, _)| command.starts_with(named)) {
            continue;
        }
        let replaced = stand_for.iter().find(|(word, _)| command.contains(word));
        let command = replaced.map_or(command.clone(), |(word, real)| command.replace(word, real));
        run(&format!("cd mine && dossier {command}"));
        count += 1;
    }
    assert!(count > 15, "only {count} commands were found");
}

fn guide_sources() -> Sources {
    let read = dossier::disk::read::read(&guide());
    assert_eq!(read.diagnostics, Vec::new());
    read.value
}

#[test]
fn nothing_is_wrong_with_the_guide() {
    let sources = guide_sources();
    let site = build(&sources);
    assert_eq!(text(&sources, &site), "");
}

#[test]
fn every_page_of_the_guide_is_reached_and_every_link_leads_on() {
    let site = build(&guide_sources());
    let links = all_links_lead_somewhere(&site);
    println!("{links} links");
    // Not only from the list of all articles: another page says when a reader would want this one.
    let mut named = BTreeSet::new();
    for (path, _) in site.value.output.iter().filter(|(path, _)| path.ends_with(".html")) {
        if path != "explainers.html" && path != "search.html" {
            let html = string(&site, path);
            let main = html.split_once("<main").map_or("", |(_, main)| main);
            for address in crate::demonstration::attributes(main, "href") {
                if !address.starts_with("http") {
                    let address = address.split('#').next().unwrap();
                    named.insert(crate::demonstration::resolve(path, address));
                }
            }
        }
    }
    for page in how_tos().into_iter().chain(manual()) {
        let page = page.strip_prefix("docs/guide/content/").unwrap().replace(".md", ".html");
        assert!(named.contains(&page), "no page leads to {page}");
    }
    assert!(named.contains("tutorial.html"));
}

/// The records of the guide are those that whoever follows its tutorial has in the end.
#[test]
fn the_guide_holds_what_the_tutorial_makes() {
    let made = tutorial().folder().join("content");
    let mut count = 0;
    for entry in walkdir::WalkDir::new(&made).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&made).unwrap().to_str().unwrap();
        if entry.file_type().is_dir() || path == "index.md" {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let held = guide().join("content").join(path);
        if is_to_update() {
            fs::create_dir_all(held.parent().unwrap()).unwrap();
            fs::write(&held, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&held).ok(), Some(text), "docs/guide/content/{path}");
        count += 1;
    }
    assert!(count >= 6, "only {count} files");
}

#[test]
fn what_is_printed_is_told_from_what_is_not() {
    assert!(is_printed("36 pages, 0.94 s\n", "37 pages, 1.02 s\n"));
    assert!(is_printed("one\n…\nfour\n", "one\ntwo\nthree\nfour\n"));
    assert!(is_printed("…\nfour\n", "one\nfour\n"));
    assert!(is_printed("one\n…\n", "one\nfour\n"));
    assert!(!is_printed("one\n", "one\ntwo\n"));
    assert!(!is_printed("one\n…\nthree\n", "one\ntwo\n"));
    assert!(!is_printed("error[a]: it\n", "error[b]: it\n"));
}
