//! TOML as authors like it: the fields of a record in the order of the documentation, what belongs together on a line, a
//! blank line between records. Comments stay with what they stand above or beside.

use std::collections::BTreeMap;

use toml_edit::{Array, Decor, DocumentMut, Item, KeyMut, RawString, Table, Value};

use super::statements::comments;
use crate::as_of::front_matter;
use crate::model::Kind;
use crate::model::fields::fields_of;
use crate::parse::{Holds, holds};

/// How many characters a list may have that stands on one line.
const LINE: usize = 100;

/// The settings in the order of the documentation.
const SETTINGS: [&str; 11] = [
    "title",
    "language",
    "description",
    "authors",
    "licence",
    "notice",
    "contact",
    "base_url",
    "share_images",
    "citation_style",
    "unsafe_html",
];

/// The fields of a kind in the order in which they are written: what the record rests on comes last.
pub fn order(kind: Kind) -> impl Iterator<Item = &'static str> {
    let names = fields_of(kind).map(|(name, _)| name);
    names.filter(|name| !matches!(*name, "prose" | "cite")).chain(["cite"])
}

/// Whether the items of a list stand on a line each: `len` is how many characters it has on one.
pub fn is_broken(items: usize, tables: usize, len: usize) -> bool {
    items > 1 && (tables > 1 || len > LINE)
}

/// What comes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formatted {
    /// It is as it should be, or nothing of it is TOML.
    Same,
    Changed(String),
    /// It is no valid TOML, and was left as it is.
    Broken,
}

/// What the fields of a table are.
#[derive(Clone, Copy)]
enum Of {
    Record(Kind),
    Settings,
}

/// Whether a file with this path is one that holds TOML, or may begin with it.
pub fn has_toml(path: &str) -> bool {
    let holds = path.strip_prefix("content/").map(holds);
    path == "site.toml" || matches!(holds, Some(Holds::Records(_) | Holds::Prose(..) | Holds::Article))
}

/// The text of a file of a dossier, by its path, with its TOML laid out anew.
pub fn formatted(path: &str, text: &str) -> Formatted {
    let in_content = path.strip_prefix("content/");
    let made = match in_content.map(holds) {
        None if path == "site.toml" => laid_out(text, Of::Settings, true),
        Some(Holds::Records(kind)) => laid_out(text, Of::Record(kind), false),
        Some(Holds::Prose(kind, _)) => in_front(text, kind),
        Some(Holds::Article) => in_front(text, Kind::Article),
        _ => return Formatted::Same,
    };
    match made {
        Some(made) if made == text => Formatted::Same,
        Some(made) => Formatted::Changed(made),
        None => Formatted::Broken,
    }
}

fn in_front(text: &str, kind: Kind) -> Option<String> {
    let Some((before, toml, after)) = front_matter(text) else { return Some(text.to_owned()) };
    if toml.trim().is_empty() {
        return Some(text.to_owned());
    }
    Some(format!("{before}{}{after}", laid_out(toml, Of::Record(kind), true)?))
}

/// A TOML text whose tables, or with `whole` the text itself, have these fields; nothing where it is none, or where
/// anything but its layout would change.
fn laid_out(toml: &str, of: Of, whole: bool) -> Option<String> {
    let has_returns = toml.contains("\r\n");
    let lines = toml.replace("\r\n", "\n");
    let mut document: DocumentMut = lines.parse().ok()?;
    let root = document.as_table_mut();
    if whole {
        fields(root, of, true);
    }
    let first = first_head(root);
    for (_, item) in root.iter_mut() {
        match item {
            Item::Table(table) if table.is_dotted() => {}
            Item::Table(table) if !whole => {
                let is_first = table.position() == first;
                if !table.is_implicit() {
                    above(table.decor_mut(), is_first, true);
                }
                fields(table, of, false);
                parts(table, first);
            }
            Item::Table(_) | Item::ArrayOfTables(_) => part(item, first),
            _ => {}
        }
    }
    if !whole {
        // Records without a head of their own: `ada-berg.name = ".."`.
        values(root, true);
    }
    let trailing = document.trailing().as_str().unwrap_or("").to_owned();
    let is_apart = trailing.starts_with('\n') && !document.is_empty();
    document.set_trailing(lines_of(&trailing, usize::from(is_apart)));
    let mut made = document.to_string();
    let end = made.trim_end_matches('\n').len();
    made.truncate(end);
    if !made.is_empty() {
        made.push('\n');
    }
    if has_returns {
        made = made.replace('\n', "\r\n");
    }
    says_the_same(toml, &made, whole).then_some(made)
}

