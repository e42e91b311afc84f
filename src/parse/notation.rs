//! The project's own notation in prose -> pieces: wikilinks, citations, figures, live views.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use super::citation::citation;
use super::inline::{IMAGE_ATTRIBUTES, LONGEST, TEXT_DIRECTIVES};
use super::problems;
use super::query::{query, words};
use crate::diag::{Code, Diagnostic, did_you_mean, one_of};
use crate::html::escaped_text;
use crate::model::body::{Embed, Figure, Piece};
use crate::model::{Kind, Ref};
use crate::source::{Span, floor_char_boundary};

type Place<'a> = &'a dyn Fn(Range<usize>) -> Span;

/// The leaf directives: what each shows, the kind of record it implies, and what that is in words.
pub const LEAVES: [(&str, Embed, Option<Kind>, &str); 10] = [
    ("timeline", Embed::Timeline, None, "meetings and events as rows"),
    ("network", Embed::Network, None, "pairs of people named in the same meetings and events, as a list"),
    ("matrix", Embed::Matrix, None, "the same as a table of people by people"),
    ("people", Embed::List, Some(Kind::Person), "a list of people"),
    ("groups", Embed::List, Some(Kind::Group), "a list of groups"),
    ("meetings", Embed::Timeline, Some(Kind::Meeting), "meetings as rows"),
    ("events", Embed::Timeline, Some(Kind::Event), "events as rows"),
    ("places", Embed::List, Some(Kind::Place), "a list of places"),
    ("relations", Embed::List, Some(Kind::Relation), "a list of relations"),
    ("sources", Embed::List, Some(Kind::Source), "a list of sources"),
];

/// `[[target#anchor|label]]`, where in a table `\|` separates the label.
pub fn wikilink(
    text: &str,
    inner: Range<usize>,
    span: Span,
    place: Place,
    problems: &mut Vec<Diagnostic>,
) -> Option<Piece> {
    let content = &text[inner.clone()];
    let (target, label) = match content.split_once('|') {
        Some((target, label)) => (target.strip_suffix('\\').unwrap_or(target), Some(label)),
        None => (content, None),
    };
    let (key, anchor) = match target.split_once('#') {
        Some((key, anchor)) => (key, Some(anchor.trim().to_owned())),
        None => (target, None),
    };
    let start = inner.start + (key.len() - key.trim_start().len());
    let key = key.trim();
    let invalid =
        |message: &str, help: &str| problems::simple(problems::INVALID_WIKILINK, span, message, help);
    if key.is_empty() {
        problems.push(invalid("this link has no target", "write `[[key]]` or `[[key|words]]`"));
        return None;
    }
    if key.contains('[') || label.is_some_and(|label| label.contains("[[") || label.contains("[@")) {
        problems.push(invalid("nothing can be nested in a link", "close it with `]]`"));
        return None;
    }
    let label = match label.map(unwrapped) {
        Some(label) if label.trim().is_empty() => {
            problems.push(invalid(
                "the words of this link are empty",
                &format!("write `[[{key}]]` for the record's own name"),
            ));
            return None;
        }
        label => label.map(|label| inline_html(label.trim()).0),
    };
    let span = place(start..start + key.len());
    Some(Piece::Wikilink { target: Ref { text: key.to_owned(), span }, anchor, label })
}

/// `[@a ¶1 citing b; @c]`
pub fn cite(text: &str, inner: Range<usize>, place: Place, problems: &mut Vec<Diagnostic>) -> Option<Piece> {
    let before = problems.len();
    let mut citations = Vec::new();
    for part in parts(text, inner) {
        let whole = &text[part.clone()];
        let start = part.start + (whole.len() - whole.trim_start().len());
        let trimmed = whole.trim();
        let Some(chain) = trimmed.strip_prefix('@') else {
            problems.push(problems::simple(
                problems::INVALID_CITATION,
                place(start..start + trimmed.len().max(1)),
                "each citation in the brackets starts with `@`",
                "write `[@a ¶1; @b p. 2]`",
            ));
            continue;
        };
        let place_in = |range: Range<usize>| place(start + 1 + range.start..start + 1 + range.end);
        citations.extend(citation(&unwrapped(chain), &place_in, problems));
    }
    (problems.len() == before || !citations.is_empty()).then_some(Piece::Cite(citations))
}

