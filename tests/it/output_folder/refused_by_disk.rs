//! Builds on file systems that are full, read-only, mounted or somebody else's (as root on Linux),
//! and checks that the old site stays and the error says why.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::support::*;
use dossier::disk::write::{ApplyError, apply};
use dossier::output::Output;
use tempfile::tempdir;

fn pages(text: &str, count: usize) -> Output {
    let mut output = Output::new();
    for number in 0..count {
        let bytes = text.repeat(4096).into_bytes();
        output.insert(format!("d/{number}"), bytes).unwrap();
    }
    output
}

#[test]
fn a_full_disk_leaves_the_old_site_and_nothing_beside() {
    let temp = tempdir().unwrap();
    let disk = temp.path().join("disk");
    let Some(_mount) = Mount::tmpfs("size=1m", &disk) else {
        return;
    };
    let out = disk.join("out");
    apply(&pages("1", 100), &out).unwrap();
    let before = stamps(&out);
    let error = apply(&pages("2", 200), &out).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("cannot write") && message.ends_with("the disk is full"), "{message}");
    assert!(message.contains("/out/d/"), "{message}");
    assert!(error.help().contains("Free some space"));
    assert_eq!(stamps(&out), before);
    assert_eq!(names(&disk), ["out"]);
    // As much again does fit.
    apply(&pages("2", 100), &out).unwrap();
    assert_eq!(names(&disk), ["out"]);
}

#[test]
fn a_read_only_disk_is_named_so() {
    let temp = tempdir().unwrap();
    let disk = temp.path().join("disk");
    let Some(_mount) = Mount::tmpfs("size=1m", &disk) else {
        return;
    };
    let out = disk.join("out");
    apply(&pages("1", 2), &out).unwrap();
    // Busy for a moment while another test, between its fork and its exec, has our files open.
    let remount = || Command::new("mount").args(["-o", "remount,ro"]).arg(&disk).output();
    let mut tries = 0..50;
    while !remount().unwrap().status.success() {
        assert!(tries.next().is_some(), "cannot mount again, read-only");
        thread::sleep(Duration::from_millis(20));
    }
    let error = apply(&pages("2", 2), &out).unwrap_err();
    assert!(error.to_string().ends_with("the disk is read-only"), "{error}");
    assert!(error.help().contains("above it"));
    assert_eq!(files(&out).len(), 2);
}

#[test]
fn a_folder_with_a_mount_at_or_in_it_is_refused() {
    let temp = tempdir().unwrap();
    let out = temp.path().join("out");
    if let Some(_mount) = Mount::tmpfs("size=1m", &out) {
        let error = apply(&pages("1", 2), &out).unwrap_err();
        assert!(matches!(error, ApplyError::Mount { .. }), "{error}");
        // Inside of the mount there is a folder to replace.
        apply(&pages("1", 2), &out.join("site")).unwrap();
    }
    let within = out.join("photos");
    apply(&pages("1", 2), &out).unwrap();
    let mounted = temp.path().join("photos");
    fs::create_dir(&mounted).unwrap();
    fs::write(mounted.join("one"), "1").unwrap();
    // A mount of the same disk, that no number of a disk gives away.
    let bind = ["--bind", mounted.to_str().unwrap()];
    if let Some(_mount) = Mount::new(&bind, &within) {
        let error = apply(&pages("2", 2), &out).unwrap_err();
        assert!(matches!(error, ApplyError::Mount { .. }), "{error}");
        assert_eq!(files(&out)[0].1.as_bytes()[0], b'1');
    }
    if let Some(_mount) = Mount::tmpfs("size=1m", &within) {
        let error = apply(&pages("2", 2), &out).unwrap_err();
        assert!(matches!(&error, ApplyError::Mount { path } if *path == within), "{error}");
    }
    // The folder itself as a mount of the same disk.
    let here = temp.path().join("here");
    apply(&pages("1", 2), &here).unwrap();
    if let Some(_mount) = Mount::new(&["--bind", here.to_str().unwrap()], &here) {
        let error = apply(&pages("2", 2), &here).unwrap_err();
        assert!(matches!(error, ApplyError::Mount { .. }), "{error}");
        assert_eq!(files(&here)[0].1.as_bytes()[0], b'1');
    }
    assert_eq!(files(&mounted), pairs(&[("one", "1")]));
    assert_eq!(names(temp.path()), ["here", "out", "photos"]);
}

#[test]
fn what_is_not_allowed_is_named_so_and_what_is_closed_is_carried() {
    let temp = tempdir().unwrap();
    let (room, out) = (temp.path().join("room"), temp.path().join("room/out"));
    fs::create_dir(&room).unwrap();
    if chown(&room, Some(65534), Some(65534)).is_err() {
        println!("SKIPPED: building as somebody else takes root");
        return;
    }
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(temp.path(), 0o755);
    // The folders above the binary may be closed to others.
    let copy = temp.path().join("applier");
    copy_program(&std::env::current_exe().unwrap(), &copy);
    let build = |name: &str| {
        let mut command = applier_at(&copy, &["once", name], &out);
        command.current_dir("/").uid(65534).gid(65534);
        said(command.output().unwrap())
    };
    assert!(build("A").0);
    // A person's folder that even its owner may not write in.
    fs::create_dir(out.join("closed")).unwrap();
    fs::write(out.join("closed/in"), "i").unwrap();
    chown(out.join("closed"), Some(65534), Some(65534)).unwrap();
    mode(&out.join("closed"), 0o555);
    let (ok, text) = build("B");
    assert!(ok, "{text}");
    assert_eq!(fs::read(out.join("closed/in")).unwrap(), b"i");
    assert_eq!(names(&room), ["out"]);

    // What root builds in another's folder stays the other's.
    apply(&pages("1", 1), &out).unwrap();
    let owner = |path: &str| fs::metadata(out.join(path)).unwrap().uid();
    assert_eq!((owner(""), owner("closed"), owner("d")), (65534, 65534, 0));
    // But what root built there another cannot replace; that shows before anything is done.
    let (ok, text) = build("B");
    assert!(!ok && text.contains("cannot replace") && text.contains("/out/d: that is not"), "{text}");
    assert_eq!(files(&out), pairs(&[("closed/in", "i"), ("d/0", &"1".repeat(4096))]));
    assert_eq!(names(&room), ["out"]);
    fs::remove_dir_all(out.join("d")).unwrap();
    assert!(build("B").0);

    chown(&out, Some(0), Some(0)).unwrap();
    let (ok, text) = build("A");
    assert!(!ok && text.contains("out: that is not allowed"), "{text}");
    chown(&out, Some(65534), Some(65534)).unwrap();
    mode(&out, 0o555);
    let (ok, text) = build("A");
    assert!(!ok && text.contains("cannot write") && text.contains("out: that is not allowed"), "{text}");
    mode(&out, 0o755);
    // The folder above is closed: nothing can change places with the folder.
    chown(&room, Some(0), Some(0)).unwrap();
    let (ok, text) = build("A");
    assert!(!ok && text.contains("that is not allowed") && text.contains("above it"), "{text}");
    assert!(out.join("B-only/0.html").exists());
    assert_eq!(names(&room), ["out"]);
}
