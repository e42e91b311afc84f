//! What an import must never do: merge two people, take one for another, lose anything without a word, or harm what an
//! author has.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dossier::import::Choices;
use dossier::source::Sources;

use super::{files, imported, refused, says_the_same};

fn text<'s>(sources: &'s Sources, path: &str) -> &'s str {
    sources.get(path).unwrap_or_else(|| panic!("{path} is missing")).text().unwrap()
}

fn from(format: &str, input: &[(&str, &str)]) -> dossier::Imported {
    imported(format, &files(input), &Sources::default(), &Choices::default())
}

/// Whether something was told of a value.
fn told(done: &dossier::Imported, value: &str) -> bool {
    let all = done.taken.lost.iter().chain(&done.merged.kept).chain(&done.merged.replaced);
    all.into_iter().any(|loss| loss.value.contains(value))
}

/// What never ends, or is too large to be held, is refused before it is read.
#[test]
#[cfg(unix)]
fn only_plain_files_of_a_size_to_be_held_are_read() {
    let temp = tempfile::tempdir().unwrap();
    let path = |name: &str| temp.path().join(name).to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(path("pipe.csv")).status().unwrap().success());
    fs::File::create(path("large.csv")).unwrap().set_len((256 << 20) + 1).unwrap();
    let cases = [
        ("/dev/zero".to_owned(), "it is no plain file"),
        (path("pipe.csv"), "it is no plain file"),
        (path("large.csv"), "it is larger than 256 MiB"),
    ];
    for (file, why) in cases {
        let done = dossier(temp.path(), &["import", "csv", &file, "--into", "new"]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("cannot read {file}: {why}")), "{said}");
        assert!(!temp.path().join("new").exists(), "{file}");
    }
}

/// Of a chain that is too long each link that is one too many is left out at once, and no group.
#[test]
fn of_a_long_chain_of_groups_only_links_are_left_out() {
    let group = |n: usize| format!(r#"{{ "id": "{n}", "name": "Board {n}", "parent_id": "{}" }}"#, n + 1);
    let groups: Vec<String> = (0..250).map(group).collect();
    let text = format!(r#"{{ "organizations": [{}] }}"#, groups.join(","));
    let done = from("popolo", &[("p.json", text.as_str())]);
    let groups = text_of_groups(&done);
    assert_eq!(groups.matches("\nname = ").count(), 250);
    assert_eq!(groups.matches("\npart_of = ").count(), 247, "{:?}", done.taken.lost);
}

fn text_of_groups(done: &dossier::Imported) -> String {
    text(&done.merged.sources, "content/groups.toml").to_owned()
}

/// Identifiers of Popolo are those of a class: a person, an organization and an area may share one.
#[test]
fn a_person_is_no_group_that_has_the_same_identifier() {
    let done = from(
        "popolo",
        &[(
            "p.json",
            r#"{ "persons": [{ "id": "1", "name": "Ana Vale", "birth_date": "1950" }],
                "organizations": [{ "id": "1", "name": "Harbour Party", "classification": "party" }],
                "areas": [{ "id": "1", "name": "North" }],
                "memberships": [{ "person_id": "1", "organization_id": "1", "area_id": "1" }] }"#,
        )],
    );
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(
        people.contains("roles = [{ role = \"member\", of = \"harbour-party\", place = \"north\" }]"),
        "{people}"
    );
    let again =
        r#"{ "areas": [{ "id": "1", "name": "North" }], "persons": [{ "id": "1", "name": "Ana Vale" }] }"#;
    let again = imported("popolo", &files(&[("p.json", again)]), &done.merged.sources, &Choices::default());
    says_the_same(&again);
}

#[test]
fn two_of_a_name_without_an_identifier_stay_two() {
    let done = from(
        "popolo",
        &[(
            "p.json",
            r#"[{ "name": "Ben Ode", "birth_date": "1950" }, { "name": "Ben Ode", "birth_date": "1980" }]"#,
        )],
    );
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(people.contains("[ben-ode]") && people.contains("1950"), "{people}");
    assert!(people.contains("[ben-ode-2]") && people.contains("1980"), "{people}");
    assert!(told(&done, "Ben Ode"));
    let slides = r#"{ "events": [
        { "start_date": { "year": 1999 }, "text": { "headline": "Strike", "text": "In Ilvane" } },
        { "start_date": { "year": 1999 }, "text": { "headline": "Strike", "text": "In Veshgar" } }
    ] }"#;
    let done = from("timelinejs", &[("t.json", slides)]);
    let events = text(&done.merged.sources, "content/events.toml");
    assert!(events.contains("Ilvane") && events.contains("Veshgar"), "{events}");
}

