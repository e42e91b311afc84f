//! Entities of Wikidata -> a dossier.

use std::sync::Arc;

use dossier::diag::Severity;
use dossier::import::taken::Loss;
use dossier::import::{Choices, Input, Taken, Vocabulary, named};
use dossier::link::Linked;
use dossier::model::Kind;
use dossier::source::Sources;
use dossier::{Imported, NotImported, has_errors, theme};
use serde_json::{Value, json};

use crate::support::{build, text};

/// The files as they are imported into a dossier.
fn imported(files: &[(&str, &str)], own: &Sources) -> Result<Imported, NotImported> {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.insert(*path, text.as_bytes());
    }
    let format = named("wikidata").unwrap();
    dossier::import(format, &sources, own, &theme::theme(), &Choices::default())
}

fn taken(file: &str, own: &Sources) -> Imported {
    match imported(&[("entities.json", file)], own) {
        Ok(imported) => imported,
        Err(NotImported::Unreadable(found) | NotImported::Dossier(_, found)) => panic!("{found:#?}"),
    }
}

fn builds(sources: &Sources) {
    let mut site = build(sources);
    site.diagnostics.retain(|problem| problem.severity == Severity::Error);
    assert!(!has_errors(&site.diagnostics), "{}", text(sources, &site));
}

fn losses(lost: &[Loss]) -> String {
    let line = |loss: &Loss| format!("{} | {} | {} | {}\n", loss.record, loss.field, loss.value, loss.why);
    lost.iter().map(line).collect()
}

fn toml(sources: &Sources) -> String {
    let files = sources.under("content/");
    files.map(|file| format!("== {}\n{}\n", file.path, file.text().unwrap())).collect()
}

fn keys(imported: &Imported) -> Vec<String> {
    let mut keys: Vec<String> =
        imported.taken.records.keys().map(|(kind, key)| format!("{}/{key}", kind.plural())).collect();
    keys.sort();
    keys
}

#[test]
fn a_hand_of_entities_becomes_a_dossier() {
    let imported = taken(include_str!("selvara.json"), &Sources::default());
    builds(&imported.merged.sources);
    assert_eq!(imported.merged.kept, []);
    let shown = format!(
        "{}== what could not be carried\n{}",
        toml(&imported.merged.sources),
        losses(&imported.taken.lost)
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("wikidata_selvara", shown));
}

#[test]
fn a_name_in_the_language_of_the_dossier_comes_first() {
    let mut own = Sources::default();
    own.insert("site.toml", "title = \"پرونده\"\nlanguage = \"fa\"\n".as_bytes());
    let imported = taken(include_str!("selvara.json"), &own);
    builds(&imported.merged.sources);
    let people = imported.merged.sources.get("content/people.toml").unwrap().text().unwrap();
    assert!(people.starts_with("[ada-berg]\nname = \"آدا برگ\"\n"), "{people}");
    assert!(people.contains("[cai-berg]\nname = \"Cai Berg\"\n"), "{people}");
    assert!(people.contains("[dana-berg]\nname = \"Dana Berg\"\nname_lang = \"en\"\n"), "{people}");
    assert!(people.contains("https://fa.wikipedia.org/wiki/آدا_برگ"), "{people}");
}

/// The same entities in the other forms that files have.
#[test]
fn every_form_of_file_is_read() {
    let whole: Value = serde_json::from_str(include_str!("selvara.json")).unwrap();
    let all: Vec<Value> = whole["entities"].as_object().unwrap().values().cloned().collect();
    let expected = toml(&taken(include_str!("selvara.json"), &Sources::default()).merged.sources);
    let lines: Vec<String> = all.iter().map(Value::to_string).collect();
    let forms = [
        json!({ "entities": all, "success": 1 }).to_string(),
        serde_json::to_string_pretty(&all).unwrap(),
        format!("[\n{}\n]\n", lines.join(",\n")),
        format!("\u{FEFF}[\r\n{}\r\n]", lines.join(",\r\n")),
        // The lines of a list with a comma behind the last, as some cut them out.
        format!("[\n{},\n]\n", lines.join(",\n")),
        lines.join("\n"),
        format!("{}\n\n", lines.join("\n\n")),
    ];
    for form in &forms {
        let found = toml(&taken(form, &Sources::default()).merged.sources);
        assert!(found == expected, "{}\n{found}", &form[..60]);
    }
    let files: Vec<(String, &str)> =
        lines.iter().enumerate().map(|(at, line)| (format!("{at:02}.json"), line.as_str())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, line)| (path.as_str(), *line)).collect();
    let Ok(single) = imported(&files, &Sources::default()) else { panic!("a file for each is not read") };
    assert_eq!(toml(&single.merged.sources), expected);
}

