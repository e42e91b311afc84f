//! Turns an output into a folder on disk that holds the old site or the new one, never a
//! mixture, and keeps what a person put there.
//!
//! The new site is built whole in a folder beside, where everything that stays is a second name
//! (a hard link) of the file it was, and the two folders then change places in one step.

use std::path::Path;
use std::time::Duration;

use crate::disk::manifest::Manifest;
use crate::output::Output;

mod error;
mod lock;
mod place;
mod plan;
mod retire;
mod stage;
mod survey;
mod swap;

pub use error::ApplyError;

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
    let place = place::Place::resolve(dir)?;
    let mut lock = lock::Lock::take(&place, options.wait)?;
    swap::recover(&place, &lock)?;
    let wanted = Manifest::of(output);
    let survey = survey::Survey::of(&place)?;
    let found = survey.found(&place);
    let plan = plan::Plan::new(output, &wanted, &survey, &found, &place)?;
    let applied = Applied {
        added: plan.diff.added.len(),
        changed: plan.diff.changed.len(),
        removed: plan.diff.removed.len(),
        unchanged: plan.diff.unchanged.len(),
    };
    if survey.manifest.as_ref() == Some(&wanted) && applied.unchanged == output.len() {
        return Ok(applied);
    }
    survey.refuse_closed(&place)?;
    // Forgets the folder that a killed build noted, before there is a new one to be mistaken for.
    lock.note(None).map_err(place.disk("write", &place.lock))?;
    let swapped = stage::stage(&plan, &wanted, &place, options.hard_links).and_then(|()| {
        let noted = lock.note(Some(&place.new));
        noted.map_err(place.disk("write", &place.lock))?;
        swap::swap(&place, options.exchange)
    });
    if let Err(error) = swapped {
        // With a left-over the folder has been replaced, and the one beside it is the old one.
        if !matches!(error, ApplyError::LeftOver { .. }) {
            // The error that counts is the first; the next build tries to tidy up again.
            let _ = stage::discard(&place.new);
        }
        return Err(error);
    }
    retire::retire(&place)?;
    Ok(applied)
}
