//! Records -> what is shown beside a link to them before it is followed: nothing that their page does not say.
//!
//! The data lie in scripts, each of them a part of all records, which a page loads when they are needed.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::page::{Name, Rich};
use super::words::Words;
use super::{row, source};
use crate::html::json_in_script;
use crate::link::graph::date;
use crate::link::routes::{PREVIEWS, address};
use crate::model::Kind;
use crate::model::dossier::Id;

/// About how many records one script holds.
const IN_PART: usize = 100;

/// A record in short.
#[derive(Serialize)]
struct Preview {
    name: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    native: Option<Name>,
    lines: Vec<String>,
}

/// How many scripts there are.
pub fn parts(words: &Words) -> usize {
    shown(words).count().div_ceil(IN_PART)
}

/// The scripts, each with its address.
pub fn files(words: &Words) -> Vec<(String, String)> {
    let count = parts(words);
    let mut parts: Vec<BTreeMap<String, Id>> = vec![BTreeMap::new(); count];
    for id in shown(words) {
        let address = address(&words.linked.dossier, id);
        if let Some(part) = parts.get_mut(part(&address, count)) {
            part.insert(address, id);
        }
    }
    parts
        .par_iter()
        .enumerate()
        .map(|(at, part)| {
            let part: BTreeMap<&str, Preview> =
                part.iter().map(|(address, id)| (address.as_str(), preview(words, *id))).collect();
            // Strings and lists of strings always have a form in JSON.
            let data = json_in_script(&serde_json::to_string(&part).unwrap_or_default());
            (format!("{PREVIEWS}{at}.js"), format!("dossierPreviews({data});\n"))
        })
        .collect()
}

fn shown<'w>(words: &'w Words) -> impl Iterator<Item = Id> + 'w {
    words.linked.dossier.all().filter(|id| !matches!(id.kind, Kind::Correction | Kind::Relation))
}

/// The script that holds an address, of so many: the same sum is made in static/preview.js.
fn part(address: &str, count: usize) -> usize {
    let sum =
        address.encode_utf16().fold(0_u32, |sum, unit| sum.wrapping_mul(31).wrapping_add(u32::from(unit)));
    sum as usize % count.max(1)
}

fn preview(words: &Words, id: Id) -> Preview {
    let dossier = &words.linked.dossier;
    let records = |lines: &mut Vec<String>| {
        let count = words.linked.occasions_of(id).count();
        if count > 0 {
            lines.push(words.count("preview.named-in", count));
        }
    };
    let mut lines = Vec::new();
    match id.kind {
        Kind::Person => {
            if let Some(role) = words.main_role(id, None) {
                lines.push(words.capital(&role.role));
                lines.extend(dossier.get(&role.of, crate::link::refs::GROUP).map(|group| words.title(group)));
            }
            records(&mut lines);
        }
        Kind::Group => {
            let card = row::group_card(words, id);
            lines.push(card.kind);
            lines.extend(card.members_text);
            records(&mut lines);
        }
        Kind::Place => records(&mut lines),
        Kind::Meeting | Kind::Event => {
            let when = words.dates.when(date(dossier, id), words.strings).text;
            lines.push(format!("{}{}{when}", row::mark(words, id).1, words.comma()));
            let cite = dossier.common(id).map_or(&[][..], |common| &common.cite);
            if let Some(standing) = dossier.standing(id) {
                let status = words.status(standing, cite);
                lines.push(format!("{} {}", status.word, plain(&status.by)).trim_end().to_owned());
            }
        }
        Kind::Source => {
            lines.push(source::kind(words, id));
            let published = dossier.sources.get(id.index).and_then(|source| source.data.published.as_ref());
            lines.extend(published.map(|date| words.capital(&words.date(&date.value))));
        }
        Kind::Article => {
            let summary = dossier.article(id).and_then(|article| article.summary.as_ref());
            lines.extend(summary.map(|summary| words.plain(&summary.text)));
        }
        Kind::Term => {
            lines.extend(dossier.terms.get(id.index).map(|term| words.plain(&term.data.definition.text)));
        }
        Kind::Relation | Kind::Correction => {}
    }
    Preview { name: words.name(id), native: words.native(id), lines }
}

fn plain(parts: &Rich) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}
