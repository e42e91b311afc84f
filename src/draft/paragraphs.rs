//! A plain text -> its headline, what stands under that, and its paragraphs as a reader would count them.

use super::head::{self, Head};
use super::headline;

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
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let whole = lines.as_slice();
    let mut lines = behind_empty(whole);
    let first = lines.split(|line| line.is_empty()).next().unwrap_or(&[]);
    let behind = behind_empty(&lines[first.len()..]);
    let length = match lines.first() {
        Some(line) if says(line) && !behind_empty(&lines[1..]).is_empty() => 1,
        _ => headline::length(lines, whole),
    };
    if headline::is_head(first, whole) && !behind.is_empty() {
        headline::take_head(&mut said, first, whole);
        lines = above(&mut said, behind);
    } else if length > 0 {
        headline::take_head(&mut said, &lines[..length], whole);
        lines = above(&mut said, behind_empty(&lines[length..]));
    }
    lines = headline::below(&mut said, lines, whole);
    lines = above(&mut said, behind_empty(lines));
    headline::doubt(&mut said);
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

/// Whether a line says who wrote an article, or when.
pub fn says(line: &str) -> bool {
    head::is_line(line)
}

/// Takes what a line above an article says. Its newspaper stands beside the date; behind the headline that may be the place.
pub fn take(said: &mut Said, line: &str, is_first: bool) -> bool {
    said.head.take(line, |name| is_first || headline::is_paper(name))
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

/// Lines from the first that is not empty.
pub fn behind_empty<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
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

pub fn widest(lines: &[&str]) -> usize {
    lines.iter().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// The widest line that somebody breaks by hand or by a program.
pub const WIDEST: usize = 120;

/// Whether a paragraph goes on behind the end of a line: where a sentence does, where its next word had no room there, or
/// where empty lines part all paragraphs of the text; and nothing new begins.
pub fn is_broken(line: &str, next: &str, widest: usize, is_parted: bool) -> bool {
    goes_on(line, next, widest) || !is_item(next) && is_parted && widest <= WIDEST
}

/// Whether a line goes on in the next, which begins with a small letter or had no room there.
pub fn goes_on(line: &str, next: &str, widest: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let had_no_room = (45..=WIDEST).contains(&widest) && line.chars().count() + 1 + word > widest;
    !is_item(next) && (had_no_room || next.starts_with(char::is_lowercase))
}

/// Whether a line is one of a list.
pub fn is_item(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    line.starts_with(['•', '–', '—', '·', '▪', '‣'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || (1..4).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "))
}

const ENDS: [char; 17] =
    ['.', '!', '?', '…', ':', ';', ',', '"', '”', '’', '»', ')', '؟', '۔', '。', '！', '？'];

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
            // It may be a town.
            ("Brackwater Lamp, 4 May 2022\nMinisters met in secret\nby Mira Kold", ""),
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
