//! Texts: TOML, front matter and settings that do not parse, bytes that are no text.

use super::{Case, case};

/// TOML that is none, as `content/people/bad.toml`: what it is, the text, the line, and words of the error.
const TOML: &[(&str, &str, usize, &str)] = &[
    ("an unclosed text", "[bad]\nname = \"Bad\n", 2, "close the text"),
    ("an unclosed literal text", "[bad]\nname = 'Bad\n", 2, "close the text"),
    ("an unclosed text of several lines", "[bad]\nname = \"\"\"Bad\n\nfor ever\n", 5, "close the text"),
    ("an unclosed list", "[bad]\nname = \"Bad\"\ntags = [\"a\", \"b\"\n", 3, "close the list"),
    ("an unclosed table in braces", "[bad]\nname = \"Bad\"\nids = { wikidata = \"Q1\"\n", 3, "close it"),
    ("an unclosed header", "[bad\nname = \"Bad\"\n", 1, "`[ada-berg]`"),
    ("a header of nothing", "[]\nname = \"Bad\"\n", 1, "no valid TOML"),
    ("a key twice", "[bad]\nname = \"Bad\"\nname = \"Worse\"\n", 3, "the first time"),
    ("a table twice", "[bad]\nname = \"Bad\"\n\n[bad]\nname = \"Worse\"\n", 4, "the first time"),
    (
        "a table that is a value",
        "[bad]\nname = \"Bad\"\nids = 1\nids.wikidata = \"Q1\"\n",
        4,
        "no valid TOML",
    ),
    ("an escape that is none", "[bad]\nname = \"B\\qd\"\n", 2, "escape"),
    ("an escape of no character", "[bad]\nname = \"B\\uD800d\"\n", 2, "no valid TOML"),
    ("an escape that is cut off", "[bad]\nname = \"B\\u12\"\n", 2, "no valid TOML"),
    ("a key without a value", "[bad]\nname\n", 2, "key = value"),
    ("a key without a text", "[bad]\nname =\n", 2, "no valid TOML"),
    ("a text without quotes", "[bad]\nname = Bad\n", 2, "in quotes"),
    ("a colon for an equals sign", "[bad]\nname: \"Bad\"\n", 2, "key = value"),
    ("two values on a line", "[bad]\nname = \"Bad\" born = \"1960\"\n", 2, "no valid TOML"),
    ("a number with a comma", "[bad]\nname = \"Bad\"\nborn = 1,960\n", 3, "no valid TOML"),
    ("JSON", "{ \"bad\": { \"name\": \"Bad\" } }\n", 1, "no valid TOML"),
    (
        "a merge that was left",
        "<<<<<<< HEAD\n[bad]\nname = \"Bad\"\n=======\n>>>>>>> other\n",
        1,
        "no valid TOML",
    ),
];

/// Front matter, as `content/explainers/bad.md`.
const FRONT_MATTER: &[(&str, &str, &str, usize, &str)] = &[
    ("front matter without an end", "+++\ntitle = \"T\"\n\n# T\n", "unclosed-front-matter", 1, "`+++`"),
    ("front matter in YAML", "---\ntitle: T\n---\n\n# T\n", "toml-syntax", 1, "`+++`"),
    ("YAML between the right lines", "+++\ntitle: T\n+++\n\n# T\n", "toml-syntax", 2, "key = value"),
    (
        "front matter after a text",
        "# T\n\n+++\nauthors = \"A\"\n\n[[nobody]]\n",
        "unknown-reference",
        6,
        "nobody",
    ),
    (
        "front matter with a field of nothing",
        "+++\ntitle = \"T\"\nauhtors = \"A\"\n+++\n",
        "unknown-field",
        3,
        "`authors`",
    ),
    ("front matter with a list as title", "+++\ntitle = [\"T\"]\n+++\n", "wrong-type", 2, "a text in quotes"),
    ("an article without a title", "Only words.\n", "missing-title", 1, "# Title"),
];

