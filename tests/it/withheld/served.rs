//! A preview of what will be published shows nothing of a site that would not be: no page, no file, no line of a record.

use dossier::Options;
use dossier::source::Sources;

use super::{NAMES, PEOPLE, dossier, with};
use crate::serving::{Serving, wait};
use crate::support::{build, build_with};

const NAME: &str = NAMES[0];
const KEY: &str = "farid-nuraman";

/// A dossier whose text names somebody who is withheld.
fn leaking() -> Sources {
    with(&dossier(), "content/about.md", format!("# About\n\nBy {NAME}.\n"))
}

fn body(serving: &Serving, path: &str) -> String {
    String::from_utf8_lossy(&serving.get(path).1).into_owned()
}

fn names_nobody(serving: &Serving, path: &str) {
    let body = body(serving, path);
    assert!(!body.contains(NAME) && !body.contains(KEY), "{path}: {body}");
}

#[test]
fn a_site_with_a_leak_is_shown_in_no_part() {
    let serving = Serving::start(&leaking(), &["--published"]);
    let site = build(&leaking());
    let mut paths: Vec<&str> = site.value.output.iter().map(|(path, _)| path).collect();
    assert!(paths.contains(&"about.html") && paths.len() > 20);
    for path in &paths {
        assert_eq!(serving.get(path).0, 404, "{path}");
    }
    paths.push("~dossier/problems.html");
    paths.iter().for_each(|path| names_nobody(&serving, path));
    let problems = body(&serving, "~dossier/problems.html");
    assert!(
        problems.contains("error[withheld-leak]") && problems.contains("content/people.toml:1"),
        "{problems}"
    );
    // The terminal is the author's own.
    serving.wait_for(&format!("`{NAME}` is withheld, and stands in about.html"));
}

#[test]
fn a_site_with_a_leak_is_never_the_last_good_one() {
    let serving = Serving::start(&dossier(), &["--published"]);
    let is_as_before = || {
        assert!(body(&serving, "about.html").contains("A text."));
        assert_eq!(serving.get("own.txt").0, 404);
        names_nobody(&serving, "about.html");
    };
    is_as_before();
    serving.write("content/about.md", &format!("# About\n\nBy {NAME}.\n"));
    serving.wait_for("content/about.md: ");
    is_as_before();
    // Mended, and another file broken at the same moment.
    serving.write("content/people.toml", &PEOPLE.replacen("\"\n", "\" xx\n", 1));
    serving.write("content/about.md", "# About\n\nAnother text.\n");
    wait("an error", || serving.lines().iter().any(|line| line.contains("toml-syntax")));
    is_as_before();
    names_nobody(&serving, "~dossier/problems.html");
    serving.write("content/people.toml", PEOPLE);
    wait("the mended text", || body(&serving, "about.html").contains("Another text."));
    // A file that changes in nothing but its bytes.
    std::fs::create_dir(serving.path("static")).unwrap();
    serving.write("static/own.txt", "nothing");
    wait("a file", || body(&serving, "own.txt") == "nothing");
    serving.write("static/own.txt", NAME);
    wait("the report", || serving.lines().iter().any(|line| line.contains("stands in own.txt")));
    assert_eq!(body(&serving, "own.txt"), "nothing");
    serving.write("static/own.txt", "mended");
    wait("the mended file", || body(&serving, "own.txt") == "mended");
}

/// What was shown before somebody was withheld is no good state any more, also while the new one leaks.
#[test]
fn who_is_withheld_while_it_runs_is_gone_at_once() {
    let open = with(&leaking(), "content/people.toml", PEOPLE.replace("withhold = true\n", ""));
    let serving = Serving::start(&open, &["--published"]);
    assert!(body(&serving, "about.html").contains(NAME));
    serving.write("content/people.toml", PEOPLE);
    wait("nothing is shown", || serving.get("about.html").0 == 404);
    for path in ["index.html", "people.html", "about.html"] {
        names_nobody(&serving, path);
    }
    assert_eq!(serving.get("people/farid-nuraman.html").0, 404);
    serving.write("content/about.md", "# About\n\nMended.\n");
    wait("the mended text", || body(&serving, "about.html").contains("Mended."));
    names_nobody(&serving, "people.html");
}

/// With an error nobody knows what was meant to be withheld.
#[test]
fn a_first_state_with_an_error_is_not_shown() {
    for (what, people) in [
        ("a mistyped field", PEOPLE.replace("withhold = true", "witheld = true")),
        ("a field of a name", PEOPLE.replace("withhold = true", "withhold = [\"nme\"]")),
    ] {
        let serving = Serving::start(&with(&leaking(), "content/people.toml", people), &["--published"]);
        for path in ["about.html", "people.html", "index.html"] {
            assert_eq!(serving.get(path).0, 404, "{what}: {path}");
        }
    }
}

/// What is shown to authors says so on the page, which may be printed or passed on.
#[test]
fn a_page_that_will_not_be_published_says_so_itself() {
    let shown = |options: Options| {
        let site = build_with(&dossier(), options).value;
        let says = |text: &&str| {
            site.output.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(*text)).count()
        };
        ["Withheld. This page is not part of", "Draft. This page is not part of"].map(|text| says(&text))
    };
    assert_eq!(shown(Options { drafts: true, withheld: true, as_of: None }), [1, 0]);
    assert_eq!(shown(Options::default()), [0, 0]);
}

/// The lines of a report quote a record; its words may be a key.
#[test]
fn no_report_quotes_what_is_withheld() {
    let meetings = String::from_utf8(dossier().get("content/meetings.toml").unwrap().bytes.to_vec()).unwrap();
    for (what, path, text, code) in [
        (
            "a field that is none",
            "content/people.toml",
            PEOPLE.replacen("name = ", "naame = ", 1),
            "unknown-field",
        ),
        ("a broken line", "content/people.toml", PEOPLE.replacen("\"\n", "\" xx\n", 1), "toml-syntax"),
        (
            "a mistyped key beside the right one",
            "content/meetings.toml",
            meetings.replace("\"farid-nuraman\"", "\"farid-nuraman\", \"farid-nuraman2\""),
            "unknown-reference",
        ),
    ] {
        // Where the record cannot be read, its name is not known, and stands in a text.
        let sources = with(&leaking(), path, text);
        let serving = Serving::start(&sources, &["--published"]);
        let problems = body(&serving, "~dossier/problems.html");
        assert!(problems.contains(&format!("error[{code}]")), "{what}: {problems}");
        assert!(problems.contains(&format!("{path}:")), "{what}: {problems}");
        names_nobody(&serving, "~dossier/problems.html");
        assert_eq!(serving.get("about.html").0, 404, "{what}");
        assert!(!problems.contains("participants ="), "{what}: {problems}");
    }
}
