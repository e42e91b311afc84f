//! A place that takes files one by one, and is brought up to date in an order in which no page is ever without its files.
//!
//! Two lists are kept there. `.dossier-manifest` says what our files hold, and `.dossier-next` while files are sent which
//! more may be ours. Together they let any later publish finish or undo one that was killed, from any machine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dossier::disk::manifest::Manifest;
use dossier::output::{MANIFEST_NAME, Stamp};
use dossier::publish::NEXT_NAME;
use dossier::publish::plan::{Plan, State, There};

use super::super::terminal::say;
use super::job::{Job, Outcome, Problem, foreign, in_the_way, not_the_same, some};

/// What is at a place.
pub struct Look {
    pub state: State,
    /// Our list of what is there.
    pub list: Option<Manifest>,
    /// The list of a publish that was not finished.
    pub next: Option<Manifest>,
    /// Whether the list that is there is that of the site.
    pub is_listed: bool,
    /// Whether there are any files at all.
    pub has_files: bool,
}

/// A file to be sent.
pub type File<'a> = (&'a str, Arc<[u8]>);

/// Takes what is fetched from a path: nothing if there is no such file.
pub type Take<'t> = dyn FnMut(&str, Option<&[u8]>) + 't;

/// A place that takes files one by one; each appears whole or not at all.
pub trait Remote {
    /// Returns what is there, held against what is to be there.
    fn look(&mut self, job: &Job) -> Result<Look, Problem>;

    /// Sends files, in any order, and tells of each that is done.
    fn send(&mut self, files: &[File], done: &(dyn Fn() + Sync)) -> Result<(), Problem>;

    /// Removes files. One that is not there is no error.
    fn remove(&mut self, paths: &[&str]) -> Result<(), Problem>;

    /// Fetches files, in any order.
    fn fetch(&mut self, paths: &[&str], take: &mut Take) -> Result<(), Problem>;

    /// After how many files the list of what is there is renewed, where the place itself does not tell what its files
    /// hold.
    fn chunk(&self) -> Option<usize>;
}

/// Makes a place hold a site, and returns what was done.
pub fn publish(remote: &mut dyn Remote, job: &Job) -> Result<Outcome, Problem> {
    let mut look = remote.look(job)?;
    if look.has_files && look.list.is_none() && look.next.is_none() && !job.adopt {
        return Err(foreign(&job.target.to.to_string()));
    }
    if job.adopt {
        look.state.adopt(&job.list);
    }
    let plan = Plan::new(&job.list, &look.state);
    if !plan.in_the_way.is_empty() {
        return Err(in_the_way(&plan.in_the_way));
    }
    let outcome = job.outcome(&plan);
    if job.dry_run {
        return Ok(outcome);
    }
    if !plan.is_done() || !look.is_listed || look.next.is_some() {
        transfer(remote, job, &plan, &look)?;
    }
    if job.verify {
        verify(remote, job)?;
    }
    Ok(outcome)
}

fn transfer(remote: &mut dyn Remote, job: &Job, plan: &Plan, look: &Look) -> Result<(), Problem> {
    let send_list = |remote: &mut dyn Remote, name: &str, list: &Manifest| {
        remote.send(&[(name, list.to_string().into_bytes().into())], &|| {})
    };
    let may_be_ours =
        look.next.iter().flat_map(Manifest::iter).chain(look.list.iter().flat_map(Manifest::iter));
    let may_be_ours: Manifest = own(may_be_ours.chain(job.list.iter()));
    let next = may_be_ours.to_string().into_bytes();
    if !plan.is_done() && look.next.as_ref() != Some(&may_be_ours) {
        send_list(remote, NEXT_NAME, &may_be_ours)?;
    }
    let total = plan.added.len() + plan.changed.len();
    let done = || job.progress.advance("sending files", total, 1);
    job.progress.advance("sending files", total, 0);

    // What is known to be there, and stays as it is until it is sent or removed.
    let touched: BTreeSet<&str> =
        plan.added.iter().chain(&plan.changed).chain(&plan.removed).copied().collect();
    let same = |path: &str| look.state.files.get(path) == Some(&There::Same);
    let mut known: Vec<(&str, Stamp)> = job
        .list
        .iter()
        .filter(|(path, _)| !touched.contains(path) && same(path))
        .map(|(path, stamp)| (path, *stamp))
        .collect();
    // The list itself is of some size, too.
    let chunk = remote.chunk().map(|chunk| chunk.max(job.list.iter().count() / 4));
    if chunk.is_some() && !touched.is_empty() {
        send_list(remote, MANIFEST_NAME, &own(known.iter().map(|(path, stamp)| (*path, stamp))))?;
    }
    remove(remote, &plan.blocking())?;
    for stage in plan.stages() {
        for paths in stage.chunks(chunk.unwrap_or(usize::MAX)) {
            let files: Vec<File> = paths.iter().map(|path| (*path, job.bytes(path))).collect();
            remote.send(&files, &done)?;
            known.extend(paths.iter().filter_map(|path| Some((*path, *job.list.get(path)?))));
            if chunk.is_some() {
                send_list(remote, MANIFEST_NAME, &own(known.iter().map(|(path, stamp)| (*path, stamp))))?;
            }
        }
    }
    if !plan.is_done() {
        refuse_others(remote, job, &may_be_ours, &next)?;
    }
    for stage in plan.removals() {
        remove(remote, &stage)?;
    }
    send_list(remote, MANIFEST_NAME, &job.list)?;
    if !plan.is_done() {
        // Once more, so that a list which somebody else needs is not taken away.
        refuse_others(remote, job, &may_be_ours, &next)?;
    }
    if !plan.is_done() || look.next.is_some() {
        remove(remote, &[NEXT_NAME])?;
    }
    Ok(())
}

