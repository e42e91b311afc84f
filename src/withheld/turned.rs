//! A text with characters that turn it around -> its letters in the order in which they are seen.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::escapes::find_ascii;
use super::folded::is_invisible;

/// What begins a run that is set from right to left, or from left to right, whatever its letters.
const LEFTWARD: char = '\u{202E}';
const RIGHTWARD: char = '\u{202D}';
const END: char = '\u{202C}';
const END_ISOLATE: char = '\u{2069}';

/// How deep runs lie in runs (UAX 9), and how long a tag is at most.
const DEEPEST: usize = 125;
const TAG: usize = 400;

/// The lines of a text that are turned around, as they are seen: from the left, and from the right, as Hebrew is read.
pub(super) fn read(text: &str) -> Vec<String> {
    // One look for both, since nearly no text has any.
    let bytes = text.as_bytes();
    let is_mark = |at: usize| matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xAD | 0xAE]));
    let is_turned = memchr::memchr_iter(0xE2, bytes).any(is_mark);
    let runs = [LEFTWARD, RIGHTWARD].into_iter().filter(|mark| is_turned && text.contains(*mark));
    let mut texts: Vec<String> = runs
        .map(|mark| {
            let lines = text.split(['\n', '\r', '\u{2029}']).filter(|line| line.contains(mark));
            lines.map(|line| seen(line, mark) + "\n").collect()
        })
        .collect();
    texts.extend(marked_up(text));
    texts
}

/// A run within a line.
struct Run {
    begins: char,
    /// Its letters with their marks, its tags, and the runs in it.
    pieces: Vec<String>,
}

/// A line as it is seen where runs that begin with this are set backwards.
fn seen(line: &str, turns: char) -> String {
    let mut runs = vec![Run { begins: '\n', pieces: Vec::new() }];
    let close = |runs: &mut Vec<Run>| {
        let Some(mut run) = runs.pop() else { return };
        if run.begins == turns {
            run.pieces.reverse();
        }
        let whole = run.pieces.concat();
        match runs.last_mut() {
            Some(outer) => outer.pieces.push(whole),
            None => runs.push(Run { begins: '\n', pieces: vec![whole] }),
        }
    };
    let mut rest = line;
    // A letter keeps its marks.
    while let Some(letter) = rest.graphemes(true).next() {
        let c = letter.chars().next().unwrap_or_default();
        let mut len = letter.len();
        match c {
            '\u{202A}' | '\u{202B}' | LEFTWARD | RIGHTWARD | '\u{2066}'..='\u{2068}' => {
                if runs.len() < DEEPEST {
                    runs.push(Run { begins: c, pieces: Vec::new() });
                }
            }
            END => {
                if runs.last().is_some_and(|run| matches!(run.begins, '\u{202A}'..='\u{202E}')) {
                    close(&mut runs);
                }
            }
            END_ISOLATE => {
                let is_isolate = |run: &Run| matches!(run.begins, '\u{2066}'..='\u{2068}');
                let from = runs.iter().rposition(is_isolate).unwrap_or(runs.len());
                (from..runs.len()).for_each(|_| close(&mut runs));
            }
            _ => {
                if c == '<' {
                    let tag = rest.bytes().take(TAG).position(|byte| byte == b'>');
                    len = tag.map_or(len, |end| end + 1);
                }
                if let Some(run) = runs.last_mut() {
                    match run.pieces.last_mut() {
                        Some(before) if is_combining_mark(c) || is_invisible(c) => before.push_str(letter),
                        _ => run.pieces.push(rest[..len].to_owned()),
                    }
                }
            }
        }
        rest = &rest[len..];
    }
    (0..runs.len()).for_each(|_| close(&mut runs));
    runs.into_iter().flat_map(|run| run.pieces).collect()
}

/// A text with the characters that do the same as the tags for it: `<bdo dir="rtl">`.
fn marked_up(text: &str) -> Option<String> {
    let next = |text: &str| find_ascii(text, "<bdo");
    next(text)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let is_leftward = rest[..end].to_ascii_lowercase().contains("rtl");
        out.push(if is_leftward { LEFTWARD } else { RIGHTWARD });
        rest = &rest[end..];
    }
    out.push_str(rest);
    let mut ended = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some(at) = find_ascii(rest, "</bdo") {
        ended.push_str(&rest[..at]);
        ended.push('\u{202C}');
        rest = &rest[at..];
        rest = rest.find('>').and_then(|end| rest.get(end + 1..)).unwrap_or_default();
    }
    ended.push_str(rest);
    // A line of its own in a file need not be one in a page.
    Some(ended.replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_is_seen() {
        let seen =
            |text: &str| read(text).into_iter().map(|text| text.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(seen("x\na \u{202E}greb ada\u{202C} b\ny"), ["a ada berg b"]);
        assert_eq!(seen("\u{202E}gro.greb-ada"), ["ada-berg.org"]);
        assert_eq!(seen("\u{202D}גרב עדה"), ["הדע ברג"]);
        assert_eq!(
            seen("\u{202E}c\u{202D}ab\u{301}\u{202C}\u{2066}x y\u{2069}d"),
            ["dx yab\u{301}c", "cb\u{301}ax yd"]
        );
        assert_eq!(seen("\u{202E}<b>greb</b> ada"), ["ada </b>berg<b>"]);
        for text in ["a <bdo dir=rtl>b</bdo>", "a <Bdo dir='RTL'>b</bDO\n>"] {
            assert_eq!(seen(text), ["a \u{202E}b\u{202C}"]);
        }
        assert_eq!(seen("\u{2067}ada\u{2069} \u{200F}berg"), Vec::<String>::new());
    }
}
