//! Every command that writes, in a dossier that came from somebody else: a link in it that leads out, and a pipe that nobody
//! writes into, in each place where the program keeps or changes something.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::dossier::room;
use super::work::{COMMANDS, Work};
use crate::output_folder::support::tree;

/// How long a command may take, on a machine that has other work.
const SECONDS: u64 = 120;

/// Folders and files in a dossier that commands write, or write in; those of a line are led out at once.
const PLACES: [&[&str]; 6] = [
    &[".dossier"],
    &[
        ".dossier/images",
        ".dossier/import",
        ".dossier/last-build.json",
        ".dossier/links.json",
        ".dossier/publish",
    ],
    &[".dossier/import-lock", ".dossier/publish/git", ".dossier/publish/lock"],
    &[
        ".github",
        ".schemas",
        ".taplo.toml",
        "archive",
        "content/explainers",
        "content/groups.toml",
        "templates",
    ],
    &[".github/workflows/publish.yml", ".schemas/people.schema.json", "content/people.toml"],
    &["content"],
];

struct Ended {
    code: Option<i32>,
    said: String,
}

/// Lets a command run to its end, which has to come.
fn in_time(mut command: Command, context: &str) -> Ended {
    let mut child: Child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let stderr = child.stderr.take().unwrap();
    let reader = thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > Duration::from_secs(SECONDS) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{context}: goes on for ever");
        }
        thread::sleep(Duration::from_millis(3));
    };
    Ended { code: status.code(), said: reader.join().unwrap() }
}

/// Fails unless a command was done, or refused with what to do about it. Returns whether it was done.
#[track_caller]
fn is_done(ended: &Ended, context: &str) -> bool {
    assert!(!ended.said.contains("panicked"), "{context}: {}", ended.said);
    match ended.code {
        Some(0) => true,
        Some(1) => {
            let is_clear = ended.said.contains("error") && ended.said.contains("help: ");
            assert!(is_clear, "{context}: {}", ended.said);
            false
        }
        code => panic!("{context} ended with {code:?}: {}", ended.said),
    }
}

/// Moves what is at a path out of the dossier, if there is something, and leads there. What is not there yet is a folder or
/// a link to nothing, by its name.
fn lead_out(work: &Work, place: &str, outside: &Path) {
    let path = work.root().join(place);
    fs::create_dir_all(outside).unwrap();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let target = outside.join(place.replace('/', "+"));
    if path.symlink_metadata().is_ok() {
        fs::rename(&path, &target).unwrap();
    } else if !place.rsplit('/').next().unwrap().trim_start_matches('.').contains('.') {
        fs::create_dir(&target).unwrap();
    }
    // Of somebody who has pictures, and a thesis.
    if target.is_dir() {
        for name in
            ["thesis.txt", "images/face.jpg", "import/thesis.txt", "last-build-thesis", ".dossier-part-mine"]
        {
            fs::create_dir_all(target.join(name).parent().unwrap()).unwrap();
            fs::write(target.join(name), "mine").unwrap();
        }
    }
    symlink(&target, &path).unwrap();
}

#[test]
fn no_link_leads_any_command_out_of_the_dossier() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let outside = temp.path().join("outside");
    let (mut done, mut refused) = (0, 0);
    for places in PLACES {
        for arguments in COMMANDS {
            work.begin_anew();
            let _ = fs::remove_dir_all(&outside);
            places.iter().for_each(|place| lead_out(&work, place, &outside));
            let before = tree(&outside);
            let context = format!("{arguments:?} with links for {places:?}");
            let ended = in_time(work.command(arguments), &context);
            if is_done(&ended, &context) {
                done += 1
            } else {
                refused += 1
            }
            let after = tree(&outside);
            let changed: Vec<_> = before
                .keys()
                .chain(after.keys())
                .filter(|path| before.get(*path) != after.get(*path))
                .collect();
            assert!(changed.is_empty(), "{context}: {changed:?} outside: {}", ended.said);
        }
    }
    println!(
        "{} commands with {} links out of the dossier: {done} done without, {refused} clear errors, 0 files outside touched",
        COMMANDS.len(),
        PLACES.concat().len()
    );
    assert!(done > 0 && refused > COMMANDS.len());
}

/// A file is to be made or added to, and a link is in its place or above it: the error names the file, the cause and what to
/// do.
#[test]
fn a_command_that_makes_or_adds_to_a_file_says_that_a_link_leads_out() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let outside = temp.path().join("outside");
    let refused: [(&[&str], &str, &str); 9] = [
        (&["new", "person", "eva-holm"], "content/people.toml", "./content/people.toml"),
        (&["new", "term", "berth"], "content/terms.toml", "./content/terms.toml"),
        (&["new", "article", "explainers/who"], "content/explainers", "./content/explainers/who.md"),
        (&["new", "article", "explainers/who"], "content", "./content/explainers/who.md"),
        (&["new", "template", "person.html"], "templates", "./templates/person.html"),
        (&["new", "--ci", "github"], ".github", "./.github/workflows/publish.yml"),
        (&["schema", "--write"], ".schemas", "./.schemas/"),
        (&["publish", "archive"], "archive", "./archive/"),
        (&["man", "."], "dossier.1", "./dossier.1"),
    ];
    for (arguments, place, named) in refused {
        work.begin_anew();
        let _ = fs::remove_dir_all(&outside);
        lead_out(&work, place, &outside);
        let context = format!("{arguments:?} with a link for {place}");
        let before = tree(&outside);
        let ended = in_time(work.command(arguments), &context);
        assert!(!is_done(&ended, &context), "{context} is done");
        let line =
            ended.said.lines().find(|line| line.starts_with("error: cannot write ")).unwrap_or_default();
        let is_clear = line.contains(named) && line.ends_with("it leads elsewhere, through a link");
        assert!(is_clear && ended.said.contains("help: put the file or the folder itself"), "{}", ended.said);
        assert!(tree(&outside) == before, "{context}");
    }
    println!(
        "{} files to be made or added to behind a link out of the dossier, {0} clear errors",
        refused.len()
    );
}

