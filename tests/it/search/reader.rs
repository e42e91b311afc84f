//! A reader of the search: a real Chromium on a page, asked what it shows.

use std::sync::{Arc, Mutex};

use chromiumoxide::browser::Browser;
use chromiumoxide::page::Page;
use dossier::source::Sources;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::browser::{Server, free_port, launch, listen};
use crate::support::{build, text};

/// What is shown for a query.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    pub line: String,
    pub results: Vec<Shown>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Shown {
    pub kind: String,
    pub title: String,
    pub href: String,
    pub why: String,
    pub passage: String,
}

impl Seen {
    pub fn titles(&self) -> Vec<&str> {
        self.results.iter().map(|shown| shown.title.as_str()).collect()
    }

    pub fn of(&self, title: &str) -> &Shown {
        let found = self.results.iter().find(|shown| shown.title == title);
        found.unwrap_or_else(|| panic!("{title} is not in {self:#?}"))
    }
}

const SEE: &str = "(() => ({
    line: document.getElementById('search-status').textContent,
    results: [...document.querySelectorAll('.hits li')].map(item => ({
        kind: item.closest('section').querySelector('h2').textContent,
        title: item.querySelector('a').textContent,
        href: item.querySelector('a').getAttribute('href'),
        why: item.querySelector('.why')?.textContent ?? '',
        passage: item.querySelector('.passage')?.innerHTML ?? '',
    })),
}))()";

pub struct Reader {
    pub page: Page,
    pub address: String,
    trouble: Arc<Mutex<Vec<String>>>,
    browser: Browser,
    driver: tokio::task::JoinHandle<()>,
    _server: Option<Server>,
    _profile: TempDir,
    folder: TempDir,
}

impl Reader {
    /// Opens the search of a dossier from its folder, or from a server at a sub-path, with a strict policy.
    pub async fn of(sources: &Sources, served: bool) -> Reader {
        let site = build(sources);
        assert!(!dossier::has_errors(&site.diagnostics), "{}", text(sources, &site));
        let folder = tempfile::tempdir().unwrap();
        let public = folder.path().join("some/path");
        dossier::disk::write::apply(&site.value.output, &public).unwrap();
        std::fs::write(folder.path().join("favicon.ico"), "").unwrap();
        let port = free_port();
        let server = served.then(|| Server::start(folder.path(), port));
        let address = match served {
            true => format!("http://127.0.0.1:{port}/some/path/search.html"),
            false => format!("file://{}/search.html", public.display()),
        };
        let (browser, driver, profile) = launch().await;
        let page = browser.new_page("about:blank").await.unwrap();
        let trouble = listen(&page).await;
        page.goto(&address).await.unwrap();
        Reader { page, address, trouble, browser, driver, _server: server, _profile: profile, folder }
    }

    /// What a script on the page comes to.
    pub async fn ask<T: DeserializeOwned>(&self, script: &str) -> T {
        self.page.evaluate(script).await.unwrap().into_value().unwrap()
    }

    pub async fn run(&self, script: &str) {
        self.page.evaluate(script).await.unwrap();
    }

    /// Searches for a text, and says what is shown then.
    pub async fn search(&self, query: &str) -> Seen {
        let query = serde_json::to_string(query).unwrap();
        self.ask(&format!(
            "(async () => {{ field.value = {query}; await search({query}); return {SEE}; }})()"
        ))
        .await
    }

    /// What is shown now.
    pub async fn see(&self) -> Seen {
        self.ask(SEE).await
    }

    /// Waits until something holds on the page.
    pub async fn until(&self, condition: &str) {
        for _ in 0..1200 {
            // On the way from one page to the next there is nothing to ask.
            let answer = self.page.evaluate(condition).await.ok();
            if answer.and_then(|answer| answer.into_value().ok()) == Some(true) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("never: {condition}; {:#?}", self.see().await);
    }

    /// The folder of the site.
    pub fn public(&self) -> std::path::PathBuf {
        self.folder.path().join("some/path")
    }

    /// Closes the browser; nothing may have been refused, thrown or not found.
    pub async fn close(mut self) {
        self.browser.close().await.unwrap();
        self.browser.wait().await.unwrap();
        self.driver.abort();
        assert_eq!(*self.trouble.lock().unwrap(), Vec::<String>::new());
    }
}
