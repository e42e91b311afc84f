//! Letters, cards and documents that are made of letters alone -> the texts in them.

use encoding_rs::Encoding;
use memchr::memmem;

use super::escapes::{byte, find_ascii, hex, put};
use super::next::Next;

pub(super) fn quoted_printable(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'=', [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..]) => rest,
            (b'=', [_, _, rest @ ..]) if hex(after, 2).is_some() => {
                out.push(byte(hex(after, 2).unwrap_or_default()));
                rest
            }
            _ => {
                out.push(*first);
                after
            }
        };
    }
    out
}

/// `=?utf-8?Q?Jos=C3=A9?=` in the headers of mail (RFC 2047).
pub(super) fn encoded_words(text: &str) -> Option<String> {
    memmem::find(text.as_bytes(), b"=?")?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    let mut ends = Next::of("?=", text);
    while let Some(at) = rest.find("=?") {
        let after = &rest[at + 2..];
        let mut parts = after.splitn(3, '?');
        let (charset, way, body) = (parts.next()?, parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let start = text.len() - body.len();
        let is_one = charset.len() < 40 && way.len() == 1;
        let Some(end) = is_one.then(|| ends.from(start)).flatten().map(|end| end - start) else {
            out.push_str(&rest[..at + 2]);
            rest = after;
            continue;
        };
        let bytes = match way {
            "B" | "b" => base64_bytes(&body[..end]),
            _ => quoted_printable(&body[..end].replace('_', " ")),
        };
        let before = &rest[..at];
        // Between two of them white space is none.
        if !(found && before.trim().is_empty()) {
            out.push_str(before);
        }
        let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        out.push_str(&encoding.decode(&bytes).0);
        found = true;
        rest = &body[end + 2..];
    }
    out.push_str(rest);
    found.then_some(out)
}

/// Calendars and cards fold their lines, in the middle of words (RFC 5545, 3.1), and so does mail.
pub(super) fn unfolded(path: &str, text: &str) -> Option<String> {
    const ENDINGS: [&str; 7] = [".ics", ".ifb", ".vcs", ".vcf", ".eml", ".ldif", ".mbox"];
    let is_folded = ENDINGS.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
        || text.trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:V"));
    is_folded.then(|| text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", ""))
}

/// `Jos{\'e}`: what makes an accent goes.
pub(super) fn latex(path: &str, text: &str) -> Option<String> {
    const ENDINGS: [&str; 4] = [".bib", ".tex", ".ltx", ".bbl"];
    let is_latex = ENDINGS.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    if !is_latex || !text.contains('\\') && !text.contains('{') {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        out.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        if mark != "\\" {
            rest = after;
            continue;
        }
        let len = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        if len == 0 {
            // An accent, or a sign.
            let skipped = after.chars().next().map_or(0, char::len_utf8);
            rest = &after[skipped..];
            continue;
        }
        out.push_str(match &after[..len] {
            letter @ ("i" | "j" | "l" | "L" | "o" | "O" | "ss" | "ae" | "AE" | "oe" | "OE") => letter,
            "aa" | "AA" => "a",
            "dj" | "DJ" => "d",
            "th" | "TH" => "th",
            "c" | "v" | "u" | "H" | "k" | "r" | "b" | "d" | "t" | "textit" | "textbf" | "emph" => "",
            _ => " ",
        });
        rest = after[len..].strip_prefix(' ').unwrap_or(&after[len..]);
    }
    out.push_str(rest);
    Some(out)
}

/// Rich text: `\'e9`, `\u233?`, and words that command.
pub(super) fn rtf(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    // Half of a character of two.
    let mut high: Option<u32> = None;
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'{' | b'}' | b'\r' | b'\n', _) => after,
            (b'\\', [b'\'', inner @ ..]) if hex(inner, 2).is_some() => {
                out.push(byte(hex(inner, 2).unwrap_or_default()));
                &inner[2..]
            }
            (b'\\', [b'a'..=b'z' | b'A'..=b'Z', ..]) => {
                let letters = after.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let (word, rest) = after.split_at(letters);
                let is_digit =
                    |(at, byte): &(usize, &u8)| byte.is_ascii_digit() || *at == 0 && **byte == b'-';
                let digits = rest.iter().enumerate().take_while(is_digit).count();
                let (number, rest) = rest.split_at(digits);
                let rest = rest.strip_prefix(b" ").unwrap_or(rest);
                let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i32>().ok());
                match (word, number) {
                    (b"u", Some(number)) => {
                        let unit = u32::try_from(if number < 0 { number + 0x10000 } else { number });
                        match (unit.unwrap_or(0), high.take()) {
                            (unit @ 0xD800..=0xDBFF, _) => high = Some(unit),
                            (low @ 0xDC00..=0xDFFF, Some(high)) => {
                                put(&mut out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                            }
                            (unit, _) => put(&mut out, unit),
                        }
                        // What stands in for it where it cannot be shown.
                        match rest {
                            [b'\\', b'\'', _, _, rest @ ..] | [b'?' | b'_' | b' ', rest @ ..] => rest,
                            _ => rest,
                        }
                    }
                    (b"par" | b"line" | b"tab" | b"cell" | b"row", _) => {
                        out.push(b' ');
                        rest
                    }
                    _ => rest,
                }
            }
            (b'\\', [b'~', rest @ ..]) => {
                out.push(b' ');
                rest
            }
            (b'\\', [b'-' | b'*', rest @ ..]) => rest,
            (b'\\', [other, rest @ ..]) => {
                out.push(*other);
                rest
            }
            _ => {
                out.push(*first);
                after
            }
        };
    }
    out
}

