//! Whole small dossiers, and what readers find on each page of them.

use std::path::Path;

use dossier::Options;
use dossier::disk::read::read;

use crate::support::{build, build_with, page, readable, sources, string, text};

/// Every notation and kind of record once, with what is withheld and what is a draft.
#[test]
fn the_lake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sites/lake");
    let read = read(&root);
    assert_eq!(read.diagnostics, Vec::new());
    let site = build(&read.value);
    let mut shown = format!("{}\n", text(&read.value, &site));
    for (path, _) in site.value.output.iter() {
        shown.push_str(&format!("==== {path}\n"));
        if path.ends_with(".html") {
            shown.push_str(&readable(&string(&site, path)));
            shown.push('\n');
        }
    }
    for word in ["cy-den", "Cy Den", "ساي دن", "1980", "Gil Hay", "unused.svg"] {
        assert!(!shown.contains(word), "{word} is in the output");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/sites"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("lake", shown));
}

/// What `dossier new` writes has nothing to complain of.
#[test]
fn the_starter_is_a_dossier_without_a_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter");
    let sources = read(&root).value;
    let site = build(&sources);
    assert_eq!(text(&sources, &site), "");
}

#[test]
fn drafts_are_shown_only_when_asked_for() {
    let files = [("content/people.toml", "[ada]\nname = \"Ada\"\ndraft = true\n[bo]\nname = \"Bo\"\n")];
    let sources = sources(&files);
    let without = build(&sources);
    assert!(without.value.output.get("people/ada.html").is_none());
    assert!(!string(&without, "people.html").contains("Ada"));
    let with = build_with(&sources, Options { drafts: true, ..Options::default() });
    assert!(string(&with, "people/ada.html").contains("class=\"draft\""));
}

#[test]
fn an_empty_dossier_is_a_site() {
    let html = page(&[], "index.html");
    assert!(html.contains("<h1>A dossier</h1>"), "{html}");
    assert!(!html.contains("people.html"), "an empty collection has no place in the navigation");
}

#[test]
fn the_interface_speaks_the_words_that_a_dossier_brings() {
    let files = [
        ("site.toml", "title = \"Ein Dossier\"\nlanguage = \"de\"\n"),
        ("content/people.toml", "[ada]\nname = \"Ada\"\n"),
        ("content/meetings.toml", "[m]\ndate = \"2023-06\"\nparticipants = [\"ada\"]\ncite = \"'x'\"\n"),
        (
            "templates/strings/de.toml",
            "nav.people = \"Personen\"\nsay.records = { one = \"{n} Eintrag\", other = \"{n} Einträge\" }\n",
        ),
    ];
    let html = page(&files, "meetings.html");
    assert!(html.contains("Personen"), "{html}");
    assert!(html.contains("1 Eintrag"), "{html}");
    assert!(html.contains("Juni 2023"), "{html}");
    assert!(html.contains("<html lang=\"de\" dir=\"ltr\">"), "{html}");
}

#[test]
fn one_template_can_be_overridden_and_extend_what_it_overrides() {
    let files = [
        ("content/people.toml", "[ada]\nname = \"Ada\"\n"),
        (
            "templates/person.html",
            "{% extends \"theme/person.html\" %}\n{% block roles %}<p>Mine</p>{% endblock roles %}",
        ),
    ];
    let html = page(&files, "people/ada.html");
    assert!(html.contains("<p>Mine</p>"), "{html}");
    assert!(html.contains("<h1>Ada</h1>"), "{html}");
}

#[test]
fn a_right_to_left_dossier_says_so() {
    let files = [("site.toml", "title = \"ملف\"\nlanguage = \"ar\"\n")];
    let html = page(&files, "index.html");
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");
}

#[test]
fn what_is_only_linked_by_prose_is_published_and_nothing_else() {
    let files = [
        ("content/a.md", "# A\n\n[paper](files/used.pdf)\n"),
        ("content/files/used.pdf", "x"),
        ("content/files/unused.pdf", "x"),
    ];
    let sources = sources(&files);
    let site = build(&sources);
    assert!(site.value.output.get("files/used.pdf").is_some());
    assert!(site.value.output.get("files/unused.pdf").is_none());
}

/// Digits and words of a date run in two directions: it is set apart from the text around it.
#[test]
fn dates_in_a_right_to_left_text_are_isolated() {
    let files = [
        ("site.toml", "title = \"ملف\"\nlanguage = \"ar\"\n"),
        ("content/sources.toml", "[s]\ntitle = \"S\"\ntype = \"report\"\npublished = \"2022-06-03\"\n"),
        ("content/a.md", "# A\n\nText [@s].\n"),
    ];
    let html = page(&files, "a.html");
    assert!(
        html.contains("\u{2068}3 يونيو 2022\u{2069}") || html.contains("\u{2068}٣ يونيو ٢٠٢٢\u{2069}"),
        "{html}"
    );
}

