//! The search: what its index holds, the alphabet without script, and what a reader finds in a browser.

#[path = "../../benches/corpus.rs"]
pub mod corpus;

mod reader;

use std::collections::BTreeMap;

use dossier::Options;
use dossier::diag::Checked;
use dossier::model::date::Day;
use dossier::model::fold::{fold, skeletons};
use dossier::source::Sources;
use dossier::{Site, has_errors};

use crate::demonstration::attributes;
use crate::support::{build, build_with, readable, sources, string, text};
use reader::Reader;

/// A harbour whose people have names in several scripts and spellings.
const PEOPLE: &str = r#"
[qassem-darvish]
name = "Qassem Darvish"
sort_name = "Darvish, Qassem"
names = { fa = "قاسِم درویش", aka = "Ghasem Darwish" }
summary = "Keeps the lighthouse of [[port-lund]]."
roles = [{ role = "keeper", of = "harbour-board" }]

[hasan-berg]
name = "Hasan Berg"

[hasan-berg-the-elder]
name = "Ḥasan Berg"

[hassan-berg]
name = "Hassan Berg"

[hasanov]
name = "Aydan Hasanov"

[eva-lind]
name = "Éva Lind"
note = "Her name has an accent in every source."
"#;

const GROUPS: &str = r#"
[harbour-board]
name = "Board of the Harbour"
short = "BOH"
names = { ar = "مجلس الميناء", former = "Quay Council" }
type = "state-body"
"#;

const MEETINGS: &str = r#"
[quay-talks]
title = "Talks on the quay"
mode = "in-person"
date = "2023-06"
place = "port-lund"
participants = [{ who = "qassem-darvish", for = "harbour-board" }, { who = "eva-lind" }, { desc = "two pilots" }]
cite = "herald ¶4"
denied_by = [{ who = "harbour-board", words = "Nobody discussed the beacon.", cite = "herald ¶5" }]
"#;

const SOURCES: &str = r#"
[herald]
title = "A quiet evening"
type = "article-newspaper"
published = "2023-07-01"
language = "fa"
quotes."¶4" = { text = "فانوس دریایی خاموش بود.", translation = "The lighthouse was dark." }
"#;

/// A text that is longer than one slot of the index.
const TIDES: &str = include_str!("search/tides.md");

fn harbour() -> Vec<(&'static str, &'static str)> {
    vec![
        ("content/people.toml", PEOPLE),
        (
            "content/people/qassem-darvish.md",
            "He counts the ships, *and* says so.\n\n## On fog\n\nFog is rare.\n",
        ),
        ("content/groups.toml", GROUPS),
        ("content/meetings.toml", MEETINGS),
        ("content/sources.toml", SOURCES),
        ("content/places.toml", "[port-lund]\nname = \"Port Lund\"\n"),
        ("content/events.toml", "[storm]\ntitle = \"The long storm\"\ndate = \"2022\"\ncite = \"herald\"\n"),
        ("content/explainers/tides.md", TIDES),
    ]
}

fn sound_site(sources: &Sources, options: Options) -> Checked<Site> {
    let site = build_with(sources, options);
    assert!(!has_errors(&site.diagnostics), "{}", text(sources, &site));
    site
}

/// Everything that the index says, as one text.
fn index(site: &Checked<Site>) -> String {
    let shards =
        site.value.output.iter().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"));
    shards.map(|(path, _)| string(site, path)).collect()
}

