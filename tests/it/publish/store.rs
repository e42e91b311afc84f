//! An object store.

use std::net::{TcpListener, TcpStream};

use super::s3::{KEY, S3, SECRET};
use super::servers::files_in;
use super::{Desk, done};

#[test]
fn only_what_changed_moves_and_only_what_is_ours_goes() {
    let s3 = S3::start();
    let desk = Desk::new(s3.environment());
    desk.append(
        "site.toml",
        &format!("\n[publish.web]\nto = \"s3://box/a/site\"\nendpoint = \"{}\"\n", s3.endpoint()),
    );
    s3.put("a/siteother.txt", "beside");
    desk.publish(&["web", "--dry-run"]);
    assert!(s3.files("a/site").is_empty());
    let text = desk.publish(&["web", "--verify", "--list"]);
    let mut sent = s3.files("a/site");
    desk.publish(&["../out"]);
    let mut folder = files_in(&desk.path("out"));
    [".dossier-manifest", "_headers"]
        .into_iter()
        .for_each(|path| drop((folder.remove(path), sent.remove(path))));
    assert_eq!(sent, folder);

    s3.requests();
    assert!(done(&desk.publish(&["web"])).starts_with("nothing to send"));
    assert_eq!(s3.requests(), ["GET /box?list-type=2&prefix=a/site/"]);

    // Somebody else's files stay, and pages that somebody edited or deleted are mended.
    s3.put("a/site/theirs.html", "theirs");
    s3.put("a/site/about.html", "edited");
    desk.write("content/extra.md", "# Extra\n\nA text.\n");
    desk.publish(&["web"]);
    desk.remove("content/extra.md");
    let change = desk.publish(&["web", "--list"]);
    assert!(change.lines().any(|line| line.starts_with('-') && line.ends_with("extra.html")), "{change}");
    let mut after = s3.files("a/site");
    assert_eq!(after.remove("theirs.html").as_deref(), Some(b"theirs".as_slice()));
    after.remove(".dossier-manifest");
    assert_eq!(after, folder);
    assert!(s3.files("a").contains_key("siteother.txt"));

    // A file of somebody else where a page is to be is not taken.
    s3.put("a/site/new.html", "theirs");
    desk.write("content/new.md", "# New\n\nA text.\n");
    let (code, refused) = desk.try_publish(&["web"]);
    assert_eq!(code, 1);
    assert!(refused.contains("in the way") && refused.contains("new.html"), "{refused}");
    assert_eq!(s3.files("a/site")["new.html"], b"theirs");

    // Neither is one that holds the very same: as ours it would be removed one day.
    desk.remove("content/new.md");
    desk.write("static/report.txt", "a report");
    s3.put("a/site/report.txt", "a report");
    let (code, again) = desk.try_publish(&["web"]);
    assert!(code == 1 && again.contains("in the way") && again.contains("report.txt"), "{again}");

    // Nothing that lets a person in is told or written.
    for printed in [&text, &change, &refused, &again] {
        assert!(!printed.contains(SECRET) && !printed.contains(KEY));
    }
    for (path, bytes) in files_in(&desk.path("")).into_iter().chain(s3.files("a/site")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(SECRET) && !text.contains(KEY), "{path}");
    }
}

#[test]
fn browsers_are_told_what_a_file_is_and_how_long_it_lasts() {
    let s3 = S3::start();
    let desk = Desk::new(s3.environment());
    let png = include_bytes!("../problems/missing-alt/content/map.png");
    desk.write("content/portraits/dot.png", "");
    std::fs::write(desk.path("dossier/content/portraits/dot.png"), png).unwrap();
    desk.append("content/index.md", "\n![A dot](portraits/dot.png)\n");
    desk.publish(&["s3://box/site"]);
    let picture = s3.files("site").into_keys().find(|path| path.starts_with("images/")).unwrap();
    let (kind, cache) = s3.told(&format!("site/{picture}"));
    assert!(
        kind.starts_with("image/") && cache.contains("max-age=31536000") && cache.contains("immutable"),
        "{kind}, {cache}"
    );
    let (kind, cache) = s3.told("site/index.html");
    assert_eq!(kind, "text/html; charset=utf-8");
    assert!(cache.contains("max-age=0") || cache.contains("max-age=60"), "{cache}");
    assert_eq!(s3.told("site/dossier.css").0, "text/css; charset=utf-8");
}

