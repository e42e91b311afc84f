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

/// A year is no January and no December, and "on or after" has no end.
#[test]
fn the_first_and_the_last_record_are_said_as_their_sources_say() {
    let span = |first: &str, last: &str| {
        let meeting = |key: &str, date: &str| {
            format!("[{key}]\ndate = \"{date}\"\nparticipants = [\"ada\"]\ncite = \"'x'\"\n")
        };
        let meetings = format!("{}{}", meeting("a", first), meeting("b", last));
        let files =
            [("content/people.toml", "[ada]\nname = \"Ada\"\n"), ("content/meetings.toml", &meetings)];
        readable(&page(&files, "people/ada.html"))
    };
    for (first, last, said) in [
        ("2020", "2021-03", "2020 to March 2021"),
        ("2020", "2020-03", "2020"),
        ("2020-01", "2020", "January 2020 to 2020"),
        ("[..2019]", "2021-03-02", "2019 or earlier to March 2021"),
        ("2021-03-02", "[2023-04-20..]", "March 2021 to April 2023 or later"),
        ("194X", "1951-02/1951-04", "1940s to April 1951"),
        ("[1949,1950]", "1951~", "1949 to about 1951"),
        ("2021-03", "2022/..", "March 2021 to 2022 or later"),
    ] {
        let html = span(first, last);
        assert!(html.lines().any(|line| line == said), "{first}, {last}: {said} is not in {html}");
    }
}

/// A record known to the decade stands under no year.
#[test]
fn a_decade_is_a_heading_of_its_own() {
    let record =
        |key: &str, date: &str| format!("[{key}]\ntitle = \"{key}\"\ndate = \"{date}\"\ncite = \"'x'\"\n");
    let events = [("a", "1949-12-30"), ("b", "194X"), ("c", "1950-01"), ("d", "19XX"), ("e", "[..1949]")];
    let events: String = events.iter().map(|(key, date)| record(key, date)).collect();
    let html = page(&[("content/events.toml", &events)], "events.html");
    let headings: Vec<&str> =
        html.split("<h2 ").skip(1).filter_map(|rest| rest.split(['>', '<']).nth(1)).collect();
    assert_eq!(headings, ["1949", "1940s", "1950", "1900 to 1999"], "{html}");
}

/// "Since" goes before one date.
#[test]
fn a_term_says_what_is_known_of_its_ends() {
    for (term, said) in [
        ("from = \"2019\"", "since 2019"),
        ("from = \"[2019..2021]\"", "began between 2019 and 2021"),
        ("to = \"[..2021]\"", "ended in or before 2021"),
        ("from = \"2019\", to = \"2021\"", "2019 to 2021"),
        ("from = \"[2018,2019]\", to = \"2021\"", "began 2018 or 2019, ended 2021"),
    ] {
        let people =
            format!("[ada]\nname = \"Ada\"\nroles = [{{ role = \"chair\", of = \"board\", {term} }}]\n");
        let files = [
            ("content/people.toml", people.as_str()),
            ("content/groups.toml", "[board]\nname = \"Board\"\ntype = \"other\"\n"),
        ];
        let html = readable(&page(&files, "people/ada.html"));
        assert!(html.to_lowercase().contains(said), "{said} is not in {html}");
    }
}

/// An article that has no date of its own came with the sources that it rests on.
#[test]
fn an_article_that_rests_on_later_sources_is_later() {
    let files = [
        (
            "content/sources.toml",
            "[old]\ntitle = \"Old\"\ntype = \"report\"\npublished = \"2022\"\n\
             [new]\ntitle = \"New\"\ntype = \"report\"\npublished = \"2024\"\n",
        ),
        ("content/a.md", "+++\ncite = \"new\"\n+++\n# A\n\nText.\n"),
        ("content/b.md", "+++\ncite = [\"old\", \"new\"]\n+++\n# B\n\nText.\n"),
    ];
    let sources = sources(&files);
    let as_of = dossier::model::date::Day::new(2023, 1, 1);
    let site = build_with(&sources, Options { as_of, ..Options::default() });
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
    let html = string(&site, "explainers.html");
    assert!(html.contains("\"b.html") && !html.contains("\"a.html"), "{html}");
}