/// Settings.
const SITE: &[(&str, &str, &str, usize, &str)] = &[
    ("settings that are no TOML", "title = \"D\nlanguage = \"en\"\n", "toml-syntax", 1, "close the text"),
    ("settings without a title", "language = \"en\"\n", "missing-field", 1, "title"),
    ("settings that are empty", "", "missing-field", 1, "title"),
    (
        "settings of another program",
        "baseURL = \"https://a.example\"\ntitle = \"D\"\n",
        "unknown-field",
        1,
        "base_url",
    ),
    (
        "a language that is none",
        "title = \"D\"\nlanguage = \"english please\"\n",
        "invalid-language",
        2,
        "BCP 47",
    ),
    (
        "a lint that is none",
        "title = \"D\"\n[lints]\nuncited-recrod = \"error\"\n",
        "unknown-field",
        3,
        "uncited-record",
    ),
    (
        "a level that is none",
        "title = \"D\"\n[lints]\nuncited-record = \"fatal\"\n",
        "unknown-value",
        3,
        "error",
    ),
    (
        "an address that runs code",
        "title = \"D\"\nbase_url = \"javascript:alert(1)\"\n",
        "invalid-url",
        2,
        "https://",
    ),
    ("sides that are a text", "title = \"D\"\nsides = \"both\"\n", "wrong-type", 2, "table"),
    (
        "sides of nobody",
        "title = \"D\"\n[[sides]]\ntitle = \"A\"\ngroups = [\"no-such-group\"]\n",
        "unknown-reference",
        4,
        "no-such-group",
    ),
    (
        "a style that is none",
        "title = \"D\"\ncitation_style = \"chicgo\"\n",
        "unknown-citation-style",
        2,
        "chicago",
    ),
];

/// Bytes that are no text of ours, in every kind of file.
const BYTES: &[(&str, &str, &[u8], &str, usize)] = &[
    ("Latin-1 in TOML", "content/people/bad.toml", b"[bad]\nname = \"B\xE9\"\n", "invalid-utf8", 2),
    ("Latin-1 in Markdown", "content/explainers/bad.md", b"# T\n\nCaf\xE9.\n", "invalid-utf8", 3),
    (
        "Latin-1 in a bibliography",
        "content/sources/bad.bib",
        b"@book{b,\n title = {Caf\xE9}\n}\n",
        "invalid-utf8",
        2,
    ),
    ("Latin-1 in the settings", "site.toml", b"title = \"D\"\nlicence = \"\xA9\"\n", "invalid-utf8", 2),
    (
        "Latin-1 in a template",
        "templates/person.html",
        b"{% extends \"theme/person.html\" %}\n<p>\xE9\n",
        "template-syntax",
        2,
    ),
    (
        "Latin-1 in words",
        "templates/strings/en.toml",
        b"[page.person]\neyebrow = \"\xE9\"\n",
        "invalid-utf8",
        2,
    ),
    ("UTF-8 that is cut off", "content/explainers/bad.md", b"# T\n\nCaf\xC3", "invalid-utf8", 3),
    ("a surrogate in UTF-8", "content/explainers/bad.md", b"# T\n\n\xED\xA0\x80\n", "invalid-utf8", 3),
    ("an overlong slash", "content/explainers/bad.md", b"# T\n\n\xC0\xAF\n", "invalid-utf8", 3),
    ("UTF-16 in TOML", "content/people/bad.toml", b"\xFF\xFE[\0b\0]\0\n\0", "invalid-utf8", 1),
    ("UTF-16 in Markdown", "content/explainers/bad.md", b"\xFE\xFF\0#\0 \0T\0\n", "invalid-utf8", 1),
    ("UTF-16 without a mark", "content/explainers/bad.md", b"#\0 \0T\0\n\0", "control-character", 1),
    ("NUL in TOML", "content/people/bad.toml", b"[bad]\nname = \"B\0d\"\n", "control-character", 2),
    ("NUL by an escape", "content/people/bad.toml", b"[bad]\nname = \"B\\u0000d\"\n", "control-character", 2),
    ("NUL in Markdown", "content/explainers/bad.md", b"# T\n\na\0b\n", "control-character", 3),
    ("NUL in the settings", "site.toml", b"title = \"D\0\"\n", "control-character", 1),
    (
        "NUL in a bibliography",
        "content/sources/bad.bib",
        b"@book{b,\n title = {a\0b}\n}\n",
        "control-character",
        2,
    ),
    (
        "NUL in words",
        "templates/strings/en.toml",
        b"[page.person]\neyebrow = \"a\0b\"\n",
        "control-character",
        2,
    ),
    ("the bell", "content/explainers/bad.md", b"# T\n\n\x07\n", "control-character", 3),
    ("colours of a terminal", "content/explainers/bad.md", b"# T\n\n\x1B[31mred\n", "control-character", 3),
    ("the mark of our own holes", "content/explainers/bad.md", b"# T\n\n\x010\x01\n", "control-character", 3),
    ("a C1 control character", "content/explainers/bad.md", b"# T\n\n\xC2\x85\n", "control-character", 3),
    ("a program", "content/people/bad.toml", b"\x7FELF\x02\x01\x01\0\0\0\xFF\xFE\n", "control-character", 1),
];

