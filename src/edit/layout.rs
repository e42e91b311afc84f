//! TOML as authors like it: the fields of every table in the order of the documentation, what belongs together on a line,
//! a blank line between records. Comments stay with what they stand above or beside.

mod inline;
mod signs;

use toml_edit::{Decor, DocumentMut, Item, KeyMut, RawString, Table, Value};

use self::inline::{list, on_one_line};
use self::signs::{Line, spaces};
use super::statements::comments;
use crate::as_of::front_matter;
use crate::model::Kind;
use crate::model::fields::{SITE, Shape, shape};
use crate::parse::{Holds, holds};

/// How many characters a list may have that stands on one line.
const LINE: usize = 100;

/// The fields of a table in the order in which they are written: what it rests on comes last.
pub fn order(shape: &'static Shape) -> impl Iterator<Item = &'static str> {
    let names = shape.fields().map(|field| field.name);
    names.filter(|name| *name != "cite").chain(["cite"])
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

/// What the keys of a table are.
#[derive(Clone, Copy)]
enum Of {
    /// Those of records.
    Records(Kind),
    Fields(&'static Shape),
    /// Nothing that is known here.
    Any,
}

impl Of {
    /// What the keys are of a table that stands at a key, or in a list there.
    fn part(self, name: &str) -> Of {
        match self {
            Of::Records(kind) => Of::Fields(shape(kind)),
            Of::Fields(shape) => {
                let own = shape.field(name).map(|field| field.holds);
                let holds = own.or(shape.others.map(|(_, holds)| holds));
                holds.and_then(|holds| holds.shape()).map_or(Of::Any, Of::Fields)
            }
            Of::Any => Of::Any,
        }
    }

    /// The keys in their order; none where the order is the author's own.
    fn order(self) -> Vec<&'static str> {
        match self {
            Of::Fields(shape) if shape.others.is_none() => order(shape).collect(),
            _ => Vec::new(),
        }
    }
}

/// The place of a key in an order.
fn rank(order: &[&str], name: &str) -> usize {
    order.iter().position(|known| *known == name).unwrap_or(order.len())
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
        None if path == "site.toml" => laid_out(text, Of::Fields(&SITE)),
        Some(Holds::Records(kind)) => laid_out(text, Of::Records(kind)),
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
    Some(format!("{before}{}{after}", laid_out(toml, Of::Fields(shape(kind)))?))
}

/// A TOML text whose keys are these; nothing where it is none, or where anything but its layout would change.
fn laid_out(toml: &str, of: Of) -> Option<String> {
    let has_returns = toml.contains("\r\n");
    let lines = toml.replace("\r\n", "\n");
    let mut document: DocumentMut = lines.parse().ok()?;
    let root = document.as_table_mut();
    let first = first_head(root);
    let top = take_top(root);
    in_order(root, of);
    put_top(root, &top);
    values(root, of, true);
    parts(root, of, first);
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
    says_the_same(toml, &made, of).then_some(made)
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

/// The comments that a blank line parts from the first field: they are of the whole text, and stay at its top.
fn take_top(root: &mut Table) -> String {
    let mut top = None;
    each(root, Of::Any, &mut |mut key, _, _| {
        top.get_or_insert_with(|| {
            let before = lines_of(&text_of(key.leaf_decor().prefix()), 0);
            let end = before.rfind("\n\n").map_or(0, |at| at + 2);
            key.leaf_decor_mut().set_prefix(&before[end..]);
            before[..end].to_owned()
        });
    });
    top.unwrap_or_default()
}

fn put_top(root: &mut Table, top: &str) {
    let mut is_done = false;
    each(root, Of::Any, &mut |mut key, _, _| {
        if !is_done {
            let before = text_of(key.leaf_decor().prefix());
            key.leaf_decor_mut().set_prefix(top.to_owned() + before.trim_start_matches('\n'));
        }
        is_done = true;
    });
}

/// The tables that stand below a head of their own.
fn parts(table: &mut Table, of: Of, first: Option<isize>) {
    for (key, item) in table.iter_mut() {
        let (is_record, of) = (matches!(of, Of::Records(_)), of.part(key.get()));
        let one = |table: &mut Table| {
            if !table.is_dotted() {
                let is_first = table.position() == first && first.is_some();
                if !table.is_implicit() {
                    above(table.decor_mut(), is_first, is_record);
                }
                in_order(table, of);
                values(table, of, false);
            }
            parts(table, of, first);
        };
        match item {
            Item::Table(table) => one(table),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(one),
            _ => {}
        }
    }
}

/// What stands above a head, and beside it.
fn above(decor: &mut Decor, is_first: bool, is_record: bool) {
    let before = lead(&text_of(decor.prefix()), is_first, is_record);
    decor.set_prefix(before);
    let beside = beside(&text_of(decor.suffix()));
    decor.set_suffix(beside);
}

/// What stands above a head or record: comments, and at most one blank line before and after them.
fn lead(before: &str, is_first: bool, is_record: bool) -> String {
    // A comment right below a record is of that record, unless it stands right above the next head as well.
    let is_apart = before.starts_with('\n') || is_record && !before.contains("\n\n");
    lines_of(before, usize::from(is_apart && !is_first))
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

/// The fields of a table in their order, also those of keys with dots.
fn in_order(table: &mut Table, of: Of) {
    let order = of.order();
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let mut entries: Vec<_> = names.iter().filter_map(|name| table.remove_entry(name)).collect();
    entries.sort_by_key(|(key, _)| rank(&order, key.get()));
    for (key, item) in entries {
        table.insert_formatted(&key, item);
    }
    for (key, item) in table.iter_mut() {
        match item {
            Item::Table(table) if table.is_dotted() => in_order(table, of.part(key.get())),
            _ => {}
        }
    }
}

/// The values of a table, without changing their order.
fn values(table: &mut Table, of: Of, is_root: bool) {
    let mut lines = Vec::new();
    each(table, of, &mut |key, value, place| {
        let before = text_of(key.leaf_decor().suffix());
        lines.push(Line { key: place.width, before, behind: text_of(value.decor().prefix()) });
    });
    let mut spaces = spaces(&lines).into_iter();
    let mut last = None;
    each(table, of, &mut |mut key, value, place| {
        let is_first = last.is_none();
        let is_record = matches!(of, Of::Records(_)) && last != Some(place.entry);
        last = Some(place.entry);
        let before = text_of(key.leaf_decor().prefix());
        let has_comment = before.contains('#');
        let is_apart = before.starts_with('\n') && has_comment && !is_first;
        let mut lines = if has_comment { lines_of(&before, usize::from(is_apart)) } else { String::new() };
        if is_record && !is_first {
            // Records without a head of their own: `ada-berg.name = ".."`.
            lines = lead(&before, false, true);
        } else if !is_root || !is_first {
            // A comment that a blank line parts from its field would be one of the field before.
            lines = lines.trim_end_matches('\n').to_owned() + if has_comment { "\n" } else { "" };
        }
        key.leaf_decor_mut().set_prefix(lines);
        let (before, behind) = spaces.next().unwrap_or((" ".to_owned(), " ".to_owned()));
        key.leaf_decor_mut().set_suffix(before);
        let decor = value.decor_mut();
        decor.set_prefix(behind);
        let suffix = beside(&text_of(decor.suffix()));
        decor.set_suffix(suffix);
        match value {
            Value::Array(array) => list(array, place.of),
            value => on_one_line(value, place.of),
        }
    });
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place {
    /// Which of the entries of the table it is in.
    entry: usize,
    /// How many characters its whole key has.
    width: usize,
    /// What its own keys are.
    of: Of,
}

/// Every value of a table that stands on lines of its own, also by a key with dots.
fn each(table: &mut Table, of: Of, visit: &mut dyn FnMut(KeyMut, &mut Value, Place)) {
    fn within(
        table: &mut Table,
        at: Option<Place>,
        of: Of,
        visit: &mut dyn FnMut(KeyMut, &mut Value, Place),
    ) {
        for (entry, (key, item)) in table.iter_mut().enumerate() {
            let own = key.display_repr().chars().count();
            let width = at.map_or(own, |at| at.width + 1 + own);
            let place = Place { entry: at.map_or(entry, |at| at.entry), width, of: of.part(key.get()) };
            match item {
                Item::Value(value) => visit(key, value, place),
                Item::Table(table) if table.is_dotted() => within(table, Some(place), place.of, visit),
                _ => {}
            }
        }
    }
    within(table, None, of, visit);
}

/// Whether two texts hold the same records with the same fields, and the same comments.
fn says_the_same(one: &str, other: &str, of: Of) -> bool {
    let said = |text: &str| {
        let table: toml::Table = text.parse().ok()?;
        let mut comments = comments(text);
        comments.sort();
        Some((said(&toml::Value::Table(table), of), comments))
    };
    let one: Option<(String, Vec<String>)> = said(one);
    one.is_some() && one == said(other)
}

/// What a value says. The order of fields says nothing; that of records, names and all that is not known here may.
fn said(value: &toml::Value, of: Of) -> String {
    match value {
        toml::Value::Table(parts) => {
            let parts = parts.iter().map(|(name, value)| format!("{name:?}={}", said(value, of.part(name))));
            let mut parts: Vec<String> = parts.collect();
            if !of.order().is_empty() {
                parts.sort();
            }
            format!("{{{}}}", parts.join(","))
        }
        toml::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| said(item, of)).collect();
            format!("[{}]", items.join(","))
        }
        value => format!("{value:?}"),
    }
}
