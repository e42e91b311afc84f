//! The demonstration in a real Chromium: opened by double-click, and served at a sub-path.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use chromiumoxide::browser::{Browser, BrowserConfig};
use chromiumoxide::cdp::browser_protocol::emulation::SetDeviceMetricsOverrideParams;
use chromiumoxide::cdp::browser_protocol::log;
use chromiumoxide::cdp::browser_protocol::network::EventLoadingFailed;
use chromiumoxide::cdp::js_protocol::runtime::EventExceptionThrown;
use chromiumoxide::page::Page;
use futures::StreamExt;
use serde::Deserialize;

use crate::support::{build, repository};

/// The browser to test in: the one that CHROMIUM names, else Debian's.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let found = named
        .into_iter()
        .chain(["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(PathBuf::from))
        .find(|path| path.exists());
    assert!(
        found.is_some() || std::env::var_os("CI").is_none(),
        "the browser tests are never skipped here: install chromium"
    );
    if found.is_none() {
        println!("skipped: there is no Chromium; install it or set CHROMIUM");
    }
    found
}

/// The demonstration in `folder`.
fn site(folder: &Path) {
    let site = build(&repository());
    dossier::disk::write::apply(&site.value.output, folder).unwrap();
}

#[derive(Debug, Deserialize)]
struct Seen {
    links: Vec<String>,
    width: u32,
    headings: usize,
    fonts: bool,
}

const LOOK: &str = "(async () => { await document.fonts.ready; return {
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
    width: document.documentElement.scrollWidth,
    headings: document.querySelectorAll('h1').length,
    fonts: document.fonts.check('1rem \"Source Serif 4 Variable\"') || document.fonts.size > 0,
}})()";

/// A browser with a fresh profile, which the last part removes when it is dropped.
pub async fn launch() -> (Browser, tokio::task::JoinHandle<()>, tempfile::TempDir) {
    let profile = tempfile::tempdir().unwrap();
    let config = BrowserConfig::builder()
        .chrome_executable(chromium().unwrap())
        .no_sandbox()
        .new_headless_mode()
        .user_data_dir(profile.path())
        .args([
            "disable-gpu",
            "disable-quic",
            "no-first-run",
            "disable-background-networking",
            "disable-component-update",
            "disable-sync",
        ])
        .build()
        .unwrap();
    let (browser, mut handler) = Browser::launch(config).await.unwrap();
    let driver = tokio::spawn(async move { while handler.next().await.is_some() {} });
    (browser, driver, profile)
}

/// Follows every link from `start`, at 320 px, and says what is wrong.
async fn crawl(start: &str, base: &str) -> (usize, Vec<String>) {
    let (mut browser, driver, _profile) = launch().await;
    let page = browser.new_page("about:blank").await.unwrap();
    let trouble = listen(&page).await;
    page.execute(SetDeviceMetricsOverrideParams::new(320, 900, 1.0, true)).await.unwrap();

    let mut faults = Vec::new();
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut open = vec![start.to_owned()];
    while let Some(address) = open.pop() {
        if let Err(error) = page.goto(&address).await {
            faults.push(format!("{address}: {error}"));
            continue;
        }
        let look: Seen = page.evaluate(LOOK).await.unwrap().into_value().unwrap();
        if look.width > 320 {
            faults.push(format!("{address} is {} px wide", look.width));
        }
        if look.headings != 1 || !look.fonts {
            faults.push(format!("{address}: {look:?}"));
        }
        faults.extend(trouble.lock().unwrap().drain(..).map(|what| format!("{address}: {what}")));
        for link in look.links {
            let target = link.split('#').next().unwrap().to_owned();
            if target.starts_with(base) && seen.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    browser.close().await.unwrap();
    browser.wait().await.unwrap();
    driver.abort();
    (seen.len(), faults)
}

/// What the console says, what a page throws, and what it cannot load.
pub async fn listen(page: &Page) -> Arc<Mutex<Vec<String>>> {
    let trouble = Arc::new(Mutex::new(Vec::new()));
    page.execute(log::EnableParams::default()).await.unwrap();
    let mut entries = page.event_listener::<log::EventEntryAdded>().await.unwrap();
    let mut thrown = page.event_listener::<EventExceptionThrown>().await.unwrap();
    let mut failed = page.event_listener::<EventLoadingFailed>().await.unwrap();
    let said = Arc::clone(&trouble);
    tokio::spawn(async move {
        loop {
            let what = tokio::select! {
                Some(entry) = entries.next() => entry.entry.text.clone(),
                Some(thrown) = thrown.next() => thrown.exception_details.text.clone(),
                Some(failed) = failed.next() => failed.error_text.clone(),
                else => break,
            };
            // A browser asks for this of its own; the page does not name it.
            if !what.contains("favicon") {
                said.lock().unwrap().push(what);
            }
        }
    });
    trouble
}

#[tokio::test]
async fn it_opens_by_double_click() {
    if chromium().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    site(&public);
    let base = format!("file://{}/", public.display());
    let (pages, faults) = crawl(&format!("{base}index.html"), &base).await;
    assert_eq!(faults, Vec::<String>::new());
    assert!(pages > 70, "only {pages} pages were reached");
}

#[tokio::test]
async fn it_works_below_a_sub_path() {
    if chromium().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    site(&folder.path().join("some/sub/path"));
    // A page at the top, so that the browser's own request for an icon is answered.
    std::fs::write(folder.path().join("favicon.ico"), "").unwrap();
    let port = free_port();
    let _server = Server::start(folder.path(), port);
    let base = format!("http://127.0.0.1:{port}/some/sub/path/");
    let (pages, faults) = crawl(&format!("{base}index.html"), &base).await;
    assert_eq!(faults, Vec::<String>::new());
    assert!(pages > 70, "only {pages} pages were reached");
}

pub fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Python's static file server with the strictest useful content policy, ended with the test.
pub struct Server(Child);

const SERVE: &str = "
import http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header('Content-Security-Policy', \"default-src 'self'\")
        super().end_headers()
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
";

impl Server {
    pub fn start(folder: &Path, port: u16) -> Server {
        let child = Command::new("python3")
            .args(["-c", SERVE, &port.to_string()])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Server(child);
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the server did not start");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
