//! The bytes of a text -> the text, in each encoding that it may have.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, IBM866, ISO_2022_JP, ISO_8859_2, ISO_8859_3, ISO_8859_4,
    ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15,
    ISO_8859_16, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// What texts had before they had UTF-8.
const LEGACY: [&Encoding; 33] = [
    WINDOWS_1252,
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1253,
    WINDOWS_1254,
    WINDOWS_1255,
    WINDOWS_1256,
    WINDOWS_1257,
    WINDOWS_1258,
    WINDOWS_874,
    ISO_8859_2,
    ISO_8859_3,
    ISO_8859_4,
    ISO_8859_5,
    ISO_8859_6,
    ISO_8859_7,
    ISO_8859_8,
    ISO_8859_10,
    ISO_8859_13,
    ISO_8859_14,
    ISO_8859_15,
    ISO_8859_16,
    KOI8_R,
    KOI8_U,
    IBM866,
    MACINTOSH,
    X_MAC_CYRILLIC,
    SHIFT_JIS,
    EUC_JP,
    ISO_2022_JP,
    EUC_KR,
    BIG5,
    GB18030,
];

/// The legacy encodings in which one of these words can be written, with other bytes than those of ASCII. In the others
/// none of them can stand. A word of ASCII has the marks of the first one in it: a hyphen that is not seen.
pub(super) fn that_hold(words: &[&str]) -> Vec<&'static Encoding> {
    let holds = |encoding: &&&'static Encoding| {
        words
            .iter()
            .any(|word| encoded(encoding, word).is_some() || word.is_ascii() && **encoding == WINDOWS_1252)
    };
    LEGACY.iter().filter(holds).copied().collect()
}

/// A word in an encoding, if it has all its letters.
pub(super) fn encoded(encoding: &'static Encoding, word: &str) -> Option<Vec<u8>> {
    let (bytes, _, has_others) = encoding.encode(word);
    (!has_others && !word.is_ascii()).then(|| bytes.into_owned())
}

/// The text of a file that says by its first bytes how it is encoded, in UTF-16 or UTF-32.
pub(super) fn marked(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => Some(wide4(rest, u32::from_le_bytes)),
        [0, 0, 0xFE, 0xFF, rest @ ..] => Some(wide4(rest, u32::from_be_bytes)),
        [0xFF, 0xFE, rest @ ..] => Some(wide(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Some(wide(rest, u16::from_be_bytes)),
        _ => None,
    }
}

/// What bytes say as UTF-16 and UTF-32, of either order and from any of their first places.
pub(super) fn unmarked(bytes: &[u8]) -> impl Iterator<Item = String> {
    let twos = (0..2).filter_map(|skip| bytes.get(skip..)).flat_map(|rest| {
        let orders: [fn([u8; 2]) -> u16; 2] = [u16::from_le_bytes, u16::from_be_bytes];
        orders.into_iter().map(move |order| wide(rest, order))
    });
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    let is_wider = zeros >= bytes.len() / 4;
    let fours = (0..4).filter_map(move |skip| bytes.get(skip..).filter(|_| is_wider)).flat_map(|rest| {
        let orders: [fn([u8; 4]) -> u32; 2] = [u32::from_le_bytes, u32::from_be_bytes];
        orders.into_iter().map(move |order| wide4(rest, order))
    });
    twos.chain(fours)
}

/// What bytes say as UTF-16 that show it by no zero and no control: ideographs alone, or letters of India. In nearly
/// all other texts one of the first characters is neither.
pub(super) fn wide_alone(bytes: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    for rest in (0..2).filter_map(|skip| bytes.get(skip..)).filter(|rest| rest.len() > 1) {
        for order in [u16::from_le_bytes, u16::from_be_bytes] {
            if rest.as_chunks::<2>().0.iter().all(|pair| is_wide(order(*pair))) {
                texts.push(wide(rest, order));
            }
        }
    }
    texts
}

fn is_wide(unit: u16) -> bool {
    matches!(unit, 0x0900..=0x0AFF | 0x0C00..=0x0DFF | 0x2026)
        || matches!(unit, 0x2E80..=0xDFFF | 0xF900..=0xFAFF | 0xFE30..=0xFFEF)
}

fn wide(bytes: &[u8], order: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| order(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn wide4(bytes: &[u8], order: fn([u8; 4]) -> u32) -> String {
    let units = bytes.as_chunks::<4>().0.iter().map(|four| order(*four));
    units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether a text holds what no text has in it.
pub(super) fn has_controls(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| is_control(*byte))
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C)
}

/// How many characters of a text are looked at together, and how many odd ones are forgiven among them.
pub(super) const TOGETHER: usize = 64;
const STRAY: usize = 6;

/// Whether a text was read rightly, but for a stray byte here and there: of what is packed there are many in one place.
pub(super) fn is_mostly_text(text: &str) -> bool {
    let is_odd = |c: char| c == char::REPLACEMENT_CHARACTER || u8::try_from(c).is_ok_and(is_control);
    let mut before = text.chars();
    let (mut all, mut odd, mut near) = (0, 0, 0);
    for c in text.chars() {
        all += 1;
        odd += usize::from(is_odd(c));
        near += usize::from(is_odd(c));
        if all > TOGETHER {
            near -= usize::from(before.next().is_some_and(is_odd));
        }
        if near > STRAY {
            return false;
        }
    }
    odd * 16 <= all
}

/// Where a text goes over into what is none; nothing if that is at once.
pub(super) fn tail(bytes: &[u8]) -> Option<usize> {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let end = bytes.iter().take(valid).position(|byte| is_control(*byte)).unwrap_or(valid);
    (end > 0).then_some(end)
}
