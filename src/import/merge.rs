//! Records of other formats -> the files of a dossier with them: what is new at the end of the file of its kind, and what
//! is there already left alone, or, where that was asked for, changed field by field.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Value, json};
use toml_edit::{Array, DocumentMut, Item, TableLike, Value as TomlValue};

use super::keys::Keys;
use super::layout;
use super::taken::{Loss, Taken};
use crate::as_of::front_matter;
use crate::export::plain::{self, Fields};
use crate::model::dossier::Id;
use crate::model::kinds::{OCCASION, PARTY};
use crate::model::{Kind, Position};
use crate::source::Sources;

/// The files of a dossier with what was imported.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    pub sources: Sources,
    /// The paths of the files that differ from before.
    pub changed: Vec<String>,
    pub added: Vec<(Kind, String)>,
    pub updated: Vec<(Kind, String)>,
    /// Fields of records that say something else than the files, and were left alone.
    pub kept: Vec<Loss>,
    /// What stood in fields that now say what the files say.
    pub replaced: Vec<Loss>,
}

/// Puts records into the files of a dossier. With `force` the fields of records that are there already become those of
/// the files.
pub fn merge(taken: &Taken, own: &Sources, force: bool) -> Merged {
    let mut merged = Merged { sources: own.clone(), ..Merged::default() };
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut edits: IndexMap<String, Vec<Edit>> = IndexMap::new();
    if own.get("site.toml").is_none() {
        let has = |wanted: &[Kind]| taken.records.keys().any(|(kind, _)| wanted.contains(kind));
        let all_named = has(&[Kind::Article]) || !has(PARTY);
        files.insert("site.toml".to_owned(), site(&taken.about, all_named));
    }
    for ((kind, key), fields) in &taken.records {
        match taken.there().find(*kind, key) {
            Some(id) => {
                let Some(edit) = edit(taken, id, fields, force, &mut merged) else { continue };
                merged.updated.push((*kind, key.clone()));
                edits.entry(edit.0).or_default().push(edit.1);
            }
            None => {
                add(&mut files, own, *kind, key, shortened(fields, *kind, &taken.keys));
                merged.added.push((*kind, key.clone()));
            }
        }
    }
    for (path, edits) in edits {
        let text = files.remove(&path).or_else(|| own.get(&path)?.text().ok().map(str::to_owned));
        if let Some(text) = text {
            changed(&path, text, edits, &mut files);
        }
    }
    for (path, text) in files {
        let text = match own.get(&path) {
            Some(before) => like(&before.bytes, text),
            None => text,
        };
        merged.sources.insert(path.clone(), text.into_bytes());
        merged.changed.push(path);
    }
    merged
}

/// A text with the line ends of the one whose place it takes.
fn like(before: &[u8], text: String) -> String {
    let text = text.replace("\r\n", "\n");
    if before.windows(2).any(|pair| pair == b"\r\n") { text.replace('\n', "\r\n") } else { text }
}

/// The settings of a dossier that has none.
fn site(about: &Fields, all_named: bool) -> String {
    const KNOWN: [&str; 6] = ["title", "language", "description", "authors", "licence", "base_url"];
    let mut text = String::new();
    if !about.contains_key("title") {
        text.push_str("title = \"Imported\"\n");
    }
    for name in KNOWN {
        if let Some(value) = about.get(name) {
            text.push_str(&format!("{name} = {}\n", layout::text(value)));
        }
    }
    if !all_named {
        text.push_str(
            "\n# Records that were imported are named in no text yet. Take this out when they are.\n",
        );
        text.push_str("[lints]\nnamed-nowhere = \"off\"\n");
    }
    text
}

/// The path of the prose beside a record.
pub fn prose_path(kind: Kind, key: &str) -> String {
    match kind {
        Kind::Article => format!("content/{key}.md"),
        kind => format!("content/{}/{key}.md", kind.plural()),
    }
}

