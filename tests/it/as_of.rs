//! The dossier as it stood on a day: small dossiers, one promise each. tests/it/harbour.rs holds a large
//! one against what its authors had written.

use dossier::diag::{Checked, Severity};
use dossier::model::date::Day;
use dossier::{Options, Site};

use crate::support::{build_with, readable, sources, string, text};

/// The site of the first of July 2023, which has no errors.
fn then(files: &[(&str, &str)]) -> Checked<Site> {
    let sources = sources(files);
    let options = Options { as_of: Day::new(2023, 7, 1), ..Options::default() };
    let site = build_with(&sources, options);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
    site
}

const SOURCES: &str = "[paper]\ntitle = \"Paper\"\ntype = \"report\"\npublished = \"2023-05\"\nby = \"Centre\"\n\
    [late]\ntitle = \"Late\"\ntype = \"report\"\npublished = \"2023-08\"\nby = \"Institute\"\n";
const PEOPLE: &str = "[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo\"\n";

/// Nobody had denied, confirmed or disputed what only later sources speak of.
#[test]
fn a_status_is_that_of_the_day() {
    let meeting = |more: &str| {
        format!("[m]\ntitle = \"Talks\"\ndate = \"2023-04\"\nparticipants = [\"ada\", \"bo\"]\n{more}\n")
    };
    for (more, said) in [
        (
            "cite = \"paper\"\nstatus = \"disputed\"\ndenied_by = { who = \"bo\", date = \"2023-08-02\", cite = \"late\" }",
            "Reported by Centre",
        ),
        (
            "cite = \"paper\"\nstatus = \"retracted\"\nretracted_by = { who = \"bo\", cite = \"late\" }",
            "Reported by Centre",
        ),
        ("cite = [\"paper\", \"late\"]\nstatus = \"confirmed\"", "Reported by Centre"),
        (
            "cite = \"paper\"\nstatus = \"inferred\"\ndenied_by = { who = \"bo\", cite = \"late\" }",
            "Inferred by the editors",
        ),
        (
            "cite = \"paper\"\nstatus = \"denied\"\ndenied_by = { who = \"bo\", date = \"2023-06\" }",
            "Denied by Bo",
        ),
    ] {
        let meeting = meeting(more);
        let site = then(&[
            ("content/sources.toml", SOURCES),
            ("content/people.toml", PEOPLE),
            ("content/meetings.toml", &meeting),
        ]);
        let html = readable(&string(&site, "meetings/m.html"));
        let plain: String = html
            .split_inclusive(['‹', '›'])
            .filter(|part| !part.ends_with('›'))
            .collect::<String>()
            .replace('‹', "");
        assert!(plain.contains(said), "{more}: {said} is not in {plain}");
    }
}

/// Links to what is not there yet are their words, and no address gives it away.
#[test]
fn links_to_later_records_are_words() {
    let site = then(&[
        ("content/sources.toml", SOURCES),
        ("content/people.toml", PEOPLE),
        (
            "content/meetings.toml",
            "[early]\ntitle = \"Early\"\ndate = \"2023-04\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"paper\"\n\
             [secret-talks]\ndate = \"2023-09\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"late\"\n",
        ),
        ("content/meetings/secret-talks.md", "Prose.\n"),
        (
            "content/a.md",
            "+++\nsummary = \"Of [[secret-talks]].\"\n+++\n# A\n\nThey met [@paper p. 1]. One [*of* two](/meetings/secret-talks.md) \
             and [another](/meetings/secret-talks.html), also [[secret-talks]] or [[secret-talks|these talks]]. \
             Ends here [@late p. 1].\n",
        ),
    ]);
    let html = string(&site, "a.html");
    assert!(!html.contains("secret-talks"), "{html}");
    let said = readable(&html);
    assert!(
        said.contains("One of two and another, also a later record or these talks. Ends here."),
        "{said}"
    );
    assert!(html.contains("content=\"Of a later record.\""), "{html}");
    let told: Vec<&str> = site.diagnostics.iter().map(|problem| problem.code.name).collect();
    assert_eq!(told, ["sentence-of-later-sources"]);
    assert!(site.diagnostics.iter().all(|problem| problem.severity == Severity::Warning));
}

