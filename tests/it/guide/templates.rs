//! The templates of the theme with their blocks and components, and what a template can call.

use std::collections::BTreeMap;

use dossier::theme::theme;
use regex::Regex;

use super::{Pages, article, head, row};
use crate::support::{build, sources, text};

/// The filters of Tera that templates have.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

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
    for (name, about) in FUNCTIONS {
        out.push_str(&row(&[&format!("`{name}`"), about]));
    }
    let filters: Vec<String> = FILTERS.iter().map(|name| format!("`{name}`")).collect();
    out.push_str(&format!(
        "\n## Filters {{#filters}}\n\nThose of Tera, version 2: {}.\n",
        filters.join(", ")
    ));
    let summary = "Templates, blocks, components, functions and filters of the theme.";
    Pages::from([("templates.md".to_owned(), article("Templates", 305, summary, &out))])
}

/// What the templates can call is what the page lists: one that it does not have is an error.
#[test]
fn every_filter_and_function_that_is_listed_is_there() {
    let report = |template: &str| {
        let sources = sources(&[("templates/about.html", template)]);
        let site = build(&sources);
        text(&sources, &site)
    };
    let unknown = report("{{ title | no_such_filter }}");
    assert!(unknown.contains("no_such_filter"), "{unknown}");
    for name in FILTERS {
        let report = report(&format!("{{{{ title | {name} }}}}"));
        assert!(
            !report.contains(&format!("Filter `{name}` is not")) && !report.contains("nknown filter"),
            "{name}: {report}"
        );
    }
    println!("{unknown}");
}
