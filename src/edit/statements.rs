//! A TOML text -> its heads and fields in the order in which they are written, each with its place.

use std::ops::Range;

use toml_parser::parser::{Event, EventKind, parse_document};
use toml_parser::{ParseError, Source};

use crate::parse::literal;

/// One thing that a TOML text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// `[key.key]` or `[[key]]`: the places of the keys.
    Head {
        keys: Vec<Range<usize>>,
        range: Range<usize>,
    },
    Field(Field),
}

/// `key.key = value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub keys: Vec<Range<usize>>,
    pub value: Range<usize>,
    /// Where the last thing within the brackets of the value ends, and whether that is a comma.
    pub last: (usize, bool),
}

impl Field {
    pub fn start(&self) -> usize {
        self.keys.first().map_or(self.value.start, |key| key.start)
    }
}

/// The heads and fields of a TOML text. What is no valid TOML is left out.
pub fn statements(toml: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut keys: Vec<Range<usize>> = Vec::new();
    let mut head: Option<usize> = None;
    let mut value: Option<Field> = None;
    let mut depth = 0usize;
    for event in events(toml) {
        let range = event.span().start()..event.span().end();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                head = Some(range.start);
                keys.clear();
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => {
                if let Some(start) = head.take() {
                    let keys = std::mem::take(&mut keys);
                    found.push(Statement::Head { keys, range: start..range.end });
                }
            }
            EventKind::SimpleKey if depth == 0 => keys.push(range),
            EventKind::Scalar if depth == 0 => {
                let last = (range.end, false);
                found.push(Statement::Field(Field { keys: std::mem::take(&mut keys), value: range, last }));
            }
            EventKind::InlineTableOpen | EventKind::ArrayOpen => {
                if depth == 0 {
                    let last = (range.end, true);
                    value = Some(Field { keys: std::mem::take(&mut keys), value: range, last });
                }
                depth += 1;
            }
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                depth = depth.saturating_sub(1);
                match &mut value {
                    Some(field) if depth > 0 => field.last = (range.end, false),
                    _ => {
                        if let Some(mut field) = value.take() {
                            field.value.end = range.end;
                            found.push(Statement::Field(field));
                        }
                    }
                }
            }
            EventKind::Scalar | EventKind::ValueSep => {
                if let Some(field) = &mut value {
                    field.last = (range.end, event.kind() == EventKind::ValueSep);
                }
            }
            _ => {}
        }
    }
    found
}

/// The comments of a TOML text, each without the white space at its end.
pub fn comments(toml: &str) -> Vec<String> {
    comment_places(toml).into_iter().map(|place| toml[place].trim_end().to_owned()).collect()
}

/// Where the comments of a TOML text stand.
pub fn comment_places(toml: &str) -> Vec<Range<usize>> {
    let events = events(toml).into_iter().filter(|event| event.kind() == EventKind::Comment);
    events.map(|event| event.span().start()..event.span().end()).collect()
}

fn events(toml: &str) -> Vec<Event> {
    let source = Source::new(toml);
    let tokens: Vec<_> = source.lex().collect();
    let mut events: Vec<Event> = Vec::new();
    let mut errors: Vec<ParseError> = Vec::new();
    parse_document(&tokens, &mut events, &mut errors);
    events
}

/// What a key says, without its quotes.
pub fn key<'t>(toml: &'t str, range: &Range<usize>) -> &'t str {
    let written = toml.get(range.clone()).unwrap_or("");
    literal::inside(written).and_then(|inside| written.get(inside)).unwrap_or(written)
}

/// The place of a key without its quotes.
pub fn key_place(toml: &str, range: &Range<usize>) -> Range<usize> {
    let inside = literal::inside(toml.get(range.clone()).unwrap_or(""));
    inside.map_or(range.clone(), |inside| range.start + inside.start..range.start + inside.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_fields_have_their_places() {
        let toml = "a.b = 1\n[x.\"y\"] # c\nd = [ 1, { e = 2 }, ]\n[[z]]\nf = { g = [1] }\n";
        let said: Vec<String> = statements(toml)
            .into_iter()
            .map(|statement| match statement {
                Statement::Head { keys, range } => {
                    let keys: Vec<&str> = keys.iter().map(|range| key(toml, range)).collect();
                    format!("{} {}", keys.join("/"), &toml[range])
                }
                Statement::Field(field) => {
                    let keys: Vec<&str> = field.keys.iter().map(|range| key(toml, range)).collect();
                    let last = toml[..field.last.0].chars().next_back().unwrap();
                    format!("{} {} {last}", keys.join("/"), &toml[field.value])
                }
            })
            .collect();
        let wanted = ["a/b 1 1", "x/y [x.\"y\"]", "d [ 1, { e = 2 }, ] ,", "z [[z]]", "f { g = [1] } ]"];
        assert_eq!(said, wanted);
    }
}
