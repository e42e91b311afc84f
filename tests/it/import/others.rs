//! Files as other programs write them.

use std::fmt::Write;

use dossier::import::Choices;
use dossier::source::Sources;

use super::{files, imported, refused, says_the_same, shown};

/// A file that is imported once, shown, and a second time, which changes nothing.
fn twice(format: &str, name: &str, text: &str) -> String {
    let input = files(&[(name, text)]);
    let first = imported(format, &input, &Sources::default(), &Choices::default());
    let again = imported(format, &input, &first.merged.sources, &Choices::default());
    says_the_same(&again);
    let anew = imported(format, &input, &Sources::default(), &Choices::default());
    assert_eq!(shown(&first), shown(&anew), "two imports of one file differ");
    shown(&first)
}

pub const TIMELINE: &str = r#"{
  "title": { "text": { "headline": "The <em>bridge</em>", "text": "<p>Who built it.</p>" } },
  "events": [
    { "unique_id": "opening", "start_date": { "year": "1963", "month": "5", "day": "7", "hour": "9" },
      "text": { "headline": "The bridge is opened", "text": "<p>By the <b>mayor</b> &amp; others, <a href=\"https://example.org/a\">it is said</a>.</p>" },
      "group": "Bridge", "media": { "url": "https://example.org/bridge.jpg", "credit": "N. N." }, "autolink": true },
    { "start_date": { "year": 1971 }, "end_date": { "year": 1973, "month": 2 }, "display_date": "early seventies",
      "text": { "headline": "Repairs :count[two]{meetings}", "text": "<p>One.</p><ul><li>[[two]]</li></ul>" } },
    { "start_date": { "year": 1980, "month": 13 }, "text": { "headline": "A month too many" } },
    { "start_date": { "year": 1990 }, "text": { "text": "nothing" } },
    { "start_date": { "year": -44, "month": 3, "day": 15 }, "text": { "headline": "Long before", "text": "[@nobody ¶1]" } }
  ],
  "eras": [{ "start_date": { "year": 1960 }, "text": { "headline": "Sixties" } }]
}"#;

#[test]
fn a_timeline_becomes_events() {
    insta::assert_snapshot!(twice("timelinejs", "bridge.json", TIMELINE));
}

pub const BIBLIOGRAPHY: &str = r#"@string{press = "Harbour Press"}
@book{Berg:1999, title = {The {Old} Harbour}, author = {Berg, Ada and others}, publisher = press, year = 1999,
  keywords = {harbours, history}, abstract = {Long.}, isbn = {978-0-00-000002-9}}
