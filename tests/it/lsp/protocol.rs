//! The rules of the protocol, and what breaks them.

use std::time::Instant;

use serde_json::{Value, json};

use super::client::{Client, at, harbour, position, uri};

#[test]
fn the_server_ends_when_it_is_told_to_and_when_nobody_is_there_any_more() {
    let home = harbour();
    assert!(Client::start(home.root()).end(), "after `shutdown` and `exit`");
    assert_eq!(Client::start(home.root()).hang_up(), Some(1), "without a word");
    assert_eq!(Client::silent().hang_up(), Some(1));
    let mut client = Client::start(home.root());
    client.request("shutdown", &Value::Null);
    let id = client.ask("textDocument/hover", &json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    assert_eq!(client.hang_up(), Some(0));
}

#[test]
fn what_is_no_message_is_answered_and_ends_nothing() {
    let home = harbour();
    let mut client = Client::silent();
    let early = client.ask("textDocument/hover", &json!({}));
    assert_eq!(client.answer(early)["error"]["code"], -32002);
    let params = json!({ "processId": null, "capabilities": {}, "rootUri": uri(home.root()) });
    client.request("initialize", &params);
    client.notify("initialized", &json!({}));

    let path = home.path("content/people.toml");
    client.open(&path, &home.text("content/people.toml"));
    let document = json!({ "uri": uri(&path) });
    // No JSON, no object, nothing that has a meaning.
    let deep = "[".repeat(100_000);
    let bodies = [
        "{",
        "nothing",
        "[]",
        "[1]",
        "null",
        "7",
        "\"x\"",
        "{}",
        "{\"id\":[]}",
        "{\"id\":1e300,\"method\":7}",
        &deep,
        "\u{0}",
    ];
    for body in bodies {
        client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }
    client.raw(b"Content-Length: 2\r\n\r\n\xFF\xFE");
    client.raw(b"Nothing: 1\r\n\r\n");
    client.raw(b"\r\n\r\n");
    client.raw(b"content-length: 2\nContent-Type: application/json\n\n{}");
    let far = json!({ "line": 4_000_000_000u32, "character": 4_000_000_000u32 });
    let wrong = [
        ("textDocument/didOpen", json!({})),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "untitled:1", "text": "x", "version": 1 } }),
        ),
        ("textDocument/didOpen", json!({ "textDocument": { "uri": 7, "text": [] } })),
        ("textDocument/didChange", json!({ "textDocument": document, "contentChanges": 7 })),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "file:///nowhere", "version": 2 }, "contentChanges": [] }),
        ),
        ("textDocument/didClose", json!({ "textDocument": null })),
        ("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": "x" }, 7] })),
        ("workspace/didChangeWorkspaceFolders", json!([])),
        ("$/cancelRequest", json!({ "id": 12 })),
        ("$/nothing", json!({})),
        ("nothing", Value::Null),
    ];
    for (method, params) in &wrong {
        client.notify(method, params);
    }
    let methods = [
        "hover",
        "definition",
        "references",
        "documentSymbol",
        "codeAction",
        "completion",
        "rename",
        "prepareRename",
        "nothing",
    ];
    for method in methods {
        for params in [
            Value::Null,
            json!([]),
            json!({ "textDocument": document }),
            json!({ "textDocument": document, "position": far }),
        ] {
            let id = client.ask(&format!("textDocument/{method}"), &params);
            client.answer(id);
        }
    }
    // It still knows what it is asked.
    let text = home.text("content/people.toml");
    let place =
        json!({ "textDocument": document, "position": position(&text, text.find("selvara").unwrap()) });
    let found = client.request("textDocument/definition", &place);
    assert_eq!(at(&home.text("content/groups.toml"), &found[0]["range"]), "selvara");
    assert!(client.is_running());
    println!("{} messages that are none", bodies.len() + wrong.len() + 4 * methods.len());
}

/// However deep or long a text is that somebody pastes, each question about it is answered.
#[test]
fn a_text_of_any_depth_is_answered() {
    let home = harbour();
    let mut client = Client::start(home.root());
    let path = home.path("content/people.toml");
    client.open(&path, "");
    let document = json!({ "uri": uri(&path) });
    let texts = [
        format!("a = 1\n{}", "[".repeat(100_000)),
        format!("a = 1\n{}", "[[".repeat(50_000) + "a"),
        format!("[{}", "a.".repeat(50_000)),
        format!("{} = 1", "a.".repeat(50_000)),
        format!("x = {}", "[".repeat(100_000)),
        format!("x = {}", "{ a = ".repeat(30_000)),
        "[a]\n".repeat(20_000),
        "a = 1\n".repeat(20_000),
        format!("[a]\n{}", "]".repeat(100_000)),
    ];
    for text in &texts {
        let start = Instant::now();
        client.set(&path, text);
        for line in [0, 1] {
            let place = json!({ "textDocument": document, "position": { "line": line, "character": 5 } });
            for method in ["hover", "completion", "definition"] {
                let id = client.ask(&format!("textDocument/{method}"), &place);
                client.answer(id);
            }
        }
        client.diagnostics(&path);
        println!("{}…: {} ms", &text[..10], start.elapsed().as_millis());
    }
    assert!(client.end());
    println!("{} texts, each answered", texts.len());
}