/// Where the head stands that is written first, when nothing is before it.
fn first_head(root: &Table) -> Option<isize> {
    let has_fields = root.iter().any(|(_, item)| match item {
        Item::Value(_) => true,
        Item::Table(table) => table.is_dotted(),
        _ => false,
    });
    fn positions(table: &Table, found: &mut Vec<isize>) {
        for (_, item) in table.iter() {
            match item {
                Item::Table(table) => {
                    found.extend(table.position().filter(|_| !table.is_implicit()));
                    positions(table, found);
                }
                Item::ArrayOfTables(tables) => tables.iter().for_each(|table| {
                    found.extend(table.position());
                    positions(table, found);
                }),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    positions(root, &mut found);
    found.into_iter().min().filter(|_| !has_fields)
}

/// The tables that stand below a head of their own within a record.
fn parts(table: &mut Table, first: Option<isize>) {
    table.iter_mut().for_each(|(_, item)| part(item, first));
}

fn part(item: &mut Item, first: Option<isize>) {
    let one = |table: &mut Table| {
        if !table.is_dotted() {
            let is_first = table.position() == first && first.is_some();
            if !table.is_implicit() {
                above(table.decor_mut(), is_first, false);
            }
            values(table, false);
        }
        parts(table, first);
    };
    match item {
        Item::Table(table) => one(table),
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(one),
        _ => {}
    }
}

/// What stands above a head: comments, and at most one blank line before and after them.
fn above(decor: &mut Decor, is_first: bool, is_record: bool) {
    let before = text_of(decor.prefix());
    // A comment right below a record is of that record, unless it stands right above the next head as well.
    let is_apart = before.starts_with('\n') || is_record && !before.contains("\n\n");
    let blank = usize::from(is_apart && !is_first);
    decor.set_prefix(lines_of(&before, blank));
    let beside = beside(&text_of(decor.suffix()));
    decor.set_suffix(beside);
}

/// Lines of comments without white space around them, with at most one blank line between; so many before them.
fn lines_of(text: &str, blank: usize) -> String {
    let mut out = String::new();
    let mut blanks = 0;
    let mut is_begun = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blanks += 1;
            continue;
        }
        let before = if is_begun { blanks.min(1) } else { blank };
        out.push_str(&"\n".repeat(before));
        out.push_str(line);
        out.push('\n');
        (is_begun, blanks) = (true, 0);
    }
    out.push_str(&"\n".repeat(if is_begun { blanks.min(1) } else { blank }));
    out
}

/// What stands beside a value: a comment, with the space that its author left before it.
fn beside(text: &str) -> String {
    let text = text.trim_end();
    match text.is_empty() || text.starts_with([' ', '\t']) {
        true => text.to_owned(),
        false => format!(" {text}"),
    }
}

fn text_of(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str).unwrap_or("").to_owned()
}

/// The fields of a table in their order, each as it should stand.
fn fields(table: &mut Table, of: Of, is_root: bool) {
    let order: Vec<&str> = match of {
        Of::Record(kind) => order(kind).collect(),
        Of::Settings => SETTINGS.to_vec(),
    };
    let rank: BTreeMap<&str, usize> = order.iter().copied().zip(0..).collect();
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let mut entries: Vec<_> = names.iter().filter_map(|name| table.remove_entry(name)).collect();
    entries.sort_by_key(|(key, _)| rank.get(key.get()).copied().unwrap_or(order.len()));
    for (key, item) in entries {
        table.insert_formatted(&key, item);
    }
    values(table, is_root);
}

/// The values of a table, without changing their order.
fn values(table: &mut Table, is_root: bool) {
    let mut is_first = true;
    each(table, &mut |mut key, value| {
        let before = text_of(key.leaf_decor().prefix());
        let has_comment = before.contains('#');
        let is_apart = before.starts_with('\n') && has_comment && !is_first;
        let mut lines = if has_comment { lines_of(&before, usize::from(is_apart)) } else { String::new() };
        if !is_root || !is_first {
            // A comment that a blank line parts from its field would be one of the field before.
            lines = lines.trim_end_matches('\n').to_owned() + if has_comment { "\n" } else { "" };
        }
        key.leaf_decor_mut().set_prefix(lines);
        if text_of(key.leaf_decor().suffix()).is_empty() {
            key.leaf_decor_mut().set_suffix(" ");
        }
        let decor = value.decor_mut();
        if text_of(decor.prefix()).is_empty() {
            decor.set_prefix(" ");
        }
        let suffix = beside(&text_of(decor.suffix()));
        decor.set_suffix(suffix);
        match value {
            Value::Array(array) => list(array),
            value => on_one_line(value),
        }
        is_first = false;
    });
}

