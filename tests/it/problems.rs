//! For every diagnostic code the smallest dossier that causes it, and the report as text.
//!
//! A folder `problems/<code>` or `problems/<code>--<case>` is a dossier; `report.snap` in it is what
//! the build says of it, warnings and notes of the same dossier included. What git or a file system
//! cannot hold is made in a temporary folder by [`made_here`]. After a change on purpose, run
//! `INSTA_UPDATE=always cargo test --test it problems` and read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dossier::cache::Cache;
use dossier::diag::{Diagnostic, Severity};
use dossier::model::date::Day;
use dossier::report::{Format, report};
use dossier::source::Sources;
use dossier::web::{self, Outcome};

/// The folders of all cases, by name.
fn cases() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/problems");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<(String, PathBuf)> = entries
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    cases.sort();
    cases
}

/// The code that a case is about.
fn code(case: &str) -> &str {
    case.split_once("--").map_or(case, |(code, _)| code)
}

/// The files of a case, and all that is said about them.
fn run(case: &str, folder: &Path) -> (Sources, Vec<Diagnostic>) {
    let made = made_here(case, folder);
    let folder = made.as_ref().map_or(folder, tempfile::TempDir::path);
    let read = dossier::disk::read::read(folder);
    let theme = dossier::theme::theme();
    // Only a former state has corrections to undo.
    let former = ["correction-not-undone", "sentence-of-later-sources"].contains(&code(case));
    let as_of = former.then(|| Day::new(2024, 1, 15).unwrap());
    let options = dossier::Options { as_of, ..dossier::Options::default() };
    let site = dossier::build(&read.value, &theme, options, &mut Cache::default(), &|_, _, _| {});
    let mut found: Vec<Diagnostic> = read.diagnostics.into_iter().chain(site.diagnostics).collect();
    found.extend(dossier::disk::waiting::problem(folder));
    // Whether the output can be written shows only in the attempt.
    if code(case) == "output-folder" {
        let foreign = tempfile::tempdir().unwrap();
        fs::write(foreign.path().join("letter.txt"), "mine").unwrap();
        let refused = dossier::disk::write::apply(&site.value.output, foreign.path()).unwrap_err();
        let here = foreign.path().display().to_string();
        let mut problem = refused.diagnostic();
        problem.message = problem.message.replace(&here, "site");
        problem.help = problem.help.map(|help| help.replace(&here, "site"));
        found.push(problem);
    }
    if code(case) == "unreadable-import" {
        let theme = dossier::theme::theme();
        let format = dossier::import::named("json").unwrap();
        // The file stands among those of the dossier, so that the report can name its place.
        let mut file = read.value.clone();
        let others = read.value.iter().map(|file| &file.path).filter(|path| !path.ends_with("import.json"));
        others.for_each(|path| drop(file.remove(path)));
        match dossier::import(format, &file, &Sources::default(), &theme, &Default::default()) {
            Err(dossier::NotImported::Unreadable(problems)) => found.extend(problems),
            _ => panic!("it was read"),
        }
    }
    found.extend(dossier::copies::verify(&site.value.copies, &read.value).1);
    if code(case) == "link-cache" {
        found.push(web::cache_problem(".dossier/links.json is not used: expected value at line 1 column 1"));
    } else if code(case) == "image-cache" {
        let message = "pictures cannot be kept in .dossier/images: Permission denied";
        found.push(dossier::pictures::cache_problem(message));
    } else if web::problems::ALL.iter().any(|known| known.name == code(case)) {
        let addresses = &site.value.addresses;
        found.extend(addresses.iter().filter_map(|address| web::problem(address, &outcome(&address.url))));
    }
    (read.value, found)
}

/// What came of asking for an address: here nobody is asked, and tests/it/links.rs asks real servers.
fn outcome(url: &str) -> Outcome {
    let refused = |status| Outcome::Refused { status, wait: None, at: None };
    let moved = |to: &str| Outcome::Moved { status: 301, to: to.to_owned() };
    let silent = |why: &str| Outcome::Silent { why: why.to_owned(), at: None };
    match url {
        "https://herald.example/gone#p4" => refused(404),
        "https://archive.example/removed" => refused(410),
        "https://ada.example/leads-to-nothing" => {
            Outcome::Refused { status: 404, wait: None, at: Some("https://ada.example/404".to_owned()) }
        }
        "http://herald.example/boat#p4" => moved("https://www.herald.example/2023/boat"),
        "https://archive.example/boat" => moved("https://archive.example/2/boat"),
        "https://gazette.example/boat" => moved("https://gazette.example/"),
        "https://no-such-herald.example/" => silent("no server is known by the name no-such-herald.example"),
        "https://gazette.example/moved-to-bad-certificate" => Outcome::Silent {
            why: "its certificate is not valid: it expired on 2024-02-01".to_owned(),
            at: Some("https://old.gazette.example/boat".to_owned()),
        },
        "https://herald.example/for-subscribers" => refused(403),
        "https://gazette.example/out-of-order" => refused(503),
        "https://register.example/full" => {
            Outcome::Refused { status: 429, wait: Some(Duration::from_secs(3600)), at: None }
        }
        "https://lantern.example/in-circles" => Outcome::Unsure {
            severity: Severity::Warning,
            why: "its redirects go in a circle, by https://lantern.example/login".to_owned(),
        },
        _ => panic!("nobody says what {url} answers"),
    }
}

