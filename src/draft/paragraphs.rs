//! A plain text -> its headline, what stands under that, and its paragraphs as a reader would count them.

use super::head::{self, Head};
use super::vocabulary::OUTLETS;

/// What an article is made of.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub head: Head,
    pub blocks: Vec<Block>,
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
}

/// Reads a plain text. Paragraphs are parted by empty lines, or by the ends of lines where these were not broken to fit a
/// width.
pub fn read(text: &str) -> Said {
    let mut said = Said::default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut lines = behind_empty(&lines);
    let first = lines.split(|line| line.is_empty()).next().unwrap_or(&[]);
    if let Some((line, rest)) = lines.split_first()
        && !behind_empty(rest).is_empty()
        && could_be_title(line)
        && !first.get(1).is_some_and(|next| is_broken(line, next, widest(first)) && !head::is_line(next))
    {
        if !said.head.take(line) {
            said.head.title = Some(one_line(line));
        }
        said.blocks.push(Block::Above(one_line(line)));
        lines = behind_empty(rest);
    }
    lines = above(&mut said, lines);
    if let Some(first) = said.head.title.take_if(|title| is_outlet(title)) {
        said.head.outlet = Some(first);
        if let Some((line, rest)) = lines.split_first()
            && !behind_empty(rest).is_empty()
            && could_be_title(line)
        {
            said.head.title = Some(one_line(line));
            said.blocks.push(Block::Above(one_line(line)));
            lines = above(&mut said, behind_empty(rest));
        }
    }
    let mut blocks: Vec<(String, bool)> = Vec::new();
    for block in lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()) {
        let parts = parts(block);
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

/// Takes the lines that stand above an article; returns the others.
fn above<'l, 't>(said: &mut Said, mut lines: &'l [&'t str]) -> &'l [&'t str] {
    while let Some((line, rest)) = lines.split_first()
        && !behind_empty(rest).is_empty()
        && said.head.take(line)
    {
        said.blocks.push(Block::Above(one_line(line)));
        lines = behind_empty(rest);
    }
    lines
}

/// Whether a line is the name of a newspaper rather than a headline.
fn is_outlet(line: &str) -> bool {
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    words.len() <= 5 && words.last().is_some_and(|word| OUTLETS.contains(&word.as_str()))
}

/// Lines from the first that is not empty.
fn behind_empty<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let at = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    &lines[at..]
}

/// White space as one space, and no ends of lines.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of lines that stand together.
fn parts(lines: &[&str]) -> Vec<String> {
    let widest = widest(lines);
    let mut parts: Vec<String> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let goes_on = index > 0 && is_broken(lines[index - 1], line, widest);
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

/// Whether a paragraph goes on behind the end of a line: where its next word had no room there, and nothing new begins.
fn is_broken(line: &str, next: &str, widest: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let is_wrapped = (45..=120).contains(&widest);
    is_wrapped && line.chars().count() + 1 + word > widest && !is_item(next)
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
    length <= 200 && !line.ends_with(['.', '…', ':', ';', ',', '۔', '。']) && !is_item(line)
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
