//! A TOML text that may be broken -> its tables, keys and values, as far as they can be told apart, and which of them
//! stands at an offset.
//!
//! What a writer has not closed yet ends where the next table begins, so that the rest of the text keeps its meaning.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// How deep tables lie in each other at most; what lies deeper is taken for this deep. No field is.
const DEEPEST: usize = 32;

/// A table with its header, a table in braces, or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub form: Form,
    /// The keys that lead to it from the start of the text; a list adds none.
    pub path: Vec<String>,
    /// The header of a table, or the brace or bracket that opens the part.
    pub head: Range<usize>,
    /// From there to its end.
    pub range: Range<usize>,
    /// Whether its author has ended it.
    pub is_closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The start of the text, or below a header `[key]`.
    Lines,
    Braces,
    List,
}

/// A key with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The table that it stands in, as an index.
    pub part: usize,
    /// The parts of a dotted key.
    pub keys: Vec<Key>,
    /// Where the `=` ends, if it is there.
    pub equals: Option<usize>,
    /// Whether there is a value.
    pub has_value: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub text: String,
    pub range: Range<usize>,
}

/// A value that is no table and no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// Without quotes.
    pub range: Range<usize>,
    pub is_quoted: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub parts: Vec<Part>,
    pub entries: Vec<Entry>,
    scalars: Vec<Scalar>,
    /// The parts of the keys in headers, each with those before it.
    headers: Vec<(Vec<String>, Key)>,
    comments: Vec<Range<usize>>,
}

/// What stands at an offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// A part of the key in a header, below those before it.
    Header { path: Vec<String>, range: Range<usize> },
    /// A part of a key in the table `part`, below the parts of a dotted key before it.
    Key { part: usize, path: Vec<String>, range: Range<usize>, has_value: bool },
    /// A value, or room for one.
    Value { path: Vec<String>, range: Range<usize>, is_quoted: bool },
}

impl Outline {
    pub fn new(text: &str) -> Outline {
        let mut reader = Reader {
            text,
            tokens: Source::new(text).lex().filter(|token| token.kind() != TokenKind::Whitespace).collect(),
            at: 0,
            outline: Outline::default(),
            open: Vec::new(),
        };
        reader.read();
        reader.outline
    }

    /// What stands at an offset of `text`, from which the outline was made.
    pub fn at(&self, text: &str, offset: usize) -> Option<Slot> {
        let touches = |range: &Range<usize>| range.start <= offset && offset <= range.end;
        if self.comments.iter().any(|comment| comment.start < offset && offset <= comment.end) {
            return None;
        }
        if let Some((path, key)) = self.headers.iter().find(|(_, key)| touches(&key.range)) {
            return Some(Slot::Header { path: path.clone(), range: key.range.clone() });
        }
        if let Some(value) = self.scalars.iter().find(|value| touches(&value.range)) {
            let (path, range) = (value.path.clone(), value.range.clone());
            return Some(Slot::Value { path, range, is_quoted: value.is_quoted });
        }
        for entry in &self.entries {
            if let Some(at) = entry.keys.iter().position(|key| touches(&key.range)) {
                let mut path = self.parts[entry.part].path.clone();
                path.extend(entry.keys[..at].iter().map(|key| key.text.clone()));
                let (range, has_value) = (entry.keys[at].range.clone(), entry.equals.is_some());
                return Some(Slot::Key { part: entry.part, path, range, has_value });
            }
        }
        let part = self.innermost(offset)?;
        let Part { form, path, .. } = &self.parts[part];
        let empty = offset..offset;
        if *form == Form::List {
            return Some(Slot::Value { path: path.clone(), range: empty, is_quoted: false });
        }
        // Behind the `=` of the last key before.
        let mut before = self.entries.iter().filter(|entry| entry.part == part);
        let last = before.rfind(|entry| entry.keys.iter().all(|key| key.range.end < offset));
        if let Some(entry) = last
            && let Some(equals) = entry.equals.filter(|equals| *equals <= offset)
            && !text[equals..offset].contains(['\n', ','])
        {
            if entry.has_value {
                return None;
            }
            let mut path = path.clone();
            path.extend(entry.keys.iter().map(|key| key.text.clone()));
            return Some(Slot::Value { path, range: empty, is_quoted: false });
        }
        Some(Slot::Key { part, path: path.clone(), range: empty, has_value: false })
    }

