//! Every code of a report, with what it means.

use dossier::check::LINTS;
use dossier::codes;

use super::{Pages, article, wrapped};

pub fn pages() -> Pages {
    let mut text =
        "Each report has a code in brackets; `dossier explain CODE` says in the terminal what is said here. \
                    Those of [lints](lints.md) have a page each.\n\n"
            .to_owned();
    for code in codes::all().iter().filter(|code| LINTS.iter().all(|lint| lint.code.name != code.name)) {
        text.push_str(&format!("## {0} {{#{0}}}\n\n", code.name));
        for paragraph in code.paragraphs() {
            text.push_str(&format!("{}\n\n", wrapped(&paragraph)));
        }
    }
    let summary = "What each report of `dossier check` means.";
    Pages::from([("problems.md".to_owned(), article("Reports", 304, summary, &text))])
}
