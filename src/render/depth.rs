//! How deep templates lie in each other. The engine makes one within the other, so a long chain of them would need more
//! room than a thread has ([`limits::STACK`](super::limits::STACK)).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::limits::DEEPEST;
use super::templates::{FOLDER, THEME, problems};
use crate::diag::Diagnostic;
use crate::source::{Sources, Span};

// The patterns are constants; one that did not compile would find nothing, which a test would see.
static LEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let quoted = r#""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`"#;
    Regex::new(&format!(r"(?s)\{{%-?\s*(?:include|extends)\s*(?:{quoted})")).ok()
});
static BLOCKS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{%-?\s*(block|endblock)\b").ok());

/// How far down a template leads, by name; nothing of one that is being looked at.
type Known<'t> = HashMap<&'t str, Option<usize>>;

/// The templates from which it is one level too far down: those that lead to them are not told, too.
pub fn problems(files: &[(String, String)], own: &Sources) -> Vec<Diagnostic> {
    let texts: HashMap<&str, &str> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut known = Known::new();
    let mut found = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !name.starts_with(THEME)) {
        let is_deep = levels(name, &texts, &mut known) > DEEPEST;
        let mut below = leads(text).filter_map(|(next, _)| resolved(&next, &texts)).collect::<Vec<_>>();
        below.retain(|next| levels(next, &texts, &mut known) > DEEPEST);
        if !is_deep || !below.is_empty() {
            continue;
        }
        if let Some(file) = own.get(&format!("{FOLDER}{name}")) {
            let at = leads(text).next().map_or(0..0, |(_, range)| range);
            let message =
                format!("this template leads more than {DEEPEST} levels down, with blocks in blocks");
            let problem = Diagnostic::error(problems::TEMPLATE_LIMIT, Span::new(file.id, at), message);
            found.push(problem.help("put templates that include or extend each other into one"));
        }
    }
    found
}

/// How many levels a template needs: its own blocks in each other, and those of what it includes or extends.
fn levels<'t>(name: &'t str, texts: &HashMap<&'t str, &'t str>, known: &mut Known<'t>) -> usize {
    if let Some(known) = known.get(name) {
        // A circle is an error of its own.
        return known.unwrap_or(0);
    }
    let Some(text) = texts.get(name) else { return 0 };
    known.insert(name, None);
    let next = leads(text).filter_map(|(next, _)| resolved(&next, texts));
    let below = next.map(|next| levels(next, texts, known)).max().unwrap_or(0);
    let own = if name.starts_with(THEME) { 0 } else { blocks(text) };
    known.insert(name, Some(1 + own + below));
    1 + own + below
}

/// The templates that a template includes or extends, by the names it gives them, and where.
fn leads(text: &str) -> impl Iterator<Item = (String, std::ops::Range<usize>)> + '_ {
    let found = LEADS.iter().flat_map(|pattern| pattern.captures_iter(text));
    found.filter_map(|found| {
        let name = found.iter().skip(1).flatten().next()?;
        let mut plain = String::with_capacity(name.len());
        let mut letters = name.as_str().chars();
        while let Some(letter) = letters.next() {
            plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
        }
        Some((plain, name.range()))
    })
}

/// A template by a name that it is given: the dossier's own, or else that of the theme.
fn resolved<'t>(name: &str, texts: &HashMap<&'t str, &'t str>) -> Option<&'t str> {
    let known = texts.get_key_value(name).or_else(|| texts.get_key_value(format!("{THEME}{name}").as_str()));
    known.map(|(name, _)| *name)
}

/// How deep blocks lie in each other.
fn blocks(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for found in BLOCKS.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        match found.get(1).map(|word| word.as_str()) {
            Some("block") => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_a_name_is_written_it_leads_on() {
        let text =
            "{% include \"a\" %}{%- include'b' -%}{%\n extends `c` %}{% include \"d\\\"e\" %} include \"f\"";
        let names: Vec<String> = leads(text).map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "c", "d\"e"]);
        assert_eq!(blocks("{% block a %}{% block b %}{% endblock %}{% block c %}"), 2);
    }
}
