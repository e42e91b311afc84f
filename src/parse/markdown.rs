//! Markdown -> `Body`: HTML with holes for links, citations, figures and live views.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag,
    TagEnd, html,
};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::highlight::highlight;
use super::inline::{self, MASK, Notation, Token};
use super::{notation, problems};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::body::{Body, Piece, THEME_ANCHORS};
use crate::source::Span;

/// CommonMark with the extensions that MODEL promises.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A page of its own. `untitled` takes the first heading as the title.
    Article { untitled: bool },
    /// Prose within the page of a record, below a heading of the theme.
    Record,
    /// Running text of one paragraph.
    Inline,
}

/// How a text relates to the file it stands in.
pub struct Setting<'a> {
    /// Maps a byte range of the text to the file.
    pub place: &'a dyn Fn(Range<usize>) -> Span,
    /// The folder of the file below `content/`, with a slash at its end unless it is empty.
    pub folder: &'a str,
    pub unsafe_html: bool,
}

/// The rendered text and, for an untitled article, the title that its first heading gives.
pub fn markdown(
    text: &str,
    role: Role,
    setting: &Setting,
    problems: &mut Vec<Diagnostic>,
) -> (Body, Option<String>) {
    let marked = inline::may_have_tokens(text);
    let code = if marked { code_ranges(text) } else { Vec::new() };
    let tokens = if marked { inline::tokens(text, &code) } else { Vec::new() };
    let masked = inline::mask(text, &tokens);
    if marked {
        notation::unclosed(&masked, &code, setting.place, problems);
    }
    let undefined = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(&masked, OPTIONS, Some(callback));
    let events: Vec<(Event, Range<usize>)> = parser.into_offset_iter().collect();
    let mut renderer = Renderer {
        text,
        tokens: &tokens,
        setting,
        role,
        problems,
        holes: Vec::new(),
        plain: String::new(),
        anchors: Vec::new(),
        title: None,
        last_level: 1,
        links: 0,
        tables: 0,
        paragraphs: 0,
        footnotes: Vec::new(),
        references: HashMap::new(),
        anchor_links: Vec::new(),
    };
    let (mut out, definitions) = renderer.blocks(&events);
    renderer.footnotes(&mut out, definitions);
    for (range, name) in undefined.into_inner() {
        renderer.report(
            problems::UNDEFINED_LINK,
            range,
            format!("there is no link named `{name}`"),
            &format!("add a line `[{name}]: address`"),
        );
    }
    renderer.undefined_footnotes(&masked, &events);
    renderer.check_anchors();
    let mut rendered = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut rendered, out.into_iter());
    let body = Body {
        pieces: pieces(&rendered, renderer.holes),
        anchors: renderer.anchors,
        text: renderer.plain.trim().to_owned(),
    };
    (body, renderer.title)
}

/// Where code and HTML stand, sorted: nothing there is our notation.
fn code_ranges(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['`', '<']) && !text.contains("~~~") && !text.contains("    ") && !text.contains('\t') {
        return Vec::new();
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if matches!(
            event,
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(_))
        ) {
            ranges.push(range);
        }
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// Cuts rendered HTML at its holes, which stand as `MASK index MASK`.
fn pieces(rendered: &str, holes: Vec<Piece>) -> Vec<Piece> {
    let mut holes: Vec<Option<Piece>> = holes.into_iter().map(Some).collect();
    let mut pieces = Vec::new();
    for (index, part) in rendered.split(MASK).enumerate() {
        if index % 2 == 0 {
            if !part.is_empty() {
                pieces.push(Piece::Html(part.to_owned()));
            }
        } else if let Some(piece) = part.parse().ok().and_then(|hole: usize| holes.get_mut(hole)?.take()) {
            pieces.push(piece);
        }
    }
    pieces
}

type Out<'e> = Vec<Event<'e>>;

struct Renderer<'a, 'p> {
    text: &'a str,
    tokens: &'a [Token],
    setting: &'a Setting<'a>,
    role: Role,
    problems: &'p mut Vec<Diagnostic>,
    holes: Vec<Piece>,
    plain: String,
    anchors: Vec<String>,
    title: Option<String>,
    last_level: usize,
    /// Depth of links around the current place.
    links: usize,
    tables: usize,
    paragraphs: usize,
    /// Labels of footnotes in the order in which the text first refers to them.
    footnotes: Vec<String>,
    /// How often each is referred to.
    references: HashMap<String, usize>,
    anchor_links: Vec<(String, Range<usize>)>,
}

