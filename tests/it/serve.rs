//! `dossier serve` without a browser: what it answers and to whom, that it misses no change, and what it keeps.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use dossier::source::Sources;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use crate::serving::{Serving, wait};
use crate::support::{build_with, sources};
use dossier::Options;

const PEOPLE: &str = "[ada]\nname = \"Ada Berg\"\nsummary = \"A pilot.\"\ncite = \"log\"\n\
    [bo]\nname = \"Bo Lind\"\nsummary = \"A mate.\"\ncite = \"log\"\n";
const MEETINGS: &str = "[talks]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"log ¶2\"\n";
const LOG: &str = "[log]\ntitle = \"The log\"\ntype = \"report\"\npublished = \"2023-07\"\n";

/// A small dossier in order.
pub fn small() -> Sources {
    sources(&[
        ("content/people.toml", PEOPLE),
        ("content/meetings.toml", MEETINGS),
        ("content/sources.toml", LOG),
        ("content/index.md", "# The log\n\nWhat [[ada]] wrote down [@log ¶1].\n"),
        ("content/explainers/boat.md", "# The boat\n\nIt left at night [@log ¶3].\n"),
        ("static/own.css", "body { --own: 1 }\n"),
    ])
}

/// Every file that a folder becomes, without drafts and withheld records or with them.
fn built(root: &std::path::Path, shows_all: bool) -> Vec<(String, Vec<u8>)> {
    let read = dossier::disk::read::read(root).value;
    let options = Options { drafts: shows_all, withheld: shows_all, as_of: None };
    let site = build_with(&read, options).value;
    site.output.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
}

