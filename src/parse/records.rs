//! A TOML table -> a record: the fields of each kind, one function for each.

pub mod parts;

use std::sync::Arc;

use toml::de::DeTable;

use super::fields::{self, Ctx, Fields, Value, items, reference, string, type_name};
use super::problems;
use super::telling::Telling;
use super::{ParsedRecord, is_key};
use crate::model::calendar::AsGiven;
use crate::model::correction::Correction;
use crate::model::date::Date;
use crate::model::event::Event;
use crate::model::fields::{self as shapes, shape};
use crate::model::group::{Group, GroupKind, PartOf};
use crate::model::meeting::{Count, Meeting, Mode, Participant, Who};
use crate::model::person::{Person, Portrait, Role};
use crate::model::place::Place;
use crate::model::relation::{Relation, RelationKind};
use crate::model::source::{By, CSL_TYPES, Grade, HeldCopy, Imprint, Quote, Source, type_of};
use crate::model::term::Term;
use crate::model::{
    Allowed, Common, Kind, Position, Record, Ref, Request, Stance, Standing, Status, Withhold,
};
use crate::source::Spanned;
use parts::{
    as_given, cites, country, date_or, ids, in_order, language, links, name, report_misplaced, text, url,
};

/// How a missing date is asked for; the quotes around it close what the message opens.
const UNDATED: &str =
    "\"…\"` as the source has it, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; when nobody says when, `date = \"\"";

/// How a missing day is asked for.
const DAY: &str = "\"YYYY-MM-DD\"";

/// Reads the record `key` of a kind; nothing when a field it cannot do without is missing.
pub fn record(ctx: &mut Ctx, kind: Kind, key: Spanned<String>, table: DeTable) -> Option<ParsedRecord> {
    let mut fields = Fields::new(ctx, shape(kind), table, key.span);
    let common = common(&mut fields, kind);
    let name = key.value.clone();
    let record = match kind {
        Kind::Person => person(&mut fields).map(|data| ParsedRecord::Person(whole(key, common, data))),
        Kind::Group => group(&mut fields).map(|data| ParsedRecord::Group(whole(key, common, data))),
        Kind::Meeting => Some(ParsedRecord::Meeting(whole(key, common, meeting(&mut fields)))),
        Kind::Event => event(&mut fields, &name).map(|data| ParsedRecord::Event(whole(key, common, data))),
        Kind::Place => place(&mut fields).map(|data| ParsedRecord::Place(whole(key, common, data))),
        Kind::Relation => relation(&mut fields).map(|data| ParsedRecord::Relation(whole(key, common, data))),
        Kind::Source => source(&mut fields).map(|data| ParsedRecord::Source(whole(key, common, data))),
        Kind::Term => term(&mut fields).map(|data| ParsedRecord::Term(whole(key, common, data))),
        Kind::Correction => {
            correction(&mut fields).map(|data| ParsedRecord::Correction(whole(key, common, data)))
        }
        Kind::Article => None,
    };
    fields.finish();
    if record.is_none() {
        ctx.faulty.push((kind, name));
    }
    record
}

fn whole<T>(key: Spanned<String>, common: Common, data: T) -> Arc<Record<T>> {
    Arc::new(Record { key: key.value, span: key.span, common, data })
}

