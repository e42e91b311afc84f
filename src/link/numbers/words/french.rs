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
    dozens: &[("douzaine", 12), ("douzaines", 12), ("md", 1_000_000_000), ("mds", 1_000_000_000), ("mrd", 1_000_000_000)],
    quantities: &[
        "poignée", "poignées", "couple", "couples", "nombre", "série", "séries", "tas", "partie", "parties",
        "part", "multitude", "foule", "majorité", "minorité", "décennie", "décennies", "kyrielle",
        "ribambelle", "myriade", "infinité", "vague", "vagues", "fraction", "paires", "trios", "peu",
        "quelques", "plusieurs", "quantité", "ensemble", "variété",
    ],
    spans: &[
        "seconde", "secondes", "minute", "minutes", "heure", "heures", "jour", "jours", "semaine",
        "semaines", "mois", "an", "ans", "année", "années", "décennie", "décennies", "siècle", "siècles",
    ],
    and: &["et", "plus", "qu"],
    between: "entre",
    links: &["de", "d", "du", "des", "avec", "en", "dans", "à", "au", "aux", "pour", "par", "sur", "chez"],
    crowds: &[
        "dizaine", "quinzaine", "vingtaine", "trentaine", "quarantaine", "cinquantaine", "soixantaine",
        "centaine", "millier", "dizaines", "douzaines", "vingtaines", "centaines", "milliers", "millions",
        "milliards",
    ],
    phrases: &[
        (Number(0), &[
            "aucun", "aucune", "nul", "nulle", "jamais", "pas un", "pas une", "pas un seul", "pas une seule",
        ]),
        (Number(2), &["une paire", "un duo"]),
        (Number(3), &["un trio"]),
        (Number(4), &["un quatuor"]),
        (Number(6), &["demi douzaine", "une demi douzaine"]),
        (Number(18), &["douzaine et demie", "une douzaine et demie"]),
        (Either(AtLeast), &["au moins", "au minimum", "à tout le moins", "pour le moins", "minimum", "un minimum"]),
        (Before(AtLeast), &["pas moins de", "pas moins d", "un minimum de", "un minimum d", "minimum de", "minimum d"]),
        (Preposition(AtLeast), &["min"]),
        (Before(MoreThan), &["plus de", "plus d"]),
        (Preposition(MoreThan), &[
            "supérieur à", "supérieure à", "supérieurs à", "supérieures à", "au delà de", "au delà d",
            "au dessus de", "au dessus d", "dépassant", "dépasse", "dépassent",
        ]),
        (Either(AtMost), &["au plus", "tout au plus", "au maximum", "maximum", "un maximum"]),
        (Before(AtMost), &["pas plus de", "pas plus d", "un maximum de", "un maximum d", "maximum de", "maximum d"]),
        (Preposition(AtMost), &["jusqu à", "max"]),
        (Before(FewerThan), &["moins de", "moins d"]),
        (Preposition(FewerThan), &[
            "inférieur à", "inférieure à", "inférieurs à", "inférieures à", "au dessous de", "au dessous d",
            "en dessous de", "en dessous d", "sous",
        ]),
        (Behind(AtLeast), &["ou plus", "et plus", "ou davantage", "voire plus"]),
        (Behind(AtMost), &["ou moins"]),
        (Exactly, &[
            "exactement", "précisément", "seulement", "uniquement", "juste", "au total", "en tout",
            "un total de",
        ]),
        (Approximately, &[
            "environ", "env", "vers", "probablement", "possiblement", "vraisemblablement", "apparemment",
            "en moyenne", "une moyenne de", "une moyenne d", "estimé", "estimés", "presque", "près de", "près d", "quelque", "autour de", "à peu près", "quasi",
            "quasiment", "approximativement", "grosso modo", "plus ou moins", "à peine", "peut être",
            "de l ordre de", "aux alentours de",
        ]),
        (Vague, &[
            "quelques", "plusieurs", "beaucoup", "nombreux", "nombreuses", "peu", "certains", "certaines",
            "maints", "divers", "diverses",
        ]),
        (Beside, &[
            "pas", "tous les", "toutes les", "quadruple", "quintuple", "décuple", "centuple", "non", "nullement", "aucunement", "guère", "sans", "excepté", "loin de", "loin d",
            "au lieu de", "au lieu d", "ni", "ou", "sauf", "par an", "par mois", "par semaine", "par jour", "chaque",
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
