//! Code blocks -> HTML with a class for each scope, so that the theme colours them.

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Prefix of the classes: `hl-string`, `hl-comment`.
const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// What is longer is a file rather than an example, and colouring takes long for each character.
const LONGEST: usize = 64 * 1024;

/// Loading the syntaxes takes longer than building a small site, so only code makes it happen.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The code as HTML: highlighted when the language is known and there is not too much of it, escaped in any case.
pub fn highlight(code: &str, language: &str) -> String {
    if !language.is_empty()
        && code.len() <= LONGEST
        && let Some(syntax) = SYNTAXES.find_syntax_by_token(language)
    {
        let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, CLASSES);
        if LinesWithEndings::from(code)
            .all(|line| generator.parse_html_for_line_which_includes_newline(line).is_ok())
        {
            return generator.finalize();
        }
    }
    let mut html = String::with_capacity(code.len());
    // Writing to a string cannot fail.
    let _ = escape_html_body_text(&mut html, code);
    html
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn known_languages_get_classes_and_all_are_escaped() {
        let toml = highlight("key = \"<b>\"\n", "toml");
        assert!(toml.contains("class=\"hl-"), "{toml}");
        assert!(!toml.contains("<b>"), "{toml}");
        assert_eq!(highlight("a < b", "no-such-language"), "a &lt; b");
    }
}
