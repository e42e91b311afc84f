//! The dossiers that are looked at: the demonstration, and the invented one from left to right and from
//! right to left.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use dossier::Options;
use dossier::disk::read::read;
use dossier::model::date::Day;
use dossier::output::Output;
use dossier::source::Sources;

use crate::support::{build_with, repository, text};

pub struct Shown {
    pub name: &'static str,
    pub output: Output,
}

impl Shown {
    fn new(name: &'static str, sources: &Sources, options: Options) -> Shown {
        let site = build_with(sources, options);
        assert!(!dossier::has_errors(&site.diagnostics), "{}", text(sources, &site));
        Shown { name, output: site.value.output }
    }

    pub fn html(&self, path: &str) -> &str {
        std::str::from_utf8(self.output.get(path).unwrap()).unwrap()
    }

    /// The pages, without those that only lead to another.
    pub fn pages(&self) -> Vec<&str> {
        let pages = self.output.iter().map(|(path, _)| path).filter(|path| path.ends_with(".html"));
        // What stands for pages that are not there has the style of the address where the site will be.
        let elsewhere = |path: &str| self.html(path).contains("rel=\"stylesheet\" href=\"https://");
        pages.filter(|path| !self.html(path).contains("http-equiv=\"refresh\"") && !elsewhere(path)).collect()
    }

    /// A page of each kind: of those in one folder the largest, and each at the top.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: BTreeMap<&str, &str> = BTreeMap::new();
        for path in self.pages() {
            let kind = path.split_once('/').map_or(path, |(folder, _)| folder);
            let largest = kinds.entry(kind).or_insert(path);
            if self.html(path).len() > self.html(largest).len() {
                *largest = path;
            }
        }
        kinds.into_values().collect()
    }
}

/// What readers look at, which is nearly all that the invented dossier has, in both directions of writing.
pub static SITES: [fn() -> &'static Shown; 2] = [demonstration, right_to_left];

pub fn demonstration() -> &'static Shown {
    static SHOWN: LazyLock<Shown> =
        LazyLock::new(|| Shown::new("demonstration", &repository(), Options::default()));
    &SHOWN
}

pub fn harbour() -> &'static Shown {
    static SHOWN: LazyLock<Shown> =
        LazyLock::new(|| Shown::new("harbour", &folder("harbour"), Options::default()));
    &SHOWN
}

/// The invented dossier in Arabic: the interface, and the texts that are kept beside it.
pub fn right_to_left() -> &'static Shown {
    static SHOWN: LazyLock<Shown> = LazyLock::new(|| {
        let mut sources = folder("harbour");
        for file in folder("harbour-ar").iter() {
            sources.insert(file.path.clone(), file.bytes.clone());
        }
        Shown::new("right-to-left", &sources, Options::default())
    });
    &SHOWN
}

/// A former state of the invented dossier, which says so above all that scrolls.
pub fn former() -> &'static Shown {
    static SHOWN: LazyLock<Shown> = LazyLock::new(|| {
        let options = Options { as_of: Day::new(2024, 2, 1), ..Options::default() };
        Shown::new("former", &folder("harbour"), options)
    });
    &SHOWN
}

fn folder(name: &str) -> Sources {
    let read = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sites").join(name));
    assert_eq!(read.diagnostics, Vec::new());
    read.value
}
