//! A text with escaped characters -> the same with the characters themselves, for each way to escape them. Of long texts
//! only what stands around the escapes is read again: all else is as it was.

use encoding_rs::{Encoding, WINDOWS_1252};
use memchr::{memchr_iter, memmem};

use super::documents::{encoded_words, in_a_row, latex, quoted_printable, rtf, unfolded};
use super::markup::{escaped_markup, unescaped};
use super::{enclosed, misread, seen, turned};

/// What turns a text into others.
pub(super) struct Escapes<'e> {
    /// How far around an escape a text is read, in bytes.
    pub window: usize,
    /// What bytes may mean that are no UTF-8.
    pub encodings: &'e [&'static Encoding],
}

impl Escapes<'_> {
    /// The texts that a text becomes when its escapes are read, in each way that may be meant.
    pub fn read(&self, path: &str, text: &str) -> Vec<String> {
        let mut texts = Vec::new();
        self.percent(text, &mut texts);
        self.backslashes(text, &mut texts);
        if let Some(around) = self.around(text, &escaped_markup(text)) {
            texts.push(unescaped(&around));
        }
        if let Some(around) = self.around(text, &misread::places(text)) {
            texts.push(misread::mended(&around));
        }
        for (text, places) in [seen::quoted(text), seen::without_unseen(text), in_a_row(text)] {
            texts.extend(self.around(&text, &places));
        }
        if let Some((text, places)) = enclosed::plain(text) {
            texts.extend(self.around(&text, &places));
        }
        texts.extend(turned::read(text));
        self.mail(path, text, &mut texts);
        texts.extend(unfolded(path, text));
        texts.extend(latex(path, text));
        if text.contains("{\\rtf") {
            self.in_bytes(text, rtf, &mut texts);
        }
        texts.extend(hosts(text));
        texts
    }

    /// `%C3%A9`, `%u00e9`.
    fn percent(&self, text: &str, texts: &mut Vec<String>) {
        let is_escape = |at: &usize| {
            let rest = text.as_bytes().get(at + 1..).unwrap_or_default();
            hex(rest, 2).is_some() || matches!(rest, [b'u' | b'U', rest @ ..] if hex(rest, 4).is_some())
        };
        let places: Vec<usize> = memchr_iter(b'%', text.as_bytes()).filter(is_escape).collect();
        if let Some(around) = self.around(text, &places) {
            self.in_bytes(&around, percent, texts);
        }
    }

    /// `\u00e9`, `\xe9`, `\351`, `\e9 `, `\n`.
    fn backslashes(&self, text: &str, texts: &mut Vec<String>) {
        let next = |at: &usize| text.as_bytes().get(at + 1).copied().unwrap_or_default();
        let places: Vec<usize> = memchr_iter(b'\\', text.as_bytes()).collect();
        let scripts = |at: &usize| {
            matches!(
                next(at),
                b'u' | b'U' | b'x' | b'n' | b't' | b'r' | b'b' | b'f' | b'v' | b'0'
                    ..=b'7' | b'\n' | b'\r' | b'\\'
            )
        };
        let in_scripts: Vec<usize> = places.iter().copied().filter(scripts).collect();
        if let Some(around) = self.around(text, &in_scripts) {
            self.in_bytes(&around, script, texts);
        }
        // In a style sheet any letter may stand behind one.
        let in_styles: Vec<usize> = places.into_iter().filter(|at| next(at).is_ascii_hexdigit()).collect();
        if let Some(around) = self.around(text, &in_styles) {
            texts.push(style(&around));
        }
    }

    /// Quoted-printable, and the headers of mail.
    fn mail(&self, path: &str, text: &str, texts: &mut Vec<String>) {
        let ends =
            |endings: &[&str]| endings.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        let says = || contains_ascii(text, "quoted-printable");
        if memchr::memchr(b'=', text.as_bytes()).is_none() {
            return;
        }
        if ends(&[".eml", ".mht", ".mhtml", ".mbox", ".vcf"]) || says() {
            self.in_bytes(text, quoted_printable, texts);
        }
        if let Some(text) = encoded_words(text) {
            texts.push(text);
        }
    }

    /// Reads a text into bytes, and these as UTF-8; where they are none, in the other encodings as well.
    fn in_bytes(&self, text: &str, read: fn(&str) -> Vec<u8>, texts: &mut Vec<String>) {
        let bytes = read(text);
        match String::from_utf8(bytes) {
            Ok(text) => texts.push(text),
            Err(error) => {
                let bytes = error.into_bytes();
                let latin = (!self.encodings.contains(&WINDOWS_1252)).then_some(WINDOWS_1252);
                for encoding in self.encodings.iter().copied().chain(latin) {
                    texts.push(by_word(&bytes, encoding));
                    texts.push(by_byte(&bytes, encoding));
                }
            }
        }
    }

    /// What stands around these places of a text, in ascending order; nothing where there are none.
    fn around(&self, text: &str, places: &[usize]) -> Option<String> {
        places.first()?;
        let bytes = text.as_bytes();
        let is_middle =
            |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || b & 0xC0 == 0x80);
        let mut out = String::new();
        let (mut start, mut end) = (0, 0);
        for place in places {
            let from = place.saturating_sub(self.window);
            if from > end || end == 0 {
                out.push_str(text.get(start..end).unwrap_or_default());
                out.push_str("\n\n");
                start = from.max(end);
                // Half a word would look like a whole one.
                while start > end && is_middle(start) {
                    start -= 1;
                }
                while !text.is_char_boundary(start) {
                    start += 1;
                }
            }
            end = end.max((place + self.window).min(text.len()));
            while is_middle(end) {
                end += 1;
            }
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        out.push_str(text.get(start..end).unwrap_or_default());
        Some(out)
    }
}

