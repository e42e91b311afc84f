//! What a site is handed over as, read by programs that others wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::has_errors;
use dossier::publish::archive::{self, About};
use dossier::publish::bundle::{self, File};

use crate::support::{build, files, sources, text};

const BASE: &str = "https://example.org/dossier/";
const TOP: &str = "ملف";

/// Python with the packages of `tests/readers/requirements.txt`, which `tests/run` installs.
fn python() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let python = target.join("readers/bin/python");
    assert!(python.exists(), "{} is missing: run tests/run once, which installs it", python.display());
    python
}

/// A small site, with names that are not of ASCII, text in two directions, and a page that leads to another.
fn site() -> Vec<(String, Vec<u8>)> {
    let sources = sources(&[
        ("site.toml", "title = \"Who & when\"\nbase_url = \"https://example.org/dossier/\"\n"),
        ("content/people.toml", "[amal]\nname = \"أمل حسن\"\n[ben]\nname = \"Ben Ode\"\n"),
        (
            "content/meetings.toml",
            "[m]\ndate = \"2023\"\nparticipants = [\"amal\", \"ben\"]\ncite = \"s ¶1\"\n",
        ),
        ("content/sources.toml", "[s]\ntitle = \"Source\"\ntype = \"report\"\npublished = \"2024\"\n"),
        ("static/رسالة 50%.txt", "ليس هنا"),
    ]);
    let site = build(&sources);
    assert!(!has_errors(&site.diagnostics), "{}", text(&sources, &site));
    let files = files(&site);
    assert!(files.iter().any(|(path, _)| path.ends_with("رسالة 50%.txt")));
    files
}

fn written(folder: &Path, site: &[(String, Vec<u8>)]) {
    for (path, bytes) in site {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn other_programs_read_bundles_and_archives() {
    let site = site();
    let files: Vec<File> = site.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let about = About {
        title: "Who & when",
        description: Some("Who met whom"),
        language: Some("en"),
        base_url: BASE,
        time: time::OffsetDateTime::from_unix_timestamp(1_767_323_045).unwrap(),
    };
    let folder = tempfile::tempdir().unwrap();
    written(&folder.path().join("site"), &site);
    for (name, bytes) in [
        ("site.zip", bundle::zip(&files, TOP).unwrap()),
        ("site.tar.zst", bundle::tar_zst(&files, TOP).unwrap()),
        ("site.warc.gz", archive::warc(&files, &about).unwrap()),
        ("site.wacz", archive::wacz(&files, &about).unwrap()),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/archive.py");
    let said = Command::new(python()).arg(script).arg(folder.path()).args([BASE, TOP]).output().unwrap();
    let out = String::from_utf8_lossy(&said.stdout);
    println!("{out}");
    assert!(said.status.success(), "{out}\n{}", String::from_utf8_lossy(&said.stderr));
    tar_unpacks(folder.path(), &site);
}

/// `tar` goes by `zstd`, which not every system has.
fn tar_unpacks(folder: &Path, site: &[(String, Vec<u8>)]) {
    if Command::new("zstd").arg("--version").output().is_err() {
        println!("tar: skipped, since there is no zstd");
        return;
    }
    let unpacked = folder.join("tar");
    fs::create_dir(&unpacked).unwrap();
    let tar = Command::new("tar").args(["--zstd", "-xf", "../site.tar.zst"]).current_dir(&unpacked).output();
    let tar = tar.unwrap();
    assert!(tar.status.success(), "{}", String::from_utf8_lossy(&tar.stderr));
    for (path, bytes) in site {
        assert!(fs::read(unpacked.join(TOP).join(path)).unwrap() == *bytes, "{path}");
    }
    assert_eq!(fs::read_dir(&unpacked).unwrap().count(), 1, "one folder");
}
