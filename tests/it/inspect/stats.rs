//! The figures of `dossier stats`.

use dossier::model::Kind;
use serde_json::Value;

use super::{HARBOUR, run, said, snapshot};
use crate::cli::Folder;

#[test]
fn figures_are_as_they_were() {
    snapshot("figures", &format!("{}\n{}", said(&["stats"]), said(&["stats", "--format", "json"])));
}

/// The counts of each section add up to what there is.
#[test]
fn the_figures_add_up() {
    let json: Value =
        serde_json::from_slice(&run(&["stats", "--format", "json", "--root", HARBOUR]).stdout).unwrap();
    let sum =
        |section: &str| json[section].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
    let records = |kind: Kind| json["records"][kind.plural()].as_u64().unwrap();
    let occasions = records(Kind::Meeting) + records(Kind::Event);
    assert_eq!(sum("dates"), occasions);
    assert_eq!(sum("statuses"), occasions + records(Kind::Relation));
    assert_eq!(sum("origins"), occasions + records(Kind::Relation));
    for section in ["source_types", "source_grades", "source_reading"] {
        assert_eq!(sum(section), records(Kind::Source), "{section}");
    }
    // What `list` counts, of those that it does not leave out.
    for kind in [Kind::Meeting, Kind::Relation, Kind::Source] {
        let status = "reported confirmed disputed denied retracted inferred";
        let has_status = matches!(kind, Kind::Meeting | Kind::Event | Kind::Relation);
        let more = if has_status { vec!["--status", status] } else { Vec::new() };
        let listed = [&["list", kind.plural(), "--format", "json", "--root", HARBOUR][..], &more].concat();
        let listed: Value = serde_json::from_slice(&run(&listed).stdout).unwrap();
        assert_eq!(listed["records"].as_array().unwrap().len() as u64, records(kind), "{}", kind.plural());
    }
}

/// Each precision, status and standing of a source is counted where it belongs.
#[test]
fn each_figure_counts_what_it_says() {
    let date = |key: &str, date: &str| format!("[{key}]\ndate = \"{date}\"\nparticipants = [\"ada\"]\n");
    let dates = [
        ("day", "2023-06-14"),
        ("month", "2023-06"),
        ("season", "2023-21"),
        ("year", "2023"),
        ("decade", "202X"),
        ("interval", "2023-01/2023-06"),
        ("bound", "[..2023]"),
        ("doubtful", "2023-06-14?"),
        ("about", "2023~"),
    ];
    let mut meetings: String = dates.iter().map(|(key, text)| date(key, text)).collect();
    meetings.push_str(
        "[undated]\ndate = \"\"\nparticipants = [\"ada\"]\ncite = [\"read\", \"read citing behind\", \"'a clerk'\"]\n",
    );
    let folder = Folder::with(&[
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo\"\ndraft = true\n[cy]\nname = \"Cy\"\nwithhold = true\n[dee]\nname = \"Dee\"\nborn = \"1970\"\nwithhold = [\"born\"]\ncite = \"read\"\n",
        ),
        ("content/meetings.toml", &meetings),
        (
            "content/sources.toml",
            "[read]\ntitle = \"R\"\ntype = \"report\"\ngrade = \"B\"\n[behind]\ntitle = \"B\"\ntype = \"book\"\n[idle]\ntitle = \"I\"\ntype = \"book\"\n",
        ),
        ("content/a.md", "# A\n\nThree short words.\n"),
    ]);
    let json: Value =
        serde_json::from_str(&folder.run(&["stats", "--format", "json"]).succeeds().out()).unwrap();
    let expected = serde_json::json!({
        "records": { "people": 2, "groups": 0, "meetings": 10, "events": 0, "relations": 0, "places": 0, "sources": 3, "terms": 0, "corrections": 0, "articles": 1 },
        "unpublished": { "drafts": 1, "withheld records": 1, "records with withheld fields": 1 },
        "dates": { "day": 1, "month": 1, "season": 1, "year": 1, "decade or century": 1, "interval": 1, "bounds or choices": 1, "doubtful": 2, "none": 1 },
        "statuses": { "reported": 10 },
        "origins": { "none": 9, "two": 1 },
        "source_types": { "book": 2, "report": 1 },
        "source_grades": { "B": 1, "no grade": 2 },
        "source_reading": { "read": 1, "known only through others": 1, "cited by nothing": 1 },
        "words": { "articles": 3, "records": 0 },
        "most_named": [{ "record": "people/ada", "name": "Ada", "records": 10 }],
        "without_citation": ["people/ada", "meetings/about", "meetings/bound", "meetings/day", "meetings/decade", "meetings/doubtful", "meetings/interval", "meetings/month", "meetings/season", "meetings/year", "a"],
    });
    assert_eq!(json, expected);
    let drafts: Value = serde_json::from_str(
        &folder.run(&["stats", "--drafts", "--withheld", "--format", "json"]).succeeds().out(),
    )
    .unwrap();
    assert_eq!(drafts["records"]["people"], 4);
    assert_eq!(drafts["unpublished"], expected["unpublished"]);
}
