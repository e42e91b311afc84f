//! A word that is withheld -> the ways in which it may be written, and where one of them stands.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::folded::{CHANGED, DASH, DOT, Folded, GAP, SMALL, SPACE, TAG, TURN, is_unspaced};
use crate::model::dossier::{Form, Withheld};

/// How many letters a text of several words has at least, to be known with other gaps than its own.
const LONG: usize = 8;

/// The same of somebody's name, which is less likely to be met by chance than, say, a number.
const LONG_NAME: usize = 5;

/// How many words a name has at most that is looked for with its last ones in front.
const WORDS: usize = 12;

/// How many letters a name has at least, in bytes, that is known without what stands between its words, though one of these
/// has two letters at most.
const CERTAIN: usize = 8;

/// How many words of a name may have umlauts, to be looked for with these written in each way in each of them.
const MIXED: u32 = 4;

/// One way in which a word may be written.
pub(super) struct Needle {
    /// The place of the word among those that are withheld.
    pub word: usize,
    pub folded: Folded,
    gaps: Gaps,
    is_person: bool,
    /// A capital letter or a digit may stand beside it: `#QuandtPapers`, `quandt2020`.
    is_sure: bool,
    /// Where words of one or two letters begin and end in it.
    short: Vec<Range<usize>>,
    /// Where the first names begin, if the last ones stand in front.
    seam: Option<usize>,
    /// It was made of a name with two letters for an umlaut: `Joerg` is `Jörg`, and not `Jorg`.
    has_marks: bool,
}

/// What has to stand between its letters.
enum Gaps {
    /// The very same, with the same letters: of a key.
    Same,
    /// The same full stops, and gaps elsewhere: of an address.
    Address,
    /// Gaps between the words and nowhere else.
    Words,
    /// Whatever does: `JoseNunez`, `J o s é`.
    Any,
}

