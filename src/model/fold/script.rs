//! The tables as the search in the browser reads them: the same rules as patterns of JavaScript.

use std::collections::BTreeMap;

use serde::Serialize;

use super::by_letter;
use super::sound::is_vowel;
use super::tables::{
    ABJAD, AHEAD, APOSTROPHES, ARTICLES, ENDINGS, FATHERS, FIRST_PIECE, GERESH, GROUPS, HEARD, INVISIBLE,
    LETTERS, LINKS, MARKS, MOST_KEYS, Next, PIECE, TOGETHER, VARIANTS, WRITTEN_ARTICLE,
};

/// What `static/search.js` needs to fold and sound a word as [`super`] does.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tables {
    /// What has no form of its own, and the marks that are left out.
    left_out: String,
    /// Letters, and what they are a variant of.
    variants: BTreeMap<char, String>,
    apostrophes: String,
    geresh: &'static str,
    /// Letters as patterns, and their sound; the first that fits.
    letters: Vec<(String, &'static str)>,
    abjad: char,
    together: Vec<(&'static str, String)>,
    first_piece: &'static str,
    piece: &'static str,
    heard: [(&'static str, &'static str); HEARD.len()],
    most_keys: usize,
    written_article: &'static str,
    /// Words that a name may have or lack.
    articles: Vec<&'static str>,
    fathers: [&'static str; FATHERS.len()],
}

/// The tables.
pub fn tables() -> Tables {
    let digits = ['٠', '۰']
        .into_iter()
        .flat_map(|zero| ('0'..='9').zip(zero..).map(|(digit, written)| (written, digit.to_string())));
    let variants = by_letter(&VARIANTS).into_iter().map(|(letter, of)| (letter, of.to_owned()));
    Tables {
        left_out: format!("[{}]|(?=\\p{{M}})[{}]", class(&INVISIBLE), class(&MARKS)),
        variants: variants.chain(digits).collect(),
        apostrophes: format!("[{APOSTROPHES}]"),
        geresh: GERESH,
        letters: letters(),
        abjad: ABJAD,
        together: TOGETHER.iter().map(|(pattern, to)| (*pattern, to.replace(['{', '}'], ""))).collect(),
        first_piece: FIRST_PIECE,
        piece: PIECE,
        heard: HEARD,
        most_keys: MOST_KEYS,
        written_article: WRITTEN_ARTICLE,
        articles: [&ARTICLES[..], &LINKS].concat(),
        fathers: FATHERS,
    }
}

/// The inside of a class of characters.
fn class(ranges: &[(char, char)]) -> String {
    let escaped = |c: char| format!("\\u{{{:x}}}", u32::from(c));
    ranges.iter().map(|(first, last)| format!("{}-{}", escaped(*first), escaped(*last))).collect()
}

fn letters() -> Vec<(String, &'static str)> {
    let vowels: String =
        LETTERS.iter().filter(|(_, sound)| is_vowel(sound)).map(|(letters, _)| *letters).collect();
    let endings = ENDINGS.iter().map(|(ending, sound)| (format!("{ending}$"), *sound));
    let groups = GROUPS.iter().map(|(group, sound)| ((*group).to_owned(), *sound));
    let ahead = AHEAD.iter().map(|(letter, next, sound)| {
        let next = match next {
            Next::Vowel => format!("(?=[{vowels}])"),
            Next::Any(letters) => format!("(?=[{letters}])"),
            Next::Last(letters) => format!("(?={letters}$)"),
            Next::Whatever => String::new(),
        };
        (format!("{letter}{next}"), *sound)
    });
    let single = LETTERS.iter().map(|(letters, sound)| (format!("[{letters}]"), *sound));
    endings.chain(groups).chain(ahead).chain(single).collect()
}