/// The fields that every record may have.
pub fn common(fields: &mut Fields, kind: Kind) -> Common {
    let withhold = match fields.take("withhold") {
        None => Withhold::Nothing,
        Some(value) => match value.get_ref().as_bool() {
            Some(true) => Withhold::Record,
            Some(false) => Withhold::Nothing,
            None => withheld_fields(fields.ctx, value),
        },
    };
    let withhold = with_what_tells_it(fields, withhold);
    let mut telling = Telling::new(kind, fields.ctx.file, fields.ctx.base);
    let mut withheld_copy = None;
    if let Withhold::Fields(names) = &withhold {
        // A copy that is not shown is held all the same, and can be compared with its checksum.
        if kind == Kind::Source && names.iter().any(|name| name.value == "copy") {
            withheld_copy = fields.copied("copy").and_then(|copy| copy_of(fields.ctx, copy));
        }
        for name in names {
            fields.withhold(name, &mut telling);
        }
    } else if withhold == Withhold::Record {
        fields.tell(&mut telling);
    }
    let moved_from = fields.strings("moved_from");
    for key in &moved_from {
        // An article's former address has slashes in it.
        let parts =
            if kind == Kind::Article { key.value.split('/').collect() } else { vec![key.value.as_str()] };
        if !parts.into_iter().all(is_key) {
            fields.ctx.report(problems::invalid_key(key.span, "a former key", &key.value));
        }
    }
    fields.is_draft = fields.copied("draft").is_some_and(|draft| draft.get_ref().as_bool() == Some(true));
    Common {
        ids: ids(fields),
        cites: fields.says("cite"),
        withheld_copy,
        cite: cites(fields),
        tags: fields.strings("tags"),
        draft: fields.bool("draft"),
        withhold,
        withheld_texts: telling.told,
        note: text(fields, "note"),
        updated: fields.date("updated"),
        added: fields.date("added"),
        allow: allowed(fields),
        response_sought: fields.each("response_sought", request),
        moved_from,
        prose: None,
    }
}

/// `allow.uncited-record = "why"`: advice set aside, with the reason.
fn allowed(fields: &mut Fields) -> Vec<Allowed> {
    let Some(value) = fields.take("allow") else { return Vec::new() };
    let Some(mut table) = Fields::of(fields.ctx, &shapes::ALLOW, value, None) else { return Vec::new() };
    let rest = table.rest();
    rest.into_iter()
        .filter_map(|(lint, reason)| {
            let reason = string(table.ctx, "reason", reason)?.value;
            Some(Allowed { lint, reason })
        })
        .collect()
}

fn request(ctx: &mut Ctx, _: &'static str, value: Value) -> Option<Request> {
    let span = ctx.span(value.span());
    let mut fields = Fields::of(ctx, &shapes::REQUEST, value, None)?;
    let from = fields.reference("from");
    if !fields.has("date") {
        fields.missing("date", DAY);
    }
    let date = fields.date("date");
    let how = fields.plain("how");
    fields.finish();
    Some(Request { from, date, how, span })
}

fn withheld_fields(ctx: &mut Ctx, value: Value) -> Withhold {
    if value.get_ref().is_str() {
        let field = withheld_field(ctx, value);
        return field.map_or(Withhold::Record, |field| Withhold::Fields(vec![field]));
    }
    if !value.get_ref().is_array() {
        let span = ctx.span(value.span());
        ctx.report(problems::wrong_type(
            span,
            "withhold",
            "true, a field, or a list of fields",
            type_name(value.get_ref()),
        ));
        // Rather nothing is published than too much.
        return Withhold::Record;
    }
    if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
        let span = ctx.span(value.span());
        ctx.report(problems::empty(span, "withhold"));
    }
    Withhold::Fields(items(value).into_iter().filter_map(|item| withheld_field(ctx, item)).collect())
}

fn withheld_field(ctx: &mut Ctx, value: Value) -> Option<Spanned<String>> {
    let field = string(ctx, "withhold", value)?;
    if ["true", "all", "record", "everything"].contains(&field.value.as_str()) {
        ctx.report(problems::simple(
            problems::UNKNOWN_VALUE,
            field.span,
            format!("`{}` is no field", field.value),
            "write `withhold = true`, without quotation marks, for the whole record",
        ));
        return None;
    }
    if shapes::UNPUBLISHED.contains(&field.value.as_str()) {
        ctx.report(problems::never_published(field.span, &field.value));
        return None;
    }
    Some(field)
}

fn person(fields: &mut Fields) -> Option<Person> {
    let name = name(fields, "\"Ada Berg\"");
    let person = Person {
        sort_name: fields.plain("sort_name"),
        summary: text(fields, "summary"),
        born: fields.date("born"),
        died: fields.date("died"),
        roles: fields.each("roles", |ctx, field, value| role(ctx, field, value)),
        portrait: portrait(fields),
        links: links(fields),
        name: name?,
    };
    in_order(fields.ctx, &person.born, &person.died);
    Some(person)
}

