//! Markup that a browser takes apart otherwise than at each `<` and `>`, and data of which the words stand apart.

use dossier::model::dossier::Form;
use dossier::withheld::Search;

use super::matrix::withheld;

const NAME: &str = "Farid Núraman";

type Row = (&'static str, &'static str, &'static str);

const SEEN: [Row; 33] = [
    ("a sign in a quoted attribute", "a.html", "<p>Farid <a href=\"x\" title=\"a > b\">Núraman</a></p>"),
    ("one within a word", "a.html", "<p>Farid Núra<b title='>'>man</b></p>"),
    ("one in a drawing", "a.svg", "<svg><text>Farid <tspan id = \"a>b\">Núraman</tspan></text></svg>"),
    ("one in a tag that ends", "a.html", "<p>Farid <br title=\">\"/>Núraman</p>"),
    ("several", "a.html", "<p><i a='>'>Farid</i> <i b=\">>\" c='>'>Núraman</i></p>"),
    ("a sign that begins no tag", "a.html", "<p>1 < 2 Farid Núraman 2 > 1</p>"),
    ("one between the words", "a.html", "<p>Farid < Núraman</p>"),
    ("an empty comment", "a.html", "<p>Farid Núra<!-->man</p><!-- x -->"),
    ("a comment that ends oddly", "a.html", "<p>Farid Núra<!-- a --!>man</p><!-- x -->"),
    ("a comment", "a.html", "<p>Farid Núra<!-- a > b -->man</p>"),
    ("a style", "a.html", "<p>Farid Núra<style>p{}</style>man</p>"),
    ("a script", "a.html", "<p>Farid Núra<SCRIPT type='a>b'>if (1 < 2) x</script >man</p>"),
    ("a template", "a.html", "<p>Farid Núra<template><template>a</template>b</template>man</p>"),
    ("what stands for a script", "a.html", "<p>Farid <noscript>a b</noscript>Núraman</p>"),
    ("the title of a drawing", "a.svg", "<svg><text>Farid Núra<title>a</title>man</text></svg>"),
    ("its description", "a.svg", "<svg><text>Farid Núra<desc>a</desc>man</text></svg>"),
    ("its metadata", "a.svg", "<svg><text>Farid <metadata>a b</metadata>Núraman</text></svg>"),
    ("two of them", "a.svg", "<svg><text>Farid Núra<desc>a</desc><style/><title>b</title>man</text></svg>"),
    ("both", "a.html", "<p>Farid <b title='>'>Núra<style>p>a{}</style>man</b></p>"),
    ("in JSON", "a.json", r#"{"a":"<p>Farid <a title=\"a > b\">N\u00faraman</a></p>"}"#),
    ("an entity", "a.svg", "<!DOCTYPE svg [<!ENTITY a \"Núra\">]><svg><text>Farid &a;man</text></svg>"),
    ("two", "a.xml", "<!DOCTYPE r [<!ENTITY a 'Fa'><!ENTITY b 'Nú'>]><r>&a;rid &b;raman</r>"),
    ("one in another", "a.xml", "<!DOCTYPE r [<!ENTITY a 'N&b;'><!ENTITY b '&#250;'>]><r>Farid &a;raman</r>"),
    ("one by a number", "a.xml", "<!DOCTYPE r [<!ENTITY a '&#38;b;'><!ENTITY b 'Nú'>]><r>Farid &a;raman</r>"),
    ("a tag in other letters", "a.html", "<Bdo dir=rtl>namarúN diraF</Bdo> x"),
    ("one that ends with a space", "a.html", "<bdO dir=rtl>namarúN diraF</bDo > x"),
    ("squared letters", "a.txt", "🄵🄰🅁🄸🄳 🄽🅄🅁🄰🄼🄰🄽"),
    ("letters in full circles", "a.txt", "🅕🅐🅡🅘🅓 🅝🅤🅡🅐🅜🅐🅝"),
    ("letters in full squares", "a.txt", "🅵🅰🆁🅸🅳 🅽🆄🆁🅰🅼🅰🅽"),
    ("letters of flags", "a.txt", "🇫🇦🇷🇮🇩 🇳🇺🇷🇦🇲🇦🇳"),
    ("a flag before a name", "a.txt", "🇩🇪Farid Núraman 🇩🇪"),
    ("fields of an object", "a.json", r#"{"given":"Farid","family":"Núraman"}"#),
    (
        "fields over lines",
        "a.html",
        "<script>{\n \"family\" : \"Núraman\" ,\n \"given\": \"Farid\"\n}</script>",
    ),
];

#[test]
fn a_name_is_found_as_a_browser_shows_it() {
    let words = withheld(&[(NAME.to_owned(), Form::Person)]);
    let search = Search::new(&words).unwrap().unwrap();
    let missed: Vec<&str> = SEEN
        .iter()
        .filter(|(_, path, text)| search.hits(path, text.as_bytes()) != [0])
        .map(|(way, ..)| *way)
        .collect();
    println!("{} ways to take markup apart, {} missed", SEEN.len(), missed.len());
    assert_eq!(missed, Vec::<&str>::new());
}

/// What is declared elsewhere, or grows without end, is named.
#[test]
fn entities_that_cannot_be_read_are_named_and_end() {
    let many: String =
        (1..9).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(40))).collect();
    let bomb = format!("<!DOCTYPE r [<!ENTITY a0 \"aaaa\">{many}]><r>&a8;</r>");
    let elsewhere = "<!DOCTYPE r [<!ENTITY a SYSTEM \"a.txt\">]><r>&a;</r>".to_owned();
    let own = "<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>".to_owned();
    for (text, is_named) in [(bomb, true), (elsewhere, true), (own, false)] {
        let said = super::unsearched::notes("a.xml", text.as_bytes());
        assert_eq!(said.len(), usize::from(is_named), "{said:?}");
    }
}