#[test]
fn what_is_no_file_of_entities_is_told_with_its_place() {
    for (file, message, start) in [
        ("{\"id\": \"Q1\",\n \"labels\": {,}}", "this is no valid JSON: key must be a string", 25),
        ("{\"id\":\"Q1\",\"labels\":{}}\n{\"id\":\"Q2\",\"labels\":}\n", "this is no valid JSON", 44),
        ("[\n{\"id\":\"Q1\",\"labels\":{}},\n{\"id\":\"Q2\",\"la", "this is no valid JSON: EOF while", 40),
        // A list that was cut off between two lines.
        ("[\n{\"id\":\"Q1\",\"labels\":{}},\n", "this is no valid JSON: EOF while", 26),
        ("", "this is no valid JSON: EOF while", 0),
        ("[]", "it holds no object with an `id`", 0),
        ("7", "it holds no object with an `id`", 0),
        ("{\"entities\": []}", "it holds no object with an `id`", 0),
        ("{\"dossier\": {}, \"people\": []}", "it holds no object with an `id`", 0),
        ("[{\"id\": 7}, {\"id\": \"Q\"}, null, \"Q1\"]", "it holds no object with an `id`", 0),
    ] {
        let Err(NotImported::Unreadable(found)) = imported(&[("e.json", file)], &Sources::default()) else {
            panic!("{file} was read")
        };
        assert_eq!(found.len(), 1, "{file}");
        assert!(found[0].message.contains(message), "{file}: {}", found[0].message);
        assert_eq!(found[0].span.unwrap().start, start, "{file}");
    }
    let Err(NotImported::Unreadable(found)) =
        imported(&[("e.json", "x"), ("f.json", "y")], &Sources::default())
    else {
        panic!("two bad files were read")
    };
    assert_eq!(found.len(), 2);
}

/// Nothing that stands in a file stops the rest of it.
#[test]
fn odd_parts_are_left_out() {
    let odd = [
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
        json!({}),
        json!([null, 7, "x", {}]),
        json!({ "P31": 7 }),
    ];
    let mut entities = vec![
        json!({ "id": "Q1", "labels": { "en": { "language": "en", "value": "Ada Berg" } },
        "claims": { "P31": [{ "mainsnak": { "snaktype": "value", "datavalue": { "value": { "numeric-id": 5 } } } }] } }),
    ];
    let mut number = 2;
    for part in ["labels", "descriptions", "aliases", "claims", "sitelinks", "missing"] {
        for value in &odd {
            entities.push(json!({ "id": format!("Q{number}"), part: value }));
            number += 1;
        }
    }
    for value in &odd {
        let snak = json!({ "snaktype": "value", "datavalue": { "value": value } });
        let times =
            ["", "+", "-", "T", "+2000", "+2000-99-99T", "+x-01-01T00:00:00Z", "١٩٥٢-01-01", "--1-1-1"];
        let times = times.map(
            |time| json!({ "mainsnak": { "datavalue": { "value": { "time": time, "precision": 11 } } } }),
        );
        let latitude =
            json!({ "mainsnak": { "datavalue": { "value": { "latitude": 1e300, "longitude": -181 } } } });
        let references = json!([{ "snaks": value }, value, { "snaks": { "P248": [snak], "P854": value } },
            { "snaks": { "P854": [{ "datavalue": { "value": "not an address" } }], "P304": [{ "datavalue": { "value": "citing x" } }] } },
            { "snaks": { "P248": [{ "datavalue": { "value": { "id": "it's ' citing" } } }] } }]);
        let person = json!([{ "mainsnak": { "datavalue": { "value": { "id": "Q5" } } } }]);
        entities.push(json!({ "id": format!("Q{number}"),
            "labels": { "en": { "value": "Odd ' \" \\ one" }, "": { "value": "x" }, "x-y-z-ä": { "value": "y" } },
            "claims": { "P31": person, "P569": [{ "mainsnak": snak, "references": references, "qualifiers": value }, value],
                "P570": times, "P625": [latitude], "P39": [{ "mainsnak": snak }], "P26": [{ "mainsnak": snak }],
                "P999999999999": [{ "mainsnak": snak, "rank": value }] } }));
        number += 1;
    }
    let file = json!({ "entities": entities }).to_string();
    let imported = taken(&file, &Sources::default());
    builds(&imported.merged.sources);
    assert!(keys(&imported).contains(&"people/ada-berg".to_owned()));
    let again = taken(&file, &imported.merged.sources);
    assert_eq!((again.merged.changed, losses(&again.merged.kept)), (Vec::new(), String::new()));
}

