//! Messages in, messages out: the one thread that owns the dossiers and the open files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use dossier::editor::position::Encoding;
use dossier::source::Sources;
use dossier::{SITE, theme};
use gen_lsp_types::{DidChangeTextDocumentParams, ErrorCodes, LspErrorCodes, PublishDiagnosticsParams, Uri};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::convert;
use super::documents::{self, Document, Documents};
use super::folder::{Folder, root};
use super::problems::Told;
use super::stdio::{self, Incoming};
use crate::cli::watch::{Change, Watch};

/// How long nobody may write before what is wrong is said.
const QUIET: Duration = Duration::from_millis(30);
/// How long it is put off at most while somebody goes on writing.
const LONG: Duration = Duration::from_millis(300);

/// What the server is told.
pub enum Letter {
    Incoming(Incoming),
    /// Files of the dossier at a root may be others on disk.
    Changed(PathBuf, Change),
    /// The input has ended.
    End,
}

/// Why a request has no result.
pub struct Failure {
    code: i32,
    message: String,
}

impl Failure {
    pub fn new(code: impl Into<i32>, message: impl Into<String>) -> Failure {
        Failure { code: code.into(), message: message.into() }
    }
}

/// What the client can do.
#[derive(Default)]
pub struct Client {
    pub snippets: bool,
    /// Whether it takes changes of files with their versions, and whether it can rename files.
    pub document_changes: bool,
    pub renames_files: bool,
    /// Whether it watches files for us.
    watches: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Before `initialize`.
    New,
    Running,
    /// After `shutdown`.
    Down,
}

pub struct Server<W: Write> {
    output: W,
    sender: Sender<Letter>,
    phase: Phase,
    pub encoding: Encoding,
    pub client: Client,
    pub documents: Documents,
    pub folders: BTreeMap<PathBuf, Folder>,
    watches: BTreeMap<PathBuf, Watch>,
    /// The folders that the client has open.
    workspace: Vec<PathBuf>,
    theme: Arc<Sources>,
    told: Told,
    /// Since when there is something to be said.
    due: Option<Instant>,
    next_id: i64,
}

impl<W: Write> Server<W> {
    pub fn new(output: W, sender: Sender<Letter>) -> Server<W> {
        Server {
            output,
            sender,
            phase: Phase::New,
            encoding: Encoding::default(),
            client: Client::default(),
            documents: Documents::default(),
            folders: BTreeMap::new(),
            watches: BTreeMap::new(),
            workspace: Vec::new(),
            theme: Arc::new(theme::theme()),
            told: Told::default(),
            due: None,
            next_id: 0,
        }
    }