    /// The names that are written in a table, in both forms: `a.b = 1` is the name `a`, and below `path` it is `b`.
    pub fn written<'o>(&'o self, part: usize, path: &'o [String]) -> impl Iterator<Item = &'o str> {
        let own = self.parts.get(part).map_or(&[][..], |part| part.path.as_slice());
        let below = path.get(own.len()..).unwrap_or(&[]);
        let entries = self.entries.iter().filter(move |entry| entry.part == part).filter_map(move |entry| {
            let (before, rest) = entry.keys.split_at_checked(below.len())?;
            before.iter().map(|key| &key.text).eq(below).then(|| rest.first().map(|key| key.text.as_str()))?
        });
        let tables =
            self.parts.iter().filter(|part| part.form == Form::Lines && part.path.len() > path.len());
        let tables = tables.filter(move |part| part.path.starts_with(path));
        entries.chain(tables.filter_map(move |part| part.path.get(path.len()).map(String::as_str)))
    }

    /// The tables with a header of one key, which are the records of a file of records.
    pub fn records(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.form == Form::Lines && part.path.len() == 1)
    }

    /// The smallest part that holds an offset.
    fn innermost(&self, offset: usize) -> Option<usize> {
        let holds = |part: &Part| {
            let start = if part.form == Form::Lines { part.range.start } else { part.head.end };
            start <= offset && (offset < part.range.end || offset == part.range.end && !part.is_closed)
        };
        let parts = self.parts.iter().enumerate().filter(|(_, part)| holds(part));
        parts.max_by_key(|(_, part)| (part.range.start, part.head.end)).map(|(at, _)| at)
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Without white space within lines.
    tokens: Vec<Token>,
    at: usize,
    outline: Outline,
    /// The parts that are open, from the outermost; the first is a table of lines.
    open: Vec<usize>,
}

