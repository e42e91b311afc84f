//! What the terminal shows: reports, a summary in one line, and progress when a build is long.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use clap::error::ErrorKind;
use dossier::Step;
use dossier::diag::{Code, Diagnostic, Severity, visible};
use dossier::disk::write::in_words;
use dossier::report::{Format, count, report};
use dossier::source::Sources;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{DossierArgs, ReportFormat};

/// Prints the report, for people in short: of the notes of one kind the first, and how many more there are.
pub fn show(diagnostics: &[Diagnostic], sources: &Sources, args: &DossierArgs) {
    match args.format {
        ReportFormat::Text => tell(&in_short(diagnostics), sources, &base(&args.root)),
        _ => show_all(diagnostics, sources, args),
    }
}

/// The same without most notes: one of each kind, which says how many more there are.
fn in_short(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_note = |problem: &&Diagnostic| problem.severity == Severity::Note;
    let mut more: HashMap<Code, usize> = HashMap::new();
    diagnostics.iter().filter(is_note).for_each(|note| *more.entry(note.code).or_default() += 1);
    let first = |problem: &Diagnostic| {
        if problem.severity != Severity::Note {
            return Some(problem.clone());
        }
        let mut note = problem.clone();
        let more = more.remove(&note.code)? - 1;
        if more > 0 {
            let help = note.help.map_or_else(String::new, |help| format!("{help}; "));
            note.help = Some(format!("{help}`dossier check` shows this and {more} more of this kind"));
        }
        Some(note)
    };
    diagnostics.iter().filter_map(first).collect()
}

/// Prints the whole report: for people to standard error, for machines to standard output.
pub fn show_all(diagnostics: &[Diagnostic], sources: &Sources, args: &DossierArgs) {
    let base = base(&args.root);
    match args.format {
        ReportFormat::Text => tell(diagnostics, sources, &base),
        ReportFormat::Json => print(&report(diagnostics, sources, Format::Json, &base)),
        ReportFormat::Github => print(&report(diagnostics, sources, Format::Github, &base)),
    }
}

/// The report for people, on standard error.
pub fn tell(diagnostics: &[Diagnostic], sources: &Sources, base: &str) {
    let colour = anstream::stderr().current_choice() != anstream::ColorChoice::Never;
    let text = report(diagnostics, sources, Format::Text { colour }, base);
    // A closed pipe is no reason to fail.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// The number of columns of the terminal that standard output is, if it is one.
pub fn width() -> Option<usize> {
    let out = io::stdout();
    if !out.is_terminal() {
        return None;
    }
    terminal_size::terminal_size_of(out).map(|(width, _)| usize::from(width.0))
}

/// Bytes to standard output, for other programs.
pub fn put(bytes: &[u8]) {
    keep_error(out(io::stdout(), bytes));
}

fn out(mut to: impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes)?;
    // What waits for more would be lost without a word.
    to.flush()
}

/// What went wrong first with standard output.
static LOST: OnceLock<io::Error> = OnceLock::new();

fn keep_error(written: io::Result<()>) {
    match written {
        // A closed pipe is no reason to fail: who read it has had enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => drop(LOST.set(error)),
        _ => {}
    }
}

/// Says that something of what was printed is lost, as on a full disk; returns whether it is.
pub fn tell_lost() -> bool {
    let Some(error) = LOST.get() else { return false };
    let message = format!("cannot write to standard output: {}", in_words(error));
    fail(&message, "what was printed is not whole: free some space, and do it again");
    true
}

/// What leads from here to the files of a dossier, which name themselves from its own folder.
pub fn base(root: &Path) -> String {
    let root = root.display().to_string().replace('\\', "/");
    match root.trim_start_matches("./").trim_end_matches('/') {
        "" | "." => String::new(),
        root => format!("{root}/"),
    }
}

/// Prints the summary: beside a report for machines it goes to standard error.
pub fn summary(line: &str, format: ReportFormat) {
    match format {
        ReportFormat::Text => print(&format!("{line}\n")),
        _ => say(line),
    }
}

/// A text to standard output. What it quotes, such as the answer of a server or the name of a file, commands no terminal.
pub fn print(text: &str) {
    keep_error(out(anstream::stdout(), visible(text).as_bytes()));
}

/// A line to standard error, likewise.
pub fn say(line: &str) {
    let _ = anstream::stderr().write_all(format!("{}\n", visible(line)).as_bytes());
}

/// An error of the program rather than of the dossier.
pub fn fail(message: &str, help: &str) {
    say(&format!("error: {message}"));
    if !help.is_empty() {
        say(&format!("  help: {help}"));
    }
}

/// Prints what a command has to say, or what went wrong and what to do about it.
pub fn finish(done: Result<String, (String, String)>) -> ExitCode {
    match done {
        Ok(text) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err((message, help)) => {
            fail(&message, &help);
            ExitCode::FAILURE
        }
    }
}

/// The exit code that clap gives when an argument makes no sense.
pub fn usage() -> ExitCode {
    ExitCode::from(u8::try_from(clap::Error::new(ErrorKind::InvalidValue).exit_code()).unwrap_or(2))
}

/// `214 pages, 3 warnings, 0.31 s`
pub fn line(what: &str, diagnostics: &[Diagnostic], time: Duration) -> String {
    let mut parts = vec![what.to_owned()];
    for (severity, one, many) in [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ] {
        match count(diagnostics, severity) {
            0 => {}
            1 => parts.push(format!("1 {one}")),
            n => parts.push(format!("{n} {many}")),
        }
    }
    parts.push(format!("{:.2} s", time.as_secs_f64()));
    parts.join(", ")
}

/// `1 page`, `214 pages`
pub fn pages(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

/// A bar for the step at hand, shown on a terminal once a build takes long.
pub struct Progress {
    started: Instant,
    bar: Option<Mutex<ProgressBar>>,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_millis(500);

    pub fn new() -> Progress {
        let bar = io::stderr().is_terminal().then(|| Mutex::new(ProgressBar::hidden()));
        Progress { started: Instant::now(), bar }
    }

    /// Takes what the build tells: a step with `done` 0 begins, any other is a piece of it done.
    pub fn tell(&self, step: Step, total: usize, done: usize) {
        let what = match step {
            Step::Parse => "reading files",
            Step::Link => "linking records",
            Step::Pictures => "making pictures",
            Step::Render => "making pages",
        };
        self.advance(what, total, done);
    }

    /// The same for a step of the program's own.
    pub fn advance(&self, what: &'static str, total: usize, done: usize) {
        let Some(bar) = &self.bar else { return };
        if self.started.elapsed() < Self::PATIENCE {
            return;
        }
        let Ok(mut bar) = bar.lock() else { return };
        if done == 0 || bar.is_hidden() {
            bar.finish_and_clear();
            let style = ProgressStyle::with_template("{msg:16} {bar:32} {pos}/{len}");
            *bar = ProgressBar::new(total as u64).with_message(what);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        bar.inc(done as u64);
    }

    pub fn end(&self) {
        if let Some(bar) = &self.bar
            && let Ok(bar) = bar.lock()
        {
            bar.finish_and_clear();
        }
    }
}