/// What stands in several places is put together; of two values the first stays, and the other is told.
#[test]
fn parts_of_one_record_are_put_together() {
    let lines = "{\"id\": \"P1\", \"schema\": \"LegalEntity\", \"datasets\": [\"d1\"], \"properties\": {\"name\": [\"Ana Vale\"]}}\n\
                 {\"id\": \"P1\", \"schema\": \"Person\", \"datasets\": [\"d2\"], \"properties\": {\"name\": [\"Ana Vale\"], \
                 \"birthDate\": [\"1961\"], \"deathDate\": [\"2001\"]}}\n";
    let done = from("followthemoney", &[("e.json", lines)]);
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(people.contains("born = \"1961\"") && people.contains("died = \"2001\""), "{people}");
    assert!(people.contains("cite = [\"d1\", \"d2\"]"), "{people}");

    let term = |birth: &str, role: &str| {
        format!(
            r#"{{ "persons": [{{ "id": "a", "name": "Ana Vale", "birth_date": "{birth}" }}],
                 "organizations": [{{ "id": "o", "name": "Assembly" }}],
                 "memberships": [{{ "person_id": "a", "organization_id": "o", "role": "{role}" }}] }}"#
        )
    };
    let (one, two) = (term("1950", "member"), term("1951", "speaker"));
    let done = from("popolo", &[("term1.json", &one), ("term2.json", &two)]);
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(
        people.contains("born = \"1950\"") && people.contains("speaker") && people.contains("member"),
        "{people}"
    );
    assert!(told(&done, "1951"));
    let same = r#"{ "dossier": { "title": "x" }, "people": [{ "key": "ok", "name": "Ok", "prose": "First." }, { "key": "ok", "name": "Other" }] }"#;
    let done = from("json", &[("j.json", same)]);
    assert_eq!(text(&done.merged.sources, "content/people/ok.md"), "First.");
    assert!(told(&done, "Other"));
}

/// Each record of a folder cites the file that it comes from.
#[test]
fn a_record_cites_its_own_file() {
    let one = r#"{ "persons": [{ "id": "a", "name": "Ada Berg" }] }"#;
    let two = r#"{ "persons": [{ "id": "b", "name": "Bo Lind" }] }"#;
    let done = from("popolo", &[("two/one.json", one), ("two/two.json", two)]);
    let people = text(&done.merged.sources, "content/people.toml");
    let bo = people.split("[bo-lind]").nth(1).unwrap();
    assert!(people.contains("cite = \"one-json\"") && bo.contains("cite = \"two-json\""), "{people}");
}