#[test]
fn without_script_it_is_an_alphabet() {
    let site = sound_site(&sources(&harbour()), Options::default());
    let html = string(&site, "search.html");
    let shown = readable(&html);
    let listed: Vec<&str> = shown.lines().filter(|line| line.contains("› ")).collect();
    assert_eq!(
        listed,
        [
            "A quiet evening‹sources/herald.html› Newspaper article, 1 July 2023",
            "Aydan Hasanov‹people/hasanov.html› Person",
            "Board of the Harbour‹groups/harbour-board.html› مجلس الميناء State body",
            "BOH‹groups/harbour-board.html› Board of the Harbour",
            "Darvish, Qassem‹people/qassem-darvish.html› قاسِم درویش Person, Keeper, BOH",
            "Éva Lind‹people/eva-lind.html› Person",
            "Hasan Berg‹people/hasan-berg.html› Person",
            "Ḥasan Berg‹people/hasan-berg-the-elder.html› Person",
            "Hassan Berg‹people/hassan-berg.html› Person",
            "Port Lund‹places/port-lund.html› Place",
            "Reading the tides‹explainers/tides.html› Explainer",
            "Talks on the quay‹meetings/quay-talks.html› Meeting, June 2023",
            "The long storm‹events/storm.html› Event, 2022",
        ],
        "{shown}"
    );
    // The letters lead to their places on the page, É to that of E.
    let letters: Vec<&str> =
        attributes(&html, "href").into_iter().filter(|href| href.contains("#l-")).collect();
    assert_eq!(letters.len(), 8, "{letters:?}");
    assert!(letters.contains(&"search.html#l-e") && html.contains("id=\"l-e\">E</h2>"), "{html}");
    for letter in letters {
        assert!(attributes(&html, "id").contains(&letter.trim_start_matches("search.html#")), "{letter}");
    }
    // What works only with script is not there without it.
    let form = html.split("<form").nth(1).unwrap().split('>').next().unwrap();
    assert!(form.ends_with(" hidden"), "{form}");
    assert_eq!(html.matches("search.js").count(), 1);
    assert!(html.contains("<script src=\"search.js\" defer></script>"));
    assert!(!string(&site, "people.html").contains("search.js"));
}

#[test]
fn every_page_leads_to_the_search() {
    let site = sound_site(&sources(&harbour()), Options::default());
    let page = string(&site, "people/eva-lind.html");
    let main = page.split("</nav>").next().unwrap();
    let links = attributes(main, "href");
    assert_eq!(links.last(), Some(&"../search.html"), "the last of the main navigation");
    assert_eq!(attributes(&page, "href").into_iter().filter(|href| *href == "../search.html").count(), 2);
}

#[test]
fn an_alphabet_in_another_language_follows_its_order() {
    let people = "[a]\nname = \"Öberg\"\n[b]\nname = \"Olsen\"\n[c]\nname = \"Zander\"\n[d]\nname = \"Ahmad\"\nnames.ar = \"أحمد\"\n";
    let letters = |language: &str| -> Vec<String> {
        let site = build(&sources(&[
            ("site.toml", &format!("title = \"T\"\nlanguage = \"{language}\"\n")),
            ("content/people.toml", people),
        ]));
        let html = string(&site, "search.html");
        html.split("<h2 id=\"l-")
            .skip(1)
            .map(|rest| rest.split(['>', '<']).nth(1).unwrap().to_owned())
            .collect()
    };
    assert_eq!(letters("de"), ["A", "O", "Z"]);
    assert_eq!(letters("sv"), ["A", "O", "Z", "Ö"]);
}

/// A dossier with very many names has a page for each letter, and several for a letter that has very many.
#[test]
fn a_large_alphabet_is_divided() {
    let mut people = String::from("[x]\nname = \"Xaver\"\n[q]\nname = \"قاسم\"\nname_lang = \"ar\"\n");
    for n in 0..1200 {
        let initial = if n < 1100 { 'S' } else { 'B' };
        let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
        people.push_str(&format!("[p{n}]\nname = \"{initial}{}{}a {n}\"\n", letter(n / 26), letter(n)));
    }
    let site = sound_site(&sources(&[("content/people.toml", &people)]), Options::default());
    let html = string(&site, "search.html");
    assert!(!html.contains("people/p7.html"), "no page holds all");
    let pages: Vec<&str> =
        attributes(&html, "href").into_iter().filter(|href| href.starts_with("search/")).collect();
    assert_eq!(
        pages,
        [
            "search/b.html",
            "search/s-1.html",
            "search/s-2.html",
            "search/s-3.html",
            "search/x.html",
            "search/u0642.html"
        ]
    );
    let mut listed: Vec<String> = Vec::new();
    for path in pages {
        let html = string(&site, path);
        let people = attributes(&html, "href").into_iter().filter(|href| href.starts_with("../people/"));
        let people: Vec<String> = people.map(str::to_owned).collect();
        assert!(people.len() <= 500 && !people.is_empty(), "{path} has {}", people.len());
        assert!(!html.contains("<form") && !html.contains("search.js"), "{path} is no place of the search");
        assert!(html.contains(&format!("<a href=\"../{path}\" aria-current=\"page\">")), "{path}");
        listed.extend(people);
    }
    listed.sort();
    listed.dedup();
    assert_eq!(listed.len(), 1202);
    assert!(string(&site, "search/s-2.html").contains("<h1>A–Z index: S"));
}

