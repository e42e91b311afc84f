//! Reads the number in a few words: `four times`, `at least 1,200`, `two dozen`, `٤`.

mod months;
mod numeral;
mod pieces;
mod stated;
mod tokens;
mod words;

use std::fmt;

use pieces::{Is, Piece, pieces, words};
pub use stated::stated;
use tokens::{Token, tokens};
use words::{REFERENCES, Says, Words};

/// What the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub comparison: Comparison,
    pub number: u64,
    /// Whether a numeral or one word for a number says it, and nothing bounds it.
    pub plain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Exactly,
    AtLeast,
    MoreThan,
    AtMost,
    FewerThan,
}

/// `at least 4`.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let bound = match self.comparison {
            Comparison::Exactly => "",
            Comparison::AtLeast => "at least ",
            Comparison::MoreThan => "more than ",
            Comparison::AtMost => "at most ",
            Comparison::FewerThan => "fewer than ",
        };
        write!(f, "{bound}{}", self.number)
    }
}

/// The one number in `text`, in digits or in the words of a language (a BCP 47 tag). The error says
/// why there is none.
pub fn read(text: &str, language: &str) -> Result<Reading, String> {
    let tokens = tokens(text);
    let known = words(language);
    let figure = Figure { text, pieces: pieces(&tokens, known), tokens, known };
    let is_number = |at: &usize| matches!(figure.pieces[*at].is, Is::Number(_) | Is::Uncountable);
    let numbers: Vec<usize> = (0..figure.pieces.len()).filter(is_number).collect();
    let primary = language.split('-').next().unwrap_or(language);
    match numbers.as_slice() {
        [at] => figure.number(*at),
        [first, second, ..] => Err(format!(
            "there is more than one number in these words, `{}` and `{}`",
            figure.words(*first),
            figure.words(*second)
        )),
        [] => Err(match (0..figure.pieces.len()).find_map(|at| figure.foreign(at, true)) {
            Some(why) => why,
            None if known.is_some() => {
                format!("there is no number in these words, read as the language `{primary}`")
            }
            None => {
                format!("in the language `{primary}` numbers are read in digits only, and there are none")
            }
        }),
    }
}

struct Figure<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    pieces: Vec<Piece>,
    known: Option<&'static Words>,
}

