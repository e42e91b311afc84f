//! Words of dates, and of what is counted.

pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Months in short, and their numbers.
pub const SHORT_MONTHS: [(&str, usize); 12] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// The days of a month in words.
pub const ORDINALS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

/// What a number before them counts, though they have no `s`.
pub const COUNTED: &[&str] =
    &["people", "men", "women", "children", "kroner", "euro", "police", "troops", "words"];

pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Feasts, which are a part of a year.
pub const FEASTS: &[&str] = &[
    "christmas",
    "easter",
    "ramadan",
    "eid",
    "passover",
    "midsummer",
    "pentecost",
    "thanksgiving",
    "nowruz",
    "diwali",
];

/// Words between two dates.
pub const JOINS: [&str; 8] = ["and", "or", "to", "until", "till", "through", "thru", "plus"];

/// Behind `or` and a date.
pub const LATER: &[&str] =
    &["later", "earlier", "before", "after", "so", "thereabouts", "beyond", "onward", "onwards", "possibly"];

/// Behind a date, which they make a bound or another year.
pub const BEHIND: &[&str] = &["onward", "onwards", "bc", "bce", "ah"];

/// Before a date, which they make a bound or a part.
pub const BOUNDS: &[&str] = &[
    "by",
    "before",
    "after",
    "until",
    "till",
    "since",
    "about",
    "around",
    "circa",
    "early",
    "mid",
    "late",
    "from",
    "between",
    "to",
    "through",
    "or",
    "beginning",
    "than",
    "as",
    "following",
    "ahead",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "towards",
    "toward",
    "starting",
    "ending",
    "earlier",
    "later",
    "within",
    "throughout",
    "instead",
    "except",
];

/// Before a date, which they leave open.
pub const UNSURE: &[&str] =
    &["not", "perhaps", "maybe", "possibly", "probably", "either", "neither", "nor", "or"];

/// Before `of` and a month or a year, of which they are a part.
pub const PARTS_OF: &[&str] = &[
    "end",
    "middle",
    "start",
    "half",
    "quarter",
    "beginning",
    "week",
    "weeks",
    "weekend",
    "days",
    "months",
    "eve",
    "anniversary",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "rest",
    "part",
    "most",
    "close",
];

/// Parts of a day, before `of` and its date.
pub const TIMES_OF_DAY: &[&str] = &["morning", "afternoon", "evening", "night", "day"];
