//! The demonstration dossier: nothing to complain of, and every page can be reached.

use std::collections::{BTreeMap, BTreeSet};

use dossier::Site;
use dossier::diag::Checked;

use crate::support::{build, repository, string, text};

/// The values of an attribute in HTML that this project made, and so quotes always.
pub fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let mark = format!(" {name}=\"");
    // Not what stands in a text between tags.
    let in_tag = |at: usize| html[..at].rfind(['<', '>']).is_some_and(|at| html[at..].starts_with('<'));
    html.match_indices(&mark)
        .filter(|(at, _)| in_tag(*at))
        .filter_map(|(at, _)| html[at + mark.len()..].split('"').next())
        .collect()
}

/// `address` as `page` means it, without its anchor.
pub fn resolve(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => {
                parts.pop().unwrap_or_else(|| panic!("{page}: {address} leads out of the site"));
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn it_builds_without_a_word() {
    let sources = repository();
    let site = build(&sources);
    assert_eq!(text(&sources, &site), "");
    assert!(site.value.pages > 70);
}

#[test]
fn every_link_leads_somewhere_and_every_page_is_reached() {
    let links = all_links_lead_somewhere(&build(&repository()));
    assert!(links > 3000, "only {links} links were found");
}

/// Follows all links from the home page, which must reach every page, and every place that they name. Returns how many
/// there are.
pub fn all_links_lead_somewhere(site: &Checked<Site>) -> usize {
    let pages: BTreeMap<String, String> = site
        .value
        .output
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, _)| (path.to_owned(), string(site, path)))
        .collect();
    let anchors: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, html)| (path.as_str(), attributes(html, "id").into_iter().collect()))
        .collect();
    let mut links = 0;
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(page) = open.pop() {
        let html = &pages[&page];
        for address in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            if address.starts_with("https://") || address.starts_with("mailto:") {
                continue;
            }
            links += 1;
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if path.is_empty() { page.clone() } else { resolve(&page, path) };
            assert!(site.value.output.get(&target).is_some(), "{page}: {address} leads nowhere");
            if !anchor.is_empty() {
                assert!(anchors[target.as_str()].contains(anchor), "{page}: {address} names no anchor");
            }
            if target.ends_with(".html") && reached.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    // A host shows it where there is no page.
    let is_found = |page: &String| page == "404.html" || reached.contains(page);
    let unreached: Vec<&String> = pages.keys().filter(|page| !is_found(page)).collect();
    assert_eq!(unreached, Vec::<&String>::new());
    links
}

#[test]
fn ids_are_unique_and_there_is_one_title() {
    let site = build(&repository());
    for (path, _) in site.value.output.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = string(&site, path);
        let ids = attributes(&html, "id");
        let distinct: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{path} has an id twice");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert!(html.contains("<html lang=\"en\" dir=\"ltr\">"), "{path}");
    }
}

/// Taking a meeting out makes the build fail at the sentences that counted it, with those left.
#[test]
fn a_missing_meeting_is_missed_by_the_sentence_that_counts_it() {
    let mut sources = repository();
    let meetings = sources.get("content/meetings.toml").unwrap().text().unwrap().to_owned();
    let start = meetings.find("[quds-force-hamas-officials]").unwrap();
    let end = start + meetings[start + 1..].find("\n[").unwrap();
    sources
        .insert("content/meetings.toml", format!("{}{}", &meetings[..start], &meetings[end..]).into_bytes());
    // Links to it are errors too; what counts here is the figure.
    let site = build(&sources);
    let figure = site
        .diagnostics
        .iter()
        .find(|problem| problem.code.name == "figure-mismatch")
        .unwrap_or_else(|| panic!("{}", text(&sources, &site)));
    assert!(figure.message.contains("the records say 3"), "{}", figure.message);
    assert!(figure.help.as_ref().unwrap().contains("meetings/tehran-2023-06"), "{:?}", figure.help);
}

/// Facts carry over from the article, sentences do not; and nothing speaks of the machine it was made on.
#[test]
fn the_text_is_neutral() {
    let site = build(&repository());
    for (path, _) in site.value.output.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = string(&site, path).to_lowercase();
        for word in ["alleged", "admitted", "secretly", "terror rulers"] {
            assert!(!html.contains(word), "{path} says {word}");
        }
    }
}
