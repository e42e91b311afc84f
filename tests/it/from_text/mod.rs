//! A dossier from a plain article: what is found of it, what is missed, and that nothing of it is published.

mod above;
mod hostile;
mod program;
mod right;
mod told;

use dossier::draft::{Article, Drafted, draft};
use dossier::source::Sources;
use dossier::{Options, has_errors};

use crate::support::{build, build_with, text};

/// The articles, all of them invented, each with the names that a reader finds in it.
const ARTICLES: [(&str, &str, &str); 11] = [
    ("news.txt", include_str!("articles/news.txt"), include_str!("articles/news.names")),
    ("names.txt", include_str!("articles/names.txt"), include_str!("articles/names.names")),
    ("german.txt", include_str!("articles/german.txt"), include_str!("articles/german.names")),
    ("cyrillic.txt", include_str!("articles/cyrillic.txt"), include_str!("articles/cyrillic.names")),
    ("arabic.txt", include_str!("articles/arabic.txt"), include_str!("articles/arabic.names")),
    ("list.txt", include_str!("articles/list.txt"), include_str!("articles/list.names")),
    ("interview.md", include_str!("articles/interview.md"), include_str!("articles/interview.names")),
    ("school.txt", include_str!("articles/school.txt"), include_str!("articles/school.names")),
    ("club.txt", include_str!("articles/club.txt"), include_str!("articles/club.names")),
    ("hospital.txt", include_str!("articles/hospital.txt"), include_str!("articles/hospital.names")),
    ("hard.txt", include_str!("articles/hard.txt"), include_str!("articles/hard.names")),
];

/// The dossier of an article that can be read.
fn drafted(bytes: &[u8], name: &str) -> Drafted {
    draft(&Article { bytes, name, title: "Harbour" }).unwrap_or_else(|refused| panic!("{}", refused.message))
}

/// What the program reads of it.
fn sources(drafted: &Drafted) -> Sources {
    let mut sources = Sources::default();
    let is_read = |path: &str| path == "site.toml" || path.starts_with("content/");
    for (path, text) in drafted.files.iter().filter(|(path, _)| is_read(path)) {
        sources.insert(path.clone(), text.as_bytes());
    }
    sources
}

/// Checks a dossier with its drafts, which has neither errors nor warnings.
#[track_caller]
fn assert_sound(drafted: &Drafted) {
    let sources = sources(drafted);
    let with = build_with(&sources, Options { drafts: true, ..Options::default() });
    let told = text(&sources, &with);
    assert!(!told.contains("warning[") && !has_errors(&with.diagnostics), "{told}");
    let without = build(&sources);
    assert_eq!(text(&sources, &without), "");
}

/// The records of a file, by their keys.
fn records(drafted: &Drafted, kind: &str) -> toml::Table {
    let path = format!("content/{kind}.toml");
    let file = drafted.files.iter().find(|(name, _)| *name == path);
    file.map_or_else(toml::Table::new, |(_, text)| {
        text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))
    })
}

/// The text of a file of an article's dossier; nothing where there is none.
fn content(text: &str, kind: &str) -> String {
    let drafted = drafted(text.as_bytes(), "article.txt");
    let path = format!("content/{kind}.toml");
    drafted.files.into_iter().find(|(name, _)| *name == path).map(|(_, text)| text).unwrap_or_default()
}

/// The paragraphs of the numbered copy, with their numbers.
fn numbered(drafted: &Drafted) -> Vec<(usize, String)> {
    let (_, copy) = drafted.files.iter().find(|(path, _)| *path == drafted.copy).unwrap();
    let read = |line: &str| {
        let (number, text) = line.strip_prefix('¶')?.split_once("  ")?;
        Some((number.parse().unwrap(), text.to_owned()))
    };
    copy.lines().filter_map(read).collect()
}

fn paragraphs(drafted: &Drafted) -> Vec<String> {
    numbered(drafted).into_iter().map(|(_, text)| text).collect()
}

/// Each whole dossier, as its author finds it.
#[test]
fn articles_become_dossiers() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/from_text/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, article, _) in ARTICLES {
        let drafted = drafted(article.as_bytes(), name);
        let mut shown = format!("{:?}\n", drafted.found);
        for (path, text) in drafted.files.iter().filter(|(path, _)| path != "README.md") {
            shown.push_str(&format!("==== {path}\n{text}"));
        }
        settings.bind(|| insta::assert_snapshot!(name.replace('.', "-"), shown));
        assert_sound(&drafted);
    }
}

/// Nothing of an article that waits to be accepted is in the site, and the text is where no build reads.
#[test]
fn no_word_of_an_article_is_published() {
    for (name, article, marked) in ARTICLES {
        let drafted = drafted(article.as_bytes(), name);
        assert!(drafted.copy.starts_with("texts/"), "{}", drafted.copy);
        let sources = sources(&drafted);
        let site = build(&sources);
        assert!(!has_errors(&site.diagnostics), "{}", text(&sources, &site));
        let names = marked
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter(|(kind, _)| !["meeting", "date"].contains(kind));
        let mut secrets: Vec<String> = names.map(|(_, name)| name.to_owned()).collect();
        secrets.extend(paragraphs(&drafted).iter().map(|text| text.chars().take(25).collect()));
        secrets.extend(article.lines().find(|line| line.len() > 12).map(str::to_owned));
        for (path, bytes) in site.value.output.iter() {
            let page = String::from_utf8_lossy(bytes);
            for secret in &secrets {
                assert!(!page.contains(secret.as_str()), "{path} holds {secret}");
            }
        }
    }
}

/// What is accepted can be published as soon as its source is, and not before.
#[test]
fn a_draft_is_accepted_by_deleting_its_line() {
    let drafted = drafted(ARTICLES[0].1.as_bytes(), "news.txt");
    let accept = |paths: &[&str]| {
        let mut files = drafted.files.clone();
        for (path, text) in &mut files {
            if paths.contains(&path.as_str()) {
                *text = text.replace("draft = true\n", "");
            }
        }
        let sources = sources(&Drafted { files, ..Drafted::default() });
        let site = build(&sources);
        (text(&sources, &site), site)
    };
    let (told, _) = accept(&["content/people.toml", "content/groups.toml"]);
    assert!(told.contains("error[") && told.contains("news"), "{told}");
    let (told, site) = accept(&["content/people.toml", "content/groups.toml", "content/sources.toml"]);
    assert!(!told.contains("error["), "{told}");
    assert!(site.value.output.get("people/ada-berg.html").is_some());
}
