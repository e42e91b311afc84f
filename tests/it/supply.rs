//! What the program is built from.

use std::fs;
use std::path::Path;

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn table(path: &str) -> toml::Table {
    file(path).parse().unwrap()
}

#[test]
fn every_crate_comes_from_the_registry_with_its_checksum() {
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().unwrap();
    let others = packages.iter().filter(|package| package["name"].as_str() != Some("dossier"));
    let mut count = 0;
    for package in others {
        let (name, text) = (&package["name"], |key: &str| package.get(key).and_then(toml::Value::as_str));
        let source = text("source").unwrap_or_else(|| panic!("{name} lies beside the program"));
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
        assert_eq!(text("checksum").map(str::len), Some(64), "{name}");
        count += 1;
    }
    println!("{count} crates from crates.io, each with its checksum");
    assert!(count > 100);
}

#[test]
fn there_is_no_unsafe_code_here() {
    assert_eq!(table("Cargo.toml")["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    let sources = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for entry in sources.into_iter().map(Result::unwrap).filter(|entry| entry.path().extension().is_some()) {
        let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
        assert!(!text.contains("allow(unsafe_code"), "{}", entry.path().display());
    }
}

#[test]
fn each_default_feature_is_named_where_users_read() {
    let manifest = table("Cargo.toml");
    let defaults = manifest["features"]["default"].as_array().unwrap();
    let readme = file("README.md");
    for feature in defaults.iter().map(|feature| feature.as_str().unwrap()) {
        assert!(readme.contains(&format!("`{feature}`")), "README.md says nothing of {feature}");
    }
    assert!(defaults.len() <= 3, "few are on by default: {defaults:?}");
}