/// With `force` lists grow: neither what an editor wrote nor what another file said is taken away.
#[test]
fn force_takes_nothing_away_that_the_file_does_not_speak_of() {
    let term = |role: &str, from: &str| {
        format!(
            r#"{{ "persons": [{{ "id": "a", "name": "Ana Vale" }}], "organizations": [{{ "id": "o", "name": "Assembly" }}],
                 "memberships": [{{ "person_id": "a", "organization_id": "o", "role": "{role}", "start_date": "{from}" }}] }}"#
        )
    };
    let first = from("popolo", &[("t1.json", &term("member", "2001"))]);
    let mut own = first.merged.sources.clone();
    let people = text(&own, "content/people.toml").replace("ids = {", "tags = \"mine\" # kept\nids = {");
    own.insert("content/people.toml", people.into_bytes());
    let force = Choices { force: true, ..Choices::default() };
    let done = imported("popolo", &files(&[("t2.json", &term("speaker", "2005"))]), &own, &force);
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(people.contains("member") && people.contains("2001") && people.contains("speaker"), "{people}");
    assert!(people.contains("tags = \"mine\" # kept"), "{people}");
    // The same office twice is two offices.
    let done =
        imported("popolo", &files(&[("t3.json", &term("member", "2009"))]), &done.merged.sources, &force);
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(people.contains("2001") && people.contains("2009"), "{people}");
    // What gives way is told.
    let renamed = r#"{ "persons": [{ "id": "a", "name": "Ana Vale-Berg" }] }"#;
    let done = imported("popolo", &files(&[("t4.json", renamed)]), &done.merged.sources, &force);
    assert!(done.merged.replaced.iter().any(|loss| loss.field == "name" && loss.value == "Ana Vale"));
}

/// Who is withheld does not come in by another door.
#[test]
fn what_is_withheld_stays_withheld() {
    let own = files(&[
        ("site.toml", "title = \"x\"\n"),
        ("content/people.toml", "[secret]\nname = \"Ana Vale\"\nwithhold = true\n"),
    ]);
    let popolo = r#"{ "persons": [{ "id": "1", "name": "Ana Vale" }, { "id": "2", "name": "Bo Lind" }] }"#;
    let done = imported("popolo", &files(&[("p.json", popolo)]), &own, &Choices::default());
    let keys: Vec<&str> = done.merged.added.iter().map(|(_, key)| key.as_str()).collect();
    assert_eq!(keys, ["bo-lind", "p-json"]);
    assert!(done.taken.lost.iter().any(|loss| loss.why.contains("withholds")));
}

