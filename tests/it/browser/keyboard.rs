//! The keyboard reaches everything there is to reach, in order, and its place is always seen.

use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};
use serde::Deserialize;

use super::chromium::{Chromium, Tab};
use super::nothing;
use super::server::Server;
use super::shown::{SITES, former};

#[derive(Debug, Deserialize)]
struct Stop {
    /// Which element of the page it is.
    place: i32,
    name: String,
    faults: Vec<String>,
}

struct Key {
    name: &'static str,
    code: i64,
    text: &'static str,
}

const TAB: Key = Key { name: "Tab", code: 9, text: "" };
const ENTER: Key = Key { name: "Enter", code: 13, text: "\r" };
const SPACE: Key = Key { name: " ", code: 32, text: " " };
const ESCAPE: Key = Key { name: "Escape", code: 27, text: "" };

async fn press(tab: &Tab, key: &Key, shift: bool) {
    let down =
        if key.text.is_empty() { DispatchKeyEventType::RawKeyDown } else { DispatchKeyEventType::KeyDown };
    // The focus moves once Tab is down; what is pressed acts once its key is up.
    let up = (key.name != TAB.name).then_some(DispatchKeyEventType::KeyUp);
    for kind in std::iter::once(down).chain(up) {
        let event = DispatchKeyEventParams::builder()
            .r#type(kind)
            .key(key.name)
            .code(if key.text == " " { "Space" } else { key.name })
            .windows_virtual_key_code(key.code)
            .modifiers(if shift { 8 } else { 0 })
            .text(key.text);
        tab.page.execute(event.build().unwrap()).await.unwrap();
    }
}

/// Goes through the page once, and says what was missed and what could not be seen.
async fn walk(tab: &Tab, backwards: bool) -> Vec<String> {
    let mut wanted: Vec<Stop> = tab.value("keyboard.stops()").await;
    for _ in &wanted {
        press(tab, &TAB, backwards).await;
    }
    let seen: Vec<Stop> = tab.value("keyboard.seen()").await;
    if backwards {
        wanted.reverse();
    }
    let how = if backwards { "backwards" } else { "forwards" };
    let mut faults: Vec<String> = Vec::new();
    for stop in &seen {
        faults.extend(stop.faults.iter().map(|fault| format!("{how}, {} {fault}", stop.name)));
    }
    let apart = wanted.iter().zip(&seen).find(|(wanted, seen)| wanted.place != seen.place);
    if let Some((wanted, seen)) = apart {
        faults.push(format!("{how}, {} comes where {} should", seen.name, wanted.name));
    }
    faults
}

#[tokio::test]
async fn the_keyboard_reaches_everything_in_order_and_is_seen() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let mut pages = server.kinds();
    pages.push(server.base(former()) + "timeline.html");
    let faults = browser
        .each(pages, async |tab| {
            let mut faults = Vec::new();
            // Backwards a stop comes in from above, where headings stick.
            for (width, height, backwards) in [(1440, 900, false), (390, 800, true)] {
                tab.screen(width, height).await;
                // From the beginning again: the place of the keyboard is lost with the page.
                tab.page.reload().await.unwrap();
                tab.run(include_str!("keyboard.js")).await;
                let found = walk(tab, backwards).await;
                faults.extend(found.into_iter().map(|fault| format!("{width} px: {fault}")));
            }
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}

/// What has the focus, and whether the menu is open.
const STATE: &str =
    "[document.activeElement.id || document.activeElement.className || document.activeElement.localName,
    String(document.querySelector('#site-nav').matches(':popover-open'))]";

#[tokio::test]
async fn the_keyboard_skips_to_the_content_and_opens_and_closes_the_menu() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    // Both are the same on every page.
    let pages = SITES.iter().map(|site| server.base(site()) + "timeline.html").collect();
    let faults = browser
        .each(pages, async |tab| {
            tab.screen(390, 800).await;
            tab.run(include_str!("keyboard.js")).await;
            let mut faults = Vec::new();
            for (step, key, focus, open) in [
                ("the first stop skips", &TAB, "skip", "false"),
                ("to the content", &ENTER, "content", "false"),
            ] {
                press(tab, key, false).await;
                let state: [String; 2] = tab.value(STATE).await;
                if state != [focus, open] {
                    faults.push(format!("{step}: {state:?}"));
                }
            }
            let seen: Vec<Stop> = tab.value("keyboard.seen()").await;
            faults.extend(
                seen.iter().flat_map(|stop| stop.faults.iter().map(|fault| format!("{} {fault}", stop.name))),
            );

            tab.page.reload().await.unwrap();
            tab.run(include_str!("keyboard.js")).await;
            for (step, key, focus, open) in [
                ("the first stop skips", &TAB, "skip", "false"),
                ("then comes the name of the site", &TAB, "a", "false"),
                ("then the menu", &TAB, "button menu-button", "false"),
                ("which Enter opens", &ENTER, "button menu-button", "true"),
                ("it begins with a way out", &TAB, "button close-button", "true"),
                ("then come its links", &TAB, "a", "true"),
                ("Escape closes it", &ESCAPE, "button menu-button", "false"),
                ("Space opens it", &SPACE, "button menu-button", "true"),
                ("it begins with a way out", &TAB, "button close-button", "true"),
                ("which closes it", &ENTER, "button menu-button", "false"),
            ] {
                press(tab, key, false).await;
                let state: [String; 2] = tab.value(STATE).await;
                if state != [focus, open] {
                    faults.push(format!("{step}: {state:?}"));
                }
            }
            let seen: Vec<Stop> = tab.value("keyboard.seen()").await;
            faults.extend(
                seen.iter().flat_map(|stop| stop.faults.iter().map(|fault| format!("{} {fault}", stop.name))),
            );
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}