fn add(files: &mut BTreeMap<String, String>, own: &Sources, kind: Kind, key: &str, mut fields: Fields) {
    let prose = match fields.remove("prose") {
        Some(Value::String(prose)) => Some(prose),
        _ => None,
    };
    if kind == Kind::Article {
        let front = layout::lines(kind, &fields);
        let front = if front.is_empty() { String::new() } else { format!("+++\n{front}+++\n") };
        files.insert(prose_path(kind, key), format!("{front}{}", prose.unwrap_or_default()));
        return;
    }
    must(kind, &mut fields);
    let path = format!("content/{}.toml", kind.plural());
    let known = || own.get(&path).map_or_else(String::new, |file| file.readable().into_owned());
    let text = files.entry(path.clone()).or_insert_with(known);
    if !text.is_empty() {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    text.push_str(&layout::record(kind, key, &fields));
    if let Some(prose) = prose {
        files.insert(prose_path(kind, key), prose);
    }
}

/// What a record must say, if only that nothing is known.
fn must(kind: Kind, fields: &mut Fields) {
    if matches!(kind, Kind::Meeting | Kind::Event) && !fields.contains_key("date_original") {
        fields.entry("date").or_insert_with(|| json!(""));
    }
    if kind == Kind::Meeting {
        fields.entry("participants").or_insert_with(|| json!([]));
    }
    if kind == Kind::Correction {
        fields.entry("was").or_insert_with(|| json!(""));
    }
}

/// What is to be changed of a record: in a table of a file of tables, in the front matter of a text, or that text.
struct Edit {
    table: Option<String>,
    fields: Vec<(String, Value, Value)>,
    prose: Option<String>,
}

/// The path of the file to be changed, and what is to be changed there; nothing where a record says all that already, or
/// is left alone.
fn edit(taken: &Taken, id: Id, fields: &Fields, force: bool, merged: &mut Merged) -> Option<(String, Edit)> {
    let dossier = taken.there();
    let known = plain::record(dossier, id);
    let name = format!("{}/{}", id.kind.plural(), dossier.key(id));
    let mut different: Vec<(String, Value)> = Vec::new();
    for (field, value) in fields {
        match (value, known.get(field)) {
            (Value::Object(parts), Some(Value::Object(there)))
                if layout::is_dotted(field) || field == "ids" =>
            {
                let both = |part: &str, value: &Value| match there.get(part) {
                    Some(there) if field == "names" => with_spellings(there, value),
                    _ => value.clone(),
                };
                let parts = parts.iter().map(|(part, value)| (part.clone(), both(part, value)));
                let parts: Fields = parts.filter(|(part, value)| there.get(part) != Some(value)).collect();
                if !parts.is_empty() {
                    different.push((field.clone(), Value::Object(parts)));
                }
            }
            (Value::Array(items), Some(Value::Array(there))) => {
                let grown = grown(there, items, field);
                if grown != *there {
                    different.push((field.clone(), Value::Array(grown)));
                }
            }
            (Value::String(text), Some(Value::String(there))) if text.trim() == there.trim() => {}
            (value, Some(there)) if value == there => {}
            (Value::Array(items), None) if items.is_empty() => {}
            (Value::String(text), None) if text.trim().is_empty() => {}
            (value, _) => different.push((field.clone(), value.clone())),
        }
    }
    if different.is_empty() {
        return None;
    }
    let path = dossier.span(id).map(|span| merged.sources.path(span.file).to_owned())?;
    let in_tables = path.ends_with(".toml");
    let why = match force {
        false => "the record says something else, or nothing: `--force` takes this",
        true if !in_tables && !path.ends_with(".md") => {
            "the record stands in a bibliography, which is left as it is"
        }
        true => "",
    };
    if !why.is_empty() {
        let losses = different.into_iter().map(|(field, value)| Loss {
            record: name.clone(),
            field,
            value: as_text(&value),
            why: why.to_owned(),
        });
        merged.kept.extend(losses);
        return None;
    }
    for (field, value) in &different {
        merged.replaced.extend(replaced(&name, field, known.get(field), value));
    }
    let table = in_tables.then(|| dossier.key(id).to_owned());
    let mut edit = Edit { table, fields: Vec::new(), prose: None };
    let short = shortened(&different.into_iter().collect(), id.kind, &taken.keys);
    for (field, value) in short {
        match value {
            Value::String(prose) if field == "prose" => edit.prose = Some(prose),
            value => {
                let there = known.get(&field).cloned().unwrap_or(Value::Null);
                edit.fields.push((field, value, there));
            }
        }
    }
    // The text of a record in a table stands in a file of its own.
    if let (Some(prose), true) = (&edit.prose, in_tables) {
        merged.sources.insert(prose_path(id.kind, dossier.key(id)), prose.clone().into_bytes());
        merged.changed.push(prose_path(id.kind, dossier.key(id)));
        edit.prose = None;
    }
    Some((path, edit))
}

/// What a record said that it says no longer.
fn replaced(record: &str, field: &str, there: Option<&Value>, value: &Value) -> Vec<Loss> {
    let loss = |field: String, gone: &Value| Loss {
        record: record.to_owned(),
        field,
        value: as_text(gone),
        why: "it stood there before".to_owned(),
    };
    match (there, value) {
        (None, _) => Vec::new(),
        (Some(Value::Array(there)), Value::Array(value)) => {
            let gone = there.iter().filter(|item| !value.contains(item));
            gone.map(|item| loss(field.to_owned(), item)).collect()
        }
        (Some(Value::Object(there)), Value::Object(value)) => {
            let gone =
                there.iter().filter(|(part, known)| value.get(*part).is_some_and(|value| value != *known));
            gone.map(|(part, known)| loss(format!("{field}.{part}"), known)).collect()
        }
        (Some(there), _) => vec![loss(field.to_owned(), there)],
    }
}

/// A list of a record with the items of a file: what the record has stays, what the file says of the same role or
/// participant goes into that, and all else comes after it.
fn grown(there: &[Value], items: &[Value], field: &str) -> Vec<Value> {
    let mut all = there.to_vec();
    let mut used: Vec<bool> = there.iter().map(|known| items.contains(known)).collect();
    for item in items {
        if all.contains(item) {
            continue;
        }
        match (0..used.len()).find(|at| !used[*at] && is_same(&there[*at], item, field)) {
            Some(at) => {
                used[at] = true;
                all[at] = laid_over(&there[at], item);
            }
            None => all.push(item.clone()),
        }
    }
    all
}

/// Whether two items of a list speak of the same thing.
fn is_same(one: &Value, other: &Value, field: &str) -> bool {
    let by: &[&str] = match field {
        "roles" => &["role", "of"],
        "part_of" => &["of"],
        "links" => &["url"],
        "participants" | "involved" => &["who", "desc", "for"],
        "confirmed_by" | "denied_by" | "retracted_by" | "no_comment_by" => &["who", "date"],
        _ => return false,
    };
    let agree = |name: &&str| one.get(*name) == other.get(*name);
    // Somebody may have held an office twice.
    let began = [one, other].map(|item| item.get("from"));
    let at_once = !matches!(began, [Some(one), Some(other)] if one != other);
    by.iter().all(agree) && at_once
}

/// A table with the fields of another in it; lists of both are joined.
fn laid_over(known: &Value, item: &Value) -> Value {
    let (Value::Object(known), Value::Object(item)) = (known, item) else { return item.clone() };
    let mut all = known.clone();
    for (name, value) in item {
        match (all.get_mut(name), value) {
            (Some(Value::Array(known)), Value::Array(more)) => {
                more.iter().for_each(|one| {
                    if !known.contains(one) {
                        known.push(one.clone());
                    }
                });
            }
            _ => drop(all.insert(name.clone(), value.clone())),
        }
    }
    // What it rests on comes last.
    if let Some(cite) = all.shift_remove("cite") {
        all.insert("cite".to_owned(), cite);
    }
    Value::Object(all)
}

/// The spellings of two records, one or several each.
fn with_spellings(there: &Value, more: &Value) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let mut all = list(there);
    for one in list(more) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    if all.len() == 1 { all.remove(0) } else { Value::Array(all) }
}

