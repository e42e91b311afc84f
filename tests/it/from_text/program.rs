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

/// Makes a dossier of what comes from standard input.
fn from_input(folder: &Folder, name: &str, text: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["new", name, "--from", "-"])
        .current_dir(folder.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
}

#[test]
fn an_article_comes_from_standard_input() {
    let folder = Folder::new();
    from_input(&folder, "talks", NEWS);
    assert!(folder.read("talks/content/people.toml").contains("cite = \"ministers-met-twice-2023 ¶1\""));
    from_input(&folder, "markdown", "# Ministers met\n\nAda Berg *met* Jon Vik, and it was late.\n");
    assert!(folder.read("markdown/content/sources.toml").contains("title = \"Ministers met\"\n"));
}

/// A dossier is called after its folder, whatever it starts with.
#[test]
fn a_dossier_is_called_after_its_folder() {
    let folder = Folder::new();
    folder.write("news.txt", NEWS);
    folder.run(&["new", "n10-work", "--from", "news.txt"]).succeeds();
    folder.run(&["new", "o/n10-work", "--empty"]).succeeds();
    for made in ["n10-work", "o/n10-work"] {
        let settings = folder.read(&format!("{made}/site.toml"));
        assert!(settings.contains("title = \"N10 Work\"\n"), "{settings}");
    }
}

/// Within a dossier no other one begins, with an article or without.
#[test]
fn no_dossier_is_made_within_a_dossier() {
    let folder = Folder::new();
    folder.write("news.txt", NEWS);
    folder.run(&["new", "talks", "--empty"]).succeeds();
    for with in [&["--from", "news.txt"][..], &["--empty"], &[]] {
        let args = [&["new", "talks/other"][..], with].concat();
        let failed = folder.run(&args).fails();
        assert!(failed.err().contains("talks is a dossier already"), "{}", failed.err());
        assert!(failed.err().contains("dossier new talks/../other"), "{}", failed.err());
        assert!(!folder.path("talks/other").exists());
    }
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
