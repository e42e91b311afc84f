//! The running text of a page, cut into sentences, each with the citations and figures in it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Renderer;
use crate::model::body::{Figure, Piece, Sentence};
use crate::model::citation::Citation;
use crate::source::Span;

/// One paragraph, list item or cell while it is read.
#[derive(Default)]
pub(super) struct Paragraph {
    text: String,
    /// Which bytes of `text` come from where.
    parts: Vec<Part>,
    citations: Vec<(usize, Vec<Citation>)>,
    figures: Vec<(Range<usize>, Span)>,
}

/// So many bytes from `start` on come from `origin` in the author's text.
struct Part {
    start: usize,
    len: usize,
    origin: Range<usize>,
}

impl Part {
    /// The place of a byte. What is read as other words than are written, as those of a link, has none.
    fn place(&self, at: usize) -> Option<usize> {
        (self.len == self.origin.len()).then_some(self.origin.start + at.saturating_sub(self.start))
    }
}

impl Paragraph {
    pub(super) fn push(&mut self, text: &str, range: Range<usize>) {
        self.parts.push(Part { start: self.text.len(), len: text.len(), origin: range });
        self.text.push_str(text);
    }

    /// Notes what a piece of our notation adds; its words are pushed before.
    pub(super) fn note(&mut self, piece: &Piece) {
        let end = self.text.len();
        match piece {
            Piece::Cite(citations) => {
                // Without the mark, the space in front of it stands before the full stop.
                let end = self.text.trim_end().len();
                self.text.truncate(end);
                self.parts.retain(|part| part.start < end || end == 0);
                self.citations.push((end, citations.clone()));
            }
            Piece::Figure(Figure { words, span, .. }) => {
                self.figures.push((end.saturating_sub(words.len())..end, *span));
            }
            _ => {}
        }
    }

    /// Where in the author's text a range of `text` comes from.
    fn origin(&self, range: Range<usize>) -> Range<usize> {
        let part = |at: usize| {
            let index = self.parts.partition_point(|part| part.start <= at).saturating_sub(1);
            self.parts.get(index)
        };
        let start = part(range.start)
            .map_or(0, |part| part.place(range.start).unwrap_or(part.origin.start).min(part.origin.end));
        let last = range.end.saturating_sub(1);
        let end = part(last).map_or(start, |part| {
            part.place(last).map_or(part.origin.end, |place| (place + 1).min(part.origin.end))
        });
        start..end.max(start)
    }
}

