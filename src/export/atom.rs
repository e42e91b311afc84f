//! What the feeds have in common (Atom, RFC 4287).

use std::collections::BTreeMap;

use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use super::{File, absolute, identifier};
use crate::model::date::Day;
use crate::view::words::Words;

/// A feed of these entries at `path`, about what stands on `page`; none without entries, since a feed must say when
/// it was last changed.
pub fn feed(words: &Words, path: &str, page: &str, title: &str, entries: Vec<Entry>) -> Option<File> {
    let updated = entries.iter().map(|entry| entry.updated).max()?;
    let config = &words.linked.dossier.config;
    let person = |name: &String| Person { name: name.clone(), ..Person::default() };
    let feed = Feed {
        title: Text::plain(format!("{}: {title}", config.title)),
        id: identifier(words, path.trim_end_matches(".xml")),
        updated,
        authors: if config.authors.is_empty() {
            vec![person(&config.title)]
        } else {
            config.authors.iter().map(person).collect()
        },
        generator: Some(Generator { value: "dossier".to_owned(), ..Generator::default() }),
        links: vec![link(words, "alternate", page), link(words, "self", path)],
        rights: config.licence.as_ref().map(|licence| Text::plain(licence.clone())),
        lang: Some(config.language.clone()),
        entries,
        namespaces: BTreeMap::new(),
        ..Feed::default()
    };
    // Writing to memory fails only where a text could not be XML, and such characters are refused earlier.
    Some((path.to_owned(), feed.write_to(Vec::new()).ok()?))
}

pub fn link(words: &Words, rel: &str, path: &str) -> Link {
    Link { href: absolute(words, path), rel: rel.to_owned(), ..Link::default() }
}

/// A feed wants a time; of a day its first is what there is.
pub fn time(day: Day) -> Option<FixedDateTime> {
    FixedDateTime::parse_from_rfc3339(&format!("{}T00:00:00Z", day.iso())).ok()
}