/// The text of bytes that are UTF-8 in part: words that are none are read in another encoding.
fn by_word(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut out = String::with_capacity(bytes.len());
    for word in bytes.split_inclusive(u8::is_ascii_whitespace) {
        match std::str::from_utf8(word) {
            Ok(word) => out.push_str(word),
            Err(_) => out.push_str(&encoding.decode_without_bom_handling(word).0),
        }
    }
    out
}

/// The same, where only those bytes are read so that are none.
fn by_byte(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.push_str(&encoding.decode_without_bom_handling(chunk.invalid()).0);
    }
    out
}

/// The number that so many digits say, at the start.
pub(super) fn hex(bytes: &[u8], count: usize) -> Option<u32> {
    let digits = bytes.get(..count).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

pub(super) fn put(out: &mut Vec<u8>, code: u32) {
    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// A byte, as what it says is read.
pub(super) fn byte(code: u32) -> u8 {
    u8::try_from(code & 0xFF).unwrap_or_default()
}

fn percent(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let wide = || after.strip_prefix(b"u").or(after.strip_prefix(b"U")).and_then(|rest| hex(rest, 4));
        rest = match (first, hex(after, 2)) {
            (b'%', Some(code)) => {
                out.push(byte(code));
                &after[2..]
            }
            (b'%', None) if wide().is_some() => {
                put(&mut out, wide().unwrap_or_default());
                &after[5..]
            }
            _ => {
                out.push(*first);
                after
            }
        };
    }
    out
}

/// As in JSON, scripts and most languages.
fn script(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    // Half of a character of two.
    let mut high: Option<u32> = None;
    while let [first, after @ ..] = rest {
        if *first != b'\\' {
            out.push(*first);
            rest = after;
            continue;
        }
        let braced = |rest: &[u8]| {
            let end = rest.iter().take(8).position(|byte| *byte == b'}')?;
            Some((hex(rest.get(1..)?, end.checked_sub(1)?)?, end + 1))
        };
        let (code, used) = match after {
            [b'u' | b'x', inner @ ..] if inner.first() == Some(&b'{') && braced(inner).is_some() => {
                let (code, len) = braced(inner).unwrap_or_default();
                (Some(code), 1 + len)
            }
            [b'u', inner @ ..] if hex(inner, 4).is_some() => (hex(inner, 4), 5),
            [b'U', inner @ ..] if hex(inner, 8).is_some() => (hex(inner, 8), 9),
            [b'x', inner @ ..] if hex(inner, 2).is_some() => {
                out.push(byte(hex(inner, 2).unwrap_or_default()));
                (None, 3)
            }
            [b'0'..=b'7', ..] => {
                let digits = after.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(*byte));
                let (code, len) =
                    digits.fold((0, 0), |(code, len), digit| (code * 8 + u32::from(digit - b'0'), len + 1));
                out.push(byte(code));
                (None, len)
            }
            [b'n' | b't' | b'r' | b'b' | b'f' | b'v', ..] => {
                out.push(b' ');
                (None, 1)
            }
            [b'\r', b'\n', ..] => (None, 2),
            [b'\n', ..] => (None, 1),
            [other, ..] => {
                out.push(*other);
                (None, 1)
            }
            [] => (None, 0),
        };
        match (code, high.take()) {
            (Some(code @ 0xD800..=0xDBFF), _) => high = Some(code),
            (Some(low @ 0xDC00..=0xDFFF), Some(high)) => {
                put(&mut out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
            (Some(code), _) => put(&mut out, code),
            (None, _) => {}
        }
        rest = after.get(used..).unwrap_or_default();
    }
    out
}

/// As in style sheets: up to six digits, and a space that belongs to them.
fn style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let len = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let code = u32::from_str_radix(&after[..len], 16).ok().and_then(char::from_u32);
        out.extend(code);
        let after = &after[len..];
        let space = ["\r\n", " ", "\n", "\t"].iter().find_map(|space| after.strip_prefix(space));
        rest = space.filter(|_| len > 0).unwrap_or(after);
    }
    out.push_str(rest);
    out
}

