//! A figure in the prose that neither a query checks nor a source bears.

use std::collections::BTreeSet;

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::numbers::stated;
use crate::link::refs::bodies;
use crate::model::Kind;

crate::code! {
    /// A figure in the prose that nothing bears: no query counts it, and no source is cited in its
    /// paragraph. Figures are what readers carry on, and what goes wrong first.
    ///
    /// Let the build count it, `:count[four times]{meetings with=key}`, or cite who says so. Years, days
    /// and other dates are not taken for figures, nor are one and two in words. A number from 1000 to 2199
    /// without a sign between its thousands is taken for a year: `2,000 dead` is told, `2000 dead` is not.
    CODE = "uncited-figure";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let language = &linked.dossier.config.language;
    for id in linked.dossier.all().filter(|id| id.kind != Kind::Source) {
        // What a record says in a line is cited by the record.
        let cited = id.kind != Kind::Article && linked.dossier.common(id).is_some_and(|common| common.cites);
        for body in bodies(&linked.dossier, id) {
            let borne: BTreeSet<usize> = body
                .sentences
                .iter()
                .filter(|sentence| !sentence.citations.is_empty())
                .map(|sentence| sentence.paragraph)
                .collect();
            for sentence in &body.sentences {
                if cited || borne.contains(&sentence.paragraph) {
                    continue;
                }
                // The digits of a key are none of the text's.
                let mut checked = sentence.keys();
                checked.extend(sentence.figures.iter().map(|(words, _)| words.clone()));
                for number in stated(&sentence.text, language, &checked) {
                    let message = format!("nothing bears the figure \"{}\"", &sentence.text[number]);
                    let problem = Diagnostic::warning(CODE, sentence.span, message)
                        .help("count it, `:count[..]{meetings ..}`, or cite who says so, `[@source ¶1]`");
                    report(Finding::certain(id, problem));
                }
            }
        }
    }
}
