//! Which lines of a plain text are its headline, and which is the name of its newspaper.

use super::paragraphs::{
    Block, Said, WIDEST, behind_empty, goes_on, is_broken, is_item, one_line, says, widest,
};
use super::vocabulary::OUTLETS;

/// How many of the lines that begin here are a headline: one, and those that it goes on in. A headline stands alone: behind it
/// is an empty line, or one that says who wrote the article or when. Where no empty line parts the text, or no line of it was
/// broken to fit a width, it is the first line.
pub fn length(lines: &[&str], whole: &[&str]) -> usize {
    const MOST: usize = 3;
    let is_end = |line: &&str| line.is_empty() || says(line) || line.starts_with('¶');
    let end = lines.iter().position(is_end).unwrap_or(lines.len());
    let block = &lines[..end];
    let Some(first) = block.first() else { return 0 };
    if behind_empty(&lines[1..]).is_empty() || !could_be(first) {
        return 0;
    }
    if end < lines.len() && end <= MOST && block.iter().all(|line| could_be(line)) {
        return joined(block, whole);
    }
    let Some(next) = block.get(1) else { return 0 };
    let is_free = next.chars().count() > WIDEST || !whole.iter().any(|line| line.is_empty());
    usize::from(is_free && !is_broken(first, next, widest(block), false))
}

/// How many lines that stand together are one headline.
fn joined(block: &[&str], whole: &[&str]) -> usize {
    let width = width(whole);
    1 + block.windows(2).take_while(|pair| goes_on(pair[0], pair[1], width)).count()
}

/// The width that the lines of a text were broken to fit; 0 where they were not.
fn width(whole: &[&str]) -> usize {
    let widest = widest(whole);
    if widest > WIDEST { 0 } else { widest }
}

/// Takes the headline that begins these lines, if there is one; returns the lines behind it.
pub fn take<'l, 't>(said: &mut Said, lines: &'l [&'t str], whole: &[&str]) -> &'l [&'t str] {
    let (headline, rest) = lines.split_at(length(lines, whole));
    if !headline.is_empty() {
        said.head.title = Some(one_line(&headline.join(" ")));
        said.head.perhaps_title = None;
        said.blocks.extend(headline.iter().map(|line| Block::Above(one_line(line))));
    }
    rest
}

/// Whether lines that stand together are all above an article: at least one of them says who wrote it or when, and none is
/// text.
pub fn is_head(lines: &[&str], whole: &[&str]) -> bool {
    let plain = lines.iter().filter(|line| !says(line));
    let fits = plain.clone().all(|line| could_be(line));
    let count = parts(lines, whole).len();
    fits && (1..=3).contains(&count) && lines.iter().any(|line| says(line))
}

/// The lines that say neither who nor when, each with where it stands; a headline in several lines is one.
fn parts(lines: &[&str], whole: &[&str]) -> Vec<(usize, String)> {
    let width = width(whole);
    let mut parts: Vec<(usize, String)> = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !says(line)) {
        let above = index.checked_sub(1).map(|above| lines[above]).filter(|above| !says(above));
        match parts.last_mut() {
            Some((last, text)) if above.is_some_and(|above| goes_on(above, line, width)) => {
                *last = index;
                text.push_str(&format!(" {}", one_line(line)));
            }
            _ => parts.push((index, one_line(line))),
        }
    }
    parts
}

/// Takes the newspaper, the headline and what else stands above an article, in any order.
pub fn take_head(said: &mut Said, lines: &[&str], whole: &[&str]) {
    let mut plain = parts(lines, whole);
    let first = plain.first().map_or(lines.len(), |(index, _)| *index);
    for (index, line) in lines.iter().enumerate() {
        said.blocks.push(Block::Above(one_line(line)));
        said.head.take(line, |name| index < first || is_paper(name));
    }
    if said.head.outlet.is_none() && plain.len() == 1 {
        said.head.outlet = plain.pop_if(|(_, line)| is_outlet(line)).map(|(_, line)| line);
        said.head.perhaps_title = said.head.outlet.clone().filter(|_| lines.len() > 1);
    }
    if said.head.outlet.is_none() && plain.len() > 1 {
        // Capitals alone may be those of a town.
        let is_town = is_capitals(&plain[0].1)
            && !is_paper(&plain[0].1)
            && !plain[1..].iter().all(|(_, line)| is_capitals(line));
        let is_parted = plain[0].0 + 1 < plain[1].0 && !is_town;
        let last = plain.iter().skip(1).position(|(_, line)| is_paper(line));
        let place = match last {
            Some(last) if is_parted || !is_paper(&plain[0].1) => Some(last + 1),
            _ => (is_paper(&plain[0].1) || is_parted && is_name(&plain[0].1)).then_some(0),
        };
        match place.map(|place| plain.remove(place).1) {
            Some(name) if is_paper(&name) => said.head.outlet = Some(name),
            Some(name) => said.head.perhaps_outlet = Some(name),
            None if is_parted => said.head.perhaps_title = Some(plain[1].1.clone()),
            None => {}
        }
        if is_town && plain.len() > 1 {
            plain.remove(0);
        }
    }
    said.head.title = said.head.title.take().or_else(|| plain.into_iter().next().map(|(_, line)| line));
}

