//! The words about numbers in each language.

mod english;
mod french;
mod german;
mod spanish;

use text2num::Language;

use super::Comparison;
use super::tokens::Token;

/// The words of a language about numbers. Digits are read in every language.
pub struct Words {
    pub language: &'static str,
    /// What reads the cardinals and ordinals.
    pub parser: fn() -> Language,
    /// Parts of words that it is not given: more digits than a number has make it fail.
    pub unparsed: &'static [&'static str],
    /// Spellings that the parser does not know, and those it does.
    pub also: &'static [(&'static str, &'static str)],
    /// What a number of times ends with: `viermal`.
    pub times: &'static str,
    /// One, but not behind another number: `four talks with a minister`.
    pub articles: &'static [&'static str],
    /// What multiplies the number before it.
    pub dozens: &'static [(&'static str, u64)],
    /// Nouns that leave a number open, where an article or a number stands before them: `a handful`.
    pub quantities: &'static [&'static str],
    /// What time is counted in: `every four years`.
    pub spans: &'static [&'static str],
    /// What adds something to a number, and what stands before two things that are not added.
    pub and: &'static [&'static str],
    pub between: &'static str,
    /// What never stands between an article and its noun.
    pub links: &'static [&'static str],
    /// What says a number only behind another: `two dozens`, but `dozens`.
    pub crowds: &'static [&'static str],
    /// All else that says something of a number, in small letters, with spaces for hyphens.
    pub phrases: &'static [(Says, &'static [&'static str])],
    /// Months, also shortened; whether they are none without their capital; what stands between a day and
    /// its month.
    pub months: &'static [&'static str],
    pub capitals: bool,
    pub of: &'static str,
    /// What joins the numbers of a list, and the articles that may stand behind it.
    pub joins: &'static [&'static str],
    pub the: &'static [&'static str],
    /// What stands behind an hour.
    pub clock: &'static [&'static str],
    /// What stands before the years of a decade.
    pub decades: &'static [&'static str],
}

impl Words {
    pub fn is_article(&self, token: &Token) -> bool {
        self.articles.contains(&token.lower.as_str())
    }
}

/// What a phrase says of the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It is a number itself.
    Number(u64),
    /// A bound: right before the number, behind it, or either.
    Before(Comparison),
    Behind(Comparison),
    Either(Comparison),
    /// A bound right before the number, and something else elsewhere: `over the phone`.
    Preposition(Comparison),
    /// No more than the number.
    Exactly,
    Approximately,
    /// That there are some.
    Vague,
    /// Something else than the number, where it stands beside it, or wherever it stands.
    Beside,
    Anywhere,
}

pub const LANGUAGES: [Words; 4] = [english::ENGLISH, french::FRENCH, german::GERMAN, spanish::SPANISH];

/// What stands before the number of a page, a paragraph, a decision, a unit or a flight.
#[rustfmt::skip]
pub const REFERENCES: &[&str] = &[
    // In several languages.
    "p", "pp", "no", "n", "nº", "n.º", "art", "vol", "¶", "§", "#", "point", "article", "articles", "page",
    "pages", "section", "sections", "table", "note", "notes", "resolution", "canal",
    "nos", "chapter", "chapters", "paragraph", "paragraphs", "resolutions", "number", "numbers", "part",
    "parts", "figure", "figures", "day", "days", "unit", "flight", "channel", "room", "route", "highway",
    "chapitre", "chapitres", "paragraphe", "paragraphes", "alinéa", "résolution", "résolutions", "numéro",
    "numéros", "tome", "partie", "tableau", "unité",
    "s", "seite", "seiten", "nr", "nummer", "artikel", "abs", "absatz", "ziffer", "ziff", "kap", "kapitel",
    "rn", "rz", "bd", "band", "teil", "tabelle", "resolutionen", "punkt", "tag", "flug",
    "pág", "págs", "página", "páginas", "cap", "capítulo", "capítulos", "artículo", "artículos", "párrafo",
    "párrafos", "apartado", "resolución", "resoluciones", "núm", "número", "números", "tomo", "parte",
    "tabla", "punto", "siglo", "unidad", "vuelo",
];

/// What has members by number in its name: the Group of 77.
pub const GROUPS: [&str; 4] = ["group", "groupe", "gruppe", "grupo"];
