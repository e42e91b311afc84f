//! `dossier rename`.

use std::collections::HashSet;
use std::process::ExitCode;

use dossier::diag::Severity;
use dossier::disk::read::read;
use dossier::edit::Edits;
use dossier::edited::{Former, NotRenamed, Renamed, rename_with};
use dossier::source::{Sources, Texts};

use super::args::{DossierArgs, RenameArgs, ReportFormat};
use super::terminal::{base, finish, show};
use super::waiting::{Change, Failure, Work, begin};

const WORK: Work = Work { done: "renamed", again: "rename again" };

pub fn run(args: &RenameArgs) -> ExitCode {
    finish(renamed(args))
}

fn renamed(args: &RenameArgs) -> Result<String, Failure> {
    let turn = begin(&args.root, args.dry_run, &WORK)?;
    let read = read(&args.root);
    let at = DossierArgs { root: args.root.clone(), drafts: true, format: ReportFormat::Text };
    let errors = |found: &[_]| {
        show(found, &read.value, &at);
        let message =
            "nothing was renamed: while the dossier has errors, nobody can tell what a renaming would break";
        (message.to_owned(), "mend the errors first, and see `dossier check --drafts`".to_owned())
    };
    if read.diagnostics.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(errors(&read.diagnostics));
    }
    let leave = args.redirect.then_some(true).or(args.no_redirect.then_some(false));
    let renamed = rename_with(&read.value, &args.old, &args.new, leave).map_err(|why| match why {
        NotRenamed::Errors(found) => errors(&found),
        NotRenamed::Refused { message, help } => (message, help),
    })?;
    if let Some(turn) = turn {
        turn.write_all(&read.value, &changes(&read.value, &renamed.sources))?;
    }
    Ok(told(&renamed, &read.value, args.dry_run.then(|| base(&args.root))))
}

/// The files that are others than before, and those that are gone.
pub fn changes(before: &Sources, after: &Sources) -> Vec<Change> {
    let is_new = |path: &str, bytes: &[u8]| before.get(path).is_none_or(|file| *file.bytes != *bytes);
    let changed = after.iter().filter(|file| is_new(&file.path, &file.bytes));
    let changed = changed.map(|file| (file.path.clone(), Some(file.bytes.to_vec())));
    let gone = before.iter().filter(|file| after.get(&file.path).is_none());
    changed.chain(gone.map(|file| (file.path.clone(), None))).collect()
}

/// What was done, or in a dry run every place of what would be; `dry` is then what leads from here to the files.
fn told(renamed: &Renamed, sources: &Sources, dry: Option<String>) -> String {
    let Edits { edits, moved } = &renamed.edits;
    let mut text = String::new();
    if let Some(base) = &dry {
        let texts = Texts::new(sources);
        for edit in edits {
            let (place, _) = texts.positions(edit.span);
            let path = texts.path(edit.span.file);
            let lines = texts.of(edit.span.file);
            let before = lines.text.get(edit.span.range()).unwrap_or("");
            let change = match before.is_empty() {
                true => format!("+ {}", edit.new.trim_end().replace(['\r', '\n'], " ")),
                false => format!("{before} -> {}", edit.new),
            };
            text.push_str(&format!("{base}{path}:{}:{}  {change}\n", place.line, place.column));
        }
        for (from, to) in moved {
            text.push_str(&format!("{base}{from} -> {base}{to}\n"));
        }
    }
    let files = edits.iter().map(|edit| edit.span.file).collect::<HashSet<_>>().len();
    let done = if dry.is_some() { "would become" } else { "is now" };
    let places = counted(edits.len(), "place");
    text.push_str(&format!(
        "{} {done} {}: {places} in {}",
        named(renamed, &renamed.old),
        named(renamed, &renamed.new),
        counted(files, "file")
    ));
    if !moved.is_empty() {
        text.push_str(&format!(", {} moved", counted(moved.len(), "file")));
    }
    text.push('\n');
    text.push_str(match renamed.former {
        Former::Left => {
            "Its old key stays in `moved_from`, and its old address leads on; `--no-redirect` leaves that out.\n"
        }
        Former::OfWithheld => {
            "It is withheld, so no address leads on from its old key. That stays in `moved_from`, and is searched for as the new one is; `--no-redirect` leaves that out.\n"
        }
        Former::Dropped => "",
        Former::OfDraft => {
            "It is a draft, so nothing leads here from its old key. If it was published before, `--redirect` leaves the old key in `moved_from`.\n"
        }
        Former::NoPlace => "A bibliography has no place for a former key: the old address leads nowhere.\n",
    });
    if dry.is_some() {
        text.push_str("nothing was written\n");
    }
    text
}

fn named(renamed: &Renamed, key: &str) -> String {
    match renamed.kind {
        dossier::model::Kind::Article => key.to_owned(),
        kind => format!("{}/{key}", kind.plural()),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
