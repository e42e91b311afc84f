//! A folder on another machine, by the program `rsync`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use dossier::disk::file;
use dossier::output::MANIFEST_NAME;
use dossier::publish::NEXT_NAME;
use tempfile::TempDir;

use super::job::{Job, Problem};
use super::listed;
use super::remote::{File, Look, Remote, Take};
use super::tool::{Input, persist};

/// A folder on another machine.
pub struct Rsync {
    /// As `rsync` names it, with a slash at its end.
    place: String,
    /// Where files wait to be sent.
    staging: TempDir,
}

impl Rsync {
    pub fn open(place: &str, root: &Path) -> Result<Rsync, Problem> {
        Ok(Rsync { place: format!("{place}/"), staging: listed::staging(root)? })
    }

    fn command(&self) -> Command {
        let mut command = Command::new("rsync");
        // Names are told through its input, one after the other, with nothing that a shell could take for its own.
        command.args(["--from0", "--files-from=-", "--ignore-times", "--chmod=F644,D755", "--perms"]);
        command.arg("-e").arg(listed::ssh());
        command
    }

    fn pull(&self, paths: &[&str], into: &Path) -> Result<(), Problem> {
        let command = || {
            let mut command = self.command();
            command.args(["--ignore-missing-args", "--"]).arg(&self.place).arg(into);
            command
        };
        persist(command, Input::Whole(&named(paths))).map(drop)
    }
}

impl Remote for Rsync {
    fn look(&mut self, job: &Job) -> Result<Look, Problem> {
        let local = self.staging.path().join("lists");
        listed::empty(&local)?;
        let listing = || {
            let mut command = Command::new("rsync");
            command.args(["--recursive", "--list-only", "--no-human-readable", "--8-bit-output"]);
            command.arg("-e").arg(listed::ssh());
            command.arg("--").arg(&self.place);
            command
        };
        // A folder that is not there yet is made when files are sent.
        let found = match persist(listing, Input::None) {
            Ok(found) => String::from_utf8_lossy(&found).into_owned(),
            Err(problem) if problem.message.contains("No such file or directory") => String::new(),
            Err(problem) => return Err(problem),
        };
        let mut files: BTreeMap<String, u64> = found.lines().filter_map(listed_file).collect();
        let lists: Vec<&str> =
            [MANIFEST_NAME, NEXT_NAME].into_iter().filter(|name| files.remove(*name).is_some()).collect();
        if !lists.is_empty() {
            self.pull(&lists, &local)?;
        }
        let read = |name: &str| {
            lists
                .contains(&name)
                .then(|| Some(file::read(&local.join(name), file::OWN).ok()?.to_vec()))
                .flatten()
        };
        listed::look(job, read(MANIFEST_NAME), read(NEXT_NAME), Some(&files))
    }

    fn send(&mut self, files: &[File], done: &(dyn Fn() + Sync)) -> Result<(), Problem> {
        let local = self.staging.path().join("site");
        listed::empty(&local)?;
        for (path, bytes) in files {
            listed::stage(&local.join(path), bytes)?;
        }
        let names: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let command = || {
            let mut command = self.command();
            // It ends when nobody reads its lines any more: if we are killed, it does not go on for long.
            command
                .args(["--mkpath", "--out-format=%n", "--"])
                .arg(format!("{}/", local.display()))
                .arg(&self.place);
            command
        };
        persist(command, Input::Whole(&named(&names)))?;
        files.iter().for_each(|_| done());
        Ok(())
    }

    /// Removes files by naming them as ones to be sent that are not here. Folders that get empty stay.
    fn remove(&mut self, paths: &[&str]) -> Result<(), Problem> {
        let local = self.staging.path().join("nothing");
        listed::empty(&local)?;
        for path in paths {
            listed::folder_of(&local.join(path))?;
        }
        let command = || {
            let mut command = self.command();
            command
                .args(["--delete-missing-args", "--"])
                .arg(format!("{}/", local.display()))
                .arg(&self.place);
            command
        };
        persist(command, Input::Whole(&named(paths))).map(drop)
    }

    fn fetch(&mut self, paths: &[&str], take: &mut Take) -> Result<(), Problem> {
        let local = self.staging.path().join("back");
        listed::empty(&local)?;
        self.pull(paths, &local)?;
        for path in paths {
            take(path, file::read(&local.join(path), file::OWN).ok().as_deref());
        }
        Ok(())
    }

    fn chunk(&self) -> Option<usize> {
        Some(2000)
    }
}

/// The paths as `--files-from` reads them, which takes a line that begins with `#` or `;` for a comment.
fn named(paths: &[&str]) -> Vec<u8> {
    paths.iter().map(|path| format!("./{path}\0")).collect::<String>().into_bytes()
}

/// The path and size in a line of a listing: `-rw-r--r--          5,120 2026/01/31 12:00:00 people/ada-berg.html`.
/// What is no plain file but stands at a path counts as one of no size.
fn listed_file(line: &str) -> Option<(String, u64)> {
    let mut rest = line;
    let mut fields = Vec::new();
    for _ in 0..4 {
        let (field, after) = rest.trim_start().split_once(' ')?;
        fields.push(field);
        rest = after;
    }
    let kind = fields.first()?.chars().next()?;
    let size = fields.get(1)?.replace([',', '.'], "").parse().ok()?;
    match kind {
        'd' => None,
        'l' => Some((rest.split_once(" -> ").map_or(rest, |(path, _)| path).to_owned(), 0)),
        _ => Some((rest.to_owned(), size)),
    }
}
