use text2num::Language;

use super::Says::{
    Anywhere, Approximately, Before, Behind, Beside, Either, Exactly, Number, Preposition, Vague,
};
use super::Words;
use crate::link::numbers::Comparison::{AtLeast, AtMost, FewerThan, MoreThan};

#[rustfmt::skip]
pub const ENGLISH: Words = Words {
    language: "en",
    parser: Language::english,
    unparsed: &["point"],
    also: &[],
    times: "",
    articles: &["a", "an"],
    dozens: &["dozen", "dozens"],
    crowds: &["dozens", "tens", "hundreds", "thousands", "millions", "billions"],
    phrases: &[
        (Number(0), &["no", "none", "never", "not a single", "not one", "not once"]),
        (Number(1), &["once", "single", "a single"]),
        (Number(2), &["twice", "both", "pair", "a pair", "couple", "a couple"]),
        (Number(3), &["thrice"]),
        (Number(6), &["half a dozen", "a half dozen", "half dozen"]),
        (Number(18), &["dozen and a half", "a dozen and a half", "one and a half dozen"]),
        (Either(AtLeast), &["at least", "at the least", "at the very least", "at a minimum"]),
        (Before(AtLeast), &[
            "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of",
        ]),
        (Before(MoreThan), &["more than", "greater than", "in excess of"]),
        (Preposition(MoreThan), &["over", "above"]),
        (Either(AtMost), &["at most", "at the most", "at the very most", "at a maximum"]),
        (Before(AtMost), &[
            "no more than", "not more than", "as many as", "a maximum of", "not over", "no greater than",
        ]),
        (Preposition(AtMost), &["up to"]),
        (Before(FewerThan), &["fewer than", "less than"]),
        (Preposition(FewerThan), &["under", "below"]),
        (Behind(AtLeast), &["or more", "and more", "or over"]),
        (Behind(AtMost), &["or fewer", "or less", "or under"]),
        (Exactly, &["exactly", "precisely", "only", "just", "a total of", "in all", "in total", "all"]),
        (Approximately, &[
            "about", "just about", "around", "some", "nearly", "almost", "roughly", "approximately", "circa",
            "ca", "close to", "near", "or so", "odd", "more or less", "give or take", "estimated", "perhaps",
            "maybe", "probably", "in the region of", "on the order of", "upwards of", "upward of",
        ]),
        (Vague, &["few", "a few", "several", "many", "numerous", "various", "countless"]),
        (Beside, &[
            "not", "hardly", "barely", "scarcely", "or", "plus", "minus", "except", "all but",
            "per", "every", "each", "last", "next", "double", "triple", "beyond", "exceeding", "nor",
            "than", "a year", "a month", "a week", "a day",
            "out of", "short of", "times as", "point",
        ]),
        (Anywhere, &[
            "more", "fewer", "less", "least", "most", "half", "halves", "quarter", "quarters", "third",
            "thirds", "fraction", "trillion", "trillions", "percent", "per cent", "percentage",
        ]),
    ],
    months: &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
        "dec",
    ],
    capitals: true,
    of: "of",
    joins: &["and", "or", "to", "through", "until"],
    the: &["the"],
    clock: &["a.m", "p.m", "am", "pm", "o'clock", "h"],
    decades: &[],
};
