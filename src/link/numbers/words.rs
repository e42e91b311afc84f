//! The words for numbers in each language.

use super::Comparison;

/// The words of a language that are numbers. Digits are read in every language.
pub struct Words {
    pub language: &'static str,
    /// Numbers that stand alone or add up: `twenty` and `one`.
    pub numbers: &'static [(&'static str, u64)],
    /// What multiplies the number before it: `two hundred`.
    pub multipliers: &'static [(&'static str, u64)],
    /// What may stand within a number: `two hundred and one`.
    pub fillers: &'static [&'static str],
    /// What no number can be read from, whatever stands beside it: `a few`.
    pub vague: &'static [&'static str],
    /// One, but only where no other number stands: `a meeting`.
    pub articles: &'static [&'static str],
    pub comparisons: &'static [(&'static str, Comparison)],
    /// Months, also shortened, less those that are other words without their capital; what stands between
    /// a day and its month.
    pub months: &'static [&'static str],
    pub of: &'static str,
    /// What joins the numbers of a list, and the articles that may stand behind it.
    pub joins: &'static [&'static str],
    pub the: &'static [&'static str],
    /// What stands behind an hour.
    pub clock: &'static [&'static str],
    /// What stands before the years of a decade.
    pub decades: &'static [&'static str],
}

#[rustfmt::skip]
const ENGLISH: Words = Words {
    language: "en",
    numbers: &[
        ("no", 0), ("none", 0), ("pair", 2), ("couple", 2), ("zero", 0), ("never", 0), ("one", 1),
        ("once", 1), ("single", 1), ("two", 2), ("twice", 2), ("both", 2), ("three", 3), ("thrice", 3),
        ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10),
        ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15),
        ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20),
        ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80),
        ("ninety", 90),
    ],
    multipliers: &[
        ("dozen", 12), ("hundred", 100), ("thousand", 1000), ("million", 1_000_000),
        ("billion", 1_000_000_000),
    ],
    fillers: &["and"],
    vague: &["few", "several", "some", "many", "numerous"],
    articles: &["a", "an"],
    comparisons: &[
        ("at least", Comparison::AtLeast), ("no fewer than", Comparison::AtLeast),
        ("no less than", Comparison::AtLeast), ("not fewer than", Comparison::AtLeast),
        ("no more than", Comparison::AtMost), ("not more than", Comparison::AtMost),
        ("more than", Comparison::MoreThan), ("over", Comparison::MoreThan),
        ("at most", Comparison::AtMost), ("up to", Comparison::AtMost),
        ("fewer than", Comparison::FewerThan), ("less than", Comparison::FewerThan),
    ],
    months: &[
        "january", "february", "april", "june", "july", "august", "september", "october", "november",
        "december",
    ],
    of: "of",
    joins: &["and", "or", "to", "through", "until"],
    the: &["the"],
    clock: &["a.m", "p.m", "am", "pm", "o'clock", "h"],
    decades: &[],
};

#[rustfmt::skip]
const FRENCH: Words = Words {
    language: "fr",
    numbers: &[
        ("zéro", 0), ("aucun", 0), ("aucune", 0), ("un", 1), ("une", 1), ("deux", 2), ("trois", 3),
        ("quatre", 4), ("cinq", 5), ("six", 6), ("sept", 7), ("huit", 8), ("neuf", 9), ("dix", 10),
        ("onze", 11), ("douze", 12), ("treize", 13), ("quatorze", 14), ("quinze", 15), ("seize", 16),
        ("vingt", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60),
        ("septante", 70), ("nonante", 90),
    ],
    multipliers: &[
        ("cent", 100), ("cents", 100), ("mille", 1000), ("million", 1_000_000), ("millions", 1_000_000),
        ("milliard", 1_000_000_000), ("milliards", 1_000_000_000),
    ],
    fillers: &["et"],
    vague: &[],
    articles: &[],
    comparisons: &[
        ("au moins", Comparison::AtLeast), ("plus de", Comparison::MoreThan),
        ("au plus", Comparison::AtMost), ("moins de", Comparison::FewerThan),
    ],
    months: &[
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc",
    ],
    of: "",
    joins: &["et", "ou", "au", "à"],
    the: &["le", "les"],
    clock: &["h", "heure", "heures"],
    decades: &["années"],
};