/// A newspaper speaks for what is in it, a book's authors for their book.
#[test]
fn who_speaks_in_a_bibliography() {
    for (entry, maker) in [
        ("@book{s, title={T}, author={Berg, Ada and Vik, Jon}, publisher={House}}", "Ada Berg, Jon Vik"),
        ("@book{s, title={T}, publisher={House}}", "House"),
        ("@article{s, title={T}, author={Berg, Ada}, journal={Journal}}", "Ada Berg"),
        (
            "@article{s, title={T}, author={Berg, Ada}, entrysubtype={newspaper}, journal={The Herald}}",
            "The Herald",
        ),
        ("@report{s, title={T}, author={Berg, Ada}, institution={Institute}}", "Institute"),
        ("@online{s, title={T}, author={Berg, Ada}}", "Ada Berg"),
    ] {
        let files = [
            ("content/sources.bib", entry),
            ("content/events.toml", "[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = \"s\"\n"),
        ];
        let html = readable(&page(&files, "events/e.html"));
        assert!(html.contains(&format!("According to {maker}")), "{entry}: {html}");
    }
}

/// On the page of a meeting people are known by what they were then.
#[test]
fn people_are_shown_by_the_office_of_the_day() {
    let shown = |date: &str| {
        let meeting = format!("[m]\ndate = \"{date}\"\nparticipants = [\"ada\"]\ncite = \"'x'\"\n");
        let files = [
            (
                "content/people.toml",
                "[ada]\nname = \"Ada\"\nroles = [\
                 { role = \"clerk\", of = \"board\", from = \"1990\", to = \"1999\" }, \
                 { role = \"chair\", of = \"board\", from = \"2005\" }]\n",
            ),
            ("content/groups.toml", "[board]\nname = \"Board\"\ntype = \"other\"\n"),
            ("content/meetings.toml", meeting.as_str()),
        ];
        let html = readable(&page(&files, "meetings/m.html"));
        ["Clerk, Board", "Chair, Board"]
            .into_iter()
            .filter(|office| html.contains(office))
            .collect::<String>()
    };
    assert_eq!(shown("1995-03"), "Clerk, Board");
    assert_eq!(shown("2009"), "Chair, Board");
    assert_eq!(shown("2002"), "", "of offices before and after nothing is said");
    assert_eq!(shown(""), "Chair, Board");
}

/// Two reports of one body, and one voice in two spellings, are one origin each.
#[test]
fn one_maker_is_one_origin() {
    let origins = |cite: &str| {
        let events = format!("[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = {cite}\n");
        let files = [
            (
                "content/sources.toml",
                "[a]\ntitle = \"A\"\ntype = \"report\"\nby = \"groups/board\"\n\
                 [b]\ntitle = \"B\"\ntype = \"report\"\nby = \"groups/board\"\n\
                 [c]\ntitle = \"C\"\ntype = \"report\"\nby = \"Centre\"\n\
                 [d]\ntitle = \"D\"\ntype = \"report\"\nby = \"centre\"\n\
                 [e]\ntitle = \"E\"\ntype = \"report\"\nauthor = [\"Berg, Ada\", \"Vik, Jon\"]\n\
                 [f]\ntitle = \"F\"\ntype = \"report\"\nauthor = [\"Vik, Jon\", \"Berg, Ada\"]\n\
                 [g]\ntitle = \"G\"\ntype = \"report\"\nauthor = \"Vik, Jon\"\n",
            ),
            ("content/groups.toml", "[board]\nname = \"Board\"\ntype = \"other\"\n"),
            ("content/events.toml", events.as_str()),
        ];
        let html = readable(&page(&files, "events/e.html"));
        let at = html.find(" independent origin").unwrap();
        html[..at].rsplit(char::is_whitespace).next().unwrap().to_owned()
    };
    for (cite, count) in [
        ("[\"a\", \"b\"]", "1"),
        ("[\"c\", \"d\"]", "1"),
        ("[\"c\", \"'the  Centre'\", \"'CENTRE'\"]", "2"),
        ("[\"e\", \"f\"]", "1"),
        ("[\"e\", \"g\"]", "2"),
        ("[\"a\", \"c citing b\"]", "1"),
        ("[\"a\", \"c\"]", "2"),
    ] {
        assert_eq!(origins(cite), count, "{cite}");
    }
}

