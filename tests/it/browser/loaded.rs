//! Files that an open page loaded, when they are others: sheets, pictures, scripts and the index of the search.

use super::chromium::{Chromium, Tab};
use super::edits::{LATE, holds};
use crate::serve::small;
use crate::serving::Serving;
use dossier::source::Sources;

const PAGE: &str = "people/ada.html";

/// A dossier whose pages have a head and a footer of their own.
fn with_parts(head: &str, footer: &str) -> Sources {
    let mut files = small();
    let base = format!(
        "{{% extends \"theme/base.html\" %}}{{% block stylesheets %}}{{{{ super() }}}}{head}\
         {{% endblock stylesheets %}}{{% block footer %}}{footer}{{% endblock footer %}}"
    );
    files.insert("templates/base.html", base.into_bytes());
    files
}

/// A picture of one colour, that wide.
fn picture(width: usize) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"10\"/>")
}

async fn open(tab: &Tab, serving: &Serving, page: &str) {
    tab.open(&format!("{}{page}", serving.url)).await;
    tab.run("globalThis.same = true").await;
    // Connected, so that what is told from now on is heard.
    holds(tab, "document.querySelector('dossier-preview') !== null").await;
}

fn property(value: &str) -> String {
    format!("getComputedStyle(document.body).getPropertyValue('--edit').trim() === '{value}'")
}

#[tokio::test]
async fn sheets_are_changed_in_place_also_those_that_come_and_go() {
    let Some(browser) = Chromium::start().await else { return };
    let head = "<link rel=\"stylesheet\" href=\"{{ root }}own.css\"><link rel=\"stylesheet\" href=\"{{ root }}late.css\">";
    let serving = Serving::start(&with_parts(head, ""), &[]);
    let mut tab = browser.tab().await;
    open(&tab, &serving, PAGE).await;
    serving.write("static/own.css", "body { --edit: own }");
    holds(&tab, &property("own")).await;
    serving.write("static/late.css", "body { --edit: late }");
    holds(&tab, &property("late")).await;
    std::fs::remove_file(serving.path("static/late.css")).unwrap();
    holds(&tab, &property("own")).await;
    serving.write("static/late.css", "body { --edit: later }");
    holds(&tab, &property("later")).await;
    let same: bool = tab.value("globalThis.same === true").await;
    assert!(same);
    let _ = tab.heard(&serving.url).await;
    browser.close().await;
}

#[tokio::test]
async fn what_sheets_and_scripts_load_is_loaded_again() {
    let Some(browser) = Chromium::start().await else { return };
    let head = "<link rel=\"stylesheet\" href=\"{{ root }}own.css\">\
                <script type=\"module\">import { word } from './{{ root }}word.js'; globalThis.word = word;</script>";
    let mut files = with_parts(head, "<p id=\"p\"></p>");
    files.insert("static/own.css", b"@import 'deep/er.css'; #p { background: url(deep/p.svg) }".as_slice());
    files.insert("static/deep/er.css", b"body { --edit: 1 }".as_slice());
    files.insert("static/deep/p.svg", picture(11).into_bytes());
    files.insert("static/word.js", b"export const word = 'first'".as_slice());
    let serving = Serving::start(&files, &[]);
    let tab = browser.tab().await;
    open(&tab, &serving, PAGE).await;
    holds(&tab, &property("1")).await;
    serving.write("static/deep/er.css", "body { --edit: 2 }");
    holds(&tab, &property("2")).await;
    holds(&tab, "globalThis.word === 'first' && globalThis.same === true").await;
    serving.write("static/word.js", "export const word = 'second'");
    holds(&tab, "globalThis.word === 'second'").await;
    let loads =
        "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('deep/p.svg')).length";
    holds(&tab, &format!("{loads} === 1")).await;
    tab.run("globalThis.same = true").await;
    serving.write("static/deep/p.svg", &picture(12));
    holds(&tab, "globalThis.same === undefined").await;
    // What no page has loaded is nobody's business.
    tab.run("globalThis.same = true").await;
    serving.write("static/nobody.css", "body { --edit: 3 }");
    serving.wait_for("static/nobody.css: ");
    let same: bool =
        tab.value("new Promise(done => setTimeout(() => done(globalThis.same === true), 300))").await;
    assert!(same);
    browser.close().await;
}

