//! What a client asks -> what the library answers.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use dossier::edited::{NotRenamed, rename};
use dossier::editor::complete::{Item, Sort, complete};
use dossier::editor::position::Encoding;
use dossier::editor::{hover, mend, references, symbols};
use dossier::link::Linked;
use dossier::model::Kind;
use dossier::source::{FileId, Sources, Span, Texts};
use dossier::view::words::Words;
use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CompletionItemKind, ErrorCodes, Hover, InsertTextFormat,
    Location, LspErrorCodes, Position, Range, ReferenceParams, RenameParams, SymbolKind,
    TextDocumentIdentifier, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::convert;
use super::documents;
use super::problems::diagnostic;
use super::server::{Failure, Server, folder_of, read};

/// So many symbols are found at most.
const MOST_SYMBOLS: usize = 500;

/// What the server can do.
pub fn capabilities(encoding: Encoding) -> Value {
    json!({
        "serverInfo": { "name": "dossier", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": convert::encoding_kind(encoding),
            // Files are sent when they are opened, and then what changes in them.
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "completionProvider": {
                "triggerCharacters": ["\"", "[", "@", "{", ":", "=", " ", "/", "#", "."],
                "resolveProvider": true,
            },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "renameProvider": { "prepareProvider": true },
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        },
    })
}

/// A place that a client asks about.
struct At<'a> {
    sources: &'a Sources,
    words: &'a Words<'a>,
    linked: &'a Linked,
    file: FileId,
    path: String,
    offset: usize,
}

/// A record that is named at a place.
struct Named {
    /// The key there.
    span: Span,
    key: String,
    /// The key behind its kind, or the path of an article.
    full: String,
}

impl<W: Write> Server<W> {
    /// The answer to a request.
    pub fn asked(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        match method {
            "textDocument/completion" => self.completion(position(params)?),
            "completionItem/resolve" => Ok(self.resolved(params)),
            "textDocument/hover" => self.hover(position(params)?),
            "textDocument/definition" => self.definition(position(params)?),
            "textDocument/references" => self.references(params),
            "textDocument/documentSymbol" => self.document_symbols(&params),
            "workspace/symbol" => self.workspace_symbols(&params),
            "textDocument/codeAction" => self.code_actions(params),
            "textDocument/prepareRename" => self.prepare_rename(position(params)?),
            "textDocument/rename" => self.rename(params),
            _ => Err(Failure::new(ErrorCodes::MethodNotFound, format!("there is no `{method}` here"))),
        }
    }

    /// Asks about a place in a file of a dossier; nothing where it is none.
    fn at<T>(&mut self, place: &TextDocumentPositionParams, ask: impl FnOnce(&At) -> Option<T>) -> Option<T> {
        let encoding = self.encoding;
        let path = documents::path(&place.text_document.uri)?;
        let (folder, path) = folder_of(&mut self.folders, &self.documents, &path)?;
        folder.with(|sources, words| {
            let file = sources.get(&path)?.id;
            let texts = Texts::new(sources);
            let offset = encoding.offset(&texts.of(file), convert::place(place.position));
            ask(&At { sources, words, linked: words.linked, file, path, offset })
        })
    }

    fn completion(&mut self, place: TextDocumentPositionParams) -> Result<Value, Failure> {
        let (encoding, snippets) = (self.encoding, self.client.snippets);
        let found = self.at(&place, |at| {
            let texts = Texts::new(at.sources);
            let text = at.sources.text(at.file);
            let found = complete(at.words, &at.path, &text, at.offset);
            let items = found.items.into_iter().map(|item| {
                let range = convert::range(encoding, &texts, at.file, &item.range);
                completion_item(item, range, snippets, at.linked, &place.text_document.uri)
            });
            Some(json!({ "isIncomplete": found.is_partial, "items": items.collect::<Vec<_>>() }))
        });
        Ok(found.unwrap_or_else(|| json!({ "isIncomplete": false, "items": [] })))
    }

    /// What there is to say of a record that is offered.
    fn resolved(&mut self, mut item: Value) -> Value {
        let data = |key: &str| item.pointer(&format!("/data/{key}")).and_then(Value::as_str);
        let (Some(kind), Some(key), Some(uri)) = (data("kind"), data("key"), data("uri")) else {
            return item;
        };
        let kind = Kind::from_plural(kind).unwrap_or(Kind::Article);
        let Some(path) = documents::path(&uri.into()) else { return item };
        let Some((folder, _)) = folder_of(&mut self.folders, &self.documents, &path) else { return item };
        let about =
            folder.with(|_, words| words.linked.dossier.find(kind, key).map(|id| hover::record(words, id)));
        if let (Some(about), Some(item)) = (about, item.as_object_mut()) {
            item.insert("documentation".to_owned(), value(&convert::markdown(about)));
        }
        item
    }

