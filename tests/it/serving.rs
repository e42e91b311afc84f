//! The program as it serves a dossier of its own, in a folder that goes with it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dossier::source::Sources;
use tempfile::TempDir;

pub struct Serving {
    child: Child,
    pub folder: TempDir,
    /// Where it is served, with a slash at the end.
    pub url: String,
    /// What it said on the terminal.
    lines: Lines,
    args: Vec<String>,
}

type Lines = Arc<Mutex<Vec<String>>>;

/// Starts the program, and waits until it says where it serves.
fn spawn(folder: &Path, args: &[String], environment: &[(&str, &str)]) -> (Child, String, Lines) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["serve", "--root"])
        .arg(folder)
        .args(if args.iter().any(|arg| arg == "--port") { &[][..] } else { &["--port", "0"] })
        .args(args)
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let said = Arc::clone(&lines);
    let stderr = BufReader::new(child.stderr.take().unwrap());
    std::thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            said.lock().unwrap().push(line);
        }
    });
    (child, url.trim().to_owned(), lines)
}

impl Serving {
    /// Serves these files.
    pub fn start(files: &Sources, args: &[&str]) -> Serving {
        Serving::start_with(files, args, &[])
    }

    /// Serves these files, with variables of the environment.
    pub fn start_with(files: &Sources, args: &[&str], environment: &[(&str, &str)]) -> Serving {
        let folder = tempfile::tempdir().unwrap();
        for file in files.iter() {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
        Serving::new(folder, args, environment)
    }

    /// Serves the dossier in a folder.
    pub fn of(folder: TempDir, args: &[&str]) -> Serving {
        Serving::new(folder, args, &[])
    }

    fn new(folder: TempDir, args: &[&str], environment: &[(&str, &str)]) -> Serving {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let (child, url, lines) = spawn(folder.path(), &args, environment);
        Serving { child, folder, url, lines, args }
    }

    /// Ends it, and serves the folder again at the same place after something was done to it.
    pub fn restart(&mut self, meanwhile: impl FnOnce(&Serving)) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        meanwhile(self);
        let port = self.url.trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
        let args = [self.args.as_slice(), &["--port".to_owned(), port]].concat();
        let url = self.url.clone();
        (self.child, self.url, self.lines) = spawn(self.folder.path(), &args, &[]);
        assert_eq!(self.url, url);
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        std::fs::write(self.path(path), text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// What it said so far.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// Waits until a line has been said that holds a text.
    pub fn wait_for(&self, text: &str) {
        wait(text, || self.lines().iter().any(|line| line.contains(text)));
    }

    /// Its resident memory, in KiB.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// The status and the bytes that it answers.
    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(format!("{}{path}", self.url)).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_vec().unwrap())
    }

    /// A page as the site has it, without what connects it to the preview; other files as they are.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        let (status, bytes) = self.get(&dossier::view::prose::encoded(path));
        if status != 200 {
            return None;
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) if path.ends_with(".html") => text,
            _ => return Some(bytes),
        };
        let start = text.find("<script src=\"/~dossier/").unwrap();
        let end = start + text[start..].find("</script>").unwrap() + "</script>".len();
        Some([&text[..start], &text[end..]].concat().into_bytes())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds.
pub fn wait(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
