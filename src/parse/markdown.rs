//! Markdown -> `Body`: HTML with holes for links, citations, figures and live views.

mod authored;
mod blocks;
mod footnotes;
mod inlines;
pub use inlines::without_tags;
mod links;
mod plain;
mod sentences;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, html};

use super::inline::{self, MASK, Token};
use super::{notation, problems};
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Body, Image, Piece, Sentence};
use crate::source::{Span, Spanned};
use sentences::Paragraph;

pub use links::path;

/// CommonMark with the extensions that the guide promises.
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
    let brackets = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.borrow_mut().push((link.span, link.reference.to_string()));
        } else if let Some(inner) = text.get(link.span.start + 1..link.span.end - 1)
            && inner.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        {
            let span = (setting.place)(link.span);
            brackets.borrow_mut().push(Spanned { value: inner.to_owned(), span });
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(&masked, OPTIONS, Some(callback));
    let mut events: Vec<(Event, Range<usize>)> = parser.into_offset_iter().collect();
    plain::check(text, &mut events, setting, problems);
    let mut renderer = Renderer {
        text,
        tokens: &tokens,
        setting,
        role,
        problems,
        holes: Vec::new(),
        plain: String::new(),
        anchors: Vec::new(),
        taken: HashMap::new(),
        title: None,
        last_level: 1,
        links: 0,
        tables: 0,
        paragraphs: 0,
        footnotes: Vec::new(),
        references: HashMap::new(),
        anchor_links: Vec::new(),
        images: Vec::new(),
        attributes_read: Vec::new(),
        paragraph: Paragraph::default(),
        ended_paragraphs: 0,
        in_row: false,
        sentences: Vec::new(),
        lines: Vec::new(),
        has_authored: false,
        open_elements: 0,
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
    if renderer.has_authored {
        rendered = authored::cleaned(&rendered);
    }
    let body = Body {
        markdown: written(text, &events, setting.unsafe_html),
        pieces: pieces(&rendered, renderer.holes),
        anchors: renderer.anchors,
        text: renderer.plain.trim().to_owned(),
        sentences: renderer.sentences,
        lines: renderer.lines,
        images: renderer.images,
        brackets: brackets.into_inner(),
    };
    (body, renderer.title)
}

/// A text without the HTML in it that is not shown: in a comment there may be what nobody is to read.
fn written(text: &str, events: &[(Event, Range<usize>)], unsafe_html: bool) -> String {
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    for (event, range) in events {
        let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_)) && range.start >= at;
        if is_html && !(unsafe_html && is_shown(&text[range.clone()])) {
            written.push_str(&text[at..range.start]);
            at = range.end;
        }
    }
    written.push_str(&text[at..]);
    written.trim().to_owned()
}

/// Whether a piece of an author's HTML is shown as it is.
fn is_shown(raw: &str) -> bool {
    !is_comment(raw) && authored::found(raw).dropped.is_empty()
}

fn is_comment(raw: &str) -> bool {
    raw.trim_start().starts_with("<!--") && raw.trim_end().ends_with("-->")
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

/// The events of each footnote by its name, and where it is defined.
type Definitions<'e> = HashMap<String, (Out<'e>, Range<usize>)>;

struct Renderer<'a, 'p> {
    text: &'a str,
    tokens: &'a [Token],
    setting: &'a Setting<'a>,
    role: Role,
    problems: &'p mut Vec<Diagnostic>,
    holes: Vec<Piece>,
    plain: String,
    anchors: Vec<String>,
    /// The same, and how many headings asked for each.
    taken: HashMap<String, usize>,
    title: Option<String>,
    last_level: usize,
    /// Depth of links around the current place.
    links: usize,
    tables: usize,
    paragraphs: usize,
    /// Labels of footnotes in the order in which the text first refers to them.
    footnotes: Vec<String>,
    /// The number of each, and how often it is referred to.
    references: HashMap<String, (usize, usize)>,
    anchor_links: Vec<(String, Range<usize>)>,
    images: Vec<Image>,
    /// Where the braces behind an image start, of those that were read with it.
    attributes_read: Vec<usize>,
    paragraph: Paragraph,
    /// How many paragraphs, list items and rows have been read.
    ended_paragraphs: usize,
    /// Within a row of a table.
    in_row: bool,
    sentences: Vec<Sentence>,
    lines: Vec<Spanned<String>>,
    /// Whether there is HTML of the author's own in it.
    has_authored: bool,
    /// How many elements of the author's are open.
    open_elements: isize,
}

impl Renderer<'_, '_> {
    /// Keeps a piece for later and gives what stands in its place.
    fn hole(&mut self, piece: Piece) -> String {
        self.holes.push(piece);
        format!("{MASK}{}{MASK}", self.holes.len() - 1)
    }

    /// Adds words to the text of the page and to the sentence at hand.
    fn say(&mut self, text: &str, range: Range<usize>) {
        self.plain.push_str(text);
        self.paragraph.push(text, range);
    }

    /// Notes a text that is shown and is no running text.
    fn line(&mut self, text: &str, range: Range<usize>) {
        if !text.trim().is_empty() {
            self.lines.push(Spanned { value: text.trim().to_owned(), span: (self.setting.place)(range) });
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

fn markup<'e>(html: String) -> Event<'e> {
    Event::Html(CowStr::from(html))
}

fn inline_markup<'e>(html: String) -> Event<'e> {
    Event::InlineHtml(CowStr::from(html))
}
