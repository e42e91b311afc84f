//! What is wrong is said while somebody types, and no longer than it is wrong.

use serde_json::json;

use super::client::{Client, at, edited, harbour, position, uri};

#[test]
fn what_is_wrong_with_an_edit_that_is_not_saved_is_said_and_goes_when_it_is_mended() {
    let home = harbour();
    let path = home.path("content/meetings.toml");
    let good = home.text("content/meetings.toml");
    let mut client = Client::start(home.root());
    client.open(&path, &good);
    assert_eq!(client.diagnostics(&path), Vec::<serde_json::Value>::new());

    // One letter of a key is taken away, as an editor would say it.
    let start = good.find("carl-dahl").unwrap();
    let range = json!({ "start": position(&good, start + 8), "end": position(&good, start + 9) });
    client.change(&path, &json!([{ "range": range, "text": "" }]));
    let bad = good.replacen("carl-dahl", "carl-dah", 1);
    let found = client.diagnostics(&path);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "unknown-reference");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(found[0]["source"], "dossier");
    assert_eq!(at(&bad, &found[0]["range"]), "\"carl-dah\"");
    assert!(found[0]["message"].as_str().unwrap().contains("did you mean \"carl-dahl\"?"), "{found:?}");
    assert!(found[0]["data"].as_str().is_some_and(|about| !about.is_empty()), "{found:?}");
    assert_eq!(home.text("content/meetings.toml"), good, "the server writes nothing");

    client.set(&path, &good);
    assert_eq!(client.diagnostics(&path), Vec::<serde_json::Value>::new());
    assert!(client.end());
}

#[test]
fn an_edit_of_one_file_tells_what_it_breaks_in_another() {
    let home = harbour();
    let people = home.path("content/people.toml");
    let mut client = Client::start(home.root());
    client.open(&people, &home.text("content/people.toml"));
    client.diagnostics(&people);
    client.set(&people, &home.text("content/people.toml").replace("[carl-dahl]", "[karl-dahl]"));
    let meetings = uri(&home.path("content/meetings.toml"));
    let mut said = |wanted: &str| {
        client.wait(&mut |message| {
            let params = &message["params"];
            let found = params["diagnostics"].as_array()?;
            let codes: Vec<_> = found.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
            (params["uri"] == *meetings && codes.join(" ") == wanted).then(|| params.clone())
        })
    };
    let params = said("unknown-reference").expect("the reference is broken");
    assert!(params.get("version").is_none(), "the file is not open: {params}");
    client.set(&people, &home.text("content/people.toml"));
    let mut client = client;
    let mended = client.wait(&mut |message| {
        let params = &message["params"];
        (params["uri"] == *meetings && params["diagnostics"].as_array()?.is_empty()).then_some(())
    });
    assert!(mended.is_some(), "what is mended is taken back");
}

#[test]
fn a_second_definition_points_to_the_first() {
    let home = harbour();
    let people = home.path("content/people.toml");
    let text = home.text("content/people.toml");
    let mut client = Client::start(home.root());
    client.open(&people, &format!("{text}\n[ada-berg]\nname = \"Ada Berg\"\n"));
    let found = client.diagnostics(&people);
    let related = &found.iter().find(|one| one["relatedInformation"].is_array()).expect("two places")["relatedInformation"]
        [0];
    assert_eq!(related["location"]["uri"], uri(&people));
    assert_eq!(at(&text, &related["location"]["range"]), "ada-berg");
}

#[test]
fn a_suggestion_is_one_click_away() {
    // A text with a slip, and what it becomes.
    let slips = [
        ("content/meetings.toml", "\"carl-dahl\"", "\"carl-dah\""),
        ("content/meetings.toml", "mode = \"in-person\"", "mode = \"in-preson\""),
        ("content/meetings.toml", "participants", "partcipants"),
        ("content/meetings.toml", "herald ¶4", "heralt ¶4"),
        ("content/index.md", "[[ada-berg|", "[[ada-borg|"),
        ("content/index.md", "::timeline", "::timelin"),
        ("content/index.md", "{meetings with", "{meetins with"),
        ("content/index.md", "with=norland", "wiht=norland"),
        ("site.toml", "title", "titel"),
    ];
    let home = harbour();
    let mut client = Client::start(home.root());
    for (file, right, wrong) in slips {
        let path = home.path(file);
        let good = home.text(file);
        let bad = good.replacen(right, wrong, 1);
        assert_ne!(good, bad, "{file} has {right}");
        client.open(&path, &bad);
        let found = client.diagnostics(&path);
        let everything = json!({ "start": position(&bad, 0), "end": position(&bad, bad.len()) });
        let params = json!({
            "textDocument": { "uri": uri(&path) },
            "range": everything,
            "context": { "diagnostics": found },
        });
        let actions = client.request("textDocument/codeAction", &params);
        let action = actions.as_array().unwrap().first().unwrap_or_else(|| panic!("{wrong}: {found:?}"));
        assert_eq!(action["kind"], "quickfix");
        assert!(found.contains(&action["diagnostics"][0]), "{action}");
        let edits = action["edit"]["changes"][uri(&path)].as_array().unwrap();
        assert_eq!(edited(&bad, edits), good, "{wrong}");
        client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri(&path) } }));
    }
    println!("{} slips were mended", slips.len());
}

#[test]
fn files_that_others_change_are_read_again() {
    for watches in [true, false] {
        let home = harbour();
        let people = home.path("content/people.toml");
        let capabilities =
            json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": watches } } });
        let mut client = Client::start_with(home.root(), &capabilities);
        client.open(&people, &home.text("content/people.toml"));
        assert_eq!(client.diagnostics(&people), Vec::<serde_json::Value>::new());
        assert_eq!(client.asked.len(), usize::from(watches), "{:?}", client.asked);

        let groups = home.path("content/groups.toml");
        home.write(
            "content/groups.toml",
            &home.text("content/groups.toml").replace("[selvara]", "[selwara]"),
        );
        if watches {
            let change = json!({ "changes": [{ "uri": uri(&groups), "type": 2 }] });
            client.notify("workspace/didChangeWatchedFiles", &change);
        }
        let people = uri(&people);
        let said = client.wait(&mut |message| {
            let params = &message["params"];
            let found = params["diagnostics"].as_array()?;
            (params["uri"] == *people && found.iter().any(|one| one["code"] == "unknown-reference"))
                .then_some(())
        });
        assert!(said.is_some(), "watches: {watches}");
    }
}

#[test]
fn a_draft_is_looked_at_and_so_is_what_will_be_wrong_without_it() {
    let home = harbour();
    let people = home.path("content/people.toml");
    let text = home
        .text("content/people.toml")
        .replace("name = \"Carl", "draft = true\nborn = \"19x\"\nname = \"Carl");
    let mut client = Client::start(home.root());
    client.open(&people, &text);
    let found = client.diagnostics(&people);
    assert_eq!(found[0]["code"], "invalid-date", "{found:?}");
    let meetings = uri(&home.path("content/meetings.toml"));
    let said = client.wait(&mut |message| {
        let found = message["params"]["diagnostics"].as_array()?;
        let hidden = found.iter().any(|one| one["code"] == "reference-to-draft");
        (message["params"]["uri"] == *meetings && hidden).then_some(())
    });
    assert!(said.is_some());
}
