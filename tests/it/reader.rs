//! What readers are given to find their way: timeline, network, previews, glossary, notes in the margin.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use dossier::diag::Checked;
use dossier::{Site, has_errors};

use crate::demonstration::all_links_lead_somewhere;
use crate::support::{build, files, page, readable, repository, sources, string, text};

/// A dossier of so many meetings, in ten years, of people who meet their neighbours in the list.
fn many(meetings: usize, people: usize, site: &str) -> dossier::source::Sources {
    let mut records = String::new();
    for at in 0..meetings {
        let (a, b, c) = (at % people, (at * 7 + 1) % people, (at * at + 3) % people);
        let mode = ["in-person", "phone", "visit"][at % 3];
        let date = [format!("{}-03", 2010 + at % 10), format!("{}-06-{:02}", 2010 + at % 10, 1 + at % 28)];
        let _ = writeln!(
            records,
            "[m{at}]\ndate = \"{}\"\nmode = \"{mode}\"\nparticipants = [{{ who = \"p{a}\" }}, {{ who = \"p{b}\" }}, {{ who = \"p{c}\" }}]\ncite = \"s ¶1\"",
            date[at % 2]
        );
    }
    let mut names = String::new();
    for at in 0..people {
        let group = if at % 2 == 0 { "one" } else { "two" };
        let _ = writeln!(
            names,
            "[p{at}]\nname = \"Person {at:04}\"\nroles = [{{ role = \"member\", of = \"{group}\", cite = \"s\" }}]"
        );
    }
    sources(&[
        ("site.toml", site),
        ("content/meetings.toml", &records),
        ("content/people.toml", &names),
        (
            "content/groups.toml",
            "[one]\nname = \"One\"\ntype = \"other\"\n[two]\nname = \"Two\"\ntype = \"other\"\n",
        ),
        ("content/sources.toml", "[s]\ntitle = \"Source\"\ntype = \"report\"\npublished = \"2024\"\n"),
    ])
}

const SIDES: &str = "title = \"Two\"\n[[sides]]\ntitle = \"The one\"\ngroups = [\"one\"]\n[[sides]]\ntitle = \"The other\"\ngroups = [\"two\"]\n";

fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

#[test]
fn a_long_timeline_is_divided_by_year() {
    let site = build(&many(620, 12, "title = \"Many\"\n"));
    let index = string(&site, "timeline.html");
    assert_eq!(between(&index, "id=\"r-", "\"").len(), 0, "the index lists no records itself");
    let years = between(&index, "<p><a href=\"timeline/", "\"");
    assert_eq!(years.len(), 10);
    let mut seen = BTreeSet::new();
    for year in years {
        let html = string(&site, &format!("timeline/{year}"));
        for record in between(&html, "id=\"r-", "\"") {
            assert!(seen.insert(record.to_owned()), "{record} stands on two pages");
        }
        assert!(
            html.contains("id=\"f-kind-phone\"") || html.contains("id=\"f-kind-call\""),
            "{year} has no filter"
        );
        assert!(!html.contains("id=\"f-person\""), "rules for each person would take too long");
    }
    assert_eq!(seen.len(), 620);
    // Profiles and lists of a kind are divided in the same way.
    assert!(string(&site, "meetings.html").contains("timeline/meetings-2010.html"));
    assert!(files(&site).iter().any(|(path, _)| path.starts_with("timeline/people-p1-")));
}

