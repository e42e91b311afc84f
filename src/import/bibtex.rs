//! BibTeX and BibLaTeX -> sources, as `content/sources.bib` is read, with keys that can be addresses.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use biblatex::RawBibliography;
use serde_json::json;

use super::keys::slugged;
use super::taken::{Taken, add};
use super::{Import, Input, problems};
use crate::diag::Diagnostic;
use crate::export::plain;
use crate::model::Kind;
use crate::model::dossier::{Dossier, Id, Table};
use crate::parse::problems::BIBLIOGRAPHY_SYNTAX;
use crate::parse::{ParsedRecord, is_key, parse};
use crate::source::{SourceFile, Sources, Span};

pub const IMPORT: Import = Import {
    name: "bibtex",
    about: "the entries of a BibTeX or BibLaTeX file as sources",
    endings: &["bib", "bibtex"],
    scheme: "",
    leaves_out: &["abstracts, notes, files, and other fields that a source does not have"],
    cites_itself: true,
    read,
};

/// The fields that sources are made from.
const READ: [&str; 34] = [
    "title",
    "subtitle",
    "institution",
    "organization",
    "journaltitle",
    "journal",
    "publisher",
    "author",
    "editor",
    "date",
    "year",
    "month",
    "urldate",
    "url",
    "langid",
    "language",
    "booktitle",
    "maintitle",
    "school",
    "location",
    "address",
    "volume",
    "number",
    "issue",
    "pages",
    "edition",
    "type",
    "doi",
    "isbn",
    "entrysubtype",
    "crossref",
    "xdata",
    "keywords",
    "options",
];

/// The fields that name other entries.
const NAMING: [&str; 5] = ["crossref", "xref", "xdata", "related", "entryset"];

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut given = HashSet::new();
    for file in input.files.iter() {
        if let Err(problems) = one(file, input, taken, &mut given) {
            found.extend(problems);
        }
    }
    found
}

fn one(
    file: &SourceFile,
    input: &Input,
    taken: &mut Taken,
    given: &mut HashSet<String>,
) -> Result<(), Vec<Diagnostic>> {
    taken.reads(file);
    let text = problems::text(file)?;
    let base = problems::base(file, text);
    let raw = RawBibliography::parse(text).map_err(|error| {
        let span = Span::new(file.id, base + error.span.start..base + error.span.end);
        let message = format!("this is no valid BibTeX: {}", error.kind);
        vec![Diagnostic::error(problems::UNREADABLE_IMPORT, span, message)]
    })?;
    if raw.entries.is_empty() {
        return Err(problems::not_of(
            file,
            "BibTeX",
            "it has no entry, such as `@article{key, title = {..}}`",
        ));
    }
    // Two entries of one key stay two; where others name it, the first is meant.
    let mut keys: HashMap<&str, String> = HashMap::new();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut extra: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for entry in &raw.entries {
        let key = entry.v.key.v;
        let plain = Some(slugged(key)).filter(|plain| is_key(plain)).unwrap_or_else(|| "source".to_owned());
        let mut tries = std::iter::once(plain.clone()).chain((2..).map(|n| format!("{plain}-{n}")));
        let own = tries.find(|key| given.insert(key.clone())).unwrap_or(plain);
        if own != key {
            taken.lose(
                format!("sources/{own}"),
                "key",
                key,
                "a key is the address of a page: lower-case, and unique",
            );
        }
        changes.push((entry.v.key.span.clone(), own.clone()));
        let fields = entry.v.fields.iter().map(|field| {
            let said = text.get(field.value.span.clone()).unwrap_or("");
            (field.key.v.to_lowercase(), said.trim_matches(['{', '}', '"', ' ']).to_owned())
        });
        extra.insert(own.clone(), fields.collect());
        keys.entry(key).or_insert(own);
    }
    for field in raw.entries.iter().flat_map(|entry| &entry.v.fields) {
        if NAMING.contains(&field.key.v.to_lowercase().as_str()) {
            let said = text.get(field.value.span.clone()).unwrap_or("").trim_matches(['{', '}', '"', ' ']);
            let named = said.split(',').map(|key| keys.get(key.trim()).map_or(key.trim(), String::as_str));
            changes.push((field.value.span.clone(), format!("{{{}}}", named.collect::<Vec<_>>().join(","))));
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut rewritten = text.to_owned();
    for (range, own) in changes.into_iter().rev() {
        rewritten.replace_range(range, &own);
    }
    let mut sources = Sources::default();
    sources.insert("content/sources.bib", rewritten.into_bytes());
    let Some(bibliography) = sources.get("content/sources.bib") else { return Ok(()) };
    let parsed = parse(bibliography, &taken.there().config);
    let records = parsed.value.records.into_iter().filter_map(|record| match record {
        ParsedRecord::Source(source) => Some(source),
        _ => None,
    });
    let records: Vec<Arc<_>> = records.collect();
    for problem in parsed.diagnostics {
        if problem.code == BIBLIOGRAPHY_SYNTAX {
            let whole = Span::new(file.id, 0..0);
            return Err(vec![Diagnostic::error(problems::UNREADABLE_IMPORT, whole, problem.message)]);
        }
        // The entry that began last before it.
        let at = problem.span.map_or(0, |span| span.start as usize);
        let before = bibliography.text().ok().and_then(|text| text.get(..at)?.rsplit_once('@'));
        let entry = before.and_then(|(start, _)| bibliography.text().ok()?.get(start.len()..));
        let entry = entry.map(|entry| entry.find("\n@").map_or(entry, |end| &entry[..end]));
        let key = entry.and_then(|entry| entry.split_once(['{', '('])?.1.split([',', '}']).next());
        taken.lose(
            key.map_or("the file".to_owned(), |key| format!("sources/{}", key.trim())),
            "entry",
            entry.map(|entry| entry.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default(),
            problem.message,
        );
    }
    let dossier = Dossier { sources: Table::new(records, None), ..Dossier::default() };
    let ids: Vec<Id> = dossier.ids(Kind::Source).collect();
    for id in ids {
        let mut fields = plain::record(&dossier, id);
        fields.remove("key");
        let key = dossier.key(id).to_owned();
        let record = format!("sources/{key}");
        for (name, value) in extra.remove(&key).unwrap_or_default() {
            match name.as_str() {
                "keywords" => {
                    value.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).for_each(|tag| {
                        add(&mut fields, "tags", json!(tag));
                    });
                }
                // Our own files say there what a source is.
                "note" if input.words.key("source-type", &value).is_some() => {
                    let kind = input.words.key("source-type", &value);
                    fields.insert("type".to_owned(), json!(kind));
                }
                name if READ.contains(&name) => {}
                name => taken.lose(&record, name, value, "no field for it"),
            }
        }
        taken.keys.give_own(Kind::Source, &record, &key);
        taken.say(Kind::Source, &key, fields);
    }
    Ok(())
}
