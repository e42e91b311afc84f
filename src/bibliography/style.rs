//! The name of a style -> the style, with the terms of the page's language.

mod bounds;

use std::sync::OnceLock;

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style as CslStyle, StyleClass};

use super::problems;
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::config::Config;
use crate::source::{Sources, Spanned};

/// The style of a dossier that names none.
pub const DEFAULT: &str = "mla";

/// Names that authors know, beside those in the CSL repository.
const ALIASES: [(&str, &str); 4] = [
    ("chicago", "chicago-notes"),
    ("harvard", "harvard-cite-them-right"),
    ("iso-690", "iso-690-numeric"),
    ("mhra", "modern-humanities-research-association-notes"),
];

/// A style and the language in which it speaks. What is in the library is taken out of it when the first source is
/// written: that takes longer than all else that a dossier without sources asks for.
pub struct Style {
    /// What it was made from, with no name where the settings have none: equal ones write the same.
    origin: (String, String),
    csl: OnceLock<Option<IndependentStyle>>,
    pub locale: LocaleCode,
    /// The code of the language, and of what the terms that it lacks are taken from.
    wanted: Vec<&'static str>,
    locales: OnceLock<Vec<Locale>>,
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
        let read = match &config.citation_style {
            None => Ok((None, String::new())),
            Some(name) if name.value.ends_with(".csl") => from_file(name, sources),
            Some(name) => match built_in(&name.value) {
                Some(csl) => Ok((Some(csl), name.value.clone())),
                None => Err(unknown(name)),
            },
        };
        let ((csl, origin), problem) = match read {
            Ok(read) => (read, None),
            Err(problem) => ((None, DEFAULT.to_owned()), Some(*problem)),
        };
        let csl = csl.map_or_else(OnceLock::new, |csl| OnceLock::from(Some(csl)));
        let wanted = codes(&config.language);
        let locale = LocaleCode(wanted.first().copied().unwrap_or(ENGLISH).to_owned());
        let origin = (origin, config.language.clone());
        (Style { origin, csl, locale, wanted, locales: OnceLock::new() }, problem)
    }

    /// The style itself. Absent only where the library lacks even the default.
    pub fn csl(&self) -> Option<&IndependentStyle> {
        self.csl.get_or_init(|| built_in(DEFAULT)).as_ref()
    }

    /// The terms of the language, and those for what it lacks.
    pub fn locales(&self) -> &[Locale] {
        self.locales.get_or_init(|| self.wanted.iter().copied().filter_map(locale).collect())
    }

    /// Whether titles stand as their sources have them: nobody asked for the capitals of a style.
    pub fn keeps_titles(&self) -> bool {
        self.origin.0.is_empty()
    }

    /// Whether its citations are notes, and so say everything, or point to a list.
    pub fn is_note(&self) -> bool {
        self.csl().is_some_and(|csl| csl.settings.class == StyleClass::Note)
    }
}

/// A style, where it is not the default, and what tells it from others; or what is wrong with its name or file.
type Read = Result<(Option<IndependentStyle>, String), Box<Diagnostic>>;

fn built_in(name: &str) -> Option<IndependentStyle> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| *name);
    match ArchivedStyle::by_name(name)?.get() {
        CslStyle::Independent(csl) => Some(csl),
        CslStyle::Dependent(_) => None,
    }
}

fn from_file(name: &Spanned<String>, sources: &Sources) -> Read {
    let path = format!("templates/{}", name.value.trim_start_matches("templates/"));
    let problem = |code, message: String, help: &str| {
        Err(Box::new(Diagnostic::error(code, name.span, message).help(help)))
    };
    let Some(file) = sources.get(&path) else {
        return problem(
            problems::UNKNOWN_CITATION_STYLE,
            format!("there is no file `{path}`"),
            "put the style there, or name one that is built in, such as `chicago-notes`",
        );
    };
    let Ok(text) = file.text() else {
        let message = format!("`{path}` is no style: it is not valid UTF-8");
        return problem(problems::INVALID_CITATION_STYLE, message, "save the file as UTF-8");
    };
    if let Some((message, help)) = bounds::problem(text) {
        let message = format!("`{path}` is no style: {message}");
        return problem(problems::INVALID_CITATION_STYLE, message, help);
    }
    match CslStyle::from_xml(text) {
        Ok(CslStyle::Independent(csl)) => Ok((Some(csl), text.to_owned())),
        Ok(CslStyle::Dependent(csl)) => {
            let parent = csl.parent_link.href.rsplit('/').next().unwrap_or_default().to_owned();
            problem(
                problems::INVALID_CITATION_STYLE,
                format!("`{path}` only points to the style `{parent}`"),
                "name that style, or put its file into `templates/`",
            )
        }
        Err(error) => problem(
            problems::INVALID_CITATION_STYLE,
            format!("`{path}` is no style: {error}"),
            "take a style from the CSL repository, citationstyles.org",
        ),
    }
}

fn unknown(name: &Spanned<String>) -> Box<Diagnostic> {
    let names = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
    let near = did_you_mean(&name.value, names.chain(ALIASES.map(|(alias, _)| alias)).collect::<Vec<_>>());
    let help = near.map_or_else(
        || {
            "write `chicago-notes`, `apa`, `mla`, `iso-690-numeric`, another name of the CSL repository, or the \
             name of a file `templates/NAME.csl`"
                .to_owned()
        },
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("there is no citation style `{}`", name.value);
    Box::new(Diagnostic::error(problems::UNKNOWN_CITATION_STYLE, name.span, message).help(help))
}

const ENGLISH: &str = "en-US";

/// The code of the terms for a language, and of the English ones for what it lacks. English is written as in Britain,
/// as the dates of the page are.
fn codes(language: &str) -> Vec<&'static str> {
    let primary = language.split('-').next().unwrap_or(language);
    let usual = match primary {
        "en" => "en-GB".to_owned(),
        "he" => "he-IL".to_owned(),
        "fa" => "fa-IR".to_owned(),
        "zh" => "zh-CN".to_owned(),
        "uk" => "uk-UA".to_owned(),
        primary => format!("{primary}-{}", primary.to_uppercase()),
    };
    let codes = || LOCALES.iter().filter_map(|bytes| code(bytes));
    let chosen = [language, usual.as_str(), primary]
        .into_iter()
        .find_map(|wanted| codes().find(|code| *code == wanted))
        .or_else(|| codes().find(|code| code.split('-').next() == Some(primary)))
        .unwrap_or(ENGLISH);
    let mut wanted = vec![chosen, ENGLISH];
    wanted.dedup();
    wanted
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
            let codes = codes(language);
            assert_eq!(codes[0], code);
            assert_eq!(locale(codes[0]).unwrap().lang.unwrap().0, code);
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
