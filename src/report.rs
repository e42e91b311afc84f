//! Diagnostics -> a report: for people, for machines, for a review on GitHub.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::diag::{Diagnostic, Severity, visible};
use crate::source::{Lines, Sources, Span, Texts, turns_direction};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the line and the place underlined; `colour` for terminals.
    Text { colour: bool },
    /// One JSON object.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// The report. `base` stands before every path: the folder of the dossier as seen from where the report
/// is read, with a slash at its end, or nothing.
pub fn report(diagnostics: &[Diagnostic], sources: &Sources, format: Format, base: &str) -> String {
    let texts = &Texts::new(sources);
    match format {
        Format::Text { colour } => {
            diagnostics.iter().map(|problem| text(problem, texts, colour, base)).collect()
        }
        Format::Json => json(diagnostics, texts, base),
        Format::Github => diagnostics.iter().map(|problem| github(problem, texts, base)).collect(),
    }
}

fn text(problem: &Diagnostic, sources: &Texts, colour: bool, base: &str) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(problem.message.as_str()).id(problem.code.name));
    let places: Vec<(Span, &str, bool)> = problem
        .span
        .into_iter()
        .map(|span| (span, problem.label.as_str(), true))
        .chain(problem.labels.iter().map(|(span, label)| (*span, label.as_str(), false)))
        .collect();
    let mut files: Vec<crate::source::FileId> = Vec::new();
    for (span, ..) in &places {
        if !files.contains(&span.file) {
            files.push(span.file);
        }
    }
    let texts: Vec<_> = files.iter().map(|file| sources.of(*file)).collect();
    for (file, text) in files.into_iter().zip(&texts) {
        let shown: Vec<_> = places.iter().filter(|(span, ..)| span.file == file).collect();
        let window = Window::around(text, shown.iter().map(|(span, ..)| *span));
        let path = visible(&format!("{base}{}", sources.path(file))).into_owned();
        let mut snippet = Snippet::source(drawn(window.text)).line_start(window.line).fold(true);
        if window.cut {
            // Counted from where the line is cut, the column would be wrong.
            let place = shown.first().map_or(0, |(span, ..)| span.start as usize);
            let place = text.position(place);
            group = group.element(Origin::path(path).line(place.line).char_column(place.column));
        } else {
            snippet = snippet.path(path);
        }
        for (span, label, primary) in shown {
            let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            snippet = snippet
                .annotation(kind.span(window.range(*span)).label((!label.is_empty()).then_some(*label)));
        }
        group = group.element(snippet);
    }
    let placed = !places.is_empty();
    if let Some(help) = problem.help.as_ref().filter(|_| placed) {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut text = renderer.render(&[group]);
    if let Some(help) = problem.help.as_ref().filter(|_| !placed) {
        text.push_str(&format!("\n  = help: {help}"));
    }
    text.push_str("\n\n");
    text
}

/// A text of as many bytes. The end of a line may be two characters, of which one would be drawn, and what the renderer
/// does not know of may be a command to the terminal (C1); all else it makes visible itself.
fn drawn(text: &str) -> String {
    text.replace('\r', " ").replace(|c| matches!(c, '\u{80}'..='\u{9F}'), "\u{B7}")
}

/// The part of a text that a report needs: a file may be large, and a line very long.
struct Window<'t> {
    text: &'t str,
    start: usize,
    line: usize,
    /// Whether the first line is not shown from its beginning.
    cut: bool,
}

impl<'t> Window<'t> {
    fn around(lines: &'t Lines, spans: impl Iterator<Item = Span> + Clone) -> Window<'t> {
        const LONG: usize = 400;
        let text = &*lines.text;
        let first = spans.clone().map(|span| span.start as usize).min().unwrap_or(0).min(text.len());
        let last = spans.map(|span| span.end as usize).max().unwrap_or(0).min(text.len());
        let (first, last) = (floor(text, first), floor(text, last));
        let line_start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let mut end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        let mut start = line_start;
        // A line of a megabyte is shown around the place only.
        if first - start > LONG {
            start = floor(text, first - LONG / 2);
        }
        if end - last > LONG {
            end = floor(text, last + LONG / 2);
        }
        let line = lines.position(start).line;
        Window { text: &text[start..end], start, line, cut: start > line_start }
    }

    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let within =
            |at: u32| floor(self.text, (at as usize).saturating_sub(self.start).min(self.text.len()));
        within(span.start)..within(span.end).max(within(span.start))
    }
}

fn floor(text: &str, at: usize) -> usize {
    crate::source::floor_char_boundary(text, at)
}

#[derive(Serialize)]
struct JsonReport<'r> {
    errors: usize,
    warnings: usize,
    notes: usize,
    diagnostics: Vec<JsonDiagnostic<'r>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'r> {
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    #[serde(flatten)]
    place: Option<JsonPlace>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<JsonRelated<'r>>,
}

/// Lines and columns count from 1, columns in Unicode scalar values.
#[derive(Serialize)]
struct JsonPlace {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct JsonRelated<'r> {
    #[serde(flatten)]
    place: JsonPlace,
    label: &'r str,
}

fn json(diagnostics: &[Diagnostic], sources: &Texts, base: &str) -> String {
    let place = |span: Span| {
        let (start, end) = sources.positions(span);
        JsonPlace {
            file: format!("{base}{}", sources.path(span.file)),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    };
    let report = JsonReport {
        errors: count(diagnostics, Severity::Error),
        warnings: count(diagnostics, Severity::Warning),
        notes: count(diagnostics, Severity::Note),
        diagnostics: diagnostics
            .iter()
            .map(|problem| JsonDiagnostic {
                code: problem.code.name,
                severity: problem.severity.name(),
                message: &problem.message,
                place: problem.span.map(place),
                label: &problem.label,
                help: problem.help.as_deref(),
                related: problem
                    .labels
                    .iter()
                    .map(|(span, label)| JsonRelated { place: place(*span), label })
                    .collect(),
            })
            .collect(),
    };
    // Strings and numbers always have a form in JSON.
    let mut json = escaped(&serde_json::to_string_pretty(&report).unwrap_or_default());
    json.push('\n');
    json
}

/// The same JSON, without what a terminal would obey: such characters stand in its strings only.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c if turns_direction(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// `::error file=..,line=..,col=..,title=..::message`, as docs.github.com/actions describes.
fn github(problem: &Diagnostic, sources: &Texts, base: &str) -> String {
    let level = if problem.severity == Severity::Note { "notice" } else { problem.severity.name() };
    let mut properties = Vec::new();
    if let Some(span) = problem.span {
        let (start, end) = sources.positions(span);
        properties.push(format!("file={}", property(&format!("{base}{}", sources.path(span.file)))));
        properties.push(format!("line={},endLine={}", start.line, end.line));
        properties.push(format!("col={},endColumn={}", start.column, end.column));
    }
    properties.push(format!("title={}", property(problem.code.name)));
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    let line =
        format!("::{level} {}::{}", properties.join(","), escape(&format!("{}{help}", problem.message)));
    format!("{}\n", visible(&line))
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

/// How many diagnostics are of a severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|problem| problem.severity == severity).count()
}
