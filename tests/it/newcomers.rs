//! What people meet who know the program from its README alone: each slip is told with what to do.

use crate::cli::Folder;

const DRAFTS: &[(&str, &str)] = &[
    (
        "content/meetings.toml",
        "[talks]\ndate = \"2023\"\nparticipants = [\"ada\"]\ndraft = true\n\n[call]\ndate = \"2024\"\nparticipants = [\"ada\"]\ndraft = true\n",
    ),
    ("content/people.toml", "[ada]\nname = \"Ada\"\ndraft = true\n"),
];

/// Who sees no records is told that there are drafts.
#[test]
fn a_list_of_drafts_alone_says_so() {
    let folder = Folder::with(DRAFTS);
    for (arguments, said) in [
        (&["list", "meetings"][..], "no meetings\n2 drafts are left out: `--drafts` takes them in\n"),
        (&["list", "people"], "no people\n1 draft is left out: `--drafts` takes it in\n"),
        (&["list"], "\n3 drafts are left out: `--drafts` takes them in\n"),
    ] {
        let out = folder.run(arguments).succeeds().out();
        assert!(out.contains(said), "{arguments:?}: {out}");
    }
    let out = folder.run(&["list", "--drafts"]).succeeds().out();
    assert!(!out.contains("left out"), "{out}");
    let table = folder.run(&["list", "--format", "csv"]).succeeds();
    assert!(
        !table.out().contains("left out") && table.err().contains("3 drafts are left out"),
        "{}",
        table.err()
    );
}
