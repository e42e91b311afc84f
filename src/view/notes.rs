//! The source list of a page: numbers its citations in the order in which the page shows them, and
//! writes each in the style of the dossier.

use super::page::{Mark, Note};
use super::words::Words;
use crate::bibliography::{Run, Shape, title_in};
use crate::html::{escaped, escaped_text};
use crate::link::refs::SOURCE;
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::Id;
use crate::model::name::direction;
use crate::model::source::Source;

/// The citations met so far. The same source at the same place with the same chain is one entry.
pub struct Notes {
    /// The way back to the site's root.
    root: String,
    entries: Vec<(String, Note)>,
}

impl Notes {
    pub fn new(root: String) -> Notes {
        Notes { root, entries: Vec::new() }
    }

    /// The mark for one more use of a citation.
    pub fn mark(&mut self, words: &Words, citation: &Citation) -> Mark {
        let note = self.entry(words, citation);
        let id = format!("cite-{}-{}", note.n, note.back.len() + 1);
        note.back.push(id.clone());
        Mark { n: note.n, id, is_first: note.back.len() == 1 }
    }

    /// Enters citations of what the page shows where there is no room for marks.
    pub fn enter(&mut self, words: &Words, citations: &[Citation]) {
        for citation in citations {
            self.entry(words, citation);
        }
    }

    fn entry(&mut self, words: &Words, citation: &Citation) -> &mut Note {
        let key = identity(citation);
        let at = match self.entries.iter().position(|(known, _)| *known == key) {
            Some(at) => at,
            None => {
                let note = note(words, citation, self.entries.len() + 1, &self.root);
                self.entries.push((key, note));
                self.entries.len() - 1
            }
        };
        &mut self.entries[at].1
    }

    pub fn marks(&mut self, words: &Words, citations: &[Citation]) -> Vec<Mark> {
        citations.iter().map(|citation| self.mark(words, citation)).collect()
    }

    pub fn into_entries(self) -> Vec<Note> {
        self.entries.into_iter().map(|(_, note)| note).collect()
    }
}

fn identity(citation: &Citation) -> String {
    let hop = |hop: &Hop| match hop {
        Hop::Source { locator, .. } => format!("{} {}", hop.origin().1, locator.as_deref().unwrap_or("")),
        Hop::Unrecorded { text, .. } => format!("'{text}'"),
    };
    citation.hops.iter().map(hop).collect::<Vec<_>>().join(" citing ")
}

fn note(words: &Words, citation: &Citation, n: usize, root: &str) -> Note {
    let mut note =
        Note { n, html: String::new(), kind: None, url: None, archived: None, copy: None, back: Vec::new() };
    // What ends in an abbreviation has its full stop.
    let mut stopped = false;
    for (hop, at) in citation.hops.iter().zip(0..) {
        let (before, after) = words.strings.around("note.citing", "source");
        stopped = false;
        if at > 0 {
            note.html.push_str(&escaped_text(&before));
        }
        match hop {
            Hop::Unrecorded { text, .. } if at == 0 => {
                note.html.push_str(&escaped_text(&words.capital(text)))
            }
            Hop::Unrecorded { text, .. } => note.html.push_str(&escaped_text(text)),
            Hop::Source { source, locator } => {
                let dossier = &words.linked.dossier;
                let Some(id) = dossier.get(source, SOURCE) else { continue };
                let Some(source) = dossier.sources.get(id.index).map(|source| &source.data) else { continue };
                let runs = runs(words, id, source, locator.as_deref());
                let href = format!("{root}{}", words.locator_href(id, locator.as_deref()));
                note.html.push_str(&html(words, &runs, source, Some(&href)));
                stopped = runs.last().is_some_and(|run| run.text.ends_with(words.get("note.end")));
                if at > 0 && words.linked.unseen(id) {
                    stopped = false;
                    note.html.push_str(&escaped_text(words.get("attribution.unseen")));
                }
                if at == 0 {
                    let kind = super::source::kind(words, id);
                    // The style itself says its genre.
                    let genre = source.imprint.genre.as_ref().map(|genre| genre.to_lowercase());
                    note.kind = Some(kind).filter(|kind| genre != Some(kind.to_lowercase()));
                    let shown = runs.iter().any(|run| run.url.is_some());
                    note.url = source.url.as_ref().filter(|_| !shown).map(|url| url.value.clone());
                    note.archived = source.archived.as_ref().map(|url| url.value.clone());
                    note.copy = source.copy.as_ref().map(|copy| super::prose::encoded(&copy.file.path));
                }
            }
        }
        if at > 0 {
            note.html.push_str(&escaped_text(&after));
        }
    }
    if !stopped {
        note.html.push_str(&escaped_text(words.get("note.end")));
    }
    note
}

