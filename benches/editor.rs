//! How long an author waits for their editor, with the real program as its server: `cargo bench --bench editor`.
//!
//! Half a minute of typing into one file of a large dossier: from a letter to what is wrong with the text that has it,
//! and from a request to what can stand at a place; median and 95th percentile. Beside them stands how long the first
//! reading of the dossier takes, once for each session.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "a measurement touches the world, says what it found, and fails by panicking"
)]

#[path = "../tests/it/lsp/client.rs"]
mod client;
mod corpus;

use std::time::{Duration, Instant};

use client::{Client, position, uri};
use serde_json::json;

/// Letters that are typed, and places that are asked about.
const TIMES: usize = 50;

fn main() {
    println!(
        "records   first reading    a letter: median, 95th percentile    completion: median, 95th percentile"
    );
    for records in [500, 5_000] {
        measure(records);
    }
}

fn measure(records: usize) {
    let folder = tempfile::TempDir::new().unwrap();
    for file in corpus::corpus(records).iter() {
        let path = folder.path().join(&*file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
    }
    let mut files: Vec<_> =
        walkdir::WalkDir::new(folder.path().join("content")).into_iter().map(Result::unwrap).collect();
    files.retain(|file| file.path().to_str().unwrap().contains("people") && file.file_type().is_file());
    let path = files[0].path();
    let mut text = std::fs::read_to_string(path).unwrap();

    let start = Instant::now();
    let mut client = Client::start(folder.path());
    client.open(path, &text);
    client.diagnostics(path);
    let first = start.elapsed();

    let (mut letters, mut completions) = (Vec::new(), Vec::new());
    let mark = "name = \"";
    for n in 0..TIMES {
        let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at + mark.len()).collect();
        let place = position(&text, places[n % places.len()]);
        let start = Instant::now();
        client.change(path, &json!([{ "range": { "start": place, "end": place }, "text": "A" }]));
        client.diagnostics(path);
        letters.push(start.elapsed());
        text.insert(places[n % places.len()], 'A');

        let at = text.match_indices("of = \"").map(|(at, found)| at + found.len()).nth(n);
        let place = position(&text, at.unwrap_or(0));
        let start = Instant::now();
        let params = json!({ "textDocument": { "uri": uri(path) }, "position": place });
        client.request("textDocument/completion", &params);
        completions.push(start.elapsed());
    }
    assert!(client.end());
    let (letter, completion) = (percentiles(letters), percentiles(completions));
    println!(
        "{records:7}   {:10.0} ms    {:14.1} ms {:14.1} ms    {:18.1} ms {:14.1} ms",
        millis(first),
        letter.0,
        letter.1,
        completion.0,
        completion.1
    );
}

/// The median and the 95th percentile, in milliseconds.
fn percentiles(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    (millis(times[times.len() / 2]), millis(times[times.len() * 95 / 100]))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
