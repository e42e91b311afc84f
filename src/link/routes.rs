//! The address of every page and file, and what happens when two want the same.

use std::collections::{BTreeMap, BTreeSet};

use super::problems;
use super::refs::{self, bodies};
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::body::Piece;
use crate::model::dossier::{Dossier, Id};
use crate::model::{Asset, Kind, Ref};
use crate::source::Span;

/// The pages that every dossier can have, beside those of its records and articles.
pub const PAGES: [&str; 13] = [
    "index.html",
    "explainers.html",
    "people.html",
    "groups.html",
    "meetings.html",
    "events.html",
    "places.html",
    "relations.html",
    "sources.html",
    "timeline.html",
    "corrections.html",
    "about.html",
    SEARCH,
];

/// The page of the search, and the folder of its index and of the pages of single letters.
pub const SEARCH: &str = "search.html";
pub const SEARCH_FOLDER: &str = "search/";

/// The feed of corrections.
pub const CORRECTIONS_FEED: &str = "corrections.xml";

/// Pages of [`PAGES`] whose text an article of the same name gives.
const WITH_TEXT: [&str; 2] = ["index.html", "about.html"];

/// The address of a record's or article's page from the site's root.
pub fn address(dossier: &Dossier, id: Id) -> String {
    let key = dossier.key(id);
    match id.kind {
        Kind::Article => format!("{key}.html"),
        // Ties and corrections are short: they share a page.
        Kind::Relation | Kind::Correction => format!("{}.html#r-{key}", id.kind.plural()),
        kind => format!("{}/{key}.html", kind.plural()),
    }
}

/// The address a former key leads from.
pub fn former_address(id: Id, old: &str) -> Option<String> {
    match id.kind {
        Kind::Article => Some(format!("{old}.html")),
        Kind::Relation | Kind::Correction => None,
        kind => Some(format!("{}/{old}.html", kind.plural())),
    }
}

/// What a path below `content/`, as prose or a record names it, leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the site, by its address.
    Page(String),
    /// A file below `content/`, published at its own path.
    File(String),
    /// A file below `static/`.
    Static(String),
}

pub fn target(dossier: &Dossier, path: &str) -> Option<Target> {
    if dossier.files.contains(path) {
        return Some(Target::File(path.to_owned()));
    }
    if dossier.statics.contains(path) {
        return Some(Target::Static(path.to_owned()));
    }
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".html"))?;
    if let Some(id) = dossier.find(Kind::Article, stem) {
        return Some(Target::Page(address(dossier, id)));
    }
    if let Some((kind, key)) = stem.split_once('/')
        && let Some(kind) = Kind::from_plural(kind)
        && let Some(id) = dossier.find(kind, key)
    {
        return Some(Target::Page(address(dossier, id)));
    }
    let page = format!("{stem}.html");
    PAGES.contains(&page.as_str()).then_some(Target::Page(page))
}

/// Every file below `content/` that a page uses, and every problem with files and addresses.
pub fn files(dossier: &Dossier) -> (BTreeSet<String>, Vec<Diagnostic>) {
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for id in dossier.all() {
        for asset in assets(dossier, id) {
            if dossier.files.contains(&asset.path) {
                used.insert(asset.path.clone());
            } else {
                found.extend(missing(dossier, &asset.path, asset.span, Wanted::Field));
            }
        }
        for body in bodies(dossier, id) {
            for piece in &body.pieces {
                if let Piece::File { path, span, is_image, .. } = piece {
                    match target(dossier, path) {
                        Some(Target::File(path)) => {
                            used.insert(path);
                        }
                        Some(_) => {}
                        None if *is_image => found.extend(missing(dossier, path, *span, Wanted::Image)),
                        None => found.extend(missing(dossier, path, *span, Wanted::Any)),
                    }
                }
            }
        }
    }
    found.extend(conflicts(dossier, &used));
    (used, found)
}

/// The files that the fields of a record name.
fn assets(dossier: &Dossier, id: Id) -> Vec<&Asset> {
    match id.kind {
        Kind::Person => {
            dossier.people.get(id.index).and_then(|person| Some(&person.data.portrait.as_ref()?.file))
        }
        Kind::Source => {
            dossier.sources.get(id.index).and_then(|source| Some(&source.data.copy.as_ref()?.file))
        }
        _ => None,
    }
    .into_iter()
    .collect()
}

/// What a path that leads nowhere was meant to lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A file, by its path from `content/` on: the field of a record.
    Field,
    /// A file, in prose.
    Image,
    /// A file or page, in prose.
    Any,
}

