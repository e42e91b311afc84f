//! A plain text -> its headline, what stands under that, and its paragraphs as a reader would count them.

use super::head::{self, Head};
use super::vocabulary::OUTLETS;

/// What an article is made of.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub head: Head,
    pub blocks: Vec<Block>,
    /// The numbers of the paragraphs where the text has them: `¶4`.
    pub marked: Vec<usize>,
}

/// A part of an article. Only paragraphs are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The headline, the line with the author, and the like.
    Above(String),
    Heading(String),
    Paragraph(String),
}

impl Said {
    /// The paragraphs; that of index 0 is ¶1.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The number of each paragraph: its own, else as they are counted.
    pub fn numbers(&self) -> Vec<usize> {
        let count = self.paragraphs().count();
        if self.marked.len() == count { self.marked.clone() } else { (1..=count).collect() }
    }
}

/// Reads a plain text. Paragraphs are parted by empty lines, or by the ends of lines where these were not broken to fit a
/// width.
pub fn read(text: &str) -> Said {
    let mut said = Said::default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut lines = behind_empty(&lines);
    let first = lines.split(|line| line.is_empty()).next().unwrap_or(&[]);
    let behind = behind_empty(&lines[first.len()..]);
    if is_head(first) && !behind.is_empty() {
        take_head(&mut said, first);
        lines = above(&mut said, behind);
    } else if let Some((line, rest)) = lines.split_first()
        && !behind_empty(rest).is_empty()
        && could_be_title(line)
        && !first
            .get(1)
            .is_some_and(|next| is_broken(line, next, widest(first), false) && !head::is_line(next))
    {
        take_head(&mut said, &[*line]);
        lines = above(&mut said, behind_empty(rest));
    }
    // A newspaper alone above the headline is known by the line with the author or the date beside that.
    let mut is_above = false;
    if let Some((line, rest)) = lines.split_first()
        && could_be_heading(line)
    {
        let is_signed = behind_empty(rest).first().is_some_and(|line| says(line));
        let is_alone = said.head.has_date() && rest.first().is_some_and(|line| line.is_empty());
        // Capitals alone may be those of a town.
        let is_town =
            |title: &str| is_capitals(title) && (is_signed || is_alone && title.split(' ').count() <= 3);
        let has_outlet = said.head.outlet.is_some();
        let is_no_title =
            |title: &mut String| !has_outlet && (is_signed || is_alone) && is_paper(title) || is_town(title);
        if let Some(title) = said.head.title.take_if(is_no_title) {
            is_above = true;
            said.head.outlet = said.head.outlet.take().or(Some(title).filter(|title| is_paper(title)));
        }
    }
    // What stands alone below all that is the headline.
    is_above |= said.head.outlet.is_some();
    if said.head.title.is_none()
        && let Some((line, rest)) = lines.split_first()
        && (is_above
            || !said.blocks.is_empty() && rest.first().is_some_and(|next| next.is_empty() || says(next)))
        && !behind_empty(rest).is_empty()
        && could_be_title(line)
    {
        said.head.title = Some(one_line(line));
        said.blocks.push(Block::Above(one_line(line)));
        lines = above(&mut said, behind_empty(rest));
    }
    if lines.first().is_some_and(|line| mark(line).is_some()) {
        marked(&mut said, lines);
        return said;
    }
    let mut blocks: Vec<(String, bool)> = Vec::new();
    let texts = || lines.split(|line| line.is_empty()).filter(|block| has_words(block));
    let runs = |block: &&[&str]| block.last().is_some_and(|line| line.ends_with(ENDS) && !is_item(line));
    let is_parted = texts().filter(runs).count() > 1;
    for block in texts() {
        let parts = parts(block, is_parted);
        let is_one = parts.len() == 1 && block.len() == 1;
        blocks.extend(parts.into_iter().map(|part| (part, is_one)));
    }
    for (index, (block, is_one)) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1);
        let leads = *is_one && next.is_some_and(|(next, _)| is_running(next));
        said.blocks.push(match leads && could_be_heading(block) {
            true => Block::Heading(block.clone()),
            false => Block::Paragraph(block.clone()),
        });
    }
    said
}

/// Whether lines that stand together are all above an article: at least one of them says who wrote it or when, and none is
/// text.
fn is_head(lines: &[&str]) -> bool {
    let plain = lines.iter().filter(|line| !says(line));
    let (count, fits) =
        plain.fold((0, true), |(count, fits), line| (count + 1, fits && could_be_title(line)));
    fits && (1..=3).contains(&count) && lines.iter().any(|line| says(line))
}

