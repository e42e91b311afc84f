use text2num::Language;

use super::Says::{
    Anywhere, Approximately, Before, Behind, Beside, Either, Exactly, Number, Preposition, Vague,
};
use super::Words;
use crate::link::numbers::Comparison::{AtLeast, AtMost, FewerThan, MoreThan};

#[rustfmt::skip]
pub const GERMAN: Words = Words {
    language: "de",
    parser: Language::german,
    unparsed: &["komma", "punkt", "billion"],
    also: &[("eine", "ein"), ("einen", "ein"), ("einem", "ein"), ("einer", "ein"), ("eines", "ein")],
    times: "mal",
    articles: &["ein", "eine", "einen", "einem", "einer", "eines"],
    dozens: &[("dutzend", 12), ("dutzende", 12), ("dutzenden", 12), ("tsd", 1000), ("mio", 1_000_000), ("mrd", 1_000_000_000)],
    quantities: &[
        "handvoll", "reihe", "reihen", "vielzahl", "menge", "mengen", "anzahl", "zahl", "bruchteil",
        "jahrzehnt", "jahrzehnte", "unzahl", "fülle", "serie", "serien", "mehrheit", "mehrzahl",
        "minderheit", "großteil", "teil", "haufen", "schar", "unmenge", "welle", "wellen", "folge", "paar",
        "paare", "wenig", "mehrere", "viele", "wenige", "trios",
    ],
    spans: &[
        "sekunde", "sekunden", "minute", "minuten", "stunde", "stunden", "tag", "tage", "tagen", "woche",
        "wochen", "monat", "monate", "monaten", "jahr", "jahre", "jahren", "jahrzehnt", "jahrzehnte",
        "jahrzehnten", "jahrhundert", "jahrhunderte", "jahrhunderten",
    ],
    and: &["und", "sowie", "plus"],
    between: "zwischen",
    links: &["von", "vom", "mit", "in", "im", "zu", "zum", "zur", "bei", "beim", "für", "über", "der", "des"],
    crowds: &[
        "dutzende", "dutzenden", "hunderte", "hunderten", "tausende", "tausenden", "zehntausende",
        "zehntausenden", "hunderttausende", "hunderttausenden", "millionen", "milliarden",
    ],
    phrases: &[
        (Number(0), &[
            "kein", "keine", "keinen", "keinem", "keiner", "keines", "keinmal", "nie", "niemals",
            "nicht ein", "nicht eine", "nicht einen", "nicht ein einziges", "nicht eine einzige",
            "nicht ein einziges mal",
        ]),
        (Number(2), &["beide", "beiden", "ein duo", "einem duo"]),
        (Number(3), &["ein trio", "einem trio"]),
        (Number(4), &["ein quartett", "einem quartett"]),
        (Number(6), &["halbes dutzend", "ein halbes dutzend", "halben dutzend", "einem halben dutzend"]),
        (Number(18), &["anderthalb dutzend", "eineinhalb dutzend"]),
        (Either(AtLeast), &["mindestens", "wenigstens", "zumindest", "zum mindesten", "minimal", "minimum", "im minimum"]),
        (Before(AtLeast), &["nicht weniger als", "nicht unter", "ein minimum von", "einem minimum von", "minimum von"]),
        (Before(MoreThan), &["mehr als"]),
        (Preposition(AtLeast), &["mind", "min"]),
        (Preposition(MoreThan), &[
            "über", "oberhalb von", "oberhalb", "jenseits von", "jenseits",
        ]),
        (Either(AtMost), &["höchstens", "maximal", "allenfalls", "allerhöchstens", "maximum", "im maximum"]),
        (Before(AtMost), &["nicht mehr als", "nicht über", "bis zu", "nie mehr als", "ein maximum von", "einem maximum von", "maximum von"]),
        (Preposition(AtMost), &["max"]),
        (Before(FewerThan), &["weniger als", "nicht einmal", "nicht mal"]),
        (Preposition(FewerThan), &["unter", "unterhalb von", "unterhalb"]),
        (Behind(AtLeast), &["oder mehr", "und mehr", "oder darüber", "und darüber"]),
        (Behind(AtMost), &["oder weniger", "und weniger", "oder darunter"]),
        (Exactly, &[
            "genau", "exakt", "nur", "bloß", "lediglich", "insgesamt", "gerade einmal", "gerade mal", "alle",
            "allein",
        ]),
        (Approximately, &[
            "etwa", "ungefähr", "rund", "circa", "ca", "zirka", "fast", "beinahe", "nahezu", "knapp", "gut",
            "um", "um die", "gegen", "an die", "annähernd", "schätzungsweise", "mehr oder weniger",
            "vielleicht", "wohl", "rd", "womöglich", "vermutlich", "angeblich", "möglicherweise", "wahrscheinlich",
            "mutmaßlich", "durchschnittlich", "im durchschnitt", "im schnitt", "oder so", "in etwa",
        ]),
        (Vague, &[
            "einige", "einigen", "mehrere", "mehreren", "viele", "vielen", "wenige", "wenigen", "etliche",
            "etlichen", "manche", "manchen", "paar", "ein paar", "einem paar", "zahlreiche", "zahlreichen",
            "mehrmals", "mehrfach", "oft",
        ]),
        (Beside, &[
            "nicht", "kaum", "alles andere als", "keineswegs", "keinesfalls", "mitnichten", "ohne", "statt",
            "anstatt", "anstelle von", "weder", "noch", "ausgenommen", "oder", "bis", "außer", "pro", "je", "jede", "jeder", "jedes",
            "jeden", "letzte", "letzten", "nächsten", "erste", "plus", "minus", "komma", "doppelt",
            "jeweils", "jährlich", "monatlich", "wöchentlich", "täglich", "stündlich",
        ]),
        (Anywhere, &[
            "mehr", "weniger", "meisten", "halb", "halbe", "halben", "halber", "halbes", "einhalb",
            "eineinhalb", "anderthalb", "zweieinhalb", "dreieinhalb", "viereinhalb", "fünfeinhalb", "hälfte",
            "drittel", "viertel", "fünftel", "zehntel", "billion", "billionen", "prozent", "prozentpunkte", "fache", "fachen", "faches", "zweifach", "zweifache", "zweifachen",
            "dreifach", "dreifache", "dreifachen", "vierfach", "vierfache", "vierfachen", "fünffach",
            "fünffache", "fünffachen", "zehnfach", "zehnfache", "zehnfachen", "hundertfach",
            "hundertfache", "tausendfach", "tausendfache", "vielfaches",
        ]),
    ],
    months: &[
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "dezember", "jan", "feb", "apr", "aug", "sept", "okt", "nov", "dez",
    ],
    capitals: true,
    of: "",
    joins: &["und", "oder", "bis"],
    the: &["dem", "den", "der"],
    clock: &["uhr", "h"],
    decades: &[],
};