    /// Runs until the client says `exit` or is gone. Returns whether it said `shutdown` before.
    pub fn run(mut self, inbox: &Receiver<Letter>) -> bool {
        let mut waiting: VecDeque<Letter> = VecDeque::new();
        loop {
            waiting.extend(inbox.try_iter());
            if self.due.is_some_and(|since| since.elapsed() > LONG) {
                self.tell();
            }
            let letter = match (waiting.pop_front(), self.due) {
                (Some(letter), _) => Ok(letter),
                (None, Some(_)) => inbox.recv_timeout(QUIET),
                (None, None) => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match letter {
                Ok(Letter::Incoming(Incoming::Message(message))) => {
                    if message.get("method").and_then(Value::as_str) == Some("exit") {
                        return self.phase == Phase::Down;
                    }
                    self.take(message, &waiting);
                }
                Ok(Letter::Incoming(Incoming::Malformed(why))) => {
                    self.fail(&Value::Null, &Failure::new(ErrorCodes::ParseError, why));
                }
                Ok(Letter::Changed(root, change)) => self.changed(&root, &change),
                Ok(Letter::End) | Err(RecvTimeoutError::Disconnected) => return self.phase == Phase::Down,
                Err(RecvTimeoutError::Timeout) => self.tell(),
            }
        }
    }

    /// Takes a message; a request gets its answer, unless one of those that are `waiting` takes it back.
    fn take(&mut self, mut message: Value, waiting: &VecDeque<Letter>) {
        let id = message.get_mut("id").map(Value::take);
        let params = message.get_mut("params").map(Value::take).unwrap_or_default();
        let Some(method) = message.get("method").and_then(Value::as_str) else {
            // An answer to a request of ours, of which none is needed; anything else is no message.
            if message.get("result").is_none() && message.get("error").is_none() {
                let failure = Failure::new(ErrorCodes::InvalidRequest, "a message has a `method`");
                self.fail(&id.unwrap_or_default(), &failure);
            }
            return;
        };
        let Some(id) = id else { return self.notified(method, params) };
        let result = if waiting.iter().any(|letter| takes_back(letter, &id)) {
            Err(Failure::new(LspErrorCodes::RequestCancelled, "the request was taken back"))
        } else {
            self.answer(method, params)
        };
        match result {
            Ok(result) => self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result })),
            Err(failure) => self.fail(&id, &failure),
        }
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        match (self.phase, method) {
            (Phase::New, "initialize") => Ok(self.initialize(&params)),
            (Phase::New, _) => {
                Err(Failure::new(ErrorCodes::ServerNotInitialized, "the first request is `initialize`"))
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::Down;
                Ok(Value::Null)
            }
            (Phase::Running, _) => self.asked(method, params),
            (Phase::Down, _) => Err(Failure::new(ErrorCodes::InvalidRequest, "the server was shut down")),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.phase = Phase::Running;
        // Read by hand: of the hundreds of things that a client may say it can do, few matter, and one that is new
        // must not keep it out.
        let can = |path: &str| {
            params.pointer(&format!("/capabilities/{path}")).and_then(Value::as_bool) == Some(true)
        };
        let offered = params.pointer("/capabilities/general/positionEncodings");
        let offered = offered.and_then(|offered| serde_json::from_value::<Vec<_>>(offered.clone()).ok());
        self.encoding = convert::encoding(offered.as_deref());
        let operations = params.pointer("/capabilities/workspace/workspaceEdit/resourceOperations");
        let operations = operations.and_then(Value::as_array);
        self.client = Client {
            snippets: can("textDocument/completion/completionItem/snippetSupport"),
            document_changes: can("workspace/workspaceEdit/documentChanges"),
            renames_files: operations.is_some_and(|all| all.iter().any(|one| one == "rename")),
            watches: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        let folders = params.get("workspaceFolders").and_then(Value::as_array).filter(|all| !all.is_empty());
        let uris = folders.map(|all| all.iter().filter_map(|folder| folder.get("uri")?.as_str()).collect());
        let uris = uris.unwrap_or_else(|| Vec::from_iter(params.get("rootUri").and_then(Value::as_str)));
        self.workspace = uris.iter().filter_map(|uri| documents::path(&Uri::from(*uri))).collect();
        super::answers::capabilities(self.encoding)
    }

    fn notified(&mut self, method: &str, params: Value) {
        if self.phase != Phase::Running {
            return;
        }
        match method {
            "initialized" => self.begin(),
            "textDocument/didOpen" => {
                let item = params.get("textDocument");
                let text = |key: &str| item.and_then(|item| item.get(key)).and_then(Value::as_str);
                if let (Some(uri), Some(text)) = (text("uri"), text("text"))
                    && let Some(path) = documents::path(&Uri::from(uri))
                {
                    let version = item.and_then(|item| item.get("version")).and_then(Value::as_i64);
                    let version = version.and_then(|version| i32::try_from(version).ok()).unwrap_or_default();
                    let document = Document { uri: Uri::from(uri), version, text: text.to_owned() };
                    self.documents.open(path.clone(), document);
                    self.opened(&path);
                }
            }
            "textDocument/didChange" => {
                if let Some(change) = read::<DidChangeTextDocumentParams>(params)
                    && let Some(path) = documents::path(&change.text_document.text_document_identifier.uri)
                {
                    let version = change.text_document.version;
                    self.documents.change(&path, version, change.content_changes, self.encoding);
                    let documents = &self.documents;
                    if let Some(folder) = root(&path, documents).and_then(|root| self.folders.get_mut(&root))
                    {
                        folder.take(&path, documents);
                    }
                    self.is_due();
                }
            }
            "textDocument/didClose" => {
                if let Some(path) = uri_of(&params).and_then(|uri| documents::path(&uri)) {
                    self.documents.close(&path);
                    self.changed_at(&[path]);
                }
            }
            "textDocument/didSave" => {
                let path = uri_of(&params).and_then(|uri| documents::path(&uri));
                self.changed_at(&Vec::from_iter(path));
            }
            "workspace/didChangeWatchedFiles" => {
                let changes = params.get("changes").and_then(Value::as_array);
                let uris = changes.into_iter().flatten().filter_map(|change| change.get("uri")?.as_str());
                let paths: Vec<_> = uris.filter_map(|uri| documents::path(&Uri::from(uri))).collect();
                self.changed_at(&paths);
            }
            "workspace/didChangeWorkspaceFolders" => {
                let folders = |which: &str| {
                    let all = params.pointer(&format!("/event/{which}")).and_then(Value::as_array);
                    let uris = all.into_iter().flatten().filter_map(|folder| folder.get("uri")?.as_str());
                    uris.filter_map(|uri| documents::path(&Uri::from(uri))).collect::<Vec<_>>()
                };
                let (added, removed) = (folders("added"), folders("removed"));
                self.workspace.retain(|folder| !removed.contains(folder));
                self.workspace.extend(added);
                self.look();
            }
            _ => {}
        }
    }

    /// Looks after the dossiers of the folders that are open, and has the client tell of changes of files.
    fn begin(&mut self) {
        if self.client.watches {
            let globs = ["**/site.toml", "**/content/**", "**/templates/**", "**/static/**"];
            let watchers = globs.map(|glob| json!({ "globPattern": glob }));
            let method = "workspace/didChangeWatchedFiles";
            self.next_id += 1;
            self.send(&json!({
                "jsonrpc": "2.0",
                "id": self.next_id,
                "method": "client/registerCapability",
                "params": { "registrations": [
                    { "id": "files", "method": method, "registerOptions": { "watchers": watchers } },
                ] },
            }));
        }
        self.look();
    }

    /// Takes up the dossiers of open folders and files, and lets go of those that nobody has open any more.
    fn look(&mut self) {
        let documents = &self.documents;
        let folders = self.workspace.iter().filter_map(|folder| root(&folder.join(SITE), documents));
        let files = documents.paths().filter_map(|path| root(path, documents));
        let wanted: BTreeSet<PathBuf> = folders.chain(files).collect();
        self.folders.retain(|root, _| wanted.contains(root));
        self.watches.retain(|root, _| wanted.contains(root));
        for root in wanted {
            if self.folders.contains_key(&root) {
                continue;
            }
            if !self.client.watches {
                let (sender, home) = (self.sender.clone(), root.clone());
                let real = std::fs::canonicalize(&root).unwrap_or_else(|_| root.clone());
                // Without a watch, files that are open are known all the same.
                let watch = Watch::start(&real, move |change| {
                    drop(sender.send(Letter::Changed(home.clone(), change)))
                });
                if let Ok(watch) = watch {
                    self.watches.insert(root.clone(), watch);
                }
            }
            let folder = Folder::new(root.clone(), Arc::clone(&self.theme), &self.documents);
            self.folders.insert(root, folder);
        }
        self.is_due();
    }

    fn opened(&mut self, path: &Path) {
        let is_known = root(path, &self.documents).is_none_or(|root| self.folders.contains_key(&root));
        if !is_known || path.file_name().is_some_and(|name| name == SITE) {
            self.look();
        }
        let documents = &self.documents;
        if let Some(folder) = root(path, documents).and_then(|root| self.folders.get_mut(&root)) {
            folder.take(path, documents);
        }
        self.is_due();
    }

    /// Takes up that files may be others on disk.
    fn changed_at(&mut self, paths: &[PathBuf]) {
        if paths.iter().any(|path| path.file_name().is_some_and(|name| name == SITE)) {
            self.look();
        }
        for (root, folder) in &mut self.folders {
            let own: Vec<PathBuf> = paths.iter().filter(|path| path.starts_with(root)).cloned().collect();
            folder.refresh(&own, &self.documents);
        }
        self.is_due();
    }

    fn changed(&mut self, root: &Path, change: &Change) {
        let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        // What cannot be watched is read when it is opened.
        let watch = self.watches.get_mut(root);
        let renewed = watch.is_some_and(|watch| watch.look_again(&BTreeSet::new()) == Ok(true));
        match change {
            Change::At(paths) if !renewed => {
                let own = paths.iter().filter_map(|path| Some(root.join(path.strip_prefix(&real).ok()?)));
                self.changed_at(&own.collect::<Vec<_>>());
            }
            _ => {
                if let Some(folder) = self.folders.get_mut(root) {
                    folder.read(&self.documents);
                }
                self.is_due();
            }
        }
    }

    fn is_due(&mut self) {
        self.due.get_or_insert_with(Instant::now);
    }

    /// Says what is wrong, where that is not known yet.
    fn tell(&mut self) {
        self.due = None;
        for params in self.told.news(&mut self.folders, &self.documents, self.encoding) {
            self.publish(&params);
        }
    }

    fn publish(&mut self, params: &PublishDiagnosticsParams) {
        let method = "textDocument/publishDiagnostics";
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn fail(&mut self, id: &Value, failure: &Failure) {
        let error = json!({ "code": failure.code, "message": failure.message });
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "error": error }));
    }

    fn send(&mut self, message: &Value) {
        // Who does not read any more will close the input, too.
        let _ = stdio::write(&mut self.output, message);
    }
}

/// The dossier that a file is of, and its path there.
pub fn folder_of<'f>(
    folders: &'f mut BTreeMap<PathBuf, Folder>,
    documents: &Documents,
    path: &Path,
) -> Option<(&'f mut Folder, String)> {
    let root = root(path, documents)?;
    let address = documents::address(&root, path)?;
    Some((folders.get_mut(&root)?, address))
}

/// Whether a letter takes back the request with this id.
fn takes_back(letter: &Letter, id: &Value) -> bool {
    let Letter::Incoming(Incoming::Message(message)) = letter else { return false };
    message.get("method").and_then(Value::as_str) == Some("$/cancelRequest")
        && message.pointer("/params/id") == Some(id)
}

/// The parameters of a message, if they are what they should be.
pub fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn uri_of(params: &Value) -> Option<Uri> {
    params.pointer("/textDocument/uri").and_then(Value::as_str).map(Uri::from)
}
