//! `dossier check --links` against servers of this machine. Nothing else is ever asked.

mod server;

use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

use server::{Reply, Server, redirect, status};

/// The pause of these tests, in milliseconds.
const PAUSE: u64 = 40;

/// A dossier in a folder of its own.
struct Dossier {
    dir: TempDir,
}

impl Dossier {
    fn of(sources: &str) -> Dossier {
        let dir = TempDir::new().unwrap();
        let site = "title = \"A dossier\"\n[lints]\nsource-never-cited = \"off\"\n";
        fs::create_dir(dir.path().join("content")).unwrap();
        fs::write(dir.path().join("site.toml"), site).unwrap();
        fs::write(dir.path().join("content/sources.toml"), sources).unwrap();
        Dossier { dir }
    }

    /// One source for each address.
    fn with(addresses: &[String]) -> Dossier {
        let source = |(at, url)| format!("[s{at:02}]\ntitle = \"S\"\ntype = \"webpage\"\nurl = \"{url}\"\n");
        Dossier::of(&addresses.iter().enumerate().map(source).collect::<String>())
    }

    fn cache(&self) -> std::path::PathBuf {
        self.dir.path().join(".dossier/links.json")
    }

    fn check(&self) -> Vec<Said> {
        self.check_with(&[])
    }

    /// What `check --links` says, without a proxy of this machine.
    fn check_with(&self, arguments: &[&str]) -> Vec<Said> {
        let pause = PAUSE.to_string();
        let mut all = vec!["--links", "--link-pause", &pause];
        if !arguments.contains(&"--link-timeout") {
            all.extend(["--link-timeout", "20"]);
        }
        self.run(&[&all, arguments].concat())
    }

    fn run(&self, arguments: &[&str]) -> Vec<Said> {
        self.run_in(arguments, &[])
    }

    fn run_in(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<Said> {
        let out = self.dir.path().join("report.json");
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["check", "--format", "json"]).args(arguments).current_dir(self.dir.path());
        for name in ["all_proxy", "https_proxy", "http_proxy", "no_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        command.envs(environment.iter().copied());
        command.stdout(fs::File::create(&out).unwrap()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let begun = Instant::now();
        let ended = loop {
            if let Some(ended) = child.try_wait().unwrap() {
                break ended;
            }
            if begun.elapsed() > Duration::from_secs(120) {
                child.kill().unwrap();
                panic!("the check does not end");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let report = fs::read_to_string(out).unwrap();
        assert!(ended.success(), "{report}");
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        report["diagnostics"].as_array().unwrap().iter().map(Said::of).collect()
    }
}

/// One problem of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    code: String,
    severity: String,
    message: String,
    help: String,
    line: u64,
}

impl Said {
    fn of(problem: &serde_json::Value) -> Said {
        let text = |field: &str| problem[field].as_str().unwrap_or("").to_owned();
        Said {
            code: text("code"),
            severity: text("severity"),
            message: text("message"),
            help: text("help"),
            line: problem["line"].as_u64().unwrap_or(0),
        }
    }
}

/// What is said of addresses of `server`, one after another, as `severity[code] message / help` with the
/// server's own address left out.
fn said(server: &Server, paths: &[&str]) -> Vec<String> {
    let addresses: Vec<String> = paths.iter().map(|path| server.at(path)).collect();
    let found = Dossier::with(&addresses).check();
    found
        .iter()
        .map(|said| format!("{}[{}] {} / {}", said.severity, said.code, said.message, said.help))
        .map(|text| text.replace(&server.at(""), ""))
        .collect()
}

#[test]
fn what_is_there_is_no_problem() {
    let server = Server::start(|request, nth| match request.path.as_str() {
        "/for-now" => redirect(302, "/fine"),
        "/see" => redirect(303, "fine"),
        "/for-now/then-for-good" => redirect(307, "/moved"),
        "/moved" => redirect(301, "/fine"),
        "/only-get" if request.method == "HEAD" => status(405),
        "/lies" if request.method == "HEAD" => status(404),
        "/wary" if request.method == "HEAD" => status(403),
        "/no-head" if request.method == "HEAD" => status(501),
        "/later" if nth < 2 => status(503),
        "/broken-once" if nth < 1 => status(500),
        "/closes-once" if nth < 1 => Reply::Close,
        "/متن?q=ü" => status(404),
        _ => status(200),
    });
    let paths = [
        "/fine",
        "/for-now",
        "/see",
        "/for-now/then-for-good",
        "/only-get",
        "/lies",
        "/wary",
        "/no-head",
        "/later",
        "/broken-once",
        "/closes-once",
        "/متن?q=ü",
    ];
    assert_eq!(said(&server, &paths), Vec::<String>::new());
    let asked = server.asked();
    assert!(asked.iter().all(|request| request.path.is_ascii()), "{asked:?}");
    let agent = format!("dossier/{} (link check)", env!("CARGO_PKG_VERSION"));
    assert!(asked.iter().all(|request| request.agent == agent), "{asked:?}");
    let methods = |path: &str| {
        let of = asked.iter().filter(|request| request.path == path);
        of.map(|request| request.method.as_str()).collect::<Vec<_>>().join(" ")
    };
    // `/fine` is asked for on its own behalf and for the two that lead there.
    assert_eq!(methods("/see"), "HEAD");
    assert_eq!(methods("/only-get"), "HEAD GET");
    assert_eq!(methods("/later"), "HEAD GET GET");
    assert_eq!(methods("/closes-once"), "HEAD GET");
}

#[test]
fn what_has_moved_for_good_is_told_with_its_new_address() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/old" => redirect(301, "/older"),
        "/older" => redirect(308, "/new?a=1"),
        "/partly" => redirect(301, "/now"),
        "/now" => redirect(302, "/new"),
        "/dropped" => redirect(301, "/"),
        _ => status(200),
    });
    assert_eq!(
        said(&server, &["/old#p4", "/partly", "/dropped"]),
        [
            "note[moved-link] /old#p4 has moved for good, to /new?a=1#p4 / write `url = \"/new?a=1#p4\"`",
            "note[moved-link] /partly has moved for good, to /now / write `url = \"/now\"`",
            "note[moved-link] /dropped has moved for good, to / / that is a front page: look whether the text is \
             still to be found there",
        ]
    );
}

