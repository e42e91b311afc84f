//! Turns an output into a folder on disk that holds the old site or the new one, never a
//! mixture, and keeps what a person put there.
//!
//! The new site is built whole in a folder beside, where everything that stays is a second name
//! (a hard link) of the file it was, and the two folders then change places in one step.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use crate::disk::manifest::Manifest;
use crate::output::{Output, Stamp, check_path};

mod error;
mod lock;
mod place;
mod plan;
mod retire;
mod stage;
mod survey;
mod swap;

pub use error::{ApplyError, in_words};

/// How many files `apply` found in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Files that were not there.
    pub added: usize,
    /// Files that held something else, also if a person had edited them.
    pub changed: usize,
    /// Files of ours that the new site no longer has.
    pub removed: usize,
    /// Files left as they are: the same inode, the same time.
    pub unchanged: usize,
}

/// What `apply` may do; the default is everything, and to wait half a minute.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to wait for another build into the same folder.
    pub wait: Duration,
    /// Whether to let two folders change places in one step where the system can. Without, there
    /// is a moment without a folder, and a build killed in it leaves none until the next.
    pub exchange: bool,
    /// Whether to give a file that stays a second name instead of copying it.
    pub hard_links: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { wait: Duration::from_secs(30), exchange: true, hard_links: true }
    }
}

/// Makes `dir` hold the files of `output`, and of what else is there only what is not ours.
///
/// Returns how many files were added, changed, removed and left alone. When nothing differs,
/// nothing is touched. Errors leave the folder as it was, except [`ApplyError::LeftOver`].
pub fn apply(output: &Output, dir: &Path) -> Result<Applied, ApplyError> {
    apply_with(output, dir, &Options::default())
}

/// Does what [`apply`] does, in the way that `options` say.
pub fn apply_with(output: &Output, dir: &Path, options: &Options) -> Result<Applied, ApplyError> {
    Draft::begin(dir, options)?.finish(output)
}

/// A site that is written file by file, before all of it is known. Until [`Draft::finish`] nobody sees any of it, and
/// without that nothing of it stays.
pub struct Draft {
    place: place::Place,
    survey: survey::Survey,
    /// Our files as they are now.
    found: Manifest,
    options: Options,
    work: Arc<Mutex<Work>>,
}

/// What changes while a draft is written.
struct Work {
    lock: lock::Lock,
    begun: stage::Begun,
    error: Option<ApplyError>,
}

impl Draft {
    /// Returns a draft of what `dir` is to hold; no other build may work on that meanwhile.
    ///
    /// Errors when it may not be replaced, or another build works on it for too long.
    pub fn begin(dir: &Path, options: &Options) -> Result<Draft, ApplyError> {
        let place = place::Place::resolve(dir)?;
        let lock = lock::Lock::take(&place, options.wait)?;
        swap::recover(&place, &lock)?;
        let survey = survey::Survey::of(&place)?;
        let found = survey.found(&place);
        let work = Arc::new(Mutex::new(Work { lock, begun: stage::Begun::default(), error: None }));
        Ok(Draft { place, survey, found, options: options.clone(), work })
    }

    /// Returns what takes the draft away when the program has to end in its middle.
    pub fn end(&self) -> End {
        End { new: self.place.new.clone(), work: Arc::downgrade(&self.work) }
    }

    /// Returns the hash of the list of our files that is there.
    pub fn list(&self) -> Option<blake3::Hash> {
        self.survey.manifest.as_ref().map(Manifest::hash)
    }

    /// Returns what our file at `path` holds, if that is what we wrote.
    pub fn untouched(&self, path: &str) -> Option<Stamp> {
        let listed = self.survey.manifest.as_ref()?.get(path)?;
        (self.found.get(path) == Some(listed)).then_some(*listed)
    }

    /// Returns our files as they are now.
    pub fn found(&self) -> &Manifest {
        &self.found
    }

