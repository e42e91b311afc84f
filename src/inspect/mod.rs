//! A dossier -> what is asked about it on the command line: lists, one record with what links to it, counts.

pub mod columns;
pub mod fields;
pub mod layout;
pub mod links;
pub mod list;
pub mod query;
pub mod show;
pub mod stats;

use crate::cache::Cache;
use crate::diag::{Checked, Diagnostic};
use crate::model::Withhold;
use crate::model::dossier::{Dossier, Hidden, Id};
use crate::pictures::Pictures;
use crate::prepared::Prepared;
use crate::source::{Sources, turns_direction};

/// Makes a dossier ready to be asked; what is wrong with it beside. Its pictures are not looked at.
///
/// # Errors
/// When there is no dossier.
pub fn open(
    sources: &Sources,
    theme: &Sources,
    options: crate::Options,
    progress: &(dyn Fn(crate::Step, usize, usize) + Sync),
) -> Result<Checked<Prepared>, Box<Diagnostic>> {
    let mut cache = Cache::default();
    let crate::Examined { linked, mut diagnostics, .. } =
        crate::examine(sources, options, &mut cache, progress)?;
    let (look, bibliography) = cache.prepare(&linked, theme, sources);
    diagnostics.extend(look.diagnostics.iter().cloned());
    let diagnostics = crate::in_order(diagnostics, Vec::new(), sources);
    Ok(Checked { value: Prepared::new(linked, Pictures::default(), look, bibliography), diagnostics })
}

/// How a record is called on the command line: `people/ada-berg`, and an article by its path.
pub fn name(dossier: &Dossier, id: Id) -> String {
    match dossier.article(id) {
        Some(article) => article.path.clone(),
        None => format!("{}/{}", id.kind.plural(), dossier.key(id)),
    }
}

/// Why a record will not be published, if so.
pub fn hidden(dossier: &Dossier, id: Id) -> Option<Hidden> {
    let draft = || dossier.common(id).is_some_and(|common| common.draft).then_some(Hidden::Draft);
    dossier.hidden(id).or_else(draft)
}

/// The word for that.
pub fn hidden_word(hidden: Option<Hidden>) -> &'static str {
    match hidden {
        Some(Hidden::Draft) => "draft",
        Some(Hidden::Withheld) => "withheld",
        None => "",
    }
}

/// Whether anything of a record is withheld.
fn withholds(dossier: &Dossier, id: Id) -> bool {
    dossier.common(id).is_some_and(|common| common.withhold != Withhold::Nothing)
}

/// A text as one line, without the characters that set parts of it apart on a page.
pub fn line(text: &str) -> String {
    let text: String = text.chars().filter(|c| !turns_direction(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// So many of something: `1 meeting`, `2 meetings`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
