//! The formats that a dossier can be had in, read by programs that others wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::diag::Checked;
use dossier::source::Sources;
use dossier::{Site, has_errors};

use crate::harbour::harbour;
use crate::support::{build, repository, sources, string, text};

/// Python with the packages of `tests/readers/requirements.txt`, which `tests/run` installs.
fn python() -> PathBuf {
    reader("python")
}

/// One of the programs that stand beside that Python.
pub fn reader(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let program = target.join("readers/bin").join(name);
    assert!(program.exists(), "{} is missing: run tests/run once, which installs it", program.display());
    program
}

fn written(site: &Checked<Site>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in site.value.output.iter() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Every format, read by the readers in `tests/readers`; what they say of each is shown.
fn is_read(sources: &Sources) {
    let site = build(sources);
    assert!(!has_errors(&site.diagnostics), "{}", text(sources, &site));
    let folder = written(&site);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/read.py");
    let said = Command::new(python()).arg(script).arg(folder.path()).output().unwrap();
    let out = String::from_utf8_lossy(&said.stdout);
    println!("{out}");
    assert!(said.status.success(), "{out}\n{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn other_programs_read_the_demonstration() {
    is_read(&repository());
}

#[test]
fn other_programs_read_the_fictional_dossier() {
    is_read(&harbour());
}

/// What the page of formats and the list of each say is there, and nothing else is in the folder.
#[test]
fn the_page_of_formats_leads_to_every_file() {
    let site = build(&harbour());
    let html = string(&site, "data.html");
    let in_folder = site.value.output.iter().map(|(path, _)| path).filter(|path| path.starts_with("data/"));
    let mut count = 0;
    for path in in_folder.chain(["changes.xml", "corrections.xml", "sitemap.xml", "robots.txt"]) {
        assert!(html.contains(&format!("href=\"{path}\"")), "{path}");
        count += 1;
    }
    assert!(count > 25, "{count}");
}

#[test]
fn a_format_can_be_turned_off() {
    let off = "title = \"Off\"\n[exports]\npopolo = false\njson = false\ncsv_bom = true\n";
    let people = "[ada]\nname = \"=Ada\"\n";
    let site = build(&sources(&[("site.toml", off), ("content/people.toml", people)]));
    for gone in ["data/popolo.json", "data/dossier.json", "people/ada.json"] {
        assert!(site.value.output.get(gone).is_none(), "{gone}");
    }
    assert!(!string(&site, "people/ada.html").contains("ada.json"));
    let table = string(&site, "data/people.csv");
    assert!(table.starts_with('\u{FEFF}') && table.contains("ada,'=Ada,"), "{table}");
    let wrong = sources(&[("site.toml", "title = \"Off\"\n[exports]\npopola = false\n")]);
    let report = text(&wrong, &build(&wrong));
    assert!(report.contains("did you mean `popolo`?"), "{report}");
}

/// What only the authors need to know, and comments in their texts, are in no file.
#[test]
fn what_is_the_authors_own_stays_with_them() {
    let files = [
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\nsummary = \"Head <!-- or so she says --> of it\"\nwithhold = [\"born\"]\nborn = \"1961-04\"\n\
             allow.uncited-record = \"the lawyer agreed\"\n",
        ),
        ("content/people/ada.md", "Ada was there.\n\n<!-- check with the desk -->\n"),
    ];
    let site = build(&sources(&files));
    assert!(string(&site, "data/dossier.json").contains("Ada was there."));
    for (path, bytes) in site.value.output.iter() {
        let text = String::from_utf8_lossy(bytes);
        for own in ["so she says", "check with the desk", "lawyer agreed", "1961"] {
            assert!(!text.contains(own), "{path} tells `{own}`");
        }
    }
}
