//! Records taken from files of other formats.

mod careful;
mod csv;
pub mod others;
mod round;
mod wikidata;

use std::collections::BTreeMap;
use std::path::Path;

use dossier::import::{Choices, named};
use dossier::source::Sources;
use dossier::{Imported, NotImported, has_errors};

use crate::support::{build, text};

/// Files of a format, put into a dossier. What comes of it must build without an error.
pub fn imported(format: &str, files: &Sources, own: &Sources, choices: &Choices) -> Imported {
    let theme = dossier::theme::theme();
    match dossier::import(named(format).unwrap(), files, own, &theme, choices) {
        Ok(imported) => {
            let site = build(&imported.merged.sources);
            assert!(!has_errors(&site.diagnostics), "{}", text(&imported.merged.sources, &site));
            imported
        }
        Err(NotImported::Unreadable(found)) => panic!("{}", report(files, &found)),
        Err(NotImported::Dossier(sources, found)) => panic!("{}", report(&sources, &found)),
    }
}

/// What keeps files from being read.
pub fn refused(format: &str, files: &Sources, choices: &Choices) -> String {
    let theme = dossier::theme::theme();
    match dossier::import(named(format).unwrap(), files, &Sources::default(), &theme, choices) {
        Err(NotImported::Unreadable(found)) => report(files, &found),
        Err(NotImported::Dossier(sources, found)) => report(&sources, &found),
        Ok(imported) => panic!("it was read: {:?}", imported.merged.added),
    }
}

pub fn report(sources: &Sources, found: &[dossier::diag::Diagnostic]) -> String {
    let plain = dossier::report::Format::Text { colour: false };
    dossier::report::report(found, sources, plain, "")
}

/// The files of a dossier.
pub fn files(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.insert(*path, text.as_bytes());
    }
    sources
}

/// What was written, and what was not carried, as one text.
pub fn shown(imported: &Imported) -> String {
    let mut out = String::new();
    let mut changed = imported.merged.changed.clone();
    changed.sort();
    for path in changed {
        let file = imported.merged.sources.get(&path).unwrap();
        out.push_str(&format!("== {path}\n{}\n", file.text().unwrap()));
    }
    for loss in imported.taken.lost.iter().chain(&imported.merged.kept) {
        out.push_str(&format!("- {}, {}: {} ({})\n", loss.record, loss.field, loss.value, loss.why));
    }
    out
}

/// Holds that an import brought nothing that is not there already.
pub fn says_the_same(again: &Imported) {
    assert_eq!(again.merged.changed, Vec::<String>::new());
    assert_eq!(again.merged.kept.first(), None);
}

/// The records of a dossier by `people/KEY`, each with its fields, as the program tells them.
pub fn records(sources: &Sources) -> BTreeMap<String, serde_json::Map<String, serde_json::Value>> {
    let mut records = BTreeMap::new();
    let json = exported("json", sources).remove("dossier.json").unwrap();
    let whole: serde_json::Value = serde_json::from_slice(&json).unwrap();
    for (kind, list) in whole.as_object().unwrap() {
        for record in list.as_array().into_iter().flatten() {
            let mut fields = record.as_object().unwrap().clone();
            fields.remove("computed");
            let key = fields.remove("key").unwrap();
            records.insert(format!("{kind}/{}", key.as_str().unwrap()), fields);
        }
    }
    records
}

/// The files of a format of export.
pub fn exported(format: &str, sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let format = dossier::export::named(format).unwrap();
    let (made, _) = export(format, sources);
    made
}

pub fn export(
    format: &dossier::export::Export,
    sources: &Sources,
) -> (BTreeMap<String, Vec<u8>>, dossier::export::Losses) {
    let mut cache = dossier::cache::Cache::default();
    let options = dossier::Options::default();
    let (made, lost) =
        dossier::export(format, sources, &dossier::theme::theme(), options, &mut cache, &|_, _, _| {});
    assert!(!has_errors(&made.diagnostics), "{}", report(sources, &made.diagnostics));
    (made.value.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect(), lost)
}

/// The files of a dossier that are no records: its pictures and copies.
pub fn assets(sources: &Sources) -> Sources {
    let mut assets = Sources::default();
    let is_asset = |path: &str| {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or("");
        path.starts_with("content/") && !matches!(ending, "toml" | "md" | "bib")
    };
    for file in sources.iter().filter(|file| is_asset(&file.path)) {
        assets.insert(file.path.clone(), file.bytes.clone());
    }
    assets
}
