//! Script adds and never carries: what a page shows with it, it shows without it. What only script can use
//! is `hidden` in the file, and so not missed.

use std::collections::BTreeSet;

use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;

#[derive(Debug, Deserialize)]
struct Offered {
    texts: BTreeSet<String>,
    heard: BTreeSet<String>,
    links: BTreeSet<String>,
    controls: BTreeSet<String>,
    waiting: Vec<String>,
}

async fn offered(tab: &Tab, script: bool) -> Offered {
    tab.page.execute(SetScriptExecutionDisabledParams::new(!script)).await.unwrap();
    tab.page.reload().await.unwrap();
    tab.value(include_str!("offered.js")).await
}

#[tokio::test]
async fn without_script_everything_is_there() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(server.pages(), async |tab| {
            let mut faults = Vec::new();
            for width in [390, 1440] {
                tab.screen(width, 900).await;
                let without = offered(tab, false).await;
                let with = offered(tab, true).await;
                let is_waiting = |text: &str| without.waiting.iter().any(|waiting| waiting.contains(text));
                let missing = |what: &str, with: &BTreeSet<String>, without: &BTreeSet<String>| {
                    let missing = with.difference(without).filter(|text| !is_waiting(text));
                    missing.map(|text| format!("{width} px: no {what} {text:?}")).collect::<Vec<_>>()
                };
                faults.extend(missing("text", &with.texts, &without.texts));
                faults.extend(missing("hidden text", &with.heard, &without.heard));
                faults.extend(missing("link", &with.links, &without.links));
                faults.extend(missing("control", &with.controls, &without.controls));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
