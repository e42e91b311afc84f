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

#[test]
fn the_library_never_imports_the_program() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(src.join("lib.rs")).unwrap();
    assert!(!lib.contains("mod cli"));
}
