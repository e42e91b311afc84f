//! What a build takes, from files in memory to files in memory: `cargo bench`.
//!
//! Read the figures as ratios within one run: of a warm build to a cold one, of ten times the records
//! to one time.

mod corpus;

use divan::Bencher;
use dossier::cache::Cache;
use dossier::source::Sources;
use dossier::{Options, theme};

fn main() {
    divan::main();
}

fn build(sources: &Sources, theme: &Sources, cache: &mut Cache) -> usize {
    let site = dossier::build(sources, theme, Options::default(), cache, &|_, _, _| {});
    assert!(!dossier::has_errors(&site.diagnostics));
    site.value.output.len()
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5)]
fn cold(bencher: Bencher, records: usize) {
    let (sources, theme) = (corpus::corpus(records), theme::theme());
    bencher.bench_local(|| build(&sources, &theme, &mut Cache::default()));
}

/// The same again, with nothing changed.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5)]
fn warm(bencher: Bencher, records: usize) {
    let (sources, theme) = (corpus::corpus(records), theme::theme());
    let mut cache = Cache::default();
    build(&sources, &theme, &mut cache);
    bencher.bench_local(|| build(&sources, &theme, &mut cache));
}

/// Reading the files alone, which is the floor of a build.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5)]
fn parse(bencher: Bencher, records: usize) {
    let sources = corpus::corpus(records);
    let config = dossier::model::config::Config::default();
    bencher.bench_local(|| {
        let files = sources.under("content/");
        files.map(|file| dossier::parse::parse(file, &config).value.records.len()).sum::<usize>()
    });
}
