//! A record -> who or what it is, and on whose word, in Markdown; a field -> what it means.

use std::ops::Range;

use super::fields;
use super::place::{Place, at};
use crate::check;
use crate::link::graph::date;
use crate::link::refs::{GROUP, PARTY, PLACE, SOURCE};
use crate::model::citation::{Citation, Hop};
use crate::model::date::Date;
use crate::model::dossier::{Hidden, Id};
use crate::model::fields::Needed;
use crate::model::meeting::Who;
use crate::model::source::By;
use crate::model::{Kind, Position, Withhold};
use crate::source::Spanned;
use crate::view::words::Words;

/// So many of a list are told, and then how many more there are.
const MOST: usize = 6;

/// What there is to say of a record beside its name.
pub fn record(words: &Words, id: Id) -> String {
    let dossier = &words.linked.dossier;
    let mut lines =
        vec![format!("**{}** · {} `{}`", escaped(&words.title(id)), id.kind.singular(), dossier.key(id))];
    let common = dossier.common(id);
    match dossier.hidden(id) {
        Some(Hidden::Draft) => lines.push("**Draft**: not published yet".to_owned()),
        Some(Hidden::Withheld) => lines.push("**Withheld**: nothing of it is published".to_owned()),
        None => {}
    }
    if let Some(Withhold::Fields(fields)) = common.map(|common| &common.withhold) {
        let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.value)).collect();
        lines.push(format!("**Withheld**: {}", names.join(", ")));
    }
    lines.extend(words.native(id).map(|name| escaped(&name.text)));
    match id.kind {
        Kind::Person => lines.extend(roles(words, id)),
        Kind::Group => lines.extend(words.linked.dossier.groups.get(id.index).map(|group| {
            let short = group.data.short.as_ref().map(|short| format!("{short} · ")).unwrap_or_default();
            format!("{}{}", escaped(&short), group.data.kind.key())
        })),
        Kind::Meeting | Kind::Event => {
            let when = words.dates.when(date(dossier, id), words.strings).text;
            let place = place(words, id).map(|place| format!(", {place}")).unwrap_or_default();
            lines.push(escaped(&format!("{when}{place}")));
            lines.extend(participants(words, id));
        }
        Kind::Relation => {}
        Kind::Source => lines.extend(source(words, id)),
        Kind::Place => {
            let place = dossier.places.get(id.index).and_then(|place| place.data.within.as_ref());
            let within = place.and_then(|within| dossier.get(within, PLACE));
            lines.extend(within.map(|within| escaped(&words.title(within))));
        }
        Kind::Correction | Kind::Term | Kind::Article => {}
    }
    lines.extend(standing(words, id));
    lines.extend(summary(words, id).filter(|summary| !summary.is_empty()).map(|summary| escaped(&summary)));
    let cite = common.map_or(&[][..], |common| &common.cite);
    if !cite.is_empty() {
        lines.push(format!("On the word of {}", listed(cite.iter().map(|one| citation(words, one)))));
    } else if matches!(id.kind, Kind::Meeting | Kind::Event | Kind::Relation) {
        lines.push("On the word of nobody: it has no `cite`".to_owned());
    }
    let named = words.linked.occasions_of(id).count();
    if named > 0 && !matches!(id.kind, Kind::Meeting | Kind::Event) {
        lines.push(format!("In {named} {}", if named == 1 { "record" } else { "records" }));
    }
    lines.join("\n\n")
}

/// What a field or setting is that stands at an offset of the file at `path`, and where its name stands.
pub fn field(path: &str, text: &str, offset: usize) -> Option<(String, Range<usize>)> {
    let Place::Field { home, path, range, .. } = at(path, text, offset)? else { return None };
    let name = text.get(range.clone()).filter(|name| !name.is_empty())?;
    let whole: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
    let field = fields::at(home, &whole)?.field;
    let about = match field {
        Some(field) => field.about.to_owned(),
        // Of the keys that an author chooses, those of lints mean something.
        None => check::LINTS.iter().find(|lint| lint.code.name == name)?.code.paragraphs().next()?,
    };
    let needed = match field.map(|field| field.needed) {
        Some(Needed::Yes) => " · needed".to_owned(),
        Some(Needed::Or(others)) => {
            let others: Vec<String> = others.iter().map(|other| format!("`{other}`")).collect();
            format!(" · needed, or {}", others.join(", "))
        }
        _ => String::new(),
    };
    Some((format!("**`{name}`**{needed}\n\n{about}"), range))
}

fn roles(words: &Words, id: Id) -> Option<String> {
    let dossier = &words.linked.dossier;
    let person = dossier.people.get(id.index)?;
    let roles = person.data.roles.iter().map(|role| {
        let group = dossier.get(&role.of, GROUP).map_or_else(|| role.of.text.clone(), |id| words.title(id));
        let date = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| words.date(&date.value));
        let held = match (date(&role.from), date(&role.to)) {
            (Some(from), Some(to)) => format!(" ({from} – {to})"),
            (Some(from), None) => format!(" ({from} –)"),
            (None, Some(to)) => format!(" (– {to})"),
            (None, None) => String::new(),
        };
        escaped(&format!("{}, {group}{held}", role.role))
    });
    let listed = listed_with(roles, "  \n");
    (!listed.is_empty()).then_some(listed)
}

