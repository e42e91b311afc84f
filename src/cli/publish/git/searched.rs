//! What readers of a branch would be given beside the site: files of others, earlier states, who commits. It is searched
//! for what is withheld.

use std::collections::{BTreeMap, BTreeSet};

use dossier::withheld::{self, Found, Search};

use super::super::super::terminal::say;
use super::super::job::{Job, Problem};
use super::super::tool::{Input, run};
use super::Branch;

/// How many objects are asked for at once.
const AT_ONCE: usize = 500;

pub(super) struct Searched<'w> {
    /// Nothing where nobody is withheld.
    search: Option<Search<'w>>,
    /// The files that cannot be searched, or not to their end.
    unsearched: Vec<(String, Found)>,
}

impl<'w> Searched<'w> {
    pub fn new(job: &Job<'w>) -> Result<Searched<'w>, Problem> {
        let cannot =
            |error| Problem::new(format!("the branch cannot be searched for what is withheld: {error}"), "");
        Ok(Searched { search: Search::new(job.withheld).map_err(cannot)?, unsearched: Vec::new() })
    }

    /// Refuses to carry on files of others that name somebody who is withheld: the new commit holds them as well.
    pub fn carried<'t>(
        &mut self,
        branch: &Branch,
        files: impl Iterator<Item = (&'t String, &'t (String, String))>,
    ) -> Result<(), Problem> {
        let Some(search) = &self.search else { return Ok(()) };
        // What is no file, but a commit of another repository, has a name and nothing else.
        let (links, files): (Vec<_>, Vec<_>) = files.partition(|(_, (mode, _))| mode == "160000");
        for (path, _) in links {
            refuse_carried(search, branch, path, &search.found_in(path, b""))?;
        }
        for files in files.chunks(AT_ONCE) {
            let names: Vec<&str> = files.iter().map(|(_, (_, name))| name.as_str()).collect();
            let objects = branch.objects(&names)?;
            let mut rest: &[u8] = &objects;
            for (path, _) in files {
                let Some((_, bytes, after)) = object(rest) else { return Err(unreadable(path)) };
                rest = after;
                let found = search.found_in(path, bytes);
                refuse_carried(search, branch, path, &found)?;
                self.unsearched.extend(unread(path.to_string(), found));
            }
        }
        Ok(())
    }

    /// Refuses to build upon earlier states in which a withheld word stands: whoever has the branch can read them.
    pub fn history(
        &mut self,
        branch: &Branch,
        head: &str,
        names: &BTreeMap<String, String>,
    ) -> Result<(), Problem> {
        let Some(search) = &self.search else { return Ok(()) };
        // What is in the site itself is known to be in order, as a file of this kind.
        let proved: BTreeSet<(&str, &str)> =
            names.iter().map(|(path, name)| (name.as_str(), ending(path))).collect();
        let known = branch.names_in_history(head)?;
        let objects = run(branch.git(&branch.store).args(["rev-list", "--objects", head]), Input::None)?;
        let objects = String::from_utf8_lossy(&objects).into_owned();
        let objects = objects.lines().map(|line| line.split_once(' ').unwrap_or((line, "")));
        // The list of objects has one name for each, and a file may have had several: how it is read depends on that.
        let unproved = |(name, path)| -> (&str, Vec<&str>) {
            let others = known.get(name).into_iter().flatten().map(String::as_str);
            let paths: BTreeMap<&str, &str> =
                others.chain([path]).map(|path: &str| (ending(path), path)).collect();
            let paths = paths.into_iter().filter(|(end, _)| !proved.contains(&(name, *end)));
            (name, paths.map(|(_, path)| path).collect())
        };
        let objects: Vec<(&str, Vec<&str>)> =
            objects.map(unproved).filter(|(_, paths)| !paths.is_empty()).collect();
        for objects in objects.chunks(AT_ONCE) {
            let names: Vec<&str> = objects.iter().map(|(name, _)| *name).collect();
            let found = branch.objects(&names)?;
            let mut rest: &[u8] = &found;
            for (_, paths) in objects {
                let Some((kind, bytes, after)) = object(rest) else {
                    return Err(unreadable(paths.first().unwrap_or(&"")));
                };
                rest = after;
                // The names in a tree are those of its files, and the tree itself holds bytes of any kind.
                for path in paths.iter().filter(|_| kind != "tree") {
                    let found = search.found_in(path, bytes);
                    match (found.words.is_empty(), *path) {
                        (true, _) => {
                            let place = format!("{path} in an earlier state of the branch {}", branch.branch);
                            let is_known = self.unsearched.iter().any(|(known, _)| known == path);
                            self.unsearched.extend(unread(place, found).filter(|_| !is_known));
                        }
                        (false, "") => return Err(in_history(branch, "the message of a commit")),
                        (false, path) => return Err(in_history(branch, path)),
                    }
                }
            }
        }
        for path in known.values().flatten() {
            if !search.hits(path, b"").is_empty() {
                return Err(in_history(branch, path));
            }
        }
        Ok(())
    }

