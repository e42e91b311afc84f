//! Edits of each kind, and how long it takes until a browser shows one.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use dossier::source::Sources;

use super::chromium::Tab;
use crate::serving::Serving;

/// A script after which pages connect to the preview only when `connect()` is called, unless `waits` is no longer set.
pub const LATE: &str = "const Socket = WebSocket;
    globalThis.WebSocket = class { constructor(url) {
        const given = [];
        this.addEventListener = (...event) => given.push(event);
        globalThis.connect = () => { const socket = new Socket(url); this.send = (text) => socket.send(text);
            for (const event of given) socket.addEventListener(...event); };
        if (!globalThis.waits) queueMicrotask(connect); } };
    globalThis.waits = true;";

/// Waits until an expression is true on the page, which may be loaded again meanwhile. Returns when that was, in
/// milliseconds of the clock.
pub async fn holds(tab: &Tab, expression: &str) -> f64 {
    let script = format!(
        "new Promise((done) => {{
            const end = performance.now() + 20000;
            const look = () => {{
                let holds = false;
                try {{ holds = {expression}; }} catch {{}}
                if (holds) done(performance.timeOrigin + performance.now());
                else if (performance.now() > end) done(0);
                else requestAnimationFrame(look);
            }};
            look();
        }})"
    );
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        // A page that is loaded again takes the question with it.
        match tab.page.evaluate(script.as_str()).await {
            Ok(found) => {
                let at: f64 = found.into_value().unwrap();
                if at > 0.0 {
                    return at;
                }
                let shown: String = tab.value("document.documentElement.outerHTML.slice(0, 4000)").await;
                panic!("never came to hold: {expression}, on {shown}");
            }
            Err(error) if Instant::now() > end => {
                panic!("the page never answered: {expression}, but {error}")
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

/// The clock, in milliseconds.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}

/// A kind of edit: the page that shows it, the file, its text for each number, and what is then true on the page.
pub struct Kind {
    pub name: &'static str,
    pub page: &'static str,
    pub file: &'static str,
    pub text: Box<dyn Fn(usize) -> String>,
    pub holds: fn(usize) -> String,
}

/// An edit of each kind, in a dossier whose page of a person is given: in the record, in prose, in a template, in a
/// sheet and in the settings.
pub fn kinds(files: &Sources, page: &'static str, record: (&'static str, String, &'static str)) -> Vec<Kind> {
    let shows = |n: usize| format!("document.body.textContent.includes('edit {n} of')");
    let (file, text, place) = record;
    let site = files.get("site.toml").unwrap().text().unwrap().to_owned();
    let sheet = files.get("static/own.css").map_or("", |file| file.text().unwrap()).to_owned();
    vec![
        Kind {
            name: "record",
            page,
            file,
            text: Box::new(move |n| text.replacen(place, &format!("{place}edit {n} of many, "), 1)),
            holds: shows,
        },
        Kind {
            name: "prose",
            page: "explainers/edited.html",
            file: "content/explainers/edited.md",
            text: Box::new(|n| format!("# Edited\n\nThis is edit {n} of many.\n\n## More\n\nAnd more.\n")),
            holds: shows,
        },
        Kind {
            name: "settings",
            page,
            file: "site.toml",
            text: Box::new(move |n| format!("notice = \"edit {n} of many\"\n{site}")),
            holds: shows,
        },
        Kind {
            name: "sheet",
            page,
            file: "static/own.css",
            text: Box::new(move |n| format!("{sheet}\nbody {{ --edit: {n} }}\n")),
            holds: |n| format!("getComputedStyle(document.body).getPropertyValue('--edit').trim() === '{n}'"),
        },
        Kind {
            name: "template",
            page,
            file: "templates/person.html",
            text: Box::new(|n| {
                format!(
                    "{{% extends \"theme/person.html\" %}}{{% block footer %}}<footer>edit {n} of many</footer>\
                     {{% endblock footer %}}"
                )
            }),
            holds: shows,
        },
    ]
}

/// The demonstration, with what is edited in it.
pub fn demonstration() -> Sources {
    let mut files = dossier::disk::read::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).value;
    let site = files.get("site.toml").unwrap().text().unwrap();
    let kept = site.lines().filter(|line| !line.starts_with("notice"));
    let site: String = kept.map(|line| format!("{line}\n")).collect();
    files.insert("site.toml", site.into_bytes());
    with_own_sheet(files)
}

/// The edits of the demonstration.
pub fn of_demonstration(files: &Sources) -> Vec<Kind> {
    let people = files.get("content/people.toml").unwrap().text().unwrap();
    let start = people.find("[ismail-haniyeh]").unwrap();
    let place = "summary = \"";
    // The first summary after the key is that of the person; those before it are written otherwise.
    let (before, after) = people.split_at(start);
    let text = before.replace(place, "summary=\"") + after;
    kinds(files, "people/ismail-haniyeh.html", ("content/people.toml", text, place))
}

/// A dossier whose pages load a sheet of its own, and an article to be edited.
pub fn with_own_sheet(mut files: Sources) -> Sources {
    files.insert("content/explainers/edited.md", b"# Edited\n\nNot yet.\n".as_slice());
    files.insert("static/own.css", b"body { --edit: none }\n".as_slice());
    files.insert(
        "templates/base.html",
        [
            "{% extends \"theme/base.html\" %}{% block stylesheets %}{{ super() }}",
            "<link rel=\"stylesheet\" href=\"{{ root }}own.css\">{% endblock stylesheets %}",
        ]
        .concat()
        .into_bytes(),
    );
    files
}

/// From the save to the changed text on the screen, in milliseconds: median and 95th percentile of some edits.
pub async fn measure(tab: &Tab, serving: &Serving, kind: &Kind, times: usize) -> (f64, f64) {
    tab.open(&format!("{}{}", serving.url, kind.page)).await;
    tab.run("new Promise((done) => setTimeout(done, 500))").await;
    let mut taken = Vec::new();
    for n in 1..=times {
        // Asked before the save, so that the first picture with the edit is the one that counts.
        let expression = (kind.holds)(n);
        let text = (kind.text)(n);
        let save = async {
            tokio::time::sleep(Duration::from_millis(60 + (n as u64 * 37) % 50)).await;
            let saved = now();
            serving.write(kind.file, &text);
            saved
        };
        let (seen, saved) = futures::future::join(holds(tab, &expression), save).await;
        taken.push(seen - saved);
    }
    percentiles(taken)
}

/// The median and the 95th percentile.
pub fn percentiles(mut taken: Vec<f64>) -> (f64, f64) {
    taken.sort_by(f64::total_cmp);
    (taken[taken.len() / 2], taken[(taken.len() * 95).div_ceil(100) - 1])
}