/// People, groups and places that only later records name came with these; others were always there.
#[test]
fn whom_only_later_records_name_is_not_there() {
    let site = then(&[
        ("content/sources.toml", SOURCES),
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo\"\n[cy]\nname = \"Cy\"\ncite = \"paper\"\n[di]\nname = \"Di\"\nroles = [{ role = \"head\", of = \"board\", cite = \"late\" }]\n[ed]\nname = \"Ed\"\n",
        ),
        ("content/groups.toml", "[board]\nname = \"Board\"\ntype = \"other\"\n"),
        ("content/places.toml", "[port]\nname = \"Port\"\nin = \"coast\"\n[coast]\nname = \"Coast\"\n"),
        (
            "content/meetings.toml",
            "[early]\ndate = \"2023-04\"\nparticipants = [\"ada\", { desc = \"envoys\" }]\ncite = \"paper\"\n\
             [late-talks]\ndate = \"2023-09\"\nplace = \"port\"\nparticipants = [\"ada\", \"bo\", \"cy\", \"di\"]\ncite = \"late\"\n",
        ),
        (
            "content/corrections.toml",
            "[c]\ndate = \"2023-06-01\"\non = \"people/bo.name\"\nwas = \"Bob\"\nwhy = \"A slip.\"\n",
        ),
    ]);
    let pages: Vec<&str> = site
        .value
        .output
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(".html") && path.contains('/'))
        .collect();
    // Nobody ever named Ed, so it is not known when he came.
    assert_eq!(
        pages,
        ["meetings/early.html", "people/ada.html", "people/cy.html", "people/ed.html", "sources/paper.html"]
    );
    assert!(!string(&site, "corrections.html").contains("A slip."));
}

/// A source that came in early and was read again is not later.
#[test]
fn a_source_that_was_read_again_was_there() {
    let source = |added: &str| {
        format!(
            "[s]\ntitle = \"S\"\ntype = \"report\"\npublished = \"2020\"\naccessed = \"2024-01-01\"\n{added}\n"
        )
    };
    let meeting = "[m]\ndate = \"2021\"\nparticipants = [{ desc = \"envoys\" }]\ncite = \"s\"\n";
    for (added, there) in [("", false), ("added = \"2021-02-01\"", true), ("added = \"2024-01-01\"", false)] {
        let source = source(added);
        let site = then(&[("content/sources.toml", &source), ("content/meetings.toml", meeting)]);
        assert_eq!(site.value.output.get("meetings/m.html").is_some(), there, "{added}");
        if there {
            assert!(!string(&site, "sources/s.html").contains("2024"), "when it was read again");
        }
    }
}

/// Words are changed back where it is certain which words are meant: whole ones, in the text, met once.
#[test]
fn prose_is_changed_back_in_its_place_or_not_at_all() {
    let article = "+++\nsummary = \"They met nine times.\"\n+++\n# A\n\nOn page 112 March is named. They met on \
                   12 March and, it says, nine times.\n\nIn June they met twice. In July they met twice.\n";
    for (now, was, said) in [
        ("12 March", "11 March", Some("On page 112 March is named. They met on 11 March")),
        ("nine times", "eight times", Some("it says, eight times")),
        ("met twice", "met once", None),
        ("July they met twice", "July they met once", Some("In June they met twice. In July they met once.")),
        ("seven", "six", None),
    ] {
        let correction = format!(
            "[c]\ndate = \"2023-08-01\"\non = \"a.prose\"\nwas = \"{was}\"\nnow = \"{now}\"\nwhy = \"A slip.\"\n"
        );
        let site = then(&[("content/a.md", article), ("content/corrections.toml", &correction)]);
        let html = readable(&string(&site, "a.html"));
        assert!(html.contains("They met nine times."), "the summary is no prose: {html}");
        let undone = site.diagnostics.iter().all(|problem| problem.code.name != "correction-not-undone");
        assert_eq!(undone, said.is_some(), "{now}: {:?}", site.diagnostics);
        if let Some(said) = said {
            assert!(html.contains(said), "{now}: {html}");
        }
    }
}