/// What stands beside a record in a list may have happened before, after, or at the same time.
#[test]
fn only_what_is_certainly_earlier_is_called_earlier() {
    let files = [(
        "content/meetings.toml",
        "[a]\ntitle = \"First\"\ndate = \"2023-05\"\nparticipants = [{ desc = \"x\" }]\ncite = \"'x'\"\n\
         [b]\ntitle = \"Second\"\ndate = \"2023-06\"\nparticipants = [{ desc = \"x\" }]\ncite = \"'x'\"\n\
         [c]\ntitle = \"Third\"\ndate = \"2023-06\"\nparticipants = [{ desc = \"x\" }]\ncite = \"'x'\"\n",
    )];
    let html = page(&files, "meetings/c.html");
    assert!(html.contains("First") && !html.contains("Second"), "{html}");
}

/// Who is withheld leaves no gap among the authors, and no name that nobody has.
#[test]
fn authors_of_a_source_are_references() {
    let source = |authors: &str| {
        format!("[s]\ntitle = \"Report on the lake\"\ntype = \"report\"\nauthor = {authors}\n")
    };
    let files = |source: &'static str| {
        [
            ("content/sources.toml", source),
            ("content/people.toml", "[sam-fisher]\nname = \"Sam Fisher\"\nwithhold = true\n"),
            ("content/a.md", "# A\n\nText [@s].\n"),
        ]
    };
    let withheld = source("[\"people/sam-fisher\", \"Doe, Jane\"]").leak();
    let html = page(&files(withheld), "a.html");
    assert!(html.contains("<p>Doe, Jane. <a"), "{html}");
    let html = page(&files(withheld), "sources/s.html");
    assert!(html.contains("Jane Doe"), "the page of a source names its authors: {html}");

    let unknown = sources(&files(source("\"people/nobody\"").leak()));
    let site = build(&unknown);
    assert!(text(&unknown, &site).contains("unknown person \"people/nobody\""), "{}", text(&unknown, &site));
}

/// A correction of a withheld field, record or article would tell what is withheld.
#[test]
fn corrections_of_what_is_withheld_are_withheld() {
    let files = [
        ("content/people.toml", "[ada]\nname = \"Ada\"\nborn = \"1980\"\nwithhold = [\"born\"]\n"),
        ("content/notes/inner.md", "+++\nwithhold = true\n+++\n# Inner\n"),
        (
            "content/corrections.toml",
            "[one]\ndate = \"2024-01-01\"\non = \"people/ada.born\"\nwas = \"1979\"\nwhy = \"A slip.\"\n\
             [two]\ndate = \"2024-01-02\"\non = \"notes/inner.prose\"\nwas = \"1978\"\nwhy = \"A slip.\"\n",
        ),
    ];
    let html = page(&files, "corrections.html");
    assert!(!html.contains("A slip") && !html.contains("197"), "{html}");
}

/// "It said nothing" of a field that a record must have is what such a record says then.
#[test]
fn a_field_that_must_be_there_said_nothing_before_its_correction() {
    let files = [
        (
            "content/meetings.toml",
            "[m]\ndate = \"2023-05\"\nparticipants = [{ desc = \"envoys\" }]\ncite = \"'x'\"\n\
             [n]\ndate = \"2023-06-14\"\ndate_original = { calendar = \"persian\", date = \"1402-03-24\" }\n\
             participants = []\ncite = \"'x'\"\n",
        ),
        (
            "content/corrections.toml",
            "[a]\ndate = \"2024-01-01\"\non = \"meetings/m.date\"\nwas = \"\"\nwhy = \"x\"\n\
             [b]\ndate = \"2024-01-01\"\non = \"meetings/m.participants\"\nwas = \"\"\nwhy = \"x\"\n\
             [c]\ndate = \"2024-01-01\"\non = \"meetings/n.date\"\nwas = \"\"\nwhy = \"x\"\n",
        ),
    ];
    let sources = sources(&files);
    let as_of = dossier::model::date::Day::new(2023, 12, 31);
    let site = build_with(&sources, Options { as_of, ..Options::default() });
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
    let html = string(&site, "meetings/m.html");
    assert!(html.contains("Date not reported") && !html.contains("nvoys"), "{html}");
    // What the source's own calendar gives was there.
    assert!(string(&site, "meetings/n.html").contains("14 June 2023"));
}
