//! How it looks: templates, words, styles and pictures that cannot be read, or that are meant to do harm.

use super::{Case, case};

const T: &str = "templates/person.html";
const START: &str = "{% extends \"theme/person.html\" %}\n";

/// What stands in a block of `templates/person.html`: the text, the code, and words of the error.
const IN_BLOCK: &[(&str, &str, &str, &str)] = &[
    ("an expression without an end", "{{ page.title", "template-syntax", ""),
    ("a statement without an end", "{% if true %}", "template-syntax", ""),
    ("an end without a start", "{% endif %}", "template-syntax", ""),
    ("a statement that is none", "{% frobnicate %}", "template-syntax", ""),
    ("a comment without an end", "{# for ever", "template-syntax", ""),
    ("a text without an end", "{{ \"a }}", "template-syntax", ""),
    ("two operators", "{{ 1 + * 2 }}", "template-syntax", ""),
    ("a filter that nobody knows", "{{ 1 | frobnicate }}", "template-reference", "frobnicate"),
    ("a function that nobody knows", "{{ frobnicate() }}", "template-reference", "frobnicate"),
    ("a word that nobody knows", "{{ t(key=\"no.such.word\") }}", "template-render", "no.such.word"),
    ("a template that is not there", "{% include \"nowhere.html\" %}", "template-reference", "nowhere.html"),
    ("a template of the system", "{% include \"/etc/passwd\" %}", "template-reference", "/etc/passwd"),
    ("a template above", "{% include \"../site.toml\" %}", "template-reference", "../site.toml"),
    ("a template that includes itself", "{% include \"person.html\" %}", "template-reference", "circle"),
    ("a value that is not there", "{{ no_such_value.of_this }}", "template-render", "no_such_value"),
    ("a sum of words", "{{ page.title * 2 }}", "template-render", ""),
];

const WORDS: &[(&str, &str, &str, usize, &str)] = &[
    ("words that are no TOML", "[page.person\n", "toml-syntax", 1, "`[ada-berg]`"),
    ("a word that the theme has not", "[page.person]\neyebow = \"Who\"\n", "unknown-string", 2, "eyebrow"),
    ("a word that is a number", "[page.person]\neyebrow = 1\n", "invalid-string", 2, ""),
    ("words that are a list", "page = [1]\n", "invalid-string", 1, ""),
];

pub fn cases() -> Vec<Case> {
    let blocks = IN_BLOCK.iter().map(|(name, text, code, says)| {
        let template =
            format!("{START}{{%- block listing_note %}}\n{text}\n{{%- endblock listing_note %}}\n");
        // What does not end is told where the text does.
        let made = case(format!("a template with {name}"), code).file(T, template).says(says);
        if says.is_empty() { made } else { made.at(T, 3) }
    });
    let words = WORDS.iter().map(|(name, text, code, line, says)| {
        case(*name, code)
            .file("templates/strings/en.toml", *text)
            .at("templates/strings/en.toml", *line)
            .says(says)
    });
    let mut all: Vec<Case> = blocks.chain(words).collect();
    all.push(
        case("a template that extends nothing", "template-reference")
            .file(T, "{% extends \"nowhere.html\" %}\n")
            .at(T, 1),
    );
    all.push(
        case("a template that extends itself", "template-reference")
            .file(T, "{% extends \"person.html\" %}\n")
            .at(T, 1)
            .says("circle"),
    );
    let two = case("two templates that extend each other", "template-reference");
    all.push(
        two.file("templates/a.html", "{% extends \"b.html\" %}\n")
            .file("templates/b.html", "{% extends \"a.html\" %}\n")
            .says("circle"),
    );
    all.push(
        case("a base without its blocks", "template-reference")
            .file("templates/base.html", "<p>Mine.</p>\n")
            .says("block"),
    );
    all.extend(styles());
    all.extend(pictures());
    all
}

/// Citation styles.
fn styles() -> Vec<Case> {
    let style = |name: &str, text: &str| {
        let site = "citation_style = \"mine.csl\"\ntitle = \"D\"\n";
        case(name, "invalid-citation-style")
            .file("site.toml", site)
            .file("templates/mine.csl", text)
            .at("site.toml", 1)
    };
    let csl = |body: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\"><info><title>x</title>\
             <id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>{body}</style>"
        )
    };
    let deep = format!(
        "<citation><layout>{}{}</layout></citation>",
        "<group>".repeat(50_000),
        "</group>".repeat(50_000)
    );
    let circle = "<macro name=\"a\"><text macro=\"b\"/></macro><macro name=\"b\"><choose><if type=\"book\"><text macro=\"a\"/></if></choose></macro>\
                  <citation><layout><text macro=\"a\"/></layout></citation>";
    vec![
        style("a style that is no XML", "<style"),
        style("a style that is empty", ""),
        style("a style of another kind", "<html/>"),
        style("a style without a layout", &csl("")),
        style("a style that calls itself", &csl(circle)),
        style("a style nested without end", &csl(&deep)),
        style("a style with attributes without end", &csl(&format!("<citation {}/>", attributes()))),
        style("a style that is a bomb", &format!("<!DOCTYPE s [{}]><style>&a9;</style>", entities())),
        style("a style in Latin-1", "").file("templates/mine.csl", *b"<style>\xE9</style>").says("UTF-8"),
        case("a style that climbs out", "unknown-citation-style")
            .file("site.toml", "citation_style = \"../../elsewhere/letter.csl\"\ntitle = \"D\"\n")
            .at("site.toml", 1),
    ]
}