#[test]
fn what_is_gone_is_a_warning() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/led" => redirect(301, "/gone"),
        "/deleted" => status(410),
        _ => status(404),
    });
    assert_eq!(
        said(&server, &["/gone", "/deleted", "/led"]),
        [
            "warning[dead-link] nothing is at /gone: the server answers 404 (not found) / find where it has gone, or \
             name a copy with `archived`",
            "warning[dead-link] nothing is at /deleted: the server answers 410 (gone) / find where it has gone, or \
             name a copy with `archived`",
            "warning[dead-link] nothing is at /led: it leads to /gone, and the server there answers 404 (not found) / \
             find where it has gone, or name a copy with `archived`",
        ]
    );
}

#[test]
fn what_cannot_be_told_is_said_to_be_unsure() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/forbidden" => status(403),
        "/broken" => status(500),
        "/circle" => redirect(302, "/circle/2"),
        "/circle/2" => redirect(302, "/circle"),
        "/itself" => redirect(301, "/itself#top"),
        "/files" => redirect(302, "ftp://127.0.0.1/files"),
        "/lost" => status(302),
        path => match path.strip_prefix("/far/").and_then(|n| n.parse::<u32>().ok()) {
            Some(n) => redirect(302, &format!("/far/{}", n + 1)),
            None => status(404),
        },
    });
    assert_eq!(
        said(&server, &["/forbidden", "/broken", "/circle", "/itself", "/files", "/lost", "/far/0"]),
        [
            "note[unsure-link] /forbidden could not be checked: the server answers 403 (forbidden) / look at it in \
             a browser",
            "warning[unsure-link] /broken could not be checked: the server answers 500 (internal error) / look at it \
             in a browser",
            "warning[unsure-link] /circle could not be checked: its redirects go in a circle, by /circle / look at it \
             in a browser",
            "warning[unsure-link] /itself could not be checked: its redirects go in a circle, by /itself / look at it \
             in a browser",
            "warning[unsure-link] /files could not be checked: it leads to ftp://127.0.0.1/files, which is no web \
             address / look at it in a browser",
            "note[unsure-link] /lost could not be checked: the server answers 302 (no address to go on to) / look at \
             it in a browser",
            "warning[unsure-link] /far/0 could not be checked: it has more than 10 redirects / look at it in a \
             browser",
        ]
    );
    let count = |path: &str| server.asked().iter().filter(|request| request.path == path).count();
    assert_eq!(count("/broken"), 3);
    assert_eq!((count("/far/10"), count("/far/11")), (1, 0));
}

