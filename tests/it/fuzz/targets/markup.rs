//! HTML that a browser reads as it was meant, and that runs nothing.

use std::collections::BTreeSet;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "param",
];

/// What a page says of itself and of others.
#[derive(Default)]
pub struct Seen {
    pub ids: BTreeSet<String>,
    /// Each address that a link or picture leads to.
    pub links: Vec<String>,
    pub elements: BTreeSet<String>,
}

/// Reads HTML, in which each element ends within the one that it began in, no attribute is a program, and no `<` is
/// left alone.
pub fn sound(html: &str) -> Seen {
    let mut seen = Seen::default();
    let mut open: Vec<&str> = Vec::new();
    let near = |at: usize| {
        let from = html.floor_char_boundary(at.saturating_sub(60));
        &html[from..html.floor_char_boundary((at + 60).min(html.len()))]
    };
    if let Some(at) = html.find(|c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
        panic!("a control character or hole at {at}: {:?}", near(at));
    }
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = start + 7 + comment.find("-->").unwrap_or_else(|| panic!("{:?}", near(start)));
            continue;
        }
        if rest.starts_with("<!doctype") || rest.starts_with("<!DOCTYPE") {
            at = start + 1;
            continue;
        }
        if let Some(end) = rest.strip_prefix("</") {
            let name = &end[..end.find('>').unwrap_or_else(|| panic!("{:?}", near(start)))];
            assert_eq!(open.pop(), Some(name), "{:?}", near(start));
            at = start + 3 + name.len();
            continue;
        }
        let (name, closed, len) = tag(rest, &mut seen).unwrap_or_else(|| panic!("no tag: {:?}", near(start)));
        at = start + len;
        if matches!(name, "script" | "style") && !closed {
            let end = format!("</{name}>");
            at += end.len() + html[at..].find(&end).unwrap_or_else(|| panic!("{:?}", near(start)));
        } else if !closed && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "never closed");
    seen
}

/// A tag: its name, whether it closes itself, and its length.
fn tag<'h>(html: &'h str, seen: &mut Seen) -> Option<(&'h str, bool, usize)> {
    let len = |rest: &str| html.len() - rest.len();
    let after = html.strip_prefix('<')?;
    let name = &after[..after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    seen.elements.insert(name.to_owned());
    let mut rest = after[name.len()..].trim_start();
    loop {
        if let Some(rest) = rest.strip_prefix("/>") {
            return Some((name, true, len(rest)));
        }
        if let Some(rest) = rest.strip_prefix('>') {
            return Some((name, false, len(rest)));
        }
        let attribute = &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?];
        if attribute.is_empty() || attribute.contains(['"', '\'', '<']) {
            return None;
        }
        rest = &rest[attribute.len()..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            value = &quoted[..quoted.find('"')?];
            rest = &quoted[value.len() + 1..];
        }
        rest = rest.trim_start();
        assert!(!attribute.to_ascii_lowercase().starts_with("on"), "a program in <{name} {attribute}>");
        if matches!(attribute, "href" | "src" | "xlink:href" | "action") {
            let address: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let address = address.to_ascii_lowercase();
            let scheme = |scheme: &str| address.starts_with(scheme);
            assert!(!(scheme("javascript:") || scheme("vbscript:")), "a program in {value:?}");
            seen.links.push(value.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", "\""));
        }
        if attribute == "id" && !seen.ids.insert(value.to_owned()) {
            panic!("{value:?} names two elements");
        }
    }
}
