//! The words beside a name that give somebody an office, and in what.

use super::super::sentences::Sentence;
use super::super::spans::{Span, is_before_title, is_title};
use super::super::vocabulary::{HONORIFICS, OFFICES, SEATS};
use super::{Is, Names, Role};

/// What kind of office somebody holds in what is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Office,
    Seat,
}

/// The office that is held in what a span names: `Norland's minister`, `the minister of Norland`.
pub fn held_in(sentence: &Sentence, span: &Span) -> Option<Held> {
    let last = sentence.words.get(span.words.end - 1)?;
    if last.is_possessive
        && let Some(end) = titles_from(sentence, span.words.end, " ")
    {
        return held(&sentence.words[end - 1].lower());
    }
    let before = before_of(sentence, span)?;
    held(&sentence.words[before].lower())
}

/// The last word of the title before `of the` and a span.
fn before_of(sentence: &Sentence, span: &Span) -> Option<usize> {
    let is = |at: usize, words: &[&str]| words.contains(&sentence.words[at].lower().as_str());
    let near = |at: usize| sentence.words[at].gap == " ";
    let mut at = span.words.start;
    if at > 0 && near(at) && is(at - 1, &["the"]) {
        at -= 1;
    }
    if !(at > 1 && near(at) && is(at - 1, &["of", "for"]) && near(at - 1)) {
        return None;
    }
    is_title(&sentence.words[at - 2].lower()).then_some(at - 2)
}

fn held(title: &str) -> Option<Held> {
    match title {
        title if SEATS.contains(&title) => Some(Held::Seat),
        title if OFFICES.contains(&title) => Some(Held::Office),
        _ => None,
    }
}

/// The end of the title that begins at a word, behind the gap `gap`.
fn titles_from(sentence: &Sentence, at: usize, gap: &str) -> Option<usize> {
    if sentence.words.get(at)?.gap != gap {
        return None;
    }
    let mut end = at;
    while let Some(word) = sentence.words.get(end)
        && is_before_title(&word.lower())
        && (end == at || word.gap == " ")
    {
        end += 1;
    }
    while end > at && !is_title(&sentence.words[end - 1].lower()) {
        end -= 1;
    }
    (end > at).then_some(end)
}

/// The words of the title behind a name and a comma: `Ada Berg, the foreign minister`.
pub fn behind(sentence: &Sentence, span: &Span) -> Option<std::ops::Range<usize>> {
    let at = span.words.end;
    let word = sentence.words.get(at)?;
    let is_article = ["the", "a", "an"].contains(&word.lower().as_str());
    let (start, gap) = if is_article { (at + 1, " ") } else { (at, ", ") };
    if word.gap != ", " || !sentence.words.get(start)?.text.starts_with(char::is_lowercase) {
        return None;
    }
    titles_from(sentence, start, gap).map(|end| start..end)
}

/// Whether a name only says whose office, aide or building something is, so that it does not act itself.
pub fn is_aside(sentence: &Sentence, span: &Span) -> bool {
    let words = &sentence.words;
    let is_possessive = words.get(span.words.end - 1).is_some_and(|word| word.is_possessive);
    let leads_title = span.titles.is_empty() && titles_from(sentence, span.words.end, " ").is_some();
    let mut before = span.from();
    if before > 0 && words[before - 1].lower() == "the" {
        before -= 1;
    }
    let is_of = before > 0 && ["of", "for", "from", "in", "at"].contains(&words[before - 1].lower().as_str());
    is_possessive || leads_title || is_of
}

/// Adds the titles that stand beside names, as roles where what they are held in stands there too and is a group.
pub fn add(names: &mut Names, sentences: &[Sentence], spans: &[Vec<Span>]) {
    for (index, sentence) in sentences.iter().enumerate() {
        for found in names.uses[index].clone() {
            // They stand in the order of the sentence.
            let place = spans[index].binary_search_by_key(&found.words.start, |span| span.words.start);
            let Some(span) = place.ok().and_then(|place| spans[index].get(place)) else { continue };
            if names.all[found.name].is == Is::Person {
                let (of, titles) = match behind(sentence, span) {
                    Some(titles) => (of_behind(names, sentence, index, titles.end), titles),
                    None => (of_before(names, sentence, index, span), span.titles.clone()),
                };
                let is_office = titles.clone().any(|at| {
                    let word = sentence.words[at].lower();
                    !HONORIFICS.contains(&word.as_str())
                });
                if titles.is_empty() || !is_office {
                    continue;
                }
                let title = sentence.slice(titles.clone()).to_owned();
                let name = &mut names.all[found.name];
                match of {
                    // Titles of rank, such as "General", are no offices.
                    Some(of)
                        if held(&sentence.words[titles.end - 1].lower()) == Some(Held::Office)
                            && !is_of_another_time(sentence) =>
                    {
                        let role = Role { role: title, of, sentence: index };
                        let is_known =
                            name.roles.iter().any(|known| known.of == role.of && known.role == role.role);
                        if !is_known {
                            name.roles.push(role);
                        }
                    }
                    _ if !name.titles.iter().any(|(known, _)| *known == title) => {
                        name.titles.push((title, index))
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether a sentence says of an office that it was, or when it ended: then it is for a person to read from when to when.
fn is_of_another_time(sentence: &Sentence) -> bool {
    const WORDS: [&str; 14] = [
        "former",
        "formerly",
        "ex",
        "onetime",
        "one-time",
        "erstwhile",
        "then",
        "late",
        "outgoing",
        "retired",
        "until",
        "till",
        "incoming",
        "elect",
    ];
    let is_one = |word: &str| WORDS.contains(&word) || word.starts_with("ex-") || word.ends_with("-elect");
    sentence.words.iter().any(|word| is_one(&word.lower()))
}

/// The group behind a title: `minister of Norland`.
fn of_behind(names: &Names, sentence: &Sentence, index: usize, end: usize) -> Option<usize> {
    let word = |at: usize| sentence.words.get(at).filter(|word| word.gap == " ").map(|word| word.lower());
    if !["of", "for"].contains(&word(end)?.as_str()) {
        return None;
    }
    let start = end + 1 + usize::from(word(end + 1)? == "the");
    let near = sentence.words.get(start)?.gap == " ";
    let place =
        names.uses[index].binary_search_by_key(&start, |found| found.words.start).ok().filter(|_| near)?;
    group_at(names, index, place)
}

/// The group before a title: `Norland's minister`, `Harbour Board director`.
fn of_before(names: &Names, sentence: &Sentence, index: usize, span: &Span) -> Option<usize> {
    let start = span.titles.start;
    let last = sentence.words.get(start.checked_sub(1)?)?;
    let is_near = sentence.words.get(start)?.gap == " ";
    let place =
        names.uses[index].binary_search_by_key(&start, |found| found.words.end).ok().filter(|_| is_near)?;
    let of = group_at(names, index, place)?;
    let has_word = says_group(names, of);
    (last.is_possessive || has_word).then_some(of)
}

/// Whether the name itself says that it is a group, and not only what stands beside it.
fn says_group(names: &Names, of: usize) -> bool {
    names.all[of].doubt.is_none()
}

fn group_at(names: &Names, index: usize, place: usize) -> Option<usize> {
    let found = names.uses[index].get(place)?;
    (names.all[found.name].is == Is::Group).then_some(found.name)
}