/// Waits until every file is served as a cold build makes it.
fn wait_for_the_build(serving: &Serving) {
    let expected = built(serving.root(), true);
    assert!(expected.len() > 20);
    let other = || expected.iter().find(|(path, bytes)| serving.file(path).as_deref() != Some(bytes));
    let start = Instant::now();
    while let Some((path, _)) = other() {
        assert!(start.elapsed() < Duration::from_secs(60), "{path} is not as a build makes it");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_site_is_served_below_its_path_and_nothing_else_is() {
    let serving = Serving::start(&small(), &["--base", "/some/sub/path"]);
    assert!(serving.url.starts_with("http://127.0.0.1:"), "{}", serving.url);
    assert!(serving.url.ends_with("/some/sub/path/"), "{}", serving.url);
    for (path, status) in [
        ("", 200),
        ("index.html", 200),
        ("people/ada.html", 200),
        ("dossier.css", 200),
        ("search/start.js", 200),
        ("~dossier/problems.html", 200),
        ("~dossier/live.js", 200),
        ("nobody.html", 404),
        ("../../../../etc/passwd", 404),
        ("%2e%2e/%2e%2e/site.toml", 404),
        ("..%5csite.toml", 404),
        ("content/people.toml", 404),
        ("%ff", 400),
        ("~dossier/socket", 403),
    ] {
        assert_eq!(serving.get(path).0, status, "{path}");
    }
    let outside = serving.url.replace("/some/sub/path/", "/");
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    assert_eq!(agent.get(&outside).call().unwrap().status().as_u16(), 404);
    let without_slash = serving.url.trim_end_matches('/');
    assert_eq!(agent.get(without_slash).call().unwrap().status().as_u16(), 200);
}

#[test]
fn only_hosts_that_are_meant_are_answered_and_only_pages_of_the_preview_told() {
    let serving = Serving::start(&small(), &[]);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let port = serving.url.trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
    for (host, status) in [
        (format!("localhost:{port}"), 200),
        (format!("127.0.0.1:{port}"), 200),
        (format!("evil.example:{port}"), 403),
        (format!("127.0.0.1.evil.example:{port}"), 403),
        ("localhost".to_owned(), 200),
        (format!("192.0.2.1:{port}"), 403),
    ] {
        let answer = agent.get(&serving.url).header("Host", &host).call().unwrap();
        assert_eq!(answer.status().as_u16(), status, "{host}");
    }
    let socket = format!("{}~dossier/socket", serving.url);
    let by_address = format!("http://6.6.6.6:{port}");
    for (origin, status) in [
        ("http://evil.example", 403),
        ("null", 403),
        (by_address.as_str(), 403),
        (serving.url.trim_end_matches('/'), 101),
    ] {
        let answer = agent
            .get(&socket)
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("Origin", origin)
            .call();
        // The library reads no answer that changes the protocol.
        let told = answer.map_or(101, |answer| answer.status().as_u16());
        assert_eq!(told, status, "{origin}");
    }
    let answer = agent.get(format!("{}search/start.js", serving.url)).call().unwrap();
    let policy =
        |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    assert_eq!(policy("cross-origin-resource-policy").as_deref(), Some("same-origin"));
    assert_eq!(policy("content-security-policy").as_deref(), Some("frame-ancestors 'self'"));
    let posted = agent.post(&serving.url).send_empty().unwrap();
    assert_eq!(posted.status().as_u16(), 405);
}

/// What is answered to these very bytes, until the other side ends it or so long has passed.
fn answered(serving: &Serving, bytes: &str, patience: Duration) -> std::io::Result<String> {
    let address = serving.url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(bytes.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn a_request_for_two_hosts_and_one_that_never_ends_are_refused() {
    let serving = Serving::start(&small(), &[]);
    let two = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    let answer = answered(&serving, two, Duration::from_secs(60)).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    let begun = Instant::now();
    let cut = answered(&serving, "GET / HTTP/1.1\r\nHost: 127", Duration::from_secs(60));
    assert!(cut.is_ok_and(|answer| !answer.contains("200")), "it is held");
    assert!(begun.elapsed() < Duration::from_secs(50));
}

#[test]
fn the_next_free_port_is_taken() {
    let first = Serving::start(&small(), &[]);
    let port = first.url.trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
    let second = Serving::start(&small(), &["--port", &port]);
    assert_ne!(first.url, second.url);
    assert_eq!((first.get("").0, second.get("").0), (200, 200));
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_site() {
    use std::os::unix::fs::PermissionsExt;

    // What a desktop has for opening addresses is a program in the path.
    let folder = tempfile::tempdir().unwrap();
    let (program, opened) = (folder.path().join("xdg-open"), folder.path().join("opened"));
    let script = format!("#!/bin/sh\nprintf %s \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n", opened.display());
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let serving = Serving::start_with(&small(), &["--open", "--base", "/sub"], &[("PATH", &path)]);
    wait("the browser", || opened.exists());
    assert_eq!(std::fs::read_to_string(&opened).unwrap(), serving.url);
}

#[test]
fn each_rebuild_is_one_line() {
    let serving = Serving::start(&small(), &[]);
    serving.wait_for("all files: ");
    serving.write("content/people.toml", &PEOPLE.replace("A pilot", "A captain"));
    serving.wait_for("content/people.toml: ");
    let lines = serving.lines();
    let line = lines.iter().find(|line| line.starts_with("content/people.toml: ")).unwrap();
    let parts: Vec<&str> = line.split(", ").collect();
    assert!(parts[0].contains(" of ") && parts[0].ends_with(" pages made anew"), "{line}");
    assert!(parts[1].starts_with("shown after ") && parts[1].ends_with(" ms"), "{line}");
    assert!(parts[2].starts_with("all done after "), "{line}");
    let made: usize = line.split(' ').nth(1).unwrap().parse().unwrap();
    assert!((1..10).contains(&made), "only pages that name the record: {line}");
}

#[test]
fn editors_that_save_by_rename_new_folders_and_removals_are_seen() {
    let serving = Serving::start(&small(), &[]);
    serving.write("content/.people.toml.swp", &PEOPLE.replace("Ada Berg", "Ada Dahl"));
    std::fs::rename(serving.path("content/.people.toml.swp"), serving.path("content/people.toml")).unwrap();
    wait("saved by rename", || {
        String::from_utf8_lossy(&serving.get("people/ada.html").1).contains("Ada Dahl")
    });

    std::fs::create_dir_all(serving.path("content/explainers/new/deep")).unwrap();
    serving.write("content/explainers/new/deep/one.md", "# Deep\n\nText [@log ¶9].\n");
    wait("a new folder", || serving.get("explainers/new/deep/one.html").0 == 200);

    std::fs::rename(serving.path("content/explainers/new"), serving.path("content/explainers/other"))
        .unwrap();
    wait("a renamed folder", || {
        serving.get("explainers/new/deep/one.html").0 == 404
            && serving.get("explainers/other/deep/one.html").0 == 200
    });

    std::fs::remove_dir_all(serving.path("content/explainers/other")).unwrap();
    wait("a removed folder", || serving.get("explainers/other/deep/one.html").0 == 404);

    std::fs::create_dir(serving.path("templates")).unwrap();
    serving.write(
        "templates/home.html",
        "{% extends \"theme/home.html\" %}{% block head %}<meta name=\"own\">{% endblock head %}",
    );
    wait("a folder of the dossier that was not there", || {
        String::from_utf8_lossy(&serving.get("").1).contains("<meta name=\"own\">")
    });
    // Another folder in the place of one that was watched.
    std::fs::rename(serving.path("content"), serving.path("kept")).unwrap();
    std::fs::create_dir_all(serving.path("content/explainers")).unwrap();
    for path in ["content/people.toml", "content/sources.toml", "content/meetings.toml", "content/index.md"] {
        std::fs::copy(serving.path(&path.replace("content/", "kept/")), serving.path(path)).unwrap();
    }
    wait("a folder in the place of another", || serving.get("explainers/boat.html").0 == 404);
    std::thread::sleep(Duration::from_secs(3));
    serving.write("content/people.toml", &PEOPLE.replace("Ada Berg", "Ada Elm"));
    wait("an edit in it", || String::from_utf8_lossy(&serving.get("people/ada.html").1).contains("Ada Elm"));

    // A file elsewhere that a link stands for.
    std::fs::create_dir(serving.path("notes")).unwrap();
    serving.write("notes/linked.md", "# Linked\n\nFirst [@log ¶9].\n");
    std::os::unix::fs::symlink("../../notes/linked.md", serving.path("content/explainers/linked.md"))
        .unwrap();
    let linked =
        |text: &str| String::from_utf8_lossy(&serving.get("explainers/linked.html").1).contains(text);
    wait("a link", || linked("First"));
    std::thread::sleep(Duration::from_secs(3));
    serving.write("notes/linked.md", "# Linked\n\nSecond [@log ¶9].\n");
    wait("an edit of what a link stands for", || linked("Second"));

    serving.write("site.toml", "title = \"Another title\"\n");
    wait("settings", || String::from_utf8_lossy(&serving.get("").1).contains("Another title"));
    wait_for_the_build(&serving);
}

#[test]
fn an_edit_of_which_no_system_tells_is_found_and_named() {
    let serving = Serving::start(&small(), &[]);
    // Written by its other name, in a folder that nobody watches.
    std::fs::hard_link(serving.path("content/people.toml"), serving.path("other.toml")).unwrap();
    serving.write("other.toml", &PEOPLE.replace("Ada Berg", "Ada Dahl"));
    serving.write("content/explainers/boat.md", "# The boat\n\nIt left.\n");
    wait("its name", || {
        let names = ["content/people.toml: ", "content/explainers/boat.md and 1 other file: "];
        serving.lines().iter().any(|line| names.iter().any(|name| line.starts_with(name)))
    });
    assert!(String::from_utf8_lossy(&serving.get("people/ada.html").1).contains("Ada Dahl"));
}

/// Removes the folders, and puts them back at once.
fn restore(from: &std::path::Path, to: &std::path::Path) {
    let script = "cd \"$2\" && for folder in content templates static; do \
        rm -rf $folder; cp -r \"$1\"/$folder $folder; done";
    let done = Command::new("sh").args(["-c", script, "sh"]).args([from, to]).status().unwrap();
    assert!(done.success());
}

#[test]
fn folders_that_are_removed_and_put_back_at_once_are_watched_again() {
    let folder = tempfile::tempdir().unwrap();
    let good = tempfile::tempdir().unwrap();
    for root in [folder.path(), good.path()] {
        for path in ["content/people", "templates/parts", "static/pictures"] {
            std::fs::create_dir_all(root.join(path)).unwrap();
        }
        for file in small().iter() {
            let place = root.join(&file.path);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, &file.bytes).unwrap();
        }
        std::fs::write(root.join("static/pictures/one.txt"), "good").unwrap();
    }
    let site = good.path().join("built");
    let serving = Serving::of(folder, &[]);
    let mut watching = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["build", "--watch", "--output"])
        .arg(&site)
        .current_dir(serving.root())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let built = |path: &str| std::fs::read_to_string(site.join(path)).unwrap_or_default();
    wait("the first build", || !built("index.html").is_empty());
    for round in 0..10_usize {
        restore(good.path(), serving.root());
        // At once, while it is still being looked at, and when all is quiet again.
        std::thread::sleep(Duration::from_millis([15, 1200, 300, 3500][round % 4]));
        let name = format!("Ada Berg {round}");
        serving.write("content/people/ada.md", &format!("Text of {name} [@log ¶9].\n"));
        serving.write("static/pictures/one.txt", &name);
        let own = "{% extends \"theme/home.html\" %}{% block head %}<meta name=\"own\" content=\"NAME\">{% endblock head %}";
        serving.write("templates/home.html", &own.replace("NAME", &name));
        let shown = |path: &str| String::from_utf8_lossy(&serving.get(path).1).contains(&name);
        wait(&format!("an edit in content/, round {round}"), || shown("people/ada.html"));
        wait(&format!("an edit in static/, round {round}"), || shown("pictures/one.txt"));
        wait(&format!("an edit in templates/, round {round}"), || shown(""));
        for path in ["people/ada.html", "pictures/one.txt", "index.html"] {
            wait(&format!("{path} is built, round {round}"), || built(path).contains(&name));
        }
    }
    watching.kill().unwrap();
    watching.wait().unwrap();
}

fn git(folder: &TempDir, args: &[&str]) {
    let done = Command::new("git")
        .current_dir(folder.path())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .output()
        .unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_checkout_of_a_thousand_files_is_one_change() {
    let folder = tempfile::tempdir().unwrap();
    let write = |word: &str| {
        for file in small().iter() {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
        for n in 0..1000 {
            let path = folder.path().join(format!("content/explainers/{}/a{n}.md", n % 40));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, format!("# Article {n}\n\nThe {word} text [@log ¶{n}].\n")).unwrap();
        }
    };
    git(&folder, &["init", "-q", "-b", "one"]);
    write("first");
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "one"]);
    git(&folder, &["checkout", "-q", "-b", "two"]);
    write("second");
    std::fs::remove_dir_all(folder.path().join("content/explainers/7")).unwrap();
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "two"]);

    let serving = Serving::of(folder, &[]);
    let text = |path: &str| String::from_utf8_lossy(&serving.get(path).1).into_owned();
    assert!(text("explainers/8/a8.html").contains("The second text"));
    git(&serving.folder, &["checkout", "-q", "one"]);
    wait("the checkout", || {
        text("explainers/39/a999.html").contains("The first text")
            && serving.get("explainers/7/a7.html").0 == 200
    });
    wait_for_the_build(&serving);
}

