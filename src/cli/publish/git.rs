//! A branch of a git repository. The program `git` does all the work, with the settings of the dossier's own repository;
//! what is made for the branch is kept apart from it, in `.dossier/publish/git`.

mod searched;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use dossier::copies::hex;
use dossier::disk::file;
use dossier::disk::manifest::Manifest;
use dossier::model::publish::History;
use dossier::output::MANIFEST_NAME;
use dossier::publish::plan::{Plan, State, There};
use rayon::prelude::*;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::job::{Job, Outcome, Problem, foreign, in_the_way, not_the_same, unreadable_list};
use super::listed;
use super::tool::{Input, persist, run, without_passwords};
use searched::Searched;

/// A branch elsewhere, and where its objects are kept here.
struct Branch<'a> {
    root: &'a Path,
    /// The address of the repository. Its name would let git note in the dossier's own repository what is published, and
    /// point there to objects that it does not have.
    url: String,
    branch: &'a str,
    /// The repository whose settings count: that of the dossier, if it has one.
    settings: PathBuf,
    /// A repository of ours for objects that are no business of the dossier's own.
    store: PathBuf,
}

/// A file of a tree: its mode, and the name of its object.
type Tree = BTreeMap<String, (String, String)>;

/// Makes a branch hold a site, in one step, and returns what was done.
pub fn publish(job: &Job, remote: &str, branch: &str) -> Result<Outcome, Problem> {
    let branch = Branch::open(job.root, remote, branch)?;
    let shown = job.target.to.to_string();
    let head = branch.head()?;
    if let Some(head) = &head {
        branch.fetch(head)?;
    }
    let tree = head.as_deref().map(|head| branch.tree(head)).transpose()?.unwrap_or_default();
    let list = branch.list(&tree, &shown)?;
    if list.is_none() && !tree.is_empty() && !job.adopt {
        return Err(foreign(&shown));
    }
    let names = names(job, branch.hashes_long(head.as_deref()));
    let mut state = state(&tree, list.as_ref(), &names);
    if job.adopt {
        state.adopt(&job.list);
    }
    let plan = Plan::new(&job.list, &state);
    if !plan.in_the_way.is_empty() {
        return Err(in_the_way(&plan.in_the_way));
    }
    let outcome = job.outcome(&plan);
    let parent = match &head {
        Some(head) if job.target.history == History::Keep || branch.is_of_others(head)? => {
            Some(head.as_str())
        }
        _ => None,
    };
    let mut searched = Searched::new(job)?;
    let carried = tree.iter().filter(|(path, _)| *path != MANIFEST_NAME && !names.contains_key(*path));
    let carried = carried.filter(|(path, _)| !plan.removed.contains(&path.as_str()));
    searched.carried(&branch, carried)?;
    if let Some(parent) = parent {
        searched.history(&branch, parent, &names)?;
    }
    let who = branch.identity();
    searched.identity(&who)?;
    searched.tell();
    if job.dry_run {
        return Ok(outcome);
    }
    if !plan.is_done() || list.as_ref() != Some(&job.list) {
        let commit = branch.commit(job, &plan, head.as_deref(), parent, &who)?;
        branch.push(&commit, head.as_deref())?;
    }
    if job.verify {
        branch.verify(job, &names)?;
    }
    Ok(outcome)
}

/// Clears away what calls of git left in a repository of ours that were ended while they wrote. One publish at a time uses
/// it.
fn clear(store: &Path) {
    for (folder, begins) in [(store.to_owned(), "fast_import_crash_"), (store.join("objects/pack"), "tmp_")] {
        let left = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in left.filter(|entry| entry.file_name().to_string_lossy().starts_with(begins)) {
            // What cannot be removed takes room, and that is all.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a repository of ours is there, with nothing in it that would keep git waiting, lead it elsewhere or have it run
/// programs: it makes no links and no pipes, and has no settings and no hooks but those that git begins with. A folder that
/// somebody sends may bring others.
fn is_sound(store: &Path) -> bool {
    /// What git begins with is shorter by far.
    const LONGEST: u64 = 4096;
    let is_plain = |entry: walkdir::DirEntry| entry.file_type().is_file() || entry.file_type().is_dir();
    let is_sample = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".sample"))
    };
    store.join("HEAD").is_file()
        && WalkDir::new(store).into_iter().all(|entry| entry.is_ok_and(is_plain))
        && file::read(&store.join("config"), LONGEST)
            .is_ok_and(|config| String::from_utf8_lossy(&config).lines().all(is_of_git))
        && fs::read_dir(store.join("hooks")).into_iter().flatten().all(is_sample)
        && !ELSEWHERE.iter().any(|name| store.join(name).exists())
}

