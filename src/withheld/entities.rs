//! XML that declares names for texts -> the same with the texts.

use memchr::{memchr, memmem};

/// How many times its own length a text becomes at most in one go.
const TIMES: usize = 24;

/// A text with its own entities as what they stand for, for once: there may be others in them.
pub(super) struct Expanded {
    /// Nothing where none is named.
    pub text: Option<String>,
    /// What some stand for is elsewhere, or becomes too long.
    pub is_cut: bool,
}

/// Nothing where none is declared.
pub(super) fn expanded(text: &str) -> Option<Expanded> {
    let declared = declared(text)?;
    let mut is_cut = declared.iter().any(|(_, value)| value.is_none());
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(start) = memchr(b'&', text.as_bytes().get(at..).unwrap_or_default()).map(|next| at + next)
    {
        at = start + 1;
        let rest = &text[at..];
        let Some(name) = rest.bytes().take(256).position(|byte| byte == b';').and_then(|end| rest.get(..end))
        else {
            continue;
        };
        // The first of several counts.
        let Some((_, Some(value))) = declared.iter().find(|(known, _)| *known == name) else { continue };
        if out.len() > text.len().saturating_mul(TIMES) {
            is_cut = true;
            break;
        }
        out.push_str(&text[kept..start]);
        out.push_str(value);
        at += name.len() + 1;
        kept = at;
    }
    if kept > 0 {
        out.push_str(&text[kept..]);
    }
    Some(Expanded { text: (kept > 0).then_some(out), is_cut })
}

/// The entities that a text declares, with what they stand for, where that is said here.
fn declared(text: &str) -> Option<Vec<(&str, Option<String>)>> {
    memmem::find(text.as_bytes(), b"<!DOCTYPE")?;
    let places = memmem::find_iter(text.as_bytes(), b"<!ENTITY");
    let declared: Vec<_> = places.take(MOST).filter_map(|at| entity(text.get(at + 8..)?)).collect();
    (!declared.is_empty()).then_some(declared)
}

/// How many entities are read.
const MOST: usize = 1000;

fn entity(text: &str) -> Option<(&str, Option<String>)> {
    let rest = text.trim_start();
    if rest.len() == text.len() {
        return None;
    }
    let end = rest.find(char::is_whitespace)?;
    let (name, rest) = rest.split_at(end);
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    // One for declarations alone, or one that is elsewhere.
    let Some(quote) = quote.filter(|_| name != "%") else { return Some((name, None)) };
    let value = rest[1..].split(quote).next().unwrap_or_default();
    Some((name, Some(by_numbers(value))))
}

/// A text with the characters that stand in it by their numbers, which are read where it is declared.
fn by_numbers(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => number.parse().ok(),
            };
            Some((code.and_then(char::from_u32)?, rest))
        });
        match number {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push_str("&#");
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_stand_for_what_is_declared() {
        let read = |text: &str| {
            let read = expanded(text).unwrap();
            (read.text.unwrap_or_default(), read.is_cut)
        };
        let with = |inner: &str| format!("<!DOCTYPE a [{inner}]>&b;&c;");
        let plain = with("<!ENTITY b \"d\"><!ENTITY c 'e'>");
        assert_eq!(read(&plain), (plain.replace("&b;&c;", "de"), false));
        assert!(read(&with("<!ENTITY b \"&#38;c;\"><!ENTITY c 'e'>")).0.ends_with("&c;e"));
        assert!(read(&with("<!ENTITY b SYSTEM \"x.xml\">")).1);
        assert!(read(&with("<!ENTITY % b \"x\">")).1);
        assert!(expanded("a <!ENTITY b \"c\"> &b;").is_none());
        let long = with(&format!("<!ENTITY b \"{}\">", "x".repeat(1000))) + &"&b;".repeat(1000);
        let (text, is_cut) = read(&long);
        assert!(is_cut && text.len() < long.len() * 30);
    }
}