/// Every value of a table that stands on lines of its own, also by a key with dots.
fn each(table: &mut Table, visit: &mut dyn FnMut(KeyMut, &mut Value)) {
    for (key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => visit(key, value),
            Item::Table(table) if table.is_dotted() => each(table, visit),
            _ => {}
        }
    }
}

/// A list with an item on each line, where its author has broken it or it is to be broken.
fn list(array: &mut Array) {
    let space = |decor: &Decor| text_of(decor.prefix()) + &text_of(decor.suffix());
    let spaces: String = array.iter().map(|item| space(item.decor())).collect();
    let is_open = spaces.contains('\n') || text_of(Some(array.trailing())).contains('\n');
    array.iter_mut().for_each(on_one_line);
    if !is_open {
        array.fmt();
    }
    let tables = array.iter().filter(|item| item.is_inline_table()).count();
    let len = array.to_string().trim().chars().count();
    if array.is_empty() || !is_open && !is_broken(array.len(), tables, len) {
        return;
    }
    let last = array.len() - 1;
    let mut behind = String::new();
    let suffixes: Vec<String> = array.iter().map(|item| text_of(item.decor().suffix())).collect();
    // A comment between a value and its comma has no better place.
    if suffixes[..last].iter().any(|suffix| suffix.contains('#')) {
        return;
    }
    for (at, item) in array.iter_mut().enumerate() {
        let prefix = text_of(item.decor().prefix());
        item.decor_mut().set_prefix(item_lines(&prefix) + "  ");
        if at == last {
            behind = suffixes[at].clone();
        }
        item.decor_mut().set_suffix("");
    }
    let trailing = behind + &text_of(Some(array.trailing()));
    array.set_trailing(item_lines(&trailing));
    array.set_trailing_comma(true);
}

/// Lists and tables within a line have one space where one belongs, and none elsewhere: `["a", "b"]`, `{ a = 1, b = 2 }`.
/// Those that their author has broken, or given comments, stay.
fn on_one_line(value: &mut Value) {
    let text = match value {
        Value::Array(array) => array.to_string(),
        Value::InlineTable(table) => table.to_string(),
        _ => return,
    };
    if text.trim().contains('\n') {
        return;
    }
    let own = value.decor().clone();
    match value {
        Value::Array(array) => {
            array.iter_mut().for_each(on_one_line);
            array.fmt();
        }
        Value::InlineTable(table) => {
            table.iter_mut().for_each(|(_, value)| on_one_line(value));
            table.fmt();
            table.set_trailing_comma(false);
        }
        _ => {}
    }
    *value.decor_mut() = own;
}

/// What stands between two items: a comment beside the first, comments above the second, and a line break.
fn item_lines(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut out = beside(lines.next().unwrap_or(""));
    out.push('\n');
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        out.push_str(&format!("  {line}\n"));
    }
    out
}

/// The records of a text, each as its key and its fields; and the comments.
type Said = (Vec<(String, String)>, Vec<String>);

/// Whether two texts hold the same records with the same fields, and the same comments; `whole` texts are one record.
fn says_the_same(one: &str, other: &str, whole: bool) -> bool {
    let said = |text: &str| -> Option<Said> {
        let table: toml::Table = text.parse().ok()?;
        let fields = |value: &toml::Value| match value {
            // The order of the fields of a record says nothing; that of all within them may.
            toml::Value::Table(fields) => {
                let fields: BTreeMap<&String, &toml::Value> = fields.iter().collect();
                format!("{fields:?}")
            }
            value => format!("{value:?}"),
        };
        let records = table.iter().map(|(key, value)| (key.clone(), fields(value)));
        let mut records: Vec<_> = records.collect();
        if whole {
            records.sort();
        }
        let mut comments = comments(text);
        comments.sort();
        Some((records, comments))
    };
    said(one).is_some_and(|one| Some(one) == said(other))
}
