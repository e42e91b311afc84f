//! The corpus as content for Hugo: people, groups, places, sources and years are taxonomies, so that Hugo
//! itself knows which meetings each of them has, and prose links by short codes.

use std::fmt::Write;
use std::io;
use std::path::Path;

use crate::corpus::{Corpus, Meeting, Person, note, whole};
use crate::{words, write};

pub fn content(corpus: &Corpus, dir: &Path) -> io::Result<()> {
    let dir = dir.join("content");
    for (g, group) in corpus.groups.iter().enumerate() {
        let part = group.part_of.map_or_else(String::new, |of| format!("part_of = \"g{of}\"\n"));
        let front = format!("title = \"{}\"\nfounded = \"{}\"\n{part}", group.name, group.founded);
        term(&dir, "groups", &format!("g{g}"), &front, "")?;
    }
    for (l, place) in corpus.places.iter().enumerate() {
        let within = place.within.map_or_else(String::new, |within| format!("in = \"l{within}\"\n"));
        term(&dir, "places", &format!("l{l}"), &format!("title = \"{}\"\n{within}", place.name), "")?;
    }
    for (s, source) in corpus.sources.iter().enumerate() {
        let published = words::month(2024, source.month);
        let front = format!("title = \"{}\"\nissued = \"{published}\"\n", source.title);
        term(&dir, "sources", &format!("s{s}"), &front, "")?;
    }
    for (p, person) in corpus.people.iter().enumerate() {
        term(&dir, "people", &format!("p{p}"), &person_front(p, person), &person_prose(person))?;
    }
    for (m, meeting) in corpus.meetings.iter().enumerate() {
        let text = format!("+++\n{}+++\n{}", meeting_front(m, meeting), meeting_prose(m, meeting));
        write(&dir.join(format!("meetings/m{m}.md")), text)?;
    }
    Ok(())
}

fn term(dir: &Path, taxonomy: &str, key: &str, front: &str, prose: &str) -> io::Result<()> {
    write(&dir.join(taxonomy).join(key).join("_index.md"), format!("+++\n{front}+++\n{prose}"))
}

fn person_front(p: usize, person: &Person) -> String {
    let Person { family, born, role, source, .. } = person;
    format!(
        "title = \"{}\"\nfa = \"شخص {p}\"\naka = \"{family} {p}\"\nborn = \"{born}\"\nsource = \"s{source}\"\n\
         [[roles]]\nrole = \"{}\"\nof = \"g{}\"\nterm = \"{}\"\ncite = \"¶{p}\"\n",
        person.name(p),
        role.office,
        role.group,
        words::term(role)
    )
}

fn link(key: &str) -> String {
    format!("{{{{< link \"{key}\" >}}}}")
}

fn cite(source: usize, place: &str) -> String {
    format!("{{{{< cite \"s{source}\" \"{place}\" >}}}}")
}

fn person_prose(person: &Person) -> String {
    let Some(met) = person.met else { return String::new() };
    format!(
        "Met {} at least 0 times {}. Of 1,400 boats, twelve sank on 7 October 2023 {}.\n\n\
         ## More\n\nSome *text* with a [link](https://example.org/) and a list:\n\n- one\n- two\n",
        link(&format!("p{met}")),
        cite(person.source, "¶3, citing an aide"),
        cite(person.source, "¶4")
    )
}

fn meeting_front(m: usize, meeting: &Meeting) -> String {
    let Meeting { place, source, year, .. } = meeting;
    let people = quoted(meeting.participants.iter().map(|(p, _)| format!("p{p}")).collect());
    // What is said of a part is said of the whole.
    let groups = meeting.participants.iter().flat_map(|(_, g)| [Some(*g), whole(*g)]);
    let groups = quoted(groups.flatten().map(|g| format!("g{g}")).collect());
    let places =
        quoted([Some(*place), whole(*place)].into_iter().flatten().map(|l| format!("l{l}")).collect());
    let mut front = format!(
        "title = \"Meeting {m} at Place {place}\"\ndate = {}\nwhen = \"{}\"\npeople = [{people}]\n\
         groups = [{groups}]\nplaces = [{places}]\nsources = [\"s{source}\"]\nyears = [\"{year}\"]\n\
         place = \"l{place}\"\nsource = \"s{source}\"\ncite = \"¶{m}\"\nvia = \"an aide\"\n",
        words::sorted(meeting),
        words::when(meeting),
    );
    if let Some(g) = meeting.denied_by {
        let _ = writeln!(front, "denial = {{ who = \"g{g}\", words = \"There was none.\", cite = \"¶2\" }}");
    }
    for (p, g) in &meeting.participants {
        let _ = write!(front, "[[participants]]\nwho = \"p{p}\"\nfor = \"g{g}\"\n");
    }
    front
}

/// A list of texts for TOML, each of them once.
fn quoted(mut keys: Vec<String>) -> String {
    keys.sort_unstable();
    keys.dedup();
    keys.iter().map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(", ")
}

fn meeting_prose(m: usize, meeting: &Meeting) -> String {
    if !meeting.note {
        return String::new();
    }
    let first = meeting.participants.first().map_or(0, |(p, _)| *p);
    note(
        &link(&format!("p{first}")),
        &link(&format!("l{}", meeting.place)),
        &cite(meeting.source, &format!("¶{m}")),
    )
}
