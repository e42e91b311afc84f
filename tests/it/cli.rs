//! The program as a stranger meets it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with the program at hand.
pub struct Folder {
    dir: TempDir,
}

impl Folder {
    pub fn new() -> Folder {
        Folder { dir: TempDir::new().unwrap() }
    }

    /// A dossier with these files and a `site.toml`.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        folder.write("site.toml", "title = \"A dossier\"\n");
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(self.dir.path()).env_remove("NO_COLOR");
        command.envs(environment.iter().copied());
        Ran(command.output().unwrap())
    }

    /// Runs in another folder.
    pub fn run_in(&self, folder: &Path, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        Ran(command.args(arguments).current_dir(folder).output().unwrap())
    }
}

pub struct Ran(Output);

impl Ran {
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    #[track_caller]
    pub fn succeeds(self) -> Ran {
        assert_eq!(self.code(), 0, "{}{}", self.out(), self.err());
        self
    }

    #[track_caller]
    pub fn fails(self) -> Ran {
        assert_eq!(self.code(), 1, "{}{}", self.out(), self.err());
        self
    }
}

pub const ADA: (&str, &str) = ("content/people.toml", "[ada]\nname = \"Ada\"\n");
const BROKEN: (&str, &str) =
    ("content/meetings.toml", "[m]\ndate = \"2023-06\"\nparticipants = [\"adda\"]\ncite = \"'x'\"\n");

#[test]
fn a_new_dossier_builds_without_a_word_and_a_second_build_changes_nothing() {
    let folder = Folder::new();
    let made = folder.run(&["new", "mine"]).succeeds();
    assert!(made.out().contains("dossier build"), "{}", made.out());
    let built = folder.run(&["build", "--root", "mine"]).succeeds();
    assert_eq!(built.err(), "");
    assert!(
        built.out().contains(" pages, ") && built.out().contains("files changed in mine/public"),
        "{}",
        built.out()
    );
    let again = folder.run(&["build", "--root", "mine"]).succeeds();
    assert!(again.out().contains("nothing changed in mine/public"), "{}", again.out());
    folder.run(&["check", "--root", "mine", "--strict"]).succeeds();
}

#[test]
fn an_error_names_the_place_writes_nothing_and_keeps_the_old_site() {
    let folder = Folder::with(&[ADA]);
    folder.run(&["build"]).succeeds();
    let before = folder.read("public/people/ada.html");
    folder.write(BROKEN.0, BROKEN.1);
    folder.write("content/people.toml", "[ada]\nname = \"Ada Berg\"\n");
    let failed = folder.run(&["build"]).fails();
    assert!(
        failed.err().contains("unknown person or group \"adda\"; did you mean \"ada\"?"),
        "{}",
        failed.err()
    );
    assert!(failed.err().contains("content/meetings.toml:3:17"), "{}", failed.err());
    assert!(failed.out().starts_with("nothing written, 1 error, "), "{}", failed.out());
    assert_eq!(folder.read("public/people/ada.html"), before);
}

#[test]
fn a_build_says_where_its_time_went() {
    let folder = Folder::with(&[ADA]);
    let plain = folder.run(&["build"]).succeeds();
    assert!(!plain.err().contains("Where the time went"), "{}", plain.err());
    folder.write(ADA.0, &format!("{}summary = \"A pilot\"\n", ADA.1));
    let built = folder.run(&["build", "--timings", "--trace", "trace.json"]).succeeds();
    for part in [
        "Where the time went",
        " parsing\n",
        " index of the search\n",
        " person.html  1 page, ",
        " people/ada.html\n",
    ] {
        assert!(built.err().contains(part), "no {part:?} in {}", built.err());
    }
    let trace: Vec<serde_json::Value> = serde_json::from_str(&folder.read("trace.json")).unwrap();
    let is_ada = |event: &&serde_json::Value| event["args"]["path"].as_str() == Some("\"people/ada.html\"");
    assert!(trace.iter().filter(is_ada).any(|event| event["name"] == "render"), "{trace:?}");
    folder.run(&["build", "--trace", "trace.json"]).succeeds();
    let settings = folder.read("site.toml");
    folder.run(&["build", "--trace", "site.toml"]).fails();
    assert_eq!(folder.read("site.toml"), settings);
    let failed = folder.run(&["build", "--trace", "nowhere/trace.json"]).fails();
    assert!(failed.err().contains("nowhere/trace.json"), "{}", failed.err());
}

