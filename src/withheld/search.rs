//! All withheld words at once, looked for in a file.

use std::ops::Range;

use aho_corasick::{AhoCorasick, BuildError};
use encoding_rs::Encoding;
use unicode_normalization::UnicodeNormalization;

use super::encodings;
use super::folded::Folded;
use super::needles::Needle;
use super::read::{Reader, Reading, Room};
use crate::model::dossier::Withheld;

/// How far around an escaped character a text is read at most, in bytes.
const WIDEST: usize = 1 << 14;

/// The letters that a word has at least, in bytes, to be looked for in any form among bytes that are no text: a shorter
/// one stands there by chance.
const LEAST: usize = 5;

/// What searches files for withheld words.
pub struct Search<'w> {
    withheld: &'w [Withheld],
    needles: Vec<Needle>,
    searcher: AhoCorasick,
    /// The words as they stand in files that are no text.
    raw: Vec<Raw>,
    raw_searcher: AhoCorasick,
    encodings: Vec<&'static Encoding>,
    window: usize,
}

/// How often a word may stand by chance in a file that is no text, at most.
const CHANCE: f64 = 1e-4;

/// How likely a byte is, by chance, one that a text could have there.
const TEXTUAL: f64 = 0.4;

/// A word as bytes.
struct Raw {
    form: Vec<u8>,
    /// How likely it begins at a place by chance.
    chance: f64,
    /// Its place among those that are withheld.
    word: usize,
    /// It is of signs alone, and looked for in texts as well.
    is_signs: bool,
}

/// What was found in a file.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The places of the words among those that are withheld.
    pub words: Vec<usize>,
    /// Something in it cannot be read.
    pub is_closed: bool,
    /// It unpacks to more than is read.
    pub is_cut: bool,
}

impl Found {
    /// Whether all of the file was read, and no word stands in it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.is_closed && !self.is_cut
    }
}

impl<'w> Search<'w> {
    /// A search for these words; nothing where there are none. The error says why what cannot be searched for cannot be
    /// proved absent.
    pub fn new(withheld: &'w [Withheld]) -> Result<Option<Search<'w>>, BuildError> {
        if withheld.is_empty() {
            return Ok(None);
        }
        let mut needles = Vec::new();
        let mut raw = Vec::new();
        let texts: Vec<&str> = withheld.iter().map(|word| word.word.as_str()).collect();
        let encodings = encodings::that_hold(&texts);
        for (number, word) in withheld.iter().enumerate() {
            let own = Needle::all(number, word);
            let is_signs = own.is_empty();
            let is_short = own.iter().any(|needle| needle.folded.text.len() < LEAST);
            needles.extend(own);
            let forms = raw_forms(&word.word, is_signs || is_short, &encodings);
            raw.extend(forms.into_iter().map(|form| {
                let chance =
                    form.iter().map(|byte| if byte.is_ascii_alphabetic() { 2.0 } else { 1.0 } / 256.0);
                Raw { chance: chance.product(), form, word: number, is_signs }
            }));
        }
        let searcher = AhoCorasick::new(needles.iter().map(|needle| &needle.folded.text))?;
        let raw_searcher =
            AhoCorasick::builder().ascii_case_insensitive(true).build(raw.iter().map(|raw| &raw.form))?;
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        let window = (2 * longest + 256).min(WIDEST);
        Ok(Some(Search { withheld, needles, searcher, raw, raw_searcher, encodings, window }))
    }

    /// The word that has this place among those that are withheld.
    pub fn word(&self, number: usize) -> Option<&'w Withheld> {
        self.withheld.get(number)
    }

    /// Which words stand in a file or its path, each once, by their places among those that are withheld.
    pub fn hits(&self, path: &str, bytes: &[u8]) -> Vec<usize> {
        self.found_in(path, bytes).words
    }

    /// The same, with what of the file cannot be read.
    pub fn found_in(&self, path: &str, bytes: &[u8]) -> Found {
        self.found(path, bytes, &mut Room::default())
    }

