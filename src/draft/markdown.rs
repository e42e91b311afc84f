//! Markdown -> the same as of a plain text. Front matter, headings and paragraphs are those of CommonMark.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::paragraphs::{Block, Said, has_words, one_line, says, take};
use crate::parse::markdown::without_tags;

pub fn read(text: &str) -> Said {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES;
    let mut said = Said::default();
    let mut now = String::new();
    let mut is_front = false;
    // What is struck out is not said any more.
    let mut struck = 0;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => is_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => {
                said.head.take_front(&std::mem::take(&mut now));
                is_front = false;
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = one_line(&std::mem::take(&mut now));
                let is_first = said.head.title.is_none() && said.paragraphs().next().is_none();
                if is_first && !heading.is_empty() {
                    said.head.title = Some(heading.clone());
                    said.blocks.push(Block::Above(heading));
                } else if !heading.is_empty() {
                    said.blocks.push(Block::Heading(heading));
                }
            }
            // A tight item of a list has no paragraph of its own; one with a list in it ends where that begins.
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableRow)
            | Event::End(TagEnd::TableHead)
            | Event::Start(Tag::List(_)) => end(&mut said, &mut now),
            Event::End(TagEnd::TableCell) => now.push(' '),
            Event::SoftBreak | Event::HardBreak if !is_front => now.push('\n'),
            Event::Start(Tag::Strikethrough) => struck += 1,
            Event::End(TagEnd::Strikethrough) => struck -= 1,
            Event::Text(text) | Event::Code(text) if struck == 0 => now.push_str(&text),
            Event::Html(html) => now.push_str(&without_tags(&html)),
            Event::End(TagEnd::HtmlBlock) => end(&mut said, &mut now),
            _ => {}
        }
    }
    end(&mut said, &mut now);
    said
}

/// Ends a paragraph. Lines above the first one may say who wrote the article, and when.
fn end(said: &mut Said, text: &mut String) {
    let text = std::mem::take(text);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if !has_words(&lines) {
        return;
    }
    let is_above = said.head.title.is_some() && said.paragraphs().next().is_none();
    if is_above && lines.iter().all(|line| says(line)) {
        for line in lines {
            take(said, line, false);
            said.blocks.push(Block::Above(one_line(line)));
        }
    } else {
        said.blocks.push(Block::Paragraph(one_line(&text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_counted_as_it_is_shown() {
        let said = read(
            "---\ndate: 2023-06-14\nauthor: \"Ada Berg\"\n---\n\n# Talks\n\nThey *met*\nin [Lund](x.md).\n\n## After\n\n- one\n- two\n\n> Said she.\n",
        );
        assert_eq!(said.head.title.as_deref(), Some("Talks"));
        assert_eq!(said.head.published.as_deref(), Some("2023-06-14"));
        assert_eq!(said.head.authors, ["Ada Berg"]);
        let paragraphs: Vec<&str> = said.paragraphs().collect();
        assert_eq!(paragraphs, ["They met in Lund.", "one", "two", "Said she."]);
    }

    #[test]
    fn html_is_counted_and_what_is_struck_out_is_not_said() {
        let said = read("# Talks\n\nOne ~~and two~~.\n\n<div>Three.</div>\n\nFour.\n");
        let paragraphs: Vec<&str> = said.paragraphs().collect();
        assert_eq!(paragraphs, ["One .", "Three.", "Four."]);
    }

    #[test]
    fn a_newspaper_and_a_date_under_the_headline_are_no_paragraph() {
        let said = read("# Talks\n\n*The Bay Herald, 9 October 2024*\n\nThey met.\n");
        assert_eq!(said.head.outlet.as_deref(), Some("The Bay Herald"));
        assert_eq!(said.head.published.as_deref(), Some("2024-10-09"));
        assert_eq!(said.paragraphs().count(), 1);
    }
}
