//! A text with tags -> its words as a reader sees them, and what stands in the tags and comments.

use html5ever::data::NAMED_ENTITIES;
use memchr::memchr;

use super::folded::Folded;
use super::next::Next;

/// The longest name of a character: `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 33;

/// A text as it is read: without its tags, and what is in them.
#[derive(Default)]
pub(super) struct Split {
    pub shown: Folded,
    /// The insides of tags and comments, and what is set above words, to be read beside them.
    pub aside: Folded,
}

enum Piece<'t> {
    Text(&'t str),
    Tag(&'t str),
    Comment(&'t str),
}

/// Takes a text apart. Without tags all of it is shown.
pub(super) fn split(text: &str) -> Split {
    let mut split = Split { shown: Folded::with_capacity(text.len()), aside: Folded::default() };
    let mut is_aside = false;
    let mut comments = Next::of("-->", text);
    let mut at = 0;
    while let Some((piece, len)) = first(text, at, &mut comments) {
        match piece {
            Piece::Text(text) if is_aside => characters(text, &mut split.aside),
            Piece::Text(text) => characters(text, &mut split.shown),
            Piece::Tag(inside) => {
                let name = name(inside);
                // What is set above a word tells how it is spoken.
                match name {
                    "rt" | "rp" | "rtc" => is_aside = true,
                    "/rt" | "/rp" | "/rtc" | "/ruby" | "rb" => is_aside = false,
                    _ => {}
                }
                split.shown.tag();
                split.aside.tag();
                if inside.len() > name.len() {
                    split.aside.gap();
                    characters(inside, &mut split.aside);
                    split.aside.gap();
                }
            }
            Piece::Comment(inside) => {
                split.shown.tag();
                // It holds no other comment, but perhaps tags.
                let inner = self::split(inside);
                split.aside.append(&inner.shown);
                split.aside.append(&inner.aside);
            }
        }
        at += len;
    }
    split
}

/// The piece of a text that begins here, and its length with what marks it; `comments` says where these end.
fn first<'t>(whole: &'t str, at: usize, comments: &mut Next) -> Option<(Piece<'t>, usize)> {
    let text = whole.get(at..).filter(|text| !text.is_empty())?;
    if !text.starts_with('<') {
        let end = memchr(b'<', text.as_bytes()).unwrap_or(text.len());
        return Some((Piece::Text(&text[..end]), end));
    }
    if text.starts_with("<!--")
        && let Some(end) = comments.from(at + 4)
    {
        return Some((Piece::Comment(&whole[at + 4..end]), end + 3 - at));
    }
    // What stands in such a section is text.
    const CDATA: &str = "<![CDATA[";
    if text.starts_with(CDATA) {
        return Some((Piece::Tag(""), CDATA.len()));
    }
    Some(match memchr(b'>', text.as_bytes()) {
        Some(end) => (Piece::Tag(&text[1..end]), end + 1),
        None => (Piece::Text(text), text.len()),
    })
}

/// The name of a tag, with the stroke of one that ends.
fn name(inside: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | ':' | '-');
    let end = inside.find(|c| !is_name(c)).unwrap_or(inside.len());
    &inside[..end]
}

/// Adds a text, with its character references as the characters they stand for.
fn characters(text: &str, out: &mut Folded) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((characters, len)) => {
                characters.into_iter().flatten().for_each(|c| out.char(c));
                rest = &rest[len..];
            }
            None => {
                out.gap();
                rest = &rest[1..];
            }
        }
    }
    out.push(rest);
}

/// A text with its character references as the characters they stand for.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (characters, len) = reference(rest).unwrap_or(([Some('&'), None], 1));
        out.extend(characters.into_iter().flatten());
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// Where a text has markup that is escaped in it, and would be read as markup by who is given it, or turns around what
/// follows.
pub(super) fn escaped_markup(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr(b'&', text.as_bytes().get(at..).unwrap_or_default()) {
        at += next;
        let read = text.get(at..).and_then(reference);
        let (characters, len) = read.unwrap_or(([None, None], 1));
        if matches!(characters[0], Some('&' | '<' | '%' | '\\' | '\u{202D}' | '\u{202E}')) {
            // An ampersand alone begins nothing.
            let after = text.as_bytes().get(at + len);
            let begins = after.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
            if characters[0] != Some('&') || begins {
                places.push(at);
            }
        }
        at += len;
    }
    places
}

/// The characters of a reference, and its length; as browsers do, also without its semicolon.
fn reference(text: &str) -> Option<([Option<char>; 2], usize)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix, before) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let len = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..len], radix).ok()?;
        let closed = usize::from(digits[len..].starts_with(';'));
        // What browsers take for characters of Windows.
        let c = match u8::try_from(code) {
            Ok(byte @ 0x80..=0x9F) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next(),
            _ => char::from_u32(code),
        };
        return Some(([Some(c?), None], before + len + closed));
    }
    let end = rest.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let with_end = if rest[end..].starts_with(';') { end + 1 } else { end };
    (2..=with_end).rev().find_map(|len| {
        let (one, two) = *NAMED_ENTITIES.get(&rest[..len])?;
        let c = |code: u32| char::from_u32(code).filter(|c| *c != '\0');
        c(one).map(|one| ([Some(one), c(two)], 1 + len))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        split(text).shown.words().join(" ")
    }

    #[test]
    fn a_text_is_what_a_reader_sees() {
        assert_eq!(shown("was <em>Ada</em>\n Berg&nbsp;it &amp; so"), "was ada berg it so");
        assert_eq!(shown("&#65;d&#x61; &Berg; &#1114112; &"), "ada berg 1114112");
        assert_eq!(shown("Jos&eacute N&#250&#241ez"), "jose nunez");
        assert_eq!(shown("<ruby>王<rt>wáng</rt>小明</ruby>"), "王小明");
        assert_eq!(shown("<![CDATA[Ada]]>"), "ada");
        assert_eq!(unescaped("&lt;b&gt; &amp;eacute; &x"), "<b> &eacute; &x");
    }

    #[test]
    fn what_is_in_tags_and_comments_is_kept_aside() {
        let aside = |text: &str| split(text).aside.words().join(" ");
        assert_eq!(aside("<img alt=\"Jos&eacute;\">"), "img alt jose");
        assert_eq!(aside("a<!-- <b>Ada</b> Berg -->b"), "ada berg");
        assert_eq!(aside("if a < b and c > d"), "b and c");
        assert_eq!(aside("<ruby>王<rt>wáng</rt>小<rt>xiǎo</rt></ruby>"), "wangxiao");
    }

    #[test]
    fn markup_that_is_escaped_is_found() {
        assert_eq!(escaped_markup("a &amp; b &lt;i&gt; &amp;eacute;"), [10, 20]);
    }
}
