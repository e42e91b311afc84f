//! Turns outputs into folders on the real file system and checks what is there afterwards.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use super::support::*;
use dossier::disk::write::{Applied, ApplyError, Options, apply, apply_with};
use dossier::output::MANIFEST_NAME;
use tempfile::tempdir;

fn counts(added: usize, changed: usize, removed: usize, unchanged: usize) -> Applied {
    Applied { added, changed, removed, unchanged }
}

/// Every way in which a build can bring the folder about.
fn ways() -> Vec<Options> {
    let mut ways = Vec::new();
    for exchange in [true, false] {
        for hard_links in [true, false] {
            ways.push(Options { exchange, hard_links, ..Options::default() });
        }
    }
    ways
}

#[test]
fn the_first_build_makes_the_folder_and_those_above_and_leaves_nothing_beside() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("a/b/out");
    let pages = [("index.html", "1"), ("people/ä b.html", "2"), ("x/y/z.txt", "")];
    assert_eq!(apply(&site(&pages), &out).unwrap(), counts(3, 0, 0, 0));
    assert_eq!(files(&out), pairs(&pages));
    assert_eq!(names(out.parent().unwrap()), ["out"]);
    assert!(out.join(MANIFEST_NAME).is_file());
}

#[test]
fn an_empty_folder_is_built_into() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    fs::create_dir(&out).unwrap();
    assert_eq!(apply(&site(&[("a", "1")]), &out).unwrap(), counts(1, 0, 0, 0));
    assert_eq!(files(&out), pairs(&[("a", "1")]));
    assert_eq!(names(temp.path()), ["out"]);
}

#[test]
fn only_what_changed_is_written_and_never_through_a_second_name() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    apply(&site(&[("a", "1"), ("d/b", "1"), ("d/c", "1")]), &out).unwrap();
    let before = stamps(&out);
    fs::hard_link(out.join("d/b"), temp.path().join("second")).unwrap();
    let new = site(&[("a", "1"), ("d/b", "2"), ("d/c", "1"), ("e", "1")]);
    assert_eq!(apply(&new, &out).unwrap(), counts(1, 1, 0, 2));
    let after = stamps(&out);
    for path in ["a", "d/c"] {
        assert_eq!(before[Path::new(path)], after[Path::new(path)], "{path}");
    }
    assert_eq!(fs::read_to_string(out.join("d/b")).unwrap(), "2");
    assert_eq!(fs::read_to_string(temp.path().join("second")).unwrap(), "1");
}

#[test]
fn when_nothing_differs_nothing_is_touched() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    let pages = site(&[("a", "1"), ("d/b", "2")]);
    apply(&pages, &out).unwrap();
    fs::write(out.join("d/mine"), "mine").unwrap();
    let before = stamps(&out);
    assert_eq!(apply(&pages, &out).unwrap(), counts(0, 0, 0, 2));
    assert_eq!(stamps(&out), before);
}

#[test]
fn the_same_site_is_the_same_bytes_whatever_was_there_before() {
    let temp = tempdir().unwrap();
    let (one, other) = (temp.path().join("one"), temp.path().join("other"));
    apply(&site(&[("a", "0"), ("x/y", "0"), ("z", "")]), &one).unwrap();
    apply(&site(&[("b/c", "1"), ("a", "1")]), &one).unwrap();
    apply(&site(&[("a", "1"), ("b/c", "1")]), &other).unwrap();
    assert_eq!(tree(&one), tree(&other));
}

