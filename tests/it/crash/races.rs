//! Several builds into one folder at once.

use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::Duration;

use super::dossier::{Dossier, State, build, put, room};
use super::killed::Random;
use crate::output_folder::support::{names, tree};

/// Demands that a build ended well, or says that another one was at work.
fn ended(build: Child) -> bool {
    let ended = build.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    let is_busy = said.contains("another build is at work on");
    assert!(ended.status.success() || is_busy, "{said}");
    is_busy
}

fn races(rounds: usize, builds: usize) {
    let reference = Dossier::new();
    let temp = room();
    let out = temp.path().join("room/out");
    let (mut seen, mut busy) = ([0, 0], 0);
    for _ in 0..rounds {
        let started: Vec<Child> = (0..builds)
            .map(|number| {
                let state = [State::A, State::B][number % 2];
                // Each has a folder of its own for what it keeps; all go by what they find in that of the site.
                let root = temp.path().join(format!("{number}"));
                put(&root, state);
                build(&root).args([Path::new("--output"), &out]).spawn().unwrap()
            })
            .collect();
        busy += started.into_iter().map(ended).filter(|busy| *busy).count();
        seen[reference.state_of(&tree(&out)) as usize] += 1;
        assert_eq!(names(&temp.path().join("room")), ["out"]);
    }
    println!(
        "{rounds} times {builds} builds at once: A and B last: {seen:?}, {busy} found another at work, 0 mixtures"
    );
}

#[test]
fn two_builds_at_once_into_one_folder_do_not_mix() {
    races(8, 2);
}

#[test]
fn four_builds_at_once_into_one_folder_do_not_mix() {
    races(4, 4);
}

/// The builds of one dossier share what they keep, too; one of them is killed.
#[test]
fn builds_of_one_dossier_at_once_say_and_write_what_one_does() {
    let mut random = Random::new();
    let dossier = Dossier::built();
    let mut state = State::A;
    for _ in 0..6 {
        state = state.other();
        dossier.become_state(state);
        let mut builds = [0; 4].map(|_| build(&dossier.root).spawn().unwrap());
        thread::sleep(random.below(Duration::from_millis(600)));
        builds[3].kill().unwrap();
        let [one, two, three, mut killed] = builds;
        killed.wait().unwrap();
        for build in [one, two, three] {
            let ended = build.wait_with_output().unwrap();
            assert_eq!(String::from_utf8(ended.stderr).unwrap(), dossier.cold(state).report);
        }
        assert_eq!(dossier.site(), state);
        dossier.build_to_the_end(state);
    }
}
