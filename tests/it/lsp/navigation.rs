//! From a name to its record and to all others that name it.

use std::path::Path;

use serde_json::{Value, json};

use super::client::{Client, at, harbour, position, uri};

/// A place in an open file: the first letter of `word`, as often as it stands there.
fn place(path: &Path, text: &str, word: &str) -> Value {
    let at = text.find(word).unwrap_or_else(|| panic!("{word} is in {text}"));
    json!({ "textDocument": { "uri": uri(path) }, "position": position(text, at + 1) })
}

#[test]
fn every_form_of_a_name_leads_to_the_head_of_its_record() {
    // Of each file a word and the record that it names.
    let names = [
        ("content/meetings.toml", "ada-berg", "content/people.toml", "ada-berg"),
        ("content/meetings.toml", "carl-dahl", "content/people.toml", "carl-dahl"),
        ("content/meetings.toml", "selvara", "content/groups.toml", "selvara"),
        ("content/meetings.toml", "old-harbour", "content/places.toml", "old-harbour"),
        ("content/meetings.toml", "herald ¶4", "content/sources.toml", "herald"),
        ("content/people.toml", "norland", "content/groups.toml", "norland"),
        ("content/people/ada-berg.md", "carl-dahl", "content/people.toml", "carl-dahl"),
        ("content/people/ada-berg.md", "herald", "content/sources.toml", "herald"),
        ("content/index.md", "ada-berg|", "content/people.toml", "ada-berg"),
        ("content/index.md", "carl-dahl\"}", "content/people.toml", "carl-dahl"),
        ("content/index.md", "norland", "content/groups.toml", "norland"),
        ("content/people.toml", "carl-dahl]", "content/people.toml", "carl-dahl"),
    ];
    let home = harbour();
    let mut client = Client::start(home.root());
    for (file, word, target, head) in names {
        let (path, text) = (home.path(file), home.text(file));
        client.open(&path, &text);
        let found = client.request("textDocument/definition", &place(&path, &text, word));
        let found = found.as_array().unwrap();
        assert_eq!(found.len(), 1, "{file} {word}");
        assert_eq!(found[0]["uri"], uri(&home.path(target)), "{file} {word}");
        assert_eq!(at(&home.text(target), &found[0]["range"]), head, "{file} {word}");
    }
    println!("{} names lead to their records", names.len());
    let (path, text) = (home.path("content/index.md"), home.text("content/index.md"));
    assert_eq!(client.request("textDocument/definition", &place(&path, &text, "Who met")), json!([]));
}

/// A link of Markdown to the page of a record is a name like any other.
#[test]
fn links_to_pages_lead_to_their_records_and_are_found() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let (path, text) = (home.path("content/people/ada-berg.md"), home.text("content/people/ada-berg.md"));
    let text =
        format!("{text}\nHe is [Carl](/people/carl-dahl.md#roles \"Carl\"), as [he](carl-dahl.html) said.\n");
    client.open(&path, &text);
    for word in ["carl-dahl.md", "carl-dahl.html"] {
        let asked = place(&path, &text, word);
        let found = client.request("textDocument/definition", &asked);
        assert_eq!(found[0]["uri"], uri(&home.path("content/people.toml")), "{word}");
        let prepared = client.request("textDocument/prepareRename", &asked);
        assert_eq!(at(&text, &prepared["range"]), "carl-dahl", "{word}");
        let hover = client.request("textDocument/hover", &asked).to_string();
        assert!(hover.contains("Carl Dahl"), "{word}: {hover}");
    }
    let mut params = place(&path, &text, "carl-dahl.md");
    params["context"] = json!({ "includeDeclaration": false });
    let found = client.request("textDocument/references", &params);
    let here = found.as_array().unwrap().iter().filter(|one| one["uri"] == uri(&path)).count();
    assert_eq!(here, 3, "{found}");
}

