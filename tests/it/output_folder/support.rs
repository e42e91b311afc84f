//! Turns a few words into outputs, and folders into values that tests can compare.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output as Ended, Stdio};
use std::time::SystemTime;

use dossier::output::{MANIFEST_NAME, Output};

/// What lies at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    File(Vec<u8>),
    Folder,
    Link(PathBuf),
    Other,
}

pub fn site(files: &[(&str, &str)]) -> Output {
    let mut output = Output::new();
    for (path, text) in files {
        output.insert(*path, text.as_bytes()).unwrap();
    }
    output
}

/// Returns everything below `dir`, our list too.
pub fn tree(dir: &Path) -> BTreeMap<PathBuf, Node> {
    let mut nodes = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            let node = if kind.is_dir() {
                folders.push(path.clone());
                Node::Folder
            } else if kind.is_symlink() {
                Node::Link(fs::read_link(&path).unwrap())
            } else if kind.is_file() {
                Node::File(fs::read(&path).unwrap())
            } else {
                Node::Other
            };
            nodes.insert(path.strip_prefix(dir).unwrap().to_owned(), node);
        }
    }
    nodes
}

/// Returns the files below `dir` with their text, without our list.
pub fn files(dir: &Path) -> Vec<(String, String)> {
    let nodes = tree(dir).into_iter();
    let files = nodes.filter_map(|(path, node)| match node {
        Node::File(bytes) if path != Path::new(MANIFEST_NAME) => {
            let path = path.to_str().unwrap().replace('\\', "/");
            Some((path, String::from_utf8(bytes).unwrap()))
        }
        _ => None,
    });
    files.collect()
}

pub fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = files.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect();
    pairs.sort_by(|a, b| Path::new(&a.0).cmp(Path::new(&b.0)));
    pairs
}

/// Returns what changes when the file or folder is replaced or written.
pub fn stamp(path: &Path) -> (u64, SystemTime) {
    let there = fs::symlink_metadata(path).unwrap();
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&there);
    #[cfg(not(unix))]
    let number = 0;
    (number, there.modified().unwrap())
}

pub fn stamps(dir: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let paths = tree(dir).into_keys().chain([PathBuf::new()]);
    paths.map(|path| (path.clone(), stamp(&dir.join(path)))).collect()
}

/// Returns the names of what lies in a folder.
pub fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        // The lock stays where it cannot be removed safely.
        .filter(|name| cfg!(unix) || !name.ends_with("-lock"))
        .collect();
    names.sort();
    names
}

/// A process that builds a made-up site into `dir`: this very program, told to run one test that is
/// none. `args` are `once A`, `loop`, `repeat A`.
pub fn applier(args: &[&str], dir: &Path) -> Command {
    applier_at(&std::env::current_exe().unwrap(), args, dir)
}

/// The same by a copy of the program.
pub fn applier_at(program: &Path, args: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["output_folder::applier::applier", "--exact", "--ignored", "--nocapture"])
        .env("APPLIER", args[0])
        .env("APPLIER_SITE", args.get(1).unwrap_or(&""))
        .env("APPLIER_DIR", dir)
        .stdout(Stdio::piped());
    command
}

/// Copies a program to where others can run it. Another process does it: no test that starts something meanwhile can hold
/// the file open for writing, in which state it could not be run.
pub fn copy_program(program: &Path, to: &Path) {
    assert!(Command::new("cp").arg(program).arg(to).status().unwrap().success());
}

/// What the process prints for `said`, apart from what a test program says of itself.
pub const MARK: &str = "applier: ";

/// Returns whether the process succeeded, and what it printed.
pub fn said(ended: Ended) -> (bool, String) {
    let text = String::from_utf8_lossy(&ended.stdout).into_owned();
    let lines: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once(MARK)?.1)).collect();
    (ended.status.success(), lines.join("\n"))
}

/// A mount, until it is dropped.
pub struct Mount(PathBuf);

impl Mount {
    /// Mounts at `at`, which is made if need be; nothing where that is not allowed.
    pub fn new(args: &[&str], at: &Path) -> Option<Mount> {
        fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(args).arg(at).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Mount(at.to_owned()));
        }
        println!("SKIPPED: mounting takes root");
        None
    }

    pub fn tmpfs(size: &str, at: &Path) -> Option<Mount> {
        Mount::new(&["-t", "tmpfs", "-o", size, "tmpfs"], at)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
