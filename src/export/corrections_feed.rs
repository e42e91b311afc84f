//! The log of corrections -> an Atom feed (RFC 4287), for readers who want to know what changes.

use atom_syndication::{Content, Entry, Text};

use super::{Export, Hand, Losses, absolute, atom, identifier};
use crate::html::{escaped, escaped_text};
use crate::link::routes::CORRECTIONS_FEED;
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::view::corrections::listed;
use crate::view::page::Correction;
use crate::view::prose::Writer;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "corrections-feed",
    about: "the log of corrections as an Atom feed",
    leaves_out: &["everything but corrections"],
    paths: |words| if is_any(words) { vec![CORRECTIONS_FEED] } else { Vec::new() },
    make,
};

fn is_any(words: &Words) -> bool {
    words.linked.dossier.as_of.is_none() && !words.linked.dossier.corrections.is_empty()
}

/// The feed; none while nothing was corrected.
fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    // Who subscribes to a feed wants to know of today.
    if dossier.as_of.is_some() {
        return Losses::default();
    }
    let ids: Vec<Id> = dossier.ids(Kind::Correction).collect();
    let mut writer = Writer::bare(words, "corrections.html");
    let corrections = listed(&mut writer, &ids);
    let entries: Vec<Entry> = corrections.iter().filter_map(|correction| entry(words, correction)).collect();
    let feed = atom::feed(words, CORRECTIONS_FEED, "corrections.html", words.get("nav.corrections"), entries);
    feed.into_iter().for_each(hand);
    Losses::default()
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
        updated: atom::time(date.day()?)?,
        links: vec![atom::link(words, "alternate", &format!("corrections.html#{}", correction.id))],
        content: Some(Content {
            value: Some(html),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    })
}
