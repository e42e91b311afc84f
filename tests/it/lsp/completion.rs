//! What is offered while somebody writes.

use std::path::Path;

use serde_json::{Value, json};

use super::client::{Client, edited, harbour, marked, uri};

/// What is offered at the mark in a text that stands in the place of a file, as the server says it.
fn offered(client: &mut Client, path: &Path, text: &str) -> Vec<Value> {
    let (text, place) = marked(text);
    client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri(path) } }));
    client.open(path, &text);
    let params = json!({ "textDocument": { "uri": uri(path) }, "position": place });
    client.request("textDocument/completion", &params)["items"].as_array().unwrap().clone()
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn what_is_offered_fits_the_place() {
    // A file, a text with a mark, and all that is offered there.
    let places: &[(&str, &str, &[&str])] = &[
        ("meetings", "[x]\nplace = \"|\"", &["old-harbour"]),
        ("meetings", "[x]\nplace = |", &["old-harbour"]),
        ("meetings", "[x]\nplace = \"harb|\"", &["old-harbour"]),
        ("meetings", "[x]\nparticipants = [{ who = \"|", &["ada-berg", "carl-dahl", "norland", "selvara"]),
        (
            "meetings",
            "[x]\nparticipants = [\n  { who = \"ada-berg\", for = \"|\" },\n]",
            &["norland", "selvara"],
        ),
        ("meetings", "[x]\nparticipants = [\"carl|\"]", &["carl-dahl"]),
        (
            "meetings",
            "[x]\nparticipants = [\"ada-berg\", |]",
            &["ada-berg", "carl-dahl", "norland", "selvara"],
        ),
        ("meetings", "[x]\nparticipants = [{ who = \"آدا|\" }]", &["ada-berg"]),
        ("meetings", "[x]\nparticipants = [{ who = \"groups/|\" }]", &["groups/norland", "groups/selvara"]),
        ("meetings", "[x]\nconfirmed_by = { who = \"sel|\" }", &["selvara"]),
        ("meetings", "[x]\nmaybe_same = \"|\"", &["harbour-talks"]),
        ("meetings", "[x]\nmode = \"|\"", &["in-person", "phone", "video", "visit", "other"]),
        ("meetings", "[x]\ndraft = |", &["true", "false"]),
        ("meetings", "[x]\ncite = \"|\"", &["herald"]),
        ("meetings", "[x]\ncite = [\"herald ¶2\", \"her|\"]", &["herald"]),
        ("meetings", "[x]\ncite = \"herald ¶4 citing |\"", &["herald"]),
        ("meetings", "[x]\ncite = \"herald ¶4 c|\"", &["citing"]),
        ("meetings", "[x]\nsummary = \"é𝄞 [[ada|\"", &["ada-berg", "harbour-talks"]),
        ("meetings", "[x]\nsummary = \"She [@|]\"", &["herald"]),
        ("people", "[x]\nroles = [{ role = \"envoy\", of = \"|\" }]", &["norland", "selvara"]),
        ("people", "[[|", &[]),
        (
            "groups",
            "[x]\ntype = \"state|\"",
            &["state", "state-body", "armed-group", "party", "company", "outlet", "research-centre", "other"],
        ),
        ("sources", "[x]\nby = \"ada|\"", &["people/ada-berg"]),
        ("sources", "[x]\ngrade = \"|\"", &["A", "B", "C", "D", "E", "F"]),
        ("corrections", "[x]\non = \"meetings/|\"", &["meetings/harbour-talks"]),
        ("corrections", "[x]\non = \"meetings/harbour-talks.repo|\"", &[]),
        ("../site", "title = \"x\"\n[[sides]]\ngroups = [\"|\"]", &["norland", "selvara"]),
        ("../site", "title = \"x\"\n[lints]\nuncited-record = \"|\"", &["error", "warn", "note", "off"]),
    ];
    let home = harbour();
    home.write("content/more.md", "# More\n\n## The second part\n\nText.\n");
    let mut client = Client::start(home.root());
    let mut wrong: Vec<String> = Vec::new();
    for (file, text, expected) in places {
        let path = home.path("content").join(format!("{file}.toml"));
        let path = if *file == "../site" { home.path("site.toml") } else { path };
        let others = if *file == "meetings" { home.text("content/meetings.toml") } else { String::new() };
        let items = offered(&mut client, &path, &format!("{text}\n\n{others}"));
        if text.contains(".repo|") {
            assert!(labels(&items).contains(&"reported"), "{text}: {:?}", labels(&items));
            continue;
        }
        if labels(&items) != *expected {
            wrong.push(format!("{file}: {text}: {:?}", labels(&items)));
        }
        client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri(&path) } }));
    }
    // In Markdown.
    let prose: &[(&str, &[&str])] = &[
        (
            "a [[|",
            &[
                "carl-dahl",
                "ada-berg",
                "harbour-talks",
                "herald",
                "index",
                "more",
                "norland",
                "old-harbour",
                "selvara",
            ],
        ),
        ("a [[Carl D|]]", &["carl-dahl", "harbour-talks"]),
        ("a [[آدا|", &["ada-berg"]),
        ("a [[groups/|", &["groups/norland", "groups/selvara"]),
        ("a [@|]", &["herald"]),
        ("a [@herald ¶1; @h|]", &["herald"]),
        ("a [@herald citing |]", &["herald"]),
        ("a [[more#|", &["the-second-part"]),
        (":count[one]{meetings mode=p|}", &["in-person", "phone", "video", "visit", "other"]),
        (":count[one]{meetings with=\"ada-berg |\"}", &["ada-berg", "carl-dahl", "norland", "selvara"]),
        (":count[one]{meetings mode=phone |}", &["with", "between", "during", "status", "place", "tag"]),
        ("::sources{of=|}", &["ada-berg", "carl-dahl", "norland", "selvara"]),
        ("::places{place=|}", &["old-harbour"]),
        ("plain |", &[]),
        ("+++\ntitle = \"x\"\ntags = \"|\"\n+++\n", &[]),
    ];
    let path = home.path("content/notes.md");
    for (text, expected) in prose {
        let items = offered(&mut client, &path, text);
        let mut found = labels(&items);
        let mut expected = expected.to_vec();
        if text.starts_with("a [[|") {
            // The text that is being written is one of the articles.
            found.retain(|label| *label != "notes");
            found.sort_unstable();
            expected.sort_unstable();
        }
        if found != expected {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let items = offered(&mut client, &path, "::|");
    assert!(labels(&items).contains(&"::timeline") && labels(&items).contains(&":count"));
    // What belongs to a place comes first, and what cannot stand there not at all.
    let first = items.iter().min_by_key(|item| item["sortText"].as_str()).unwrap();
    assert!(first["label"].as_str().unwrap().starts_with("::"), "{first}");
    for text in ["They met :c|", "Line\nand :t|"] {
        let items = offered(&mut client, &path, text);
        let found = labels(&items);
        assert!(found.contains(&":count") && !found.iter().any(|label| label.starts_with("::")), "{found:?}");
    }
    println!("{} places in TOML, {} in Markdown", places.len(), prose.len() + 1);
}

#[test]
fn fields_that_are_not_there_yet_are_offered_with_what_they_mean() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let mut wrong: Vec<String> = Vec::new();
    // A file, a text with a mark, what is offered among others, and what is not.
    let places: &[(&str, &str, &[&str], &[&str])] = &[
        (
            "content/people.toml",
            "[x]\nname = \"X\"\n|\n\n[y]\nborn = \"1950\"",
            &["roles", "born", "cite"],
            &["name", "title", "prose"],
        ),
        ("content/people.toml", "[x]\nro|", &["roles", "name"], &[]),
        (
            "content/people.toml",
            "[x]\nroles = [{ role = \"x\", | }]",
            &["of", "from", "place"],
            &["role", "name"],
        ),
        ("content/people.toml", "[x]\nallow.|", &["uncited-role"], &["name", "no-such-lint"]),
        ("content/people.toml", "[x.names]\n|", &["translit", "nom-de-guerre"], &["name"]),
        ("content/people.toml", "[x]\n[x.na|]", &["names", "ids"], &[]),
        (
            "content/meetings.toml",
            "[x]\nparticipants = [\n  { who = \"ada-berg\", |",
            &["for", "as", "named_as"],
            &["who", "date"],
        ),
        ("content/sources.toml", "[x]\nti|\ntitle = \"X\"\n", &["type"], &["title"]),
        ("content/sources.toml", "[x]\ntitle|\ntitle = \"X\"\n", &["type"], &["title"]),
        ("content/sources.toml", "[x]\nt| \ntitle = \"X\"\n", &["type"], &["title"]),
        ("content/who.md", "+++\nt|\ntitle = \"X\"\n+++\n# Who\n", &["order"], &["title"]),
        ("content/meetings.toml", "[x]\ndate_original = { | }", &["calendar", "date", "lang"], &["title"]),
        ("content/people/eva-falk.md", "+++\nname = \"Eva\"\n|\n+++\n", &["roles", "summary"], &["name"]),
        ("content/who.md", "+++\n|\n+++\n# Who\n", &["title", "order", "authors"], &["name"]),
        ("site.toml", "title = \"x\"\n|", &["language", "sides", "lints"], &["title", "name"]),
        ("site.toml", "title = \"x\"\n[lints]\n|", &["uncited-record"], &["title"]),
        ("site.toml", "title = \"x\"\n[exports]\n|", &["popolo", "csv_bom"], &["title"]),
    ];
    for (file, text, some, none) in places {
        let path = home.path(file);
        let items = offered(&mut client, &path, text);
        let found = labels(&items);
        let some =
            some.iter().filter(|label| !found.contains(label)).map(|label| format!("{text}: no {label}"));
        wrong.extend(some);
        let none = none.iter().filter(|label| found.contains(label)).map(|label| format!("{text}: {label}"));
        wrong.extend(none);
        client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri(&path) } }));
    }
    assert_eq!(wrong, Vec::<String>::new());
    let items = offered(&mut client, &home.path("content/people.toml"), "[x]\n|");
    for item in &items {
        assert!(item["documentation"]["value"].as_str().is_some_and(|about| about.len() > 10), "{item}");
    }
    assert_eq!(items[0]["label"], "name", "what is needed comes first");
    println!("{} places for fields, {} fields of a person", places.len(), items.len());
}