#[test]
fn a_server_without_an_answer_is_named_with_the_reason() {
    let closing = Server::start(|_, _| Reply::Close);
    let no_http = Server::start(|_, _| Reply::Text("220 mail.example ESMTP\r\n\r\n".to_owned()));
    let secret = Server::start_tls(|_, _| status(200));
    let leading = Server::start(move |_, _| redirect(302, "http://127.0.0.1:1/there"));
    let plain = Server::start(|_, _| status(400));
    let addresses = [
        closing.at("/"),
        no_http.at("/"),
        secret.at("/"),
        plain.at("/").replace("http:", "https:"),
        "http://127.0.0.1:1/".to_owned(),
        leading.at("/"),
        "http://127.0.0.1:99999/".to_owned(),
    ];
    let found = Dossier::with(&addresses).check();
    let reasons: Vec<&str> = found.iter().map(|said| said.message.split_once(": ").unwrap().1).collect();
    assert!(found.iter().all(|said| said.code == "unreachable-link" && said.severity == "warning"));
    assert_eq!(
        reasons,
        [
            "the server closes the connection without an answer",
            "its answer is no valid HTTP (protocol: http parse fail: invalid HTTP version)",
            "its certificate is not valid: no authority that is known here has signed it",
            "the server does not speak HTTPS there",
            "the server refuses the connection",
            "it leads to http://127.0.0.1:1/there, and the server refuses the connection",
            "it is no web address (invalid port number)",
        ]
    );
    // Neither gets better by asking again.
    assert_eq!((secret.connections(), plain.connections()), (1, 1));
    assert_eq!(closing.asked().len(), 3);
}

#[test]
fn a_server_that_keeps_silent_is_not_waited_for_long() {
    let server = Server::start(|_, _| Reply::Silence);
    let found = Dossier::with(&[server.at("/")]).check_with(&["--link-timeout", "1"]);
    assert!(found[0].message.ends_with("cannot be reached: no answer within 1 second"), "{found:?}");
    assert_eq!((found[0].code.as_str(), server.asked().len()), ("unreachable-link", 3));
}

#[test]
fn a_wait_that_the_server_asks_for_is_kept() {
    let date = SystemTime::now() + Duration::from_secs(2);
    let until = time::OffsetDateTime::from(date).replace_nanosecond(0).unwrap();
    let server = Server::start(move |request, nth| match (request.path.as_str(), nth) {
        ("/seconds", 0) => {
            Reply::Text("HTTP/1.1 429 T\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n".to_owned())
        }
        ("/date", 0) => {
            let date = until.format(&time::format_description::well_known::Rfc2822).unwrap();
            let date = date.replace("+0000", "GMT");
            Reply::Text(format!("HTTP/1.1 503 T\r\nRetry-After: {date}\r\nContent-Length: 0\r\n\r\n"))
        }
        _ => status(200),
    });
    assert_eq!(said(&server, &["/date", "/seconds"]), Vec::<String>::new());
    let asked = server.asked();
    let paths: Vec<&str> = asked.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/date", "/date", "/seconds", "/seconds"]);
    assert!(asked[1].time >= SystemTime::from(until));
    assert!(asked[3].begun - asked[2].begun >= Duration::from_secs(1));
}

#[test]
fn a_server_that_wants_no_more_requests_is_left_alone() {
    let patient = Server::start(|_, _| {
        Reply::Text("HTTP/1.1 429 T\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n".to_owned())
    });
    let spare = "could not be checked";
    assert_eq!(
        said(&patient, &["/a", "/b"]),
        [
            format!(
                "note[unsure-link] /a {spare}: the server answers 429 (too many requests), and asks to wait 60 \
                 minutes / look at it in a browser"
            ),
            format!(
                "note[unsure-link] /b {spare}: {} wants no more requests for now / look at it in a browser",
                patient.host()
            ),
        ]
    );
    assert_eq!(patient.asked().len(), 1);

    let full = Server::start(|_, _| status(429));
    let found = said(&full, &["/a", "/b"]);
    assert!(found[0].contains("the server answers 429 (too many requests) /"), "{found:?}");
    assert!(found[1].contains("wants no more requests"), "{found:?}");
    assert_eq!(full.asked().len(), 3);
}