#[rustfmt::skip]
const GERMAN: Words = Words {
    language: "de",
    numbers: &[
        ("null", 0), ("kein", 0), ("keine", 0), ("keines", 0), ("keinmal", 0), ("ein", 1), ("eine", 1),
        ("einen", 1), ("einem", 1), ("einer", 1), ("eins", 1), ("einmal", 1), ("zwei", 2),
        ("zweimal", 2), ("drei", 3), ("dreimal", 3), ("vier", 4), ("viermal", 4), ("fünf", 5),
        ("fünfmal", 5), ("sechs", 6), ("sechsmal", 6), ("sieben", 7), ("siebenmal", 7), ("acht", 8),
        ("achtmal", 8), ("neun", 9), ("neunmal", 9), ("zehn", 10), ("zehnmal", 10), ("elf", 11),
        ("zwölf", 12), ("dreizehn", 13), ("vierzehn", 14), ("fünfzehn", 15), ("sechzehn", 16),
        ("siebzehn", 17), ("achtzehn", 18), ("neunzehn", 19), ("zwanzig", 20), ("dreißig", 30),
        ("vierzig", 40), ("fünfzig", 50), ("sechzig", 60), ("siebzig", 70), ("achtzig", 80),
        ("neunzig", 90),
    ],
    multipliers: &[
        ("dutzend", 12), ("hundert", 100), ("tausend", 1000), ("million", 1_000_000),
        ("millionen", 1_000_000), ("milliarde", 1_000_000_000), ("milliarden", 1_000_000_000),
    ],
    fillers: &["und"],
    vague: &[],
    articles: &[],
    comparisons: &[
        ("mindestens", Comparison::AtLeast), ("mehr als", Comparison::MoreThan),
        ("über", Comparison::MoreThan), ("höchstens", Comparison::AtMost),
        ("weniger als", Comparison::FewerThan),
    ],
    months: &[
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "dezember", "jan", "feb", "apr", "aug", "sept", "okt", "nov", "dez",
    ],
    of: "",
    joins: &["und", "oder", "bis"],
    the: &["dem", "den", "der"],
    clock: &["uhr", "h"],
    decades: &[],
};

#[rustfmt::skip]
const SPANISH: Words = Words {
    language: "es",
    numbers: &[
        ("cero", 0), ("ningún", 0), ("ninguna", 0), ("un", 1), ("uno", 1), ("una", 1), ("dos", 2),
        ("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7), ("ocho", 8), ("nueve", 9),
        ("diez", 10), ("once", 11), ("doce", 12), ("trece", 13), ("catorce", 14), ("quince", 15),
        ("dieciséis", 16), ("diecisiete", 17), ("dieciocho", 18), ("diecinueve", 19), ("veinte", 20),
        ("treinta", 30), ("cuarenta", 40), ("cincuenta", 50), ("sesenta", 60), ("setenta", 70),
        ("ochenta", 80), ("noventa", 90), ("cien", 100), ("ciento", 100),
    ],
    multipliers: &[
        ("docena", 12), ("docenas", 12), ("mil", 1000), ("millón", 1_000_000), ("millones", 1_000_000),
    ],
    fillers: &["y"],
    vague: &[],
    articles: &[],
    comparisons: &[
        ("al menos", Comparison::AtLeast), ("más de", Comparison::MoreThan),
        ("como máximo", Comparison::AtMost), ("menos de", Comparison::FewerThan),
    ],
    months: &[
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre",
        "octubre", "noviembre", "diciembre", "ene", "feb", "abr", "jun", "jul", "sept", "oct", "nov", "dic",
    ],
    of: "de",
    joins: &["y", "e", "o", "al", "a"],
    the: &["el", "los"],
    clock: &["h", "hora", "horas"],
    decades: &["años"],
};

pub const LANGUAGES: [Words; 4] = [ENGLISH, FRENCH, GERMAN, SPANISH];

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
