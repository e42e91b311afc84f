//! A build after a build: the same bytes as one into an empty folder, and no work done twice.

use std::collections::BTreeMap;
use std::fs;

use crate::cli::{ADA, Folder, site};

const BO: (&str, &str) =
    ("content/meetings.toml", "[m]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"log\"\n");
const RECORD: &str = ".dossier/last-build.json";

fn dossier() -> Folder {
    Folder::with(&[
        ("content/people.toml", "[ada]\nname = \"Ada Berg\"\n[bo]\nname = \"Bo Dahl\"\n"),
        BO,
        ("content/groups.toml", "[g]\nname = \"A group\"\ntype = \"state-body\"\n"),
        ("content/sources.toml", "[log]\ntitle = \"A log\"\ntype = \"report\"\n"),
        ("content/explainers/boat.md", "# The boat\n\nEve Olsen and [[bo]] saw it [@log ¶1].\n"),
    ])
}

/// What is said and what is written of the files of a folder where nothing was built before, by their paths there.
fn cold(folder: &Folder) -> (i32, String, BTreeMap<String, Vec<u8>>) {
    let other = Folder::new();
    for top in ["site.toml", "content", "templates", "static"] {
        for entry in walkdir::WalkDir::new(folder.path(top)).into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(folder.path("")).unwrap();
                other.write(path.to_str().unwrap(), &fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let built = other.run(&["build"]);
    (built.code(), built.err(), below(&other))
}

/// Every file of the site by its path in it.
fn below(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let root = folder.path("public").display().to_string();
    if !folder.path("public").exists() {
        return BTreeMap::new();
    }
    site(folder).into_iter().map(|(path, bytes)| (path.replace(&root, ""), bytes)).collect()
}

#[test]
fn a_build_of_the_same_files_says_the_same_without_making_a_page() {
    let folder = dossier();
    let first = folder.run(&["build"]).succeeds();
    assert!(first.err().contains("warning["), "{}", first.err());
    let times = |folder: &Folder| fs::metadata(folder.path("public/index.html")).unwrap().modified().unwrap();
    let before = times(&folder);
    let second = folder.run(&["build", "--timings"]).succeeds();
    let (report, table) =
        second.err().split_once("\nWhere the time went").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert_eq!(report, first.err());
    assert!(table.contains("comparing with the last build") && !table.contains("parsing"), "{table}");
    assert!(second.out().contains("nothing changed in public"), "{}", second.out());
    assert_eq!(times(&folder), before);
    let count = |said: &str| said.split(',').take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(count(&second.out()), count(&first.out()));
}

#[test]
fn only_pages_that_show_a_change_are_rendered_again() {
    let folder = dossier();
    folder.run(&["build"]).succeeds();
    let prose = "# The boat\n\nEve Olsen saw it at night [@log ¶1].\n";
    folder.write("content/explainers/boat.md", prose);
    let built = folder.run(&["build", "--timings"]).succeeds();
    let rendered = built.err().lines().find(|line| line.contains("rendering ")).unwrap().to_owned();
    let number: usize = rendered.split_whitespace().nth(2).unwrap().trim_end_matches(',').parse().unwrap();
    let pages: usize = built.out().split(' ').next().unwrap().parse().unwrap();
    assert!((1..pages / 2).contains(&number), "{rendered} of {pages}");
    assert_eq!(below(&folder), cold(&folder).2);
}

#[test]
fn after_any_edit_the_folder_holds_what_a_first_build_makes() {
    let folder = dossier();
    let edits: [(&str, &[u8]); 16] = [
        ("content/explainers/boat.md", b"# The boat\n\nIt left.\n"),
        ("content/people.toml", b"[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo Dahl\"\n"),
        ("static/own.css", b"a{}"),
        ("static/own.css", b"b{}"),
        ("site.toml", b"title = \"Another\"\n"),
        (
            "templates/person.html",
            b"{% extends \"theme/person.html\" %}{% block title %}X{% endblock title %}",
        ),
        ("content/meetings.toml", b"[m]\ndate = \"June\"\n"),
        ("content/meetings.toml", BO.1.as_bytes()),
        ("templates/person.html", b""),
        ("templates/person.html", b"{{ nothing.there }}"),
        ("templates/person.html", b"{% extends \"theme/person.html\" %}"),
        ("content/explainers/more.md", b"# More\n\n[[ada]]\n"),
        ("public/people/ada.html", b"a person's own words"),
        ("public/.dossier-manifest", b""),
        (RECORD, b"{"),
        ("content/explainers/more.md", b""),
    ];
    for (n, (path, text)) in edits.into_iter().enumerate() {
        if text.is_empty() {
            fs::remove_file(folder.path(path)).unwrap();
        } else {
            folder.write(path, std::str::from_utf8(text).unwrap());
        }
        let before = below(&folder);
        // Without its list no file in the folder is ours to be replaced.
        if path.ends_with("manifest") {
            folder.run(&["build"]).fails();
            fs::remove_dir_all(folder.path("public")).unwrap();
        }
        for round in ["first", "second"] {
            let built = folder.run(&["build"]);
            let (code, report, files) = cold(&folder);
            assert_eq!((built.code(), built.err()), (code, report), "edit {n}, {round} build");
            let expected = if code == 0 { files } else { before.clone() };
            assert_eq!(below(&folder), expected, "edit {n}, {round} build");
        }
    }
}

#[test]
fn a_word_that_is_withheld_later_is_found_on_a_page_that_did_not_change() {
    let folder = dossier();
    // In a template, where only the search of what is written can find it.
    let template = "{% extends \"theme/article.html\" %}{% block footer %}By Una Vik{% endblock footer %}";
    folder.write("templates/article.html", template);
    folder.run(&["build"]).succeeds();
    let people = "[ada]\nname = \"Ada Berg\"\n[bo]\nname = \"Bo Dahl\"\n";
    folder.write("content/people.toml", &format!("{people}[una]\nname = \"Una Vik\"\nwithhold = true\n"));
    let refused = folder.run(&["build"]).fails();
    assert!(refused.err().contains("explainers/boat"), "{}", refused.err());
}

#[test]
fn drafts_and_another_folder_are_another_build() {
    let folder = Folder::with(&[(ADA.0, "[ada]\nname = \"Ada\"\n[dee]\nname = \"Dee\"\ndraft = true\n")]);
    folder.run(&["build"]).succeeds();
    let plain = below(&folder);
    folder.run(&["build", "--drafts"]).succeeds();
    assert!(folder.path("public/people/dee.html").exists());
    folder.run(&["build", "--output", "elsewhere"]).succeeds();
    assert!(!folder.path("elsewhere/people/dee.html").exists());
    folder.run(&["build"]).succeeds();
    assert_eq!(below(&folder), plain);
}