#[test]
fn a_server_that_gives_no_answer_is_left_alone() {
    let server = Server::start(|_, _| Reply::Close);
    let found = said(&server, &["/a", "/b", "/c", "/d"]);
    assert!(found[1].starts_with("warning[unreachable-link] /b"), "{found:?}");
    let left = format!("could not be checked: {} gave no answer for two other addresses", server.host());
    assert!(found[2].contains(&left) && found[3].contains(&left), "{found:?}");
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn a_host_has_one_request_at_a_time_and_a_pause_after_it() {
    let server = Server::start(|request, nth| match request.path.as_str() {
        "/twice" if request.method == "HEAD" => status(405),
        "/again" if nth == 0 => status(500),
        "/on" => redirect(301, "/fine"),
        _ => Reply::Slow(Duration::from_millis(30)),
    });
    // Another host leads to this one while it is asked itself. By its port it is another server, too.
    let there = server.at("");
    let other = Server::start(move |request, _| redirect(302, &format!("{there}{}", request.path)));
    let mut addresses: Vec<String> = (0..6).map(|n| other.local(&format!("/led/{n}"))).collect();
    addresses.extend(["/a", "/b", "/twice", "/again", "/on", "/c"].map(|path| server.at(path)));
    let found = Dossier::with(&addresses).check();
    assert_eq!(found.iter().map(|said| said.code.as_str()).collect::<Vec<_>>(), ["moved-link"]);
    for server in [&server, &other] {
        assert_eq!(server.most_at_once(), 1);
        let asked = server.asked();
        assert!(asked.len() >= 6, "{asked:?}");
        for pair in asked.windows(2) {
            let pause = pair[1].begun.saturating_duration_since(pair[0].answered.unwrap());
            assert!(pause >= Duration::from_millis(PAUSE), "{pair:?}");
        }
    }
}

#[test]
fn hosts_do_not_wait_for_each_other() {
    // All is well with each only when the other is asked at the same time.
    let asked = Arc::new(AtomicUsize::new(0));
    let host = || {
        let asked = Arc::clone(&asked);
        Server::start(move |request, _| {
            if request.method == "HEAD" {
                asked.fetch_add(1, Ordering::SeqCst);
            }
            let begun = Instant::now();
            while asked.load(Ordering::SeqCst) < 2 {
                if begun.elapsed() > Duration::from_secs(10) {
                    return status(404);
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            status(200)
        })
    };
    let (one, two) = (host(), host());
    assert_eq!(Dossier::with(&[one.at("/"), two.local("/")]).check(), []);
}

#[test]
fn what_was_in_order_is_not_asked_for_again() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/gone" => status(404),
        "/moved" => redirect(301, "/fine"),
        _ => status(200),
    });
    let dossier = Dossier::with(&["/fine", "/fine#p2", "/gone", "/moved"].map(|path| server.at(path)));
    let first = dossier.check();
    assert_eq!(first.iter().map(|said| said.code.as_str()).collect::<Vec<_>>(), ["dead-link", "moved-link"]);
    let before = server.asked().len();
    assert_eq!(dossier.check(), first);
    let again: Vec<String> =
        server.asked().split_off(before).into_iter().map(|request| request.path).collect();
    assert_eq!(again, ["/gone", "/gone", "/moved", "/fine"], "`/fine` only as where `/moved` leads");

    let cache: serde_json::Value = serde_json::from_slice(&fs::read(dossier.cache()).unwrap()).unwrap();
    let entry = &cache["addresses"][server.at("/fine")];
    assert_eq!(entry["status"], 200);
    let checked = entry["checked"].as_str().unwrap();
    assert!(checked.ends_with('Z') && checked.len() == "2026-01-01T00:00:00Z".len(), "{checked}");
    assert_eq!(entry.as_object().unwrap().len(), 2);
    assert_eq!(cache["addresses"][server.at("/gone")]["status"], 404);

    let before = server.asked().len();
    assert_eq!(dossier.check_with(&["--link-max-age", "0"]), first);
    assert!(server.asked().split_off(before).iter().filter(|request| request.path == "/fine").count() == 2);

    // What is too old, or of a time to come, is not taken for true.
    for checked in ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"] {
        let text = fs::read_to_string(dossier.cache()).unwrap();
        let old = text.replace(entry_time(&text, &server.at("/fine")).as_str(), checked);
        fs::write(dossier.cache(), old).unwrap();
        let before = server.asked().len();
        dossier.check();
        let asked = server.asked().split_off(before);
        assert_eq!(asked.iter().filter(|request| request.path == "/fine").count(), 2, "{checked}");
    }
}