/// A citation in short, without markup: who made the source, when, and the place in it; then who is cited
/// there.
pub fn short(words: &Words, citation: &Citation) -> String {
    let mut text = String::new();
    for (hop, at) in citation.hops.iter().zip(0..) {
        let maker = words.hop(hop).text;
        if at > 0 {
            text.push_str(&words.strings.fill("note.citing", &[("source", &maker)]));
            continue;
        }
        text.push_str(&words.capital(&maker));
        let Hop::Source { source, locator } = hop else { continue };
        let id = words.linked.dossier.get(source, SOURCE);
        let source = id.and_then(|id| words.linked.dossier.sources.get(id.index));
        let published = source.and_then(|source| source.data.published.as_ref());
        for part in published.map(|date| words.date(&date.value)).iter().chain(locator) {
            text.push_str(words.comma());
            text.push_str(part);
        }
    }
    text + words.get("note.end")
}

/// A source in the style of the dossier, with a place in it.
pub fn runs(words: &Words, id: Id, source: &Source, locator: Option<&str>) -> Vec<Run> {
    let issued = || source.published.as_ref().map_or_else(String::new, |date| words.date(&date.value));
    let accessed = || source.accessed.as_ref().map_or_else(String::new, |date| words.date(&date.value));
    match words.bibliography.get(words.linked.dossier.key(id)) {
        Some(entry) => entry.with(locator, [&issued, &accessed], words.get("note.comma")),
        // What nothing cites has no entry, as long as nothing does.
        None => {
            let parts = [Some(source.title.clone()), source.published.as_ref().map(|_| issued())];
            let text = parts.into_iter().flatten().collect::<Vec<_>>().join(words.get("note.comma"));
            vec![Run { text, shape: Shape::Plain, url: None }]
        }
    }
}

/// The entry of a source in a bibliography: its HTML, and what it is sorted by.
pub fn entry(words: &Words, id: Id, href: Option<&str>) -> (String, Vec<u8>) {
    let Some(source) = words.linked.dossier.sources.get(id.index).map(|source| &source.data) else {
        return Default::default();
    };
    let runs = runs(words, id, source, None);
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let end = escaped_text(words.get("note.end"));
    (format!("{}{end}", html(words, &runs, source, href)), words.sort_key(&text))
}

/// Runs as HTML. The title of the source leads to `href`; where the style shows none, all of it does.
fn html(words: &Words, runs: &[Run], source: &Source, href: Option<&str>) -> String {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let linked = title_in(&text, &source.title).unwrap_or(0..text.len());
    let language = source.language.as_ref().filter(|lang| **lang != words.linked.dossier.config.language);
    let (mut open, mut close) = match href {
        Some(href) => (format!("<a href=\"{}\">", escaped(href)), "</a>".to_owned()),
        None => (String::new(), String::new()),
    };
    if let Some(language) = language {
        open.push_str(&format!("<bdi lang=\"{}\" dir=\"{}\">", escaped(language), direction(language)));
        close.insert_str(0, "</bdi>");
    }
    let mut out = String::new();
    let mut at = 0;
    for run in runs {
        let (start, end) = (at, at + run.text.len());
        at = end;
        for part in [
            start..linked.start.clamp(start, end),
            linked.start.clamp(start, end)..linked.end.clamp(start, end),
            linked.end.clamp(start, end)..end,
        ] {
            if part.is_empty() {
                continue;
            }
            let inside = linked.contains(&part.start);
            if inside && part.start == linked.start {
                out.push_str(&open);
            }
            push(&mut out, run, &run.text[part.start - start..part.end - start], inside);
            if inside && part.end == linked.end {
                out.push_str(&close);
            }
        }
    }
    out
}

/// A part of a run in its shape; an address outside the title is a link.
fn push(out: &mut String, run: &Run, text: &str, in_link: bool) {
    let (open, close) = match run.shape {
        Shape::Plain => ("", ""),
        Shape::Italic => ("<i>", "</i>"),
        Shape::Bold => ("<b>", "</b>"),
        Shape::SmallCaps => ("<span class=\"small-caps\">", "</span>"),
        Shape::Superscript => ("<sup>", "</sup>"),
        Shape::Subscript => ("<sub>", "</sub>"),
    };
    let url = run
        .url
        .as_ref()
        .filter(|url| !in_link && (url.starts_with("https://") || url.starts_with("http://")));
    out.push_str(open);
    match url {
        // On paper an address stands behind a link, but for one that reads so already.
        Some(url) => out.push_str(&format!(
            "<a{} href=\"{}\" rel=\"external\">{}</a>",
            if text.trim_end_matches('/') == url.trim_end_matches('/') { "" } else { " class=\"out\"" },
            escaped(url),
            escaped_text(text)
        )),
        None => out.push_str(&escaped_text(text)),
    }
    out.push_str(close);
}
