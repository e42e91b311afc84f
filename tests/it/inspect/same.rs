//! A list finds what the directive of the same query shows, in the same order.

use std::collections::BTreeMap;

use dossier::Options;
use dossier::inspect::list::list;
use dossier::inspect::name;
use dossier::inspect::query::{check, read};
use dossier::model::Kind;
use dossier::model::query::terms_of;
use dossier::source::Texts;

use super::opened;
use crate::harbour::harbour;
use crate::support::{build, string, text};

/// What may stand behind each term, in the invented dossier. None of it fails, and most of it finds something.
const VALUES: [(&str, &[&str]); 9] = [
    (
        "with",
        &[
            "orvald-holding",
            "anserra veshgar",
            "lasha-okrudze",
            "mahin-parvanesh ports-authority",
            "isthmus-centre",
        ],
    ),
    (
        "between",
        &[
            "anserra veshgar",
            "orvald-holding canal-office",
            "orvald-holding ports-authority",
            "lasha-okrudze nelka-dvoran",
        ],
    ),
    ("during", &["2022", "2022-10", "2023-01/2023-06", "2022~", "[..2022]", "2021/..", "2022-10-04", "1911"]),
    ("status", &["reported", "denied retracted", "confirmed disputed", "inferred"]),
    ("place", &["ilvane", "isthmus", "customs-quay"]),
    ("mode", &["in-person", "phone", "video", "visit"]),
    ("type", &["signing", "state", "company", "owns", "funds", "book", "report", "document"]),
    ("of", &["anserra", "orvald-holding", "veshgar"]),
    ("tag", &["tender", "strike", "nothing"]),
];

/// The directive and the kind that each asks for.
const DIRECTIVES: [(&str, Option<Kind>); 8] = [
    ("timeline", None),
    ("meetings", Some(Kind::Meeting)),
    ("events", Some(Kind::Event)),
    ("people", Some(Kind::Person)),
    ("groups", Some(Kind::Group)),
    ("places", Some(Kind::Place)),
    ("relations", Some(Kind::Relation)),
    ("sources", Some(Kind::Source)),
];

/// The terms of queries for a kind: none, each with each of its values, and pairs and threes of them.
fn generated(kind: Option<Kind>) -> Vec<String> {
    let known = terms_of(kind);
    let values =
        |term: &str| VALUES.iter().find(|(name, _)| *name == term).map_or(&[][..], |(_, values)| values);
    // A source is made by people and groups, and the members of a group are asked for by groups.
    let one = |term: &str, value: &str| format!("{term}=\"{value}\"");
    let mut queries = vec![String::new()];
    for term in &known {
        queries.extend(values(term).iter().map(|value| one(term, value)));
    }
    // Each pair of terms with one value of each, and each three, all of them different from one to the next.
    let mut turn = 0;
    let mut next = |term: &str| {
        turn += 7;
        let values = values(term);
        one(term, values[turn % values.len()])
    };
    for (at, a) in known.iter().enumerate() {
        for (beside, b) in known.iter().enumerate().skip(at + 1) {
            for _ in 0..3 {
                queries.push(format!("{} {}", next(a), next(b)));
            }
            for c in known.iter().skip(beside + 1) {
                queries.push(format!("{} {} {}", next(c), next(a), next(b)));
            }
        }
    }
    queries
}

/// The addresses of links that follow a piece of HTML.
fn addresses<'h>(html: &'h str, before: &str) -> Vec<&'h str> {
    let found = html.match_indices(before).map(|(at, _)| &html[at + before.len()..]);
    found.filter_map(|rest| rest.split('"').next()).collect()
}

/// What a directive shows: the records, and of relations their ends.
fn on_page(kind: Option<Kind>, html: &str) -> Vec<String> {
    let bare = |href: &str| href.trim_end_matches(".html").to_owned();
    match kind {
        None | Some(Kind::Meeting | Kind::Event) => {
            addresses(html, "<p class=\"row-title\"><a href=\"").into_iter().map(bare).collect()
        }
        Some(Kind::Relation) => {
            let lines = html.lines().filter(|line| line.contains("<p class=\"relation\">"));
            lines
                .map(|line| addresses(line, "<a href=\"").into_iter().map(bare).collect::<Vec<_>>().join(" "))
                .collect()
        }
        Some(kind) => {
            let links = addresses(html, "<a href=\"").into_iter().map(bare);
            links.filter(|link| link.starts_with(&format!("{}/", kind.plural()))).collect()
        }
    }
}

#[test]
fn a_list_finds_what_the_directive_of_the_same_query_shows() {
    let mut files = harbour();
    let mut asked: BTreeMap<String, (Option<Kind>, Vec<String>)> = BTreeMap::new();
    for (directive, kind) in DIRECTIVES {
        let queries = generated(kind);
        let parts =
            queries.iter().zip(0..).map(|(query, n)| format!("## q{n}\n\n::{directive}{{{query}}}\n"));
        let article = format!("# Asked\n\n{}\n## end\n", parts.collect::<Vec<_>>().join("\n"));
        files.insert(format!("content/asked-{directive}.md"), article.as_bytes());
        asked.insert(format!("asked-{directive}.html"), (kind, queries));
    }
    let site = build(&files);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&files, &site));

    let prepared = opened(&files, Options::default());
    let words = prepared.words();
    let dossier = &words.linked.dossier;
    let (mut queries, mut found, mut possible) = (0, 0, 0);
    for (page, (kind, terms)) in &asked {
        let html = string(&site, page);
        for (terms, n) in terms.iter().zip(0..) {
            let (_, rest) = html.split_once(&format!("<h2 id=\"q{n}\">")).unwrap();
            let shown = on_page(*kind, rest.split("<h2 id=\"").next().unwrap());
            let query = format!("{} {terms}", kind.map_or("", Kind::plural));
            let query = query.trim();
            let mut with_query = files.clone();
            let file = with_query.insert("command line", query.as_bytes());
            let query = if query.is_empty() {
                dossier::model::query::Query {
                    kind: None,
                    terms: Vec::new(),
                    text: String::new(),
                    span: dossier::source::Span::new(file, 0..0),
                }
            } else {
                read(query, file).unwrap()
            };
            assert_eq!(check(dossier, &query), Vec::new(), "{query:?}");
            let list = list(&words, &Texts::new(&files), &query);
            let ends = |row: &dossier::inspect::list::Row| {
                let column =
                    |wanted: &str| list.columns.iter().position(|column| column.name == wanted).unwrap();
                ["from_key", "to_key"].map(|end| row.cells[column(end)].text("")).join(" ")
            };
            let keys: Vec<String> = match kind {
                Some(Kind::Relation) => list.rows.iter().map(ends).collect(),
                _ => list.rows.iter().map(|row| name(dossier, row.id)).collect(),
            };
            assert_eq!(keys, shown, "{page}: {terms}");
            queries += 1;
            found += keys.len();
            possible += list.possible();
        }
    }
    println!("{queries} queries, {found} records, {possible} of them possible");
    assert!(queries > 300 && found > 1000 && possible > 50);
}
