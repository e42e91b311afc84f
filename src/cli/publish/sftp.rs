//! A folder on another machine, by the program `sftp` that comes with OpenSSH.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use dossier::disk::file;
use dossier::output::{MANIFEST_NAME, ancestors};
use dossier::publish::NEXT_NAME;
use dossier::publish::plan::There;
use tempfile::TempDir;

use super::job::{Job, Problem};
use super::listed;
use super::remote::{File, Look, Remote, Take};
use super::tool::{Input, PROMPT, persist};

/// How many connections send files.
const CONNECTIONS: usize = 4;

/// What the names of files begin with while they are sent; each connection of each run has one.
const PART: &str = ".dossier-part-";

/// How many lines a connection is given before it has begun the first of them. If we are killed it ends after these,
/// and does not meddle with what a later run sends.
const AHEAD: usize = 6;

/// A folder on another machine.
pub struct Sftp {
    user: Option<String>,
    host: String,
    port: Option<u16>,
    folder: String,
    /// Where files wait to be sent.
    staging: TempDir,
    /// Folders that are known to be there.
    folders: BTreeSet<String>,
}

impl Sftp {
    pub fn open(
        user: Option<&str>,
        host: &str,
        port: Option<u16>,
        folder: &str,
        root: &Path,
    ) -> Result<Sftp, Problem> {
        let staging = listed::staging(root)?;
        let user = user.map(str::to_owned);
        Ok(Sftp {
            user,
            host: host.to_owned(),
            port,
            folder: folder.to_owned(),
            staging,
            folders: BTreeSet::new(),
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new("sftp");
        command.args(["-b", "-"]);
        listed::ssh_options(&mut command);
        if let Some(port) = self.port {
            command.arg("-P").arg(port.to_string());
        }
        if let Some(user) = &self.user {
            command.arg("-o").arg(format!("User={user}"));
        }
        command.arg("--").arg(&self.host);
        command
    }

    fn run(&self, batch: &str) -> Result<Vec<u8>, Problem> {
        self.tell(batch, &|_| {})
    }

    /// Hands over a batch line by line, and tells of each line that was begun.
    fn tell(&self, batch: &str, begun: &(dyn Fn(&str) + Sync)) -> Result<Vec<u8>, Problem> {
        persist(|| self.command(), Input::Lines { text: batch, ahead: AHEAD, begun })
    }

    fn at(&self, path: &str) -> String {
        quoted(&format!("{}/{path}", self.folder))
    }

    /// What is in the folder itself; nothing if there is none.
    fn names(&self) -> Result<Option<Vec<String>>, Problem> {
        let found = self.run(&format!("-ls -1a {}\n", quoted(&format!("{}/", self.folder))))?;
        let text = String::from_utf8_lossy(&found).into_owned();
        let names = text.lines().filter(|line| !line.starts_with("sftp>"));
        let names: Vec<String> = names
            .map(|line| line.trim_end_matches('/').rsplit('/').next().unwrap_or(line).to_owned())
            .collect();
        // A folder that is there lists at least itself.
        Ok(names
            .iter()
            .any(|name| name == ".")
            .then(|| names.into_iter().filter(|name| !matches!(name.as_str(), "." | ".." | "")).collect()))
    }

    /// Those of some paths at which there is something.
    fn found(&self, paths: &[&str]) -> Result<Vec<String>, Problem> {
        let mut found = Vec::new();
        for paths in paths.chunks(1000) {
            let batch: Vec<String> =
                paths.iter().map(|path| format!("-ls -1a {}\n", self.at(path))).collect();
            let text = self.run(&batch.concat())?;
            let text = String::from_utf8_lossy(&text).into_owned();
            // After each line that was begun stands what there is; names may be written in another way than here.
            let answers = text.split(PROMPT).skip(1).map(|answer| answer.lines().nth(1).is_some());
            let there = paths.iter().zip(answers).filter(|(_, is_there)| *is_there);
            found.extend(there.map(|(path, _)| (*path).to_owned()));
        }
        Ok(found)
    }

    fn get(&self, path: &str) -> Result<Vec<u8>, Problem> {
        let local = self.staging.path().join("fetched");
        self.run(&format!("get {} {}\n", self.at(path), quoted_path(&local)))?;
        file::read(&local, file::OWN).map(|bytes| bytes.to_vec()).map_err(|error| listed::unstaged(&error))
    }

    /// The lines that make the folders that a file lies in, from the top.
    fn make_folders(&mut self, paths: &[&str], batch: &mut String) {
        let mut missing: Vec<String> = Vec::new();
        if self.folders.is_empty() {
            let whole = format!("{}/x", self.folder);
            missing.extend(ancestors(&whole).filter(|folder| !folder.is_empty()).map(str::to_owned));
        }
        for folder in paths.iter().flat_map(|path| ancestors(path)) {
            missing.push(format!("{}/{folder}", self.folder));
        }
        missing.retain(|folder| !self.folders.contains(folder));
        missing.sort();
        missing.dedup();
        for folder in missing {
            // A line that begins with a hyphen may fail: mostly the folder is there.
            let _ = writeln!(batch, "-mkdir {}", quoted(&folder));
            self.folders.insert(folder);
        }
    }
}

impl Remote for Sftp {
    fn look(&mut self, job: &Job) -> Result<Look, Problem> {
        let names = self.names()?.unwrap_or_default();
        let has = |name: &str| names.iter().any(|found| found == name);
        let read = |name: &str| has(name).then(|| self.get(name)).transpose();
        let (list, next) = (read(MANIFEST_NAME)?, read(NEXT_NAME)?);
        let is_ours = |name: &String| name == MANIFEST_NAME || name == NEXT_NAME || name.starts_with(PART);
        let has_files = names.iter().any(|name| !is_ours(name));
        let mut look = listed::look(job, list, next, None)?;
        look.has_files = has_files;
        if has_files {
            // A folder of ours is no file of others, and goes when it is empty.
            let ours = &look.state.ours;
            let folders: BTreeSet<&str> = ours.iter().flat_map(|path| ancestors(path)).collect();
            let is_known = |path: &str| ours.contains(path) || folders.contains(path);
            let unlisted = job.list.iter().map(|(path, _)| path).filter(|path| !is_known(path));
            let theirs = self.found(&unlisted.collect::<Vec<_>>())?;
            look.state.files.extend(theirs.into_iter().map(|path| (path, There::Other)));
        }
        Ok(look)
    }

    fn send(&mut self, files: &[File], done: &(dyn Fn() + Sync)) -> Result<(), Problem> {
        let mut batch = String::new();
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        self.make_folders(&paths, &mut batch);
        if !batch.is_empty() {
            self.run(&batch)?;
        }
        let mut batches = vec![String::new(); CONNECTIONS.min(files.len().div_ceil(8)).max(1)];
        for (number, (path, bytes)) in files.iter().enumerate() {
            let local = self.staging.path().join(format!("{number}"));
            listed::stage(&local, bytes)?;
            let connection = number % batches.len();
            let part = self.at(&format!("{PART}{}-{connection}", std::process::id()));
            let batch = &mut batches[connection];
            // The second name replaces the first in one step, so nobody meets half a file.
            let _ = writeln!(batch, "put {} {part}\nrename {part} {}", quoted_path(&local), self.at(path));
        }
        let failure: Mutex<Option<Problem>> = Mutex::new(None);
        let renamed = |line: &str| {
            if line.starts_with("rename ") {
                done();
            }
        };
        std::thread::scope(|scope| {
            for batch in &batches {
                let (failure, this, renamed) = (&failure, &*self, &renamed);
                scope.spawn(move || {
                    if let Err(problem) = this.tell(batch, renamed)
                        && let Ok(mut failure) = failure.lock()
                    {
                        failure.get_or_insert(problem);
                    }
                });
            }
        });
        failure.into_inner().unwrap_or_default().map_or(Ok(()), Err)
    }

    fn remove(&mut self, paths: &[&str]) -> Result<(), Problem> {
        let mut batch = String::new();
        for path in paths {
            let _ = writeln!(batch, "-rm {}", self.at(path));
        }
        if paths.contains(&NEXT_NAME) {
            // What runs left that were killed. Outside of the quotes the star stands for any name.
            let _ = writeln!(batch, "-rm {}*", self.at(PART));
        }
        let mut folders: Vec<&str> = paths.iter().flat_map(|path| ancestors(path)).collect();
        folders.sort_unstable();
        folders.dedup();
        // The deepest first; one that is not empty stays.
        for folder in folders.iter().rev() {
            let _ = writeln!(batch, "-rmdir {}", self.at(folder));
            self.folders.remove(&format!("{}/{folder}", self.folder));
        }
        self.run(&batch).map(drop)
    }

    fn fetch(&mut self, paths: &[&str], take: &mut Take) -> Result<(), Problem> {
        let local = self.staging.path().join("back");
        for paths in paths.chunks(200) {
            listed::empty(&local)?;
            let mut batch = String::new();
            for (number, path) in paths.iter().enumerate() {
                let _ = writeln!(
                    batch,
                    "-get {} {}",
                    self.at(path),
                    quoted_path(&local.join(number.to_string()))
                );
            }
            self.run(&batch)?;
            for (number, path) in paths.iter().enumerate() {
                take(path, file::read(&local.join(number.to_string()), file::OWN).ok().as_deref());
            }
        }
        Ok(())
    }

    fn chunk(&self) -> Option<usize> {
        Some(400)
    }
}

/// A path as `sftp` reads it: in quotes nothing stands for other names, but for backslashes and quotes themselves.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

fn quoted_path(path: &Path) -> String {
    quoted(&path.display().to_string())
}
