//! A folded name becomes the words by which it is compared with others.

use super::bare;
use super::sound::{self, Unit};
use super::tables::{ARTICLES, FATHERS, GOD, LINKS, SERVANTS};

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    text: String,
    /// Sorted; at least one.
    pub keys: Vec<String>,
    /// What is known of the vowels before the first consonant, between each two, and after the last.
    gaps: Vec<u8>,
    /// Whether it ends with an h that may be silent.
    breath: bool,
    pub script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Other,
}

impl Script {
    /// The scripts besides Latin whose letters are known.
    pub const NATIVE: [Script; 4] = [Script::Greek, Script::Cyrillic, Script::Hebrew, Script::Arabic];
}

/// The words of a folded name: without articles and the like, and with `abd` and `allah` in one with the
/// word that they belong to.
pub fn words(folded: &str) -> Vec<Word> {
    texts(folded).into_iter().filter_map(Word::new).collect()
}

/// The same words as texts, also those that have no sound.
pub fn texts(folded: &str) -> Vec<String> {
    let tokens: Vec<&str> = folded.split(' ').collect();
    let mut texts: Vec<String> = Vec::new();
    let mut servant = false;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        if next.is_some_and(|next| is_article(token, next)) {
            continue;
        }
        match texts.last_mut() {
            Some(last) if servant || GOD.contains(token) => last.push_str(token),
            Some(_) if next.is_some() && LINKS.contains(token) => continue,
            // The others come to the same key as they are.
            _ if FATHERS.contains(token) && token.is_ascii() => texts.push("abu".to_owned()),
            _ => texts.push((*token).to_owned()),
        }
        servant = SERVANTS.contains(token);
    }
    texts
}

/// Two words written as one.
pub fn together(word: &str, next: &str) -> String {
    format!("{word}{}", bare(next))
}

/// Whether two names have the same words by sound, in the same order, and two at the least. One of them
/// may write two words as one.
pub fn alike(a: &[Word], b: &[Word]) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = long.iter().zip(short).take_while(|(a, b)| a.alike(b)).count();
    let agree = match (&long[same..], &short[same..]) {
        (rest, []) => rest.is_empty(),
        ([first, second, long @ ..], [whole, short @ ..]) if long.len() == short.len() => {
            long.iter().zip(short).all(|(a, b)| a.alike(b))
                && first.joined(second).is_some_and(|word| word.alike(whole))
        }
        _ => false,
    };
    agree && short.iter().filter(|word| !FATHERS.contains(&word.text.as_str())).count() > 1
}

/// Whether these words are one name of somebody, a first name or a family name: al-Masri, Abu Mazen, bin
/// Salman.
pub fn is_lone(words: &[Word]) -> bool {
    let belongs = |word: &&Word| {
        let text = word.text.as_str();
        FATHERS.contains(&text) || LINKS.contains(&text)
    };
    words.iter().filter(|word| !belongs(word)).count() < 2
}

/// An article before `next`, also where its l has become the first sound of that: as-Sinwar.
fn is_article(token: &str, next: &str) -> bool {
    let mut rest = token.chars();
    let vowel = rest.next().is_some_and(|first| "aeuаэу".contains(first));
    let sun = rest.as_str();
    ARTICLES.contains(&token) || vowel && !sun.is_empty() && sun.len() < 3 && next.starts_with(sun)
}

impl Word {
    /// A folded word, unless it has no sound.
    pub fn new(text: String) -> Option<Word> {
        let mut sounds = sound::sounds(&text);
        let mut keys = sound::keys(&sounds);
        if bare(&text) != text {
            // Whether it is the article or part of the name, as in الكسندر, cannot be seen.
            sounds = sound::sounds(bare(&text));
            keys.extend(sound::keys(&sounds));
        }
        keys.sort_unstable();
        keys.dedup();
        let units = sound::units(&sounds);
        let (gaps, breath, script) = (gaps(&units), units.last() == Some(&Unit::Breath), script(&text));
        (!keys.is_empty()).then_some(Word { text, keys, gaps, breath, script })
    }

    /// Two words written as one.
    pub fn joined(&self, next: &Word) -> Option<Word> {
        Word::new(together(&self.text, &next.text))
    }

