//! How long an author waits for an edit, in a real Chromium: `cargo bench --bench preview`.
//!
//! From the save of a file to the changed text on the screen, what the system needs to tell of the change included:
//! median and 95th percentile of fifty edits of each kind, on the demonstration and on a large dossier. Beside them
//! stands what the same machine needs to show a text that is put into an open page by hand, as the floor. In the end it
//! fails, and says where an author has to wait longer than promised.

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

use std::process::ExitCode;

use browser::chromium::{Chromium, Tab};
use browser::edits::{self, Kind};
use dossier::source::Sources;
use serving::Serving;

/// Edits of each kind.
const TIMES: usize = 50;

/// How long an author waits at most, in milliseconds: half of the times, and nineteen times in twenty.
struct Bound {
    median: f64,
    p95: Option<f64>,
}

const DEMONSTRATION: Bound = Bound { median: 60.0, p95: Some(120.0) };
const LARGE: Bound = Bound { median: 60.0, p95: Some(150.0) };

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(browser) = Chromium::start().await else { return ExitCode::FAILURE };
    let tab = browser.tab().await;
    println!("dossier        kind       median    95th percentile");
    floor(&tab).await;
    let demonstration = edits::demonstration();
    let kinds = edits::of_demonstration(&demonstration);
    let mut late = measure(&tab, "demonstration", &demonstration, &kinds, &DEMONSTRATION).await;
    let large = edits::with_own_sheet(corpus::corpus(10_000));
    let people = large.get("content/people.toml").and_then(|file| file.text().ok()).unwrap_or("").to_owned();
    let key = people.split(['[', ']']).nth(1).unwrap_or("").to_owned();
    let page: &'static str = Box::leak(format!("people/{key}.html").into_boxed_str());
    let kinds = edits::kinds(&large, page, ("content/people.toml", people, "summary = \""));
    late.extend(measure(&tab, "10,000 records", &large, &kinds, &LARGE).await);
    browser.close().await;
    late.iter().for_each(|late| println!("{late}"));
    if late.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures each kind of edit. Returns what took longer than it may.
async fn measure(tab: &Tab, name: &str, files: &Sources, kinds: &[Kind], bound: &Bound) -> Vec<String> {
    let serving = Serving::start(files, &[]);
    let mut late = Vec::new();
    for kind in kinds {
        let (median, p95) = edits::measure(tab, &serving, kind, TIMES).await;
        println!("{name:14} {:9} {median:6.1} ms {p95:6.1} ms", kind.name);
        let bounds = [("median", median, Some(bound.median)), ("95th percentile", p95, bound.p95)];
        for (figure, taken, at_most) in bounds {
            if let Some(at_most) = at_most.filter(|at_most| taken > *at_most) {
                let kind = kind.name;
                late.push(format!("{name}, {kind}: the {figure} of {taken:.1} ms is over {at_most} ms"));
            }
        }
    }
    late
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
