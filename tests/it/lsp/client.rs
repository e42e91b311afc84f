//! A client of the Language Server Protocol, as small as can be, and a dossier for it to open.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// No answer takes so long.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came in beside an answer.
    waiting: VecDeque<Value>,
    next_id: i64,
    versions: BTreeMap<String, i64>,
    /// The requests that the server made.
    pub asked: Vec<Value>,
}

impl Client {
    /// Starts the program and says hello.
    pub fn start(root: &Path) -> Client {
        Client::start_with(root, &json!({}))
    }

    pub fn start_with(root: &Path, capabilities: &Value) -> Client {
        let mut client = Client::silent();
        let folder = json!([{ "uri": uri(root), "name": "dossier" }]);
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folder });
        let result = client.request("initialize", &params);
        assert_eq!(result["serverInfo"]["name"], "dossier");
        client.notify("initialized", &json!({}));
        client
    }

    /// A server that was not spoken to yet.
    pub fn silent() -> Client {
        let mut process = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let output = process.stdout.take().unwrap();
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = process.stdin.take();
        let (waiting, versions) = (VecDeque::new(), BTreeMap::new());
        Client { process, input, messages, waiting, next_id: 0, versions, asked: Vec::new() }
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and returns its number.
    pub fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        let mine = |message: &Value| message["id"] == id && message.get("method").is_none();
        self.wait(&mut |message| mine(message).then(|| message.clone())).expect("no answer came")
    }

    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method} {params}: {answer}");
        answer["result"].clone()
    }

    /// The first message, of those that came and of those that are to come, that is what is looked for. It is taken
    /// out, and those before it stay.
    pub fn wait<T>(&mut self, wanted: &mut dyn FnMut(&Value) -> Option<T>) -> Option<T> {
        let until = Instant::now() + PATIENCE;
        for at in 0..self.waiting.len() {
            if let Some(found) = wanted(&self.waiting[at]) {
                self.waiting.remove(at);
                return Some(found);
            }
        }
        loop {
            let message = match self.messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            };
            if message.get("method").is_some() && message.get("id").is_some() {
                let id = message["id"].clone();
                self.asked.push(message);
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
                continue;
            }
            match wanted(&message) {
                Some(found) => return Some(found),
                None => self.waiting.push_back(message),
            }
        }
    }

    pub fn open(&mut self, path: &Path, text: &str) {
        let uri = uri(path);
        self.versions.insert(uri.clone(), 1);
        let language = if uri.ends_with(".md") { "markdown" } else { "toml" };
        let item = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": item }));
    }

    /// Sends a change of a file that is open, or all of it.
    pub fn change(&mut self, path: &Path, changes: &Value) {
        let uri = uri(path);
        let version = self.versions.get_mut(&uri).unwrap();
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    pub fn set(&mut self, path: &Path, text: &str) {
        self.change(path, &json!([{ "text": text }]));
    }

    /// What is wrong with an open file as it is now.
    pub fn diagnostics(&mut self, path: &Path) -> Vec<Value> {
        let uri = uri(path);
        let version = self.versions[&uri];
        let params = self.wait(&mut |message| {
            let params = &message["params"];
            let is_it = message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == *uri
                && params["version"] == version;
            is_it.then(|| params.clone())
        });
        params.expect("nothing was said of the file")["diagnostics"].as_array().unwrap().clone()
    }

    /// Ends it as the protocol says, and returns whether it ended well.
    pub fn end(mut self) -> bool {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        self.process.wait().unwrap().success()
    }

    /// Closes its input, and returns its exit code.
    pub fn hang_up(mut self) -> Option<i32> {
        drop(self.input.take());
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.process.try_wait().unwrap() {
                return Some(status.code().expect("it was killed"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    pub fn is_running(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}

pub fn uri(path: &Path) -> String {
    url::Url::from_file_path(path).unwrap().to_string()
}

/// A place in a text as the protocol counts it, in UTF-16: that of the mark `|`, and the text without it.
pub fn marked(text: &str) -> (String, Value) {
    let at = text.find('|').expect("a place is marked");
    (text.replacen('|', "", 1), position(text, at))
}

/// The place of a byte offset.
pub fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column: usize = before[start..].chars().map(char::len_utf16).sum();
    json!({ "line": before.matches('\n').count(), "character": column })
}

/// The byte offset of a place.
pub fn offset(text: &str, place: &Value) -> usize {
    let line = place["line"].as_u64().unwrap() as usize;
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let mut left = place["character"].as_u64().unwrap() as usize;
    let mut at = start;
    for c in text[start..].chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(c.len_utf16()).expect("no place is within a character");
        at += c.len_utf8();
    }
    at
}

/// The words at a range.
pub fn at<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[offset(text, &range["start"])..offset(text, &range["end"])]
}

/// A text after edits, which do not overlap.
pub fn edited(text: &str, edits: &[Value]) -> String {
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            let (start, end) = (offset(text, &edit["range"]["start"]), offset(text, &edit["range"]["end"]));
            (start, end, edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

/// A dossier on disk, in a folder that goes with it.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new(files: &[(&str, &str)]) -> Home {
        let home = Home { folder: tempfile::tempdir().unwrap() };
        home.write("site.toml", "title = \"Harbour talks\"\n");
        files.iter().for_each(|(path, text)| home.write(path, text));
        home
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }
}

pub const PEOPLE: &str = "# é€𝄞\n[ada-berg]\nname = \"Ada Berg\"\nnames = { fa = \"آدا برگ\" }\n\
    roles = [{ role = \"foreign minister\", of = \"selvara\", cite = \"herald ¶2\" }]\n\n\
    [carl-dahl]\nname = \"Carl Dahl\"\ncite = \"herald\"\nroles = [{ role = \"envoy\", of = \"norland\", cite = \"herald\" }]\n";

/// A small dossier of which nothing is wrong.
pub fn harbour() -> Home {
    Home::new(&[
        ("content/people.toml", PEOPLE),
        (
            "content/groups.toml",
            "[selvara]\nname = \"Selvara\"\ntype = \"state\"\ncite = \"herald\"\n\n\
             [norland]\nname = \"Norland\"\ntype = \"state\"\ncite = \"herald\"\n",
        ),
        ("content/places.toml", "[old-harbour]\nname = \"Old Harbour\"\ncite = \"herald\"\n"),
        (
            "content/meetings.toml",
            "[harbour-talks]\ndate = \"2023-06-14\"\nmode = \"in-person\"\nplace = \"old-harbour\"\n\
             participants = [\n  { who = \"ada-berg\", for = \"selvara\" },\n  \"carl-dahl\",\n]\n\
             confirmed_by = { who = \"selvara\", cite = \"herald ¶3\" }\ncite = \"herald ¶4 citing 'an aide'\"\n",
        ),
        (
            "content/sources.toml",
            "[herald]\ntitle = \"Talks at the harbour\"\ntype = \"article-newspaper\"\npublished = \"2023-06-20\"\n\
             accessed = \"2023-07-01\"\nurl = \"https://herald.example/talks\"\n",
        ),
        ("content/people/ada-berg.md", "𝄞 She met [[carl-dahl]] once [@herald ¶4].\n"),
        (
            "content/index.md",
            "# Who met whom\n\nقاسم: [[ada-berg|She]] met :count[one]{meetings with=\"ada-berg carl-dahl\"} \
             time [@herald ¶4].\n\n::timeline{with=norland}\n",
        ),
    ])
}
