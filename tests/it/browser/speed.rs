//! How soon an author sees an edit of the demonstration, by the program under test. It judges nothing: a program that is
//! not optimised takes several times as long as `cargo bench --bench preview` measures. Alone, since it measures.

use super::chromium::Chromium;
use super::edits::{demonstration, measure, of_demonstration};
use crate::serving::Serving;

#[tokio::test]
async fn every_kind_of_edit_shows_at_once() {
    let Some(browser) = Chromium::start().await else { return };
    let files = demonstration();
    let kinds = of_demonstration(&files);
    let serving = Serving::start(&files, &[]);
    let tab = browser.tab().await;
    for kind in &kinds {
        let (median, p95) = measure(&tab, &serving, kind, 50).await;
        println!("{:9} median {median:5.1} ms, 95th percentile {p95:5.1} ms", kind.name);
    }
    browser.close().await;
}