    fn hover(&mut self, place: TextDocumentPositionParams) -> Result<Value, Failure> {
        let encoding = self.encoding;
        let hover = self.at(&place, |at| {
            let texts = Texts::new(at.sources);
            let (about, range) = match references::at(at.linked, at.sources, at.file, at.offset) {
                Some(found) => {
                    let records: Vec<String> =
                        found.ids.iter().map(|id| hover::record(at.words, *id)).collect();
                    (records.join("\n\n---\n\n"), found.span.range())
                }
                None => hover::field(&at.path, &at.sources.text(at.file), at.offset)?,
            };
            let range = convert::range(encoding, &texts, at.file, &range);
            Some(Hover { contents: convert::contents(about), range: Some(range) })
        });
        Ok(value(&hover))
    }

    fn definition(&mut self, place: TextDocumentPositionParams) -> Result<Value, Failure> {
        let found = self.at(&place, |at| {
            let found = references::at(at.linked, at.sources, at.file, at.offset)?;
            let heads = found.ids.iter().filter_map(|id| at.linked.dossier.span(*id));
            Some(heads.map(|span| references::unquoted(at.sources, span)).collect::<Vec<Span>>())
        });
        Ok(value(&self.locations(&place, &found.unwrap_or_default())))
    }

    fn references(&mut self, params: Value) -> Result<Value, Failure> {
        let params: ReferenceParams = read(params).ok_or_else(invalid)?;
        let place = params.text_document_position_params;
        let with_head = params.context.include_declaration;
        let found = self.at(&place, |at| {
            let ids = references::at(at.linked, at.sources, at.file, at.offset)?.ids;
            let all = references::occurrences(at.linked, at.sources, None).into_iter();
            let named = all.filter(|found| found.ids.iter().any(|id| ids.contains(id)));
            let mut spans: Vec<Span> =
                named.filter(|found| with_head || !found.is_head).map(|found| found.span).collect();
            spans.sort_by_key(|span| (at.sources.path(span.file), span.start));
            spans.dedup();
            Some(spans)
        });
        Ok(value(&self.locations(&place, &found.unwrap_or_default())))
    }

    /// Places in the dossier that a file is of.
    fn locations(&mut self, place: &TextDocumentPositionParams, spans: &[Span]) -> Vec<Location> {
        let encoding = self.encoding;
        let found = documents::path(&place.text_document.uri).and_then(|path| {
            let (folder, _) = folder_of(&mut self.folders, &self.documents, &path)?;
            let texts = Texts::new(folder.sources());
            let root = &folder.root;
            let place =
                |span: &Span| (root.join(texts.path(span.file)), convert::span(encoding, &texts, *span));
            Some(spans.iter().map(place).collect::<Vec<(PathBuf, _)>>())
        });
        let located = found.unwrap_or_default().into_iter();
        located
            .filter_map(|(path, range)| Some(Location { uri: self.documents.uri(&path)?, range }))
            .collect()
    }

    /// The record that a place names, and the part of it that is the key.
    fn named(&mut self, place: &TextDocumentPositionParams) -> Option<Named> {
        self.at(place, |at| {
            let found = references::at(at.linked, at.sources, at.file, at.offset)?;
            let [id] = found.ids[..] else { return None };
            let key = at.linked.dossier.key(id).to_owned();
            let text = at.sources.text(at.file);
            let written = text.get(found.span.range())?;
            // A kind before the key stays.
            let start = written.len() - written.strip_suffix(&key).map_or(written.len(), |_| key.len());
            let span = found.span.within(start..written.len());
            let full =
                if id.kind == Kind::Article { key.clone() } else { format!("{}/{key}", id.kind.plural()) };
            Some(Named { span, key, full })
        })
    }

    fn prepare_rename(&mut self, place: TextDocumentPositionParams) -> Result<Value, Failure> {
        let Some(named) = self.named(&place) else { return Ok(Value::Null) };
        let range = self.locations(&place, &[named.span]).into_iter().next().map(|location| location.range);
        Ok(json!({ "range": range, "placeholder": named.key }))
    }

