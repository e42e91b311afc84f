//! The letters of five scripts: what they are folded to, and what they sound like. Tables only, so that
//! a search in the browser can go by the same ones.

/// Letters, and what they are a variant of beyond what Unicode decomposes.
pub const VARIANTS: [(&str, &str); 33] = [
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("þ", "th"),
    ("ɓƀ", "b"),
    ("ƈ", "c"),
    ("đðɖɗ", "d"),
    ("əǝɛ", "e"),
    ("ɣǥ", "g"),
    ("ħɦ", "h"),
    ("ıɨ", "i"),
    ("ĸƙ", "k"),
    ("łƚɫ", "l"),
    ("ŋɲ", "n"),
    ("øɵɔ", "o"),
    ("ŧƭʈ", "t"),
    ("ʉʊ", "u"),
    ("ƴ", "y"),
    ("ƶʒ", "z"),
    ("ς", "σ"),
    ("ٱٲٳ", "ا"),
    ("ىیېۍےێ", "ي"),
    ("کڪ", "ك"),
    ("ةۃەہھۂ", "ه"),
    ("ۆۇۈۋ", "و"),
    ("ך", "כ"),
    ("ם", "מ"),
    ("ן", "נ"),
    ("ף", "פ"),
    ("ץ", "צ"),
    ("װ", "וו"),
    ("ױ", "וי"),
    ("ײ", "יי"),
];

/// Marks within a word that are left out: apostrophes, and what romanisers write for ʿayn and hamza.
pub const APOSTROPHES: &str = "'`´‘’‛′ʹʼʻʽʾʿˈˀˁ׳ءٴ";

/// Blocks of the marks that are left out. Elsewhere, as in Devanagari, a mark is a vowel of its own.
pub const MARKS: [(char, char); 13] = [
    ('\u{300}', '\u{36F}'),
    ('\u{483}', '\u{489}'),
    ('\u{591}', '\u{5C7}'),
    ('\u{610}', '\u{61A}'),
    ('\u{64B}', '\u{65F}'),
    ('\u{670}', '\u{670}'),
    ('\u{6D6}', '\u{6ED}'),
    ('\u{8CA}', '\u{8FF}'),
    ('\u{1AB0}', '\u{1AFF}'),
    ('\u{1DC0}', '\u{1DFF}'),
    ('\u{20D0}', '\u{20FF}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FE20}', '\u{FE2F}'),
];

/// What has no form of its own: tatweel, soft hyphen, joiners, marks of direction.
pub const INVISIBLE: [(char, char); 7] = [
    ('\u{AD}', '\u{AD}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{640}', '\u{640}'),
    ('\u{180E}', '\u{180E}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{202A}', '\u{202E}'),
    ('\u{2060}', '\u{2069}'),
];

// What follows is about folded text. A sound is written in Latin letters: `d/z` is one or the other,
// `k s` both in turn, nothing a letter without a sound. `c` is the sound of `sh`. In capitals stand
//
//   A E I O U  the vowels;                     J  an i that can begin a syllable: y, yod
//   V          vav: v, o, u or nothing much;   W  waw, Y  ya: written where the vowel is long
//   L          alif and alef: any vowel at the start of a word, else a
//   '          ayn: any vowel at the start of a word, else nothing
//   X          a Cyrillic e: ye at the start of a word and after a vowel
//   H          an h that is silent at the end of a word