impl Figure<'_> {
    fn words(&self, at: usize) -> &str {
        let tokens = &self.tokens[self.pieces[at].tokens.clone()];
        let start = tokens.first().map_or(0, |token| token.range.start);
        &self.text[start..tokens.last().map_or(start, |token| token.range.end)]
    }

    fn number(&self, at: usize) -> Result<Reading, String> {
        let words = self.words(at);
        let Is::Number(number) = self.pieces[at].is else {
            return Err(format!("`{words}` is no whole number"));
        };
        if let Some(sign) = self.sign(at) {
            return Err(format!("the sign `{sign}` makes `{words}` something else than a count"));
        }
        if let Some(why) = self.no_count(at) {
            return Err(why);
        }
        let (start, before) = self.bound_before(at);
        let (rest, mut behind) = self.bound_behind(at + 1);
        let mut end = self.pieces.len();
        if behind.is_none()
            && rest < end
            && let Some(bound) = self.last_bound()
        {
            behind = Some(bound);
            end -= 1;
        }
        if let (Some(_), Some(_)) = (before, behind) {
            return Err(format!("`{words}` is bounded twice"));
        }
        let near =
            |piece: &usize| *piece < start || *piece == rest || *piece + 1 == end || self.is_added(*piece);
        let others = (0..start).chain(rest..end);
        if let Some(why) = others.into_iter().find_map(|piece| self.foreign(piece, near(&piece))) {
            return Err(why);
        }
        let comparison = before.or(behind);
        Ok(Reading {
            comparison: comparison.unwrap_or(Comparison::Exactly),
            number,
            plain: comparison.is_none() && self.pieces[at].tokens.len() == 1,
        })
    }

    /// Where what belongs to the number starts, and the bound right before it.
    fn bound_before(&self, number: usize) -> (usize, Option<Comparison>) {
        let (mut start, mut bound) = (number, None);
        while let Some(Is::Phrase(says)) = start.checked_sub(1).map(|before| self.pieces[before].is) {
            match says {
                Says::Exactly => {}
                Says::Before(it) | Says::Either(it) | Says::Preposition(it) if bound.is_none() => {
                    bound = Some(it);
                }
                _ => break,
            }
            start -= 1;
        }
        (start, bound)
    }

    /// Where the words go on behind what belongs to the number, and the bound right behind it.
    fn bound_behind(&self, start: usize) -> (usize, Option<Comparison>) {
        let (mut end, mut bound) = (start, None);
        while let Some(Is::Phrase(says)) = self.pieces.get(end).map(|piece| piece.is) {
            match says {
                Says::Exactly => {}
                Says::Behind(it) | Says::Either(it) if bound.is_none() => bound = Some(it),
                _ => break,
            }
            end += 1;
        }
        (end, bound)
    }

    /// The bound that the words end with: `four times or more`.
    fn last_bound(&self) -> Option<Comparison> {
        match self.pieces.last()?.is {
            Is::Phrase(Says::Behind(it) | Says::Either(it)) => Some(it),
            _ => None,
        }
    }

    /// Whether it is added to what stands before it: `four meetings and several calls`.
    fn is_added(&self, at: usize) -> bool {
        let before =
            self.pieces[at].tokens.start.checked_sub(1).map(|before| self.tokens[before].lower.as_str());
        self.known.is_some_and(|known| before.is_some_and(|before| known.and.contains(&before)))
    }

    /// Why the number counts nothing by the word beside it: `number four`, `4.` in German, `four years`, or `4 k`,
    /// whose unit may be any.
    fn no_count(&self, at: usize) -> Option<String> {
        let (words, range) = (self.words(at), &self.pieces[at].tokens);
        let before = range.start.checked_sub(1).and_then(|before| self.tokens.get(before));
        // In Spanish "no" is a phrase of its own, and in English a number.
        let is_vague = |piece: &Piece| matches!(piece.is, Is::Word | Is::Phrase(Says::Vague));
        let worded = at.checked_sub(1).is_some_and(|before| is_vague(&self.pieces[before]));
        let refers = before.filter(|token| worded && REFERENCES.contains(&token.lower.trim_end_matches('.')));
        if let Some(token) = refers {
            return Some(format!("with `{}` it is a place in an order, and no count", token.word));
        }
        let (last, behind) = (self.tokens.get(range.end - 1)?, self.tokens.get(range.end));
        let german = self.known.is_some_and(|known| known.language == "de");
        if german && !last.numbers.is_empty() && last.behind.starts_with('.') {
            return Some(format!("`{words}.` is a place in an order, or a part, and no count"));
        }
        let behind = behind.filter(|_| !last.behind.starts_with([',', ';', ':', '(', ')']))?;
        let spans = self.known.is_some_and(|known| known.spans.contains(&behind.lower.as_str()));
        if spans || ["k", "m", "t", "g", "mm"].contains(&behind.lower.as_str()) {
            return Some(format!("with `{}` it is an amount, and no count", behind.word));
        }
        None
    }

    /// A sign before or behind the number that makes it something else: `4+`, `40 %`, `$5`.
    fn sign(&self, at: usize) -> Option<char> {
        let tokens = &self.tokens[self.pieces[at].tokens.clone()];
        let before = tokens.first().and_then(|token| token.before.trim_end().chars().next_back());
        let behind = tokens.last().and_then(|token| token.behind.trim_start().chars().next());
        // "A four-hour meeting" has a hyphen, "-4" a sign.
        if let Some(minus) = before.filter(|sign| "-‐‑−–".contains(*sign)) {
            let first = tokens.first()?;
            let apart = minus == '–' && first.before.ends_with(char::is_whitespace);
            let text = first.before.trim_end().trim_end_matches(minus);
            if !first.joined && !apart && (minus == '−' || !text.ends_with(char::is_alphanumeric)) {
                return Some(minus);
            }
        }
        before.into_iter().chain(behind).find(|sign| "%‰+±~≈<>≤≥=×/$€£¥₪№".contains(*sign))
    }

    /// Why a piece that is not the number makes the number unreadable; `near` is whether it stands before
    /// it, right behind it or last.
    fn foreign(&self, at: usize, near: bool) -> Option<String> {
        let words = self.words(at);
        let has_digits = || words.chars().any(char::is_numeric);
        match self.pieces[at].is {
            Is::Phrase(Says::Anywhere | Says::Before(_) | Says::Behind(_) | Says::Either(_)) => {}
            _ if !near => return None,
            Is::Order => return Some(format!("`{words}` is a place in an order, or a part, and no count")),
            Is::Phrase(Says::Approximately) => {
                return Some(format!("with `{words}` it is no figure that can be checked"));
            }
            Is::Phrase(Says::Vague) | Is::Crowd => {
                return Some(format!("`{words}` is no number that could be checked"));
            }
            Is::Phrase(Says::Beside | Says::Preposition(_)) => {}
            Is::Word if has_digits() => {}
            _ => return None,
        }
        Some(format!("`{words}` changes what a number says, and is not understood there"))
    }
}

#[cfg(test)]
mod tests;
