//! What can be wrong with files that records are to be taken from.

use serde_json::Value;

use crate::diag::Diagnostic;
use crate::source::{SourceFile, Span};

crate::codes! {
    /// A file that `dossier import` was given is not what it was said to be: it breaks the rules of its format, or has
    /// none of the parts that records are taken from. Nothing was written.
    UNREADABLE_IMPORT = "unreadable-import";
}

/// The text of a file, or a report of the first byte that is none.
pub fn text(file: &SourceFile) -> Result<&str, Vec<Diagnostic>> {
    file.text().map(|text| text.trim_start_matches('\u{FEFF}')).map_err(|at| {
        let message = format!("{} is no text in UTF-8", file.path);
        let problem = Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, at..at + 1), message);
        vec![problem.help("save it as UTF-8, in a spreadsheet as “CSV UTF-8”, and import it again")]
    })
}

/// The value of a file of JSON, or a report of what keeps it from being one.
pub fn whole(file: &SourceFile) -> Result<Value, Vec<Diagnostic>> {
    let text = text(file)?;
    json(file, text, base(file, text))
}

/// Where a text that ends with its file begins there. A mark of the order of bytes has no place.
pub fn base(file: &SourceFile, text: &str) -> usize {
    file.text().map_or(0, str::len).saturating_sub(text.len())
}

/// The value of a JSON text that begins at `base` of a file, or a report of where it is none.
pub fn json(file: &SourceFile, text: &str, base: usize) -> Result<Value, Vec<Diagnostic>> {
    serde_json::from_str(text).map_err(|error| {
        let line = error.line().saturating_sub(1);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        // Its columns are bytes, from one on.
        let at = (start + error.column().saturating_sub(1)).min(text.len().saturating_sub(1));
        let at = crate::source::floor_char_boundary(text, at);
        let len = text[at..].chars().next().map_or(0, char::len_utf8);
        // Its line and column are told by the place of the report.
        let said = error.to_string();
        let cause = said.rsplit_once(" at line ").map_or(said.as_str(), |(cause, _)| cause).to_owned();
        let message = format!("this is no valid JSON: {cause}");
        vec![Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, base + at..base + at + len), message)]
    })
}

/// A file without what its format must have.
pub fn not_of(file: &SourceFile, format: &str, missing: &str) -> Vec<Diagnostic> {
    let message = format!("{} is no file of {format}: {missing}", file.path);
    let problem = Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, 0..0), message);
    vec![problem.help("`dossier import` without a format lists those that can be read")]
}
