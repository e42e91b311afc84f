//! A small made-up dossier in two states: pages in both that are the same, pages in both that differ, pages of one
//! alone, a picture that is resized, pictures to be shared, and somebody who is withheld.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::{TempDir, tempdir, tempdir_in};

use crate::output_folder::support::{Node, names, tree};

pub type Tree = BTreeMap<PathBuf, Node>;

/// What a person put into the folder of the site.
const MINE: &str = "people/mine.txt";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    A,
    B,
}

impl State {
    pub fn other(self) -> State {
        match self {
            State::A => State::B,
            State::B => State::A,
        }
    }

    fn files(self) -> Vec<(String, Vec<u8>)> {
        let is_a = self == State::A;
        let both = "[ada-berg]\nname = \"Ada Berg\"\ncite = \"herald\"\n\
             [mara-sten]\nname = \"Mara Sten\"\nwithhold = true\ncite = \"herald\"\n\
             [guest]\nname = \"A Guest\"\n";
        let people = format!(
            "{both}{}",
            if is_a {
                "[jon-vik]\nname = \"Jon Vik\"\nsummary = \"An envoy\"\ncite = \"herald\"\n\
             [eva-lund]\nname = \"Eva Lund\"\ncite = \"herald\"\n"
            } else {
                "[jon-vik]\nname = \"Jon Vik\"\nsummary = \"A former envoy\"\ncite = \"herald\"\n\
             [kai-holm]\nname = \"Kai Holm\"\ncite = \"herald\"\n"
            }
        );
        let (day, only, word) =
            if is_a { ("2023-06", "eva-lund", "quiet") } else { ("2023-06-07", "kai-holm", "loud") };
        let meetings = format!(
            "[harbour-talks]\nmode = \"in-person\"\ndate = \"{day}\"\n\
             participants = [\"ada-berg\", \"jon-vik\", \"{only}\", \"mara-sten\"]\ncite = \"herald ¶4\"\n"
        );
        let pier = format!(
            "# The pier\n\nIt was {word} when [[ada-berg]] came [@herald ¶4].\n\n\
             ![The pier](pictures/pier.jpg \"The pier.\"){{credit=\"N. Ob\" licence=\"CC0\"}}\n"
        );
        let texts = [
            ("site.toml", "title = \"The harbour\"\nbase_url = \"https://harbour.example/\"\n".to_owned()),
            ("content/people.toml", people),
            ("content/meetings.toml", meetings),
            (
                "content/sources.toml",
                "[herald]\ntitle = \"The harbour\"\ntype = \"report\"\npublisher = \"The Herald\"\n"
                    .to_owned(),
            ),
            ("content/pier.md", pier),
            ("content/same.md", "# The same\n\n[[ada-berg]] stayed [@herald].\n".to_owned()),
            (
                if is_a { "content/only-a.md" } else { "content/only-b.md" },
                format!("# Only now\n\n[[{only}]] left.\n"),
            ),
        ];
        let texts = texts.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes()));
        texts.chain([("content/pictures/pier.jpg".to_owned(), picture(is_a))]).collect()
    }
}