fn role(ctx: &mut Ctx, _: &'static str, value: Value) -> Option<Role> {
    let mut fields = Fields::of(ctx, &shapes::ROLE, value, None)?;
    let role = fields.required("role", "\"foreign minister\"");
    let of = fields.required("of", "\"group-key\"").map(reference);
    let from = fields.date("from");
    let to = fields.date("to");
    in_order(fields.ctx, &from, &to);
    let place = fields.reference("place");
    let cite = cites(&mut fields);
    fields.finish();
    Some(Role { role: role?.value, of: of?, from, to, place, cite })
}

fn portrait(fields: &mut Fields) -> Option<Portrait> {
    let value = fields.take("portrait")?;
    let mut fields = Fields::of(fields.ctx, &shapes::PORTRAIT, value, None)?;
    let file = fields.asset("file");
    let alt = fields.required("alt", "\"Ada Berg at a desk\"");
    let credit = fields.required("credit", "\"A. Photographer\"");
    let licence = fields.required("licence", "\"CC BY 4.0\"");
    fields.finish();
    Some(Portrait { file: file?, alt: alt?.value, credit: credit?.value, licence: licence?.value })
}

fn group(fields: &mut Fields) -> Option<Group> {
    let name = name(fields, "\"Harbour Board\"");
    let group = Group {
        short: fields.plain("short"),
        kind: fields.required_choice("type", &GroupKind::ALL, "\"state-body\"").unwrap_or(GroupKind::Other),
        part_of: fields.each("part_of", |ctx, field, value| part_of(ctx, field, value)),
        exclusive_roles: fields.strings("exclusive_roles"),
        country: country(fields),
        founded: fields.date("founded"),
        dissolved: fields.date("dissolved"),
        summary: text(fields, "summary"),
        links: links(fields),
        name: name?,
    };
    in_order(fields.ctx, &group.founded, &group.dissolved);
    Some(group)
}

fn part_of(ctx: &mut Ctx, field: &'static str, value: Value) -> Option<PartOf> {
    if value.get_ref().is_str() {
        let of = reference(string(ctx, field, value)?);
        return Some(PartOf { of, from: None, to: None, share: None, cite: Vec::new() });
    }
    let mut fields = Fields::of(ctx, &shapes::PART_OF, value, None)?;
    let of = fields.required("of", "\"group-key\"").map(reference);
    let from = fields.date("from");
    let to = fields.date("to");
    in_order(fields.ctx, &from, &to);
    let share = fields.plain("share");
    let cite = cites(&mut fields);
    fields.finish();
    Some(PartOf { of: of?, from, to, share, cite })
}

fn meeting(fields: &mut Fields) -> Meeting {
    let (date, date_original) = dated(fields);
    Meeting {
        title: fields.plain("title"),
        mode: fields.choice("mode", &Mode::ALL).map(|mode| mode.value),
        date,
        date_original,
        reported: fields.date("reported"),
        place: fields.reference("place"),
        participants: participants(fields),
        summary: text(fields, "summary"),
        standing: standing(fields),
    }
}

/// When it happened, and how the source gives that in another calendar.
fn dated(fields: &mut Fields) -> (Option<Spanned<Date>>, Option<Box<AsGiven>>) {
    let original = as_given(fields, &shapes::DATE_ORIGINAL);
    let date = match &original {
        Some(given) if !fields.has("date") => date_or(fields, "date", Some(given)),
        _ => fields.date_or_unknown("date", UNDATED),
    };
    (date, original)
}

fn participants(fields: &mut Fields) -> Vec<Participant> {
    if !fields.has("participants") && !fields.is_draft {
        fields.missing("participants", "[{ who = \"person-key\", for = \"group-key\" }]");
    }
    fields.each("participants", |ctx, field, value| participant(ctx, field, value))
}

