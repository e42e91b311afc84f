//! `dossier stats`.

use std::process::ExitCode;

use dossier::inspect::stats::stats;

use super::args::{StatsArgs, TextFormat};
use super::look::{self, Look};
use super::terminal::{print, width};

pub fn run(args: &StatsArgs) -> ExitCode {
    let look = match Look::begin(&args.look) {
        Ok(look) => look,
        Err(code) => return code,
    };
    let stats = stats(&look.prepared.words());
    match args.format {
        TextFormat::Text => print(&stats.text(width())),
        TextFormat::Json => look::json(&stats.json()),
    }
    look.end()
}
