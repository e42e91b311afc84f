//! What `dossier list` finds, and how it is written.

use dossier::Options;
use dossier::inspect::columns::{Cell, columns};
use dossier::inspect::layout::table;
use dossier::inspect::list::{List, Row, list};
use dossier::inspect::query::{check, kinds, read};
use dossier::model::Kind;
use dossier::model::dossier::Id;
use dossier::prepared::Prepared;
use dossier::source::{Sources, Texts};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::{HARBOUR, err, opened, out, run, said, snapshot};
use crate::cli::Folder;
use crate::harbour::harbour;
use crate::support::sources;

/// The table of a query, for a terminal of so many columns.
fn shown(files: &Sources, prepared: &Prepared, query: &str, width: Option<usize>) -> String {
    let mut with_query = files.clone();
    let file = with_query.insert("command line", query.as_bytes());
    let words = prepared.words();
    let query = read(query, file).unwrap_or_else(|found| panic!("{query}: {found:?}"));
    assert_eq!(check(&words.linked.dossier, &query), Vec::new());
    table(&list(&words, &Texts::new(files), &query), width)
}

/// Every kind as a table, and one query in the three formats, as they are in a pipe.
#[test]
fn lists_are_as_they_were() {
    let mut shown = said(&["list"]);
    for kind in kinds() {
        shown.push_str(&said(&["list", kind.plural()]));
    }
    shown.push_str(&said(&["list", "meetings", "--with", "orvald-holding", "--during", "2022"]));
    shown.push_str(&said(&["list", "--with", "veshgar", "--format", "csv"]));
    shown.push_str(&said(&["list", "meetings with=orvald-holding during=2022", "--format", "json"]));
    snapshot("lists", &shown);
}

/// No line of a table is wider than the terminal, down to where the keys alone fill it; what is not shown is named.
#[test]
fn a_table_fits_the_terminal() {
    let files = harbour();
    let prepared = opened(&files, Options::default());
    let mut text = String::new();
    let mut lines = 0;
    for kind in kinds() {
        for width in [60, 80, 100, 120, 200] {
            let table = shown(&files, &prepared, kind.plural(), Some(width));
            let rows = table.split("\n\n").next().unwrap();
            for line in rows.lines() {
                assert!(line.width() <= width, "{width} of {}:\n{table}", line.width());
                lines += 1;
            }
            let whole = shown(&files, &prepared, kind.plural(), None);
            let heads = |table: &str| {
                table.lines().next().unwrap().split("  ").filter(|head| !head.trim().is_empty()).count()
            };
            let is_less = rows.contains('…') || heads(&table) < heads(&whole);
            assert_eq!(table.contains("`--format csv` has everything"), is_less, "{table}");
            if [80, 120].contains(&width) {
                text.push_str(&format!("==== {} at {width}\n{table}\n", kind.plural()));
            }
        }
    }
    println!("{lines} lines within their width");
    assert!(lines > 500);
    snapshot("tables", &text);
}