/// Whether a line says who wrote an article, or when.
pub fn says(line: &str) -> bool {
    head::is_line(line)
}

/// Whether a line is the name of a newspaper.
fn is_paper(line: &str) -> bool {
    is_outlet(line) || is_named(line)
}

/// Takes the newspaper, the headline and what else stands above an article, in any order.
fn take_head(said: &mut Said, lines: &[&str]) {
    let mut plain: Vec<(usize, String)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        said.blocks.push(Block::Above(one_line(line)));
        if !take(said, line, plain.is_empty()) {
            plain.push((index, one_line(line)));
        }
    }
    if said.head.outlet.is_none() && lines.len() == 1 {
        said.head.outlet = plain.pop_if(|(_, line)| is_outlet(line)).map(|(_, line)| line);
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
            _ => (is_paper(&plain[0].1) || is_parted).then_some(0),
        };
        said.head.outlet = place.map(|place| plain.remove(place).1);
        if is_town && plain.len() > 1 {
            plain.remove(0);
        }
    }
    said.head.title = said.head.title.take().or_else(|| plain.into_iter().next().map(|(_, line)| line));
}

/// Takes what a line above an article says. Its newspaper stands beside the date; behind the headline that may be the place.
pub fn take(said: &mut Said, line: &str, is_first: bool) -> bool {
    said.head.take(line, |name| is_first || is_paper(name))
}

/// Whether a line is a name with an article: `The Evening Lamp`.
fn is_named(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    (2..=5).contains(&words.len())
        && words[0].eq_ignore_ascii_case("the")
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || *word == "of")
}

fn is_capitals(line: &str) -> bool {
    line.split(' ').count() <= 5 && line.chars().all(|c| !c.is_lowercase())
}

/// The number that a line begins with, and the text behind it: `¶4  The ministry …`.
fn mark(line: &str) -> Option<(usize, &str)> {
    let rest = line.strip_prefix('¶')?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|_| digits <= 4)?;
    let text = &rest[digits..];
    let text = text.strip_prefix(['.', ':']).unwrap_or(text);
    (text.starts_with(' ') && text.contains(char::is_alphanumeric)).then(|| (number, text.trim_start()))
}

/// Reads a text whose paragraphs have their numbers. What has none belongs to the paragraph above it, or is a heading.
fn marked(said: &mut Said, lines: &[&str]) {
    for block in lines.split(|line| line.is_empty()).filter(|block| has_words(block)) {
        for (index, line) in block.iter().enumerate() {
            match (mark(line), said.blocks.last_mut()) {
                (Some((number, text)), _) => {
                    said.marked.push(number);
                    said.blocks.push(Block::Paragraph(one_line(text)));
                }
                (None, _) if index == 0 && block.len() == 1 && could_be_heading(line) => {
                    said.blocks.push(Block::Heading(one_line(line)));
                }
                (None, Some(Block::Paragraph(above))) => above.push_str(&format!(" {}", one_line(line))),
                // Text under a heading is a paragraph without a number: then all are counted.
                (None, _) => said.blocks.push(Block::Paragraph(one_line(line))),
            }
        }
    }
    if !said.marked.is_sorted_by(|first, second| first < second) || said.marked.first() == Some(&0) {
        said.marked.clear();
    }
}

/// Takes the lines that stand above an article; returns the others.
fn above<'l, 't>(said: &mut Said, mut lines: &'l [&'t str]) -> &'l [&'t str] {
    while let Some((line, rest)) = lines.split_first()
        && !behind_empty(rest).is_empty()
        && (take(said, line, false) || said.head.title.is_some() && said.head.take_place(line))
    {
        said.blocks.push(Block::Above(one_line(line)));
        lines = behind_empty(rest);
    }
    lines
}

/// Whether a line is the name of a newspaper rather than a headline.
fn is_outlet(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_name =
        |word: &&str| !word.starts_with(char::is_lowercase) || ["of", "and", "the", "for"].contains(word);
    words.len() <= 5
        && words.iter().all(is_name)
        && words.last().is_some_and(|word| OUTLETS.contains(&word.to_lowercase().as_str()))
}

/// Lines from the first that is not empty.
fn behind_empty<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let at = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    &lines[at..]
}

/// Whether lines are more than a mark that parts others: `* * *`.
pub fn has_words(lines: &[&str]) -> bool {
    lines.iter().any(|line| line.contains(char::is_alphanumeric))
}

