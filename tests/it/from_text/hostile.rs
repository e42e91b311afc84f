//! Whatever an article is, there is a clear error or a sound dossier.

use proptest::prelude::*;

use dossier::draft::{Article, draft};

use super::{assert_sound, drafted, numbered, records};

/// Every record cites a paragraph that has its words.
#[track_caller]
fn assert_cited(text: &[u8], name: &str) {
    let drafted = drafted(text, name);
    assert_sound(&drafted);
    let paragraphs = numbered(&drafted);
    let cited = |cite: &str| {
        let number: usize = cite.rsplit_once('¶').unwrap().1.parse().unwrap();
        paragraphs.iter().find(|(own, _)| *own == number).unwrap().1.clone()
    };
    for kind in ["people", "groups", "places", "meetings", "events"] {
        for (key, record) in &records(&drafted, kind) {
            assert_eq!(record["draft"].as_bool(), Some(true), "{kind}/{key}");
            let paragraph = cited(record["cite"].as_str().unwrap());
            if let Some(name) = record.get("name").and_then(|name| name.as_str()) {
                assert!(paragraph.contains(name), "{kind}/{key}: {name} is not in {paragraph}");
            }
            if let Some(title) = record.get("title").and_then(|title| title.as_str()) {
                assert!(title.starts_with("Event of ") || title.starts_with("Event in ¶"), "{key}: {title}");
            }
            for role in record.get("roles").and_then(|roles| roles.as_array()).into_iter().flatten() {
                let paragraph = cited(role["cite"].as_str().unwrap());
                assert!(paragraph.contains(role["role"].as_str().unwrap()), "{kind}/{key}: {role}");
            }
        }
    }
}

/// Pieces that the rules look for, and pieces that break what is careless.
const PIECES: [&str; 64] = [
    "Ada",
    "Berg",
    "Jon Vik",
    "al-Hadi",
    "Østby-Aas",
    "Ада Берг",
    "Δανάη",
    "آدا",
    "foreign minister",
    "General",
    "Mr",
    "Mr.",
    "the",
    "of",
    "for",
    "Harbour Board",
    "Ministry",
    "ministry of",
    "(HB)",
    "met",
    "talks",
    "visited",
    "said",
    "not",
    "in June 2023",
    "on 14 June 2023",
    "14",
    "May",
    "2023",
    "last Tuesday",
    "'s",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "- ",
    "\"",
    "'''",
    "\\",
    "# ",
    "= ",
    "[x]",
    "\u{202E}",
    "\u{0}x",
    "\u{7}",
    "¶4",
    "citing",
    "—",
    "\u{301}",
    "Ǆ",
    "https://a.example",
    "By Ada Berg\n",
    "d'Arcy",
    "ap Rhys",
    "'t Hooft",
    ", Jr.",
    "PORT LUND —",
    "U.S.",
    "* * *\n\n",
    "(born 3 May 1970)",
    "denied the call",
    "called by telephone",
    "Christmas 2022",
    "Tuesday, 8 May 2023\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_a_sound_dossier(
        pieces in proptest::collection::vec(prop_oneof![4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => "\\PC{0,6}"], 1..60),
        name in prop_oneof!["[a-z]{1,6}\\.(txt|md)", "\\PC{0,8}"],
    ) {
        let text = pieces.join(" ");
        match draft(&Article { bytes: text.as_bytes(), name: &name, title: &name }) {
            Ok(_) => assert_cited(text.as_bytes(), &name),
            Err(refused) => prop_assert!(!refused.message.is_empty() && !refused.help.is_empty()),
        }
    }
}

/// What would end a text or a comment of TOML does not.
#[test]
fn an_article_writes_no_fields() {
    let text = "Ada\" = 1 Berg\n\nAda Berg said \"x\"\r\nname = \"Evil\"\u{2028}[evil]\u{85}draft = false, and Jon Vik met Ada Berg in June 2023.\u{B}[other]\n";
    let made = drafted(text.as_bytes(), "a\"]\n[evil].txt");
    assert_cited(text.as_bytes(), "a\"]\n[evil].txt");
    for kind in ["people", "groups", "places", "meetings", "events", "sources"] {
        let keys = records(&made, kind);
        assert!(!keys.contains_key("evil") && !keys.contains_key("other"), "{kind}: {keys:?}");
    }
}

/// Line ends of other systems, a mark at the beginning and characters that are not seen change nothing.
#[test]
fn other_line_ends_make_the_same_dossier() {
    let (_, article, _) = super::ARTICLES[0];
    let plain = drafted(article.as_bytes(), "news.txt").files;
    let windows = format!("\u{FEFF}{}", article.replace('\n', "\r\n"));
    assert_eq!(drafted(windows.as_bytes(), "news.txt").files, plain);
    let hidden = article.replace("Berg", "Be\u{AD}rg\u{200B}");
    assert_eq!(drafted(hidden.as_bytes(), "news.txt").files, plain);
}

/// A line of a megabyte is read in a moment, and what is too large is told.
#[test]
fn what_is_large_is_made_or_refused() {
    let long = "Ada Berg met Jon Vik in June 2023 and ".repeat(25_000);
    let made = drafted(long.as_bytes(), "long.txt");
    assert_eq!(made.found.people, 2);
    assert_sound(&made);
    let word = "A".repeat(1 << 19);
    assert_sound(&drafted(format!("{word} {word}x said so.").as_bytes(), "word.txt"));
    let refused = draft(&Article { bytes: &vec![b'a'; 10 << 20], name: "big.txt", title: "" }).unwrap_err();
    assert!(refused.message.contains("too large") && refused.help.contains("2 MiB"), "{refused:?}");
}