/// A date that a style cannot say stands only where the date belongs.
#[test]
fn numbers_of_a_source_are_no_dates() {
    let files = [
        (
            "content/sources.toml",
            "[s]\ntitle = \"Code 31207 and 31208\"\ntype = \"report\"\nby = \"Centre\"\nnumber = \"31207\"\n\
             doi = \"10.31207/x\"\npublished = \"2020~\"\naccessed = \"[2023-01..2023-02]\"\n",
        ),
        ("content/events.toml", "[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = \"s\"\n"),
    ];
    let html = readable(&page(&files, "events/e.html"));
    assert!(html.contains("Code 31207 and 31208") && html.contains("10.31207/x"), "{html}");
    assert!(html.to_lowercase().contains("about 2020"), "{html}");
}

/// The place in a source has an anchor on its page, also where it is cited behind another.
#[test]
fn every_place_that_is_linked_is_an_anchor() {
    let files = [
        (
            "content/sources.toml",
            "[a]\ntitle = \"A\"\ntype = \"article-newspaper\"\n[c]\ntitle = \"C\"\ntype = \"report\"\n",
        ),
        (
            "content/events.toml",
            "[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = [\"a ¶1 citing c p. 3\", \"a ¶2 citing c p. 4\", \"a ¶5\"]\n",
        ),
    ];
    let html = page(&files, "sources/c.html");
    for anchor in ["id=\"p-p-3\"", "id=\"p-p-4\""] {
        assert_eq!(html.matches(anchor).count(), 1, "{anchor}: {html}");
    }
    let said = readable(&html);
    assert!(said.contains("p. 3 |") && said.contains("through A") && said.contains("¶1"), "{said}");
}

/// What was corrected has its mark, whichever field that readers see it is.
#[test]
fn a_correction_has_its_mark_beside_the_field() {
    let correction = |key: &str, on: &str, was: &str| {
        format!("[{key}]\ndate = \"2024-01-01\"\non = \"{on}\"\nwas = \"{was}\"\nwhy = \"A slip.\"\n")
    };
    let fields = [
        ("meetings/m.denied_by", "W01"),
        ("meetings/m.note", "W02"),
        ("meetings/m.cite", "W03"),
        ("meetings/m.date_original", "W04"),
        ("meetings/m.maybe_same", "W05"),
        ("people/ada.note", "W06"),
        ("people/ada.links", "W07"),
        ("people/ada.ids", "W08"),
        ("groups/board.short", "W09"),
        ("places/port.lat", "W10"),
        ("sources/s.publisher_place", "W11"),
        ("sources/s.genre", "W12"),
        ("relations/r.title", "W13"),
        ("relations/r.note", "W14"),
        ("relations/r.confirmed_by", "W15"),
        ("a.authors", "W16"),
        ("a.date", "W17"),
        ("people/ada.response_sought", "W18"),
    ];
    let corrections: String =
        fields.iter().map(|(on, was)| correction(&was.to_lowercase(), on, was)).collect();
    let files = [
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\nnote = \"N\"\nids.x = \"1\"\nlinks = [{ url = \"https://a.example\", title = \"A\" }]\nresponse_sought = { date = \"2023\" }\n[bo]\nname = \"Bo\"\n",
        ),
        ("content/groups.toml", "[board]\nname = \"Board\"\nshort = \"B\"\ntype = \"other\"\n"),
        ("content/places.toml", "[port]\nname = \"Port\"\nlat = 1.0\nlon = 2.0\n"),
        (
            "content/sources.toml",
            "[s]\ntitle = \"S\"\ntype = \"report\"\npublisher_place = \"Port\"\ngenre = \"G\"\n",
        ),
        (
            "content/meetings.toml",
            "[m]\ndate = \"2023-06-14\"\ndate_original = { calendar = \"persian\", date = \"1402-03-24\" }\nparticipants = [\"ada\", \"bo\"]\ncite = \"s\"\nnote = \"N\"\ndenied_by = { who = \"bo\" }\nmaybe_same = \"n\"\n[n]\ndate = \"2023-06-14\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"s\"\n",
        ),
        (
            "content/relations.toml",
            "[r]\nfrom = \"ada\"\nto = \"bo\"\ntype = \"family\"\ntitle = \"T\"\nnote = \"N\"\ncite = \"s\"\nconfirmed_by = { who = \"bo\" }\n",
        ),
        ("content/a.md", "+++\nauthors = [\"X\"]\ndate = \"2023\"\n+++\n# A\n\nText.\n"),
        ("content/corrections.toml", corrections.as_str()),
    ];
    let sources = sources(&files);
    let site = build(&sources);
    for (on, was) in fields {
        let record = on.split('.').next().unwrap();
        let path =
            if record == "relations/r" { "relations.html".to_owned() } else { format!("{record}.html") };
        let html = string(&site, &path);
        let marks = html.matches("class=\"corrected\"").count();
        assert!(marks > 0 && html.contains(&format!("was “{was}”")), "{on} has no mark on {path}");
    }
}

