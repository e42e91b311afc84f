//! How long an author waits for an edit, in a real Chromium: `cargo bench --bench preview`.
//!
//! From the save of a file to the changed text on the screen, what the system needs to tell of the change included:
//! median and 95th percentile of fifty edits of each kind, on the demonstration and on a large dossier. Beside them
//! stands what the same machine needs to show a text that is put into an open page by hand, as the floor.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "a measurement touches the world, says what it found, and fails by panicking"
)]

mod browser;
mod corpus;
#[path = "../tests/it/serving.rs"]
mod serving;

use browser::chromium::{Chromium, Tab};
use browser::edits::{self, Kind};
use dossier::source::Sources;
use serving::Serving;

/// Edits of each kind.
const TIMES: usize = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let Some(browser) = Chromium::start().await else { return };
    let tab = browser.tab().await;
    println!("dossier        kind       median    95th percentile");
    floor(&tab).await;
    let demonstration = edits::demonstration();
    measure(&tab, "demonstration", &demonstration, &edits::of_demonstration(&demonstration)).await;
    let large = edits::with_own_sheet(corpus::corpus(10_000));
    let people = large.get("content/people.toml").and_then(|file| file.text().ok()).unwrap_or("").to_owned();
    let key = people.split(['[', ']']).nth(1).unwrap_or("").to_owned();
    let page: &'static str = Box::leak(format!("people/{key}.html").into_boxed_str());
    let kinds = edits::kinds(&large, page, ("content/people.toml", people, "summary = \""));
    measure(&tab, "10,000 records", &large, &kinds).await;
    browser.close().await;
}

async fn measure(tab: &Tab, name: &str, files: &Sources, kinds: &[Kind]) {
    let serving = Serving::start(files, &[]);
    for kind in kinds {
        let (median, p95) = edits::measure(tab, &serving, kind, TIMES).await;
        println!("{name:14} {:9} {median:6.1} ms {p95:6.1} ms", kind.name);
    }
}

/// A text that is there as soon as it is asked for.
async fn floor(tab: &Tab) {
    tab.open("data:text/html,<body>").await;
    let mut taken: Vec<f64> = Vec::new();
    for n in 0..TIMES {
        let script = format!("setTimeout(() => document.body.append('edit {n} of'), 0); 0");
        let before = edits::now();
        tab.run(&script).await;
        let seen = edits::holds(tab, &format!("document.body.textContent.includes('edit {n} of')")).await;
        taken.push(seen - before);
    }
    let (median, p95) = edits::percentiles(taken);
    println!("{:14} {:9} {median:6.1} ms {p95:6.1} ms", "(floor)", "text");
}
