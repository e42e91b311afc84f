//! A sentence as numbers, phrases about numbers and other words.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use text2num::{Language, find_numbers};

use super::tokens::Token;
use super::words::{LANGUAGES, Says, Words};

/// Some tokens that say one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub tokens: Range<usize>,
    pub is: Is,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Number(u64),
    /// A number that is no count: `2.5`, `3–5`.
    Uncountable,
    /// A place in an order: `second`.
    Order,
    /// Many: `hundreds`, `tens of thousands`.
    Crowd,
    Phrase(Says),
    Word,
}

static PARSERS: LazyLock<[Language; LANGUAGES.len()]> =
    LazyLock::new(|| LANGUAGES.each_ref().map(|words| (words.parser)()));

/// The words of a language, by its BCP 47 tag.
pub fn words(language: &str) -> Option<&'static Words> {
    LANGUAGES.iter().find(|words| Some(words.language) == language.split('-').next())
}

/// The pieces of a text in their order, none left out. Without words only numerals are numbers.
pub fn pieces(tokens: &[Token], known: Option<&Words>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (length, is) = numeral(tokens, at, known)
            .map(|is| (1, is))
            .or_else(|| known.and_then(|known| phrase(tokens, at, known)))
            .unwrap_or((1, Is::Word));
        pieces.push(Piece { tokens: at..at + length, is });
        at += length;
    }
    if let Some(known) = known {
        pieces = spelled(tokens, pieces, known);
        pieces = multiplied(tokens, pieces, known);
        pieces = crowds(tokens, pieces, known);
        pieces = quantities(tokens, pieces, known);
        articles(tokens, &mut pieces, known);
    }
    pieces
}

fn numeral(tokens: &[Token], at: usize, known: Option<&Words>) -> Option<Is> {
    let token = &tokens[at];
    let number = *token.numbers.first()?;
    // "Das 4. Treffen".
    let order = known.is_some_and(|known| known.language == "de")
        && token.behind.starts_with('.')
        && at + 1 < tokens.len();
    Some(match () {
        _ if token.numbers.len() > 1 || token.decimal.is_some() => Is::Uncountable,
        _ if order => Is::Order,
        _ => Is::Number(number),
    })
}

/// The longest phrase there, and its length.
fn phrase(tokens: &[Token], at: usize, known: &Words) -> Option<(usize, Is)> {
    let length = |phrase: &str| {
        let mut length = 0;
        for word in phrase.split(' ') {
            if tokens.get(at + length)?.lower != word {
                return None;
            }
            length += 1;
        }
        Some(length)
    };
    let first = &tokens.get(at)?.lower;
    let all = known.phrases.iter().flat_map(|(says, phrases)| phrases.iter().map(move |it| (*it, *says)));
    let begun = all.filter(|(phrase, _)| phrase.starts_with(first.as_str()));
    let found = begun.filter_map(|(phrase, says)| Some((length(phrase)?, says)));
    found.max_by_key(|(length, _)| *length).map(|(length, says)| match says {
        Says::Number(number) => (length, Is::Number(number)),
        _ => (length, Is::Phrase(says)),
    })
}

/// A word for the parser of numbers; one that is taken is none of its own.
struct Part<'t> {
    word: &'t str,
    taken: bool,
    /// Whether a sign ends a number behind it.
    ends: bool,
}

impl text2num::Token for Part<'_> {
    fn text(&self) -> Cow<'_, str> {
        self.word.into()
    }

    fn text_lowercase(&self) -> Cow<'_, str> {
        self.word.into()
    }

    fn nt_separated(&self, previous: &Self) -> bool {
        previous.ends
    }

    fn not_a_number_part(&self) -> bool {
        self.taken
    }
}

/// The numbers in words, besides those that are there.
fn spelled(tokens: &[Token], pieces: Vec<Piece>, known: &Words) -> Vec<Piece> {
    let Some(parser) = LANGUAGES.iter().zip(&*PARSERS).find(|(words, _)| words.language == known.language)
    else {
        return pieces;
    };
    let mut taken = vec![false; tokens.len()];
    for piece in pieces.iter().filter(|piece| piece.is != Is::Word) {
        // The parser knows better what `third` and `half` belong to; a phrase of several words is one.
        let is_order =
            matches!(piece.is, Is::Phrase(Says::Beside | Says::Anywhere)) && piece.tokens.len() == 1;
        taken[piece.tokens.clone()].fill(!is_order);
    }
    let parts = tokens.iter().zip(&taken).enumerate().map(|(at, (token, taken))| Part {
        word: spelling(tokens, at, known),
        taken: *taken || known.unparsed.iter().any(|part| token.lower.contains(part)),
        ends: ends_number(token),
    });
    let mut found = find_numbers(parts, parser.1, 0.0).into_iter().peekable();
    let mut all = Vec::new();
    for piece in pieces {
        if all.last().is_some_and(|last: &Piece| piece.tokens.start < last.tokens.end) {
            continue;
        }
        let Some(number) = found.next_if(|number| number.start == piece.tokens.start) else {
            all.push(piece);
            continue;
        };
        let is = match number.text.parse() {
            _ if number.is_ordinal => Is::Order,
            Ok(value) => Is::Number(value),
            Err(_) => Is::Uncountable,
        };
        all.push(Piece { tokens: number.start..number.end, is });
    }
    all
}

/// Whether a sign behind it ends a number: `four, five`.
fn ends_number(token: &Token) -> bool {
    token.behind.starts_with([',', ';', '.', ':', '!', '?', ')', '('])
}

