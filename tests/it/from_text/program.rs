//! `dossier new --from`, as its user meets it.

use std::io::Write;
use std::process::{Command, Stdio};

use super::ARTICLES;
use crate::cli::Folder;

const NEWS: &str = ARTICLES[0].1;

/// The whole way: a dossier without a fault, of which nothing is published, with its text kept out of git and a workflow.
#[test]
fn an_article_becomes_a_dossier_on_disk() {
    let folder = Folder::new();
    folder.write("news.txt", NEWS);
    let made = folder.run(&["new", "talks", "--from", "news.txt", "--ci", "github"]).succeeds();
    let out = made.out();
    for told in [
        "6 people",
        "They do not see",
        "dossier serve",
        "draft = true",
        "texts/news.txt",
        ".github/workflows",
    ] {
        assert!(out.contains(told), "{told} is not in:\n{out}");
    }
    assert!(folder.read("talks/.gitignore").contains("\n/texts\n"));
    assert!(folder.read("talks/texts/news.txt").contains("¶2  Selvara's foreign minister"));
    assert!(folder.path("talks/.taplo.toml").exists());
    folder.run(&["check", "--root", "talks", "--strict", "--drafts"]).succeeds();
    folder.run(&["build", "--root", "talks"]).succeeds();
    for entry in walkdir::WalkDir::new(folder.path("talks/public")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
            assert!(!text.contains("Berg") && !text.contains("Norland"), "{}", entry.path().display());
        }
    }
    let again = folder.run(&["new", "talks", "--from", "news.txt"]).fails();
    assert!(again.err().contains("is not empty"), "{}", again.err());
}

#[test]
fn an_article_comes_from_standard_input() {
    let folder = Folder::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["new", "talks", "--from", "-"])
        .current_dir(folder.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(NEWS.as_bytes()).unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    assert!(folder.read("talks/content/people.toml").contains("cite = \"ministers-met-twice-2023 ¶1\""));
}

/// What cannot be read is told, and leaves nothing behind.
#[test]
fn what_is_no_article_makes_no_folder() {
    let folder = Folder::new();
    folder.write("empty.txt", "\n");
    std::fs::write(folder.path("scan.pdf"), b"%PDF-1.7\n\0").unwrap();
    folder.write("page.html", "<!doctype html><p>Ada Berg");
    for (file, told) in [
        ("empty.txt", "there are no words in empty.txt"),
        ("scan.pdf", "save the article as plain text"),
        ("page.html", "copy the article into a .txt file"),
        ("none.txt", "cannot read none.txt"),
        (".", "cannot read ."),
    ] {
        let failed = folder.run(&["new", "talks", "--from", file]).fails();
        assert!(failed.err().contains(told), "{}", failed.err());
        assert!(!folder.path("talks").exists(), "{file}");
    }
    // With a record there is no article to start from.
    assert_eq!(folder.run(&["new", "person", "ada", "--from", "empty.txt"]).code(), 2);
}
