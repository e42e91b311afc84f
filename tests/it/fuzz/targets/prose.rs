//! Single files of a dossier, as they are parsed.

use dossier::diag::Checked;
use dossier::model::body::{Body, Piece};
use dossier::model::config::Config;
use dossier::parse::{Parsed, parse};
use dossier::source::{SourceFile, Sources};

use super::files::{files, told};
use super::markup;

/// Every file of an input, parsed.
fn parsed(data: &[u8], first: &str) -> Vec<Parsed> {
    let mut all = Vec::new();
    for (path, bytes) in files(data, first) {
        let mut sources = Sources::default();
        sources.insert(&*path, bytes);
        let file: &SourceFile = sources.get(&path).unwrap_or_else(|| panic!("{path}"));
        let Checked { value, diagnostics } = parse(file, &Config::default());
        told(&diagnostics, &sources);
        let text = file.readable();
        let inside = |range: std::ops::Range<usize>| {
            assert!(text.get(range.clone()).is_some(), "{range:?} in {path}");
        };
        for record in &value.records {
            inside(record.span().range());
            record.common().prose.iter().for_each(|body| prose(body, &text));
        }
        if let Some(found) = &value.prose {
            inside(found.span.range());
            prose(&found.body, &text);
        }
        if let Some(article) = &value.article {
            inside(article.span.range());
            prose(&article.body, &text);
            article.summary.iter().for_each(|summary| prose(summary, &text));
        }
        all.push(value);
    }
    all
}

/// The HTML of a text with all its holes filled, and what else is said of it.
fn prose(body: &Body, text: &str) {
    let mut html = String::new();
    for piece in &body.pieces {
        match piece {
            Piece::Html(part) => html.push_str(part),
            Piece::Wikilink { label, .. } => html.push_str(label.as_deref().unwrap_or("link")),
            Piece::Figure(figure) => {
                assert!(text.get(figure.span.range()).is_some(), "{figure:?}");
                html.push_str(&figure.html);
            }
            Piece::File { span, .. } => {
                assert!(text.get(span.range()).is_some(), "{span:?}");
                html.push_str("address");
            }
            Piece::Image { span, .. } => {
                assert!(text.get(span.range()).is_some(), "{span:?}");
                html.push_str("<img src=\"address\">");
            }
            Piece::Word(_) => html.push_str("word"),
            Piece::Cite(_) | Piece::Embed { .. } => {}
        }
    }
    let seen = markup::sound(&html);
    // Nobody asked for HTML of the author's.
    for foreign in ["script", "style", "iframe", "form", "object", "svg"] {
        assert!(!seen.elements.contains(foreign), "<{foreign}> in {html:?}");
    }
    for anchor in &body.anchors {
        assert!(seen.ids.contains(anchor), "no heading has the anchor {anchor:?}: {html:?}");
    }
    for sentence in &body.sentences {
        assert!(text.get(sentence.span.range()).is_some(), "{sentence:?}");
        for (range, _) in &sentence.figures {
            assert!(sentence.text.get(range.clone()).is_some(), "{sentence:?}");
        }
        for key in sentence.keys() {
            assert!(sentence.text.get(key).is_some(), "{sentence:?}");
        }
        hole(&sentence.text);
    }
    for line in &body.lines {
        assert!(text.get(line.span.range()).is_some(), "{line:?}");
        hole(&line.value);
    }
    hole(&body.text);
    hole(&body.markdown);
}

/// Holes are made of control characters, and none is left in what is shown.
fn hole(text: &str) {
    assert!(!text.contains(|c: char| c.is_control() && !c.is_whitespace()), "{text:?}");
}

/// An article, with its front matter.
pub fn markdown(data: &[u8]) {
    parsed(data, "content/explainers/tides.md");
}

/// A table of records, or prose beside one.
pub fn records(data: &[u8]) {
    parsed(data, "content/people.toml");
}

pub fn bibliographies(data: &[u8]) {
    parsed(data, "content/sources.bib");
}

pub fn settings(data: &[u8]) {
    let mut sources = Sources::default();
    sources.insert("site.toml", data);
    match dossier::settings(&sources) {
        Ok(read) => told(&read.diagnostics, &sources),
        Err(problem) => panic!("{problem:?}"),
    }
}
