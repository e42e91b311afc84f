//! A branch of a git repository.

use std::process::Command;

use super::servers::files_on;
use super::{Desk, done};

fn bare(desk: &Desk) {
    let made = Command::new("git").args(["init", "--bare", "--quiet"]).arg(desk.path("pages.git")).status();
    assert!(made.unwrap().success());
}

fn commits(desk: &Desk) -> Vec<String> {
    let mut git = Command::new("git");
    git.arg("--git-dir").arg(desk.path("pages.git")).args(["log", "--format=%s", "pages"]);
    String::from_utf8(git.output().unwrap().stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_branch_holds_the_site_and_what_hosts_ask_for() {
    let desk = Desk::new(Vec::new());
    bare(&desk);
    desk.append(
        "site.toml",
        "\n[publish.pages]\nto = \"git:origin#pages\"\ndomain = \"ferry.example.org\"\n",
    );
    desk.commit_all();
    desk.git(&["remote", "add", "origin", "../pages.git"]);
    let before = desk.git(&["count-objects"]);
    let text = desk.publish(&["pages", "--verify"]);
    assert!(text.contains("git:origin#pages: ") && text.contains("all fetched back and the same"), "{text}");
    let files = files_on(&desk.path("pages.git"), "pages");
    assert_eq!(files["CNAME"], b"ferry.example.org\n");
    assert_eq!(files[".nojekyll"], b"");
    assert!(files["_headers"].starts_with(b"#") && files.contains_key("people.html"));
    let commit = desk.git(&["rev-parse", "--short=12", "HEAD"]);
    assert_eq!(commits(&desk), [format!("Publish The winter ferry of Aldersund ({})", commit.trim())]);
    // The repository of the dossier is as it was.
    assert_eq!(desk.git(&["count-objects"]), before);
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    assert_eq!(desk.git(&["branch", "--all"]).lines().count(), 1);

    assert!(done(&desk.publish(&["pages"])).starts_with("nothing to send"));
    desk.write("content/extra.md", "# Extra\n\nA text.\n");
    desk.commit_all();
    desk.publish(&["pages"]);
    assert_eq!(commits(&desk).len(), 1, "earlier states are gone");
    assert!(files_on(&desk.path("pages.git"), "pages").contains_key("extra.html"));
}

#[test]
fn history_is_kept_where_it_is_asked_for_unless_something_withheld_is_in_it() {
    let desk = Desk::new(Vec::new());
    bare(&desk);
    desk.append("site.toml", "\n[publish.pages]\nto = \"git:../pages.git#pages\"\nhistory = \"keep\"\nmessage = \"State {commit}.\"\n");
    desk.append("content/people.toml", "\n[berta-later]\nname = \"Berta Later\"\n");
    desk.publish(&["pages"]);
    desk.write("content/extra.md", "# Extra\n\nA text.\n");
    desk.publish(&["pages"]);
    assert_eq!(commits(&desk), ["State .", "State ."]);

    let people = desk
        .read("content/people.toml")
        .replace("name = \"Berta Later\"", "name = \"Berta Later\"\nwithhold = true");
    desk.write("content/people.toml", &people);
    let (code, text) = desk.try_publish(&["pages"]);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("earlier state of the branch pages: in ") && text.contains("history = \"keep\""),
        "{text}"
    );
    assert_eq!(commits(&desk).len(), 2);
    let site = desk.read("site.toml").replace("history = \"keep\"\n", "");
    desk.write("site.toml", &site);
    desk.publish(&["pages"]);
    let files = files_on(&desk.path("pages.git"), "pages");
    assert!(files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Berta Later")));
    assert_eq!(commits(&desk).len(), 1);
}

#[test]
fn files_of_others_on_the_branch_stay() {
    let desk = Desk::new(Vec::new());
    bare(&desk);
    desk.git(&["init", "--quiet", "../theirs"]);
    let theirs = |arguments: &[&str]| desk.git(&[&["-C", "../theirs"], arguments].concat());
    std::fs::write(desk.path("theirs/index.html"), "theirs").unwrap();
    std::fs::create_dir(desk.path("theirs/shop")).unwrap();
    std::fs::write(desk.path("theirs/shop/a.html"), "shop").unwrap();
    theirs(&["add", "--all"]);
    theirs(&["commit", "--quiet", "--message", "Theirs"]);
    theirs(&["push", "--quiet", "../pages.git", "HEAD:refs/heads/pages"]);
    let target = "git:../pages.git#pages";
    let (code, text) = desk.try_publish(&[target]);
    assert_eq!(code, 1);
    assert!(text.contains("dossier did not put them there"), "{text}");
    desk.publish(&[target, "--adopt"]);
    desk.publish(&[target]);
    let files = files_on(&desk.path("pages.git"), "pages");
    assert_eq!(files["shop/a.html"], b"shop");
    assert!(files["index.html"].starts_with(b"<!doctype html>"));
    // What they did before stays below what is published.
    assert_eq!(commits(&desk).last().map(String::as_str), Some("Theirs"));

    // A page of the site that somebody edited on the branch is mended.
    theirs(&["fetch", "--quiet", "../pages.git", "pages"]);
    theirs(&["checkout", "--quiet", "FETCH_HEAD"]);
    std::fs::write(desk.path("theirs/about.html"), "edited").unwrap();
    theirs(&["commit", "--quiet", "--all", "--message", "Edited"]);
    theirs(&["push", "--quiet", "../pages.git", "HEAD:refs/heads/pages"]);
    assert!(done(&desk.publish(&[target])).starts_with("1 changed"));
}

/// A file that has the content of another is in the history under its own name as well.
#[test]
fn a_name_of_a_file_that_is_gone_is_in_the_history() {
    for name in ["Berta Later.txt", "BERTA_LATER.txt", "x/berta.later/a.txt"] {
        let desk = Desk::new(Vec::new());
        bare(&desk);
        desk.git(&["init", "--quiet", "../theirs"]);
        let theirs = |arguments: &[&str]| desk.git(&[&["-C", "../theirs"], arguments].concat());
        let file = desk.path("theirs").join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(desk.path("theirs/aaa.txt"), "same").unwrap();
        std::fs::write(&file, "same").unwrap();
        theirs(&["add", "--all"]);
        theirs(&["commit", "--quiet", "--message", "One"]);
        theirs(&["rm", "--quiet", name]);
        theirs(&["commit", "--quiet", "--message", "Two"]);
        theirs(&["push", "--quiet", "../pages.git", "HEAD:refs/heads/pages"]);
        desk.append("content/people.toml", "\n[berta-l]\nname = \"Berta Later\"\nwithhold = true\n");
        let (code, text) = desk.try_publish(&["git:../pages.git#pages", "--adopt"]);
        assert_eq!(code, 1, "{name}: {text}");
        assert!(text.contains("earlier state of the branch pages: in "), "{name}: {text}");
    }
}

/// How a file is read depends on its name, and one content may have had several, also that of a file of the site.
#[test]
fn a_file_of_the_history_is_read_under_each_name_that_it_had() {
    let text = "Subject: x\n\nBerta L=61ter came.\n";
    let mut tried = 0;
    for (first, second, own) in [
        ("aaa.txt", "zzz.eml", ""),
        ("zzz.txt", "aaa.eml", ""),
        ("a.txt", "b.eml", "c.txt"),
        ("x/a.md", "x/a.mbox", ""),
    ] {
        let desk = Desk::new(Vec::new());
        bare(&desk);
        desk.git(&["init", "--quiet", "../theirs"]);
        let theirs = |arguments: &[&str]| desk.git(&[&["-C", "../theirs"], arguments].concat());
        for name in [first, second] {
            let file = desk.path("theirs").join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        theirs(&["add", "--all"]);
        theirs(&["commit", "--quiet", "--message", "One"]);
        theirs(&["rm", "--quiet", "-r", "."]);
        theirs(&["commit", "--quiet", "--message", "Two"]);
        theirs(&["push", "--quiet", "../pages.git", "HEAD:refs/heads/pages"]);
        if !own.is_empty() {
            desk.write(&format!("static/{own}"), text);
        }
        desk.append("content/people.toml", "\n[berta-l]\nname = \"Berta Later\"\nwithhold = true\n");
        let (code, said) = desk.try_publish(&["git:../pages.git#pages", "--adopt"]);
        assert_eq!(code, 1, "{first} {second}: {said}");
        assert!(
            said.contains(&format!("earlier state of the branch pages: in {second}")),
            "{second}: {said}"
        );
        tried += 1;
    }
    println!("{tried} files with several names in a history, each read under all of them");
}

/// A folder that somebody sends has a `.dossier` that they wrote.
#[test]
fn settings_and_hooks_that_a_folder_brings_are_not_used() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new(Vec::new());
    bare(&desk);
    let theirs = desk.path("theirs.git");
    let made = Command::new("git").args(["init", "--bare", "--quiet"]).arg(&theirs).status();
    assert!(made.unwrap().success());
    let store = desk.path("dossier/.dossier/publish/git");
    let made = Command::new("git").args(["init", "--bare", "--quiet"]).arg(&store).status();
    assert!(made.unwrap().success());
    let config = std::fs::read_to_string(store.join("config")).unwrap();
    let redirect = format!("{config}[url \"{}\"]\n\tinsteadOf = ../pages.git\n", theirs.display());
    std::fs::write(store.join("config"), redirect).unwrap();
    std::fs::create_dir_all(store.join("hooks")).unwrap();
    for hook in ["reference-transaction", "pre-push", "post-index-change"] {
        let path = store.join("hooks").join(hook);
        std::fs::write(&path, format!("#!/bin/sh\ntouch '{}'\n", desk.path("ran").display())).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    desk.publish(&["git:../pages.git#pages"]);
    assert!(!desk.path("ran").exists(), "a hook ran");
    assert!(files_on(&desk.path("pages.git"), "pages").contains_key("index.html"));
}

/// What hides a part of the history from git does not hide it from the search, and settings that git refuses are mended.
#[test]
fn a_history_that_a_folder_cuts_short_is_searched_whole() {
    let desk = Desk::new(Vec::new());
    bare(&desk);
    let target = "git:../pages.git#pages";
    let settings = "\n[publish.pages]\nto = \"git:../pages.git#pages\"\nhistory = \"keep\"\n";
    desk.append("site.toml", settings);
    let people = desk.path("dossier/content/people.toml");
    let without = std::fs::read_to_string(&people).unwrap();
    desk.append("content/people.toml", "\n[later-one]\nname = \"Berta Later\"\n");
    desk.publish(&["pages"]);
    std::fs::write(&people, without).unwrap();
    desk.publish(&["pages"]);
    desk.append("content/people.toml", "\n[later-one]\nname = \"Berta Later\"\nwithhold = true\n");
    let store = desk.path("dossier/.dossier/publish/git");
    let head = desk.git(&["ls-remote", "../pages.git", "refs/heads/pages"]);
    let head = head.split_whitespace().next().unwrap().to_owned();
    std::fs::write(store.join("shallow"), format!("{head}\n")).unwrap();
    let (code, text) = desk.try_publish(&["pages"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("something withheld stands in an earlier state"), "{text}");

    let desk = Desk::new(Vec::new());
    bare(&desk);
    desk.publish(&[target]);
    let config = desk.path("dossier/.dossier/publish/git/config");
    let text = std::fs::read_to_string(&config).unwrap().replace("version = 0", "version = 99");
    std::fs::write(&config, text).unwrap();
    desk.publish(&[target]);
}

#[test]
fn nobody_who_is_withheld_is_named_as_who_commits() {
    let desk = Desk::new(vec![
        ("GIT_COMMITTER_NAME".to_owned(), "Karla Geheim".to_owned()),
        ("GIT_COMMITTER_EMAIL".to_owned(), "kg@example.org".to_owned()),
    ]);
    bare(&desk);
    desk.append("content/people.toml", "\n[hidden-one]\nname = \"Karla Geheim\"\nwithhold = true\n");
    let (code, text) = desk.try_publish(&["git:../pages.git#pages"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("name somebody who is withheld") && !text.contains("Geheim"), "{text}");
}

/// A repository of somebody else, in which these files are committed upon what the branch holds, if it is there, and sent.
fn pushed_by_others(desk: &Desk, files: &[(&str, &[u8])]) {
    if !desk.path("theirs").exists() {
        desk.git(&["init", "--quiet", "../theirs"]);
    }
    let theirs = |arguments: &[&str]| desk.git(&[&["-C", "../theirs"], arguments].concat());
    let there = desk.git(&["ls-remote", "../pages.git", "refs/heads/pages"]);
    if !there.is_empty() {
        theirs(&["fetch", "--quiet", "../pages.git", "pages"]);
        theirs(&["checkout", "--quiet", "FETCH_HEAD"]);
    }
    for (name, bytes) in files {
        std::fs::write(desk.path("theirs").join(name), bytes).unwrap();
    }
    theirs(&["add", "--all"]);
    theirs(&["commit", "--quiet", "--message", "Theirs"]);
    theirs(&["push", "--quiet", "../pages.git", "HEAD:refs/heads/pages"]);
}

/// What others put there meanwhile is carried on in the new commit, whatever its history.
#[test]
fn a_file_of_others_that_names_somebody_who_is_withheld_is_not_carried_on() {
    for (name, bytes) in [
        ("notes.txt", b"Berta Later came.".as_slice()),
        ("notes.gz", &crate::withheld::gzipped(b"Berta Later came.")),
        ("berta-later.txt", b"x"),
    ] {
        let desk = Desk::new(Vec::new());
        bare(&desk);
        desk.append("content/people.toml", "\n[berta-l]\nname = \"Berta Later\"\nwithhold = true\n");
        let target = "git:../pages.git#pages";
        desk.publish(&[target]);
        pushed_by_others(&desk, &[(name, bytes)]);
        desk.write("content/extra.md", "# Extra\n\nA text.\n");
        let (code, text) = desk.try_publish(&[target]);
        assert_eq!(code, 1, "{name}: {text}");
        assert!(
            text.contains(&format!("`Berta Later` is withheld, and stands in {name}, which others")),
            "{text}"
        );
        assert_eq!(commits(&desk).len(), 2, "nothing is sent");
    }
}

/// Files of others and of earlier states that cannot be searched are named, as those of the site are.
#[test]
fn what_cannot_be_searched_on_a_branch_is_named() {
    let packed = b"\xFD7zXZ\0\x01\x02\x03".as_slice();
    let desk = Desk::new(Vec::new());
    bare(&desk);
    desk.append("site.toml", "\n[publish.pages]\nto = \"git:../pages.git#pages\"\nhistory = \"keep\"\n");
    desk.append("content/people.toml", "\n[berta-l]\nname = \"Berta Later\"\nwithhold = true\n");
    std::fs::create_dir_all(desk.path("dossier/static")).unwrap();
    std::fs::write(desk.path("dossier/static/q.xz"), packed).unwrap();
    desk.publish(&["pages"]);
    std::fs::remove_file(desk.path("dossier/static/q.xz")).unwrap();
    let text = desk.publish(&["pages"]);
    let note = "what is withheld cannot be looked for in q.xz in an earlier state of the branch pages";
    assert!(text.contains(note), "{text}");
    pushed_by_others(&desk, &[("theirs.xz", &[packed, b"x"].concat())]);
    let text = desk.publish(&["pages"]);
    assert!(text.contains("cannot be looked for in theirs.xz and 1 other file"), "{text}");
}