/// Whether a word is the name of a file.
fn is_file(text: &str) -> bool {
    let end = text.rsplit_once('.').map_or("", |(_, end)| end);
    !text.contains(char::is_whitespace)
        && (2..=5).contains(&end.len())
        && end.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether a word is a long number, such as an ISBN, an IBAN or that of a telephone: hyphens and spaces can stand anywhere
/// in it, and a few letters belong to it.
fn is_number(text: &str) -> bool {
    const LEAST: usize = 9;
    let (letters, others): (Vec<char>, Vec<char>) = text.chars().partition(char::is_ascii_alphanumeric);
    let digits = letters.iter().filter(|c| c.is_ascii_digit()).count();
    letters.len() >= LEAST
        && 3 * digits >= 2 * letters.len()
        && others.iter().all(|c| matches!(c, '-' | ' ' | '+' | '/' | '.' | '(' | ')'))
}

impl Needle {
    /// Of a word; nothing where it has too few letters to be known by them.
    pub fn all(number: usize, word: &Withheld) -> Vec<Needle> {
        let made = |text: &str, gaps: Gaps, seam: Option<usize>, has_marks: bool| {
            let folded = Folded::of(text);
            let is_person = word.form == Form::Person;
            let is_sure = matches!(gaps, Gaps::Any) || is_person && letters(&folded) >= LONG_NAME;
            let short = if is_person { short(&folded) } else { Vec::new() };
            (!folded.text.is_empty()).then_some(Needle {
                word: number,
                folded,
                gaps,
                is_person,
                is_sure,
                short,
                seam,
                has_marks,
            })
        };
        let needle = |text: &str, gaps: Gaps| made(text, gaps, None, false);
        let text = word.word.as_str();
        if word.form == Form::Key {
            return needle(text, Gaps::Same).into_iter().collect();
        }
        let is_scheme = |scheme: &str| scheme.chars().all(|c| c.is_ascii_alphanumeric());
        if let Some((_, address)) = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) {
            return addresses(address).iter().filter_map(|address| needle(address, Gaps::Address)).collect();
        }
        // `berg.svg` is not what stands where a page names Berg before a drawing.
        if word.form == Form::Text && is_file(text) {
            return needle(text, Gaps::Address).into_iter().collect();
        }
        let folded = Folded::of(text);
        let letters = letters(&folded);
        if letters < 2 {
            let is_whole = text.chars().filter(|c| !c.is_whitespace()).count() == 1;
            return needle(text, Gaps::Same).filter(|_| is_whole).into_iter().collect();
        }
        let words = folded.words();
        let long = if word.form == Form::Person { LONG_NAME } else { LONG };
        let is_long = words.len() > 1 && letters >= long || is_number(text);
        let gaps = || if is_long { Gaps::Any } else { Gaps::Words };
        let spellings = umlauts(text);
        let mut needles = Vec::new();
        let others = spellings.iter().map(|(text, has_marks)| (text.as_str(), *has_marks));
        for (text, has_marks) in std::iter::once((text, false)).chain(others) {
            needles.extend(made(text, gaps(), None, has_marks));
            // Folded words no longer say which of their letters had marks.
            let words = match has_marks {
                true => text.split_whitespace().map(str::to_owned).collect(),
                false => Folded::of(text).words(),
            };
            if word.form == Form::Person && words.len() <= WORDS {
                // Where the last names begin is not written down: `van den Berg, Jan`.
                needles.extend((1..words.len()).filter_map(|at| {
                    let (first, last) = words.split_at(at);
                    let text = [last, first].concat().join(" ");
                    made(&text, gaps(), Some(Folded::of(&last.join(" ")).text.len()), has_marks)
                }));
            }
        }
        needles
    }

    /// Whether it stands here in a text, as a word of its own: "ali" in "Khalili" is none.
    pub fn stands(&self, text: &Folded, start: usize, end: usize) -> bool {
        text.is_edge(start)
            && text.is_edge(end)
            && self.begins(text, start)
            && self.ends(text, end)
            && self.agrees(text, start)
            && self.is_name_there(text, start)
            && (!self.has_marks || self.has_its_marks(text, start))
    }

    /// Whether the letters that have marks in it have some there.
    fn has_its_marks(&self, text: &Folded, start: usize) -> bool {
        let marked = self.folded.joints.iter().enumerate().filter(|(_, joint)| **joint & CHANGED != 0);
        marked
            .into_iter()
            .all(|(at, _)| text.joints.get(start + at).is_some_and(|joint| joint & CHANGED != 0))
    }

    /// Whether what is there are names and no words of the language, where that may be: `The price was high` has no
    /// `P. Rice` in it, and `the grant will be paid` no `Will Grant`.
    fn is_name_there(&self, text: &Folded, start: usize) -> bool {
        let joint = |at: usize| text.joints.get(start + at).copied().unwrap_or(GAP);
        let is_small = |at: usize| joint(at) & SMALL != 0;
        let is_spaced = |at: usize| joint(at) & (SPACE | TAG) == SPACE;
        let len = self.folded.text.len();
        let are_apart = self.short.iter().all(|word| {
            let sides = [word.start, word.end].into_iter().filter(|at| (1..len).contains(at));
            let is_apart = len > CERTAIN || sides.clone().all(|at| joint(at) & (GAP | TURN) != 0);
            let is_letter = word.len() == 1;
            is_apart && !(is_letter && is_small(word.start) && sides.clone().any(is_spaced))
        });
        // Without a comma between them, names in this order begin with capital letters.
        let is_turned = self.seam.is_none_or(|seam| {
            let begins = (0..seam).filter(|at| *at == 0 || self.folded.joints[*at] & GAP != 0);
            !is_spaced(seam) || !is_small(seam) && !begins.into_iter().all(is_small)
        });
        are_apart && is_turned
    }

    fn begins(&self, text: &Folded, start: usize) -> bool {
        let joint = text.joints.get(start).copied().unwrap_or(GAP);
        if start == 0 || joint & self.edges() != 0 {
            return true;
        }
        match (text.letter_before(start), text.letter(start)) {
            (Some(before), Some(first)) => !is_one_word(before, first),
            _ => true,
        }
    }

    /// A letter of a script that needs no space between words does not hide a name.
    fn ends(&self, text: &Folded, end: usize) -> bool {
        let Some(joint) = text.joints.get(end) else { return true };
        let is_edge = |at: usize| text.joints.get(at).is_none_or(|joint| joint & self.edges() != 0);
        // Of a long name a genitive is no other name: `Ada Quills`.
        let is_genitive = || {
            self.is_person
                && self.seam.is_none()
                && matches!(self.gaps, Gaps::Any)
                && text.text.get(end) == Some(&b's')
                && is_edge(end + 1)
        };
        let goes_on = || [text.letter_before(end), text.letter(end)].into_iter().flatten().any(is_unspaced);
        joint & self.edges() != 0 || goes_on() || is_genitive()
    }

    /// What ends a word.
    fn edges(&self) -> u8 {
        if self.is_sure { GAP | TAG | TURN } else { GAP | TAG }
    }

    fn agrees(&self, text: &Folded, start: usize) -> bool {
        let own = &self.folded.joints;
        let Some(joints) = text.joints.get(start..start + own.len()) else { return false };
        let pairs = || joints.iter().zip(own).enumerate();
        let same = |mask: u8| pairs().skip(1).all(|(_, (joint, own))| joint & mask == own & mask);
        match self.gaps {
            Gaps::Any => true,
            Gaps::Same => {
                same(GAP | DASH) && pairs().all(|(_, (joint, own))| joint & CHANGED == own & CHANGED)
            }
            Gaps::Address => same(GAP | DOT),
            Gaps::Words => pairs().skip(1).all(|(at, (joint, own))| {
                let is_due = own & GAP != 0;
                let is_there = joint & GAP != 0;
                is_due == is_there || is_due && joint & TAG != 0 || self.is_unspaced(at)
            }),
        }
    }

    /// Whether on either side of a place stand letters of scripts that need no space between words.
    fn is_unspaced(&self, at: usize) -> bool {
        let sides = [self.folded.letter_before(at), self.folded.letter(at)];
        sides.into_iter().all(|letter| letter.is_some_and(is_unspaced))
    }
}

