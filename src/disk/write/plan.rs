//! Turns what should be in the output folder and what is there into what to make of each path,
//! and refuses what would cost a person a file.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::error::ApplyError;
use super::place::Place;
use super::survey::{Entry, Kind, Survey};
use crate::disk::manifest::{Diff, Manifest, diff};
use crate::output::{Content, Output, ancestors};

/// How to build the new site.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// What becomes of our files.
    pub diff: Diff<'a>,
    /// Every folder of the new site, a folder before those in it, and whether a person made it.
    pub folders: BTreeMap<PathBuf, bool>,
    /// Every file of the new site but our list.
    pub files: Vec<(&'a Path, Source<'a>)>,
}

/// Where a file of the new site comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    /// It stays what it is in the old site.
    Old,
    /// It is written.
    New(&'a [u8]),
    /// It is written already.
    There,
}

impl<'a> Plan<'a> {
    /// Returns how to make the site of `output`, that `wanted` lists, from what is there.
    ///
    /// Errors when something that is not ours lies in the way.
    pub fn new(
        output: &'a Output,
        wanted: &'a Manifest,
        survey: &'a Survey,
        found: &'a Manifest,
        place: &Place,
    ) -> Result<Plan<'a>, ApplyError> {
        let diff = diff(found, wanted);
        let (mut folders, foreign) = foreign(survey);
        for folder in output.contents().flat_map(|(path, _)| ancestors(path)) {
            // Most files lie in a folder that is known from the file before.
            if !folders.contains_key(Path::new(folder)) {
                folders.insert(PathBuf::from(folder), false);
            }
        }
        if let Some(path) = in_the_way(output, &foreign, &folders) {
            return Err(ApplyError::InTheWay { path: place.shown(path) });
        }
        let unchanged: HashSet<&str> = diff.unchanged.iter().copied().collect();
        let ours = output.contents().map(|(path, content)| {
            let source = match content {
                _ if unchanged.contains(path) => Source::Old,
                Content::Bytes(bytes) => Source::New(bytes),
                Content::Kept(_) => Source::There,
            };
            (Path::new(path), source)
        });
        let files = foreign.into_iter().map(|entry| (&*entry.path, Source::Old));
        let files = files.chain(ours).collect();
        Ok(Plan { diff, folders, files })
    }
}

/// Returns the folders that stay because of what a person made, and the files, links and such.
fn foreign(survey: &Survey) -> (BTreeMap<PathBuf, bool>, Vec<&Entry>) {
    let manifest = survey.manifest.iter();
    let our_folders: HashSet<&str> =
        manifest.flat_map(Manifest::iter).flat_map(|(path, _)| ancestors(path)).collect();
    let mut folders = BTreeMap::new();
    let mut files = Vec::new();
    for entry in &survey.entries {
        let key = entry.key.as_deref();
        if entry.kind == Kind::Folder {
            // An empty folder that none of our files was in is somebody's too.
            if !key.is_some_and(|key| our_folders.contains(key)) {
                folders.insert(entry.path.clone(), true);
            }
        } else if survey.ours(entry).is_none() {
            files.push(entry);
        }
    }
    let made: Vec<PathBuf> = folders.keys().cloned().collect();
    let paths = files.iter().map(|entry| &entry.path);
    for path in made.iter().chain(paths) {
        for above in path.ancestors().skip(1) {
            if !above.as_os_str().is_empty() {
                folders.entry(above.to_owned()).or_insert(false);
            }
        }
    }
    (folders, files)
}

/// Returns the path of what is not ours where the new site needs a file, or a folder of `folders`.
fn in_the_way<'a>(
    output: &'a Output,
    foreign: &[&'a Entry],
    folders: &BTreeMap<PathBuf, bool>,
) -> Option<&'a Path> {
    let is_output = |key: &str| output.contains(key);
    let mut files = foreign.iter().map(|entry| (&*entry.path, entry.key.as_deref()));
    let file = files.find(|(path, key)| key.is_some_and(is_output) || folders.contains_key(*path));
    // No path of an output is a folder of it, so such a folder is a person's.
    let mut paths = output.contents().map(|(path, _)| Path::new(path));
    let folder = || paths.find(|path| folders.contains_key(*path));
    file.map(|(path, _)| path).or_else(folder)
}
