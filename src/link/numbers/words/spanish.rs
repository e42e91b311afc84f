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
    dozens: &["docena", "docenas"],
    crowds: &[
        "decena", "quincena", "veintena", "treintena", "centenar", "millar", "decenas", "docenas",
        "veintenas", "cientos", "centenares", "miles", "millares", "millones",
    ],
    phrases: &[
        (Number(0), &[
            "ningún", "ninguno", "ninguna", "nunca", "jamás", "ni un", "ni uno", "ni una", "ni un solo",
            "ni una sola",
        ]),
        (Number(2), &["ambos", "ambas"]),
        (Number(6), &["media docena", "una media docena"]),
        (Number(18), &["docena y media", "una docena y media"]),
        (Either(AtLeast), &["al menos", "por lo menos", "como mínimo", "cuando menos", "a lo menos"]),
        (Before(AtLeast), &["no menos de", "un mínimo de"]),
        (Before(MoreThan), &["más de", "por encima de"]),
        (Either(AtMost), &["como máximo", "a lo sumo", "como mucho", "a lo más"]),
        (Before(AtMost), &["no más de", "un máximo de"]),
        (Preposition(AtMost), &["hasta"]),
        (Before(FewerThan), &["menos de", "por debajo de"]),
        (Behind(AtLeast), &["o más", "y más"]),
        (Behind(AtMost), &["o menos"]),
        (Exactly, &[
            "exactamente", "precisamente", "solo", "sólo", "solamente", "únicamente", "justo", "en total",
            "un total de",
        ]),
        (Approximately, &[
            "unos", "unas", "aproximadamente", "casi", "alrededor de", "cerca de", "en torno a", "sobre",
            "más o menos", "quizá", "quizás", "tal vez", "cosa de", "o así", "apenas",
        ]),
        (Vague, &[
            "algunos", "algunas", "varios", "varias", "muchos", "muchas", "pocos", "pocas", "diversos",
            "diversas", "numerosos", "numerosas",
        ]),
        (Beside, &[
            "no", "ni", "o", "u", "salvo", "excepto", "por año", "al año", "por mes", "al mes", "cada",
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
