//! The log of corrections -> an Atom feed (RFC 4287), for readers who want to know what changes.

use std::collections::BTreeMap;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use crate::html::{escaped, escaped_text};
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::view::corrections::listed;
use crate::view::page::Correction;
use crate::view::prose::Writer;
use crate::view::words::Words;

/// Where the feed is.
pub const PATH: &str = crate::link::routes::CORRECTIONS_FEED;

/// The feed; none while nothing was corrected, since a feed must say when it was last changed.
pub fn files(words: &Words) -> Vec<(String, Vec<u8>)> {
    let dossier = &words.linked.dossier;
    // Who subscribes to a feed wants to know of today.
    if dossier.as_of.is_some() {
        return Vec::new();
    }
    let ids: Vec<Id> = dossier.ids(Kind::Correction).collect();
    let mut writer = Writer::bare(words, "corrections.html");
    let corrections = listed(&mut writer, &ids);
    let entries: Vec<Entry> = corrections.iter().filter_map(|correction| entry(words, correction)).collect();
    let Some(updated) = entries.iter().map(|entry| entry.updated).max() else { return Vec::new() };
    let config = &dossier.config;
    let person = |name: &String| Person { name: name.clone(), ..Person::default() };
    let feed = Feed {
        title: Text::plain(format!("{}: {}", config.title, words.get("nav.corrections"))),
        id: identifier(words, "corrections"),
        updated,
        authors: if config.authors.is_empty() {
            vec![person(&config.title)]
        } else {
            config.authors.iter().map(person).collect()
        },
        generator: Some(Generator { value: "dossier".to_owned(), ..Generator::default() }),
        links: vec![link(words, "alternate", "corrections.html"), link(words, "self", PATH)],
        rights: config.licence.as_ref().map(|licence| Text::plain(licence.clone())),
        lang: Some(config.language.clone()),
        entries,
        namespaces: BTreeMap::new(),
        ..Feed::default()
    };
    // Writing to memory fails only where a text could not be XML, and such characters are refused earlier.
    match feed.write_to(Vec::new()) {
        Ok(bytes) => vec![(PATH.to_owned(), bytes)],
        Err(_) => Vec::new(),
    }
}

fn entry(words: &Words, correction: &Correction) -> Option<Entry> {
    let record: String = correction.on.iter().map(|part| part.text.as_str()).collect();
    let title = match &correction.field {
        Some(field) => words.strings.fill("say.field-of", &[("record", &record), ("field", field)]),
        None => record.clone(),
    };
    let was = match &correction.was {
        Some(was) => words.strings.fill("page.corrections.was", &[("was", was)]),
        None => words.get("page.corrections.nothing").to_owned(),
    };
    let href = correction.on.first().and_then(|part| part.href.clone()).unwrap_or_default();
    let html = format!(
        "<p><a href=\"{}\">{}</a></p><p>{} {}</p>",
        escaped(&absolute(words, &href)),
        escaped_text(&record),
        escaped_text(&was),
        escaped_text(&correction.why)
    );
    let key = correction.id.trim_start_matches("r-");
    let id = words.linked.dossier.find(Kind::Correction, key)?;
    let date = &words.linked.dossier.corrections.get(id.index)?.data.date.value;
    Some(Entry {
        title: Text::plain(title),
        id: identifier(words, key),
        // A correction is dated by a day; a feed wants a time, and the day's first is what it has.
        updated: FixedDateTime::parse_from_rfc3339(&format!("{}T00:00:00Z", date.day()?.iso())).ok()?,
        links: vec![link(words, "alternate", &format!("corrections.html#{}", correction.id))],
        content: Some(Content {
            value: Some(html),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    })
}

fn link(words: &Words, rel: &str, path: &str) -> Link {
    Link { href: absolute(words, path), rel: rel.to_owned(), ..Link::default() }
}

/// An address below `base_url`; without one it is relative to the feed, which stands at the root.
fn absolute(words: &Words, path: &str) -> String {
    match &words.linked.dossier.config.base_url {
        Some(base) => format!("{}/{path}", base.value.trim_end_matches('/')),
        None => path.to_owned(),
    }
}

/// An identifier that stays the same wherever the site is, and differs from that of any other dossier: a
/// UUID of version 8 (RFC 9562) over the title of the dossier and the key.
fn identifier(words: &Words, key: &str) -> String {
    let hash = blake3::hash(format!("{}\n{key}", words.linked.dossier.config.title).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