#[test]
fn each_choice_of_a_filter_has_its_rule() {
    let site = build(&many(30, 6, SIDES));
    let (html, css) = (string(&site, "timeline.html"), string(&site, "filters.css"));
    for control in ["person", "group"] {
        let select = between(&html, &format!("<select id=\"f-{control}\""), "</select>")[0];
        let keys: Vec<&str> =
            between(select, "<option value=\"", "\"").into_iter().filter(|key| !key.is_empty()).collect();
        assert!(keys.len() > 1, "{control}");
        for key in keys {
            let class = format!("{}-{key}", &control[..1]);
            assert!(
                css.contains(&format!("#f-{control} option[value=\"{key}\"]:checked) .ev:not(.{class})")),
                "{key}"
            );
            // Each row and each mark of the chart that is to stay has the class.
            let rows = html.matches(&format!(" {class}\" id=\"r-")).count()
                + html.matches(&format!(" {class} ")).count();
            assert!(rows > 0, "no record has the class {class}");
        }
    }
    for id in between(&html, "type=\"checkbox\" id=\"", "\"") {
        assert!(css.contains(&format!("#{id}:not(:checked)")), "{id}");
    }
}

/// Pairs of the list, each with its number of records.
fn pairs(site: &Checked<Site>) -> BTreeMap<String, usize> {
    let pages =
        files(site).into_iter().filter(|(path, _)| path == "network.html" || path.starts_with("network/"));
    let mut found = BTreeMap::new();
    for (path, bytes) in pages {
        let html = String::from_utf8(bytes).unwrap();
        for pair in between(&html, "<li id=\"pair-", "</li>") {
            let id = pair.split('"').next().unwrap().to_owned();
            let more = between(pair, "and ", " more").first().and_then(|more| more.parse().ok()).unwrap_or(0);
            let count = pair.matches("<bdi>").count() + more;
            assert!(found.insert(id, count).is_none(), "{path} repeats a pair");
        }
    }
    found
}

#[test]
fn a_large_network_shows_what_can_be_read_and_lists_the_rest() {
    let site = build(&many(1200, 900, "title = \"Many\"\n"));
    let html = string(&site, "network.html");
    let wide = between(&html, "<svg class=\"net wide\"", "</svg>\n").join("");
    let people = wide.matches("<a class=\"n-").count();
    assert!((2..=40).contains(&people), "{people} people are drawn");
    assert!(wide.matches("<path d=").count() <= 120);
    assert!(
        readable(&html).contains("those who share most records"),
        "it does not say that it leaves people out"
    );
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..1200_usize {
        let named: BTreeSet<usize> = [at % 900, (at * 7 + 1) % 900, (at * at + 3) % 900].into();
        let named: Vec<usize> = named.into_iter().collect();
        for (n, a) in named.iter().enumerate() {
            for b in &named[n + 1..] {
                *counted.entry(format!("p{a}-p{b}")).or_default() += 1;
            }
        }
    }
    assert_eq!(pairs(&site), counted);
}

#[test]
fn two_sides_stand_in_columns() {
    let html = string(&build(&many(12, 6, SIDES)), "network.html");
    let wide = between(&html, "<svg class=\"net wide\"", "</svg>\n").join("");
    let columns: BTreeSet<&str> = between(&wide, "<circle cx=\"", "\"").into_iter().collect();
    assert_eq!(columns.len(), 1, "the first side has one column");
    let columns: BTreeSet<&str> = between(&wide, "<rect x=\"", "\"").into_iter().collect();
    assert_eq!(columns.len(), 1, "and so has the second");
    assert!(wide.contains(">The one</text>") && wide.contains(">The other</text>"));
}

