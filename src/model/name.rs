//! Names and their spellings in several languages and scripts.

use super::citation::Citation;
use crate::source::Spanned;

/// What a spelling is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpellingKind {
    /// The name in a language, by its BCP 47 tag.
    Language(String),
    Transliteration,
    AlsoWritten,
    Former,
    NomDeGuerre,
}

impl SpellingKind {
    /// The keys of `names` that are no language tags.
    pub const OTHER: [(&'static str, SpellingKind); 4] = [
        ("translit", SpellingKind::Transliteration),
        ("aka", SpellingKind::AlsoWritten),
        ("former", SpellingKind::Former),
        ("nom-de-guerre", SpellingKind::NomDeGuerre),
    ];
}

#[derive(Debug, Clone, PartialEq)]
pub struct Spelling {
    pub kind: SpellingKind,
    pub text: Spanned<String>,
    pub cite: Vec<Citation>,
    pub note: Option<String>,
}

/// The name a record goes by, with its other spellings in the author's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub text: Spanned<String>,
    /// BCP 47 tag of the language of `text`, when it is not that of the dossier.
    pub lang: Option<String>,
    pub spellings: Vec<Spelling>,
}

impl Name {
    /// The first spelling in another script than `text`, with its language: the native name.
    pub fn native(&self) -> Option<(&str, &str)> {
        self.spellings.iter().find_map(|spelling| match &spelling.kind {
            SpellingKind::Language(tag) if direction(tag) == "rtl" || !is_latin(&spelling.text.value) => {
                Some((spelling.text.value.as_str(), tag.as_str()))
            }
            _ => None,
        })
    }

    /// `text` and every spelling.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.value.as_str())
            .chain(self.spellings.iter().map(|spelling| spelling.text.value.as_str()))
    }
}

/// `rtl` or `ltr`: the direction in which a language is written, by its BCP 47 tag.
pub fn direction(tag: &str) -> &'static str {
    let right_to_left = icu_locale::Locale::try_from_str(tag)
        .is_ok_and(|locale| icu_locale::LocaleDirectionality::new_common().is_right_to_left(&locale.id));
    if right_to_left { "rtl" } else { "ltr" }
}

fn is_latin(text: &str) -> bool {
    // Latin letters and their accents end before Greek begins; the rest of Latin Extended is apart.
    text.chars().all(|c| {
        c < '\u{370}' || ('\u{1E00}'..'\u{1F00}').contains(&c) || ('\u{2000}'..'\u{2070}').contains(&c)
    })
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn direction_follows_the_script_of_the_language() {
        for (tag, dir) in [
            ("fa", "rtl"),
            ("he", "rtl"),
            ("ar-Latn", "ltr"),
            ("uz-Arab", "rtl"),
            ("de", "ltr"),
            ("?", "ltr"),
        ] {
            assert_eq!(direction(tag), dir, "{tag}");
        }
    }
}
