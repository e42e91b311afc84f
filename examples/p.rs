#![allow(clippy::all, clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]
#[path = "../benches/corpus.rs"]
mod corpus;
#[global_allocator]
static A: mimalloc::MiMalloc = mimalloc::MiMalloc;
use dossier::preview::*;
use dossier::*;
use std::sync::Arc;
use std::time::Instant;
fn main() {
    let what = std::env::args().nth(1).unwrap();
    let mut sources = if what.starts_with("demo") {
        disk::read::read(std::path::Path::new("/work/main")).value
    } else {
        corpus::corpus(10000)
    };
    let file = if what.starts_with("demo") { "content/people.toml" } else { "content/people/to-250.toml" };
    let page = if what.starts_with("demo") { "people/ismail-haniyeh.html" } else { "people/p9.html" };
    sources.insert("templates/person.html", b"{% extends \"theme/person.html\" %}".as_slice());
    let mut sources = Arc::new(sources);
    let mut p = Preview::new(theme::theme(), Options::default());
    let open = std::collections::BTreeSet::from([page.to_owned()]);
    p.update(sources.clone(), vec![], &open);
    let mut ts: Vec<std::time::Duration> = vec![];
    for i in 0..30 {
        let f = if what.ends_with("template") {
            "templates/person.html"
        } else if what.ends_with("site") {
            "site.toml"
        } else {
            file
        };
        let text = sources.get(f).unwrap().text().unwrap().to_owned();
        let text = if what.ends_with("template") {
            format!("{{% extends \"theme/person.html\" %}}{{% block footer %}}{i}{{% endblock footer %}}")
        } else if what.ends_with("site") {
            format!("notice = \"{i}\"\n")
                + text.split_once('\n').map(|(a, b)| if a.starts_with("notice") { b } else { &text }).unwrap()
        } else {
            text.replacen("summary = \"", &format!("summary = \"{i} "), 1)
        };
        Arc::make_mut(&mut sources).insert(f, text.into_bytes());
        let t = Instant::now();
        let ok = p.update(sources.clone(), vec![], &open);
        ts.push(t.elapsed());
        if !ok {
            println!("{:?}", p.problems().diagnostics);
        }
    }
    ts.sort();
    println!("{what} median {:?} max {:?}", ts[15], ts[29]);
}
