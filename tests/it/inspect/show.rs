//! What `dossier show` says of a record, and what refers to it.

use std::collections::BTreeSet;

use dossier::Options;
use dossier::inspect::layout::table;
use dossier::inspect::links::WAYS;
use dossier::inspect::list::list;
use dossier::inspect::query::{kinds, read};
use dossier::inspect::show::{Found, find, show};
use dossier::inspect::stats::stats;
use dossier::inspect::{hidden, name};
use dossier::source::Texts;
use serde_json::Value;

use super::{opened, said, snapshot};
use crate::cli::Folder;
use crate::harbour::harbour;
use crate::support::repository;

/// A record of each kind in words, and one as JSON.
#[test]
fn records_are_as_they_were() {
    let mut shown = String::new();
    for key in [
        "people/lasha-okrudze",
        "orvald-holding",
        "tender-call",
        "events/concession-signed",
        "centre-report",
        "ilvane",
        "centre-funding",
        "day-of-the-walk",
        "explainers/who-is-who",
        "articles/about",
    ] {
        shown.push_str(&said(&["show", key]));
        shown.push('\n');
    }
    shown.push_str(&said(&["show", "centre-funding", "--format", "json"]));
    snapshot("records", &shown);
}

/// A former key leads to the record; what is no key is met with what may be meant.
#[test]
fn what_is_not_found_is_met_with_what_may_be_meant() {
    let mut shown = String::new();
    for key in [
        "lasha",
        "Lasha Okrudze",
        "L. Okroudze",
        "nelka",
        "people/orvald-holding",
        "tender-cal",
        "qqq",
        "",
        "people/",
    ] {
        shown.push_str(&said(&["show", key]));
    }
    let folder = Folder::with(&[
        ("content/people.toml", "[port]\nname = \"Port\"\nmoved_from = [\"old-port\"]\n"),
        ("content/places.toml", "[port]\nname = \"Port\"\n"),
    ]);
    for key in ["port", "people/port", "places/port", "old-port"] {
        let ran = folder.run(&["show", key]);
        shown.push_str(&format!("$ dossier show {key}\n{}{}= {}\n", ran.out(), ran.err(), ran.code()));
    }
    snapshot("unknown", &shown);
}

/// Every record and article of two dossiers is found by its full name, and shown with its place and address.
#[test]
fn every_record_can_be_shown() {
    let mut shown = 0;
    for files in [harbour(), repository()] {
        let prepared = opened(&files, Options::default());
        let words = prepared.words();
        let dossier = &words.linked.dossier;
        let texts = Texts::new(&files);
        for id in dossier.all() {
            assert_eq!(find(&words, &name(dossier, id)), Found::One(id));
            let record = show(&prepared, &words, &texts, id);
            let file = files.get(&record.file).unwrap_or_else(|| panic!("{record:?}"));
            assert!(record.line > 0 && record.line <= file.readable().lines().count().max(1));
            assert!(!record.title.is_empty());
            for width in [None, Some(80)] {
                let text = record.text(width);
                assert!(text.starts_with(&record.record) && text.contains(&record.address), "{text}");
                assert!(!text.contains("\n\n\n") && !text.contains(" \n"), "{text:?}");
            }
            shown += 1;
        }
    }
    println!("{shown} records");
    assert!(shown > 100);
}

/// Each place that is named as a reference holds the key there, and whatever refers to a record by what the graph says is
/// among them.
#[test]
fn each_reference_is_at_its_place_and_none_is_missing() {
    let mut places = 0;
    let mut ways = BTreeSet::new();
    for files in [harbour(), repository()] {
        let prepared = opened(&files, Options::default());
        let words = prepared.words();
        let dossier = &words.linked.dossier;
        let texts = Texts::new(&files);
        for id in dossier.all() {
            let shown = show(&prepared, &words, &texts, id);
            let by: BTreeSet<&str> = shown.links.iter().filter_map(|link| link.record.as_deref()).collect();
            for incoming in words.linked.incoming(id) {
                assert!(
                    by.contains(name(dossier, incoming).as_str()),
                    "{} of {}",
                    name(dossier, incoming),
                    shown.record
                );
            }
            let key = dossier.key(id).rsplit('/').next().unwrap();
            for link in &shown.links {
                let file = files.get(&link.file).unwrap().readable().into_owned();
                // A citation or query may be on several lines.
                let lines: Vec<&str> = file.lines().skip(link.line - 1).take(4).collect();
                assert!(
                    lines.iter().any(|line| line.contains(key)),
                    "{} in {link:?}: {lines:?}",
                    shown.record
                );
                assert!(WAYS.contains(&link.way));
                ways.insert(link.way);
                places += 1;
            }
        }
    }
    println!("{places} places in {} ways", ways.len());
    assert!(places > 500 && ways.len() >= 14, "{ways:?}");
}

