//! Paragraphs -> sentences, and the words of each.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::spans::{is_before_title, is_group_word};
use super::vocabulary::{ABBREVIATIONS, SHORT_MONTHS, STARTERS};

/// A sentence of a paragraph.
#[derive(Debug)]
pub struct Sentence<'t> {
    /// The index of its paragraph; 0 is ¶1.
    pub paragraph: usize,
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
}

#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    pub text: &'t str,
    /// Where it begins in its sentence.
    pub at: usize,
    /// Whether `'s` is behind it.
    pub is_possessive: bool,
    /// What stands between the word before and this one.
    pub gap: &'t str,
}

impl Word<'_> {
    pub fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether the word before belongs to it as far as what is between them tells.
    pub fn is_joined(&self, before: &Word) -> bool {
        let is_short = before.text.chars().count() == 1
            || is_abbreviation(before.text)
            || before.text.contains('.') && is_initials(before.text);
        let between = if is_short { self.gap.strip_prefix('.').unwrap_or(self.gap) } else { self.gap };
        !before.is_possessive && !between.is_empty() && between.chars().all(|c| c == ' ')
    }
}

impl<'t> Sentence<'t> {
    /// The text from one word to another.
    pub fn slice(&self, words: std::ops::Range<usize>) -> &'t str {
        match (self.words.get(words.start), self.words.get(words.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if first.at < last.end() => &self.text[first.at..last.end()],
            _ => "",
        }
    }

    /// What stands behind a word, up to the next or the end.
    pub fn gap_behind(&self, word: usize) -> &'t str {
        match (self.words.get(word + 1), self.words.get(word)) {
            (Some(next), _) => next.gap,
            (None, Some(last)) => &self.text[last.end()..],
            _ => "",
        }
    }
}

/// All sentences, in the order of the text.
pub fn all<'t>(paragraphs: &[&'t str]) -> Vec<Sentence<'t>> {
    let mut sentences = Vec::new();
    for (paragraph, text) in paragraphs.iter().enumerate() {
        for text in cut(text) {
            sentences.push(Sentence { paragraph, text, words: words(text) });
        }
    }
    sentences
}

/// The sentences of a paragraph (UAX 29), without the breaks behind abbreviations and initials.
fn cut(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, part) in text.split_sentence_bound_indices() {
        let end = at + part.len();
        let so_far = text[start..end].trim_end();
        let last = so_far.strip_suffix('.').and_then(|rest| rest.rsplit([' ', '(', '“', '"']).next());
        let goes_on = last.is_some_and(|word| {
            is_abbreviation(word) || word.chars().count() == 1 && word.chars().all(char::is_uppercase)
        });
        let goes_on = goes_on && !last.is_some_and(|word| ends_a_date(word, &text[end..]));
        let goes_on = goes_on || last.is_some_and(|word| leads(so_far, word, &text[end..]));
        if !goes_on || end == text.len() {
            sentences.push(so_far.trim_start());
            start = end;
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Whether several initials belong to the word behind them: `U.S. Ambassador`, and not "in the U.S. She left".
fn leads(so_far: &str, initials: &str, behind: &str) -> bool {
    let is_initials = initials.contains('.') && is_initials(initials);
    let next = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let before = so_far.strip_suffix('.').and_then(|rest| rest.strip_suffix(initials)).unwrap_or("");
    let before = before.trim_end().to_lowercase();
    let is_place = ["in", "to", "from", "across", "left"]
        .iter()
        .any(|lead| before.strip_suffix(" the").is_some_and(|rest| rest.ends_with(lead)));
    let is_name = !before.ends_with("the") && !STARTERS.contains(&next.as_str());
    is_initials && (is_group_word(&next) || is_before_title(&next) && !is_place || is_name)
}

/// Whether a month in short ends a sentence, since a word behind it begins one: `in Dec. It was late`.
fn ends_a_date(word: &str, behind: &str) -> bool {
    let next = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let is_month = SHORT_MONTHS.iter().any(|(short, _)| word.eq_ignore_ascii_case(short));
    is_month && next.starts_with(char::is_uppercase) && STARTERS.contains(&next.to_lowercase().as_str())
}

/// Whether a word is one or more capital letters with full stops between them: `U.N`.
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn words(text: &str) -> Vec<Word<'_>> {
    let is_letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut words: Vec<Word> = Vec::new();
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut stop = at + first.len_utf8();
        while let Some((here, c)) = chars.peek().copied() {
            let behind = text[here + c.len_utf8()..].chars().next();
            let goes_on = behind.is_some_and(char::is_alphanumeric);
            let is_point =
                c == '.' && text[at..here].rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
            let is_inner =
                matches!(c, '-' | '‐' | '\'' | '’' | 'ʼ' | '·' | '\u{200C}' | '\u{200D}') || is_point;
            if !(is_letter(c) || is_inner && goes_on) {
                break;
            }
            stop = here + c.len_utf8();
            chars.next();
        }
        let whole = &text[at..stop];
        let bare = ["'s", "’s", "ʼs"].iter().find_map(|ending| whole.strip_suffix(ending));
        let is_possessive = bare.is_some() || whole.ends_with('s') && text[stop..].starts_with(['\'', '’']);
        words.push(Word { text: bare.unwrap_or(whole), at, is_possessive, gap: &text[end..at] });
        end = stop;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_end_no_sentence() {
        let all = all(&["Mr. Vik met Dr. A. Berg. She spoke. \"Who?\" he said."]);
        let texts: Vec<&str> = all.iter().map(|sentence| sentence.text).collect();
        assert_eq!(texts[..2], ["Mr. Vik met Dr. A. Berg.", "She spoke."]);
        let words: Vec<&str> = all[0].words.iter().map(|word| word.text).collect();
        assert_eq!(words, ["Mr", "Vik", "met", "Dr", "A", "Berg"]);
        assert!(all[0].words[5].is_joined(&all[0].words[4]));
    }

    #[test]
    fn initials_end_a_sentence_where_another_begins() {
        for (text, count) in [
            ("The U.S. Ambassador Tom Reed met Ada Berg.", 1),
            ("It was J.K. Vik.", 1),
            ("She left the U.S. Vik stayed.", 2),
            ("She lives in the U.S. Ambassador Reed stayed.", 2),
            ("She flew to U.S. soil. It rained.", 2),
            ("She likes the U.S. The minister stayed.", 2),
        ] {
            assert_eq!(all(&[text]).len(), count, "{text}");
        }
    }

    #[test]
    fn a_possessive_is_no_part_of_a_name() {
        let all = all(&["Ada Berg's aide, O'Neil, and Reza al-Hadi’s."]);
        let words: Vec<(&str, bool)> =
            all[0].words.iter().map(|word| (word.text, word.is_possessive)).collect();
        assert_eq!(words[1], ("Berg", true));
        assert_eq!(words[3], ("O'Neil", false));
        assert_eq!(words[6], ("al-Hadi", true));
    }
}