/// `{"given": "Ada", "family": "Berg"}`: a text without the names of such fields between short values of letters alone,
/// with the places where one stood.
pub(super) fn in_a_row(text: &str) -> (String, Vec<usize>) {
    const LONGEST: usize = 64;
    let is_name = |value: &&str| {
        !value.is_empty()
            && value.len() <= LONGEST
            && value.chars().all(|c| c.is_alphabetic() || !c.is_ascii() || " '-.".contains(c))
    };
    let quoted = |text: &str| {
        let inner = text.strip_prefix('"')?;
        inner.bytes().take(LONGEST + 1).position(|byte| byte == b'"')
    };
    let (mut out, mut places) = (String::new(), Vec::new());
    let (mut kept, mut start) = (0, None);
    for at in memchr::memchr_iter(b'"', text.as_bytes()) {
        // The value before ends here, a comma and a name follow, and then another value.
        let value = start.replace(at + 1).and_then(|start| text.get(start..at)).filter(is_name);
        let next = || {
            let name = text[at + 1..].trim_start().strip_prefix(',')?.trim_start();
            let after = name.get(quoted(name)? + 2..)?.trim_start().strip_prefix(':')?.trim_start();
            let value = after.get(1..1 + quoted(after)?).filter(is_name)?;
            Some(value.as_ptr().addr() - text.as_ptr().addr())
        };
        if let Some(next) = value.and_then(|_| next()) {
            out.push_str(text.get(kept..at).unwrap_or_default());
            places.push(out.len());
            out.push(' ');
            kept = next;
        }
    }
    out.push_str(&text[kept..]);
    (out, places)
}

/// What is in the text in base64: in addresses that hold their file, and in mail.
pub(super) fn base64_files(text: &str) -> Vec<Vec<u8>> {
    const MARK: &str = "base64";
    /// How far behind the mark an address has the sign before its file.
    const NEAR: usize = 64;
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=-_\r\n \t".contains(byte);
    let bytes = text.as_bytes();
    let is_blank = |at: usize| bytes[at..].starts_with(b"\n\n") || bytes[at..].starts_with(b"\r\n\r\n");
    let (mut blank, mut blank_of_windows) = (Next::of("\n\n", text), Next::of("\r\n\r\n", text));
    let mut files = Vec::new();
    let (mut at, mut last) = (0, None);
    while let Some(next) = text.get(at..).and_then(|rest| find_ascii(rest, MARK)) {
        at += next + MARK.len();
        let near = bytes.iter().skip(at).take(NEAR).position(|byte| b",:\n".contains(byte));
        let start = match near.map(|near| at + near) {
            Some(sign) if bytes.get(sign) != Some(&b'\n') => sign + 1,
            _ => {
                let ends = [blank.from(at).map(|at| at + 2), blank_of_windows.from(at).map(|at| at + 4)];
                match ends.into_iter().flatten().min() {
                    // Several marks may stand before one file.
                    Some(end) if last.replace(end) != Some(end) => end,
                    _ => continue,
                }
            }
        };
        // In an address nothing of it is a space; in mail it ends with an empty line.
        let rest = bytes.iter().enumerate().skip(start);
        let end = rest.into_iter().find(|(at, byte)| !is_base64(byte) || is_blank(*at));
        let end = end.map_or(text.len(), |(at, _)| at);
        let file = base64_bytes(text.get(start..end).unwrap_or_default());
        if file.len() > 1 {
            files.push(file);
        }
    }
    files
}

/// As much of it as can be read.
fn base64_bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(self::byte(bits >> count));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_values_of_an_object_stand_in_a_row() {
        let read = |text: &str| in_a_row(text).0;
        assert_eq!(
            read(r#"{"a": "Ada", "b" : "Del", "c":"Berg", "d": 1}"#),
            r#"{"a": "Ada Del Berg", "d": 1}"#
        );
        let others = r#"{"a":"Ada","b":1,"c":"Berg 2","d":"x"} say "a", "b": c"#;
        assert_eq!(in_a_row(others), (others.to_owned(), Vec::new()));
    }

    #[test]
    fn what_is_in_base64_is_taken_out() {
        assert_eq!(base64_files("a url(data:text/plain;base64,Sm9zw6k=) b"), ["José".as_bytes()]);
        assert_eq!(base64_files("Encoding: BASE64\n\nSm9z\nw6k=\n\nJose"), ["José".as_bytes()]);
    }
}
