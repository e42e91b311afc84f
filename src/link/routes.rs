//! The address of every page and file, and what happens when two want the same.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap as HashMap;

use super::problems;
use super::refs::{self, bodies};
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::body::Piece;
use crate::model::dossier::{Dossier, Id};
use crate::model::{Asset, Kind, Ref};
use crate::source::{Span, Spanned};

/// The pages that every dossier can have, beside those of its records and articles.
pub const PAGES: [&str; 17] = [
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
    "network.html",
    GLOSSARY,
    "corrections.html",
    ABOUT,
    SEARCH,
    DATA,
    MISSING,
];

/// The page of all terms.
pub const GLOSSARY: &str = "glossary.html";

/// The page of all formats.
pub const DATA: &str = "data.html";

/// What hosts show where there is no page.
pub const MISSING: &str = "404.html";

/// The page about the dossier.
pub const ABOUT: &str = "about.html";

/// The page of the search, and the folder of its index and of the pages of single letters.
pub const SEARCH: &str = "search.html";
pub const SEARCH_FOLDER: &str = "search/";

/// The folder of the pages that continue long lists.
pub const LISTS_FOLDER: &str = "lists/";

/// The feed of corrections.
pub const CORRECTIONS_FEED: &str = "corrections.xml";

/// The feed of what is new or was changed.
pub const CHANGES_FEED: &str = "changes.xml";

/// The folder of what is for other programs.
pub const DATA_FOLDER: &str = "data/";

/// The rules by which the timeline is filtered.
pub const FILTERS: &str = "filters.css";

/// The rules by which the network shows whom somebody points at.
pub const NETWORK: &str = "network.css";

/// What the addresses of the previews of links begin with.
pub const PREVIEWS: &str = "previews/";

/// Below these folders stand pages that follow from the whole dossier, such as the years of a long timeline.
const OWN_FOLDERS: [&str; 6] = ["timeline/", "network/", LISTS_FOLDER, PREVIEWS, SEARCH_FOLDER, DATA_FOLDER];

/// Pages of [`PAGES`] whose text an article of the same name gives.
pub const WITH_TEXT: [&str; 2] = ["index.html", ABOUT];

/// Whether the site has a page of its own, or a folder of such pages, where an article of this name would stand.
pub fn is_own(article: &str) -> bool {
    let page = format!("{article}.html");
    let is_page = PAGES.contains(&page.as_str()) && !WITH_TEXT.contains(&page.as_str());
    is_page || OWN_FOLDERS.iter().any(|folder| page.starts_with(folder))
}

/// The address of a record's or article's page from the site's root.
pub fn address(dossier: &Dossier, id: Id) -> String {
    let key = dossier.key(id);
    match id.kind {
        Kind::Article => [key, ".html"].concat(),
        // Ties and corrections are short: they share a page.
        Kind::Relation => format!("{}#r-{key}", relations_page(id.index as usize / RELATIONS)),
        Kind::Correction => format!("{}.html#r-{key}", id.kind.plural()),
        Kind::Term => format!("{GLOSSARY}#r-{key}"),
        kind => [kind.plural(), "/", key, ".html"].concat(),
    }
}

/// The address of the JSON beside the page of a record or article.
pub fn json_address(dossier: &Dossier, id: Id) -> String {
    format!("{}.json", address(dossier, id).trim_end_matches(".html"))
}

/// So many relations share a page.
pub const RELATIONS: usize = 100;

/// The address of a page of relations, counted from 0.
pub fn relations_page(at: usize) -> String {
    match at {
        0 => "relations.html".to_owned(),
        at => format!("{LISTS_FOLDER}relations-{}.html", at + 1),
    }
}

/// Whether each record of a kind has a page of its own.
pub fn has_page(kind: Kind) -> bool {
    !matches!(kind, Kind::Relation | Kind::Term | Kind::Correction)
}

/// The record or article whose own page stands at an address.
pub fn record_at(dossier: &Dossier, path: &str) -> Option<Id> {
    let stem = path.strip_suffix(".html")?;
    let record = stem.split_once('/').and_then(|(kind, key)| {
        let kind = Kind::from_plural(kind)?;
        if has_page(kind) { dossier.find(kind, key) } else { None }
    });
    record.or_else(|| dossier.find(Kind::Article, stem))
}

/// The address a former key leads from.
fn former_address(id: Id, old: &str) -> Option<String> {
    match id.kind {
        Kind::Article => Some(format!("{old}.html")),
        Kind::Relation | Kind::Term | Kind::Correction => None,
        kind => Some(format!("{}/{old}.html", kind.plural())),
    }
}

/// An address that a record had once.
pub struct Former<'d> {
    pub path: String,
    /// The key that the author gives.
    pub old: &'d Spanned<String>,
    pub id: Id,
}