#[test]
fn a_former_number_leads_to_the_entity() {
    let file = r#"{"entities": {
        "Q77": {"id": "Q78", "labels": {"en": {"value": "Harbour Party"}}, "claims": {"P31": [{"mainsnak":
            {"snaktype": "value", "datavalue": {"value": {"id": "Q7278"}}}}]}},
        "Q79": {"id": "Q79", "labels": {"en": {"value": "Ada Berg"}}, "claims": {
            "P31": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q5"}}}}],
            "P102": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q77"}}}}]}}}}"#;
    let imported = taken(file, &Sources::default());
    let people = imported.merged.sources.get("content/people.toml").unwrap().text().unwrap();
    assert!(people.contains("of = \"harbour-party\""), "{people}");
}

/// Bounds are those that are stated, and what stands beside them is told.
#[test]
fn a_date_is_no_more_exact_than_it_is_said_to_be() {
    let time = |year: &str, before: u64| {
        json!({ "snaktype": "value", "datavalue": { "value": { "time": format!("+{year}-00-00T00:00:00Z"),
            "precision": 9, "before": before, "after": 0 } } })
    };
    let item = |id: &str| json!({ "snaktype": "value", "datavalue": { "value": { "id": id } } });
    let person = |at: usize, before: u64, qualifiers: Value| {
        json!({ "id": format!("Q{}", 5000 + at), "labels": { "en": { "value": format!("No {at}") } }, "claims": {
            "P31": [{ "mainsnak": item("Q5") }],
            "P569": [{ "mainsnak": time("1800", before), "qualifiers": qualifiers }] } })
    };
    let cases = [
        (0, json!({ "P1480": [item("Q5727902")], "P1319": [time("1795", 0)] }), "[1795..]"),
        (0, json!({ "P1326": [time("1805", 0)] }), "[..1805]"),
        (0, json!({ "P1319": [time("1795", 0)], "P1326": [time("1805", 0)] }), "[1795..1805]"),
        (0, json!({ "P1480": [item("Q5727902")] }), "1800~"),
        (2, json!({}), "1800~"),
        (2, json!({ "P1480": [item("Q18122778")] }), "1800%"),
    ];
    let people: Vec<Value> = (0..)
        .zip(&cases)
        .map(|(at, (before, qualifiers, _))| person(at, *before, qualifiers.clone()))
        .collect();
    let imported = taken(&Value::Array(people).to_string(), &Sources::default());
    builds(&imported.merged.sources);
    let people = imported.merged.sources.get("content/people.toml").unwrap().text().unwrap();
    for (at, (.., date)) in cases.iter().enumerate() {
        let start = format!("[no-{at}]\nname = \"No {at}\"\nborn = \"{date}\"\n");
        assert!(people.contains(&start), "{start} {people}");
    }
    let bounds = "the earliest and the latest date that are given are taken in its place";
    let about = "it may have been somewhat before or after: it is taken as about then";
    let field = "P569 date of birth";
    assert_eq!(
        losses(&imported.taken.lost),
        format!(
            "people/no-0 | {field}: P1480 sourcing circumstances | Q5727902 | there is no field for it\n\
             people/no-0 | {field} | 1800 | {bounds}\n\
             people/no-1 | {field} | 1800 | {bounds}\n\
             people/no-2 | {field} | 1800 | {bounds}\n\
             people/no-4 | {field} | 1800 (up to 2 before, 0 after) | {about}\n\
             people/no-5 | {field} | 1800 (up to 2 before, 0 after) | {about}\n"
        )
    );
}

/// What groups and places say of each other can be a circle, which no dossier has.
#[test]
fn circles_are_broken_and_told() {
    let entity = |id: &str, class: &str, claims: &[(&str, &str)]| {
        let item = |id: &str| json!([{ "mainsnak": { "snaktype": "value", "datavalue": { "value": { "id": id } } } }]);
        let mut all = serde_json::Map::new();
        all.insert("P31".to_owned(), item(class));
        claims.iter().for_each(|(property, other)| _ = all.insert((*property).to_owned(), item(other)));
        json!({ "id": id, "labels": { "en": { "value": format!("The {id}") } }, "claims": all })
    };
    let file = json!([
        entity("Q1001", "Q43229", &[("P749", "Q1002")]),
        entity("Q1002", "Q43229", &[("P361", "Q1003")]),
        entity("Q1003", "Q43229", &[("P361", "Q1001"), ("P355", "Q1002"), ("P127", "Q1003")]),
        entity("Q1011", "Q515", &[("P131", "Q1012")]),
        entity("Q1012", "Q515", &[("P131", "Q1011")]),
        entity("Q1013", "Q515", &[("P131", "Q1013")]),
    ])
    .to_string();
    let imported = taken(&file, &Sources::default());
    builds(&imported.merged.sources);
    let told = losses(&imported.taken.lost);
    assert!(
        told.contains("groups/the-q1003 | P361 part of | The Q1001 (Q1001) | a group would be part"),
        "{told}"
    );
    assert!(told.contains("places/the-q1011 | in | the-q1012 | a place would lie in itself"), "{told}");
    let again = taken(&file, &imported.merged.sources);
    assert_eq!((again.merged.changed, losses(&again.merged.kept)), (Vec::new(), String::new()));
}

/// Numbers that look drawn by lot, and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.roll(all.len() as u64) as usize]
    }
}