/// A namesake is one by name, whatever the keys.
#[test]
fn a_namesake_is_told_and_nobody_else() {
    let popolo = files(&[("p.json", r#"{ "persons": [{ "id": "1", "name": "Ana Vale" }] }"#)]);
    let with = |people: &str| {
        let own = files(&[("site.toml", "title = \"x\"\n"), ("content/people.toml", people)]);
        imported("popolo", &popolo, &own, &Choices::default()).taken.keys.doubtful
    };
    let found = with("[av]\nname = \"Ana Vale\"\n");
    assert_eq!((found.len(), found[0].there.as_str(), found[0].key.as_str()), (1, "av", "ana-vale"));
    assert_eq!(with("[ana-vale]\nname = \"Somebody Else\"\n").len(), 0);
}

/// Every value of an entity is in the dossier, or in the report.
#[test]
fn no_second_value_is_lost_in_silence() {
    let lines = r#"{"id":"P","schema":"Person","first_seen":"2020-01-01","properties":{"name":["Ana Vale"],"wikidataId":["Q1","Q22"]}}
{"id":"G","schema":"Company","properties":{"name":["Quay"],"registrationNumber":["R1","R22"],"sourceUrl":["https://a.example/","javascript:x()"]}}
{"id":"M","schema":"Membership","datasets":["d9"],"properties":{"member":["P"],"organization":["G"],"role":["chair","deputy"]}}
{"id":"D","schema":"Article","properties":{"title":["One","Two"],"sourceUrl":["https://b.example/","https://c.example/"]}}
{"id":"N","schema":"Position","properties":{"name":["Minister"],"country":["xx"]}}
{"id":"E","schema":"Event","properties":{"name":["Late"],"startDate":["2020-05-01"],"endDate":["2020-04-01"],"location":["Here","There"]}}
"#;
    let done = from("followthemoney", &[("e.json", lines)]);
    for value in [
        "Q22",
        "R22",
        "deputy",
        "Two",
        "https://c.example/",
        "xx",
        "There",
        "javascript:x()",
        "2020-01-01",
        "2020-04-01",
    ] {
        assert!(told(&done, value), "{value} is nowhere");
    }
    assert!(text(&done.merged.sources, "content/people.toml").contains("cite = \"d9\" }]"));
    assert!(!text(&done.merged.sources, "content/sources.toml").contains("archived"));
    says_the_same(&imported(
        "followthemoney",
        &files(&[("e.json", lines)]),
        &done.merged.sources,
        &Choices::default(),
    ));
}

#[test]
fn what_is_no_date_on_a_slide_is_told() {
    let slides = r#"{ "events": [
        { "start_date": { "year": "c. 1950" }, "text": { "headline": "One" } },
        { "start_date": { "year": 2001, "month": "June", "day": 3 }, "text": { "headline": "Two" } },
        { "start_date": "1960-05-01", "text": { "headline": "Three" } },
        { "end_date": { "year": 1970 }, "text": { "headline": "Four" } },
        { "start_date": { "year": 1990 }, "end_date": { "year": 1980 }, "text": { "headline": "Five" } }
    ] }"#;
    let done = from("timelinejs", &[("t.json", slides)]);
    for value in ["c. 1950", "June", "/1970", "1990/1980"] {
        assert!(told(&done, value), "{value} is nowhere");
    }
    assert!(text(&done.merged.sources, "content/events.toml").contains("1960-05-01"));
}

/// A member of a legislative period joined and left on some day of it, however its ends are written.
#[test]
fn a_term_of_mixed_precision_bounds_a_role() {
    let popolo = r#"{ "persons": [{ "id": "a", "name": "Ana Vale", "identifiers": [
            { "scheme": "x", "identifier": "1" }, { "scheme": "x", "identifier": "22" }], "sources": ["https://s.example/", "no address"] }],
        "organizations": [{ "id": "o", "name": "Assembly" }],
        "events": [{ "id": "t", "name": "Term", "start_date": "2010", "end_date": "2014-04-01" }],
        "memberships": [{ "person_id": "a", "organization_id": "o", "legislative_period_id": "t" },
                        { "person_id": "a", "organization_id": "o", "role": "chair", "legislative_period_id": "gone" }] }"#;
    let done = from("popolo", &[("p.json", popolo)]);
    let people = text(&done.merged.sources, "content/people.toml");
    assert!(
        people.contains("from = \"[2010..2014]\"") && people.contains("cite = \"s-example\""),
        "{people}"
    );
    for value in ["gone", "22", "no address"] {
        assert!(told(&done, value), "{value} is nowhere");
    }
}

#[test]
fn settings_that_are_none_are_left_out_and_a_citation_of_nothing_is_refused() {
    let json = r#"{ "dossier": { "title": "Harbour", "base_url": "nowhere", "language": "english" }, "people": [{ "key": "ok", "name": "Ok" }] }"#;
    let done = from("json", &[("j.json", json)]);
    assert!(text(&done.merged.sources, "site.toml").starts_with("title = \"Harbour\"\n"));
    assert!(told(&done, "nowhere") && told(&done, "english"));
    let cite = Choices { cite: Some("nosuch p. 3".to_owned()), ..Choices::default() };
    let report = refused("json", &files(&[("j.json", json)]), &cite);
    assert!(report.contains("names a source `nosuch`, which is not there"), "{report}");
}

