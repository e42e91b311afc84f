//! Ordinary text that only looks like a withheld name is published.

use dossier::model::dossier::Form;
use dossier::withheld::Search;

use super::matrix::{png, withheld};
use crate::support::build;

const WORDS: [(&str, Form); 14] = [
    ("Ada", Form::Person),
    ("Bo Lind", Form::Person),
    ("José Núñez", Form::Person),
    ("Lý", Form::Person),
    ("Ада", Form::Person),
    ("王小明", Form::Person),
    ("C++", Form::Text),
    ("É", Form::Text),
    ("harbour-talks", Form::Key),
    ("munoz", Form::Key),
    ("https://harbour.news/", Form::Text),
    ("Berlin meeting", Form::Text),
    ("DK-4471", Form::Text),
    ("Anne-Marie", Form::Person),
];

const ORDINARY: [&str; 24] = [
    "Canada, Adam, Nevada, adage; McAda, adagio.",
    "<p>Can<b>adian</b>, <i>Adam</i></p>",
    "Bo Linden, Albo Lind, Jumbo Lindy, bo-lindholm",
    "Josefa Núñez; Ana and José Núñezco, San José Nuñezal; Núñez and José",
    "only, family, lyrical, polly",
    "Канада, Рада",
    "王小, 小明, 王大明",
    "C, c and C#; e, E and the letter e",
    "The harbour talks went on; harbour talks-2",
    "Luis Muñoz, MUÑOZ",
    "All the harbour news: read the harbour, news at ten",
    "A meeting in Berlin; Berlin meetings of others",
    "DK-44711, DK 447 1, ADK-4471",
    "Anne Mariette, Anne and Marie, Joanne-Marie",
    "{\"a\":\"can\\u0061da\",\"b\":\"\\nadam\\tcanada\"}",
    "https://example.org/can%61da?x=%41dam",
    "p::after{content:'\\61 dam'}",
    "Y2FuQWRhbQ== data:text/plain;base64,Q2FuYWRh",
    "&#97;dam &Aacute;dam can&#97;da",
    "<!-- adam --> <img alt=\"canada\" data-x=\"adagio\">",
    "=?utf-8?Q?Can=61da?= a=Adam",
    "0xada0 ada1b2 c0ffeeada 4471-DK",
    "the.harbour.newsroom harbour.newspaper",
    "Berlinmeetingpoint",
];

#[test]
fn what_only_looks_like_a_name_is_no_leak() {
    let words: Vec<(String, Form)> = WORDS.map(|(word, form)| (word.to_owned(), form)).to_vec();
    let words = withheld(&words);
    let search = Search::new(&words).unwrap().unwrap();
    let mut alarms = Vec::new();
    for text in ORDINARY {
        for path in ["a.html", "a.json", "a.eml", "a.ics", "a.bib"] {
            for word in search.hits(path, text.as_bytes()) {
                alarms.push((text, path, WORDS[word].0));
            }
        }
    }
    println!("{} ordinary texts, {} false alarms", ORDINARY.len(), alarms.len());
    assert_eq!(alarms, []);
}

/// In a script with spaces a name that goes on is another one, and `ae` is an umlaut only where there is one.
#[test]
fn a_name_that_goes_on_is_another_one() {
    let all = [
        ("Лев Берг", "Лев Бергман пришёл"),
        ("Иван Петров", "Иван Петровский"),
        ("Ада", "Адам"),
        ("Νίκος Παπάς", "Νίκος Παπασταύρου"),
        ("משה לוי", "משה לוין"),
        ("علي حسن", "علي حسنين"),
        ("علي", "عليه"),
        ("Michael Nowak", "Michal Nowak; Nowak, Michal"),
        ("Joe Quill", "Jo Quill"),
        ("Sue", "su casa"),
    ];
    for (name, text) in all {
        let words = withheld(&[(name.to_owned(), Form::Person)]);
        let search = Search::new(&words).unwrap().unwrap();
        assert_eq!(search.hits("a.txt", text.as_bytes()), Vec::<usize>::new(), "{name}: {text}");
        assert_eq!(search.hits("a.txt", format!("There was {name}.").as_bytes()), [0], "{name}");
    }
    println!("{} longer names, none taken for a shorter one", all.len());
}

