#![allow(clippy::all, clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]
#[path = "../benches/corpus.rs"]
mod corpus;
#[global_allocator] static A: mimalloc::MiMalloc = mimalloc::MiMalloc;
use std::time::Instant;
use dossier::cache::Cache;
use dossier::*;
use rayon::prelude::*;
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let (mut sources, theme) = (corpus::corpus(n), theme::theme());
    let mut cache = Cache::default();
    let mut sums: Vec<(String, Vec<f64>)> = vec![];
    for i in 0..25 {
        let f = "content/people/to-250.toml";
        let text = sources.get(f).unwrap().text().unwrap().replacen("summary = \"", &format!("summary = \"{i} "), 1);
        sources.insert(f, text.into_bytes());
        let t0 = Instant::now();
        let lap = std::cell::Cell::new(t0);
        let mut at = 0;
        let mut say = |w: &str| {
            let now = Instant::now();
            let d = (now - lap.get()).as_secs_f64() * 1000.0;
            if sums.len() <= at { sums.push((w.to_owned(), vec![])); }
            if i > 3 { sums[at].1.push(d); }
            at += 1;
            lap.set(Instant::now());
        };
        let config = parse::config::config(sources.get("site.toml").unwrap(), &check::names()).value;
        cache.use_config(&config);
        let files: Vec<_> = sources.under("content/").collect();
        let parsed: Vec<_> = files.par_iter().map(|f| cache.parsed(f).unwrap_or_else(|| std::sync::Arc::new(parse::parse(f, &config)))).collect();
        cache.parsed = files.iter().zip(&parsed).map(|(file, parsed)| (file.path.clone(), cache::ParsedFile { bytes: std::sync::Arc::clone(&file.bytes), parsed: std::sync::Arc::clone(parsed) })).collect();
        say("parse");
        let d = gather::gather(parsed.iter().map(|p| &p.value), &sources, config.clone(), gather::Keep::default());
        say("gather");
        let dossier = d.value;
        // parts of link
        let ids: Vec<_> = dossier.all().collect();
        say("ids");
        let said: Vec<_> = ids.par_iter().map(|id| link::refs::Said::of(&dossier, *id)).collect();
        say("said");
        let a: Vec<_> = ids.par_iter().zip(&said).map(|(id, s)| link::refs::check(&dossier, *id, s)).collect();
        say("refs::check");
        let b: Vec<_> = ids.par_iter().zip(&said).map(|(id, s)| link::graph::outgoing(&dossier, *id, s)).collect();
        say("outgoing");
        let c: Vec<_> = ids.par_iter().zip(&said).map(|(id, s)| link::provenance::uses(&dossier, *id, s)).collect();
        say("uses");
        drop((a, b, c, said));
        say("drops");
        let f = link::routes::files(&dossier);
        say("routes::files");
        let o = link::graph::occasions(&dossier);
        say("occasions");
        drop((f, o));
        say("drops2");
        let mut linked = link::link(dossier).value;
        say("LINK");
        let fig = link::count_figures(&mut linked);
        say("figures");
        let pictures = pictures::pictures(&linked, &sources, &mut cache.pictures, &|_, _| {}).value;
        say("pictures");
        let (look, bib) = cache.prepare(&linked, &theme, &sources);
        say("prepare");
        let prepared = prepared::Prepared::new(linked, pictures, look, bib);
        say("new prepared");
        let words = prepared.words();
        let w = std::collections::BTreeSet::from(["people/p9.html".to_owned()]);
        let one = view::pages(&words, &prepared.site, view::Wanted::At(&w, &|| false));
        let mut made = prepared::Made::default();
        prepared.make(one, &theme, &sources, &mut cache, &|_, _, _| {}, &mut made);
        say("page");
        drop((fig, made));
        drop(prepared);
        say("drop prepared");
    }
    for (w, mut v) in sums { v.sort_by(f64::total_cmp); println!("{w:20} {:7.2} ms", v[v.len() / 2]); }
}
