//! A dossier and what is to be changed in it -> its files with that, which are read again to prove that they mean the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Examined;
use crate::Options;
use crate::cache::Cache;
use crate::diag::{self, Diagnostic, Severity, did_you_mean, one_of};
use crate::edit::layout::{Formatted, formatted, has_toml};
use crate::edit::rename::{opened, rename as edits};
use crate::edit::{Edits, MARK};
use crate::examine;
use crate::link::Linked;
use crate::link::routes::WITH_TEXT;
use crate::model::dossier::{Dossier, Id, Resolution};
use crate::model::{Kind, Withhold};
use crate::parse::problems::key_help;
use crate::parse::{self, is_key};
use crate::settings;
use crate::source::Sources;

/// Everything that is written, also what will not be published.
const ALL: Options = Options { drafts: true, withheld: true, as_of: None };

/// A record or article under another key.
#[derive(Debug, Clone)]
pub struct Renamed {
    pub kind: Kind,
    pub old: String,
    pub new: String,
    pub edits: Edits,
    /// The files with these edits.
    pub sources: Sources,
    /// Whether the old address leads to the new one, or why it does not.
    pub former: Former,
}

/// What becomes of the old key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Former {
    /// It stays in `moved_from`.
    Left,
    /// It stays there, and no address leads on from it: the record is withheld.
    OfWithheld,
    /// It goes, as was asked.
    Dropped,
    /// It goes, since nobody knows the address of a draft.
    OfDraft,
    /// A bibliography has no place for it.
    NoPlace,
}

/// Why nothing is renamed.
#[derive(Debug, Clone)]
pub enum NotRenamed {
    /// What is wrong with the keys, and what to do.
    Refused { message: String, help: String },
    /// The dossier has errors, and nobody can tell what a renaming would break.
    Errors(Vec<Diagnostic>),
}

/// Gives a record another key, or an article another path. `old` is a key, a kind and key, or the path of an article.
///
/// # Errors
/// When the dossier has errors, the keys do not allow it, or the dossier would not be the same but for the key.
pub fn rename(sources: &Sources, old: &str, new: &str) -> Result<Renamed, NotRenamed> {
    rename_with(sources, old, new, None)
}

/// Does the same. `leave` says whether the old key stays as a former one; it does otherwise but for drafts.
///
/// # Errors
/// As [`rename`].
pub fn rename_with(
    sources: &Sources,
    old: &str,
    new: &str,
    leave: Option<bool>,
) -> Result<Renamed, NotRenamed> {
    // Most files are the same in all that is read here.
    let mut cache = Cache::default();
    let before = read(sources, ALL, &mut cache).map_err(NotRenamed::Errors)?;
    let mut found: Vec<Diagnostic> = before.diagnostics.clone();
    found.retain(|problem| problem.severity == Severity::Error);
    if !found.is_empty() {
        diag::sort(&mut found, sources);
        return Err(NotRenamed::Errors(found));
    }
    let dossier = &before.linked.dossier;
    let refused = |(message, help): (String, String)| NotRenamed::Refused { message, help };
    let id = named(dossier, old).map_err(refused)?;
    let new = new_key(dossier, id, new).map_err(refused)?;

    let opened = opened(sources);
    // What a record withholds of itself may be wrong, and nobody is told: then it is left as it is.
    let whole = read(&opened, ALL, &mut cache).map_err(NotRenamed::Errors)?;
    let (kind, called) = (id.kind, name(dossier, id));
    let id = whole.linked.dossier.find(kind, dossier.key(id)).unwrap_or(id);
    let former = former(&whole.linked.dossier, sources, id, &new, leave);
    let edits =
        edits(&whole.linked.dossier, &opened, id, &new, matches!(former, Former::Left | Former::OfWithheld));
    let renamed = Renamed {
        kind,
        old: whole.linked.dossier.key(id).to_owned(),
        sources: edits.apply(sources),
        former,
        edits,
        new,
    };
    for options in [ALL, Options::default()] {
        let same = is_same(sources, &renamed, options, &mut cache);
        same.map_err(|why| {
            refused((format!("{called} cannot become `{}`: {why}", renamed.new), String::new()))
        })?;
    }
    Ok(renamed)
}

