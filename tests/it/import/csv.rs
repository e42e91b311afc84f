//! Tables become records, and say what of them does not.

use std::collections::{BTreeMap, BTreeSet};

use dossier::export::plain;
use dossier::import::{Choices, Order, named};
use dossier::model::Kind;
use dossier::model::dossier::Dossier;
use dossier::source::Sources;
use dossier::{Imported, NotImported, Options, theme};
use proptest::prelude::*;

use super::{files, report, says_the_same, shown};
use crate::harbour::harbour;
use crate::support::{build, string};

/// `--map` and the kind of the rows.
fn choices(kind: Option<Kind>, maps: &[(&str, &str)]) -> Choices {
    let columns = maps.iter().map(|(column, path)| ((*column).to_owned(), (*path).to_owned())).collect();
    Choices { columns, kind, ..Choices::default() }
}

fn import(files: &Sources, own: &Sources, choices: &Choices) -> Result<Imported, NotImported> {
    dossier::import(named("csv").unwrap(), files, own, &theme::theme(), choices)
}

/// What an import made, which must build.
fn imported(files: &Sources, own: &Sources, choices: &Choices) -> Imported {
    super::imported("csv", files, own, choices)
}

/// Why a file cannot be imported, as it is reported.
fn refused(files: &Sources, choices: &Choices) -> String {
    super::refused("csv", files, choices)
}

