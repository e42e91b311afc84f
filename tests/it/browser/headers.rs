//! The demonstration with the very headers that `_headers` has for it: no page needs more than they allow, and the
//! search finds.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dossier::output::Output;
use dossier::publish::hosts;
use tokio::task::JoinHandle;

use super::chromium::{Chromium, Tab};
use super::nothing;
use crate::support::{build, repository, text};

/// A recording that an author has put beside the records: a twentieth of a second of silence.
const RECORDING: &str = "recordings/silence.wav";

/// An article that is given a picture.
const ARTICLE: &str = "explainers/who-is-who";

/// Paths with their headers, as a host reads them.
type Rules = Vec<(String, Vec<(HeaderName, String)>)>;

fn rules(text: &str) -> Rules {
    let mut rules: Rules = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            None => rules.push((line.to_owned(), Vec::new())),
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                rules.last_mut().unwrap().1.push((name.parse().unwrap(), value.to_owned()));
            }
        }
    }
    rules
}

/// What a host sends for a path: all that matches, with a comma between values of one name.
fn matching(rules: &Rules, path: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (pattern, own) in rules {
        let is_match = match pattern.strip_suffix('*') {
            Some(folder) => path.starts_with(folder),
            None => path == pattern,
        };
        for (name, value) in own.iter().filter(|_| is_match) {
            let before = headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            let joined = before.map_or_else(|| value.clone(), |before| format!("{before}, {value}"));
            headers.insert(name, HeaderValue::from_str(&joined).unwrap());
        }
    }
    headers
}

struct Host {
    site: Arc<Output>,
    origin: String,
    task: JoinHandle<()>,
}

impl Host {
    /// Serves the demonstration at the top of a host, which it knows as its address, with its `_headers` as `change`
    /// leaves them.
    async fn start(change: impl Fn(String) -> String) -> Host {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let site = Arc::new(demonstration(&origin));
        let rules = rules(&change(headers(&site)));
        let served = Arc::clone(&site);
        let router = Router::new()
            .fallback(move |request: Request| async move { answer(&served, request.uri().path(), &rules) });
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Host { site, origin, task }
    }

    /// The address of a page of each kind, and of one that is not there.
    fn pages(&self) -> Vec<String> {
        let pages = self.site.iter().map(|(path, _)| path).filter(|path| path.ends_with(".html"));
        let mut seen = std::collections::BTreeSet::new();
        let kinds =
            pages.filter(|path| seen.insert(path.split_once('/').map_or(*path, |(folder, _)| folder)));
        kinds.chain(["nowhere/at-all.html"]).map(|path| format!("{}/{path}", self.origin)).collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn demonstration(base_url: &str) -> Output {
    let mut sources = repository();
    let config = sources.get("site.toml").unwrap().bytes.to_vec();
    let config = format!("base_url = \"{base_url}\"\n{}", String::from_utf8(config).unwrap());
    sources.insert("site.toml", config.into_bytes());
    sources.insert(format!("static/{RECORDING}"), silence());
    // The demonstration shows no picture.
    let icon = sources.get("static/apple-touch-icon.png").unwrap().bytes.to_vec();
    sources.insert("content/explainers/icon.png", icon);
    let article = sources.get(&format!("content/{ARTICLE}.md")).unwrap().bytes.to_vec();
    let article = format!("{}\n\n![The icon](icon.png)\n", String::from_utf8(article).unwrap());
    sources.insert(format!("content/{ARTICLE}.md"), article.into_bytes());
    let site = build(&sources);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
    site.value.output
}

fn silence() -> Vec<u8> {
    let samples = [128_u8; 400];
    let length = samples.len() as u32;
    let head = [b"RIFF".as_slice(), &(36 + length).to_le_bytes(), b"WAVEfmt "].concat();
    let format = [&16_u32.to_le_bytes()[..], &[1, 0, 1, 0], &8000_u32.to_le_bytes(), &8000_u32.to_le_bytes()];
    [&head[..], &format.concat(), &[1, 0, 8, 0], b"data", &length.to_le_bytes(), &samples].concat()
}

fn headers(site: &Output) -> String {
    hosts::headers(site.iter().map(|(path, bytes)| (path, &bytes[..])))
}

fn answer(site: &Output, address: &str, rules: &Rules) -> Response {
    let path = match address {
        "/" => "index.html",
        address => &address[1..],
    };
    let (status, path) =
        if site.get(path).is_some() { (StatusCode::OK, path) } else { (StatusCode::NOT_FOUND, "404.html") };
    let mut headers = matching(rules, address);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&hosts::content_type(path)).unwrap());
    (status, headers, site.get(path).unwrap().to_vec()).into_response()
}

/// Notes each violation from before a page begins.
const NOTE: &str = "globalThis.violations = [];
    addEventListener('securitypolicyviolation', event =>
        violations.push(`${event.effectiveDirective} refuses ${event.blockedURI} of ${event.sourceFile}`));";

