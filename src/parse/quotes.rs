//! Quotes in TOML that are none, or that end a text too soon: what is wrong, and how it is written.

use std::ops::Range;

/// The quotes that word processors put in place of straight ones.
const TYPOGRAPHIC: [char; 14] = ['“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‛', '‹', '›', '″', '＂'];

/// What is wrong with the quotes of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {
    /// The text with its quotes.
    pub range: Range<usize>,
    pub message: &'static str,
    pub help: String,
}

/// What is wrong with the quotes in the line in which the parser of TOML stopped at `at`.
pub fn slip(text: &str, at: usize) -> Option<Slip> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next()?.trim_end();
    // A text over several lines has its quotes elsewhere.
    if line.contains("\"\"\"") || line.contains("'''") {
        return None;
    }
    let pieces = pieces(line);
    let slip = typographic(line, &pieces)
        .or_else(|| ended_otherwise(line, &pieces))
        .or_else(|| ended_too_soon(line, &pieces, at - start))?;
    Some(Slip { range: start + slip.range.start..start + slip.range.end, ..slip })
}

/// A text in quotes, with them, and whether it ends in its line.
struct Piece {
    range: Range<usize>,
    is_closed: bool,
}

/// The texts in straight quotes, and those that begin with others.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut before = '\n';
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        let begins = matches!(before, '\n' | '=' | '[' | ',' | '{');
        if c == '#' && pieces.iter().all(|piece: &Piece| piece.is_closed) {
            break;
        }
        if c == '"' || c == '\'' && begins {
            let rest = &line[at + 1..];
            let end = closing(rest, c).map(|end| at + 1 + end + 1);
            pieces.push(Piece { range: at..end.unwrap_or(line.len()), is_closed: end.is_some() });
            let Some(end) = end else { break };
            chars = line.char_indices();
            chars.by_ref().take_while(|(at, _)| at + 1 < end).for_each(drop);
            before = c;
            continue;
        }
        if begins && TYPOGRAPHIC.contains(&c) {
            pieces.push(Piece { range: at..at + c.len_utf8(), is_closed: true });
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    pieces
}

/// Where a text ends that began with a straight quote.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    rest.char_indices().find_map(|(at, c)| {
        let is_end = c == quote && !escaped;
        escaped = quote == '"' && c == '\\' && !escaped;
        is_end.then_some(at)
    })
}

/// The end of the text that `is_quote` ends, from `from` on: where the line, the list or the table goes on.
fn end_of(line: &str, from: usize, is_quote: impl Fn(char) -> bool) -> Option<Range<usize>> {
    let rest = line.get(from..)?;
    rest.char_indices().find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let behind = rest[end..].trim_start();
        let goes_on = behind.is_empty() || behind.starts_with([',', ']', '}', '#']);
        (is_quote(c) && goes_on).then_some(from + at..from + end)
    })
}

/// A text in straight double quotes, with those in it escaped.
fn straight(inner: &str) -> String {
    let inner = inner.replace("\\\"", "\"").replace('"', "\\\"");
    format!("\"{inner}\"")
}

fn typographic(line: &str, pieces: &[Piece]) -> Option<Slip> {
    let open = pieces.iter().find(|piece| line[piece.range.clone()].starts_with(TYPOGRAPHIC))?.range.clone();
    let end = end_of(line, open.end, |c| TYPOGRAPHIC.contains(&c) || c == '"')?;
    Some(Slip {
        help: format!("write straight quotes: `{}`", straight(&line[open.end..end.start])),
        range: open.start..end.end,
        message: "this text stands in typographic quotes",
    })
}

fn ended_otherwise(line: &str, pieces: &[Piece]) -> Option<Slip> {
    let open = pieces.last().filter(|piece| !piece.is_closed)?.range.clone();
    let end = end_of(line, open.start + 1, |c| TYPOGRAPHIC.contains(&c))?;
    // It may be the end of another quote within the text.
    if line[open.start + 1..end.start].contains(['“', '„', '«', '‹', '‘', '‚']) {
        return None;
    }
    Some(Slip {
        help: format!(
            "end it with the quote that it begins with: `{}`",
            straight(&line[open.start + 1..end.start])
        ),
        range: open.start..end.end,
        message: "this text begins with a straight quote and ends with a typographic one",
    })
}