    /// Refuses to name somebody in the commit who is withheld.
    pub fn identity(&self, who: &str) -> Result<(), Problem> {
        match &self.search {
            Some(search) if !search.hits("", who.as_bytes()).is_empty() => Err(Problem::new(
                "the commit would name somebody who is withheld: whom git knows as its user",
                "set another one with `git config user.name` and `user.email`, or GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL",
            )),
            _ => Ok(()),
        }
    }

    /// Names the files that cannot be searched, as a build does.
    pub fn tell(&self) {
        let files: Vec<(&str, &Found)> =
            self.unsearched.iter().map(|(path, found)| (path.as_str(), found)).collect();
        for note in withheld::unsearched(&files) {
            say(&format!("note: {}", note.message));
            if let Some(help) = &note.help {
                say(&format!("  help: {help}"));
            }
        }
    }
}

/// A file of which not all can be searched.
fn unread(path: String, found: Found) -> Option<(String, Found)> {
    (found.is_closed || found.is_cut).then_some((path, found))
}

fn refuse_carried(search: &Search, branch: &Branch, path: &str, found: &Found) -> Result<(), Problem> {
    let Some(word) = found.words.first().and_then(|word| search.word(*word)) else { return Ok(()) };
    Err(Problem::new(
        format!(
            "`{}` is withheld, and stands in {path}, which others put on the branch {}",
            word.word, branch.branch
        ),
        "the site would be published together with it: have it taken out of the branch first",
    ))
}

fn in_history(branch: &Branch, place: &str) -> Problem {
    Problem::new(
        format!("something withheld stands in an earlier state of the branch {}: in {place}", branch.branch),
        "publish without the earlier states: leave out `history = \"keep\"`, and on a branch with commits of others begin a new one",
    )
}

fn unreadable(path: &str) -> Problem {
    Problem::new(
        format!("git does not hand over what {path} holds, and it cannot be searched for what is withheld"),
        "look with `git fsck` at the repository that is published to",
    )
}

impl Branch<'_> {
    /// These objects as `git cat-file --batch` prints them.
    fn objects(&self, names: &[&str]) -> Result<Vec<u8>, Problem> {
        let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
        run(self.git(&self.store).args(["cat-file", "--batch"]), Input::Whole(asked.as_bytes()))
    }

    /// The names that each file ever had in the branch, by the name of its object.
    fn names_in_history(&self, head: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Problem> {
        let mut log = self.git(&self.store);
        log.args([
            "log",
            "--format=",
            "--raw",
            "--no-abbrev",
            "-z",
            "-m",
            "--root",
            "--no-renames",
            head,
            "--",
        ]);
        let log = run(&mut log, Input::None)?;
        let mut parts = log.split(|byte| *byte == 0).map(|part| String::from_utf8_lossy(part));
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        while let Some(part) = parts.next() {
            // `:100644 100644 BEFORE AFTER M`, and then the name of the file.
            let Some(change) = part.trim_start().strip_prefix(':') else { continue };
            let Some(path) = parts.next() else { break };
            let object = change.split(' ').nth(3).unwrap_or_default();
            names.entry(object.to_owned()).or_default().insert(path.into_owned());
        }
        Ok(names)
    }
}

/// The kind and bytes of the first object that `git cat-file --batch` printed, and what follows.
fn object(text: &[u8]) -> Option<(String, &[u8], &[u8])> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(text.get(..end)?).ok()?;
    let mut parts = head.split(' ').skip(1);
    let (kind, size) = (parts.next()?.to_owned(), parts.next()?.parse::<usize>().ok()?);
    let start = end + 1;
    Some((kind, text.get(start..start + size)?, text.get(start + size + 1..)?))
}

/// What the name of a file says of its kind: all behind the first full stop.
fn ending(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.split_once('.').map_or("", |(_, ending)| ending)
}
