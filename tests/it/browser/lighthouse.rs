//! Lighthouse is content with a page of each kind of the demonstration, on a phone with a slow connection.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use tokio::process::Command;

use super::chromium::Chromium;
use super::nothing;
use super::server::Server;
use super::shown::demonstration;
use super::tools;

#[derive(Debug, Deserialize)]
struct Found {
    scores: BTreeMap<String, u32>,
    audits: Vec<String>,
}

/// How often a page is measured whose speed is not what it should be, at most; the best counts.
const TRIES: usize = 6;

#[tokio::test]
async fn lighthouse_is_content() {
    let Some(node) = tools::program("node") else { return };
    let Some(packages) = tools::package("lighthouse") else { return };
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start_far_away().await;
    let site = demonstration();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/lighthouse.mjs");
    let output = Command::new(node)
        .arg(script)
        .arg(packages.parent().unwrap())
        .args([browser.port().to_string(), TRIES.to_string()])
        .args(site.kinds().into_iter().map(|path| server.base(site) + path))
        .output()
        .await
        .unwrap();
    browser.close().await;
    let found: BTreeMap<String, Found> = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(found.len(), site.kinds().len());
    let mut faults = Vec::new();
    for (address, found) in found {
        let is_content = found
            .scores
            .iter()
            .all(|(category, score)| *score >= if category == "performance" { 99 } else { 100 });
        if !is_content || found.scores.len() != 4 {
            faults.push(format!("{address}: {:?} {}", found.scores, found.audits.join("; ")));
        }
    }
    nothing(faults);
}
