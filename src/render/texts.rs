//! `t(key="page.skip")` in a template of the theme -> the text itself, put in before the template is compiled.
//!
//! Most words of a page are the same on every page. The dossier's own templates stay as they are written, since errors
//! name places in them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::view::strings::Strings;

/// A call with a key and nothing else; and one that is all of an expression, between texts.
static CALL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"\{\{ t\(key="([^"]+)"\) \}\}|\bt\(key=(?:"([^"]+)"|'([^']+)')\)"#).ok());

/// The template with the texts whose keys it names put in, where they are known.
pub fn put_in(template: &str, strings: &Strings) -> String {
    let Some(call) = CALL.as_ref() else { return template.to_owned() };
    let text = |call: &Captures| {
        let (all, plain) = (&call[0], call.get(1));
        let Some(key) = plain.or(call.get(2)).or(call.get(3)).map(|key| key.as_str()) else {
            return all.to_owned();
        };
        if !strings.contains(key) {
            return all.to_owned();
        }
        let text = strings.fill(key, &[]);
        let literal = text.replace('\\', r"\\").replace('"', "\\\"");
        match plain {
            // Space at its ends, and what begins a tag, would not stay what they are.
            Some(_) if text == text.trim() && !text.is_empty() && !text.contains('{') => escaped(&text),
            Some(_) => format!("{{{{ \"{literal}\" }}}}"),
            None => format!("\"{literal}\""),
        }
    };
    call.replace_all(template, text).into_owned()
}

/// The text as the engine writes it.
fn escaped(text: &str) -> String {
    let mut html = Vec::new();
    match tera::escape_html(text, &mut html) {
        Ok(()) => String::from_utf8_lossy(&html).into_owned(),
        // Writing to memory cannot fail.
        Err(_) => String::new(),
    }
}
