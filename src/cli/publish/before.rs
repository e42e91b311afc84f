//! The git repository that a dossier may lie in -> from which commit it is published, and what is not committed.

use std::path::Path;
use std::process::Command;

use dossier::output::MANIFEST_NAME;
use time::OffsetDateTime;

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

/// Returns the state of the repository that holds the dossier in `root`; nothing if there is none, or no git.
/// `targets` are paths that the site itself is published to.
pub fn repository(root: &Path, targets: &[String]) -> Option<Repository> {
    let inside = git(root, &["rev-parse", "--is-inside-work-tree"])?;
    // A folder that the repository around it ignores is none of its files.
    if inside.trim() != "true" || git(root, &["check-ignore", "-q", "site.toml"]).is_some() {
        return None;
    }
    let commit = git(root, &["rev-parse", "--verify", "-q", "HEAD"]).map(|text| text.trim().to_owned());
    let time = git(root, &["log", "-1", "--format=%ct"])
        .and_then(|text| OffsetDateTime::from_unix_timestamp(text.trim().parse().ok()?).ok());
    let made = MADE
        .iter()
        .copied()
        .chain(targets.iter().map(String::as_str))
        .map(|path| path.trim_start_matches("./").trim_end_matches('/'));
    // The path itself, and all that is below it.
    let made = made.flat_map(|path| [format!(":(exclude,glob){path}"), format!(":(exclude,glob){path}/**")]);
    let arguments = ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "."].map(str::to_owned);
    let arguments: Vec<String> = arguments.into_iter().chain(made).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let changes = git(root, &arguments)?;
    Some(Repository { commit, time, changes: by_hand(paths(&changes)) })
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

/// Leaves out folders that hold a site, which is told by our list in them.
fn by_hand(changes: Vec<String>) -> Vec<String> {
    let sites: Vec<String> =
        changes.iter().filter_map(|path| path.strip_suffix(MANIFEST_NAME)).map(str::to_owned).collect();
    let is_made = |path: &str| sites.iter().any(|site| !site.is_empty() && path.starts_with(site.as_str()));
    changes.into_iter().filter(|path| !is_made(path)).collect()
}

/// What git prints, if all is well.
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let done = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).into_owned())
}