/// A value in a line, for a report.
pub fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => layout::text(value).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A file with what is to be changed in it; all else in it stays as it is.
fn changed(path: &str, text: String, edits: Vec<Edit>, files: &mut BTreeMap<String, String>) {
    let (before, toml, after) = match path.ends_with(".toml") {
        true => ("", text.as_str(), String::new()),
        false => {
            let (before, toml, after) = front_matter(&text).unwrap_or(("+++\n", "", "+++\n"));
            let body = edits.iter().find_map(|edit| edit.prose.clone());
            let fence = after.split_inclusive('\n').next().unwrap_or("+++\n");
            let after = body.map_or_else(|| after.to_owned(), |body| format!("{fence}{body}"));
            (before, toml, after)
        }
    };
    let Ok(mut document) = toml.parse::<DocumentMut>() else { return };
    for edit in edits {
        let table = match &edit.table {
            Some(key) => document.get_mut(key).and_then(Item::as_table_like_mut),
            None => Some(document.as_table_mut() as &mut dyn TableLike),
        };
        let Some(table) = table else { continue };
        for (field, value, there) in edit.fields {
            set(table, &field, &value, &there);
        }
    }
    files.insert(path.to_owned(), format!("{before}{document}{after}"));
}

/// Sets a field of a table, and keeps the comments beside it. `there` is the value it has in plain form.
fn set(table: &mut dyn TableLike, field: &str, value: &Value, there: &Value) {
    if let (Value::Object(parts), Some(known)) =
        (value, table.get_mut(field).and_then(Item::as_table_like_mut))
        && (layout::is_dotted(field) || field == "ids")
    {
        parts.iter().for_each(|(part, value)| set(known, part, value, &Value::Null));
        return;
    }
    let Some(mut new) = parsed(value) else { return };
    if let Some(Item::Value(old)) = table.get(field) {
        if let (TomlValue::Array(new), TomlValue::Array(old), Value::Array(values), Value::Array(there)) =
            (&mut new, old, value, there)
        {
            keep_comments(new, old, values, there);
        }
        *new.decor_mut() = old.decor().clone();
    }
    match table.get_mut(field) {
        // The comments above it belong to its key.
        Some(item) => *item = Item::Value(new),
        None => drop(table.insert(field, Item::Value(new))),
    }
}

