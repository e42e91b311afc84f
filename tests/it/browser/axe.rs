//! axe finds nothing: WCAG 2.2 up to AA, and what it calls best practice.

use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;
use super::shown::SITES;
use super::tools;

const LIGHT: &[(&str, &str)] = &[("prefers-color-scheme", "light")];
const DARK: &[(&str, &str)] = &[("prefers-color-scheme", "dark")];

const ALL: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
/// All that can differ between the light and the dark page: nothing else in the sheet asks for the scheme.
const COLOURS: &str = "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";

#[derive(Debug, Deserialize)]
struct Finding {
    id: String,
    sure: bool,
    html: String,
    why: String,
}

/// What axe cannot decide, and a person has.
fn is_decided(finding: &Finding) -> bool {
    match finding.id.as_str() {
        // Text in a drawing, beside one or below what is transparent. `colours.rs` holds each colour to its
        // contrast, on every ground there is.
        "color-contrast" => !finding.sure,
        // The corner of a table, and the last name of a triangle, which heads no cell.
        "th-has-data-cells" => !finding.sure && finding.html.contains("class=\"matrix\""),
        // A sign stands for the word that the label says.
        "label-content-name-mismatch" => !finding.sure && finding.html.contains(">↩"),
        _ => false,
    }
}

async fn axe(tab: &Tab, rules: &str) -> Vec<String> {
    let script = format!(
        "axe.run(document, {{ preload: false, runOnly: {rules}, resultTypes: ['violations', 'incomplete'] }})
        .then(found => [true, false].flatMap(sure =>
            found[sure ? 'violations' : 'incomplete'].flatMap(rule => rule.nodes.map(node => ({{
                id: rule.id, sure, html: node.html.slice(0, 300),
                why: [...node.any, ...node.all, ...node.none].map(check => check.message).join(' '),
            }})))))"
    );
    let findings: Vec<Finding> = tab.value(&script).await;
    let undecided = findings.into_iter().filter(|finding| !is_decided(finding));
    undecided.map(|finding| format!("{}: {} {}", finding.id, finding.why, finding.html)).collect()
}

/// A width, the features of the screen, and the rules.
type View = (u32, &'static [(&'static str, &'static str)], &'static str);

async fn look(pages: impl FnOnce(&Server) -> Vec<String>, views: &[View]) {
    let Some(source) = tools::package("axe-core/axe.min.js") else { return };
    let Some(browser) = Chromium::start().await else { return };
    let source = std::fs::read_to_string(source).unwrap();
    let server = Server::start().await;
    let faults = browser
        .each(pages(&server), async |tab| {
            tab.run(&source).await;
            let mut faults = Vec::new();
            for (width, features, rules) in views {
                tab.screen(*width, 900).await;
                tab.media("", features).await;
                let found = axe(tab, rules).await;
                faults.extend(found.into_iter().map(|fault| format!("{width}, {features:?}: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}

#[tokio::test]
async fn axe_finds_nothing() {
    look(Server::pages, &[(390, LIGHT, ALL)]).await;
}

/// What a wide screen and the dark change is the same on all pages of a kind.
#[tokio::test]
async fn axe_finds_nothing_on_a_wide_screen_and_in_the_dark() {
    look(Server::kinds, &[(1440, LIGHT, ALL), (1440, DARK, COLOURS), (390, DARK, COLOURS)]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_open_menu() {
    let Some(source) = tools::package("axe-core/axe.min.js") else { return };
    let Some(browser) = Chromium::start().await else { return };
    let source = std::fs::read_to_string(source).unwrap();
    let server = Server::start().await;
    let pages = SITES.iter().map(|site| server.base(site()) + "index.html").collect();
    let faults = browser
        .each(pages, async |tab| {
            tab.screen(390, 900).await;
            tab.run(&source).await;
            tab.run("document.querySelector('#site-nav').showPopover()").await;
            let mut faults = Vec::new();
            for features in [LIGHT, DARK] {
                tab.media("", features).await;
                let found = axe(tab, ALL).await;
                faults.extend(found.into_iter().map(|fault| format!("{features:?}: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