#[test]
fn the_index_holds_what_the_site_may_say_and_nothing_else() {
    let secret = "[cy-den]\nname = \"Cy Den\"\nnames = { fa = \"سای دن\", aka = \"Zyprian\" }\nwithhold = true\n\
                  [dora]\nname = \"Dora Draft\"\ndraft = true\n\
                  [late]\nname = \"Lotte Spät\"\nadded = \"2025-01-01\"\n";
    let mut files = harbour();
    let people = format!("{PEOPLE}{secret}");
    files[0].1 = &people;
    let meetings = MEETINGS.replace("{ who = \"eva-lind\" }", "{ who = \"cy-den\" }");
    files[3].1 = &meetings;
    let sources = sources(&files);
    let said = |options| index(&sound_site(&sources, options));

    let today = said(Options::default());
    for word in
        ["Darvish", "قاسِم", "\"darvish\"", "lighthouse", "Nobody discussed the beacon", "خاموش", "Lotte"]
    {
        assert!(today.contains(word), "{word}");
    }
    // Neither the name nor its words, folded or by their sound.
    let sounds: Vec<String> = skeletons("Zyprian").concat();
    for word in ["Cy Den", "cy-den", "سای", "zyprian"].into_iter().chain(sounds.iter().map(String::as_str))
    {
        assert!(!today.to_lowercase().contains(&word.to_lowercase()), "{word}");
    }
    assert!(!today.contains("Dora"));
    assert!(said(Options { drafts: true, ..Options::default() }).contains("Dora"));
    let then = said(Options { as_of: Day::new(2024, 12, 1), ..Options::default() });
    assert!(!then.contains("Lotte") && then.contains("Darvish"));
}

/// A withheld name that an author left in a text is reported for the page and proved for the index.
#[test]
fn the_proof_reads_the_index() {
    let sources = sources(&[
        ("content/people.toml", "[cy-den]\nname = \"Cy Den\"\nwithhold = true\n[bo]\nname = \"Bo\"\n"),
        ("content/people/bo.md", "Knows Cy Den."),
    ]);
    let site = build(&sources);
    assert!(index(&site).contains("Cy Den"), "a search of the output has something to find there");
    assert!(text(&sources, &site).contains("withheld-leak"));
}

/// A withheld name that is a word of our tables, or a number that a shard could have, is no false alarm.
#[test]
fn nothing_is_found_in_the_index_by_chance() {
    let mut people: String = (0..400).map(|n| format!("[p{n}x]\nname = \"Ada Berg\"\n")).collect();
    people.push_str("[cy-den]\nname = \"Cy Den\"\nnames.aka = [\"abu\", \"17\", \"330\"]\nwithhold = true\n");
    let sources = sources(&[("content/people.toml", &people)]);
    let told = text(&sources, &build(&sources));
    assert!(!told.contains("withheld-leak"), "{told}");
}

/// Whatever the size of a dossier, no shard is longer than a few kilobytes.
#[test]
fn no_shard_grows_with_the_dossier() {
    for (records, most) in [(200, 6_500), (4_000, 9_000)] {
        let site = build(&corpus::corpus(records));
        let sizes: BTreeMap<&str, usize> = site
            .value
            .output
            .iter()
            .filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"))
            .map(|(path, bytes)| (path, bytes.len()))
            .collect();
        let long: Vec<_> = sizes.iter().filter(|(_, size)| **size > most).collect();
        assert!(long.is_empty(), "{records} records: {long:?}");
    }
}