/// Bibliographies, as `content/sources/bad.bib`.
const BIB: &[(&str, &str, &str, usize, &str)] = &[
    ("an entry without an end", "@book{bad,\n  title = {A\n", "bibliography-syntax", 3, ""),
    ("an entry without a key", "@book{\n  title = {A}\n}\n", "bibliography-syntax", 2, ""),
    ("an entry without a title", "@book{bad,\n  author = {A}\n}\n", "missing-field", 1, "title"),
    ("an entry twice", "@book{bad,\n title={A}}\n@book{bad,\n title={B}}\n", "bibliography-syntax", 3, "bad"),
    ("an entry with a key of another", "@book{lantern-2022,\n title={A}}\n", "duplicate-record", 1, ""),
    ("an entry with a bad key", "@book{Bad_2020,\n title={A}}\n", "invalid-key", 1, "bad-2020"),
    (
        "an entry of a day that is none",
        "@book{bad,\n title={A},\n date={2021-02-30}}\n",
        "invalid-date",
        3,
        "",
    ),
    (
        "an entry with an abbreviation of nobody",
        "@book{bad,\n title=nowhere\n}\n",
        "bibliography-syntax",
        2,
        "",
    ),
];

pub fn cases() -> Vec<Case> {
    const ARTICLE: &str = "content/explainers/bad.md";
    let text = |name: &str, path, text: &str, code, line, says| {
        case(name, code).file(path, text).at(path, line).says(says)
    };
    let toml = TOML.iter().map(|(name, toml, line, says)| {
        text(name, "content/people/bad.toml", toml, "toml-syntax", *line, says)
    });
    let articles =
        FRONT_MATTER.iter().map(|(name, md, code, line, says)| text(name, ARTICLE, md, code, *line, says));
    let site =
        SITE.iter().map(|(name, toml, code, line, says)| text(name, "site.toml", toml, code, *line, says));
    let bib = BIB
        .iter()
        .map(|(name, bib, code, line, says)| text(name, "content/sources/bad.bib", bib, code, *line, says));
    let bytes = BYTES
        .iter()
        .map(|(name, path, bytes, code, line)| case(*name, code).file(path, *bytes).at(path, *line));
    let mut all: Vec<Case> = toml.chain(articles).chain(site).chain(bib).chain(bytes).collect();
    let half = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    all.push(
        case("settings in UTF-16", "invalid-utf8")
            .file("site.toml", [&b"\xFF\xFE"[..], &half("title = \"D\"\n")].concat())
            .at("site.toml", 1),
    );
    all.push(
        case("ten thousand bytes of noise", "invalid-utf8")
            .file("content/people/bad.toml", noise(10_000))
            .at("content/people/bad.toml", 1)
            .drawn(),
    );
    all.push(case("noise as Markdown", "invalid-utf8").file(ARTICLE, noise(100_000)).at(ARTICLE, 1).drawn());
    all.push(case("no settings", "missing-site-file").without("site.toml").says("dossier new"));
    all
}

/// Bytes of all kinds, the same each time; the first is no UTF-8.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0xFFu32;
    let next = |_| {
        let byte = (state & 0xFF) as u8;
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223).rotate_left(7);
        if byte == b'\n' { 0xFE } else { byte }
    };
    (0..len).map(next).collect()
}
