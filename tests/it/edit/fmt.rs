//! TOML is laid out anew: nothing that is said changes, no comment is lost, and a second time nothing is to do.

use std::fs;
use std::path::Path;

use dossier::edit::layout::{Formatted, formatted};
use dossier::edit::statements::comments;
use proptest::prelude::*;

use crate::cli::Folder;
use crate::support::repository;

const MEETINGS: &str = "\n\n# All meetings.\n\n\n# The first.\n[talks] # where\ncite=\"herald\"\n\n# who came\n\
    participants = [{ who = \"a\",  for = \"g\" }, { who = \"b\" }] # two\ndate = \"2023\"\ntitle    = \"Talks\"   # their name\n\
    # maybe_same = [\"x\"]   # to be asked\n\n\n\n[call]\ndenied_by = [ # some\n      { who = \"a\" } , # first\n  # and\n  { who = \"b\" } # last\n\
    \t]\ndate = \"\"\nparticipants = []\ntags = [\"a\", \"b\"]\n[call.ids]\nq = \"1\"\n# above the next\n[visit]\ndate = \"\"\nparticipants = [\"a\"]\n\
    note = \"\"\"\nkept\n   as = it is\"\"\"\ncite = [\"herald ¶1 citing the-other-newspaper p. 2\", \"herald ¶2 citing the-other-newspaper p. 3\", \"x\"]\n# the end";

fn changed(path: &str, text: &str) -> String {
    match formatted(path, text) {
        Formatted::Changed(text) => text,
        other => panic!("{path}: {other:?}"),
    }
}

#[test]
fn a_file_is_laid_out_with_its_comments() {
    insta::assert_snapshot!(changed("content/meetings.toml", MEETINGS));
}

#[test]
fn front_matter_and_settings_are_laid_out_and_texts_left_alone() {
    let article = "+++\ntags = \"b\"\n# when\ndate=\"2023\"\n\ntitle = \"A\"\n+++\n\n\n# A  \n\ntext = 1\n";
    let settings = "licence = \"L\"\ntitle = \"T\"\n[lints]\nuncited-record = \"off\"\n[[sides]]\ntitle = \"S\"\ngroups=[\"g\"]\n";
    let both = [changed("content/x.md", article), changed("site.toml", settings)].join("----\n");
    insta::assert_snapshot!(both);
    for path in ["content/people/ada.md", "static/x.toml", "content/sources.bib", "content/stray.toml"] {
        assert_eq!(formatted(path, "# A  \n\nb=1\n"), Formatted::Same, "{path}");
    }
    assert_eq!(formatted("content/people.toml", "[a\nname = 1\n"), Formatted::Broken);
}

