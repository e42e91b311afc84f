//! The git repository that a dossier may lie in -> from which commit it is published, and what is not committed.

use std::path::Path;
use std::process::Command;

use dossier::output::MANIFEST_NAME;
use time::OffsetDateTime;

use super::job::Problem;
use super::tool::{Input, run};

/// What a dossier makes itself, in its own folder.
const MADE: [&str; 7] =
    ["public", "public-as-of-*", ".dossier", ".*.dossier-*", "archive", "export", "factcheck"];

/// What git says of the files of a dossier.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// Nothing before the first commit.
    pub commit: Option<String>,
    /// When that was made.
    pub time: Option<OffsetDateTime>,
    /// The files that differ from it, by their paths from the folder of the dossier.
    pub changes: Vec<String>,
}

/// What a site is made of, in the folder of a dossier.
const READ: [&str; 4] = ["site.toml", "content", "templates", "static"];

/// Returns the state of the repository that holds the dossier in `root`; nothing if there is none. `targets` are paths
/// that the site itself is published to.
///
/// # Errors
/// When there is a repository, and git does not read it: then nobody knows what is published.
pub fn repository(root: &Path, targets: &[String]) -> Result<Option<Repository>, Problem> {
    let above = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    if !above.ancestors().any(|folder| folder.join(".git").exists()) {
        return Ok(None);
    }
    let unread = |problem: Problem| {
        let help = "see what `git status` says; or publish all the same with `--allow-dirty`";
        Problem::new(format!("the git repository of the dossier cannot be read: {}", problem.message), help)
    };
    let git = |arguments: &[&str]| git(root, arguments).map_err(unread);
    if git(&["rev-parse", "--is-inside-work-tree"])?.trim() != "true" {
        return Ok(None);
    }
    let is_known = |arguments: &[&str]| git(arguments).is_ok_and(|text| !text.trim().is_empty());
    // A folder that the repository around it ignores is none of its files.
    if !is_known(&["ls-files", "--", "site.toml"]) && is_known(&["check-ignore", "site.toml"]) {
        return Ok(None);
    }
    let commit = git(&["rev-parse", "--verify", "-q", "HEAD"]).ok().map(|text| text.trim().to_owned());
    let time = git(&["log", "-1", "--format=%ct"])
        .ok()
        .and_then(|text| OffsetDateTime::from_unix_timestamp(text.trim().parse().ok()?).ok());
    let made = MADE.iter().copied().chain(targets.iter().map(String::as_str));
    let made = made.map(|path| path.trim_start_matches("./").trim_end_matches('/'));
    // The path itself, and all that is below it.
    let made = made.flat_map(|path| [format!(":(exclude,glob){path}"), format!(":(exclude,glob){path}/**")]);
    let arguments = ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "."].map(str::to_owned);
    let arguments: Vec<String> = arguments.into_iter().chain(made).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut changes = by_hand(paths(&git(&arguments)?));
    // What git is told to leave out is in no commit, and in the site all the same.
    let ignored =
        [&["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--"], &READ[..]].concat();
    changes.extend(git(&ignored)?.split('\0').filter(|path| !path.is_empty()).map(str::to_owned));
    Ok(Some(Repository { commit, time, changes }))
}

/// The paths in what `git status` prints: two letters and a space before each, and after a renamed one its former path.
fn paths(status: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut entries = status.split('\0').filter(|entry| !entry.is_empty());
    while let Some(entry) = entries.next() {
        if entry.starts_with(['R', 'C']) {
            entries.next();
        }
        paths.push(entry.get(3..).unwrap_or(entry).to_owned());
    }
    paths
}

/// Leaves out folders that hold a site, which is told by our list in them. Nothing that a site is made of is left out.
fn by_hand(changes: Vec<String>) -> Vec<String> {
    let is_read = |folder: &str| folder.split('/').any(|part| READ.contains(&part));
    let folders = changes.iter().filter_map(|path| path.strip_suffix(MANIFEST_NAME));
    let sites: Vec<String> =
        folders.filter(|folder| !folder.is_empty() && !is_read(folder)).map(str::to_owned).collect();
    let is_made = |path: &str| sites.iter().any(|site| path.starts_with(site.as_str()));
    changes.into_iter().filter(|path| !is_made(path)).collect()
}

/// What git prints. It is not to write anything, not even its index.
fn git(root: &Path, arguments: &[&str]) -> Result<String, Problem> {
    let mut command = Command::new("git");
    command.env("GIT_OPTIONAL_LOCKS", "0").arg("-C").arg(root).args(arguments);
    run(&mut command, Input::None).map(|text| String::from_utf8_lossy(&text).into_owned())
}