/// A file of a thousand kinds of content, and a second in which nothing is left out.
fn edit() -> impl Strategy<Value = (&'static str, Option<String>)> {
    let some = |text: &'static str| (0..50u32).prop_map(move |n| Some(text.replace("NNN", &n.to_string())));
    prop_oneof![
        some("[ada]\nname = \"Ada Berg\"\nsummary = \"Edit NNN.\"\ncite = \"log\"\n[bo]\nname = \"Bo NNN\"\n")
            .prop_map(|text| ("content/people.toml", text)),
        some("[ada]\nname = \"Ada NNN").prop_map(|text| ("content/people.toml", text)),
        some("# Boat NNN\n\nIt left on day NNN with [[bo]] [@log ¶NNN].\n")
            .prop_map(|text| ("content/explainers/boat.md", text)),
        Just(("content/explainers/boat.md", None)),
        some("# More\n\nText NNN.\n").prop_map(|text| ("content/explainers/sub/more.md", text)),
        Just(("content/explainers/sub/more.md", None)),
        some("title = \"Title NNN\"\n").prop_map(|text| ("site.toml", text)),
        some("body { --own: NNN }\n").prop_map(|text| ("static/own.css", text)),
        some("a NNN\n").prop_map(|text| ("static/sub/other.txt", text)),
        some("{% extends \"theme/person.html\" %}{% block head %}<meta name=\"n\" content=\"NNN\">{% endblock head %}")
            .prop_map(|text| ("templates/person.html", text)),
        some("{% if NNN %}").prop_map(|text| ("templates/person.html", text)),
        Just(("templates/person.html", None)),
    ]
}

