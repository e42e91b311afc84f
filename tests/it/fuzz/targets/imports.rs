//! Files of other formats: what is said to be imported is a dossier that builds, and to import it again changes nothing.

use dossier::cache::Cache;
use dossier::diag::Severity;
use dossier::import::{Choices, named};
use dossier::source::Sources;
use dossier::{NotImported, Options, build, import, theme};

use super::files::{files, told};

/// Files below `content/`, and `site.toml`, are those of the dossier that others are put into.
fn put_in(format: &str, data: &[u8]) {
    let format = named(format).unwrap_or_else(|| panic!("{format}"));
    let (mut input, mut own) = (Sources::default(), Sources::default());
    for (path, bytes) in files(data, &format!("file.{}", format.endings[0])) {
        let is_own = path.starts_with("content/") || path == "site.toml";
        if is_own { &mut own } else { &mut input }.insert(path, bytes);
    }
    let theme = theme::theme();
    let choices = Choices::default();
    match import(format, &input, &own, &theme, &choices) {
        Ok(done) => {
            let sources = &done.merged.sources;
            let site = build(sources, &theme, Options::default(), &mut Cache::default(), &|_, _, _| {});
            told(&site.diagnostics, sources);
            let error = site.diagnostics.iter().find(|problem| problem.severity == Severity::Error);
            assert!(error.is_none(), "{error:?}");
            match import(format, &input, sources, &theme, &choices) {
                Ok(again) => {
                    assert_eq!(again.merged.changed, Vec::<String>::new(), "a second import changes files");
                }
                Err(_) => panic!("a second import is refused"),
            }
        }
        Err(NotImported::Unreadable(found)) => {
            assert!(!found.is_empty());
            told(&found, &input);
        }
        Err(NotImported::Dossier(sources, found)) => {
            told(&found, &sources);
            assert!(own.iter().next().is_some(), "an empty dossier is refused: {:?}", found.first());
        }
    }
}

macro_rules! formats {
    ($($target:ident $name:literal)*) => {
        $(pub fn $target(data: &[u8]) {
            put_in($name, data);
        })*
    };
}

formats! {
    import_bibtex "bibtex"
    import_csv "csv"
    import_followthemoney "followthemoney"
    import_json "json"
    import_popolo "popolo"
    import_timelinejs "timelinejs"
    import_wikidata "wikidata"
}