/// Hangul and Han take two columns, marks none, and what is written from right to left is set between marks, so that
/// what stands behind it stays in its column.
#[test]
fn names_in_any_script_leave_the_columns_straight() {
    let people = "
[a]
name = \"東京太郎\"
roles = [{ role = \"clerk\", of = \"g\" }]
[b]
name = \"Ádám\"
names.he = \"אדם\"
roles = [{ role = \"clerk\", of = \"g\" }]
[c]
name = \"Cem\"
roles = [{ role = \"clerk\", of = \"g\" }]
";
    let groups = "[g]\nname = \"Group\"\ntype = \"party\"\n";
    let files = sources(&[("content/people.toml", people), ("content/groups.toml", groups)]);
    let table = shown(&files, &opened(&files, Options::default()), "people", None);
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("Clerk")).collect();
    let at: Vec<usize> = rows.iter().map(|row| row.split("Clerk").next().unwrap().width()).collect();
    assert_eq!(rows.len(), 3);
    assert!(at.iter().all(|place| *place == at[0]), "{at:?}\n{table}");
    assert!(table.contains("\u{200E}אדם\u{200E}"), "{table:?}");
}

/// Whatever a cell may hold, it commands no terminal and makes no second line.
#[test]
fn no_cell_commands_the_terminal() {
    let columns = columns(Some(Kind::Person));
    let cell = Cell::Text("a\u{1B}[2J\u{9B}2J\u{7}\u{202E}b\nc\td".to_owned());
    let row = Row {
        id: Id { kind: Kind::Person, index: 0 },
        is_certain: true,
        hidden: None,
        cells: vec![cell; columns.len()],
    };
    let list = List {
        query: "people".to_owned(),
        kind: Some(Kind::Person),
        columns,
        rows: vec![row],
        notes: vec!["\u{1B}[2J".to_owned()],
    };
    let narrow = table(&list, Some(80));
    assert_eq!(narrow.lines().filter(|line| line.starts_with("a\u{FFFD}[2J")).count(), 1, "{narrow}");
    for text in [narrow, table(&list, None), String::from_utf8(list.csv()).unwrap()] {
        let commands = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || *c == '\u{202E}';
        assert_eq!(text.chars().find(commands), None, "{text:?}");
    }
}

/// Nor does what a dossier or a command line holds; lines and tabs within a name, and what sets a part of it apart, do
/// not disturb the columns.
#[test]
fn no_character_of_a_dossier_or_query_commands_the_terminal() {
    let folder = Folder::with(&[
        (
            "content/people.toml",
            "[a]\nname = \"A\\nnext\\tcell \u{2067}apart\u{2069} end\"\n[b]\nname = \"B\\u001B[2J\"\n",
        ),
        ("content/a.md", "# A \u{200F}title\n"),
    ]);
    let listed = folder.run(&["list", "people"]);
    assert!(listed.out().contains("\na    A next cell apart end  "), "{:?}", listed.out());
    for arguments in [
        &["list", "people"][..],
        &["list", "people", "--format", "csv"],
        &["list", "people", "--format", "json"],
        &["show", "a"],
        &["show", "people/a"],
        &["show", "people/a", "--format", "json"],
        &["show", "\u{1B}[31m"],
        &["list", "\u{1B}[31m"],
        &["list", "people with=\u{9B}2J"],
        &["stats"],
        &["stats", "--format", "json"],
    ] {
        let ran = folder.run(arguments);
        for text in [ran.out(), ran.err()] {
            let bad = text.chars().find(|c| {
                c.is_control() && !matches!(c, '\n' | '\r') || ('\u{202A}'..='\u{202E}').contains(c)
            });
            assert_eq!(bad, None, "{arguments:?}: {text:?}");
        }
    }
}

/// Possible records are marked and counted apart; the foot says how many there are in words.
#[test]
fn what_is_only_possible_is_marked_and_counted_apart() {
    let meetings = "
[sure]
date = \"2023-06-14\"
participants = [\"ada\"]
[year]
date = \"2023\"
participants = [\"ada\"]
[other-year]
date = \"2023~\"
participants = [\"ada\"]
[before]
date = \"2021\"
participants = [\"ada\"]
";
    let files =
        sources(&[("content/people.toml", "[ada]\nname = \"Ada\"\n"), ("content/meetings.toml", meetings)]);
    let prepared = opened(&files, Options::default());
    let foot = |query: &str| {
        let table = shown(&files, &prepared, query, None);
        let marked = table.lines().filter(|line| line.starts_with("possible")).count();
        (marked, table.lines().last().unwrap().to_owned())
    };
    assert_eq!(foot("meetings"), (0, "4 meetings".to_owned()));
    assert_eq!(foot("meetings during=2023-06"), (2, "1 meeting, and 2 that possibly are".to_owned()));
    assert_eq!(
        foot("meetings during=2023-07"),
        (2, "no meeting for certain, and 2 that possibly are".to_owned())
    );
    assert_eq!(foot("meetings during=2023"), (1, "2 meetings, and 1 that possibly is".to_owned()));
    assert_eq!(foot("during=2019"), (0, "no meetings and events".to_owned()));
    assert_eq!(foot("people"), (0, "1 person".to_owned()));
}

/// CSV is read by a reader of CSV, JSON by one of JSON, and both say what the table says.
#[test]
fn the_formats_say_the_same() {
    let mut cells = 0;
    for kind in kinds() {
        let csv = run(&["list", kind.plural(), "--format", "csv", "--root", HARBOUR]);
        let json = run(&["list", kind.plural(), "--format", "json", "--root", HARBOUR]);
        assert!(csv.status.success() && json.status.success());
        let json: Value = serde_json::from_slice(&json.stdout).unwrap();
        let records = json["records"].as_array().unwrap();
        let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(header[..3], ["key", "certainty", "hidden"]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), records.len());
        assert_eq!(json["certain"].as_u64().unwrap() as usize, rows.len(), "all of a kind is certain");
        for (row, record) in rows.iter().zip(records) {
            assert_eq!(record.as_object().unwrap().len(), header.len());
            for (name, cell) in header.iter().zip(row) {
                let value = match &record[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    Value::Array(parts) => {
                        parts.iter().map(|part| part.as_str().unwrap()).collect::<Vec<_>>().join("; ")
                    }
                    other => other.to_string(),
                };
                // A spreadsheet is kept from taking a text for a formula.
                assert_eq!(
                    cell.strip_prefix('\'').unwrap_or(cell),
                    value.strip_prefix('\'').unwrap_or(&value)
                );
                cells += 1;
            }
            let place = format!("{HARBOUR}/{}", record["file"].as_str().unwrap());
            let text = std::fs::read_to_string(&place).unwrap_or_else(|error| panic!("{place}: {error}"));
            let line = text.lines().nth(record["line"].as_u64().unwrap() as usize - 1).unwrap();
            let key = record["key"].as_str().unwrap();
            let written = line.contains(key) || place.contains(key);
            assert!(written, "{key} is not at {place}: {line}");
        }
    }
    println!("{cells} cells");
    assert!(cells > 1000);
}

/// A date stands as readers see it and as it is written.
#[test]
fn dates_are_in_words_and_in_edtf() {
    let json = run(&["list", "meetings", "--format", "json", "--root", HARBOUR]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let records = json["records"].as_array().unwrap();
    let of = |key: &str| records.iter().find(|record| record["key"] == key).unwrap();
    let call = of("tender-call");
    assert_eq!((&call["date"], &call["date_in_words"]), (&"2022-05?".into(), &"May 2022?".into()));
    let room = of("closed-room");
    assert_eq!((&room["date"], &room["date_in_words"]), (&Value::Null, &"Date not reported".into()));
}

/// However a query is given it is the same: as options, as one text, or as words of which the shell took the quotes.
#[test]
fn a_query_can_be_given_in_several_ways() {
    let keys = |arguments: &[&str]| {
        let output = run(&[&["list"], arguments, &["--format", "json", "--root", HARBOUR]].concat());
        assert!(output.status.success(), "{}", err(&output));
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let records = json["records"].as_array().unwrap().clone();
        records.iter().map(|record| record["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let one = keys(&["meetings between=\"orvald-holding canal-office\" during=2022"]);
    assert!(one.len() > 1, "{one:?}");
    for arguments in [
        &["meetings", "--between", "orvald-holding canal-office", "--during", "2022"][..],
        &["meetings", "--between", "orvald-holding", "--between", "canal-office", "--during", "2022"],
        &["meetings", "between=orvald-holding canal-office", "during=2022"],
        &["--during", "2022", "meetings", "between=orvald-holding canal-office"],
    ] {
        assert_eq!(keys(arguments), one, "{arguments:?}");
    }
}

/// What is wrong with a query is told at its place, with what to do; nothing is listed.
#[test]
fn errors_of_a_query_are_told_like_others() {
    let mut shown = String::new();
    for arguments in [
        &["list", "meeting"][..],
        &["list", "qqq"],
        &["list", "meetings", "wiht=orvald-holding"],
        &["list", "meetings", "--with", "orvald"],
        &["list", "meetings", "--with", "qqq"],
        &["list", "meetings", "--place", "orvald-holding"],
        &["list", "meetings", "--during", "20233"],
        &["list", "meetings", "--mode", "fone"],
        &["list", "meetings", "--between", "anserra"],
        &["list", "meetings", "--status", "reported doubted"],
        &["list", "meetings", "--with", ""],
        &["list", "terms", "--tag", "x"],
        &["list", "people people"],
        &["list", "people of=anserra of=veshgar"],
        &["list", "sources", "--type", "bok"],
        &["list", "meetings", "--tag", "tendre"],
        &["list", "meetings", "--tag", "a\"b"],
    ] {
        shown.push_str(&said(arguments));
        shown.push('\n');
    }
    snapshot("errors", &shown);
    let nowhere = Folder::new().run(&["list"]).fails();
    assert!(nowhere.err().contains("there is no site.toml in this folder"), "{}", nowhere.err());
}

/// Drafts and withheld records are left out unless they are asked for, and then marked; references to them say how.
#[test]
fn drafts_and_withheld_records_are_left_out_unless_asked_for() {
    let people = "
[ada]
name = \"Ada\"
[bo]
name = \"Bo\"
draft = true
[cy]
name = \"Cy Hidden\"
withhold = true
";
    let folder = Folder::with(&[("content/people.toml", people)]);
    let keys = |arguments: &[&str]| {
        let ran = folder.run(&[&["list", "people", "--format", "csv"], arguments].concat()).succeeds();
        let mut reader = csv::Reader::from_reader(ran.out().into_bytes().leak() as &[u8]);
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| format!("{} {}", &row[0], &row[2]).trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&[]), ["ada"]);
    assert_eq!(keys(&["--drafts"]), ["ada", "bo draft"]);
    assert_eq!(keys(&["--withheld"]), ["ada", "cy withheld"]);
    assert_eq!(keys(&["--drafts", "--withheld"]), ["ada", "bo draft", "cy withheld"]);
    let listed = folder.run(&["list", "people"]).succeeds();
    assert!(
        listed.out().ends_with("1 person\n1 draft is left out: `--drafts` takes it in\n"),
        "{}",
        listed.out()
    );
    let marked = folder.run(&["list", "people", "--withheld"]).succeeds();
    assert!(marked.out().contains("withheld  cy"), "{}", marked.out());
    for (key, option) in [("bo", "--drafts"), ("cy", "--withheld")] {
        let refused = folder.run(&["list", "meetings", "--with", key]);
        assert_eq!(refused.code(), 2);
        assert!(refused.err().contains(&format!("help: add `{option}`")), "{}", refused.err());
        let refused = folder.run(&["show", key]);
        assert_eq!(refused.code(), 2);
        assert!(refused.err().contains(&format!("help: add `{option}`")), "{}", refused.err());
        folder.run(&["show", key, option]).succeeds();
    }
}

/// A dossier with errors is listed as far as it can be read, and neither the words nor the exit code hide that.
#[test]
fn a_dossier_with_errors_is_listed_and_said_to_have_them() {
    let folder = Folder::with(&[("content/people.toml", "[ada]\nname = \"Ada\"\n[bo]\nname = 3\n")]);
    let ran = folder.run(&["list", "people"]).fails();
    assert!(ran.out().contains("Ada") && ran.out().ends_with("1 person\n"), "{}", ran.out());
    assert!(ran.err().contains("the dossier has 1 error, so this may not be all"), "{}", ran.err());
    assert!(ran.err().contains("help: `dossier check`"), "{}", ran.err());
}

/// There is an option for each term, and its help names the kinds that know it.
#[test]
fn each_term_is_an_option_that_names_its_kinds() {
    // However wide the help is set, each paragraph is one line here.
    let help = |name: &str| {
        let text = out(&run(&[name, "--help"]));
        let joined = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
        text.split("\n\n").map(joined).collect::<Vec<_>>().join("\n")
    };
    let list = help("list");
    let mut options = 0;
    for (kind, terms) in dossier::model::query::TERMS {
        for term in terms {
            let start = format!("--{term} <");
            let about =
                list.lines().find(|line| line.contains(&start)).unwrap_or_else(|| panic!("no --{term}"));
            let named = about.rsplit_once('[').unwrap().1.trim_end_matches(']');
            assert!(named.split(", ").any(|name| name == kind.plural()), "{term} {named}");
            options += 1;
        }
    }
    println!("{options} pairs of a kind and a term");
    assert!(options > 20);
    snapshot("help", &["list", "show", "stats"].map(help).join("\n====\n"));
}
