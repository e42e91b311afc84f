//! The interface's words in one language: `templates/strings/<language>.toml` -> a table of texts.
//!
//! The table of the theme is complete in English; a language lays its words over it, and a dossier
//! lays its own over both, one by one.

use std::collections::BTreeMap;

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use rustc_hash::FxHashMap;
use toml::de::DeValue;

use super::dates::UNITS;
use crate::diag::{Diagnostic, Severity, did_you_mean};
use crate::model::config::Config;
use crate::parse::clean_text;
use crate::parse::fields::{Ctx, type_name, unfit};
use crate::parse::toml_text::toml_table;
use crate::source::{SourceFile, Sources, Span};

pub mod problems {
    //! What can be wrong with the words of the interface.
    crate::codes! {
        /// A word of the interface that no template and no part of the program asks for.
        UNKNOWN_STRING = "unknown-string";
        /// A word of the interface is a text, or a table of plural forms named by CLDR: `zero`,
        /// `one`, `two`, `few`, `many`, `other`; `other` must be there.
        INVALID_STRING = "invalid-string";
        /// There is no table of words for the language that `site.toml` names: the interface is in
        /// English. Add `templates/strings/<language>.toml`.
        UNTRANSLATED_INTERFACE = "untranslated-interface";
    }
}

/// The words, by their dotted keys: `page.people.heading`.
#[derive(Debug)]
pub struct Strings {
    texts: FxHashMap<String, Text>,
    /// The plural rules of the language; where even those of the root locale were missing, every number
    /// takes the form `other`.
    plurals: Option<PluralRules>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    One(String),
    Plural(BTreeMap<String, String>),
}

/// The folder of the tables, within a dossier and within the theme.
pub const FOLDER: &str = "templates/strings/";

impl Strings {
    /// The words for the language of `config`: the theme's English, the theme's own for the language,
    /// then the dossier's, each over the one before.
    pub fn read(config: &Config, theme: &Sources, own: &Sources) -> (Strings, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let mut texts = FxHashMap::default();
        let tag = config.language.as_str();
        let primary = tag.split('-').next().unwrap_or(tag);
        let mut translated = primary == "en";
        for (sources, must_know) in [(theme, false), (own, true)] {
            let mut names = vec!["en", primary, tag];
            names.dedup();
            for name in names {
                // A dossier in another language may bring English words along; they are not its own.
                if must_know && name == "en" && primary != "en" {
                    continue;
                }
                if let Some(file) = sources.get(&format!("{FOLDER}{name}.toml")) {
                    translated |= name != "en";
                    // The repository of the theme is a dossier with the very same file.
                    let known = must_know.then(|| texts.clone());
                    table(
                        file,
                        config,
                        known.as_ref(),
                        &mut texts,
                        if must_know { Some(&mut found) } else { None },
                    );
                }
            }
        }
        if !translated {
            found.push(
                Diagnostic::new(
                    problems::UNTRANSLATED_INTERFACE,
                    Severity::Warning,
                    None,
                    format!("there are no words for the language `{tag}`: the interface is in English"),
                )
                .help(format!("add {FOLDER}{primary}.toml")),
            );
        }
        let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
        let plurals = PluralRules::try_new_cardinal((&locale).into())
            .or_else(|_| PluralRules::try_new_cardinal((&Locale::UNKNOWN).into()));
        (Strings { texts, plurals: plurals.ok() }, found)
    }

    /// A text without placeholders; a key that is not in the table stands for itself.
    pub fn get<'s>(&'s self, key: &'s str) -> &'s str {
        match self.texts.get(key) {
            Some(Text::One(text)) => text,
            Some(Text::Plural(forms)) => forms.get("other").map_or(key, String::as_str),
            None => key,
        }
    }

    pub fn contains(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// A text with its placeholders filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.get(key), values)
    }