/// Whether two letters side by side belong to one word.
fn is_one_word(before: char, first: char) -> bool {
    let has_case = |c: char| !c.is_ascii() && c.is_lowercase();
    before.is_ascii() && first.is_ascii() || has_case(before) && has_case(first)
}

/// Where the words of one or two letters stand in a name of several, in scripts that have capital letters, and numbers so
/// short.
fn short(name: &Folded) -> Vec<Range<usize>> {
    const MOST: usize = 2;
    let mut begins: Vec<usize> =
        (0..name.text.len()).filter(|at| *at == 0 || name.joints[*at] & GAP != 0).collect();
    if begins.len() < 2 {
        return Vec::new();
    }
    begins.push(name.text.len());
    let is_joined = |at: usize| name.joints.get(at).is_some_and(|joint| joint & DASH != 0);
    let is_short = |word: &Range<usize>| {
        let letters = String::from_utf8_lossy(&name.text[word.clone()]).into_owned();
        // `al-Masri` is written `Almasri`, too.
        !(is_joined(word.start) || is_joined(word.end))
            && letters.chars().count() <= MOST
            && letters.chars().all(|c| c.is_lowercase() || c.is_ascii_digit())
    };
    begins.windows(2).map(|pair| pair[0]..pair[1]).filter(is_short).collect()
}

/// How many letters a word has.
fn letters(folded: &Folded) -> usize {
    folded.text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// A name with umlauts in two letters each, or the other way round, where that makes another one: in each of its words,
/// or, where there are many of them, in all.
fn umlauts(text: &str) -> Vec<(String, bool)> {
    const UMLAUTS: [(&str, &str); 5] = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa")];
    let without_ae = |text: &str| {
        [("ø", "oe"), ("ü", "ue")].iter().fold(text.to_owned(), |text, (one, two)| text.replace(two, one))
    };
    let apart = |text: &str| UMLAUTS.iter().fold(text.to_owned(), |text, (one, two)| text.replace(one, two));
    let together =
        |text: &str| UMLAUTS.iter().rev().fold(text.to_owned(), |text, (one, two)| text.replace(two, one));
    let text: String = text.nfc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = text.split_inclusive(|c: char| c.is_whitespace() || c == '-').collect();
    type Change = fn(&str) -> String;
    let changes: [(bool, Change); 3] = [(false, apart), (true, together), (true, without_ae)];
    let others: Vec<(bool, Vec<String>)> = changes
        .map(|(has_marks, change)| (has_marks, words.iter().map(|word| change(word)).collect()))
        .into();
    let mut found = Vec::new();
    for (has_marks, others) in others {
        let changed: Vec<usize> = (0..words.len()).filter(|at| others[*at] != words[*at]).collect();
        let count = u32::try_from(changed.len()).unwrap_or(u32::MAX);
        // Each choice of words, but for that of none.
        let choices = if count <= MIXED { 1..=(1 << count) - 1 } else { u32::MAX..=u32::MAX };
        found.extend(choices.map(|choice| {
            let is_chosen = |at: usize| {
                changed
                    .iter()
                    .position(|other| *other == at)
                    .is_some_and(|bit| bit > 30 || choice >> bit & 1 == 1)
            };
            let word = |at: usize| if is_chosen(at) { others[at].as_str() } else { words[at] };
            ((0..words.len()).map(word).collect::<String>(), has_marks)
        }));
    }
    found
}

/// The ways to write an address without its scheme: with its host in letters and as it travels, percent-encoded or not.
fn addresses(address: &str) -> Vec<String> {
    let plain = percent_decode_str(address).decode_utf8_lossy().into_owned();
    let plain = plain.trim_end_matches('/');
    let plain = plain.strip_prefix("www.").unwrap_or(plain);
    let mut ways = vec![plain.to_owned()];
    if let Ok(url) = url::Url::parse(&format!("https://{address}")) {
        let host = url.host_str().unwrap_or_default();
        let (written, rest) = plain.split_at(plain.find(['/', '?', '#', ':']).unwrap_or(plain.len()));
        let host = host.strip_prefix("www.").unwrap_or(host);
        if !host.is_empty() && host != written {
            ways.push(format!("{host}{rest}"));
        }
    }
    ways
}
