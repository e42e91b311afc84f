//! What keeps a site from being published, and what is said of it.

use std::fs;

use super::servers::files_in;
use super::{Desk, done};

#[test]
fn errors_of_the_dossier() {
    let desk = Desk::new(Vec::new());
    desk.append(
        "content/people.toml",
        "\n[nobody]\nname = \"N\"\nroles = [{ role = \"r\", of = \"no-such-group\" }]\n",
    );
    let (code, text) = desk.try_publish(&["../out"]);
    assert_eq!(code, 1);
    assert!(text.contains("no-such-group") && text.contains("nothing published"), "{text}");
    assert!(!desk.path("out").exists());
}

#[test]
fn files_that_are_not_committed_unless_told() {
    let desk = Desk::new(Vec::new());
    desk.commit_all();
    desk.publish(&["../out"]);
    let commit = desk.git(&["rev-parse", "HEAD"]);
    let info = || fs::read_to_string(desk.path("out/build-info.json")).unwrap();
    assert!(info().contains(&format!("\"commit\": \"{}\"", commit.trim())), "{}", info());
    assert!(info().contains("\"modified\": false"));

    desk.write("content/new.md", "# New\n\nA text.\n");
    let (code, text) = desk.try_publish(&["../out"]);
    assert_eq!(code, 1);
    assert!(text.contains("not committed: content/new.md") && text.contains("--allow-dirty"), "{text}");
    assert!(!desk.path("out/new.html").exists());
    assert!(desk.publish(&["../out", "--dry-run"]).contains("to add"), "a look is free");
    desk.publish(&["../out", "--allow-dirty"]);
    assert!(desk.path("out/new.html").exists());
    assert!(info().contains("\"modified\": true"));

    // What git is told to leave out is in no commit, and a list of ours hides nothing that the site is made of.
    desk.commit_all();
    desk.publish(&["../out"]);
    let ignored = desk.read(".gitignore");
    desk.append(".gitignore", "hidden.md\n");
    desk.commit_all();
    desk.write("content/hidden.md", "# Hidden\n\nA text.\n");
    let (code, text) = desk.try_publish(&["../out"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("not committed: content/hidden.md"), "{text}");
    desk.write(".gitignore", &ignored);
    desk.write("content/.dossier-manifest", "");
    let (code, text) = desk.try_publish(&["../out"]);
    assert!(code == 1 && text.contains("content/hidden.md"), "{text}");
    desk.remove("content/.dossier-manifest");
    desk.remove("content/hidden.md");
    desk.commit_all();

    // A repository that git does not read may hold anything.
    let config = desk.read(".git/config");
    desk.write(".git/config", "no configuration\n");
    let (code, text) = desk.try_publish(&["../out"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("the git repository of the dossier cannot be read"), "{text}");
    desk.publish(&["../out", "--allow-dirty"]);
    assert!(info().contains("\"modified\": null"), "{}", info());
    desk.write(".git/config", &config);

    // What dossier makes itself is no change, wherever it was told to put it.
    desk.commit_all();
    fs::write(desk.path("dossier/.gitignore"), "").unwrap();
    desk.commit_all();
    assert!(desk.command(&["build"]).status().unwrap().success());
    desk.publish(&["./within/site"]);
    desk.publish(&["./within/site"]);
    desk.publish(&["./a.zip"]);
    desk.publish(&["./a.zip"]);
}

#[test]
fn a_withheld_word_in_what_is_added_or_said() {
    let desk = Desk::new(Vec::new());
    desk.append("content/people.toml", "\n[hidden-one]\nname = \"Karla Geheim\"\nwithhold = true\n");
    desk.append(
        "site.toml",
        "\n[publish.pages]\nto = \"git:../pages.git#pages\"\nmessage = \"For Karla Geheim\"\n",
    );
    let (code, text) = desk.try_publish(&["pages"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("`Karla Geheim` is withheld, and stands in the message of the commit"), "{text}");
    let (code, text) = desk.try_publish(&["../hidden-one"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("stands in the address"), "{text}");
    desk.publish(&["../out"]);
    for (path, bytes) in files_in(&desk.path("out")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Geheim"), "{path}");
    }
}

#[test]
fn targets_that_are_none() {
    let desk = Desk::new(Vec::new());
    desk.append("site.toml", "\n[publish.web]\nto = \"../out\"\n");
    for (target, says) in [
        ("wbe", "did you mean `web`?"),
        (
            "nowhere",
            "it names only web. `dossier publish` lists all; for a folder of that name, write `./nowhere`",
        ),
        ("ftp://example.org/a", "there is no way to publish to `ftp://`"),
        ("git:nobody#pages", "no remote `nobody`"),
        ("s3://key:secret@bucket/a", "the address holds a password"),
        ("git:https://secret@example.org/a.git#b", "the address holds a password"),
        ("./content", "where the dossier itself is"),
        ("../site.wacz", "`base_url`"),
        ("sftp://no-such-host.invalid/srv", "sftp failed"),
    ] {
        let (code, text) = desk.try_publish(&[target]);
        assert_eq!(code, 1, "{text}");
        assert!(text.contains(says) && text.contains("help: "), "{target}: {text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn only_what_changed_moves_and_a_look_changes_nothing() {
    let desk = Desk::new(Vec::new());
    desk.append("site.toml", "\n[publish.web]\nto = \"../out\"\n");
    let look = desk.publish(&["web", "--dry-run"]);
    assert!(
        look.contains("+ ") && look.contains("  people/ada-lind.html") || look.contains("  index.html"),
        "{look}"
    );
    assert!(!desk.path("out").exists());
    let text = desk.publish(&["web"]);
    assert!(text.contains("more; `--list` lists all"), "{text}");
    let before = files_in(&desk.path("out"));
    assert!(done(&desk.publish(&["web"])).starts_with("nothing to send"));
    // A folder beside is named from the dossier, not from where the person is.
    let root = desk.path("dossier").display().to_string();
    let elsewhere = desk.command(&["publish", "web", "--root", &root]).current_dir("/").output().unwrap();
    assert!(elsewhere.status.success(), "{elsewhere:?}");

    fs::write(desk.path("out/theirs.html"), "theirs").unwrap();
    desk.write("content/extra.md", "# Extra\n\nA text.\n");
    let look = desk.publish(&["web", "--dry-run"]);
    assert!(look.lines().any(|line| line.starts_with('+') && line.ends_with("extra.html")), "{look}");
    assert_eq!(files_in(&desk.path("out")).len(), before.len() + 1);
    desk.publish(&["web"]);
    desk.remove("content/extra.md");
    let text = desk.publish(&["web", "--verify"]);
    assert!(text.lines().any(|line| line.starts_with('-') && line.ends_with("extra.html")), "{text}");
    assert!(text.contains("all fetched back and the same"), "{text}");
    let mut after = files_in(&desk.path("out"));
    assert_eq!(after.remove("theirs.html").as_deref(), Some(b"theirs".as_slice()));
    assert_eq!(after, before);
}

#[test]
fn a_folder_of_others_unless_adopted() {
    let desk = Desk::new(Vec::new());
    fs::create_dir(desk.path("out")).unwrap();
    fs::write(desk.path("out/theirs.txt"), "theirs").unwrap();
    let (code, text) = desk.try_publish(&["../out"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("holds files, and dossier did not put them there") && text.contains("--adopt"),
        "{text}"
    );
    desk.publish(&["../out", "--adopt", "--dry-run"]);
    assert_eq!(files_in(&desk.path("out")).len(), 1);
    desk.publish(&["../out", "--adopt"]);
    assert_eq!(fs::read_to_string(desk.path("out/theirs.txt")).unwrap(), "theirs");
    assert!(desk.path("out/index.html").is_file());
}
