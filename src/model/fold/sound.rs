//! A folded word becomes units of sound, by the tables, and these become the keys by which it sounds.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::by_letter;
use super::tables::{ENDINGS, GROUPS, LETTERS};

/// A word has at most so many keys. A choice that would make more is not followed.
const MOST_KEYS: usize = 32;

/// A piece of a word, from the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A vowel, or a letter that may be one.
    Vowel(u8),
    /// An h that is silent at the end.
    Breath,
    /// A consonant, by its possible sounds.
    Sound(&'static str),
    /// A letter that is in no table.
    Other(char),
}

impl Unit {
    pub fn vowel(&self) -> Option<u8> {
        match self {
            Unit::Vowel(vowel) => Some(*vowel),
            _ => None,
        }
    }
}

/// The units of a folded word.
pub fn units(word: &str) -> Vec<Unit> {
    let mut units = Vec::with_capacity(word.len());
    let mut rest = word;
    let mut last = "";
    while let Some(letter) = rest.chars().next() {
        let (letters, sound) = first_sound(rest, letter);
        rest = &rest[letters.len()..];
        match sound {
            None => units.push(Unit::Other(letter)),
            // Two of a consonant are one, but in an abjad they have a vowel between them. Not so in الله.
            Some(sound) if letters == last && !is_vowel(sound) && (letter < 'א' || sound == "l") => {}
            Some(sound) => sound.split(' ').for_each(|sound| push(&mut units, sound)),
        }
        last = letters;
    }
    join_servant(&mut units);
    units
}

/// Every key of a word.
pub fn keys(units: &[Unit]) -> Vec<String> {
    let mut keys = readings(&sounds(units));
    if let [rest @ .., Unit::Breath] = units {
        let silent: Vec<Unit> = rest.iter().copied().chain([Unit::Vowel(b'\'')]).collect();
        keys.extend(readings(&sounds(&silent)));
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
    let sound = match letter {
        'w' if next.and_then(|next| SOUND_OF.get(&next)).is_some_and(|sound| is_vowel(sound)) => "v",
        'w' => "V",
        'j' if after == "a" => "j/ya",
        'j' => "j/y",
        // It may be Turkish, or have lost its mark: Cemal, Vučić.
        'c' if matches!(next, Some('e' | 'i' | 'y')) => "s/j/c",
        'c' if next.is_none() => "k/c",
        'c' => "k/j",
        _ => return (letters, SOUND_OF.get(&letter).copied()),
    };
    (letters, Some(sound))
}

fn is_vowel(sound: &str) -> bool {
    sound != "H" && sound.starts_with(|first: char| first.is_ascii_uppercase() || first == '\'')
}

fn push(units: &mut Vec<Unit>, sound: &'static str) {
    let unit = match sound.as_bytes() {
        [] => return,
        b"H" => Unit::Breath,
        // `ee` is a long i, and in `ae` there may be one: Saeed, Ismael.
        b"E" if matches!(units.last(), Some(Unit::Vowel(b'E' | b'e'))) => {
            units.pop();
            units.push(Unit::Vowel(b'J'));
            Unit::Vowel(b'J')
        }
        b"E" if units.last() == Some(&Unit::Vowel(b'A')) => Unit::Vowel(b'e'),
        // A Cyrillic e is ye after a vowel, too.
        b"X" if units.last().and_then(Unit::vowel).is_some() => Unit::Vowel(b'e'),
        [vowel, ..] if is_vowel(sound) => Unit::Vowel(*vowel),
        _ => Unit::Sound(sound),
    };
    units.push(unit);
}

/// Takes out the article after `abd`, whatever its vowel: Abdul, Abdel.
fn join_servant(units: &mut Vec<Unit>) {
    let [Unit::Vowel(_), Unit::Sound("b" | "b/v"), Unit::Sound("d"), rest @ ..] = units.as_slice() else {
        return;
    };
    let vowels = rest.iter().take_while(|unit| unit.vowel().is_some()).count();
    if let [Unit::Sound("l"), name @ ..] = &rest[vowels..] {
        // The l of Allah stays, since that has no other consonant.
        let l = usize::from(name.iter().any(|unit| matches!(unit, Unit::Sound(_))));
        units.drain(3..3 + vowels + l);
    }
}

/// The sounds of a key: all consonants, the vowel at the start, and an i or u that may be written.
fn sounds(units: &[Unit]) -> Vec<Unit> {
    let mut sounds = Vec::with_capacity(units.len());
    let mut index = 0;
    while let Some(unit) = units.get(index) {
        index += 1;
        match unit {
            Unit::Vowel(first) => {
                let more = units[index..].iter().map_while(Unit::vowel);
                let vowels: Vec<u8> = std::iter::once(*first).chain(more).collect();
                let end = index + vowels.len() - 1;
                Run { vowels: &vowels, start: index - 1, last: end == units.len() }.push(&mut sounds);
                index = end;
            }
            Unit::Breath => sounds.push(Unit::Sound("h")),
            Unit::Sound(_) | Unit::Other(_) => sounds.push(*unit),
        }
    }
    sounds
}

/// Vowels that stand side by side.
struct Run<'a> {
    vowels: &'a [u8],
    /// The units before it.
    start: usize,
    /// Whether the word ends with it.
    last: bool,
}

