//! The letters of five scripts: what they are folded to, and what they sound like. Tables and patterns only,
//! since the search in the browser goes by the same ones.

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

/// Hebrew letters of which an apostrophe behind them, the geresh, makes another one.
pub const GERESH: &str = "גזצ";

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
pub const INVISIBLE: [(char, char); 8] = [
    ('\u{AD}', '\u{AD}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{640}', '\u{640}'),
    ('\u{180E}', '\u{180E}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{202A}', '\u{202E}'),
    ('\u{2060}', '\u{2069}'),
    ('\u{FEFF}', '\u{FEFF}'),
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

/// Letters, and their sound. `w`, `j` and `c` are not here: see [`AHEAD`].
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

/// The first letter of the abjads: from it on, two of a consonant are two.
pub const ABJAD: char = 'א';

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

/// What follows a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A letter of [`LETTERS`] that is a vowel.
    Vowel,
    /// One of these letters.
    Any(&'static str),
    /// This, and then the end of the word.
    Last(&'static str),
    Whatever,
}

/// Letters whose sound hangs on what follows, the first that fits. A `c` may be Turkish, or have lost its
/// mark: Cemal, Vučić.
pub const AHEAD: [(char, Next, &str); 7] = [
    ('w', Next::Vowel, "v"),
    ('w', Next::Whatever, "V"),
    ('j', Next::Last("a"), "j/ya"),
    ('j', Next::Whatever, "j/y"),
    ('c', Next::Any("eiy"), "s/j/c"),
    ('c', Next::Last(""), "k/c"),
    ('c', Next::Whatever, "k/j"),
];

/// Letters at the end of a word: in خامنه‌ای the he is silent.
pub const ENDINGS: [(&str, &str); 1] = [("هاي", "L Y")];

// What follows is about words in sounds: a vowel is its capital letter, a consonant stands in angle brackets,
// as in `<k/g>A<s>E<m>`. An `e` is an E after an A or a vowel, which may be a long i.

/// What letters say together, as patterns and what takes their place, each once and in this order.
pub const TOGETHER: [(&str, &str); 5] = [
    // A Cyrillic e is ye after a vowel, too.
    ("([AEIJLOUVWXYe'])X", "${1}e"),
    // `ee` is a long i, and in `ae` there may be one: Saeed, Ismael.
    ("[Ee]E", "JJ"),
    ("AE", "Ae"),
    // The article after `abd`, whatever its vowel: Abdul, Abdel. Of Allah the l stays, which has no other
    // consonant.
    ("^([AEIJLOUVWXYe']<b(?:/v)?><d>)[AEIJLOUVWXYe']*<l>(.*<.*)$", "${1}${2}"),
    ("^([AEIJLOUVWXYe']<b(?:/v)?><d>)[AEIJLOUVWXYe']+(<l>[^<]*)$", "${1}${2}"),
];

/// Vowels side by side are heard in pieces: at the start of a word one or two, and then each run of one place
/// in the mouth, in front, at the back, or open.
pub const FIRST_PIECE: &str = "^(?:[L'][VWJY]|[OU][OU]|JI|.)";
pub const PIECE: &str = "^(?:[IJYe]+|[OUVW]+|[AELX']+)";

/// A word has at most so many keys. A choice that would make more is not followed.
pub const MOST_KEYS: usize = 32;

/// What of a piece is in the key; of one that fits no pattern nothing. A piece stands in brackets
/// between the vowels before it and after it, with a `!` where these end the word, and first how many sounds
/// come before all of them: `0`, `1`, or `2` for more. `2AE<I>!` is the end of Rezaei.
///
/// A long vowel always is in the key, a short one may be.
pub const HEARD: [(&str, &str); 25] = [
    // The start of a word.
    ("^0<[L'][VW]>", "o/av"),
    ("^0<[L'][JY]>", "a/ay"),
    ("^0<[L']>", "a/o"),
    ("^0<[OU]+>", "o"),
    ("^0<[VW]>", "v"),
    ("^0<(?:JI>|J>!?$|X>|I>[^!])", "y/a"),
    ("^0<[JY]>", "y"),
    ("^0<", "a"),
    // In front, at the end of a word. Haniyeh, other than Hani; but Marie.
    ("<[IJYe]>E!", "y"),
    ("<[IJYe]+>[AELX']+!", "ya"),
    // The Arabic letter may be a long a: موسى, يحيى.
    ("[12W]<Y>!", "y/"),
    ("<YY>!", "y/ya"),
    ("<[IJYe]+>!", "y"),
    // In front, elsewhere.
    ("<(?:[IJe]*Y[IJYe]*|[IJYe]{2,})>", "y"),
    ("<e>", "y/"),
    // Eissa is Issa.
    ("^0E<[IJYe]", "y/"),
    ("[AEXOL']<[IJYe]", "y"),
    ("<[IJYe]", "y/"),
    // At the back.
    ("<[OU]+>!", ""),
    ("<[OUVW]+>!", "v/"),
    ("<(?:VV|[OUV]*W[OUVW]*)>", "v"),
    // A short one is written in the first syllable at most: מוחמד, other than מחמוד; Moustafa.
    ("^2.*<V>", "v"),
    ("^2.*<[OU]{2,}>", "v"),
    ("^2.*A<[OU]>", "v"),
    ("<[OUVW]", "v/"),
];

// Words of names, folded.

/// The Arabic article, which is written in one with its word.
pub const WRITTEN_ARTICLE: &str = "ال";

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