    /// The plural form for `n`, with its placeholders filled, `{n}` among them.
    pub fn plural(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let number = n.to_string();
        let text = match self.texts.get(key) {
            Some(Text::Plural(forms)) => {
                let category = match self
                    .plurals
                    .as_ref()
                    .map_or(PluralCategory::Other, |plurals| plurals.category_for(n))
                {
                    PluralCategory::Zero => "zero",
                    PluralCategory::One => "one",
                    PluralCategory::Two => "two",
                    PluralCategory::Few => "few",
                    PluralCategory::Many => "many",
                    PluralCategory::Other => "other",
                };
                forms.get(category).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
            Some(Text::One(text)) => text,
            None => key,
        };
        let mut all = vec![("n", number.as_str())];
        all.extend(values);
        filled(text, &all)
    }

    /// The forms of a text by their names in CLDR, with their placeholders; a text without has the form `other`.
    pub fn forms(&self, key: &str) -> BTreeMap<&str, &str> {
        match self.texts.get(key) {
            Some(Text::Plural(forms)) => {
                forms.iter().map(|(name, form)| (name.as_str(), form.as_str())).collect()
            }
            Some(Text::One(text)) => BTreeMap::from([("other", text.as_str())]),
            None => BTreeMap::new(),
        }
    }

    /// The text of a key cut at one placeholder: what stands before it and after it.
    pub fn around(&self, key: &str, placeholder: &str) -> (String, String) {
        let mark = format!("{{{placeholder}}}");
        let text = self.get(key);
        match text.split_once(&mark) {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None => (text.to_owned(), String::new()),
        }
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<&str> = self.texts.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let Some(close) = after.find('}') else {
            rest = &rest[open..];
            break;
        };
        match values.iter().find(|(name, _)| *name == &after[..close]) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[open..open + close + 2]),
        }
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

/// Lays the texts of a file over `texts`. Problems are reported to a dossier about its own file;
/// the theme's are held by its tests.
fn table(
    file: &SourceFile,
    config: &Config,
    known: Option<&FxHashMap<String, Text>>,
    texts: &mut FxHashMap<String, Text>,
    mut problems: Option<&mut Vec<Diagnostic>>,
) {
    // What the theme says is held by its tests.
    let checks = problems.is_some();
    let (text, found) = if checks { clean_text(file) } else { (file.readable().into_owned(), Vec::new()) };
    let mut ctx = Ctx::new(file.id, &text, config);
    ctx.problems = found;
    let mut left = String::new();
    let table = toml_table(&mut ctx, &text, &mut left);
    let mut stack: Vec<(String, Span, toml::Spanned<DeValue>)> = table
        .into_iter()
        .map(|(key, value)| (key.get_ref().clone().into_owned(), ctx.span(key.span()), value))
        .collect();
    while let Some((key, name, value)) = stack.pop() {
        let span = ctx.span(value.span());
        match value.into_inner() {
            DeValue::String(text) => {
                check_known(&mut ctx, &key, name, known);
                if checks {
                    check_characters(&mut ctx, span, &text);
                }
                texts.insert(key, Text::One(text.into_owned()));
            }
            DeValue::Table(forms) if is_plural(&forms) => {
                check_known(&mut ctx, &key, name, known);
                for form in forms.values().filter(|_| checks) {
                    let span = ctx.span(form.span());
                    check_characters(&mut ctx, span, form.get_ref().as_str().unwrap_or_default());
                }
                let forms = forms
                    .into_iter()
                    .filter_map(|(name, form)| {
                        Some((name.into_inner().into_owned(), form.get_ref().as_str()?.to_owned()))
                    })
                    .collect();
                texts.insert(key, Text::Plural(forms));
            }
            DeValue::Table(_) if texts.contains_key(&key) => {
                let forms = CATEGORIES.join("`, `");
                ctx.report(
                    Diagnostic::error(problems::INVALID_STRING, span, format!("`{key}` has no form `other`"))
                        .help(format!("write a table of texts named `{forms}`, with `other` among them")),
                );
            }
            DeValue::Table(inner) => {
                stack.extend(inner.into_iter().map(|(name, value)| {
                    (format!("{key}.{}", name.get_ref()), ctx.span(name.span()), value)
                }));
            }
            other => {
                ctx.report(
                    Diagnostic::error(
                        problems::INVALID_STRING,
                        span,
                        format!("`{key}` must be a text, not {}", type_name(&other)),
                    )
                    .help("write a text in quotes, or a table with the plural forms `one` and `other`"),
                );
            }
        }
    }
    if let Some(problems) = problems.as_mut() {
        problems.extend(ctx.problems);
    }
}

/// CLDR's names of plural forms.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn is_plural(forms: &toml::de::DeTable) -> bool {
    forms.contains_key("other")
        && forms
            .iter()
            .all(|(name, form)| CATEGORIES.contains(&name.get_ref().as_ref()) && form.get_ref().is_str())
}

fn check_characters(ctx: &mut Ctx, span: Span, text: &str) {
    if let Some(problem) = unfit(ctx, span, text) {
        ctx.report(problem);
    }
}

fn check_known(ctx: &mut Ctx, key: &str, span: Span, known: Option<&FxHashMap<String, Text>>) {
    // A language may have patterns of its own for days, and for months and years.
    let pattern = key.rsplit_once('-').filter(|(_, unit)| UNITS.contains(unit) && key.starts_with("date."));
    let pattern = pattern.map_or(key, |(pattern, _)| pattern);
    if let Some(known) = known
        && !known.contains_key(key)
        && !known.contains_key(pattern)
    {
        let near =
            did_you_mean(key, known.keys().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        ctx.report(
            Diagnostic::error(
                problems::UNKNOWN_STRING,
                span,
                format!("no part of the interface says `{key}`"),
            )
            .maybe_help(near),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        assert_eq!(filled("{a} of {b} {c", &[("a", "1"), ("b", "{a}")]), "1 of {a} {c");
        assert_eq!(filled("{x}", &[]), "{x}");
    }
}