fn former(dossier: &Dossier, sources: &Sources, id: Id, new: &str, leave: Option<bool>) -> Former {
    let is_bibliography = dossier.span(id).is_some_and(|span| sources.path(span.file).ends_with(".bib"));
    let common = dossier.common(id);
    // What it is called again cannot stay among its former keys, so the list is rewritten in any case.
    let returns = common.is_some_and(|common| common.moved_from.iter().any(|former| former.value == new));
    match leave {
        _ if is_bibliography => Former::NoPlace,
        Some(false) if !returns => Former::Dropped,
        None if !returns && common.is_some_and(|common| common.draft) => Former::OfDraft,
        _ if common.is_some_and(|common| common.withhold == Withhold::Record) => Former::OfWithheld,
        _ => Former::Left,
    }
}

fn read(sources: &Sources, options: Options, cache: &mut Cache) -> Result<Examined, Vec<Diagnostic>> {
    cache.linked = None;
    examine(sources, options, cache, &|_, _, _| {}).map_err(|problem| vec![*problem])
}

/// Every kind that has keys.
fn kinds() -> Vec<Kind> {
    std::iter::once(Kind::Article).chain(Kind::RECORDS).collect()
}

/// How a record or article is named with its kind.
fn name(dossier: &Dossier, id: Id) -> String {
    match id.kind {
        Kind::Article => dossier.key(id).to_owned(),
        kind => format!("{}/{}", kind.plural(), dossier.key(id)),
    }
}

/// The record or article of a key.
fn named(dossier: &Dossier, old: &str) -> Result<Id, (String, String)> {
    let text = as_key(old);
    match dossier.resolve(text, &kinds()) {
        Resolution::Found(id) | Resolution::WrongKind(id) => {
            if id.kind == Kind::Article && WITH_TEXT.contains(&format!("{}.html", dossier.key(id)).as_str()) {
                let message = format!("`{text}` is the text of a page that every dossier has");
                return Err((message, "it keeps its path".to_owned()));
            }
            Ok(id)
        }
        Resolution::Ambiguous(ids) => {
            let names: Vec<String> = ids.into_iter().map(|id| name(dossier, id)).collect();
            let help = format!("write {}", one_of(names.iter().map(String::as_str)));
            Err((format!("`{text}` is the key of several records"), help))
        }
        Resolution::Moved(id) => {
            Err((format!("`{text}` is a former key"), format!("today it is {}", name(dossier, id))))
        }
        Resolution::Absent(..) | Resolution::Unknown => {
            let names: Vec<String> = dossier.all().map(|id| name(dossier, id)).collect();
            let known = dossier.all().map(|id| dossier.key(id)).chain(names.iter().map(String::as_str));
            let help = did_you_mean(text, known).map(|near| format!("did you mean `{near}`?"));
            let usual = "`dossier rename` takes the key of a record, or the path of an article".to_owned();
            Err((format!("there is no record or article `{text}`"), help.unwrap_or(usual)))
        }
    }
}

/// A key, or the path of an article as a file has it.
fn as_key(text: &str) -> &str {
    match text.strip_suffix(".md") {
        Some(stem) => stem.strip_prefix("content/").unwrap_or(stem),
        None => text,
    }
}

/// The new key, when nothing speaks against it.
fn new_key(dossier: &Dossier, id: Id, new: &str) -> Result<String, (String, String)> {
    let text = as_key(new);
    let kind = id.kind;
    let own = format!("{}/", kind.plural());
    let key = if kind == Kind::Article { text } else { text.strip_prefix(&own).unwrap_or(text) };
    let parts: Vec<&str> = if kind == Kind::Article { key.split('/').collect() } else { vec![key] };
    let other = key.split_once('/').and_then(|(kind, _)| Kind::from_plural(kind));
    if let Some(other) = other.filter(|_| kind != Kind::Article || parts.len() == 2) {
        let is = diag::a(kind.singular());
        let message =
            format!("`{}` is {is}, and `{new}` would be {}", dossier.key(id), diag::a(other.singular()));
        return Err((message, "a record stays of its kind".to_owned()));
    }
    if let Some(part) = parts.iter().find(|part| !is_key(part)) {
        return Err((format!("`{new}` is no key"), key_help(part)));
    }
    if key == dossier.key(id) {
        return Err((format!("`{key}` is its key already"), String::new()));
    }
    if let Some(there) = dossier.find(kind, key) {
        let message = format!("there is {} `{key}` already", diag::a(kind.singular()));
        return Err((message, format!("take another key, or rename {} first", name(dossier, there))));
    }
    let former = dossier.ids(kind).filter(|other| *other != id).find(|other| {
        let common = dossier.common(*other);
        common.is_some_and(|common| common.moved_from.iter().any(|old| old.value == key))
    });
    if let Some(former) = former {
        let message = format!("`{key}` is a former key of {}", name(dossier, former));
        return Err((message, "links from elsewhere may still mean that: take another key".to_owned()));
    }
    Ok(key.to_owned())
}

