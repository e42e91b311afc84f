//! On paper: all of the text, the addresses of the sources and of the page, and nothing to click.

use std::process::Command;

use chromiumoxide::cdp::browser_protocol::page::PrintToPdfParams;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::chromium::Chromium;
use super::nothing;
use super::server::Server;
use super::tools;

/// The width of the text on A4, in CSS pixels: 210 mm without the margins of `@page`.
const PAPER: u32 = 672;

#[tokio::test]
async fn every_page_fits_on_paper_and_says_where_it_is_from() {
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let faults = browser
        .each(server.pages(), async |tab| {
            tab.screen(PAPER, 900).await;
            tab.media("print", &[]).await;
            let mut faults: Vec<String> = tab.value(include_str!("layout.js")).await;
            faults.extend(tab.value::<Vec<String>>(include_str!("print.js")).await);
            faults
        })
        .await;
    browser.close().await;
    nothing(faults);
}

#[derive(Debug, Deserialize)]
struct Printed {
    texts: Vec<String>,
}

/// Letters and digits only: what a program that reads a PDF is sure of.
fn letters(text: &str) -> String {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).collect()
}

#[tokio::test]
async fn a_pdf_holds_the_text() {
    let Some(pdftotext) = tools::program("pdftotext") else { return };
    let Some(browser) = Chromium::start().await else { return };
    let server = Server::start().await;
    let folder = tempfile::tempdir().unwrap();
    let faults = browser
        .each(server.kinds(), async |tab| {
            tab.screen(PAPER, 900).await;
            tab.media("print", &[]).await;
            let printed: Printed = tab.value(include_str!("offered.js")).await;
            tab.media("", &[]).await;
            let paper =
                PrintToPdfParams::builder().prefer_css_page_size(true).print_background(false).build();
            let file = tempfile::NamedTempFile::new_in(&folder).unwrap();
            std::fs::write(file.path(), tab.page.pdf(paper).await.unwrap()).unwrap();
            let read =
                Command::new(&pdftotext).args(["-enc", "UTF-8", "-raw"]).arg(file.path()).arg("-").output();
            let text = letters(&String::from_utf8(read.unwrap().stdout).unwrap());
            let words = printed.texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
            // Words of other scripts come out in the order and forms in which they were drawn.
            let latin = words.filter(|word| word.len() > 3 && word.is_ascii());
            let lost: Vec<&str> = latin.filter(|word| !text.contains(word)).collect();
            match lost.is_empty() {
                true => Vec::new(),
                false => vec![format!("the PDF lacks {lost:?}")],
            }
        })
        .await;
    browser.close().await;
    nothing(faults);
}
