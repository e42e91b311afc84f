use text2num::Language;

use super::Says::{
    Anywhere, Approximately, Before, Behind, Beside, Either, Exactly, Number, Preposition, Vague,
};
use super::Words;
use crate::link::numbers::Comparison::{AtLeast, AtMost, FewerThan, MoreThan};

#[rustfmt::skip]
pub const FRENCH: Words = Words {
    language: "fr",
    parser: Language::french,
    unparsed: &["virgule"],
    also: &[],
    times: "",
    articles: &["un", "une"],
    dozens: &["douzaine", "douzaines"],
    crowds: &[
        "dizaine", "quinzaine", "vingtaine", "trentaine", "quarantaine", "cinquantaine", "soixantaine",
        "centaine", "millier", "dizaines", "douzaines", "vingtaines", "centaines", "milliers", "millions",
        "milliards",
    ],
    phrases: &[
        (Number(0), &[
            "aucun", "aucune", "nul", "nulle", "jamais", "pas un", "pas une", "pas un seul", "pas une seule",
        ]),
        (Number(6), &["demi douzaine", "une demi douzaine"]),
        (Number(18), &["douzaine et demie", "une douzaine et demie"]),
        (Either(AtLeast), &["au moins", "au minimum", "à tout le moins", "pour le moins"]),
        (Before(AtLeast), &["pas moins de", "pas moins d", "un minimum de"]),
        (Before(MoreThan), &["plus de", "plus d"]),
        (Either(AtMost), &["au plus", "tout au plus", "au maximum"]),
        (Before(AtMost), &["pas plus de", "pas plus d", "un maximum de"]),
        (Preposition(AtMost), &["jusqu à"]),
        (Before(FewerThan), &["moins de", "moins d"]),
        (Behind(AtLeast), &["ou plus", "et plus", "ou davantage", "voire plus"]),
        (Behind(AtMost), &["ou moins"]),
        (Exactly, &[
            "exactement", "précisément", "seulement", "uniquement", "juste", "au total", "en tout",
            "un total de",
        ]),
        (Approximately, &[
            "environ", "presque", "près de", "près d", "quelque", "autour de", "à peu près", "quasi",
            "quasiment", "approximativement", "grosso modo", "plus ou moins", "à peine", "peut être",
            "de l ordre de", "aux alentours de",
        ]),
        (Vague, &[
            "quelques", "plusieurs", "beaucoup", "nombreux", "nombreuses", "peu", "certains", "certaines",
            "maints", "divers", "diverses",
        ]),
        (Beside, &[
            "pas", "non", "ni", "ou", "sauf", "par an", "par mois", "par semaine", "par jour", "chaque",
            "chacun", "chacune", "dernier",
            "derniers", "dernière", "dernières", "prochains", "prochaines", "autour", "premiers",
            "premières", "second", "seconde", "double", "triple", "virgule", "hormis",
        ]),
        (Anywhere, &[
            "plus", "moins", "davantage", "demi", "demie", "demis", "moitié", "tiers", "quart", "quarts",
            "billion",
            "billions",
            "pour cent", "pourcent", "pourcentage",
        ]),
    ],
    months: &[
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc",
    ],
    capitals: false,
    of: "",
    joins: &["et", "ou", "au", "à"],
    the: &["le", "les"],
    clock: &["h", "heure", "heures"],
    decades: &["années"],
};