    /// Whether the words share a key, and no vowel that is written speaks against it.
    fn alike(&self, other: &Word) -> bool {
        self.text == other.text
            || self.keys.iter().any(|key| other.keys.contains(key)) && !self.contradicts(other)
    }

    /// Whether vowels that are written differ: Karim and Karam, Nasr and Nasser.
    fn contradicts(&self, other: &Word) -> bool {
        let (a, b) = match (self.gaps.as_slice(), other.gaps.as_slice()) {
            (a, b) if a.len() == b.len() => (a, b),
            // A silent h is on one side only: Nasrallah and Nasralla.
            ([a @ .., _], b) if self.breath && a.len() == b.len() => (a, b),
            (a, [b @ .., _]) if other.breath && a.len() == b.len() => (a, b),
            _ => return false,
        };
        let same_script = self.script == other.script;
        // In Hebrew one word is written with more vowels or fewer.
        let strict = same_script && self.script != Script::Hebrew;
        let end = if self.gaps.len() == other.gaps.len() { a.len() - 1 } else { a.len() };
        a.iter().zip(b).enumerate().any(|(index, (&a, &b))| {
            (same_script && (a ^ b) & AYN != 0)
                || self.glides(other, a, b)
                || other.glides(self, b, a)
                || match (a & ANY, b & ANY) {
                    (0, 0) => false,
                    (0, _) | (_, 0) if index == end => (a | b) & SILENT == 0,
                    (0, _) | (_, 0) => strict,
                    (a, b) => a & b == 0,
                }
        })
    }

    /// Whether this word has an i before an a, and the other cannot. A short a is not written in Arabic,
    /// nor a long one always in Hebrew.
    fn glides(&self, other: &Word, gap: u8, others: u8) -> bool {
        let written = self.script == Script::Arabic || self.script == other.script;
        written
            && other.script != Script::Hebrew
            && gap & GLIDE != 0
            && others & GLIDE == 0
            && others & ANY != ANY
    }
}

// What is known of the vowels between two consonants.
const OPEN: u8 = 1;
const FRONT: u8 = 2;
const BACK: u8 = 4;
const ANY: u8 = OPEN | FRONT | BACK;
/// Perhaps there is none, as where the French write an e.
const SILENT: u8 = 8;
/// An i comes before an a: Ziad, other than Zaid.
const GLIDE: u8 = 16;
/// An ʿayn begins the word.
const AYN: u8 = 32;

fn gaps(units: &[Unit]) -> Vec<u8> {
    let mut gaps = Vec::with_capacity(units.len() + 1);
    let mut gap = 0;
    for (index, unit) in units.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| units[before].vowel());
        let after = units.get(index + 1).and_then(Unit::vowel);
        match unit {
            Unit::Vowel(vowel) => {
                gap |= vowels(*vowel, before, after, index == 0, index + 1 == units.len());
            }
            // It may be written as a vowel.
            Unit::Consonant("v") => gap |= ANY,
            _ => {
                gaps.push(gap);
                gap = 0;
            }
        }
    }
    gaps.push(gap);
    gaps
}

fn vowels(vowel: u8, before: Option<u8>, after: Option<u8>, first: bool, last: bool) -> u8 {
    let glide = if matches!(before, Some(b'I' | b'J' | b'Y')) { GLIDE } else { 0 };
    match vowel {
        b'\'' if first => AYN,
        b'\'' if !last => 0,
        b'L' if first => 0,
        // An e may be any vowel, but at the start Eli is not Ali.
        b'E' | b'X' if first => FRONT,
        b'E' | b'X' | b'W' | b'\'' if last => ANY | SILENT,
        b'A' => OPEN | glide,
        // The u of Sullivan is written with an alif.
        b'L' => OPEN | BACK | glide,
        b'I' | b'J' => FRONT,
        b'Y' => OPEN | FRONT,
        b'O' | b'U' => BACK,
        b'V' if before != Some(b'V') && after != Some(b'V') => BACK,
        _ => ANY,
    }
}

fn script(word: &str) -> Script {
    match word.chars().next().unwrap_or_default() {
        'a'..='z' => Script::Latin,
        '\u{370}'..='\u{3FF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{590}'..='\u{5FF}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}' => Script::Arabic,
        _ => Script::Other,
    }
}
