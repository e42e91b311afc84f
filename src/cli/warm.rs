//! What the last build of a dossier left -> what this one need not do.

use std::path::{Path, PathBuf};

use dossier::codes;
use dossier::diag::{Checked, Diagnostic};
use dossier::disk::last::{Build, Last};
use dossier::disk::manifest::Manifest;
use dossier::disk::write::{Applied, Draft};
use dossier::output::Stamp;
use dossier::pictures::problems::IMAGE_CACHE;
use dossier::source::Sources;
use dossier::{Options, Site};

use super::build::Folder;

/// Where the record of the last build is kept, in the dossier.
const RECORD: &str = ".dossier/last-build.json";

/// A build, and the one before it if this one can go by that.
pub struct Warm {
    root: PathBuf,
    record: PathBuf,
    this: Option<Build>,
    last: Option<Last>,
}

impl Warm {
    pub fn begin(
        root: &Path,
        read: &Checked<Sources>,
        theme: &Sources,
        options: Options,
        folder: &Folder,
    ) -> Warm {
        let record = root.join(RECORD);
        // Reports of a former state name places in files that are kept nowhere.
        let is_plain = read.diagnostics.is_empty() && options.as_of.is_none();
        let this = is_plain.then(|| Build::new(&read.value, theme, options, &folder.output)).flatten();
        let last = this.as_ref().and_then(|this| Last::read(&record, this));
        let list = |last: &Last| folder.begin().and_then(Draft::list).is_some_and(|list| last.is_list(list));
        Warm { root: root.to_owned(), record, this, last: last.filter(list) }
    }

    /// The number of pages and the report of the last build, if this one would do the very same again, and the folder
    /// still holds what that wrote.
    pub fn same(&self, sources: &Sources, folder: &Folder) -> Option<(usize, Vec<Diagnostic>, Applied)> {
        let (count, report) = self.last.as_ref()?.report(self.this.as_ref()?, sources, &codes::all())?;
        Some((count, report, folder.begin()?.leave()?))
    }

    /// What the page at `path` holds, if the last build rendered it from what has this hash.
    pub fn untouched(&self, path: &str, hash: u64, folder: &Folder) -> Option<Stamp> {
        self.last.as_ref().filter(|last| last.is_from(path, hash))?;
        folder.begin()?.untouched(path)
    }

    /// Records what was built and written.
    pub fn keep(self, site: &Checked<Site>, sources: &Sources) {
        let Some(this) = self.this else { return };
        // What went wrong with a disk is said of one build, and not again of the next.
        if site.diagnostics.iter().any(|problem| problem.code == IMAGE_CACHE) {
            return;
        }
        let Site { output, hashes, pages, .. } = &site.value;
        let list = Manifest::of(output).hash();
        let last = Last::new(this, list, hashes.clone(), *pages, &site.diagnostics, sources);
        // Without it the next build takes longer, and that is all.
        let _ = last.write(&self.root, &self.record);
    }
}
