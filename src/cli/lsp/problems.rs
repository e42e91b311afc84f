//! What is wrong with the dossiers -> what the client is told of each file, when it is something new.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dossier::SITE;
use dossier::diag::{Diagnostic as Problem, Severity};
use dossier::editor::position::Encoding;
use dossier::source::{Sources, Texts};
use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message,
    PublishDiagnosticsParams,
};

use super::convert;
use super::documents::Documents;
use super::folder::Folder;

/// What the client knows: of each file the version that was looked at, if it is open, and what is wrong with it.
#[derive(Default)]
pub struct Told {
    files: BTreeMap<PathBuf, (Option<i32>, Vec<Diagnostic>)>,
}

impl Told {
    /// What there is to be told.
    pub fn news(
        &mut self,
        folders: &mut BTreeMap<PathBuf, Folder>,
        documents: &Documents,
        encoding: Encoding,
    ) -> Vec<PublishDiagnosticsParams> {
        let open = documents.paths().map(|path| (path.to_owned(), Vec::new()));
        let mut now: BTreeMap<PathBuf, Vec<Diagnostic>> = open.collect();
        for folder in folders.values_mut() {
            let problems = folder.problems();
            let texts = Texts::new(folder.sources());
            for problem in &problems {
                let path = folder.root.join(path(problem, folder.sources()));
                let diagnostic = diagnostic(problem, &folder.root, &texts, documents, encoding);
                now.entry(path).or_default().push(diagnostic);
            }
        }
        let mut news = Vec::new();
        // What is well again is told last of all, as nothing.
        for path in self.files.keys() {
            now.entry(path.clone()).or_default();
        }
        for (path, diagnostics) in now {
            let version = documents.get(&path).map(|document| document.version);
            let state = (version, diagnostics);
            let known = self.files.get(&path);
            if known == Some(&state) || known.is_none() && version.is_none() && state.1.is_empty() {
                continue;
            }
            if let Some(uri) = documents.uri(&path) {
                news.push(PublishDiagnosticsParams { uri, version, diagnostics: state.1.clone() });
            }
            if version.is_none() && state.1.is_empty() {
                self.files.remove(&path);
            } else {
                self.files.insert(path, state);
            }
        }
        news
    }
}

/// The file that a problem is told of: where no file is to blame, it is that of the settings.
fn path<'s>(problem: &Problem, sources: &'s Sources) -> &'s str {
    problem.span.map_or(SITE, |span| sources.path(span.file))
}

/// A problem as the client is told of it.
pub fn diagnostic(
    problem: &Problem,
    root: &Path,
    texts: &Texts,
    documents: &Documents,
    encoding: Encoding,
) -> Diagnostic {
    let related = problem.labels.iter().filter_map(|(span, label)| {
        let uri = documents.uri(&root.join(texts.path(span.file)))?;
        let location = Location { uri, range: convert::span(encoding, texts, *span) };
        Some(DiagnosticRelatedInformation { location, message: label.clone() })
    });
    let related: Vec<_> = related.collect();
    let help = problem.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: problem.span.map(|span| convert::span(encoding, texts, span)).unwrap_or_default(),
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Note => DiagnosticSeverity::Information,
        }),
        code: Some(Code::String(problem.code.name.to_owned())),
        source: Some("dossier".to_owned()),
        message: Message::String(format!("{}{help}", problem.message)),
        related_information: (!related.is_empty()).then_some(related),
        // What `dossier explain` says of it.
        data: problem.code.paragraphs().next().map(serde_json::Value::from),
        ..Diagnostic::default()
    }
}
