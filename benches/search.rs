//! What the index of the search adds to a build, and how large it is: `cargo bench --bench search`.
//!
//! The share is of times within one run: of making the index alone to the whole build, of which it is a part.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement needs a clock and says what it found"
)]

mod corpus;

use std::time::{Duration, Instant};

use dossier::cache::Cache;
use dossier::diag::Severity;
use dossier::{Options, search, theme};

fn main() {
    println!("records  pages  build    index    share  files  bytes     longest");
    for (records, times) in [(2_000, 5), (16_000, 3), (100_000, 1)] {
        measure(records, times);
    }
}

/// Builds a corpus some times, each with the index again by itself, and prints the medians.
fn measure(records: usize, times: usize) {
    let (sources, theme) = (corpus::corpus(records), theme::theme());
    let mut builds = Vec::new();
    let mut indexes = Vec::new();
    let mut pages = 0;
    let mut files = Vec::new();
    for _ in 0..times {
        let mut cache = Cache::default();
        let start = Instant::now();
        let site = dossier::build(&sources, &theme, Options::default(), &mut cache, &|_, _, _| {});
        builds.push(start.elapsed());
        assert!(site.diagnostics.iter().all(|problem| problem.severity != Severity::Error));
        pages = site.value.pages;

        let Ok(examined) = dossier::examine(&sources, Options::default(), &mut cache, &|_, _, _| {}) else {
            return;
        };
        let prepared = dossier::prepare(examined, &sources, &theme, &mut cache, &|_, _, _| {});
        let words = prepared.value.words();
        let start = Instant::now();
        files = search::files(&words);
        indexes.push(start.elapsed());
    }
    let (build, index) = (median(&mut builds), median(&mut indexes));
    let share = 100.0 * index.as_secs_f64() / build.as_secs_f64();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let longest = files.iter().map(|(_, bytes)| bytes.len()).max().unwrap_or(0);
    println!(
        "{records:7}  {pages:5}  {:6.2} s {:6.2} s  {share:4.1} %  {:5}  {bytes:8}  {longest}",
        build.as_secs_f64(),
        index.as_secs_f64(),
        files.len(),
    );
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