    fn rename(&mut self, params: Value) -> Result<Value, Failure> {
        let params: RenameParams = read(params).ok_or_else(invalid)?;
        let place = params.text_document_position_params;
        let failed = |message: String| Failure::new(LspErrorCodes::RequestFailed, message);
        let named = self.named(&place).ok_or_else(|| failed("no record is named here".to_owned()))?;
        let Server { documents, folders, encoding, client, .. } = self;
        let path = documents::path(&place.text_document.uri);
        let folder = path.and_then(|path| folder_of(folders, documents, &path));
        let Some((folder, _)) = folder else { return Ok(Value::Null) };
        let sources = folder.sources();
        let renamed = rename(sources, &named.full, &params.new_name).map_err(|why| {
            failed(match why {
                NotRenamed::Refused { message, help } if help.is_empty() => message,
                NotRenamed::Refused { message, help } => format!("{message}; {help}"),
                NotRenamed::Errors(found) => {
                    let first = found.first().map_or("", |problem| &problem.message);
                    format!("while the dossier has errors, nobody can tell what a renaming would break: first mend that {first}")
                }
            })
        })?;
        let renames_files = client.document_changes && client.renames_files;
        if !renames_files && !renamed.edits.moved.is_empty() {
            let message =
                "this editor cannot rename the file of the record; `dossier rename` in a terminal can";
            return Err(failed(message.to_owned()));
        }
        let texts = Texts::new(sources);
        let mut files: Vec<(PathBuf, Vec<TextEdit>)> = Vec::new();
        for edit in renamed.edits.edits {
            let path = folder.root.join(sources.path(edit.span.file));
            let edit = TextEdit { range: convert::span(*encoding, &texts, edit.span), new_text: edit.new };
            match files.last_mut().filter(|(last, _)| *last == path) {
                Some((_, edits)) => edits.push(edit),
                None => files.push((path, vec![edit])),
            }
        }
        if !client.document_changes {
            let changes = files.into_iter().filter_map(|(path, edits)| Some((documents.uri(&path)?, edits)));
            return Ok(value(&WorkspaceEdit {
                changes: Some(changes.collect()),
                ..WorkspaceEdit::default()
            }));
        }
        let edits = files.into_iter().filter_map(|(path, edits)| {
            let version = documents.get(&path).map(|document| document.version);
            let document = json!({ "uri": documents.uri(&path)?, "version": version });
            Some(json!({ "textDocument": document, "edits": edits }))
        });
        let moved = renamed.edits.moved.iter().filter_map(|(from, to)| {
            let [old, new] = [from, to].map(|path| documents.uri(&folder.root.join(path)));
            Some(json!({ "kind": "rename", "oldUri": old?, "newUri": new? }))
        });
        Ok(json!({ "documentChanges": edits.chain(moved).collect::<Vec<_>>() }))
    }