/// White space as one space, and no ends of lines.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of lines that stand together, in a text whose paragraphs are parted by empty lines or are not.
fn parts(lines: &[&str], is_parted: bool) -> Vec<String> {
    let widest = widest(lines);
    let mut parts: Vec<String> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let goes_on = index > 0 && is_broken(lines[index - 1], line, widest, is_parted);
        match parts.last_mut() {
            Some(last) if goes_on => last.push_str(&format!(" {}", one_line(line))),
            _ => parts.push(one_line(line)),
        }
    }
    parts
}

fn widest(lines: &[&str]) -> usize {
    lines.iter().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// The widest line that somebody breaks by hand or by a program.
const WIDEST: usize = 120;

/// Whether a paragraph goes on behind the end of a line: where a sentence does, where its next word had no room there, or
/// where empty lines part all paragraphs of the text; and nothing new begins.
fn is_broken(line: &str, next: &str, widest: usize, is_parted: bool) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let had_no_room = (45..=WIDEST).contains(&widest) && line.chars().count() + 1 + word > widest;
    let goes_on = !line.ends_with(ENDS) && next.starts_with(char::is_lowercase);
    !is_item(next) && (had_no_room || goes_on || is_parted && widest <= WIDEST)
}

/// Whether a line is one of a list.
fn is_item(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    line.starts_with(['•', '–', '—', '·', '▪', '‣'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || (1..4).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "))
}

const ENDS: [char; 17] =
    ['.', '!', '?', '…', ':', ';', ',', '"', '”', '’', '»', ')', '؟', '۔', '。', '！', '？'];

fn could_be_title(line: &str) -> bool {
    let length = line.chars().count();
    length <= 200
        && !line.ends_with(['.', '…', ':', ';', ',', '۔', '。'])
        && !is_item(line)
        && !line.starts_with('¶')
}

fn could_be_heading(block: &str) -> bool {
    block.chars().count() <= 70 && !block.ends_with(ENDS) && !is_item(block)
}

/// Whether a block is a text rather than a line of a list.
fn is_running(block: &str) -> bool {
    block.ends_with(ENDS) && block.chars().count() > 50 && !is_item(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Vec<String> {
        read(text).paragraphs().map(str::to_owned).collect()
    }

    #[test]
    fn paragraphs_are_those_that_a_reader_counts() {
        let wrapped = "Talks at the harbour\nBy Ada Berg\n\nThe foreign minister of Selvara and the envoy of\n\
                       Norland met on Monday, two officials said.\n\nWhat was agreed\n\n\
                       Nobody would say what they had spoken about, or why.\n- a boat\n- a pier\n";
        assert_eq!(
            numbered(wrapped),
            [
                "The foreign minister of Selvara and the envoy of Norland met on Monday, two officials said.",
                "Nobody would say what they had spoken about, or why.",
                "- a boat",
                "- a pier",
            ]
        );
    }

    #[test]
    fn a_newspaper_above_the_headline_is_none() {
        let said = read(
            "THE HARBOUR GAZETTE\n3 March 2025\nMayor and developer met\nBy Anna Kell\n\n\
             The mayor of Ostrel met a developer, letters show.\n\nShe denies it.\n",
        );
        assert_eq!(said.head.outlet.as_deref(), Some("THE HARBOUR GAZETTE"));
        assert_eq!(said.head.title.as_deref(), Some("Mayor and developer met"));
        assert_eq!(said.head.authors, ["Anna Kell"]);
        assert_eq!(said.paragraphs().count(), 2);
    }

    #[test]
    fn the_lines_above_an_article_are_read_in_any_order() {
        let text = "The ministers met in secret, letters show.\n\nThey deny it.\n";
        for (above, outlet) in [
            ("THE EVENING LAMP\n4 May 2022\nMinisters met in secret\nBy Mira Kold", "THE EVENING LAMP"),
            ("THE EVENING LAMP\n\n4 May 2022\n\nMinisters met in secret\n\nBy Mira Kold", "THE EVENING LAMP"),
            ("The Evening Lamp\nMinisters met in secret\nBy Mira Kold\n4 May 2022", "The Evening Lamp"),
            ("Ministers met in secret\nBy Mira Kold\nThe Evening Lamp\n4 May 2022", "The Evening Lamp"),
            ("Ministers met in secret\nBy Mira Kold\nThe Evening Lamp, 4 May 2022", "The Evening Lamp"),
            ("The Evening Lamp, 4 May 2022\n\nMinisters met in secret\nBy Mira Kold", "The Evening Lamp"),
            ("Brackwater Lamp, 4 May 2022\nMinisters met in secret\nby Mira Kold", "Brackwater Lamp"),
            (
                "The Evening Lamp\nWednesday 4 May 2022\n\nMinisters met in secret\n\nBy Mira Kold",
                "The Evening Lamp",
            ),
            (
                "The Evening Lamp\nWednesday, 4 May 2022\n\nMinisters met in secret\nBy Mira Kold",
                "The Evening Lamp",
            ),
            ("Ministers met in secret\n\nBy Mira Kold\nThe Evening Lamp, 4 May 2022", "The Evening Lamp"),
            ("Ministers met in secret\n\nBy Mira Kold\n\n*The Evening Lamp, 4 May 2022*", "The Evening Lamp"),
            ("Updated 6 May 2022\n\nMinisters met in secret\nBy Mira Kold\n4 May 2022", ""),
            ("Ministers met in secret\n4 May 2022\n\nBy Mira Kold", ""),
            ("PORT LUND\n\nMinisters met in secret\nBy Mira Kold\n4 May 2022", ""),
            ("PORT LUND\nMinisters met in secret\nBy Mira Kold\n4 May 2022", ""),
            ("4 May 2022\nMinisters met in secret\nBy Mira Kold", ""),
            ("Ministers met in secret\nPort Lund, 4 May 2022\nBy Mira Kold", ""),
            ("Ministers met in secret\nBy Mira Kold\nPublished on 4 May 2022", ""),
        ] {
            let said = read(&format!("{above}\n\n{text}"));
            assert_eq!(said.head.outlet.as_deref().unwrap_or(""), outlet, "{above}");
            assert_eq!(said.head.title.as_deref(), Some("Ministers met in secret"), "{above}");
            assert_eq!(said.head.published.as_deref(), Some("2022-05-04"), "{above}");
            assert_eq!(said.head.authors, ["Mira Kold"], "{above}");
            assert_eq!(
                said.paragraphs().next(),
                Some("The ministers met in secret, letters show."),
                "{above}"
            );
            assert_eq!(said.paragraphs().count(), 2, "{above}");
        }
    }

    #[test]
    fn a_headline_is_below_its_newspaper_and_date() {
        let said = read(
            "The Morvane Courier\nTuesday 3 December 2024\n\nMinister met owners\n\nThe minister met the owners, letters show.\n\n* * *\n\nThey deny it.\n",
        );
        assert_eq!(said.head.title.as_deref(), Some("Minister met owners"));
        assert_eq!(said.head.outlet.as_deref(), Some("The Morvane Courier"));
        assert_eq!(said.head.published.as_deref(), Some("2024-12-03"));
        assert_eq!(said.paragraphs().count(), 2);
        let said = read(
            "Minister slams review\n3 May 2024\n\nA long report\n\nThe minister met the owners, letters show.\n",
        );
        assert_eq!(said.head.title.as_deref(), Some("Minister slams review"));
        let said = read("Minister met owners\nMonday, 3 December 2024\n\nThe minister met the owners.\n");
        assert_eq!(said.head.published, None);
        assert_eq!(
            said.head.dated.as_deref(),
            Some("Monday, 3 December 2024: it was another day of the week")
        );
    }

    #[test]
    fn paragraphs_keep_the_numbers_that_they_have() {
        let said =
            read("Talks\n\n¶4  They met\n    at noon.\n\nWhat followed\n\n¶5  They left.\n¶7 They slept.\n");
        assert_eq!(said.head.title.as_deref(), Some("Talks"));
        assert_eq!(said.paragraphs().collect::<Vec<_>>(), ["They met at noon.", "They left.", "They slept."]);
        assert_eq!(said.numbers(), [4, 5, 7]);
        // Numbers that do not rise are none.
        assert_eq!(read("¶2 They met.\n\n¶1 They left.\n").numbers(), [1, 2]);
        assert_eq!(read("¶1 They met\n\n¶2 They left\n").head.title, None);
    }

    #[test]
    fn without_empty_lines_each_line_is_a_paragraph() {
        let long = "They met at the harbour, and spoke of a boat. ".repeat(4);
        assert_eq!(numbered(&format!("Talks\n{long}\n{long}\nIt ended.")).len(), 3);
        assert_eq!(numbered("People named\n\nAda Berg, minister\nJon Vik, envoy\n").len(), 2);
    }

    /// What the rules miss: a list whose lines are all equally wide reads as one paragraph.
    #[test]
    fn lines_of_one_width_cannot_be_told_from_broken_ones() {
        let line = "Ada Berg, who is the minister of harbours here";
        assert_eq!(numbered(&format!("Those who came\n\n{line}\n{line}\n")).len(), 1);
    }
}
