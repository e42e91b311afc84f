//! `dossier new --ci`: the workflow that checks and publishes a dossier where its repository is.

use std::path::{Path, PathBuf};

use super::args::Forge;
use super::files::write_or_tell;

/// Where this program comes from, as its package says. Without it the workflow asks for it: a package of the same
/// name in a registry may be somebody else's.
const KNOWN: &str = env!("CARGO_PKG_REPOSITORY");

struct Workflow {
    name: &'static str,
    path: &'static str,
    text: &'static str,
    /// What is to be done by hand, beside the variable.
    steps: &'static [&'static str],
    /// Where the variable is set.
    variables: &'static str,
}

fn workflow(forge: Forge) -> Workflow {
    match forge {
        Forge::Github => Workflow {
            name: "GitHub",
            path: ".github/workflows/publish.yml",
            text: include_str!("workflows/github.yml"),
            steps: &["On GitHub, in Settings → Pages, choose GitHub Actions as the source."],
            variables: "Settings → Secrets and variables → Actions → Variables",
        },
        Forge::Gitlab => Workflow {
            name: "GitLab",
            path: ".gitlab-ci.yml",
            text: include_str!("workflows/gitlab.yml"),
            steps: &[],
            variables: "Settings → CI/CD → Variables",
        },
        Forge::Forgejo => Workflow {
            name: "Forgejo",
            path: ".forgejo/workflows/publish.yml",
            text: include_str!("workflows/forgejo.yml"),
            steps: &[
                "In Settings → Units → Overview, turn on Actions.",
                "In the file, name a runner that you have at `runs-on`, on Codeberg such as codeberg-medium.",
            ],
            variables: "Settings → Actions → Variables",
        },
    }
}

/// Writes the workflow for a forge into a dossier, unless there is one. Says what is to be done next.
pub fn write(forge: Forge, root: &Path) -> Result<String, (String, String)> {
    let workflow = workflow(forge);
    let path = root.join(workflow.path);
    if path.symlink_metadata().is_ok() {
        let help = "nothing was changed; move that file away to have it written anew".to_owned();
        return Err((format!("{} is there already", path.display()), help));
    }
    write_or_tell(Some(root), &path, filled(workflow.text, KNOWN).as_bytes())?;
    Ok(told(&workflow, root, KNOWN))
}

/// The text with the address that is known, if one is.
fn filled(text: &str, known: &str) -> String {
    let or_known = if known.is_empty() { String::new() } else { format!(" || '{known}'") };
    text.replace("@OR_KNOWN@", &or_known).replace("@KNOWN@", known)
}

/// What was written, and what to do next.
fn told(workflow: &Workflow, root: &Path, known: &str) -> String {
    let mut steps: Vec<String> = workflow.steps.iter().map(|step| (*step).to_owned()).collect();
    if known.is_empty() {
        steps.push(format!(
            "In {}, set DOSSIER_SOURCE to the address of the git\n     repository that this program, dossier, comes from.",
            workflow.variables
        ));
    }
    if let Some(top) = repository_around(root) {
        steps.push(format!(
            "The dossier is a folder of the repository {}, and {} looks for this\n     file only at its top: move it there, and let it run `dossier` in the dossier's folder.",
            top.display(),
            workflow.name
        ));
    }
    steps.push(
        "Commit the file and push it. The first run compiles dossier, which takes some minutes.".to_owned(),
    );
    let steps: String =
        steps.iter().enumerate().map(|(at, step)| format!("  {}. {step}\n", at + 1)).collect();
    format!(
        "Wrote {}. Requests to merge are checked; what is on the default branch is published.

Next:
{steps}",
        root.join(workflow.path).display()
    )
}

/// The top of the repository that a dossier is only a folder of.
fn repository_around(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let top = root.ancestors().find(|folder| folder.join(".git").exists())?;
    (top != root).then(|| top.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_known_need_not_be_set() {
        let known = "https://forge.example/them/dossier";
        for forge in [Forge::Github, Forge::Gitlab, Forge::Forgejo] {
            let workflow = workflow(forge);
            let text = filled(workflow.text, known);
            let line = match forge {
                Forge::Gitlab => "DOSSIER_SOURCE: \"https://forge.example/them/dossier\"",
                _ => "DOSSIER_SOURCE: ${{ vars.DOSSIER_SOURCE || 'https://forge.example/them/dossier' }}",
            };
            assert!(text.contains(line), "{text}");
            assert!(!told(&workflow, Path::new("."), known).contains("DOSSIER_SOURCE"));
            assert!(told(&workflow, Path::new("."), "").contains("DOSSIER_SOURCE"));
            for word in ["KNOWN@", "@OR"] {
                assert!(!filled(workflow.text, "").contains(word) && !text.contains(word));
            }
        }
    }
}
