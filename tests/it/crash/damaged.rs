//! What a dossier keeps for its next build, filled with rubbish: the site is right all the same.

use std::fs;
use std::path::{Path, PathBuf};

use super::dossier::{Dossier, State, build};
use crate::output_folder::support::names;

fn kept(dossier: &Dossier) -> Vec<PathBuf> {
    let images = dossier.root.join(".dossier/images");
    names(&images).into_iter().map(|name| images.join(name)).collect()
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    let at = at % bytes.len();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// Builds the state that is there, where there was never a site, from what is kept, and then once more.
#[track_caller]
fn is_right(dossier: &Dossier) {
    fs::remove_dir_all(dossier.public()).unwrap();
    fs::create_dir_all(dossier.public().join("people")).unwrap();
    fs::write(dossier.public().join(".dossier-manifest"), "").unwrap();
    fs::write(dossier.public().join("people/mine.txt"), "mine").unwrap();
    dossier.build_to_the_end(State::A);
    dossier.build_to_the_end(State::A);
}

#[test]
fn no_damaged_picture_is_served() {
    let dossier = Dossier::built();
    let files = kept(&dossier);
    assert!(files.len() > 5);
    // A bit of each, in its middle and at its end; a part of each; nothing of each.
    for part in [2, 1] {
        files.iter().for_each(|file| flip(file, fs::metadata(file).unwrap().len() as usize / part - 1));
        is_right(&dossier);
    }
    for file in &files {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
    }
    is_right(&dossier);
    files.iter().for_each(|file| fs::write(file, "").unwrap());
    fs::write(dossier.root.join(".dossier/images/.tmpx"), "left by a kill").unwrap();
    is_right(&dossier);
}

/// Whole pictures under the names of others, as a sync program or a repair of the disk leaves them.
#[test]
fn no_picture_is_served_in_place_of_another() {
    let dossier = Dossier::built();
    let files = kept(&dossier);
    let texts: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for (file, other) in files.iter().zip(texts.iter().cycle().skip(1)) {
        fs::write(file, other).unwrap();
    }
    is_right(&dossier);
}

#[test]
fn a_damaged_record_of_the_last_build_changes_neither_site_nor_report() {
    let dossier = Dossier::built();
    let record = dossier.root.join(".dossier/last-build.json");
    let sound = fs::read_to_string(&record).unwrap();
    // A picked place is where a number or a word of the report stands, which is JSON after a flip, too.
    let of = |text: &str| sound.find(text).unwrap_or_else(|| panic!("no {text} in {sound}")) + text.len();
    for at in [of("\"count\":"), of("\"message\":\""), of("\"list\":\""), of("\"pages\":{\""), 3] {
        dossier.build_to_the_end(State::A);
        flip(&record, at);
        let built = build(&dossier.root).output().unwrap();
        let said = String::from_utf8(built.stdout).unwrap();
        let pages = dossier.cold(State::A).pages;
        assert!(said.starts_with(&format!("{pages} pages, ")), "{said}");
        assert_eq!(String::from_utf8(built.stderr).unwrap(), dossier.cold(State::A).report);
        assert_eq!(dossier.site(), State::A);
    }
    for rubbish in ["", "{", "null", &sound[..sound.len() / 2], &sound.repeat(2), &"x".repeat(100_000)] {
        fs::write(&record, rubbish).unwrap();
        dossier.build_to_the_end(State::A);
    }
}

/// There is a file or a folder of another kind wherever something is kept.
#[test]
fn a_folder_that_cannot_keep_anything_does_not_lose_the_site() {
    let dossier = Dossier::built();
    let own = dossier.root.join(".dossier");
    let mut state = State::A;
    let mut builds = |note: bool| {
        state = state.other();
        dossier.become_state(state);
        let built = build(&dossier.root).output().unwrap();
        let said = String::from_utf8(built.stderr).unwrap();
        assert!(built.status.success(), "{said}");
        assert_eq!(said.contains("pictures cannot be kept"), note, "{said}");
        assert_eq!(dossier.site(), state);
    };
    fs::remove_dir_all(&own).unwrap();
    fs::write(&own, "rubbish").unwrap();
    builds(true);
    builds(true);
    fs::remove_file(&own).unwrap();
    fs::create_dir_all(own.join("last-build.json/within")).unwrap();
    fs::write(own.join("images"), "rubbish").unwrap();
    builds(true);
    // What was said of a disk is not said again when it no longer holds.
    fs::remove_file(own.join("images")).unwrap();
    fs::create_dir_all(own.join("images/within")).unwrap();
    builds(false);
    fs::remove_dir_all(own.join("last-build.json")).unwrap();
    builds(false);
}

#[test]
fn a_note_on_the_disk_is_not_said_again_once_that_is_mended() {
    let dossier = Dossier::built();
    let images = dossier.root.join(".dossier/images");
    fs::remove_dir_all(&images).unwrap();
    fs::write(&images, "rubbish").unwrap();
    dossier.become_state(State::B);
    let said = String::from_utf8(build(&dossier.root).output().unwrap().stderr).unwrap();
    assert!(said.contains("pictures cannot be kept"), "{said}");
    fs::remove_file(&images).unwrap();
    dossier.build_to_the_end(State::B);
}