impl Run<'_> {
    fn push(&self, sounds: &mut Vec<Unit>) {
        let mut at = 0;
        if self.start == 0 {
            let (sound, count) = self.first();
            sounds.push(Unit::Sound(sound));
            at = count;
        }
        while let Some(vowel) = self.vowels.get(at) {
            let place = place(*vowel);
            let end = at + self.vowels[at..].iter().take_while(|vowel| self::place(**vowel) == place).count();
            let sound = match place {
                Place::Front => self.front(at, end),
                Place::Back => self.back(at, end),
                Place::Open => "",
            };
            if !sound.is_empty() {
                sounds.push(Unit::Sound(sound));
            }
            at = end;
        }
    }

    /// The sound of the vowel at the start of a word, and how many letters write it.
    fn first(&self) -> (&'static str, usize) {
        match self.vowels {
            [b'L' | b'\'', b'V' | b'W', ..] => ("o/av", 2),
            [b'L' | b'\'', b'J' | b'Y', ..] => ("a/ay", 2),
            [b'L' | b'\'', ..] => ("a/o", 1),
            [b'O' | b'U', b'O' | b'U', ..] => ("o", 2),
            [b'O' | b'U', ..] => ("o", 1),
            [b'V' | b'W', ..] => ("v", 1),
            [b'J', b'I', ..] => ("y/a", 2),
            [b'J'] | [b'X', ..] | [b'I', _, ..] => ("y/a", 1),
            [b'J' | b'Y', ..] => ("y", 1),
            _ => ("a", 1),
        }
    }

    /// What of an i, or of several, is in the key. A long one always is, a short one may be.
    fn front(&self, at: usize, end: usize) -> &'static str {
        let (before, piece, after) = (self.vowels[..at].last(), &self.vowels[at..end], &self.vowels[end..]);
        let closes = self.last && after.iter().all(|vowel| place(*vowel) == Place::Open);
        match (piece, before) {
            // Haniyeh, other than Hani; but Marie.
            ([_], _) if closes && after == b"E" => "y",
            _ if closes && !after.is_empty() => "ya",
            // The Arabic letter may be a long a: موسى, يحيى.
            (b"Y", None | Some(b'W')) if closes => "y/",
            (b"YY", _) if closes => "y/ya",
            _ if closes => "y",
            _ if piece.contains(&b'Y') || piece.len() > 1 => "y",
            (b"e", _) => "y/",
            // Eissa is Issa.
            (_, Some(b'E')) if self.start == 0 && at == 1 => "y/",
            (_, Some(b'A' | b'E' | b'X' | b'O' | b'L' | b'\'')) => "y",
            _ => "y/",
        }
    }

    /// The same of an o or u.
    fn back(&self, at: usize, end: usize) -> &'static str {
        let (before, piece, after) = (self.vowels[..at].last(), &self.vowels[at..end], &self.vowels[end..]);
        let plain = piece.iter().all(|vowel| matches!(vowel, b'O' | b'U'));
        match piece {
            _ if self.last && after.is_empty() && plain => "",
            _ if self.last && after.is_empty() => "v/",
            _ if piece.contains(&b'W') || piece == b"VV" => "v",
            // A short one is written in the first syllable at most: מוחמד, other than מחמוד; Moustafa.
            b"V" if self.start > 1 => "v",
            _ if plain && self.start > 1 && (piece.len() > 1 || before == Some(&b'A')) => "v",
            _ => "v/",
        }
    }
}

/// Where in the mouth a vowel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Front,
    Back,
    Open,
}

fn place(vowel: u8) -> Place {
    match vowel {
        b'I' | b'J' | b'Y' | b'e' => Place::Front,
        b'O' | b'U' | b'V' | b'W' => Place::Back,
        _ => Place::Open,
    }
}

/// Every way to choose among the sounds.
fn readings(sounds: &[Unit]) -> Vec<String> {
    let mut readings = vec![String::with_capacity(sounds.len())];
    for sound in sounds {
        match sound {
            Unit::Sound(choice) if choice.contains('/') => {
                let count = choice.split('/').count();
                let most = if readings.len() * count > MOST_KEYS { 1 } else { count };
                let choices = choice.split('/').take(most);
                readings = choices
                    .flat_map(|choice| readings.iter().map(move |key| format!("{key}{choice}")))
                    .collect();
            }
            Unit::Sound(sound) => readings.iter_mut().for_each(|key| key.push_str(sound)),
            Unit::Other(letter) => readings.iter_mut().for_each(|key| key.push(*letter)),
            Unit::Vowel(_) | Unit::Breath => {}
        }
    }
    readings
}
