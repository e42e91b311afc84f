//! Where the reader's system chooses the colours, light or dark, nothing that says something disappears.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;

#[derive(Debug, Deserialize)]
struct Texts {
    texts: BTreeSet<String>,
}

async fn texts(tab: &Tab) -> BTreeSet<String> {
    tab.value::<Texts>(include_str!("offered.js")).await.texts
}

#[tokio::test]
async fn forced_colours_hide_nothing() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(server.kinds(), async |tab| {
            tab.screen(1440, 900).await;
            tab.media("", &[]).await;
            let before = texts(tab).await;
            let mut faults = Vec::new();
            for scheme in ["light", "dark"] {
                tab.media("", &[("forced-colors", "active"), ("prefers-color-scheme", scheme)]).await;
                let lost = before.difference(&texts(tab).await).map(|text| format!("no {text:?}")).collect();
                let hidden: Vec<String> = tab.value(include_str!("forced_colours.js")).await;
                let found: [Vec<String>; 2] = [lost, hidden];
                faults.extend(found.concat().into_iter().map(|fault| format!("{scheme}: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
