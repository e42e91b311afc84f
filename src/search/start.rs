//! What a search begins with: where the shards are, and the words of the interface.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::shards::script;
use super::slots::key;
use crate::model::Kind;
use crate::view::words::Words;

/// The texts that the script says, below `search.` in the table of words.
const TEXTS: [&str; 9] =
    ["results", "results-least", "none", "exact", "part", "title", "spelling", "written", "sound"];

/// The script: `kinds` says at which slot each kind of page begins, `terms` and `pages` where their shards are.
pub fn start(
    words: &Words,
    kinds: &[(Kind, usize)],
    right_to_left: &BTreeSet<&str>,
    terms: &str,
    pages: &str,
) -> String {
    let name = |kind: &Kind| words.strings.get(&format!("linked.{}", kind.singular())).to_owned();
    let kinds: Vec<Value> = kinds
        .iter()
        .map(|(kind, first)| json!({ "kind": kind.singular(), "name": name(kind), "first": key(*first) }))
        .collect();
    let texts: BTreeMap<&str, _> =
        TEXTS.iter().map(|text| (*text, words.strings.forms(&format!("search.{text}")))).collect();
    let json = format!(
        "{{\"terms\":{terms},\"pages\":{pages},\"kinds\":{},\"rightToLeft\":{},\"texts\":{}}}",
        json!(kinds),
        json!(right_to_left),
        json!(texts),
    );
    script("start", &json)
}
