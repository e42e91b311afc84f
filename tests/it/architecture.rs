//! Who may import whom: the table in docs/ARCHITECTURE.md, held against the `use` lines.

use std::collections::BTreeMap;
use std::path::Path;

/// Part of the library -> the parts it may use, besides itself.
fn rules() -> BTreeMap<&'static str, Vec<&'static str>> {
    let text = include_str!("../../docs/ARCHITECTURE.md");
    let mut rules = BTreeMap::new();
    let table = text.lines().skip_while(|line| !line.starts_with("| folder or file")).skip(2);
    for line in table.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`').trim_end_matches(".rs").trim_end_matches('/');
        let uses = cells[3]
            .split(',')
            .map(|part| part.trim().trim_matches('`'))
            .filter(|part| *part != "nothing")
            .collect();
        rules.insert(name, uses);
    }
    rules
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_part_imports_only_what_the_table_allows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rules = rules();
    assert!(rules.len() > 12, "the table was not found: {rules:?}");
    let mut found = Vec::new();
    files(&src, &mut found);
    let mut breaches = Vec::new();
    for file in found {
        let relative = file.strip_prefix(&src).unwrap();
        let part =
            relative.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        if matches!(part, "lib" | "main" | "cli") {
            continue;
        }
        let allowed = rules.get(part).unwrap_or_else(|| panic!("src/{part} is not in the table"));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("crate::{"), "{}: one `use` for each part", relative.display());
        for (index, _) in text.match_indices("crate::") {
            let rest = &text[index + "crate::".len()..];
            let used = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap();
            let own = used == part || used.is_empty() || used == "codes" && rest.starts_with("codes!");
            if !own
                && !allowed.contains(&used)
                && !allowed.contains(&"all stages")
                && rules.contains_key(used)
            {
                breaches.push(format!("{} uses {used}", relative.display()));
            }
        }
    }
    breaches.sort();
    breaches.dedup();
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn only_the_program_goes_to_the_network_or_is_reached_from_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    let goes = |file: &Path| {
        let text = std::fs::read_to_string(file).unwrap();
        ["ureq::", "rustls::", "std::net", "tokio::net", "axum::", "object_store::", "reqwest::"]
            .iter()
            .any(|name| text.contains(name))
    };
    let goers: Vec<_> = found.iter().filter(|file| goes(file)).collect();
    assert!(!goers.is_empty());
    let may = |file: &Path| {
        ["cli/links", "cli/publish", "cli/serve"].iter().any(|part| file.starts_with(src.join(part)))
    };
    assert!(goers.iter().all(|file| may(file)), "{goers:?}");
}

/// Calls that read or write files, but for those that only look -> the files they may stand in. Whoever adds one has thought
/// of links that lead out of the dossier (`disk/within.rs`) and of pipes (`disk/file.rs`).
const TOUCH: [(&[&str], &[&str]); 4] = [
    (
        &["fs::read(", "fs::read_to_string(", "File::open(", ".open(path)"],
        &["disk/file.rs", "disk/write/stage.rs"],
    ),
    (&["fs::write(", "File::create("], &["cli/publish/listed.rs", "cli/timings.rs"]),
    (
        &["File::create_new(", "fs::copy(", "fs::hard_link(", "tempfile_in(", "tempdir_in(", "new_in("],
        &[
            "cli/files.rs",
            "cli/publish/folder.rs",
            "cli/publish/listed.rs",
            "disk/last.rs",
            "disk/shelf.rs",
            "disk/write/stage.rs",
        ],
    ),
    (
        &["create_dir_all(", "remove_file(", "remove_dir_all(", "fs::rename(", "create_dir(", "remove_dir("],
        &[
            "cli/files.rs",
            "cli/publish/git.rs",
            "cli/publish/listed.rs",
            "cli/waiting.rs",
            "disk/last.rs",
            "disk/shelf.rs",
            "disk/write/",
        ],
    ),
];

#[test]
fn files_are_read_and_written_in_few_places() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    let (mut calls, mut breaches) = (0, Vec::new());
    for file in found {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let code = text.split("mod tests {").next().unwrap();
        for (words, places) in TOUCH {
            for word in words.iter().filter(|word| code.contains(*word)) {
                calls += 1;
                if !places.iter().any(|place| name.starts_with(place)) {
                    breaches.push(format!("{name} has {word}"));
                }
            }
        }
    }
    assert!(calls > 20, "the calls were not found");
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn the_library_never_imports_the_program() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(src.join("lib.rs")).unwrap();
    assert!(!lib.contains("mod cli"));
}