/// Every address from which a page leads on to where the record is now.
pub fn former_addresses(dossier: &Dossier) -> impl Iterator<Item = Former<'_>> {
    dossier.all().flat_map(move |id| {
        let olds = dossier.common(id).into_iter().flat_map(|common| &common.moved_from);
        olds.filter_map(move |old| Some(Former { path: former_address(id, &old.value)?, old, id }))
    })
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

/// The article or record whose page a path below `content/` means.
pub fn record(dossier: &Dossier, path: &str) -> Option<Id> {
    let stem = stem(path)?;
    let record = || {
        let (kind, key) = stem.split_once('/')?;
        dossier.find(Kind::from_plural(kind)?, key)
    };
    dossier.find(Kind::Article, stem).or_else(record)
}

fn stem(path: &str) -> Option<&str> {
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".html"))
}

pub fn target(dossier: &Dossier, path: &str) -> Option<Target> {
    if dossier.files.contains(path) {
        return Some(Target::File(path.to_owned()));
    }
    if dossier.statics.contains(path) {
        return Some(Target::Static(path.to_owned()));
    }
    if let Some(id) = record(dossier, path) {
        return Some(Target::Page(address(dossier, id)));
    }
    let page = format!("{}.html", stem(path)?);
    PAGES.contains(&page.as_str()).then_some(Target::Page(page))
}

/// The files that pages use, each by its path from the dossier's root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Those that are linked to, each with the first place.
    pub linked: BTreeMap<String, Span>,
    /// Held copies of sources.
    pub copies: BTreeSet<String>,
    pub shown: Vec<Shown>,
}

/// A picture that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub path: String,
    pub column: Column,
    pub span: Span,
}

/// Where on a page a picture stands: portraits beside the text, all others in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Side,
    Text,
}

/// The path of a picture that prose names, from the dossier's root.
pub fn picture(dossier: &Dossier, path: &str) -> Option<String> {
    file(target(dossier, path)?)
}

fn file(target: Target) -> Option<String> {
    match target {
        Target::File(path) => Some(format!("content/{path}")),
        Target::Static(path) => Some(format!("static/{path}")),
        Target::Page(_) => None,
    }
}

impl Files {
    /// Whether pages link to the same files as others do, and hold the same.
    pub fn has_paths_of(&self, other: &Files) -> bool {
        self.copies == other.copies && self.linked.keys().eq(other.linked.keys())
    }
}

/// Whether the fields of a record name a file.
pub fn holds_file(dossier: &Dossier, id: Id) -> bool {
    portrait(dossier, id).is_some() || copy(dossier, id).is_some()
}

/// Every file that the pages of these records use, and every problem with it.
pub fn files(dossier: &Dossier, ids: impl Iterator<Item = Id>) -> (Files, Vec<Diagnostic>) {
    let mut files = Files::default();
    let mut found = Vec::new();
    for id in ids {
        if let Some(portrait) = portrait(dossier, id).filter(|asset| is_there(dossier, asset, &mut found)) {
            let path = format!("content/{}", portrait.path);
            files.shown.push(Shown { path, column: Column::Side, span: portrait.span });
        }
        if let Some(copy) = copy(dossier, id).filter(|asset| is_there(dossier, asset, &mut found)) {
            files.copies.insert(format!("content/{}", copy.path));
        }
        for piece in bodies(dossier, id).into_iter().flat_map(|body| &body.pieces) {
            match piece {
                Piece::Image { path, span, .. } => match picture(dossier, path) {
                    Some(path) => files.shown.push(Shown { path, column: Column::Text, span: *span }),
                    None => found.extend(missing(dossier, path, *span, Wanted::Image)),
                },
                Piece::File { path, span, .. } => match target(dossier, path) {
                    Some(target) => {
                        if let Some(path) = file(target) {
                            files.linked.entry(path).or_insert(*span);
                        }
                    }
                    None => found.extend(missing(dossier, path, *span, Wanted::Any)),
                },
                _ => {}
            }
        }
    }
    (files, found)
}

fn portrait(dossier: &Dossier, id: Id) -> Option<&Asset> {
    let person = dossier.people.get(id.index).filter(|_| id.kind == Kind::Person)?;
    Some(&person.data.portrait.as_ref()?.file)
}

fn copy(dossier: &Dossier, id: Id) -> Option<&Asset> {
    let source = dossier.sources.get(id.index).filter(|_| id.kind == Kind::Source)?;
    Some(&source.data.copy.as_ref()?.file)
}

fn is_there(dossier: &Dossier, asset: &Asset, found: &mut Vec<Diagnostic>) -> bool {
    let there = dossier.files.contains(&asset.path);
    if !there {
        found.extend(missing(dossier, &asset.path, asset.span, Wanted::Field));
    }
    there
}

