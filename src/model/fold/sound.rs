//! A folded word becomes a text of sounds, and this the keys by which the word is found.
//!
//! The search in the browser does the same (`static/search.js`). So what is a rule stands in the tables, and
//! here only how rules are followed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::by_letter;
use super::tables::{
    ABJAD, AHEAD, ENDINGS, FIRST_PIECE, GROUPS, HEARD, LETTERS, MOST_KEYS, Next, PIECE, TOGETHER,
};

/// A piece of a word in sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit<'a> {
    /// A vowel, or a letter that may be one.
    Vowel(u8),
    /// An h that is silent at the end.
    Breath,
    /// A consonant by its possible sounds, or a letter that is in no table.
    Consonant(&'a str),
}

impl Unit<'_> {
    pub fn vowel(&self) -> Option<u8> {
        match self {
            Unit::Vowel(vowel) => Some(*vowel),
            _ => None,
        }
    }
}

/// A folded word in sounds: `<k/g>A<s>E<m>`.
pub fn sounds(word: &str) -> String {
    let mut sounds = String::with_capacity(word.len() * 3);
    let mut rest = word;
    let mut last = "";
    while let Some(letter) = rest.chars().next() {
        let (letters, sound) = first_sound(rest, letter);
        rest = &rest[letters.len()..];
        match sound {
            None => push(&mut sounds, letters),
            // Two of a consonant are one, but in an abjad they have a vowel between them. Not so in الله.
            Some(sound) if letters == last && !is_vowel(sound) && (letter < ABJAD || sound == "l") => {}
            Some(sound) => sound.split(' ').for_each(|sound| push(&mut sounds, sound)),
        }
        last = letters;
    }
    for (pattern, instead) in TOGETHER_PATTERNS.iter() {
        if let Cow::Owned(changed) = pattern.replace_all(&sounds, *instead) {
            sounds = changed;
        }
    }
    sounds
}

/// The units of a word in sounds.
pub fn units(sounds: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(sounds.len() / 2);
    for part in sounds.split('<') {
        let (consonant, vowels) = part.split_once('>').unwrap_or(("", part));
        units.extend((!consonant.is_empty()).then_some(Unit::Consonant(consonant)));
        units.extend(vowels.bytes().map(|byte| if byte == b'H' { Unit::Breath } else { Unit::Vowel(byte) }));
    }
    units
}

/// Every key of a word in sounds.
pub fn keys(sounds: &str) -> Vec<String> {
    let mut keys = readings(&sounds.replace('H', "<h>"));
    if let Some(start) = sounds.strip_suffix('H') {
        keys.extend(readings(&format!("{}'", start.replace('H', "<h>"))));
    }
    keys.retain(|key| !key.is_empty());
    keys
}

static SOUND_OF: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| by_letter(&LETTERS));

/// The letters at the start of `rest` that sound together, and their sound.
fn first_sound(rest: &str, letter: char) -> (&str, Option<&'static str>) {
    let ending = ENDINGS.iter().find(|(ending, _)| rest == *ending);
    let group = ending.or_else(|| GROUPS.iter().find(|(group, _)| rest.starts_with(group)));
    if let Some((letters, sound)) = group {
        return (letters, Some(sound));
    }
    let (letters, after) = rest.split_at(letter.len_utf8());
    let next = after.chars().next();
    let fits = |expected: Next| match expected {
        Next::Vowel => next.and_then(|next| SOUND_OF.get(&next)).is_some_and(|sound| is_vowel(sound)),
        Next::Any(letters) => next.is_some_and(|next| letters.contains(next)),
        Next::Last(letters) => after == letters,
        Next::Whatever => true,
    };
    let ahead = AHEAD.iter().find(|(first, next, _)| *first == letter && fits(*next));
    (letters, ahead.map(|(.., sound)| *sound).or_else(|| SOUND_OF.get(&letter).copied()))
}

pub fn is_vowel(sound: &str) -> bool {
    sound != "H" && sound.starts_with(|first: char| first.is_ascii_uppercase() || first == '\'')
}

/// Adds one sound: a vowel, a breath, or the choices of a consonant; some letters have none.
fn push(sounds: &mut String, sound: &str) {
    if sound == "H" || is_vowel(sound) {
        sounds.push_str(sound);
    } else if !sound.is_empty() {
        sounds.extend(["<", sound, ">"]);
    }
}

// The patterns are constants that a test compiles; one that did not compile would be passed over.
static TOGETHER_PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    TOGETHER.iter().filter_map(|(pattern, instead)| Some((Regex::new(pattern).ok()?, *instead))).collect()
});
static HEARD_PATTERNS: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(HEARD.map(|(pattern, _)| pattern)).unwrap_or_default());
static PIECE_PATTERNS: LazyLock<[Option<Regex>; 2]> =
    LazyLock::new(|| [FIRST_PIECE, PIECE].map(|pattern| Regex::new(pattern).ok()));

/// The keys: all consonants, the vowel at the start, and an i or u that may be written, in every way to choose
/// among their sounds.
fn readings(sounds: &str) -> Vec<String> {
    let mut readings = vec![String::with_capacity(sounds.len())];
    let parts: Vec<&str> = sounds.split('<').collect();
    for (index, part) in parts.iter().enumerate() {
        let (consonant, vowels) = part.split_once('>').unwrap_or(("", part));
        choose(&mut readings, consonant);
        let before = match index {
            0 => '0',
            1 if sounds.starts_with('<') => '1',
            _ => '2',
        };
        let end = if index + 1 == parts.len() { "!" } else { "" };
        let mut at = 0;
        while at < vowels.len() {
            let first = at == 0 && before == '0';
            let found =
                PIECE_PATTERNS[usize::from(!first)].as_ref().and_then(|piece| piece.find(&vowels[at..]));
            let length = found.map_or(1, |found| found.len());
            let (piece, after) = vowels[at..].split_at(length);
            let context = context(before, &vowels[..at], piece, after, end);
            let heard = HEARD_PATTERNS.matches(&context).iter().next().and_then(|index| HEARD.get(index));
            choose(&mut readings, heard.map_or("", |(_, sound)| sound));
            at += length;
        }
    }
    readings
}

/// A piece of a word between the vowels around it, as [`HEARD`] has it. No pattern looks back further than two, nor do
/// names have longer runs.
fn context(before: char, vowels: &str, piece: &str, after: &str, end: &str) -> String {
    const LONGEST: usize = 64;
    let last = vowels.get(vowels.len().saturating_sub(2)..).unwrap_or(vowels);
    let (after, end) = after.get(..LONGEST).map_or((after, end), |start| (start, ""));
    format!("{before}{last}<{piece}>{after}{end}")
}

/// Continues every key by each of these choices.
fn choose(readings: &mut Vec<String>, choices: &str) {
    let count = choices.split('/').count();
    let first = choices.split('/').next().unwrap_or("");
    if count == 1 || readings.len() * count > MOST_KEYS {
        // In place, so that a long word does not take the square of its length.
        readings.iter_mut().for_each(|key| key.push_str(first));
        return;
    }
    let choices = choices.split('/');
    *readings = choices.flat_map(|choice| readings.iter().map(move |key| format!("{key}{choice}"))).collect();
}