const FIRST: [&str; 12] =
    ["Ada", "Bo", "Cai", "Dana", "Edda", "Finn", "Gro", "Hal", "Ida", "Jon", "Kaja", "Lars"];
const LAST: [&str; 10] = ["Berg", "Holt", "Lund", "Moe", "Nes", "Odde", "Rud", "Sand", "Tveit", "Vik"];
/// What labels are given in, some of which no dossier takes for a language.
const CODES: [&str; 40] = [
    "en",
    "en-gb",
    "en-ca",
    "simple",
    "mul",
    "de",
    "de-ch",
    "de-at",
    "fr",
    "es",
    "fa",
    "ar",
    "arz",
    "he",
    "ru",
    "be",
    "be-tarask",
    "be-x-old",
    "uk",
    "zh",
    "zh-hans",
    "zh-hant",
    "zh-cn",
    "zh-min-nan",
    "zh-yue",
    "ja",
    "ko",
    "nb",
    "sv",
    "map-bms",
    "cbk-zam",
    "roa-tara",
    "bat-smg",
    "nds-nl",
    "pt-br",
    "tt-cyrl",
    "sr-ec",
    "ku-latn",
    "bh",
    "tokipona",
];
const SCRIPTS: [&str; 5] = ["آدا", "Ада", "עדה", "阿达", "アダ"];

struct Made {
    dice: Dice,
}

impl Made {
    fn item(&mut self, kinds: std::ops::Range<u64>) -> Value {
        // One in ten is not in the file.
        let id = if self.dice.chance(10) {
            990_000 + self.dice.roll(500)
        } else {
            kinds.start + self.dice.roll(kinds.end - kinds.start)
        };
        let value =
            json!({ "entity-type": "item", "numeric-id": 100_000 + id, "id": format!("Q{}", 100_000 + id) });
        json!({ "value": value, "type": "wikibase-entityid" })
    }

    fn class(id: &str) -> Value {
        json!({ "value": { "entity-type": "item", "id": id }, "type": "wikibase-entityid" })
    }

    fn time(&mut self) -> Value {
        let precision = *self.dice.of(&[11, 11, 11, 10, 9, 9, 9, 8, 7, 6, 14]);
        let year = if self.dice.chance(3) {
            format!("-{:04}", 1 + self.dice.roll(400))
        } else {
            format!("+{:04}", 1600 + self.dice.roll(425))
        };
        let (month, day) = match precision {
            11 | 14 => (1 + self.dice.roll(12), 1 + self.dice.roll(30)),
            10 => (1 + self.dice.roll(12), 0),
            _ => (0, 0),
        };
        let calendar = if self.dice.chance(10) { "Q1985786" } else { "Q1985727" };
        json!({ "type": "time", "value": { "time": format!("{year}-{month:02}-{day:02}T00:00:00Z"), "timezone": 0,
            "before": 0, "after": 0, "precision": precision,
            "calendarmodel": format!("http://www.wikidata.org/entity/{calendar}") } })
    }

