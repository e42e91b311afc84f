//! The corpus as global data for Eleventy: its templates make a page of each record, which is much faster
//! there than a template file for each. Meetings stand in a file for each year, as in the dossier.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::corpus::{Corpus, Meeting, Person, note};
use crate::{words, write};

pub fn content(corpus: &Corpus, dir: &Path) -> io::Result<()> {
    let dir = dir.join("records");
    let groups = corpus.groups.iter().enumerate().map(|(g, group)| {
        let of = group.part_of.map(|of| format!("g{of}"));
        json!({ "key": format!("g{g}"), "name": group.name, "founded": group.founded, "part_of": of })
    });
    list(&dir.join("groups.json"), groups)?;
    let places = corpus.places.iter().enumerate().map(|(l, place)| {
        let within = place.within.map(|within| format!("l{within}"));
        json!({ "key": format!("l{l}"), "name": place.name, "in": within })
    });
    list(&dir.join("places.json"), places)?;
    let sources = corpus.sources.iter().enumerate().map(|(s, source)| {
        let published = words::month(2024, source.month);
        json!({ "key": format!("s{s}"), "name": source.title, "published": published })
    });
    list(&dir.join("sources.json"), sources)?;
    list(&dir.join("people.json"), corpus.people.iter().enumerate().map(|(p, it)| person(p, it)))?;
    let mut years: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for (m, it) in corpus.meetings.iter().enumerate() {
        years.entry(it.year).or_default().push(meeting(m, it));
    }
    for (year, meetings) in years {
        list(&dir.join(format!("meetings/{year}.json")), meetings.into_iter())?;
    }
    Ok(())
}

fn list(path: &Path, records: impl Iterator<Item = Value>) -> io::Result<()> {
    let lines: Vec<String> = records.map(|record| record.to_string()).collect();
    write(path, format!("[\n{}\n]\n", lines.join(",\n")))
}

fn person(p: usize, person: &Person) -> Value {
    let Person { family, born, role, source, .. } = person;
    let text = person.met.map(|met| {
        format!(
            "Met [[p{met}]] at least 0 times [@s{source} ¶3, citing an aide]. \
             Of 1,400 boats, twelve sank on 7 October 2023 [@s{source} ¶4].\n\n\
             ## More\n\nSome *text* with a [link](https://example.org/) and a list:\n\n- one\n- two\n"
        )
    });
    json!({
        "key": format!("p{p}"), "name": person.name(p), "fa": format!("شخص {p}"), "aka": format!("{family} {p}"),
        "born": born, "source": format!("s{source}"), "text": text,
        "roles": [{
            "role": role.office, "of": format!("g{}", role.group), "term": words::term(role), "cite": format!("¶{p}"),
        }],
    })
}

fn meeting(m: usize, meeting: &Meeting) -> Value {
    let Meeting { place, source, year, .. } = meeting;
    let participants: Vec<Value> = meeting
        .participants
        .iter()
        .map(|(p, g)| json!({ "who": format!("p{p}"), "for": format!("g{g}") }))
        .collect();
    let denial = meeting
        .denied_by
        .map(|g| json!({ "who": format!("g{g}"), "words": "There was none.", "cite": "¶2" }));
    let first = meeting.participants.first().map_or(0, |(p, _)| *p);
    let text = meeting
        .note
        .then(|| note(&format!("[[p{first}]]"), &format!("[[l{place}]]"), &format!("[@s{source} ¶{m}]")));
    json!({
        "key": format!("m{m}"), "name": format!("Meeting {m} at Place {place}"), "date": words::sorted(meeting),
        "when": words::when(meeting), "year": year, "place": format!("l{place}"), "source": format!("s{source}"),
        "cite": format!("¶{m}"), "via": "an aide", "participants": participants, "denial": denial, "text": text,
    })
}
