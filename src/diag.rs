//! What the build has to say to the author: diagnostics as data, gathered by every stage.
//!
//! Each stage keeps its codes in a small `problems` module made with `codes!`, and each lint its own
//! with `code!`; the comment on a code is its explanation in the user's documentation and in
//! `dossier explain`.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::{Sources, Span, turns_direction};

/// How much it matters. Only errors keep a site from being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A kind of problem: a stable name and what it means, in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    pub name: &'static str,
    pub explanation: &'static str,
}

impl Code {
    /// The explanation, each paragraph as one line.
    pub fn paragraphs(&self) -> impl Iterator<Item = String> {
        let paragraphs = self.explanation.split("\n\n");
        paragraphs.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Defines one code; the doc comment is its explanation.
#[macro_export]
macro_rules! code {
    ($(#[doc = $doc:literal])+ $id:ident = $name:literal;) => {
        $(#[doc = $doc])+
        pub const $id: $crate::diag::Code = $crate::diag::Code {
            name: $name,
            explanation: concat!($($doc, "\n"),+),
        };
    };
}

/// Defines codes, as [`code!`] does one. `ALL` lists them.
#[macro_export]
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $id:ident = $name:literal;)+) => {
        $($crate::code! { $(#[doc = $doc])+ $id = $name; })+
        /// Every code of this stage.
        pub const ALL: &[$crate::diag::Code] = &[$($id),+];
    };
}

/// One problem, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// One sentence in plain words, without a full stop.
    pub message: String,
    /// Where; absent when no file is to blame.
    pub span: Option<Span>,
    /// What to see at `span`, a few words; may be empty.
    pub label: String,
    /// Other places that belong to it, such as the first of two definitions.
    pub labels: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Some(span), message)
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, Some(span), message)
    }

    pub fn new(code: Code, severity: Severity, span: Option<Span>, message: impl Into<String>) -> Self {
        let message = one_line(&message.into());
        Diagnostic { code, severity, message, span, label: String::new(), labels: Vec::new(), help: None }
    }

    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = one_line(&label.into());
        self
    }

    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, one_line(&label.into())));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(&help.into()));
        self
    }

    pub fn maybe_help(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

/// A text fit for a terminal, whatever it quotes: what would command the terminal, or show the text in another order, is
/// made visible.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_invisible = |c: char| turns_direction(c) || c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(is_invisible, "\u{FFFD}"))
}

/// The same in one line, and the middle of a very long one left out.
fn one_line(text: &str) -> String {
    const LONG: usize = 600;
    let mut line: Vec<char> = text
        .chars()
        .map(|c| match c {
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
            c if turns_direction(c) => '\u{FFFD}',
            c => c,
        })
        .collect();
    if line.len() > LONG {
        let tail = line.len() - LONG / 3;
        line.splice(LONG / 2..tail, " … ".chars());
    }
    line.into_iter().collect()
}

/// The value of a stage and all it has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

/// Sorts by path, place, severity and code, and drops what is said twice, so that a report does not
/// depend on the order of the work.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by(|a, b| {
        let [one, other] = [a, b].map(|d| d.span.map(|span| (sources.path(span.file), span.start, span.end)));
        one.cmp(&other)
            .then(a.severity.cmp(&b.severity))
            .then_with(|| a.code.name.cmp(b.code.name))
            .then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}

/// Leaves of what is wrong with a file in the same way only what somebody will read, and says how much more there is.
/// They are sorted.
pub fn shorten(diagnostics: &mut Vec<Diagnostic>) {
    const TOLD: usize = 100;
    let alike = |problem: &Diagnostic| (problem.span.map(|span| span.file), problem.code, problem.severity);
    let mut counts: HashMap<_, usize> = HashMap::new();
    diagnostics.iter().for_each(|problem| *counts.entry(alike(problem)).or_default() += 1);
    let mut met: HashMap<_, usize> = HashMap::new();
    diagnostics.retain_mut(|problem| {
        let alike = alike(problem);
        let met = met.entry(alike).or_default();
        *met += 1;
        let more = counts.get(&alike).map_or(0, |all| all.saturating_sub(TOLD));
        if *met == TOLD && more > 0 {
            let help = problem.help.take().map_or_else(String::new, |help| format!("{help}; "));
            problem.help = Some(format!("{help}{more} more such places in this file are not listed"));
        }
        *met <= TOLD
    });
}

/// "did you mean" for a word that is none of `known`; nothing when none is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // What is longer is no slip of a word, and comparing takes the product of both lengths.
    const LONG: usize = 400;
    if word.len() > LONG {
        return None;
    }
    let length = word.chars().count();
    let near = |candidate: &str| {
        // Half the word may be wrong at most, and a short word hardly at all; a word that begins or
        // ends another is near whatever its length.
        let other = candidate.chars().count();
        let longer = length.max(other);
        let allowed = (longer / 3).max(1);
        // Words are at least as far apart as their lengths.
        if length.abs_diff(other) <= allowed {
            let distance = strsim::damerau_levenshtein(word, candidate);
            if distance <= allowed && distance < longer {
                return Some(distance);
            }
        }
        let affix = word.len() >= 4
            && candidate.split(['-', '_', '/']).chain([candidate]).any(|part| {
                part == word || (candidate.len() >= 4 && word.split('-').any(|w| w == candidate))
            });
        affix.then_some(allowed + 1)
    };
    known
        .into_iter()
        .filter_map(|candidate| near(candidate).map(|distance| (distance, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// A noun with its article: `a person`, `an event`.
pub fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The words of a list, as one would write them: `a, b or c`.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_near_or_absent() {
        let known = ["ismail-haniyeh", "saleh-al-arouri", "hamas"];
        assert_eq!(did_you_mean("ismail-haniye", known), Some("ismail-haniyeh"));
        assert_eq!(did_you_mean("haniyeh", known), Some("ismail-haniyeh"));
        assert_eq!(did_you_mean("hams", known), Some("hamas"));
        assert_eq!(did_you_mean("tehran", known), None);
        assert_eq!(did_you_mean("", known), None);
        assert_eq!(did_you_mean("g", ["a", "b"]), None);
    }
}
