//! What is exported and imported again.

use std::collections::BTreeSet;

use dossier::export::named;
use dossier::import::Choices;
use dossier::source::Sources;

use super::{assets, export, exported, files, imported, records, says_the_same, shown};
use crate::harbour::harbour;
use crate::support::repository;

/// One file that was exported.
fn file(format: &str, name: &str, sources: &Sources) -> Sources {
    let mut files = Sources::default();
    files.insert(name, exported(format, sources).remove(name).unwrap());
    files
}

#[test]
fn a_dossier_comes_back_from_its_json_as_it_was() {
    for (dossier, count) in [(repository(), 70), (harbour(), 90)] {
        let json = file("json", "dossier.json", &dossier);
        let back = imported("json", &json, &assets(&dossier), &Choices::default());
        assert_eq!(back.taken.lost, []);
        assert!(back.merged.added.len() > count, "{}", back.merged.added.len());
        // Settings that are no part of the data, such as the address of the site, show in it all the same.
        let (old, new) = (records(&dossier), records(&back.merged.sources));
        for (key, fields) in &old {
            assert_eq!(Some(fields), new.get(key), "{key}");
        }
        assert_eq!(old.len(), new.len());
        let again = imported("json", &json, &back.merged.sources, &Choices::default());
        says_the_same(&again);
    }
}

#[test]
fn one_record_comes_from_its_own_json() {
    let site = crate::support::build(&harbour());
    let mut json = Sources::default();
    json.insert("vorr.json", site.value.output.get("people/stelian-vorr.json").unwrap().to_vec());
    // The groups that it names are not there, nor are its sources.
    insta::assert_snapshot!(shown(&imported("json", &json, &Sources::default(), &Choices::default())));
}

/// What is not the same after FollowTheMoney is what `dossier export followthemoney --explain` lists.
#[test]
fn followthemoney_loses_what_is_explained() {
    for (dossier, count) in [(repository(), 60), (harbour(), 70)] {
        let format = named("followthemoney").unwrap();
        let (made, lost) = export(format, &dossier);
        let mut entities = Sources::default();
        entities.insert("entities.json", made["followthemoney.json"].clone());
        let back = imported("followthemoney", &entities, &Sources::default(), &Choices::default());
        let told: BTreeSet<(&str, &str)> =
            lost.0.iter().map(|loss| (loss.record.as_str(), loss.field)).collect();
        let (old, new) = (records(&dossier), records(&back.merged.sources));
        let mut same = 0;
        for (key, fields) in &old {
            let Some(found) = new.get(key) else {
                assert!(told.contains(&(key.as_str(), "record")), "{key} is gone, and nobody said so");
                continue;
            };
            // A place comes back by its name, where a meeting says it.
            if told.contains(&(key.as_str(), "record")) {
                continue;
            }
            for (field, value) in fields {
                let there = |item| {
                    found.get(field).and_then(|found| found.as_array()).is_some_and(|all| all.contains(item))
                };
                // A list may have got more.
                let is_there = value.as_array().is_some_and(|items| items.iter().all(there));
                // `2023-02-XX` is some day of that month, as `2023-02` is.
                let coarse = value.as_str().map(|text| text.replace("-XX", ""));
                let is_date = found.get(field).and_then(|found| found.as_str()) == coarse.as_deref()
                    && coarse.is_some();
                let is_same = is_there || is_date || found.get(field) == Some(value);
                same += usize::from(is_same);
                let is_told = told.contains(&(key.as_str(), field.as_str()));
                assert!(is_same || is_told, "{key}.{field}: {value} became {:?}", found.get(field));
            }
        }
        assert!(same > 3 * count, "{same}");
        let again = imported("followthemoney", &entities, &back.merged.sources, &Choices::default());
        says_the_same(&again);
    }
}

#[test]
fn popolo_comes_back_with_people_groups_and_roles() {
    let json = file("popolo", "popolo.json", &harbour());
    let back = imported("popolo", &json, &Sources::default(), &Choices::default());
    insta::assert_snapshot!(shown(&back));
    let again = imported("popolo", &json, &back.merged.sources, &Choices::default());
    says_the_same(&again);
}

const PEOPLE: &str = "\
# The people of the harbour.

[ada-berg]            # the minister
name = \"Ada Berg\"   # so she signs
# Her offices, as the gazette has them.
roles = [
  # until the reform
  { role = \"minister\", of = \"harbour-office\", cite = \"gazette\" },
  { role = \"chair\", of = \"harbour-office\", cite = \"gazette\" }, # by law
]
cite = \"gazette\"
";

/// Comments and what was changed by hand stay; with `force` what the file says comes in, and comments stay all the same.
#[test]
fn what_was_written_by_hand_stays() {
    let own = files(&[
        ("site.toml", "title = \"Harbour\"\n"),
        ("content/people.toml", PEOPLE),
        ("content/groups.toml", "[harbour-office]\nname = \"Harbour Office\"\ntype = \"state-body\"\n"),
        ("content/sources.toml", "[gazette]\ntitle = \"Gazette\"\ntype = \"document\"\n"),
    ]);
    let json = files(&[(
        "other.json",
        r#"{ "dossier": { "title": "Other" }, "people": [
            { "key": "ada-berg", "name": "Ada Berg", "born": "1961",
              "roles": [
                { "role": "minister", "of": "harbour-office", "to": "2020", "cite": ["gazette"] },
                { "role": "chair", "of": "harbour-office", "cite": ["gazette"] },
                { "role": "envoy", "of": "harbour-office", "cite": ["gazette"] }
              ], "cite": ["gazette"] },
            { "key": "bo-lind", "name": "Bo Lind", "roles": [{ "role": "clerk", "of": "no-such-office" }] }
        ] }"#,
    )]);
    let careful = imported("json", &json, &own, &Choices::default());
    let text = careful.merged.sources.get("content/people.toml").unwrap().text().unwrap().to_owned();
    assert!(text.starts_with(PEOPLE), "{text}");
    insta::assert_snapshot!("left_alone", shown(&careful));
    let force = Choices { force: true, ..Choices::default() };
    insta::assert_snapshot!("forced", shown(&imported("json", &json, &own, &force)));
}
