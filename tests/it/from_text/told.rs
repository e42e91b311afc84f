//! Which sentences become meetings and events, and what is said of the others in comments.

use super::{ARTICLES, content, drafted, records};

/// The commonest sentences of a meeting are drafts where they are plain, and are comments where they are not; never events.
#[test]
fn the_commonest_sentences_of_a_meeting_are_told() {
    let with = |sentence: &str| {
        format!("Ada Berg and Daniel O'Rourke said so, and it was late.\n\n{sentence}. It was late.\n")
    };
    for (sentence, who) in [
        ("Berg met arms dealer Viktor Blom on 2 May 2023", "\"ada-berg\", \"viktor-blom\""),
        ("Berg met with lobbyist Viktor Blom on 3 May 2023", "\"ada-berg\", \"viktor-blom\""),
        ("Ada Berg met the former arms dealer Viktor Blom in Lund", "\"ada-berg\", \"viktor-blom\""),
        ("Ada Berg met the resistance leader Jon Vik", "\"ada-berg\", \"jon-vik\""),
        ("Ada Berg had breakfast with Jon Vik", "\"ada-berg\", \"jon-vik\""),
        ("Ada Berg met Dr. Jon Vik on 1 May 2023", "\"ada-berg\", \"jon-vik\""),
        ("Mrs. Ada Berg met Mr. Jon Vik and Ms. Mira Holt", "\"ada-berg\", \"jon-vik\", \"mira-holt\""),
        ("Gov. Ada Berg met Sen. Jon Vik and Rep. Mira Holt", "\"ada-berg\", \"jon-vik\", \"mira-holt\""),
        ("Prof. Ada Berg met the envoy, Col. Jon Vik, in Lund", "\"ada-berg\", \"jon-vik\""),
        ("Gen. Ada Berg visited Dr. Jon Vik", "\"ada-berg\", \"jon-vik\""),
    ] {
        let text = content(&with(sentence), "meetings");
        assert!(text.contains(&format!("participants = [{who}]\n")), "{sentence}\n{text}");
    }
    for sentence in [
        "Health Secretary Daniel O'Rourke met with pharmaceutical lobbyist Priya Raman at least twice in the fall of 2023",
        "Ada Berg met widow and heir Jon Vik on 3 July 2023",
        "She met with him on 5 July 2023",
        "They met again in June 2023",
        "There were secret talks on 9 July 2023",
        "A second meeting was held on 3 July 2023 in Lund",
        "Veld had breakfast with Blom on 3 July 2023",
        "Ada Berg met dealers of arms on 3 July 2023",
    ] {
        let (meetings, events) = (content(&with(sentence), "meetings"), content(&with(sentence), "events"));
        assert!(!meetings.contains("participants") && meetings.contains(sentence), "{sentence}\n{meetings}");
        assert_eq!(events, "", "{sentence}");
    }
    for sentence in [
        "Ada Berg met criticism in May 2023",
        "Ada Berg met with resistance in May 2023",
        "Ada Berg met criticism and Jon Vik's anger in May 2023",
        "Ada Berg met the target in May 2023",
        "The company met its goals in May 2023",
        "The ministry met its climate targets in May 2023",
        "The minutes of the meeting were published in May 2023",
    ] {
        assert_eq!(content(&with(sentence), "meetings"), "", "{sentence}");
        assert!(content(&with(sentence), "events").contains("date = \"2023-05\""), "{sentence}");
    }
}