fn snapshot(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

const STAFF: &str = "\u{FEFF}Full name;Persian name;Party;Position;Since;Until;Born;Also known as;Shoe size;Source;Notes\r\n\
    Ada Berg;آدا برگ;Open Quay;chair;1.3.2021;;1961;A. Berg; 38;https://herald.example/ada;\"Says \"\"no\"\" a lot; *always*\"\r\n\
    ada berg;;Harbour Board;member;2019;28/02/2021;1961;;;Interview, 3 May;\r\n\
    Mahin Parvanesh;مهین پروانش;Open Quay;treasurer;14/06/2022;;02/08/1974;;39;the ministry's list;\r\n\
    Reza Golbargan;رضا گلبرگان;Ports Authority;engineer;4/6/2022;;1402/03/24;;41;;#REF!\r\n\
    Reza Golbargan;;Ports Authority;deputy;2020;;1970;;;;\r\n\
    ;;Ports Authority;pilot;;;;;;;\r\n\
    ;;;;;;;;;;\r\n\
    سارا;;\"Open\r\nQuay\";;45091;;;Sara; ;Interview, 3 May;'=see the log\r\n";

fn staff() -> Choices {
    let maps = [
        ("full NAME", "name"),
        ("Persian name", "names.fa"),
        ("Party", "roles.of"),
        ("Position", "roles.role"),
        ("Since", "roles.from"),
        ("Until", "roles.to"),
        ("Also known as", "names.aka"),
        ("Source", "cite"),
        ("Notes", "note"),
    ];
    choices(Some(Kind::Person), &maps)
}

#[test]
fn a_spreadsheet_becomes_records_and_says_what_does_not() {
    let imported = imported(&files(&[("staff.csv", STAFF)]), &Sources::default(), &staff());
    snapshot("csv_staff", &shown(&imported));
}

/// Several tables of a newsroom, which name each other's records.
#[test]
fn tables_of_a_folder_find_the_records_of_each_other() {
    let tables = files(&[
        (
            "desk/groups.csv",
            "Name,Short,Type,Part of,Country,Founded\nNorland,,State,,xn,\nHarbour Ministry of Norland,HMN,state body,Norland,XN,2001\n\
             Quay Watch,,armed choir,Nobody; HMN,,12/31/1999\n",
        ),
        (
            "desk/people.csv",
            "key,Name,Last name,First name,Party,ids.wikidata\nP001,Dr Ada Berg,Berg,Ada,HMN,Q1\n—,,Vik,Jon,Quay Watch,\n",
        ),
        (
            "desk/meetings.csv",
            "Title,Date,Mode,Place,Participants,Status,Source\nBoard meeting,2023-05-02,in person,Ilvane,Ada Berg; jon vik; Nobody,confirmed,Harbour news\n\
             Board meeting,2023-06-02,phone call,Ilvane,HMN,reported,harbour-news p. 2\n,[..2023-07],visit,Lock Seven,P001,,'a letter; undated'\n",
        ),
        (
            "desk/places.csv",
            "Name\tIn\tLat\tLon\nIlvane\tNorland coast\t59,91\t10.75\nLock Seven\tIlvane\tnorth\t\n",
        ),
        (
            "desk/relations.csv",
            "From;To;Type;Since\nHMN;Quay Watch;funds;2020\nAda Berg;Ada Berg;admires;\nSomebody;Quay Watch;owns;\n",
        ),
        (
            "desk/sources.csv",
            "Key,Title,URL,By,Author\nharbour-news,Harbour news,https://news.example/1,Quay Watch,\"Vik, Jon; Ada Berg\"\n",
        ),
        ("desk/budget.csv", "a,b\n1,2\n"),
    ]);
    let maps = [("First name", "name"), ("Last name", "name"), ("Party", "roles.of"), ("Source", "cite")];
    let choices = Choices { dates: Some(Order::MonthFirst), ..choices(None, &maps) };
    let imported = imported(&tables, &Sources::default(), &choices);
    snapshot("csv_folder", &shown(&imported));
}

/// The tables of a dossier, by the names of their files.
fn exported(sources: &Sources) -> Sources {
    let site = build(sources);
    let paths = site.value.output.iter().map(|(path, _)| path.to_owned());
    let tables: Vec<String> = paths
        .filter(|path| path.starts_with("data/") && path.ends_with(".csv") && path != "data/not-carried.csv")
        .collect();
    let mut files = Sources::default();
    for path in tables {
        files.insert(path.replace("data/", "export/"), string(&site, &path).into_bytes());
    }
    files
}

fn dossier_of(sources: &Sources) -> std::sync::Arc<dossier::link::Linked> {
    let examined = dossier::examine(sources, Options::default(), &mut Default::default(), &|_, _, _| {});
    examined.unwrap_or_else(|problem| panic!("{}", problem.message)).linked
}

/// The fields of all records, by kind and key.
fn fields(dossier: &Dossier) -> BTreeMap<(Kind, String), plain::Fields> {
    let all = dossier.all().filter(|id| id.kind != Kind::Article);
    all.map(|id| ((id.kind, dossier.key(id).to_owned()), plain::record(dossier, id))).collect()
}

#[test]
fn the_tables_of_a_dossier_become_that_dossier_again_as_far_as_they_hold_it() {
    let own = harbour();
    let tables = exported(&own);
    let imported = imported(&tables, &Sources::default(), &Choices::default());
    let (before, after) = (dossier_of(&own), dossier_of(&imported.merged.sources));
    let (before, after) = (fields(&before.dossier), fields(&after.dossier));
    let mut counts: BTreeMap<(Kind, String), usize> = BTreeMap::new();
    let records: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for record in records {
        let (Some(one), Some(other)) = (before.get(record), after.get(record)) else {
            let which = if before.contains_key(record) { "record is gone" } else { "record is new" };
            *counts.entry((record.0, which.to_owned())).or_default() += 1;
            continue;
        };
        let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        for name in names.into_iter().filter(|name| one.get(*name) != other.get(*name)) {
            let which = match (one.contains_key(name), other.contains_key(name)) {
                (true, false) => format!("{name} is gone"),
                (false, true) => format!("{name} is new"),
                _ => format!("{name} differs"),
            };
            *counts.entry((record.0, which)).or_default() += 1;
        }
    }
    let mut shown = String::new();
    for ((kind, which), count) in counts {
        let all = before.keys().filter(|(known, _)| *known == kind).count();
        shown.push_str(&format!("{} of {all} {}: {which}\n", count, kind.plural()));
    }
    for loss in &imported.taken.lost {
        shown.push_str(&format!("{} | {} | {} | {}\n", loss.record, loss.field, loss.value, loss.why));
    }
    snapshot("csv_harbour", &shown);
    let again = self::imported(&tables, &imported.merged.sources, &Choices::default());
    says_the_same(&again);
}

#[test]
fn what_was_imported_stays_as_it_was_edited() {
    let table = files(&[("staff.csv", STAFF)]);
    let first = imported(&table, &Sources::default(), &staff());
    let again = imported(&table, &first.merged.sources, &staff());
    says_the_same(&again);

    let people = string_of(&first, "content/people.toml");
    let edited = people
        .replace("name = \"Ada Berg\"\n", "name = \"Ada Berg-Vik\" # since the wedding\n")
        .replace("born = \"1961\"", "# The register has another year.\nborn = \"1962\"")
        .replace("cite = \"staff-csv\"", "cite = \"herald-example ¶2\"");
    let groups = string_of(&first, "content/groups.toml")
        .replace("name = \"Open Quay\"", "name = \"Open Quay Movement\"");
    let groups = groups.replacen("type = \"other\"", "type = \"party\"", 1);
    let mut own = first.merged.sources.clone();
    own.insert("content/people.toml", edited.clone().into_bytes());
    own.insert("content/groups.toml", groups.clone().into_bytes());

    let kept = imported(&table, &own, &staff());
    assert_eq!(kept.merged.changed, Vec::<String>::new());
    assert_eq!(kept.merged.added, Vec::new());
    let fields: Vec<String> =
        kept.merged.kept.iter().map(|loss| format!("{}.{}", loss.record, loss.field)).collect();
    assert_eq!(fields, ["people/ada-berg.name", "people/ada-berg.born"]);

    let forced = imported(&table, &own, &Choices { force: true, ..staff() });
    let people = string_of(&forced, "content/people.toml");
    assert!(people.contains("name = \"Ada Berg\" # since the wedding\n"), "{people}");
    assert!(people.contains("# The register has another year.\nborn = \"1961\"\n"), "{people}");
    // What no cell says is not taken back.
    assert!(people.contains("cite = \"herald-example ¶2\""), "{people}");
    assert_eq!(string_of(&forced, "content/groups.toml"), groups);
}

fn string_of(imported: &Imported, path: &str) -> String {
    imported.merged.sources.get(path).unwrap().text().unwrap().to_owned()
}

#[test]
fn what_cannot_be_read_is_told_with_what_to_do() {
    let none = Choices::default();
    let people = |maps: &[(&str, &str)]| choices(Some(Kind::Person), maps);
    let mut latin = Sources::default();
    latin.insert("people.csv", b"name\nAda\nJ\xF8rn\n".to_vec());
    let mut wide = Sources::default();
    wide.insert("people.csv", b"\xFF\xFEn\0a\0m\0e\0".to_vec());
    let mut book = Sources::default();
    book.insert("people.csv", b"PK\x03\x04\x14\0".to_vec());
    let cases = [
        (
            "no column of names",
            refused(&files(&[("people.csv", "ID,Last name,First name,Party\n1,Berg,Ada,Quay\n")]), &none),
        ),
        (
            "no ends of relations",
            refused(&files(&[("relations.csv", "Owner;Owned;Type\nA;B;owns\n")]), &none),
        ),
        (
            "lines above the header",
            refused(
                &files(&[("people.csv", "Members 2023,,\n\nFull name,Party,Born\nAda,Quay,1961\n")]),
                &none,
            ),
        ),
        (
            "a column that is not there",
            refused(
                &files(&[("people.csv", "Name,Party\nAda,Quay\n")]),
                &people(&[("Partei", "roles.of"), ("Rank", "note")]),
            ),
        ),
        (
            "a field that is not there",
            refused(&files(&[("people.csv", "Name,Party\nAda,Quay\n")]), &people(&[("Party", "role.of")])),
        ),
        ("a kind that is not said", refused(&files(&[("my list of people.csv", "Name\nAda\n")]), &none)),
        ("latin-1", refused(&latin, &none)),
        ("utf-16", refused(&wide, &none)),
        ("a workbook", refused(&book, &none)),
        (
            "quotes",
            refused(
                &files(&[("people.csv", "name,note\nAda,\"she said \"no\" twice\"\nJon,\"open\nSara,x\n")]),
                &none,
            ),
        ),
        ("cells", refused(&files(&[("people.csv", "name;note\nAda;a;b\nJon\nSara;;;\n")]), &none)),
        ("empty", refused(&files(&[("people.csv", "\u{FEFF}\n;;\n")]), &none)),
        ("a header alone", refused(&files(&[("people.csv", "name,born\n")]), &none)),
    ];
    let shown: Vec<String> = cases.iter().map(|(case, report)| format!("## {case}\n{report}")).collect();
    snapshot("csv_refused", &shown.join("\n"));
}

/// Who is there already is known by the name, whatever its capitals; who has a namesake is not.
/// A table cannot hold back a record, so it is not imported as if it did not say so.
#[test]
fn rows_that_are_held_back_are_not_imported() {
    for column in ["withhold", "Withheld"] {
        let table = format!("key,name,born,{column}\nada,Ada Berg,1961,\nwww,Wanda Sealed,1963,true\n");
        let said = refused(&crate::support::sources(&[("people.csv", &table)]), &Choices::default());
        assert!(
            said.contains("holds back 1 of the rows, line 3 first") && said.contains("withhold = true"),
            "{said}"
        );
        let table = table.replace(",true", ",no");
        imported(
            &crate::support::sources(&[("people.csv", &table)]),
            &Sources::default(),
            &Choices::default(),
        );
    }
}

#[test]
fn records_of_the_dossier_are_known_by_their_names() {
    let table = files(&[(
        "people.csv",
        "Name,Role,roles.of\nLASHA OKRUDZE,director,ACO\nReza Golbargan,deputy head,PAV\nNew Face,clerk,Bureau of pilots\n",
    )]);
    let imported = imported(&table, &harbour(), &choices(None, &[("Role", "roles.role")]));
    assert_eq!(
        imported.merged.added,
        [(Kind::Person, "new-face".to_owned()), (Kind::Source, "people-csv".to_owned())]
    );
    let told: Vec<String> =
        imported.taken.lost.iter().map(|loss| format!("{}: {}", loss.value, loss.why)).collect();
    assert_eq!(
        told,
        ["Reza Golbargan: several records are called so: add a column `key` that says which one is meant"]
    );
    // The dossier knows since when, and the table says nothing else.
    let kept: Vec<String> =
        imported.merged.kept.iter().map(|loss| format!("{}.{}", loss.record, loss.field)).collect();
    assert_eq!(kept, Vec::<String>::new());
    let people = string_of(&imported, "content/people.toml");
    assert!(people.contains("roles = [{ role = \"clerk\", of = \"ports-authority\" }]"), "{people}");
}

/// What was not carried, a line each.
fn told(imported: &Imported) -> Vec<String> {
    let all = imported.taken.lost.iter();
    all.map(|loss| format!("{} | {} | {} | {}", loss.record, loss.field, loss.value, loss.why)).collect()
}

/// Without a key, rows of one name are of one record only as far as they can be.
#[test]
fn two_of_one_name_do_not_become_one() {
    let two = "if they are two, give each a key in a column `key`";
    for (table, kept, lost) in [
        (
            "name,born,roles.role,roles.of\nAna Vale,1950,chair,G1\nAna Vale,1980,thief,G2\nana vale,1950-03-01,clerk,G3\n",
            "[ana-vale]\nname = \"Ana Vale\"\nborn = \"1950\"\nroles = [\n  { role = \"chair\", of = \"g1\" },\n  { role = \"clerk\", of = \"g3\" },\n]\n",
            ("Ana Vale; 1980; thief; G2", "born"),
        ),
        (
            "name,died,summary\nAna Vale,4/6/1980,A chair.\nAna Vale,5/6/1980,A thief.\nAna Vale,4/6/1980,\n",
            "[ana-vale]\nname = \"Ana Vale\"\nsummary = \"A chair.\"\n",
            ("Ana Vale; 5/6/1980; A thief.", "died"),
        ),
        (
            "key,name,ids.wikidata,names.aka\nav,Ana Vale,Q1,\n,Ana Vale,Q2,The thief\n",
            "[av]\nname = \"Ana Vale\"\nids = { wikidata = \"Q1\" }\n",
            ("Ana Vale; Q2; The thief", "ids.wikidata"),
        ),
    ] {
        let imported = imported(&files(&[("people.csv", table)]), &Sources::default(), &Choices::default());
        let people = string_of(&imported, "content/people.toml");
        assert_eq!(people, format!("{kept}cite = \"people-csv\"\n"));
        let line = format!("| row | {} | another row of that name says another `{}`: {two}", lost.0, lost.1);
        let lines = told(&imported);
        assert_eq!(lines.iter().filter(|told| told.ends_with(&line)).count(), 1, "{lines:#?}");
    }
}

#[test]
fn places_and_groups_of_one_name_are_told_apart_and_nobody_guesses_which_is_meant() {
    let tables = files(&[
        (
            "places.csv",
            "name,in,lat,lon\nNewport,Norland,59.9,1\nNewport,Norland,\"59,9\",1\nNewport,Sudland,12,1\n",
        ),
        ("groups.csv", "name,type,note\nQuay,State body,\nQuay,state-body,one\nQuay,party,two\n"),
        ("events.csv", "title,date,place\nA fire,2020,Newport\n"),
    ]);
    let imported = imported(&tables, &Sources::default(), &Choices::default());
    let told = told(&imported);
    assert_eq!(
        told,
        [
            "groups.csv line 4 | row | Quay; party; two | another row of that name says another `type`: if they are two, give each a key in a column `key`",
            "places.csv line 4 | row | Newport; Sudland; 12; 1 | another row of that name says another `in`: if they are two, give each a key in a column `key`",
            "events/a-fire, events.csv line 2 | place | Newport | several records are called so: write the key of the one that is meant",
        ]
    );
    assert!(string_of(&imported, "content/groups.toml").contains("note = \"one\""));
}

#[test]
fn a_column_that_is_there_twice_is_told() {
    let again = "a column before it holds the same field, and that one is taken";
    let of = |table: &str, maps: &[(&str, &str)]| {
        let choices = choices(Some(Kind::Person), maps);
        let imported = imported(&files(&[("people.csv", table)]), &Sources::default(), &choices);
        (string_of(&imported, "content/people.toml"), told(&imported))
    };
    let (people, lost) = of("name,name,born,Born\nA,B,1950,1951\nC,,1960,1960\n", &[]);
    assert!(people.contains("name = \"A\"\nborn = \"1950\"") && !people.contains('B'), "{people}");
    assert_eq!(
        lost,
        [
            format!("people.csv | name | 1 cell, the first is `B` | {again}"),
            format!("people.csv | Born | 2 cells, the first is `1951` | {again}"),
        ]
    );
    let (people, lost) = of("name,name,tags,Tags\nA,B,x,y\n", &[("name", "name")]);
    assert!(people.contains("name = \"A B\"") && people.contains("tags = [\"x\", \"y\"]"), "{people}");
    assert_eq!(lost, Vec::<String>::new());
    let maps = [("Birth", "born"), ("Year", "born"), ("Role", "roles.role"), ("Post", "roles.role")];
    let (people, lost) =
        of("name,Birth,Year,Role,Post,roles.of\nA,1950,1951,chair,head,G\nB,,1952,,clerk,G\n", &maps);
    assert!(people.contains("born = \"1952\"\nroles = [{ role = \"clerk\""), "{people}");
    let why = "a column before it says something else, which stays";
    assert_eq!(
        lost,
        [
            format!("people/a, people.csv line 2 | born | 1951, not 1950 | {why}"),
            format!("people/a, people.csv line 2 | roles.role | head | {why}"),
        ]
    );
}

#[test]
fn what_a_cell_has_too_little_or_too_much_of_is_told_once() {
    let table = "key,name,links.title,links.url\n../evil,Ana Vale,foo,\nP001,Bo Holt,,https://holt.example/\nP 2,Cai Moe,,\n../evil,,bar,https://vale.example/\n";
    let imported = imported(&files(&[("people.csv", table)]), &Sources::default(), &Choices::default());
    let key = "no key: letters a-z, digits and single hyphens; it became";
    assert_eq!(
        told(&imported),
        [
            format!("people.csv line 2 | key | ../evil | {key} `evil`"),
            format!("people.csv line 4 | key | P 2 | {key} `p-2`"),
            "people/evil, people.csv line 2 | links.title | foo | a link without an address".to_owned(),
        ]
    );
}

/// A table that a stranger made with words as they are in a dossier of another language.
#[test]
fn words_of_the_interface_are_known_in_the_language_of_the_dossier() {
    let mut own = Sources::default();
    own.insert("site.toml", "title = \"Kai\"\nlanguage = \"de\"\n".as_bytes());
    let table = files(&[("groups.csv", "name;type\nNordland;Staat\nKaiwacht;armed group\n")]);
    let imported = imported(&table, &own, &Choices::default());
    let groups = string_of(&imported, "content/groups.toml");
    assert!(groups.contains("type = \"state\"") && groups.contains("type = \"armed-group\""), "{groups}");
}

fn any_table() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("name"),
        Just("key"),
        Just("title"),
        Just("date"),
        Just("roles.of"),
        Just("participants"),
        Just("cite"),
        Just(","),
        Just(";"),
        Just("\n"),
        Just("\r"),
        Just("\t"),
        Just("\""),
        Just("'"),
        Just("é"),
        Just("آ"),
        Just("1/2/2023"),
        Just("citing"),
        Just("a"),
        Just("=1"),
        Just("\u{FEFF}"),
        Just("sep="),
        Just("#REF!"),
        Just("/"),
    ];
    let pieces = proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![pieces, proptest::collection::vec(any::<u8>(), 0..60)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_fail(bytes in any_table(), head in 0..4usize, kind in 0..9usize) {
        let heads = ["", "name,born,roles.of,cite\n", "key;title;date;place;participants\n", "from\tto\ttype\n"];
        let mut files = Sources::default();
        files.insert("table.csv", [heads[head].as_bytes(), &bytes].concat());
        let choices = Choices { kind: Some(Kind::RECORDS[kind]), ..Choices::default() };
        if let Err(NotImported::Dossier(sources, found)) = import(&files, &Sources::default(), &choices) {
            panic!("{}", report(&sources, &found));
        }
        for name in ["roles.csv", "participants.csv", "names.csv", "citations.csv"] {
            let mut files = Sources::default();
            files.insert(name, bytes.clone());
            let _ = import(&files, &Sources::default(), &Choices::default());
        }
    }
}
