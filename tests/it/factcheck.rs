//! The sheet for the editor or lawyer, as they read it.

use std::collections::BTreeMap;

use dossier::cache::Cache;
use dossier::copies;
use dossier::source::Sources;
use dossier::{Options, has_errors, theme};

use super::support::{build, repository, sources};

/// The lines of the table, by the names of its columns.
fn table(sources: &Sources) -> Vec<BTreeMap<String, String>> {
    let csv = files(sources).1;
    let csv = csv.strip_prefix('\u{feff}').expect("spreadsheets need the mark");
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|line| line.unwrap()).collect()
}

/// The page and the table.
fn files(sources: &Sources) -> (String, String) {
    let made = dossier::factcheck(
        sources,
        &theme::theme(),
        Options::default(),
        &mut Cache::default(),
        &|_, _, _| {},
    );
    assert!(!has_errors(&made.diagnostics), "{:?}", made.diagnostics);
    let file = |name| String::from_utf8(made.value.get(name).unwrap().to_vec()).unwrap();
    assert_eq!(made.value.iter().count(), 2);
    (file("factcheck.html"), file("factcheck.csv"))
}

/// `printf 'The boat left at noon.\\n' | sha256sum`
const LOG_SUM: &str = "8ffa96ab1e655d3396cf9ea575609bb2062046be6d117f637f45cf41b928814c";