fn event(fields: &mut Fields, key: &str) -> Option<Event> {
    // A draft goes by its key until somebody has written what happened.
    let title = fields.required_once_accepted("title", "\"Statement on the talks\"", key);
    let (date, date_original) = dated(fields);
    let event = Event {
        date,
        date_original,
        kind: fields.plain("type"),
        reported: fields.date("reported"),
        involved: fields.each("involved", |ctx, field, value| participant(ctx, field, value)),
        place: fields.reference("place"),
        summary: text(fields, "summary"),
        standing: standing(fields),
        title: title?,
    };
    Some(event)
}

/// What says of a participant who it is, beside `who` and `desc`.
const TELLING: [&str; 2] = ["named_as", "stands_in_for"];

fn participant(ctx: &mut Ctx, field: &'static str, value: Value) -> Option<Participant> {
    let span = ctx.span(value.span());
    if value.get_ref().is_str() {
        let who = Who::Record(reference(string(ctx, field, value)?));
        return Some(Participant::of(who, span));
    }
    let mut fields = Fields::of(ctx, &shapes::PARTICIPANT, value, None)?;
    let who = fields.reference("who");
    let desc = fields.plain("desc");
    let count = fields.take("count").and_then(|value| count(fields.ctx, value));
    let withheld = fields.bool("withheld");
    let who = match (who, desc) {
        (None, None) if withheld && !TELLING.iter().any(|field| fields.has(field)) => Some(Who::Withheld),
        _ if withheld => {
            let fields_of = crate::diag::one_of(["who", "desc"].into_iter().chain(TELLING));
            fields.ctx.report(problems::simple(
                problems::WRONG_TYPE,
                span,
                format!("a participant who is withheld has no {fields_of}"),
                "take out what says who it is, or `withheld`",
            ));
            None
        }
        (Some(_), None) if count.is_some() => {
            fields.ctx.report(problems::simple(
                problems::WRONG_TYPE,
                span,
                "`count` goes with `desc`, and here is one person or group",
                "take `count` out",
            ));
            None
        }
        (Some(who), None) => Some(Who::Record(who)),
        (None, Some(desc)) => Some(Who::Unnamed { desc, count }),
        (Some(_), Some(_)) => {
            fields.ctx.report(problems::simple(
                problems::WRONG_TYPE,
                span,
                "a participant is either `who` or `desc`",
                "make two participants of it, or put the words into `as`",
            ));
            None
        }
        (None, None) => {
            fields
                .missing("who", "\"person-key\"` or, for people nobody names, `desc = \"senior officials\"");
            None
        }
    };
    let participant = Participant {
        for_group: fields.reference("for"),
        capacity: fields.plain("as"),
        named_as: fields.plain("named_as"),
        stands_in_for: fields.reference("stands_in_for"),
        from_place: fields.reference("from_place"),
        cite: cites(&mut fields),
        span,
        who: match who {
            Some(who) => who,
            None => {
                fields.finish();
                return None;
            }
        },
    };
    fields.finish();
    Some(participant)
}

/// `3`, `"3"`, `"2.."`, `"2..4"`.
fn count(ctx: &mut Ctx, value: Value) -> Option<Count> {
    let span = ctx.span(value.span());
    let text = match value.get_ref().as_integer() {
        Some(number) => number.as_str().to_owned(),
        None => string(ctx, "count", value)?.value,
    };
    let count = match text.split_once("..") {
        Some((low, "")) => low.trim().parse().ok().map(|at_least| Count { at_least, at_most: None }),
        Some((low, high)) => {
            low.trim().parse().ok().zip(high.trim().parse().ok()).and_then(|(at_least, high)| {
                (high >= at_least).then_some(Count { at_least, at_most: Some(high) })
            })
        }
        None => text.trim().parse().ok().map(|n| Count { at_least: n, at_most: Some(n) }),
    };
    let count = count.filter(|count| count.at_most != Some(0));
    if count.is_none() {
        ctx.report(problems::simple(
            problems::INVALID_COUNT,
            span,
            format!("`{text}` is no count"),
            "write `\"3\"`, `\"2..\"` for two or more, or `\"2..4\"`",
        ));
    }
    count
}