/// A quote within a text ends it, and what follows has no place there.
fn ended_too_soon(line: &str, pieces: &[Piece], at: usize) -> Option<Slip> {
    let first = pieces.iter().find(|piece| piece.is_closed && piece.range.end == at)?.range.clone();
    let quote = line[first.clone()].chars().next()?;
    let next = line[at..].chars().next()?;
    if next.is_whitespace() || next == quote {
        return None;
    }
    let end = end_of(line, at, |c| c == quote)?;
    let whole = straight(&line[first.start + 1..end.start]);
    let help = match quote {
        '"' => format!("write `\\\"` for a quote within a text: `{whole}`"),
        _ => format!("put the text into double quotes: `{whole}`"),
    };
    Some(Slip { range: first.start..end.end, message: "a quote within this text ends it", help })
}

#[cfg(test)]
mod tests {
    use super::slip;

    fn said(line: &str, at: &str) -> Option<(String, &'static str, String)> {
        let text = format!("[ada-berg]\n{line}\nborn = \"1980\"\n");
        let at = text.find(at).unwrap() + at.len();
        let slip = slip(&text, at)?;
        Some((text[slip.range].to_owned(), slip.message, slip.help))
    }

    #[test]
    fn typographic_quotes_are_told_with_the_straight_ones() {
        for (line, place, straight) in [
            ("name = “Ada Berg”", "“Ada Berg”", "\"Ada Berg\""),
            ("name = „Ada, Berg“   # she", "„Ada, Berg“", "\"Ada, Berg\""),
            ("name = «Ada»", "«Ada»", "\"Ada\""),
            ("name = ‘Ada’s’", "‘Ada’s’", "\"Ada’s\""),
            ("name = “Ada \"B\" Berg”", "“Ada \"B\" Berg”", "\"Ada \\\"B\\\" Berg\""),
            ("tags = [\"one\", “two”]", "“two”", "\"two\""),
            ("links = [{ title = “A “b” c”, url = \"x\" }]", "“A “b” c”", "\"A “b” c\""),
        ] {
            let help = format!("write straight quotes: `{straight}`");
            assert_eq!(
                said(line, "= "),
                Some((place.to_owned(), "this text stands in typographic quotes", help)),
                "{line}"
            );
        }
    }

    #[test]
    fn a_text_that_ends_with_another_quote_is_told() {
        let (place, message, help) = said("name = \"Ada Berg”", "Berg").unwrap();
        assert_eq!(place, "\"Ada Berg”");
        assert!(
            message.contains("ends with a typographic one") && help.ends_with("`\"Ada Berg\"`"),
            "{help}"
        );
    }

    #[test]
    fn a_quote_within_a_text_is_told_with_its_escape() {
        for (line, at, place, help) in [
            (
                "name = \"The \"boat\" man\" # c",
                "The \"",
                "\"The \"boat\" man\"",
                "`\"The \\\"boat\\\" man\"`",
            ),
            ("name = \"Ada \"Berg\"\"", "Ada \"", "\"Ada \"Berg\"\"", "`\"Ada \\\"Berg\\\"\"`"),
            ("tags = [\"a \"b\" c\", \"d\"]", "a \"", "\"a \"b\" c\"", "`\"a \\\"b\\\" c\"`"),
            ("name = 'Ada's boat'", "Ada'", "'Ada's boat'", "double quotes: `\"Ada's boat\"`"),
        ] {
            let (told, message, said) = said(line, at).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((told.as_str(), message), (place, "a quote within this text ends it"), "{line}");
            assert!(said.ends_with(help), "{line}: {said}");
        }
    }

    #[test]
    fn other_slips_are_left_to_the_parser() {
        for (line, at) in [
            ("name = \"Ada\" born = \"1980\"", "Ada\" "),
            ("tags = [\"a\" \"b\"]", "a\" "),
            ("name = O’Brien", "= "),
            ("name = \"Ada", "Ada"),
            ("name = \"Ada “Boat”", "Boat”"),
            ("name = \"Said, “yes”, and\" x", "and\" "),
        ] {
            assert_eq!(said(line, at), None, "{line}");
        }
    }
}
