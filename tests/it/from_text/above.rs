//! What stands above an article: its headline, its newspaper and its dates, and where its first paragraph begins.

use super::{content, drafted, paragraphs, records};

const TEXT: &str = "The ministers met in secret on Friday, letters show.\n\nThey deny it, and say no more.\n";
/// Lines that a program broke to fit a width.
const WRAPPED: &str = "Minister Ada Berg met the director of Norland Shipping, Jon Vik, in the\n\
    offices of the company on Friday, and they talked for two hours there.\nThe minister left at noon.\n\n\
    The second paragraph was wrapped as well, over two lines of the same\nwidth as all others.\n";

/// The record of the source under some lines.
fn source(above: &str, text: &str) -> toml::Table {
    let sources = records(&drafted(format!("{above}{text}").as_bytes(), "article.txt"), "sources");
    sources.values().next().unwrap().as_table().unwrap().clone()
}

fn field<'s>(source: &'s toml::Table, name: &str) -> Option<&'s str> {
    source.get(name).and_then(toml::Value::as_str)
}

/// A line of a paragraph is no headline, and a headline in two lines is whole.
#[test]
fn a_headline_stands_alone_and_is_whole() {
    const HEADLINE: &str = "Minister met shipper before the harbour contract was\nsigned, letters show";
    for (above, title) in [
        ("", "article"),
        ("THE DAILY POST, 4 March 2024\n\n", "article"),
        ("4 March 2024\n\n", "article"),
        (&format!("{HEADLINE}\n\n"), "whole"),
        (&format!("{HEADLINE}\nBy Ada Holt\n4 March 2024\n\n"), "whole"),
        (&format!("THE DAILY POST, 4 March 2024\n\n{HEADLINE}\n\n"), "whole"),
        (&format!("The Daily Post\n4 March 2024\n{HEADLINE}\n\nBy Ada Holt\n\n"), "whole"),
        ("Minister met shipper\n\n", "Minister met shipper"),
        ("Minister met shipper\nBy Ada Holt\n\n", "Minister met shipper"),
    ] {
        let title = if title == "whole" { HEADLINE.replace('\n', " ") } else { title.to_owned() };
        assert_eq!(field(&source(above, WRAPPED), "title"), Some(title.as_str()), "{above}");
        let paragraphs = paragraphs(&drafted(format!("{above}{WRAPPED}").as_bytes(), "article.txt"));
        assert_eq!(paragraphs.len(), 2, "{above}: {paragraphs:?}");
        assert!(paragraphs[0].starts_with("Minister Ada Berg met") && paragraphs[0].ends_with("at noon."));
    }
    assert_eq!(field(&source("Talks\n", &"They met at the harbour. ".repeat(8)), "title"), Some("Talks"));
}

/// When a text was changed or read is not when it was published, and no paragraph.
#[test]
fn a_date_of_change_is_a_comment() {
    for line in [
        "Updated 12 February 2024",
        "Updated 6:14 p.m. EST, Mon., Feb. 12, 2024",
        "Updated at 6:14 p.m. on 12 February 2024",
        "Last modified 12 February 2024",
        "Corrected 12 February 2024",
        "Retrieved February 12, 2024",
    ] {
        for between in ["\n", "\n\n"] {
            let above = format!("Minister met shipper{between}{line}\n\n");
            let text = format!("{above}{TEXT}");
            let source = source(&above, TEXT);
            assert_eq!(field(&source, "title"), Some("Minister met shipper"), "{above}");
            assert_eq!(field(&source, "published"), None, "{above}");
            assert!(content(&text, "sources").contains(&format!("   # in the text: {line}\n")), "{above}");
            assert_eq!(paragraphs(&drafted(text.as_bytes(), "a.txt")).len(), 2, "{above}");
        }
    }
    let above = "Minister met shipper\n6:14 p.m. EST, Feb. 12, 2024\n\n";
    assert_eq!(field(&source(above, TEXT), "published"), Some("2024-02-12"));
    assert_eq!(
        field(&source("Retrieved from the harbour\n\n", TEXT), "title"),
        Some("Retrieved from the harbour")
    );
}

/// A date that may be of another calendar is a comment, above the text and in it.
#[test]
fn a_date_of_another_calendar_is_none() {
    const OTHER: &str = "it may be of another calendar: see `date_original`";
    for day in ["2566/06/14", "1444-11-25", "1402/03/24", "14 June 2566", "June 1402"] {
        let events = content(&format!("The pier was closed on {day}. It was late."), "events");
        assert!(!events.contains("date = ") && events.contains(OTHER), "{day}\n{events}");
    }
    let text = format!("Minister met shipper\n14 June 2566\n\n{TEXT}");
    let sources = content(&text, "sources");
    assert!(!sources.contains("\npublished") && sources.contains(OTHER), "{sources}");
    let of = |published: &str, day: &str| {
        content(
            &format!("Minister met shipper\n{published}\n\nThe pier closed on {day}. It was late."),
            "events",
        )
    };
    assert!(of("3 May 1970", "2 May 2023").contains(OTHER));
    assert!(!of("3 May 1990", "2 May 2023").contains(OTHER));
    assert!(content("The pier was built in 1402, and it was late.", "events").contains("date = \"1402\""));
}