/// Takes the short line below the date for the headline, where what stands above that may be the name of a newspaper. Where
/// it may be either, the other line is kept to be told.
pub fn below<'l, 't>(said: &mut Said, lines: &'l [&'t str], whole: &[&str]) -> &'l [&'t str] {
    let length = length(lines, whole);
    let behind = &lines[length..];
    let is_last = behind.first().is_none_or(|line| line.is_empty() || says(line));
    if length == 0 || !is_last && whole.iter().any(|line| line.is_empty()) {
        return lines;
    }
    if said.head.title.is_some() {
        let is_signed = behind_empty(behind).first().is_some_and(|line| says(line));
        let is_dated = said.head.has_date() || !said.head.authors.is_empty();
        let is_alone = is_dated && behind.first().is_some_and(|line| line.is_empty());
        let has_outlet = said.head.outlet.is_some();
        // Capitals alone may be those of a town.
        let is_town =
            |title: &str| is_capitals(title) && (is_signed || is_alone && title.split(' ').count() <= 3);
        let is_no_title =
            |title: &mut String| !has_outlet && (is_signed || is_alone) && is_name(title) || is_town(title);
        if let Some(above) = said.head.title.take_if(is_no_title) {
            match is_paper(&above) {
                true => said.head.outlet = said.head.outlet.take().or(Some(above)),
                false if !has_outlet => said.head.perhaps_outlet = Some(above),
                false => {}
            }
            return take(said, lines, whole);
        }
        if is_alone && !has_outlet {
            said.head.perhaps_title = Some(one_line(&lines[..length].join(" ")));
        }
        return lines;
    }
    // What stands alone below all that is the headline.
    if said.blocks.is_empty() { lines } else { take(said, lines, whole) }
}

/// Notes that a headline may be the name of a newspaper, where nothing else is.
pub fn doubt(said: &mut Said) {
    let is_dated = said.head.has_date() || !said.head.authors.is_empty();
    if said.head.outlet.is_none() && said.head.perhaps_outlet.is_none() && is_dated {
        said.head.perhaps_outlet = said.head.title.clone().filter(|title| is_name(title));
    }
}

/// Whether a line is the name of a newspaper.
pub fn is_paper(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    is_outlet(line) || words.len() > 1 && words[0].eq_ignore_ascii_case("the") && is_name(line)
}

/// Whether a line may be a name: few words, all with a capital letter.
fn is_name(line: &str) -> bool {
    const MOST: usize = 5;
    const SMALL: [&str; 9] = ["of", "and", "the", "for", "de", "la", "le", "du", "des"];
    let words: Vec<&str> = line.split_whitespace().collect();
    words.len() <= MOST
        && words.iter().all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(word))
        && line.starts_with(|c: char| !c.is_lowercase())
        && !line.contains(['|', '—', '–', ',', '?', '!', ':'])
}

/// Whether a line is the name of a newspaper rather than a headline.
fn is_outlet(line: &str) -> bool {
    let last = line.split_whitespace().next_back();
    is_name(line) && last.is_some_and(|word| OUTLETS.contains(&word.to_lowercase().as_str()))
}

fn is_capitals(line: &str) -> bool {
    line.split(' ').count() <= 5 && line.chars().all(|c| !c.is_lowercase())
}

/// Whether a line may be a headline, or a part of one.
fn could_be(line: &str) -> bool {
    line.chars().count() <= 200
        && !line.ends_with(['.', '…', ':', ';', ',', '۔', '。'])
        && !is_item(line)
        && !line.starts_with('¶')
}