// In a browser.

/// One person is found by three spellings in two scripts, each with its reason, by double-click and under a
/// strict policy at a sub-path.
#[tokio::test]
async fn browser_finds_a_person_by_any_spelling() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    for served in [false, true] {
        let reader = Reader::of(&sources(&harbour()), served).await;
        for (query, why) in [
            ("Qassem Darvish", "Exact name"),
            ("qassem", "Part of the name"),
            ("Darv", "Part of the name"),
            ("Kasim", "Sounds like “Qassem Darvish”"),
            ("Kassem Darwisch", "Sounds like “Qassem Darvish”"),
            ("Ghasem", "Another spelling: “Ghasem Darwish”"),
            ("قاسم", "Another spelling: “قاسِم درویش”"),
            ("קאסם", "Sounds like “Qassem Darvish”"),
        ] {
            let seen = reader.search(query).await;
            let first = &seen.results[0];
            assert_eq!(
                (first.title.as_str(), first.why.as_str()),
                ("Qassem Darvish", why),
                "{query}: {seen:#?}"
            );
            assert_eq!((first.kind.as_str(), first.href.as_str()), ("People", "people/qassem-darvish.html"));
        }
        reader.page.goto(&format!("{}?q=Kasim", reader.address)).await.unwrap();
        reader.until("document.querySelectorAll('.hits a').length > 0").await;
        reader.run("document.querySelector('.hits a').click()").await;
        reader.until("document.querySelector('h1')?.textContent.includes('Qassem Darvish')").await;
        reader.close().await;
    }
}

#[tokio::test]
async fn browser_shows_exact_before_folded_before_sound() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let mut all = harbour();
    all.push((
        "content/groups/lights.toml",
        "[lights]\nname = \"Joint Committee for the Lights and Bells of Harbours\"\ntype = \"other\"\n",
    ));
    let reader = Reader::of(&sources(&all), false).await;
    let seen = reader.search("Hasan Berg").await;
    assert_eq!(seen.titles(), ["Hasan Berg", "Ḥasan Berg", "Hassan Berg"]);
    let whys: Vec<&str> = seen.results.iter().map(|shown| shown.why.as_str()).collect();
    assert_eq!(whys, ["Exact name", "Written otherwise", "Sounds like “Hassan Berg”"]);
    assert_eq!(seen.line, "3 results for “Hasan Berg”.");
    // As it is written elsewhere, the order is another; a longer word comes after whole ones.
    assert_eq!(reader.search("Ḥasan Berg").await.titles()[..2], ["Ḥasan Berg", "Hasan Berg"]);
    assert_eq!(
        reader.search("hasan").await.titles(),
        ["Hasan Berg", "Ḥasan Berg", "Aydan Hasanov", "Hassan Berg"]
    );
    assert_eq!(reader.search("eva").await.of("Éva Lind").why, "Written otherwise");
    // Short names, former names, titles.
    assert_eq!(reader.search("boh").await.of("Board of the Harbour").why, "Another spelling: “BOH”");
    assert_eq!(
        reader.search("quay council").await.of("Board of the Harbour").why,
        "Another spelling: “Quay Council”"
    );
    // All of a long name, of which only some words are looked up.
    let long = "Joint Committee for the Lights and Bells of Harbours";
    assert_eq!(reader.search(long).await.of(long).why, "Exact name");
    assert_eq!(reader.search(&long.replace("Joint ", "")).await.of(long).why, "Part of the name");
    assert_eq!(reader.search("quay").await.of("Talks on the quay").why, "In the title");
    assert_eq!(reader.search("tides").await.of("Reading the tides").kind, "Explainers");
    assert_eq!(reader.search("storm").await.of("The long storm").kind, "Events");
    assert_eq!(reader.search("quiet even").await.of("A quiet evening").kind, "Sources");
    assert_eq!(reader.search("lund").await.of("Port Lund").kind, "Places");
    reader.close().await;
}

