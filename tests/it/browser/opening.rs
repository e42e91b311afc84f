//! Every page opens from a server and by double-click, asks for nothing elsewhere, and the console stays
//! empty under the strictest policy.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;
use super::shown::{SITES, Shown};

#[derive(Debug, Deserialize)]
struct Seen {
    links: Vec<String>,
    headings: usize,
    /// Fonts of the page that are there.
    fonts: usize,
    /// Pictures that are not there.
    broken: usize,
}

const LOOK: &str = "(async () => { await document.fonts.ready; return {
    links: [...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), document.baseURI).href),
    headings: document.querySelectorAll('h1').length,
    fonts: [...document.fonts].filter(font => font.status === 'loaded').length,
    broken: [...document.images].filter(image => image.complete && !image.naturalWidth).length,
}})()";

/// Follows every link from the first page of a site, and says what is wrong.
async fn crawl(tab: &mut Tab, site: &Shown, base: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let first = format!("{base}index.html");
    let mut seen = BTreeSet::from([first.clone()]);
    let mut open = vec![first];
    while let Some(address) = open.pop() {
        tab.open(&address).await;
        let look: Seen = tab.value(LOOK).await;
        if look.headings != 1 || look.fonts == 0 || look.broken > 0 {
            faults.push(format!("{address}: {look:?}"));
        }
        faults.extend(tab.heard(base).await.into_iter().map(|what| format!("{address}: {what}")));
        for link in look.links {
            let target = link.split('#').next().unwrap().to_owned();
            if target.starts_with(base) && target.ends_with(".html") && seen.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    let all: BTreeSet<String> = site.pages().into_iter().map(|path| format!("{base}{path}")).collect();
    // A host shows it where there is no page.
    seen.insert(format!("{base}404.html"));
    faults.extend(all.difference(&seen).map(|address| format!("{address}: no link leads there")));
    faults
}

#[tokio::test]
async fn it_opens_from_a_server() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let crawls = SITES.iter().map(async |site| {
        let (mut tab, site) = (browser.tab().await, site());
        crawl(&mut tab, site, &server.base(site)).await
    });
    let faults = futures::future::join_all(crawls).await.concat();
    browser.close().await;
    nothing(faults);
}

#[tokio::test]
async fn it_opens_by_double_click() {
    let Some(browser) = Chromium::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let crawls = SITES.iter().map(async |site| {
        let (mut tab, site) = (browser.tab().await, site());
        let public = folder.path().join(site.name);
        dossier::disk::write::apply(&site.output, &public).unwrap();
        crawl(&mut tab, site, &format!("file://{}/", public.display())).await
    });
    let faults = futures::future::join_all(crawls).await.concat();
    browser.close().await;
    nothing(faults);
}
