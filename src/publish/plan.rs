//! What is at a target and what is to be there -> what has to be sent and removed, in which order.
//!
//! A target that takes files one by one has no moment at which the old site becomes the new one. So the order sees to it
//! that each page, old or new, finds the files it needs at any time, also when the last step was any of these.

use std::collections::{BTreeMap, BTreeSet};

use crate::disk::manifest::Manifest;
use crate::output::ancestors;

/// What is known of a file that is at a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// It holds what it is to hold.
    Same,
    /// It holds something else, or nobody knows.
    Other,
}

/// What a target has, in the eyes of who is about to publish there.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub files: BTreeMap<String, There>,
    /// The files that an earlier publish put there, whole or not, and whether they are still there or not.
    pub ours: BTreeSet<String>,
}

impl State {
    /// Takes those files for ours that are where some of the site are to be.
    pub fn adopt(&mut self, wanted: &Manifest) {
        let taken = wanted.iter().map(|(path, _)| path).filter(|path| self.files.contains_key(*path));
        self.ours.extend(taken.map(str::to_owned));
    }
}

/// What has to happen at a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan<'a> {
    /// Files that are not there.
    pub added: Vec<&'a str>,
    /// Files that hold something else.
    pub changed: Vec<&'a str>,
    /// Files that an earlier publish put there, and the site no longer has.
    pub removed: Vec<&'a str>,
    /// How many files are as they are to be.
    pub unchanged: usize,
    /// Files that somebody else put where some of the site are to be.
    pub in_the_way: Vec<&'a str>,
}

impl<'a> Plan<'a> {
    /// Returns what turns `state` into `wanted`. Files of others are never removed.
    pub fn new(wanted: &'a Manifest, state: &'a State) -> Plan<'a> {
        let mut plan = Plan::default();
        for (path, _) in wanted.iter() {
            match state.files.get(path) {
                None => plan.added.push(path),
                // Also when it holds the very same: as ours it would be removed one day.
                Some(_) if !state.ours.contains(path) => plan.in_the_way.push(path),
                Some(There::Same) => plan.unchanged += 1,
                Some(There::Other) => plan.changed.push(path),
            }
        }
        plan.in_the_way.extend(in_folders(wanted, state));
        plan.in_the_way.sort_unstable();
        let gone = state.ours.iter().filter(|path| !wanted.contains(path) && state.files.contains_key(*path));
        plan.removed = gone.map(String::as_str).collect();
        plan
    }

    /// Whether nothing has to happen.
    pub fn is_done(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
            && self.in_the_way.is_empty()
    }

    /// Returns the files to send, in stages of which each must be done before the next is begun: new pictures and fonts,
    /// new style sheets, scripts and data that may load these, new pages, files whose content changes, which may lead to
    /// all of these, pages that do, the page that all begin with, and what tells others of them.
    pub fn stages(&self) -> Vec<Vec<&'a str>> {
        let mut stages: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
        for path in &self.added {
            let stage = match role(path) {
                Role::Leaf => 0,
                Role::Asset => 1,
                Role::Page => 2,
                Role::Entry => 4,
                Role::Front => 6,
                Role::News => 7,
            };
            stages.entry(stage).or_default().push(path);
        }
        for path in &self.changed {
            let stage = match role(path) {
                Role::Leaf | Role::Asset => 3,
                Role::Entry => 4,
                Role::Page => 5,
                Role::Front => 6,
                Role::News => 7,
            };
            stages.entry(stage).or_default().push(path);
        }
        stages.into_values().collect()
    }

    /// Returns those files to remove that are where a folder has to be, or in a folder that is where a file has to be.
    /// They go first.
    pub fn blocking(&self) -> Vec<&'a str> {
        let new: BTreeSet<&str> = self.added.iter().copied().collect();
        let folders: BTreeSet<&str> = self.added.iter().flat_map(|path| ancestors(path)).collect();
        let blocks = |path: &&str| folders.contains(path) || ancestors(path).any(|above| new.contains(above));
        self.removed.iter().copied().filter(blocks).collect()
    }

    /// Returns all others to remove, in stages: pages before what they load.
    pub fn removals(&self) -> Vec<Vec<&'a str>> {
        let blocking = self.blocking();
        let others = self.removed.iter().filter(|path| !blocking.contains(path));
        let (assets, pages): (Vec<&str>, Vec<&str>) =
            others.partition(|path| matches!(role(path), Role::Leaf | Role::Asset));
        [pages, assets].into_iter().filter(|stage| !stage.is_empty()).collect()
    }
}

