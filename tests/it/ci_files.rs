//! The workflows that `dossier new --ci` writes: the forges would read them, they name only what this program has,
//! and nothing of an author's is overwritten. And what a new dossier has for git.

use std::process::Command;

use crate::cli::Folder;
use crate::exports::reader;

/// Each forge with its file, and the schema that the file has to fit. That of Forgejo is GitHub's.
const FORGES: [(&str, &str, &str); 3] = [
    ("github", ".github/workflows/publish.yml", "vendor.github-workflows"),
    ("gitlab", ".gitlab-ci.yml", "vendor.gitlab-ci"),
    ("forgejo", ".forgejo/workflows/publish.yml", "vendor.github-workflows"),
];

/// A dossier with the workflow of a forge, and the text of that.
fn with_workflow(forge: &str, path: &str) -> (Folder, String) {
    let folder = Folder::with(&[]);
    let ran = folder.run(&["new", "--ci", forge]).succeeds();
    assert!(ran.out().contains(path) && ran.out().contains("DOSSIER_SOURCE"), "{}", ran.out());
    let text = folder.read(path);
    (folder, text)
}

#[test]
fn each_workflow_fits_its_schema() {
    for (forge, path, schema) in FORGES {
        let (folder, text) = with_workflow(forge, path);
        let is_valid = |path: &str| {
            let mut check = Command::new(reader("check-jsonschema"));
            let said = check.args(["--builtin-schema", schema]).arg(folder.path(path)).output().unwrap();
            (said.status.success(), String::from_utf8_lossy(&said.stdout).into_owned())
        };
        let (is_right, said) = is_valid(path);
        assert!(is_right, "{forge}: {said}");
        // The schema sees what is wrong.
        folder.write("wrong.yml", &text.replacen("runs-on:", "run-on:", 1).replacen("script:", "skript:", 9));
        assert!(!is_valid("wrong.yml").0, "{forge}: nothing would be found");
    }
}

#[test]
fn a_second_workflow_changes_nothing_and_says_so() {
    for (forge, path, _) in FORGES {
        let (folder, _) = with_workflow(forge, path);
        folder.write(path, "# mine\n");
        let again = folder.run(&["new", "--ci", forge]).fails();
        assert!(again.err().contains("is there already") && again.err().contains(path), "{}", again.err());
        assert_eq!(folder.read(path), "# mine\n");
    }
}

/// The lines of a workflow that call `dossier`, as words.
fn calls(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().map(|line| line.trim().trim_start_matches("- ").trim_start_matches("run: "));
    let calls = lines.filter(|line| line.starts_with("dossier "));
    calls
        .map(|line| line.split(' ').skip(1).map(|word| word.trim_matches('"').to_owned()).collect())
        .collect()
}

#[test]
fn workflows_call_what_this_program_has() {
    let help = Folder::new().run(&["--help"]).succeeds().out();
    let has = |command: &str| help.lines().any(|line| line.trim_start().starts_with(&format!("{command} ")));
    for (forge, path, _) in FORGES {
        let (folder, text) = with_workflow(forge, path);
        let calls = calls(&text);
        let commands: Vec<&str> = calls.iter().map(|call| call[0].as_str()).collect();
        assert!(commands.contains(&"check") && commands.contains(&"publish"), "{forge}: {calls:?}");
        for call in &calls {
            if call[0] == "publish" && !has("publish") {
                assert!(call.len() == 2 && !call[1].starts_with('-'), "{forge}: {call:?}");
                continue;
            }
            assert!(has(&call[0]), "{forge}: {call:?}");
            // All that stands before `--help` is read before help is given.
            let mut words: Vec<&str> = call.iter().map(String::as_str).collect();
            words.push("--help");
            let ran = folder.run(&words);
            assert_eq!(ran.code(), 0, "{forge}: {call:?}: {}", ran.err());
        }
    }
    let wrong = Folder::new().run(&["check", "--strikt", "--help"]);
    assert_ne!(wrong.code(), 0, "nothing would be found: {}", wrong.out());
}

/// The first script of a workflow.
fn first_script(text: &str) -> String {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.ends_with("run: |") && !line.ends_with("- |"))
        .skip(1)
        .peekable();
    let depth = lines.peek().map_or(0, |line| line.len() - line.trim_start().len());
    let own = lines.take_while(|line| line.len() - line.trim_start().len() >= depth);
    own.map(|line| format!("{}\n", &line[depth..])).collect()
}