/// The ranges between the `;` that stand outside single quotes.
fn parts(text: &str, inner: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = inner.start;
    let mut quoted = false;
    for (at, c) in text[inner.clone()].char_indices() {
        let at = inner.start + at;
        match c {
            // An apostrophe within a word is no quote.
            '\'' if !quoted => quoted = text[..at].ends_with([' ', '@', '\n']),
            '\'' => {
                quoted = !text[at + 1..inner.end].trim_start().is_empty()
                    && text[at + 1..].starts_with(|c: char| c.is_alphanumeric())
            }
            ';' if !quoted => {
                parts.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(start..inner.end);
    parts
}

/// `:count[words]{query}`
pub fn figure(
    text: &str,
    name: Range<usize>,
    label: Range<usize>,
    attributes: Option<Range<usize>>,
    span: Span,
    place: Place,
    problems: &mut Vec<Diagnostic>,
) -> Option<Piece> {
    if !TEXT_DIRECTIVES.contains(&&text[name.clone()]) {
        problems.push(unknown_directive(
            &text[name.clone()],
            place(name),
            TEXT_DIRECTIVES.iter().copied(),
            ":",
        ));
        return None;
    }
    let Some(attributes) = attributes else {
        if let Some(rest) = text.get(label.end + 1..)
            && rest.starts_with('{')
        {
            let line = rest.find('\n').map_or(text.len(), |at| label.end + 1 + at);
            problems.push(problems::simple(
                problems::INVALID_DIRECTIVE,
                place(label.end + 1..line),
                "the braces of this figure do not end",
                "close them with `}`, and every quote in them with `\"`",
            ));
            return None;
        }
        if let Some(gap) = text.get(label.end + 1..).and_then(|rest| gap(rest, '{')) {
            problems.push(problems::simple(
                problems::INVALID_DIRECTIVE,
                place(label.end..label.end + 1 + gap + 1),
                "no space belongs between `]` and `{`",
                "write `:count[four times]{meetings mode=phone}`",
            ));
            return None;
        }
        problems.push(problems::simple(
            problems::INVALID_DIRECTIVE,
            span,
            "this figure says nothing to count",
            "add a query: `:count[four times]{meetings mode=phone}`",
        ));
        return None;
    };
    let (html, words) = inline_html(unwrapped(&text[label.clone()]).trim());
    if words.is_empty() || words.contains("[[") || words.contains("[@") {
        problems.push(problems::simple(
            problems::INVALID_DIRECTIVE,
            place(label),
            "the words of this figure must be plain text with a number in it",
            "write `:count[four times]{..}` and put links and citations beside it",
        ));
        return None;
    }
    let place_in = |range: Range<usize>| place(attributes.start + range.start..attributes.start + range.end);
    let query = query(&unwrapped(&text[attributes.clone()]), None, &place_in, problems)?;
    Some(Piece::Figure(Figure { words, html, query, span }))
}

/// `::name{query}`
pub fn leaf(
    text: &str,
    name: Range<usize>,
    attributes: Range<usize>,
    whole: Range<usize>,
    place: Place,
    problems: &mut Vec<Diagnostic>,
) -> Option<Piece> {
    let Some((_, embed, kind, _)) = LEAVES.into_iter().find(|(known, ..)| *known == &text[name.clone()])
    else {
        problems.push(unknown_directive(
            &text[name.clone()],
            place(name),
            LEAVES.iter().map(|leaf| leaf.0),
            "::",
        ));
        return None;
    };
    let place_in = |range: Range<usize>| place(attributes.start + range.start..attributes.start + range.end);
    let query = query(&unwrapped(&text[attributes.clone()]), kind, &place_in, problems)?;
    let drawn = [None, Some(Kind::Meeting), Some(Kind::Event)];
    if embed != Embed::List && !drawn.contains(&query.kind) {
        problems.push(problems::simple(
            problems::INVALID_QUERY,
            query.span,
            format!("`::{}` shows meetings and events", &text[name]),
            "ask for `meetings` or `events`, or leave the kind out for both",
        ));
        return None;
    }
    Some(Piece::Embed { embed, query, span: place(whole) })
}

/// `credit="A. Photographer" licence="CC BY 4.0"`: the two, in this order.
pub fn image_attributes(
    text: &str,
    place: Place,
    problems: &mut Vec<Diagnostic>,
) -> [Option<String>; IMAGE_ATTRIBUTES.len()] {
    let mut found = [None, None];
    for word in words(text) {
        let known = IMAGE_ATTRIBUTES.iter().position(|name| *name == word.key);
        match (known, word.value.map(str::trim).filter(|value| !value.is_empty())) {
            (Some(at), Some(value)) => found[at] = Some(value.to_owned()),
            (Some(_), None) => problems.push(problems::simple(
                problems::INVALID_DIRECTIVE,
                place(word.key_range),
                format!("`{}` says nothing", word.key),
                format!("write `{}=\"..\"`, with quotes around a text that has spaces", word.key),
            )),
            (None, _) => {
                let help = match did_you_mean(word.key, IMAGE_ATTRIBUTES) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there is {}", one_of(IMAGE_ATTRIBUTES)),
                };
                let message = format!("an image has no `{}`", word.key);
                problems.push(problems::simple(
                    problems::INVALID_DIRECTIVE,
                    place(word.key_range),
                    message,
                    help,
                ));
            }
        }
    }
    found
}

/// Reports what starts like our notation and never ends, which readers would see as it is written.
/// `masked` is the text without all that does end; `skip` is sorted, and holds the code in it.
pub fn unclosed(masked: &str, skip: &[Range<usize>], place: Place, problems: &mut Vec<Diagnostic>) {
    let mut skip = skip.iter().peekable();
    let mut at = 0;
    while let Some(rest) = masked.get(at..).filter(|rest| !rest.is_empty()) {
        while skip.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = skip.peek()
            && range.contains(&at)
        {
            at = range.end;
            continue;
        }
        let near = &rest[..floor_char_boundary(rest, LONGEST)];
        if let Some((code, message, help)) = opening(near) {
            let line = near.find('\n').unwrap_or(near.len());
            problems.push(problems::simple(code, place(at..at + line), message, help));
            at += 2;
            continue;
        }
        // An escape is two characters.
        let len = if rest.starts_with('\\') { 2 } else { 1 };
        at += rest.chars().take(len).map(char::len_utf8).sum::<usize>();
    }
}

fn opening(rest: &str) -> Option<(Code, &'static str, &'static str)> {
    const BRACES: &str = "close them with `}`, and every quote in them with `\"`";
    if rest.starts_with("[[") {
        let paragraph = rest.split("\n\n").next().unwrap_or(rest);
        if paragraph.find("]]").is_some_and(|end| paragraph[..end].contains('`')) {
            let help =
                "write the words without code, or a link with an address: `[words](people/ada-berg.md)`";
            return Some((problems::INVALID_WIKILINK, "code cannot stand in this link", help));
        }
        let help = "close it with `]]` in the same paragraph, or write `\\[[` for the brackets themselves";
        return Some((problems::INVALID_WIKILINK, "this link does not end", help));
    }
    // `[@name](address)` is an ordinary link.
    if rest.starts_with("[@") && !rest.split_once(']').is_some_and(|(_, after)| after.starts_with('(')) {
        let help = "close it with `]` in the same paragraph, or write `\\[@` for the bracket itself";
        return Some((problems::INVALID_CITATION, "this citation does not end", help));
    }
    if let Some(apart) = apart(rest) {
        return Some(apart);
    }
    let (name, _) = rest.strip_prefix(':')?.split_once('{')?;
    if LEAVES.iter().any(|(leaf, ..)| name.strip_prefix(':') == Some(leaf)) {
        return Some((problems::INVALID_DIRECTIVE, "the braces of this directive do not end", BRACES));
    }
    TEXT_DIRECTIVES.contains(&name).then_some((
        problems::INVALID_DIRECTIVE,
        "this figure has no words",
        "write them in brackets before the braces: `:count[four times]{meetings}`",
    ))
}

/// What would be ours without the space in it.
fn apart(rest: &str) -> Option<(Code, &'static str, &'static str)> {
    let found = |message, help| Some((problems::INVALID_DIRECTIVE, message, help));
    if let Some(after) = rest.strip_prefix(')') {
        let inner = &after[gap(after, '{')? + 1..];
        let is_ours = |name: &str| inner.strip_prefix(name).is_some_and(|rest| rest.starts_with('='));
        IMAGE_ATTRIBUTES.iter().find(|name| is_ours(name))?;
        let help = "write `![words](picture.jpg){credit=\"..\" licence=\"..\"}`";
        return found("no space belongs between `)` and `{`", help);
    }
    let rest = rest.strip_prefix(':')?;
    let after = |name: &str| rest.strip_prefix(name);
    if let Some(after) = LEAVES.iter().find_map(|(leaf, ..)| after(":")?.strip_prefix(leaf)) {
        gap(after, '{')?;
        return found("no space belongs before this `{`", "write `::timeline{with=ada-berg}`");
    }
    let after = TEXT_DIRECTIVES.iter().find_map(|name| after(name))?;
    let label = &after[gap(after, '[')? + 1..];
    let (_, behind) = label.split_once(']')?;
    behind.trim_start_matches([' ', '\t']).strip_prefix('{')?;
    found("no space belongs before this `[`", "write `:count[four times]{meetings mode=phone}`")
}

/// How many bytes of white space stand before `open`, which a text begins with: some, but no empty line.
fn gap(text: &str, open: char) -> Option<usize> {
    let len = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    (len > 0 && text[len..].starts_with(open) && text[..len].matches('\n').count() < 2).then_some(len)
}

pub fn misplaced(span: Span) -> Diagnostic {
    Diagnostic::error(problems::MISPLACED_DIRECTIVE, span, "this directive must stand alone")
        .help("put a blank line before and after it, outside lists, quotes and tables")
}

fn unknown_directive(
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'static str> + Clone,
    colons: &str,
) -> Diagnostic {
    let help = match did_you_mean(name, known.clone()) {
        Some(near) => format!("did you mean `{colons}{near}`?"),
        None => format!("there is {}", one_of(known)),
    };
    problems::simple(
        problems::INVALID_DIRECTIVE,
        span,
        format!("there is no directive `{colons}{name}`"),
        help,
    )
}

/// A text that the author wrapped over lines, without the marks of a quote at their start. It has as
/// many bytes as before, so that places in it stay true.
fn unwrapped(text: &str) -> String {
    let mut at_start = false;
    text.chars()
        .map(|c| match c {
            '\n' | '\r' => {
                at_start = true;
                ' '
            }
            ' ' | '\t' | '>' if at_start => ' ',
            c => {
                at_start = false;
                c
            }
        })
        .collect()
}

/// Emphasis and code in a few words -> HTML and plain text; everything else stays as it is written.
fn inline_html(text: &str) -> (String, String) {
    let mut plain = String::new();
    let mut events = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(ref word) | Event::Code(ref word) => {
                plain.push_str(word);
                events.push(event);
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => events.push(event),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            // Anything else is not running text: keep the author's characters.
            _ => return (escaped_text(text), text.to_owned()),
        }
    }
    let mut rendered = String::new();
    html::push_html(&mut rendered, events.into_iter());
    (rendered.trim().to_owned(), plain)
}
