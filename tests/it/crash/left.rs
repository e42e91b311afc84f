//! What `new` and `publish` leave when they are killed, and that the next run clears it away, and nothing else.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::dossier::{State, put, room};
use super::killed::Random;
use super::work::put_link;
use crate::output_folder::support::{names, tree};

fn dossier(here: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.args(arguments).current_dir(here).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn done(here: &Path, arguments: &[&str]) {
    let done = dossier(here, arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn parts(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.starts_with(".dossier-part-")).collect()
}

/// Kills a command at a moment of all its time.
fn kill(here: &Path, arguments: &[&str], whole: Duration, random: &mut Random) {
    let mut process = dossier(here, arguments).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(random.below(whole.mul_f64(1.1)));
    process.kill().unwrap();
    process.wait().unwrap();
}

#[test]
fn what_a_dead_run_left_is_cleared_away_and_nothing_else() {
    let temp = room();
    let here = temp.path();
    put(&here.join("d"), State::A);
    put_link(&here.join("d"));
    fs::create_dir(here.join("bundle")).unwrap();
    let root = here.join("d");
    for (folder, arguments) in [
        (here.join("bundle"), &["publish", "../bundle/site.zip"][..]),
        (root.join(".dossier"), &["check", "--links", "--link-pause", "0"]),
        (root.join("templates"), &["new", "template", "person.html"]),
        // Last, as it is an error until its fields are filled in.
        (root.join("content"), &["new", "meeting", "eva-holm"]),
    ] {
        fs::create_dir_all(folder.join(".dossier-part-folder")).unwrap();
        for name in [".dossier-part-dead", ".dossier-part-live", ".tmpAbCdEf", "dossier-part-mine"] {
            fs::write(folder.join(name), "half").unwrap();
        }
        std::os::unix::fs::symlink(here.join("mine"), folder.join(".dossier-part-link")).unwrap();
        fs::write(here.join("mine"), "mine").unwrap();
        let live = File::options().write(true).open(folder.join(".dossier-part-live")).unwrap();
        live.lock().unwrap();
        done(&root, arguments);
        assert_eq!(
            parts(&folder),
            [".dossier-part-folder", ".dossier-part-link", ".dossier-part-live"],
            "{arguments:?}"
        );
        assert!(folder.join(".tmpAbCdEf").exists() && folder.join("dossier-part-mine").exists());
        assert_eq!(fs::read(here.join("mine")).unwrap(), b"mine");
        drop(live);
    }
}

/// A dossier that was begun is made to its end, and one that is somebody's is left alone.
#[test]
fn a_new_dossier_that_was_killed_is_finished_by_the_next_run() {
    const KILLS: usize = 25;
    let mut random = Random::new();
    let temp = room();
    let here = temp.path();
    let started = Instant::now();
    done(here, &["new", "whole"]);
    let length = started.elapsed();
    let whole = tree(&here.join("whole"));
    let (mut none, mut some, mut all) = (0, 0, 0);
    for _ in 0..KILLS {
        let _ = fs::remove_dir_all(here.join("fresh"));
        kill(here, &["new", "fresh"], length, &mut random);
        match here.join("fresh") {
            fresh if !fresh.exists() => none += 1,
            fresh if fresh.join("site.toml").exists() => {
                all += 1;
                assert_eq!(tree(&fresh), whole);
                continue;
            }
            _ => some += 1,
        }
        done(here, &["new", "fresh"]);
        assert_eq!(tree(&here.join("fresh")), whole);
    }
    println!(
        "{KILLS} kills of a new dossier: {none} had nothing, {some} some of it, {all} all; each was whole after the next run"
    );
    for (path, text) in
        [("content/about.md", "Mine."), ("letter.txt", "Mine."), ("site.toml", "title = \"Mine\"\n")]
    {
        fs::remove_dir_all(here.join("fresh")).unwrap();
        fs::create_dir_all(here.join("fresh/content")).unwrap();
        fs::write(here.join("fresh").join(path), text).unwrap();
        let before = tree(&here.join("fresh"));
        let refused = dossier(here, &["new", "fresh"]).output().unwrap();
        assert!(String::from_utf8_lossy(&refused.stderr).contains("is not empty"), "{path}");
        assert_eq!(tree(&here.join("fresh")), before);
    }
}

#[test]
fn a_file_to_hand_over_that_was_killed_is_the_old_or_the_new_and_nothing_stays_beside() {
    const KILLS: usize = 15;
    let mut random = Random::new();
    let temp = room();
    let here = temp.path();
    let root = here.join("d");
    let publish = ["publish", "../bundle/site.zip"];
    let bundle = here.join("bundle/site.zip");
    let mut length = Duration::ZERO;
    let wanted = [State::B, State::A].map(|state| {
        put(&root, state);
        let started = Instant::now();
        done(&root, &publish);
        length = started.elapsed();
        fs::read(&bundle).unwrap()
    });
    assert!(wanted[0] != wanted[1]);
    let (mut old, mut new, mut left) = (0, 0, 0);
    let mut before = 1;
    for _ in 0..KILLS {
        let after = 1 - before;
        put(&root, [State::B, State::A][after]);
        kill(&root, &publish, length, &mut random);
        left += usize::from(!parts(&here.join("bundle")).is_empty());
        match fs::read(&bundle).unwrap() {
            bytes if bytes == wanted[before] => old += 1,
            bytes if bytes == wanted[after] => (new, before) = (new + 1, after),
            _ => panic!("a mixture"),
        }
    }
    println!(
        "{KILLS} kills of a file to hand over: {old} old, {new} new, {left} left a part, 0 half-written"
    );
    put(&root, [State::B, State::A][1 - before]);
    done(&root, &publish);
    assert_eq!(names(&here.join("bundle")), ["site.zip"]);
}