#[test]
fn what_is_chosen_stands_there_as_it_should() {
    let home = harbour();
    let path = home.path("content/meetings.toml");
    // A text with a mark, the label, and the text with it; `$0` is where the author goes on.
    let choices = [
        ("[x]\nplace = |", "old-harbour", "[x]\nplace = \"old-harbour\""),
        ("[x]\nplace = \"ol|", "old-harbour", "[x]\nplace = \"old-harbour"),
        ("[x]\nplace = \"o|ld\"", "old-harbour", "[x]\nplace = \"old-harbour\""),
        ("[x]\ncite = \"é𝄞|\"", "herald", "[x]\ncite = \"herald\""),
        ("[x]\ncite = \"her|ald ¶4\"", "herald", "[x]\ncite = \"herald ¶4\""),
        ("[x]\nsum|", "summary", "[x]\nsummary = \"$0\""),
        ("[x]\nsum| = 1", "summary", "[x]\nsummary = 1"),
        ("[x]\npart|", "participants", "[x]\nparticipants = [$0]"),
        ("[x]\nsummary = \"𝄞 [[ada|\"", "ada-berg", "[x]\nsummary = \"𝄞 [[ada-berg]]\""),
        ("[x]\nsummary = \"𝄞 [[ada|]]\"", "ada-berg", "[x]\nsummary = \"𝄞 [[ada-berg]]\""),
        ("[x]\ndraft = t|", "true", "[x]\ndraft = true"),
    ];
    for snippets in [true, false] {
        let capabilities =
            json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": snippets } } } });
        let mut client = Client::start_with(home.root(), &capabilities);
        for (text, label, expected) in choices {
            let items = offered(&mut client, &path, text);
            let item = items
                .iter()
                .find(|item| item["label"] == label)
                .unwrap_or_else(|| panic!("{text}: {:?}", labels(&items)));
            let chosen = edited(&marked(text).0, std::slice::from_ref(&item["textEdit"]));
            let has_place = expected.contains("$0");
            assert_eq!(item["insertTextFormat"], if has_place && snippets { 2 } else { 1 }, "{text}");
            // Without snippets the author goes on behind what opens.
            let expected =
                if snippets { expected.to_owned() } else { expected.split("$0").next().unwrap().to_owned() };
            assert_eq!(chosen, expected, "{text}");
        }
    }
}

