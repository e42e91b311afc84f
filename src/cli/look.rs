//! What the commands have in common that only look at a dossier: `list`, `show`, `stats`.

use std::process::ExitCode;

use dossier::diag::Severity;
use dossier::disk::read::read;
use dossier::inspect::{count, open};
use dossier::prepared::Prepared;
use dossier::report;
use dossier::source::Sources;
use dossier::{Options, theme};
use serde_json::Value;

use super::args::LookArgs;
use super::terminal::{Progress, print, say, tell};

/// A dossier that is ready to be asked.
pub struct Look {
    pub sources: Sources,
    pub prepared: Prepared,
    errors: usize,
}

impl Look {
    /// Reads a dossier. One with errors is looked at all the same.
    pub fn begin(args: &LookArgs) -> Result<Look, ExitCode> {
        let read = read(&args.root);
        let progress = Progress::new();
        let options = Options { drafts: args.drafts, withheld: args.withheld, as_of: None };
        let opened = open(&read.value, &theme::theme(), options, &|step, total, done| {
            progress.tell(step, total, done);
        });
        progress.end();
        let opened = opened.map_err(|problem| {
            tell(&[*problem], &read.value, "");
            ExitCode::FAILURE
        })?;
        let errors = |found| report::count(found, Severity::Error);
        let errors = errors(&read.diagnostics) + errors(&opened.diagnostics);
        Ok(Look { sources: read.value, prepared: opened.value, errors })
    }

    /// Ends the command: what was shown of a dossier with errors may not be all.
    pub fn end(&self) -> ExitCode {
        if self.errors == 0 {
            return ExitCode::SUCCESS;
        }
        say(&format!("the dossier has {}, so this may not be all", count(self.errors, "error", "errors")));
        say("  help: `dossier check` tells what they are");
        ExitCode::FAILURE
    }
}

/// JSON for people and programs.
pub fn json(value: &Value) {
    print(&format!("{value:#}\n"));
}