fn small() -> Sources {
    let log = format!(
        "[log]
title = \"Log of the harbour\"
type = \"document\"
url = \"https://harbour.example/log\"
copy = {{ file = \"copies/log.txt\", sha256 = \"{LOG_SUM}\" }}
quotes.\"p. 4\" = {{ text = \"B\u{e5}den gikk.\", language = \"nb\", translation = \"The boat left.\" }}

[study]
title = \"A study\"
type = \"report\"

[secret]
title = \"Letter of the witness\"
type = \"personal_communication\"
withhold = true
"
    );
    sources(&[
        ("content/sources.toml", &log),
        ("content/copies/log.txt", "The boat left at noon.\n"),
        (
            "content/people.toml",
            "[ada-berg]
name = \"Ada Berg\"
roles = [{ role = \"chair\", of = \"board\", from = \"2020\", cite = \"log p. 1\" }]
cite = \"log p. 2\"

[hidden-witness]
name = \"Hilde Ås\"
withhold = true
",
        ),
        ("content/groups.toml", "[board]\nname = \"Harbour Board\"\ntype = \"company\"\ncite = \"log p. 3\"\n"),
        (
            "content/meetings.toml",
            "[talks]
title = \"Talks on the boat\"
date = \"2023-06\"
participants = [\"ada-berg\", \"hidden-witness\"]
cite = \"log p. 4 citing study\"
denied_by = [{ who = \"board\", words = \"There were no talks.\", cite = \"log p. 5\" }]
response_sought = [{ from = \"board\", date = \"2024-01-05\", how = \"letter\" }, { from = \"ada-berg\", date = \"2024-01-06\" }]
status = \"reported\"
allow.denial-without-dispute = \"The board took it back.\"
",
        ),
        (
            "content/explainers/boat.md",
            "# The boat\n\nIt left in :count[one meeting]{meetings} with [[ada-berg]] [@log p. 4]. It came back\nthe *next* day.\n\n=1+1 is two.\n",
        ),
    ])
}

#[test]
fn every_statement_stands_beside_what_it_rests_on() {
    let lines = table(&small());
    let line = |statement: &str| {
        let found = lines.iter().find(|line| line["statement"] == statement);
        found.unwrap_or_else(|| panic!("no `{statement}` in {lines:#?}"))
    };
    let counted = line("It left in one meeting with Ada Berg.");
    assert_eq!(counted["locator"], "p. 4");
    assert_eq!(counted["quotation"], "B\u{e5}den gikk.");
    assert_eq!(counted["translation"], "The boat left.");
    assert_eq!(counted["counted"], "1: Talks on the boat");
    assert_eq!(counted["place"], "content/explainers/boat.md:3");
    assert_eq!(counted["copy"], "copies/log.txt");
    assert_eq!(counted["sha256"], LOG_SUM);
    assert_eq!(counted["copy_state"], "same");
    assert_eq!(counted["url"], "https://harbour.example/log");

    let bare = line("It came back the next day.");
    assert_eq!((bare["source"].as_str(), bare["locator"].as_str()), ("", ""));
    assert_eq!(line("'=1+1 is two.")["n"].parse::<usize>().unwrap(), bare["n"].parse::<usize>().unwrap() + 1);

    assert_eq!(line("chair; Harbour Board; since 2020")["locator"], "p. 1");
    let denied = lines.iter().find(|line| line["statement"].contains("There were no talks.")).unwrap();
    assert_eq!((denied["part"].as_str(), denied["locator"].as_str()), ("Position", "p. 5"));
    let whole =
        lines.iter().find(|line| line["page"] == "meetings/talks" && line["part"] == "Record").unwrap();
    assert!(whole["statement"].contains("June 2023"), "{whole:#?}");
    assert_eq!(whole["chain"], "citing A study (not seen by us)");
    assert!(whole["response_sought"].contains("Harbour Board: "), "{whole:#?}");
    assert!(whole["response_sought"].contains("Ada Berg: "), "{whole:#?}");
    assert!(whole["response_sought"].contains("No response found"), "{whole:#?}");
}

#[test]
fn the_sheet_is_one_page_with_boxes_to_tick_and_lines_to_sign() {
    let (html, _) = files(&small());
    let statements =
        table(&small()).iter().map(|line| line["n"].clone()).max_by_key(|n| n.parse::<usize>().unwrap());
    assert_eq!(html.matches("class=\"box\"").count().to_string(), statements.unwrap());
    // One for the whole, and one for each record and article.
    assert_eq!(html.matches("class=\"sign\"").count(), html.matches("<section").count() + 1);
    assert!(html.contains("denial-without-dispute") && html.contains("The board took it back."));
    for refused in ["<script", "<link", "src=", "url("] {
        assert!(!html.contains(refused), "the sheet is handed on alone, and has {refused}");
    }
}

#[test]
fn the_sheet_tells_when_a_copy_is_another() {
    let mut dossier = small();
    assert_eq!(copies::verify(&build(&dossier).value.copies, &dossier), (1, Vec::new()));
    let before = files(&dossier).0;
    assert!(!before.contains("NOT as it was"));

    dossier.insert("content/copies/log.txt", b"The boat left at night.\n".as_slice());
    let (html, _) = files(&dossier);
    assert!(html.contains("NOT as it was"));
    assert!(table(&dossier).iter().any(|line| line["copy_state"] == "differs"));
    // A signature is for one state of the files.
    let state = |html: &str| html.split("class=\"state\"").nth(1).unwrap()[..120].to_owned();
    assert_ne!(state(&before), state(&html));
}

#[test]
fn nothing_withheld_is_on_the_sheet() {
    let (html, csv) = files(&small());
    for text in [html, csv] {
        for withheld in ["Hilde", "hidden-witness", "Letter of the witness", "secret"] {
            assert!(!text.contains(withheld), "{withheld}");
        }
    }
    let mut dossier = small();
    dossier.insert("content/explainers/slip.md", "# A slip\n\nHilde Ås saw it.\n".as_bytes());
    let made = dossier::factcheck(
        &dossier,
        &theme::theme(),
        Options::default(),
        &mut Cache::default(),
        &|_, _, _| {},
    );
    assert!(made.diagnostics.iter().any(|problem| problem.code.name == "withheld-leak"));
}

#[test]
fn every_sentence_of_the_demonstration_is_on_its_sheet() {
    let dossier = repository();
    let lines = table(&dossier);
    let examined =
        dossier::examine(&dossier, Options::default(), &mut Cache::default(), &|_, _, _| {}).ok().unwrap();
    let linked = examined.linked;
    let mut count = 0;
    for article in &linked.dossier.articles {
        for sentence in &article.body.sentences {
            if sentence.text.contains("[[") {
                continue;
            }
            count += 1;
            let text = &sentence.text;
            assert!(lines.iter().any(|line| line["statement"].trim_start_matches('\'') == *text), "{text}");
        }
    }
    assert!(count > 60, "only {count}");
}

/// A planted word in every place that readers see; each is on the sheet.
#[test]
fn whatever_a_reader_sees_is_on_the_sheet() {
    let site =
        "title = \"W01\"\ndescription = \"W02\"\nnotice = \"W03\"\nauthors = [\"W04\"]\nunsafe_html = true\n";
    let people = "[ada]\nname = \"W05\"\nnames.ar = { text = \"W06\", note = \"W07\" }\nborn = \"1907\"\nsummary = \"W08 was there.\"\n\
        note = \"W09 is noted.\"\ntags = [\"W10\"]\nroles = [{ role = \"w11\", of = \"board\" }]\n\
        portrait = { file = \"ada.svg\", alt = \"W12\", credit = \"W13\", licence = \"W14\" }\n[bo]\nname = \"Bo\"\n";
    let groups = "[board]\nname = \"W15\"\nshort = \"W16\"\ntype = \"other\"\npart_of = [{ of = \"whole\", share = \"W17\" }]\n\
        [whole]\nname = \"Whole\"\ntype = \"other\"\n";
    let places = "[port]\nname = \"W18\"\nlat = 18.5\nlon = 19.5\n";
    let meetings = "[m]\ntitle = \"W20\"\ndate = \"2023-06-14\"\nplace = \"port\"\ncite = \"s p. 1\"\nsummary = \"W21 they said.\"\n\
        date_original = { calendar = \"persian\", date = \"1402-03-24\", text = \"W22\" }\n\
        participants = [{ who = \"ada\", as = \"W23\", named_as = \"W24\", stands_in_for = \"bo\" }, { desc = \"w25\", count = \"26..27\" }]\n\
        denied_by = { who = \"bo\", words = \"W28\", cite = \"s\" }\n";
    let relations = "[r]\nfrom = \"ada\"\nto = \"bo\"\ntype = \"family\"\ntitle = \"W29\"\ncite = \"s\"\n";
    let records = "[s]\ntitle = \"W30\"\ntype = \"report\"\npublisher = \"W31\"\nquotes.\"W32\" = { text = \"W33\", translation = \"W34\" }\n";
    let corrections =
        "[c]\ndate = \"2024-01-01\"\non = \"people/ada.summary\"\nwas = \"W35\"\nwhy = \"W36\"\n";
    let article = "# W37\n\n## W38\n\nW39 stands here. ![W40](ada.svg){credit=\"W41\" licence=\"W42\"}\n\n- W43\n\n> W44\n\n\
        | W45 |\n|---|\n| W46 |\n\n    W47\n\nNote[^n].\n\n[^n]: W48.\n\n<div>W49</div>\n";
    let (html, csv) = files(&sources(&[
        ("site.toml", site),
        ("content/people.toml", people),
        ("content/groups.toml", groups),
        ("content/places.toml", places),
        ("content/meetings.toml", meetings),
        ("content/relations.toml", relations),
        ("content/sources.toml", records),
        ("content/corrections.toml", corrections),
        ("content/a.md", article),
        ("content/ada.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]));
    let (html, csv) = (html.to_uppercase(), csv.to_uppercase());
    let missing: Vec<String> = (1..=49)
        .map(|n| match n {
            18 | 19 => format!("{n}"),
            26 | 27 => format!("{n}"),
            n => format!("W{n:02}"),
        })
        .filter(|word| !html.contains(word) || !csv.contains(word))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "{csv}");
    assert!(html.contains("1907"));
}

/// What is withheld is held all the same: its copy is compared where nobody else sees it.
#[test]
fn withheld_copies_are_compared_with_their_checksums() {
    let wrong = "0".repeat(64);
    let source = |more: &str| {
        format!(
            "[s]\ntitle = \"S\"\ntype = \"report\"\ncopy = {{ file = \"s.txt\", sha256 = \"{wrong}\" }}\n{more}\n"
        )
    };
    for more in ["", "withhold = true", "withhold = [\"copy\"]"] {
        let source = source(more);
        let dossier = sources(&[("content/sources.toml", &source), ("content/s.txt", "text\n")]);
        let (compared, found) = copies::verify(&build(&dossier).value.copies, &dossier);
        assert_eq!((compared, found.len()), (1, 1), "{more}");
    }
}
