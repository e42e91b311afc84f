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
    dozens: &[("dozen", 12), ("dozens", 12), ("score", 20), ("mln", 1_000_000), ("mn", 1_000_000), ("bn", 1_000_000_000)],
    quantities: &[
        "handful", "handfuls", "lot", "lots", "number", "numbers", "series", "host", "hosts", "string",
        "strings", "majority", "minority", "decade", "decades", "multitude", "range", "variety", "wave",
        "waves", "plethora", "slew", "raft", "spate", "flurry", "array", "bunch", "batch", "cluster",
        "succession", "sequence", "stream", "flood", "proportion", "share", "portion", "part", "many", "few",
        "several", "deal", "plenty", "myriad", "pairs", "trios", "quartets", "quantity", "amount",
    ],
    spans: &[
        "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month",
        "months", "year", "years", "decade", "decades", "century", "centuries",
    ],
    and: &["and", "plus"],
    between: "between",
    links: &["of", "with", "in", "on", "for", "at", "to", "by", "from", "between", "about"],
    crowds: &["dozens", "tens", "hundreds", "thousands", "millions", "billions"],
    phrases: &[
        (Number(0), &["no", "none", "never", "not a single", "not one", "not once"]),
        (Number(1), &["once", "single", "a single"]),
        (Number(2), &["twice", "both", "pair", "a pair", "couple", "a couple", "a duo"]),
        (Number(3), &["thrice", "a trio"]),
        (Number(4), &["a quartet"]),
        (Number(5), &["a quintet"]),
        (Number(6), &["half a dozen", "a half dozen", "half dozen"]),
        (Number(18), &["dozen and a half", "a dozen and a half", "one and a half dozen"]),
        (Either(AtLeast), &["at least", "at the least", "at the very least", "at a minimum", "minimum", "a minimum"]),
        (Before(AtLeast), &[
            "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of", "minimum of", "the minimum of", "min of", "a min of",
        ]),
        (Preposition(AtLeast), &["min"]),
        (Before(MoreThan), &["more than", "greater than", "in excess of"]),
        (Preposition(MoreThan), &[
            "over", "above", "north of", "surpassing", "surpasses", "surpassed", "exceeding", "exceeds",
            "exceed", "exceeded",
        ]),
        (Either(AtMost), &["at most", "at the most", "at the very most", "at a maximum", "maximum", "a maximum"]),
        (Before(AtMost), &[
            "no more than", "not more than", "as many as", "a maximum of", "maximum of", "the maximum of", "max of",
            "a max of", "not over", "no greater than", "not exceeding", "not above",
        ]),
        (Preposition(AtMost), &["up to", "max"]),
        (Before(FewerThan), &["fewer than", "less than"]),
        (Preposition(FewerThan), &["under", "below", "beneath", "south of"]),
        (Behind(AtLeast), &["or more", "and more", "or over"]),
        (Behind(AtMost), &["or fewer", "or less", "or under"]),
        (Exactly, &["exactly", "precisely", "only", "just", "a total of", "in number", "in all", "in total", "all"]),
        (Approximately, &[
            "about", "just about", "around", "some", "nearly", "almost", "roughly", "approximately", "circa",
            "ca", "close to", "near", "or so", "odd", "more or less", "give or take", "estimated", "perhaps",
            "maybe", "probably", "possibly", "likely", "reportedly", "allegedly", "supposedly", "purportedly",
            "apparently", "presumably", "nigh on", "nigh", "closer to", "averaging", "average", "an average of",
            "on average", "c", "est", "in the region of", "on the order of", "upwards of", "upward of",
        ]),
        (Vague, &["few", "a few", "several", "many", "numerous", "various", "countless"]),
        (Beside, &[
            "not", "hardly", "barely", "scarcely", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't",
            "didn't", "hasn't", "haven't", "hadn't", "won't", "wouldn't", "can't", "cannot", "couldn't",
            "shouldn't", "needn't", "ain't", "anything but", "nothing like", "far from", "without", "instead of",
            "rather than", "excluding", "or", "plus", "minus", "except", "all but",
            "per", "every", "each", "yearly", "annually", "monthly", "weekly", "daily", "hourly", "last", "next", "double", "triple", "beyond", "nor",
            "than", "a year", "a month", "a week", "a day",
            "out of", "short of", "times as", "point",
        ]),
        (Anywhere, &[
            "more", "fewer", "less", "least", "most", "half", "halves", "quarter", "quarters", "third",
            "thirds", "fraction", "trillion", "trillions", "fold", "twofold", "threefold", "fourfold", "fivefold", "sixfold", "sevenfold",
            "eightfold", "ninefold", "tenfold", "hundredfold", "thousandfold", "manifold", "percent", "per cent", "percentage",
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
