//! Every record of the dossiers at hand gets another key and its own back.

use std::path::Path;

use dossier::Options;
use dossier::cache::Cache;
use dossier::edited::{NotRenamed, rename};
use dossier::model::Kind;
use dossier::source::Sources;

use crate::support::repository;

fn dossiers() -> Vec<(&'static str, Sources)> {
    let here =
        |path: &str| dossier::disk::read::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).value;
    vec![
        ("demonstration", repository()),
        ("starter", here("src/cli/starter")),
        ("harbour", here("tests/it/sites/harbour")),
        ("lake", here("tests/it/sites/lake")),
    ]
}

/// A key that nobody has, and no word of a text.
fn other(kind: Kind) -> &'static str {
    if kind == Kind::Article { "qqfolder/qq-other" } else { "qq-other" }
}

#[test]
fn every_record_gets_another_key_and_its_own_back() {
    let mut renamed = 0;
    for (which, before) in dossiers() {
        let all = Options { drafts: true, withheld: true, as_of: None };
        let examined =
            dossier::examine(&before, all, &mut Cache::default(), &|_, _, _| {}).map_err(|_| ()).unwrap();
        let dossier = &examined.linked.dossier;
        // Of the larger ones, which take long to read, some.
        let some = match which {
            "demonstration" => 9,
            "harbour" => 3,
            _ => 1,
        };
        for id in dossier.all().step_by(some) {
            let key = match id.kind {
                Kind::Article => dossier.key(id).to_owned(),
                kind => format!("{}/{}", kind.plural(), dossier.key(id)),
            };
            if ["index", "about"].contains(&key.as_str()) {
                continue;
            }
            let new = other(id.kind);
            let there = match rename(&before, &key, new) {
                Ok(there) => there,
                Err(why) => panic!("{which}: {key}: {why:?}"),
            };
            left_over(which, dossier.key(id), &there.sources);
            let back = match rename(&there.sources, &key.replace(dossier.key(id), new), dossier.key(id)) {
                Ok(back) => back.sources,
                Err(why @ NotRenamed::Errors(_)) => panic!("{which}: {key}: {why:?}"),
                Err(why) => panic!("{which}: {key} back: {why:?}"),
            };
            is_as_before(which, &key, &before, &back, new);
            renamed += 1;
        }
    }
    println!("{renamed} records were renamed and got their keys back");
    assert!(renamed > 40, "{renamed}");
}

/// The old key stands nowhere where a key can.
fn left_over(which: &str, old: &str, there: &Sources) {
    // A key of one word may be a word of a field as well.
    if !old.contains('-') {
        return;
    }
    for file in there.iter().filter(|file| file.path.starts_with("content/") || file.path == "site.toml") {
        let Ok(text) = file.text() else { continue };
        // What stands in a block of code is shown as it is.
        let text: String = text.split("```").step_by(2).collect();
        for line in text.lines().filter(|line| !line.contains("moved_from") && !line.trim().starts_with('#'))
        {
            let marks = [
                format!("\"{old}\""),
                format!("[{old}]"),
                format!("[[{old}]]"),
                format!("/{old}\""),
                format!("[@{old} "),
                format!("citing {old} "),
                format!("[[{old}|"),
            ];
            let found = marks.iter().find(|mark| line.contains(*mark));
            assert_eq!(found, None, "{which}: {}: {line}", file.path);
        }
    }
}

/// All files are byte for byte what they were, but for the former key.
fn is_as_before(which: &str, key: &str, before: &Sources, back: &Sources, new: &str) {
    let without = |text: &str| -> String {
        let text = text.replace(&format!(", \"{new}\""), "");
        let lines = text.split_inclusive('\n').filter(|line| !line.contains(new));
        lines.collect()
    };
    for file in before.iter() {
        let then = back.get(&file.path).unwrap_or_else(|| panic!("{which}: {key}: no {}", file.path));
        match (file.text(), then.text()) {
            (Ok(was), Ok(is)) => {
                let is = without(is).replace("+++\n+++\n\n", "");
                assert_eq!(was, is, "{which}: {key}: {}", file.path);
            }
            _ => assert_eq!(file.bytes, then.bytes),
        }
    }
    assert_eq!(before.iter().count(), back.iter().count(), "{which}: {key}");
}