    /// Returns what [`Draft::finish`] would refuse before it writes anything.
    pub fn refuse(&self, output: &Output) -> Result<(), ApplyError> {
        let wanted = Manifest::of(output);
        self.survey.refuse_closed(&self.place)?;
        plan::Plan::new(output, &wanted, &self.survey, &self.found, &self.place).map(drop)
    }

    /// Leaves everything as it is, if each of our files holds what we wrote.
    pub fn leave(&self) -> Option<Applied> {
        let is_whole = self.survey.manifest.as_ref() == Some(&self.found);
        is_whole.then(|| Applied { unchanged: self.found.iter().count(), ..Applied::default() })
    }

    /// Writes a file, unless the old site has the very same. Returns what it holds, or nothing for a path that no
    /// output may have. What goes wrong is told by [`Draft::finish`].
    pub fn keep(&self, path: &str, bytes: &[u8]) -> Option<Stamp> {
        check_path(path).ok()?;
        let stamp = Stamp::of(bytes);
        if self.found.get(path) != Some(&stamp) {
            let written = self.open_for(path).and_then(|()| stage::write_early(path, bytes, &self.place));
            if let Err(error) = written {
                self.work.lock().unwrap_or_else(PoisonError::into_inner).error.get_or_insert(error);
            }
        }
        Some(stamp)
    }

    fn open_for(&self, path: &str) -> Result<(), ApplyError> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if !work.begun.is_open() {
            self.open(&mut work)?;
        }
        work.begun.open_for(path, &self.place)
    }

    /// Makes the folder of the new site.
    fn open(&self, work: &mut Work) -> Result<(), ApplyError> {
        self.survey.refuse_closed(&self.place)?;
        // Forgets the folder that a killed build noted, before there is a new one to be mistaken for.
        work.lock.note(None).map_err(self.place.disk("write", &self.place.lock))?;
        work.begun.open(&self.place)
    }

    /// Does what [`apply`] does with an output of which some files were kept.
    pub fn finish(self, output: &Output) -> Result<Applied, ApplyError> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = work.error.take() {
            return Err(error);
        }
        let place = &self.place;
        let wanted = Manifest::of(output);
        let plan = plan::Plan::new(output, &wanted, &self.survey, &self.found, place)?;
        let applied = Applied {
            added: plan.diff.added.len(),
            changed: plan.diff.changed.len(),
            removed: plan.diff.removed.len(),
            unchanged: plan.diff.unchanged.len(),
        };
        if self.survey.manifest.as_ref() == Some(&wanted) && applied.unchanged == output.len() {
            return Ok(applied);
        }
        if !work.begun.is_open() {
            self.open(&mut work)?;
        }
        stage::stage(&plan, &wanted, &work.begun, place, self.options.hard_links)?;
        work.lock.note(Some(&place.new)).map_err(place.disk("write", &place.lock))?;
        match swap::swap(place, self.options.exchange) {
            Ok(()) => work.begun = stage::Begun::default(),
            Err(error) => {
                // With a left-over the folder has been replaced, and the one beside it is the old one.
                if matches!(error, ApplyError::LeftOver { .. }) {
                    work.begun = stage::Begun::default();
                }
                return Err(error);
            }
        }
        retire::retire(place)?;
        Ok(applied)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if work.begun.is_open() {
            // The next build tries to tidy up again.
            let _ = stage::discard(&self.place.new);
        }
    }
}

/// The end of a draft whose program ends before it.
pub struct End {
    new: PathBuf,
    /// Nothing once the draft is finished.
    work: Weak<Mutex<Work>>,
}

impl End {
    /// Takes away what is written so far. From then on nothing is written: whoever is about to waits for the program to end.
    pub fn clear(&self) {
        let Some(draft) = self.work.upgrade() else { return };
        let work = draft.lock().unwrap_or_else(PoisonError::into_inner);
        // A file that was just being written may come in between. What stays the next build takes away.
        let mut tries = 0..20;
        while work.begun.is_open() && stage::discard(&self.new).is_err() && tries.next().is_some() {
            thread::sleep(Duration::from_millis(5));
        }
        work.lock.clear();
        std::mem::forget((work, Arc::clone(&draft)));
    }
}
