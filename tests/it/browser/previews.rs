//! What stands beside a link that is pointed at or has the focus: links in text, marks of citations, and links in
//! drawings, which are no HTML.

use super::chromium::{Chromium, Tab};
use super::server::Server;
use super::shown::demonstration;

/// The preview that is shown, and whether it is whole on the screen and near its link.
const SHOWN: &str = "(() => {
    const box = document.querySelector('#preview:popover-open');
    if (!box) return '';
    const [at, of] = [box, link].map(element => element.getBoundingClientRect());
    const isWhole = at.left >= 0 && at.top >= 0 && at.right <= innerWidth && at.bottom <= innerHeight;
    const gap = Math.max(at.top - of.bottom, of.top - at.bottom, at.left - of.right, of.left - at.right);
    return `${isWhole ? '' : 'off the screen: '}${gap < 24 ? '' : `${gap} px away: `}${box.innerText}`;
})()";

/// Points at a link, or gives it the focus, and waits for its preview.
async fn preview(tab: &Tab, link: &str, by_keyboard: bool) -> String {
    tab.run(&format!(
        "globalThis.link = document.querySelector({link:?}); link.scrollIntoView({{ block: 'center' }})"
    ))
    .await;
    let act = if by_keyboard {
        "link.focus({ focusVisible: true, preventScroll: true })"
    } else {
        "link.dispatchEvent(new PointerEvent('pointerover', { pointerType: 'mouse', bubbles: true }))"
    };
    tab.run(act).await;
    tab.run("new Promise(done => setTimeout(done, 900))").await;
    tab.value(SHOWN).await
}

#[tokio::test]
async fn links_are_previewed_by_pointer_and_by_keyboard() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let base = server.base(demonstration());
    let mut tab = browser.tab().await;
    tab.screen(1280, 800).await;
    for (page, link, expected) in [
        // In running text, in the matrix, in a drawing of people, and on a chart.
        (
            "explainers/what-is-reported.html",
            "main a[href$='ismail-haniyeh.html']",
            "Ismail Haniyeh\nإسماعيل هنية",
        ),
        ("network.html", "th a[href$='esmail-ghaani.html']", "Esmail Ghaani"),
        ("network.html", ".net.wide a[href$='esmail-ghaani.html']", "Esmail Ghaani"),
        ("people/ismail-haniyeh.html", ".net a[href$='esmail-ghaani.html']", "Esmail Ghaani"),
        ("index.html", ".chart a[href$='tehran-2023-06.html']", "A Hamas delegation in Tehran"),
        // A mark of a citation has its entry in the list of sources.
        ("people/ismail-haniyeh.html", ".lead .cite a", "The Jerusalem Post, October 2023, ¶"),
    ] {
        tab.open(&format!("{base}{page}")).await;
        for by_keyboard in [false, true] {
            let shown = preview(&tab, link, by_keyboard).await;
            assert!(shown.contains(expected), "{page}, {link}, by keyboard: {by_keyboard}: {shown:?}");
            assert!(
                !shown.contains("px away") && !shown.contains("off the screen"),
                "{page}, {link}: {shown}"
            );
            tab.run("link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))")
                .await;
            assert_eq!(tab.value::<String>(SHOWN).await, "", "{page}: it stays");
            tab.run("link.blur()").await;
        }
        assert_eq!(tab.heard(&base).await, Vec::<String>::new(), "{page}");
    }
    browser.close().await;
}
