//! A template -> its pieces: text, what is printed, and tags; the components and calls among them.

use super::words::{is_literal, is_of_name, quoted_end};

/// A piece of a template, with the white space around it as its signs ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// What stands in `{{ .. }}`.
    Print(String),
    /// What stands in `{% .. %}`.
    Tag(String),
}

impl Piece {
    /// What is printed; a text that is written out is one.
    pub fn print(code: String) -> Piece {
        let inner = code.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match inner.filter(|inner| !inner.contains(['"', '\\', '{', '&', '<', '>', '\'', '/'])) {
            Some(text) => Piece::Text(text.to_owned()),
            None => Piece::Print(code),
        }
    }

    /// The code in it.
    pub fn code(&self) -> &str {
        match self {
            Piece::Text(_) => "",
            Piece::Print(code) | Piece::Tag(code) => code,
        }
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        match self {
            Piece::Text(text) | Piece::Print(text) | Piece::Tag(text) => text.len(),
        }
    }

    pub fn ends_component(&self) -> bool {
        matches!(self, Piece::Tag(tag) if tag.starts_with("endcomponent"))
    }
}

/// Whether it begins a loop.
pub fn is_loop(piece: &Piece) -> bool {
    matches!(piece, Piece::Tag(tag) if tag.starts_with("for "))
}

/// The pieces of a template; nothing of one that does not end them, or that has text left raw.
pub fn parse(template: &str) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = template;
    // Whether the text to come begins with its first sign that is no space.
    let mut trimmed = false;
    while !rest.is_empty() {
        let (text, from) = rest.split_at(code_at(rest).unwrap_or(rest.len()));
        let text = if trimmed { text.trim_start() } else { text };
        let text = if from[from.len().min(2)..].starts_with('-') { text.trim_end() } else { text };
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        if from.is_empty() {
            break;
        }
        let end = end_of_code(from)?;
        let code = &from[2..end];
        let code = code.strip_prefix('-').unwrap_or(code);
        trimmed = code.ends_with('-');
        let code = code.strip_suffix('-').unwrap_or(code).trim();
        match &from[..2] {
            "{{" => pieces.push(Piece::Print(code.to_owned())),
            "{%" if code == "raw" => return None,
            "{%" => pieces.push(Piece::Tag(code.to_owned())),
            _ => {}
        }
        rest = &from[end + 2..];
    }
    Some(pieces)
}

/// Where the first code or comment begins.
fn code_at(text: &str) -> Option<usize> {
    let is_code = |(at, _): &(usize, &str)| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
    text.match_indices('{').find(is_code).map(|(at, _)| at)
}

/// Where the code ends that `text` begins with.
fn end_of_code(text: &str) -> Option<usize> {
    if text.starts_with("{#") {
        return text.find("#}");
    }
    let close = if text.starts_with("{{") { "}}" } else { "%}" };
    let mut depth = 0_usize;
    let mut at = 2;
    while let Some(sign) = text.as_bytes().get(at) {
        match sign {
            b'"' | b'\'' | b'`' => at = quoted_end(text, at)?,
            _ if depth == 0 && text[at..].starts_with(close) => return Some(at),
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    None
}

/// The template that these are the pieces of.
pub fn written(pieces: &[Piece]) -> String {
    let mut template = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => template.push_str(text),
            Piece::Print(code) => template.extend(["{{ ", code, " }}"]),
            Piece::Tag(code) => template.extend(["{% ", code, " %}"]),
        }
    }
    template
}

/// A component, as it is written.
#[derive(Debug)]
pub struct Component<'t> {
    pub parameters: Vec<Parameter<'t>>,
    pub body: &'t [Piece],
}

#[derive(Debug)]
pub struct Parameter<'t> {
    pub name: &'t str,
    pub default: Option<&'t str>,
    /// Taken from where the component is called.
    pub is_implicit: bool,
}