#[tokio::test]
async fn browser_finds_text_and_shows_the_passage() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let mut all = harbour();
    all.extend([
        ("content/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><path d=\"M0 0h8v8z\"/></svg>"),
        (
            "content/explainers/map.md",
            "# The map\n\n![Depths in fathoms](../map.svg \"Soundings of the pilots.\"){credit=\"Tidewatch\" licence=\"CC BY 4.0\"}\n\n\
             Old soundings [@herald ¶2 citing 'a retired surveyor'].\n",
        ),
        ("content/about.md", "# About\n\nThis is ours.\n"),
    ]);
    let reader = Reader::of(&sources(&all), false).await;
    for (query, title, passage) in [
        // A picture, an origin that is no record, and what the interface says about the dossier.
        (
            "fathoms",
            "The map",
            "Soundings of the pilots. · Depths in <mark>fathoms</mark> · Tidewatch · CC BY 4.0",
        ),
        ("retired surveyor", "The map", "a <mark>retired</mark> <mark>surveyor</mark>"),
        (
            "what the sources leave",
            "About",
            "Each record names its source, at the page or paragraph where that is known. <mark>What</mark> the <mark>sources</mark> <mark>leave</mark> out is left out here, or said plainly: “Day not reported”.",
        ),
        // Prose, a summary with the name of a record in it, a note, the words of a party, a heading.
        ("ships", "Qassem Darvish", "He counts the <mark>ships</mark>, and says so."),
        ("lighthouse lund", "Qassem Darvish", "Keeps the <mark>lighthouse</mark> of Port <mark>Lund</mark>."),
        ("accent", "Éva Lind", "Her name has an <mark>accent</mark> in every source."),
        ("BEACON", "Talks on the quay", "Nobody discussed the <mark>beacon</mark>."),
        ("on fog", "Qassem Darvish", "<mark>On</mark> <mark>fog</mark>"),
        // The start of a word; what a source says in its language, and in translation.
        ("discus", "Talks on the quay", "Nobody <mark>discussed</mark> the beacon."),
        (
            "خاموش",
            "A quiet evening",
            "<bdi lang=\"fa\" dir=\"rtl\">فانوس دریایی <mark>خاموش</mark> بود.</bdi>",
        ),
        ("dark", "A quiet evening", "The lighthouse was <mark>dark</mark>."),
        ("moon water", "Reading the tides", "The <mark>moon</mark> moves the <mark>water</mark>."),
        // Far down in a long text, and words that stand far from each other.
        ("driftwood", "Reading the tides", "At the very end lies the <mark>driftwood</mark>."),
        ("moon driftwood", "Reading the tides", "The <mark>moon</mark> moves the water."),
        // Who is named, and a name with a word of the text.
        ("pilots", "Talks on the quay", "Qassem Darvish, Éva Lind, two <mark>pilots</mark>, Port Lund"),
        ("qassem fog", "Qassem Darvish", "<mark>Fog</mark> is rare."),
    ] {
        let seen = reader.search(query).await;
        assert_eq!(seen.of(title).passage, passage, "{query}");
    }
    // A date stands with the result.
    reader.search("june 2023").await;
    let detail: String = reader.ask("document.querySelector('.detail').innerHTML").await;
    assert_eq!(detail, "Meeting, <mark>June</mark> <mark>2023</mark>");
    // All words must be there.
    assert_eq!(reader.search("ships accent").await.titles(), Vec::<&str>::new());
    reader.close().await;
}