#[test]
fn all_that_name_a_record_are_found() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let (path, text) = (home.path("content/meetings.toml"), home.text("content/meetings.toml"));
    client.open(&path, &text);
    for with_head in [false, true] {
        let mut params = place(&path, &text, "carl-dahl");
        params["context"] = json!({ "includeDeclaration": with_head });
        let found = client.request("textDocument/references", &params);
        let found: Vec<(String, String)> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                let path = url::Url::parse(one["uri"].as_str().unwrap()).unwrap().to_file_path().unwrap();
                let text = std::fs::read_to_string(&path).unwrap();
                let short = path.strip_prefix(home.root()).unwrap().to_str().unwrap().to_owned();
                (short, at(&text, &one["range"]).to_owned())
            })
            .collect();
        let mut expected = vec!["content/index.md", "content/meetings.toml", "content/people/ada-berg.md"];
        if with_head {
            expected.insert(2, "content/people.toml");
        }
        let expected: Vec<_> =
            expected.iter().map(|file| ((*file).to_owned(), "carl-dahl".to_owned())).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_hover_says_who_it_is_and_on_whose_word() {
    let home = harbour();
    home.write(
        "content/people/eva-falk.md",
        "+++\nname = \"Eva Falk\"\ndraft = true\ncite = \"herald\"\nsummary = \"A *clerk*, [[ada-berg]] says.\"\n+++\n\nText.\n",
    );
    home.write(
        "content/people/finn-gran.md",
        "+++\nname = \"Finn <b>Gran</b>\"\nwithhold = true\ncite = \"herald\"\n+++\n\nSee [[eva-falk]] and [[finn-gran]].\n",
    );
    let mut client = Client::start(home.root());
    let mut hover = |file: &str, word: &str| {
        let (path, text) = (home.path(file), home.text(file));
        client.open(&path, &text);
        let found = client.request("textDocument/hover", &place(&path, &text, word));
        assert_eq!(found["contents"]["kind"], "markdown", "{found}");
        (found["contents"]["value"].as_str().unwrap().to_owned(), at(&text, &found["range"]).to_owned())
    };
    let (text, range) = hover("content/meetings.toml", "ada-berg");
    assert_eq!(range, "ada-berg");
    for part in ["**Ada Berg** · person `ada-berg`", "آدا برگ", "foreign minister, Selvara", "In 1 record"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let (text, _) = hover("content/meetings.toml", "harbour-talks");
    for part in [
        "14 June 2023",
        "Old Harbour",
        "Ada Berg for Selvara; Carl Dahl",
        "**confirmed**; confirmed by Selvara",
        "On the word of Talks at the harbour ¶4 citing 'an aide'",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let (text, _) = hover("content/index.md", "herald");
    assert!(text.contains("article-newspaper") && text.contains("https://herald.example/talks"), "{text}");
    let (text, _) = hover("content/people/finn-gran.md", "eva-falk");
    assert!(text.contains("**Draft**") && text.contains("A clerk, Ada Berg says."), "{text}");
    let (text, _) = hover("content/people/finn-gran.md", "finn-gran");
    assert!(text.contains("**Withheld**") && text.contains("Finn \\<b\\>Gran"), "{text}");
}

#[test]
fn the_records_of_a_file_are_listed_and_all_are_found_by_name() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let mut symbols = |file: &str| {
        let (path, text) = (home.path(file), home.text(file));
        client.open(&path, &text);
        let params = json!({ "textDocument": { "uri": uri(&path) } });
        let found = client.request("textDocument/documentSymbol", &params);
        let line = |one: &Value| {
            let whole = at(&text, &one["range"]);
            assert!(whole.contains(at(&text, &one["selectionRange"])), "{one}");
            format!(
                "{} | {} | {} lines",
                one["name"].as_str().unwrap(),
                one["detail"].as_str().unwrap(),
                whole.lines().count()
            )
        };
        found.as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        symbols("content/people.toml"),
        ["Ada Berg | person ada-berg | 5 lines", "Carl Dahl | person carl-dahl | 4 lines"]
    );
    assert_eq!(
        symbols("content/index.md"),
        ["Who met whom | article index | 5 lines", "Who met whom | # | 5 lines"]
    );
    assert_eq!(symbols("content/people/ada-berg.md"), ["Ada Berg | person ada-berg | 1 lines"]);

    let mut named = |query: &str| {
        let found = client.request("workspace/symbol", &json!({ "query": query }));
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        found.as_array().unwrap().iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(named("ada berg"), ["Ada Berg", "Meeting of Ada Berg and Carl Dahl, Old Harbour"]);
    assert_eq!(named("norland"), ["Norland"]);
    assert_eq!(named("آدا"), ["Ada Berg"]);
    assert_eq!(
        named("harbour"),
        ["Meeting of Ada Berg and Carl Dahl, Old Harbour", "Old Harbour", "Talks at the harbour"]
    );
    assert!(named("").len() > 7);
}