/// Each on a line, as it was and as it is laid out.
#[test]
fn lists_and_tables_within_a_line_have_one_layout() {
    for (given, wanted) in [
        ("tags = [\"a\" ,\"b\"]", "tags = [\"a\", \"b\"]"),
        ("tags = [ \"a\",\"b\" ]", "tags = [\"a\", \"b\"]"),
        ("tags = [\"a\",\"b\",]", "tags = [\"a\", \"b\"]"),
        ("tags = [ ]", "tags = []"),
        ("tags = [ \"a\" ]   # ours", "tags = [\"a\"]   # ours"),
        ("names = {fa=\"x\",aka = [ \"y\" , \"z\"]}", "names = { fa = \"x\", aka = [\"y\", \"z\"] }"),
        ("names = { fa.text=\"x\" }", "names = { fa.text = \"x\" }"),
        ("names={}", "names = {}"),
        ("ids.q=[ \"1\",\"2\" ]", "ids.q = [\"1\", \"2\"]"),
        ("roles = [ {role=\"r\",of=\"g\"} ]", "roles = [{ role = \"r\", of = \"g\" }]"),
        // Broken by its author, with a comment.
        (
            "roles = [\n  {role=\"r\",of=\"g\"}, # first\n]",
            "roles = [\n  { role = \"r\", of = \"g\" }, # first\n]",
        ),
        ("names = {\n  fa=\"x\", # so\n}", "names = {\n  fa=\"x\", # so\n}"),
        (
            "roles = [\n  # first\n  {role=\"r\",of=\"g\"}\n]",
            "roles = [\n  # first\n  { role = \"r\", of = \"g\" },\n]",
        ),
        (
            "roles = [\n  {role=\"r\",of=\"g\"} # first\n , {role=\"s\",of=\"g\"}]",
            "roles = [\n  { role = \"r\", of = \"g\" } # first\n , { role = \"s\", of = \"g\" }]",
        ),
        // In the order of the documentation, what they rest on last; names are in their author's.
        (
            "roles = [{ cite = \"x\", to = \"\", role = \"r\", of = \"g\" }]",
            "roles = [{ role = \"r\", of = \"g\", to = \"\", cite = \"x\" }]",
        ),
        (
            "names = { fa = { note = \"n\", text = \"x\" }, aka = \"y\" }",
            "names = { fa = { text = \"x\", note = \"n\" }, aka = \"y\" }",
        ),
        ("names = { fa.note = \"n\", fa.text = \"x\" }", "names = { fa.text = \"x\", fa.note = \"n\" }"),
        ("portrait.alt = \"a\"\nportrait.file = \"f\"", "portrait.file = \"f\"\nportrait.alt = \"a\""),
        (
            "[[ada.roles]]\nof = \"g\" # where\n# what\nrole = \"r\"",
            "[[ada.roles]]\n# what\nrole = \"r\"\nof = \"g\" # where",
        ),
        // Signs in a column stay; one alone has no reason to stand apart.
        ("name     =     \"x\"", "name = \"x\""),
        ("name     = \"x\"\nborn   =  \"1\"", "name = \"x\"\nborn = \"1\""),
        ("name      = \"x\"\nsort_name = \"y\"", "name      = \"x\"\nsort_name = \"y\""),
        ("name =      \"x\"\nsort_name = \"y\"", "name =      \"x\"\nsort_name = \"y\""),
        ("name\t=\t\"x\"\nborn\t=\t\"y\"", "name = \"x\"\nborn = \"y\""),
        ("summary = \"[a ,b]\"", "summary = \"[a ,b]\""),
    ] {
        let made = match formatted("content/people.toml", &format!("[ada]\n{given}\n")) {
            Formatted::Changed(text) => text,
            Formatted::Same => format!("[ada]\n{given}\n"),
            Formatted::Broken => panic!("{given}"),
        };
        assert_eq!(made, format!("[ada]\n{wanted}\n"));
        assert_eq!(formatted("content/people.toml", &made), Formatted::Same, "{wanted}");
    }
}

#[test]
fn line_ends_stay() {
    let text = MEETINGS.replace('\n', "\r\n");
    let wanted = changed("content/meetings.toml", MEETINGS).replace('\n', "\r\n");
    assert_eq!(changed("content/meetings.toml", &text), wanted);
}

/// A record may be called as a field is.
#[test]
fn records_stay_in_their_order() {
    let text = "[z]\nname = \"Z\"\n\n[title]\nname = \"T\"\n\n[cite]\nname = \"C\"\n\n[name]\nname = \"N\"\n";
    assert_eq!(formatted("content/people.toml", text), Formatted::Same);
    let text = "z.name = \"Z\"\n\ntitle.name = \"T\"\n\ncite.name = \"C\"\n\nname = { name = \"N\" }\n";
    assert_eq!(formatted("content/people.toml", text), Formatted::Same);
}