/// Typing, the address, the one line that is read aloud, nothing found, and the way back.
#[tokio::test]
async fn browser_follows_what_is_typed() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    for served in [false, true] {
        let reader = Reader::of(&sources(&harbour()), served).await;
        assert!(reader.ask::<bool>("form.checkVisibility() && alphabet.checkVisibility()").await);
        assert_eq!(
            reader.ask::<usize>("document.querySelectorAll('[role=status], [aria-live]').length").await,
            1
        );
        let input = reader.page.find_element("#search-field").await.unwrap();
        input.click().await.unwrap();
        input.type_str("darvi").await.unwrap();
        reader.until("document.querySelectorAll('.hits li').length === 2").await;
        assert_eq!(reader.see().await.line, "2 results for “darvi”.");
        assert_eq!(reader.ask::<String>("location.search").await, "?q=darvi");
        assert!(!reader.ask::<bool>("alphabet.checkVisibility()").await, "the results stand alone");
        // From the field the next stop is the first result.
        input.press_key("Tab").await.unwrap();
        reader.until("document.activeElement === document.querySelector('.hits a')").await;

        let seen = reader.search("xyzzy & <b>").await;
        assert_eq!(seen.line, "No record or page matches “xyzzy & <b>”.");
        assert!(reader.ask::<bool>("document.getElementById('search-nothing').checkVisibility()").await);
        assert_eq!(
            reader.ask::<String>("new URLSearchParams(location.search).get('q')").await,
            "xyzzy & <b>"
        );
        reader.page.reload().await.unwrap();
        reader.until("document.getElementById('search-nothing').checkVisibility()").await;
        assert_eq!(reader.ask::<String>("field.value").await, "xyzzy & <b>");
        reader.run("document.querySelector('#search-nothing a').click()").await;
        reader
            .until(
                "document.readyState === 'complete' && alphabet.checkVisibility() && location.search === ''",
            )
            .await;

        for nothing in ["", "  ", "…", "'"] {
            reader.search(nothing).await;
        }
        assert!(reader.search("").await.line.is_empty());
        assert!(reader.ask::<bool>("alphabet.checkVisibility() && location.search === ''").await);
        reader.close().await;
    }
}

#[tokio::test]
async fn browser_without_script_shows_the_alphabet_alone() {
    use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let reader = Reader::of(&sources(&harbour()), false).await;
    reader.page.execute(SetScriptExecutionDisabledParams::new(true)).await.unwrap();
    reader.page.goto(&format!("{}?q=Qassem", reader.address)).await.unwrap();
    let visible = "(() => [...document.querySelectorAll('main input, main button')].filter(one => one.checkVisibility()).length)()";
    assert_eq!(reader.ask::<usize>(visible).await, 0, "no control that does nothing");
    assert!(reader.ask::<bool>("document.querySelector('#alphabet .index a').checkVisibility()").await);
    reader.close().await;
}

/// More results come by steps, and the best of each kind first.
#[tokio::test]
async fn browser_shows_many_results_by_steps() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let mut people: String = (0..40).map(|n| format!("[p{n}]\nname = \"Marit Quist {n}\"\n")).collect();
    people.push_str("[last]\nname = \"Zoe\"\nsummary = \"Knows every Quist.\"\n");
    people.push_str("[z]\nname = \"Quist\"\nsort_name = \"Zz\"\n");
    let reader = Reader::of(
        &sources(&[
            ("content/people.toml", &people),
            ("content/groups.toml", "[g]\nname = \"The Quist company\"\ntype = \"company\"\n"),
        ]),
        false,
    )
    .await;
    let seen = reader.search("quist").await;
    assert_eq!(seen.line, "43 results for “quist”.");
    assert_eq!(seen.results.len(), 12);
    // A whole name comes before longer ones, wherever it is in the alphabet.
    assert_eq!((seen.titles()[0], seen.results[0].why.as_str()), ("Quist", "Exact name"));
    assert!(seen.titles().contains(&"The Quist company"));
    assert_eq!(
        reader
            .ask::<String>("document.querySelector('.hits').previousElementSibling.textContent")
            .await
            .trim(),
        "People42"
    );
    for shown in [24, 36, 43] {
        reader.run("more.click()").await;
        reader.until(&format!("document.querySelectorAll('.hits li').length === {shown}")).await;
    }
    assert!(!reader.ask::<bool>("more.checkVisibility()").await);
    assert_eq!(reader.see().await.titles().len(), 43);
    reader.close().await;
}

