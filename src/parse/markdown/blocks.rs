//! Paragraphs, headings, code, tables, quotes: each block of a text, with ours in place of some.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::authored::{self, cleaned};
use super::inlines::{inline_end, is_inline, without_tags};
use super::{Definitions, Out, Renderer, Role, is_comment, markup, matching_end};
use crate::diag::Diagnostic;
use crate::html::escaped;
use crate::model::body::{Piece, THEME_ANCHORS, with_names};
use crate::parse::highlight::highlight;
use crate::parse::inline::Notation;
use crate::parse::{notation, problems};

/// How deep elements of an author's HTML lie in each other at most: to take them apart needs the square of that.
const DEEPEST: isize = 200;

impl Renderer<'_, '_> {
    /// The events of the text with ours in place of some, and the footnotes' definitions apart.
    pub(super) fn blocks<'e>(&mut self, events: &[(Event<'e>, Range<usize>)]) -> (Out<'e>, Definitions<'e>) {
        let mut out = Vec::with_capacity(events.len());
        let mut definitions = Definitions::new();
        let mut depth = 0usize;
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at += 1;
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let end = matching_end(events, at);
                    let (inner, _) = self.blocks(&events[at..end]);
                    definitions.entry(label.to_string()).or_insert((inner, range.clone()));
                    at = end + 1;
                }
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let end = matching_end(events, at);
                    self.heading(*level, id.as_deref(), &events[at..end], range.clone(), &mut out);
                    at = end + 1;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = matching_end(events, at);
                    self.code_block(kind, &events[at..end], range.clone(), &mut out);
                    at = end + 1;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = matching_end(events, at);
                    self.raw_html(range.clone(), &mut out);
                    if self.setting.unsafe_html && self.open_elements <= DEEPEST {
                        self.line(&without_tags(&cleaned(&self.text[range.clone()])), range.clone());
                    }
                    at = end + 1;
                }
                Event::Start(Tag::Paragraph) => {
                    let end = matching_end(events, at);
                    self.paragraph(&events[at..end], depth == 0, &mut out);
                    at = end + 1;
                }
                Event::Start(Tag::Table(_)) => {
                    self.tables += 1;
                    let label = self.hole(Piece::Word("prose.table"));
                    out.push(markup(format!(
                        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label} {}\">",
                        self.tables
                    )));
                    out.push(event.clone());
                    if depth == 0 {
                        self.only_inline(range);
                    }
                    depth += 1;
                }
                Event::End(TagEnd::Table) => {
                    out.push(event.clone());
                    out.push(markup("</div>\n".to_owned()));
                    depth -= 1;
                }
                Event::Start(Tag::BlockQuote(kind)) => {
                    match kind {
                        Some(kind) => {
                            let (class, word) = alert(*kind);
                            let word = self.hole(Piece::Word(word));
                            out.push(markup(format!("<div class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">{word}</p>\n")));
                        }
                        None => out.push(event.clone()),
                    }
                    if depth == 0 {
                        self.only_inline(range);
                    }
                    depth += 1;
                }
                Event::End(TagEnd::BlockQuote(kind)) => {
                    out.push(if kind.is_some() { markup("</div>\n".to_owned()) } else { event.clone() });
                    depth = depth.saturating_sub(1);
                }
                event if is_inline(event) => {
                    // A tight list item has no paragraph around its text.
                    let end = inline_end(events, at - 1);
                    self.inlines(&events[at - 1..end], &mut out);
                    self.end_paragraph();
                    self.plain.push(' ');
                    at = end;
                }
                Event::Start(tag) => {
                    if depth == 0 {
                        self.only_inline(range);
                    }
                    depth += 1;
                    if matches!(tag, Tag::TableRow | Tag::TableHead) {
                        self.row(true);
                    }
                    out.push(event.clone());
                }
                Event::End(tag) => {
                    if matches!(tag, TagEnd::TableRow | TagEnd::TableHead) {
                        self.row(false);
                    }
                    depth = depth.saturating_sub(1);
                    self.plain.push(' ');
                    out.push(event.clone());
                }
                Event::TaskListMarker(done) => self.task_marker(*done, &mut out),
                // A rule; what else there is was met above.
                _ => out.push(event.clone()),
            }
        }
        (out, definitions)
    }

    pub(super) fn only_inline(&mut self, range: &Range<usize>) {
        if self.role == Role::Inline {
            self.report(
                problems::NOT_INLINE,
                range.clone(),
                "only running text may stand here",
                "put lists, tables and headings into the prose of the record",
            );
        }
    }

    /// A paragraph; one that is only an image becomes a figure, one that is only a leaf directive a view.
    pub(super) fn paragraph<'e>(
        &mut self,
        events: &[(Event<'e>, Range<usize>)],
        top: bool,
        out: &mut Out<'e>,
    ) {
        if let [(Event::Text(_), range)] = events
            && let Some(token) = self
                .tokens
                .iter()
                .find(|token| token.range.start >= range.start && token.range.end <= range.end)
            && let Notation::Leaf { name, attributes } = &token.notation
            && self.masked_only(range)
        {
            let place = |range: Range<usize>| (self.setting.place)(range);
            if self.role == Role::Inline {
                let help = "put it into the prose of the record";
                self.report(
                    problems::MISPLACED_DIRECTIVE,
                    token.range.clone(),
                    "a live view cannot stand here",
                    help,
                );
            } else if !top {
                self.problems.push(notation::misplaced((self.setting.place)(token.range.clone())));
            } else if let Some(piece) = notation::leaf(
                self.text,
                name.clone(),
                attributes.clone(),
                token.range.clone(),
                &place,
                self.problems,
            ) {
                let hole = self.hole(piece);
                out.push(markup(hole));
            }
            return;
        }
        if let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = events.first()
            && let end = matching_end(events, 1)
            && events[end + 1..].iter().all(|(_, rest)| self.masked_only(rest))
        {
            let img = self.image(dest_url, title, &events[1..end], range.clone());
            let credit = self.images.last().map_or_else(String::new, |image| {
                image
                    .credit
                    .iter()
                    .chain(&image.licence)
                    .map(|text| escaped(text))
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            let caption = match (title.is_empty(), credit.is_empty()) {
                (true, true) => String::new(),
                (false, true) => format!("<figcaption>{}</figcaption>", escaped(title)),
                (_, false) => {
                    let space = if title.is_empty() { "" } else { " " };
                    let title = escaped(title);
                    format!("<figcaption>{title}{space}<span class=\"credit\">{credit}</span></figcaption>")
                }
            };
            out.push(markup(format!("<figure>{img}{caption}</figure>\n")));
            return;
        }
        if self.role == Role::Inline {
            self.paragraphs += 1;
            if self.paragraphs == 2
                && let Some((_, range)) = events.first()
            {
                self.only_inline(range);
            }
        }
        let wrap = self.role != Role::Inline;
        if wrap {
            out.push(Event::Start(Tag::Paragraph));
        }
        self.inlines(events, out);
        self.end_paragraph();
        if wrap {
            out.push(Event::End(TagEnd::Paragraph));
        }
        self.plain.push(' ');
    }

    pub(super) fn masked_only(&self, range: &Range<usize>) -> bool {
        self.tokens
            .iter()
            .filter(|token| token.range.start >= range.start && token.range.end <= range.end)
            .map(|token| token.range.len())
            .sum::<usize>()
            == self.text[range.clone()].trim_end().len()
    }

    pub(super) fn heading<'e>(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        events: &[(Event<'e>, Range<usize>)],
        range: Range<usize>,
        out: &mut Out<'e>,
    ) {
        if self.role == Role::Inline {
            return self.only_inline(&range);
        }
        let before = self.plain.len();
        let mut inner = Vec::new();
        self.inlines(events, &mut inner);
        self.drop_paragraph();
        let text = self.plain[before..].trim().to_owned();
        if self.role == (Role::Article { untitled: true }) && self.title.is_none() && self.anchors.is_empty()
        {
            self.plain.truncate(before);
            self.title = Some(with_names(&text, |_| None));
            return;
        }
        self.plain.push(' ');
        self.line(&text, range.clone());
        let mut depth = level as usize;
        if depth == 1 {
            self.problems.push(
                Diagnostic::warning(
                    problems::HEADING_LEVEL,
                    (self.setting.place)(range),
                    "a second title on this page",
                )
                .help("start the headings of the text at `##`"),
            );
            depth = 2;
        } else if depth > self.last_level + 1 {
            let hashes = "#".repeat(self.last_level + 1);
            self.problems.push(
                Diagnostic::warning(
                    problems::HEADING_LEVEL,
                    (self.setting.place)(range),
                    "this heading skips a level",
                )
                .help(format!("write `{hashes}`")),
            );
            depth = self.last_level + 1;
        }
        self.last_level = depth;
        // On the page of a record the text stands below a heading of the theme.
        let shown = (depth + usize::from(self.role == Role::Record)).min(6);
        let anchor = self.anchor(id.unwrap_or(&text));
        out.push(markup(format!("<h{shown} id=\"{}\">", escaped(&anchor))));
        out.append(&mut inner);
        out.push(markup(format!("</h{shown}>\n")));
        self.anchors.push(anchor);
    }

    /// An anchor that no other heading of the text and no part of the theme has.
    pub(super) fn anchor(&mut self, text: &str) -> String {
        let mut slug = slug::slugify(text);
        if slug.is_empty() {
            "section".clone_into(&mut slug);
        }
        if THEME_ANCHORS.iter().any(|prefix| slug.starts_with(prefix)) {
            slug.insert_str(0, "h-");
        }
        let mut n = self.taken.get(&slug).map_or(0, |asked| *asked);
        let mut anchor = slug.clone();
        while n > 0 {
            n += 1;
            anchor = format!("{slug}-{n}");
            if !self.taken.contains_key(&anchor) {
                break;
            }
        }
        self.taken.insert(slug, n.max(1));
        self.taken.entry(anchor.clone()).or_insert(1);
        anchor
    }

    pub(super) fn code_block<'e>(
        &mut self,
        kind: &CodeBlockKind,
        events: &[(Event<'e>, Range<usize>)],
        range: Range<usize>,
        out: &mut Out<'e>,
    ) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        let code: String = events
            .iter()
            .filter_map(|(event, _)| if let Event::Text(text) = event { Some(text.as_ref()) } else { None })
            .collect();
        self.plain.push_str(&code);
        self.line(&code, range);
        let class = if language.is_empty() {
            String::new()
        } else {
            format!(" class=\"language-{}\"", escaped(language))
        };
        out.push(markup(format!(
            "<pre class=\"code\" dir=\"ltr\" tabindex=\"0\"><code{class}>{}</code></pre>\n",
            highlight(&code, language)
        )));
    }

    /// What the author writes in HTML.
    pub(super) fn raw_html<'e>(&mut self, range: Range<usize>, out: &mut Out<'e>) {
        let raw = &self.text[range.clone()];
        // A comment is for the authors' eyes.
        if is_comment(raw) {
            return;
        }
        if self.setting.unsafe_html {
            let help = "a text can have no programs, styles, forms or frames, and nothing from elsewhere";
            // Told once, where it begins.
            if self.open_elements > DEEPEST {
                return;
            }
            let found = authored::found(raw);
            self.open_elements = (self.open_elements + found.opened).max(0);
            if self.open_elements > DEEPEST {
                let message = format!("here more than {DEEPEST} elements of HTML lie in each other");
                let place = (self.setting.place)(range);
                let problem = Diagnostic::error(problems::RAW_HTML, place, message);
                self.problems.push(problem.help("close those that are done"));
                return;
            }
            self.has_authored = true;
            out.push(markup(raw.to_owned()));
            // An end goes with its beginning.
            if let Some(c) = found.unfit {
                self.problems.push(problems::by_number((self.setting.place)(range.clone()), c));
            }
            for what in found.dropped.iter().filter(|what| !what.starts_with("`</")) {
                let place = (self.setting.place)(range.clone());
                let message = format!("{what} is dropped");
                self.problems.push(Diagnostic::warning(problems::RAW_HTML, place, message).help(help));
            }
        } else {
            self.problems.push(
                Diagnostic::warning(
                    problems::RAW_HTML,
                    (self.setting.place)(range),
                    "HTML in the text is dropped",
                )
                .help("say it in Markdown, or set `unsafe_html = true` in site.toml"),
            );
        }
    }
}

/// The class of an alert and the key of its title.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "prose.note"),
        BlockQuoteKind::Tip => ("tip", "prose.tip"),
        BlockQuoteKind::Important => ("important", "prose.important"),
        BlockQuoteKind::Warning => ("warning", "prose.warning"),
        BlockQuoteKind::Caution => ("caution", "prose.caution"),
    }
}