/// Whether the edited dossier says the same as before, but for the key.
fn is_same(sources: &Sources, renamed: &Renamed, options: Options, cache: &mut Cache) -> Result<(), String> {
    let before = read(sources, options, cache).map_err(|_| "the dossier cannot be read".to_owned())?;
    let after =
        read(&renamed.sources, options, cache).map_err(|_| "the dossier could not be read".to_owned())?;
    let told = |examined: &Examined| {
        let mut counts: BTreeMap<(Severity, &'static str), Vec<String>> = BTreeMap::new();
        for problem in examined.diagnostics.iter().cloned().chain(examined.advice()) {
            counts.entry((problem.severity, problem.code.name)).or_default().push(problem.message);
        }
        counts
    };
    let (was, is) = (told(&before), told(&after));
    for (about, messages) in &is {
        if was.get(about).map_or(0, Vec::len) < messages.len() {
            let known = was.get(about).map_or(&[][..], Vec::as_slice);
            let message = messages.iter().find(|message| !known.contains(message)).or(messages.first());
            return Err(format!("then {}", message.map_or("", String::as_str)));
        }
    }
    if was.iter().any(|(about, messages)| is.get(about).map_or(0, Vec::len) < messages.len()) {
        return Err("a report would be gone".to_owned());
    }
    let map = |kind: Kind, key: &str| match kind == renamed.kind && key == renamed.old {
        true => (kind, renamed.new.clone()),
        false => (kind, key.to_owned()),
    };
    let was = led_to(&before.linked, map);
    let is = led_to(&after.linked, |kind, key| (kind, key.to_owned()));
    match was == is {
        true => Ok(()),
        false => Err("not all that refers to it can be rewritten".to_owned()),
    }
}

type Name = (Kind, String);

/// What refers to each record, by kind and key.
fn led_to(linked: &Arc<Linked>, name: impl Fn(Kind, &str) -> Name) -> BTreeMap<Name, Vec<Name>> {
    let dossier = &linked.dossier;
    let name = |id: Id| name(id.kind, dossier.key(id));
    let from = |id: Id| {
        let mut from: Vec<Name> = linked.incoming(id).map(name).collect();
        from.sort();
        from
    };
    dossier.all().map(|id| (name(id), from(id))).collect()
}

/// The files of a dossier as they should be laid out.
#[derive(Debug, Clone, Default)]
pub struct LaidOut {
    pub sources: Sources,
    /// The paths of the files that differ from before.
    pub changed: Vec<String>,
    /// The paths of those that were left as they are, and what is wrong with them.
    pub left: Vec<String>,
    pub broken: Vec<Diagnostic>,
}

/// Lays out the TOML of all files that `wanted` names.
pub fn format(sources: &Sources, wanted: &dyn Fn(&str) -> bool) -> LaidOut {
    let mut done = LaidOut { sources: sources.clone(), ..LaidOut::default() };
    let config = settings(sources).map(|settings| settings.value).unwrap_or_default();
    for file in sources.iter().filter(|file| has_toml(&file.path) && wanted(&file.path)) {
        let mark = if file.bytes.starts_with(MARK) { MARK } else { &[] };
        let made = file.text().map_or(Formatted::Broken, |text| formatted(&file.path, text));
        match made {
            Formatted::Same => {}
            Formatted::Changed(text) => {
                done.sources.insert(file.path.as_str(), [mark, text.as_bytes()].concat());
                done.changed.push(file.path.clone());
            }
            Formatted::Broken => {
                done.left.push(file.path.clone());
                let found = match file.path.starts_with("content/") {
                    true => parse::parse(file, &config).diagnostics,
                    false => settings(sources).map(|settings| settings.diagnostics).unwrap_or_default(),
                };
                done.broken.extend(found.into_iter().filter(|problem| problem.severity == Severity::Error));
            }
        }
    }
    diag::sort(&mut done.broken, sources);
    done
}