/// Letters, and their sound. `w`, `j` and `c` are not here: theirs hangs on what follows.
pub const LETTERS: [(&str, &str); 66] = [
    ("aаα", "A"),
    ("eэәε", "E"),
    ("еєѣ", "X"),
    ("iиыіηι", "I"),
    ("yјυ", "J"),
    ("י", "J"),
    ("oоөοω", "O"),
    ("uуүұ", "U"),
    ("я", "J A"),
    ("ю", "J U"),
    ("ו", "V"),
    ("و", "W"),
    ("ي", "Y"),
    ("اא", "L"),
    ("عע", "'"),
    ("hهה", "H"),
    ("ьъ", ""),
    // Consonants.
    ("bб", "b"),
    ("ب", "b"),
    ("ב", "b/v"),
    ("чћшщ", "c"),
    ("شچ", "c"),
    ("ש", "c/s"),
    ("dдδ", "d"),
    ("دדڈ", "d"),
    ("ذضظ", "d/z"),
    ("fфѳφ", "f"),
    ("ف", "f"),
    ("ґғγ", "g"),
    ("غגگڭ", "g"),
    ("g", "g/j"),
    ("г", "g/h"),
    ("хһҳχ", "h"),
    ("حخח", "h"),
    ("жђџҷ", "j"),
    ("ژ", "j"),
    ("ج", "j/g"),
    ("kкқκ", "k"),
    ("ك", "k"),
    ("q", "k/g"),
    ("قק", "k/g"),
    ("כ", "k/h"),
    ("lлљλ", "l"),
    ("لלڵ", "l"),
    ("mмμ", "m"),
    ("مמ", "m"),
    ("nнњңν", "n"),
    ("نנں", "n"),
    ("pпπ", "p"),
    ("پ", "p"),
    ("פ", "p/f"),
    ("rрρ", "r"),
    ("رרڑڕ", "r"),
    ("sсσ", "s"),
    ("سصס", "s"),
    ("tтτ", "t"),
    ("تطטתٹ", "t"),
    ("ث", "t/s"),
    ("θ", "t/th"),
    ("vвβ", "v"),
    ("ڤ", "v"),
    ("zзѕζ", "z"),
    ("زז", "z"),
    ("цצ", "s/z"),
    ("xξ", "k s"),
    ("ψ", "p s"),
];

/// Letters that have one sound together, the longer ones first. In `Fathi` and `Ishaq` they have two.
pub const GROUPS: [(&str, &str); 32] = [
    ("shch", "c"),
    ("tsch", "c"),
    ("sch", "c"),
    ("tch", "c"),
    ("dzh", "j"),
    ("ch", "h/c"),
    ("ck", "k"),
    ("dh", "d/z/dh"),
    ("dj", "j"),
    ("gh", "g"),
    ("kh", "h"),
    ("ph", "f"),
    ("sh", "c/sh"),
    ("th", "t/th"),
    ("ts", "s/z"),
    ("tz", "s/z"),
    ("zh", "j"),
    ("дж", "j"),
    ("тс", "s/z"),
    ("ου", "O U"),
    ("αυ", "A f/v"),
    ("ευ", "E f/v"),
    ("μπ", "b/mb/mp"),
    ("ντ", "d/nd/nt"),
    ("γκ", "g/ng/gk"),
    ("γγ", "ng"),
    ("γχ", "nh"),
    ("τσ", "s/z"),
    ("τζ", "j/z"),
    ("ג׳", "j"),
    ("ז׳", "j"),
    ("צ׳", "c"),
];

/// Letters at the end of a word: in خامنه‌ای the he is silent.
pub const ENDINGS: [(&str, &str); 1] = [("هاي", "L Y")];

// Words of names, folded.

/// The article where it stands alone. Its l may have become the sound that follows: see `is_article`.
pub const ARTICLES: [&str; 10] = ["א", "the", "al", "el", "ul", "ال", "אל", "аль", "эль", "ал"];

/// Words that a name may have or lack between its others: son of, the Persian ezafe.
pub const LINKS: [&str; 14] =
    ["ibn", "bin", "ben", "ابن", "بن", "בנ", "אבנ", "ибн", "бин", "бен", "e", "i", "ye", "yi"];

/// Father of. A name that is only this and one more word is like a lone first name.
pub const FATHERS: [&str; 10] = ["abu", "abou", "abo", "abi", "aba", "ابو", "ابي", "ابا", "אבו", "абу"];

/// Servant of: one name with the word that follows.
pub const SERVANTS: [&str; 15] = [
    "abd",
    "abdul",
    "abdel",
    "abdol",
    "abdal",
    "abdur",
    "abder",
    "abdus",
    "abdes",
    "عبد",
    "עבד",
    "абд",
    "абдул",
    "абдель",
    "абдуль",
];

/// God: one name with the word before it.
pub const GOD: [&str; 6] = ["allah", "ullah", "ollah", "الله", "אללה", "аллах"];