impl Reader<'_> {
    fn read(&mut self) {
        self.begin(Form::Lines, Vec::new(), 0..0);
        while let Some(token) = self.next() {
            let range = range(token);
            if self.is_line_start(range.start) && self.ends_what_is_open(token) {
                self.close_to_lines(range.start);
            }
            match (token.kind(), self.form()) {
                (TokenKind::Newline | TokenKind::Comma, _) => {}
                (TokenKind::Comment, _) => self.outline.comments.push(range),
                (TokenKind::LeftSquareBracket, Form::Lines) => self.header(range.start),
                (TokenKind::RightCurlyBracket, Form::Braces)
                | (TokenKind::RightSquareBracket, Form::List) => {
                    if let Some(at) = self.open.last() {
                        self.outline.parts[*at].is_closed = true;
                    }
                    self.end(range.end);
                }
                (_, Form::List) => {
                    let path = self.path();
                    self.value(token, path);
                }
                (_, Form::Lines | Form::Braces) => self.entry(token),
            }
        }
        let end = self.text.len();
        while !self.open.is_empty() {
            self.end(end);
        }
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).copied();
        self.at += 1;
        token.filter(|token| token.kind() != TokenKind::Eof)
    }

    fn peek(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(Token::kind)
    }

    fn form(&self) -> Form {
        self.open.last().map_or(Form::Lines, |at| self.outline.parts[*at].form)
    }

    fn path(&self) -> Vec<String> {
        self.open.last().map(|at| self.outline.parts[*at].path.clone()).unwrap_or_default()
    }

    fn is_line_start(&self, at: usize) -> bool {
        at == 0 || self.text[..at].ends_with('\n')
    }

    /// Whether what starts a line belongs to none of the lists and braces that are open: a header, or a key without
    /// indentation.
    fn ends_what_is_open(&self, token: Token) -> bool {
        if self.form() == Form::Lines {
            return false;
        }
        match token.kind() {
            TokenKind::LeftSquareBracket => {
                let line = self.text[range(token).start..].lines().next().unwrap_or("");
                let line = line.split('#').next().unwrap_or("").trim_end();
                let inner = line.trim_start_matches('[').trim_end_matches(']');
                let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                line.ends_with(']') && !inner.is_empty() && inner.chars().all(is_key)
            }
            TokenKind::Atom => self.peek() == Some(TokenKind::Equals),
            _ => false,
        }
    }

    fn begin(&mut self, form: Form, mut path: Vec<String>, head: Range<usize>) {
        path.truncate(DEEPEST);
        self.open.push(self.outline.parts.len());
        let range = head.clone();
        self.outline.parts.push(Part { form, path, head, range, is_closed: false });
    }

    fn end(&mut self, end: usize) {
        if let Some(at) = self.open.pop() {
            self.outline.parts[at].range.end = end;
        }
    }

    fn close_to_lines(&mut self, end: usize) {
        while self.form() != Form::Lines {
            self.end(end);
        }
    }

    /// `[a.b]`, of which the bracket has been read.
    fn header(&mut self, start: usize) {
        self.end(start);
        if self.peek() == Some(TokenKind::LeftSquareBracket) {
            self.at += 1;
        }
        let open = self.tokens.get(self.at - 1).map_or(start + 1, |token| range(*token).end);
        let (keys, end) = self.keys(open, &[TokenKind::RightSquareBracket]);
        let mut path = Vec::new();
        for key in keys.into_iter().take(DEEPEST) {
            self.outline.headers.push((path.clone(), key.clone()));
            path.push(key.text);
        }
        let mut end = end;
        while self.peek() == Some(TokenKind::RightSquareBracket) {
            end = self.tokens.get(self.at).map_or(end, |token| range(*token).end);
            self.at += 1;
        }
        self.begin(Form::Lines, path, start..end);
    }

    /// The parts of a dotted key that begins at `start`, and where it ends: at one of `ends`, which is not read, or with
    /// the line. A part that is still to be written is empty.
    fn keys(&mut self, start: usize, ends: &[TokenKind]) -> (Vec<Key>, usize) {
        let mut keys: Vec<Key> = Vec::new();
        let mut end = start;
        let mut is_next = true;
        while let Some(token) = self.tokens.get(self.at).copied() {
            let kind = token.kind();
            if ends.contains(&kind)
                || matches!(kind, TokenKind::Newline | TokenKind::Eof | TokenKind::Comment)
            {
                break;
            }
            self.at += 1;
            end = range(token).end;
            match kind {
                TokenKind::Dot => {
                    if is_next {
                        keys.push(Key { text: String::new(), range: range(token).start..range(token).start });
                    }
                    is_next = true;
                }
                _ => {
                    let range = self.inner(token).0;
                    let text = self.text[range.clone()].to_owned();
                    keys.push(Key { text, range });
                    is_next = false;
                }
            }
        }
        if is_next {
            keys.push(Key { text: String::new(), range: end..end });
        }
        (keys, end)
    }

    /// A key, its `=` and the value, as far as they are there; `first` has been read.
    fn entry(&mut self, first: Token) {
        let Some(part) = self.open.last().copied() else { return };
        self.at -= 1;
        let ends = [TokenKind::Equals, TokenKind::Comma, TokenKind::RightCurlyBracket];
        let (keys, _) = self.keys(range(first).start, &ends);
        let mut equals = None;
        if self.peek() == Some(TokenKind::Equals) {
            equals = self.tokens.get(self.at).map(|token| range(*token).end);
            self.at += 1;
        } else if self.tokens.get(self.at).is_some_and(|token| range(*token).start == range(first).start) {
            // What can begin no key is passed over.
            self.at += 1;
            return;
        }
        let none = [TokenKind::Newline, TokenKind::Comma, TokenKind::Comment, TokenKind::RightCurlyBracket];
        let value = self.tokens.get(self.at).copied().filter(|token| {
            equals.is_some() && token.kind() != TokenKind::Eof && !none.contains(&token.kind())
        });
        let mut path = self.path();
        path.extend(keys.iter().map(|key| key.text.clone()));
        self.outline.entries.push(Entry { part, keys, equals, has_value: value.is_some() });
        if let Some(value) = value {
            self.at += 1;
            self.value(value, path);
        }
    }

    /// A value that begins with a token which has been read.
    fn value(&mut self, first: Token, path: Vec<String>) {
        let head = range(first);
        match first.kind() {
            TokenKind::LeftCurlyBracket => self.begin(Form::Braces, path, head),
            TokenKind::LeftSquareBracket => self.begin(Form::List, path, head),
            TokenKind::Atom | TokenKind::Dot | TokenKind::Equals => {
                // Up to what ends it: `1.5`, or words whose quotes are missing.
                let mut end = head.end;
                while let Some(token) = self.tokens.get(self.at)
                    && matches!(token.kind(), TokenKind::Atom | TokenKind::Dot | TokenKind::Equals)
                {
                    end = range(*token).end;
                    self.at += 1;
                }
                self.outline.scalars.push(Scalar { path, range: head.start..end, is_quoted: false });
            }
            _ => {
                let (range, is_quoted) = self.inner(first);
                self.outline.scalars.push(Scalar { path, range, is_quoted });
            }
        }
    }

    /// The place of a token without its quotes, and whether it has any. A string that is not closed goes to its end.
    fn inner(&self, token: Token) -> (Range<usize>, bool) {
        let whole = range(token);
        let quotes = match token.kind() {
            TokenKind::LiteralString => "'",
            TokenKind::BasicString => "\"",
            TokenKind::MlLiteralString => "'''",
            TokenKind::MlBasicString => "\"\"\"",
            _ => return (whole, false),
        };
        let text = &self.text[whole.clone()];
        let start = if text.starts_with(quotes) { quotes.len() } else { 0 };
        let inner = &text[start..];
        let end = inner.strip_suffix(quotes).map_or(inner.len(), str::len);
        (whole.start + start..whole.start + start + end, true)
    }
}

