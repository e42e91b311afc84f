//! Script adds and never carries: what a page shows with it, it shows without it. What only script can use
//! is `hidden` in the file, and so not missed.

use std::collections::BTreeSet;

use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;
use super::shown::Shown;

#[derive(Debug, Deserialize)]
struct Offered {
    texts: BTreeSet<String>,
    heard: BTreeSet<String>,
    links: BTreeSet<String>,
    controls: BTreeSet<String>,
    waiting: Vec<String>,
}

const WIDTHS: [u32; 2] = [390, 1440];

/// What the page offers on a small and on a large screen, with script or without.
async fn offered(tab: &Tab, script: bool) -> Vec<Offered> {
    tab.page.execute(SetScriptExecutionDisabledParams::new(!script)).await.unwrap();
    tab.page.reload().await.unwrap();
    let mut offered = Vec::new();
    for width in WIDTHS {
        tab.screen(width, 900).await;
        offered.push(tab.value(include_str!("offered.js")).await);
    }
    offered
}

/// Of each kind the page that has most, if it has any. The others are the same with and without.
fn with_script(site: &'static Shown) -> Vec<&'static str> {
    site.kinds().into_iter().filter(|path| site.html(path).contains("<script")).collect()
}

#[tokio::test]
async fn without_script_everything_is_there() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(server.addresses(with_script), async |tab| {
            let without = offered(tab, false).await;
            let with = offered(tab, true).await;
            let mut faults = Vec::new();
            for ((width, without), with) in WIDTHS.iter().zip(without).zip(with) {
                let is_waiting = |text: &str| without.waiting.iter().any(|waiting| waiting.contains(text));
                let mut miss = |what: &str, with: BTreeSet<String>, without: &BTreeSet<String>| {
                    let missing = with.difference(without).filter(|text| !is_waiting(text));
                    faults.extend(missing.map(|text| format!("{width} px: no {what} {text:?}")));
                };
                miss("text", with.texts, &without.texts);
                miss("hidden text", with.heard, &without.heard);
                miss("link", with.links, &without.links);
                miss("control", with.controls, &without.controls);
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
