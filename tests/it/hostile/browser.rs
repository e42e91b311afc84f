//! The pages with each payload in every field, in a real Chromium: nothing runs, and nothing of a payload is an element.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dossier::cache::Cache;
use dossier::model::date::Day;
use dossier::output::Output;
use dossier::publish::hosts;
use dossier::{Options, theme};
use serde_json::json;
use tokio::task::JoinHandle;

use super::payloads::payload;
use super::sites::{Hostile, SITES, TEMPLATE, WITH_WORDS, site, with};
use crate::browser::chromium::{Chromium, Tab};
use crate::browser::edits::holds;
use crate::serving::Serving;
use crate::support::{build, build_with, sources, text};

const AUDIT: &str = include_str!("audit.js");

/// Before any script of a page: payloads are counted, and nothing waits for a reader who moves slowly.
const BEFORE: &str = "globalThis.pwned = [];
    globalThis.pwn = (n) => pwned.push(String(n));
    globalThis.alert = globalThis.confirm = globalThis.prompt = pwn;
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) => violations.push(`${event.effectiveDirective} refuses ${event.blockedURI}`));
    const later = setTimeout;
    globalThis.rest = (time) => new Promise((done) => later(done, time));
    globalThis.setTimeout = (run, time, ...given) => later(run, 0, ...given);";

/// Where the sites say that they will be.
const BASE: &str = "https://dossier.example/harbour/";

/// A browser once the sites are there: it does not wait while they are made.
async fn started() -> Option<Chromium> {
    LazyLock::force(&SITES);
    Chromium::start().await
}

async fn armed(browser: &Chromium) -> Tab {
    let tab = browser.tab().await;
    tab.page.evaluate_on_new_document(BEFORE).await.unwrap();
    tab.page.evaluate_on_new_document(AUDIT).await.unwrap();
    tab
}

fn nothing(faults: Vec<String>) {
    let shown: Vec<&String> = faults.iter().take(40).collect();
    assert!(faults.is_empty(), "{} faults:\n{shown:#?}", faults.len());
}

/// A page that is read as text does not run, so every page of every site can be looked at.
#[tokio::test]
async fn nothing_of_a_text_is_an_element_or_an_address() {
    let Some(browser) = started().await else { return };
    let tab = armed(&browser).await;
    tab.open("about:blank").await;
    let (mut pages, mut feeds, mut scripts) = (0, 0, 0);
    let mut faults: Vec<String> = Vec::new();
    // Former values come back in a former state.
    let former = ["markup", "javascript"].map(site).map(|site| {
        let options = Options { as_of: Day::new(2024, 1, 15), ..Options::default() };
        (format!("{}, as it stood", site.payload.name), build_with(&site.files, options).value.output)
    });
    let today = SITES.iter().map(|site| (site.payload.name.to_owned(), site.output.clone()));
    for (name, output) in today.chain(former) {
        let mut read = Vec::new();
        for (path, bytes) in output.iter() {
            let way = match path.rsplit_once('.') {
                Some((_, "html")) => "auditText",
                Some((_, "xml")) if path != "sitemap.xml" => "auditFeed",
                Some((_, "js")) if path.starts_with("search/") || path.starts_with("previews/") => {
                    "auditScript"
                }
                _ => continue,
            };
            match way {
                "auditText" => pages += 1,
                "auditFeed" => feeds += 1,
                _ => scripts += 1,
            }
            let text = std::str::from_utf8(bytes).unwrap();
            read.push(json!([way, text, format!("{BASE}{path}")]));
        }
        let script = format!(
            "globalThis.dossierSearch = globalThis.dossierPreviews = () => {{}};
             globalThis.auditScript = (text) => {{
                 if (/<\\/script|<!--/i.test(text)) return ['would end a script'];
                 try {{ new Function(text)(); }} catch (error) {{ return [String(error)]; }}
                 return [];
             }};
             {}.flatMap(([way, text, base]) => globalThis[way](text, base).map((fault) => `${{base}}: ${{fault}}`))
                .concat(pwned)",
            json!(read)
        );
        let found: Vec<String> = tab.value(&script).await;
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    browser.close().await;
    println!("{pages} pages, {feeds} feeds and {scripts} scripts of data read, {} faults", faults.len());
    nothing(faults);
}

struct Host {
    origin: String,
    task: JoinHandle<()>,
}

impl Host {
    /// Serves a site with the headers that it has for hosts, so that what is refused is told.
    async fn start(site: &'static Output) -> Host {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let origin = format!("http://{}/", listener.local_addr().unwrap());
        let headers = hosts::headers(site.iter().map(|(path, bytes)| (path, &bytes[..])));
        let policy = headers.lines().find_map(|line| line.strip_prefix("  Content-Security-Policy: "));
        let policy: Arc<str> = policy.unwrap().into();
        let router = Router::new().fallback(move |request: Request| {
            let policy = Arc::clone(&policy);
            async move { answer(site, request.uri().path(), &policy) }
        });
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Host { origin, task }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn answer(site: &Output, address: &str, policy: &str) -> Response {
    let Some(bytes) = site.get(&address[1..]) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = hosts::content_type(address);
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, policy.to_owned())];
    (headers, bytes.to_vec()).into_response()
}

/// What its scripts do on a page: the menu, all that can be opened, what stands beside links, filters.
const USE: &str = "(async () => {
    const faults = [];
    document.querySelector('.menu-button')?.click();
    document.querySelector('.close-button')?.click();
    for (const part of document.querySelectorAll('details')) part.open = true;
    for (const select of document.querySelectorAll('.filters select')) {
        for (const option of select.options) {
            select.value = option.value;
            select.dispatchEvent(new Event('change', { bubbles: true }));
        }
        select.selectedIndex = 0;
    }
    for (const box of document.querySelectorAll('.filters input[type=checkbox]')) box.click();
    const seen = new Set();
    for (const link of document.querySelectorAll('main a[href]')) {
        const to = link.getAttribute('href');
        if (seen.has(to) || !USED) continue;
        seen.add(to);
        link.dispatchEvent(new PointerEvent('pointerover', { pointerType: 'mouse', bubbles: true }));
        await rest(8);
        const box = document.getElementById('preview');
        if (box?.matches(':popover-open')) globalThis.previewed = (globalThis.previewed ?? 0) + 1;
        if (box) faults.push(...audit(box, document.baseURI, false));
    }
    return [globalThis.previewed ?? 0, faults];
})()";

