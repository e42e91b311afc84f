//! Random edits, one character at a time, in the files of the demonstration.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::client::{Client, offset, position, uri};

/// What somebody types: the notation of the project, the characters of TOML, and letters of all lengths.
const TYPED: [&str; 24] = [
    "[[",
    "]]",
    "[@",
    "]",
    "::timeline{",
    ":count[four]{meetings with=",
    "}",
    "[x-y]\n",
    "\n\n",
    "name = \"",
    "\"",
    "cite = [",
    "{ who = \"",
    ", ",
    "+++\n",
    "é",
    "€",
    "𝄞",
    "قاسم",
    "#",
    "=",
    "\\",
    "'''",
    "draft = true\n",
];

/// So many edits are typed in one file.
const EDITS: usize = 8;

#[test]
fn whatever_is_typed_ends_in_what_a_check_says() {
    let home = tempfile::tempdir().unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for top in ["site.toml", "content", "static", "templates"] {
        copy(&repository.join(top), &home.path().join(top));
    }
    let mut files = Vec::new();
    texts(&home.path().join("content"), &mut files);
    files.push(home.path().join("site.toml"));
    files.sort();
    assert!(files.len() > 5, "{files:?}");

    let seed = std::env::var("DOSSIER_LSP_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7_u8);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut pick = |most: usize| (0..most.max(1)).new_tree(&mut runner).unwrap().current();

    let mut client = Client::start(home.path());
    let mut waits = Vec::new();
    let mut typed = 0;
    for _ in 0..EDITS {
        let path = files[pick(files.len())].clone();
        let good = std::fs::read_to_string(&path).unwrap();
        let mut text = good.clone();
        client.open(&path, &text);
        client.diagnostics(&path);
        for _ in 0..4 {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut at = places[pick(places.len())];
            // Some characters go, and others come in their place.
            let gone: usize = text[at..].chars().take(pick(4)).map(char::len_utf8).sum();
            let range = json!({ "start": position(&text, at), "end": position(&text, at + gone) });
            client.change(&path, &json!([{ "range": range, "text": "" }]));
            text.replace_range(at..at + gone, "");
            for c in TYPED[pick(TYPED.len())].chars() {
                let place = position(&text, at);
                let range = json!({ "start": place, "end": place });
                client.change(&path, &json!([{ "range": range, "text": c.to_string() }]));
                text.insert(at, c);
                at += c.len_utf8();
                typed += 1;
                if typed % 4 > 0 {
                    continue;
                }
                for method in ["completion", "hover", "definition", "prepareRename"] {
                    let params =
                        json!({ "textDocument": { "uri": uri(&path) }, "position": position(&text, at) });
                    client.request(&format!("textDocument/{method}"), &params);
                }
                client.request(
                    "textDocument/documentSymbol",
                    &json!({ "textDocument": { "uri": uri(&path) } }),
                );
            }
        }
        // One more letter, for the time it takes.
        let end = position(&text, text.len());
        let started = Instant::now();
        client.change(&path, &json!([{ "range": { "start": end, "end": end }, "text": "\n" }]));
        let said = client.diagnostics(&path);
        waits.push(started.elapsed());
        text.push('\n');

        std::fs::write(&path, &text).unwrap();
        assert_eq!(
            told(&text, &said),
            checked(home.path(), &path),
            "seed {seed}: {}\n{text}",
            path.display()
        );
        std::fs::write(&path, &good).unwrap();
        client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri(&path) } }));
    }
    assert!(client.end());
    waits.sort();
    let median = waits[waits.len() / 2];
    println!(
        "{typed} characters typed, {} checks the same; from an edit to what is said of it {median:?}, at most {:?}",
        waits.len(),
        waits[waits.len() - 1]
    );
}

/// What the server says of a file: where, and in which words.
fn told(text: &str, diagnostics: &[Value]) -> Vec<String> {
    let column = |place: &Value| {
        let at = offset(text, place);
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        format!("{}:{}", text[..at].matches('\n').count() + 1, text[start..at].chars().count() + 1)
    };
    let line = |one: &Value| {
        let [start, end] = ["start", "end"].map(|side| column(&one["range"][side]));
        let message = one["message"].as_str().unwrap().split("\nhelp: ").next().unwrap().to_owned();
        format!("{start}-{end} {} {message}", one["code"].as_str().unwrap())
    };
    let mut said: Vec<String> = diagnostics.iter().map(line).collect();
    said.sort();
    said
}

/// What `dossier check` says of it.
fn checked(root: &Path, path: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["check", "--format", "json", "--root"])
        .arg(root)
        .output()
        .unwrap();
    let address = path.strip_prefix(root).unwrap().to_str().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = report["diagnostics"].as_array().unwrap().iter();
    let here = all.filter(|one| {
        let file = one["file"].as_str().unwrap_or("site.toml");
        Path::new(file).ends_with(address)
    });
    let line = |one: &Value| {
        let place = if one["file"].is_null() {
            "1:1-1:1".to_owned()
        } else {
            format!("{}:{}-{}:{}", one["line"], one["column"], one["end_line"], one["end_column"])
        };
        format!("{place} {} {}", one["code"].as_str().unwrap(), one["message"].as_str().unwrap())
    };
    let mut said: Vec<String> = here.map(line).collect();
    said.sort();
    said
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
        return;
    }
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "md") {
            found.push(path);
        }
    }
}