    /// The same, where this is the room that is left for what is unpacked.
    pub(super) fn found(&self, path: &str, bytes: &[u8], room: &mut Room) -> Found {
        let mut words = Vec::new();
        let mut take = |reading: Reading| match reading {
            Reading::Folded(folded) => self.look(folded, 0, &mut words),
            Reading::Noise(folded) => self.look(folded, LEAST, &mut words),
            Reading::Text(text) => self.look_for_signs(text, &mut words),
            Reading::Bytes { bytes, has_parts } => self.look_raw(bytes, has_parts, &mut words),
        };
        let mut reader = Reader::new(&mut take, room, &self.encodings, self.window);
        reader.file(path, bytes);
        let (is_closed, is_cut) = (reader.is_closed, reader.is_cut);
        Found { words, is_closed, is_cut }
    }

    /// Looks for all words of so many letters.
    fn look(&self, text: &Folded, least: usize, words: &mut Vec<usize>) {
        for hit in self.searcher.find_overlapping_iter(&text.text) {
            let needle = self.needles.get(hit.pattern().as_usize());
            if let Some(needle) = needle.filter(|needle| !words.contains(&needle.word))
                && needle.folded.text.len() >= least
                && needle.stands(text, hit.start(), hit.end())
            {
                words.push(needle.word);
            }
        }
    }

    /// Looks for words of signs alone.
    fn look_for_signs(&self, text: &str, words: &mut Vec<usize>) {
        if self.raw.iter().any(|raw| raw.is_signs) {
            self.look_at(text.as_bytes(), words, |raw, _| raw.is_signs);
        }
    }

    /// Looks for words among bytes that are no text. One that is so short that it stands there by chance counts where
    /// what is around it is so like a text that this is none, and not at all in a file whose parts are read.
    fn look_raw(&self, bytes: &[u8], has_parts: bool, words: &mut Vec<usize>) {
        let len = bytes.len() as f64;
        self.look_at(bytes, words, |raw, range| {
            let expected = raw.chance * len;
            expected < CHANCE
                || !has_parts && {
                    let needed = ((CHANCE / expected).ln() / TEXTUAL.ln()).ceil();
                    textual_around(bytes, range) as f64 >= needed
                }
        });
    }

    fn look_at(&self, bytes: &[u8], words: &mut Vec<usize>, counts: impl Fn(&Raw, Range<usize>) -> bool) {
        for hit in self.raw_searcher.find_overlapping_iter(bytes) {
            if let Some(raw) = self.raw.get(hit.pattern().as_usize())
                && !words.contains(&raw.word)
                && stands_alone(bytes, hit.start(), hit.end())
                && counts(raw, hit.range())
            {
                words.push(raw.word);
            }
        }
    }
}

/// How many bytes before and behind a place are such as a text could have there, in UTF-8 or UTF-16.
fn textual_around(bytes: &[u8], range: Range<usize>) -> usize {
    const MOST: usize = 64;
    let is_textual = |byte: &&u8| matches!(byte, 0 | b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let before = bytes[..range.start].iter().rev().take(MOST).take_while(is_textual).count();
    let behind = bytes[range.end..].iter().take(MOST).take_while(is_textual).count();
    before + behind
}

/// The bytes of a word in files that are no text: in the encodings that hold it, where these are other bytes than those
/// of UTF-8. A word of signs, or a
/// short one, is looked for as it is.
fn raw_forms(word: &str, is_whole: bool, encodings: &[&'static Encoding]) -> Vec<Vec<u8>> {
    let mut forms: Vec<Vec<u8>> = Vec::new();
    if is_whole && !word.trim().is_empty() {
        forms.push(word.into());
        forms.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    if !word.is_ascii() {
        let word: String = word.nfc().collect();
        for form in [word.to_lowercase(), word.to_uppercase(), word] {
            forms.extend(encodings.iter().filter_map(|encoding| encodings::encoded(encoding, &form)));
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let joins = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !(joins(before) && joins(bytes.get(start)) || joins(bytes.get(end)) && joins(bytes.get(end - 1)))
}