/// A report for each file of what is withheld that is not there: nobody can see that its bytes are on no page.
pub fn withheld_files(dossier: &Dossier) -> Vec<Diagnostic> {
    let absent = dossier.withheld_files.iter().filter(|asset| picture(dossier, &asset.path).is_none());
    absent
        .map(|asset| {
            let path = &asset.path;
            let message = format!("there is no file `content/{path}`, which is withheld");
            let help = match near(path, dossier.files.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "put it there, for then it is published under no other name; or take its path out".into()
                }
            };
            problems::error(problems::MISSING_FILE, asset.span, message).help(help)
        })
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
    let near = near(path, known.iter().map(String::as_str));
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

/// The path that was probably meant: one of the same name elsewhere, or one in the same folder whose name is almost so.
fn near<'k>(path: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let parts = |path: &'k str| path.rsplit_once('/').unwrap_or(("", path));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    known.clone().find(|known| parts(known).1 == name).or_else(|| {
        let beside = known.filter(|known| parts(known).0 == folder);
        let meant = did_you_mean(name, beside.clone().map(|known| parts(known).1))?;
        beside.into_iter().find(|known| parts(known).1 == meant)
    })
}

/// A reference in place of a path to what was written, but is a draft, withheld or faulty.
fn absent(dossier: &Dossier, path: &str, span: Span) -> Option<Ref> {
    let stem = stem(path)?;
    let record =
        stem.split_once('/').and_then(|(kind, key)| Some((Kind::from_plural(kind)?, key.to_owned())));
    let mut names = std::iter::once((Kind::Article, stem.to_owned())).chain(record);
    names.any(|name| dossier.absent.contains_key(&name)).then(|| Ref { text: stem.to_owned(), span })
}

/// Who wants an address.
#[derive(Clone, Copy)]
enum Owner<'d> {
    Feed,
    Filters,
    Network,
    Page(&'static str),
    Record(Id),
    Redirect(&'d str),
    Content(&'d str),
    Static(&'d str),
}

impl Owner<'_> {
    fn name(self, dossier: &Dossier) -> String {
        match self {
            Owner::Feed => "the feed of corrections".to_owned(),
            Owner::Filters => "the rules of the timeline".to_owned(),
            Owner::Network => "the rules of the network".to_owned(),
            Owner::Page(page) => format!("the page {page}"),
            Owner::Record(id) => format!("the {} `{}`", id.kind.singular(), dossier.key(id)),
            Owner::Redirect(old) => format!("the redirect from `{old}`"),
            Owner::Content(path) => format!("the file content/{path}"),
            Owner::Static(path) => format!("the file static/{path}"),
        }
    }
}

/// Addresses that two files want. Compared without case, since some file systems do.
pub fn conflicts<'d>(dossier: &'d Dossier, files: &'d Files) -> Vec<Diagnostic> {
    let mut owners: HashMap<String, (Owner<'d>, Option<Span>)> = HashMap::default();
    let mut found = Vec::new();
    let mut claim = |address: &str, owner: Owner<'d>, span: Option<Span>| {
        let folded = address.to_lowercase();
        let error = |span, message: String| {
            Diagnostic::new(problems::ADDRESS_CONFLICT, crate::diag::Severity::Error, span, message)
        };
        let what = || owner.name(dossier);
        if let Some(folder) = OWN_FOLDERS.iter().find(|folder| folded.starts_with(**folder)) {
            let message =
                format!("{} would be written to `{address}`, among the pages of `{folder}`", what());
            found.push(error(span, message).help("choose another folder"));
            return;
        }
        match owners.get(&folded) {
            None => {
                owners.insert(folded, (owner, span));
            }
            Some((first, place)) => {
                let first = first.name(dossier);
                let message = format!("{} and {first} would both be written to `{address}`", what());
                let mut problem = error(span.or(*place), message).help("rename one of the two");
                if let (Some(_), Some(place)) = (span, place) {
                    problem = problem.also(*place, first);
                }
                found.push(problem);
            }
        }
    };
    if !dossier.corrections.is_empty() {
        claim(CORRECTIONS_FEED, Owner::Feed, None);
    }
    claim(FILTERS, Owner::Filters, None);
    claim(NETWORK, Owner::Network, None);
    for page in PAGES {
        let by_article = WITH_TEXT.contains(&page)
            && dossier.find(Kind::Article, page.trim_end_matches(".html")).is_some();
        if !by_article {
            claim(page, Owner::Page(page), None);
        }
    }
    for id in dossier.all() {
        if has_page(id.kind) {
            claim(&address(dossier, id), Owner::Record(id), dossier.span(id));
        }
    }
    for former in former_addresses(dossier) {
        claim(&former.path, Owner::Redirect(&former.old.value), Some(former.old.span));
    }
    let published: BTreeSet<&String> = files.linked.keys().chain(&files.copies).collect();
    for path in published.into_iter().filter_map(|path| path.strip_prefix("content/")) {
        claim(path, Owner::Content(path), None);
    }
    for path in &dossier.statics {
        claim(path, Owner::Static(path), None);
    }
    found
}
