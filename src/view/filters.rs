//! What a list of records can be filtered by, without script: the controls, the classes of each record, and
//! the rules of the style sheet that hide what does not match.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::page::{FilterChoice, Filters};
use super::timeline::MOST;
use super::words::Words;
use super::{drawing::chart, row};
use crate::model::dossier::Id;
use crate::model::{Kind, Status};

/// The controls for these records, with people and groups where rules for each are wanted; nothing for one
/// record alone.
pub fn filters(words: &Words, ids: &[Id], parties: bool) -> Option<Filters> {
    if ids.len() < 2 {
        return None;
    }
    let named: BTreeSet<Id> =
        if parties { ids.iter().flat_map(|id| named(words, *id)).collect() } else { BTreeSet::new() };
    let of = |kind: Kind| {
        let all = words.sorted(named.iter().copied().filter(|id| id.kind == kind));
        let choice =
            |id| FilterChoice { value: words.linked.dossier.key(id).to_owned(), text: words.title(id) };
        all.into_iter().map(choice).collect()
    };
    let marks: BTreeSet<&str> = ids.iter().map(|id| row::mark(words, *id).0).collect();
    let kinds = chart::LANES.iter().filter(|(mark, _)| marks.contains(mark));
    let (shown, of_all) = words.strings.around("timeline.showing", "shown");
    let total = words.count("say.records", ids.len());
    let in_total = |text: String| text.replace("{records}", &total);
    Some(Filters {
        people: of(Kind::Person),
        groups: of(Kind::Group),
        kinds: kinds
            .map(|(mark, _)| FilterChoice {
                value: (*mark).to_owned(),
                text: chart::lane_title(words, mark, ids.iter().copied()),
            })
            .collect(),
        statuses: row::statuses(words, ids)
            .into_iter()
            .map(|status| FilterChoice { value: status.key.to_owned(), text: status.word })
            .collect(),
        showing: (in_total(shown), in_total(of_all)),
        year_showing: words.strings.around("timeline.year-showing", "shown"),
        count: ids.len(),
    })
}

/// The classes of a record: its kind, its status and, where asked for, who is named in it.
pub fn classes(words: &Words, id: Id, parties: bool) -> String {
    let status =
        words.linked.dossier.standing(id).map_or(Status::Reported, |standing| standing.status()).key();
    let mut classes = format!("e-{} s-{status}", row::mark(words, id).0);
    if parties {
        for party in named(words, id) {
            // Writing to a string cannot fail.
            let _ = write!(classes, " {}", class(words, party));
        }
    }
    classes
}

/// The style sheet: for each choice a rule that hides what does not match it.
pub fn css(words: &Words) -> String {
    let mut css = String::new();
    for (mark, _) in chart::LANES {
        css.push_str(&unchecked("kind", mark, "e"));
    }
    for (status, _) in Status::ALL {
        css.push_str(&unchecked("status", status, "s"));
    }
    let all = &words.linked.occasions();
    let named: BTreeSet<Id> = if all.len() > MOST {
        BTreeSet::new()
    } else {
        all.iter().flat_map(|occasion| named(words, occasion.id)).collect()
    };
    for id in named {
        let (key, class) = (words.linked.dossier.key(id), class(words, id));
        let control = if id.kind == Kind::Person { "person" } else { "group" };
        css.push_str(&format!(
            "body:has(#f-{control} option[value=\"{key}\"]:checked) .ev:not(.{class}){{display:none}}\n"
        ));
    }
    css
}

fn unchecked(control: &str, value: &str, class: &str) -> String {
    format!("body:has(#f-{control}-{value}:not(:checked)) .{class}-{value}{{display:none}}\n")
}

/// The people and groups of a record, a group also by those who stand for it.
fn named(words: &Words, id: Id) -> BTreeSet<Id> {
    let at = words.linked.occasion_at(id).and_then(|at| words.linked.occasions().get(at));
    let parties = at.into_iter().flat_map(|occasion| &occasion.parties);
    parties
        .flat_map(|party| party.who.into_iter().chain(party.groups.iter().map(|(group, _)| *group)))
        .filter(|id| matches!(id.kind, Kind::Person | Kind::Group))
        .collect()
}

fn class(words: &Words, id: Id) -> String {
    let kind = if id.kind == Kind::Person { 'p' } else { 'g' };
    format!("{kind}-{}", words.linked.dossier.key(id))
}
