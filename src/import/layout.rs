//! A record -> TOML as its authors would write it: fields in the order of the documentation, what belongs together on a
//! line.

use serde_json::Value;

use crate::edit::layout::{is_broken, order};
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::model::fields::shape;

/// A record as a table with its key in the head.
pub fn record(kind: Kind, key: &str, fields: &Fields) -> String {
    format!("[{}]\n{}", key_text(key), lines(kind, fields))
}

/// The fields of a record, each on a line, without its prose.
pub fn lines(kind: Kind, fields: &Fields) -> String {
    let mut text = String::new();
    for name in order(shape(kind)) {
        if let Some(value) = fields.get(name) {
            text.push_str(&line(name, value));
        }
    }
    // What the kind does not have is for the dossier to refuse, with a suggestion.
    for (name, value) in
        fields.iter().filter(|(name, _)| name != &"prose" && order(shape(kind)).all(|known| known != *name))
    {
        text.push_str(&line(name, value));
    }
    text
}

/// A field and its value; of a table whose keys are the author's own, such as names by language, a line for each.
fn line(name: &str, value: &Value) -> String {
    match value {
        Value::Object(parts) if is_dotted(name) => {
            let parts =
                parts.iter().map(|(part, value)| format!("{name}.{} = {}\n", key_text(part), text(value)));
            parts.collect()
        }
        Value::Null => String::new(),
        value => format!("{} = {}\n", key_text(name), text(value)),
    }
}

/// Whether a field is a table whose keys are the author's own.
pub fn is_dotted(name: &str) -> bool {
    matches!(name, "names" | "quotes")
}

/// A value of a field as TOML.
pub fn text(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() == 1 && items[0].is_string() => inline(&items[0]),
        Value::Array(items) if !items.is_empty() => {
            let line = inline(value);
            let tables = items.iter().filter(|item| item.is_object()).count();
            if !is_broken(items.len(), tables, line.chars().count()) {
                return line;
            }
            let items: String = items.iter().map(|item| format!("  {},\n", inline(item))).collect();
            format!("[\n{items}]")
        }
        value => inline(value),
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            // A list of one text within a table is that text.
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let single = |value: &Value| match value {
                Value::Array(items) if items.len() == 1 && items[0].is_string() => inline(&items[0]),
                value => inline(value),
            };
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let fields: Vec<String> =
                fields.map(|(name, value)| format!("{} = {}", key_text(name), single(value))).collect();
            if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
        }
        Value::String(text) => toml_edit::Value::from(text.as_str()).to_string().trim().to_owned(),
        // A degree of latitude is a number with a point.
        Value::Number(number) if number.is_f64() => {
            let text = number.to_string();
            if text.contains(['.', 'e']) { text } else { format!("{text}.0") }
        }
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null => "\"\"".to_owned(),
    }
}

fn key_text(key: &str) -> String {
    toml_edit::Key::new(key).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_is_written_as_authors_write_it() {
        let fields = json!({
            "cite": ["a ¶1", "b"],
            "name": "Ada \"the\" Berg",
            "names": { "fa": "آدا", "aka": ["A. Berg", { "text": "Ada B.", "cite": ["a"] }] },
            "roles": [{ "role": "minister", "of": "selvara", "cite": ["a ¶2"] }],
            "ids": { "wikidata": "Q1" },
        });
        let text = record(Kind::Person, "ada-berg", fields.as_object().unwrap());
        assert_eq!(
            text,
            "[ada-berg]\nname = 'Ada \"the\" Berg'\nnames.fa = \"آدا\"\n\
             names.aka = [\"A. Berg\", { text = \"Ada B.\", cite = \"a\" }]\n\
             roles = [{ role = \"minister\", of = \"selvara\", cite = \"a ¶2\" }]\n\
             ids = { wikidata = \"Q1\" }\ncite = [\"a ¶1\", \"b\"]\n"
        );
    }
}