fn standing(fields: &mut Fields) -> Standing {
    let status = fields.choice("status", &Status::ALL);
    let mut stances = Vec::new();
    for (field, _, position) in Position::ALL {
        stances.extend(fields.each(field, |ctx, field, value| stance(ctx, field, position, value)));
    }
    let maybe_same = fields.strings("maybe_same").into_iter().map(reference).collect();
    Standing { status, stances, maybe_same }
}

fn stance(ctx: &mut Ctx, field: &str, position: Position, value: Value) -> Option<Stance> {
    let span = ctx.span(value.span());
    if let Some(who) = value.get_ref().as_str() {
        let help = format!("write `{field} = [{{ who = \"{who}\", cite = \"source ¶1\" }}]`");
        ctx.report(problems::wrong_type(span, field, "a table `{ .. }`", "a text").help(help));
        return None;
    }
    let mut fields = Fields::of(ctx, &shapes::STANCE, value, None)?;
    let who = fields.reference("who");
    let withheld = fields.bool("withheld");
    if who.is_some() && withheld {
        let message = "who takes this position is named, and withheld";
        let help = "take out `who`, or `withheld`";
        fields.ctx.report(problems::simple(problems::WRONG_TYPE, span, message, help));
    }
    let is_missing = who.is_none() && !withheld;
    if is_missing {
        fields.missing("who", "\"groups/ministry\"` or, for one who is not to be named, `withheld = true");
    }
    let words = fields.plain("words");
    let summary = fields.plain("summary");
    let date = fields.date("date");
    let cite = cites(&mut fields);
    fields.finish();
    (!is_missing).then_some(Stance { position, who, words, summary, date, cite, span })
}

fn term(fields: &mut Fields) -> Option<Term> {
    let name = name(fields, "\"Independent origin\"");
    const EXAMPLE: &str = "\"A source whose account rests on nobody else's\"";
    let definition = if fields.has("definition") {
        text(fields, "definition")
    } else {
        fields.missing("definition", EXAMPLE);
        None
    };
    Some(Term { name: name?, definition: definition? })
}

/// With a field goes another that tells it: one degree finds a place to a line, and a date stands in both calendars.
fn with_what_tells_it(fields: &Fields, mut withhold: Withhold) -> Withhold {
    const TELLS: [(&str, &str); 6] = [
        ("lat", "lon"),
        ("lon", "lat"),
        ("date", "date_original"),
        ("date_original", "date"),
        ("published", "published_original"),
        ("published_original", "published"),
    ];
    if let Withhold::Fields(names) = &mut withhold {
        for (one, other) in TELLS.into_iter().filter(|(_, other)| fields.can_hold(other)) {
            let named = |name: &str| names.iter().find(|known| known.value == name);
            if let (Some(one), None) = (named(one), named(other)) {
                let other = Spanned { value: other.to_owned(), span: one.span };
                names.push(other);
            }
        }
    }
    withhold
}

fn place(fields: &mut Fields) -> Option<Place> {
    let name = name(fields, "\"Old Harbour\"");
    let within = fields.reference("in");
    let country = country(fields);
    let both = fields.has("lat") && fields.has("lon");
    let position = match (fields.float("lat"), fields.float("lon")) {
        (Some(lat), Some(lon)) => position(fields.ctx, lat, lon),
        (None, None) => None,
        // The other one was reported.
        (Some(_), None) | (None, Some(_)) if both => None,
        (Some(one), None) | (None, Some(one)) => {
            fields.ctx.report(problems::simple(
                problems::INVALID_POSITION,
                one.span,
                "a position needs both `lat` and `lon`",
                "add the other one, or leave both out",
            ));
            None
        }
    };
    Some(Place { name: name?, within, country, position })
}