/// A report that the authors read only later stood behind others all the same.
#[test]
fn what_was_read_later_stood_behind_others() {
    let files = [
        (
            "content/sources.toml",
            "[paper]\ntitle = \"Paper\"\ntype = \"report\"\npublished = \"2023-02\"\naccessed = \"2023-02-10\"\nby = \"Centre\"\n\
             [study]\ntitle = \"Study\"\ntype = \"report\"\npublished = \"2022\"\naccessed = \"2024-05-01\"\nby = \"Institute\"\n\
             [book]\ntitle = \"Book\"\ntype = \"book\"\npublished = \"2022\"\naccessed = \"2024-05-01\"\n",
        ),
        (
            "content/events.toml",
            "[e]\ntitle = \"E\"\ndate = \"2022\"\ncite = [\"paper p. 4 citing study p. 9\", \"study p. 9\"]\n\
             [f]\ntitle = \"F\"\ndate = \"2022\"\ncite = \"book p. 1\"\n",
        ),
        ("content/a.md", "# A\n\nIt happened [@paper p. 4 citing study p. 9].\n"),
    ];
    let site = then(&files);
    assert_eq!(site.diagnostics, Vec::new());
    let html = readable(&string(&site, "events/e.html"));
    assert!(html.contains("Institute") && html.contains("(not seen by us)"), "{html}");
    assert!(site.value.output.get("sources/study.html").is_some());
    for path in ["events/f.html", "sources/book.html"] {
        assert!(site.value.output.get(path).is_none(), "{path}");
    }
}

/// What lasted beyond the day had not ended then.
#[test]
fn what_had_not_ended_has_no_end() {
    let site = then(&[
        ("content/sources.toml", SOURCES),
        (
            "content/events.toml",
            "[e]\ntitle = \"E\"\ndate = \"2023-05-20/2023-09-30\"\ncite = \"paper\"\n\
             [f]\ntitle = \"F\"\ndate = \"2023-05-20/2023-06-30\"\ncite = \"paper\"\n",
        ),
    ]);
    let html = readable(&string(&site, "events.html"));
    assert!(html.contains("Since 20 May 2023") && !html.contains("September"), "{html}");
    assert!(html.contains("20 May 2023 to 30 June 2023"), "{html}");
}

/// Who asks to be left out is left out of the past as well, under the name, the spellings, the addresses and the portrait of
/// today, which a correction has changed since.
#[test]
fn what_is_withheld_today_is_in_no_former_state() {
    let vera =
        |fields: &str| format!("[q-w-e]\nname = \"Vera Quill\"\nwithhold = true\ncite = \"paper\"\n{fields}");
    let correction = |field: &str, was: &str| {
        format!("[c]\ndate = \"2024-05-01\"\non = \"people/q-w-e.{field}\"\n{was}\nwhy = \"An error.\"\n")
    };
    let mut tried = 0;
    for (fields, corrected, said) in [
        ("", correction("name", "was = \"Vira Kwyll\""), "Vera Quill"),
        ("", correction("name", "was = \"Vira Kwyll\""), "Vira Kwyll"),
        ("names.aka = \"The Heron\"\n", correction("names", "was = \"\""), "The Heron"),
        (
            "links = [{ url = \"https://quill.example/me\", title = \"A page\" }]\n",
            correction("links", "was = \"\""),
            "https://quill.example/me",
        ),
    ] {
        let files = [
            ("site.toml", "title = \"A dossier\"\n"),
            ("content/sources.toml", SOURCES),
            ("content/people.toml", &vera(fields)),
            ("content/corrections.toml", &corrected),
            ("content/index.md", &format!("# Home\n\nThere was `{said}` once.\n")),
        ];
        let sources = sources(&files);
        for as_of in [None, Day::new(2023, 7, 1)] {
            let site = build_with(&sources, Options { as_of, ..Options::default() });
            let leaks = site.diagnostics.iter().any(|problem| problem.code.name == "withheld-leak");
            assert!(leaks, "{said} as of {as_of:?}: {}", text(&sources, &site));
            tried += 1;
        }
    }
    println!("{tried} states with somebody who is withheld, none published");
}