#[test]
fn a_request_that_is_taken_back_is_not_worked_on() {
    let home = harbour();
    let mut client = Client::start(home.root());
    // Both in one piece, so that the second is there when the first is looked at.
    let request =
        json!({ "jsonrpc": "2.0", "id": "a", "method": "workspace/symbol", "params": { "query": "" } });
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "a" } });
    let framed = |message: &Value| {
        let text = message.to_string();
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    };
    let mut cancelled = 0;
    for _ in 0..20 {
        // Something before that takes a moment, while the rest comes in.
        let path = home.path("content/people.toml");
        client.open(&path, &home.text("content/people.toml"));
        let symbols =
            json!({ "jsonrpc": "2.0", "id": "b", "method": "workspace/symbol", "params": { "query": "" } });
        client.raw(format!("{}{}{}", framed(&symbols), framed(&request), framed(&cancel)).as_bytes());
        let answer = client.wait(&mut |message| (message["id"] == "a").then(|| message.clone())).unwrap();
        client.wait(&mut |message| (message["id"] == "b").then_some(())).unwrap();
        if let Some(error) = answer.get("error") {
            assert_eq!(error["code"], -32800, "{answer}");
            cancelled += 1;
        }
    }
    assert!(cancelled > 0, "no request was taken back");
    println!("{cancelled} of 20 requests were taken back in time");
}

#[test]
fn columns_count_what_the_client_counts() {
    let home = harbour();
    let path = home.path("content/people/ada-berg.md");
    let text = home.text("content/people/ada-berg.md");
    // 𝄞 before the link is four bytes, two units of UTF-16 and one character.
    for (offered, chosen, column) in [
        (json!(null), "utf-16", 13),
        (json!(["utf-8", "utf-16"]), "utf-8", 15),
        (json!(["utf-32", "utf-8"]), "utf-32", 12),
        (json!(["utf-7"]), "utf-16", 13),
    ] {
        let mut client = Client::silent();
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let params = json!({ "processId": null, "capabilities": capabilities, "rootUri": uri(home.root()) });
        let result = client.request("initialize", &params);
        assert_eq!(result["capabilities"]["positionEncoding"], chosen);
        client.notify("initialized", &json!({}));
        client.open(&path, &text);
        let place =
            json!({ "textDocument": { "uri": uri(&path) }, "position": { "line": 0, "character": column } });
        let found = client.request("textDocument/hover", &place);
        assert_eq!(found["range"]["start"]["character"], column, "{chosen}: {found}");
        assert_eq!(found["range"]["end"]["character"], column + 9, "{chosen}");
        // An edit behind it is where the client says.
        let end = json!({ "line": 0, "character": column + 9 });
        client.change(&path, &json!([{ "range": { "start": end, "end": end }, "text": "x" }]));
        let problem = client.diagnostics(&path).into_iter().find(|one| one["code"] == "unknown-reference");
        assert!(problem.unwrap()["message"].as_str().unwrap().contains("\"carl-dahlx\""), "{chosen}");
    }
}

#[test]
fn each_file_is_of_the_nearest_dossier() {
    let home = harbour();
    home.write("docs/guide/site.toml", "title = \"A guide\"\n");
    home.write("docs/guide/content/people.toml", "[eva-falk]\nname = \"Eva Falk\"\n");
    let other = harbour();
    let mut client = Client::start(home.root());
    let inner = home.path("docs/guide/content/people.toml");
    client.open(&inner, "[eva-falk]\nname = \"Eva Falk\"\nborn = \"x\"\n");
    assert_eq!(client.diagnostics(&inner)[0]["code"], "invalid-date");
    let named = |client: &mut Client, query: &str| {
        client.request("workspace/symbol", &json!({ "query": query })).as_array().unwrap().len()
    };
    assert_eq!(named(&mut client, "falk"), 1);
    assert_eq!(named(&mut client, "norland"), 1);
    let folder = |home: &std::path::Path| json!([{ "uri": uri(home), "name": "x" }]);
    let event = json!({ "event": { "added": folder(other.root()), "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", &event);
    assert_eq!(named(&mut client, "norland"), 2);
    let event = json!({ "event": { "added": [], "removed": folder(home.root()) } });
    client.notify("workspace/didChangeWorkspaceFolders", &event);
    assert_eq!(named(&mut client, "norland"), 1);
    assert_eq!(named(&mut client, "falk"), 1, "its file is open");
    // A file of no dossier.
    let elsewhere = tempfile::tempdir().unwrap();
    let stray = elsewhere.path().join("notes.md");
    client.open(&stray, "[[nobody]]");
    assert_eq!(client.diagnostics(&stray), Vec::<Value>::new());
}

#[test]
fn a_client_of_others_is_served() {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/editor.py");
    let home = harbour();
    let said = std::process::Command::new(crate::exports::reader("python"))
        .arg(script)
        .args([std::path::Path::new(env!("CARGO_BIN_EXE_dossier")), home.root()])
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&said.stdout);
    println!("{out}");
    assert!(said.status.success(), "{out}\n{}", String::from_utf8_lossy(&said.stderr));
}
