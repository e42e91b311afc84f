//! Folders that cannot be written, also not by root: a file in place of a folder, and a mount that is read-only.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::dossier::{Dossier, State, room};
use super::work::{COMMANDS, Work};
use crate::output_folder::support::{Mount, tree};

fn said(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

/// A folder that nobody may write in until that is dropped; nothing where that cannot be had.
fn read_only(folder: &Path) -> Option<Mount> {
    let mount = Mount::new(&["--bind", folder.to_str().unwrap()], folder)?;
    let closed = Command::new("mount").args(["-o", "remount,ro,bind"]).arg(folder).output().unwrap();
    assert!(closed.status.success() && fs::write(folder.join("probe"), "").is_err(), "{}", said(&closed));
    Some(mount)
}

/// What only keeps something for the next time does without; what cannot do without says so, and writes nothing.
#[test]
fn a_file_in_place_of_what_is_kept_ends_no_command_without_a_word() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let (mut done, mut refused) = (0, 0);
    for arguments in COMMANDS {
        work.begin_anew();
        let own = work.root().join(".dossier");
        fs::remove_dir_all(&own).unwrap();
        fs::write(&own, "rubbish").unwrap();
        let before = work.there();
        let ended = work.command(arguments).output().unwrap();
        let said = said(&ended);
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
        let needs_it = ["import", "rename", "fmt", "publish"].contains(&arguments[0]);
        assert_eq!(ended.status.code(), Some(i32::from(needs_it)), "{arguments:?}: {said}");
        if needs_it {
            assert!(
                said.contains("error: ") && said.contains(".dossier") && said.contains("help: "),
                "{said}"
            );
            assert!(work.there() == before, "{arguments:?}");
            refused += 1;
        } else {
            done += 1;
        }
        assert_eq!(fs::read(&own).unwrap(), b"rubbish");
    }
    println!(
        "{} commands with a file for `.dossier`: {done} done without, {refused} clear errors",
        COMMANDS.len()
    );
}

#[test]
fn a_build_does_without_a_folder_that_it_may_not_write() {
    let dossier = Dossier::built();
    let own = dossier.root.join(".dossier");
    let Some(mount) = read_only(&own) else { return };
    let before = tree(&own);
    for state in [State::B, State::A, State::A] {
        dossier.become_state(state);
        let built = super::dossier::build(&dossier.root).output().unwrap();
        assert!(built.status.success(), "{}", said(&built));
        assert_eq!(dossier.site(), state);
        let note = "pictures cannot be kept in ./.dossier/images: the disk is read-only";
        assert_eq!(said(&built).contains(note), state == State::B, "{}", said(&built));
        assert!(tree(&own) == before);
    }
    drop(mount);
    dossier.become_state(State::B);
    dossier.build_to_the_end(State::B);
}

#[test]
fn an_import_that_may_not_write_the_records_says_so_and_is_finished_later() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let import = ["import", "json", "../crew.json", "--into", "."];
    let content = work.root().join("content");
    let Some(mount) = read_only(&content) else { return };
    let before = tree(&content);
    for _ in 0..2 {
        let refused = work.command(&import).output().unwrap();
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(1), "{said}");
        assert!(
            said.contains("cannot write ./content/") && said.contains(": the disk is read-only"),
            "{said}"
        );
        assert!(tree(&content) == before);
    }
    drop(mount);
    let done = work.command(&import).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    assert!(fs::read_to_string(content.join("people.toml")).unwrap().contains("[crew-59]"));
    assert!(work.begun().is_empty() && !work.root().join(".dossier/import").exists());
}
