//! The filters of a timeline: without script, and what script adds to them.

use chromiumoxide::cdp::browser_protocol::accessibility::GetFullAxTreeParams;
use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;
use super::shown::{demonstration, harbour};

#[derive(Debug, Deserialize)]
struct Found {
    faults: Vec<String>,
    rows: usize,
    marks: usize,
}

/// All that a screen reader finds on a page, what the style sheet writes included.
async fn said(tab: &Tab) -> String {
    let tree = tab.page.execute(GetFullAxTreeParams::default()).await.unwrap();
    let texts = tree.result.nodes.iter().filter(|node| {
        node.role.as_ref().and_then(|role| role.value.as_ref()).is_some_and(|role| role == "StaticText")
    });
    let texts = texts.filter_map(|node| node.name.as_ref()?.value.as_ref()?.as_str().map(str::to_owned));
    texts.collect()
}

#[tokio::test]
async fn filters_work_without_script_and_count() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let tab = browser.tab().await;
    tab.page.execute(SetScriptExecutionDisabledParams::new(true)).await.unwrap();
    for (site, width) in [(demonstration(), 1440), (demonstration(), 390), (harbour(), 1440)] {
        tab.screen(width, 900).await;
        tab.open(&(server.base(site) + "timeline.html")).await;
        let found: Found = tab.value(include_str!("filters.js")).await;
        nothing(found.faults.clone());
        assert!(found.rows > 15 && found.marks > 15 && found.marks <= found.rows, "{found:?}");
        // What is shown is counted, in all and for each year.
        let total = format!("Showing {} of {} records", found.rows, found.rows);
        assert!(said(&tab).await.contains(&total), "{total}");
        let kinds =
            "document.querySelectorAll('[name=kind]').forEach(box => box.value === 'call' || box.click())";
        tab.run(kinds).await;
        let calls: usize = tab.value("document.querySelectorAll('.row.e-call').length").await;
        assert!(calls > 1 && calls < found.rows);
        let some = format!("Showing {calls} of {} records", found.rows);
        assert!(said(&tab).await.contains(&some), "{some}");
    }
    browser.close().await;
}

#[tokio::test]
async fn with_script_a_choice_has_an_address_and_is_said() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let tab = browser.tab().await;
    let page = server.base(demonstration()) + "timeline.html";
    const SHOWN: &str = "[...document.querySelectorAll('.row')].filter(row => row.checkVisibility()).length";
    const YEARS: &str = "[...document.querySelectorAll('.year')].filter(row => row.checkVisibility()).length";
    tab.open(&page).await;
    let all: usize = tab.value(SHOWN).await;
    tab.run(
        "const person = document.querySelector('#f-person');
         person.value = 'ismail-haniyeh';
         person.dispatchEvent(new Event('change', { bubbles: true }));
         document.querySelector('#f-kind-meeting').click()",
    )
    .await;
    let query: String = tab.value("location.search").await;
    assert!(query.starts_with("?person=ismail-haniyeh&kind=call&kind=visit"), "{query}");
    let shown: usize = tab.value(SHOWN).await;
    assert!(shown > 0 && shown < all);
    let said: String = tab.value("document.querySelector('.filters [role=status]').textContent").await;
    assert_eq!(said, format!("Showing {shown} of {all} records"));
    // A year without any of them is not shown, and the next reader finds what this one shared.
    assert_eq!(tab.value::<usize>(YEARS).await, 1);
    tab.open("about:blank").await;
    tab.open(&format!("{page}{query}")).await;
    assert_eq!(tab.value::<usize>(SHOWN).await, shown);
    tab.run("document.querySelector('.filters [type=reset]').click()").await;
    tab.run("new Promise(done => setTimeout(done, 50))").await;
    assert_eq!(tab.value::<String>("location.search").await, "");
    assert_eq!(tab.value::<usize>(SHOWN).await, all);
    browser.close().await;
}