/// A copy of the dossier in `folder` with what cannot be kept in the repository, for those cases
/// that need it.
fn made_here(case: &str, folder: &Path) -> Option<tempfile::TempDir> {
    let make: fn(&Path) = match code(case) {
        "foreign-link" => foreign_links,
        "invalid-file-name" => invalid_names,
        "long-line" => long_lines,
        "unfinished-change" => files_that_wait,
        "unreadable-file" => unreadable_files,
        _ => return None,
    };
    let copy = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let to = copy.path().join(entry.path().strip_prefix(folder).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    fs::create_dir_all(copy.path().join("content/people")).unwrap();
    make(copy.path());
    Some(copy)
}

/// Files of an import that was stopped.
fn files_that_wait(root: &Path) {
    fs::create_dir_all(root.join(dossier::disk::waiting::FOLDER)).unwrap();
    fs::write(root.join(dossier::disk::waiting::FOLDER).join(dossier::disk::waiting::ALL_THERE), "").unwrap();
}

/// Out of the dossier, to a folder, to nothing, and, without fault, to a file of the dossier.
fn foreign_links(root: &Path) {
    let link = |target: &str, name: &str| std::os::unix::fs::symlink(target, root.join(name)).unwrap();
    link("/dev/null", "content/people.toml");
    link("people", "content/persons");
    link("nowhere.md", "content/about.md");
    link("index.md", "content/fine.md");
    link("/", "static");
}

fn invalid_names(root: &Path) {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"two\nlines.md"[..], b"back\\slash.md", b"latin-\xE9.md"] {
        fs::write(root.join("content").join(OsStr::from_bytes(name)), "# A page\n").unwrap();
    }
}

fn long_lines(root: &Path) {
    let picture = "iVBORw0KGgo".repeat(30_000);
    fs::write(root.join("content/about.md"), format!("# About\n\n![a picture](data:{picture})\n")).unwrap();
}

/// Things that are no plain files. Permissions would not do: root may read everything.
fn unreadable_files(root: &Path) {
    let _socket = std::os::unix::net::UnixListener::bind(root.join("content/people/ada-berg.md")).unwrap();
}

#[test]
fn every_code_has_a_dossier_that_causes_it() {
    let cases = cases();
    let held: BTreeSet<&str> = cases.iter().map(|(case, _)| code(case)).collect();
    let codes: BTreeSet<&str> = dossier::codes::all().iter().map(|code| code.name).collect();
    let missing: Vec<_> = codes.difference(&held).collect();
    let foreign: Vec<_> = held.difference(&codes).collect();
    assert!(missing.is_empty(), "make a folder in tests/it/problems for {missing:?}");
    assert!(foreign.is_empty(), "no code is named {foreign:?}");
}

#[test]
fn every_report_is_the_one_that_is_held() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let (mut silent, mut changed) = (Vec::new(), Vec::new());
    for (case, folder) in cases() {
        let (sources, diagnostics) = run(&case, &folder);
        if !diagnostics.iter().any(|problem| problem.code.name == code(&case)) {
            silent.push(case.clone());
        }
        let text = report(&diagnostics, &sources, Format::Text { colour: false }, "");
        settings.set_snapshot_path(&folder);
        let compare = || settings.bind(|| insta::assert_snapshot!("report", text));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err() {
            changed.push(case);
        }
    }
    assert!(silent.is_empty(), "dossiers that do not cause their problem: {silent:?}");
    assert!(changed.is_empty(), "other reports than those held: {changed:?}");
}

#[test]
fn every_place_stands_in_its_file() {
    for (case, folder) in cases() {
        let (sources, diagnostics) = run(&case, &folder);
        for problem in diagnostics {
            for span in problem.span.into_iter().chain(problem.labels.iter().map(|(span, _)| *span)) {
                let text = sources.text(span.file);
                // A file that is not UTF-8 has no text to stand in.
                assert!(
                    text.is_empty() || text.get(span.range()).is_some(),
                    "{case}: {:?} is no place in a text of {} bytes: {problem:?}",
                    span.range(),
                    text.len()
                );
            }
        }
    }
}