impl Component<'_> {
    /// The name and the parameters of the component that a piece begins.
    pub fn named(piece: &Piece) -> Option<(&str, &str)> {
        let Piece::Tag(tag) = piece else { return None };
        let (name, rest) = tag.strip_prefix("component ")?.split_once('(')?;
        Some((name.trim(), rest))
    }
}

/// The components of a template, by name; those are left out whose parameters say more than a name and a value.
pub fn components(pieces: &[Piece]) -> Vec<(&str, Component<'_>)> {
    let component = |(at, piece)| {
        let (name, rest) = Component::named(piece)?;
        let parameters = rest.strip_suffix(')')?;
        let body = &pieces[at + 1..];
        let end = body.iter().position(Piece::ends_component)?;
        let parameters = parameters.split(',').map(str::trim).filter(|one| !one.is_empty());
        let parameters: Option<Vec<Parameter>> = parameters.map(parameter).collect();
        Some((name, Component { parameters: parameters?, body: &body[..end] }))
    };
    pieces.iter().enumerate().filter_map(component).collect()
}

fn parameter(text: &str) -> Option<Parameter<'_>> {
    let (name, default) = match text.split_once('=') {
        Some((name, default)) => (name.trim(), Some(default.trim())),
        None => (text, None),
    };
    let (name, is_implicit) = match name.strip_prefix('@') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let is_name = name.chars().all(is_of_name);
    let is_plain = default.is_none_or(is_literal);
    (is_name && is_plain).then_some(Parameter { name, default, is_implicit })
}

/// A piece that is the call of a component and nothing else.
#[derive(Debug)]
pub struct Call<'t> {
    pub name: &'t str,
    /// The values as code.
    pub arguments: Vec<(&'t str, String)>,
    /// Whether what stands up to the closing tag belongs to it.
    pub has_content: bool,
}

impl Call<'_> {
    pub fn of(piece: &Piece) -> Option<Call<'_>> {
        let inner = match piece {
            Piece::Print(code) => code.strip_prefix('<')?.strip_suffix("/>")?,
            Piece::Tag(code) => code.strip_prefix('<')?.strip_suffix('>')?,
            Piece::Text(_) => return None,
        };
        let inner = inner.trim();
        let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(end);
        if name.is_empty() || !name.chars().all(is_of_name) {
            return None;
        }
        let has_content = matches!(piece, Piece::Tag(_));
        Some(Call { name, arguments: arguments(rest)?, has_content })
    }
}

/// `id="s-people" title={view.title} own`: names and values.
fn arguments(text: &str) -> Option<Vec<(&str, String)>> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return None;
        }
        let (value, after) = match after.strip_prefix('=') {
            None => (name.to_owned(), after),
            Some(after) if after.starts_with('"') => {
                let end = quoted_end(after, 0)?;
                (after[..=end].to_owned(), &after[end + 1..])
            }
            Some(after) => {
                let end = braces_end(after)?;
                (after[1..end].trim().to_owned(), &after[end + 1..])
            }
        };
        arguments.push((name, value));
        rest = after.trim_start();
    }
    Some(arguments)
}

/// Where the brace closes that a text begins with.
fn braces_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(sign) = text.as_bytes().get(at) {
        match sign {
            b'"' | b'\'' | b'`' => at = quoted_end(text, at)?,
            b'{' => depth += 1,
            b'}' if depth <= 1 => return (depth == 1).then_some(at),
            b'}' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the closing tag of a call stands whose content begins at `start`.
pub fn end_of(pieces: &[Piece], start: usize, name: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate().skip(start) {
        let Piece::Tag(tag) = piece else { continue };
        if tag.strip_prefix("</").and_then(|rest| rest.strip_suffix('>')).map(str::trim) == Some(name) {
            match depth {
                0 => return Some(at),
                _ => depth -= 1,
            }
        } else if Call::of(piece).is_some_and(|call| call.name == name) {
            depth += 1;
        }
    }
    None
}
