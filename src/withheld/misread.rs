//! UTF-8 that was read as Windows-1252 or Latin-1, and written as UTF-8 again: `JosÃ©` -> `José`.

use memchr::memchr_iter;

/// The characters of Windows-1252 from 0x80, and those of Latin-1 where it has none.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// Where such characters stand in a text.
pub(super) fn places(text: &str) -> Vec<usize> {
    // Whatever begins a character of UTF-8 is one that is written with this byte.
    let begins = memchr_iter(0xC3, text.as_bytes());
    begins.filter(|at| text.get(*at..).and_then(character).is_some()).collect()
}

/// A text with the characters that these were.
pub(super) fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(0xC3, rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let was = character(rest);
        let len = was.map_or_else(|| rest.chars().next().map_or(0, char::len_utf8), |(_, len)| len);
        match was {
            Some((c, _)) => out.push(c),
            None => out.push_str(&rest[..len]),
        }
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// The character that the first ones were, and their length.
fn character(text: &str) -> Option<(char, usize)> {
    let mut chars = text.char_indices();
    let mut bytes = [0; 4];
    bytes[0] = u8::try_from(chars.next()?.1).ok()?;
    let count = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    for slot in &mut bytes[1..count] {
        *slot = continuing(chars.next()?.1)?;
    }
    let c = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    Some((c, chars.next().map_or(text.len(), |(at, _)| at)))
}

/// The byte within a character of UTF-8 that was read as this.
fn continuing(c: char) -> Option<u8> {
    match c {
        // A space that does not break is often made a plain one.
        ' ' => Some(0xA0),
        '\u{80}'..='\u{BF}' => u8::try_from(c).ok(),
        '\0'..='\u{7F}' => None,
        _ => WINDOWS.chars().position(|other| other == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_misread_is_read_again() {
        for name in ["José Núñez", "à Paris", "Фарид", "王小明", "فرید", "€ 5", "𝒜da", "Aurelie"]
        {
            for encoding in [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1254] {
                let misread = encoding.decode_without_bom_handling(name.as_bytes()).0;
                if encoding == encoding_rs::WINDOWS_1252 {
                    assert_eq!(mended(&misread), name, "{misread}");
                    assert_eq!(places(&misread).is_empty(), name.is_ascii(), "{misread}");
                }
            }
            let latin: String = name.bytes().map(char::from).collect();
            assert_eq!(mended(&latin), name, "{latin:?}");
        }
        assert_eq!(mended("Ã©".replace('©', " ").as_str()), "à");
        for text in ["Señor Núñez où «café»", "Ã", "Â", "naïve Åse", "größer, über"] {
            assert_eq!((places(text), mended(text).as_str()), (Vec::new(), text));
        }
    }
}
