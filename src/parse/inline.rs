//! Finds the project's own notation in Markdown: wikilinks, citations and directives.
//!
//! One scan over the text, before the Markdown parser sees it. Each find is then masked by as many
//! control characters as it has bytes, so that every offset stays true and nothing inside a find (a
//! `|` in a table cell, a `~` in a date) is taken for Markdown. Code and HTML are left alone: the
//! caller passes their ranges.

use std::ops::Range;

/// What a find is masked with. Control characters are refused in authors' files, and Markdown gives
/// this one no meaning.
pub const MASK: char = '\u{1}';

/// The directives that stand within a line.
pub const TEXT_DIRECTIVES: [&str; 1] = ["count"];

/// What the braces behind an image can say.
pub const IMAGE_ATTRIBUTES: [&str; 2] = ["credit", "licence"];

/// How far the end of a find is looked for, in bytes: what is longer was never meant, and looking on for
/// every opening would take the square of a long text.
pub const LONGEST: usize = 4096;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The whole of it in the text.
    pub range: Range<usize>,
    pub notation: Notation,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// `[[inner]]`
    Wikilink { inner: Range<usize> },
    /// `[@inner]`; `inner` includes the `@`.
    Cite { inner: Range<usize> },
    /// `:name[label]{attributes}`
    Text { name: Range<usize>, label: Range<usize>, attributes: Option<Range<usize>> },
    /// `::name{attributes}`, alone on its line.
    Leaf { name: Range<usize>, attributes: Range<usize> },
    /// `{credit=".." licence=".."}` right behind an image.
    Attributes { inner: Range<usize> },
}

/// Whether a text can hold any of the notation; most short texts do not.
pub fn may_have_tokens(text: &str) -> bool {
    text.contains("[[")
        || text.contains("[@")
        || text.contains("::")
        || (text.contains("]{") && text.contains(':'))
        || TEXT_DIRECTIVES.iter().any(|name| text.contains(&format!(":{name}")))
        || text.contains("){")
        || IMAGE_ATTRIBUTES.iter().any(|name| text.contains(&format!("{{{name}=")))
}

/// All finds outside `skip`, in order and without overlap. `skip` is sorted.
pub fn tokens(text: &str, skip: &[Range<usize>]) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut skip = skip.iter().peekable();
    let mut at = 0;
    // The next `]]`, which many openings may be waiting for.
    let mut close = 0;
    while at < bytes.len() {
        while skip.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = skip.peek()
            && range.contains(&at)
        {
            at = range.end;
            continue;
        }
        let end = skip.peek().map_or(text.len(), |range| range.start);
        let limit = crate::source::floor_char_boundary(text, end.min(at.saturating_add(LONGEST)));
        let found = match bytes[at] {
            b'\\' => {
                at += 2;
                continue;
            }
            b'[' if bytes.get(at + 1) == Some(&b'[') => {
                if close < at + 2 {
                    close = text[at + 2..].find("]]").map_or(text.len(), |len| at + 2 + len);
                }
                (close + 2 <= limit).then(|| wikilink(text, at, close)).flatten()
            }
            b'[' if bytes.get(at + 1) == Some(&b'@') => cite(text, at, limit),
            b':' => leaf(text, at, limit).or_else(|| directive(text, at, limit)),
            b'{' if at > 0 && bytes[at - 1] == b')' => image_attributes(text, at, limit),
            _ => None,
        };
        match found {
            Some(token) => {
                at = token.range.end;
                tokens.push(token);
            }
            None => at += 1,
        }
    }
    tokens
}

/// The text with every find masked; as long as before, byte for byte.
pub fn mask(text: &str, tokens: &[Token]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for token in tokens {
        masked.push_str(&text[at..token.range.start]);
        masked.extend(std::iter::repeat_n(MASK, token.range.len()));
        at = token.range.end;
    }
    masked.push_str(&text[at..]);
    masked
}

/// A link whose closing brackets stand at `end`.
fn wikilink(text: &str, at: usize, end: usize) -> Option<Token> {
    let inner = at + 2;
    is_one_paragraph(&text[inner..end])
        .then(|| Token { range: at..end + 2, notation: Notation::Wikilink { inner: inner..end } })
}

fn cite(text: &str, at: usize, limit: usize) -> Option<Token> {
    let inner = at + 1;
    let end = inner + text.get(inner..limit)?.find(']')?;
    // `[@name](address)` is an ordinary link.
    let link = text[end + 1..].starts_with('(');
    (!link && is_one_paragraph(&text[inner..end]))
        .then(|| Token { range: at..end + 1, notation: Notation::Cite { inner: inner..end } })
}

