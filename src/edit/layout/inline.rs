//! Lists and tables that are values: `["a", "b"]`, `{ a = 1, b = 2 }`.

use toml_edit::{Array, Decor, InlineTable, RawString, Value};

use super::{Of, beside, is_broken, text_of};

/// A list with an item on each line, where its author has broken it or it is to be broken.
pub fn list(array: &mut Array, of: Of) {
    let is_open = has_breaks(array);
    array.iter_mut().for_each(|item| on_one_line(item, of));
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

/// Lists and tables within a line have one space where one belongs, and none elsewhere, and the keys of tables their order.
/// Those that their author has broken, or given comments, stay, but for what is in them.
pub fn on_one_line(value: &mut Value, of: Of) {
    let own = value.decor().clone();
    match value {
        Value::Array(array) => {
            array.iter_mut().for_each(|item| on_one_line(item, of));
            if !has_breaks(array) {
                array.fmt();
            }
        }
        Value::InlineTable(table) => {
            let is_open = is_spread(table);
            inside(table, of, is_open);
            if !is_open {
                table.fmt();
                table.set_trailing_comma(false);
            }
        }
        _ => {}
    }
    *value.decor_mut() = own;
}

/// The values of a table, and unless it is `open` its keys in their order.
fn inside(table: &mut InlineTable, of: Of, is_open: bool) {
    if !is_open {
        let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
        let mut entries: Vec<_> = names.iter().filter_map(|name| table.remove_entry(name)).collect();
        let order = of.order();
        entries.sort_by_key(|(key, _)| super::rank(&order, key.get()));
        for (key, value) in entries {
            table.insert_formatted(&key, value);
        }
    }
    for (key, value) in table.iter_mut() {
        let part = of.part(key.get());
        match value {
            // `fa.text = "x"` is a table within a table, but for its brackets.
            Value::InlineTable(parts) if parts.is_dotted() => {
                inside(parts, part, is_open);
                if !is_open {
                    parts.fmt();
                }
            }
            value => on_one_line(value, part),
        }
    }
}

fn is_break(raw: Option<&RawString>) -> bool {
    text_of(raw).contains('\n')
}

fn breaks(decor: &Decor) -> bool {
    is_break(decor.prefix()) || is_break(decor.suffix())
}

fn has_breaks(array: &Array) -> bool {
    array.iter().any(|item| breaks(item.decor())) || is_break(Some(array.trailing()))
}

/// Whether a table has breaks between its keys and values.
fn is_spread(table: &InlineTable) -> bool {
    let is_own = |(name, value): (&str, &Value)| {
        let within = match value {
            Value::InlineTable(parts) if parts.is_dotted() => is_spread(parts),
            value => breaks(value.decor()),
        };
        within || table.key(name).is_some_and(|key| breaks(key.leaf_decor()) || breaks(key.dotted_decor()))
    };
    is_break(Some(table.trailing())) || table.iter().any(is_own)
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
