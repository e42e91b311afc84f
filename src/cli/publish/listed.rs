//! What places have in common that do not tell what their files hold: sftp and rsync go by our own list.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::disk::manifest::Manifest;
use dossier::disk::{file, within};
use dossier::publish::plan::{State, There};
use tempfile::TempDir;

use super::job::{Job, Problem, unreadable_list};
use super::remote::Look;

/// What is at a place, by the two lists that are there, and by its files with their sizes where it tells these.
pub fn look(
    job: &Job,
    list: Option<Vec<u8>>,
    next: Option<Vec<u8>>,
    found: Option<&BTreeMap<String, u64>>,
) -> Result<Look, Problem> {
    let shown = job.target.to.to_string();
    let parse = |bytes: Vec<u8>| Manifest::parse(&bytes).map_err(|why| unreadable_list(&shown, why));
    let (list, next) = (list.map(parse).transpose()?, next.map(parse).transpose()?);
    // Which files of the second list were sent before a publish was killed, nobody knows.
    let listed = list.iter().chain(&next).flat_map(Manifest::iter).map(|(path, _)| path);
    let ours: BTreeSet<String> = listed.map(str::to_owned).collect();
    let there = |path: &str| {
        let stamp = job.list.get(path);
        let is_listed = stamp.is_some() && list.as_ref().and_then(|list| list.get(path)) == stamp;
        let is_whole = found.is_none_or(|found| found.get(path).copied() == stamp.map(|stamp| stamp.size));
        if is_listed && is_whole { There::Same } else { There::Other }
    };
    let paths: Vec<&String> = found.map_or_else(|| ours.iter().collect(), |found| found.keys().collect());
    let files = paths.into_iter().map(|path| (path.clone(), there(path))).collect();
    let is_listed = list.as_ref() == Some(&job.list);
    Ok(Look {
        state: State { files, ours },
        list,
        next,
        is_listed,
        has_files: found.is_some_and(|found| !found.is_empty()),
    })
}

/// The right to publish this dossier, of which there is one on a machine; it ends with the process.
pub struct Lock(#[expect(dead_code, reason = "it is held, and never read")] File);

/// Takes that right, and clears away what runs left that were killed.
pub fn lock(root: &Path) -> Result<Lock, Problem> {
    let folder = folder(root);
    let open = || {
        for name in ["lock", GIT] {
            within::refuse(root, &folder.join(name))?;
        }
        fs::create_dir_all(&folder)?;
        file::open_lock(&folder.join("lock"))
    };
    let file = open().map_err(|error| unstaged(&error))?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(Problem::new(
            "this dossier is being published already",
            "wait for the other run to end, or end it",
        ));
    }
    let left = fs::read_dir(&folder).into_iter().flatten().flatten();
    for entry in left.filter(|entry| entry.file_name().to_string_lossy().starts_with(STAGING)) {
        // What cannot be removed takes room, and that is all.
        let _ = fs::remove_dir_all(entry.path());
    }
    Ok(Lock(file))
}

/// The folder of the repository in which branches are made.
const GIT: &str = "git";

/// Where that repository is.
pub fn git(root: &Path) -> PathBuf {
    folder(root).join(GIT)
}

/// What the names of folders begin with that files wait in.
const STAGING: &str = "staging-";

/// Where a publish keeps what is its own, in the folder of the dossier.
fn folder(root: &Path) -> PathBuf {
    root.join(".dossier/publish")
}

/// A folder for files on their way.
pub fn staging(root: &Path) -> Result<TempDir, Problem> {
    let made = tempfile::Builder::new().prefix(STAGING).tempdir_in(folder(root));
    made.map_err(|error| unstaged(&error))
}

/// Writes a file that is to be sent.
pub fn stage(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    folder_of(path)?;
    fs::write(path, bytes).map_err(|error| unstaged(&error))
}

/// Makes the folder that a file is to lie in.
pub fn folder_of(path: &Path) -> Result<(), Problem> {
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| unstaged(&error))
}

/// Makes a folder that is empty.
pub fn empty(path: &Path) -> Result<(), Problem> {
    let gone = match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    gone.and_then(|()| fs::create_dir_all(path)).map_err(|error| unstaged(&error))
}

pub fn unstaged(error: &io::Error) -> Problem {
    Problem::new(
        format!("files cannot be put into .dossier/publish on their way: {error}"),
        "free some space, or see that the folder of the dossier may be written, and that no link leads out of it",
    )
}

/// The settings of SSH for this dossier alone, for keys that are made for it.
fn ssh_config() -> Option<OsString> {
    std::env::var_os("DOSSIER_SSH_CONFIG").filter(|path| !path.is_empty())
}

/// Gives `sftp` these settings.
pub fn ssh_options(command: &mut Command) {
    if let Some(path) = ssh_config() {
        command.arg("-F").arg(path);
    }
}

/// The same as `rsync` is told of them. Nothing is asked of a person in the middle of a run.
pub fn ssh() -> String {
    match ssh_config() {
        // It splits this at spaces, but for those in quotes.
        Some(path) => format!("ssh -o BatchMode=yes -F '{}'", path.to_string_lossy()),
        None => "ssh -o BatchMode=yes".to_owned(),
    }
}
