//! What came into the dossier and what was changed -> an Atom feed, the newest first.

use atom_syndication::{Entry, Text};

use super::{Export, Hand, Losses, atom, identifier, said};
use crate::link::routes::{CHANGES_FEED, address};
use crate::model::date::Day;
use crate::model::dossier::Id;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: super::CHANGES,
    about: "records and articles that are new or were changed, as an Atom feed",
    leaves_out: &["records and articles that say neither when they came in nor when they were changed"],
    paths: |words| if is_any(words) { vec![CHANGES_FEED] } else { Vec::new() },
    make,
};

/// A feed tells of so many changes at most.
const MOST: usize = 100;

fn is_any(words: &Words) -> bool {
    let dossier = &words.linked.dossier;
    dossier.as_of.is_none() && dossier.all().any(|id| super::revised(words, id).is_some())
}

fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    // Who subscribes to a feed wants to know of today.
    if dossier.as_of.is_some() {
        return Losses::default();
    }
    let mut changed: Vec<(Day, Id)> =
        dossier.all().filter_map(|id| Some((super::revised(words, id)?, id))).collect();
    changed.sort_by(|(one, a), (other, b)| other.cmp(one).then(a.cmp(b)));
    let entries = changed.into_iter().take(MOST).filter_map(|(day, id)| entry(words, day, id)).collect();
    let feed = atom::feed(words, CHANGES_FEED, "index.html", words.get("feed.changes"), entries);
    feed.into_iter().for_each(hand);
    Losses::default()
}

fn entry(words: &Words, day: Day, id: Id) -> Option<Entry> {
    let dossier = &words.linked.dossier;
    let key = format!("{}/{}", id.kind.plural(), dossier.key(id));
    Some(Entry {
        title: Text::plain(words.title(id)),
        id: identifier(words, &key),
        updated: atom::time(day)?,
        links: vec![atom::link(words, "alternate", &address(dossier, id))],
        summary: said::summary(words, id).map(Text::plain),
        ..Entry::default()
    })
}
