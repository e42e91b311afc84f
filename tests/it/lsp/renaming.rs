//! A record gets another key from within the editor.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, Home, at, edited, harbour, position, uri};

fn able() -> Value {
    json!({ "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename"] } } })
}

/// Takes up the changes of files that the server asks for, as an editor would; `open` are those that it has open.
fn apply(home: &Home, open: &BTreeMap<String, String>, edit: &Value) {
    for change in edit["documentChanges"].as_array().expect("changes of documents") {
        if change["kind"] == "rename" {
            let path =
                |key: &str| url::Url::parse(change[key].as_str().unwrap()).unwrap().to_file_path().unwrap();
            std::fs::rename(path("oldUri"), path("newUri")).unwrap();
            continue;
        }
        let uri = change["textDocument"]["uri"].as_str().unwrap();
        let path = url::Url::parse(uri).unwrap().to_file_path().unwrap();
        let short = path.strip_prefix(home.root()).unwrap().to_str().unwrap().to_owned();
        let text = open.get(&short).cloned().unwrap_or_else(|| home.text(&short));
        let version = if open.contains_key(&short) { json!(1) } else { Value::Null };
        assert_eq!(change["textDocument"]["version"], version, "{short}");
        home.write(&short, &edited(&text, change["edits"].as_array().unwrap()));
    }
}

/// Whether a check finds nothing wrong.
fn is_well(home: &Home) -> Result<(), String> {
    let output = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(["check", "--strict", "--root"])
        .arg(home.root())
        .output();
    let output = output.unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn a_new_key_stands_wherever_the_old_one_did_and_the_dossier_is_well() {
    // Where the author stands, and what the record is to be called.
    let places = [
        ("content/meetings.toml", "ada-berg", "ada-holm"),
        ("content/people.toml", "ada-berg]", "ada-holm"),
        ("content/index.md", "ada-berg|", "ada-holm"),
        ("content/people/ada-berg.md", "herald", "tidings"),
        ("content/meetings.toml", "selvara", "sund"),
        ("content/meetings.toml", "old-harbour", "new-harbour"),
    ];
    for (file, word, new) in places {
        let home = harbour();
        is_well(&home).unwrap();
        let mut client = Client::start_with(home.root(), &able());
        let path = home.path(file);
        // With an edit that is not saved before all places of the file.
        let text = match file.ends_with(".md") {
            true => home.text(file).replacen("She", "He or she", 1),
            false => format!("# é€𝄞\n{}", home.text(file)),
        };
        client.open(&path, &text);
        let mut params = json!({
            "textDocument": { "uri": uri(&path) },
            "position": position(&text, text.find(word).unwrap() + 2),
        });
        let key = word.trim_end_matches([']', '|']);
        let prepared = client.request("textDocument/prepareRename", &params);
        assert_eq!(prepared["placeholder"], key);
        assert_eq!(at(&text, &prepared["range"]), key);
        params["newName"] = json!(new);
        let edit = client.request("textDocument/rename", &params);
        assert_eq!(home.text("content/people/ada-berg.md"), harbour().text("content/people/ada-berg.md"));
        apply(&home, &BTreeMap::from([(file.to_owned(), text)]), &edit);
        is_well(&home).unwrap_or_else(|report| panic!("{file} {word}: {report}"));
        let left = ["people", "groups", "places", "sources", "meetings"]
            .map(|kind| home.text(&format!("content/{kind}.toml")));
        let left = left.join("\n");
        let old: Vec<&str> = left.lines().filter(|line| line.contains(&format!("\"{key}"))).collect();
        assert_eq!(old, [format!("moved_from = [\"{key}\"]")], "{file} {word}");
        assert_eq!(home.path("content/people/ada-berg.md").exists(), new != "ada-holm");
    }
    println!("{} records renamed", places.len());
}

#[test]
fn what_cannot_be_renamed_is_said_in_words() {
    let home = harbour();
    let (path, text) = (home.path("content/meetings.toml"), home.text("content/meetings.toml"));
    let rename = |client: &mut Client, word: &str, new: &str| {
        let place = position(&text, text.find(word).unwrap() + 1);
        let params = json!({ "textDocument": { "uri": uri(&path) }, "position": place, "newName": new });
        let id = client.ask("textDocument/rename", &params);
        let answer = client.answer(id);
        answer["error"]["message"].as_str().map(str::to_owned).unwrap_or_else(|| panic!("{word}: {answer}"))
    };
    let mut client = Client::start_with(home.root(), &able());
    client.open(&path, &text);
    assert!(rename(&mut client, "ada-berg", "Ada Berg").contains("Ada Berg"));
    assert!(rename(&mut client, "ada-berg", "carl-dahl").contains("carl-dahl"));
    assert_eq!(rename(&mut client, "in-person", "x"), "no record is named here");
    client.set(&path, &text.replace("\"carl-dahl\"", "\"karl\""));
    assert!(
        rename(&mut client, "ada-berg", "ada-holm").contains("unknown person or group"),
        "errors come first"
    );

    // An editor that cannot rename files gets no half of it.
    let mut client = Client::start(home.root());
    client.open(&path, &text);
    assert!(rename(&mut client, "ada-berg", "ada-holm").contains("`dossier rename`"));
    let place = position(&text, text.find("selvara").unwrap());
    let params = json!({ "textDocument": { "uri": uri(&path) }, "position": place, "newName": "sund" });
    let edit = client.request("textDocument/rename", &params);
    assert!(edit["changes"][uri(&path)].as_array().is_some_and(|edits| edits.len() == 2), "{edit}");
}