/// Who sat in one hall with dozens has not met them all.
#[test]
fn a_crowd_makes_no_pairs_and_pages_say_so() {
    let people: String = (0..61).map(|n| format!("[p{n}]\nname = \"Person {n}\"\n")).collect();
    let hall = |count: usize| (0..count).map(|n| format!("\"p{n}\"")).collect::<Vec<_>>().join(", ");
    let meetings = format!(
        "[crowd]\ntitle = \"The congress\"\nparticipants = [{}]\n[hall]\ntitle = \"The hall\"\n\
         participants = [{}]\n[talk]\ntitle = \"The talk\"\nparticipants = [\"p59\", \"p60\"]\n",
        hall(61),
        hall(50)
    );
    let files_of = [
        ("site.toml", "title = \"Halls\"\n"),
        ("content/people.toml", &people),
        ("content/meetings.toml", &meetings),
        ("content/index.md", "All.\n\n::network{}\n\n::matrix{}\n"),
    ];
    let site = build(&sources(&files_of));
    // Fifty of the hall, and the two that talked.
    assert_eq!(pairs(&site).len(), 50 * 49 / 2 + 1);
    let told = "A record names more than 50 people";
    for (path, times) in [("network.html", 1), ("people/p59.html", 1), ("index.html", 2)] {
        let html = string(&site, path);
        assert_eq!(html.matches(told).count(), times, "{path}");
        assert!(html.contains("meetings/crowd.html\">The congress</a>"), "{path}");
    }
    let html = string(&site, "people/p59.html");
    let section = between(&html, "id=\"s-people\"", "</section>").join("");
    assert!(section.contains("Person 60") && !section.contains("Person 58"), "{section}");
    assert!(!string(&site, "network/pairs-2.html").contains(told));
    // A row does not name all of them, and a head does not count only those of small meetings.
    assert!(readable(&html).contains("Person 19‹../people/p19.html›, and 41 more"), "{}", readable(&html));
    assert!(!readable(&html).contains("people in the same records"));
    // What is lost on the way to other programs is told there.
    let lost = string(&site, "data/not-carried.csv");
    assert!(lost.contains("meetings/crowd") && lost.contains("more than 50 people"), "{lost}");
    assert!(!string(&site, "data/network.graphml").contains("crowd"));
}

/// Lines between those on no side would run through others, and look like lines to them.
#[test]
fn those_on_no_side_are_joined_to_sides_only() {
    let people = "[ada]\nname = \"Ada\"\nroles = [{ role = \"head\", of = \"one\" }]\n\
        [bo]\nname = \"Bo\"\nroles = [{ role = \"head\", of = \"two\" }]\n\
        [cy]\nname = \"Cy\"\n[di]\nname = \"Di\"\n[ed]\nname = \"Ed\"\n";
    let meetings = "[a]\nparticipants = [\"ada\", \"cy\", \"di\", \"ed\", \"bo\"]\n";
    let groups =
        "[one]\nname = \"The one\"\ntype = \"other\"\n[two]\nname = \"The other\"\ntype = \"other\"\n";
    let files = [
        ("site.toml", SIDES),
        ("content/people.toml", people),
        ("content/meetings.toml", meetings),
        ("content/groups.toml", groups),
    ];
    let site = build(&sources(&files));
    let html = string(&site, "network.html");
    let wide = between(&html, "<svg class=\"net wide\"", "</svg>\n").join("");
    let ties: BTreeSet<&str> = between(&wide, "<g class=\"tie ", "\" aria-hidden").into_iter().collect();
    let expected =
        ["t-ada t-bo", "t-ada t-cy", "t-ada t-di", "t-ada t-ed", "t-bo t-cy", "t-bo t-di", "t-bo t-ed"];
    assert_eq!(ties, BTreeSet::from(expected));
    // All ten pairs are in the list.
    assert_eq!(pairs(&site).len(), 10);

    // Whom a meeting names stands by side.
    let html = string(&site, "meetings/a.html");
    let named: Vec<&str> = between(&html, "<div class=\"side\">", "</div>");
    let names =
        |side: &str| between(side, ".html\">", "</a>").into_iter().map(str::to_owned).collect::<Vec<_>>();
    let titles: Vec<String> = named.iter().map(|side| between(side, "<h3>", "</h3>").concat()).collect();
    assert_eq!(titles, ["The one", "The other", "Others named"]);
    assert_eq!(names(named[2]), ["Cy", "Di", "Ed"]);
}

