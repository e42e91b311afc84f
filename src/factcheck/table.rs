//! The sheet -> CSV (RFC 4180), one line for each statement and each citation behind it.

use super::{Section, Sheet, Statement, Support};
use crate::table::Table;

const HEADER: [&str; 21] = [
    "n",
    "page",
    "kind",
    "part",
    "statement",
    "place",
    "source",
    "locator",
    "chain",
    "quotation",
    "translation",
    "counted",
    "url",
    "archived",
    "copy",
    "sha256",
    "copy_state",
    "response_sought",
    "exceptions",
    "checked_by",
    "checked_on",
];

/// The table, as UTF-8 with a byte order mark, without which spreadsheets take it for another encoding.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut table = Table::new(&HEADER, true);
    for section in &sheet.sections {
        for statement in &section.statements {
            let none = [Support::default()];
            let supports = if statement.supports.is_empty() { &none[..] } else { &statement.supports };
            for support in supports {
                table.row(line(section, statement, support).iter().map(String::as_str));
            }
        }
    }
    table.bytes()
}

fn line(section: &Section, statement: &Statement, support: &Support) -> [String; HEADER.len()] {
    [
        statement.n.to_string(),
        section.name.clone(),
        section.kind.clone(),
        statement.part.clone(),
        statement.text.clone(),
        statement.place.clone(),
        support.source.clone(),
        support.locator.clone(),
        support.chain.clone(),
        support.quotation.clone(),
        support.translation.clone(),
        statement.counted.join(" | "),
        support.url.clone(),
        support.archived.clone(),
        support.copy.clone(),
        support.sha256.clone(),
        support.copy_state.to_owned(),
        section.responses.join(" | "),
        exceptions(section),
        String::new(),
        String::new(),
    ]
}

/// Advice that the authors set aside: `uncited-record: why`.
fn exceptions(section: &Section) -> String {
    let all = section.exceptions.iter().map(|exception| format!("{}: {}", exception.lint, exception.reason));
    all.collect::<Vec<_>>().join(" | ")
}
