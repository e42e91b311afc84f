//! A TOML text with syntax errors -> the same with spaces for the lines that would keep the rest from being read.

use std::ops::Range;

use toml::de::{DeTable, Error};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// A syntax error.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {
    pub message: String,
    /// Not of all errors the parser says where they are.
    pub range: Option<Range<usize>>,
}

/// What else a text says.
#[derive(Debug, Default)]
pub struct Rest {
    /// As long as the whole, so that places stay true.
    pub text: String,
    pub slips: Vec<Slip>,
    /// Those of them with which more was left out than a line that says nothing yet.
    pub lost: Vec<Range<usize>>,
}

/// How many lines are left out at most: each takes another look at the whole text.
const MOST: usize = 20;

/// Leaves out of `text` what hides the rest from the parser, which found `errors`. Nothing where it reads on as it is.
pub fn rest(text: &str, errors: &[Error]) -> Option<Rest> {
    if errors.is_empty() {
        return None;
    }
    let mut rest = Rest { text: text.to_owned(), ..Rest::default() };
    let mut next = hidden(text, errors);
    while let Some(Hidden { slip, range, what }) = next.filter(|_| rest.slips.len() < MOST) {
        let mut blank = blank(&text[range.clone()]);
        if what == What::Header {
            // The parser passes over what follows an open bracket, up to the next table.
            blank.replace_range(..1, "[");
        }
        rest.text.replace_range(range.clone(), &blank);
        if what != What::Line {
            rest.lost.extend(slip.range.clone());
        }
        rest.slips.push(slip);
        next = hidden(&rest.text, &DeTable::parse_recoverable(&rest.text).1);
    }
    (!rest.slips.is_empty()).then_some(rest)
}

/// A statement after which the parser reads no further, or takes the next for a part of it.
struct Hidden {
    slip: Slip,
    range: Range<usize>,
    what: What,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// A line that says nothing yet.
    Line,
    /// The end of a header, whose beginning is not there.
    Header,
    /// A field with all its lines.
    Field,
}

/// The first such statement.
fn hidden(text: &str, errors: &[Error]) -> Option<Hidden> {
    let slip = |error: &Error, range| Slip { message: error.message().trim().to_owned(), range: Some(range) };
    let is = |error: &&Error, start: &str| error.message().starts_with(start);
    let first = |start| errors.iter().find(|error| is(error, start));
    if let Some(error) = first("key with no value") {
        let range = error.span()?;
        let line = line(text, range.start);
        let slip = slip(error, range);
        let said = text.get(line.clone())?.trim_end();
        // The bracket that stands for its beginning takes one byte, as must what stands there.
        let is_header = said.is_ascii() && said.ends_with(']') && !said.contains(['[', '=']);
        return Some(Hidden { slip, range: line, what: if is_header { What::Header } else { What::Line } });
    }
    let statements = statements(text);
    if let Some(error) = first("unexpected key or value")
        && let Some(range) = error.span()
        && let Some(whole) = statements.iter().rfind(|whole| whole.start <= range.start)
        && text[whole.clone()].split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('{'))
    {
        return Some(Hidden { slip: slip(error, range), range: whole.clone(), what: What::Field });
    }
    let unclosed = ["unclosed array", "unclosed inline table", "invalid multi-line"];
    let error = errors.iter().find(|error| unclosed.iter().any(|start| is(error, start)))?;
    // The last one hides nothing.
    let (_, before) = statements.split_last()?;
    let open = before.iter().find(|range| is_open(&text[(*range).clone()]))?.clone();
    let end = open.start + text[open.clone()].trim_end().len();
    Some(Hidden { slip: slip(error, end..end), range: open, what: What::Field })
}

/// The line around a place, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// Where each line that begins as a header or field reaches, up to the next of them.
fn statements(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut starts = Vec::new();
    for line in text.split_inclusive('\n') {
        if begins(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a line begins as `[key]` or `key =` does, with nothing before it.
fn begins(line: &str) -> bool {
    let is_key = |key: &str| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    match line.strip_prefix('[') {
        Some(header) => {
            header.trim_start_matches('[').split_once(']').is_some_and(|(key, _)| is_key(key.trim()))
        }
        None => line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end())),
    }
}

/// Whether a list, table or text that begins in a statement does not end in it.
fn is_open(statement: &str) -> bool {
    let mut depth = 0_i32;
    for token in Source::new(statement).lex() {
        let raw = statement.get(token.span().start()..token.span().end()).unwrap_or("");
        let closed = |quotes: &str| raw.len() >= 6 && raw.ends_with(quotes);
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth -= 1,
            TokenKind::MlBasicString if !closed("\"\"\"") => return true,
            TokenKind::MlLiteralString if !closed("'''") => return true,
            _ => {}
        }
    }
    depth > 0
}

/// As many spaces, with the ends of lines.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(text: &str) -> Vec<String> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let rest = rest(text, &errors);
        let left = rest.as_ref().map(|rest| DeTable::parse_recoverable(&rest.text).0);
        assert!(rest.as_ref().is_none_or(|rest| rest.text.len() == text.len()));
        let shown = |(key, value): (&toml::Spanned<_>, &toml::Spanned<toml::de::DeValue>)| {
            let fields = value.get_ref().as_table().into_iter().flat_map(|table| table.keys());
            let mut fields: Vec<_> = fields.map(|key| key.get_ref().to_string()).collect();
            fields.sort();
            let key: &std::borrow::Cow<str> = key.get_ref();
            format!("{key}: {}", fields.join(" "))
        };
        let mut all: Vec<String> = left.as_ref().unwrap_or(&table).get_ref().iter().map(shown).collect();
        all.sort();
        all
    }

    #[test]
    fn what_stands_after_a_slip_is_read() {
        let after = "born = \"1980\"\n\n[bo]\nname = \"Bo\"\n";
        for (slip, all) in [
            ("su\n", "ada: born name"),
            ("some words, with “quotes”\n", "ada: born name"),
            ("summary: a pilot\n", "ada: born name"),
            ("tags = [\"a\", \"b\"\n", "ada: born name"),
            ("tags = [\n  \"a\",\n  \"b\",\n", "ada: born name"),
            ("links = [{ url = \"a\",\n", "ada: born name"),
            ("roles = { of = \"a\" }, { of = \"b\" }]\n", "ada: born name"),
            ("roles = { of = \"a\" },\n{ of = \"b\" },\n]\n", "ada: born name"),
            ("note = \"\"\"A text\nof two lines\n", "ada: born name"),
            ("su\nsum\ntags = [\n", "ada: born name"),
            ("cy]\n", "ada: name"),
            ("[cy\n", "ada: name"),
            ("[Cy Dahl]\n", "ada: name"),
        ] {
            let text = format!("[ada]\nname = \"Ada\"\n{slip}{after}");
            assert_eq!(tables(&text), [all, "bo: name"], "{slip}");
        }
    }
}
