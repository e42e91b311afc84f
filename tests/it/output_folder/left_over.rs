//! Turns folders as a killed build leaves them, put together by hand, into whole ones, and checks
//! that nothing of a person's is lost on the way.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::*;
use dossier::disk::write::apply;
use tempfile::{TempDir, tempdir};

const A: [(&str, &str); 3] = [("both", "A"), ("a/only", "A"), ("same", "1")];
const B: [(&str, &str); 3] = [("both", "B"), ("b/only", "B"), ("same", "1")];

struct Setting {
    temp: TempDir,
    out: PathBuf,
}

impl Setting {
    fn new() -> Setting {
        let temp = tempdir().unwrap();
        let out = temp.path().join("out");
        Setting { temp, out }
    }

    fn beside(&self, ending: &str) -> PathBuf {
        self.temp.path().join(format!(".out.dossier-{ending}"))
    }

    /// Builds a site with a person's file in it, and puts it at `to`.
    fn put(&self, pages: &[(&str, &str)], to: &Path) {
        let made = self.temp.path().join("made");
        apply(&site(pages), &made).unwrap();
        fs::write(made.join("mine"), "m").unwrap();
        fs::rename(made, to).unwrap();
    }

    fn build_b(&self) -> Vec<(String, String)> {
        apply(&site(&B), &self.out).unwrap();
        assert_eq!(names(self.temp.path()), ["out"]);
        files(&self.out)
    }
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    pairs(&[&B, more].concat())
}

#[test]
fn a_new_site_that_was_not_finished_is_dropped() {
    let setting = Setting::new();
    setting.put(&A, &setting.out);
    setting.put(&B, &setting.beside("new"));
    fs::write(setting.beside("new").join("not listed"), "?").unwrap();
    assert_eq!(setting.build_b(), with(&[("mine", "m")]));
}

#[test]
fn a_first_site_that_was_not_finished_is_dropped() {
    let setting = Setting::new();
    fs::create_dir(setting.beside("new")).unwrap();
    fs::write(setting.beside("new").join("not listed"), "?").unwrap();
    assert_eq!(setting.build_b(), with(&[]));
}

#[test]
fn what_a_person_put_in_the_old_site_meanwhile_moves_to_the_new() {
    let setting = Setting::new();
    setting.put(&B, &setting.out);
    let old = setting.beside("old");
    setting.put(&A, &old);
    fs::write(old.join("a/late"), "late").unwrap();
    fs::create_dir_all(old.join("folder/empty")).unwrap();
    fs::remove_file(setting.out.join("mine")).unwrap();
    fs::hard_link(old.join("mine"), setting.out.join("mine")).unwrap();
    let found = setting.build_b();
    assert_eq!(found, with(&[("mine", "m"), ("a/late", "late")]));
    assert!(setting.out.join("folder/empty").is_dir());
}

#[test]
fn neither_of_two_versions_of_a_persons_file_is_lost() {
    let setting = Setting::new();
    setting.put(&B, &setting.out);
    setting.put(&A, &setting.beside("old"));
    fs::write(setting.out.join("mine"), "newer").unwrap();
    let found = setting.build_b();
    assert_eq!(found, with(&[("mine", "newer"), ("mine.kept-1", "m")]));
}

#[cfg(unix)]
#[test]
fn a_kill_right_after_the_exchange_is_told_from_one_right_before() {
    use std::os::unix::fs::MetadataExt;
    for exchanged in [true, false] {
        let setting = Setting::new();
        let (here, beside) = (&setting.out, setting.beside("new"));
        let (new, old) = if exchanged { (here, &beside) } else { (&beside, here) };
        setting.put(&B, new);
        setting.put(&A, old);
        let there = fs::metadata(new).unwrap();
        let note = format!("process 1\nnew {}:{}\n", there.dev(), there.ino());
        fs::write(setting.beside("lock"), note).unwrap();
        // In the old site it came late; in the new one a person cannot have put it.
        fs::write(beside.join("late"), "late").unwrap();
        let more = [("mine", "m"), ("late", "late")];
        let more = if exchanged { &more[..] } else { &more[..1] };
        assert_eq!(setting.build_b(), with(more), "exchanged: {exchanged}");
    }
}

#[test]
fn a_kill_between_two_renames_puts_the_old_site_back() {
    let setting = Setting::new();
    setting.put(&A, &setting.beside("old"));
    setting.put(&B, &setting.beside("new"));
    assert_eq!(setting.build_b(), with(&[("mine", "m")]));
}

#[test]
fn what_is_beside_and_cannot_be_ours_is_refused() {
    for ending in ["new", "old"] {
        let setting = Setting::new();
        fs::write(setting.beside(ending), "m").unwrap();
        let error = apply(&site(&B), &setting.out).unwrap_err();
        assert!(error.to_string().contains("is in the way"), "{error}");
        assert_eq!(fs::read(setting.beside(ending)).unwrap(), b"m");
    }
}