fn picture(is_a: bool) -> Vec<u8> {
    const WIDTH: usize = 700;
    const HEIGHT: usize = 100;
    let pixels: Vec<u8> = (0..WIDTH * HEIGHT)
        .flat_map(|at| [(at % 251) as u8, (at / WIDTH / 2) as u8, if is_a { 40 } else { 200 }])
        .collect();
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 80);
    encoder.encode(&pixels, WIDTH as u16, HEIGHT as u16, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

/// What a build of a state into a folder where nothing was comes to.
pub struct Cold {
    pub tree: Tree,
    /// What is said of it.
    pub report: String,
    pub pages: usize,
    /// The names of the pictures that are kept.
    pub kept: Vec<String>,
}

/// A dossier that goes from state to state, with its site in `public`.
pub struct Dossier {
    _temp: TempDir,
    pub root: PathBuf,
    cold: [Cold; 2],
}

/// A folder in memory, where a build does not spend its time on one flush: so kills meet all of it.
pub fn room() -> TempDir {
    tempdir_in("/dev/shm").or_else(|_| tempdir()).unwrap()
}

impl Dossier {
    /// The dossier, not yet built.
    pub fn new() -> Dossier {
        let temp = room();
        let root = temp.path().join("dossier");
        Dossier {
            root,
            cold: [State::A, State::B].map(|state| cold(&temp.path().join("cold"), state)),
            _temp: temp,
        }
    }

    /// The dossier with the site of state A, and a file of a person in it.
    pub fn built() -> Dossier {
        let dossier = Dossier::new();
        dossier.become_state(State::A);
        let built = build(&dossier.root).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        fs::write(dossier.public().join(MINE), "mine").unwrap();
        dossier
    }

    pub fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    pub fn cold(&self, state: State) -> &Cold {
        &self.cold[state as usize]
    }

    pub fn become_state(&self, state: State) {
        put(&self.root, state);
    }

    /// Which state the site is of, and a person's file still in it.
    #[track_caller]
    pub fn site(&self) -> State {
        let mut found = tree(&self.public());
        assert_eq!(found.remove(Path::new(MINE)), Some(Node::File(b"mine".into())), "the person's file");
        self.state_of(&found)
    }

    /// Which state a tree is the site of.
    #[track_caller]
    pub fn state_of(&self, found: &Tree) -> State {
        let is = |state: &State| self.cold(*state).tree == *found;
        [State::A, State::B].into_iter().find(is).unwrap_or_else(|| {
            let differ = |state| differences(&self.cold(state).tree, found);
            panic!("a mixture: not A by {:?}, not B by {:?}", differ(State::A), differ(State::B))
        })
    }

    /// Lets a build run to its end, and demands that it comes to what a cold one does, and leaves nothing beside.
    #[track_caller]
    pub fn build_to_the_end(&self, state: State) {
        let built = build(&self.root).output().unwrap();
        let report = String::from_utf8(built.stderr).unwrap();
        assert_eq!((built.status.code(), &report), (Some(0), &self.cold(state).report));
        assert_eq!(self.site(), state);
        let beside = names(&self.root);
        assert_eq!(beside, [".dossier", "content", "public", "site.toml"]);
        // A build that has nothing to do does not tidy up what it keeps either.
        if String::from_utf8(built.stdout).unwrap().contains("nothing changed") {
            return;
        }
        assert_eq!(names(&self.root.join(".dossier")), ["images", "last-build.json"]);
        assert_eq!(names(&self.root.join(".dossier/images")), self.cold(state).kept);
    }
}

/// The paths at which two trees differ.
fn differences(one: &Tree, other: &Tree) -> Vec<PathBuf> {
    let paths: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).take(5).cloned().collect()
}

fn cold(root: &Path, state: State) -> Cold {
    put(root, state);
    let built = build(root).output().unwrap();
    let report = String::from_utf8(built.stderr).unwrap();
    assert!(built.status.success(), "{report}");
    assert!(report.contains("warning["), "nothing is said of it: {report}");
    let pages = String::from_utf8(built.stdout).unwrap().split(' ').next().unwrap().parse().unwrap();
    let cold =
        Cold { pages, tree: tree(&root.join("public")), report, kept: names(&root.join(".dossier/images")) };
    let has = |part: &str| cold.tree.keys().any(|path| path.to_str().unwrap().contains(part));
    assert!(has("images/share/") && has("images/pier") && cold.kept.len() > 5, "{:?}", cold.kept);
    fs::remove_dir_all(root).unwrap();
    cold
}

/// Makes the files of a dossier those of a state.
pub fn put(root: &Path, state: State) {
    let _ = fs::remove_file(root.join("content/only-a.md"));
    let _ = fs::remove_file(root.join("content/only-b.md"));
    for (path, bytes) in state.files() {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The program, about to build the dossier in a folder.
pub fn build(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.arg("build").current_dir(root).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}
