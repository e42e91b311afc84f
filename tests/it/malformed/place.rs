//! A folder with a dossier, its built site and what lies around them; and the program, with little time and memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub use crate::output_folder::support::Mount;
use crate::output_folder::support::copy_program;

/// How long a build may take, on a machine that has other work. The starter takes a fifth of a second.
const SECONDS: u64 = 120;

/// How much memory it may ask for, in KB, addresses that it never uses included. The starter takes less than 800 MB.
const MEMORY: usize = 2_000_000;

/// Who may read and write nothing but their own.
const NOBODY: u32 = 65534;

/// Whether the address is known at which the site will be: only for that are feeds, canonical addresses and pictures to be
/// shared made. The pictures take longer than all the rest, so that they are not always made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    Unknown,
    Known,
    WithPictures,
}

/// The dossier that is damaged, with its site.
static BASES: [LazyLock<TempDir>; 3] = [
    LazyLock::new(|| base(Address::Unknown)),
    LazyLock::new(|| base(Address::Known)),
    LazyLock::new(|| base(Address::WithPictures)),
];

fn base(address: Address) -> TempDir {
    let place = Place { dir: TempDir::new().unwrap() };
    for folder in ["home", "elsewhere"] {
        fs::create_dir(place.path(folder)).unwrap();
    }
    fs::write(place.path("elsewhere/letter.txt"), "mine").unwrap();
    let made = place.run(&["new", "dossier"], false);
    assert_eq!(made.code, Some(0), "{}", made.shown());
    let person = "{% extends \"theme/person.html\" %}\n\
                  {%- block listing_note %}<p class=\"listing-note\">Named in a source.</p>{%- endblock listing_note %}\n";
    place.write("templates/person.html", person.as_bytes());
    place.write("templates/strings/en.toml", b"[page.person]\neyebrow = \"Who\"\n");
    place.write("static/own.css", b":root { --link: light-dark(#7a1f3d, #f0a8bf) }\n");
    place.write("content/pictures/quay.svg", DRAWING.as_bytes());
    place.write("content/explainers/the-quay.md", PICTURED.as_bytes());
    place.write("content/sources/old.bib", BIBLIOGRAPHY.as_bytes());
    let mut settings = fs::read_to_string(place.root("site.toml")).unwrap();
    if address != Address::Unknown {
        settings = settings.replace("# base_url =", "base_url =");
    }
    if address == Address::Known {
        // In place of a comment, so that all lines stay where they are.
        settings = settings.replace("# contact = \"editors@example.org\"", "share_images = false");
    }
    place.write("site.toml", settings.as_bytes());
    let built = place.build(&[], &[], false);
    assert_eq!(built.code, Some(0), "{}", built.shown());
    let has_pictures = address == Address::WithPictures && cfg!(feature = "share-images");
    assert_eq!(place.root("public/images/share").exists(), has_pictures);
    place.dir
}

const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M0 0h40v20z\"/></svg>\n";

const PICTURED: &str = "# The quay\n\n\
    ![A map of the quay](../pictures/quay.svg \"The quay.\"){credit=\"Harbour office\" licence=\"CC BY 4.0\"}\n";

const BIBLIOGRAPHY: &str =
    "@report{old-report,\n  title = {A report on berths},\n  author = {Vik, Jon},\n  date = {2021-05}\n}\n";

/// A copy of it in a folder of its own.
pub struct Place {
    dir: TempDir,
}

impl Place {
    pub fn new(address: Address) -> Place {
        let dir = TempDir::new().unwrap();
        // With times and links as they are.
        let copied = Command::new("cp")
            .arg("-a")
            .arg(BASES[address as usize].path().join("."))
            .arg(dir.path())
            .status()
            .unwrap();
        assert!(copied.success());
        Place { dir }
    }

