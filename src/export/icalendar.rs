//! Meetings and events -> a calendar (iCalendar, RFC 5545).
//!
//! Only what is dated to the day stands in the calendar as an event. All else is a journal entry without a
//! date, which says in words when it was: a calendar knows no months, and a day would be made up.

use icalendar::{Calendar, Component, Event, Property, ValueType};

use super::{Export, Hand, Losses, absolute, identifier};
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::date::Day;
use crate::model::dossier::Id;
use crate::model::exact;
use crate::model::place::Place;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "icalendar",
    about: "meetings and events as a calendar (.ics)",
    leaves_out: &[
        "dates that are not known to the day: these are said in words",
        "people and groups beside meetings and events",
        "who says so: the chain of sources is said in words",
    ],
    paths: |_| vec![PATH],
    make,
};

const PATH: &str = "data/timeline.ics";

fn make(words: &Words, hand: Hand) -> Losses {
    let dossier = &words.linked.dossier;
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//dossier//dossier//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(text("X-WR-CALNAME", &dossier.config.title));
    let mut lost = Losses::default();
    let mut journal = String::new();
    let latest = super::latest(words);
    for occasion in words.linked.occasions() {
        let id = occasion.id;
        let when = date(dossier, id);
        let mut entry = entry(words, id, latest);
        match when.and_then(exact::days) {
            Some((first, last)) => {
                entry.append_property(day("DTSTART", first));
                // The end is the first day that is no part of it.
                entry.append_property(day("DTEND", last.add_days(1)));
                entry.append_property(("TRANSP", "TRANSPARENT"));
                located(&mut entry, words, id);
                calendar.push(entry);
            }
            None => {
                let said = words.dates.when(when, words.strings).text;
                entry.append_property(text("SUMMARY", &format!("{said}: {}", words.title(id))));
                journal.push_str(&as_journal(&entry));
                let edtf = when.map_or("", |date| date.text());
                lost.add(dossier, id, "date", edtf, "said in words: a calendar knows days only");
            }
        }
    }
    let calendar = calendar.to_string();
    let events = calendar.trim_end().trim_end_matches(END);
    hand((PATH.to_owned(), format!("{events}{journal}{END}\r\n").into_bytes()));
    lost
}

const END: &str = "END:VCALENDAR";

/// An entry of a journal, which the library has no type for: it is written as an event is, but for its name.
fn as_journal(entry: &Event) -> String {
    let event = entry.to_string();
    let inside = event.trim_end().trim_start_matches("BEGIN:VEVENT").trim_end_matches("END:VEVENT");
    format!("BEGIN:VJOURNAL{inside}END:VJOURNAL\r\n")
}

fn day(name: &str, day: Day) -> Property {
    let text = day.iso().replace('-', "");
    Property::new(name, text).append_parameter(ValueType::Date).done()
}

/// A property that holds an author's text. The library escapes what would end it but for a carriage return, which is a
/// line break to some readers.
fn text(name: &str, text: &str) -> Property {
    Property::new(name, text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// What both kinds of entries say.
fn entry(words: &Words, id: Id, latest: Option<Day>) -> Event {
    let mut entry = Event::new();
    let dossier = &words.linked.dossier;
    let key = format!("{}/{}", id.kind.plural(), dossier.key(id));
    entry.append_property(Property::new(
        "UID",
        format!("{key}@{}", identifier(words, "calendar").replace("urn:uuid:", "")),
    ));
    let revised = super::revised(words, id)
        .or(latest)
        .map_or_else(|| "19700101".to_owned(), |day| day.iso().replace('-', ""));
    entry.append_property(Property::new("DTSTAMP", format!("{revised}T000000Z")));
    entry.append_property(text("SUMMARY", &words.title(id)));
    let when = words.dates.when(date(dossier, id), words.strings);
    let mut said = vec![when.text];
    said.extend(when.note);
    said.extend(super::said::place(words, id));
    said.extend(super::said::of_occasion(words, id));
    entry.append_property(text("DESCRIPTION", &said.join("\n")));
    if words.linked.dossier.config.base_url.is_some() {
        entry.append_property(Property::new("URL", absolute(words, &address(dossier, id))));
    }
    entry.done()
}

/// Where it was, which an entry of a journal has no property for.
fn located(entry: &mut Event, words: &Words, id: Id) {
    let dossier = &words.linked.dossier;
    let occasion = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at));
    if let Some(place) = occasion.and_then(|occasion| occasion.places.first()) {
        entry.append_property(text("LOCATION", &words.title(*place)));
        if let Some(Place { position: Some((lat, lon)), .. }) =
            dossier.places.get(place.index).map(|place| &place.data)
        {
            entry.append_property(Property::new("GEO", format!("{lat};{lon}")));
        }
    }
}
