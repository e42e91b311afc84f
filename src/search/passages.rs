//! The texts of a record -> passages, each short enough to be shown as a whole with a result.

use crate::model::body::Body;
use crate::view::words::Words;

/// How many bytes a passage has at most.
const PASSAGE: usize = 360;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub text: String,
    /// Its language, where that is not the one of the site.
    pub lang: Option<String>,
}

/// The passages of prose: its sentences, as many in one as find room, its headings and other lines, and what is
/// said of its pictures.
pub fn of_body(words: &Words, body: &Body) -> Vec<Passage> {
    let mut passages = Vec::new();
    for paragraph in body.sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        let sentences = paragraph.iter().map(|sentence| words.plain(&sentence.text));
        passages.extend(packed(sentences));
    }
    passages.extend(body.lines.iter().flat_map(|line| packed([words.plain(&line.value)])));
    for image in &body.images {
        let said = [&image.caption, &image.alt, &image.credit, &image.licence].into_iter().flatten();
        passages.extend(packed([said.cloned().collect::<Vec<_>>().join(" · ")]));
    }
    passages.into_iter().map(|text| Passage { text, lang: None }).collect()
}

/// The passages of a text of one paragraph.
pub fn of_text(text: &str, lang: Option<&str>) -> Vec<Passage> {
    let passages = packed([text.to_owned()]).into_iter();
    passages.map(|text| Passage { text, lang: lang.map(str::to_owned) }).collect()
}

/// Sentences put together, and those that are too long cut between words.
fn packed(sentences: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut passages: Vec<String> = Vec::new();
    for sentence in sentences {
        let short = sentence.len() <= PASSAGE;
        let pieces: Vec<&str> =
            if short { vec![sentence.trim()] } else { sentence.split_whitespace().collect() };
        for (at, piece) in pieces.into_iter().enumerate() {
            let whole_before = at == 0 && !short;
            match passages.last_mut() {
                Some(last) if !whole_before && last.len() + 1 + piece.len() <= PASSAGE => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => passages.push(piece.to_owned()),
            }
        }
    }
    passages.retain(|passage| !passage.is_empty());
    passages
}

#[cfg(test)]
mod tests {
    use super::{PASSAGE, packed};

    #[test]
    fn short_sentences_share_a_passage_and_long_ones_are_cut_between_words() {
        let short = "Ada met Bo.".to_owned();
        assert_eq!(packed([short.clone(), short.clone()]), ["Ada met Bo. Ada met Bo."]);
        let long = "word ".repeat(200);
        let cut = packed([short.clone(), long.clone(), short.clone()]);
        assert_eq!(cut[0], short);
        assert!(cut.len() > 3 && cut.iter().all(|passage| passage.len() <= PASSAGE));
        assert_eq!(cut.join(" "), format!("{short} {} {short}", long.trim()));
        assert_eq!(packed([String::new()]), Vec::<String>::new());
    }
}
