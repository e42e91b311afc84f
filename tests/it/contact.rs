//! Readers are asked to write to the editors only where they are told the address.

use crate::support::{build, page, sources, string, text};

const LANGUAGES: [&str; 7] = ["ar", "de", "en", "es", "fa", "fr", "he"];

/// What asks readers to write, in a language.
fn requests(language: &str) -> [String; 3] {
    let path = format!("{}/templates/strings/{language}.toml", env!("CARGO_MANIFEST_DIR"));
    let words: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let word = |keys: [&str; 3]| words[keys[0]][keys[1]][keys[2]].as_str().unwrap().to_owned();
    [
        word(["page", "about", "errors-1"]),
        word(["page", "about", "accessibility-2"]),
        word(["page", "footer", "contact"]),
    ]
}

/// All pages of a dossier with these settings.
fn pages(settings: &str) -> Vec<(String, String)> {
    let sources = sources(&[("site.toml", settings), ("content/index.md", "# A harbour\n\nText.\n")]);
    let site = build(&sources);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
    let paths =
        site.value.output.iter().map(|(path, _)| path.to_owned()).filter(|path| path.ends_with(".html"));
    paths.map(|path| (path.clone(), string(&site, &path))).collect()
}

#[test]
fn nobody_is_asked_to_write_to_an_address_that_is_not_given() {
    for language in LANGUAGES {
        for (path, html) in pages(&format!("title = \"A dossier\"\nlanguage = \"{language}\"\n")) {
            for request in requests(language) {
                assert!(!html.contains(&request), "{language}, {path}: {request}");
            }
        }
    }
}

#[test]
fn who_is_asked_to_write_is_told_where_on_every_page() {
    for language in LANGUAGES {
        let settings = format!(
            "title = \"A dossier\"\nlanguage = \"{language}\"\ncontact = \"editors+desk@herald.example\"\n"
        );
        let [error, obstacle, foot] = requests(language);
        let link = "href=\"mailto:editors+desk@herald.example\"";
        for (path, html) in pages(&settings) {
            assert!(html.contains(&format!("<a {link}>{foot}</a>")), "{language}, {path}");
            if path == "about.html" {
                let address = format!("{error} <a {link}><bdi>editors+desk@herald.example</bdi></a>");
                assert!(html.contains(&address) && html.contains(&obstacle), "{language}: {html}");
            }
        }
    }
}

#[test]
fn a_form_on_the_web_is_an_address_too() {
    let settings = "title = \"A dossier\"\ncontact = \"https://herald.example/write\"\n";
    let html = page(&[("site.toml", settings)], "about.html");
    assert!(
        html.contains("<a href=\"https://herald.example/write\"><bdi>https://herald.example/write</bdi></a>")
    );
}

#[test]
fn what_is_no_address_is_refused_with_how_one_looks() {
    let no_address = [
        "editors",
        "editors@",
        "@herald.example",
        "editors@herald",
        "the editors@herald.example",
        "editors@herald.example?bcc=ada@herald.example",
        "javascript:alert(1)@herald.example",
        "a@b@herald.example",
        "ftp://herald.example",
        "editors@herald..example",
    ];
    for address in no_address {
        let sources = sources(&[("site.toml", &format!("title = \"A dossier\"\ncontact = \"{address}\"\n"))]);
        let report = text(&sources, &build(&sources));
        assert!(report.contains("error[invalid-url]: `contact` is no e-mail address"), "{address}: {report}");
        assert!(
            report.contains("write an e-mail address, such as `editors@example.org`"),
            "{address}: {report}"
        );
        assert!(report.contains("site.toml:2:11"), "{report}");
    }
}
