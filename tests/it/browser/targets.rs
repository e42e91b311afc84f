//! What one aims at is large enough for a finger.

use super::chromium::Chromium;
use super::nothing;
use super::server::Server;

#[tokio::test]
async fn every_link_and_control_is_large_enough() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(server.kinds(), async |tab| {
            let mut faults = Vec::new();
            for width in [390, 1440] {
                tab.screen(width, 900).await;
                let found: Vec<String> = tab.value(include_str!("targets.js")).await;
                faults.extend(found.into_iter().map(|fault| format!("{width} px: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