/// A value of TOML; nothing where it is none, which no value of JSON is.
fn parsed(value: &Value) -> Option<TomlValue> {
    let document: DocumentMut = format!("x = {}", layout::text(value)).parse().ok()?;
    document.get("x")?.as_value().cloned()
}

/// Leaves the items of a list that stay as they are, with the comments above them; new ones get those of the items in
/// whose place they stand.
fn keep_comments(new: &mut Array, old: &Array, values: &[Value], there: &[Value]) {
    if old.len() != there.len() {
        return;
    }
    let mut used = vec![false; old.len()];
    let same: Vec<Option<usize>> = values
        .iter()
        .map(|value| {
            let at = there.iter().zip(&used).position(|(known, used)| !used && known == value)?;
            used[at] = true;
            Some(at)
        })
        .collect();
    for (at, same) in same.into_iter().enumerate() {
        let from = same.or_else(|| (!used.get(at)?).then_some(at));
        let Some(known) = from.and_then(|from| old.get(from)) else { continue };
        if same.is_some() {
            new.replace_formatted(at, known.clone());
        } else if let Some(value) = new.get_mut(at) {
            *value.decor_mut() = known.decor().clone();
            used[at] = true;
        }
    }
    // A comment behind the last item stands before the closing bracket, or before what is new after it.
    let trailing = old.trailing().as_str().unwrap_or("").trim_end().to_owned();
    match new.get_mut(old.len()).filter(|_| !trailing.is_empty()) {
        Some(next) => {
            let own = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or("").to_owned();
            next.decor_mut().set_prefix(format!("{trailing}{own}"));
        }
        None => {
            new.set_trailing(old.trailing().clone());
            new.set_trailing_comma(old.trailing_comma());
        }
    }
}

/// The fields of a record with keys that leave out their kind where no other record has the same.
fn shortened(fields: &Fields, kind: Kind, keys: &Keys) -> Fields {
    let mut fields = fields.clone();
    let short = |value: &mut Value, kinds: &[Kind]| {
        let Some((plural, key)) = value.as_str().and_then(|text| text.split_once('/')) else { return };
        let own = Kind::from_plural(plural);
        let others = kinds.iter().filter(|other| keys.has(**other, key)).count();
        if own.is_some_and(|own| kinds.contains(&own)) && others < 2 {
            *value = json!(key);
        }
    };
    let in_list = |list: Option<&mut Value>, names: &[&str]| {
        for item in list.and_then(Value::as_array_mut).into_iter().flatten() {
            for name in names {
                item.get_mut(*name).into_iter().for_each(|value| short(value, PARTY));
            }
        }
    };
    for list in ["participants", "involved"] {
        in_list(fields.get_mut(list), &["who"]);
    }
    for (list, ..) in Position::ALL {
        in_list(fields.get_mut(list), &["who"]);
    }
    in_list(fields.get_mut("response_sought"), &["from"]);
    if kind == Kind::Relation {
        ["from", "to"]
            .iter()
            .for_each(|end| fields.get_mut(*end).into_iter().for_each(|value| short(value, PARTY)));
    } else {
        for same in fields.get_mut("maybe_same").and_then(Value::as_array_mut).into_iter().flatten() {
            short(same, OCCASION);
        }
    }
    fields
}
