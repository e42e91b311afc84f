//! Pictures of a page of each kind, for a person to look at: `tests/screenshots` makes them.

use std::path::Path;

use chromiumoxide::page::ScreenshotParams;

use super::chromium::Chromium;
use super::server::Server;
use super::shown::harbour;

type Features = &'static [(&'static str, &'static str)];

/// How a page is seen: the name of the picture, the width, the medium, and what the reader prefers.
const VIEWS: [(&str, u32, &str, Features); 7] = [
    ("390-light", 390, "", &[("prefers-color-scheme", "light")]),
    ("390-dark", 390, "", &[("prefers-color-scheme", "dark")]),
    ("1440-light", 1440, "", &[("prefers-color-scheme", "light")]),
    ("1440-dark", 1440, "", &[("prefers-color-scheme", "dark")]),
    ("1440-forced-light", 1440, "", &[("forced-colors", "active"), ("prefers-color-scheme", "light")]),
    ("1440-forced-dark", 1440, "", &[("forced-colors", "active"), ("prefers-color-scheme", "dark")]),
    ("print", 672, "print", &[("prefers-color-scheme", "light")]),
];

/// The pictures of the README, of an invented dossier: the name of each, and the page.
const README: [(&str, &str); 3] =
    [("person", "people/tavit-orlesh.html"), ("timeline", "timeline.html"), ("network", "network.html")];

#[tokio::test]
#[ignore = "makes the pictures of the README: tests/screenshots --readme"]
async fn pictures_of_the_readme() {
    let browser = Chromium::start().await.unwrap();
    let server = Server::start().await;
    let base = server.base(harbour());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let tab = browser.tab().await;
    for (name, page) in README {
        tab.screen(1280, 800).await;
        tab.open(&format!("{base}{page}")).await;
        tab.media("", &[("prefers-color-scheme", "light")]).await;
        tab.run("document.fonts.ready.then(() => {})").await;
        let picture = tab.page.screenshot(ScreenshotParams::builder().build()).await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }
    browser.close().await;
}

#[tokio::test]
#[ignore = "makes pictures for a person to look at: tests/screenshots"]
async fn screenshots_of_every_kind_of_page() {
    let browser = Chromium::start().await.unwrap();
    let server = Server::start().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    browser
        .each(server.kinds(), async |tab| {
            let address = tab.page.url().await.unwrap().unwrap();
            let name = address.split("/some/sub/path/").nth(1).unwrap().trim_end_matches(".html");
            for (view, width, medium, features) in VIEWS {
                tab.screen(width, 900).await;
                tab.media(medium, features).await;
                tab.run("document.fonts.ready.then(() => {})").await;
                let picture = ScreenshotParams::builder().full_page(true).build();
                let path = folder.join(format!("{}_{view}.png", name.replace('/', "_")));
                std::fs::write(path, tab.page.screenshot(picture).await.unwrap()).unwrap();
            }
            Vec::new()
        })
        .await;
    browser.close().await;
}
