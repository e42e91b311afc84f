//! What a citation style may not do, since reading or using it would never end: elements within elements and attributes without
//! number, and macros that call themselves.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node};

use crate::xml::{MOST_ATTRIBUTES, has_too_many_attributes};

/// How deep elements may lie in each other. Styles of the CSL repository have some twenty.
const DEEPEST: usize = 100;

/// What is wrong with a style, and what to do. What is no XML is left to others.
pub fn problem(text: &str) -> Option<(String, &'static str)> {
    if is_deep(text) {
        let message = format!("it has elements in more than {DEEPEST} others");
        return Some((message, "take a style from the CSL repository, citationstyles.org"));
    }
    if has_too_many_attributes(text) {
        let message = format!("an element of it has more than {MOST_ATTRIBUTES} attributes");
        return Some((message, "take a style from the CSL repository, citationstyles.org"));
    }
    let document = Document::parse(text).ok()?;
    let name = circle(document.root_element())?;
    Some((format!("the macro `{name}` calls itself, or others that do"), "take one of the calls out"))
}

/// Whether tags lie deep in each other, without building a tree of them.
fn is_deep(text: &str) -> bool {
    let mut depth = 0usize;
    for tag in text.split('<').skip(1) {
        match tag.split_once('>') {
            _ if tag.starts_with(['?', '!']) => {}
            _ if tag.starts_with('/') => depth = depth.saturating_sub(1),
            Some((inside, _)) if inside.ends_with('/') => {}
            _ => depth += 1,
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// A macro that cannot be put together before itself.
fn circle<'d>(style: Node<'d, '_>) -> Option<&'d str> {
    let macros = style
        .children()
        .filter(|node| node.has_tag_name((style.tag_name().namespace().unwrap_or(""), "macro")));
    let mut calls: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut order = Vec::new();
    for node in macros {
        let Some(name) = node.attribute("name") else { continue };
        let called =
            node.descendants().filter(|inner| *inner != node).filter_map(|inner| inner.attribute("macro"));
        calls.entry(name).or_default().extend(called);
        order.push(name);
    }
    // Whoever calls only what is known to end, ends.
    loop {
        let before = calls.len();
        let open: HashSet<&str> = calls.keys().copied().collect();
        calls.retain(|_, called| called.iter().any(|name| open.contains(name)));
        if calls.is_empty() {
            return None;
        }
        if calls.len() == before {
            return order.into_iter().find(|name| calls.contains_key(name));
        }
    }
}
