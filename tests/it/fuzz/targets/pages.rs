//! Whole dossiers, and what becomes of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::cache::Cache;
use dossier::diag::Checked;
use dossier::model::config::Config;
use dossier::model::date::Day;
use dossier::render::templates::compile;
use dossier::source::Sources;
use dossier::view::strings::Strings;
use dossier::{Options, Site, build, examine, has_errors, theme};

use super::files::{files, told};
use super::markup::{self, Seen};

/// A small dossier in which names lead somewhere; an input lies over it.
const BASE: [(&str, &str); 6] = [
    ("site.toml", "title = \"A dossier\"\n"),
    (
        "content/people.toml",
        "[ada]\nname = \"Ada\"\nroles = [{ role = \"head\", of = \"grp\" }]\n[bo]\nname = \"Bo\"\n",
    ),
    ("content/groups.toml", "[grp]\nname = \"Grp\"\ntype = \"other\"\n"),
    ("content/meetings.toml", "[m]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"s ¶1\"\n"),
    ("content/sources.toml", "[s]\ntitle = \"S\"\ntype = \"report\"\n"),
    ("content/about.md", "# About\n"),
];

fn base() -> Sources {
    let mut sources = Sources::default();
    for (path, text) in BASE {
        sources.insert(path, text.as_bytes());
    }
    sources
}

/// What an input lays over it. Templates of its own do as they like, and are compiled elsewhere.
fn over(mut sources: Sources, data: &[u8]) -> Sources {
    for (path, bytes) in files(data, "content/explainers/tides.md") {
        if !path.starts_with("templates/") || path.starts_with("templates/strings/") {
            sources.insert(path, bytes);
        }
    }
    sources
}

/// Reads and links a dossier, as it stands and as it stood, without making pages.
pub fn dossiers(data: &[u8]) {
    let sources = over(base(), data);
    let options = |drafts, withheld, as_of| Options { drafts, withheld, as_of };
    for options in
        [Options::default(), options(true, true, None), options(false, false, Day::new(2023, 6, 15))]
    {
        let examined = examine(&sources, options, &mut Cache::default(), &|_, _, _| {});
        let Ok(mut examined) = examined else { panic!("there is a site.toml") };
        let found: Vec<_> =
            std::mem::take(&mut examined.diagnostics).into_iter().chain(examined.advice()).collect();
        told(&found, examined.former.as_ref().unwrap_or(&sources));
    }
}

/// Makes the site of a dossier, after that of another, and the sheet on which it is checked.
pub fn sites(data: &[u8]) {
    let theme = theme::theme();
    let make = |sources: &Sources, cache: &mut Cache| {
        build(sources, &theme, Options::default(), cache, &|_, _, _| {})
    };
    let mut before = base();
    // Every other site says where it will be: then there are feeds, and pictures to be shared.
    if data.len() % 2 == 1 {
        before.insert(
            "site.toml",
            b"title = \"A dossier\"\nbase_url = \"https://dossier.example/\"\n".as_slice(),
        );
    }
    let mut cache = Cache::default();
    make(&before, &mut cache);
    let sources = over(before, data);
    let warm = make(&sources, &mut cache);
    let cold = make(&sources, &mut Cache::default());
    told(&cold.diagnostics, &sources);
    same(&warm, &cold);
    pages(&cold, &sources);
    let checked = dossier::factcheck(&sources, &theme, Options::default(), &mut cache, &|_, _, _| {});
    for (path, bytes) in checked.value.iter().filter(|(path, _)| path.ends_with(".html")) {
        markup::sound(std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path}")));
    }
}

fn same(warm: &Checked<Site>, cold: &Checked<Site>) {
    assert_eq!(warm.diagnostics, cold.diagnostics, "a warm build says something else");
    assert!(
        warm.value.output.iter().map(|(path, _)| path).eq(cold.value.output.iter().map(|(path, _)| path))
    );
    for (path, bytes) in cold.value.output.iter() {
        assert!(warm.value.output.get(path) == Some(bytes), "{path} differs in a warm build");
    }
}

/// Each file is what its name says; where nothing is wrong, every link of a page leads on.
fn pages(site: &Checked<Site>, sources: &Sources) {
    // What an author lets through on purpose is the author's.
    if sources.get("site.toml").is_some_and(|file| file.readable().contains("unsafe_html")) {
        return;
    }
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for (path, bytes) in site.value.output.iter() {
        // Files of the dossier's own are published as they are.
        if sources.get(&format!("static/{path}")).is_some()
            || sources.get(&format!("content/{path}")).is_some()
        {
            continue;
        }
        let text = || std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no text"));
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" => drop(seen.insert(path, markup::sound(text()))),
            "json" => {
                let lines: Box<dyn Iterator<Item = &str>> = match path {
                    "data/followthemoney.json" => Box::new(text().lines()),
                    _ => Box::new(std::iter::once(text())),
                };
                for line in lines {
                    let read = serde_json::from_str::<serde_json::Value>(line);
                    assert!(read.is_ok(), "{path}: {read:?}");
                }
            }
            "xml" | "gexf" | "graphml" | "svg" => {
                let read = roxmltree::Document::parse(text());
                assert!(read.is_ok(), "{path}: {read:?}");
            }
            _ => {}
        }
    }
    if has_errors(&site.diagnostics) {
        return;
    }
    for (page, says) in &seen {
        for link in &says.links {
            let is_local = !link.contains("://") && !link.starts_with("mailto:") && !link.starts_with("tel:");
            if is_local && !link.starts_with("data:") && *page != "404.html" {
                leads_on(site, &seen, page, link);
            }
        }
    }
}

fn leads_on(site: &Checked<Site>, seen: &BTreeMap<&str, Seen>, page: &str, link: &str) {
    let (address, anchor) =
        link.split_once('#').map_or((link, None), |(address, anchor)| (address, Some(anchor)));
    let address = address.split('?').next().unwrap_or(address);
    let mut parts: Vec<&str> = if address.is_empty() { vec![page] } else { page.split('/').collect() };
    if !address.is_empty() {
        parts.pop();
        for part in address.split('/') {
            match part {
                ".." => drop(parts.pop()),
                "." | "" => {}
                part => parts.push(part),
            }
        }
    }
    let decoded = percent_encoding::percent_decode_str(&parts.join("/")).decode_utf8_lossy().into_owned();
    let target = if decoded.is_empty() { "index.html".to_owned() } else { decoded };
    assert!(site.value.output.get(&target).is_some(), "{page} leads to {link:?}, which is not there");
    if let (Some(anchor), Some(says)) = (anchor, seen.get(target.as_str())) {
        let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
        assert!(anchor.is_empty() || says.ids.contains(&*anchor), "{page} leads to {link:?}: no such anchor");
    }
}

/// A table of words of the interface.
pub fn strings(data: &[u8]) {
    let mut own = Sources::default();
    own.insert("templates/strings/en.toml", data);
    let (_, found) = Strings::read(&Config::default(), &theme::theme(), &own);
    told(&found, &own);
}

/// A template that takes the place of one of the theme's. It is compiled and never run.
pub fn templates(data: &[u8]) {
    let theme = theme::theme();
    let mut own = Sources::default();
    for (path, bytes) in files(data, "templates/person.html") {
        own.insert(path, bytes);
    }
    let (strings, _) = Strings::read(&Config::default(), &theme, &Sources::default());
    let (_, found) = compile(&theme, &own, &Arc::new(strings), true);
    told(&found, &own);
}