#[test]
fn what_a_person_put_there_stays_as_it_is() {
    for options in ways() {
        let temp = tempdir().unwrap();
        let out = temp.path().join("out");
        let elsewhere = temp.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("secret"), "s").unwrap();
        apply(&site(&[("index.html", "1"), ("d/e/page", "1")]), &out).unwrap();
        fs::create_dir_all(out.join("empty/within")).unwrap();
        fs::create_dir_all(out.join(".git/objects")).unwrap();
        fs::write(out.join(".git/objects/1"), "o").unwrap();
        fs::write(out.join("CNAME"), "example.org").unwrap();
        fs::write(out.join("d/e/mine"), "m").unwrap();
        #[cfg(unix)]
        unix_things(&out, &elsewhere);
        let (before, nodes) = (stamps(&out), tree(&out));

        let applied = apply_with(&site(&[("index.html", "2"), ("f/g", "1")]), &out, &options);
        assert_eq!(applied.unwrap(), counts(1, 1, 1, 0));
        let (after, mut wanted) = (stamps(&out), nodes.clone());
        wanted.remove(Path::new("d/e/page"));
        wanted.insert("f".into(), Node::Folder);
        wanted.insert("f/g".into(), Node::File(b"1".into()));
        wanted.insert("index.html".into(), Node::File(b"2".into()));
        let mut found = tree(&out);
        wanted.remove(Path::new(MANIFEST_NAME));
        found.remove(Path::new(MANIFEST_NAME));
        assert_eq!(found, wanted, "{options:?}");
        for (path, node) in found {
            let ours = ["", "d", "d/e", "f", "f/g", "index.html"].map(Path::new);
            if ours.contains(&path.as_path()) {
                continue;
            }
            let (was, is) = (before[&path], after[&path]);
            if options.hard_links && node != Node::Folder {
                assert_eq!(was.0, is.0, "{path:?} is another file");
            }
            if options.hard_links || !matches!(node, Node::Link(_)) {
                assert_eq!(was.1, is.1, "{path:?} has another time, {options:?}");
            }
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &str| fs::metadata(out.join(path)).unwrap().permissions().mode();
            assert_eq!(mode("closed") & 0o7777, 0o555);
            assert_eq!(mode("script") & 0o7777, 0o750);
            assert_eq!(mode("") & 0o7777, 0o711);
        }
        assert_eq!(names(temp.path()), ["elsewhere", "out"]);
        assert_eq!(files(&elsewhere), pairs(&[("secret", "s")]));
    }
}

#[cfg(unix)]
fn unix_things(out: &Path, elsewhere: &Path) {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    symlink(elsewhere, out.join("link")).unwrap();
    symlink("nowhere", out.join("d/dangling")).unwrap();
    if !cfg!(target_vendor = "apple") {
        fs::write(out.join(OsStr::from_bytes(b"not \xff unicode")), "n").unwrap();
    }
    fs::write(out.join("script"), "s").unwrap();
    fs::create_dir(out.join("closed")).unwrap();
    fs::write(out.join("closed/in"), "i").unwrap();
    let set = |path: &str, mode| {
        fs::set_permissions(out.join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    set("script", 0o750);
    set("closed", 0o555);
    set("", 0o711);
}

#[test]
fn removed_pages_vanish_with_the_folders_that_held_only_them() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    apply(&site(&[("a/b/c", "1"), ("a/d", "1"), ("e/f", "1"), ("g", "1")]), &out).unwrap();
    fs::write(out.join("e/mine"), "m").unwrap();
    assert_eq!(apply(&site(&[("g", "1")]), &out).unwrap(), counts(0, 0, 3, 1));
    assert_eq!(files(&out), pairs(&[("g", "1"), ("e/mine", "m")]));
    assert!(!out.join("a").exists());
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    apply(&site(&[("a", "1"), ("b/c", "1")]), &out).unwrap();
    let pages = [("a/d", "2"), ("b", "2")];
    assert_eq!(apply(&site(&pages), &out).unwrap(), counts(2, 0, 2, 0));
    assert_eq!(files(&out), pairs(&pages));
}

#[test]
fn what_a_person_did_to_our_files_is_repaired() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    let pages = [("a", "1"), ("b/c", "1"), ("d", "1")];
    apply(&site(&pages), &out).unwrap();
    // As long as it was, so that the length does not tell.
    fs::write(out.join("a"), "X").unwrap();
    fs::remove_dir_all(out.join("b")).unwrap();
    assert_eq!(apply(&site(&pages), &out).unwrap(), counts(1, 1, 0, 1));
    assert_eq!(files(&out), pairs(&pages));
}