fn place(words: &Words, id: Id) -> Option<String> {
    let dossier = &words.linked.dossier;
    let place = match id.kind {
        Kind::Meeting => dossier.meetings.get(id.index)?.data.place.as_ref()?,
        Kind::Event => dossier.events.get(id.index)?.data.place.as_ref()?,
        _ => return None,
    };
    Some(words.title(dossier.get(place, PLACE)?))
}

fn participants(words: &Words, id: Id) -> Option<String> {
    let dossier = &words.linked.dossier;
    let names = dossier.participants(id).iter().map(|participant| {
        let who = match &participant.who {
            Who::Record(who) => match dossier.get(who, PARTY) {
                Some(id) => words.title(id),
                None => who.text.clone(),
            },
            Who::Unnamed { desc, .. } => desc.clone(),
            Who::Withheld => "somebody withheld".to_owned(),
        };
        let group = participant.for_group.as_ref().and_then(|group| dossier.get(group, GROUP));
        let group = group.map(|group| format!(" for {}", words.title(group))).unwrap_or_default();
        escaped(&format!("{who}{group}"))
    });
    let listed = listed(names);
    (!listed.is_empty()).then_some(listed)
}

/// The status, and who says what.
fn standing(words: &Words, id: Id) -> Option<String> {
    let dossier = &words.linked.dossier;
    let standing = dossier.standing(id)?;
    let mut line = format!("**{}**", standing.status().key());
    for (_, word, position) in Position::ALL {
        let who = standing.by(position).map(|stance| match &stance.who {
            Some(who) => dossier.get(who, PARTY).map_or_else(|| who.text.clone(), |id| words.title(id)),
            None => "somebody withheld".to_owned(),
        });
        let who = listed(who.map(|who| escaped(&who)));
        if !who.is_empty() {
            line.push_str(&format!("; {} by {who}", word.replace('-', " ")));
        }
    }
    Some(line)
}

fn source(words: &Words, id: Id) -> Option<String> {
    let source = words.linked.dossier.sources.get(id.index)?;
    let by = source.data.makers().next().map(|by| match by {
        By::Record(by) => {
            words.linked.dossier.get(by, PARTY).map_or_else(|| by.text.clone(), |id| words.title(id))
        }
        By::Text(text) => text.clone(),
    });
    let published = source.data.published.as_ref().map(|date| words.date(&date.value));
    let parts = [by, Some(source.data.kind.clone()), published].into_iter().flatten();
    let uses = words.linked.uses(id).count();
    let used = format!("cited {uses} {}", if uses == 1 { "time" } else { "times" });
    let line = escaped(&parts.chain([used]).collect::<Vec<_>>().join(" · "));
    Some(match &source.data.url {
        Some(url) => format!("{line}\n\n<{}>", url.value),
        None => line,
    })
}

fn summary(words: &Words, id: Id) -> Option<String> {
    let dossier = &words.linked.dossier;
    let body = match id.kind {
        Kind::Person => dossier.people.get(id.index)?.data.summary.as_ref()?,
        Kind::Group => dossier.groups.get(id.index)?.data.summary.as_ref()?,
        Kind::Meeting => dossier.meetings.get(id.index)?.data.summary.as_ref()?,
        Kind::Event => dossier.events.get(id.index)?.data.summary.as_ref()?,
        Kind::Term => &dossier.terms.get(id.index)?.data.definition,
        Kind::Article => dossier.article(id)?.summary.as_ref()?,
        _ => return None,
    };
    Some(words.plain(&body.text))
}

/// A chain of sources by their titles.
fn citation(words: &Words, citation: &Citation) -> String {
    let dossier = &words.linked.dossier;
    let hops = citation.hops.iter().map(|hop| match hop {
        Hop::Source { source, locator } => {
            let title = dossier.get(source, SOURCE).map_or_else(|| source.text.clone(), |id| words.title(id));
            let locator = locator.as_ref().map(|locator| format!(" {locator}")).unwrap_or_default();
            escaped(&format!("{title}{locator}"))
        }
        Hop::Unrecorded { text, .. } => escaped(&format!("'{text}'")),
    });
    hops.collect::<Vec<_>>().join(" citing ")
}

fn listed(items: impl Iterator<Item = String>) -> String {
    listed_with(items, "; ")
}

/// The first of a list, and how many more there are.
fn listed_with(items: impl Iterator<Item = String>, between: &str) -> String {
    let mut items: Vec<String> = items.collect();
    let more = items.len().saturating_sub(MOST);
    items.truncate(MOST);
    if more > 0 {
        items.push(format!("{more} more"));
    }
    items.join(between)
}

/// A text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