#[test]
fn without_an_address_the_first_step_says_where_to_set_it() {
    let source = Folder::with(&[]);
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=A", "-c", "user.email=a@b.example"];
        let mut git = Command::new("git");
        let said = git.args(who).args(arguments).current_dir(source.path("")).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap().trim().to_owned()
    };
    git(&["init", "--quiet"]);
    git(&["commit", "--quiet", "--allow-empty", "--message", "first"]);
    let commit = git(&["rev-parse", "HEAD"]);
    let address = source.path("").display().to_string();
    for (forge, path, _) in FORGES {
        let (folder, text) = with_workflow(forge, path);
        let script = format!("{}echo \"$rev\" >&2\n", first_script(&text));
        let run = |source: &str, rev: &str| {
            let mut shell = Command::new("bash");
            shell.args(["-e", "-c", &script]).current_dir(folder.path(""));
            let output = folder.path("output");
            let shell =
                shell.env("DOSSIER_SOURCE", source).env("DOSSIER_REV", rev).env("GITHUB_OUTPUT", output);
            let said = shell.output().unwrap();
            let text = [said.stdout, said.stderr].concat();
            (said.status.success(), String::from_utf8(text).unwrap())
        };
        let (is_done, said) = run("", "");
        assert!(
            !is_done && said.contains("Set the variable DOSSIER_SOURCE") && said.contains("Settings →"),
            "{said}"
        );
        let (is_done, said) = run("/nowhere/at/all", "");
        assert!(!is_done && said.contains("There is no git repository that can be read at"), "{said}");
        let (is_done, said) = run(&address, "");
        assert!(is_done && said.contains(&commit), "{forge}: {said}");
        let (is_done, said) = run(&address, "0123abcd");
        assert!(is_done && said.contains("0123abcd"), "{forge}: {said}");
        if forge != "gitlab" {
            assert_eq!(folder.read("output"), format!("rev={commit}\nrev=0123abcd\n"));
        }
    }
}

/// Whoever may send a change must get no more from a run than it needs.
#[test]
fn workflows_ask_for_little() {
    for (forge, path, _) in FORGES {
        let (_, text) = with_workflow(forge, path);
        assert!(!text.contains("secrets."), "{forge}");
        assert!(!text.contains("cancel-in-progress: true"), "{forge}");
        assert!(
            text.contains("cargo install --locked --git") || text.contains("install --locked --git"),
            "{forge}"
        );
        // What others may set is never a part of a script, only of its environment.
        let mut is_script = false;
        for line in text.lines() {
            let depth = line.len() - line.trim_start().len();
            is_script =
                line.trim_start().starts_with("run:") || is_script && (depth >= 10 || line.is_empty());
            assert!(!(is_script && line.contains("${{")), "{forge}: {line}");
        }
        for line in text.lines().filter(|line| line.trim_start().starts_with("uses:")) {
            let version = line.rsplit_once("@v").map(|(_, version)| version);
            assert!(version.is_some_and(|version| version.parse::<u32>().is_ok()), "{forge}: {line}");
        }
    }
}

#[test]
fn a_workflow_is_only_for_a_dossier() {
    let folder = Folder::new();
    let ran = folder.run(&["new", "--ci", "github"]).fails();
    assert!(ran.err().contains("there is no site.toml"), "{}", ran.err());
    assert!(!folder.path(".github").exists());
    // With neither a name nor a forge, and with what belongs to no workflow.
    assert_eq!(folder.run(&["new"]).code(), 2);
    assert_eq!(folder.run(&["new", "--ci", "sourcehut"]).code(), 2);
    assert_eq!(folder.run(&["new", "person", "ada", "--ci", "github"]).code(), 2);
}

#[test]
fn a_new_dossier_may_have_a_workflow_from_the_start() {
    let folder = Folder::new();
    let made = folder.run(&["new", "mine", "--ci", "gitlab"]).succeeds();
    assert!(
        made.out().contains("dossier build") && made.out().contains("mine/.gitlab-ci.yml"),
        "{}",
        made.out()
    );
    assert!(folder.path("mine/.gitlab-ci.yml").exists());
    folder.run(&["check", "--root", "mine", "--strict"]).succeeds();
    let elsewhere = folder.run(&["new", "--ci", "forgejo", "--root", "mine"]).succeeds();
    assert!(elsewhere.out().contains("mine/.forgejo/workflows/publish.yml"), "{}", elsewhere.out());
}

#[test]
fn a_dossier_within_a_repository_is_told_where_the_file_belongs() {
    let folder = Folder::with(&[("docs/mine/site.toml", "title = \"Mine\"\n")]);
    let alone = folder.run(&["new", "--ci", "gitlab", "--root", "docs/mine"]).succeeds();
    assert!(!alone.out().contains("move it there"), "{}", alone.out());
    folder.write(".git/HEAD", "");
    let within = folder.run(&["new", "--ci", "github", "--root", "docs/mine"]).succeeds();
    assert!(within.out().contains("move it there"), "{}", within.out());
    let top = folder.run(&["new", "--ci", "github"]).succeeds();
    assert!(!top.out().contains("move it there"), "{}", top.out());
}

/// What the program makes in a dossier is left out by git, and the dossier itself is not.
#[test]
fn a_new_dossier_keeps_what_is_made_out_of_git() {
    let folder = Folder::new();
    folder.run(&["new", "mine"]).succeeds();
    folder.run(&["build", "--root", "mine"]).succeeds();
    folder.run(&["build", "--root", "mine", "--as-of", "2024-02-01"]).succeeds();
    folder.run(&["export", "csv", "--root", "mine"]).succeeds();
    folder.run(&["factcheck", "--root", "mine"]).succeeds();
    folder.write("mine/.dossier/links.json", "{}");
    let mine = folder.path("mine");
    let git = |arguments: &[&str]| {
        let said = Command::new("git").args(arguments).current_dir(&mine).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    let files = git(&["ls-files", "--others", "--exclude-standard"]);
    let mut at_top: Vec<&str> = files.lines().map(|path| path.split('/').next().unwrap()).collect();
    at_top.dedup();
    assert_eq!(at_top, [".gitignore", ".schemas", ".taplo.toml", "README.md", "content", "site.toml"]);
}
