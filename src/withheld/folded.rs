//! A text -> its letters alone, in one form each, and what stands between them. Names are compared as this.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::fold::fold;

/// Anything but letters: a space, a dot, a dash, a line break.
pub(super) const GAP: u8 = 1;
/// A tag or an apostrophe, which may be within a word or between two: `Ada's`, `l'Ada`.
pub(super) const TAG: u8 = 2;
/// A capital letter behind a small one, or a digit beside a letter: `JoseNunez2020`.
pub(super) const TURN: u8 = 4;
/// A gap that is one dash.
pub(super) const DASH: u8 = 8;
/// A gap that is one full stop.
pub(super) const DOT: u8 = 16;
/// The letter had another form than one of ASCII.
pub(super) const CHANGED: u8 = 32;
/// A gap that is white space alone.
pub(super) const SPACE: u8 = 64;
/// The letter is a small one.
pub(super) const SMALL: u8 = 128;

/// The letters of a text without case, accents and all that is presentation, with nothing between them.
#[derive(Default)]
pub(super) struct Folded {
    pub text: Vec<u8>,
    /// For the first byte of each letter what stands before it.
    pub joints: Vec<u8>,
    /// What will stand before the next letter.
    due: u8,
    last: Option<Case>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Small,
    Capital,
    Digit,
}

/// What becomes of a character.
enum Class {
    Gap,
    Drop,
    Apostrophe,
    Letters(Box<str>, Case),
}

const GAP_BYTE: u8 = 0;
const APOSTROPHE: u8 = 1;

/// What becomes of each byte of ASCII: a letter in lower case, or one of the two above.
const ASCII: [u8; 128] = {
    let mut table = [GAP_BYTE; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = APOSTROPHE;
    table[b'`' as usize] = APOSTROPHE;
    table
};

impl Folded {
    pub fn of(text: &str) -> Folded {
        let mut folded = Folded::with_capacity(text.len());
        folded.push(text);
        folded
    }

    pub fn with_capacity(bytes: usize) -> Folded {
        Folded { text: Vec::with_capacity(bytes), joints: Vec::with_capacity(bytes), due: 0, last: None }
    }

    pub fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii() {
                let is_inside = *byte == b'"'
                    && bytes.get(at + 1) == Some(&0xD7)
                    && self.due == 0
                    && !self.text.last().is_none_or(u8::is_ascii);
                // Within a Hebrew acronym a quotation mark ends no word.
                if !is_inside {
                    self.ascii(*byte);
                }
                at += 1;
            } else if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
                self.wide(c);
                at += c.len_utf8();
            } else {
                at += 1;
            }
        }
    }

    pub fn char(&mut self, c: char) {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => self.ascii(byte),
            _ => self.wide(c),
        }
    }

    /// What follows is no part of what went before.
    pub fn gap(&mut self) {
        self.due = (self.due | GAP) & !(DASH | DOT | SPACE);
    }

    /// A tag stands here.
    pub fn tag(&mut self) {
        self.due |= TAG;
    }

    /// Adds what was folded apart, with a gap around it.
    pub fn append(&mut self, other: &Folded) {
        self.gap();
        if let (Some(first), Some(others)) = (other.joints.first(), other.joints.get(1..)) {
            self.joints.push(first | std::mem::take(&mut self.due));
            self.joints.extend_from_slice(others);
            self.text.extend_from_slice(&other.text);
        }
        self.gap();
    }

    #[inline]
    fn ascii(&mut self, byte: u8) {
        match ASCII[usize::from(byte & 0x7F)] {
            GAP_BYTE => {
                let is_first = self.due & GAP == 0;
                let is_space = byte.is_ascii_whitespace() && (is_first || self.due & SPACE != 0);
                self.gap();
                if is_space {
                    self.due |= SPACE;
                } else if is_first && byte == b'-' {
                    self.due |= DASH;
                } else if is_first && byte == b'.' {
                    self.due |= DOT;
                }
            }
            APOSTROPHE => self.tag(),
            letter => {
                let case = match byte {
                    b'a'..=b'z' => Case::Small,
                    b'A'..=b'Z' => Case::Capital,
                    _ => Case::Digit,
                };
                let joint = self.joint(case);
                self.text.push(letter);
                self.joints.push(joint);
            }
        }
    }

    /// What stands before a letter of this case.
    #[inline]
    fn joint(&mut self, case: Case) -> u8 {
        let turns = match (self.last, case) {
            (Some(Case::Small), Case::Capital) => TURN,
            (Some(last), case) if (last == Case::Digit) != (case == Case::Digit) => TURN,
            _ => 0,
        };
        self.last = Some(case);
        let small = if case == Case::Small { SMALL } else { 0 };
        std::mem::take(&mut self.due) | turns | small
    }

    fn wide(&mut self, c: char) {
        match class(c) {
            Some(Class::Letters(letters, case)) => {
                let joint = self.joint(*case) & if c.is_lowercase() { !0 } else { !SMALL } | CHANGED;
                self.joints.push(joint);
                self.joints.resize(self.joints.len() + letters.len() - 1, 0);
                self.text.extend_from_slice(letters.as_bytes());
            }
            Some(Class::Drop) => {}
            Some(Class::Apostrophe) => self.tag(),
            Some(Class::Gap) | None => self.gap(),
        }
    }

    /// Whether a letter begins here, or the text ends.
    pub fn is_edge(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|byte| byte & 0xC0 != 0x80)
    }

    /// The letter that begins here.
    pub fn letter(&self, at: usize) -> Option<char> {
        let bytes = self.text.get(at..self.text.len().min(at + 4))?;
        let len = match bytes.first()? {
            0xF0.. => 4,
            0xE0.. => 3,
            0xC0.. => 2,
            _ => 1,
        };
        std::str::from_utf8(bytes.get(..len)?).ok()?.chars().next()
    }

    /// The letter before this place.
    pub fn letter_before(&self, at: usize) -> Option<char> {
        (1..=4.min(at)).map(|back| at - back).find(|at| self.is_edge(*at)).and_then(|at| self.letter(at))
    }

    /// The words, between gaps.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<Vec<u8>> = Vec::new();
        for (byte, joint) in self.text.iter().zip(&self.joints) {
            match words.last_mut() {
                Some(word) if joint & GAP == 0 => word.push(*byte),
                _ => words.push(vec![*byte]),
            }
        }
        words.into_iter().map(|word| String::from_utf8_lossy(&word).into_owned()).collect()
    }
}

