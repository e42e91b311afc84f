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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_page_says_the_same_with_its_texts_put_in() {
        let mut own = Sources::default();
        let words = "\"x.a\" = \"A & \\\"B\\\" \\\\ 'c'\"\n\"x.space\" = \" , \"\n\"x.tag\" = \"{{ 1 }}\"\n\"x.n\" = \"{n} of\"\n";
        own.insert("templates/strings/en.toml", words.as_bytes());
        let config = crate::model::config::Config { language: "en".to_owned(), ..Default::default() };
        let (strings, _) = Strings::read(&config, &crate::theme::theme(), &own);
        let strings = std::sync::Arc::new(strings);
        let template = "a {{ t(key=\"x.a\") }}b{{- t(key='x.a') -}} {{ t(key=\"x.space\") }}{{ t(key=\"x.tag\") }} \
            {{ [1, 2] | join(sep=t(key=\"x.space\")) }}{% if t(key=\"x.a\") == \"A\" %}{% else %}no{% endif %} \
            {{ t(key=\"x.n\", n=3) }}{{ t(key=\"x.n\") }} art(key=\"x.a\")";
        let put = put_in(template, &strings);
        assert!(put.contains("a A &amp; &quot;B&quot; \\ "), "{put}");
        assert_eq!(put.matches("t(key=").count(), 2, "{put}");
        let rendered = |template: &str| {
            let mut engine = tera::Tera::new();
            crate::render::functions::register(&mut engine, &strings);
            engine.add_raw_template("a.html", template).unwrap();
            engine.render("a.html", &tera::Context::new()).unwrap()
        };
        assert_eq!(rendered(&put), rendered(template));
        assert_eq!(put_in("{{ t(key=\"x.none\") }}", &strings), "{{ t(key=\"x.none\") }}");
    }
}
