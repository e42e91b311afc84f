//! Files of `content/` that nobody reads, and whose names are nearly those of files that are read.

use super::{Linked, problems};
use crate::diag::{Diagnostic, Severity};
use crate::model::Kind;
use crate::source::{Sources, Span};

/// The endings of files that are read.
const READ: [&str; 3] = ["toml", "md", "bib"];

/// Other endings of Markdown.
const MARKDOWN: [&str; 5] = ["markdown", "mdown", "mdwn", "mkd", "mkdn"];

/// Endings of other ways to write records, and of tables.
const YAML: [&str; 2] = ["yml", "yaml"];
const TABLES: [&str; 5] = ["csv", "tsv", "xlsx", "ods", "json"];

/// A note on each file that looks as if it was meant to be read. What a page shows or links to is no such file.
pub fn unread(linked: &Linked, sources: &Sources) -> Vec<Diagnostic> {
    let used = |path: &String| {
        let files = &linked.files;
        files.linked.contains_key(path)
            || files.copies.contains(path)
            || files.shown.iter().any(|shown| shown.path == *path)
    };
    let note = |path: &String| {
        let meant = meant(path)?;
        let place = format!("content/{path}");
        let file = sources.get(&place).filter(|_| !used(&place))?;
        let first = sources.text(file.id).chars().next().map_or(0, char::len_utf8);
        let span = Span::new(file.id, 0..first);
        let help = match meant {
            Meant::Name(name) if sources.get(&format!("content/{name}")).is_some() => {
                format!("`content/{name}` is read; move this one elsewhere")
            }
            Meant::Name(name) => format!("name it `content/{name}`"),
            Meant::Toml(name) => format!("records are written as TOML, in `content/{name}`"),
            Meant::Table(name) => {
                format!(
                    "records are written as TOML, in `content/{name}`; `dossier import` makes them of a file"
                )
            }
        };
        let message = format!("`{place}` is not read");
        Some(Diagnostic::new(problems::UNREAD_FILE, Severity::Note, Some(span), message).help(help))
    };
    linked.dossier.files.iter().filter_map(note).collect()
}

/// What a file was meant to be.
#[derive(Debug, PartialEq, Eq)]
enum Meant {
    /// The same under this name.
    Name(String),
    /// Records, in a file of this name.
    Toml(String),
    /// Records too, in a format that can be imported.
    Table(String),
}

/// What the file at a path below `content/` was meant to be, when its name says so.
fn meant(path: &str) -> Option<Meant> {
    let (stem, ending) = path.rsplit_once('.')?;
    let lower = ending.to_ascii_lowercase();
    let ending = lower.as_str();
    if ending == "txt" {
        let (stem, ending) = stem.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        return READ.contains(&ending.as_str()).then(|| Meant::Name(format!("{stem}.{ending}")));
    }
    if READ.contains(&ending) {
        return Some(Meant::Name(format!("{stem}.{ending}")));
    }
    if MARKDOWN.contains(&ending) {
        return Some(Meant::Name(format!("{stem}.md")));
    }
    let kind = Kind::from_plural(stem.split('/').next()?.to_ascii_lowercase().as_str())?.plural();
    if YAML.contains(&ending) {
        return Some(Meant::Toml(format!("{kind}.toml")));
    }
    (TABLES.contains(&ending) && !stem.contains('/')).then(|| Meant::Table(format!("{kind}.toml")))
}

#[cfg(test)]
mod tests {
    use super::{Meant, meant};

    #[test]
    fn a_name_that_is_nearly_right_says_what_it_should_be() {
        let name = |name: &str| Some(Meant::Name(name.to_owned()));
        assert_eq!(meant("meetings.toml.txt"), name("meetings.toml"));
        assert_eq!(meant("explainers/page.md.txt"), name("explainers/page.md"));
        assert_eq!(meant("people.TOML"), name("people.toml"));
        assert_eq!(meant("page.markdown"), name("page.md"));
        assert_eq!(meant("people.yml"), Some(Meant::Toml("people.toml".to_owned())));
        assert_eq!(meant("people/ada-berg.yaml"), Some(Meant::Toml("people.toml".to_owned())));
        assert_eq!(meant("people.csv"), Some(Meant::Table("people.toml".to_owned())));
        for asset in
            ["notes.txt", "harbour.csv", "sources/ships.csv", "people/ada-berg.jpg", "people", "a.yml"]
        {
            assert_eq!(meant(asset), None, "{asset}");
        }
    }
}
