//! Another machine, by `sftp` and by `rsync`.

use std::fs;

use super::servers::{Files, Ssh, files_in};
use super::{Desk, done};

/// The files of the site alone.
fn plain(mut files: Files) -> Files {
    for path in [".dossier-manifest", "_headers"] {
        files.remove(path);
    }
    files
}

#[test]
fn only_what_changed_moves_and_only_what_is_ours_goes() {
    let ssh = Ssh::start();
    let desk = Desk::new(ssh.environment());
    desk.publish(&["../out"]);
    let site = plain(files_in(&desk.path("out")));
    for (name, scheme) in [("by sftp", "sftp://box"), ("by rsync", "rsync:box:")] {
        let www = ssh.folder(name);
        let target = format!("{scheme}{}/site", www.display());
        let target = target.as_str();
        let site_there = || plain(files_in(&www.join("site")));
        desk.publish(&[target, "--dry-run"]);
        assert!(!www.join("site").exists());
        let text = desk.publish(&[target, "--verify"]);
        assert!(text.contains("all fetched back and the same"), "{text}");
        assert_eq!(site_there(), site);
        assert!(done(&desk.publish(&[target])).starts_with("nothing to send"));

        fs::write(www.join("site/theirs.html"), "theirs").unwrap();
        desk.write("content/deep/extra.md", "# Extra\n\nA text.\n");
        assert!(done(&desk.publish(&[target])).contains(" added"));
        assert!(www.join("site/deep/extra.html").is_file());
        desk.remove("content/deep/extra.md");
        let change = desk.publish(&[target]);
        assert!(
            change.lines().any(|line| line.starts_with('-') && line.ends_with("deep/extra.html")),
            "{change}"
        );
        let mut after = site_there();
        assert_eq!(after.remove("theirs.html").as_deref(), Some(b"theirs".as_slice()));
        assert_eq!(after, site);

        // A file of somebody else where a page is to be is not taken.
        fs::write(www.join("site/new.html"), "theirs").unwrap();
        desk.write("content/new.md", "# New\n\nA text.\n");
        let (code, text) = desk.try_publish(&[target]);
        assert_eq!(code, 1);
        assert!(text.contains("in the way") && text.contains("new.html"), "{text}");
        desk.publish(&[target, "--adopt"]);
        assert_ne!(fs::read_to_string(www.join("site/new.html")).unwrap(), "theirs");
        desk.remove("content/new.md");
        desk.publish(&[target]);

        // What somebody edited there is found by fetching it back, and mended.
        let length = fs::metadata(www.join("site/about.html")).unwrap().len() as usize;
        fs::write(www.join("site/about.html"), "x".repeat(length)).unwrap();
        let text = desk.publish(&[target, "--verify"]);
        assert!(text.contains("sent again: about.html") || text.contains("~ "), "{text}");
        assert_eq!(site_there()["about.html"], site["about.html"]);
        let strays = files_in(&www).into_keys().filter(|path| path.contains("/.dossier-")).count();
        assert_eq!(strays, 1, "the list of files, and nothing else of ours");
    }
}

#[test]
fn names_of_all_kinds_arrive_and_those_of_others_are_left() {
    let ssh = Ssh::start();
    let desk = Desk::new(ssh.environment());
    let names = [
        "#first.txt",
        ";semi.txt",
        "a b.txt",
        "br[a]ck*t?.txt",
        "q'u\"ote.txt",
        "-dash.txt",
        "Überblick.txt",
        "名前.txt",
        "100%.txt",
    ];
    for scheme in ["sftp://box", "rsync:box:"] {
        let www = ssh.folder(&scheme.replace([':', '/'], "_"));
        let target = format!("{scheme}{}", www.display());
        desk.publish(&[&target]);
        for name in names {
            fs::write(www.join(name), "theirs").unwrap();
            desk.write(&format!("static/{name}"), "ours");
            let (code, text) = desk.try_publish(&[&target]);
            assert_eq!(code, 1, "{name}: {text}");
            assert_eq!(fs::read_to_string(www.join(name)).unwrap(), "theirs", "{name}");
            fs::remove_file(www.join(name)).unwrap();
        }
        desk.publish(&[&target, "--verify"]);
        for name in names {
            assert_eq!(fs::read_to_string(www.join(name)).unwrap(), "ours", "{name}");
        }
        fs::remove_dir_all(desk.path("dossier/static")).unwrap();
        desk.publish(&[&target]);
        assert!(names.iter().all(|name| !www.join(name).exists()));
    }
}

#[test]
fn a_file_takes_the_place_of_a_folder_and_the_other_way_round() {
    let ssh = Ssh::start();
    let desk = Desk::new(ssh.environment());
    for scheme in ["sftp://box", "rsync:box:"] {
        let www = ssh.folder(&scheme.replace([':', '/'], "_"));
        let target = format!("{scheme}{}", www.display());
        desk.write("static/a", "a");
        desk.write("static/b/c", "c");
        desk.publish(&[&target]);
        desk.remove("static/a");
        desk.remove("static/b/c");
        fs::remove_dir(desk.path("dossier/static/b")).unwrap();
        desk.write("static/a/c", "c");
        desk.write("static/b", "b");
        desk.publish(&[&target, "--verify"]);
        assert_eq!(fs::read_to_string(www.join("a/c")).unwrap(), "c");
        assert_eq!(fs::read_to_string(www.join("b")).unwrap(), "b");
        fs::remove_dir_all(desk.path("dossier/static")).unwrap();
    }
}