/// What the policy refused on a page, and what else the console says.
async fn refused(tab: &mut Tab, origin: &str) -> Vec<String> {
    let mut refused: Vec<String> = tab.value("globalThis.violations").await;
    // That a page is not there is as it should be.
    let heard = tab.heard(origin).await.into_iter();
    refused.extend(heard.filter(|what| !what.contains("404")));
    refused
}

/// Goes to those pages of each kind that are to be looked at, and does there what makes them load more.
async fn visit(change: impl Fn(String) -> String, look_at: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let browser = Chromium::start().await?;
    let host = Host::start(change).await;
    let mut tab = browser.tab().await;
    tab.page.evaluate_on_new_document(NOTE).await.unwrap();
    let mut faults = Vec::new();
    for address in host.pages().into_iter().filter(|address| look_at(address)) {
        tab.open(&address).await;
        // A preview loads a script, and is given its place.
        tab.run(
            "(async () => {
                const link = document.querySelector('main a[href*=\"people/\"], main a[href]');
                link?.scrollIntoView({ block: 'center' });
                link?.dispatchEvent(new PointerEvent('pointerover', { pointerType: 'mouse', bubbles: true }));
                await new Promise(done => setTimeout(done, 400));
            })()",
        )
        .await;
        let sheets: usize = tab.value("document.styleSheets.length").await;
        if sheets == 0 {
            faults.push(format!("{address}: has no style"));
        }
        let refused = refused(&mut tab, &host.origin).await;
        faults.extend(refused.into_iter().map(|what| format!("{address}: {what}")));
    }
    faults.extend(found(&mut tab, &host).await);
    faults.extend(played(&mut tab, &host).await);
    browser.close().await;
    Some(faults)
}

/// What is wrong with a search by typing.
async fn found(tab: &mut Tab, host: &Host) -> Vec<String> {
    tab.open(&format!("{}/search.html", host.origin)).await;
    let titles: Vec<String> = tab
        .value(
            "(async () => {
                const field = document.querySelector('#search input');
                field.value = 'Haniya';
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                for (let at = 0; at < 100 && !document.querySelector('.hits li'); at++)
                    await new Promise(done => setTimeout(done, 50));
                return [...document.querySelectorAll('.hits li a')].map(link => link.textContent);
            })()",
        )
        .await;
    let mut faults = refused(tab, &host.origin).await;
    if !titles.iter().any(|title| title.contains("Haniyeh")) {
        faults.push(format!("the search finds {titles:?}"));
    }
    faults
}

/// What is wrong with a recording that is opened by its address.
async fn played(tab: &mut Tab, host: &Host) -> Vec<String> {
    tab.open(&format!("{}/{RECORDING}", host.origin)).await;
    let is_there: bool = tab
        .value(
            "(async () => {
                const media = document.querySelector('video, audio');
                for (let at = 0; at < 40 && media.readyState < 2 && !media.error; at++)
                    await new Promise(done => setTimeout(done, 50));
                return media.readyState >= 2;
            })()",
        )
        .await;
    let mut faults = refused(tab, &host.origin).await;
    if !is_there {
        faults.push("a recording is not played".to_owned());
    }
    faults
}

#[tokio::test]
async fn no_page_needs_more_than_the_headers_allow() {
    let Some(faults) = visit(|headers| headers, |_| true).await else { return };
    nothing(faults);
}

/// So the test above can fail: whatever the policy allows is needed.
#[tokio::test]
async fn each_part_of_the_policy_is_needed() {
    for part in ["script-src", "style-src", "img-src", "font-src", "media-src"] {
        let allowed = format!("{part} 'self'; ");
        let is_article = |address: &str| address.contains(ARTICLE);
        let Some(faults) = visit(|headers| headers.replace(&allowed, ""), is_article).await else { return };
        let is_told = faults.iter().any(|fault| fault.contains(part));
        assert!(is_told, "nothing needs {part}: {faults:#?}");
    }
}

/// Pictures on pages, and those for who links to them, have names that hold a hash.
#[test]
fn what_cannot_change_is_kept_for_good() {
    let site = demonstration("https://dossier.example");
    let rules = rules(&headers(&site));
    let cache = |path: &str| {
        let headers = matching(&rules, &format!("/{path}"));
        headers.get(header::CACHE_CONTROL).map(|value| value.to_str().unwrap().to_owned())
    };
    let mut pictures = 0;
    for (path, bytes) in site.iter() {
        let expected = match path {
            _ if path.starts_with("images/") => Some("public, max-age=31536000, immutable"),
            _ if path.starts_with("fonts/") => Some("public, max-age=86400"),
            _ => None,
        };
        assert_eq!(cache(path).as_deref(), expected, "{path}");
        let alone = expected.unwrap_or("public, max-age=0, must-revalidate");
        assert_eq!(hosts::cache_control(path, bytes), alone, "{path}");
        pictures += usize::from(path.starts_with("images/share/"));
    }
    assert_eq!(pictures > 0, cfg!(feature = "share-images"));
}