/// What is written for an apostrophe, and what romanisers write for ʿayn and hamza.
const APOSTROPHES: &str = "´‘’‛′ʹʼʻʽʾʿˈˀˁ";

/// The dots of Indian scripts that make a letter another one, and are often left out.
const NUKTAS: [char; 6] = ['\u{93C}', '\u{9BC}', '\u{A3C}', '\u{ABC}', '\u{B3C}', '\u{CBC}'];

/// Letters that look like small capitals, from A to Z.
const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ×ʏᴢ";

/// How many characters are looked up together.
const BLOCK: usize = 256;

/// What becomes of a character: made for a block of them when the first is met.
fn class(c: char) -> Option<&'static Class> {
    static BLOCKS: [OnceLock<Box<[Class]>>; 0x11_0000 / BLOCK] =
        [const { OnceLock::new() }; 0x11_0000 / BLOCK];
    let code = c as usize;
    let first = code - code % BLOCK;
    let made = || {
        let codes = first..first + BLOCK;
        codes
            .map(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or(Class::Gap, classify))
            .collect()
    };
    BLOCKS.get(code / BLOCK)?.get_or_init(made).get(code % BLOCK)
}

fn classify(c: char) -> Class {
    // Alone, an acute accent would decompose into a space.
    if is_invisible(c) || c == '״' || NUKTAS.contains(&c) {
        return Class::Drop;
    }
    if APOSTROPHES.contains(c) {
        return Class::Apostrophe;
    }
    if let Some((capital, _)) = ('a'..='z').zip(SMALL_CAPITALS.chars()).find(|(_, small)| *small == c) {
        return Class::Letters(capital.to_string().into(), Case::Small);
    }
    let cased = |c: char| -> String {
        // A mark has no case; that of Greek would become a letter.
        if is_combining_mark(c) { c.into() } else { c.to_uppercase().flat_map(char::to_lowercase).collect() }
    };
    let letters: String = c.nfkd().filter(|c| !NUKTAS.contains(c)).map(cased).collect();
    // In Armenian the ligature `և` is written in capitals in two ways.
    let letters = fold(&format!("a{letters}a")).replace('ւ', "վ");
    let within = letters.strip_prefix('a').and_then(|rest| rest.strip_suffix('a')).unwrap_or_default();
    let shown: String = within.chars().filter(|c| *c != ' ').collect();
    let case = match c {
        _ if c.is_uppercase() => Case::Capital,
        _ if c.is_numeric() => Case::Digit,
        _ => Case::Small,
    };
    match (shown.is_empty(), within.is_empty()) {
        (true, true) => Class::Drop,
        (true, false) => Class::Gap,
        _ => Class::Letters(shown.into(), case),
    }
}

/// What has no form of its own (Unicode: `Default_Ignorable_Code_Point`).
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether words of a script are written without spaces between them, or may be.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{1950}'..='\u{19DF}' | '\u{1A20}'..='\u{1AAF}' | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{31FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}' | '\u{A9E0}'..='\u{AA7F}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_become_one() {
        for spellings in [
            &[
                "José Núñez",
                "JOSE NUNEZ",
                "Jose_Nunez",
                "jos\u{65}\u{301}.nun\u{303}ez",
                "Jo\u{E0061}sé\u{3164} Nunez",
            ][..],
            &["Արևիկ", "ԱՐԵՎԻԿ", "ԱՐԵՒԻԿ", "արեւիկ"],
            &["王小明", "王 小 明", "王\n小明"],
            &["Straße", "STRASSE", "STRAẞE"],
            &["Σίσυφος", "ΣΊΣΥΦΟΣ"],
            &["ნინო", "ᲜᲘᲜᲝ"],
            &["צה\"ל", "צה״ל", "צהל"],
            &["Lý", "LÝ", "ly", "ʟʏ"],
            &["O'Brien", "O’Brien", "OBRIEN"],
            &["फ़रीद", "फरीद"],
        ] {
            let folded: Vec<String> =
                spellings.iter().map(|text| String::from_utf8(Folded::of(text).text).unwrap()).collect();
            assert!(folded.windows(2).all(|pair| pair[0] == pair[1] && !pair[0].is_empty()), "{folded:?}");
        }
    }

    #[test]
    fn what_stands_between_letters_is_known() {
        let joints = |text: &str| -> Vec<u8> {
            Folded::of(text).joints.into_iter().map(|joint| joint & !SMALL).collect()
        };
        assert_eq!(joints("a-b.c, d \n e"), [0, GAP | DASH, GAP | DOT, GAP, GAP | SPACE]);
        let small: Vec<bool> = Folded::of("Aaé1É王").joints.iter().map(|joint| joint & SMALL != 0).collect();
        assert_eq!(small[..5], [false, true, true, false, false]);
        assert_eq!(joints("aB1"), [0, TURN, TURN]);
        assert_eq!(joints("é"), [CHANGED]);
        assert_eq!(Folded::of("de la Cruz").words(), ["de", "la", "cruz"]);
    }
}