#[test]
fn a_store_that_is_not_there_or_refuses() {
    let s3 = S3::start();
    let desk = Desk::new(s3.environment());
    let (code, text) = desk.try_publish(&["s3://no-such-box/site"]);
    assert_eq!(code, 1);
    assert!(text.contains("make the bucket first"), "{text}");
    assert!(!text.contains(SECRET) && !text.contains(KEY), "{text}");
}

#[test]
fn an_unchanged_site_of_5000_files_costs_one_listing() {
    let s3 = S3::start();
    let desk = Desk::new(s3.environment());
    for number in 0..5000 {
        desk.write(&format!("static/letters/{number}.txt"), &format!("Letter {number}.\n"));
    }
    desk.publish(&["s3://box/site"]);
    let count = s3.files("site").len();
    assert!(count > 5000, "{count} files");
    s3.requests();
    let text = desk.publish(&["s3://box/site"]);
    assert!(done(&text).starts_with("nothing to send"), "{text}");
    let requests = s3.requests();
    // A listing comes in pages of a thousand.
    assert_eq!(requests.len(), count.div_ceil(1000), "{requests:?}");
    assert!(
        requests.iter().all(|request| request.starts_with("GET /box?") && request.contains("list-type=2")),
        "{requests:?}"
    );
    println!("{count} files, {} requests", requests.len());
}

/// Hands every connection on to a port, but for every third, which it closes at once.
fn unsteady(port: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for (number, client) in listener.incoming().flatten().enumerate() {
            if number % 3 == 0 {
                continue;
            }
            let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
            for (mut from, mut to) in
                [(client.try_clone().unwrap(), server.try_clone().unwrap()), (server, client)]
            {
                std::thread::spawn(move || std::io::copy(&mut from, &mut to));
            }
        }
    });
    own
}

#[test]
fn what_a_network_drops_is_tried_again() {
    let s3 = S3::start();
    let mut environment = s3.environment();
    let port: u16 = s3.endpoint().rsplit(':').next().unwrap().parse().unwrap();
    environment.retain(|(name, _)| name != "AWS_ENDPOINT_URL");
    environment.push(("AWS_ENDPOINT_URL".to_owned(), format!("http://127.0.0.1:{}", unsteady(port))));
    let desk = Desk::new(environment);
    desk.publish(&["s3://box/site", "--verify"]);
    assert!(s3.files("site").contains_key("index.html"));
}

#[test]
fn two_who_publish_at_once_are_told() {
    let s3 = S3::start();
    let desk = Desk::new(s3.environment());
    let other = Desk::new(s3.environment());
    desk.publish(&["s3://box/site"]);
    for number in 0..40 {
        desk.write(&format!("content/only-a{number}.md"), "# A\n\nA text.\n");
        other.write(&format!("content/only-b{number}.md"), "# B\n\nA text.\n");
    }
    // What a folder has and a store has not, and the list of each.
    let host = ["_headers", ".dossier-manifest"];
    // Until the two overlap, which one of a few tries does.
    for _ in 0..20 {
        let command = |desk: &Desk| {
            let mut command = desk.command(&["publish", "s3://box/site"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        };
        let (one, two) = (command(&desk), command(&other));
        let (one, two) = (one.wait_with_output().unwrap(), two.wait_with_output().unwrap());
        let told = [&one, &two].iter().any(|done| {
            !done.status.success() && String::from_utf8_lossy(&done.stderr).contains("at the same time")
        });
        // Whatever came of it, the next publish brings it into order.
        desk.publish(&["s3://box/site", "--verify"]);
        desk.publish(&["../out"]);
        let site = files_in(&desk.path("out"));
        let there = s3.files("site");
        let wrong = site.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes));
        let wrong: Vec<&String> =
            wrong.map(|(path, _)| path).filter(|path| !host.contains(&path.as_str())).collect();
        assert_eq!(wrong, Vec::<&String>::new());
        if told {
            return;
        }
    }
    panic!("they never met");
}