impl Renderer<'_, '_> {
    /// Ends the paragraph that was read, and keeps its sentences.
    pub(super) fn end_paragraph(&mut self) {
        let read = std::mem::take(&mut self.paragraph);
        if read.text.trim().is_empty() && read.citations.is_empty() {
            return;
        }
        let number = self.ended_paragraphs;
        if !self.in_row {
            self.ended_paragraphs += 1;
        }
        let mut sentences: Vec<(Range<usize>, Sentence)> = Vec::new();
        for range in bounds(&read.text) {
            let text = &read.text[range.clone()];
            let start = range.start + (text.len() - text.trim_start().len());
            let trimmed = start..start + text.trim().len();
            if trimmed.is_empty() {
                continue;
            }
            let (start, origin) = (trimmed.start, read.origin(trimmed.clone()));
            let text = read.text[trimmed.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let mut sentence = Sentence {
                text,
                span: (self.setting.place)(origin),
                paragraph: number,
                citations: Vec::new(),
                figures: Vec::new(),
            };
            let inside = read.figures.iter().filter(|(words, _)| trimmed.contains(&words.start));
            sentence.figures.extend(inside.map(|(words, span)| {
                // White space within the sentence may have been folded.
                let before = folded_len(&read.text[start..words.start]);
                // They may hold a full stop, behind which another sentence begins.
                let within = &read.text[words.start..words.end.min(trimmed.end)];
                (before..before + folded_len(within), *span)
            }));
            sentences.push((range, sentence));
        }
        for (at, citations) in read.citations {
            // A mark stands within its sentence, or right behind its full stop.
            let index = sentences.partition_point(|(range, sentence)| {
                range.start < at && !sentence.text.is_empty() && starts_before(&read.text, range, at)
            });
            if let Some((_, sentence)) = sentences.get_mut(index.saturating_sub(1)) {
                sentence.citations.extend(citations);
            }
        }
        self.sentences.extend(sentences.into_iter().map(|(_, sentence)| sentence));
    }

    /// The cells of one row of a table are one paragraph: what stands in one bears the others.
    pub(super) fn row(&mut self, begins: bool) {
        self.in_row = begins;
        if !begins {
            self.ended_paragraphs += 1;
        }
    }

    /// Forgets the text that was read: a heading or caption makes no statement.
    pub(super) fn drop_paragraph(&mut self) {
        self.paragraph = Paragraph::default();
    }
}

/// Whether the words of a sentence begin before a place, not only the white space in front of them.
fn starts_before(text: &str, range: &Range<usize>, at: usize) -> bool {
    text.get(range.start..at).is_some_and(|before| !before.trim().is_empty())
}

fn folded_len(text: &str) -> usize {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").len();
    // A space at either end joins what stands beside it.
    words + usize::from(words > 0 && text.ends_with(char::is_whitespace))
}

/// What is written with a full stop and ends no sentence, in the languages that the interface knows best.
const ABBREVIATIONS: [&str; 73] = [
    "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Gen.", "Lt.", "Col.", "Maj.", "Capt.", "Sgt.", "Sen.", "Rep.",
    "Gov.", "St.", "No.", "Nos.", "Art.", "Vol.", "Ed.", "Inc.", "Ltd.", "Co.", "Corp.", "Jr.", "Sr.", "vs.",
    "cf.", "e.g.", "i.e.", "p.", "pp.", "ca.", "Hr.", "Fr.", "Nr.", "Bd.", "z.B.", "bzw.", "Mme.", "Mlle.",
    "M.", "Sra.", "Dra.", "Abs.", "Kap.", "Ziff.", "art.", "cap.", "núm.", "pág.", "págs.", "Jan.", "Feb.",
    "Aug.", "Sept.", "Oct.", "Okt.", "Nov.", "Dec.", "Dez.", "janv.", "févr.", "juil.", "sept.", "oct.",
    "nov.", "déc.", "c.", "Mt.", "Ft.", "approx.", "est.",
];

/// The sentences of a text (Unicode UAX 29), where an abbreviation, an initial or an ordinal ends none.
fn bounds(text: &str) -> Vec<Range<usize>> {
    let mut bounds: Vec<Range<usize>> = Vec::new();
    for (start, sentence) in text.split_sentence_bound_indices() {
        let end = start + sentence.len();
        let Some(last) = bounds.last_mut() else {
            bounds.push(start..end);
            continue;
        };
        if is_open(&text[last.clone()], sentence) {
            last.end = end;
            continue;
        }
        last.end += closing(sentence);
        if last.end < end {
            let start = last.end;
            bounds.push(start..end);
        }
    }
    bounds
}

/// The length of what closes a quotation at the start of a text, as after the space of « Non. »
fn closing(text: &str) -> usize {
    let rest = text.trim_start().trim_start_matches(['»', '”', '’', ')', ']', '」', '』']);
    let closed = text.trim_start().len() > rest.len();
    if closed { text.len() - rest.trim_start().len() } else { 0 }
}

/// Whether a text ends in what is followed by more of the same sentence.
fn is_open(text: &str, next: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    let word = words.next().unwrap_or("").trim_start_matches(['(', '“', '"', '‘', '[']);
    let mut chars = word.chars();
    let initial =
        matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase());
    let mut ordinal = || {
        let number = word.strip_suffix('.').unwrap_or("");
        let before = words.next().unwrap_or("").to_lowercase();
        let month = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        (1..=2).contains(&number.len())
            && number.bytes().all(|digit| digit.is_ascii_digit())
            && (BEFORE_ORDINALS.contains(&before.as_str()) || MONTHS.contains(&month))
    };
    initial || ABBREVIATIONS.contains(&word) || ordinal()
}

/// In German, what stands before the number of a day or a century, `am 7. Oktober`, and the months: all its
/// nouns have capitals, as if a sentence began.
const BEFORE_ORDINALS: [&str; 16] = [
    "ab", "am", "beim", "bis", "das", "dem", "den", "der", "des", "die", "im", "oder", "seit", "und", "vom",
    "zum",
];
const MONTHS: [&str; 13] = [
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        bounds(text).into_iter().map(|range| text[range].trim()).collect()
    }

    #[test]
    fn a_text_is_cut_where_its_sentences_end() {
        assert_eq!(cut("One. Two? “Three!” Four"), ["One.", "Two?", "“Three!”", "Four"]);
        assert_eq!(
            cut("Dr. Berg met J. Vik on p. 4. Then she left."),
            ["Dr. Berg met J. Vik on p. 4.", "Then she left."]
        );
        assert_eq!(cut("Am 7. Oktober. Im 21. Jahrhundert."), ["Am 7. Oktober.", "Im 21. Jahrhundert."]);
        assert_eq!(
            cut("Samstag, 7. Oktober. Es waren 7. Dann."),
            ["Samstag, 7. Oktober.", "Es waren 7.", "Dann."]
        );
        assert_eq!(cut("Il dit « Non. » Puis il part."), ["Il dit « Non. »", "Puis il part."]);
        assert_eq!(cut("Built c. 1950 near Mt. Everest. Then"), ["Built c. 1950 near Mt. Everest.", "Then"]);
        assert_eq!(cut("التقيا. ثم غادرا؟ نعم."), ["التقيا.", "ثم غادرا؟", "نعم."]);
    }
}