/// A word on more pages than a list holds tells none apart: others decide.
#[tokio::test]
async fn browser_says_when_there_are_more() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let people: String = (0..4_100).map(|n| format!("[p{n}]\nname = \"Quist Marit{n}\"\n")).collect();
    let reader = Reader::of(&sources(&[("content/people.toml", &people)]), false).await;
    assert_eq!(reader.search("quist").await.line, "More than 4000 results for “quist”.");
    assert_eq!(reader.search("quist marit4099").await.titles()[0], "Quist Marit4099");
    reader.close().await;
}

/// All that a search loads for its results on a dossier of 2,000 records is at most 100 KB.
#[tokio::test]
async fn browser_loads_little_for_a_large_dossier() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let reader = Reader::of(&corpus::corpus(2_000), false).await;
    for query in [
        "Qassem",
        "kari sha",
        "شخص 17",
        "meeting",
        "Group 12",
        "boats october",
        "the",
        "m",
        "Dorvi",
        "there was none",
        "Of 1,400 boats, twelve sank on 7 October 2023. Some text with a link and a list",
    ] {
        reader.page.goto(&reader.address).await.unwrap();
        let seen = reader.search(query).await;
        assert!(!seen.results.is_empty(), "{query}");
        let loaded: Vec<String> =
            reader.ask("[...document.scripts].map(script => script.getAttribute('src'))").await;
        let bytes: u64 =
            loaded.iter().map(|src| std::fs::metadata(reader.public().join(src)).unwrap().len()).sum();
        println!("{query}: {bytes} bytes in {} scripts", loaded.len());
        assert!(bytes <= 100_000, "{query} loads {bytes} bytes: {loaded:?}");
    }
    reader.close().await;
}

/// The script folds and sounds words as the program does: over all names of the list, and words made of all
/// letters that the tables know.
#[tokio::test]
async fn browser_folds_and_sounds_as_the_program_does() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let names = include_str!("../../src/model/fold/names.txt");
    let mut texts: Vec<String> =
        names.lines().flat_map(|line| line.split([' ', '=', '~'])).map(str::to_owned).collect();
    texts.extend(names.lines().flat_map(|line| line.split(" = ")).map(str::to_owned));
    // Every letter of these scripts, alone and between two others.
    let blocks =
        [('\u{20}', '\u{24F}'), ('\u{2B0}', '\u{52F}'), ('\u{590}', '\u{6FF}'), ('\u{1E00}', '\u{206F}')];
    let letters: Vec<char> = blocks.iter().flat_map(|(first, last)| *first..=*last).collect();
    texts.extend(
        letters.iter().flat_map(|c| [c.to_string(), format!("a{c}i"), format!("ا{c}ي"), format!("ж{c}е")]),
    );
    // Words of letters in no order (the steps of a linear congruence).
    let mut seed = 1u64;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    let sounding: Vec<char> =
        "aeiouyjwhcdbklszgtqрсеиоуяюйьэאבגהויכלעצש'ابجحدسشصعفقكلمنهويئىة".chars().collect();
    for _ in 0..6_000 {
        let word: String = (0..1 + next(9)).map(|_| sounding[next(sounding.len())]).collect();
        texts.push(word);
    }
    texts.retain(|text| !text.trim().is_empty());

    let reader = Reader::of(&sources(&harbour()), false).await;
    let asked = serde_json::to_string(&texts).unwrap();
    let said: Vec<(String, Vec<Vec<String>>, bool)> = reader
        .ask(&format!(
            "(async () => {{ await start(); return {asked}.map(text => [fold(text), \
             fold(text).split(' ').filter(Boolean).map(word => [...keysOf(word)].sort()), !/\\p{{Cn}}/u.test(text)]); }})()"
        ))
        .await;
    assert_eq!(said.len(), texts.len());
    let mut compared = 0;
    // Of letters that Unicode has got since the browser was made it knows nothing.
    for (text, (folded, keys, _)) in texts.iter().zip(&said).filter(|(_, (.., known))| *known) {
        assert_eq!(*folded, fold(text), "{text:?} ({:x?})", text.chars().collect::<Vec<_>>());
        for (word, keys) in folded.split(' ').zip(keys) {
            // What is said of `abu` and of articles is about whole names.
            if let [own] = skeletons(word).as_slice()
                && !["abou", "abo", "abi", "aba"].contains(&word)
            {
                assert_eq!(keys, own, "{word}");
                compared += 1;
            }
        }
    }
    assert!(compared > 8_000, "only {compared} words were compared");
    reader.close().await;
}