/// What leads git elsewhere, or lets it see less than there is: nothing of it is made in a repository of ours.
const ELSEWHERE: [&str; 9] = [
    "commondir",
    "config.worktree",
    "worktrees",
    "shallow",
    "info/grafts",
    "objects/info/alternates",
    "objects/info/http-alternates",
    "objects/info/commit-graph",
    "objects/info/commit-graphs",
];

/// Whether a line of settings is one that `git init` writes.
fn is_of_git(line: &str) -> bool {
    const KEYS: [&str; 9] = [
        "repositoryformatversion",
        "filemode",
        "bare",
        "ignorecase",
        "precomposeunicode",
        "symlinks",
        "logallrefupdates",
        "objectformat",
        "refstorage",
    ];
    let is_value = |key: &str, value: &str| match key {
        "repositoryformatversion" => ["0", "1"].contains(&value),
        _ => value.chars().all(|c| c.is_ascii_alphanumeric()),
    };
    match line.trim() {
        "" | "[core]" | "[extensions]" => true,
        line => line.split_once(" = ").is_some_and(|(key, value)| {
            let key = key.to_ascii_lowercase();
            KEYS.contains(&key.as_str()) && is_value(&key, value)
        }),
    }
}

impl<'a> Branch<'a> {
    fn open(root: &'a Path, remote: &'a str, branch: &'a str) -> Result<Branch<'a>, Problem> {
        let own = run(
            Command::new("git").arg("-C").arg(root).args(["rev-parse", "--absolute-git-dir"]),
            Input::None,
        );
        let own = own.ok().map(|text| PathBuf::from(String::from_utf8_lossy(&text).trim()));
        let root_from_top = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let store = listed::git(&root_from_top);
        if !is_sound(&store) {
            listed::empty(&store)?;
            run(
                Command::new("git").args(["init", "--bare", "--quiet", "--template="]).arg(&store),
                Input::None,
            )?;
        }
        clear(&store);
        let settings = own.unwrap_or_else(|| store.clone());
        let mut opened = Branch { root, url: remote.to_owned(), branch, settings, store };
        let is_name = !remote.contains(['/', ':', '\\', '.']);
        if is_name {
            let names = run(opened.git(&opened.settings).arg("remote"), Input::None)?;
            let names = String::from_utf8_lossy(&names).into_owned();
            let names: Vec<&str> = names.lines().collect();
            if !names.contains(&remote) {
                let known = match names.is_empty() {
                    true => "it has none".to_owned(),
                    false => format!("there are {}", names.join(", ")),
                };
                return Err(Problem::new(
                    format!("the repository of the dossier has no remote `{remote}`"),
                    format!(
                        "{known}; the address of a repository does as well, such as `git:https://…#BRANCH`"
                    ),
                ));
            }
            let url =
                run(opened.git(&opened.settings).args(["remote", "get-url", "--push", remote]), Input::None)?;
            opened.url = String::from_utf8_lossy(&url).trim().to_owned();
        }
        Ok(opened)
    }

    /// A call of git with the settings of one repository, and with the objects of both.
    fn git(&self, repository: &Path) -> Command {
        let mut command = Command::new("git");
        command.current_dir(self.root).arg("--git-dir").arg(repository);
        command.env("GIT_NO_REPLACE_OBJECTS", "1");
        command.env("GIT_OBJECT_DIRECTORY", self.store.join("objects"));
        command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", OsString::from(self.settings.join("objects")));
        command
    }

    fn text(&self, arguments: &[&str]) -> Result<String, Problem> {
        let text = run(self.git(&self.store).args(arguments), Input::None)?;
        Ok(String::from_utf8_lossy(&text).trim().to_owned())
    }

    fn name(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// The commit that the branch is at; nothing if there is no such branch.
    fn head(&self) -> Result<Option<String>, Problem> {
        let ask = || {
            let mut command = self.git(&self.settings);
            command.args(["ls-remote", "--", &self.url]).arg(self.name());
            command
        };
        let text = persist(ask, Input::None)?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let line = text.lines().find(|line| line.ends_with(&format!("\t{}", self.name())));
        Ok(line.and_then(|line| line.split('\t').next()).map(str::to_owned))
    }

    fn fetch(&self, head: &str) -> Result<(), Problem> {
        let object = format!("{head}^{{tree}}");
        if run(self.git(&self.store).args(["rev-list", "--objects", "--quiet", "-1", head]), Input::None)
            .is_ok()
            && run(self.git(&self.store).args(["cat-file", "-e", &object]), Input::None).is_ok()
        {
            return Ok(());
        }
        let fetch = || {
            let mut command = self.git(&self.settings);
            command.args(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "--"]);
            command.arg(&self.url).arg(self.name());
            command
        };
        persist(fetch, Input::None).map(drop)
    }

    fn tree(&self, commit: &str) -> Result<Tree, Problem> {
        let text =
            run(self.git(&self.store).args(["ls-tree", "-r", "-z", "--full-tree", commit]), Input::None)?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let entry = |line: &str| {
            let (about, path) = line.split_once('\t')?;
            let mut parts = about.split(' ');
            let (mode, _, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some((path.to_owned(), (mode.to_owned(), name.to_owned())))
        };
        Ok(text.split('\0').filter_map(entry).collect())
    }

    fn list(&self, tree: &Tree, shown: &str) -> Result<Option<Manifest>, Problem> {
        let Some((_, name)) = tree.get(MANIFEST_NAME) else { return Ok(None) };
        let text = run(self.git(&self.store).args(["cat-file", "blob", name]), Input::None)?;
        Manifest::parse(&text).map(Some).map_err(|why| unreadable_list(shown, why))
    }

    /// Whether objects are named by SHA-256.
    fn hashes_long(&self, head: Option<&str>) -> bool {
        head.is_some_and(|head| head.len() > 40)
    }

    /// Makes a commit of the site and of what others have on the branch, and returns its name.
    fn commit(
        &self,
        job: &Job,
        plan: &Plan,
        head: Option<&str>,
        parent: Option<&str>,
        who: &str,
    ) -> Result<String, Problem> {
        let mut stream: Vec<u8> = Vec::new();
        let message = message(job);
        let mut text = format!(
            "feature done\ncommit refs/heads/site\ncommitter {who}\ndata {}\n{message}\n",
            message.len()
        );
        if let Some(head) = head {
            if let Some(parent) = parent {
                let _ = writeln!(text, "from {parent}");
            }
            let tree = self.text(&["rev-parse", &format!("{head}^{{tree}}")])?;
            let _ = writeln!(text, "M 040000 {tree} \"\"");
        }
        for path in &plan.removed {
            let _ = writeln!(text, "D {}", quoted(path));
        }
        stream.extend(text.as_bytes());
        let list = job.list.to_string().into_bytes();
        let files = plan.added.iter().chain(&plan.changed).map(|path| (*path, job.bytes(path)));
        for (path, bytes) in files.chain([(MANIFEST_NAME, list.into())]) {
            stream.extend(format!("M 100644 inline {}\ndata {}\n", quoted(path), bytes.len()).as_bytes());
            stream.extend(bytes.as_ref());
            stream.push(b'\n');
        }
        stream.extend(b"done\n");
        let mut import = self.git(&self.store);
        import.args(["fast-import", "--quiet", "--force", "--date-format=raw"]);
        // A commit without a parent must not follow that of an earlier run.
        let _ = run(self.git(&self.store).args(["update-ref", "-d", "refs/heads/site"]), Input::None);
        run(&mut import, Input::Whole(&stream))?;
        self.text(&["rev-parse", "refs/heads/site"])
    }

    /// Whether the branch began with a state that dossier did not make: what others did there is never taken away.
    fn is_of_others(&self, head: &str) -> Result<bool, Problem> {
        let roots = self.text(&["rev-list", "--max-parents=0", head])?;
        let is_ours = |root: &str| {
            let list = format!("{root}:{MANIFEST_NAME}");
            run(self.git(&self.store).args(["cat-file", "-e", &list]), Input::None).is_ok()
        };
        Ok(!roots.lines().all(is_ours))
    }

    /// Who commits, as git knows, with the time.
    fn identity(&self) -> String {
        let known = run(self.git(&self.settings).args(["var", "GIT_COMMITTER_IDENT"]), Input::None);
        let known = known.ok().map(|text| String::from_utf8_lossy(&text).trim().to_owned());
        known.filter(|who| !who.is_empty()).unwrap_or_else(|| {
            // On machines that only publish nobody is named.
            let now = time::OffsetDateTime::now_utc().unix_timestamp();
            format!("dossier <dossier@localhost> {now} +0000")
        })
    }

    /// Puts the branch to a commit, if it is still where it was.
    fn push(&self, commit: &str, head: Option<&str>) -> Result<(), Problem> {
        let name = self.name();
        let push = || {
            let mut command = self.git(&self.settings);
            command.args(["push", "--quiet", "--no-verify", "--no-follow-tags"]);
            command.arg(format!("--force-with-lease={name}:{}", head.unwrap_or_default()));
            command.args(["--", &self.url]).arg(format!("{commit}:{name}"));
            command
        };
        persist(push, Input::None).map(drop).map_err(|problem| match problem.message.contains("stale info") {
            true => Problem::new(
                format!("somebody else changed the branch {} meanwhile", self.branch),
                "publish again; nothing of theirs is lost",
            ),
            false => problem,
        })
    }

    /// Fetches the branch anew and holds each of its files against the site.
    fn verify(&self, job: &Job, names: &BTreeMap<String, String>) -> Result<(), Problem> {
        let fresh = listed::staging(job.root)?;
        let bare = fresh.path().join("git");
        run(Command::new("git").args(["init", "--bare", "--quiet"]).arg(&bare), Input::None)?;
        let fetch = || {
            let mut command = Command::new("git");
            command.current_dir(self.root);
            // Settings of the dossier's repository that let git in.
            if self.settings != self.store {
                command.arg("-c").arg(format!("include.path={}", self.settings.join("config").display()));
            }
            command.arg("-c").arg("core.bare=true").arg("--git-dir").arg(&bare);
            command
                .args(["fetch", "--quiet", "--depth=1", "--no-tags", "--"])
                .arg(&self.url)
                .arg(self.name());
            command
        };
        persist(fetch, Input::None)?;
        let text = run(
            Command::new("git").arg("--git-dir").arg(&bare).args(["ls-tree", "-r", "-z", "FETCH_HEAD"]),
            Input::None,
        )?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let found: BTreeMap<&str, &str> = text
            .split('\0')
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(about, path)| Some((path, about.rsplit(' ').next()?)))
            .collect();
        let differs = |(path, name): &(&String, &String)| found.get(path.as_str()) != Some(&name.as_str());
        let wrong: Vec<String> = names.iter().filter(differs).map(|(path, _)| path.clone()).collect();
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(not_the_same(&without_passwords(&job.target.to.to_string()), &wrong)),
        }
    }
}