/// `:name[label]{attributes}`; without attributes it is reported later, if the name is one of ours.
fn directive(text: &str, at: usize, limit: usize) -> Option<Token> {
    if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':') {
        return None;
    }
    let name = name(text, at + 1)?;
    let label = name.end + 1;
    if !text.get(name.end..limit)?.starts_with('[') {
        return None;
    }
    let label_end = label + closing_bracket(text.get(label..limit)?)?;
    if !is_one_paragraph(&text[label..label_end]) {
        return None;
    }
    let attributes = attributes(text, label_end + 1, limit);
    if attributes.is_none() && !TEXT_DIRECTIVES.contains(&&text[name.clone()]) {
        return None;
    }
    let end = attributes.as_ref().map_or(label_end + 1, |range| range.end + 1);
    Some(Token { range: at..end, notation: Notation::Text { name, label: label..label_end, attributes } })
}

/// Braces behind a parenthesis are ours when a word and `=` follow: `{credit=..}`.
fn image_attributes(text: &str, at: usize, limit: usize) -> Option<Token> {
    let inner = attributes(text, at, limit)?;
    let content = text[inner.clone()].trim_start();
    let name = content.bytes().take_while(u8::is_ascii_alphabetic).count();
    (name > 0 && content[name..].starts_with('='))
        .then_some(Token { range: at..inner.end + 1, notation: Notation::Attributes { inner } })
}

fn leaf(text: &str, at: usize, limit: usize) -> Option<Token> {
    if !text[at..].starts_with("::") || text[at..].starts_with(":::") || text[..at].ends_with(':') {
        return None;
    }
    let name = name(text, at + 2)?;
    let before = text[..at].chars().rev().find(|c| !matches!(c, ' ' | '\t' | '>' | '-' | '*'));
    if before.is_some_and(|c| c != '\n') {
        // Within a line it can only be meant when it has its braces; then it is reported.
        let attributes = attributes(text, name.end, limit)?;
        return Some(Token { range: at..attributes.end + 1, notation: Notation::Leaf { name, attributes } });
    }
    let attributes = match attributes(text, name.end, limit) {
        Some(attributes) => attributes,
        // `::timeline` without braces asks for everything.
        None => name.end..name.end,
    };
    let end =
        if attributes.is_empty() && attributes.start == name.end { name.end } else { attributes.end + 1 };
    let rest = text[end..].split('\n').next().unwrap_or("");
    // What follows on the line is reported with it, when the braces show that it was meant.
    (rest.trim().is_empty() || end > attributes.end)
        .then_some(Token { range: at..end, notation: Notation::Leaf { name, attributes } })
}

fn name(text: &str, start: usize) -> Option<Range<usize>> {
    let len = text[start..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    (len > 0 && text.as_bytes()[start].is_ascii_alphabetic()).then_some(start..start + len)
}

/// The inside of `{..}` that starts at `start`; a `}` within double quotes does not end it.
fn attributes(text: &str, start: usize, limit: usize) -> Option<Range<usize>> {
    let inner = text.get(start..limit)?.strip_prefix('{')?;
    let mut quoted = false;
    let len = inner.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b'}' && !quoted
    })?;
    is_one_paragraph(&inner[..len]).then_some(start + 1..start + 1 + len)
}

/// Where the bracket that `text` starts inside of is closed.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    text.bytes().position(|b| {
        if escaped {
            escaped = false;
            return false;
        }
        match b {
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' if depth == 0 => return true,
            b']' => depth -= 1,
            _ => {}
        }
        false
    })
}

/// Nothing spans a blank line: an opening that is never closed must not swallow the page.
fn is_one_paragraph(text: &str) -> bool {
    text.split('\n').skip(1).all(|line| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(text: &str) -> Vec<&str> {
        tokens(text, &[]).into_iter().map(|token| &text[token.range]).collect()
    }

    #[test]
    fn finds_what_is_meant_and_nothing_else() {
        assert_eq!(
            finds("a [[b|c]] [@d ¶1; @e] :count[four [4]]{meetings tag=\"}\"} f"),
            ["[[b|c]]", "[@d ¶1; @e]", ":count[four [4]]{meetings tag=\"}\"}"]
        );
        assert_eq!(finds("::timeline{with=a}\n\n::people"), ["::timeline{with=a}", "::people"]);
        assert_eq!(
            finds(r"\[[b]] \[@d] at 10:30[1] [@a](b) x::y std::fmt [[never closed"),
            Vec::<&str>::new()
        );
        assert_eq!(finds("[[a\n\nb]]"), Vec::<&str>::new());
    }

    #[test]
    fn a_mask_keeps_every_offset() {
        let text = "é [[قاسم|x]] z";
        let tokens = tokens(text, &[]);
        let masked = mask(text, &tokens);
        assert_eq!(masked.len(), text.len());
        assert!(masked.starts_with("é \u{1}") && masked.ends_with("\u{1} z"), "{masked:?}");
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(tokens("`[[a]]` [[b]]", std::slice::from_ref(&(0..7))).len(), 1);
    }
}
