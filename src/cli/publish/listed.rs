//! What places have in common that do not tell what their files hold: sftp and rsync go by our own list.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use dossier::disk::manifest::Manifest;
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

/// A folder for files on their way, in the folder of the dossier.
pub fn staging(root: &Path) -> Result<TempDir, Problem> {
    let folder = root.join(".dossier/publish");
    fs::create_dir_all(&folder)
        .and_then(|()| tempfile::Builder::new().prefix("staging-").tempdir_in(&folder))
        .map_err(|error| unstaged(&error))
}

/// Writes a file that is to be sent.
pub fn stage(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, bytes)).map_err(|error| unstaged(&error))
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
        "free some space, or see that the folder of the dossier may be written",
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

/// The same as `rsync` is told of them; nothing leaves it to its own.
pub fn ssh() -> Option<String> {
    let path = ssh_config()?;
    // It splits this at spaces, but for those in quotes.
    Some(format!("ssh -o BatchMode=yes -F '{}'", path.to_string_lossy()))
}