/// The name of the object that git keeps each file of the site as.
fn names(job: &Job, long: bool) -> BTreeMap<String, String> {
    let files: Vec<_> = job.site.iter().collect();
    let name = |bytes: &[u8]| {
        let head = format!("blob {}\0", bytes.len());
        match long {
            true => hex(&Sha256::new().chain_update(head).chain_update(bytes).finalize()),
            false => hex(&Sha1::new().chain_update(head).chain_update(bytes).finalize()),
        }
    };
    files.into_par_iter().map(|(path, bytes)| (path.to_owned(), name(bytes))).collect()
}

fn state(tree: &Tree, list: Option<&Manifest>, names: &BTreeMap<String, String>) -> State {
    let files = tree.iter().filter(|(path, _)| *path != MANIFEST_NAME);
    let there = |path: &str, mode: &str, name: &str| match names.get(path) {
        Some(wanted) if wanted == name && mode == "100644" => There::Same,
        _ => There::Other,
    };
    State {
        files: files.map(|(path, (mode, name))| (path.clone(), there(path, mode, name))).collect(),
        ours: list.iter().flat_map(|list| list.iter()).map(|(path, _)| path.to_owned()).collect(),
    }
}

/// What the commit says; `{commit}` in what the author wrote stands for that of the dossier.
pub fn message(job: &Job) -> String {
    let commit = job.commit.map_or("", |commit| commit.get(..12).unwrap_or(commit));
    match (&job.target.message, commit) {
        (Some(message), commit) => message.replace("{commit}", commit),
        (None, "") => format!("Publish {}", job.title),
        (None, commit) => format!("Publish {} ({commit})", job.title),
    }
}

/// A path as `git fast-import` reads it.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}