/// What is in a folder beside the site and the dossier, such as a new site that was begun.
fn beside(folder: &Folder) -> Vec<String> {
    let names = fs::read_dir(folder.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name.contains(".dossier-"));
    names
}

#[test]
fn a_page_that_fails_after_others_were_written_leaves_the_old_site() {
    let folder = Folder::with(&[ADA]);
    folder.run(&["build"]).succeeds();
    let before = folder.read("public/people/ada.html");
    folder.write("content/people.toml", "[ada]\nname = \"Ada Berg\"\n");
    folder.write("templates/corrections.html", "{{ view.nothing }}");
    let failed = folder.run(&["build"]).fails();
    assert!(failed.err().contains("templates/corrections.html:1:9"), "{}", failed.err());
    assert_eq!(folder.read("public/people/ada.html"), before);
    assert_eq!(beside(&folder), Vec::<String>::new());
}

#[test]
fn a_withheld_word_on_a_page_that_was_written_is_found() {
    let folder = Folder::with(&[ADA]);
    folder.run(&["build"]).succeeds();
    folder
        .write("content/people.toml", "[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo Quist\"\nwithhold = true\n");
    folder.write("templates/corrections.html", "{# Bo Quist #}<p>Bo <b>Quist</b></p>");
    let failed = folder.run(&["build"]).fails();
    let said = "`Bo Quist` is withheld, and stands in corrections.html";
    assert!(failed.err().contains(said), "{}", failed.err());
    assert!(!folder.read("public/corrections.html").contains("Quist"));
    assert_eq!(beside(&folder), Vec::<String>::new());
    let checked = folder.run(&["check"]).fails();
    assert!(checked.err().contains(said), "{}", checked.err());
}

/// Every file of the site.
pub fn site(folder: &Folder) -> std::collections::BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder.path("public")).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn check_writes_nothing() {
    let folder = Folder::with(&[ADA]);
    folder.run(&["check"]).succeeds();
    assert!(!folder.path("public").exists());
    folder.write(BROKEN.0, BROKEN.1);
    folder.run(&["check"]).fails();
}

#[test]
fn the_sheet_for_the_editor_has_a_folder_of_its_own() {
    let folder = Folder::with(&[ADA]);
    let made = folder.run(&["factcheck"]).succeeds();
    assert!(made.out().starts_with("factcheck.html, ") && made.out().contains("changed in factcheck"));
    assert!(folder.read("factcheck/factcheck.html").contains("people/ada"));
    assert!(folder.read("factcheck/factcheck.csv").contains("people/ada"));
    assert!(!folder.path("public").exists());
    assert!(folder.run(&["factcheck", "--output", "content/sheet"]).fails().err().contains("--output"));
    folder.write(BROKEN.0, BROKEN.1);
    let before = folder.read("factcheck/factcheck.html");
    assert!(folder.run(&["factcheck"]).fails().out().starts_with("nothing written"));
    assert_eq!(folder.read("factcheck/factcheck.html"), before);
    // Neither takes the folder of the other.
    fs::remove_file(folder.path(BROKEN.0)).unwrap();
    folder.run(&["build"]).succeeds();
    assert!(folder.run(&["factcheck", "--output", "public"]).fails().err().contains("holds a site"));
    assert!(folder.run(&["build", "--output", "factcheck"]).fails().err().contains("the sheet"));
    assert!(folder.read("public/index.html").contains("<h1>"));
    assert_eq!(folder.read("factcheck/factcheck.html"), before);
}