    fn text(text: impl Into<String>) -> Value {
        json!({ "type": "string", "value": text.into() })
    }

    fn snak(&mut self, property: &str, datatype: &str, value: Value) -> Value {
        match self.dice.roll(60) {
            0 => json!({ "snaktype": "somevalue", "property": property, "datatype": datatype }),
            1 => json!({ "snaktype": "novalue", "property": property, "datatype": datatype }),
            _ => {
                json!({ "snaktype": "value", "property": property, "datatype": datatype, "datavalue": value })
            }
        }
    }

    fn reference(&mut self) -> Value {
        let mut snaks = serde_json::Map::new();
        let mut add = |made: &mut Made, property: &str, datatype: &str, value: Value| {
            let snak = made.snak(property, datatype, value);
            snaks.insert(property.to_owned(), json!([snak]));
        };
        match self.dice.roll(6) {
            0 => {
                let number = self.dice.roll(400);
                let url = match self.dice.roll(20) {
                    0 => "ftp://example.org/x".to_owned(),
                    1 => "https://example.org/a b".to_owned(),
                    _ => format!("https://news{}.example/{number}?a=b&c='d'#e", number % 17),
                };
                add(self, "P854", "url", Self::text(url));
                if self.dice.chance(60) {
                    let value = json!({ "type": "monolingualtext", "value": { "text": format!("News *no. {}*", number % 90), "language": "en" } });
                    add(self, "P1476", "monolingualtext", value);
                }
                let time = self.time();
                add(self, "P813", "time", time.clone());
                add(self, "P577", "time", time);
            }
            1 => {
                let wiki = *self.dice.of(&["Q328", "Q48183", "Q2013", "Q123456"]);
                add(self, "P143", "wikibase-item", Self::class(wiki));
            }
            2 => {
                add(self, "P248", "wikibase-item", Self::class("Q36578"));
                let key = format!("{}", 100_000 + self.dice.roll(90_000));
                add(self, "P227", "external-id", Self::text(key));
            }
            3 => {
                let item = self.item(940..960);
                add(self, "P248", "wikibase-item", item);
                let page = *self.dice.of(&["12", "12-14", "citing 4", "x;y, z"]);
                add(self, "P304", "string", Self::text(page));
            }
            4 => add(self, "P887", "wikibase-item", Self::class("Q69652283")),
            _ => add(self, "P9999", "external-id", Self::text("a-b")),
        }
        json!({ "hash": "0", "snaks": snaks, "snaks-order": [] })
    }

    fn claim(&mut self, property: &str, datatype: &str, value: Value, qualifiers: &[&str]) -> Value {
        let rank = *self.dice.of(&["normal", "normal", "normal", "normal", "preferred", "deprecated"]);
        let mut all = serde_json::Map::new();
        for qualifier in qualifiers {
            if self.dice.chance(60) {
                let value = match *qualifier {
                    "P580" | "P582" | "P1319" | "P1326" => self.time(),
                    "P1480" => {
                        let circumstance: &str = self.dice.of::<&str>(&["Q5727902", "Q18122778", "Q111"]);
                        Self::class(circumstance)
                    }
                    _ => self.item(600..850),
                };
                let datatype = if value["type"] == "time" { "time" } else { "wikibase-item" };
                let snak = self.snak(qualifier, datatype, value);
                all.insert((*qualifier).to_owned(), json!([snak]));
            }
        }
        let count = self.dice.roll(3);
        let references: Vec<Value> = (0..count).map(|_| self.reference()).collect();
        let main = self.snak(property, datatype, value);
        json!({ "mainsnak": main, "type": "statement", "id": "Q1$0", "rank": rank, "qualifiers": all, "references": references })
    }

