//! Timelines of TimelineJS3 (timeline.knightlab.com/docs/json-format.html) -> events.

use pulldown_cmark::{Event, Parser};
use serde_json::{Value, json};

use super::keys::named;
use super::object::Object;
use super::taken::{Taken, add, put, put_plain};
use super::{Import, Input, problems, when};
use crate::diag::Diagnostic;
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::source::SourceFile;

pub const IMPORT: Import = Import {
    name: "timelinejs",
    about: "the slides of a timeline of TimelineJS3 as events",
    endings: &["json"],
    scheme: SCHEME,
    leaves_out: &["pictures and other media", "times of day, backgrounds, eras"],
    cites_itself: false,
    read,
};

const SCHEME: &str = "timelinejs";

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    input.files.iter().filter_map(|file| one(file, taken).err()).flatten().collect()
}

fn one(file: &SourceFile, taken: &mut Taken) -> Result<(), Vec<Diagnostic>> {
    taken.reads(file);
    let value = problems::whole(file)?;
    let missing = || problems::not_of(file, "TimelineJS", "it has no list of `events`");
    let whole = Object::of(&value).filter(|whole| !whole.list("events").is_empty()).ok_or_else(missing)?;
    if let Some(title) = whole.list("title").first().and_then(|title| title.get("text")).and_then(Object::of)
    {
        put(&mut taken.about, "title", title.text("headline").map(|html| words(&html)).as_deref());
        put(&mut taken.about, "description", title.text("text").map(|html| words(&html)).as_deref());
    }
    for (at, event) in (1..).zip(whole.objects("events")) {
        slide(at, &event, taken);
    }
    for (field, value) in whole.rest().into_iter().filter(|(field, _)| *field != "scale") {
        taken.lose("the file", field, super::merge::as_text(&value), "no kind of record for it");
    }
    Ok(())
}

fn slide(at: usize, event: &Object, taken: &mut Taken) {
    let name = format!("slide {at}");
    let text = event.list("text").first().and_then(Object::of);
    let said = |field: &str| text.as_ref().and_then(|text| text.text(field));
    let headline = said("headline").map(|html| words(&html)).filter(|title| !title.is_empty());
    let Some(title) = headline else {
        taken.lose(name, "text.headline", said("text").unwrap_or_default(), "an event without a title");
        return;
    };
    let ends =
        ["start_date", "end_date"].map(|field| date_of(&title, field, event.list(field).first()?, taken));
    let date = when::interval(ends[0].as_deref(), ends[1].as_deref());
    if let (None, [from, Some(to)]) = (&date, &ends) {
        let text = format!("{}/{to}", from.as_deref().unwrap_or(""));
        taken.lose(&title, "end_date", text, "an end before its beginning, or without one");
    }
    let unique = event.text("unique_id");
    // A slide without an identifier is known by what it says, and by its number among those that say the same.
    let mut id =
        unique.clone().unwrap_or_else(|| format!("{} {title}", date.as_deref().unwrap_or("undated")));
    if unique.is_none() {
        let plain = id.clone();
        let mut n = 1;
        while taken.keys.get(&id, &[Kind::Event]).is_some() {
            n += 1;
            id = format!("{plain} {n}");
        }
    }
    let is_occasion = |(kind, _): &(Kind, String)| matches!(kind, Kind::Meeting | Kind::Event);
    let own = unique.as_deref().and_then(named).filter(is_occasion);
    let key = match &own {
        Some((kind, key)) if *kind == Kind::Event || taken.there().find(*kind, key).is_some() => {
            taken.keys.give_own(*kind, &format!("{}/{key}", kind.plural()), key);
            (*kind, key.clone())
        }
        Some((_, key)) => {
            taken.keys.give_own(Kind::Event, &format!("events/{key}"), key);
            (Kind::Event, key.clone())
        }
        None => {
            let names = [title.as_str()];
            (Kind::Event, taken.keys.give(Kind::Event, &id, &names))
        }
    };
    let record = format!("{}/{}", key.0.plural(), key.1);
    let mut fields = Fields::new();
    put(&mut fields, "title", Some(&title));
    put(&mut fields, "date", date.as_deref());
    if let Some(html) = said("text") {
        body(&record, &mut fields, &html, taken);
    }
    if let Some(group) = event.text("group") {
        add(&mut fields, "tags", json!(group));
    }
    if own.is_none() {
        super::taken::add_id(&mut fields, SCHEME, &id);
    }
    if let Some(media) = event.list("media").first() {
        let said = super::merge::as_text(media);
        taken.lose(&record, "media", said, "an event shows no media; pictures can stand in its text");
    }
    if let Some(display) = event.text("display_date") {
        taken.lose(
            &record,
            "display_date",
            display,
            "a date is written from `date`, in the language of the site",
        );
    }
    for (field, value) in event.rest().into_iter().filter(|(field, _)| *field != "autolink") {
        taken.lose(&record, field, super::merge::as_text(&value), "no field for it");
    }
    taken.say(key.0, &key.1, fields);
}

/// The text of a slide: of one paragraph it is the summary, else a text of its own.
fn body(record: &str, fields: &mut Fields, html: &str, taken: &mut Taken) {
    const LONG: usize = 400;
    let Ok(markdown) = htmd::convert(html) else {
        taken.lose(record, "text.text", html, "HTML that cannot be read");
        return;
    };
    let markdown = markdown.trim();
    let is_short = !markdown.contains("\n\n") && markdown.chars().count() <= LONG;
    match is_short {
        true if markdown.contains(['[', '*', '`', '!']) => {
            put(fields, "summary", Some(&markdown.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        true => put_plain(fields, "summary", Some(&words(html))),
        false => drop(fields.insert("prose".to_owned(), json!(format!("{markdown}\n")))),
    }
}

/// The words of HTML, without its markup.
fn words(html: &str) -> String {
    let markdown = htmd::convert(html).unwrap_or_else(|_| html.to_owned());
    let words = Parser::new(&markdown).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        Event::SoftBreak | Event::HardBreak | Event::End(_) => " ".to_owned(),
        _ => String::new(),
    });
    words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a date as EDTF, as far as they go. What is no number is told, and makes it no date.
fn date_of(title: &str, field: &str, value: &Value, taken: &mut Taken) -> Option<String> {
    let said = super::merge::as_text(value);
    let date = match (Object::of(value), value.as_str()) {
        (Some(date), _) => parts_of(title, field, &date, taken),
        (None, Some(text)) => when::iso(text),
        (None, None) => None,
    };
    if date.is_none() {
        taken.lose(title, field, said, "no date");
    }
    date
}

fn parts_of(title: &str, field: &str, date: &Object, taken: &mut Taken) -> Option<String> {
    for part in ["hour", "minute", "second", "millisecond"] {
        if let Some(value) = date.text(part) {
            taken.lose(title, format!("{field}.{part}"), value, "a date has no time of day");
        }
    }
    let [year, month, day] = ["year", "month", "day"].map(|part| date.text(part));
    let number = |part: String| part.parse::<i32>().ok();
    let year = number(year?)?;
    let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    when::iso(&match (month.map(number), day.map(number)) {
        (Some(month), Some(day)) => format!("{year}-{:02}-{:02}", month?, day?),
        (Some(month), None) => format!("{year}-{:02}", month?),
        (None, _) => year,
    })
}
