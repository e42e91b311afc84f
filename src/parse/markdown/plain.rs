//! What only shows once Markdown is read: characters that are written by their number, and our notation where a text
//! stands that nobody can click on.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::Setting;
use crate::diag::Diagnostic;
use crate::parse::characters::{is_control, unfit};
use crate::parse::inline::MASK;
use crate::parse::problems;
use crate::source::turns_direction;

/// Reports `&#8238;` and the like, which would bring in what [`unfit`] keeps out, and notation in the address or title
/// of a link, which would be lost; and puts something harmless in the place of each, since holes are marked by control
/// characters.
pub fn check(
    text: &str,
    events: &mut [(Event, Range<usize>)],
    setting: &Setting,
    problems: &mut Vec<Diagnostic>,
) {
    for (event, range) in events {
        let span = (setting.place)(range.clone());
        match event {
            // A reference is longer than what it stands for.
            Event::Text(shown) if shown.len() < range.len() && is_reference(text, range) => {
                if let Some(c) = shown.chars().find(|c| is_unfit(*c)) {
                    problems.push(problems::by_number(span, c));
                    replace(shown);
                }
            }
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                if dest_url.contains(MASK) || title.contains(MASK) {
                    problems.push(problems::notation_in_link(span));
                } else if let Some((_, unfit)) = unfit(dest_url).chain(unfit(title)).next() {
                    problems.push(problems::by_number(span, unfit.character()));
                }
                replace(dest_url);
                replace(title);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                let found = unfit(language).next();
                if let Some((_, unfit)) = found {
                    problems.push(problems::by_number(span, unfit.character()));
                    replace(language);
                }
            }
            _ => {}
        }
    }
}

fn is_unfit(c: char) -> bool {
    is_control(c) || turns_direction(c)
}

fn replace(text: &mut CowStr) {
    if text.contains(is_control) {
        *text = text.replace(is_control, "\u{FFFD}").into();
    }
}

fn is_reference(text: &str, range: &Range<usize>) -> bool {
    text.get(range.clone()).is_some_and(|source| source.starts_with("&#"))
}