/// Two short names side by side are words of the language, or one.
#[test]
fn two_names_of_few_letters_are_not_found_in_words() {
    let all = [
        ("S. King", "Two kings met. The king's men. A king said so."),
        ("S. Berg", "Ada Berg's house, all Bergs. The berg."),
        ("P. Rice", "The price was high. Rice, potatoes and peas."),
        ("A. Rose", "Prices rose a little; he gave her a rose."),
        ("A. Long", "They went along, a long way."),
        ("Will Grant", "The grant will be paid. They will grant it no more than a grant will."),
        ("Will Court", "The court will hear it."),
        ("Mark Young", "So the young mark their day."),
        ("Witness A", "She is a witness of it; a witness said. Witnesses all."),
        ("Source 2", "He had 2 sources, and 2 source texts."),
        ("Li Ning", "The lining of a coat."),
        ("Ru Ling", "The ruling of the court stood."),
        ("Jo Hansen", "The mayor, Johansen, and all Johansens."),
    ];
    for (name, text) in all {
        let words = withheld(&[(name.to_owned(), Form::Person)]);
        let search = Search::new(&words).unwrap().unwrap();
        let is_itself = name == "Will Grant";
        let text =
            if is_itself { text.replace("They will grant", "They would grant") } else { text.to_owned() };
        for path in ["a.txt", "a.html"] {
            assert_eq!(search.hits(path, text.as_bytes()), Vec::<usize>::new(), "{name}: {text}");
        }
        let there = format!("There was {name} once.");
        assert_eq!(search.hits("a.txt", there.as_bytes()), [0], "{name}");
    }
    println!("{} names of few letters, none in words", all.len());
}

/// Names that are close to words of the demonstration, and are not in it.
#[test]
fn the_demonstration_holds_none_of_these_names() {
    let names =
        ["Ann Ole", "Al Met", "Ira", "Hal", "Ban Kim", "Ita Lind", "Ors Ola", "Eda", "Ade", "Ole Ahn"];
    let words: Vec<(String, Form)> = names.map(|name| (name.to_owned(), Form::Person)).to_vec();
    let words = withheld(&words);
    let search = Search::new(&words).unwrap().unwrap();
    let site = build(&crate::harbour::harbour());
    let mut files = 0;
    let fonts = |path: &str| path.ends_with(".woff2");
    for (path, bytes) in site.value.output.iter().filter(|(path, _)| !fonts(path)) {
        files += 1;
        let found: Vec<&str> = search.hits(path, bytes).into_iter().map(|word| names[word]).collect();
        assert_eq!(found, Vec::<&str>::new(), "{path}");
    }
    println!("{files} files, none with one of {} names that are not there", names.len());
    assert!(files > 50);
}

/// Three letters stand anywhere among a million points of a picture, or in what is packed.
#[test]
fn a_short_name_is_not_found_by_chance() {
    let noise: Vec<u8> = (0_u32..40_000).flat_map(|n| *blake3::hash(&n.to_le_bytes()).as_bytes()).collect();
    let names =
        ["Ida", "Ray", "Jan", "Bo", "Ng", "Ali", "Eva", "Lý", "Kim", "Mo", "Li", "Ada", "Max", "Tom", "Udo"];
    let words: Vec<(String, Form)> = names.map(|name| (name.to_owned(), Form::Person)).to_vec();
    let words = withheld(&words);
    let search = Search::new(&words).unwrap().unwrap();
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\0mdat".to_vec();
    film.extend(&noise);
    let files =
        [("n.png", png(b"IDAT", &noise)), ("n.mp4", film), ("n.mp3", [b"ID3".as_slice(), &noise].concat())];
    for (path, bytes) in files {
        let found: Vec<&str> = search.hits(path, &bytes).into_iter().map(|word| names[word]).collect();
        assert_eq!(found, Vec::<&str>::new(), "{path}");
    }
    // In a text within it each is found.
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\0udta".to_vec();
    for name in names {
        film.extend(format!("\0\0 The author of this film is {name} of Lund, 2023\0\0").bytes());
    }
    film.extend(&noise);
    assert_eq!(search.hits("n.mp4", &film).len(), names.len());
    println!("{} bytes without order, none of {} short names in them", noise.len(), names.len());
}