/// A name above the date is no headline where one stands below it.
#[test]
fn a_newspaper_above_the_date_is_no_headline() {
    const TITLE: &str = "Minister met shipper";
    for name in ["Le Monde", "Reuters", "Coastline", "Harbour Watch"] {
        for between in ["\n", "\n\n"] {
            let above = format!("{name}{between}14 June 2023\n\n{TITLE}\n\n");
            let source = source(&above, TEXT);
            assert_eq!((field(&source, "title"), field(&source, "by")), (Some(TITLE), None), "{above}");
            let told = content(&format!("{above}{TEXT}"), "sources");
            assert!(told.contains(&format!("# by = \"{name}\"   # ")), "{told}");
        }
    }
    for name in ["The Guardian of the Coast", "The Daily Post"] {
        let above = format!("{name}\n14 June 2023\nBy Rana Selim\n\n");
        let with = source(&format!("{above}{TITLE}\n\n"), TEXT);
        assert_eq!((field(&with, "title"), field(&with, "by")), (Some(TITLE), Some(name)), "{above}");
    }
    let above = "The Daily Post\n4 March 2024\nBy Rana Selim\n\n";
    let without = source(above, TEXT);
    assert_eq!((field(&without, "title"), field(&without, "by")), (Some("article"), Some("The Daily Post")));
    assert!(
        content(&format!("{above}{TEXT}"), "sources").contains("# In doubt: \"The Daily Post\" stands above")
    );
    // What is no name stays the headline, and the other line is told.
    let above = "Minister slams review\n3 May 2024\n\nA long report\n\n";
    assert_eq!(field(&source(above, TEXT), "title"), Some("Minister slams review"));
    assert!(
        content(&format!("{above}{TEXT}"), "sources").contains("# In doubt: \"A long report\" stands above")
    );
}

/// A small letter begins no paragraph.
#[test]
fn a_small_letter_begins_no_paragraph() {
    let of = |text: &str| paragraphs(&drafted(text.as_bytes(), "article.txt"));
    let lines =
        "It was sold by the heirs of Kessler & Sons Ltd.\non the morning of June 3rd, 2019.\nHe left early.";
    let alone = of(lines);
    assert_eq!(
        alone,
        [
            "It was sold by the heirs of Kessler & Sons Ltd. on the morning of June 3rd, 2019.",
            "He left early."
        ]
    );
    let parted = of(&format!("The pier was sold.\n\n{lines}\n\nIt was late.\n"));
    assert_eq!(parted.len(), 3, "{parted:?}");
    assert_eq!(parted[1], lines.replace('\n', " "));
    // Without an empty line each line is one, below the headline.
    assert_eq!(
        of("Talks fail\nThey met at noon.\nThey left at one."),
        ["They met at noon.", "They left at one."]
    );
    assert_eq!(of("They met.\nThey spoke.\nThey left.").len(), 3);
}

/// What may be a town is no newspaper, and a rubric no headline.
#[test]
fn a_town_is_no_newspaper_and_a_rubric_no_headline() {
    for (above, title, by) in [
        ("Lund, 4 May 2003\nThe day of the flood\n\n", "The day of the flood", None),
        ("THE HERALD | WEEKEND EDITION\nMinister met dealer\n4 May 2023\n\n", "Minister met dealer", None),
        ("OPINION\n\nMinister met dealer\n4 May 2023\n\n", "Minister met dealer", None),
        ("News analysis\nMinister met dealer\n4 May 2023\n\n", "Minister met dealer", None),
        ("BREAKING NEWS\nMinister met dealer\n\n4 May 2023\n\n", "Minister met dealer", None),
        (
            "First published: 2 June 2023\nUpdated: 4 June 2023\n\nMinister met dealer\n\n",
            "Minister met dealer",
            None,
        ),
        (
            "Published in print on 4 May 2023, online 3 May 2023\nMinister met dealer\n\n",
            "Minister met dealer",
            None,
        ),
        (
            "The Bay Herald, 4 May 2023\nMinister met dealer\n\n",
            "Minister met dealer",
            Some("The Bay Herald"),
        ),
    ] {
        let source = source(above, TEXT);
        assert_eq!(field(&source, "title"), Some(title), "{above}");
        assert_eq!(field(&source, "by"), by, "{above}");
        let paragraphs = paragraphs(&drafted(format!("{above}{TEXT}").as_bytes(), "article.txt"));
        assert_eq!(paragraphs.len(), 2, "{above}: {paragraphs:?}");
    }
}

/// Front matter says who wrote it, as far as it is read: what is more of YAML than a text is left out.
#[test]
fn front_matter_is_read_as_it_is_meant_or_left_out() {
    for (front, name, wanted) in [
        ("author: \"Fox, Bob\"", "author", "\"Fox, Bob\""),
        ("author: [\"Fox, Bob\", \"Lee, Ann\"]", "author", "[\"Fox, Bob\", \"Lee, Ann\"]"),
        ("author: Ada Berg, Jon Vik", "author", "[\"Ada Berg\", \"Jon Vik\"]"),
        ("author: Ann Lee # me", "author", ""),
        ("author: null", "author", ""),
        ("author: Staff", "author", ""),
        ("title: &t Deal", "title", "\"Talks\""),
        ("title: >", "title", "\"Talks\""),
        ("title: 'It''s done'", "title", "\"It's done\""),
    ] {
        let text = format!("---\n{front}\n---\n\n# Talks\n\n{TEXT}");
        let sources = records(&drafted(text.as_bytes(), "article.md"), "sources");
        let source = sources.values().next().unwrap().as_table().unwrap();
        let found = source.get(name).map_or_else(String::new, ToString::to_string);
        assert!(found == wanted || found.replace("\"", "") == wanted.replace("\"", ""), "{front}: {found}");
    }
}