fn position(ctx: &mut Ctx, lat: Spanned<f64>, lon: Spanned<f64>) -> Option<(f64, f64)> {
    const LATITUDE: f64 = 90.0;
    const LONGITUDE: f64 = 180.0;
    let fits = |value: f64, limit: f64| !value.is_nan() && value.abs() <= limit;
    let swapped = fits(lat.value, LONGITUDE) && fits(lon.value, LATITUDE);
    let help =
        if swapped { "did you swap `lat` and `lon`?" } else { "write degrees with a point: `lat = 59.32`" };
    let mut fine = true;
    for (value, limit, what) in [(&lat, LATITUDE, "latitude"), (&lon, LONGITUDE, "longitude")] {
        if !fits(value.value, limit) {
            fine = false;
            let message = format!("a {what} lies between -{limit} and {limit} degrees");
            ctx.report(problems::simple(problems::INVALID_POSITION, value.span, message, help));
        }
    }
    fine.then_some((lat.value, lon.value))
}

fn relation(fields: &mut Fields) -> Option<Relation> {
    let from = fields.required("from", "\"group-key\"").map(reference);
    let to = fields.required("to", "\"group-key\"").map(reference);
    let kind = fields.required_choice("type", &RelationKind::ALL, "\"funds\"").unwrap_or(RelationKind::Other);
    let title = fields.plain("title");
    let since = fields.date("since");
    let until = fields.date("until");
    in_order(fields.ctx, &since, &until);
    let standing = standing(fields);
    Some(Relation { from: from?, to: to?, kind, title, since, until, standing })
}

fn source(fields: &mut Fields) -> Option<Source> {
    let title = fields.required("title", "\"Title of the article\"");
    let by = fields.string("by").map(by);
    let kind = fields.required("type", "\"article-newspaper\"");
    if let Some(kind) = &kind
        && !CSL_TYPES.contains(&kind.value.as_str())
    {
        let problem = problems::unknown_value(kind.span, "type", &kind.value, CSL_TYPES.into_iter());
        fields.ctx.report(match type_of(&kind.value) {
            Some(meant) => problem.help(format!("that is `{meant}` in the Citation Style Language")),
            None => problem,
        });
    }
    let published_original = as_given(fields, &shapes::PUBLISHED_ORIGINAL);
    let source = Source {
        imprint: Box::new(imprint(fields)),
        quotes: quotes(fields),
        by,
        kind: kind.map_or_else(|| "document".to_owned(), |kind| kind.value),
        published: date_or(fields, "published", published_original.as_deref()),
        published_original,
        accessed: fields.date("accessed"),
        url: url(fields, "url"),
        archived: url(fields, "archived"),
        copy: held_copy(fields),
        language: language(fields, "language"),
        grade: fields.choice("grade", &Grade::ALL).map(|grade| grade.value),
        title: title?.value,
    };
    Some(source)
}

fn imprint(fields: &mut Fields) -> Imprint {
    Imprint {
        author: fields.strings("author").into_iter().map(by).collect(),
        editor: fields.strings("editor").into_iter().map(by).collect(),
        container_title: fields.plain("container_title"),
        publisher: fields.plain("publisher"),
        publisher_place: fields.plain("publisher_place"),
        volume: fields.plain_or_number("volume"),
        issue: fields.plain_or_number("issue"),
        number: fields.plain_or_number("number"),
        page: fields.plain_or_number("page"),
        edition: fields.plain_or_number("edition"),
        genre: fields.plain("genre"),
        doi: fields.plain("doi"),
        isbn: fields.plain("isbn"),
    }
}

/// `quotes."¶4" = "What stands there."`: passages by their place.
fn quotes(fields: &mut Fields) -> Vec<Quote> {
    let Some(value) = fields.take("quotes") else { return Vec::new() };
    let Some(mut table) = Fields::of(fields.ctx, &shapes::QUOTES, value, None) else { return Vec::new() };
    let rest = table.rest();
    report_misplaced(table.ctx, "quotes", &rest);
    rest.into_iter()
        .filter_map(|(locator, value)| {
            if value.get_ref().is_str() {
                let text = string(table.ctx, "quotes", value)?.value;
                return Some(Quote { locator, text, language: None, translation: None });
            }
            let mut fields = Fields::of(table.ctx, &shapes::QUOTE, value, None)?;
            let text = fields.required("text", "\"What stands there.\"");
            let language = language(&mut fields, "language");
            let translation = fields.plain("translation");
            fields.finish();
            Some(Quote { locator, text: text?.value, language, translation })
        })
        .collect()
}

