//! Items in the order of their keys -> shards of bounded size, and above them nodes that say which shard
//! holds a key.

use rayon::prelude::*;

use crate::export::File;
use crate::html::json_in_script;
use crate::link::routes::SEARCH_FOLDER;

/// The same of what the search begins with, for each kind of shards.
const ROOT: usize = 1536;

/// An item as it stands in its shard, and the key that it is found by; both JSON.
pub struct Item {
    pub key: String,
    pub json: String,
}

pub struct Shards {
    pub files: Vec<File>,
    /// Where to begin, as JSON: the keys that the topmost nodes begin with, and how many levels of nodes there
    /// are above the shards.
    pub root: String,
}

/// Cuts items into shards called `name` of at most `limit` bytes, unless a single item is longer, and their first
/// keys into nodes, until these are few.
///
/// A node is `["n12", key, ..]`: the first of its keys begins the shard or node 12 of the level below, the next
/// one that after it. Numbers are written in one word with a letter ([`numbered`]). What is in a shard or node is
/// told to `dossierSearch`, since a script is all that a page opened by double-click can load.
pub fn shards(name: &str, items: Vec<Item>, limit: usize) -> Shards {
    let mut files = Vec::new();
    let mut row = items;
    let mut level = 0;
    let mut count = 0;
    while level == 0 || row.iter().map(|item| item.key.len() + 1).sum::<usize>() > ROOT {
        let cuts = cut(&row, limit);
        let starts = starts(&cuts);
        let level_files = cuts.par_iter().zip(&starts).enumerate().map(|(at, (items, start))| {
            let start = (level > 0).then(|| format!("\"{}\"", numbered(*start)));
            let parts: Vec<&str> =
                start.as_deref().into_iter().chain(items.iter().map(|item| item.json.as_str())).collect();
            let name = format!("{name}-{level}{}", numbered(at));
            (
                format!("{SEARCH_FOLDER}{name}.js"),
                script(&name, &format!("[{}]", parts.join(","))).into_bytes(),
            )
        });
        files.par_extend(level_files);
        let keys = cuts.iter().filter_map(|items| items.first()).map(|first| first.key.clone());
        row = keys.map(|key| Item { json: key.clone(), key }).collect();
        if level == 0 {
            count = row.len();
        }
        level += 1;
    }
    let keys: Vec<&str> = row.iter().map(|item| item.key.as_str()).collect();
    let root = format!(
        "{{\"levels\":{},\"shards\":\"{}\",\"keys\":[{}]}}",
        level - 1,
        numbered(count),
        keys.join(",")
    );
    Shards { files, root }
}

/// A number with a letter before it, so that it cannot be taken for the year of birth of somebody, which may be
/// withheld.
pub fn numbered(number: usize) -> String {
    format!("n{number}")
}

/// A script that hands over data under a name.
pub fn script(name: &str, json: &str) -> String {
    format!("dossierSearch(\"{name}\",{})\n", json_in_script(json))
}

/// Runs of items, each as long as a shard may be.
fn cut(items: &[Item], limit: usize) -> Vec<&[Item]> {
    let mut cuts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let more = item.json.len() + 1;
        if bytes + more > limit && at > start {
            cuts.push(&items[start..at]);
            (start, bytes) = (at, 0);
        }
        bytes += more;
    }
    cuts.extend((start < items.len()).then(|| &items[start..]));
    cuts
}

/// How many items stand before each run.
fn starts(cuts: &[&[Item]]) -> Vec<usize> {
    let mut before = 0;
    cuts.iter()
        .map(|items| {
            let start = before;
            before += items.len();
            start
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const SHARD: usize = 4096;

    fn items(count: usize, bytes: usize) -> Vec<Item> {
        (0..count)
            .map(|n| Item { key: n.to_string(), json: format!("[{n},\"{}\"]", "x".repeat(bytes)) })
            .collect()
    }

    /// The data of each script by its name.
    fn data(shards: &Shards) -> HashMap<String, serde_json::Value> {
        let parsed = |(path, bytes): &File| {
            let text = std::str::from_utf8(bytes).unwrap();
            let call = text.strip_prefix("dossierSearch(").unwrap().strip_suffix(")\n").unwrap();
            let call: Vec<serde_json::Value> = serde_json::from_str(&format!("[{call}]")).unwrap();
            let name = call[0].as_str().unwrap().to_owned();
            assert_eq!(*path, format!("{SEARCH_FOLDER}{name}.js"));
            (name, call[1].clone())
        };
        shards.files.iter().map(parsed).collect()
    }

    /// Follows the nodes from the root to the shard that would hold a key, as the script does.
    fn shard_of(root: &serde_json::Value, nodes: &HashMap<String, serde_json::Value>, key: usize) -> usize {
        let last = |keys: &[serde_json::Value]| {
            keys.iter().rposition(|first| first.as_u64().unwrap() as usize <= key).unwrap()
        };
        let mut at = last(root["keys"].as_array().unwrap());
        for level in (1..=root["levels"].as_u64().unwrap()).rev() {
            let node = nodes[&format!("t-{level}n{at}")].as_array().unwrap();
            let start: usize = node[0].as_str().unwrap()[1..].parse().unwrap();
            at = start + last(&node[1..]);
        }
        at
    }

    #[test]
    fn every_key_leads_to_its_shard_and_no_shard_grows() {
        for (count, levels) in [(0, 0), (1, 0), (40, 0), (2_000, 0), (40_000, 1)] {
            let shards = shards("t", items(count, 100), SHARD);
            let root: serde_json::Value = serde_json::from_str(&shards.root).unwrap();
            assert_eq!(root["levels"], levels, "{count}");
            assert!(shards.root.len() < ROOT + 100);
            assert!(shards.files.iter().all(|(_, bytes)| bytes.len() < SHARD + 100));
            let nodes = data(&shards);
            let leaves = nodes.keys().filter(|name| name.starts_with("t-0n")).count();
            assert_eq!(root["shards"], numbered(leaves));
            for at in 0..leaves {
                for item in nodes[&format!("t-0n{at}")].as_array().unwrap().iter().step_by(7) {
                    assert_eq!(shard_of(&root, &nodes, item[0].as_u64().unwrap() as usize), at);
                }
            }
        }
    }

    #[test]
    fn an_item_longer_than_a_shard_has_one_of_its_own() {
        let mut items = items(3, 10);
        items[1].json = format!("[1,\"{}\"]", "x".repeat(2 * SHARD));
        assert_eq!(shards("t", items, SHARD).files.len(), 3);
    }
}
