//! The templates of the theme with their blocks and components, and what a template can call.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use dossier::theme::theme;
use regex::Regex;

use super::{Pages, article, head, row};
use crate::support::{build, sources, text};

/// What Tera gives every template, as its own source registers it: `filter`, `test` or `function`.
fn given(kind: &str) -> Vec<String> {
    static SOURCE: LazyLock<String> = LazyLock::new(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let all: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        let packages = all["packages"].as_array().unwrap();
        let tera = packages.iter().find(|package| package["name"] == "tera").unwrap();
        let folder = Path::new(tera["manifest_path"].as_str().unwrap()).parent().unwrap();
        std::fs::read_to_string(folder.join("src/tera.rs")).unwrap()
    });
    let call = Regex::new(&format!(r#"\bself\.register_{kind}\("([a-z_]+)""#)).unwrap();
    let mut names: Vec<String> = call.captures_iter(&SOURCE).map(|found| found[1].to_owned()).collect();
    names.sort();
    names
}

/// The functions: the first two are the program's own.
const FUNCTIONS: [(&str, &str); 4] = [
    ("t", "a word of the interface: `t(key=\"page.records.heading\")`"),
    (
        "once",
        "what a component made of the very same arguments: `once(component=\"row\", row=row, root=root)`",
    ),
    ("range", "numbers in a row: `range(end=3)`"),
    ("throw", "ends the page with an error of your own: `throw(message=\"…\")`"),
];

pub fn pages() -> Pages {
    let theme = theme();
    let block = Regex::new(r"\{%-?[ \n]*block[ \n]+([a-z_]+)").unwrap();
    let component = Regex::new(r"\{%-?[ \n]*component[ \n]+([a-z_]+)").unwrap();
    let extends = Regex::new(r#"\{%-?[ \n]*extends[ \n]+"([^"]+)""#).unwrap();
    let names = |text: &str, pattern: &Regex| {
        let found: Vec<String> =
            pattern.captures_iter(text).map(|found| format!("`{}`", &found[1])).collect();
        found.join(", ")
    };
    let files: BTreeMap<&str, &str> = theme
        .under("templates/")
        .filter(|file| file.path.ends_with(".html"))
        .map(|file| (file.path.strip_prefix("templates/").unwrap(), file.text().unwrap()))
        .collect();
    let mut out = "A file of the same name in `templates/` takes the place of one of these; `{% extends \
                   \"theme/person.html\" %}` changes single blocks: [changing the look](../manual/theme.md).\n\n## Templates {#templates}\n\n"
        .to_owned();
    out.push_str(&head(&["template", "extends", "blocks"]));
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("parts/")) {
        let from = extends.captures(text).map_or(String::new(), |found| format!("`{}`", &found[1]));
        out.push_str(&row(&[&format!("`{path}`"), &from, &names(text, &block)]));
    }
    out.push_str("\n## Components {#components}\n\n");
    out.push_str(&head(&["file", "components"]));
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("parts/")) {
        out.push_str(&row(&[&format!("`{path}`"), &names(text, &component)]));
    }
    out.push_str("\n## Functions {#functions}\n\n");
    out.push_str(&head(&["function", "gives"]));
    let mut theirs = given("function");
    theirs.extend(["t", "once"].map(str::to_owned));
    theirs.sort();
    let mut told = FUNCTIONS.map(|(name, _)| name);
    told.sort();
    assert_eq!(told.as_slice(), theirs, "functions that are there, and those that are explained");
    for (name, about) in FUNCTIONS {
        out.push_str(&row(&[&format!("`{name}`"), about]));
    }
    for (title, anchor, kind, asks) in [
        ("Filters", "filters", "filter", "{{ title | upper }}"),
        ("Tests", "tests", "test", "{% if page.json is defined %}"),
    ] {
        let names: Vec<String> = given(kind).iter().map(|name| format!("`{name}`")).collect();
        out.push_str(&format!(
            "\n## {title} {{#{anchor}}}\n\nThose of Tera, version 2, as in `{asks}`: {}.\n",
            names.join(", ")
        ));
    }
    let summary = "Templates, blocks, components, functions, filters and tests of the theme.";
    Pages::from([("templates.md".to_owned(), article("Templates", 305, summary, &out))])
}

/// What Tera's source registers is what the templates of a dossier can use.
#[test]
fn every_filter_and_test_that_is_listed_is_there() {
    let report = |template: String| {
        let sources = sources(&[("templates/about.html", &template)]);
        let site = build(&sources);
        text(&sources, &site)
    };
    for (kind, list) in [("ilter", given("filter")), ("est", given("test"))] {
        assert!(list.len() > 10, "{list:?}");
        let template = |name: &str| match kind {
            "ilter" => format!("{{{{ title | {name} }}}}"),
            _ => format!("{{% if title is {name} %}}{{% endif %}}"),
        };
        let unknown = report(template("no_such"));
        assert!(unknown.contains("no_such"), "{unknown}");
        for name in &list {
            // Arguments may be missing: only that it is known counts.
            let told = report(template(name));
            let missing = unknown.lines().next().unwrap().replace("no_such", name);
            assert!(!told.contains(&missing), "{name}: {told}");
        }
        println!("{} of each: {}", list.len(), unknown.lines().next().unwrap());
    }
}