/// Stops before anything is deleted, when somebody else publishes to the same place meanwhile, and leaves a list of what
/// either of the two put there, so that nothing of it stays for ever.
fn refuse_others(remote: &mut dyn Remote, job: &Job, ours: &Manifest, next: &[u8]) -> Result<(), Problem> {
    let mut found: Option<Vec<u8>> = None;
    remote.fetch(&[NEXT_NAME], &mut |_, bytes| found = bytes.map(<[u8]>::to_vec))?;
    if found.as_deref() == Some(next) {
        return Ok(());
    }
    let theirs = found.and_then(|bytes| Manifest::parse(&bytes).ok()).unwrap_or_default();
    let both = own(theirs.iter().chain(ours.iter()));
    remote.send(&[(NEXT_NAME, both.to_string().into_bytes().into())], &|| {})?;
    Err(Problem::new(
        format!("somebody else publishes to {} at the same time", job.target.to),
        "agree who does, wait until nobody else is at it, and publish again with `--verify`, which brings the site into order",
    ))
}

fn remove(remote: &mut dyn Remote, paths: &[&str]) -> Result<(), Problem> {
    if paths.is_empty() { Ok(()) } else { remote.remove(paths) }
}

/// A list of files; of those with one path the last counts.
fn own<'m>(files: impl Iterator<Item = (&'m str, &'m Stamp)>) -> Manifest {
    let files: BTreeMap<String, Stamp> = files.map(|(path, stamp)| (path.to_owned(), *stamp)).collect();
    Manifest::from(files)
}

/// Fetches every file of the site back, and sends again what is not as it was sent.
fn verify(remote: &mut dyn Remote, job: &Job) -> Result<(), Problem> {
    let all: Vec<&str> = job.list.iter().map(|(path, _)| path).collect();
    let wrong = differing(remote, job, &all)?;
    if wrong.is_empty() {
        return Ok(());
    }
    say(&format!("not as it was published, and sent again: {}", some(&wrong)));
    let files: Vec<File> = wrong.iter().map(|path| (*path, job.bytes(path))).collect();
    remote.send(&files, &|| {})?;
    let still = differing(remote, job, &wrong)?;
    if still.is_empty() { Ok(()) } else { Err(not_the_same(&job.target.to.to_string(), &still)) }
}

/// Those of some files of the site that the place does not hold as they are.
fn differing<'p>(remote: &mut dyn Remote, job: &Job, paths: &[&'p str]) -> Result<Vec<&'p str>, Problem> {
    job.progress.advance("fetching back", paths.len(), 0);
    let mut same: BTreeSet<String> = BTreeSet::new();
    remote.fetch(paths, &mut |path, bytes| {
        job.progress.advance("fetching back", paths.len(), 1);
        if bytes.map(Stamp::of).as_ref() == job.list.get(path) {
            same.insert(path.to_owned());
        }
    })?;
    Ok(paths.iter().copied().filter(|path| !same.contains(*path)).collect())
}
