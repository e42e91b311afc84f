//! Text stays on the screen, whole and apart, from 320 px on, also when its reader spaces it out.

use super::chromium::Chromium;
use super::nothing;
use super::server::Server;

/// The spacing of WCAG 1.4.12, in a sheet that a content policy lets through.
const SPACED: &str = "(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()";

async fn look(pages: impl FnOnce(&Server) -> Vec<String>, views: &[(u32, bool)]) {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(pages(&server), async |tab| {
            tab.run("document.fonts.ready.then(() => {})").await;
            let mut faults = Vec::new();
            let mut is_spaced = false;
            for (width, spaced) in views {
                tab.screen(*width, 900).await;
                if *spaced && !is_spaced {
                    tab.run(SPACED).await;
                    is_spaced = true;
                }
                let found: Vec<String> = tab.value(include_str!("layout.js")).await;
                let how = if *spaced { ", spaced out" } else { "" };
                faults.extend(found.into_iter().map(|fault| format!("{width} px{how}: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}

/// At its widest, and at its narrowest, for which words are long.
#[tokio::test]
async fn text_stays_on_the_screen_whole_and_apart() {
    look(Server::pages, &[(1440, false), (320, false), (320, true)]).await;
}

/// The widths between are laid out by the template of a page and its style.
#[tokio::test]
async fn a_page_of_each_kind_fits_every_screen() {
    look(Server::kinds, &[(1024, false), (640, false), (390, false), (1440, true)]).await;
}