#[test]
fn held_copies_are_compared_when_asked() {
    let source = "[log]
title = \"Log\"
type = \"document\"
copy = { file = \"log.txt\", sha256 = \"8ffa96ab1e655d3396cf9ea575609bb2062046be6d117f637f45cf41b928814c\" }
";
    let log = ("content/log.txt", "The boat left at noon.\n");
    let folder = Folder::with(&[("content/sources.toml", source), log]);
    let fine = folder.run(&["check", "--copies"]).succeeds();
    assert!(fine.out().contains(", 1 copy compared"), "{}", fine.out());
    folder.write(log.0, "The boat left at night.\n");
    assert!(!folder.run(&["check"]).succeeds().err().contains("copy-mismatch"));
    let other = folder.run(&["check", "--copies"]).fails();
    assert!(other.err().contains("error[copy-mismatch]"), "{}", other.err());
}

#[test]
fn warnings_fail_only_when_they_are_to() {
    let folder = Folder::with(&[
        ADA,
        ("content/events.toml", "[e]\ntitle = \"E\"\ndate = \"2023\"\ninvolved = [\"ada\"]\n"),
    ]);
    let warned = folder.run(&["check"]).succeeds();
    assert!(warned.err().contains("warning[uncited-record]"), "{}", warned.err());
    folder.run(&["check", "--strict"]).fails();
    folder.write("site.toml", "title = \"T\"\n[lints]\nuncited-record = \"off\"\n");
    folder.run(&["check", "--strict"]).succeeds();
    folder.write("site.toml", "title = \"T\"\n[lints]\nuncited-record = \"error\"\n");
    folder.run(&["build"]).fails();
}

#[test]
fn reports_for_machines_are_on_standard_output_alone() {
    let folder = Folder::with(&[ADA, BROKEN]);
    let json = folder.run(&["check", "--format", "json"]).fails();
    let report: serde_json::Value = serde_json::from_str(&json.out()).unwrap();
    assert_eq!(report["errors"], 1);
    let problem = &report["diagnostics"][0];
    assert_eq!(problem["code"], "unknown-reference");
    assert_eq!(
        (&problem["file"], &problem["line"], &problem["column"]),
        (&"content/meetings.toml".into(), &3.into(), &17.into())
    );
    let github = folder.run(&["check", "--format", "github"]).fails();
    assert!(
        github.out().starts_with("::error file=content/meetings.toml,line=3,endLine=3,col=17,endColumn=23,title=unknown-reference::"),
        "{}",
        github.out()
    );
}

#[test]
fn a_report_has_colours_only_for_a_terminal() {
    let folder = Folder::with(&[ADA, BROKEN]);
    assert!(!folder.run(&["check"]).err().contains('\u{1b}'));
    assert!(folder.run_with(&["check"], &[("CLICOLOR_FORCE", "1")]).err().contains('\u{1b}'));
}

#[test]
fn an_empty_dossier_is_well_and_records_can_be_added() {
    let folder = Folder::new();
    let made = folder.run(&["new", "harbour-notes", "--empty"]).succeeds();
    assert!(made.out().contains("a dossier without records"), "{}", made.out());
    assert!(folder.read("harbour-notes/site.toml").starts_with("title = \"Harbour Notes\"\n"));
    let checked = folder.run(&["check", "--strict", "--root", "harbour-notes"]).succeeds();
    assert_eq!(checked.err(), "");
    for kind in ["person", "group", "meeting", "event", "place", "source", "term"] {
        folder.run(&["new", kind, "a-key", "--root", "harbour-notes"]).succeeds();
    }
    // What a record cannot do without is to be filled in first.
    let built = folder.run(&["build", "--root", "harbour-notes"]).fails();
    assert!(built.err().contains("error[empty-value]: `name` is empty"), "{}", built.err());
    folder.run(&["new", "harbour-notes", "--empty"]).fails();
}

#[test]
fn records_are_added_to_be_filled_in() {
    let folder = Folder::with(&[]);
    for kind in ["person", "group", "meeting", "event", "place", "source"] {
        folder.run(&["new", kind, "a-key"]).succeeds();
    }
    folder.run(&["new", "article", "explainers/first"]).succeeds();
    folder.run(&["new", "person", "b-key"]).succeeds();
    assert!(folder.read("content/people.toml").contains("[a-key]\nname = \"\""));
    // What the record cannot do without is to be filled in.
    assert!(folder.run(&["check"]).fails().err().contains("`name` is empty"));
    for kind in ["person", "group", "meeting", "event", "place", "source", "term", "relation", "correction"] {
        let alone = Folder::with(&[]);
        alone.run(&["new", kind, "a-key"]).succeeds();
        let told = alone.run(&["check"]).fails();
        assert!(told.err().contains("error["), "{kind}: {}", told.err());
    }
    // A draft of a meeting may wait for when and who.
    let waiting = Folder::with(&[("content/meetings.toml", "[talks]\ndraft = true\n")]);
    waiting.run(&["check", "--strict"]).succeeds();
    let accepted = Folder::with(&[("content/meetings.toml", "[talks]\n")]);
    let told = accepted.run(&["check"]).fails();
    assert!(told.err().contains("`date`") && told.err().contains("`participants`"), "{}", told.err());
    for name in ["timeline", "explainers", "search", "timeline/2023"] {
        let taken = folder.run(&["new", "article", name]).fails();
        assert!(taken.err().contains("a page that the site makes itself"), "{}", taken.err());
    }
    folder.run(&["new", "article", "about"]).succeeds();
    let twice = folder.run(&["new", "person", "a-key"]).fails();
    assert!(twice.err().contains("is there already"), "{}", twice.err());
    let moved =
        Folder::with(&[("content/people.toml", "[ada]\nname = \"Ada\"\nmoved_from = [\"old-ada\"]\n")]);
    let former = moved.run(&["new", "person", "old-ada"]).fails();
    assert!(former.err().contains("`old-ada` is a former key"), "{}", former.err());
    let unknown = folder.run(&["new", "persn", "c-key"]).fails();
    assert!(unknown.err().contains("did you mean `dossier new person c-key`?"), "{}", unknown.err());
    let key = folder.run(&["new", "person", "Bad Key"]).fails();
    assert!(key.err().contains("cannot be a key"), "{}", key.err());
}

#[test]
fn a_template_is_copied_to_be_changed() {
    let folder = Folder::with(&[ADA]);
    folder.run(&["new", "template", "person.html"]).succeeds();
    folder.run(&["build"]).succeeds();
    let near = folder.run(&["new", "template", "persn.html"]).fails();
    assert!(near.err().contains("did you mean `person.html`?"), "{}", near.err());
}

#[test]
fn what_was_there_is_not_overwritten() {
    let folder = Folder::with(&[ADA]);
    let within = folder.run(&["new", "content"]).fails();
    assert!(within.err().contains("this folder is a dossier already"), "{}", within.err());
    let alone = Folder::new();
    alone.write("taken/mine.txt", "mine");
    let taken = alone.run(&["new", "taken"]).fails();
    assert!(taken.err().contains("is not empty"), "{}", taken.err());
    folder.write("site/mine.txt", "mine");
    let foreign = folder.run(&["build", "--output", "site"]).fails();
    assert!(
        foreign.err().contains("error[output-folder]") && foreign.err().contains("help: "),
        "{}",
        foreign.err()
    );
    assert!(foreign.out().starts_with("nothing written, 1 error, "), "{}", foreign.out());
    assert_eq!(folder.read("site/mine.txt"), "mine");
    assert_eq!(fs::read_dir(folder.path("site")).unwrap().count(), 1);
}

#[test]
fn a_new_dossier_without_a_name_is_refused() {
    let folder = Folder::with(&[ADA]);
    let before = (folder.read("site.toml"), folder.read("content/people.toml"));
    folder.run(&["new", ""]).fails();
    assert_eq!((folder.read("site.toml"), folder.read("content/people.toml")), before);
}

#[test]
fn a_site_does_not_go_where_its_dossier_is() {
    let folder = Folder::with(&[ADA]);
    for output in ["static", "templates/site", "content", ".", ".."] {
        let refused = folder.run(&["build", "--output", output]).fails();
        assert!(refused.err().contains("error[output-folder]"), "{output}: {}", refused.err());
    }
    assert!(!folder.path("static").exists());
}

#[test]
fn static_files_are_copied_as_they_are() {
    let folder = Folder::with(&[ADA, ("static/.nojekyll", ""), ("static/.well-known/security.txt", "x")]);
    folder.run(&["build"]).succeeds();
    assert!(
        folder.path("public/.nojekyll").exists() && folder.path("public/.well-known/security.txt").exists()
    );
}

#[test]
fn paths_in_a_report_lead_there_from_where_it_is_read() {
    let folder = Folder::new();
    folder.run(&["new", "docs/mine"]).succeeds();
    folder.write("docs/mine/content/broken.md", "# Broken\n\n[[nobody-at-all]]\n");
    let github = folder.run(&["check", "--root", "docs/mine", "--format", "github"]).fails();
    assert!(github.out().contains("file=docs/mine/content/broken.md,line=3"), "{}", github.out());
    let text = folder.run(&["check", "--root", "docs/mine"]).fails();
    assert!(text.err().contains("--> docs/mine/content/broken.md:3:3"), "{}", text.err());
}

#[test]
fn a_place_far_along_a_line_has_its_column() {
    let line = format!("# A\n\n{}[[nobody-at-all]]\n", "word ".repeat(200));
    let folder = Folder::with(&[("content/a.md", &line)]);
    let text = folder.run(&["check"]).fails();
    assert!(text.err().contains("--> content/a.md:3:1003"), "{}", text.err());
}

#[test]
fn a_folder_without_a_dossier_says_how_to_start_one() {
    let folder = Folder::new();
    let empty = folder.run(&["build"]).fails();
    assert!(
        empty.err().contains("there is no site.toml") && empty.err().contains("dossier new DIR"),
        "{}",
        empty.err()
    );
    assert!(!folder.path("public").exists());
    let missing = folder.run(&["build", "--root", "nowhere"]).fails();
    assert!(missing.err().contains("there is no site.toml"), "{}", missing.err());
    let json = folder.run(&["build", "--root", "nowhere", "--format", "json"]).fails();
    assert!(json.out().contains("\"errors\": 1"), "{}", json.out());
}

#[test]
fn a_code_is_explained() {
    let folder = Folder::new();
    let explained = folder.run(&["explain", "figure-mismatch"]).succeeds();
    assert!(explained.out().contains("do not bear out"), "{}", explained.out());
    assert!(folder.run(&["explain"]).succeeds().out().lines().count() > 40);
    assert_eq!(folder.run(&["explain", "figure-missmatch"]).code(), 2);
    assert!(folder.run(&["explain", "figure-missmatch"]).err().contains("did you mean `figure-mismatch`?"));
}

#[test]
fn neither_folder_nor_time_zone_nor_locale_changes_a_byte() {
    let one = Folder::new();
    one.run(&["new", "here"]).succeeds();
    one.run_with(&["build", "--root", "here"], &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C")]).succeeds();
    let two = Folder::new();
    two.run(&["new", "some/where/else"]).succeeds();
    two.run_with(
        &["build", "--root", "some/where/else", "--output", "out"],
        &[("TZ", "America/Los_Angeles"), ("LC_ALL", "ar_EG.UTF-8"), ("RAYON_NUM_THREADS", "1")],
    )
    .succeeds();
    assert_eq!(tree(&one.path("here/public")), tree(&two.path("out")));
}

#[test]
fn a_change_is_built_while_watching() {
    use std::io::{BufRead, BufReader};
    let folder = Folder::with(&[ADA]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["build", "--watch"])
        .current_dir(folder.dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains(" pages, "));
    folder.write("content/people.toml", "[ada]\nname = \"Ada Berg\"\n");
    // The wait ends with the line; the test's own time limit is that of the whole run.
    assert!(lines.next().unwrap().unwrap().contains(" pages, "));
    let page = folder.read("public/people/ada.html");
    // A folder that is made later is watched too, and a build is not the cause of the next.
    folder.write("templates/strings/en.toml", "nav.people = \"Persons\"\n");
    assert!(lines.next().unwrap().unwrap().contains(" pages, "));
    std::thread::sleep(std::time::Duration::from_millis(700));
    folder.write("templates/strings/en.toml", "nav.people = \"Folk\"\n");
    assert!(lines.next().unwrap().unwrap().contains(" pages, "));
    std::thread::sleep(std::time::Duration::from_millis(700));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(page.contains("Ada Berg"));
    let more: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(more.len() < 4, "built again and again: {more:?}");
    assert!(folder.read("public/people/ada.html").contains("Folk"));
}

/// Every file below a folder, by path.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            files.push((
                entry.path().strip_prefix(folder).unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            ));
        }
    }
    assert!(files.len() > 30);
    files
}