/// `groups/itic-2023` and `people/ada-berg` are records, anything else is text.
pub fn by(text: Spanned<String>) -> By {
    if text.value.starts_with("groups/") || text.value.starts_with("people/") {
        By::Record(reference(text))
    } else {
        By::Text(text.value)
    }
}

fn held_copy(fields: &mut Fields) -> Option<HeldCopy> {
    let value = fields.take("copy")?;
    copy_of(fields.ctx, value)
}

fn copy_of(ctx: &mut Ctx, value: Value) -> Option<HeldCopy> {
    let mut fields = Fields::of(ctx, &shapes::COPY, value, None)?;
    let file = fields.asset("file");
    let sha256 = fields.required("sha256", "\"64 hexadecimal digits\"");
    let got = fields.date("got");
    if let Some(sum) = &sha256
        && (sum.value.len() != 64 || !sum.value.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        fields.ctx.report(problems::simple(
            problems::INVALID_CHECKSUM,
            sum.span,
            "this is no SHA-256 checksum",
            "copy the 64 digits that `sha256sum FILE` prints",
        ));
    }
    fields.finish();
    Some(HeldCopy { file: file?, sha256: sha256?, got })
}

fn correction(fields: &mut Fields) -> Option<Correction> {
    let date = match fields.take("date") {
        Some(value) if value.get_ref().as_str() == Some("") => {
            let span = fields.ctx.span(value.span());
            let problem = problems::empty(span, "date").help("write the day of the change: `YYYY-MM-DD`");
            fields.ctx.report(problem);
            None
        }
        Some(value) => fields::date(fields.ctx, "date", value),
        None => {
            fields.missing("date", DAY);
            None
        }
    };
    // It is the authors' own act, so they know the day; and a feed and a former state need it.
    if let Some(date) = date.as_ref().filter(|date| date.value.day().is_none()) {
        let message =
            format!("`{}` is no day: a correction is dated by the day on which it was made", date.value);
        let problem =
            problems::simple(problems::INVALID_DATE, date.span, message, "write the day: `YYYY-MM-DD`");
        fields.ctx.report(problem);
    }
    let on = fields.required("on", "\"meetings/key.field\"");
    let was = match fields.take("was") {
        Some(value) if value.get_ref().as_str() == Some("") => Some(String::new()),
        Some(value) => string(fields.ctx, "was", value).map(|was| was.value),
        None => {
            fields.missing("was", "\"what it said before\"` or, when it said nothing, `was = \"\"");
            None
        }
    };
    let now = fields.plain("now");
    let undo = fields.take("undo").map(|value| {
        let span = fields.ctx.span(value.span());
        Spanned { value: fields.ctx.text.get(span.range()).unwrap_or("").to_owned(), span }
    });
    let why = fields.required("why", "\"why it was changed\"");
    let (on, field) = on_field(fields.ctx, on?);
    Some(Correction { date: date?, on, field, was: was?, now, undo, why: why?.value })
}

/// `meetings/key.field` -> the record and the field.
fn on_field(ctx: &Ctx, on: Spanned<String>) -> (Ref, Option<Spanned<String>>) {
    match on.value.split_once('.') {
        Some((record, field)) => {
            let at = record.len() + 1;
            let field =
                Spanned { value: field.to_owned(), span: ctx.inside(on.span, &on.value, at..on.value.len()) };
            let span = ctx.inside(on.span, &on.value, 0..record.len());
            (Ref { text: record.to_owned(), span }, Some(field))
        }
        None => (reference(on), None),
    }
}