fn refused(output: &[(&str, &str)], out: &Path) -> String {
    let before = out.is_dir().then(|| stamps(out));
    let error = apply(&site(output), out).unwrap_err();
    assert_eq!(out.is_dir().then(|| stamps(out)), before, "touched: {error}");
    assert!(!error.help().is_empty());
    let above = out.parent().filter(|above| above.is_dir());
    let above = above.map(names).unwrap_or_default();
    let left = above.iter().find(|name| name.contains(".dossier-"));
    assert_eq!(left, None, "left beside");
    error.to_string()
}

#[test]
fn a_folder_with_files_that_are_not_ours_is_refused_until_a_person_marks_it() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("diary"), "d").unwrap();
    let message = refused(&[("a", "1")], &out);
    assert_eq!(message, format!("{} holds files, and dossier did not write them", out.display()));
    fs::write(out.join(MANIFEST_NAME), "").unwrap();
    apply(&site(&[("a", "1")]), &out).unwrap();
    assert_eq!(files(&out), pairs(&[("a", "1"), ("diary", "d")]));
    // Even what is the same to the byte is the person's.
    fs::write(out.join("b"), "1").unwrap();
    assert!(refused(&[("a", "1"), ("b", "1")], &out).contains("out/b is in the way"));
}

#[test]
fn a_list_that_cannot_be_read_is_refused() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    apply(&site(&[("a", "1")]), &out).unwrap();
    fs::write(out.join(MANIFEST_NAME), "rubbish\n").unwrap();
    let message = refused(&[("a", "2")], &out);
    assert!(message.ends_with("line 1 is not a manifest that this dossier knows"), "{message}");
}

#[test]
fn a_path_that_is_no_folder_is_refused() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    fs::write(&out, "f").unwrap();
    assert!(refused(&[("a", "1")], &out).ends_with("out is not a folder"));
    assert!(refused(&[("a", "1")], &out.join("below")).contains("cannot find"));
    let error = apply(&site(&[]), &temp.path().join("no/..")).unwrap_err();
    assert!(matches!(error, ApplyError::Disk { .. }), "{error}");
}

#[test]
fn a_person_in_our_way_is_refused() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    apply(&site(&[("a", "1"), ("b/c", "1")]), &out).unwrap();
    fs::write(out.join("file"), "m").unwrap();
    fs::create_dir(out.join("folder")).unwrap();
    fs::write(out.join("b/mine"), "m").unwrap();
    for (path, in_the_way) in [("file", "file"), ("file/below", "file"), ("folder", "folder"), ("b", "b")] {
        let message = refused(&[(path, "2")], &out);
        assert!(message.contains(&format!("out/{in_the_way} is in the way")), "{message}");
    }
    // Beside them there is room.
    apply(&site(&[("folder/a", "1"), ("b/d", "1")]), &out).unwrap();
    // A page of ours that a person made a folder.
    fs::remove_file(out.join("b/d")).unwrap();
    fs::create_dir_all(out.join("b/d/own")).unwrap();
    assert!(refused(&[("b/d", "1")], &out).contains("out/b/d is in the way"));
    // When the page is gone anyway, the folder is the person's.
    apply(&site(&[("folder/a", "1")]), &out).unwrap();
    assert!(out.join("b/d/own").is_dir());
}