/// What is wrong on the page at hand.
async fn look(tab: &mut Tab, base: &str) -> Vec<String> {
    let mut faults: Vec<String> = tab.value("audit(document, document.baseURI)").await;
    let run: Vec<String> = tab.value("pwned").await;
    faults.extend(run.into_iter().map(|n| {
        let slot = n.parse().ok().and_then(|n: usize| TEMPLATE.slots.get(n));
        format!("executed: {n}, {}", slot.map_or(String::new(), |slot| slot.name()))
    }));
    faults.extend(tab.value::<Vec<String>>("violations").await);
    faults.extend(tab.heard(base).await);
    faults
}

/// Opens every page of a site, uses its scripts, and searches. Returns how many pages there were and how many previews.
async fn visit(tab: &mut Tab, site: &Hostile, base: &str, faults: &mut Vec<String>) -> (usize, usize) {
    let (mut pages, mut previews) = (0, 0);
    // What stands for pages that are not there has the addresses of where the site will be.
    let all = site
        .output
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(".html") && *path != "404.html");
    for path in all {
        // What only leads on has been read as text, and would be the page that it leads to.
        if site.string(path).contains("http-equiv=\"refresh\"") {
            continue;
        }
        let address = format!("{base}{path}");
        tab.open(&address).await;
        // On these there are links to everything.
        let uses_links =
            ["index.html", "people.html", "groups.html", "timeline.html", "sources.html", "glossary.html"]
                .contains(&path)
                || path.starts_with("explainers/");
        let used: (usize, Vec<String>) = tab.value(&USE.replace("USED", &uses_links.to_string())).await;
        previews += used.0;
        let found = [used.1, look(tab, base).await].concat();
        faults.extend(found.into_iter().map(|fault| format!("{}: {address}: {fault}", site.payload.name)));
        pages += 1;
    }
    let payload = site.payload.filled(0, "pwn");
    let query: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
    for address in
        [format!("search.html?q={query}"), format!("timeline.html?kind={query}&person={query}#{query}")]
    {
        tab.open(&format!("{base}{address}")).await;
        tab.run("rest(150)").await;
        let found = look(tab, base).await;
        faults.extend(found.into_iter().map(|fault| format!("{}: {address}: {fault}", site.payload.name)));
    }
    tab.open(&format!("{base}search.html")).await;
    let mut hits = 0;
    for query in [&*payload, "pwn", "script", "onerror", "img", "javascript", "harbour", "herald", "a"] {
        let script = format!(
            "(async () => {{
                const field = document.querySelector('#search input');
                field.value = {};
                field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
                for (let at = 0; at < 40 && !document.querySelector('#search-status').textContent; at++) await rest(10);
                await rest(60);
                for (let at = 0; at < 3 && !document.querySelector('#search-more').hidden; at++) {{
                    document.querySelector('#search-more').click();
                    await rest(40);
                }}
                return document.querySelectorAll('#search-results li').length;
            }})()",
            json!(query)
        );
        hits += tab.value::<usize>(&script).await;
        let found = look(tab, base).await;
        faults.extend(
            found.into_iter().map(|fault| format!("{}: search for {query}: {fault}", site.payload.name)),
        );
    }
    assert!(hits > 0, "{}: the search finds nothing", site.payload.name);
    (pages, previews)
}

