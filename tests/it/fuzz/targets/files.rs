//! Bytes -> the files of a dossier, and what holds of everything that is said of them.

use dossier::diag::Diagnostic;
use dossier::report::{Format, report};
use dossier::source::Sources;

/// What begins a line that names the file that follows.
const FILE: &[u8] = b"=== ";

/// The files that an input holds. A line `=== content/people.toml` begins one; what comes before the first is `first`.
pub fn files(data: &[u8], first: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(first.to_owned(), Vec::new())];
    let mut is_named = false;
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        if let Some(path) = line.strip_prefix(FILE).and_then(path) {
            is_named = true;
            files.push((path, Vec::new()));
        } else if let Some((_, bytes)) = files.last_mut() {
            bytes.extend_from_slice(line);
        }
    }
    if is_named && files[0].1.is_empty() {
        files.remove(0);
    }
    files
}

/// A path that a folder may hold: what else there can be is refused when a folder is read.
fn path(line: &[u8]) -> Option<String> {
    let path = std::str::from_utf8(line).ok()?.trim_end();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ' ');
    let is_name = |name: &str| !name.is_empty() && !name.starts_with('.') && name.len() < 100;
    (path.chars().all(fits) && path.split('/').all(is_name)).then(|| path.to_owned())
}

/// What is said of files stands in them, on whole characters and on one line, and can be told in every form.
pub fn told(found: &[Diagnostic], sources: &Sources) {
    for problem in found {
        assert!(!problem.message.contains('\n'), "{:?}", problem.message);
        assert!(!problem.message.is_empty());
        let labels = problem.labels.iter().map(|(span, _)| *span);
        for span in problem.span.into_iter().chain(labels) {
            let text = sources.text(span.file);
            assert!(text.get(span.range()).is_some(), "{span:?} in {} bytes: {problem:?}", text.len());
        }
    }
    for format in
        [Format::Text { colour: false }, Format::Text { colour: true }, Format::Json, Format::Github]
    {
        let text = report(found, sources, format, "");
        assert!(!text.contains('\0'), "{text:?}");
    }
}