/// Each way in which a record can be referred to is told as what it is.
#[test]
fn references_are_told_apart() {
    let folder = Folder::with(&[
        ("site.toml", "title = \"T\"\n[[sides]]\ntitle = \"S\"\ngroups = [\"g\"]\n"),
        (
            "content/groups.toml",
            "[g]\nname = \"G\"\ntype = \"party\"\n[part]\nname = \"P\"\ntype = \"other\"\npart_of = \"g\"\n",
        ),
        (
            "content/people.toml",
            "[a]\nname = \"A\"\nroles = [{ role = \"clerk\", of = \"g\", place = \"p\" }]\n[b]\nname = \"B\"\n",
        ),
        ("content/places.toml", "[p]\nname = \"P\"\n[q]\nname = \"Q\"\nin = \"p\"\n"),
        (
            "content/meetings.toml",
            "[m]\ndate = \"\"\nplace = \"p\"\nparticipants = [{ who = \"a\", for = \"g\", from_place = \"p\", stands_in_for = \"b\" }, \"g\"]\nconfirmed_by = [{ who = \"g\" }]\ncite = \"s\"\n[n]\ndate = \"\"\nparticipants = [\"a\"]\nmaybe_same = \"m\"\n",
        ),
        ("content/relations.toml", "[r]\nfrom = \"a\"\nto = \"g\"\ntype = \"advises\"\ncite = \"s\"\n"),
        ("content/sources.toml", "[s]\ntitle = \"S\"\nby = \"groups/g\"\ntype = \"report\"\n"),
        (
            "content/corrections.toml",
            "[c]\ndate = \"2024-01-01\"\non = \"groups/g.name\"\nwas = \"H\"\nwhy = \"so\"\n",
        ),
        (
            "content/x.md",
            "# X\n\nSee [[g]] and [one](people/b.md), who met :count[once]{meetings with=g} [@s ¶3].\n\n::meetings{place=p}\n",
        ),
    ]);
    let ways = |key: &str| {
        let ran = folder.run(&["show", key, "--format", "json"]);
        let json: Value =
            serde_json::from_str(&ran.out()).unwrap_or_else(|error| panic!("{error}: {}", ran.err()));
        let links = json["links"].as_array().unwrap().clone();
        let word = |link: &Value, field: &str| link[field].as_str().unwrap_or("-").to_owned();
        links
            .iter()
            .map(|link| format!("{} {}:{}", word(link, "as"), word(link, "record"), link["line"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ways("groups/g"),
        [
            "participant meetings/m:4",
            "participant for it meetings/m:4",
            "role in it people/a:3",
            "part of it groups/part:7",
            "end of a relation relations/r:3",
            "position of it meetings/m:5",
            "source by it sources/s:3",
            "correction of it corrections/c:3",
            "text x:3",
            "query x:3",
            "side -:4",
        ]
    );
    assert_eq!(
        ways("places/p"),
        [
            "participant from there meetings/m:4",
            "place of meetings/m:3",
            "role there people/a:3",
            "lies in it places/q:5",
            "query x:5"
        ]
    );
    assert_eq!(ways("people/b"), ["participant in whose place another came meetings/m:4", "text x:3"]);
    assert_eq!(ways("meetings/m"), ["maybe the same as meetings/n:10"]);
    assert_eq!(ways("sources/s"), ["citation x:3", "citation meetings/m:6", "citation relations/r:5"]);
}

/// Nothing of what is withheld is in any list, record or figure, unless it is asked for.
#[test]
fn nothing_withheld_is_shown_unless_asked_for() {
    let files = harbour();
    let kept = opened(&files, Options { withheld: true, drafts: true, as_of: None });
    let own = kept.words();
    let of_kept = &own.linked.dossier;
    let secret: Vec<String> = of_kept
        .all()
        .filter(|id| hidden(of_kept, *id) == Some(dossier::model::dossier::Hidden::Withheld))
        .map(|id| own.title(id))
        .collect();
    assert!(secret.len() >= 3, "{secret:?}");
    let mut texts = 0;
    let published = opened(&files, Options::default());
    for id in published.linked.dossier.all() {
        let name = name(&published.linked.dossier, id);
        let shown = show(&published, &published.words(), &Texts::new(&files), id);
        let json = serde_json::to_string(&shown).unwrap();
        for word in &secret {
            assert!(!shown.text(None).contains(word) && !json.contains(word), "{word} in {name}");
        }
        texts += 2;
    }
    let words = published.words();
    let mut all = vec![stats(&words).text(None), stats(&words).json().to_string()];
    for kind in kinds() {
        let mut with_query = files.clone();
        let query = read(kind.plural(), with_query.insert("command line", kind.plural().as_bytes())).unwrap();
        let list = list(&words, &Texts::new(&files), &query);
        all.extend([table(&list, None), list.json().to_string(), String::from_utf8(list.csv()).unwrap()]);
    }
    for text in &all {
        assert!(!text.is_empty());
        for word in &secret {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    texts += all.len();
    println!("{texts} texts without {} names", secret.len());
}
