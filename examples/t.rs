#![allow(clippy::all, clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]
#[path = "../benches/corpus.rs"]
mod corpus;
#[global_allocator]
static A: mimalloc::MiMalloc = mimalloc::MiMalloc;
use dossier::cache::Cache;
use dossier::*;
use rayon::prelude::*;
use std::time::Instant;
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let (mut sources, theme) = (corpus::corpus(n), theme::theme());
    let mut cache = Cache::default();
    let t = Instant::now();
    let s = dossier::build(&sources, &theme, Options::default(), &mut cache, &|_, _, _| {});
    println!("cold {:?} pages {} diags {}", t.elapsed(), s.value.pages, s.diagnostics.len());
    for i in 0..3 {
        let m = sources
            .get("content/meetings/2003.toml")
            .unwrap()
            .text()
            .unwrap()
            .split("[m")
            .nth(i + 1)
            .unwrap()
            .split(']')
            .next()
            .unwrap()
            .to_owned();
        let text = sources
            .get("content/meetings/2003.toml")
            .unwrap()
            .text()
            .unwrap()
            .replace(&format!("[m{m}]\nmode = \"in-person\""), &format!("[m{m}]\nmode = \"phone\""));
        sources.insert("content/meetings/2003.toml", text.into_bytes());
        let t0 = Instant::now();
        let lap = std::cell::Cell::new(t0);
        let say = |w: &str| {
            let now = Instant::now();
            println!("  {w:20} {:?}", now - lap.get());
            lap.set(now);
        };
        let config = parse::config::config(sources.get("site.toml").unwrap(), &check::names()).value;
        cache.use_config(&config);
        let files: Vec<_> = sources.under("content/").collect();
        let parsed: Vec<_> = files
            .par_iter()
            .map(|f| cache.parsed(f).unwrap_or_else(|| std::sync::Arc::new(parse::parse(f, &config))))
            .collect();
        say("parse");
        let d = gather::gather(parsed.iter().map(|p| &p.value), &sources, config.clone(), gather::Keep::default());
        say("gather");
        let mut linked = link::link(d.value).value;
        say("link");
        link::count_figures(&mut linked);
        say("figures");
        let c = check::check(&linked);
        say("check");
        let pictures = pictures::pictures(&linked, &sources, &mut cache.pictures, &|_, _| {}).value;
        say("pictures");
        let (look, bib) = cache.prepare(&linked, &theme, &sources);
        say("prepare");
        let prepared = prepared::Prepared::new(linked, pictures, look, bib, &mut cache);
        say("new prepared");
        let words = prepared.words();
        for p in [
            "people/p9.html",
            "people/p0.html",
            "timeline/2003.html",
            "timeline.html",
            "people.html",
            "index.html",
            "network.html",
            "search.html",
            "places/l0.html",
        ] {
            let w = std::collections::BTreeSet::from([p.to_owned()]);
            let one = view::pages(&words, &prepared.site, view::Wanted::At(&w, &|| false));
            let a = lap.get().elapsed();
            let mut made = prepared::Made::default();
            prepared.make(one, &theme, &sources, &mut cache, &|_, _, _| {}, &mut made);
            say(&format!("{p} {} view {a:?}", made.pages.len()));
        }
        view::paths(&words, &prepared.site);
        say("paths");
        let pages = view::pages(&words, &prepared.site, view::Wanted::All);
        say("view");
        let x = search::files(&words);
        say("search");
        let _ = view::files(&words);
        say("viewfiles");
        let _ = export::files(&words);
        say("export");
        println!("  {} {}", c.len() + x.len(), pages.pages.len());
        drop(pages);
        say("drop");
        drop(prepared);
        say("drop prepared");
        let t = Instant::now();
        let s = dossier::build(&sources, &theme, Options::default(), &mut cache, &|_, _, _| {});
        println!("warm {:?} pages {}", t.elapsed(), s.value.pages);
    }
}