/// What was not, or is yet to come, is neither an event nor a meeting.
#[test]
fn what_was_not_or_may_come_is_a_comment() {
    const ABOVE: &str = "Talks at the harbour\n4 March 2024\n\nAda Berg said so, and it was late.\n\n";
    for (sentence, why) in [
        ("The work is to begin in the summer of 2025.", "after the text was published"),
        ("Elections are due on 16 May 2099.", "of another calendar"),
        ("The pier was to open on 5 March 2024.", "after the text was published"),
        ("Did the bank fail on 10 May 2023?", "a question"),
        ("Nothing happened on 10 May 2023.", "\"nothing\""),
        ("Nobody left on 10 May 2023.", "\"nobody\""),
        ("The pier was scheduled to open on 10 May 2023.", "\"scheduled\""),
        ("The pier was due to open on 10 May 2023.", "\"due\""),
        ("The fall of the pier on 10 May 2023 was a hoax.", "\"hoax\""),
        ("The bank fails on 10 May 2023 in the film.", "\"film\""),
        ("The pier nearly fell on 10 May 2023.", "\"nearly\""),
        ("The letter of 10 May 2023 is allegedly forged.", "\"allegedly\""),
        ("Raman was falsely reported dead on 10 May 2023.", "\"falsely\""),
    ] {
        let text = content(&format!("{ABOVE}{sentence} It was late.\n"), "events");
        assert!(!text.contains("date = ") && text.contains(why), "{sentence}\n{text}");
    }
    for sentence in [
        "Ada Berg met Jon Vik on 10 May 2024.",
        "Ada Berg met Jon Vik on 10 May 2023: a lie.",
        "Ada Berg met Jon Vik in a dream on 10 May 2023.",
        "Ada Berg met Jon Vik in the play on 10 May 2023.",
        "Ada Berg met Jon Vik for the film on 10 May 2023.",
        "Ada Berg met Jon Vik on 10 May 2023, but only by letter.",
    ] {
        let text = format!("{ABOVE}{sentence} It was late.\n");
        let meetings = content(&text, "meetings");
        assert!(!meetings.contains("draft = true") && meetings.contains(sentence), "{sentence}\n{meetings}");
        assert_eq!(content(&text, "events"), "", "{sentence}");
    }
    for sentence in
        ["The pier closed due to a storm on 10 May 2023.", "The Film Institute opened on 10 May 2023."]
    {
        let text = content(&format!("{ABOVE}{sentence} It was late.\n"), "events");
        assert!(text.contains("date = \"2023-05-10\""), "{sentence}\n{text}");
    }
}

/// Who confirms something is named without the words that lead to the name, and what is only reported is on nobody's word.
#[test]
fn who_confirms_is_told_apart_from_who_says() {
    let text = content(
        "Ada Berg and Jon Vik spoke by telephone, as the Harbour Chamber confirms. It was late.",
        "meetings",
    );
    let told = "# said by: \"the Harbour Chamber\"; then: \
                confirmed_by = [{ who = \"harbour-chamber\", cite = \"article ¶1\" }]\n";
    assert!(text.contains(told), "{text}");
    let text = content("The pier closed on 3 May 2023, as officials said. It was late.", "events");
    assert!(text.contains("citing 'officials'"), "{text}");
    for sentence in ["Raman was falsely reported dead", "The pier was widely reported closed"] {
        let text = content(&format!("{sentence} on 3 May 2023. It was late."), "events");
        assert!(!text.contains("said by"), "{text}");
    }
}

/// A field in a comment is a field as soon as its mark is taken away, and no example is a date.
#[test]
fn a_field_in_a_comment_is_toml() {
    const TEXT: &str = "Le Monde\n14 June 2023\nUpdated 15 June 2023\n\nTalks at the harbour\n\n\
        Ada Berg met Jon Vik of the board in Lund and in Visby in June 2023. He lives in Lund. She lives in Visby.\n\n\
        The pier of Lund was closed on 3 May 2023, and it was late.\n";
    let mut count = 0;
    for (name, text) in ARTICLES.map(|(name, text, _)| (name, text)).into_iter().chain([("a.txt", TEXT)]) {
        let made = drafted(text.as_bytes(), name);
        for (path, text) in made.files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            let mut fields = String::new();
            for line in text.lines() {
                let field = line.strip_prefix("# ").filter(|field| {
                    let is_name =
                        |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                    field.split_once(" = ").is_some_and(|(name, _)| is_name(name))
                });
                count += usize::from(field.is_some());
                fields.push_str(&format!("{}\n", field.unwrap_or(line)));
            }
            let read = fields.parse::<toml::Table>();
            assert!(read.is_ok(), "{name}: {path}: {read:?}\n{fields}");
            assert!(!text.contains("# accessed = \"2"), "{text}");
        }
    }
    assert!(count > 50, "{count}");
}

/// Each thing that is left to a person is counted.
#[test]
fn all_comments_are_counted() {
    let text = "Jon Vik and Otto Falk said so to Veld.\n\nJon Vik denied a meeting with Otto Falk.\n\n\
                The pier may close on 3 May 2023 or on 4 May 2023.\n\nThe ministry denies that.\n";
    let made = drafted(text.as_bytes(), "article.txt");
    let of = |kind: &str, head: &str| {
        let text = content(text, kind);
        let part = text.split_once(head).map_or("", |(_, rest)| rest).to_owned();
        part.split("\n\n").next().unwrap_or("").matches("# ¶").count()
    };
    let counts = [
        of("people", "What else has a capital letter"),
        of("meetings", "Sentences that may tell of a meeting"),
        of("meetings", "Sentences that deny something"),
        of("events", "Dates that are for you to read"),
    ];
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    assert_eq!(made.found.comments, counts.iter().sum::<usize>(), "{counts:?}");
}