impl<'a> Renderer<'a, '_> {
    /// The events of the text with ours in place of some, and the footnotes' definitions apart.
    fn blocks<'e>(
        &mut self,
        events: &[(Event<'e>, Range<usize>)],
    ) -> (Out<'e>, HashMap<String, (Out<'e>, Range<usize>)>) {
        let mut out = Vec::with_capacity(events.len());
        let mut definitions: HashMap<String, (Out, Range<usize>)> = HashMap::new();
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
                    self.code_block(kind, &events[at..end], &mut out);
                    at = end + 1;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = matching_end(events, at);
                    self.raw_html(range.clone(), &mut out);
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
                Event::Start(
                    Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::Superscript
                    | Tag::Subscript,
                )
                | Event::Text(_)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::SoftBreak
                | Event::HardBreak => {
                    // A tight list item has no paragraph around its text.
                    let end = inline_end(events, at - 1);
                    self.inlines(&events[at - 1..end], &mut out);
                    self.plain.push(' ');
                    at = end;
                }
                Event::Start(_) => {
                    if depth == 0 {
                        self.only_inline(range);
                    }
                    depth += 1;
                    out.push(event.clone());
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    self.plain.push(' ');
                    out.push(event.clone());
                }
                Event::TaskListMarker(done) => self.task_marker(*done, &mut out),
                Event::Rule | Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    out.push(event.clone())
                }
            }
        }
        (out, definitions)
    }

    fn only_inline(&mut self, range: &Range<usize>) {
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
    fn paragraph<'e>(&mut self, events: &[(Event<'e>, Range<usize>)], top: bool, out: &mut Out<'e>) {
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
            && matching_end(events, 1) + 1 == events.len()
        {
            let img = self.image(dest_url, &events[1..events.len() - 1], range.clone());
            let caption = if title.is_empty() {
                String::new()
            } else {
                format!("<figcaption>{}</figcaption>", escaped(title))
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
        if wrap {
            out.push(Event::End(TagEnd::Paragraph));
        }
        self.plain.push(' ');
    }

    fn masked_only(&self, range: &Range<usize>) -> bool {
        self.tokens
            .iter()
            .filter(|token| token.range.start >= range.start && token.range.end <= range.end)
            .map(|token| token.range.len())
            .sum::<usize>()
            == self.text[range.clone()].trim_end().len()
    }

    fn heading<'e>(
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
        let text = self.plain[before..].trim().to_owned();
        if self.role == (Role::Article { untitled: true }) && self.title.is_none() && self.anchors.is_empty()
        {
            self.plain.truncate(before);
            self.title = Some(text);
            return;
        }
        self.plain.push(' ');
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
    fn anchor(&self, text: &str) -> String {
        let mut slug = slug::slugify(text);
        if slug.is_empty() {
            "section".clone_into(&mut slug);
        }
        if THEME_ANCHORS.iter().any(|prefix| slug.starts_with(prefix)) {
            slug.insert_str(0, "h-");
        }
        let mut anchor = slug.clone();
        let mut n = 2;
        while self.anchors.contains(&anchor) {
            anchor = format!("{slug}-{n}");
            n += 1;
        }
        anchor
    }

    fn code_block<'e>(
        &mut self,
        kind: &CodeBlockKind,
        events: &[(Event<'e>, Range<usize>)],
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
        let class = if language.is_empty() {
            String::new()
        } else {
            format!(" class=\"language-{}\"", escaped(language))
        };
        out.push(markup(format!(
            "<pre class=\"code\" tabindex=\"0\"><code{class}>{}</code></pre>\n",
            highlight(&code, language)
        )));
    }

    fn raw_html<'e>(&mut self, range: Range<usize>, out: &mut Out<'e>) {
        let raw = self.text[range.clone()].trim();
        // A comment is for the authors' eyes.
        if raw.starts_with("<!--") && raw.ends_with("-->") {
            return;
        }
        if self.setting.unsafe_html {
            out.push(markup(self.text[range].to_owned()));
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

    /// Running text: links, images, footnote marks and our own notation.
    fn inlines<'e>(&mut self, events: &[(Event<'e>, Range<usize>)], out: &mut Out<'e>) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at += 1;
            match event {
                Event::Text(text) => self.text_event(text, range.clone(), out),
                Event::Code(code) => {
                    self.plain.push_str(code);
                    out.push(event.clone());
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.plain.push(' ');
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
                    let image = self.image(dest_url, &events[at..end], range.clone());
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
    fn task_marker(&mut self, done: bool, out: &mut Out) {
        let word = self.hole(Piece::Word(if done { "prose.done" } else { "prose.open" }));
        let checked = if done { " checked" } else { "" };
        out.push(inline_markup(format!(
            "<input type=\"checkbox\" disabled{checked} aria-label=\"{word}\"> "
        )));
    }

    /// Text with our notation cut out of it.
    fn text_event<'e>(&mut self, text: &CowStr<'e>, range: Range<usize>, out: &mut Out<'e>) {
        let first = self.tokens.partition_point(|token| token.range.start < range.start);
        let inside: Vec<Token> =
            self.tokens[first..].iter().take_while(|token| token.range.end <= range.end).cloned().collect();
        if inside.is_empty() || text.len() != range.len() {
            self.plain.push_str(text);
            out.push(Event::Text(text.clone()));
            return;
        }
        let mut at = range.start;
        for token in inside {
            self.push_text(&self.text[at..token.range.start], out);
            at = token.range.end;
            self.token(&token, out);
        }
        self.push_text(&self.text[at..range.end], out);
    }

    fn push_text(&mut self, text: &str, out: &mut Out) {
        if !text.is_empty() {
            self.plain.push_str(text);
            out.push(Event::Text(CowStr::from(text.to_owned())));
        }
    }

    fn token(&mut self, token: &Token, out: &mut Out) {
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
                self.plain.push_str(label.as_deref().unwrap_or(&target.text));
            }
            Piece::Figure(figure) => self.plain.push_str(&figure.words),
            Piece::Cite(_) => self.plain.truncate(self.plain.trim_end().len()),
            _ => {}
        }
        let hole = self.hole(piece);
        out.push(inline_markup(hole));
    }

    /// Keeps a piece for later and gives what stands in its place.
    fn hole(&mut self, piece: Piece) -> String {
        self.holes.push(piece);
        format!("{MASK}{}{MASK}", self.holes.len() - 1)
    }

    /// The value of `href`, escaped, or a hole for a file of the dossier.
    fn href(&mut self, link_type: LinkType, address: &str, range: Range<usize>) -> String {
        if link_type == LinkType::Email {
            return format!("mailto:{}", escaped_address(address));
        }
        if let Some(anchor) = address.strip_prefix('#') {
            self.anchor_links.push((anchor.to_owned(), range));
            return escaped_address(address);
        }
        match scheme(address) {
            Some("http" | "https" | "mailto" | "tel") => escaped_address(address),
            Some(scheme) => {
                self.report(
                    problems::UNSAFE_LINK,
                    range,
                    format!("a link may not use `{scheme}:`"),
                    "link to a page, or to an `https://` address",
                );
                String::new()
            }
            None if address.starts_with("//") => {
                self.report(
                    problems::UNSAFE_LINK,
                    range,
                    "this link has no `https:`",
                    &format!("write `https:{address}`"),
                );
                String::new()
            }
            None => {
                let (path, anchor) = match address.split_once('#') {
                    Some((path, anchor)) => (path, Some(anchor.to_owned())),
                    None => (address, None),
                };
                self.file(path, anchor, range, false)
            }
        }
    }

    fn image(&mut self, address: &str, events: &[(Event, Range<usize>)], range: Range<usize>) -> String {
        let alt: String = events
            .iter()
            .map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => text.as_ref(),
                Event::SoftBreak | Event::HardBreak => " ",
                _ => "",
            })
            .collect();
        if alt.trim().is_empty() {
            self.problems.push(
                Diagnostic::warning(
                    problems::MISSING_ALT,
                    (self.setting.place)(range.clone()),
                    "this image has no words that say what it shows",
                )
                .help("write them between the brackets: `![a map of the route](map.png)`"),
            );
        }
        if scheme(address).is_some() || address.starts_with("//") {
            self.report(
                problems::UNSAFE_LINK,
                range,
                "this image lies on another website",
                "put the file into `content/`: a page asks nothing of other servers",
            );
            return String::new();
        }
        let src = self.file(address, None, range, true);
        let alt = alt.replace(MASK, "");
        format!("<img src=\"{src}\" alt=\"{}\">", escaped(&alt))
    }

    /// A path from the file's own folder, or from `content/` when it starts with a slash.
    fn file(&mut self, address: &str, anchor: Option<String>, range: Range<usize>, is_image: bool) -> String {
        let decoded = percent_decoded(address);
        let from = if decoded.starts_with('/') { "" } else { self.setting.folder };
        match joined(from, decoded.trim_start_matches('/')) {
            Some(path) => {
                let span = (self.setting.place)(range);
                self.hole(Piece::File { path, anchor, span, is_image })
            }
            None => {
                self.report(
                    problems::INVALID_PATH,
                    range,
                    format!("`{address}` leads out of `content/`"),
                    "",
                );
                String::new()
            }
        }
    }

    /// Number of a footnote, and which reference to it this is.
    fn refer(&mut self, label: &str) -> (usize, usize) {
        let n = match self.footnotes.iter().position(|known| known == label) {
            Some(index) => index + 1,
            None => {
                self.footnotes.push(label.to_owned());
                self.footnotes.len()
            }
        };
        let count = self.references.entry(label.to_owned()).or_default();
        *count += 1;
        (n, *count)
    }

    /// All footnotes at the end of the text, in the order in which it refers to them.
    fn footnotes<'e>(
        &mut self,
        out: &mut Out<'e>,
        mut definitions: HashMap<String, (Out<'e>, Range<usize>)>,
    ) {
        if !self.footnotes.is_empty() {
            let label = self.hole(Piece::Word("prose.footnotes"));
            out.push(markup(format!("<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>\n")));
            for (index, name) in self.footnotes.clone().iter().enumerate() {
                let n = index + 1;
                out.push(markup(format!("<li id=\"fn-{n}\">\n")));
                if let Some((inner, _)) = definitions.remove(name) {
                    out.extend(inner);
                }
                for k in 1..=self.references.get(name).copied().unwrap_or(0) {
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
    fn undefined_footnotes(&mut self, masked: &str, events: &[(Event, Range<usize>)]) {
        if !masked.contains("[^") {
            return;
        }
        for (event, range) in events {
            if matches!(event, Event::Text(text) if text.starts_with('['))
                && let Some(name) = masked[range.start..]
                    .strip_prefix("[^")
                    .and_then(|rest| rest.split([']', '\n', ' ']).next())
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

    fn check_anchors(&mut self) {
        for (anchor, range) in std::mem::take(&mut self.anchor_links) {
            let themed = THEME_ANCHORS.iter().any(|prefix| anchor.starts_with(prefix));
            if !themed && !self.anchors.contains(&anchor) {
                let near = did_you_mean(&anchor, self.anchors.iter().map(String::as_str))
                    .map(|near| format!("did you mean `#{near}`?"));
                self.report(
                    problems::UNKNOWN_ANCHOR,
                    range,
                    format!("no heading of this page has the anchor `#{anchor}`"),
                    &near.unwrap_or_default(),
                );
            }
        }
    }

    fn report(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, help: &str) {
        self.problems.push(problems::simple(code, (self.setting.place)(range), message, help));
    }
}

/// The index of the event that ends what the event before `start` began.
fn matching_end(events: &[(Event, Range<usize>)], start: usize) -> usize {
    let mut depth = 0usize;
    events[start..]
        .iter()
        .position(|(event, _)| {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return true,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            false
        })
        .map_or(events.len(), |len| start + len)
}

/// The index after the run of inline events that starts at `start`.
fn inline_end(events: &[(Event, Range<usize>)], start: usize) -> usize {
    let mut at = start;
    while let Some((event, _)) = events.get(at) {
        at = match event {
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript,
            ) => matching_end(events, at + 1) + 1,
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak => at + 1,
            _ => break,
        };
    }
    at.min(events.len())
}

fn markup<'e>(html: String) -> Event<'e> {
    Event::Html(CowStr::from(html))
}

fn inline_markup<'e>(html: String) -> Event<'e> {
    Event::InlineHtml(CowStr::from(html))
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

/// The scheme of an absolute address (RFC 3986, 3.1), lower-cased only where the author wrote it so.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    // White space and control characters in front of a scheme are ignored by browsers.
    (valid || address.trim_start().starts_with(|c: char| c.is_control())).then_some(scheme)
}

/// `%20` as a space; what is no escape stays.
fn percent_decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| address.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        decoded.push(escape.unwrap_or(bytes[at]));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| address.to_owned())
}

/// `path` taken from `folder`, without `.` and `..`; nothing when it leads out.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut html, text);
    html
}

pub fn escaped_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut html, text);
    html
}

fn escaped_address(address: &str) -> String {
    let mut html = String::with_capacity(address.len());
    let _ = escape_href(&mut html, address);
    html
}