#[tokio::test]
async fn nothing_of_a_text_is_executed() {
    let Some(browser) = started().await else { return };
    let folder = tempfile::tempdir().unwrap();
    // From a server with its policy, and by double-click, where no policy stands between.
    let served = async {
        let mut tab = armed(&browser).await;
        let (mut faults, mut count) = (Vec::new(), (0, 0));
        for site in ["markup", "decoded"].map(site) {
            let host = Host::start(&site.output).await;
            let (pages, previews) = visit(&mut tab, site, &host.origin, &mut faults).await;
            count = (count.0 + pages, count.1 + previews);
        }
        (faults, count)
    };
    let opened = async {
        let mut tab = armed(&browser).await;
        let (mut faults, mut count) = (Vec::new(), (0, 0));
        for site in ["markup", "attribute", "javascript"].map(site) {
            let public = folder.path().join(site.payload.name);
            dossier::disk::write::apply(&site.output, &public).unwrap();
            let base = format!("file://{}/", public.display());
            let (pages, previews) = visit(&mut tab, site, &base, &mut faults).await;
            count = (count.0 + pages, count.1 + previews);
        }
        (faults, count)
    };
    let (served, opened) = futures::future::join(served, opened).await;
    browser.close().await;
    let executed = served.0.iter().chain(&opened.0).filter(|fault| fault.contains("executed")).count();
    let (pages, previews) = (served.1.0 + opened.1.0, served.1.1 + opened.1.1);
    println!("{pages} pages opened, {previews} previews, {executed} executed");
    nothing([served.0, opened.0].concat());
    assert!(pages > 100 && previews > 100, "{pages} pages, {previews} previews");
}

/// A dossier brings words of the interface along, and they are texts like others.
#[tokio::test]
async fn nothing_of_a_word_of_the_interface_is_executed() {
    let site: &'static Hostile = Box::leak(Box::new(with(&WITH_WORDS, payload("markup-behind"))));
    let words = WITH_WORDS.slots.iter().filter(|slot| slot.file.starts_with("templates/"));
    let taken = words.filter(|slot| site.taken.contains_key(&slot.number)).count();
    let Some(browser) = Chromium::start().await else { return };
    let mut tab = armed(&browser).await;
    let folder = tempfile::tempdir().unwrap();
    dossier::disk::write::apply(&site.output, folder.path()).unwrap();
    let mut faults = Vec::new();
    let base = format!("file://{}/", folder.path().display());
    let (pages, _) = visit(&mut tab, site, &base, &mut faults).await;
    browser.close().await;
    println!("{taken} words of the interface, {pages} pages opened, {} faults", faults.len());
    nothing(faults);
    assert!(taken > 500, "{taken}");
}

#[tokio::test]
async fn nothing_of_a_text_is_executed_on_the_sheet_for_the_editor() {
    let Some(browser) = started().await else { return };
    let mut tab = armed(&browser).await;
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    for site in ["markup", "decoded", "javascript", "attribute"].map(site) {
        let theme = theme::theme();
        let made =
            dossier::factcheck(&site.files, &theme, Options::default(), &mut Cache::default(), &|_, _, _| {});
        let path = folder.path().join("factcheck.html");
        std::fs::write(&path, made.value.get("factcheck.html").unwrap()).unwrap();
        tab.open(&format!("file://{}", path.display())).await;
        // The sheet brings its own style along, in one element.
        let found = look(&mut tab, "file://").await;
        faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", site.payload.name)));
    }
    browser.close().await;
    nothing(faults);
}

