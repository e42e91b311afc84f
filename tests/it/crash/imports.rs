//! Imports that are killed, stopped while an author goes on writing, and started twice at once.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::dossier::{Tree, room};
use super::killed::{Length, Random};
use crate::output_folder::support::{Node, tree};

/// What an author has: a comment that is to stay, and a text.
const OWN: [(&str, &str); 3] = [
    ("site.toml", "title = \"The harbour\"\n"),
    ("content/people.toml", "# Mine.\n[ada-berg]\nname = \"Ada Berg\" # as she signs\ncite = \"herald\"\n"),
    (
        "content/sources.toml",
        "[herald]\ntitle = \"The harbour\"\ntype = \"report\"\npublisher = \"The Herald\"\n",
    ),
];

/// A file to be imported: people with texts of their own, a source, and a field that nothing holds.
fn people(of: &str, count: usize) -> String {
    let person = |number| {
        format!(
            "{{ \"key\": \"{of}-{number}\", \"name\": \"{of} {number}\", \"prose\": \"What {of} {number} did.\", \
             \"shoe_size\": {number} }}"
        )
    };
    let people: Vec<String> = (0..count).map(person).collect();
    format!(
        "{{ \"dossier\": {{ \"title\": \"{of}\" }}, \"people\": [{}], \
         \"sources\": [{{ \"key\": \"{of}-log\", \"title\": \"The log of {of}\", \"type\": \"document\" }}] }}",
        people.join(", ")
    )
}