fn missing(dossier: &Dossier, path: &str, span: Span, wanted: Wanted) -> Option<Diagnostic> {
    if wanted == Wanted::Any
        && let Some(reference) = absent(dossier, path, span)
    {
        // A path without folder is an article's, whatever else has such a key.
        let kinds = if path.contains('/') { refs::ANY } else { &[Kind::Article] };
        return refs::problem(
            dossier,
            &refs::Mention { reference: &reference, kinds, part: refs::Part::Prose },
            true,
        );
    }
    let pages = dossier.all().filter(|id| wanted == Wanted::Any && id.kind != Kind::Correction).map(|id| {
        let folder = if id.kind == Kind::Article { String::new() } else { format!("{}/", id.kind.plural()) };
        format!("{folder}{}.md", dossier.key(id))
    });
    let known: Vec<String> = dossier.files.iter().cloned().chain(pages).collect();
    let name = path.rsplit('/').next().unwrap_or(path);
    let near = known
        .iter()
        .find(|known| known.rsplit('/').next() == Some(name))
        .map(String::as_str)
        .or_else(|| did_you_mean(path, known.iter().map(String::as_str)));
    // In prose a path is taken from the file's own folder, unless it starts with a slash.
    let slash = if wanted == Wanted::Field { "" } else { "/" };
    let help = match near {
        Some(near) => format!("did you mean `{slash}{near}`?"),
        None => format!("put it at `content/{path}`"),
    };
    Some(
        problems::error(problems::MISSING_FILE, span, format!("there is no file `content/{path}`"))
            .help(help),
    )
}

/// A reference in place of a path to what was written, but is a draft, withheld or faulty.
fn absent(dossier: &Dossier, path: &str, span: Span) -> Option<Ref> {
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".html"))?;
    let record =
        stem.split_once('/').and_then(|(kind, key)| Some((Kind::from_plural(kind)?, key.to_owned())));
    let mut names = std::iter::once((Kind::Article, stem.to_owned())).chain(record);
    names.any(|name| dossier.absent.contains_key(&name)).then(|| Ref { text: stem.to_owned(), span })
}

/// Addresses that two files want. Compared without case, since some file systems do.
fn conflicts(dossier: &Dossier, used: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<String, (String, Option<Span>)> = BTreeMap::new();
    let mut found = Vec::new();
    let mut claim = |address: String, what: String, span: Option<Span>| {
        let folded = address.to_lowercase();
        match owners.get(&folded) {
            None if folded.starts_with(SEARCH_FOLDER) => {
                let message =
                    format!("{what} would be written to `{address}`, where the search keeps its files");
                let severity = crate::diag::Severity::Error;
                let problem = Diagnostic::new(problems::ADDRESS_CONFLICT, severity, span, message);
                found.push(problem.help("rename it, or put it into another folder"));
            }
            None => {
                owners.insert(folded, (what, span));
            }
            Some((first, place)) => {
                let message = format!("{what} and {first} would both be written to `{address}`");
                let mut problem = Diagnostic::new(
                    problems::ADDRESS_CONFLICT,
                    crate::diag::Severity::Error,
                    span.or(*place),
                    message,
                )
                .help("rename one of the two");
                if let (Some(_), Some(place)) = (span, place) {
                    problem = problem.also(*place, first.clone());
                }
                found.push(problem);
            }
        }
    };
    if !dossier.corrections.is_empty() {
        claim(CORRECTIONS_FEED.to_owned(), "the feed of corrections".to_owned(), None);
    }
    for page in PAGES {
        let by_article = WITH_TEXT.contains(&page)
            && dossier.find(Kind::Article, page.trim_end_matches(".html")).is_some();
        if !by_article {
            claim(page.to_owned(), format!("the page {page}"), None);
        }
    }
    for id in dossier.all() {
        if !matches!(id.kind, Kind::Relation | Kind::Correction) {
            claim(
                address(dossier, id),
                format!("the {} `{}`", id.kind.singular(), dossier.key(id)),
                dossier.span(id),
            );
        }
    }
    for id in dossier.all() {
        for old in dossier.common(id).into_iter().flat_map(|common| &common.moved_from) {
            if let Some(address) = former_address(id, &old.value) {
                claim(address, format!("the redirect from `{}`", old.value), Some(old.span));
            }
        }
    }
    for path in used {
        claim(path.clone(), format!("the file content/{path}"), None);
    }
    for path in &dossier.statics {
        claim(path.clone(), format!("the file static/{path}"), None);
    }
    found
}
