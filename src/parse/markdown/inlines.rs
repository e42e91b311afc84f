//! Running text: emphasis, marks, and our own notation cut out of it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Out, Renderer, inline_markup, matching_end};
use crate::diag::Diagnostic;
use crate::html::escaped;
use crate::model::body::Piece;
use crate::parse::inline::{Notation, Token};
use crate::parse::{notation, problems};

impl Renderer<'_, '_> {
    /// Running text: links, images, footnote marks and our own notation.
    pub(super) fn inlines<'e>(&mut self, events: &[(Event<'e>, Range<usize>)], out: &mut Out<'e>) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at += 1;
            match event {
                Event::Text(text) => self.text_event(text, range.clone(), out),
                Event::Code(code) => {
                    self.say(code, range.clone());
                    out.push(event.clone());
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.say(" ", range.clone());
                    out.push(event.clone());
                }
                Event::InlineHtml(_) | Event::Html(_) => self.raw_html(range.clone(), out),
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    let href = self.href(*link_type, dest_url, range.clone());
                    let title = if title.is_empty() {
                        String::new()
                    } else {
                        format!(" title=\"{}\"", escaped(title))
                    };
                    out.push(inline_markup(format!("<a href=\"{href}\"{title}>")));
                    self.links += 1;
                }
                Event::End(TagEnd::Link) => {
                    out.push(inline_markup("</a>".to_owned()));
                    self.links = self.links.saturating_sub(1);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let end = matching_end(events, at);
                    let image = self.image(dest_url, "", &events[at..end], range.clone());
                    out.push(inline_markup(image));
                    at = end + 1;
                }
                Event::FootnoteReference(label) => {
                    let (n, k) = self.refer(label);
                    out.push(inline_markup(format!(
                        "<sup class=\"fnref\"><a href=\"#fn-{n}\" id=\"fnref-{n}-{k}\">{n}</a></sup>"
                    )));
                }
                Event::TaskListMarker(done) => self.task_marker(*done, out),
                other => out.push(other.clone()),
            }
        }
    }

    /// A box that says whether a task is done; it has a name of its own for those who hear the page.
    pub(super) fn task_marker(&mut self, done: bool, out: &mut Out) {
        let word = self.hole(Piece::Word(if done { "prose.done" } else { "prose.open" }));
        let checked = if done { " checked" } else { "" };
        out.push(inline_markup(format!(
            "<input type=\"checkbox\" disabled{checked} aria-label=\"{word}\"> "
        )));
    }

    /// Text with our notation cut out of it.
    pub(super) fn text_event<'e>(&mut self, text: &CowStr<'e>, range: Range<usize>, out: &mut Out<'e>) {
        let first = self.tokens.partition_point(|token| token.range.start < range.start);
        let inside: Vec<Token> =
            self.tokens[first..].iter().take_while(|token| token.range.end <= range.end).cloned().collect();
        if inside.is_empty() || text.len() != range.len() {
            self.say(text, range);
            out.push(Event::Text(text.clone()));
            return;
        }
        let mut at = range.start;
        for token in inside {
            self.push_text(at..token.range.start, out);
            at = token.range.end;
            self.token(&token, out);
        }
        self.push_text(at..range.end, out);
    }

    fn push_text(&mut self, range: Range<usize>, out: &mut Out) {
        let text = &self.text[range.clone()];
        if !text.is_empty() {
            self.say(text, range);
            out.push(Event::Text(CowStr::from(text.to_owned())));
        }
    }

    pub(super) fn token(&mut self, token: &Token, out: &mut Out) {
        let place = |range: Range<usize>| (self.setting.place)(range);
        let span = place(token.range.clone());
        let piece = match &token.notation {
            Notation::Wikilink { inner } => {
                notation::wikilink(self.text, inner.clone(), span, &place, self.problems)
            }
            Notation::Cite { inner } => notation::cite(self.text, inner.clone(), &place, self.problems),
            Notation::Text { name, label, attributes } => notation::figure(
                self.text,
                name.clone(),
                label.clone(),
                attributes.clone(),
                span,
                &place,
                self.problems,
            ),
            Notation::Leaf { .. } => {
                self.problems.push(notation::misplaced(span));
                None
            }
            Notation::Attributes { .. } => {
                if !self.attributes_read.contains(&token.range.start) {
                    let message = "these braces belong to no image";
                    let problem = Diagnostic::error(problems::INVALID_DIRECTIVE, span, message);
                    self.problems.push(
                        problem.help("they stand right behind it: `![words](file.png){credit=\"..\"}`"),
                    );
                }
                None
            }
        };
        let Some(piece) = piece else { return };
        match &piece {
            Piece::Wikilink { target, label, .. } => {
                if self.links > 0 {
                    self.problems.push(
                        Diagnostic::error(problems::INVALID_WIKILINK, span, "a link within a link")
                            .help("let one of the two go"),
                    );
                    return;
                }
                let label = label.as_deref().map(without_tags);
                // The name of the record is known only once all files are.
                let words = label.unwrap_or_else(|| format!("[[{}]]", target.text));
                self.say(&words, token.range.clone());
            }
            Piece::Figure(figure) => self.say(&figure.words, token.range.clone()),
            Piece::Cite(_) => self.plain.truncate(self.plain.trim_end().len()),
            _ => {}
        }
        self.paragraph.note(&piece);
        let hole = self.hole(piece);
        out.push(inline_markup(hole));
    }
}

/// The text of a piece of HTML, without its tags.
pub fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Whether an event is, or begins, running text.
pub(super) fn is_inline(event: &Event) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript,
        ) | Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
    )
}

/// The index after the run of inline events that starts at `start`.
pub(super) fn inline_end(events: &[(Event, Range<usize>)], start: usize) -> usize {
    let mut at = start;
    while let Some((event, _)) = events.get(at).filter(|(event, _)| is_inline(event)) {
        at = if matches!(event, Event::Start(_)) { matching_end(events, at + 1) + 1 } else { at + 1 };
    }
    at.min(events.len())
}