/// When an address was checked, by a cache.
fn entry_time(cache: &str, url: &str) -> String {
    let cache: serde_json::Value = serde_json::from_str(cache).unwrap();
    cache["addresses"][url]["checked"].as_str().unwrap().to_owned()
}

#[test]
fn a_cache_that_cannot_be_used_is_a_note_and_is_made_anew() {
    let server = Server::start(|_, _| status(200));
    let dossier = Dossier::with(&[server.at("/")]);
    fs::create_dir(dossier.dir.path().join(".dossier")).unwrap();
    fs::write(dossier.cache(), "{ \"addresses\": { \"x\": 1 } }").unwrap();
    let found = dossier.check();
    assert_eq!((found.len(), found[0].code.as_str(), found[0].severity.as_str()), (1, "link-cache", "note"));
    assert!(found[0].message.contains("links.json is not used: invalid type"), "{found:?}");
    assert_eq!(dossier.check(), []);
    assert_eq!(server.asked().len(), 1);

    // Where its folder cannot be made, the check goes on.
    fs::remove_dir_all(dossier.dir.path().join(".dossier")).unwrap();
    fs::write(dossier.dir.path().join(".dossier"), "").unwrap();
    let found = dossier.check();
    assert!(found.iter().all(|said| said.code == "link-cache") && !found.is_empty(), "{found:?}");
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn an_address_is_told_wherever_it_stands_and_asked_for_once() {
    let server = Server::start(|_, _| status(404));
    let url = server.at("/gone");
    let dossier = Dossier::of(&format!(
        "[a]\ntitle = \"A\"\ntype = \"webpage\"\nurl = \"{url}#one\"\narchived = \"{url}\"\n\
         [b]\ntitle = \"B\"\ntype = \"webpage\"\nurl = \"{url}\"\n"
    ));
    let person = format!("[ada]\nname = \"Ada\"\nlinks = [{{ url = \"{url}\", title = \"Hers\" }}]\n");
    fs::write(dossier.dir.path().join("content/people.toml"), person).unwrap();
    let mut found = dossier.check();
    found.retain(|said| said.code == "dead-link");
    assert_eq!(found.iter().map(|said| said.line).collect::<Vec<_>>(), [3, 4, 5, 9]);
    assert!(found[2].help.contains("another copy") && found[3].help.contains("`archived`"), "{found:?}");
    assert_eq!(server.asked().len(), 2, "`HEAD`, and `GET` to be sure");
}

#[test]
fn a_proxy_of_the_environment_is_used_and_named() {
    let server = Server::start(|_, _| status(200));
    let dossier = Dossier::with(&[server.at("/")]);
    let arguments = ["--links", "--link-pause", "0"];
    let found = dossier.run_in(&arguments, &[("HTTP_PROXY", "http://127.0.0.1:1")]);
    let why = "the server refuses the connection (by way of the proxy 127.0.0.1:1)";
    assert!(found[0].message.ends_with(why), "{found:?}");
    assert_eq!(server.connections(), 0);
    let around = [("HTTP_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "127.0.0.1")];
    assert_eq!(dossier.run_in(&arguments, &around), []);
}

#[test]
fn nothing_is_asked_unless_it_is_to_and_nothing_of_what_is_withheld() {
    let server = Server::start(|_, _| status(404));
    let source = "title = \"Lantern\"\ntype = \"webpage\"\n";
    let dossier = Dossier::of(&format!(
        "[secret-report]\ntitle = \"Beacon\"\ntype = \"webpage\"\nurl = \"{}\"\nwithhold = true\n[b]\n{source}url = \"{}\"\nwithhold = [\"url\"]\n\
         [c]\n{source}url = \"{}\"\ndraft = true\n[d]\n{source}url = \"{}\"\n",
        server.at("/withheld"),
        server.at("/withheld/field"),
        server.at("/draft"),
        server.at("/open"),
    ));
    assert_eq!(dossier.run(&[]), []);
    assert_eq!(server.connections(), 0);
    assert!(!dossier.cache().exists());
    dossier.check();
    assert!(server.asked().iter().all(|request| request.path == "/open"), "{:?}", server.asked());
    assert_eq!(server.asked().len(), 2);
}