#[cfg(unix)]
#[test]
fn no_link_leads_a_build_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let temp = tempdir().unwrap();
    let (out, elsewhere) = (temp.path().join("out"), temp.path().join("elsewhere"));
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("page"), "1").unwrap();
    apply(&site(&[("people/page", "1"), ("a", "1")]), &out).unwrap();
    // Our folder, and our page, as links to what looks the same.
    fs::remove_dir_all(out.join("people")).unwrap();
    symlink(&elsewhere, out.join("people")).unwrap();
    assert!(refused(&[("people/page", "2")], &out).contains("out/people is in the way"));
    fs::remove_file(out.join("a")).unwrap();
    symlink(elsewhere.join("page"), out.join("a")).unwrap();
    assert!(refused(&[("a", "2")], &out).contains("out/a is in the way"));
    fs::remove_file(out.join(MANIFEST_NAME)).unwrap();
    symlink(elsewhere.join("page"), out.join(MANIFEST_NAME)).unwrap();
    assert!(refused(&[("c", "2")], &out).contains("is in the way"));
    // The lock's own name.
    fs::remove_dir_all(&out).unwrap();
    symlink(elsewhere.join("page"), temp.path().join(".out.dossier-lock")).unwrap();
    let error = apply(&site(&[("a", "1")]), &out).unwrap_err();
    assert!(error.to_string().contains("cannot lock"), "{error}");
    assert_eq!(files(&elsewhere), pairs(&[("page", "1")]));
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_is_built_where_it_leads() {
    use std::os::unix::fs::symlink;
    let temp = tempdir().unwrap();
    let (real, link) = (temp.path().join("there/real"), temp.path().join("link"));
    fs::create_dir_all(&real).unwrap();
    symlink(&real, &link).unwrap();
    apply(&site(&[("a", "1")]), &link).unwrap();
    apply(&site(&[("a", "2")]), &link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(files(&real), pairs(&[("a", "2")]));
    assert_eq!(
        (names(temp.path()), names(&temp.path().join("there"))),
        (vec!["link".into(), "there".into()], vec!["real".into()],)
    );
    symlink("nowhere", temp.path().join("lost")).unwrap();
    let error = apply(&site(&[]), &temp.path().join("lost")).unwrap_err();
    assert!(error.to_string().ends_with("lost is a symbolic link to nothing"), "{error}");
}

#[test]
fn the_top_of_the_disk_the_home_folder_and_the_folder_worked_in_are_refused() {
    let temp = tempdir().unwrap();
    let error = apply(&site(&[]), Path::new("/")).unwrap_err();
    assert!(matches!(error, ApplyError::Precious(_)), "{error}");
    let home = temp.path().join("home/me");
    fs::create_dir_all(&home).unwrap();
    for out in [&home, home.parent().unwrap()] {
        // Even if it were ours.
        fs::write(out.join(MANIFEST_NAME), "").unwrap();
        let mut command = applier(&["once", "A"], out);
        let command = command.env("HOME", &home).env("USERPROFILE", &home);
        let (ok, text) = said(command.output().unwrap());
        assert!(!ok && text.contains("your home folder is in it"), "{text}");
    }
    let out = temp.path().join("out/deep");
    fs::create_dir_all(&out).unwrap();
    for dir in [Path::new("."), out.parent().unwrap()] {
        let mut command = applier(&["once", "A"], dir);
        let (ok, text) = said(command.current_dir(&out).output().unwrap());
        assert!(!ok && text.contains("from inside of it"), "{text}");
    }
}

#[test]
fn a_second_build_waits_for_the_first_and_then_says_so() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    let lock = temp.path().join(".out.dossier-lock");
    fs::write(&lock, "process 77\n").unwrap();
    let held = File::open(&lock).unwrap();
    held.lock().unwrap();
    let options = Options { wait: Duration::from_millis(50), ..Options::default() };
    let error = apply_with(&site(&[("a", "1")]), &out, &options).unwrap_err();
    let ApplyError::Busy { process, .. } = error else { panic!("{error}") };
    assert_eq!(process, cfg!(unix).then_some(77));
    assert!(!out.exists());
    std::thread::scope(|scope| {
        let build = scope.spawn(|| apply(&site(&[("a", "1")]), &out));
        std::thread::sleep(Duration::from_millis(100));
        assert!(!out.exists());
        drop(held);
        build.join().unwrap().unwrap();
    });
    assert_eq!(names(temp.path()), ["out"]);
}
