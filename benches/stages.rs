//! What a build takes, from files in memory to files in memory: `cargo bench`.
//!
//! Read the figures as ratios within one run: of a warm build to a cold one, of ten times the records
//! to one time.

mod corpus;

use divan::Bencher;
use dossier::cache::Cache;
use dossier::diag::Severity;
use dossier::source::Sources;
use dossier::{Options, theme};

fn main() {
    divan::main();
}

fn build(sources: &Sources, theme: &Sources, cache: &mut Cache) -> usize {
    let site = dossier::build(sources, theme, Options::default(), cache, &|_, _, _| {});
    let error = site.diagnostics.iter().find(|problem| problem.severity == Severity::Error);
    assert_eq!(error, None);
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

/// A build with every lint off. What the lints take is `lints`, and what a check adds to a build is `lints`
/// to this.
#[divan::bench(args = [5_000], sample_count = 9)]
fn without_lints(bencher: Bencher, records: usize) {
    let (mut sources, theme) = (corpus::corpus(records), theme::theme());
    let mut site = sources.get("site.toml").and_then(|file| file.text().ok()).unwrap_or("").to_owned();
    site.push_str("[lints]\n");
    dossier::check::names().iter().for_each(|name| site.push_str(&format!("{name} = \"off\"\n")));
    sources.insert("site.toml", site.into_bytes());
    bencher.bench_local(|| build(&sources, &theme, &mut Cache::default()));
}

/// The lints alone, on a dossier that is linked.
#[divan::bench(args = [5_000], sample_count = 9)]
fn lints(bencher: Bencher, records: usize) {
    let sources = corpus::corpus(records);
    let examined = dossier::examine(&sources, Options::default(), &mut Cache::default(), &|_, _, _| {});
    let linked = examined.map(|examined| examined.linked).unwrap_or_default();
    bencher.bench_local(|| dossier::check::check(&linked).len());
}

/// Writing the entries of the bibliography.
#[divan::bench(args = ["mla", "chicago-notes", "apa", "iso-690-numeric"], sample_count = 5)]
fn bibliography(bencher: Bencher, style: &str) {
    let mut sources = corpus::corpus(5_000);
    sources.insert("site.toml", format!("title = \"T\"\ncitation_style = \"{style}\"\n").into_bytes());
    let examined = dossier::examine(&sources, Options::default(), &mut Cache::default(), &|_, _, _| {});
    let linked = examined.map(|examined| examined.linked).unwrap_or_default();
    let (style, _) = dossier::bibliography::Style::read(&linked.dossier.config, &Sources::default());
    let style = std::sync::Arc::new(style);
    bencher.bench_local(|| {
        let items = dossier::bibliography::items(&linked);
        dossier::bibliography::Bibliography::default().updated(&style, items)
    });
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
