//! The stages of a build, one after the other on one thread, each in a function of its own: `benches/instructions`
//! counts what each executes.

#![expect(clippy::disallowed_methods, reason = "a measurement is told how large it is to be")]

mod corpus;

use std::hint::black_box;

use dossier::cache::Cache;
use dossier::output::{Stamp, Taker};
use dossier::prepared::{Made, Means, Prepared};
use dossier::source::Sources;
use dossier::view::{self, Wanted};
use dossier::{Examined, Options, examine, prepare, search, theme};

fn main() {
    // Without a number there is nothing to count.
    let records = std::env::args().nth(1).and_then(|records| records.parse().ok());
    let Some(records) = records else { return };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let (sources, theme) = (corpus::corpus(records), theme::theme());
    let mut cache = Cache::default();
    let examined = stage_examine(&sources, &mut cache);
    stage_check(&examined);
    let prepared = stage_prepare(examined, &sources, &theme, &mut cache);
    stage_view(&prepared);
    stage_search(&prepared);
    let mut made = Made::default();
    stage_pages(&prepared, &theme, &sources, &mut cache, &mut made);
    stage_finish(&prepared, &made, &theme, &sources, &mut cache);
    drop(pool);
}

/// Reading, gathering, linking, counting figures.
#[inline(never)]
fn stage_examine(sources: &Sources, cache: &mut Cache) -> Examined {
    let examined = examine(sources, Options::default(), cache, &|_, _, _| {});
    examined.unwrap_or_else(|problem| unreachable!("{}", problem.message))
}

/// The lints.
#[inline(never)]
fn stage_check(examined: &Examined) {
    black_box(examined.advice());
}

/// Words, templates and sources.
#[inline(never)]
fn stage_prepare(examined: Examined, sources: &Sources, theme: &Sources, cache: &mut Cache) -> Prepared {
    prepare(examined, sources, theme, cache, &|_, _, _| {}).value
}

/// The values of all pages.
#[inline(never)]
fn stage_view(prepared: &Prepared) {
    view::pages(&prepared.words(), &prepared.site, Wanted::All, &|page| {
        black_box(page);
    });
}

/// The index of the search.
#[inline(never)]
fn stage_search(prepared: &Prepared) {
    black_box(search::files(&prepared.words()));
}

/// The same values, rendered.
#[inline(never)]
fn stage_pages(prepared: &Prepared, theme: &Sources, sources: &Sources, cache: &mut Cache, made: &mut Made) {
    let taker = Taker { take: &|_, html| Some(Stamp::of(html)), same: &|_, _| None };
    let means = Means { theme, own: sources, progress: &|_, _, _| {}, taker: Some(taker), shares: true };
    prepared.make(Wanted::All, means, cache, made);
}

/// Exports, and all files put together.
#[inline(never)]
fn stage_finish(prepared: &Prepared, made: &Made, theme: &Sources, sources: &Sources, cache: &mut Cache) {
    black_box(prepared.files());
    black_box(prepared.finish(made, theme, sources, cache, &mut Vec::new()));
}