/// Whether an edit breaks the dossier, so that there is no site to compare.
fn is_broken((_, text): &(&str, Option<String>)) -> bool {
    text.as_ref()
        .is_some_and(|text| text.starts_with("{% if") || text.starts_with("[ada]") && !text.ends_with('\n'))
}

/// Five hundred edits in random order, of which the last of each file is one that can be built.
fn five_hundred_edits() -> Vec<(&'static str, Option<String>)> {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7u64);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut edits = prop::collection::vec(edit(), 500).new_tree(&mut runner).unwrap().current();
    for path in ["content/people.toml", "templates/person.html"] {
        let last = edits.iter().rposition(|edit| edit.0 == path).unwrap();
        let sound = edits.iter().rposition(|edit| edit.0 == path && !is_broken(edit)).unwrap();
        edits.swap(last, sound);
    }
    edits
}

fn make(serving: &Serving, (path, text): &(&str, Option<String>)) {
    let path = serving.path(path);
    match text {
        Some(text) => {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        None => drop(std::fs::remove_file(path)),
    }
}

#[test]
fn five_hundred_edits_in_five_seconds_end_in_what_a_build_makes() {
    let serving = Serving::start(&small(), &[]);
    let edits = five_hundred_edits();
    let start = Instant::now();
    for (n, edit) in edits.iter().enumerate() {
        make(&serving, edit);
        let due = Duration::from_millis(10) * u32::try_from(n + 1).unwrap();
        std::thread::sleep(due.saturating_sub(start.elapsed()));
    }
    let broken = edits.iter().filter(|edit| is_broken(edit)).count();
    println!("500 edits in {:.1} s, {broken} of which broke the dossier", start.elapsed().as_secs_f64());
    assert!(broken > 20);
    wait_for_the_build(&serving);
}

#[test]
fn a_page_that_comes_and_goes_and_comes_again_is_gone_in_the_end() {
    let serving = Serving::start(&small(), &[]);
    let page = serving.path("content/explainers/page.md");
    for pause in (1..=12).cycle().take(120) {
        let pause = Duration::from_millis(pause);
        for _ in 0..3 {
            std::fs::write(&page, "# A page\n").unwrap();
            std::thread::sleep(pause);
            std::fs::remove_file(&page).unwrap();
            std::thread::sleep(pause);
        }
        wait("the page to go", || serving.get("explainers/page.html").0 == 404);
    }
    wait_for_the_build(&serving);
}

/// A page that is open in a browser: hears everything, and answers nothing.
fn listen(serving: &Serving, page: &str) {
    let address = serving.url.replace("http://", "ws://");
    let mut request =
        tungstenite::client::IntoClientRequest::into_client_request(format!("{address}~dossier/socket"))
            .unwrap();
    let origin = serving.url.trim_end_matches('/').parse().unwrap();
    request.headers_mut().insert("origin", origin);
    let host = address.trim_start_matches("ws://").trim_end_matches('/').to_owned();
    let stream = TcpStream::connect(host).unwrap();
    let (mut socket, _) = tungstenite::client(request, stream).unwrap();
    let greeting = format!("{{\"page\":\"{page}\",\"version\":\"\",\"stamp\":\"\"}}");
    socket.send(tungstenite::Message::text(greeting)).unwrap();
    std::thread::spawn(move || while socket.read().is_ok() {});
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_rebuilds_need_no_more_memory_than_ten() {
    let serving = Serving::start(&small(), &[]);
    for page in ["people/ada.html", "index.html", "~dossier/problems.html"] {
        listen(&serving, page);
    }
    let rebuild = |n: usize| {
        let word = format!("Edit {n} of many");
        // Now and then, something else than a record: prose, a sheet, a template, a page that comes and goes, an error.
        match n % 10 {
            3 => serving.write("content/explainers/boat.md", &format!("# The boat\n\n{word} [@log ¶3].\n")),
            4 => serving.write("static/own.css", &format!("body {{ --own: {n} }}\n")),
            5 => {
                std::fs::create_dir_all(serving.path("templates")).unwrap();
                let text = format!(
                    "{{% extends \"theme/group.html\" %}}{{% block footer %}}{n}{{% endblock footer %}}"
                );
                serving.write("templates/group.html", &text);
            }
            6 => serving.write(&format!("content/explainers/page-{n}.md"), "# A page\n"),
            7 => {
                std::fs::remove_file(serving.path(&format!("content/explainers/page-{}.md", n - 1))).unwrap()
            }
            8 => serving.write("content/people.toml", "[ada"),
            _ => {}
        }
        let ended = serving.lines().len();
        if n % 10 == 8 {
            wait("the error", || serving.lines().len() > ended);
        }
        serving.write("content/people.toml", &PEOPLE.replace("A pilot", &word));
        wait(&word, || String::from_utf8_lossy(&serving.get("people/ada.html").1).contains(&word));
    };
    let at_rest = || {
        let last = || serving.lines().len();
        let mut before = 0;
        while last() != before {
            before = last();
            std::thread::sleep(Duration::from_secs(2));
        }
    };
    (0..10).for_each(rebuild);
    at_rest();
    let before = serving.memory();
    (10..1000).for_each(rebuild);
    at_rest();
    let after = serving.memory();
    println!("memory after 10 rebuilds {before} KiB, after 1000 {after} KiB");
    assert!(after * 10 <= before * 11, "{before} KiB became {after} KiB");
}

#[test]
fn nothing_of_the_preview_is_in_what_a_build_writes() {
    let files = [
        (
            "content/people.toml",
            "[ada]\nname = \"Ada Berg\"\n[dee]\nname = \"Dee Draftwood\"\ndraft = true\n\
          [eve]\nname = \"Eve Withheldson\"\nwithhold = true\n",
        ),
        ("content/meetings.toml", "[talks]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"eve\"]\n"),
    ];
    let serving = Serving::start(&sources(&files), &[]);
    for (path, name) in [("people/dee.html", "Dee Draftwood"), ("people/eve.html", "Eve Withheldson")] {
        let (status, page) = serving.get(path);
        assert!(
            status == 200 && String::from_utf8_lossy(&page).contains(name),
            "{path} is shown to its authors"
        );
    }
    wait_for_the_build(&serving);

    let done =
        Command::new(env!("CARGO_BIN_EXE_dossier")).args(["build", "--root"]).arg(serving.root()).output();
    assert!(done.unwrap().status.success());
    let mut files = 0;
    for entry in walkdir::WalkDir::new(serving.path("public")).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            files += 1;
            let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
            for word in ["~dossier", "data-version", "Draftwood", "Withheldson", "people/dee", "people/eve"] {
                assert!(!text.contains(word), "{word} is in {}", entry.path().display());
            }
        }
    }
    assert!(files > 20);

    let published = Serving::start(&sources(&[files_of(&serving, "content/people.toml")]), &["--published"]);
    assert_eq!(published.get("people/dee.html").0, 404);
    assert_eq!(published.get("people/eve.html").0, 404);
    assert_eq!(published.get("people/ada.html").0, 200);
}

