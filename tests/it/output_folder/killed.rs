//! Kills builds at random moments, races them and runs random ones after another, and checks that
//! the folder is one site or the other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::support::*;
use dossier::disk::write::apply;
use dossier::output::Output;
use proptest::prelude::*;
use tempfile::{tempdir, tempdir_in};

type Tree = BTreeMap<PathBuf, Node>;

/// Builds the sites that `applier` knows, to compare with.
fn sites(above: &Path) -> [Tree; 2] {
    ["A", "B"].map(|name| {
        let dir = above.join(name);
        assert!(applier(&["once", name], &dir).status().unwrap().success());
        tree(&dir)
    })
}

fn kill_often(kills: u32, set: fn(&mut Command) -> &mut Command, absent_is_fine: bool) {
    // In memory a build does not spend its time on one flush: the kills meet all of it.
    let temp = tempdir_in("/dev/shm").or_else(|_| tempdir()).unwrap();
    let sites = sites(temp.path());
    let room = temp.path().join("room");
    let out = room.join("out");
    fs::create_dir(&room).unwrap();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let mut random = now.as_nanos() as u64 | 1;
    let mut left = BTreeMap::<String, u32>::new();
    let mut seen = [0, 0];
    let is_met = |left: &BTreeMap<String, u32>| {
        [".out.dossier-new", ".out.dossier-old"].iter().all(|name| left.contains_key(*name))
    };
    // On a busy machine a build takes longer to begin, and is killed later until kills meet all of it.
    let mut latest = 40_000;
    for kill in 0..kills * 8 {
        if kill >= kills && is_met(&left) {
            break;
        }
        if kill > 0 && kill % kills == 0 {
            latest += 40_000;
        }
        if kill % 10 == 0 {
            let _ = fs::remove_dir_all(&out);
        }
        let first = !out.exists();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut build = set(&mut applier(&["loop"], &out)).spawn().unwrap();
        thread::sleep(Duration::from_micros(random % latest));
        build.kill().unwrap();
        build.wait().unwrap();
        names(&room).into_iter().for_each(|name| *left.entry(name).or_default() += 1);
        if out.exists() {
            let mut found = tree(&out);
            let mine = found.remove(Path::new("same/mine"));
            assert!(first || mine == Some(Node::File(b"m".into())), "kill {kill}: {mine:?}");
            let which = sites.iter().position(|site| *site == found);
            seen[which.unwrap_or_else(|| panic!("kill {kill}: a mixture: {:?}", found.keys()))] += 1;
        } else {
            assert!(first || absent_is_fine, "kill {kill}: no folder");
        }
        let next = ["A", "B"][(random >> 32) as usize % 2];
        let mut build = set(&mut applier(&["once", next], &out)).spawn().unwrap();
        assert!(build.wait().unwrap().success(), "kill {kill}: the next build failed");
        assert_eq!(names(&room), ["out"], "kill {kill}");
        let mut found = tree(&out);
        let mine = found.remove(Path::new("same/mine"));
        assert!(first || mine.is_some(), "kill {kill}: the person's file is gone");
        assert!(found == sites[usize::from(next == "B")], "kill {kill}: not {next}");
        fs::write(out.join("same/mine"), "m").unwrap();
    }
    println!("left after {} kills: {left:?}; seen A and B: {seen:?}", seen[0] + seen[1]);
    assert!(is_met(&left), "no kill met a build with a new folder, or none with an old one: {left:?}");
}

#[test]
fn killed_at_any_moment_the_folder_is_one_site_or_the_other() {
    kill_often(100, |command| command, false);
}

