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

#[tokio::test]
async fn text_stays_on_the_screen_whole_and_apart() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(server.pages(), async |tab| {
            tab.run("document.fonts.ready.then(() => {})").await;
            let mut faults = Vec::new();
            for (width, spaced) in [
                (1440, false),
                (1024, false),
                (640, false),
                (390, false),
                (320, false),
                (320, true),
                (1440, true),
            ] {
                tab.screen(width, 900).await;
                if spaced && width == 320 {
                    tab.run(SPACED).await;
                }
                let found: Vec<String> = tab.value(include_str!("layout.js")).await;
                let how = if spaced { ", spaced out" } else { "" };
                faults.extend(found.into_iter().map(|fault| format!("{width} px{how}: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