/// More attributes than an element may have.
fn attributes() -> String {
    (0..257).map(|n| format!("a{n}=\"1\" ")).collect()
}

/// Entities that are each ten of the one before.
fn entities() -> String {
    let ten = |n: usize| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    std::iter::once("<!ENTITY a0 \"ha\">".to_owned()).chain((1..10).map(ten)).collect()
}

/// A PNG of this size whose pixels are `packed`.
fn png(width: u32, height: u32, packed: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(data);
        [&(data.len() as u32).to_be_bytes()[..], kind, data, &sum.sum().to_be_bytes()].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", packed), chunk(b"IEND", &[])]
        .concat()
}

/// So many zeros as zlib packs them.
fn zeros(len: usize) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&vec![0; len]).unwrap();
    packed.finish().unwrap()
}

fn pictures() -> Vec<Case> {
    let svg = |inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{inside}</svg>").into_bytes()
    };
    let bomb = format!(
        "<!DOCTYPE s [{}]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><text>&a9;</text></svg>",
        entities()
    );
    let system = "<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text></svg>";
    let noise = |head: &[u8]| [head, &[0xA5; 500]].concat();
    let files: Vec<(&str, &'static str, Vec<u8>, &'static str)> = vec![
        (
            "a picture of 100,000 by 100,000 pixels",
            "bad.png",
            png(100_000, 100_000, &zeros(1000)),
            "image-too-large",
        ),
        (
            "a picture of four thousand million pixels in width",
            "bad.png",
            png(u32::MAX, u32::MAX, &zeros(10)),
            "unreadable-image",
        ),
        ("a picture of no pixels", "bad.png", png(0, 0, &zeros(10)), "unreadable-image"),
        (
            "a picture that unpacks to more than it says",
            "bad.png",
            png(11_000, 11_000, &zeros(50_000_000)),
            "image-too-large",
        ),
        ("a picture that is cut off", "bad.png", png(10, 10, &zeros(310))[..40].to_vec(), "unreadable-image"),
        (
            "a picture with fewer pixels than it says",
            "bad.png",
            png(1000, 1000, &zeros(10)),
            "unreadable-image",
        ),
        (
            "a drawing with attributes without end",
            "bad.svg",
            svg(&format!("<path {}/>", attributes())),
            "unreadable-image",
        ),
        ("a picture that is empty", "bad.png", Vec::new(), "unreadable-image"),
        ("a picture that is a text", "bad.png", b"not a picture".to_vec(), "unreadable-image"),
        ("a picture that is noise behind a head", "bad.jpg", noise(b"\xFF\xD8\xFF"), "unreadable-image"),
        ("a GIF that is noise", "bad.gif", noise(b"GIF89a\x0A\0\x0A\0"), "unreadable-image"),
        ("a WebP that is noise", "bad.webp", noise(b"RIFF\xFF\xFF\xFF\xFFWEBPVP8 "), "unreadable-image"),
        ("a drawing with a bomb of entities", "bad.svg", bomb.into_bytes(), "unreadable-image"),
        (
            "a drawing that reads a file of the system",
            "bad.svg",
            system.as_bytes().to_vec(),
            "unreadable-image",
        ),
        ("a drawing with a program", "bad.svg", svg("<script>alert(1)</script>"), "unsafe-image"),
        (
            "a drawing with a program in an attribute",
            "bad.svg",
            svg("<g onload=\"alert(1)\"/>"),
            "unsafe-image",
        ),
        (
            "a drawing with a link that runs code",
            "bad.svg",
            svg("<a href=\"javascript:alert(1)\"><g/></a>"),
            "unsafe-image",
        ),
        (
            "a drawing with a page in it",
            "bad.svg",
            svg(
                "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://a.example\"/></foreignObject>",
            ),
            "unsafe-image",
        ),
        (
            "a drawing that loads from elsewhere",
            "bad.svg",
            svg("<image href=\"https://a.example/x.png\"/>"),
            "unsafe-image",
        ),
        (
            "a drawing nested without end",
            "bad.svg",
            svg(&("<g>".repeat(100_000) + &"</g>".repeat(100_000))),
            "unreadable-image",
        ),
        ("a drawing that is no XML", "bad.svg", b"<svg".to_vec(), "unreadable-image"),
        ("a drawing that is a page", "bad.svg", b"<html/>".to_vec(), "unreadable-image"),
    ];
    let article = |file: &str| format!("# T\n\n![x](../pictures/{file}){{credit=\"a\" licence=\"b\"}}\n");
    let cases = files.into_iter().map(|(name, file, bytes, code)| {
        let path: &'static str = match file {
            "bad.png" => "content/pictures/bad.png",
            "bad.jpg" => "content/pictures/bad.jpg",
            "bad.gif" => "content/pictures/bad.gif",
            "bad.webp" => "content/pictures/bad.webp",
            _ => "content/pictures/bad.svg",
        };
        case(name, code)
            .file(path, bytes)
            .file("content/explainers/bad.md", article(file))
            .at("content/explainers/bad.md", 3)
    });
    cases.collect()
}
