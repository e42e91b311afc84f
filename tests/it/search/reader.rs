//! A reader of the search: a real Chromium on a page, asked what it shows.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use chromiumoxide::page::Page;
use dossier::source::Sources;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::browser::chromium::{Chromium, Tab};
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
    tab: Tab,
    chromium: Chromium,
    _server: Option<Server>,
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
        let chromium = Chromium::start().await.unwrap();
        let tab = chromium.tab().await;
        tab.open(&address).await;
        Reader { page: tab.page.clone(), address, tab, chromium, _server: server, folder }
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
        let base = self.address.split("/some/path/").next().unwrap().to_owned();
        assert_eq!(self.tab.heard(&base).await, Vec::<String>::new());
        self.chromium.close().await;
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Python's file server with the strictest useful content policy, ended with the test.
struct Server(Child);

const SERVE: &str = "
import http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header('Content-Security-Policy', \"default-src 'self'\")
        super().end_headers()
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
";

impl Server {
    fn start(folder: &Path, port: u16) -> Server {
        let child = Command::new("python3")
            .args(["-c", SERVE, &port.to_string()])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Ended when it is dropped, also when it never answers.
        let server = Server(child);
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the server does not start");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
