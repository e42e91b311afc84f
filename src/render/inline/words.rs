//! The names in the code of a template.

use std::collections::BTreeMap;
use std::ops::Range;

/// Where the quoted text ends that begins at `at`: the place of its last quotation mark.
pub fn quoted_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mark = bytes.get(at)?;
    let mut end = at + 1;
    while let Some(sign) = bytes.get(end) {
        match sign {
            b'\\' => end += 1,
            sign if sign == mark => return Some(end),
            _ => {}
        }
        end += 1;
    }
    None
}

/// A name in code: where it stands, and as what.
pub struct Word {
    place: Range<usize>,
    /// It is also the value of an argument of its name: `<row embedded />`.
    is_flag: bool,
}

/// The names in code that stand for values: no fields, filters, functions, names of arguments or of components.
pub fn values(code: &str) -> Vec<Word> {
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    // Whether it is within the tag of a component, and in how many braces there.
    let mut call: Option<usize> = None;
    let mut at = 0;
    while let Some(sign) = bytes.get(at) {
        match sign {
            b'"' | b'\'' | b'`' => at = quoted_end(code, at).unwrap_or(bytes.len()) + 1,
            b'<' if bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic()) => {
                call = Some(0);
                at += 1;
                at += code[at..].find(|c: char| !is_of_name(c)).unwrap_or(code.len() - at);
            }
            b'{' | b'}' => {
                call = call.map(|depth| if *sign == b'{' { depth + 1 } else { depth.saturating_sub(1) });
                at += 1;
            }
            b'>' if call == Some(0) => {
                call = None;
                at += 1;
            }
            sign if sign.is_ascii_digit() => at += 1,
            sign if is_of_name(char::from(*sign)) => {
                let length = code[at..].find(|c: char| !is_of_name(c)).unwrap_or(code.len() - at);
                let place = at..at + length;
                at += length;
                let before = code[..place.start].trim_end();
                let after = &code[at..];
                let is_argument = after.starts_with('=') && !after.starts_with("==");
                let is_other = before.ends_with(['.', '|']) || is_argument || after.starts_with('(');
                if !is_other {
                    found.push(Word { place, is_flag: call == Some(0) });
                }
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether a sign can stand in a name.
pub fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The names in code that stand for values.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    values(code).into_iter().filter_map(|word| code.get(word.place))
}

/// The names that code gives values to.
pub fn assigned(code: &str) -> Vec<&str> {
    let names = |text: &str| -> bool { text.trim().chars().all(is_of_name) };
    if let Some((named, _)) = code.strip_prefix("for ").and_then(|rest| rest.split_once(" in ")) {
        return named.split(',').map(str::trim).filter(|name| names(name)).collect();
    }
    let set = code.strip_prefix("set ").or_else(|| code.strip_prefix("set_global "));
    set.and_then(|rest| rest.split_once('=')).map(|(name, _)| name.trim()).into_iter().collect()
}

/// The code with values in place of the names in it.
pub fn replaced(code: &str, names: &[Word], with: &BTreeMap<&str, String>) -> String {
    let mut made = String::with_capacity(code.len());
    let mut done = 0;
    for Word { place, is_flag } in names {
        let name = &code[place.clone()];
        let Some(value) = with.get(name) else { continue };
        made.push_str(&code[done..place.start]);
        if *is_flag {
            made.extend([name, "={", value, "}"]);
        } else {
            made.push_str(value);
        }
        done = place.end;
    }
    made.push_str(&code[done..]);
    made
}

/// `view.row.title`, `row.cells[0].href`: what can be written in many places for little.
pub fn is_path(code: &str) -> bool {
    code.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && code.chars().all(|c| is_of_name(c) || matches!(c, '.' | '[' | ']'))
}

/// A text, a number or a flag, written out.
pub fn is_literal(code: &str) -> bool {
    let is_text = code.starts_with('"') && quoted_end(code, 0) == Some(code.len() - 1);
    is_text || code.chars().all(|c| c.is_ascii_digit()) || matches!(code, "true" | "false" | "none")
}