/// Every spelling of every person in the list finds the person, first or among those that answer as well:
/// also where the record has only one of the spellings.
#[tokio::test]
async fn browser_finds_everybody_in_the_list_of_names() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let names = include_str!("../../src/model/fold/names.txt");
    let people: Vec<Vec<&str>> = names
        .lines()
        .map(|line| line.split(" ~ ").next().unwrap().split(" = ").map(str::trim).collect())
        .collect();
    // The record has the first spelling, or only the last, which mostly is in another script.
    for only in [0, usize::MAX] {
        let mut records = String::new();
        for (n, spellings) in people.iter().enumerate() {
            let name = spellings[only.min(spellings.len() - 1)].replace('"', "\\\"");
            records.push_str(&format!("[p{n}]\nname = \"{name}\"\n"));
        }
        let reader = Reader::of(&sources(&[("content/people.toml", &records)]), false).await;
        let queries: Vec<(usize, &str)> = people
            .iter()
            .enumerate()
            .flat_map(|(n, spellings)| spellings.iter().map(move |spelling| (n, *spelling)))
            .collect();
        let asked = serde_json::to_string(&queries).unwrap();
        // For each query: how well the best answers do, and how well the person does.
        let missed: Vec<(usize, String, Vec<String>)> = reader
            .ask(&format!(
                "(async () => {{ const missed = []; for (const [n, query] of {asked}) {{ \
                   const {{ hits }} = await look(query, 60); \
                   const own = hits.find(hit => hit.shown.href === `people/p${{n}}.html`); \
                   if (!own || own.level > hits[0].level) missed.push([n, query, hits.map(hit => [hit.shown.title].flat()[0])]); \
                 }} return missed; }})()"
            ))
            .await;
        assert_eq!(missed, Vec::new(), "{} of {} queries", missed.len(), queries.len());
        reader.close().await;
    }
}

/// The page of a dossier in Arabic: its direction, words and foreign names.
#[tokio::test]
async fn browser_searches_from_right_to_left() {
    if crate::browser::tools::chromium().is_none() {
        return;
    }
    let reader = Reader::of(
        &sources(&[
            ("site.toml", "title = \"ملف\"\nlanguage = \"ar\"\n"),
            (
                "content/people.toml",
                "[a]\nname = \"قاسم درويش\"\nnames.en = \"Qassem Darvish\"\nsummary = \"حارس المنارة.\"\n",
            ),
        ]),
        true,
    )
    .await;
    let seen = reader.search("Kasim").await;
    assert_eq!(seen.titles(), ["قاسم درويش"]);
    assert_eq!(seen.line, "نتيجة واحدة للبحث عن «Kasim».");
    assert_eq!(seen.of("قاسم درويش").why, "يشبه في اللفظ «قاسم درويش»");
    assert_eq!(reader.search("darvish").await.of("قاسم درويش").why, "صيغة أخرى للاسم: «Qassem Darvish»");
    let foreign: String = reader.ask("document.querySelector('.why bdi').outerHTML").await;
    assert_eq!(foreign, "<bdi lang=\"en\" dir=\"ltr\">Qassem Darvish</bdi>");
    // The article that is written in one with its word is no hindrance.
    assert_eq!(reader.search("منارة").await.of("قاسم درويش").passage, "حارس <mark>المنارة</mark>.");
    let (field, page): (f64, f64) = reader
        .ask("(() => { const box = field.getBoundingClientRect(); return [box.right, document.documentElement.clientWidth]; })()")
        .await;
    assert!(page - field < page / 2.0, "the field stands at the right: {field} of {page}");
    reader.close().await;
}
