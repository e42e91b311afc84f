//! Paragraphs -> which rules fit them.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

/// In what a text is written, as far as the rules care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Language {
    English,
    /// Another one with capital letters. The tag is of the language whose commonest words it has.
    Capitals(Option<&'static str>),
    /// A script without capital letters.
    Caseless,
}

impl Language {
    pub fn is_english(&self) -> bool {
        *self == Language::English
    }

    /// Whether common nouns have a capital letter.
    pub fn is_german(&self) -> bool {
        *self == Language::Capitals(Some("de"))
    }
}

/// The commonest words of languages, which few others have.
const COMMON: [(&str, &[&str]); 6] = [
    ("en", &["the", "and", "of", "was", "that", "with", "is", "by", "said", "were", "they", "he", "she"]),
    ("de", &["der", "die", "das", "und", "nicht", "mit", "ist", "dem", "den", "ein", "eine", "zu", "im"]),
    ("nb", &["og", "ikke", "det", "som", "av", "på", "til", "har", "ble", "fra", "jeg", "et", "å"]),
    ("fr", &["le", "les", "des", "et", "une", "est", "dans", "du", "au", "pour", "pas", "qui", "il"]),
    ("es", &["el", "los", "las", "y", "una", "es", "en", "del", "con", "por", "no", "que", "se"]),
    ("nl", &["het", "een", "en", "van", "niet", "dat", "zijn", "op", "te", "voor", "ook", "aan", "werd"]),
];

pub fn of(paragraphs: &[&str]) -> Language {
    const READ: usize = 200_000;
    let all = || paragraphs.iter().flat_map(|text| text.chars()).take(READ);
    let cased = all().filter(|c| c.is_lowercase() || c.is_uppercase()).count();
    let letters = all().filter(|c| c.is_alphabetic()).count();
    if letters > 0 && cased * 2 < letters {
        return Language::Caseless;
    }
    let words = paragraphs.iter().flat_map(|text| text.unicode_words()).take(READ / 5);
    let mut counts = [0_usize; COMMON.len()];
    let mut latin = 0_usize;
    for word in words {
        let word = word.to_lowercase();
        latin += usize::from(word.chars().all(|c| c.is_ascii_alphabetic()));
        for (count, (_, common)) in counts.iter_mut().zip(COMMON) {
            *count += usize::from(common.contains(&word.as_str()));
        }
    }
    let best = counts.iter().copied().max().unwrap_or(0);
    let leaders: Vec<&'static str> =
        COMMON.iter().zip(counts).filter(|(_, count)| *count == best).map(|((tag, _), _)| *tag).collect();
    match leaders.as_slice() {
        ["en"] => Language::English,
        // A text without any of these words, such as a list of names, is read by the rules for English.
        _ if best == 0 && latin > 0 => Language::English,
        [tag] if best > 2 => Language::Capitals(Some(tag)),
        _ => Language::Capitals(None),
    }
}

/// All words that stand somewhere in small letters.
pub fn small_words<'t>(words: impl Iterator<Item = &'t str>) -> HashSet<&'t str> {
    words.filter(|word| word.starts_with(char::is_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_words_tell_the_language() {
        assert_eq!(of(&["The minister and the envoy met."]), Language::English);
        assert!(of(&["Der Minister und die Gesandte trafen sich mit dem Rat."]).is_german());
        assert_eq!(of(&["Министр Ада Берг встретилась с послом."]), Language::Capitals(None));
        assert_eq!(of(&["وزیر خارجه با فرستاده دیدار کرد."]), Language::Caseless);
    }
}