/// Also those without a head of their own have a blank line between them, and their fields in their order.
#[test]
fn records_without_a_head_are_laid_out_as_those_with_one() {
    let text = "# All groups.\n\n# the first\ng1 = { cite = \"x\", type=\"state\", name = \"G\" }\ng2.type = \"state\" # so\n\
        # what it is called\ng2.name = \"H\"\n# of g2\n\n\n\ng3.name = \"I\"\n# above\n[g4]\nname = \"J\"\n";
    let wanted = "# All groups.\n\n# the first\ng1 = { name = \"G\", type = \"state\", cite = \"x\" }\n\n\
        # what it is called\ng2.name = \"H\"\ng2.type = \"state\" # so\n# of g2\n\ng3.name = \"I\"\n\n# above\n[g4]\nname = \"J\"\n";
    assert_eq!(changed("content/groups.toml", text), wanted);
    assert_eq!(formatted("content/groups.toml", wanted), Formatted::Same);
}

/// What is said of the whole text does not go along with the field below it.
#[test]
fn a_comment_at_the_top_stays_there() {
    let text = "+++\n# Ours.\n\n# soon\norder = 1\ntitle = \"A\"\n+++\n";
    assert_eq!(changed("content/x.md", text), "+++\n# Ours.\n\ntitle = \"A\"\n# soon\norder = 1\n+++\n");
}

/// Every file of the dossiers at hand, and of those that cause a problem each.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/it/problems", "tests/it/sites", "src/cli", "content"] {
        for entry in walkdir::WalkDir::new(here.join(folder)) {
            let path = entry.unwrap().into_path();
            let Some(Ok(text)) = path.is_file().then(|| fs::read_to_string(&path)) else { continue };
            let name = path.display().to_string();
            let at = name.rfind("/content/").map(|at| name[at + 1..].to_owned());
            let own = at.or_else(|| name.ends_with("/site.toml").then(|| "site.toml".to_owned()));
            found.extend(own.map(|own| (own, text)));
        }
    }
    found.sort();
    found
}

/// What holds of every file, whatever is in it.
fn holds(path: &str, text: &str) -> Result<bool, TestCaseError> {
    let Formatted::Changed(made) = formatted(path, text) else { return Ok(false) };
    prop_assert_eq!(
        formatted(path, &made),
        Formatted::Same,
        "{}: not the same a second time:\n{}",
        path,
        made
    );
    let toml = |text: &str| match path.ends_with(".md") {
        true => text.split("+++").nth(1).unwrap().to_owned(),
        false => text.to_owned(),
    };
    let (before, after) = (toml(text), toml(&made));
    let table = |text: &str| text.parse::<toml::Table>().unwrap();
    // Whatever the order of their keys: tables of this type are equal then.
    prop_assert_eq!(table(&before), table(&after), "{}", path);
    let sorted = |text: &str| {
        let mut comments = comments(text);
        comments.sort();
        comments
    };
    prop_assert_eq!(sorted(&before), sorted(&after), "{}", path);
    Ok(true)
}

#[test]
fn every_file_says_the_same_and_is_done_at_once() {
    let (mut changed, mut broken, mut all) = (0, 0, 0);
    for (path, text) in files() {
        all += 1;
        // What is left as it is, is no valid TOML.
        if formatted(&path, &text) == Formatted::Broken {
            let toml = if path.ends_with(".md") { text.split("+++").nth(1).unwrap() } else { text.as_str() };
            assert!(toml.parse::<toml::Table>().is_err(), "{path}:\n{text}");
            broken += 1;
        }
        changed += usize::from(holds(&path, &text).unwrap_or_else(|error| panic!("{error}\n{text}")));
    }
    println!("{changed} of {all} files were laid out anew, {broken} are no TOML and were left");
    assert!(changed > 50 && broken > 5, "{changed} {broken}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_written_says_the_same(
        which in 0usize..10_000,
        cuts in prop::collection::vec((0.0f64..1.0, 0usize..12, prop::sample::select(vec![
            "", "# c\n", " # c", "\n", "\n\n\n", "]", "[", "[x]\n", "[x.y]\n", "[[x]]\n", "a = 1\n", "a.b = 2\n", "\"", "'''", "\r\n",
            ",", "{", "}", "=", "  ", "\t", "[1, # c\n2]", "{ b = 1, # c\n }", "cite = \"x\"\n", "é",
        ])), 0..6),
    ) {
        let files = files();
        let (path, text) = &files[which % files.len()];
        let mut text = text.clone();
        for (at, len, new) in cuts {
            let near = |at: usize| (at.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
            let start = near((at * text.len() as f64) as usize);
            let end = near(start + len);
            text.replace_range(start..end, new);
        }
        holds(path, &text)?;
    }
}

#[test]
fn the_demonstration_the_starter_and_the_guide_are_laid_out() {
    let mut found = Vec::new();
    let at = |path: &str| dossier::disk::read::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).value;
    for sources in [repository(), at("src/cli/starter"), at("docs/guide")] {
        found.extend(dossier::edited::format(&sources, &|_| true).changed);
    }
    assert_eq!(found, Vec::<String>::new(), "run `dossier fmt` there");
}