    /// A path in the folder around the dossier.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(path)
    }

    /// A path in the dossier.
    pub fn root(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path("dossier").join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// A path in the dossier, whose folder is there.
    pub fn parent(&self, path: &str) -> PathBuf {
        let path = self.root(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    /// Removes a file or folder of the dossier.
    pub fn remove(&self, path: &str) {
        let path = self.root(path);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    pub fn link(&self, target: impl AsRef<Path>, name: &str) {
        let name = self.root(name);
        fs::create_dir_all(name.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, name).unwrap();
    }

    /// Gives all of it to somebody who may do little, if this is root.
    pub fn give_to_nobody(&self) {
        let owner = format!("{NOBODY}:{NOBODY}");
        let _ = Command::new("chown").arg("-hR").arg(owner).arg(self.dir.path()).status();
    }

    /// Builds the dossier.
    pub fn build(&self, args: &[&str], more: &[&str], nobody: bool) -> Ran {
        let temp = self.dir.path().to_str().unwrap();
        let args: Vec<String> = ["build", "--root", "dossier"]
            .iter()
            .chain(args)
            .chain(more)
            .map(|arg| arg.replace("{temp}", temp))
            .collect();
        self.run(&args.iter().map(String::as_str).collect::<Vec<_>>(), nobody)
    }

    fn run(&self, args: &[&str], nobody: bool) -> Ran {
        // Beside the folder, which is compared.
        let said = TempDir::new().unwrap();
        let (out, err) = (said.path().join("out"), said.path().join("err"));
        let nobody = nobody && fs::metadata(self.dir.path()).unwrap().uid() == NOBODY;
        let mut program = PathBuf::from(env!("CARGO_BIN_EXE_dossier"));
        if nobody {
            // The folders above the program may be closed to others.
            fs::set_permissions(said.path(), fs::Permissions::from_mode(0o755)).unwrap();
            copy_program(&program, &said.path().join("dossier"));
            program = said.path().join("dossier");
        }
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\"")])
            .arg(program)
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("HOME", self.path("home"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("RAYON_NUM_THREADS", "2")
            .stdin(std::process::Stdio::null())
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(&err).unwrap());
        if nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        let started = Instant::now();
        let mut running = command.spawn().unwrap();
        let status = loop {
            if let Some(status) = running.try_wait().unwrap() {
                break Some(status);
            }
            if started.elapsed() > Duration::from_secs(SECONDS) {
                running.kill().unwrap();
                running.wait().unwrap();
                break None;
            }
            thread::sleep(Duration::from_millis(5));
        };
        let read = |path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let (out, err) = (read(out), read(err));
        let in_time = status.is_some();
        Ran { in_time, code: status.and_then(|status| status.code()), out, err }
    }

    /// All that lies in the folder but what the program keeps for itself in `.dossier/`.
    pub fn everything(&self) -> BTreeMap<PathBuf, Thing> {
        let own = self.root(".dossier");
        let site = self.root("public");
        let walk =
            walkdir::WalkDir::new(self.dir.path()).into_iter().filter_entry(|entry| entry.path() != own);
        walk.filter_map(Result::ok)
            .map(|entry| {
                let meta = entry.path().symlink_metadata().unwrap();
                let bytes = match meta.is_file() {
                    true if meta.len() < 1 << 20 => fs::read(entry.path()).unwrap(),
                    _ => fs::read_link(entry.path())
                        .map_or_else(|_| Vec::new(), |to| to.into_os_string().into_encoded_bytes()),
                };
                // A folder in which something is made for a moment has another time, which in the site would show.
                let time = (!meta.is_dir() || entry.path().starts_with(&site))
                    .then(|| (meta.mtime(), meta.mtime_nsec()));
                let len = if meta.is_dir() { 0 } else { meta.len() };
                (entry.into_path(), Thing { mode: meta.mode(), len, time, bytes })
            })
            .collect()
    }

    /// Fails unless everything is as it was.
    pub fn is_untouched(&self, before: &BTreeMap<PathBuf, Thing>) {
        let after = self.everything();
        let names = |one: &BTreeMap<PathBuf, Thing>, other: &BTreeMap<PathBuf, Thing>| -> Vec<PathBuf> {
            one.iter()
                .filter(|(path, thing)| other.get(*path) != Some(thing))
                .map(|(path, _)| path.clone())
                .collect()
        };
        let (gone, new) = (names(before, &after), names(&after, before));
        assert!(gone.is_empty() && new.is_empty(), "changed or gone: {gone:?}, changed or new: {new:?}");
    }
}

#[derive(Debug, PartialEq)]
pub struct Thing {
    mode: u32,
    len: u64,
    time: Option<(i64, i64)>,
    bytes: Vec<u8>,
}

/// What the program did and said.
pub struct Ran {
    in_time: bool,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn shown(&self) -> String {
        let start = |text: &str| text.chars().take(3000).collect::<String>();
        format!("exit {:?}, in time: {}\n{}{}", self.code, self.in_time, start(&self.out), start(&self.err))
    }

    /// Fails unless it ended by itself, soon, and with a report that somebody can read.
    pub fn is_a_refusal(&self) {
        assert!(self.in_time, "took more than {SECONDS} s");
        assert_eq!(self.code, Some(1), "{}", self.shown());
        assert!(!self.err.contains("panicked"), "{}", self.shown());
        let long = self.out.len().max(self.err.len());
        assert!(long < 1 << 20, "a report of {long} bytes: {}", self.shown());
    }

    /// The errors of a report in JSON.
    pub fn errors(&self) -> Vec<Told> {
        let report: serde_json::Value = serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("no JSON, {error}: {}", self.shown()));
        let all = report["diagnostics"].as_array().unwrap().iter();
        all.filter(|problem| problem["severity"] == "error").map(Told::of).collect()
    }
}

/// An error as it was told.
#[derive(Debug)]
pub struct Told {
    pub code: String,
    pub message: String,
    /// Relative to the dossier.
    pub file: Option<String>,
    pub line: Option<usize>,
    /// All that says more than the message does.
    pub advice: String,
}

impl Told {
    fn of(problem: &serde_json::Value) -> Told {
        let text = |field: &str| problem[field].as_str().map(str::to_owned);
        let related = problem["related"].as_array().into_iter().flatten();
        let related = related.filter_map(|one| one["label"].as_str().map(str::to_owned));
        let message = text("message").unwrap();
        let asks = message.split_once("; ").map(|(_, more)| more.to_owned());
        let advice: Vec<String> =
            text("help").into_iter().chain(text("label")).chain(related).chain(asks).collect();
        Told {
            code: text("code").unwrap(),
            file: text("file").map(|file| file.trim_start_matches("dossier/").to_owned()),
            line: problem["line"].as_u64().map(|line| line as usize),
            advice: advice.join("\n"),
            message,
        }
    }
}
