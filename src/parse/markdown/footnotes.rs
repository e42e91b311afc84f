//! Footnotes: collected at the end of a text, in the order in which it refers to them.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Definitions, Out, Renderer, markup};
use crate::diag::Diagnostic;
use crate::model::body::Piece;
use crate::parse::problems;

impl Renderer<'_, '_> {
    /// Number of a footnote, and which reference to it this is.
    pub(super) fn refer(&mut self, label: &str) -> (usize, usize) {
        let (n, count) = self.references.entry(label.to_owned()).or_insert_with(|| {
            self.footnotes.push(label.to_owned());
            (self.footnotes.len(), 0)
        });
        *count += 1;
        (*n, *count)
    }

    /// All footnotes at the end of the text, in the order in which it refers to them.
    pub(super) fn footnotes<'e>(&mut self, out: &mut Out<'e>, mut definitions: Definitions<'e>) {
        if !self.footnotes.is_empty() {
            let label = self.hole(Piece::Word("prose.footnotes"));
            out.push(markup(format!("<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>\n")));
            for (index, name) in self.footnotes.clone().iter().enumerate() {
                let n = index + 1;
                out.push(markup(format!("<li id=\"fn-{n}\">\n")));
                if let Some((inner, _)) = definitions.remove(name) {
                    out.extend(inner);
                }
                for k in 1..=self.references.get(name).map_or(0, |(_, count)| *count) {
                    let back = self.hole(Piece::Word("prose.back"));
                    out.push(markup(format!(
                        "<a class=\"back\" href=\"#fnref-{n}-{k}\" aria-label=\"{back} {n}\">↩</a>"
                    )));
                }
                out.push(markup("</li>\n".to_owned()));
            }
            out.push(markup("</ol>\n</section>\n".to_owned()));
        }
        let mut unused: Vec<_> = definitions.into_iter().map(|(name, (_, range))| (range, name)).collect();
        unused.sort_by_key(|(range, _)| range.start);
        for (range, name) in unused {
            let head = range.start..range.start + name.len() + 3;
            self.problems.push(
                Diagnostic::warning(
                    problems::UNUSED_FOOTNOTE,
                    (self.setting.place)(head),
                    format!("nothing refers to the footnote `{name}`"),
                )
                .help(format!("put `[^{name}]` where it belongs, or delete the note")),
            );
        }
    }

    /// `[^name]` that stayed text because nothing defines it.
    pub(super) fn undefined_footnotes(&mut self, masked: &str, events: &[(Event, Range<usize>)]) {
        if !masked.contains("[^") {
            return;
        }
        for (event, range) in events {
            if matches!(event, Event::Text(text) if text.starts_with('['))
                && let Some(name) = masked[range.start..]
                    .strip_prefix("[^")
                    .and_then(|rest| rest.split(['[', ']', '\n', ' ']).next())
                && masked[range.start + 2 + name.len()..].starts_with(']')
            {
                let place = range.start..range.start + name.len() + 3;
                self.report(
                    problems::UNDEFINED_FOOTNOTE,
                    place,
                    format!("there is no footnote `{name}`"),
                    &format!("add a line `[^{name}]: ...`"),
                );
            }
        }
    }
}
