//! Names in eleven scripts, and the ways to write each of them that a reader, or a program, takes for the same.

use unicode_normalization::UnicodeNormalization;

/// A name of three words in each script, of which the last is to be made anew for each disguise; and the letters for it.
pub const SCRIPTS: [(&str, &str, &str); 11] = [
    ("Latin", "Farid Núñez", "bcdfgklmp"),
    ("Cyrillic", "Фарид Нураман", "бвгджклмн"),
    ("Arabic", "فرید نورآمان", "بتجدرسشفق"),
    ("Hebrew", "פריד נוראמן", "אבגדהזחטל"),
    ("Greek", "Φαρίδης Νούραμ", "βγδζκλμνξ"),
    ("Armenian", "Արևիկ Նուրաման", "բգդզթժլխկ"),
    ("Georgian", "ფარიდ ნურამანი", "ბგდვზთკლმ"),
    ("Chinese", "王小明", "天地玄黄宇宙洪荒日"),
    ("Thai", "ฟาริดนูรามัน", "กขคงจฉชซด"),
    ("Korean", "김철수", "가나다라마바사아자"),
    ("Devanagari", "फरीद नूरामान", "कखगघचछजझट"),
];

/// Names of two to four letters, of one word and of two.
pub const SHORT: [(&str, &str); 17] = [
    ("Latin", "Lý"),
    ("Latin", "Ada"),
    ("Latin", "Zoé"),
    ("Latin", "Bo Li"),
    ("Cyrillic", "Ия"),
    ("Cyrillic", "Ада"),
    ("Cyrillic", "Ян Ли"),
    ("Arabic", "مي"),
    ("Arabic", "علي"),
    ("Arabic", "مي دب"),
    ("Hebrew", "דן"),
    ("Hebrew", "עדה"),
    ("Hebrew", "דן לי"),
    ("Chinese", "王明"),
    ("Chinese", "王小明"),
    ("Korean", "김수"),
    ("Korean", "김철수"),
];

/// The name in a script that is used for the disguise of this number.
pub fn name(script: usize, number: usize) -> String {
    let (label, name, letters) = SCRIPTS[script];
    let letters: Vec<char> = letters.chars().collect();
    let own: String = [number / 9 % 9, number % 9, number / 81].iter().map(|digit| letters[*digit]).collect();
    let gap = if ["Chinese", "Thai", "Korean"].contains(&label) { "" } else { " " };
    format!("{name}{gap}{own}")
}

fn each(name: &str, with: impl Fn(char) -> String) -> String {
    name.chars().map(with).collect()
}

fn others(name: &str, with: impl Fn(char) -> String) -> String {
    each(name, |c| if c.is_ascii() { c.to_string() } else { with(c) })
}

fn spaced(name: &str, by: &str) -> String {
    name.replace(' ', by)
}

fn bytes(text: &str, with: impl Fn(u8) -> String) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { with(byte) })
        .collect()
}

/// A mark of no width within the name.
fn marked(name: &str, mark: &str) -> String {
    let mut places = name.char_indices().map(|(at, _)| at).skip(1).take(2);
    let at = places.clone().nth(1).or_else(|| places.next()).unwrap();
    format!("{}{mark}{}", &name[..at], &name[at..])
}

/// A way to write a name.
pub type Disguise = (&'static str, fn(&str) -> String);

pub const DISGUISES: [Disguise; 42] = [
    ("as it is", |name| name.to_owned()),
    ("decomposed", |name| name.nfd().collect()),
    ("composed", |name| name.nfc().collect()),
    ("in capital letters", |name| name.to_uppercase()),
    ("in small letters", |name| name.to_lowercase()),
    ("in capital letters, decomposed", |name| name.to_uppercase().nfd().collect()),
    ("without accents", |name| name.nfd().filter(|c| !('\u{300}'..'\u{370}').contains(c)).nfc().collect()),
    ("with two spaces", |name| spaced(name, "  ")),
    ("with a space that does not break", |name| spaced(name, "\u{A0}")),
    ("with a wide space", |name| spaced(name, "\u{3000}")),
    ("with hyphens", |name| spaced(name, "-")),
    ("with low lines", |name| spaced(name, "_")),
    ("with full stops", |name| spaced(name, ".")),
    ("with plus signs", |name| spaced(name, "+")),
    ("in one word", |name| spaced(name, "")),
    ("spaced out", |name| each(name, |c| format!("{c} "))),
    ("with a soft hyphen", |name| marked(name, "\u{AD}")),
    ("with a word joiner", |name| marked(name, "\u{2060}")),
    ("with a space of no width", |name| marked(name, "\u{200B}")),
    ("with a non-joiner", |name| marked(name, "\u{200C}")),
    ("with a grapheme joiner", |name| marked(name, "\u{34F}")),
    ("with a selector of variants", |name| marked(name, "\u{E0100}")),
    ("with a tag character", |name| marked(name, "\u{E0061}")),
    ("with a filler", |name| marked(name, "\u{3164}")),
    ("with a byte order mark", |name| marked(name, "\u{FEFF}")),
    ("in quotation marks", |name| format!("“{name}”")),
    ("with a genitive", |name| format!("{name}’s")),
    ("by numbers", |name| each(name, |c| format!("&#{};", u32::from(c)))),
    ("by numbers in hexadecimal", |name| each(name, |c| format!("&#x{:X};", u32::from(c)))),
    ("by numbers without an end", |name| others(name, |c| format!("&#{} ", u32::from(c))).replace(" &", "&")),
    ("by numbers, twice", |name| others(name, |c| format!("&amp;#{};", u32::from(c)))),
    ("in an address", |name| {
        format!("https://ada.example/wiki/{}", bytes(&spaced(name, "_"), |b| format!("%{b:02X}")))
    }),
    ("in a query", |name| {
        format!("https://ada.example/?q={}", bytes(&spaced(name, "+"), |b| format!("%{b:02x}")))
    }),
    ("in an address within another", |name| bytes(name, |b| format!("%25{b:02X}"))),
    ("as in JSON", |name| {
        others(name, |c| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect())
    }),
    ("as in scripts", |name| others(name, |c| format!("\\u{{{:x}}}", u32::from(c)))),
    ("as in shells", |name| others(name, |c| c.to_string().bytes().map(|b| format!("\\{b:03o}")).collect())),
    ("as bytes in scripts", |name| {
        others(name, |c| c.to_string().bytes().map(|b| format!("\\x{b:02x}")).collect())
    }),
    // A space behind each belongs to it.
    ("as in style sheets", |name| others(name, |c| format!("\\{:06x} ", u32::from(c)))),
    ("as in old scripts", |name| others(name, |c| format!("%u{:04X}", u32::from(c)))),
    ("in a list", |name| format!("\\n{name}\\n")),
    ("in brackets", |name| format!("({name})")),
];