#[test]
fn a_preview_says_nothing_that_its_page_does_not() {
    let site = build(&repository());
    let said = |html: &str| {
        html.split_whitespace().collect::<Vec<_>>().join(" ").replace(['\u{2068}', '\u{2069}'], "")
    };
    let mut count = 0;
    for (path, bytes) in files(&site).into_iter().filter(|(path, _)| path.starts_with("previews/")) {
        let script = String::from_utf8(bytes).unwrap();
        let data = script.strip_prefix("dossierPreviews(").unwrap().trim_end().strip_suffix(");").unwrap();
        let records: BTreeMap<String, serde_json::Value> = serde_json::from_str(data).unwrap();
        for (address, record) in records {
            let html = string(&site, address.split('#').next().unwrap());
            let text = said(&plain(&html));
            let names = [&record["name"]["text"], &record["native"]["text"]];
            let lines = record["lines"].as_array().unwrap().iter();
            for line in names.into_iter().chain(lines).filter_map(|line| line.as_str()) {
                // Numbers of records stand in another sentence there.
                let number: String = line.chars().filter(char::is_ascii_digit).collect();
                let parts: Vec<&str> = if line.starts_with("Named in") || line.ends_with("named") {
                    vec![&number]
                } else {
                    line.split(", ").collect()
                };
                for part in parts {
                    let found = text.to_lowercase().contains(&said(part).to_lowercase());
                    assert!(found, "{path}: {address} does not say {part:?}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 200, "only {count} were looked at");
}

/// All text of a page.
fn plain(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split('<').skip(1) {
        let text = piece.split_once('>').map_or("", |(_, text)| text);
        out.push_str(text);
    }
    out.replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
}

#[test]
fn terms_stand_in_a_glossary_and_prose_leads_there() {
    let files = [
        (
            "content/terms.toml",
            "[origin]\nname = \"Origin\"\nnames.de = \"Ursprung\"\ndefinition = \"Where a chain **ends**.\"\n",
        ),
        ("content/explainers/one.md", "# One\n\nIt has one [[origin]].\n"),
    ];
    let glossary = page(&files, "glossary.html");
    assert!(glossary.contains("<div id=\"r-origin\">"));
    assert!(glossary.contains("Where a chain <strong>ends</strong>."));
    assert!(page(&files, "explainers/one.html").contains("<a href=\"../glossary.html#r-origin\">Origin</a>"));
    let site = build(&sources(&[("content/terms.toml", "[origin]\nname = \"Origin\"\n")]));
    assert!(
        text(&sources(&[("content/terms.toml", "[origin]\nname = \"Origin\"\n")]), &site)
            .contains("definition")
    );
}

#[test]
fn sources_stand_in_the_margin_of_an_article_once() {
    let files = [
        (
            "content/sources.toml",
            "[herald]\ntitle = \"A report\"\nby = \"The Herald\"\ntype = \"report\"\npublished = \"2023-05\"\n",
        ),
        ("content/people.toml", "[ada]\nname = \"Ada Berg\"\n"),
        ("content/people/ada.md", "Named once [@herald ¶2].\n"),
        (
            "content/explainers/one.md",
            "# One\n\nSaid here [@herald ¶1], and again [@herald ¶1]. About [[ada]].\n",
        ),
    ];
    let article = page(&files, "explainers/one.html");
    let notes = between(&article, "<span class=\"margin-note\"", "</span>");
    assert_eq!(notes, [" aria-hidden=\"true\" data-n=\"1\"><b>1</b> The Herald, May 2023, ¶1."]);
    assert!(!page(&files, "people/ada.html").contains("margin-note"), "a profile has no margin");
}

/// The pages of a list, from the first by the links to the next, and on each the records that it lists.
fn continued(site: &Checked<Site>, path: &str, kind: &str) -> Vec<(String, Vec<String>)> {
    let mut pages: Vec<(String, Vec<String>)> = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let html = string(site, &path);
        let root = "../".repeat(path.matches('/').count());
        let main = between(&html, "<main", "</main>").join("");
        let listed = between(&main, &format!("<a href=\"{root}{kind}/"), ".html").into_iter();
        let listed = listed.map(str::to_owned).collect();
        let later = between(&main, &format!("Later: <a href=\"{root}"), "\"");
        next = later.first().map(|later| (*later).to_owned());
        let here = format!("<a href=\"{root}{path}\" aria-current=\"page\">");
        assert!(main.contains(&here), "{path} does not say where it stands");
        assert_eq!(main.matches("<ul").count(), main.matches("</ul>").count(), "{path}");
        pages.push((path, listed));
    }
    pages
}

/// A list of very many records is divided, so that no page grows without bound; nobody is lost or listed twice.
#[test]
fn long_lists_are_divided() {
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let mut add = |path, record: String| files.entry(path).or_default().push_str(&record);
    for n in 0..700 {
        let role = if n < 100 { "roles = [{ role = \"head\", of = \"g1\" }]\n" } else { "" };
        add("content/people.toml", format!("[p{n}]\nname = \"Person {n:03}\"\n{role}"));
        add("content/sources.toml", format!("[s{n}]\ntitle = \"Source {n:03}\"\ntype = \"report\"\n"));
        let kind = if n < 400 { "other" } else { "state" };
        add("content/groups.toml", format!("[g{n}]\nname = \"Group {n:03}\"\ntype = \"{kind}\"\n"));
        let within = match n {
            0 | 500.. => String::new(),
            1..10 => "in = \"l0\"\n".to_owned(),
            n => format!("in = \"l{}\"\n", n % 9 + 1),
        };
        add("content/places.toml", format!("[l{n}]\nname = \"Place {n:03}\"\n{within}"));
    }
    files.insert(
        "site.toml",
        "title = \"Long\"\n[[sides]]\ntitle = \"The one\"\ngroups = [\"g1\"]\n[[sides]]\ntitle = \"The other\"\n\
         groups = [\"g2\"]\n"
            .to_owned(),
    );
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let site = build(&sources(&files));
    assert!(!has_errors(&site.diagnostics), "{}", text(&sources(&files), &site));
    let named = |prefix: &str, numbers: Vec<usize>| -> Vec<String> {
        numbers.into_iter().map(|n| format!("{prefix}{n}")).collect()
    };
    for (kind, prefix) in [("people", "p"), ("groups", "g"), ("sources", "s")] {
        let pages = continued(&site, &format!("{kind}.html"), kind);
        assert!(pages.len() > 2, "{kind} has {} pages", pages.len());
        for (path, listed) in &pages {
            assert!((1..=250).contains(&listed.len()), "{path} lists {}", listed.len());
        }
        let mut listed: Vec<String> = pages.into_iter().flat_map(|(_, listed)| listed).collect();
        // States come before other groups.
        let sorted = listed.iter().map(|key| key[1..].parse().unwrap()).collect::<Vec<usize>>();
        if kind != "groups" {
            assert!(sorted.is_sorted(), "{kind} are not in order");
        }
        listed.sort_by_key(|key| key[1..].parse::<usize>().unwrap());
        assert_eq!(listed, named(prefix, (0..700).collect()));
    }
    let places = continued(&site, "places.html", "places");
    // What continues a place begins with it: Place 000, and the one of its parts that goes on.
    for (path, listed) in &places[1..2] {
        assert_eq!(listed[0], "l0", "{path}");
        assert!((1..10).contains(&listed[1][1..].parse::<usize>().unwrap()), "{path}");
        assert!(listed.len() <= 252, "{path}");
    }
    let once: BTreeSet<String> = places.iter().flat_map(|(_, listed)| listed.clone()).collect();
    assert_eq!(once.len(), 700);
    let titles: Vec<String> =
        places.iter().map(|(path, _)| between(&string(&site, path), "<h1>", "<").join("")).collect();
    assert_eq!(titles, ["Places", "Places: Place 0–Place 2", "Places: Place 0–Place 6"]);
    let titles: Vec<String> = between(&string(&site, "people.html"), "<nav class=\"letters\"", "</nav>")
        .iter()
        .flat_map(|nav| between(nav, "\">", "</a>"))
        .map(str::to_owned)
        .collect();
    assert_eq!(titles.len(), 4);
    assert_eq!(titles[0].lines().last().unwrap(), "The one");
    assert_eq!(titles[3], "Others named: Person 5–Person 6");
}

/// One newspaper on which everything rests, a movement of very many, and very many ties: what is said of each is
/// divided, and every citation leads to its place.
#[test]
fn what_belongs_to_one_record_is_divided() {
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let mut add = |path, record: String| files.entry(path).or_default().push_str(&record);
    add(
        "content/sources.toml",
        "[news]\ntitle = \"News\"\ntype = \"report\"\nquotes.\"¶7\" = \"Seven\"\n".to_owned(),
    );
    add("content/sources.toml", "[agency]\ntitle = \"Agency\"\ntype = \"report\"\n".to_owned());
    add(
        "content/groups.toml",
        "[front]\nname = \"Front\"\ntype = \"other\"\ncite = \"news ¶1\"\n".to_owned(),
    );
    for n in 0..600 {
        add(
            "content/people.toml",
            format!(
                "[p{n}]\nname = \"Person {n:03}\"\nroles = [{{ role = \"member\", of = \"front\", cite = \"news ¶{n}\" }}]\n"
            ),
        );
        add(
            "content/meetings.toml",
            format!(
                "[m{n}]\ndate = \"{}-03\"\nparticipants = [\"p{n}\", \"p{}\"]\ncite = \"news ¶{} citing agency p. {n}\"\n",
                2000 + n % 20,
                (n + 1) % 600,
                n + 1000
            ),
        );
        if n < 250 {
            add(
                "content/relations.toml",
                format!(
                    "[r{n}]\nfrom = \"p{n}\"\nto = \"p{}\"\ntype = \"ally\"\ncite = \"news ¶{n}\"\n",
                    n + 300
                ),
            );
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let sources = sources(&files);
    let site = build(&sources);
    assert!(!has_errors(&site.diagnostics), "{}", text(&sources, &site));
    assert!(all_links_lead_somewhere(&site) > 20_000);
    let members = continued(&site, "groups/front.html", "people");
    assert_eq!(members.len(), 3);
    let listed: BTreeSet<String> = members.iter().flat_map(|(_, listed)| listed.clone()).collect();
    assert_eq!(listed.len(), 600);
    // 600 roles, 600 meetings and 250 ties rest there, and the group.
    let resting = continued(&site, "sources/news.html", "meetings");
    assert_eq!(resting.len(), 3);
    let listed: Vec<String> = resting.iter().flat_map(|(_, listed)| listed.clone()).collect();
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), 600);
    assert_eq!(continued(&site, "sources/agency.html", "meetings").len(), 2);
    for (path, html) in files_of(&site, "lists/") {
        assert!(html.len() < 400_000, "{path} has {} bytes", html.len());
    }
    assert_eq!(continued(&site, "relations.html", "people").len(), 3);
    // The quoted place stays on the page of the source, however often it is cited.
    assert!(string(&site, "sources/news.html").contains("id=\"p-7\""));
}

fn files_of(site: &Checked<Site>, folder: &str) -> Vec<(String, String)> {
    let paths =
        site.value.output.iter().map(|(path, _)| path.to_owned()).filter(|path| path.starts_with(folder));
    paths.map(|path| (path.clone(), string(site, &path))).collect()
}

/// A title that the program makes names a few, and says how many others there were.
#[test]
fn a_title_of_many_names_a_few() {
    let people: String = (0..40).map(|n| format!("[p{n}]\nname = \"Person {n:02}\"\n")).collect();
    let named: Vec<String> = (0..40).map(|n| format!("\"p{n}\"")).collect();
    let meeting = format!("[m]\ndate = \"2023\"\nparticipants = [{}]\n", named.join(", "));
    let html =
        page(&[("content/people.toml", &people), ("content/meetings.toml", &meeting)], "meetings/m.html");
    let title = between(&html, "<h1>", "</h1>").join("");
    assert!(title.ends_with("Person 05 and 34 others"), "{title}");
}
