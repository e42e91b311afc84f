//! A folder of this machine, exchanged whole.

use std::fs::File;
use std::path::Path;

use dossier::disk;
use dossier::disk::manifest::{Manifest, diff};
use dossier::disk::write::{ApplyError, Draft, Options};
use dossier::output::{MANIFEST_NAME, Stamp};
use dossier::publish::plan::Plan;

use super::job::{Job, Outcome, Problem, foreign, not_the_same};

/// Makes a folder hold a site, and returns what was done.
pub fn publish(job: &Job, path: &str) -> Result<Outcome, Problem> {
    let folder = job.path(path);
    if job.adopt && !job.dry_run {
        adopt(&folder)?;
    }
    let draft = match Draft::begin(&folder, &Options::default()) {
        // What adopting it would do: everything is added, beside what is there.
        Err(ApplyError::NotOurs(_)) if job.adopt && job.dry_run => {
            return Ok(outcome(job, &Manifest::default()));
        }
        draft => draft.map_err(problem)?,
    };
    let outcome = outcome(job, draft.found());
    if job.dry_run {
        draft.refuse(job.site).map_err(problem)?;
        return Ok(outcome);
    }
    draft.finish(job.site).map_err(problem)?;
    if job.verify {
        verify(job, &folder)?;
    }
    Ok(outcome)
}

fn outcome(job: &Job, found: &Manifest) -> Outcome {
    let diff = diff(found, &job.list);
    let unchanged = diff.unchanged.len();
    job.outcome(&Plan {
        added: diff.added,
        changed: diff.changed,
        removed: diff.removed,
        unchanged,
        in_the_way: Vec::new(),
    })
}

/// Makes a folder one that we may write to beside the files of others, which no publish touches.
fn adopt(folder: &Path) -> Result<(), Problem> {
    let list = folder.join(MANIFEST_NAME);
    if !folder.is_dir() || list.symlink_metadata().is_ok() {
        return Ok(());
    }
    let cannot = |error| Problem::new(format!("cannot write {}: {error}", list.display()), String::new());
    File::create_new(&list).map(drop).map_err(cannot)
}

fn verify(job: &Job, folder: &Path) -> Result<(), Problem> {
    let holds = |path: &str| {
        disk::file::read(&folder.join(path), disk::file::OWN).ok().map(|bytes| Stamp::of(&bytes))
    };
    let differs = |(path, stamp): &(&str, &Stamp)| holds(path).as_ref() != Some(*stamp);
    let wrong: Vec<String> = job.list.iter().filter(differs).map(|(path, _)| path.to_owned()).collect();
    if wrong.is_empty() { Ok(()) } else { Err(not_the_same(&folder.display().to_string(), &wrong)) }
}

fn problem(error: ApplyError) -> Problem {
    match error {
        ApplyError::NotOurs(folder) => foreign(&folder.display().to_string()),
        _ => Problem::new(error.to_string(), error.help()),
    }
}
