//! The schemas that editors of TOML are given, held against what the program reads by validators that others wrote.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use dossier::cache::Cache;
use dossier::diag::Diagnostic;
use dossier::disk::read::read;
use dossier::schema::{File, Names, of_file};
use dossier::source::Sources;
use dossier::{Options, check, export, has_errors};
use serde_json::{Value, json};

use crate::cli::Folder;
use crate::exports::reader;

/// A dossier with its name.
type Named = (String, Sources);

/// The file that a path is, if there is a schema for it.
fn file_of(path: &str) -> Option<File> {
    let own = path.strip_prefix("content/").unwrap_or("");
    File::all().find(|file| match file {
        File::Site => path == "site.toml",
        File::Records(kind) => own.ends_with(".toml") && own.split(['/', '.']).next() == Some(kind.plural()),
    })
}

/// What the schemas refuse of the files of dossiers, each line with the dossier, the file and why.
fn refused(dossiers: &[Named]) -> Vec<String> {
    let names = Names { lints: &check::names(), formats: &export::names() };
    let schemas: serde_json::Map<String, Value> =
        File::all().map(|file| (file.name().to_owned(), of_file(file, names))).collect();
    let mut files = Vec::new();
    for (name, sources) in dossiers {
        for file in sources.iter() {
            let Some(of) = file_of(&file.path) else { continue };
            let Some(value) = file.text().ok().and_then(|text| toml::from_str::<toml::Table>(text).ok())
            else {
                continue;
            };
            files.push(
                json!({ "path": format!("{name}/{}", file.path), "schema": of.name(), "value": value }),
            );
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/schemas.py");
    let mut python = Command::new(reader("python"))
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let given = json!({ "schemas": schemas, "files": files }).to_string();
    python.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
    let done = python.wait_with_output().unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// What is wrong with a dossier, but for its pages.
fn errors(sources: &Sources) -> Vec<Diagnostic> {
    match dossier::examine(sources, Options::default(), &mut Cache::default(), &|_, _, _| {}) {
        Ok(examined) => [examined.advice(), examined.diagnostics].concat(),
        Err(problem) => vec![*problem],
    }
}

/// Every small dossier of the tests that the program takes, the fictional ones and the demonstration.
fn dossiers() -> (Vec<Named>, Vec<Named>) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let mut folders: Vec<_> =
        std::fs::read_dir(tests.join("problems")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.extend([
        tests.join("sites/harbour"),
        Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf(),
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter"),
    ]);
    folders.sort();
    let read = folders
        .iter()
        .map(|folder| (folder.file_name().unwrap().to_str().unwrap().to_owned(), read(folder).value));
    read.filter(|(_, sources)| sources.get("site.toml").is_some())
        .partition(|(_, sources)| !has_errors(&errors(sources)))
}

/// An editor marks nothing that the program takes.
#[test]
fn what_the_program_takes_the_schemas_take() {
    let (taken, _) = dossiers();
    let refused = refused(&taken);
    println!("{} dossiers without errors, {} places refused", taken.len(), refused.len());
    assert!(taken.len() > 50, "{}", taken.len());
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// What a file alone shows to be wrong an editor marks; what only the dossier as a whole shows is for `check`.
#[test]
fn what_is_wrong_in_a_file_alone_is_marked() {
    let (_, with_errors) = dossiers();
    let refused = refused(&with_errors);
    let marked: BTreeSet<&str> = refused.iter().filter_map(|line| line.split('/').next()).collect();
    for code in ["unknown-field", "missing-field", "wrong-type", "unknown-value", "invalid-url"] {
        assert!(marked.contains(code), "{code} is not marked: {marked:?}");
    }
    println!("{} of {} dossiers with errors marked", marked.len(), with_errors.len());
}

/// A new dossier is wired: the editor's own program finds the schemas, and nothing wrong; then what is wrong.
#[test]
fn an_editor_finds_the_schemas_of_a_new_dossier() {
    let folder = Folder::new();
    folder.run(&["new", "mine"]).succeeds();
    let taplo = || {
        let done =
            Command::new(reader("taplo")).arg("check").current_dir(folder.path("mine")).output().unwrap();
        (done.status.success(), String::from_utf8(done.stderr).unwrap())
    };
    let (is_fine, said) = taplo();
    assert!(is_fine && said.contains("found files"), "{said}");
    for (path, text, word) in [
        ("mine/content/people.toml", "\n[jo-vik]\nname = \"Jo Vik\"\nborm = \"1961\"\n", "borm"),
        ("mine/content/people.toml", "\n[jo-vik]\nborn = \"1961\"\n", "\"name\" is a required property"),
        (
            "mine/content/groups.toml",
            "\n[a-group]\nname = \"A\"\ntype = \"stat\"\n",
            "\"stat\" is not one of",
        ),
        ("mine/content/meetings.toml", "\n[Talks]\ndate = \"2023\"\nparticipants = []\n", "Talks"),
        ("mine/site.toml", "no-such-lint = \"off\"\n", "no-such-lint"),
    ] {
        let before = folder.read(path);
        folder.write(path, &format!("{before}{text}"));
        let (is_fine, said) = taplo();
        assert!(!is_fine && said.contains(word), "{word}: {said}");
        folder.write(path, &before);
    }
    assert!(taplo().0);
}

#[test]
fn schemas_are_written_again_and_the_rules_of_the_author_stay() {
    let folder = Folder::with(&[(".taplo.toml", "# mine\n")]);
    let done = folder.run(&["schema", "--write"]).succeeds();
    assert!(
        done.out().contains("Wrote 10 files.") && done.out().contains("was there already"),
        "{}",
        done.out()
    );
    assert_eq!(folder.read(".taplo.toml"), "# mine\n");
    assert_eq!(
        folder.read(".schemas/people.schema.json"),
        folder.run(&["schema", "people"]).succeeds().out()
    );
    let again = folder.run(&["schema", "--write"]).succeeds();
    assert!(again.out().contains("All schemas are as they should be."), "{}", again.out());
    // They are no part of the site.
    folder.run(&["build"]).succeeds();
    assert!(!folder.path("public/.schemas").exists());

    let unknown = folder.run(&["schema", "peple"]);
    assert!(unknown.code() == 2 && unknown.err().contains("did you mean `people`?"), "{}", unknown.err());
    let listed = folder.run(&["schema"]).succeeds().out();
    assert_eq!(listed.lines().count(), File::all().count(), "{listed}");
}
