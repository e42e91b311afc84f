//! Links of Markdown to files of the dossier: where their addresses are written, and what they are when a file has moved.

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::parse::markdown::path;
use crate::source::{Sources, Span};

/// An address in a text, without its anchor.
pub struct Address {
    pub range: Range<usize>,
    pub text: String,
}

/// The address in the text of a link or image, when it leads to the path that is `wanted`.
pub fn inline(link: &str, folder: &str, wanted: &str) -> Option<Address> {
    let starts = link.match_indices("](").map(|(at, _)| at + 2);
    starts.filter_map(|start| address(link, start)).find(|found| leads(found, folder, wanted))
}

/// Where a link that leads to the path `wanted` names it, without the ending; the whole link where that is named on a line
/// of its own.
pub fn named(sources: &Sources, link: Span, wanted: &str) -> Span {
    let text = sources.text(link.file);
    let Some(written) = text.get(link.range()) else { return link };
    let file = sources.path(link.file);
    let folder =
        file.strip_prefix("content/").and_then(|file| file.rsplit_once('/')).map_or("", |(up, _)| up);
    // In a field, paths start at `content/`.
    let found = inline(written, folder, wanted).or_else(|| inline(written, "", wanted));
    found.map_or(link, |Address { range, text }| {
        let stem = text.rsplit_once('.').map_or(text.len(), |(stem, _)| stem.len());
        link.within(range.start..range.start + stem)
    })
}

/// The addresses of a text that are named on lines of their own, `[name]: address`, and lead to the path that is `wanted`.
pub fn defined(text: &str, folder: &str, wanted: &str) -> Vec<Address> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start_matches([' ', '>', '\t']);
        if start.starts_with('[')
            && let Some(end) = start.find("]:")
        {
            let from = at + (line.len() - start.len()) + end + 2;
            found.extend(address(text, from).filter(|found| leads(found, folder, wanted)));
        }
        at += line.len();
    }
    found
}

/// Whether an address in a file of a folder leads to a path.
pub fn leads(address: &Address, folder: &str, wanted: &str) -> bool {
    path(&address.text, folder).as_deref() == Some(wanted)
}

/// What stands at `start`, up to the anchor, the title or the end of the link.
fn address(text: &str, start: usize) -> Option<Address> {
    let rest = text.get(start..)?;
    let from = start + (rest.len() - rest.trim_start().len());
    let rest = text.get(from..)?;
    let (from, ends): (usize, fn(char) -> bool) = match rest.strip_prefix('<') {
        Some(_) => (from + 1, |c| matches!(c, '>' | '#' | '\n')),
        None => (from, |c| c.is_whitespace() || matches!(c, ')' | '#')),
    };
    let rest = text.get(from..)?;
    let len = rest.find(ends).unwrap_or(rest.len());
    (len > 0).then(|| Address { range: from..from + len, text: rest[..len].to_owned() })
}

/// The address of `target` in the form of the one whose place it takes: from `content/` on, or from a folder.
pub fn written_like(old: &str, folder: &str, target: &str) -> String {
    const ESCAPED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'#').add(b'%').add(b'(').add(b')').add(b'<').add(b'>');
    let target = utf8_percent_encode(target, ESCAPED).to_string();
    if old.starts_with('/') {
        return format!("/{target}");
    }
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_form() {
        assert_eq!(written_like("/a.md", "x", "people/b.md"), "/people/b.md");
        assert_eq!(written_like("../people/a.md", "x", "people/b.md"), "../people/b.md");
        assert_eq!(written_like("a.md", "people", "people/b.md"), "b.md");
        assert_eq!(written_like("a.md", "x/y", "x/z/b.md"), "../z/b.md");
        assert_eq!(written_like("people/a.md", "", "people/b.md"), "people/b.md");
    }

    #[test]
    fn an_address_is_found_in_its_link() {
        let found = |link: &str| {
            inline(link, "explainers", "people/ada.md").map(|address| link[address.range].to_owned())
        };
        assert_eq!(found("[a](../people/ada.md#x \"t\")").as_deref(), Some("../people/ada.md"));
        assert_eq!(found("[a](</people/ada.md>)").as_deref(), Some("/people/ada.md"));
        assert_eq!(found("[a](other.md)"), None);
        let text = "x\n\n> [a]: ../people/ada.md 'T'\n[b]: c.md\n";
        let places = defined(text, "explainers", "people/ada.md");
        assert_eq!(places.len(), 1);
        assert_eq!(&text[places[0].range.clone()], "../people/ada.md");
    }
}