/// Line ends stay as they are.
#[test]
fn a_file_keeps_its_line_ends() {
    let own = files(&[
        ("site.toml", "title = \"x\"\r\n"),
        ("content/people.toml", "[ada]\r\nname = \"Ada\" # so\r\n"),
        ("content/people/bo.md", "+++\r\nname = \"Bo\"\r\n+++\r\nOf Bo.\r\n"),
    ]);
    let json = r#"{ "dossier": { "title": "x" }, "people": [{ "key": "ada", "name": "Ada", "born": "1961" }, { "key": "bo", "name": "Bo", "born": "1962" },
                    { "key": "cai", "name": "Cai" }] }"#;
    let force = Choices { force: true, ..Choices::default() };
    let done = imported("json", &files(&[("j.json", json)]), &own, &force);
    let people = text(&done.merged.sources, "content/people.toml");
    assert_eq!(people, "[ada]\r\nname = \"Ada\" # so\r\nborn = \"1961\"\r\n\r\n[cai]\r\nname = \"Cai\"\r\n");
    let bo = text(&done.merged.sources, "content/people/bo.md");
    assert_eq!(bo, "+++\r\nname = \"Bo\"\r\nborn = \"1962\"\r\n+++\r\nOf Bo.\r\n");
}

fn dossier(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dossier")).current_dir(folder).args(arguments).output().unwrap()
}

/// A dry run writes nothing; files keep their permissions; a report is that of its file.
#[test]
fn files_are_written_as_an_author_would() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("one.json"), r#"{ "persons": [{ "id": "a", "name": "Ada Berg", "gender": "x" }] }"#)
        .unwrap();
    fs::write(here.join("two.json"), r#"{ "persons": [{ "id": "b", "name": "Bo Lind", "gender": "y" }] }"#)
        .unwrap();
    let dry = dossier(here, &["import", "popolo", "one.json", "--into", "d", "--dry-run"]);
    assert!(dry.status.success() && !here.join("d").exists());
    assert!(dossier(here, &["import", "popolo", "one.json", "--into", "d"]).status.success());
    // It is set up for git and for editors as any new one is.
    for path in [".gitignore", ".taplo.toml", ".schemas/people.schema.json", "site.toml"] {
        assert!(here.join("d").join(path).is_file(), "{path}");
    }
    let people = here.join("d/content/people.toml");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        fs::write(here.join("usual"), "").unwrap();
        assert_eq!(mode(&people), mode(&here.join("usual")));
        fs::set_permissions(&people, fs::Permissions::from_mode(0o664)).unwrap();
        assert!(dossier(here, &["import", "popolo", "two.json", "--into", "d"]).status.success());
        assert_eq!(mode(&people), 0o664);
    }
    assert!(
        here.join("d/imports/popolo-one.csv").is_file() && here.join("d/imports/popolo-two.csv").is_file()
    );
    let left: Vec<String> = fs::read_dir(here.join("d/content"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(left.iter().all(|name| name.ends_with(".toml")), "{left:?}");
    assert!(!here.join("d/.dossier/import").exists());
}

/// An import that was stopped when all files were ready is finished by the next.
#[test]
fn what_was_stopped_in_between_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let waiting = here.join("d/.dossier/import");
    fs::create_dir_all(&waiting).unwrap();
    fs::create_dir_all(here.join("d/content")).unwrap();
    fs::write(here.join("d/site.toml"), "title = \"x\"\n").unwrap();
    fs::write(here.join("d/content/people.toml"), "[ada]\nname = \"Ada\"\ncite = \"log\"\n").unwrap();
    fs::write(waiting.join("1"), "[log]\ntitle = \"Log\"\ntype = \"document\"\n").unwrap();
    fs::write(waiting.join("2"), "x").unwrap();
    fs::write(waiting.join("all-there"), "- content/people.toml\n- content/sources.toml\n- ../outside\n")
        .unwrap();
    fs::write(here.join("one.json"), r#"{ "persons": [{ "id": "b", "name": "Bo Lind" }] }"#).unwrap();
    let done = dossier(here, &["import", "popolo", "one.json", "--into", "d"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sources = fs::read_to_string(here.join("d/content/sources.toml")).unwrap();
    assert!(sources.contains("[log]") && sources.contains("[one-json]"), "{sources}");
    assert!(!waiting.exists() && !here.join("outside").exists());
}