#[tokio::test]
async fn pictures_are_changed_in_place() {
    let Some(browser) = Chromium::start().await else { return };
    let footer = "<img id=\"i\" src=\"{{ root }}i.svg\" alt=\"\">\
                  <picture><source srcset=\"{{ root }}s.svg 1x, {{ root }}s2.svg 9x\"><img id=\"s\" src=\"{{ root }}i.svg\" alt=\"\"></picture>";
    let footer = format!("{footer}<img id=\"odd\" src=\"{{{{ root }}}}a%20b@2x+c,d.svg\" alt=\"\">");
    let mut files = with_parts("", &footer);
    for name in ["i", "s", "s2", "a b@2x+c,d"] {
        files.insert(format!("static/{name}.svg"), picture(10).into_bytes());
    }
    let serving = Serving::start(&files, &[]);
    let tab = browser.tab().await;
    open(&tab, &serving, PAGE).await;
    holds(&tab, "i.naturalWidth === 10 && s.naturalWidth === 10").await;
    serving.write("static/i.svg", &picture(21));
    holds(&tab, "i.naturalWidth === 21 && s.naturalWidth === 10").await;
    serving.write("static/s.svg", &picture(31));
    holds(&tab, "s.naturalWidth === 31").await;
    serving.write("static/a b@2x+c,d.svg", &picture(41));
    holds(&tab, "odd.naturalWidth === 41").await;
    let same: bool = tab.value("globalThis.same === true").await;
    assert!(same);
    browser.close().await;
}

#[tokio::test]
async fn files_that_change_before_the_page_is_connected_or_while_nobody_serves_are_not_missed() {
    let Some(browser) = Chromium::start().await else { return };
    let head = "<link rel=\"stylesheet\" href=\"{{ root }}own.css\">";
    let mut serving = Serving::start(&with_parts(head, "<input id=\"typed\">"), &[]);
    let tab = browser.tab().await;
    tab.page.evaluate_on_new_document(LATE).await.unwrap();
    tab.open(&format!("{}{PAGE}", serving.url)).await;
    holds(&tab, "document.querySelectorAll('link[href*=\"own.css\"]').length === 1 && globalThis.connect")
        .await;
    serving.write("static/own.css", "body { --edit: between }");
    serving.wait_for("static/own.css: ");
    tab.run("waits = false; globalThis.same = true; connect()").await;
    holds(&tab, &property("between")).await;
    let same: bool = tab.value("globalThis.same === true").await;
    assert!(same, "the sheet alone was changed");

    tab.run("typed.value = 'half a word'; typed.focus(); typed.setSelectionRange(4, 4)").await;
    serving.restart(|serving| serving.write("static/own.css", "body { --edit: meanwhile }"));
    // The page is loaded again, and connects late again.
    holds(&tab, &property("meanwhile")).await;
    holds(
        &tab,
        "typed.value === 'half a word' && document.activeElement === typed && typed.selectionStart === 4",
    )
    .await;
    browser.close().await;
}

#[tokio::test]
async fn an_open_search_finds_what_is_new() {
    let Some(browser) = Chromium::start().await else { return };
    let serving = Serving::start(&small(), &[]);
    let tab = browser.tab().await;
    open(&tab, &serving, "search.html?q=zephyr").await;
    let people = serving.read("content/people.toml");
    serving.write("content/people.toml", &people.replace("A pilot", "A pilot of the zephyr"));
    holds(&tab, "document.querySelector('main').innerText.includes('Ada Berg')").await;
    browser.close().await;
}
