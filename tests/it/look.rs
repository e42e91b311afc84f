//! The examples of `docs/guide/content/manual/theme.md`: each does what the page says, in a dossier that has nothing else of the theme.

use crate::support::{build, files, sources, string, text};

const PAGE: &str = include_str!("../../docs/guide/content/manual/theme.md");

const SITE: &str = "title = \"The harbour talks\"\n";
const PEOPLE: &str = "[ada]\nname = \"Ada Berg\"\nsummary = \"Pilot.\"\ncite = \"herald ¶1\"\n\
    roles = [{ role = \"pilot\", of = \"port\" }]\n[bo]\nname = \"Bo Lind\"\n";
const MEETINGS: &str = "[talk]\ntitle = \"A talk\"\nmode = \"phone\"\ndate = \"2023-03\"\n\
    participants = [\"ada\", \"bo\"]\ncite = \"herald ¶3\"\n";
const GROUPS: &str = "[port]\nname = \"The port\"\ntype = \"other\"\n";
const SOURCES: &str =
    "[herald]\ntitle = \"The Herald\"\ntype = \"article-newspaper\"\npublished = \"2024\"\n";

/// The nth block of code of a language below a heading of the page.
fn example(heading: &str, language: &str, n: usize) -> String {
    let section = PAGE.split("\n## ").find(|section| section.starts_with(heading));
    let section = section.unwrap_or_else(|| panic!("no section {heading}"));
    let blocks = section.split("```").skip(1).step_by(2);
    let mut blocks = blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'));
    blocks.nth(n).unwrap_or_else(|| panic!("no example {n} in {language} below {heading}")).to_owned()
}

/// The pages of a small dossier with one file more.
fn with(path: &str, file: &str) -> Vec<(String, String)> {
    with_all(&[(path, file)])
}

fn with_all(more: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all = vec![
        ("site.toml", SITE),
        ("content/people.toml", PEOPLE),
        ("content/groups.toml", GROUPS),
        ("content/meetings.toml", MEETINGS),
        ("content/sources.toml", SOURCES),
    ];
    all.extend(more);
    let sources = sources(&all);
    let site = build(&sources);
    assert_eq!(text(&sources, &site), "");
    let pages = files(&site).into_iter().filter(|(path, _)| path.ends_with(".html") || path == "own.css");
    pages.map(|(path, _)| (path.clone(), string(&site, &path))).collect()
}

fn page<'p>(pages: &'p [(String, String)], path: &str) -> &'p str {
    let found = pages.iter().find(|(found, _)| found == path);
    &found.unwrap_or_else(|| panic!("no {path}")).1
}

#[test]
fn tokens_in_a_style_sheet_of_ones_own_come_after_the_theme() {
    let (css, base) = (example("Colours", "css", 0), example("Colours", "html", 0));
    let pages = with_all(&[("static/own.css", &css), ("templates/base.html", &base)]);
    assert_eq!(page(&pages, "own.css"), css);
    for (path, html) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let root = "../".repeat(path.matches('/').count());
        let theme = html.find(&format!("href=\"{root}dossier.css\""));
        let own = html.find(&format!("href=\"{root}own.css\""));
        assert!(theme.is_some() && theme < own, "{path}");
    }
    // What the example sets are tokens.
    let tokens = css.split("--").skip(1).filter_map(|rest| rest.split_once(':')).map(|(name, _)| name);
    let theme = include_str!("../../static/dossier.css");
    let tokens: Vec<&str> = tokens.collect();
    assert_eq!(tokens.len(), 2);
    assert!(tokens.iter().all(|token| theme.contains(&format!("\n  --{token}: "))), "{tokens:?}");
}

#[test]
fn a_word_is_changed_by_itself() {
    let pages = with("templates/strings/en.toml", &example("Words", "toml", 0));
    let html = page(&pages, "people/ada.html");
    assert!(html.contains("<span>Who</span>"), "{html}");
    assert!(page(&pages, "meetings.html").contains("1 entry"));
    // All others stay.
    assert!(html.contains("What is reported") || html.contains("Key facts"), "{html}");
}

#[test]
fn a_block_is_changed_by_itself() {
    let pages = with("templates/person.html", &example("One block", "html", 0));
    let html = page(&pages, "people/ada.html");
    assert!(html.contains("Named here means named in a source, and no more."), "{html}");
    assert!(!html.contains("A listing says nothing about conduct"), "{html}");
    let (roles, note) =
        (html.find("id=\"s-roles\""), html.find("Offices are those of the day of the source."));
    assert!(roles.is_some() && roles < note, "{html}");
    assert!(html.contains("id=\"s-records\""), "{html}");
}

#[test]
fn a_component_is_changed_wherever_it_is_used() {
    let pages = with("templates/parts/own.html", &example("Components", "html", 0));
    let html = page(&pages, "people/ada.html");
    assert!(html.contains("<sup class=\"cite\"><a href=\"#src-1\" id=\"cite-1-1\">1</a></sup>"), "{html}");
    assert!(!html.contains(">[1]</a>"), "{html}");
}

#[test]
fn a_row_that_sees_its_page_is_made_on_each() {
    let row = "{%- component row(row, embedded=false, @page=none) %}\n\
        <li>{% if page %}{{ page.path }}{% else %}nowhere{% endif %}</li>\n{%- endcomponent row %}\n";
    let pages = with("templates/parts/own.html", row);
    for path in ["people/ada.html", "people/bo.html", "groups/port.html", "timeline.html"] {
        assert!(page(&pages, path).contains(&format!("<li>{path}</li>")), "{path}: {}", page(&pages, path));
    }
}

#[test]
fn a_row_that_fails_is_told_by_its_own_line() {
    let row =
        "{%- component row(row, embedded=false) %}\n<li>{{ row.nothing }}</li>\n{%- endcomponent row %}\n";
    let sources = sources(&[
        ("site.toml", SITE),
        ("content/people.toml", PEOPLE),
        ("content/groups.toml", GROUPS),
        ("content/meetings.toml", MEETINGS),
        ("content/sources.toml", SOURCES),
        ("templates/parts/own.html", row),
    ]);
    let report = text(&sources, &build(&sources));
    assert!(report.contains("templates/parts/own.html:2:12"), "{report}");
    assert_eq!(report.matches("error").count(), 1, "{report}");
}

#[test]
fn a_whole_template_takes_the_place_of_the_themes() {
    let pages = with("templates/people.html", &example("A whole template", "html", 0));
    let html = page(&pages, "people.html");
    for (href, name) in [("people/ada.html", "Ada Berg"), ("people/bo.html", "Bo Lind")] {
        assert!(html.contains(&format!("<li><a href=\"{href}\">{name}</a></li>")), "{html}");
    }
    assert!(!html.contains("class=\"card\""), "{html}");
}