/// Names with short forms, with titles behind them and with months in them are whole, and a month in short is none.
#[test]
fn short_forms_and_months_are_told_from_names() {
    let names = |text: &str, kind: &str| -> Vec<String> {
        let found = records(&drafted(format!("{text} It was late.").as_bytes(), "article.txt"), kind);
        found.values().map(|record| record["name"].as_str().unwrap().to_owned()).collect()
    };
    for name in ["U.N. Security Council", "Foreign, Commonwealth and Development Office", "Blom & Partner SA"]
    {
        for text in [format!("They saw the {name} there."), format!("The {name} said so.")] {
            assert_eq!(names(&text, "groups"), [name], "{text}");
            assert_eq!(names(&text, "people"), Vec::<String>::new(), "{text}");
        }
    }
    for (text, name) in [
        ("They saw Keir Donne MP there.", "Keir Donne"),
        ("The MP Keir Donne said so.", "Keir Donne"),
        ("Baroness Orla Quick said so.", "Orla Quick"),
        ("Theresa May met Veld in May.", "Theresa May"),
        ("On 3 Oct. Theresa Holt left.", "Theresa Holt"),
        ("They saw Jan van Dijk on 3 Jan. 2023.", "Jan van Dijk"),
    ] {
        assert_eq!(names(text, "people"), [name], "{text}");
    }
    let people = content("They saw Theresa May there. It was late.", "people");
    assert!(people.contains("# in doubt: "), "{people}");
    let text = "They came on 3 Oct, 5 Nov and 9 Jan, and left in Dec and Feb. It was late.";
    assert_eq!(content(text, "people") + &content(text, "places"), "");
    assert!(names("In Norland May 2023 was cold.", "people").is_empty());
}

/// An office that somebody had, or had until a day, is no role that holds at all times.
#[test]
fn a_former_office_is_no_role() {
    for text in [
        "Former Sound Ferries director Ada Berg spoke.",
        "Ada Berg, director of Sound Ferries until 2019, spoke.",
        "The former director of Sound Ferries, Ada Berg, spoke.",
        "Ada Berg, director of Sound Ferries from 2012 until 2019, spoke.",
    ] {
        let people = content(&format!("{text} Sound Ferries Ltd is a company."), "people");
        assert!(!people.contains("\nroles = "), "{text}: {people}");
    }
    let people = content("Sound Ferries director Ada Berg spoke. Sound Ferries Ltd is a company.", "people");
    assert!(people.contains("Ada Berg"), "{people}");
}

/// Languages, peoples and operations are no places, and of two places none is the only one; who telephones is in two.
#[test]
fn what_is_no_place_is_not_that_of_a_meeting() {
    for text in [
        "Ada Berg met Jon Vik in Spanish on 3 May 2022",
        "Ada Berg met Jon Vik in Russian custody on 3 May 2022",
        "Ada Berg met Jon Vik in Operation Storm on 3 May 2022",
        "Ada Berg met Jon Vik in Vienna and Prague on 22 March 2022",
        "Ada Berg telephoned Jon Vik in Lund on 3 May 2022",
    ] {
        let meetings = content(&format!("{text}. It was late."), "meetings");
        assert!(!meetings.contains("\nplace = "), "{text}: {meetings}");
    }
}

/// What the next sentence takes back is told beside the record, and so is a rumour.
#[test]
fn what_is_taken_back_is_told() {
    for behind in
        ["This is false.", "The Herald has withdrawn the claim.", "Her office says this never took place."]
    {
        let meetings = content(&format!("Ada Berg met Jon Vik on 3 May 2002. {behind}"), "meetings");
        assert!(meetings.contains(&format!("but the next sentence: {behind}")), "{meetings}");
    }
    let meetings =
        content("Contrary to reports Ada Berg met Jon Vik on 15 May 2023. It was late.", "meetings");
    assert!(!meetings.contains("participants = "), "{meetings}");
}

/// `Senators` is a title as `Senator` is.
#[test]
fn titles_of_several_are_no_part_of_a_name() {
    let people =
        content("Senators Ada Berg and Jon Vik met Otto Falk on 9 April 2022. It was late.", "people");
    assert!(people.contains("[ada-berg]") && !people.contains("senators"), "{people}");
}