/// In the preview: its own pages, what it says of hostile files, and what an edit brings onto an open page.
#[tokio::test]
async fn nothing_of_a_text_is_executed_in_the_preview() {
    let Some(browser) = started().await else { return };
    let site = site("markup");
    let serving = Serving::start(&site.files, &[]);
    let mut tab = armed(&browser).await;
    let mut faults = Vec::new();
    const BAR: &str = "document.querySelector('dossier-preview').shadowRoot";
    let mut pages = 0;
    for path in [
        "people/ada-berg.html",
        "index.html",
        "explainers/who-is-who.html",
        "timeline.html",
        "~dossier/problems.html",
    ] {
        tab.open(&format!("{}{path}", serving.url)).await;
        tab.run("rest(300)").await;
        let found = look(&mut tab, &serving.url).await;
        faults.extend(found.into_iter().map(|fault| format!("{path}: {fault}")));
        pages += 1;
    }
    // A page that was harmless when it was opened.
    let quiet = sources(&[
        ("content/people.toml", "[ada-berg]\nname = \"Ada Berg\"\nsummary = \"A pilot.\"\n"),
        ("content/explainers/boat.md", "# The boat\n\nIt left, says [[ada-berg]].\n"),
    ]);
    let serving = Serving::start(&quiet, &[]);
    tab.open(&format!("{}people/ada-berg.html", serving.url)).await;
    let payload = site.payload.filled(7, "");
    let quoted = super::slots::quoted(&payload);
    serving.write(
        "content/people.toml",
        &format!("[ada-berg]\nname = {quoted}\nsummary = {quoted}\nsort_name = {quoted}\nnote = {quoted}\nids = {{ {quoted} = {quoted} }}\nlinks = [{{ url = \"https://example.org/\", title = {quoted} }}]\n"),
    );
    holds(&tab, "document.querySelector('h1').textContent.includes('pwn7')").await;
    tab.run("rest(300)").await;
    faults.extend(look(&mut tab, &serving.url).await);
    // Messages that quote it, in files that are named by it.
    serving.write(
        "content/people.toml",
        &format!("[ada-berg]\nname = \"Ada\"\n{quoted} = 1\nborn = {quoted}\nroles = [{{ role = \"x\", of = {quoted} }}]\n"),
    );
    let name = "\"><img src=x onerror=pwn(8)><pwn-8 data-pwn=8>'.toml";
    serving.write(&format!("content/{name}"), "x = 1\n");
    holds(&tab, &format!("{BAR}.querySelector('.report').textContent.includes('onerror=pwn(8)')")).await;
    holds(&tab, &format!("{BAR}.querySelector('.report').textContent.includes('onerror=pwn(7)')")).await;
    let found: Vec<String> = tab.value(&format!("audit({BAR}, document.baseURI)")).await;
    faults.extend(found);
    faults.extend(look(&mut tab, &serving.url).await);
    tab.open(&format!("{}~dossier/problems.html", serving.url)).await;
    holds(&tab, "document.body.textContent.includes('onerror=pwn(8)')").await;
    faults.extend(look(&mut tab, &serving.url).await);
    browser.close().await;
    println!("{pages} pages of the preview, {} faults", faults.len());
    nothing(faults);
}

/// A file whose name would be an address that runs, or markup.
#[tokio::test]
async fn nothing_of_the_name_of_a_file_is_executed() {
    let Some(browser) = Chromium::start().await else { return };
    let mut tab = armed(&browser).await;
    let markup = "\"><img src=x onerror=pwn(4)><pwn-4 data-pwn=4>'";
    let address: String = url::form_urlencoded::byte_serialize(markup.as_bytes()).collect();
    let address = address.replace('+', "%20");
    let mut files = sources(&[(
        "content/index.md",
        &format!(
            "# Files\n\n[one](/javascript:pwn%281%29) [two](javascript%3Apwn%282%29) [three](JavaScript%3Apwn%283%29.txt)\n\
             [four](/{address}) [five](/{address}.txt)\n\n![A picture](/{address}.png)\n"
        ),
    )]);
    let names = ["static/javascript:pwn(1)", "content/javascript:pwn(2)", "static/JavaScript:pwn(3).txt"];
    for name in names {
        files.insert(name, b"x".as_slice());
    }
    files.insert(format!("static/{markup}"), b"x".as_slice());
    files.insert(format!("content/{markup}.txt"), b"x".as_slice());
    let picture = TEMPLATE.fill(|_| None).files.get("content/pictures/ada.png").unwrap().bytes.to_vec();
    files.insert(format!("content/{markup}.png"), picture);
    let built = build(&files);
    assert!(!dossier::has_errors(&built.diagnostics), "{}", text(&files, &built));
    let folder = tempfile::tempdir().unwrap();
    dossier::disk::write::apply(&built.value.output, folder.path()).unwrap();
    let base = format!("file://{}/", folder.path().display());
    tab.open(&format!("{base}index.html")).await;
    let mut faults = look(&mut tab, &base).await;
    let links: Vec<String> = tab
        .value("[...document.querySelectorAll('main p a, main img')].map((one) => one.href ?? one.src)")
        .await;
    assert_eq!(links.len(), 6, "{links:?}");
    faults.extend(links.into_iter().filter(|link| !link.starts_with(&base)));
    browser.close().await;
    nothing(faults);
}