fn range(token: Token) -> Range<usize> {
    token.span().start()..token.span().end()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands at the mark `|` of a text.
    fn at(text: &str) -> String {
        let offset = text.find('|').unwrap_or_default();
        let text = text.replacen('|', "", 1);
        let outline = Outline::new(&text);
        match outline.at(&text, offset) {
            None => "nothing".to_owned(),
            Some(Slot::Header { path, range }) => format!("header {}<{}>", path.join("."), &text[range]),
            Some(Slot::Key { part, path, range, .. }) => {
                let written: Vec<&str> = outline.written(part, &path).collect();
                format!("key {} <{}> beside {}", path.join("."), &text[range], written.join(","))
            }
            Some(Slot::Value { path, range, is_quoted }) => {
                let form = if is_quoted { "quoted" } else { "bare" };
                format!("{form} value of {} <{}>", path.join("."), &text[range])
            }
        }
    }

    #[test]
    fn a_whole_text_is_understood() {
        const TEXT: &str =
            "[a]\nname = \"x\"\nroles = [{ role = \"y\", of = \"z\" }]\nallow.b = 'c'\n\n[b]\n";
        let mark = |word: &str| TEXT.replacen(word, &format!("|{word}"), 1);
        assert_eq!(at(&mark("a]")), "header <a>");
        assert_eq!(at(&mark("name")), "key a <name> beside name,roles,allow");
        assert_eq!(at(&mark("x\"")), "quoted value of a.name <x>");
        assert_eq!(at(&mark("y\"")), "quoted value of a.roles.role <y>");
        assert_eq!(at(&mark("of")), "key a.roles <of> beside role,of");
        assert_eq!(at(&mark("z")), "quoted value of a.roles.of <z>");
        assert_eq!(at(&mark("b =")), "key a.allow <b> beside b");
        assert_eq!(at(&mark("\n[b]")), "key a <> beside name,roles,allow");
    }

    #[test]
    fn a_text_that_is_being_written_is_understood_up_to_there() {
        assert_eq!(at("[a]\nplace = |\nname = \"x\""), "bare value of a.place <>");
        assert_eq!(at("[a]\nplace = \"os|\nname = \"x\""), "quoted value of a.place <os>");
        assert_eq!(at("[a]\nna|\n[b]\nx = 1"), "key a <na> beside na");
        assert_eq!(at("[a]\nname = \"x\"\n|"), "key a <> beside name");
        assert_eq!(at("[a]\ncite = [\"x\", |\n[b]\ny = 1"), "bare value of a.cite <>");
        assert_eq!(at("[a]\np = [{ who = \"x\", fo|\n\n[b]\ny = 1"), "key a.p <fo> beside who,fo");
        assert_eq!(at("[a]\np = [\n  { who = \"|\n]\nq = 1"), "quoted value of a.p.who <>");
        assert_eq!(at("[a]\np = [{ who = | }]"), "bare value of a.p.who <>");
        assert_eq!(at("[a]\np = [{ | }]"), "key a.p <> beside ");
        assert_eq!(at("[a]\np = [{ who = \"x\", |"), "key a.p <> beside who");
        assert_eq!(at("[a]\np = [|"), "bare value of a.p <>");
        assert_eq!(at("[a]\np = [|]"), "bare value of a.p <>");
        assert_eq!(at("[a]\np = [1]|"), "nothing");
        assert_eq!(at("[a]\np = [\"x\"\nn|ame = 1"), "key a <name> beside p,name");
        assert_eq!(at("[a]\np = [\"x\"\n\n[b]\n|y = 1"), "key b <y> beside y");
        assert_eq!(at("[|"), "header <>");
        assert_eq!(at("[a]\nallow.|"), "key a.allow <> beside ");
        assert_eq!(at("# a |comment\n[a]"), "nothing");
        assert_eq!(at("[a.names]\nf|"), "key a.names <f> beside f");
        assert_eq!(at("[a]\ndraft = tr|"), "bare value of a.draft <tr>");
    }
}
