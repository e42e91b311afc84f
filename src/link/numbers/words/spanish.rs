use text2num::Language;

use super::Says::{
    Anywhere, Approximately, Before, Behind, Beside, Either, Exactly, Number, Preposition, Vague,
};
use super::Words;
use crate::link::numbers::Comparison::{AtLeast, AtMost, FewerThan, MoreThan};

#[rustfmt::skip]
pub const SPANISH: Words = Words {
    language: "es",
    parser: Language::spanish,
    unparsed: &["coma", "punto"],
    also: &[
        ("veintiún", "veintiuno"), ("veintidos", "veintidós"), ("veintitres", "veintitrés"),
        ("veintiseis", "veintiséis"),
    ],
    times: "",
    articles: &["un", "una"],
    dozens: &[("docena", 12), ("docenas", 12)],
    quantities: &[
        "puñado", "puñados", "sinfín", "montón", "montones", "pareja", "parejas", "pares", "serie", "series",
        "número", "sinnúmero", "multitud", "infinidad", "mayoría", "minoría", "parte", "década", "décadas",
        "cantidad", "variedad", "conjunto", "ola", "oleada", "tríos", "poco", "varios", "varias", "fracción",
    ],
    spans: &[
        "segundo", "segundos", "minuto", "minutos", "hora", "horas", "día", "días", "semana", "semanas",
        "mes", "meses", "año", "años", "década", "décadas", "siglo", "siglos",
    ],
    and: &["y", "e", "como"],
    between: "entre",
    links: &["de", "del", "con", "en", "a", "al", "para", "por", "sobre"],
    crowds: &[
        "decena", "quincena", "veintena", "treintena", "centenar", "millar", "decenas", "docenas",
        "veintenas", "cientos", "centenares", "miles", "millares", "millones",
    ],
    phrases: &[
        (Number(0), &[
            "ningún", "ninguno", "ninguna", "nunca", "jamás", "ni un", "ni uno", "ni una", "ni un solo",
            "ni una sola",
        ]),
        (Number(2), &["ambos", "ambas", "un par", "un dúo"]),
        (Number(3), &["un trío"]),
        (Number(4), &["un cuarteto"]),
        (Number(6), &["media docena", "una media docena"]),
        (Number(18), &["docena y media", "una docena y media"]),
        (Either(AtLeast), &["al menos", "por lo menos", "como mínimo", "cuando menos", "a lo menos", "mínimo"]),
        (Before(AtLeast), &["no menos de", "un mínimo de", "mínimo de"]),
        (Preposition(AtLeast), &["mín"]),
        (Before(MoreThan), &["más de", "por encima de"]),
        (Preposition(MoreThan), &["superior a", "superiores a"]),
        (Either(AtMost), &["como máximo", "a lo sumo", "como mucho", "a lo más", "máximo"]),
        (Before(AtMost), &["no más de", "un máximo de", "máximo de"]),
        (Preposition(AtMost), &["hasta", "máx"]),
        (Before(FewerThan), &["menos de", "por debajo de"]),
        (Preposition(FewerThan), &["inferior a", "inferiores a", "bajo"]),
        (Behind(AtLeast), &["o más", "y más"]),
        (Behind(AtMost), &["o menos"]),
        (Exactly, &[
            "exactamente", "precisamente", "solo", "sólo", "solamente", "únicamente", "justo", "en total",
            "un total de",
        ]),
        (Approximately, &[
            "unos", "unas", "aproximadamente", "casi", "alrededor de", "alrededor", "rondando", "ronda", "rondan", "y pico", "ca",
            "aprox", "posiblemente", "probablemente", "presuntamente", "en promedio", "un promedio de",
            "una media de", "cerca de", "en torno a", "sobre",
            "más o menos", "quizá", "quizás", "tal vez", "cosa de", "o así", "apenas",
        ]),
        (Vague, &[
            "algunos", "algunas", "varios", "varias", "muchos", "muchas", "pocos", "pocas", "diversos",
            "diversas", "numerosos", "numerosas",
        ]),
        (Beside, &[
            "no", "todos los", "todas las", "cuádruple", "quíntuple", "céntuplo", "ni", "sin", "tampoco", "en vez de", "en lugar de", "lejos de", "o", "u", "salvo", "excepto", "por año", "al año", "por mes", "al mes", "cada",
            "último", "últimos",
            "última", "últimas", "próximos", "próximas", "primeros", "primeras", "primer", "tercer", "doble",
            "triple", "coma",
        ]),
        (Anywhere, &[
            "más", "menos", "medio", "media", "medios", "medias", "mitad", "billón", "billones", "tercio",
            "tercios", "cuarto",
            "cuartos", "por ciento", "porcentaje",
        ]),
    ],
    months: &[
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre",
        "octubre", "noviembre", "diciembre", "ene", "feb", "abr", "jun", "jul", "sept", "oct", "nov", "dic",
    ],
    capitals: false,
    of: "de",
    joins: &["y", "e", "o", "al", "a"],
    the: &["el", "los"],
    clock: &["h", "hora", "horas"],
    decades: &["años"],
};