/// A build does without what it would keep there, and says so once.
#[test]
fn a_build_keeps_nothing_in_a_folder_that_is_elsewhere() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let outside = temp.path().join("outside");
    for place in [".dossier", ".dossier/images"] {
        work.begin_anew();
        let _ = fs::remove_dir_all(&outside);
        lead_out(&work, place, &outside);
        let before = tree(&outside);
        let ended = in_time(work.command(&["build"]), place);
        let note = "note[image-cache]: pictures cannot be kept in ./.dossier/images: it leads elsewhere, through a link";
        assert_eq!((ended.code, ended.said.matches(note).count()), (Some(0), 1), "{}", ended.said);
        assert!(tree(&outside) == before && work.root().join("public/people/kai-holm.html").exists());
    }
}

/// Files that the program reads back, and files and folders that it looks for; those of a line are pipes at once.
const READ: [&[&str]; 9] = [
    &[".dossier"],
    &[
        ".dossier/images",
        ".dossier/import-lock",
        ".dossier/last-build.json",
        ".dossier/links.json",
        ".dossier/publish/git",
    ],
    &[".dossier/import/all-there", ".dossier/publish/git/HEAD", ".dossier/publish/lock"],
    &[
        ".dossier/import/0",
        ".dossier/publish/git/config",
        ".dossier/images/KEPT",
        ".dossier/.dossier-part-pipe",
    ],
    &[
        ".github/workflows/publish.yml",
        ".schemas/people.schema.json",
        ".taplo.toml",
        "archive/the-harbour.wacz",
        "content/.dossier-part-pipe",
        "imports/json-crew.csv",
        "templates/.dossier-part-pipe",
    ],
    &["content/people.toml"],
    &[".public.dossier-lock"],
    &["public/.dossier-manifest"],
    &["public/index.html"],
];

#[test]
fn no_pipe_keeps_any_command_waiting() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let (mut done, mut refused) = (0, 0);
    // A picture that is kept is read by each build.
    let kept = fs::read_dir(work.root().join(".dossier/images")).unwrap().next().unwrap().unwrap();
    let kept = kept.file_name().into_string().unwrap();
    for places in READ {
        for arguments in COMMANDS {
            work.begin_anew();
            if places.contains(&".dossier/import/0") {
                // One waits behind a list that says that all are there.
                let import = work.root().join(".dossier/import");
                fs::create_dir_all(&import).unwrap();
                fs::write(import.join("all-there"), "- content/new.md\n").unwrap();
            }
            for place in places {
                let path = work.root().join(place.replace("KEPT", &kept));
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
                assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
            }
            let context = format!("{arguments:?} with pipes for {places:?}");
            let ended = in_time(work.command(arguments), &context);
            if is_done(&ended, &context) { done += 1 } else { refused += 1 }
        }
    }
    println!(
        "{} commands with {} pipes that nobody writes into: {done} done without, {refused} clear errors, 0 wait",
        COMMANDS.len(),
        READ.concat().len()
    );
    assert!(done > COMMANDS.len() && refused > 0);
}

/// An import that waits behind a pipe says which file it is, and a trace goes into no pipe.
#[test]
fn a_pipe_is_named_as_what_is_no_plain_file() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let import: &[&str] = &["import", "json", "../crew.json", "--into", "."];
    for (arguments, place, says) in [
        (import, ".dossier/import/all-there", "cannot read ./.dossier/import/all-there: it is no plain file"),
        (import, ".dossier/import-lock", "cannot write ./.dossier/import-lock: it is no plain file"),
        (
            &["fmt"],
            ".dossier/import/all-there",
            "cannot read ./.dossier/import/all-there: it is no plain file",
        ),
        (&["new", "../fresh"], "../fresh/README.md", "the folder ../fresh is not empty"),
        (
            &["new", "../fresh", "--from", "../pipe.txt"],
            "../pipe.txt",
            "cannot read ../pipe.txt: it is no plain file",
        ),
        (
            &["publish", "../bundle/pipe.zip"],
            "../bundle/pipe.zip",
            "cannot write ../bundle/pipe.zip: it is no plain file",
        ),
        (
            &["build", "--trace", "../pipe.json"],
            "../pipe.json",
            "the trace cannot be written to ../pipe.json: something",
        ),
    ] {
        work.begin_anew();
        let path = work.root().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let context = format!("{arguments:?} with a pipe for {place}");
        let ended = in_time(work.command(arguments), &context);
        assert!(!is_done(&ended, &context) && ended.said.contains(says), "{context}: {}", ended.said);
    }
}

/// A trace that finds no room is told once, and the site stays as it should be.
#[test]
fn a_trace_that_finds_no_room_is_told_and_loses_no_site() {
    let temp = room();
    let work = Work::new(&temp.path().join("work"), &temp.path().join("kept"));
    let built = work.command(&["build"]).output().unwrap();
    assert!(built.status.success());
    let before = work.there();
    // Room for what a build that has nothing to do writes, and for no trace.
    let by = ["sh", "-c", "ulimit -f 1; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_dossier")];
    let ended = in_time(work.command_by(&by, &["build", "--trace", "../trace.json"]), "a trace");
    let told =
        ended.said.matches("warning: the trace is not whole: the file is larger than is allowed").count();
    assert_eq!((ended.code, told), (Some(0), 1), "{}", ended.said);
    assert!(work.there() == before);
}