#[test]
fn killed_without_exchange_there_is_one_site_the_other_or_none() {
    let set: fn(&mut Command) -> &mut Command =
        |command| command.env("NO_EXCHANGE", "1").env("NO_LINKS", "1");
    kill_often(50, set, true);
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn there_is_a_folder_at_every_moment_and_a_note_of_the_new_one_before_it_is_exchanged() {
    let temp = tempdir_in("/dev/shm").or_else(|_| tempdir()).unwrap();
    let out = temp.path().join("out");
    assert!(applier(&["once", "A"], &out).status().unwrap().success());
    let mut build = applier(&["loop"], &out).stdout(Stdio::null()).spawn().unwrap();
    let (mut looks, mut gone, mut notes) = (0, 0, 0);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(2) {
        looks += 1;
        gone += i32::from(fs::symlink_metadata(&out).is_err());
        let note = fs::read_to_string(temp.path().join(".out.dossier-lock"));
        notes += i32::from(note.is_ok_and(|note| note.contains("new ")));
    }
    build.kill().unwrap();
    build.wait().unwrap();
    println!("{looks} looks, {notes} of them met a note");
    assert_eq!(gone, 0, "of {looks} looks");
    assert!(notes > 0, "of {looks} looks");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let temp = tempdir().unwrap();
    let sites = sites(temp.path());
    let room = temp.path().join("room");
    let out = room.join("out");
    for _ in 0..3 {
        let builds = ["A", "B", "A", "B"].map(|name| {
            let mut command = applier(&["repeat", name], &out);
            command.env("TIMES", "15").spawn().unwrap()
        });
        for build in builds {
            let (ok, text) = said(build.wait_with_output().unwrap());
            assert!(ok, "{text}");
            let bad = text.lines().find(|line| !line.starts_with("Applied"));
            assert_eq!(bad, None);
        }
        assert!(sites.contains(&tree(&out)));
        assert_eq!(names(&room), ["out"]);
    }
}

/// One round: the pages, each a path and a text, and the files that a person then adds.
type Round = (Vec<(usize, u8)>, Vec<usize>);

const PAGES: [&str; 10] = ["a", "b", "d/a", "d/b", "d/e/a", "d/e/f/a", "t", "t/a", "t/a/b", "index.html"];
const MINE: [&str; 5] = ["mine", "d/mine", "d/e/mine", "own/mine", "own/deep/mine"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_folder_is_the_last_site_and_what_the_person_added(
        rounds in prop::collection::vec(
            (
                prop::collection::vec((0..PAGES.len(), 0_u8..3), 0..8),
                prop::collection::vec(0..MINE.len(), 0..2),
            ),
            1..6,
        )
    ) {
        let rounds: Vec<Round> = rounds;
        let temp = tempdir().unwrap();
        let out = temp.path().join("out");
        let mut mine: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (pages, added) in rounds {
            let mut output = Output::new();
            for (page, text) in pages {
                // Pages that cannot lie side by side are refused: then the first stays.
                let _ = output.insert(PAGES[page], vec![text]);
            }
            let applied = apply(&output, &out).unwrap();
            prop_assert_eq!(applied.added + applied.changed + applied.unchanged, output.len());
            let mut wanted = mine.clone();
            wanted.extend(output.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
            let wanted: Vec<_> = wanted.into_iter().collect();
            let mut found: Vec<_> = files(&out).into_iter().map(|(p, t)| (p, t.into_bytes())).collect();
            found.sort();
            prop_assert_eq!(found, wanted);
            // No folder is there but for a file in it.
            let nodes = tree(&out);
            let mut folders = nodes.iter().filter(|(_, node)| **node == Node::Folder);
            let empty = folders.find(|(folder, _)| {
                let mut within = nodes.iter().filter(|(path, _)| path.starts_with(folder));
                within.all(|(_, node)| *node == Node::Folder)
            });
            prop_assert_eq!(empty, None);
            let before = stamps(&out);
            apply(&output, &out).unwrap();
            prop_assert_eq!(stamps(&out), before);
            for file in added {
                let path = out.join(MINE[file]);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, MINE[file]).unwrap();
                mine.insert(MINE[file].into(), MINE[file].into());
            }
        }
        prop_assert_eq!(names(temp.path()), ["out"]);
    }
}