#[test]
fn what_is_offered_says_who_it_is_when_it_is_asked() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let items = offered(&mut client, &home.path("content/index.md"), "a [[carl|");
    assert_eq!(items[0]["detail"], "Carl Dahl (person)");
    assert!(items[0].get("documentation").is_none(), "not before it is asked");
    let item = client.request("completionItem/resolve", &items[0]);
    let about = item["documentation"]["value"].as_str().unwrap();
    assert!(
        about.contains("**Carl Dahl**") && about.contains("On the word of Talks at the harbour"),
        "{about}"
    );
}

#[test]
fn a_hover_on_a_field_says_what_it_is() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let mut about = |file: &str, text: &str| {
        let (text, place) = marked(text);
        let path = home.path(file);
        client.open(&path, &text);
        let params = json!({ "textDocument": { "uri": uri(&path) }, "position": place });
        let found = client.request("textDocument/hover", &params);
        found["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    let text = about("content/people.toml", "[x]\nna|me = \"X\"\n");
    assert!(text.starts_with("**`name`** · needed\n\n"), "{text}");
    let text = about("content/meetings.toml", "[x]\nparticipants = [{ who = \"x\", named|_as = \"y\" }]\n");
    assert!(text.contains("spells the name"), "{text}");
    let text = about("site.toml", "title = \"x\"\n[lints]\nuncited|-record = \"off\"\n");
    assert!(text.starts_with("**`uncited-record`**\n\n"), "{text}");
}