@inbook{part_2, title = {A part}, crossref = {Berg:1999}, pages = {3--9}}
@online{site, title = {Minutes}, url = {https://example.org/minutes}, urldate = {2021-13-40}, date = {2020-05}}
@article{site, title = {Twice}}
@misc{nothing, note = {no title}}
"#;

#[test]
fn a_bibliography_becomes_sources() {
    insta::assert_snapshot!(twice("bibtex", "harbour.bib", BIBLIOGRAPHY));
}

pub const POPOLO: &str = r#"{
  "persons": [
    { "id": "p1", "name": "Ada Berg", "given_name": "Ada", "family_name": "Berg", "gender": "female",
      "birth_date": "1961-00-00", "email": "ada@example.org", "image": "https://example.org/a.jpg",
      "other_names": [{ "lang": "fa", "name": "آدا برگ", "note": "multilingual" }, { "name": "Ada Holm", "end_date": "1990" },
        { "name": "The Bridge", "note": "in the press" }],
      "identifiers": [{ "scheme": "wikidata", "identifier": "Q0" }],
      "links": [{ "url": "https://www.example.org/ada", "note": "Own page" }, { "url": "https://example.net/b" }],
      "sources": [{ "url": "https://example.org/list", "note": "List of members" }],
      "biography": "First *paragraph*.\n\nSecond: [[not a link]]." },
    { "id": "p2", "name": "Ada Berg" },
    { "id": "p3", "name": "Bo Lind", "death_date": "soon" }
  ],
  "organizations": [
    { "id": "o1", "name": "Assembly", "classification": "legislature", "founding_date": "1849-06-05" },
    { "id": "o2", "name": "Harbour Party", "classification": "party", "parent_id": "o9" },
    { "id": "o3", "name": "Reading circle", "classification": "club" }
  ],
  "posts": [{ "id": "s1", "label": "Member for the Old Town", "organization_id": "o1", "area_id": "a2" },
    { "id": "s2", "start_date": "2001" }, { "id": "s3", "start_date": "2002" }, { "id": "s4", "start_date": "2003" },
    { "id": "s5", "start_date": "2004" }, { "id": "s6", "start_date": "2005" }],
  "areas": [
    { "id": "a1", "name": "Selvara", "geometry": { "type": "Point", "coordinates": [18.1, 59.3] } },
    { "id": "a2", "name": "Old Town", "parent_id": "a1", "classification": "ward" }
  ],
  "events": [{ "id": "t1", "name": "First term", "classification": "legislative period", "start_date": "2010-05", "end_date": "2014-04", "organization_id": "o1" }],
  "memberships": [
    { "person_id": "p1", "post_id": "s1", "on_behalf_of_id": "o2", "legislative_period_id": "t1" },
    { "person_id": "p2", "organization_id": "o2", "role": "treasurer", "start_date": "2011-02-01", "end_date": "2012" },
    { "person_id": "p7", "organization_id": "o1" },
    { "person_id": "p3", "organization_id": "o3", "contact_details": [{ "type": "voice", "value": "1" }] }
  ],
  "votes": [{}, {}]
}"#;

#[test]
fn popolo_becomes_people_with_roles() {
    insta::assert_snapshot!(twice("popolo", "assembly.json", POPOLO));
}

pub const ENTITIES: &str = r#"{"id": "NK-1", "schema": "Person", "caption": "Ada Berg", "datasets": ["xx_ministers"], "properties": {"name": ["Berg Ada", "Ada Berg"], "alias": ["Аda"], "weakAlias": ["Bridge"], "birthDate": ["1961", "1961-04"], "nationality": ["se"], "topics": ["role.pep"], "notes": ["See *there*."], "position": ["minister"]}}
{"id": "NK-2", "schema": "Company", "properties": {"name": ["Quay Holding"], "jurisdiction": ["gb", "se"], "incorporationDate": ["2001-02-03"], "website": ["https://quay.example/"], "ownershipOwner": [{"id": "NK-9", "schema": "Ownership", "properties": {"owner": ["NK-1"], "asset": ["NK-2"], "percentage": ["25"], "startDate": ["2010"]}}]}}
{"id": "NK-3", "schema": "Position", "properties": {"name": ["Minister of Ports"], "organization": ["NK-4"]}}
{"id": "NK-4", "schema": "PublicBody", "properties": {"name": ["Ministry of Ports"], "country": ["us"], "sourceUrl": ["https://ports.example/staff"]}}
{"id": "NK-5", "schema": "Occupancy", "properties": {"holder": ["NK-1"], "post": ["NK-3"], "startDate": ["2020-01-00"], "status": ["current"]}}
{"id": "NK-6", "schema": "Family", "properties": {"person": ["NK-1"], "relative": ["NK-7"], "relationship": ["cousin"]}}
{"id": "NK-7", "schema": "Person", "properties": {"name": ["Ada Berg"], "birthDate": ["1958", "1959-01-01"]}}
{"id": "NK-8", "schema": "Directorship", "properties": {"director": ["NK-7"], "organization": ["NK-0"], "role": ["chair"]}}
{"id": "NK-10", "schema": "Address", "properties": {"full": ["Quay 1"]}}
{"id": "NK-11", "schema": "Article", "properties": {"title": ["Ports and people"], "publisher": ["Herald"], "publishedAt": ["2021-03-04"], "language": ["fas"], "sourceUrl": ["https://herald.example/1"]}}
{"id": "NK-12", "schema": "Event", "properties": {"name": ["Opening"], "startDate": ["2021-03-01"], "endDate": ["2021-03-02"], "involved": ["NK-1", "NK-2"], "location": ["Old Quay"], "proof": ["NK-11"]}}
"#;

#[test]
fn entities_become_people_companies_and_ties() {
    insta::assert_snapshot!(twice("followthemoney", "entities.ftm.json", ENTITIES));
}

/// Names in six scripts, several of each, so that many share one.
const NAMES: [&str; 18] = [
    "Åsa Lindqvist",
    "José Núñez",
    "Nguyễn Thị Hạnh",
    "Олена Ткачук",
    "Игорь Щербаков",
    "Ђорђе Јанковић",
    "محمد الحسين",
    "آرش کمانگیر",
    "فاطمه زهرا",
    "אברהם לוי",
    "שרה כהן",
    "Ἑλένη Παπαδοπούλου",
    "Γιώργος Νικολάου",
    "王小明",
    "李娜",
    "さくら 田中",
    "प्रिया शर्मा",
    "राम कुमार",
];

#[test]
fn several_hundred_people_in_six_scripts_come_in_and_build() {
    let mut persons = String::new();
    let mut memberships = String::new();
    for at in 0..600 {
        let (name, other) = (NAMES[at % NAMES.len()], NAMES[(at * 7 + 3) % NAMES.len()]);
        let birth = ["1961", "1961-05-00", "1961-05-07", "", "unknown"][at % 5];
        let comma = if at == 0 { "" } else { "," };
        write!(
            persons,
            "{comma}{{\"id\": \"uuid-{at}\", \"name\": \"{name}\", \"birth_date\": \"{birth}\", \"gender\": \"male\", \"other_names\": \
             [{{\"lang\": \"zh-min-nan\", \"name\": \"{other}\"}}, {{\"lang\": \"ar\", \"name\": \"{other} {at}\", \"note\": \"multilingual\"}}], \
             \"links\": [{{\"url\": \"https://example.org/{at}\", \"note\": \"Wikipedia (en)\"}}, {{\"url\": \"not an address\"}}]}}"
        )
        .unwrap();
        write!(
            memberships,
            "{comma}{{\"person_id\": \"uuid-{at}\", \"organization_id\": \"assembly\", \"on_behalf_of_id\": \"party/{}\", \
             \"legislative_period_id\": \"term/{}\", \"start_date\": \"{}\"}}",
            at % 5,
            at % 3,
            if at % 4 == 0 { "2012-03-04" } else { "" }
        )
        .unwrap();
    }
    let parties: Vec<String> = (0..5)
        .map(|at| {
            format!(
                "{{\"id\": \"party/{at}\", \"name\": \"{} {at}\", \"classification\": \"party\"}}",
                NAMES[at * 3]
            )
        })
        .collect();
    let terms: Vec<String> = (0..3)
        .map(|at| {
            format!(
                "{{\"id\": \"term/{at}\", \"name\": \"Term {at}\", \"classification\": \"legislative period\", \"start_date\": \"20{at}0\", \
                 \"end_date\": \"20{at}3-05\"}}"
            )
        })
        .collect();
    let text = format!(
        "{{\"persons\": [{persons}], \"organizations\": [{{\"id\": \"assembly\", \"name\": \"المجلس\", \"classification\": \"legislature\"}}, {}], \
         \"memberships\": [{memberships}], \"events\": [{}]}}",
        parties.join(","),
        terms.join(",")
    );
    let input = files(&[("ep-popolo.json", text.as_str())]);
    let first = imported("popolo", &input, &Sources::default(), &Choices::default());
    assert_eq!(first.merged.added.len(), 600 + 6 + 3 + 1);
    let again = imported("popolo", &input, &first.merged.sources, &Choices::default());
    says_the_same(&again);
    println!(
        "600 people in {} names came in, {} things were not carried",
        NAMES.len(),
        first.taken.lost.len()
    );
}

#[test]
fn a_thousand_entities_come_in_and_build() {
    let schemata = [
        "Person",
        "Person",
        "Company",
        "Organization",
        "Ownership",
        "Directorship",
        "Family",
        "Address",
        "Article",
        "UnknownLink",
    ];
    let mut text = String::new();
    for at in 0..1000 {
        let schema = schemata[at % schemata.len()];
        let (one, other) = (format!("e{}", (at * 3) % 1000), format!("e{}", (at * 7 + 2) % 1000));
        let name = NAMES[at % NAMES.len()];
        let properties = match schema {
            "Ownership" => format!(
                "\"owner\": [\"{one}\"], \"asset\": [\"{other}\"], \"startDate\": [\"2010\", \"2011-02\"]"
            ),
            "Directorship" => format!(
                "\"director\": [\"{one}\"], \"organization\": [\"{other}\"], \"role\": [\"chair\"], \"endDate\": [\"1990\"], \"startDate\": [\"1995\"]"
            ),
            "Family" => format!(
                "\"person\": [\"{one}\"], \"relative\": [\"{other}\"], \"relationship\": [\"cousin\"]"
            ),
            "UnknownLink" => {
                format!("\"subject\": [\"{one}\"], \"object\": [\"{one}\"], \"role\": [\"friend\"]")
            }
            _ => format!(
                "\"name\": [\"{name}\"], \"alias\": [\"{}\"], \"birthDate\": [\"19{:02}-01-0{}\"], \"country\": [\"{}\"], \"proof\": [\"{other}\"], \
                 \"website\": [\"{}\"], \"sourceUrl\": [\"https://example.org/{}\"]",
                NAMES[(at + 1) % NAMES.len()],
                at % 100,
                at % 12,
                ["se", "zz", "suhh", "eu"][at % 4],
                ["https://example.org/", "no address", "javascript:alert(1)"][at % 3],
                at % 20,
            ),
        };
        writeln!(text, "{{\"id\": \"e{at}\", \"schema\": \"{schema}\", \"datasets\": [\"set_{}\"], \"properties\": {{{properties}}}}}", at % 3)
            .unwrap();
    }
    let input = files(&[("entities.ftm.json", text.as_str())]);
    let first = imported("followthemoney", &input, &Sources::default(), &Choices::default());
    assert!(first.merged.added.len() > 500, "{}", first.merged.added.len());
    let again = imported("followthemoney", &input, &first.merged.sources, &Choices::default());
    says_the_same(&again);
    println!(
        "{} of 1000 entities are records, {} things were not carried",
        first.merged.added.len(),
        first.taken.lost.len()
    );
}

/// What is no file of the format is refused, with its place and what would be one.
#[test]
fn what_cannot_be_read_is_told() {
    let cases = [
        ("json", "a.json", "{ \"dossier\": {}, \"people\": [ }"),
        ("json", "b.json", "[]"),
        ("json", "c.json", "{ \"title\": \"something\" }"),
        ("json", "d.json", "{ \"kind\": \"ship\" }"),
        ("popolo", "e.json", "{\n  \"persons\": [\n    { \"id\": 1, }\n  ]\n}"),
        ("popolo", "f.json", "{}"),
        (
            "followthemoney",
            "g.json",
            "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}\n{\"id\": \n",
        ),
        ("followthemoney", "h.json", ""),
        ("timelinejs", "i.json", "{ \"events\": [] }"),
        ("timelinejs", "of-popolo.json", "{ \"persons\": [{ \"name\": \"Ada\" }] }"),
        ("bibtex", "j.bib", "@article{key, title = {unclosed"),
        ("bibtex", "k.bib", "no entries here"),
    ];
    let mut all = String::new();
    for (format, name, text) in cases {
        write!(all, "{}", refused(format, &files(&[(name, text)]), &Choices::default())).unwrap();
    }
    let mut latin = Sources::default();
    latin.insert("l.json", b"{ \"dossier\": {}, \"people\": [{ \"name\": \"J\xF6rg\" }] }".as_slice());
    all.push_str(&refused("json", &latin, &Choices::default()));
    insta::assert_snapshot!(all);
}

/// A dossier that has errors is left as it is.
#[test]
fn a_dossier_with_errors_is_left_alone() {
    let own = files(&[("site.toml", "title = \"x\"\n"), ("content/people.toml", "[ada]\nname = 3\n")]);
    let theme = dossier::theme::theme();
    let json =
        files(&[("a.json", "{ \"dossier\": {}, \"people\": [{ \"key\": \"bo\", \"name\": \"Bo\" }] }")]);
    let format = dossier::import::named("json").unwrap();
    match dossier::import(format, &json, &own, &theme, &Choices::default()) {
        Err(dossier::NotImported::Dossier(sources, found)) => {
            assert!(super::report(&sources, &found).contains("content/people.toml:2"));
        }
        _ => panic!("it was imported"),
    }
}

/// Two who have one name stay two; one who is there without an identifier is not taken for the one who comes.
#[test]
fn nobody_is_taken_for_another() {
    let own = files(&[
        ("site.toml", "title = \"x\"\n"),
        ("content/people.toml", "[ada-berg]\nname = \"Ada Berg\"\n"),
    ]);
    let popolo = files(&[(
        "p.json",
        r#"{ "persons": [{ "id": "p1", "name": "Ada Berg" }, { "id": "p2", "name": "Ada Berg" }] }"#,
    )]);
    let first = imported("popolo", &popolo, &own, &Choices::default());
    let keys: Vec<&str> = first.merged.added.iter().map(|(_, key)| key.as_str()).collect();
    assert_eq!(keys, ["ada-berg-p1", "ada-berg-p2", "p-json"]);
    assert_eq!(first.taken.keys.doubtful.len(), 2);
    // In another order they are known by their identifiers.
    let turned = files(&[(
        "p.json",
        r#"{ "persons": [{ "id": "p2", "name": "Ada Berg" }, { "id": "p1", "name": "Ada Berg" }] }"#,
    )]);
    let again = imported("popolo", &turned, &first.merged.sources, &Choices::default());
    says_the_same(&again);
}
