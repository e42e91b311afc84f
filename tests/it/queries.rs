//! What a query counts, one term after the other, on a small dossier.

use dossier::Site;
use dossier::diag::Checked;

use crate::support::{build, sources};

const PEOPLE: &str = "
[ada]
name = \"Ada\"
roles = [{ role = \"head\", of = \"bureau\", from = \"2020-03-10\", to = \"2021-06-15\" }]
tags = [\"x\"]

[bo]
name = \"Bo\"
roles = [{ role = \"envoy\", of = \"hills\" }]

[cy]
name = \"Cy\"
roles = [{ role = \"clerk\", of = \"late-part\" }]

[dee]
name = \"Dee\"
roles = [{ role = \"member\", of = \"shore\", from = \"2021?\" }]
";

const GROUPS: &str = "
[shore]
name = \"Shore\"
type = \"state\"

[bureau]
name = \"Bureau\"
type = \"state-body\"
part_of = \"shore\"

[late-part]
name = \"Late part\"
type = \"other\"
part_of = { of = \"shore\", from = \"2021\" }

[hills]
name = \"Hills\"
type = \"armed-group\"
";

const MEETINGS: &str = "
[first-day]
mode = \"in-person\"
date = \"2020-03-10\"
place = \"port\"
participants = [\"ada\", \"bo\"]

[last-day]
mode = \"phone\"
date = \"2021-06-15\"
participants = [\"ada\", \"bo\"]

[day-after]
date = \"2021-06-16\"
place = \"coast\"
participants = [\"ada\", \"bo\"]
tags = [\"x\"]

[clerk-before]
date = \"2020-05\"
participants = [\"cy\", { desc = \"envoys\", for = \"hills\" }]

[clerk-after]
date = \"2022\"
participants = [\"cy\", { desc = \"envoys\", for = \"hills\" }]

[doubtful]
date = \"2021-03\"
participants = [\"dee\", \"bo\"]

[one-side]
date = \"2020-07\"
participants = [{ who = \"ada\", for = \"hills\" }]

[denied]
date = \"2020-08\"
participants = [\"ada\", \"bo\"]
denied_by = { who = \"ada\" }

[retracted]
date = \"2020-09\"
participants = [\"ada\", \"bo\"]
status = \"retracted\"
cite = \"'x'\"

[twin-a]
date = \"2019-01\"
participants = [\"bo\"]
maybe_same = \"twin-b\"

[twin-b]
date = \"2019-02\"
participants = [\"bo\"]

[whenever]
date = \"\"
participants = [\"bo\"]
";

const PLACES: &str = "[port]\nname = \"Port\"\nin = \"coast\"\n[coast]\nname = \"Coast\"\n";

/// The dossier with one figure in its prose.
fn site(words: &str, query: &str) -> Checked<Site> {
    let text = format!("# A\n\n:count[{words}]{{{query}}}\n");
    build(&sources(&[
        ("content/people.toml", PEOPLE),
        ("content/groups.toml", GROUPS),
        ("content/meetings.toml", MEETINGS),
        ("content/places.toml", PLACES),
        ("content/a.md", &text),
    ]))
}

/// What the records say to a query: a number, or a range.
fn count(query: &str) -> String {
    let site = site("987654321", query);
    let figure = site.diagnostics.iter().find(|problem| problem.code.name == "figure-mismatch");
    let message = &figure.unwrap_or_else(|| panic!("{query}: {:?}", site.diagnostics)).message;
    message.rsplit_once("the records say ").unwrap().1.to_owned()
}

#[test]
fn each_term_means_what_the_format_says() {
    for (query, expected) in [
        // Everything but what is denied or retracted; two of them may be one occasion.
        ("meetings", "9 to 10"),
        ("meetings status=\"denied retracted\"", "2"),
        ("meetings status=denied", "1"),
        ("meetings mode=phone", "1"),
        ("meetings tag=x", "1"),
        // A place and those in it; a meeting whose place nobody reports is at none.
        ("meetings place=port", "1"),
        ("meetings place=coast", "2"),
        // Each of those named.
        ("meetings with=ada", "4"),
        ("meetings with=\"ada bo\"", "3"),
        // A group stands for its members as of the date: the last day of an office is a day of it.
        ("meetings with=bureau", "3"),
        ("meetings with=bureau during=2021-06", "1"),
        // For its parts, as of the date: the clerk's body joined in 2021. A doubtful date is a doubt.
        ("meetings with=late-part", "2"),
        ("meetings with=shore", "4 to 5"),
        ("meetings with=shore during=2020-05", "0"),
        ("meetings with=shore during=2022", "1"),
        // At least one on each side, and nobody on both alone.
        ("meetings between=\"bureau hills\"", "2"),
        ("meetings between=\"ada ada\"", "0"),
        ("meetings between=\"ada hills\" during=2020-07", "0"),
        ("meetings between=\"late-part hills\"", "2"),
        // A meeting that nobody dates may lie in any period.
        ("meetings with=bo during=2019", "1 to 3"),
        ("meetings with=ada during=2020", "2"),
        ("people", "4"),
        ("people of=shore", "3"),
        ("people of=shore during=2020-05", "1 to 2"),
        ("people of=shore during=2022-05", "1 to 2"),
        ("people of=shore during=2021-12", "0 to 2"),
        ("people of=shore during=2023-05", "2"),
        ("people of=hills", "1"),
        ("people with=cy", "0"),
        ("people with=ada", "1"),
        ("people tag=x", "1"),
        ("groups of=shore", "2"),
        ("groups type=state", "1"),
        ("places place=coast", "1"),
        ("places", "2"),
    ] {
        assert_eq!(count(query), expected, "{query}");
    }
}

/// Whether a figure with these words stands, where the records say 2, and 1 to 2.
#[test]
fn words_that_compare_are_held_against_the_count() {
    let verdict = |words: &str, query: &str| {
        let site = site(words, query);
        !site.diagnostics.iter().any(|problem| problem.code.name == "figure-mismatch")
    };
    let two = "meetings status=\"denied retracted\"";
    for (words, holds) in [
        ("two", true),
        ("three", false),
        ("at least two", true),
        ("at least three", false),
        ("more than one", true),
        ("more than two", false),
        ("at most two", true),
        ("at most one", false),
        ("fewer than three", true),
        ("fewer than two", false),
    ] {
        assert_eq!(verdict(words, two), holds, "{words} of 2");
    }
    let twins = "meetings with=bo during=2019-01/2019-02";
    for (words, holds) in [
        ("one", true),
        ("two", true),
        ("three", true),
        ("four", false),
        ("at most one", true),
        ("at least three", true),
    ] {
        assert_eq!(verdict(words, twins), holds, "{words} of 1 to 3");
    }
}

/// By latest possible day, the narrower span first, then key.
#[test]
fn records_stand_in_the_order_of_time() {
    let meetings = "
[b-month]\ntitle = \"B month\"\ndate = \"2023-06\"\nparticipants = [{ desc = \"x\" }]\n
[a-month]\ntitle = \"A month\"\ndate = \"2023-06\"\nparticipants = [{ desc = \"x\" }]\n
[year]\ntitle = \"Year\"\ndate = \"2023\"\nparticipants = [{ desc = \"x\" }]\n
[last-day]\ntitle = \"Last day\"\ndate = \"2023-06-30\"\nparticipants = [{ desc = \"x\" }]\n
[open]\ntitle = \"Open end\"\ndate = \"2023-05/..\"\nparticipants = [{ desc = \"x\" }]\n
[none]\ntitle = \"No date\"\ndate = \"\"\nparticipants = [{ desc = \"x\" }]\n";
    let events = "[a-event]\ntitle = \"An event\"\ndate = \"2023-06\"\n";
    let site = build(&sources(&[("content/meetings.toml", meetings), ("content/events.toml", events)]));
    let html = crate::support::string(&site, "timeline.html");
    let titles = ["Open end", "Last day", "An event", "A month", "B month", "Year", "No date"];
    let places: Vec<usize> = titles
        .iter()
        .map(|title| html.find(&format!(">{title}<")).unwrap_or_else(|| panic!("{title}")))
        .collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(places, sorted);
}

/// What is withheld is found as a reader would see it, in every form of its letters.
#[test]
fn a_withheld_name_is_found_however_it_is_written() {
    let people = "[ada-berg]\nname = \"Ada Bérg\"\nwithhold = true\n";
    let meetings = "[m]\ndate = \"2023\"\nparticipants = [{ who = \"ada-berg\", named_as = \"Mrs Mountain\" }]\ncite = \"'x'\"\n";
    for text in [
        "Ada Bérg spoke.",
        "ADA Bérg",
        "Ada\nBérg",
        "Ada *Bérg*",
        "Ada&nbsp;Bérg",
        "Ada Be\u{301}rg",
        "Mrs Mountain",
        "see ada-berg",
    ] {
        let article = format!("# A\n\n{text}\n");
        let site = build(&sources(&[
            ("content/people.toml", people),
            ("content/meetings.toml", meetings),
            ("content/a.md", &article),
        ]));
        assert!(site.diagnostics.iter().any(|problem| problem.code.name == "withheld-leak"), "{text}");
    }
    let site = build(&sources(&[("content/people.toml", people), ("content/meetings.toml", meetings)]));
    assert!(!dossier::has_errors(&site.diagnostics), "{:?}", site.diagnostics);
}
