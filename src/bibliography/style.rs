//! The name of a style -> the style, with the terms of the page's language.

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style as CslStyle, StyleClass};

use super::problems;
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::config::Config;
use crate::source::{Sources, Span};

/// The style of a dossier that names none.
pub const DEFAULT: &str = "mla";

/// Names that authors know, beside those in the CSL repository.
const ALIASES: [(&str, &str); 4] = [
    ("chicago", "chicago-notes"),
    ("harvard", "harvard-cite-them-right"),
    ("iso-690", "iso-690-numeric"),
    ("mhra", "modern-humanities-research-association-notes"),
];

/// A style and the language in which it speaks.
pub struct Style {
    /// What it was made from: equal ones write the same.
    origin: (String, String),
    /// Absent only where the library lacks even the default.
    pub csl: Option<IndependentStyle>,
    pub locale: LocaleCode,
    pub locales: Vec<Locale>,
}

impl PartialEq for Style {
    fn eq(&self, other: &Style) -> bool {
        self.origin == other.origin
    }
}

impl Style {
    /// The style that the settings name, in the language of the dossier; the default one beside a report
    /// when there is no such style.
    pub fn read(config: &Config, sources: &Sources) -> (Style, Option<Diagnostic>) {
        let language = &config.language;
        let named = config.citation_style.as_ref();
        let name = named.map_or(DEFAULT, |name| name.value.as_str());
        let read = if name.ends_with(".csl") {
            from_file(name, named.map(|name| name.span), sources)
        } else {
            built_in(name)
                .map(|csl| (csl, name.to_owned()))
                .ok_or_else(|| unknown(name, named.map(|name| name.span)))
        };
        let (csl, origin, problem) = match read {
            Ok((csl, origin)) => (Some(csl), origin, None),
            Err(problem) => (built_in(DEFAULT), DEFAULT.to_owned(), Some(problem)),
        };
        let (locale, locales) = locales(language);
        (Style { origin: (origin, language.clone()), csl, locale, locales }, problem)
    }

    /// Whether its citations are notes, and so say everything, or point to a list.
    pub fn is_note(&self) -> bool {
        self.csl.as_ref().is_some_and(|csl| csl.settings.class == StyleClass::Note)
    }
}

fn built_in(name: &str) -> Option<IndependentStyle> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| *name);
    match ArchivedStyle::by_name(name)?.get() {
        CslStyle::Independent(csl) => Some(csl),
        CslStyle::Dependent(_) => None,
    }
}

fn from_file(
    name: &str,
    span: Option<Span>,
    sources: &Sources,
) -> Result<(IndependentStyle, String), Diagnostic> {
    let path = format!("templates/{}", name.trim_start_matches("templates/"));
    let Some(text) = sources.get(&path).and_then(|file| file.text().ok()) else {
        let message = format!("there is no file `{path}`");
        let problem =
            Diagnostic::new(problems::UNKNOWN_CITATION_STYLE, crate::diag::Severity::Error, span, message);
        return Err(
            problem.help("put the style there, or name one that is built in, such as `chicago-notes`")
        );
    };
    let invalid = |message: String, help: &str| {
        let problem =
            Diagnostic::new(problems::INVALID_CITATION_STYLE, crate::diag::Severity::Error, span, message);
        problem.help(help)
    };
    match CslStyle::from_xml(text) {
        Ok(CslStyle::Independent(csl)) => Ok((csl, text.to_owned())),
        Ok(CslStyle::Dependent(csl)) => {
            let parent = csl.parent_link.href.rsplit('/').next().unwrap_or_default().to_owned();
            Err(invalid(
                format!("`{path}` only points to the style `{parent}`"),
                "name that style, or put its file into `templates/`",
            ))
        }
        Err(error) => Err(invalid(
            format!("`{path}` is no style: {error}"),
            "take a style from the CSL repository, citationstyles.org",
        )),
    }
}

fn unknown(name: &str, span: Option<Span>) -> Diagnostic {
    let names: Vec<&str> = ArchivedStyle::all()
        .iter()
        .flat_map(|style| style.names())
        .copied()
        .chain(ALIASES.map(|(alias, _)| alias))
        .collect();
    let help = match did_you_mean(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "write `chicago-notes`, `apa`, `mla`, `iso-690-numeric`, another name of the CSL repository, or the \
             name of a file `templates/NAME.csl`"
                .to_owned()
        }
    };
    let message = format!("there is no citation style `{name}`");
    Diagnostic::new(problems::UNKNOWN_CITATION_STYLE, crate::diag::Severity::Error, span, message).help(help)
}

/// The terms for a language, and the English ones for what it lacks. English is written as in Britain,
/// as the dates of the page are.
fn locales(language: &str) -> (LocaleCode, Vec<Locale>) {
    const ENGLISH: &str = "en-US";
    let primary = language.split('-').next().unwrap_or(language);
    let usual = match primary {
        "en" => "en-GB".to_owned(),
        "he" => "he-IL".to_owned(),
        "fa" => "fa-IR".to_owned(),
        "zh" => "zh-CN".to_owned(),
        "uk" => "uk-UA".to_owned(),
        primary => format!("{primary}-{}", primary.to_uppercase()),
    };
    let codes: Vec<&str> = LOCALES.iter().filter_map(|bytes| code(bytes)).collect();
    let of_language = |code: &&&str| code.split('-').next() == Some(primary);
    let chosen = [language, usual.as_str(), primary]
        .into_iter()
        .find(|code| codes.contains(code))
        .or_else(|| codes.iter().find(of_language).copied())
        .unwrap_or(ENGLISH);
    let mut wanted = vec![chosen, ENGLISH];
    wanted.dedup();
    let locales = wanted.into_iter().filter_map(locale).collect();
    (LocaleCode(chosen.to_owned()), locales)
}

fn locale(wanted: &str) -> Option<Locale> {
    let bytes = LOCALES.iter().find(|bytes| code(bytes) == Some(wanted))?;
    let locale: Locale = ciborium::from_reader(*bytes).ok()?;
    // The archive is read by its first bytes; this holds that they said what is in it.
    locale.lang.as_ref().is_some_and(|lang| lang.0 == wanted).then_some(locale)
}

/// The code of a locale in the archive, from the head of its CBOR map (RFC 8949): the key `@xml:lang`,
/// then a text of fewer than 24 bytes. All of them decoded take longer than a whole build.
fn code(bytes: &'static [u8]) -> Option<&'static str> {
    let rest = bytes.get(1..)?.strip_prefix(b"\x69@xml:lang")?;
    let (head, rest) = rest.split_first()?;
    let len = usize::from(head.checked_sub(0x60).filter(|len| *len < 24)?);
    std::str::from_utf8(rest.get(..len)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_terms() {
        for (language, code) in [
            ("en", "en-GB"),
            ("en-US", "en-US"),
            ("de", "de-DE"),
            ("de-AT", "de-AT"),
            ("fa", "fa-IR"),
            ("ar", "ar"),
            ("he", "he-IL"),
            ("tlh", "en-US"),
        ] {
            let (chosen, locales) = locales(language);
            assert_eq!(chosen.0, code);
            assert_eq!(locales.first().unwrap().lang.as_ref().unwrap().0, code);
        }
    }

    #[test]
    fn the_names_that_authors_know_are_built_in() {
        for name in [
            "chicago-notes",
            "chicago",
            "apa",
            "mla",
            "iso-690-numeric",
            "iso-690",
            "mhra",
            "harvard",
            DEFAULT,
        ] {
            assert!(built_in(name).is_some(), "{name}");
        }
        assert!(built_in("nothing").is_none());
    }
}