#[test]
fn a_format_is_written_by_itself_and_explained() {
    let folder = Folder::with(&[ADA]);
    folder.write(
        "content/meetings.toml",
        "[m]\ndate = \"2023-06~\"\nparticipants = [\"ada\"]\ncite = \"'an aide'\"\n",
    );
    let listed = folder.run(&["export"]).succeeds();
    assert!(listed.out().contains("\ncsv "), "{}", listed.out());
    let made = folder.run(&["export", "csv"]).succeeds();
    assert!(
        made.out().starts_with("csv, ") && made.out().contains("changed in export/csv"),
        "{}",
        made.out()
    );
    assert!(folder.read("export/csv/people.csv").contains("ada,Ada"));
    let said = folder.run(&["export", "icalendar", "--explain"]).succeeds();
    assert!(said.out().contains("- meetings/m, date `2023-06~`: said in words"), "{}", said.out());
    assert!(!folder.path("export/icalendar").exists());
    let unknown = folder.run(&["export", "csw"]);
    assert_eq!(unknown.code(), 2);
    assert!(unknown.err().contains("did you mean `csv`?"), "{}", unknown.err());
    folder.run(&["build"]).succeeds();
    assert!(folder.run(&["export", "csv", "--output", "public"]).fails().err().contains("holds a site"));
    folder.write("content/meetings.toml", BROKEN.1);
    let before = folder.read("export/csv/meetings.csv");
    assert!(folder.run(&["export", "csv"]).fails().out().starts_with("nothing written"));
    assert_eq!(folder.read("export/csv/meetings.csv"), before);
}
