//! Inputs made of others: an entry of the corpus, and edits that are made to it. The edits are a strategy of proptest, so
//! that they follow from a seed alone, and that those which a failure does not need are left out of it.

use proptest::prelude::*;

/// An input is no larger: what takes long on megabytes is measured elsewhere.
const MOST: usize = 16 * 1024;

/// A place in a text: how far into it, and whether it is where a word begins or ends.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    far: u16,
    at_word: bool,
}

#[derive(Debug, Clone)]
pub enum Edit {
    /// A word of the notation is put in.
    Put(Place, u16),
    /// It takes the place of some bytes.
    Over(Place, u16, u16),
    Cut(Place, u16),
    /// A piece stands there several times.
    Again(Place, u16, u8),
    /// A piece of another entry is put in.
    Splice(Place, u16, Place, u16),
    Swap(Place, Place, u16),
    /// A byte becomes another.
    Byte(Place, u8),
    /// What stands behind is gone.
    End(Place),
}

/// Which entry of the corpus, and what is done to it.
pub type Change = (u16, Vec<Edit>);

pub fn changes() -> impl Strategy<Value = Change> {
    let place =
        || (any::<u16>(), prop::bool::weighted(0.7)).prop_map(|(far, at_word)| Place { far, at_word });
    // Mostly short, now and then long.
    let len = || prop_oneof![6 => 1..12u16, 2 => 12..80u16, 1 => 80..2000u16];
    let edit = prop_oneof![
        8 => (place(), any::<u16>()).prop_map(|(at, word)| Edit::Put(at, word)),
        3 => (place(), len(), any::<u16>()).prop_map(|(at, len, word)| Edit::Over(at, len, word)),
        4 => (place(), len()).prop_map(|(at, len)| Edit::Cut(at, len)),
        2 => (place(), len(), prop_oneof![4 => 1..4u8, 1 => 4..200u8]).prop_map(|(at, len, times)| Edit::Again(at, len, times)),
        3 => (place(), any::<u16>(), place(), len()).prop_map(|(at, other, from, len)| Edit::Splice(at, other, from, len)),
        2 => (place(), place(), len()).prop_map(|(a, b, len)| Edit::Swap(a, b, len)),
        2 => (place(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        1 => place().prop_map(Edit::End),
    ];
    (any::<u16>(), prop::collection::vec(edit, 1..8))
}

/// What inputs are made of: entries, and the words of their notation.
pub struct Pool {
    /// Inputs that failed once.
    pub found: Vec<Vec<u8>>,
    pub entries: Vec<Vec<u8>>,
    pub words: Vec<Vec<u8>>,
}

impl Pool {
    pub fn input(&self, (entry, edits): &Change) -> Vec<u8> {
        let mut input = chosen(&self.entries, *entry).to_vec();
        for edit in edits {
            self.apply(edit, &mut input);
            input.truncate(MOST);
        }
        input
    }

    fn apply(&self, edit: &Edit, input: &mut Vec<u8>) {
        match edit {
            Edit::Put(at, word) => {
                let at = at.of(input);
                input.splice(at..at, chosen(&self.words, *word).iter().copied());
            }
            Edit::Over(at, len, word) => {
                input.splice(range(input, *at, *len), chosen(&self.words, *word).iter().copied());
            }
            Edit::Cut(at, len) => drop(input.drain(range(input, *at, *len))),
            Edit::Again(at, len, times) => {
                let range = range(input, *at, *len);
                let piece = input[range.clone()].repeat(usize::from(*times));
                input.splice(range.end..range.end, piece.into_iter().take(MOST));
            }
            Edit::Splice(at, other, from, len) => {
                let other = chosen(&self.entries, *other);
                let piece = &other[range(other, *from, *len)];
                let at = at.of(input);
                input.splice(at..at, piece.iter().copied());
            }
            Edit::Swap(a, b, len) => {
                let (a, b) = (range(input, *a, *len), range(input, *b, *len));
                let (a, b) = if a.start <= b.start { (a, b) } else { (b, a) };
                if a.end <= b.start {
                    let between = &input[a.end..b.start];
                    let turned = [&input[b.clone()], between, &input[a.clone()]].concat();
                    input.splice(a.start..b.end, turned);
                }
            }
            Edit::Byte(at, byte) => {
                let at = at.of(input);
                if let Some(there) = input.get_mut(at) {
                    *there = *byte;
                }
            }
            Edit::End(at) => input.truncate(at.of(input)),
        }
    }
}

impl Place {
    /// The place in this text, between two characters.
    fn of(self, text: &[u8]) -> usize {
        let mut at = text.len() * usize::from(self.far) / usize::from(u16::MAX);
        let is_inside = |at: usize| text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
        let is_word = |at: usize| text[at - 1].is_ascii_alphanumeric() && text[at].is_ascii_alphanumeric();
        while at > 0 && at < text.len() && (is_inside(at) || self.at_word && is_word(at)) {
            at -= 1;
        }
        at
    }
}

fn range(text: &[u8], at: Place, len: u16) -> std::ops::Range<usize> {
    let start = at.of(text);
    let mut end = (start + usize::from(len)).min(text.len());
    while end < text.len() && text[end] & 0xC0 == 0x80 {
        end += 1;
    }
    start..end
}

fn chosen(list: &[Vec<u8>], number: u16) -> &[u8] {
    list.get(usize::from(number) % list.len().max(1)).map_or(&[], Vec::as_slice)
}