/// The files of others that are where a folder of the site has to be, or in a folder that is where a file has to be.
fn in_folders<'a>(wanted: &'a Manifest, state: &'a State) -> BTreeSet<&'a str> {
    let theirs = |path: &&str| !state.ours.contains(*path) && !wanted.contains(path);
    let folders: BTreeSet<&str> = wanted.iter().flat_map(|(path, _)| ancestors(path)).collect();
    let blocks = |path: &&str| folders.contains(path) || ancestors(path).any(|above| wanted.contains(above));
    state.files.keys().map(String::as_str).filter(theirs).filter(blocks).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It loads nothing itself.
    Leaf,
    /// Pages load it, and it may load others.
    Asset,
    /// Where the search begins, which knows its other parts.
    Entry,
    Page,
    Front,
    News,
}

fn role(path: &str) -> Role {
    let is_top = !path.contains('/');
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" if path == "index.html" => Role::Front,
        "html" => Role::Page,
        // Feeds, the sitemap, and what hosts and checkers read.
        "xml" | "atom" => Role::News,
        _ if is_top && (path == super::BUILD_INFO || path == "robots.txt" || path.starts_with('_')) => {
            Role::News
        }
        "js" if path == "search/start.js" => Role::Entry,
        "css" | "js" | "json" | "svg" | "mjs" | "csv" | "txt" => Role::Asset,
        _ => Role::Leaf,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Output;

    fn manifest(paths: &[&str]) -> Manifest {
        let mut output = Output::new();
        paths.iter().for_each(|path| output.insert(*path, path.as_bytes()).unwrap());
        Manifest::of(&output)
    }

    fn state(files: &[(&str, There)], ours: &[&str]) -> State {
        State {
            files: files.iter().map(|(path, there)| ((*path).to_owned(), *there)).collect(),
            ours: ours.iter().map(|path| (*path).to_owned()).collect(),
        }
    }

    #[test]
    fn only_what_differs_moves_and_only_what_is_ours_goes() {
        use There::{Other, Same};
        let files =
            [("a.html", Same), ("b.html", Other), ("gone.html", Other), ("theirs.html", Other), ("x", Other)];
        let state = state(&files, &["a.html", "b.html", "gone.html", "gone-already.html"]);
        let wanted = manifest(&["a.html", "b.html", "c.html", "x"]);
        let plan = Plan::new(&wanted, &state);
        assert_eq!((plan.added, plan.changed), (vec!["c.html"], vec!["b.html"]));
        assert_eq!((plan.removed, plan.in_the_way), (vec!["gone.html"], vec!["x"]));
        assert_eq!(plan.unchanged, 1);
    }

    #[test]
    fn files_and_folders_of_one_name_are_told_or_make_room() {
        let there = [
            ("theirs", There::Other),
            ("b.html/theirs", There::Other),
            ("ours", There::Other),
            ("c/ours", There::Other),
        ];
        let state = state(&there, &["ours", "c/ours"]);
        let wanted = manifest(&["theirs/a.html", "b.html", "ours/a.html", "c"]);
        let plan = Plan::new(&wanted, &state);
        assert_eq!(plan.in_the_way, ["b.html/theirs", "theirs"]);
        assert_eq!(plan.blocking(), ["c/ours", "ours"]);
        assert_eq!(plan.removals(), Vec::<Vec<&str>>::new());
    }

    #[test]
    fn what_pages_need_is_sent_before_and_removed_after_them() {
        let wanted = manifest(&[
            "data/feed.xml",
            "dossier.css",
            "images/a.jpg",
            "index.html",
            "new.css",
            "people/a.html",
            "people/b.html",
            "robots.txt",
            "search/1.js",
            "search/start.js",
        ]);
        let state = state(
            &[
                ("dossier.css", There::Other),
                ("index.html", There::Other),
                ("people/b.html", There::Other),
                ("old.css", There::Other),
                ("old.html", There::Other),
            ],
            &["dossier.css", "index.html", "people/b.html", "old.css", "old.html"],
        );
        let plan = Plan::new(&wanted, &state);
        let stages: [&[&str]; 8] = [
            &["images/a.jpg"],
            &["new.css", "search/1.js"],
            &["people/a.html"],
            &["dossier.css"],
            &["search/start.js"],
            &["people/b.html"],
            &["index.html"],
            &["data/feed.xml", "robots.txt"],
        ];
        assert_eq!(plan.stages(), stages);
        assert_eq!(plan.removals(), [["old.html"], ["old.css"]]);
    }
}