#[test]
fn a_figure_is_held_against_what_will_be_published() {
    let text = "# Talks\n\nThey met :count[once]{meetings}.\n";
    let draft = "# More\n\nThey met :count[twice]{meetings}.\n";
    let meetings = "[one]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"bo\"]\n\
        [two]\ndate = \"2023-07\"\nparticipants = [\"ada\"]\ndraft = true\n\
        [three]\ndate = \"2023-08\"\nparticipants = [\"ada\"]\nwithhold = true\n";
    let mut files = small();
    files.insert("content/meetings.toml", meetings.as_bytes());
    files.insert("content/explainers/talks.md", text.as_bytes());
    let said = |files: &Sources| {
        let serving = Serving::start(files, &[]);
        serving.wait_for("all files: ");
        let page = String::from_utf8_lossy(&serving.get("~dossier/problems.html").1).into_owned();
        (page.contains("class=\"error\""), page)
    };
    let (is_wrong, page) = said(&files);
    assert!(!is_wrong, "{page}");
    files.insert("content/explainers/talks.md", text.replace("once", "twice").into_bytes());
    assert!(said(&files).0);
    // A draft may count on drafts.
    files.insert("content/explainers/talks.md", text.as_bytes());
    files.insert("content/explainers/more.md", format!("+++\ndraft = true\n+++\n{draft}").into_bytes());
    let (is_wrong, page) = said(&files);
    assert!(!is_wrong, "{page}");
}

fn files_of(serving: &Serving, path: &'static str) -> (&'static str, &'static str) {
    (path, Box::leak(serving.read(path).into_boxed_str()))
}
