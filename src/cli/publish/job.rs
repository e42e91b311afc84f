//! What is to be published, what came of it, and what can go wrong with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dossier::disk::manifest::Manifest;
use dossier::model::dossier::Withheld;
use dossier::model::publish::Target;
use dossier::output::Output;
use dossier::publish::plan::Plan;
use time::OffsetDateTime;

use super::super::terminal::Progress;

/// A site on its way.
pub struct Job<'a> {
    /// The folder of the dossier.
    pub root: &'a Path,
    pub target: &'a Target,
    /// What the paths of the target begin with that are not from a root.
    pub base: &'a Path,
    pub site: &'a Output,
    pub list: Manifest,
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub language: &'a str,
    pub base_url: Option<&'a str>,
    pub commit: Option<&'a str>,
    /// What is to stand nowhere.
    pub withheld: &'a [Withheld],
    /// When the site was made, as far as the files tell.
    pub time: OffsetDateTime,
    pub dry_run: bool,
    pub verify: bool,
    pub adopt: bool,
    pub progress: Progress,
}

impl Job<'_> {
    /// A path of the target, from here.
    pub fn path(&self, path: &str) -> PathBuf {
        self.base.join(path)
    }

    /// What a file of the site holds.
    pub fn bytes(&self, path: &str) -> Arc<[u8]> {
        self.site.get(path).map_or_else(|| Arc::from([]), Arc::clone)
    }

    /// What a plan does to a target, with the sizes of what travels.
    pub fn outcome(&self, plan: &Plan) -> Outcome {
        let size = |path: &str| self.list.get(path).map_or(0, |stamp| stamp.size);
        let sized = |paths: &[&str]| paths.iter().map(|path| ((*path).to_owned(), size(path))).collect();
        Outcome {
            added: sized(&plan.added),
            changed: sized(&plan.changed),
            removed: plan.removed.iter().map(|path| (*path).to_owned()).collect(),
            unchanged: plan.unchanged,
        }
    }
}

/// What happened at a target, or would happen.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Paths and sizes in bytes.
    pub added: Vec<(String, u64)>,
    pub changed: Vec<(String, u64)>,
    pub removed: Vec<String>,
    pub unchanged: usize,
}

/// Why a site was not published, and what to do about it.
#[derive(Debug)]
pub struct Problem {
    pub message: String,
    pub help: String,
}

impl Problem {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem { message: message.into(), help: help.into() }
    }
}

/// The first of some paths, and how many more there are.
pub fn some(paths: &[impl AsRef<str>]) -> String {
    let shown = paths.iter().take(5).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match paths.len().saturating_sub(5) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The problem with a target that holds files of others where those of the site have to be.
pub fn in_the_way(paths: &[&str]) -> Problem {
    Problem::new(
        format!("files are in the way of the site, and dossier did not put them there: {}", some(paths)),
        "move them elsewhere; or let the site take their places with `--adopt`",
    )
}

/// The problem with a target that holds files and no list of ours.
pub fn foreign(place: &str) -> Problem {
    Problem::new(
        format!("{place} holds files, and dossier did not put them there"),
        "name an empty place; or publish beside them with `--adopt`, which replaces files of the same name and leaves all \
         others alone",
    )
}

/// The problem with a list of our files that is not to be read.
pub fn unreadable_list(place: &str, why: impl std::fmt::Display) -> Problem {
    Problem::new(
        format!("the list of the files that dossier put at {place} cannot be read: {why}"),
        "remove the files and the list by hand, and publish again",
    )
}

/// The problem with files that came back otherwise than they were sent.
pub fn not_the_same(place: &str, paths: &[impl AsRef<str>]) -> Problem {
    Problem::new(
        format!("{place} does not hold what was published: {}", some(paths)),
        "publish again; if it stays so, something else writes there",
    )
}
