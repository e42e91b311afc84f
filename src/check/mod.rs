//! Advice on a dossier that is valid: one lint, one file. `site.toml` says what each does.

mod confirmed_on_one_origin;
mod denial_without_dispute;
mod meeting_without_participants;
mod source_never_cited;
mod uncited_record;

use crate::diag::{Code, Diagnostic, Severity};
use crate::link::Linked;

/// A rule that a dossier may break with good reason.
pub struct Lint {
    pub code: Code,
    /// What it does unless `site.toml` says otherwise.
    pub default: Severity,
    run: fn(&Linked, &mut dyn FnMut(Diagnostic)),
}

/// Every lint, by name.
pub const LINTS: [Lint; 5] = [
    Lint {
        code: confirmed_on_one_origin::CODE,
        default: Severity::Warning,
        run: confirmed_on_one_origin::run,
    },
    Lint { code: denial_without_dispute::CODE, default: Severity::Warning, run: denial_without_dispute::run },
    Lint { code: source_never_cited::CODE, default: Severity::Warning, run: source_never_cited::run },
    Lint { code: uncited_record::CODE, default: Severity::Warning, run: uncited_record::run },
    Lint {
        code: meeting_without_participants::CODE,
        default: Severity::Note,
        run: meeting_without_participants::run,
    },
];

/// The names of all lints.
pub fn names() -> Vec<&'static str> {
    LINTS.iter().map(|lint| lint.code.name).collect()
}

/// What the lints have to say, at the levels that the settings give them.
pub fn check(linked: &Linked) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in &LINTS {
        let level = linked.dossier.config.lints.get(lint.code.name).copied().unwrap_or(Some(lint.default));
        let Some(severity) = level else { continue };
        (lint.run)(linked, &mut |problem: Diagnostic| found.push(Diagnostic { severity, ..problem }));
    }
    found
}