    fn labels(&mut self, name: &str) -> (Value, Value, Value) {
        let (mut labels, mut descriptions, mut aliases) =
            (serde_json::Map::new(), serde_json::Map::new(), serde_json::Map::new());
        for code in CODES {
            if self.dice.chance(50) || code == "en" && !self.dice.chance(4) {
                let text = if self.dice.chance(60) {
                    name.to_owned()
                } else {
                    format!("{} {}", self.dice.of(&SCRIPTS), name.len())
                };
                labels.insert(code.to_owned(), json!({ "language": code, "value": text }));
            }
            if self.dice.chance(15) {
                let text = format!("somebody * in [{code}] @key :: 3. of `x`");
                descriptions.insert(code.to_owned(), json!({ "language": code, "value": text }));
            }
            if self.dice.chance(10) {
                let texts = [format!("{name} II"), name.to_owned(), format!("{name} ({code})")];
                let texts: Vec<Value> =
                    texts.iter().map(|text| json!({ "language": code, "value": text })).collect();
                aliases.insert(code.to_owned(), json!(texts));
            }
        }
        // What is empty is a list in some files.
        let empty =
            |map: serde_json::Map<String, Value>| if map.is_empty() { json!([]) } else { Value::Object(map) };
        (empty(labels), empty(descriptions), empty(aliases))
    }

    /// The people are 0 to 600, groups to 850, places to 900, offices to 940, sources to 960, events to 990, and the rest
    /// is of no kind.
    fn entity(&mut self, at: u64) -> Value {
        let name = match at {
            // The last is called as the first is.
            599 => format!("{} {}-{}", FIRST[0], LAST[0], LAST[0]),
            0..600 => {
                let at = at as usize;
                format!("{} {}-{}", FIRST[at % 12], LAST[at / 12 % 10], LAST[at / 120])
            }
            600..850 => format!("{} Union {}", LAST[at as usize % 10], at / 2),
            850..900 => format!("{} Town", LAST[at as usize % 10]),
            900..940 => format!("minister no. {at}"),
            940..960 => format!("The {} Report", FIRST[at as usize % 12]),
            _ => format!("Day of {at}"),
        };
        let mut claims: Vec<(&str, Value)> = Vec::new();
        let class = match at {
            0..600 => Some("Q5"),
            600..850 => Some(["Q7278", "Q4830453", "Q6256", "Q43229", "Q11032", "Q999999"][at as usize % 6]),
            850..900 => Some(["Q515", "Q999998"][at as usize % 2]),
            900..940 => None,
            940..960 => Some(["Q571", "Q999997"][at as usize % 2]),
            960..990 => Some(["Q178561", "Q2761147", "Q999996"][at as usize % 3]),
            _ => Some("Q999995"),
        };
        if let Some(class) = class {
            claims.push((
                "P31",
                json!({ "mainsnak": { "snaktype": "value", "property": "P31", "datatype": "wikibase-item",
                "datavalue": Self::class(class) }, "rank": "normal" }),
            ));
        }
        const BOUNDS: &[&str] = &["P1480", "P1319", "P1326"];
        const TERM: &[&str] = &["P580", "P582", "P642", "P1365"];
        let (people, groups, places) = (0..600, 600..850, 850..900);
        let plan: Vec<(&str, std::ops::Range<u64>, &[&str])> = match at {
            0..600 => vec![
                ("P39", 900..940, TERM),
                ("P39", 900..940, TERM),
                ("P102", groups.clone(), TERM),
                ("P463", groups.clone(), TERM),
                ("P108", groups.clone(), TERM),
                ("P26", people.clone(), &["P580", "P582"]),
                ("P22", people.clone(), &[]),
                ("P40", people.clone(), &[]),
                ("P3373", people.clone(), &[]),
                ("P19", places.clone(), &[]),
                ("P1344", 960..990, &[]),
            ],
            600..850 => vec![
                ("P749", groups.clone(), TERM),
                ("P361", groups.clone(), &[]),
                ("P355", groups.clone(), &[]),
                ("P17", groups.clone(), &[]),
                ("P488", people.clone(), TERM),
                ("P169", people.clone(), TERM),
                ("P112", people.clone(), &[]),
                ("P127", 0..850, &[]),
                ("P1830", groups.clone(), &[]),
                ("P159", places.clone(), &[]),
            ],
            850..900 => vec![("P131", places.clone(), &[]), ("P17", groups.clone(), &[])],
            900..940 => vec![("P2389", groups.clone(), &[])],
            940..960 => vec![("P50", people.clone(), &[]), ("P123", groups.clone(), &[])],
            960..990 => vec![
                ("P710", 0..850, &["P1268", "P3831"]),
                ("P710", 0..850, &[]),
                ("P276", places.clone(), &[]),
            ],
            _ => vec![],
        };
        for (property, range, qualifiers) in plan {
            // Few groups are part of others.
            let is_seldom = matches!(property, "P749" | "P361" | "P355");
            if is_seldom && !self.dice.chance(20) {
                continue;
            }
            let value = self.item(range);
            claims.push((property, self.claim(property, "wikibase-item", value, qualifiers)));
        }
        let dates: &[&str] = match at {
            0..600 => &["P569", "P569", "P570"],
            600..850 => &["P571", "P576"],
            940..960 => &["P577"],
            960..990 => &["P585", "P580", "P582"],
            _ => &[],
        };
        for property in dates {
            let value = self.time();
            claims.push((property, self.claim(property, "time", value, BOUNDS)));
        }
        for (property, value) in
            [("P214", "123"), ("P227", "456"), ("P2002", "x"), ("P9001", "y"), ("P9002", "z")]
        {
            claims.push((property, self.claim(property, "external-id", Self::text(value), &[])));
        }
        let site = *self.dice.of(&["https://example.org/", "http://é.example/", "example.org", "https://"]);
        claims.push(("P856", self.claim("P856", "url", Self::text(site), &[])));
        if (850..900).contains(&at) || self.dice.chance(5) {
            let (latitude, longitude) =
                (self.dice.roll(181) as f64 - 90.0, self.dice.roll(3_600) as f64 / 10.0 - 180.0);
            let value = json!({ "type": "globecoordinate", "value": { "latitude": latitude, "longitude": longitude,
                "altitude": null, "precision": 0.01, "globe": "http://www.wikidata.org/entity/Q2" } });
            claims.push(("P625", self.claim("P625", "globe-coordinate", value, &[])));
        }
        if at % 6 == 2 {
            let letters = *self.dice.of(&["XA", "XB", "no"]);
            claims.push(("P297", self.claim("P297", "external-id", Self::text(letters), &[])));
        }
        let mut by_property = serde_json::Map::new();
        for (property, claim) in claims {
            by_property.entry(property).or_insert_with(|| json!([])).as_array_mut().unwrap().push(claim);
        }
        let (labels, descriptions, aliases) = self.labels(&name);
        json!({ "pageid": at, "ns": 0, "title": "x", "lastrevid": 1, "modified": "2024-01-01T00:00:00Z", "type": "item",
            "id": format!("Q{}", 100_000 + at), "labels": labels, "descriptions": descriptions, "aliases": aliases,
            "claims": by_property,
            "sitelinks": { "enwiki": { "site": "enwiki", "title": format!("{name} [#{at}] 100%?"), "badges": [] },
                "dewiki": { "site": "dewiki", "title": name, "badges": [] } } })
    }
}

