//! Spellings that an author wrote down somewhere are looked for, wherever that was.

use super::{leaks, sources, with};
use dossier::source::Sources;

const PEOPLE: &str = "[ada]\nname = \"Adelheid Quill\"\nids = { desk = \"Ädk 44-71\" }\n\
    links = [{ url = \"https://www.jn.example/~aq/\", title = \"Her page\" }, { url = \"https://jösé.example/\", title = \"Other\" }]\n\
    withhold = true\n[bo]\nname = \"Bo\"\n";

fn base() -> Sources {
    sources(&[
        ("site.toml", "title = \"A dossier\"\n"),
        ("content/people.toml", PEOPLE),
        ("content/sources.toml", "[s]\ntitle = \"A source\"\ntype = \"report\"\n"),
    ])
}

fn found(sources: &Sources, text: &str) -> Vec<String> {
    let page = with(sources, "content/about.md", format!("# About\n\nThere was `{text}` once.\n"));
    leaks(&page).into_iter().map(|(word, _)| word).collect()
}

#[test]
fn how_a_source_names_somebody_is_a_spelling_whether_the_record_is_shown_or_not() {
    let mut tried = 0;
    for (file, party) in [("meetings", "participants"), ("events", "involved")] {
        for hidden in ["", "draft = true\n", "withhold = true\n"] {
            let record = format!(
                "[m]\ntitle = \"A walk\"\ndate = \"2023\"\ncite = \"s ¶1\"\n{hidden}{party} = [{{ who = \"ada\", named_as = \"Addie Q\" }}, \"bo\"]\n"
            );
            let sources = with(&base(), &format!("content/{file}.toml"), record);
            assert_eq!(found(&sources, "ADDIE Q"), ["Addie Q"], "{file} {hidden}");
            assert_eq!(found(&sources, "Addie R"), Vec::<String>::new());
            tried += 1;
        }
    }
    println!("{tried} places of a spelling, 0 missed");
}

#[test]
fn what_a_name_was_before_a_correction_is_a_spelling() {
    for (on, hidden) in [
        ("people/ada.name", ""),
        ("people/ada.name", "draft = true\n"),
        ("people/ada.name", "withhold = true\n"),
        ("people/ada", ""),
        // Of a name that is shown a correction may be withheld.
        ("people/bo.name", "withhold = true\n"),
        ("people/bo", "withhold = true\n"),
    ] {
        let correction = format!(
            "[slip]\ndate = \"2024-01-01\"\non = \"{on}\"\nwas = \"Adelheid Formerly\"\nwhy = \"An error.\"\n{hidden}"
        );
        let sources = with(&base(), "content/corrections.toml", correction);
        assert_eq!(found(&sources, "adelheid formerly"), ["Adelheid Formerly"], "{on} {hidden}");
        assert_eq!(leaks(&sources), []);
    }
}

#[test]
fn an_address_is_found_without_its_scheme() {
    let base = base();
    for text in [
        "https://www.jn.example/~aq/",
        "http://jn.example/~aq",
        "www.jn.example/~aq/cv.html",
        "JN.example/~aq",
        "jn.example/%7Eaq",
        "https%3A%2F%2Fjn.example%2F%7Eaq",
    ] {
        assert_eq!(found(&base, text), ["https://www.jn.example/~aq/"], "{text}");
    }
    for text in ["jösé.example", "xn--js-fka1j.example", "https://XN--JS-FKA1J.example/"] {
        assert_eq!(found(&base, text), ["https://jösé.example/"], "{text}");
    }
    for text in ["jn.example/~bo", "jn example aq", "http://xjn.example/~aq"] {
        assert_eq!(found(&base, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_identifier_is_found_in_other_letters() {
    for text in ["Ädk 44-71", "ADK 44 71", "adk-44-71"] {
        assert_eq!(found(&base(), text), ["Ädk 44-71"], "{text}");
    }
    assert_eq!(found(&base(), "ADK 44 72"), Vec::<String>::new());
}

/// Whether a text in a file that is published is refused while somebody of this name is withheld.
fn is_found(name: &str, text: &str) -> bool {
    let people = format!("[zzq]\nname = \"{name}\"\nwithhold = true\n[bo]\nname = \"Bo\"\n");
    let base = sources(&[("site.toml", "title = \"A dossier\"\n"), ("content/people.toml", &people)]);
    !leaks(&with(&base, "static/x.txt", format!("There was {text} once.\n"))).is_empty()
}

/// Where the last names begin is not written down.
#[test]
fn a_name_is_found_with_any_of_its_last_words_in_front() {
    let mut tried = 0;
    for (name, forms) in [
        ("Khalid al-Masrivan", &["al-Masrivan, Khalid", "AL-MASRIVAN Khalid", "Masrivan, Khalid al-"][..]),
        ("Ana Lopezia-Garciana", &["Lopezia-Garciana, Ana", "LOPEZIA-GARCIANA;Ana;1970"]),
        ("Jan van den Berg", &["van den Berg, Jan", "Berg, Jan van den", "VAN DEN BERG Jan"]),
        ("Gabriel García Márquez", &["García Márquez, Gabriel", "GARCIA MARQUEZ Gabriel"]),
        ("Kim Jong-un", &["Jong-un Kim"]),
        ("Maria Juan Carlos de la Cruz", &["Cruz, Maria Juan Carlos de la", "de la Cruz, Maria Juan Carlos"]),
        (
            "Jürgen Müllerstein",
            &["Muellerstein, Jürgen", "Müllerstein, Juergen", "Juergen Müllerstein", "MUELLERSTEIN Juergen"],
        ),
        ("Ursula Mueller-Jaeger", &["Müller-Jaeger, Ursula", "Ursula Mueller-Jäger"]),
        ("Quandt", &["quandt2020", "#QuandtPapers", "2020Quandt"]),
        ("Müller", &["MUELLER", "Mueller"]),
        ("Joerg", &["Jörg"]),
        ("Ærø", &["Aeroe"]),
        ("Soerensen", &["Sørensen"]),
        ("Vera von Quill", &["von Quill Vera", "QUILL Vera von"]),
        ("S. King", &["S. King", "King, S.", "KING S", "S.King"]),
    ] {
        for form in forms {
            assert!(is_found(name, form), "{name}: {form}");
            tried += 1;
        }
        for other in ["Marquez and Gabriel", "Quandts, quandtpapers", "Lopezia, Garciana"] {
            assert!(!is_found(name, other), "{name}: {other}");
        }
    }
    println!("{tried} names with other words in front, 0 missed");
}

/// A name of few letters is as much a name.
#[test]
fn a_short_name_is_found_in_one_word_and_spaced_out() {
    let mut tried = 0;
    for (name, forms) in [
        (
            "Ida Bok",
            &["IdaBok", "#idabok", "BokIda", "I d a B o k", "Ida\u{AD}Bok", "Ida\u{200B}Bok", "Ida Boks"][..],
        ),
        ("Li Wei", &["LiWei.jpg", "li-wei", "Wei Li"][..]),
        ("علي رضا", &["عليرضا", "علي\u{200C}رضا"][..]),
        ("Иван Ким", &["ИванКим"][..]),
        ("דן לוי", &["דןלוי"][..]),
    ] {
        for form in forms {
            assert!(is_found(name, form), "{name}: {form}");
            tried += 1;
        }
    }
    println!("{tried} ways to write a short name, 0 missed");
}