/// The TOML in the pages of the guide that are written by hand, by the file that the sentence before each block names.
#[test]
fn what_the_guide_has_its_readers_write_is_laid_out() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/content");
    let mut blocks = 0;
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(guide) {
        let path = entry.unwrap().into_path();
        let is_made = path.components().any(|part| part.as_os_str() == "reference");
        if is_made || path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let page = fs::read_to_string(&path).unwrap();
        for (at, _) in page.match_indices("```toml\n") {
            let block = page[at + 8..].split("\n```").next().unwrap().to_owned() + "\n";
            let named = page[..at].rsplit("\n\n").find(|before| !before.is_empty()).unwrap_or("");
            let file = named.split('`').rfind(|word| word.ends_with(".toml")).unwrap_or("");
            let file = if file.starts_with("content/") || file == "site.toml" { file } else { continue };
            blocks += 1;
            if let Formatted::Changed(made) = formatted(file, &block) {
                found.push(format!("{}\n{block}\nshould be\n{made}", path.display()));
            }
        }
    }
    println!("{blocks} blocks of TOML in the guide");
    assert!(blocks > 15, "{blocks}");
    assert!(found.is_empty(), "{}", found.join("\n----\n"));
}

const KINDS: [&str; 9] =
    ["person", "group", "meeting", "event", "place", "relation", "source", "term", "correction"];

#[test]
fn what_new_writes_is_laid_out_also_when_it_is_filled_in() {
    let folder = Folder::new();
    folder.run(&["new", "x"]).succeeds();
    folder.run(&["new", "y", "--empty"]).succeeds();
    let well =
        |root: &str| assert_eq!(folder.run(&["fmt", "--check", "--root", root]).out(), "nothing to change\n");
    well("x");
    well("y");
    for kind in KINDS {
        folder.run(&["new", kind, "one", "--root", "y"]).succeeds();
        folder.run(&["new", kind, "two", "--root", "y"]).succeeds();
    }
    folder.run(&["new", "article", "explainers/one", "--root", "y"]).succeeds();
    well("y");
    let mut files = 0;
    for entry in walkdir::WalkDir::new(folder.path("y/content")) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let lines = fs::read_to_string(&path).unwrap().replace("\n# ", "\n");
            assert!(lines.parse::<toml::Table>().is_ok(), "{}:\n{lines}", path.display());
            fs::write(path, lines).unwrap();
            files += 1;
        }
    }
    assert_eq!(files, KINDS.len());
    well("y");
}