/// The word there as the parser knows it.
fn spelling<'t>(tokens: &'t [Token], at: usize, known: &Words) -> &'t str {
    let word = tokens[at].lower.as_str();
    // "A hundred".
    let counted = ["hundred", "thousand", "million", "billion"];
    if known.language == "en"
        && known.articles.contains(&word)
        && tokens.get(at + 1).is_some_and(|next| counted.contains(&next.lower.as_str()))
    {
        return "one";
    }
    let times = word.strip_suffix(known.times).filter(|rest| !rest.is_empty()).unwrap_or(word);
    known.also.iter().find(|(also, _)| *also == times).map_or(times, |(_, word)| word)
}

/// With what multiplies a number: `4 million`, `two dozen`.
fn multiplied(tokens: &[Token], pieces: Vec<Piece>, known: &Words) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for mut piece in pieces {
        let word = tokens[piece.tokens.start].lower.as_str();
        let dozen = known.dozens.iter().find(|(dozen, _)| piece.is == Is::Word && *dozen == word);
        let article = all.last().is_some_and(|last| {
            last.is == Is::Word && known.articles.contains(&tokens[last.tokens.start].lower.as_str())
        });
        let multiplies =
            article || all.last().is_some_and(|last| matches!(last.is, Is::Number(_) | Is::Uncountable));
        // The score of a game is no number.
        if let Some((_, times)) = dozen.filter(|(_, times)| *times == 12 || multiplies) {
            piece.is = Is::Number(*times);
        }
        let power = matches!(piece.is, Is::Number(100 | 1000 | 1_000_000 | 1_000_000_000));
        let apart = ends_number(&tokens[piece.tokens.start.saturating_sub(1)]);
        match (all.last_mut(), piece.is) {
            (Some(last), Is::Number(times))
                if !apart
                    && (dozen.is_some() || power && !tokens[last.tokens.start].numbers.is_empty())
                    && multiplies =>
            {
                last.is = match last.is {
                    Is::Number(number) => Is::Number(number.saturating_mul(times)),
                    Is::Word => Is::Number(times),
                    is => is,
                };
                last.tokens.end = piece.tokens.end;
            }
            _ => all.push(piece),
        }
    }
    all
}

/// With crowds, each of them one: `tens of thousands`.
fn crowds(tokens: &[Token], pieces: Vec<Piece>, known: &Words) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for mut piece in pieces {
        if known.crowds.contains(&tokens[piece.tokens.start].lower.as_str()) {
            piece.is = Is::Crowd;
            let before = all.len().checked_sub(2).and_then(|at| all.get(at));
            let of = all
                .last()
                .is_some_and(|last| ["of", "de", "von"].contains(&tokens[last.tokens.start].lower.as_str()));
            if of && before.is_some_and(|before| before.is == Is::Crowd) {
                all.pop();
                if let Some(before) = all.last_mut() {
                    before.tokens.end = piece.tokens.end;
                    continue;
                }
            }
        }
        all.push(piece);
    }
    all
}

/// With nouns of quantity, each vague together with what stands before it: `a large number`. Behind a number
/// they say something else, `four calls in a series`, but not right behind it, `two handfuls`.
fn quantities(tokens: &[Token], pieces: Vec<Piece>, known: &Words) -> Vec<Piece> {
    let is_article = |piece: &Piece| piece.tokens.len() == 1 && known.is_article(&tokens[piece.tokens.start]);
    let mut all: Vec<Piece> = Vec::new();
    let mut counted = false;
    for piece in pieces {
        let word = tokens[piece.tokens.start].lower.as_str();
        if piece.tokens.len() == 1
            && matches!(piece.is, Is::Word | Is::Phrase(_))
            && known.quantities.contains(&word)
        {
            // "A large number", but "a meeting, part of it" and "a meeting of many".
            let within = |before: &&Piece| {
                let token = &tokens[before.tokens.end - 1];
                !ends_number(token) && !known.links.contains(&token.lower.as_str())
            };
            let article = all.iter().rev().take(3).take_while(within).position(is_article);
            let right_behind = all.last().is_some_and(|last| matches!(last.is, Is::Number(_)));
            if let (false, Some(back)) = (counted, article) {
                let first = all.len() - 1 - back;
                let start = all[first].tokens.start;
                all.truncate(first);
                all.push(Piece { tokens: start..piece.tokens.end, is: Is::Phrase(Says::Vague) });
                continue;
            }
            if !counted || right_behind {
                all.push(Piece { is: Is::Phrase(Says::Vague), ..piece });
                continue;
            }
        }
        counted |= matches!(piece.is, Is::Number(_) | Is::Uncountable) && !is_article(&piece);
        all.push(piece);
    }
    all
}

/// An article is the number one, but none behind another number, unless it adds to it: `one meeting and a
/// call`, but not `talks between a minister and a king`.
fn articles(tokens: &[Token], pieces: &mut [Piece], known: &Words) {
    let (mut counted, mut between) = (false, false);
    for at in 0..pieces.len() {
        let start = pieces[at].tokens.start;
        let word = tokens[start].lower.as_str();
        if pieces[at].tokens.len() == 1 && known.is_article(&tokens[start]) {
            let half = pieces.get(at + 1).is_some_and(|next| next.is == Is::Phrase(Says::Anywhere));
            let and =
                start.checked_sub(1).is_some_and(|before| known.and.contains(&tokens[before].lower.as_str()));
            let adds = and && !half && !std::mem::take(&mut between);
            pieces[at].is = if counted && !adds { Is::Word } else { Is::Number(1) };
        }
        between |= word == known.between;
        counted |= matches!(pieces[at].is, Is::Number(_) | Is::Uncountable);
    }
}