/// Hosts as they travel, `xn--jos-dma.example`, as they are written.
fn hosts(text: &str) -> Option<String> {
    find_ascii(text, "xn--")?;
    let text = text.to_ascii_lowercase();
    let is_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let mut hosts = Vec::new();
    let mut behind = 0;
    for at in memmem::find_iter(text.as_bytes(), b"xn--") {
        // One host may have several such parts.
        let Some(rest) = text.get(at..).filter(|_| at >= behind) else { continue };
        let end = rest.find(|c| !is_host(c)).unwrap_or(rest.len());
        hosts.push(idna::domain_to_unicode(rest[..end].trim_end_matches('.')).0);
        behind = at + end;
    }
    (!hosts.is_empty()).then(|| hosts.join("\n\n"))
}

fn contains_ascii(text: &str, word: &str) -> bool {
    find_ascii(text, word).is_some()
}

/// Where a word of ASCII stands first, in whatever case.
pub(super) fn find_ascii(text: &str, word: &str) -> Option<usize> {
    let first = *word.as_bytes().first()?;
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes()).find(|at| {
        text.as_bytes()
            .get(*at..at + word.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Vec<String> {
        let encodings = [WINDOWS_1252];
        Escapes { window: 300, encodings: &encodings }.read(path, text)
    }

    #[test]
    fn each_way_to_escape_is_read() {
        for (path, text) in [
            ("", "Jos%C3%A9 N%c3%ba%C3%B1ez"),
            ("", "Jos%E9 N%FA%F1ez"),
            ("", "Jos%u00E9 N%u00fa%u00F1ez"),
            ("", r"Jos\u00e9 N\u00fa\u00f1ez"),
            ("", r"Jos\u{e9} N\u{FA}\u{f1}ez"),
            ("", r"Jos\xe9 N\xfa\xf1ez"),
            ("", r"Jos\303\251 N\303\272\303\261ez"),
            ("", r"Jos\e9  N\fa\0000f1ez"),
            ("", "Jos&amp;eacute; N&amp;uacute;&amp;ntilde;ez"),
            ("a.eml", "Jos=C3=A9 N=C3=BA=\r\n=C3=B1ez"),
            ("", "=?utf-8?Q?Jos=C3=A9_?= =?ISO-8859-1?B?TvrxZXo=?="),
            ("a.vcf", "Jos\r\n é N\r\n\túñez"),
            ("", r"{\rtf1 Jos\'e9 N\u250?\'f1ez}"),
        ] {
            let texts = read(path, text);
            let wanted = |text: &String| {
                text.replace("&eacute;", "é")
                    .replace("&uacute;", "ú")
                    .replace("&ntilde;", "ñ")
                    .contains("José Núñez")
            };
            assert!(texts.iter().any(wanted), "{text}: {texts:?}");
        }
        assert!(read("a.bib", r"Jos{\'e} N{\'u}{\~n}ez").contains(&"Jose Nunez".to_owned()));
        assert!(read("", "https://xn--jos-dma.example/").contains(&"josé.example".to_owned()));
        assert_eq!(read("", "a % b, a = b, C:\\ D, R&amp;"), Vec::<String>::new());
    }

    #[test]
    fn only_what_stands_around_an_escape_is_read_again() {
        let text = format!("{}%C3%A9 {}", "word ".repeat(1000), "word ".repeat(1000));
        let [read] = <[String; 1]>::try_from(read("", &text)).unwrap();
        assert!(read.contains("word é word") && read.len() < 700, "{}", read.len());
        assert!(read.split_whitespace().all(|word| word == "word" || word == "é"), "{read}");
    }
}