/// Dates are said in the language of the dossier, by CLDR and by patterns of its own.
#[test]
fn dates_are_said_in_the_language_of_the_dossier() {
    let said = |language: &str, date: &str| {
        let site = format!("title = \"T\"\nlanguage = \"{language}\"\n");
        let events = format!("[e]\ntitle = \"E\"\ndate = \"{date}\"\ncite = \"'x'\"\n");
        let html = page(&[("site.toml", &site), ("content/events.toml", &events)], "events/e.html");
        let when = html.split("<p class=\"when-where\"><b>").nth(1).unwrap().split("</b>").next().unwrap();
        readable(when).replace(['\u{2068}', '\u{2069}'], "").trim().to_owned()
    };
    for (language, date, expected) in [
        ("de", "2023-06-18/2023-06-21", "18.–21. Juni 2023"),
        ("de", "[2023-06-14..2023-06-18]", "Zwischen dem 14. und dem 18. Juni 2023"),
        ("de", "2023-06~", "Etwa Juni 2023"),
        ("de", "[2023-01-05..2023-04-11]", "Zwischen dem 5. Januar 2023 und dem 11. April 2023"),
        ("en", "[2023-04-01..2023-04-01]", "1 April 2023"),
        ("fr", "[..2023-06-01]", "Au plus tard le 1er juin 2023"),
        ("fr", "2023-06-01/2023-06-11", "1er–11 juin 2023"),
        ("fr", "[2023-10-07..2023-10-31]", "Entre le 7 et le 31 octobre 2023"),
        ("fr", "[2023-04..2023-06]", "Entre avril et juin 2023"),
        ("fr", "2023-06-14/..", "Depuis le 14 juin 2023"),
        ("fr", "2023-06/..", "Depuis juin 2023"),
        ("fr", "[..2023-06-14]", "Au plus tard le 14 juin 2023"),
        ("es", "2023-06-14~", "Hacia el 14 de junio de 2023"),
        ("es", "2021/..", "Desde 2021"),
        ("es", "2023-06?", "¿Junio de 2023?"),
        ("ar", "2023-06-14", "14 يونيو 2023"),
        ("fa", "2023-06", "ژوئن ۲۰۲۳"),
        ("he", "2023-06-14", "14 ביוני 2023"),
    ] {
        assert_eq!(said(language, date), expected, "{language}, {date}");
    }
}

/// What a party said in other words than its own stands in no quotation marks; a later position counts.
#[test]
fn positions_are_said_as_they_are_known() {
    let event = |more: &str| format!("[e]\ntitle = \"E\"\ndate = \"2023\"\ncite = \"'x'\"\n{more}\n");
    let html = |more: &str| {
        let event = event(more);
        page(
            &[("content/people.toml", "[ada]\nname = \"Ada\"\n"), ("content/events.toml", &event)],
            "events/e.html",
        )
    };
    let other = html("denied_by = { who = \"ada\", summary = \"Called it wrong.\" }");
    assert!(other.contains("<span class=\"says\">Called it wrong.</span>"), "{other}");
    let own = html("denied_by = { who = \"ada\", words = \"Wrong.\" }");
    assert!(own.contains("<span class=\"says\">“Wrong.”</span>"), "{own}");
    let plain = |html: &str| {
        let text = readable(html);
        text.split('‹').map(|part| part.split_once('›').map_or(part, |(_, after)| after)).collect::<String>()
    };
    let turned = html(
        "denied_by = { who = \"ada\", date = \"2023-05\" }\nconfirmed_by = { who = \"people/ada\", date = \"2023-06\" }",
    );
    let said = plain(&turned);
    assert!(said.contains("Confirmed by Ada") && !said.contains("Disputed"), "{said}");
    let undated = plain(&html("denied_by = { who = \"ada\" }\nconfirmed_by = { who = \"ada\" }"));
    assert!(undated.contains("Disputed confirmed by Ada; denied by Ada"), "{undated}");
}