/// A dossier, and files to be imported into it.
struct Desk {
    _temp: TempDir,
    here: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let temp = room();
        let here = temp.path().to_owned();
        for (name, count) in [("crew", 60), ("guests", 4)] {
            fs::write(here.join(format!("{name}.json")), people(name, count)).unwrap();
        }
        let desk = Desk { _temp: temp, here };
        desk.begin_anew();
        desk
    }

    fn root(&self) -> PathBuf {
        self.here.join("dossier")
    }

    fn begin_anew(&self) {
        let _ = fs::remove_dir_all(self.root());
        for (path, text) in OWN {
            self.write(path, text);
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(&self.here).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn import(&self, name: &str) -> Command {
        self.command(&["import", "json", &format!("{name}.json"), "--into", "dossier"])
    }

    /// An import whose words nobody reads.
    fn start(&self, name: &str) -> Child {
        self.import(name).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    #[track_caller]
    fn import_to_the_end(&self, name: &str) -> String {
        let done = self.import(name).output().unwrap();
        assert!(done.status.success(), "{}", err(&done));
        String::from_utf8(done.stdout).unwrap()
    }

    /// All that a dossier is made of: what the program keeps for itself is not.
    fn own(&self) -> Tree {
        let is_own = |path: &Path| !path.starts_with(".dossier");
        tree(&self.root()).into_iter().filter(|(path, _)| is_own(path)).collect()
    }

    fn waiting(&self, name: &str) -> PathBuf {
        self.root().join(".dossier/import").join(name)
    }

    /// Leaves the dossier as an import does that is stopped when `placed` of its files are in their places. Returns the
    /// paths of the others, by the names under which they wait.
    fn stop_import(&self, name: &str, placed: &[&str]) -> Vec<(String, PathBuf)> {
        let before = self.own();
        self.import_to_the_end(name);
        let after = self.own();
        let mut list = String::new();
        let mut left = Vec::new();
        let changed = after.iter().filter(|(path, node)| before.get(*path) != Some(node));
        for (at, (path, node)) in changed.filter_map(|(path, node)| Some((path, bytes(node)?))).enumerate() {
            let hash = before.get(path).and_then(bytes).map(|bytes| blake3::hash(bytes).to_hex().to_string());
            list.push_str(&format!("{} {}\n", hash.unwrap_or("-".to_owned()), path.display()));
            if placed.iter().any(|placed| path == Path::new(placed)) {
                continue;
            }
            fs::create_dir_all(self.waiting("")).unwrap();
            fs::write(self.waiting(&at.to_string()), node).unwrap();
            match before.get(path).and_then(bytes) {
                Some(old) => fs::write(self.root().join(path), old).unwrap(),
                None => fs::remove_file(self.root().join(path)).unwrap(),
            }
            left.push((at.to_string(), path.clone()));
        }
        fs::write(self.waiting("all-there"), list).unwrap();
        left
    }
}

fn bytes(node: &Node) -> Option<&Vec<u8>> {
    if let Node::File(bytes) = node { Some(bytes) } else { None }
}

fn err(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

/// What is there after imports that nobody disturbs.
fn undisturbed(names: &[&str]) -> Tree {
    let desk = Desk::new();
    names.iter().for_each(|name| drop(desk.import_to_the_end(name)));
    desk.own()
}

/// Waits for a moment of an import: any of all its time, any after it has begun to write, any after all files are there.
fn wait(random: &mut Random, at: usize, length: Length, desk: &Desk, process: &mut Child) {
    let (mark, time) = match at % 6 {
        0 | 3 => return thread::sleep(random.below(length.whole.mul_f64(1.1))),
        1 | 4 => ("", length.writing),
        2 => ("all-there", length.writing / 4),
        _ => ("all-there", Duration::ZERO),
    };
    let time = random.below(time);
    while !desk.waiting(mark).exists() && process.try_wait().unwrap().is_none() {
        thread::yield_now();
    }
    if !time.is_zero() {
        thread::sleep(time);
    }
}

#[test]
fn fifty_kills_lose_nothing_and_the_next_import_finishes() {
    const KILLS: usize = 50;
    let mut random = Random::new();
    let desk = Desk::new();
    let before = desk.own();
    let [alone, both] = [undisturbed(&["crew"]), undisturbed(&["crew", "guests"])];
    assert_eq!(undisturbed(&["crew", "crew"]), alone, "once more is once");
    let has_begun = || desk.waiting("").exists();
    let next = || {
        desk.begin_anew();
        desk.start("crew")
    };
    let length = Length::measured(next, has_begun);
    let (mut old, mut between, mut new, mut waited) = (0, 0, 0, 0);
    let mut kills = 0;
    // A few more where the machine has other work, and the kills come late.
    while kills < KILLS || kills < 2 * KILLS && waited < 3 {
        let at = kills;
        kills += 1;
        desk.begin_anew();
        let mut process = desk.start("crew");
        wait(&mut random, at, length, &desk, &mut process);
        process.kill().unwrap();
        process.wait().unwrap();
        let found = desk.own();
        for (path, node) in &found {
            let is_whole = before.get(path) == Some(node) || alone.get(path) == Some(node);
            assert!(is_whole, "{} is neither the old nor the new: {node:?}", path.display());
        }
        assert!(before.keys().all(|path| found.contains_key(path)), "something is gone");
        let all_there = desk.waiting("all-there").exists();
        waited += usize::from(all_there);
        match () {
            () if found == before => old += 1,
            () if found == alone => new += 1,
            () => between += 1,
        }
        // Another import finishes it, too, once all of it is there.
        if at % 2 == 1 && (all_there || found == alone) {
            desk.import_to_the_end("guests");
            assert_eq!(desk.own(), both);
        } else {
            desk.import_to_the_end("crew");
            assert_eq!(desk.own(), alone);
        }
        assert!(!desk.waiting("").exists());
    }
    println!(
        "{kills} kills of an import: {old} left the old dossier, {between} some of the new, {new} all of it, {waited} met \
         files that waited, 0 half-written files; an import takes {length}"
    );
    assert!(old > 0 && waited > 0, "the kills met too little");
}

#[test]
fn what_an_author_writes_into_a_stopped_import_is_kept_and_told() {
    let desk = Desk::new();
    let left = desk.stop_import("crew", &["content/sources.toml"]);
    let people = format!("{}[eva-lund]\nname = \"Eva Lund\"\ncite = \"herald\"\n", OWN[1].1);
    desk.write("content/people.toml", &people);
    desk.write("content/people/crew-3.md", "My own words.");
    // What is in its place already is the author's.
    let sources = desk.read("content/sources.toml") + "[mine]\ntitle = \"Mine\"\ntype = \"document\"\n";
    desk.write("content/sources.toml", &sources);
    let edited = desk.own();
    let name = |path: &str| &left.iter().find(|(_, left)| left == Path::new(path)).unwrap().0;
    let changed = ["content/people.toml", "content/people/crew-3.md"].map(|path| (path, name(path)));
    for import in ["crew", "guests"] {
        let refused = desk.import(import).output().unwrap();
        assert_eq!(refused.status.code(), Some(1));
        for (path, waits) in changed {
            let waits = format!("dossier/.dossier/import/{waits} for dossier/{path}");
            assert!(err(&refused).contains(&waits), "{}", err(&refused));
        }
        assert!(err(&refused).contains("were changed after a command that was stopped"), "{}", err(&refused));
        assert_eq!(desk.own(), edited, "all stays as the author wrote it");
    }
    // As it is told: the author takes over what is wanted, and removes what waited for it.
    let waited = fs::read_to_string(desk.waiting(changed[0].1)).unwrap();
    let people = format!("{people}\n{}", waited.strip_prefix(OWN[1].1).unwrap());
    desk.write("content/people.toml", &people);
    for (_, waits) in changed {
        fs::remove_file(desk.waiting(waits)).unwrap();
    }
    desk.import_to_the_end("crew");
    assert_eq!(desk.read("content/people.toml"), people);
    assert_eq!(desk.read("content/people/crew-3.md"), "My own words.");
    assert_eq!(desk.read("content/sources.toml"), sources);
    assert!(desk.root().join("content/people/crew-59.md").exists() && !desk.waiting("").exists());
}

/// A dry run writes nothing, not even what was left undone.
#[test]
fn a_dry_run_does_not_go_on_with_a_stopped_import() {
    let desk = Desk::new();
    desk.stop_import("crew", &["content/sources.toml"]);
    let before = tree(&desk.root());
    let dry = desk.import("crew").arg("--dry-run").output().unwrap();
    assert!(!dry.status.success() && err(&dry).contains("was stopped, and is not finished"), "{}", err(&dry));
    assert_eq!(tree(&desk.root()), before);
}

#[test]
fn a_build_and_a_check_tell_of_a_stopped_import() {
    let desk = Desk::new();
    let said = |command: &str| err(&desk.command(&[command, "--root", "dossier"]).output().unwrap());
    let note = "note[unfinished-change]: a command that changes this dossier was stopped";
    assert!(!said("build").contains(note));
    desk.stop_import("crew", &["content/sources.toml"]);
    for command in ["build", "check", "build", "factcheck"] {
        let said = said(command);
        assert!(said.contains(note) && said.contains("run it again"), "{command}: {said}");
    }
    desk.import_to_the_end("crew");
    assert!(!said("build").contains(note) && !said("check").contains(note));
}

/// Runs a program that says `ready` at the end of each of its rounds. Waits for one in which `note` is said or not, as it is
/// wanted, does what follows upon that, and so on.
fn by_rounds(mut command: Command, ready: &str, note: &str, steps: &[(bool, &dyn Fn())]) {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let (sender, lines) = mpsc::channel();
    let reader = thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    let mut said = Vec::new();
    let mut round = || {
        let until = Instant::now() + Duration::from_secs(60);
        let mut is_told = false;
        while let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            said.push(line);
            let line = said.last().unwrap();
            is_told |= line.contains(note);
            if line.contains(ready) {
                return Some(is_told);
            }
        }
        None
    };
    let held = steps.iter().all(|(wanted, then)| {
        let is_as_wanted = std::iter::from_fn(&mut round).any(|is_told| is_told == *wanted);
        then();
        is_as_wanted
    });
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    assert!(held, "{command:?}: {said:#?}");
}

/// Also when nothing of the dossier itself changes as an import is stopped, and when it is finished.
#[test]
fn a_watch_and_a_preview_tell_of_a_stopped_import_while_it_is_one() {
    let note = "note[unfinished-change]: a command that changes this dossier was stopped";
    for (arguments, ready) in [
        (&["build", "--watch", "--root", "dossier"][..], "watching; stop"),
        (&["serve", "--port", "0", "--root", "dossier"], "all done after"),
    ] {
        let desk = Desk::new();
        desk.stop_import("crew", &["content/sources.toml"]);
        let aside = desk.root().join("aside");
        let put_aside = || fs::rename(desk.waiting(""), &aside).unwrap();
        let put_back = || fs::rename(&aside, desk.waiting("")).unwrap();
        let finish = || drop(desk.import_to_the_end("guests"));
        let steps: [(bool, &dyn Fn()); 4] =
            [(true, &put_aside), (false, &put_back), (true, &finish), (false, &|| {})];
        by_rounds(desk.command(arguments), ready, note, &steps);
        println!("`{}` tells of a stopped import, and no longer once it is finished", arguments[0]);
    }
}

#[test]
fn two_imports_at_once_are_one_after_the_other_or_one_is_refused() {
    const ROUNDS: usize = 12;
    let desk = Desk::new();
    let orders = [undisturbed(&["crew", "guests"]), undisturbed(&["guests", "crew"])];
    let [crew, guests] = [undisturbed(&["crew"]), undisturbed(&["guests"])];
    let (mut both, mut refused) = (0, 0);
    for at in 0..ROUNDS {
        desk.begin_anew();
        if at % 3 == 2 {
            // Not even a folder is there.
            fs::remove_dir_all(desk.root()).unwrap();
        }
        let started =
            [desk.import("crew"), desk.import("guests")].map(|mut command| command.spawn().unwrap());
        let ended = started.map(|process| process.wait_with_output().unwrap());
        for done in ended.iter().filter(|done| !done.status.success()) {
            let is_clear =
                ["is at work", "has changed since it was read"].map(|words| err(done).contains(words));
            assert!(is_clear.contains(&true) && err(done).contains("import again"), "{}", err(done));
            refused += 1;
        }
        let found = desk.own();
        match ended.each_ref().map(|done| done.status.success()) {
            _ if at % 3 == 2 => {}
            [true, true] => assert!(orders.contains(&found), "a mixture of both"),
            [true, false] => assert!(found == crew, "not that of the one"),
            [false, true] => assert!(found == guests, "not that of the other"),
            [false, false] => panic!("both were refused"),
        }
        both += usize::from(ended.iter().all(|done| done.status.success()));
        // What was refused can be had afterwards, and nothing is lost of either.
        desk.import_to_the_end("crew");
        desk.import_to_the_end("guests");
        let people = desk.read("content/people.toml");
        assert!(people.contains("[crew-59]") && people.contains("[guests-3]") && !desk.waiting("").exists());
    }
    println!("{ROUNDS} times two imports at once: {both} done both, {refused} refused, 0 mixtures");
}