    fn document_symbols(&mut self, params: &Value) -> Result<Value, Failure> {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str).ok_or_else(invalid)?;
        let encoding = self.encoding;
        let place = TextDocumentPositionParams {
            text_document: TextDocumentIdentifier { uri: uri.into() },
            position: Position::default(),
        };
        let found = self.at(&place, |at| {
            let texts = Texts::new(at.sources);
            let text = at.sources.text(at.file);
            let range = |bytes: &std::ops::Range<usize>| convert::range(encoding, &texts, at.file, bytes);
            let symbols = symbols::of_file(at.words, &at.path, at.file, &text).into_iter().map(|symbol| {
                json!({
                    "name": symbol.name,
                    "detail": symbol.detail,
                    "kind": symbol.id.map_or(SymbolKind::String, |id| symbol_kind(id.kind)),
                    "range": range(&symbol.range),
                    "selectionRange": range(&symbol.head),
                })
            });
            Some(symbols.collect::<Vec<_>>())
        });
        Ok(value(&found.unwrap_or_default()))
    }

    fn workspace_symbols(&mut self, params: &Value) -> Result<Value, Failure> {
        let query = params.get("query").and_then(Value::as_str).unwrap_or_default().to_owned();
        let encoding = self.encoding;
        let mut found = Vec::new();
        for folder in self.folders.values_mut() {
            let root = folder.root.clone();
            let left = MOST_SYMBOLS - found.len();
            folder.with(|sources, words| {
                let texts = Texts::new(sources);
                for (id, name, span) in symbols::named(words, &query, left) {
                    let range = convert::span(encoding, &texts, references::unquoted(sources, span));
                    found.push((root.join(sources.path(span.file)), name, id.kind, range));
                }
            });
        }
        let symbols = found.into_iter().filter_map(|(path, name, kind, range)| {
            let location = Location { uri: self.documents.uri(&path)?, range };
            Some(json!({
                "name": name,
                "kind": symbol_kind(kind),
                "containerName": kind.plural(),
                "location": location,
            }))
        });
        Ok(Value::Array(symbols.collect()))
    }

    fn code_actions(&mut self, params: Value) -> Result<Value, Failure> {
        let params: CodeActionParams = read(params).ok_or_else(invalid)?;
        let encoding = self.encoding;
        let uri = params.text_document.uri;
        let wanted = params.context.only.as_deref();
        if wanted.is_some_and(|only| {
            !only.iter().any(|kind| CodeActionKind::QuickFix.as_str().starts_with(kind.as_str()))
        }) {
            return Ok(Value::Array(Vec::new()));
        }
        let mut actions = Vec::new();
        let Server { documents, folders, .. } = self;
        let Some(path) = documents::path(&uri) else { return Ok(Value::Array(Vec::new())) };
        let Some((folder, path)) = folder_of(folders, documents, &path) else {
            return Ok(Value::Array(Vec::new()));
        };
        let problems = folder.problems();
        let sources = folder.sources();
        let file = sources.get(&path).map(|file| file.id);
        let texts = Texts::new(sources);
        for problem in problems {
            let Some(span) = problem.span.filter(|span| Some(span.file) == file) else { continue };
            let place = convert::span(encoding, &texts, span);
            if place.end < params.range.start || params.range.end < place.start {
                continue;
            }
            let Some(change) = mend::change(&problem, sources) else { continue };
            let title = format!("Change to `{}`", change.text);
            let edit =
                TextEdit { range: convert::span(encoding, &texts, change.span), new_text: change.text };
            let changes = Some(HashMap::from([(uri.clone(), vec![edit])]));
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![diagnostic(&problem, &folder.root, &texts, documents, encoding)]),
                is_preferred: Some(true),
                edit: Some(WorkspaceEdit { changes, ..WorkspaceEdit::default() }),
                ..CodeAction::default()
            });
        }
        Ok(value(&actions))
    }
}

/// Something that can be written, as the client is offered it.
fn completion_item(item: Item, range: Range, snippets: bool, linked: &Linked, uri: &Uri) -> Value {
    let kind = match item.sort {
        Sort::Record(_) => CompletionItemKind::Reference,
        Sort::Field => CompletionItemKind::Field,
        Sort::Word => CompletionItemKind::EnumMember,
        Sort::File => CompletionItemKind::File,
    };
    let (text, format) = match item.cursor {
        Some(cursor) if snippets => {
            let [before, after] = [&item.text[..cursor], &item.text[cursor..]].map(as_snippet);
            (format!("{before}$0{after}"), InsertTextFormat::Snippet)
        }
        // Where the cursor cannot be put, the author goes on behind what opens.
        Some(cursor) => (item.text[..cursor].to_owned(), InsertTextFormat::PlainText),
        None => (item.text, InsertTextFormat::PlainText),
    };
    let mut made = json!({
        "label": item.label,
        "kind": kind,
        "detail": item.detail,
        "sortText": format!("{}{}", item.rank, item.label),
        "filterText": format!("{} {}", item.label, item.also).trim_end(),
        "insertTextFormat": format,
        "textEdit": TextEdit { range, new_text: text },
    });
    if let Sort::Record(id) = item.sort {
        made["data"] = json!({ "kind": id.kind.plural(), "key": linked.dossier.key(id), "uri": uri });
    }
    if !item.about.is_empty() {
        made["documentation"] = value(&convert::markdown(item.about));
    }
    made
}

/// A text that a snippet holds as it is.
fn as_snippet(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

fn position(params: Value) -> Result<TextDocumentPositionParams, Failure> {
    read(params).ok_or_else(invalid)
}

fn invalid() -> Failure {
    Failure::new(ErrorCodes::InvalidParams, "the parameters are not those of the request")
}

/// The types of the protocol have a form in JSON.
fn value(result: &impl Serialize) -> Value {
    serde_json::to_value(result).unwrap_or_default()
}

fn symbol_kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Person => SymbolKind::Class,
        Kind::Group => SymbolKind::Module,
        Kind::Meeting | Kind::Event => SymbolKind::Event,
        Kind::Relation => SymbolKind::Interface,
        Kind::Place => SymbolKind::Namespace,
        Kind::Source | Kind::Article => SymbolKind::File,
        Kind::Term => SymbolKind::Key,
        Kind::Correction => SymbolKind::Constant,
    }
}