/// The keys of what files become, before anything is left out of it.
fn keys_in(file: &str) -> Vec<(Kind, String)> {
    let mut files = Sources::default();
    files.insert("entities.json", file.as_bytes());
    let format = named("wikidata").unwrap();
    let linked = Arc::<Linked>::default();
    let words = Vocabulary::new(&linked.dossier.config, &theme::theme(), &Sources::default());
    let mut taken = Taken::new(linked, format.scheme);
    let input = Input { files: &files, choices: &Choices::default(), words: &words };
    assert!(format.read(&input, &mut taken).is_empty());
    let mut keys: Vec<(Kind, String)> = taken.records.into_keys().collect();
    keys.sort();
    keys
}

#[test]
fn a_thousand_entities_import_and_build() {
    let mut made = Made { dice: Dice(7) };
    let entities: Vec<Value> = (0..1000).map(|at| made.entity(at)).collect();
    let file = serde_json::to_string(&entities).unwrap();
    let first = taken(&file, &Sources::default());
    assert!(keys(&first).contains(&"people/ada-berg-berg".to_owned()));
    assert!(keys(&first).contains(&"people/ada-berg-berg-q100599".to_owned()));
    let records = &first.taken.records;
    assert!(records.len() > 1500, "{}", records.len());
    assert!(first.merged.kept.is_empty());
    builds(&first.merged.sources);

    // The other way round nothing is other than it was.
    let reversed: Vec<&Value> = entities.iter().rev().collect();
    let reversed = serde_json::to_string(&reversed).unwrap();
    let again = taken(&reversed, &first.merged.sources);
    assert_eq!(losses(&again.merged.kept), "");
    assert_eq!(again.merged.changed, Vec::<String>::new());
    assert_eq!(again.merged.added, Vec::new());
    assert!(again.taken.keys.doubtful.is_empty());
    // A dossier of its own gets the same records, too.
    assert_eq!(keys_in(&reversed), keys_in(&file));
}
