//! The page of a place.

use super::page::{Page, Place, View};
use super::prose::Writer;
use super::words::{Words, text};
use super::{record, timeline};
use crate::link::refs::PLACE;
use crate::link::routes::address;
use crate::model::dossier::Id;

pub fn page(words: &Words, id: Id) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let place = dossier.places.get(id.index)?;
    let data = &place.data;
    let mut writer = Writer::new(words, &address(dossier, id));
    let marks = writer.notes.marks(words, &place.common.cite);
    let body = record::prose(&mut writer, id);
    let spellings = record::spellings(&mut writer, &data.name);
    let occasions: Vec<Id> = words.linked.occasions_of(id).map(|occasion| occasion.id).collect();
    let shown = |other: Id| occasions.contains(&other) || words.linked.parts(id).contains(&other);
    let common = record::common(writer, id, body, &shown, &[]);
    // Degrees as the author gave them: more digits would pretend to know more.
    let position = data.position.map(|(lat, lon)| format!("{lat}, {lon}"));
    let facts = [
        record::fact(
            words,
            "fact.in",
            record::linked(words, data.within.as_ref(), PLACE).into_iter().collect(),
        ),
        record::fact(
            words,
            "fact.country",
            data.country.iter().map(|code| vec![text(&code.value)]).collect(),
        ),
        record::fact(words, "fact.position", position.into_iter().flat_map(record::plain).collect()),
    ];
    let view = View::Place(Box::new(Place {
        name: words.name(id),
        native: words.native(id),
        attribution: record::attribution(words, id),
        marks,
        spellings,
        facts: facts.into_iter().flatten().chain(record::ids(words, id)).collect(),
        parts: words
            .sorted(words.linked.parts(id).iter().copied())
            .into_iter()
            .map(|id| words.link(id))
            .collect(),
        records: timeline::records(words, id, &occasions),
        common,
    }));
    Some(record::page(words, id, "place.html", "places.html", "nav.places", view))
}