/// What nobody has filled in is an error, or says that nobody knows.
#[test]
fn nothing_that_new_writes_can_be_taken_for_a_fact() {
    for kind in KINDS {
        let folder = Folder::new();
        folder.run(&["new", "y", "--empty"]).succeeds();
        folder.run(&["new", kind, "ada-berg", "--root", "y"]).succeeds();
        let file = walkdir::WalkDir::new(folder.path("y/content"))
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .find(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .unwrap();
        let table: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
        let said: Vec<(&String, &toml::Value)> = table["ada-berg"].as_table().unwrap().iter().collect();
        for (name, value) in said {
            let is_empty = value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
            assert!(is_empty, "{kind}: {name} = {value}");
        }
        let checked = folder.run(&["check", "--root", "y"]);
        assert!(checked.fails().err().contains("help: "), "{kind}");
    }
}

#[test]
fn the_program_lists_what_would_change_and_writes_only_that() {
    let folder = Folder::with(&[
        ("content/people.toml", "[ada]\nborn=\"1970\"\nname = \"Ada\"\n"),
        ("content/groups.toml", "[g]\nname = \"G\"\ntype = \"state\"\n"),
    ]);
    // Where no dossier is, nothing is in order.
    for root in ["content", "nowhere"] {
        let err = folder.run(&["fmt", "--check", "--root", root]).fails().err();
        assert!(err.contains("there is no site.toml in "), "{err}");
    }
    let listed = folder.run(&["fmt", "--check"]).fails();
    assert_eq!(listed.out(), "content/people.toml\n1 file would change\n");
    let before = fs::metadata(folder.path("content/groups.toml")).unwrap().modified().unwrap();
    folder.run(&["fmt", "content/groups.toml"]).succeeds();
    assert!(folder.read("content/people.toml").contains("born=\"1970\""));
    assert_eq!(folder.run(&["fmt"]).succeeds().out(), "content/people.toml\n1 file changed\n");
    assert_eq!(folder.read("content/people.toml"), "[ada]\nname = \"Ada\"\nborn = \"1970\"\n");
    assert_eq!(fs::metadata(folder.path("content/groups.toml")).unwrap().modified().unwrap(), before);
    assert_eq!(folder.run(&["fmt", "--check"]).succeeds().out(), "nothing to change\n");
    // A picture holds none, and is nobody's business here.
    fs::write(folder.path("content/dot.png"), b"\x89PNG\xFF\0").unwrap();
    let well = folder.run(&["fmt", "--check"]).succeeds();
    assert_eq!((well.out().as_str(), well.err().as_str()), ("nothing to change\n", ""));
    // What is no TOML is told, and left.
    folder.write("content/events.toml", "[e\ntitle=1\n");
    let failed = folder.run(&["fmt"]).fails();
    assert!(
        failed.err().contains("content/events.toml:1:") && failed.err().contains("left as it is"),
        "{}",
        failed.err()
    );
    assert_eq!(folder.read("content/events.toml"), "[e\ntitle=1\n");
    let failed = folder.run(&["fmt", "content/none.toml"]).fails();
    assert!(failed.err().contains("content/none.toml is no file of this dossier"), "{}", failed.err());
}

/// Neither what waits in a folder that is a link, nor a path through one, reaches what is outside of the dossier.
#[cfg(unix)]
#[test]
fn no_link_leads_what_is_written_out_of_the_dossier() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("home/import/thesis.txt", "years of work");
    folder.write("outside/keep.txt", "mine");
    folder.write("d/site.toml", "title = \"A dossier\"\n");
    symlink(folder.path("home"), folder.path("d/.dossier")).unwrap();
    let refused = folder.run(&["fmt", "--root", "d"]).fails();
    assert!(refused.err().contains("leads out of the dossier"), "{}", refused.err());
    assert_eq!(folder.read("home/import/thesis.txt"), "years of work");

    fs::remove_file(folder.path("d/.dossier")).unwrap();
    symlink(folder.path("outside"), folder.path("d/x")).unwrap();
    folder.write("d/.dossier/import/0", "evil");
    folder.write("d/.dossier/import/all-there", "- x/planted\n");
    folder.run(&["fmt", "--root", "d"]).succeeds();
    assert!(!folder.path("outside/planted").exists());
    assert_eq!(folder.read("outside/keep.txt"), "mine");
}
